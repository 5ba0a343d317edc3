"""Which extracted entity is taken for which gold one, one to one inside an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluate.reading import ReadEntity, comparable
from kg.schema import Schema

_EQUAL, _CONTAINED = 2, 1


@dataclass(frozen=True, slots=True)
class Partner:
    """The id of a gold entity; strict where a name is equal and the type the same."""

    gold: str
    strict: bool


def pair(
    gold: Sequence[ReadEntity], found: Sequence[ReadEntity], schema: Schema
) -> dict[str, Partner]:
    """Extracted entity id -> gold entity; the most alike are paired first."""
    ranked = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if likeness := _likeness(one, other, schema):
                ranked.append((likeness, i, j))
    # equal ranks: later entities first, as the guide's own scorer does
    ranked.sort(reverse=True)
    partners: dict[str, Partner] = {}
    taken: set[int] = set()
    for (kind, same_type, _), i, j in ranked:
        if i not in taken and found[j].id not in partners:
            taken.add(i)
            partners[found[j].id] = Partner(gold[i].id, kind == _EQUAL and same_type)
    return partners


def _likeness(
    gold: ReadEntity, found: ReadEntity, schema: Schema
) -> tuple[int, bool, float] | None:
    """How names are alike, whether types are the same, closeness; None: not the same thing."""
    same = gold.type == found.type
    if not same and _group(gold.type, schema) != _group(found.type, schema):
        return None
    if gold.forms & found.forms:
        return _EQUAL, same, float(comparable(gold.name) == comparable(found.name))
    best = 0.0
    for one in gold.forms:
        for other in found.forms:
            short, long = sorted((one, other), key=len)
            if len(short) >= 2 and short in long and 2 * len(short) >= len(long):
                best = max(best, len(short) / len(long))
    return (_CONTAINED, same, best) if best else None


def _group(type_name: str, schema: Schema) -> str | None:
    node = schema.nodes.get(type_name)
    return node.group if node else None
