"""A graph as files for `neo4j-admin database import full`, which fills an empty database.

One CSV file for each label and each type of edge, its first line the header that the import
wants, and `import.args` with the options. Strings are always quoted, so that an empty string
and no value stay two things. A list is one value, its items parted by the character U+001F,
which becomes a space where an item has it.

The imported database is marked as ours: `kg load` makes its indexes and the empty lists, which
such a file cannot hold, and finds all else there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg._folders import held
from kg.errors import StoreError
from kg.model import Graph
from kg.store.cypher.load import IMPORTED, mark_of
from kg.store.cypher.rows import (
    DIGEST,
    RECORD,
    Edges,
    Nodes,
    Properties,
    Row,
    Value,
    edges_of,
    nodes_of,
)
from kg.store.plain import explained, write_whole

_ARGS = "import.args"
_MARK = f"nodes-{RECORD}.csv"
_PATTERNS = ("nodes-*.csv", "edges-*.csv", _ARGS)
_FIRST = f"--nodes={RECORD}={_MARK}"
"""How `import.args` begins."""
_LONGEST_HEADER = 1_000_000
_BETWEEN_ITEMS = "\x1f"
_NAME = re.compile(r"\w+")
_OPTIONS = """--id-type=string
--array-delimiter=U+001F
--multiline-fields=true
--ignore-empty-strings=false
--bad-tolerance=0
"""


def write_bulk(graph: Graph, folder: Path, edition: str) -> None:
    """Write the files into `folder`, in place of those of an earlier call.

    Raises StoreError where that cannot be done, another call is at it, a name cannot stand in a
    header, or a file of somebody else has the name of one of ours; his other files stay.
    """
    taken = StoreError(f"{folder}: another kg is writing into it. Wait for it, or stop it.")
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder, taken):
            _clear(folder, graph)
            _fill(folder, graph, edition)


def _clear(folder: Path, graph: Graph) -> None:
    """Remove the files of an earlier call, where those of somebody else are not in the way."""
    names = {_ARGS, _MARK, *map(_nodes_file, nodes_of(graph)), *map(_edges_file, edges_of(graph))}
    old = [path for pattern in _PATTERNS for path in folder.glob(pattern)]
    ours = [path for path in old if _is_ours(path)]
    if strange := sorted(names & {path.name for path in old} - {path.name for path in ours}):
        raise StoreError(
            f"{folder}: holds a file {strange[0]} that is not of kg. Name another folder."
        )
    for path in ours:
        path.unlink()


def _fill(folder: Path, graph: Graph, edition: str) -> None:
    mark = mark_of([*nodes_of(graph)], [*edges_of(graph)], edition) | {IMPORTED: True}
    write_whole(folder / _MARK, _lines([mark], [mark]))
    options = [f"{_FIRST}\n"]
    # Twice over the rows: the header must name all properties that any of them has.
    for nodes, again in zip(nodes_of(graph), nodes_of(graph), strict=True):
        if not nodes.count:
            continue
        labels = ":".join(filter(None, [nodes.label, nodes.type]))
        file = _nodes_file(nodes)
        write_whole(folder / file, _lines(map(_node, nodes.rows), map(_node, again.rows)))
        options.append(f"--nodes={labels}={file}\n")
    for edges, more in zip(edges_of(graph), edges_of(graph), strict=True):
        if not edges.count:
            continue
        file = _edges_file(edges)
        write_whole(folder / file, _lines(map(_edge, edges.rows), map(_edge, more.rows)))
        options.append(f"--relationships={edges.type}={file}\n")
    write_whole(folder / _ARGS, [*options, _OPTIONS])


def _nodes_file(nodes: Nodes) -> str:
    return f"nodes-{nodes.type or nodes.label}.csv"


def _edges_file(edges: Edges) -> str:
    return f"edges-{edges.type}.csv"


def _is_ours(path: Path) -> bool:
    """Whether an earlier call wrote a file, also one that was killed before it had them all."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        columns = file.readline(_LONGEST_HEADER).decode("utf-8", "replace").strip().split(",")
    if path.name == _ARGS:
        return columns == [_FIRST]
    return columns[0] in ("id:ID", ":START_ID") and (
        path.name == _MARK or f"{DIGEST}:string" in columns
    )


def _node(row: Row) -> Properties:
    return row.properties


def _edge(row: Row) -> Properties:
    return {":START_ID": row.start, ":END_ID": row.end, **row.properties}


def _lines(rows: Iterable[Properties], again: Iterable[Properties]) -> Iterator[str]:
    """The header and the lines of a file. `again` gives the same rows once more."""
    kinds: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            if name not in kinds:
                kinds[name] = _kind(name, value)
    is_edge = ":START_ID" in kinds
    header = (
        ("id:ID" if name == "id" and not is_edge else f"{name}{kind}")
        for name, kind in kinds.items()
    )
    yield ",".join(header) + "\n"
    for row in again:
        yield ",".join(_field(row[name]) if name in row else "" for name in kinds) + "\n"


def _kind(name: str, value: Value) -> str:
    if name in (":START_ID", ":END_ID"):
        return ""
    if not _NAME.fullmatch(name):
        raise StoreError(
            f"a property cannot be called {name!r} in a file for neo4j-admin: letters, digits "
            "and _ only. Rename it in schemas/ and build again."
        )
    if isinstance(value, list):
        return ":string[]"
    # bool before int, which it is, too
    types = ((bool, ":boolean"), (int, ":long"), (float, ":double"), (str, ":string"))
    return next(kind for type_, kind in types if isinstance(value, type_))


def _field(value: Value) -> str:
    if isinstance(value, list):
        value = _BETWEEN_ITEMS.join(item.replace(_BETWEEN_ITEMS, " ") for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return '"' + value.replace('"', '""') + '"' if isinstance(value, str) else repr(value)
