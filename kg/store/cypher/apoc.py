"""A graph as JSON Lines for `apoc.import.json`: the nodes and edges that a load would make.

`kg.store.jsonl` keeps a graph as it is; this is the same graph as a property graph, in the
shape in which APOC exports and imports one. For each label that it meets, APOC wants a unique
constraint on the property that it is told as `importIdName`; ours is `id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.model import Graph
from kg.store.cypher.load import mark_of
from kg.store.cypher.rows import RECORD, Properties, edges_of, nodes_of

_Json = dict[str, object]
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
"""Characters that end a line for APOC, which is Java; the name of a file may have one."""


def apoc_lines(graph: Graph, edition: str) -> Iterator[str]:
    """The lines, each with its line feed: nodes first. Raises StoreError as `nodes_of` does."""
    labels: dict[str, list[str]] = {}
    mark = mark_of([*nodes_of(graph)], [*edges_of(graph)], edition)
    yield _node([RECORD], mark)
    for nodes in nodes_of(graph):
        both = [nodes.label, *filter(None, [nodes.type])]
        for row in nodes.rows:
            labels[row.id] = both
            yield _node(both, row.properties)
    for edges in edges_of(graph):
        for row in edges.rows:
            ends = ({"id": end, "labels": labels[end]} for end in (row.start, row.end))
            yield _line(
                {
                    "type": "relationship",
                    "id": row.id,
                    "label": edges.type,
                    "start": next(ends),
                    "end": next(ends),
                    "properties": row.properties,
                }
            )


def _node(labels: list[str], properties: Properties) -> str:
    return _line(
        {"type": "node", "id": properties["id"], "labels": labels, "properties": properties}
    )


def _line(data: _Json) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_LINE_ENDS) + "\n"
