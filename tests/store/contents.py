"""What a database holds and what it should hold, in one shape to compare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model import Graph
from kg.store.cypher.rows import RECORD, edges_of, nodes_of

if TYPE_CHECKING:
    from neo4j import Session

Contents = tuple[list[object], list[object]]


def contents(session: Session) -> Contents:
    """All nodes but the mark, and all edges, sorted."""
    nodes = session.run(
        f"MATCH (n) WHERE NOT n:{RECORD} RETURN labels(n) AS labels, properties(n) AS has"
    )
    edges = session.run(
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS a, b.id AS b, properties(r) AS has"
    )
    return (
        _sorted((sorted(node["labels"]), node["has"]) for node in nodes),
        _sorted((edge["type"], edge["a"], edge["b"], edge["has"]) for edge in edges),
    )


def expected(graph: Graph) -> Contents:
    """The contents of a database that holds this graph and nothing else."""
    return (
        _sorted(
            (sorted(filter(None, [group.label, group.type])), row.properties)
            for group in nodes_of(graph)
            for row in group.rows
        ),
        _sorted(
            (group.type, row.start, row.end, row.properties)
            for group in edges_of(graph)
            for row in group.rows
        ),
    )


def _sorted(items: Iterable[object]) -> list[object]:
    return sorted(items, key=repr_sorted)


def repr_sorted(item: object) -> str:
    """A text that equal items have in common, whatever the order of their properties."""
    if isinstance(item, dict):
        return repr(sorted(item.items()))
    if isinstance(item, tuple):
        return repr([repr_sorted(part) for part in item])
    return repr(item)
