"""A graph into a database, which then holds that graph and nothing else of ours.

A load reads which rows are there, by id and digest, and writes what is missing or different
and deletes what the graph does not have. So it may be killed at any moment and run again; what
is there already costs a look and no write.

An id stands for one type of node and for one type and pair of ends of an edge, as the ids of a
Graph do, which are made of those.

Several loads may run at once. Each batch is one transaction that first takes the lock on the
node `(:KgRecord)`, so batches of different loads never wait for each other in a circle; and it
writes only while that node names the edition that is being loaded. Loads of one edition add up
to one graph; a load of another edition takes over, and the older one stops at its next batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kg.errors import StoreError
from kg.model import Graph
from kg.store.cypher.rows import (
    DIGEST,
    DOCUMENT,
    ENTITY,
    EVIDENCE,
    RECORD,
    Edges,
    Nodes,
    Properties,
    Row,
    edges_of,
    nodes_of,
)

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told how many rows are done, of how many."""

SETUP = (
    *(
        f"CREATE CONSTRAINT kg_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) "
        "REQUIRE n.id IS UNIQUE"
        for label in (RECORD, DOCUMENT, ENTITY, EVIDENCE)
    ),
    # of the kind TEXT: a range index refuses names of more than 8 KB
    f"CREATE TEXT INDEX kg_entity_name IF NOT EXISTS FOR (n:{ENTITY}) ON (n.name)",
    f"CREATE INDEX kg_evidence_relation IF NOT EXISTS FOR (n:{EVIDENCE}) ON (n.relation)",
    f"CREATE FULLTEXT INDEX kg_names IF NOT EXISTS FOR (n:{ENTITY}) "
    "ON EACH [n.name, n.aliases] OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}",
    "CALL db.awaitIndexes(300)",
)
"""Statements that make constraints and indexes, each run before any row is written.

Names are found by any two characters in a row: that is what the analyser `cjk` makes of them.
"""

IMPORTED = "imported"
"""The property of a mark that `kg.store.cypher.bulk` wrote, until a load has seen it."""

_AFTER_IMPORT = tuple(
    f"MATCH {pattern} WHERE {name} IS NULL AND {condition} "
    f"CALL {{ WITH {variable} SET {name} = [] }} IN TRANSACTIONS OF 10000 ROWS"
    for pattern, variable, name, condition in (
        (f"(n:{ENTITY})", "n", "n.aliases", f"n.{DIGEST} IS NOT NULL"),
        ("()-[r]->()", "r", "r.sources", "r.modality IS NOT NULL"),
    )
)
"""A file for neo4j-admin cannot say that a list is empty: it is missing then."""

MOST_ROWS = 5_000
MOST_BYTES = 4_000_000


@dataclass(slots=True)
class Changes:
    """How many nodes and edges a load wrote, found as they should be, and deleted."""

    written: int = 0
    unchanged: int = 0
    deleted: int = 0


