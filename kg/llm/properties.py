"""A property as a model gives it: as printed, with its normalised value beside."""

from __future__ import annotations

from kg.model import Attrs
from kg.values import extent, parse_date, parse_money, parse_quantity


def spelled(name: str, kind: str, printed: str, published: str) -> Attrs:
    """The property `name` of type `kind`, with `name_value` and `name_unit` where they can be
    read. `published` is the date that a relative one (去年) counts from."""
    value = unit = ""
    if kind == "money" and (money := parse_money(printed)):
        value, unit = extent(money), money.currency + (f"/{money.per}" if money.per else "")
    elif kind == "quantity" and (quantity := parse_quantity(printed)):
        value, unit = extent(quantity), quantity.unit
    elif kind == "date" and (date := parse_date(printed, published)) and date.start:
        value = date.start if date.start == date.end else f"{date.start}/{date.end or '..'}"
    return {
        name: printed,
        **({f"{name}_value": value} if value else {}),
        **({f"{name}_unit": unit} if value and unit else {}),
    }
