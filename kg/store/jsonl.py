"""A graph as JSON Lines: one object a line, its `kind` first.

First the documents (without text), then the entities, the relations, and the negated ones,
which have a kind of their own so that nobody takes them for edges.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.model import Graph
from kg.store.plain import (
    Plain,
    document_of,
    entity_of,
    explained,
    plain_document,
    plain_entity,
    plain_relation,
    relation_of,
    write_whole,
)

_NO_UTF8 = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs: a path has some where a file's name is not in UTF-8."""


def write_jsonl(graph: Graph, path: Path) -> None:
    """Write the graph to `path`, wholly or not at all. Raises StoreError."""
    write_whole(path, lines(graph))


def lines(graph: Graph) -> Iterator[str]:
    """The lines of the graph, each with its line feed."""
    for document in graph.documents:
        yield _line("document", plain_document(document))
    for entity in graph.entities:
        yield _line("entity", plain_entity(entity))
    for relation in graph.relations:
        yield _line("relation", plain_relation(relation))
    for relation in graph.negated:
        yield _line("negated", plain_relation(relation))


def _line(kind: str, plain: Plain) -> str:
    data = {"kind": kind, **plain}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if _NO_UTF8.search(text):
        text = json.dumps(data, separators=(",", ":"))
    return text + "\n"


def read_jsonl(path: Path) -> Graph:
    """The graph of a file that `write_jsonl` wrote. Raises StoreError."""
    found: dict[str, list[Plain]] = {"document": [], "entity": [], "relation": [], "negated": []}
    with explained(path):
        content = path.read_bytes()
    for number, line in enumerate(content.split(b"\n"), 1):
        if line:
            try:
                data = json.loads(line)
                found[data.pop("kind")].append(data)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise StoreError(f"{path}:{number}: no line of a graph ({error}).") from None
    try:
        return Graph(
            documents=tuple(map(document_of, found["document"])),
            entities=tuple(map(entity_of, found["entity"])),
            relations=tuple(map(relation_of, found["relation"])),
            negated=tuple(map(relation_of, found["negated"])),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: a line lacks what a graph needs ({error!r}).") from None
