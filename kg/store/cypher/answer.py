"""A query put to a database that speaks Cypher, and its answer as plain values.

The same text gives the same answer on Neo4j and on the embedded engine: what only one of them
knows (element ids, the order of labels, our own digests) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import UsageError
from kg.store.cypher.rows import DIGEST, ENTITY

if TYPE_CHECKING:
    from neo4j import Session
    from neo4j.exceptions import Neo4jError

Value: TypeAlias = (
    "bool | int | float | str | list[Value] | dict[str, Value] "
    "| NodeValue | EdgeValue | PathValue | None"
)
Parameters = Mapping[str, object]


class QueryError(UsageError):
    """A query that the database refuses; the message says where and what to change."""


@dataclass(frozen=True, slots=True)
class NodeValue:
    """A node: its labels, the type of an entity first, and its properties, both sorted."""

    labels: tuple[str, ...]
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class EdgeValue:
    """An edge: its type and its properties, sorted."""

    type: str
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class PathValue:
    """A path: n + 1 nodes, n edges, and for each edge whether the path follows its direction."""

    nodes: tuple[NodeValue, ...]
    edges: tuple[EdgeValue, ...]
    along: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives back: the names of its columns, and its rows in order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query. `line` and `column` count from 1; 0 where that is not known."""

    reason: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an engine says of a query before it runs it.

    `columns` are the names of the columns where the engine knows them by then.
    """

    fault: Fault | None = None
    columns: tuple[str, ...] = ()


def _not_inspected(text: str) -> Inspection:
    return Inspection()


@dataclass(frozen=True, slots=True)
class Database:
    """Something to put queries to.

    `inspect` is for an engine that says too little of a query when it is asked to run it.
    """

    session: Session
    inspect: Callable[[str], Inspection] = _not_inspected

    def ask(self, text: str, parameters: Parameters | None = None) -> Answer:
        """The answer to a query. Raises QueryError when the database refuses it, or when it holds
        what cannot be sent: a number of more than 64 bits, half of a surrogate pair, nothing."""
        try:
            return self._answer(text, parameters)
        except (OverflowError, ValueError) as error:
            raise QueryError(f"the query cannot be sent: {error}.") from error

    def _answer(self, text: str, parameters: Parameters | None) -> Answer:
        from neo4j.exceptions import Neo4jError

        if _nests_deeper(parameters, _DEEPEST):
            raise ValueError(f"a parameter nests deeper than {_DEEPEST} levels")
        inspection = self.inspect(text)
        if fault := _plan_wanted(text) or inspection.fault:
            raise QueryError(_complaint(text, fault))
        try:
            # no managed transaction: a database opened for reading only begins none
            result = self.session.run(text, dict(parameters or {}))
            columns = tuple(result.keys()) or inspection.columns
            return Answer(columns, tuple(tuple(map(_value, row)) for row in result.values()))
        except Neo4jError as error:
            if error.is_retryable():  # of the server, not of the query
                raise
            raise QueryError(_complaint(text, _fault(error))) from error


WRITES = "the query writes, and this is a session for reading. Allow it with --write"
"""What a fault says of a query that would change something."""

_DEEPEST = 200
"""Levels of lists and maps in a parameter. Where the driver runs out of stack, at some 480, it has
sent a half and the connection is lost."""


def _nests_deeper(value: object, levels: int) -> bool:
    row = [value]
    for _ in range(levels + 1):
        row = [
            inner
            for one in row if isinstance(one, list | tuple | Mapping)
            for inner in (one.values() if isinstance(one, Mapping) else one)
        ]  # fmt: skip
        if not row:
            return False
    return True


_PLAN = re.compile(r"(?:\s|//[^\n]*\n|/\*.*?\*/)*(EXPLAIN|PROFILE)\b", re.IGNORECASE | re.DOTALL)


def _plan_wanted(text: str) -> Fault | None:
    """What is wrong with a query for a plan: a server gives it beside the rows, where nobody here
    looks, and the embedded engine has none."""
    found = _PLAN.match(text)
    if not found:
        return None
    word, before = found[1], text[: found.start(1)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Fault(f"kg shows no plans. Leave {word} out, or ask in Neo4j Browser", line, column)


_POSITION = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
_MISSING = re.compile(r"Expected parameter\(s\): (.+)")


def _fault(error: Neo4jError) -> Fault:
    """What the error of a server says."""
    message = error.message or type(error).__name__
    if error.code.endswith(".AccessMode") or "read only database" in message:
        return Fault(WRITES)
    if missing := _MISSING.search(message):
        given = " ".join(f"--param {name.strip()}=…" for name in missing[1].split(","))
        return Fault(f"a parameter is missing. Give it: {given}")
    if "heap space" in message or "OutOfMemory" in message or "MemoryPool" in error.code:
        return Fault("it needs more memory than the engine has. Narrow it, or give --heap 2g")
    found = _POSITION.search(message)
    reason = message.splitlines()[0] if message else error.code
    if found:
        return Fault(_POSITION.sub("", reason), int(found[1]), int(found[2]))
    return Fault(reason)


def _complaint(text: str, fault: Fault) -> str:
    """The fault in words, with the line of the query and a mark under the place."""
    lines = text.splitlines()
    if not 0 < fault.line <= len(lines):
        return f"{fault.reason.rstrip('.')}."
    from kg.text import width

    line = lines[fault.line - 1]
    before = line[: max(fault.column - 1, 0)]
    where = f"line {fault.line}, column {fault.column}"
    mark = " " * width(before.replace("\t", " "))
    return f"{fault.reason.rstrip('. ')} ({where}).\n    {line.replace(chr(9), ' ')}\n    {mark}^"


def _value(value: object) -> Value:
    from neo4j.graph import Node, Path, Relationship

    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Node):
        return _node(value)
    if isinstance(value, Relationship):
        return _edge(value)
    if isinstance(value, Path):
        ends = zip(value.nodes, value.relationships, strict=False)
        along = tuple(edge.start_node == node for node, edge in ends)
        return PathValue(
            tuple(map(_node, value.nodes)), tuple(map(_edge, value.relationships)), along
        )
    if isinstance(value, Mapping):
        return {str(name): _value(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_value(item) for item in value]
    iso = getattr(value, "iso_format", None)  # dates, times and durations of the driver
    return str(iso() if iso else value)


def _node(node: Mapping[str, object]) -> NodeValue:
    labels = sorted(getattr(node, "labels", ()), key=lambda label: (label == ENTITY, label))
    return NodeValue(tuple(labels), _properties(node))


def _edge(edge: Mapping[str, object]) -> EdgeValue:
    return EdgeValue(getattr(edge, "type", ""), _properties(edge))


def _properties(item: Mapping[str, object]) -> dict[str, Value]:
    return {name: _value(item[name]) for name in sorted(item.keys()) if name != DIGEST}
