"""Chains through a Graph: how something gets from A to B, one relation a hop.

By default a chain goes downstream, the way that goods, accounts and money-making go: from
the operator over the dealers to the fraudster and the crime. A relation is walked in the
direction in which its thing moves, so that OBTAINS, whose subject receives, is walked from
object to subject. Among several chains the most reliable comes first: trade between two known
parties before a guess over a common good, asserted before alleged, and a chain that goes through
the stations that the graph knows before one that skips them. No chain goes through a victim, who
hands nothing on, or through an industry, whose parts need not know each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from kg.model import Entity, Graph, Level, Modality, Relation
from kg.schema import DIRECTIONS, Schema

_MODALITY = {
    Modality.ASSERTED: 1.0,
    Modality.ALLEGED: 1.1,
    Modality.HYPOTHETICAL: 1.4,
    Modality.PRESCRIPTIVE: 4.0,
}
_ACTORS = frozenset({"Person", "Organization", "Group", "Role"})
_OTHER_COST = 2.0
_SHORTCUT = 4.0
_PARTICULAR = 2.5
_MONEY = re.compile(r"(?:钱|款|佣金|酬劳|报酬|好处费|费用|资金|工资|赃款|元)$")
_START, _END = "", "\x00"


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a chain. `along` is whether it goes from the relation's subject to its object."""

    start: Entity
    end: Entity
    relation: Relation
    along: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from the first hop's start to the last hop's end; a lower cost is more reliable."""

    hops: tuple[Hop, ...]
    cost: float

    @property
    def stations(self) -> tuple[Entity, ...]:
        """The entities on the way, both ends included."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))


def find_paths(
    graph: Graph,
    schema: Schema,
    sources: Collection[Entity],
    targets: Collection[Entity],
    *,
    undirected: bool = False,
    limit: int = 1,
) -> list[Chain]:
    """At most `limit` chains from any of `sources` to any of `targets`, most reliable first.

    Which types of edges are walked, which way and at what cost, is the `downstream` of `schema`.
    `undirected` walks every relation both ways. No entity comes twice in a chain. Empty when
    there is no way, or only one that would start where it ends.
    """
    import networkx

    goals = {entity.id for entity in targets}
    closed = set() if undirected else dead_ends(graph)
    steps = _best_steps(
        step
        for step in steps_of(graph, schema, undirected=undirected)
        if undirected or step.end in goals or not is_last(step, closed)
    )
    net = networkx.DiGraph()
    net.add_nodes_from(entity.id for entity in graph.entities)
    net.add_weighted_edges_from((*ends, round(step.cost, 6)) for ends, step in steps.items())
    net.add_weighted_edges_from((_START, entity.id, 0.0) for entity in sources)
    net.add_weighted_edges_from((goal, _END, 0.0) for goal in sorted(goals))
    entities = {entity.id: entity for entity in graph.entities}
    try:
        ways = networkx.shortest_simple_paths(net, _START, _END, weight="weight")
        return [
            _chain([steps[ends] for ends in pairwise(way)], entities)
            for way in islice(_direct(ways, {e.id for e in sources}, goals), limit)
        ]
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        return []


class Step(NamedTuple):
    """One way of walking a relation, between ids; `along` as in a Hop."""

    start: str
    end: str
    cost: float
    relation: Relation
    along: bool


def _chain(steps: Iterable[Step], entities: Mapping[str, Entity]) -> Chain:
    hops = []
    total = 0.0
    for step in steps:
        hops.append(Hop(entities[step.start], entities[step.end], step.relation, step.along))
        total += step.cost
    return Chain(tuple(hops), round(total, 6))


def _direct(
    ways: Iterator[list[str]], sources: Collection[str], goals: Collection[str]
) -> Iterator[list[str]]:
    """Drop the artificial ends, ways of no hop, and ways that touch another source or goal."""
    for way in ways:
        inner = way[1:-1]
        between = inner[1:-1]
        if len(inner) > 1 and not any(node in sources or node in goals for node in between):
            yield inner