def load(
    session: Session,
    graph: Graph,
    edition: str,
    *,
    force: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Changes:
    """Make the database of `session` hold `graph`.

    `edition` names the state of the record that the graph is of. `force` goes ahead in a
    database that holds nodes of another program, and leaves those alone. `dry_run` counts and
    writes nothing. Raises StoreError when the database is another program's, when another
    edition took over, or when the graph's types cannot be used; errors of the driver pass.
    """
    if not force:
        refuse_foreign(session)
    loader = _Loader(session, edition, dry_run, progress)
    loader.run([*nodes_of(graph)], [*edges_of(graph)])
    return loader.changes


def refuse_foreign(session: Session) -> None:
    """Raise StoreError where there are nodes, and none of them says that they are of `kg`."""
    if _is_marked(session):
        return
    strange = session.run("MATCH (n) RETURN labels(n) AS labels LIMIT 1").single()
    if strange and not _is_marked(session):  # a load that began meanwhile has marked it
        labels = "".join(f":{label}" for label in strange["labels"])
        raise StoreError(
            f"the database holds data of another program (a node {labels or 'without a label'}). "
            "Name an empty database, or load beside that data with --force: it stays as it is."
        )


def _is_marked(session: Session) -> bool:
    return session.run(f"MATCH (m:{RECORD}) RETURN m.id LIMIT 1").single() is not None


class _Loader:
    """One load: what it is to write with, and what it has done so far."""

    def __init__(
        self, session: Session, edition: str, dry_run: bool, progress: Progress | None
    ) -> None:
        self.changes = Changes()
        self._session = session
        self._edition = edition
        self._dry_run = dry_run
        self._progress = progress
        self._done = 0
        self._total = 0

    def run(self, nodes: list[Nodes], edges: list[Edges]) -> None:
        """Nodes, then edges, then the deletion of edges and nodes that are none any more."""
        groups: list[Nodes | Edges] = [*nodes, *edges]
        self._total = sum(group.count for group in groups)
        self._open()
        stale_nodes = {
            label: self._nodes(label, [group for group in nodes if group.label == label])
            for label in (DOCUMENT, ENTITY, EVIDENCE)
        }
        held = self._held_edges()
        for group in edges:
            self._edges(group, held.get(group.type, {}))
        for type_, stale in held.items():
            self._delete_edges(type_, [*stale])
        for label, ids in stale_nodes.items():
            text = f"UNWIND $rows AS row MATCH (n:{label} {{id: row}}) DETACH DELETE n"
            self._delete(text, ids)
        self._close(nodes, edges)

    def _open(self) -> None:
        if self._dry_run:
            return
        for statement in SETUP:
            self._session.execute_write(_run, statement, [])
        if self._read(f"MATCH (m:{RECORD} {{{IMPORTED}: true}}) RETURN m.id"):
            for statement in _AFTER_IMPORT:
                self._session.run(statement).consume()
        begun: Properties = {"edition": self._edition, "complete": False, IMPORTED: False}
        self._session.execute_write(_mark, begun)

    def _close(self, nodes: list[Nodes], edges: list[Edges]) -> None:
        if not self._dry_run:
            self._write(_mark, mark_of(nodes, edges, self._edition))

    def _nodes(self, label: str, groups: list[Nodes]) -> list[str]:
        """Bring the nodes of a label up to date. Returns the ids of those to be deleted."""
        found = self._read(
            f"MATCH (n:{label}) WHERE n.{DIGEST} IS NOT NULL RETURN n.id, n.{DIGEST}"
        )
        held = {row[0]: row[1] for row in found}
        for group in groups:
            text = merge_nodes(group)
            for batch in batches(self._changed(group.rows, held)):
                self._merge(text, [row.properties for row in batch])
        return [*held]

    def _held_edges(self) -> dict[str, dict[str, str]]:
        """The digests of the edges that are there, by type and id."""
        found = self._read(
            f"MATCH ()-[r]->() WHERE r.{DIGEST} IS NOT NULL RETURN type(r), r.id, r.{DIGEST}"
        )
        held: dict[str, dict[str, str]] = defaultdict(dict)
        for type_, id_, digest in found:
            held[type_][id_] = digest
        return held

    def _edges(self, group: Edges, held: dict[str, str]) -> None:
        text = merge_edges(group)
        for batch in batches(self._changed(group.rows, held)):
            self._merge(text, [edge_parameter(row) for row in batch])

    def _delete_edges(self, type_: str, ids: list[str]) -> None:
        if not ids:
            return
        edges = f"MATCH ()-[r:{quoted(type_)}]->()"
        # No index finds an edge by our id: look once at all of the type.
        found = self._read(f"{edges} WHERE r.id IN $ids RETURN r.id, elementId(r)", ids)
        text = f"UNWIND $rows AS row {edges} WHERE elementId(r) = row.at AND r.id = row.id DELETE r"
        self._delete(text, [{"id": id_, "at": at} for id_, at in found])

    def _changed(self, rows: Iterable[Row], held: dict[str, str]) -> Iterator[Row]:
        """The rows that the database does not hold like this. Takes all rows out of `held`."""
        for row in ahead(rows):
            if held.pop(row.id, None) == row.digest:
                self.changes.unchanged += 1
                self._advance(1)
            else:
                yield row

    def _merge(self, text: str, rows: list[T]) -> None:
        if not self._dry_run:
            merged = self._write(_run_counted, text, rows)
            if merged != len(rows):
                raise StoreError(
                    f"{len(rows) - merged} edges found no node to stand on: something else "
                    "deletes from this database. Stop it and run the same command again."
                )
        self.changes.written += len(rows)
        self._advance(len(rows))

    def _delete(self, text: str, rows: list[T]) -> None:
        for at in range(0, len(rows), MOST_ROWS):
            if not self._dry_run:
                self._write(_run, text, rows[at : at + MOST_ROWS])
        self.changes.deleted += len(rows)

    def _read(self, text: str, ids: Sequence[str] = ()) -> list[list[str]]:
        """The rows that a query gives, asked again while an error may pass."""
        return self._session.execute_read(lambda tx: tx.run(text, ids=[*ids]).values())

    def _write(self, work: Callable[..., T], *args: object) -> T:
        """One transaction, in turn with other loads, and retried while an error may pass."""

        def in_turn(transaction: ManagedTransaction) -> T:
            _take_turn(transaction, self._edition)
            return work(transaction, *args)

        return self._session.execute_write(in_turn)

    def _advance(self, rows: int) -> None:
        self._done += rows
        if self._progress:
            self._progress(self._done, self._total)


def mark_of(nodes: list[Nodes], edges: list[Edges], edition: str) -> Properties:
    """The properties of the mark of a database that holds a whole graph."""
    return {
        "id": "kg",
        "edition": edition,
        "complete": True,
        IMPORTED: False,
        "documents": sum(group.count for group in nodes if group.label == DOCUMENT),
        "entities": sum(group.count for group in nodes if group.label == ENTITY),
        "evidence": sum(group.count for group in nodes if group.label == EVIDENCE),
        "relations": sum(group.count for group in edges if group.start == ENTITY),
    }


def merge_nodes(group: Nodes) -> str:
    """The statement that merges `$rows`, the properties of such nodes."""
    also = f", n:{quoted(group.type)}" if group.type else ""
    return (
        f"UNWIND $rows AS row MERGE (n:{group.label} {{id: row.id}}) "
        f"SET n = row{also} RETURN count(n)"
    )


def merge_edges(group: Edges) -> str:
    """The statement that merges `$rows`, such edges as `edge_parameter` puts them."""
    return (
        f"UNWIND $rows AS row MATCH (a:{group.start} {{id: row.start}}) "
        f"MATCH (b:{group.end} {{id: row.end}}) "
        f"MERGE (a)-[r:{quoted(group.type)} {{id: row.properties.id}}]->(b) "
        "SET r = row.properties RETURN count(r)"
    )


def edge_parameter(row: Row) -> dict[str, object]:
    """An edge as `merge_edges` wants it."""
    return {"start": row.start, "end": row.end, "properties": row.properties}


def quoted(name: str) -> str:
    """A label or a type as it may stand in a statement, whatever it is."""
    return "`" + name.replace("`", "``") + "`"


def ahead(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, the next batch of them made while the server works on the one before."""
    every = iter(rows)
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(lambda: [*islice(every, MOST_ROWS)])
        while made := coming.result():
            coming = thread.submit(lambda: [*islice(every, MOST_ROWS)])
            yield from made


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in lists of at most MOST_ROWS and about MOST_BYTES."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        if batch and (len(batch) == MOST_ROWS or size + row.size > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += row.size
    if batch:
        yield batch


def _mark(transaction: ManagedTransaction, properties: Properties) -> None:
    text = f"MERGE (m:{RECORD} {{id: 'kg'}}) SET m += $properties"
    transaction.run(text, properties=properties).consume()


def _take_turn(transaction: ManagedTransaction, edition: str) -> None:
    """Lock the mark until this transaction ends; raise StoreError when it is another's."""
    # A property must be set for the lock; what is read after that is what is committed.
    found = transaction.run(
        f"MATCH (m:{RECORD} {{id: 'kg'}}) SET m.lock = true REMOVE m.lock "
        "RETURN m.edition AS edition"
    ).single()
    if found is None or found["edition"] != edition:
        raise StoreError(
            "another load put another graph into this database meanwhile, and this one stopped. "
            "Run the same command again if yours is the one that should be there."
        )


def _run(transaction: ManagedTransaction, text: str, rows: list[object]) -> None:
    transaction.run(text, rows=rows).consume()


def _run_counted(transaction: ManagedTransaction, text: str, rows: list[object]) -> int:
    found = transaction.run(text, rows=rows).single()
    count: int = found.value() if found else 0
    return count
