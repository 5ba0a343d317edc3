"""A property by its type alone: the figure of that type that stands nearest to the verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.relate.page import Page, Span, said
from kg.schema import Property
from kg.values import (
    Found,
    find_durations,
    find_money,
    find_percentages,
    find_quantities,
    written,
)

_FINDERS: dict[str, Callable[[str], list[Found[Any]]]] = {
    "money": find_money, "quantity": find_quantities, "number": find_quantities,
    "percent": find_percentages, "duration": find_durations,
}  # fmt: skip


def figure(
    page: Page, name: str, kind: Property, clause: Span, verb: Span | None
) -> dict[str, str]:
    """The property `name` of a type of figures: the first behind the verb, else the last before."""
    find = _FINDERS.get(kind.type)
    found = page.once(find.__name__, *clause, find) if find else []
    if not found:
        return {}
    behind = [one for one in found if verb is None or one.start >= verb[1]]
    value = behind[0].value if behind else found[-1].value
    digits, unit = written(value)
    return said(name, value.text, digits, kind.unit if kind.type == "number" else unit or kind.unit)