def dead_ends(graph: Graph) -> set[str]:
    """The entities that a chain may start or end at, but not go through, by id: industries, and who
    is targeted more surely than known to trade."""
    balance: dict[str, float] = defaultdict(float)
    for relation in graph.relations:
        if relation.type == "TARGETS":
            balance[relation.object] += relation.confidence
        elif relation.type in ("SUPPLIES", "SELLS"):
            balance[relation.subject] -= relation.confidence
    victims = {entity for entity, weight in balance.items() if weight > 0}
    return victims | {entity.id for entity in graph.entities if entity.type == "Industry"}


def is_last(step: Step, closed: Collection[str]) -> bool:
    """Whether a step can only be the last of a chain; `closed` are the `dead_ends`."""
    return step.relation.type == "TARGETS" or step.end in closed


def steps_of(graph: Graph, schema: Schema, *, undirected: bool) -> Iterator[Step]:
    """Every way of walking every relation."""
    levels = {entity.id: entity.level for entity in graph.entities}
    shortcuts = _shortcuts(graph, levels)
    actors = {entity.id for entity in graph.entities if entity.type in _ACTORS}
    for relation in graph.relations:
        kind = schema.edges.get(relation.type)
        directions = kind.directions if kind else ()
        base = kind.downstream.cost if kind and kind.downstream else _OTHER_COST
        if relation.type == "IS_A" and relation.subject not in actors:
            # who buys bank cards of any kind need not buy this one
            directions = DIRECTIONS["along"]
        if relation.modality is Modality.PRESCRIPTIVE and not undirected:
            continue  # what ought (not) to be is no way that goods go
        cost = base * _MODALITY.get(relation.modality, 1.0) / max(relation.confidence, 0.1)
        if relation.type == "SUPPLIES" and _is_payment(relation):
            cost += 3.0  # money goes against the goods
        if (relation.subject, relation.object) in shortcuts:
            cost *= _SHORTCUT
        # a chain of kinds (卡商, 号商) says more than one through a particular gang
        cost += _PARTICULAR * sum(
            levels.get(end) is not Level.TYPE for end in (relation.subject, relation.object)
        )
        for along in DIRECTIONS["both"] if undirected else directions:
            ends = (relation.subject, relation.object)
            start, end = ends if along else ends[::-1]
            if start != end:
                yield Step(start, end, cost, relation, along)


def _best_steps(steps: Iterable[Step]) -> dict[tuple[str, str], Step]:
    """The cheapest step between each two entities; equal ones by relation id."""
    best: dict[tuple[str, str], Step] = {}
    for step in steps:
        known = best.get((step.start, step.end))
        if known is None or (step.cost, step.relation.id) < (known.cost, known.relation.id):
            best[step.start, step.end] = step
    return best


def _shortcuts(graph: Graph, levels: dict[str, Level]) -> set[tuple[str, str]]:
    """Pairs of kinds whose trade is also known to go through a kind between them.

    卡商 → 诈骗分子 is one where 卡商 → 号商 → 诈骗分子 stands. A pair that trades both ways says
    nothing about the order, so it is not counted as a station.
    """
    trade: dict[str, set[str]] = defaultdict(set)
    for relation in graph.relations:
        if (
            relation.type == "SUPPLIES"
            and relation.modality in (Modality.ASSERTED, Modality.ALLEGED)
            and not _is_payment(relation)
            and levels.get(relation.subject) is Level.TYPE
            and levels.get(relation.object) is Level.TYPE
        ):
            trade[relation.subject].add(relation.object)
    ordered = {
        start: {end for end in ends if start not in trade.get(end, ())}
        for start, ends in trade.items()
    }
    return {
        (start, end)
        for start, ends in ordered.items()
        for end in ends
        if any(end in ordered.get(between, ()) for between in ends if between != end)
    }


def _is_payment(relation: Relation) -> bool:
    return bool(_MONEY.search(relation.attrs.get("good", "")))
