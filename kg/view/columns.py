"""In which column of a picture each entity stands.

The tier of a type puts all roles into one column, so that no chain could be read from it.
What an entity is called, which role it plays, and from whom it gets what say more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.model import Entity, Graph, Modality, Relation
from kg.schema import Schema
from kg.text import fold
from kg.view.views import Views

_ROUNDS = 24
_TAKERS = ("actor", "act")
"""Groups of types that take what comes to them: it goes on to the next column."""
_TIES = ("HAS_PRICE", "HAS_SEGMENT", "MEASURES")
"""Edges of what says something of one thing: it stands with that thing."""

_PRIOR = 0.5
_TIED_PRIOR = 0.02
"""How strongly the tier of its type holds an entity, against one relation of confidence 1."""


def place_entities(graph: Graph, schema: Schema, views: Views) -> dict[str, int]:
    """The column of every entity by id: 0 at the left; from `len(views.columns)` on, a lane."""
    last = len(views.columns) - 1
    names = {fold(name): at for at, column in enumerate(views.columns) for name in column.names}
    lanes: dict[str, int] = {}
    fixed: dict[str, int] = {}
    for entity in graph.entities:
        kind = schema.nodes.get(entity.type)
        if kind is not None and kind.tier > last:
            lanes[entity.id] = kind.tier
        elif kind is not None and kind.group == "actor":
            at = _by_name(entity, names)
            if at is not None:
                fixed[entity.id] = at
    fixed |= _by_role(graph, fixed, lanes)
    free = [e for e in graph.entities if e.id not in fixed and e.id not in lanes]
    return lanes | fixed | _by_flow(free, graph, schema, fixed, last)


def _by_name(entity: Entity, names: Mapping[str, int]) -> int | None:
    """The column of the longest listed name that this entity's name ends with."""
    name = fold(entity.name)
    for start in range(max(0, len(name) - 16), len(name) - 1):
        if name[start:] in names:
            return names[name[start:]]
    return None


def _by_role(graph: Graph, fixed: Mapping[str, int], lanes: Mapping[str, int]) -> dict[str, int]:
    """Who plays a placed role stands with it; of several roles, with the surest."""
    best: dict[str, Relation] = {}
    for relation in graph.relations:
        placed = relation.subject in fixed or relation.subject in lanes
        if relation.type == "HAS_ROLE" and relation.object in fixed and not placed:
            other = best.get(relation.subject)
            if other is None or _sureness(relation) > _sureness(other):
                best[relation.subject] = relation
    return {subject: fixed[relation.object] for subject, relation in best.items()}


def _sureness(relation: Relation) -> tuple[int, float, str]:
    return relation.origins, relation.confidence, relation.id


def _by_flow(
    free: list[Entity], graph: Graph, schema: Schema, fixed: Mapping[str, int], last: int
) -> dict[str, int]:
    """Let each entity settle between what it gets from and gives to, near its type's tier."""
    groups = {entity.id: schema.nodes[entity.type].group for entity in graph.entities
              if entity.type in schema.nodes}  # fmt: skip
    pulls: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    tied: set[str] = set()
    for relation in graph.relations:
        if relation.type in _TIES:
            ends = (relation.subject, relation.object)
            fact, thing = ends if relation.type == "MEASURES" else ends[::-1]
            pulls[fact].append((thing, 0.0, relation.confidence))
            tied.add(fact)
            continue
        kind = schema.edges.get(relation.type)
        ways = kind.directions if kind else ()
        if len(ways) != 1 or relation.modality is Modality.PRESCRIPTIVE:
            continue
        ends = (relation.subject, relation.object)
        start, end = ends if ways[0] else ends[::-1]
        # a thing stands with who offers it; who gets it, or what is done with it, comes next
        step = 1.0 if groups.get(end) in _TAKERS else 0.0
        pulls[start].append((end, -step, relation.confidence))
        pulls[end].append((start, step, relation.confidence))
    tiers = {e.id: schema.nodes[e.type].tier if e.type in schema.nodes else last for e in free}
    at: dict[str, float] = {**fixed, **tiers}
    for _ in range(_ROUNDS):
        for entity in free:
            weight = _TIED_PRIOR if entity.id in tied else _PRIOR
            total = weight * tiers[entity.id]
            for other, step, confidence in pulls[entity.id]:
                if other in at:
                    weight += confidence
                    total += confidence * (at[other] + step)
            at[entity.id] = total / weight
    return {entity.id: min(last, max(0, round(at[entity.id]))) for entity in free}
