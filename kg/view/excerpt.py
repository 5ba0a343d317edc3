"""The part of a Graph that one static picture can show: its strongest links, few enough to read.

A Link is all that is said between two entities in one direction. It points the way that things
go (who obtains stands at its end), as the chains of `paths` do.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.model import Entity, Graph, Modality, Relation
from kg.schema import DIRECTIONS, Schema
from kg.text import fold
from kg.view.columns import place_entities
from kg.view.views import Preset, Views

_MODALITY = {Modality.ASSERTED: 1.0, Modality.ALLEGED: 0.9, Modality.HYPOTHETICAL: 0.5,
             Modality.PRESCRIPTIVE: 0.25, Modality.NEGATED: 0.0}  # fmt: skip
_GROUP = {"trade": 1.0, "use": 0.6, "law": 0.6, "structure": 0.5, "facts": 0.3}
_TWO_PARTIES = 1.5
_STATION = 1.6
_BACKWARDS = 0.6
_CONNECTED = 2.5
_LINKS_PER_NODE = 1.2


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """Relations between two entities, the strongest first; things go from `start` to `end`."""

    start: Entity
    end: Entity
    relations: tuple[Relation, ...]

    @property
    def best(self) -> Relation:
        """The relation that the picture shows; the others are told with it."""
        return self.relations[0]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some entities of a graph, the links between them, and the column of each by id.

    The first entity is the most important one. Columns are as `place_entities` gives them.
    """

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    columns: dict[str, int]


def chain_excerpt(graph: Graph, schema: Schema, views: Views, top: int) -> Excerpt:
    """The supply chain: at most `top` entities a column and a lane, strongest links first."""
    columns = place_entities(graph, schema, views)
    preset = chain_preset(views)
    relations = [one for one in graph.relations if not preset.edges or one.type in preset.edges]
    scale = _Scale(graph, schema, views, columns)
    links = [
        link
        for link in scale.links(relations)
        if not preset.nodes or {link.start.type, link.end.type} <= {*preset.nodes}
    ]
    return _grow(links, scale, columns, lambda column, count: count < top, ())


def excerpt_around(graph: Graph, schema: Schema, views: Views, centre: Entity, top: int) -> Excerpt:
    """What stands beside one entity: at most `top` others, and the links among all of them."""
    columns = place_entities(graph, schema, views)
    scale = _Scale(graph, schema, views, columns)
    facts = {name for name, kind in schema.edges.items() if kind.group == "facts"}
    links = scale.links(one for one in graph.relations if one.type not in facts)
    beside = [link for link in links if centre.id in (link.start.id, link.end.id)]
    shown = {centre.id}
    for link in heapq.nlargest(len(beside), beside, key=scale.strength):
        if len(shown) <= top:
            shown |= {link.start.id, link.end.id}
    among = [link for link in links if {link.start.id, link.end.id} <= shown]
    return _grow(among, scale, columns, lambda column, count: True, (centre,))


def whole(graph: Graph, schema: Schema, views: Views) -> Excerpt:
    """Everything that is not negated."""
    columns = place_entities(graph, schema, views)
    links = _Scale(graph, schema, views, columns).links(graph.relations)
    return Excerpt(graph.entities, tuple(links), columns)


def chain_preset(views: Views) -> Preset:
    """The preset `chain`, or the first where the ontology calls none so."""
    return next((one for one in views.presets if one.id == "chain"), views.presets[0])


class _Scale:
    """How much a link of this graph is worth showing."""

    def __init__(self, graph: Graph, schema: Schema, views: Views, columns: dict[str, int]) -> None:
        self.entities = {entity.id: entity for entity in graph.entities}
        self.schema = schema
        self.columns = columns
        self.stations = {fold(name) for column in views.columns for name in column.names}

    def links(self, relations: Iterable[Relation]) -> list[Link]:
        """The relations as links, sorted by the ids of their ends; loops are none."""
        between: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        for one in relations:
            kind = self.schema.edges.get(one.type)
            against = kind is not None and kind.directions == DIRECTIONS["against"]
            ends = (one.object, one.subject) if against else (one.subject, one.object)
            if ends[0] != ends[1]:
                between[ends].append(one)
        return [
            Link(
                self.entities[start],
                self.entities[end],
                tuple(sorted(found, key=lambda one: (-self.worth(one), one.id))),
            )
            for (start, end), found in sorted(between.items())
        ]

    def worth(self, relation: Relation) -> float:
        """Of one relation: how sure, by how many independent documents, and of what kind."""
        edge = self.schema.edges.get(relation.type)
        kind = _GROUP[edge.group] if edge else 0.3
        said = 1.2 if relation.attrs else 1.0
        heard = 1.0 + math.log2(max(1, relation.origins))
        return kind * said * heard * relation.confidence * _MODALITY[relation.modality]

    def strength(self, link: Link) -> tuple[float, str]:
        """Of a link; equal ones by the id of their best relation."""
        worth = self.worth(link.best) * (1.0 + 0.1 * min(len(link.relations) - 1, 3))
        kinds = [self.schema.nodes.get(one.type) for one in (link.start, link.end)]
        if all(kind is not None and kind.group == "actor" for kind in kinds):
            worth *= _TWO_PARTIES
        for one in (link.start, link.end):
            worth *= _STATION if fold(one.name) in self.stations else 1.0
        if self.columns[link.end.id] < self.columns[link.start.id]:
            worth *= _BACKWARDS
        return round(worth, 6), link.best.id


def _grow(
    links: list[Link],
    scale: _Scale,
    columns: dict[str, int],
    has_room: Callable[[int, int], bool],
    first: tuple[Entity, ...],
) -> Excerpt:
    """Take the strongest link again and again, sooner where it touches what is there already.

    `has_room` says whether a column that has so many entities takes one more.
    """
    strengths = [scale.strength(link) for link in links]
    touching: dict[str, list[int]] = defaultdict(list)
    for at, link in enumerate(links):
        touching[link.start.id].append(at)
        touching[link.end.id].append(at)
    shown: dict[str, Entity] = {}
    count: dict[int, int] = defaultdict(int)
    waiting = [(-worth, key, at) for at, (worth, key) in enumerate(strengths)]
    heapq.heapify(waiting)
    taken: list[int] = []
    between: list[int] = []  # two that are there already: shown if there is room at the end
    done: set[int] = set()

    def show(entity: Entity) -> None:
        shown[entity.id] = entity
        count[columns[entity.id]] += 1
        for at in touching[entity.id]:
            if at not in done:
                worth, key = strengths[at]
                heapq.heappush(waiting, (-worth * _CONNECTED, key, at))

    for entity in first:
        show(entity)
    while waiting:
        at = heapq.heappop(waiting)[2]
        new = [one for one in (links[at].start, links[at].end) if one.id not in shown]
        if at in done or not _fits(new, columns, count, has_room):
            continue
        done.add(at)
        (taken if new else between).append(at)
        for one in new:
            show(one)
    room = max(0, round(len(shown) * _LINKS_PER_NODE) - len(taken))
    taken += heapq.nlargest(room, between, key=strengths.__getitem__)
    return Excerpt(tuple(shown.values()), tuple(links[at] for at in taken), columns)


def _fits(
    new: list[Entity],
    columns: dict[str, int],
    count: dict[int, int],
    has_room: Callable[[int, int], bool],
) -> bool:
    wanted: dict[int, int] = defaultdict(int)
    for one in new:
        column = columns[one.id]
        if not has_room(column, count[column] + wanted[column]):
            return False
        wanted[column] += 1
    return True
