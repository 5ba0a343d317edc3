"""Loads into a real Neo4j."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from kg.errors import ServiceError, StoreError, UsageError
from kg.model import Document, Graph, Relation, make_id
from kg.pipeline import remove
from kg.record import Record
from kg.store.cypher import load as loading
from kg.store.cypher.connect import AccessError, connected
from kg.store.cypher.load import Changes, load

from ..conftest import GraphSketch, Neo4j
from ..strategies import graphs
from .contents import contents, expected

if TYPE_CHECKING:
    from neo4j import Session


@pytest.fixture(scope="module")
def records(sample_record: Record, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The record of the samples, and one without the supply line's article."""
    less = tmp_path_factory.mktemp("less") / "record"
    shutil.copytree(sample_record.path, less)
    remove(less, _removed(less).id)
    return sample_record.path, less


@pytest.fixture(scope="module")
def graph(records: tuple[Path, Path]) -> Graph:
    return Record.open(records[0]).graph()


def _removed(record: Path) -> Document:
    documents = Record.open(record).documents().values()
    return next(item for item in documents if item.path.endswith("03-supply-line.html"))


def rows_of(found: Graph) -> int:
    return sum(map(len, expected(found)))


def test_the_samples_twice_and_then_without_an_article(
    database: Session, records: tuple[Path, Path]
) -> None:
    whole, less = (Record.open(record) for record in records)
    first = load(database, whole.graph(), whole.edition())
    assert first == Changes(written=rows_of(whole.graph()))
    assert contents(database) == expected(whole.graph())

    again = load(database, whole.graph(), whole.edition())
    assert again == Changes(unchanged=rows_of(whole.graph()))
    assert contents(database) == expected(whole.graph())

    smaller = load(database, less.graph(), less.edition())
    assert smaller.written + smaller.unchanged == rows_of(less.graph())
    assert smaller.deleted > 0
    assert contents(database) == expected(less.graph())
    gone = _removed(whole.path).id
    assert not database.run("MATCH (d:Document {id: $id}) RETURN d", id=gone).data()
    mark = database.run("MATCH (m:KgRecord) RETURN properties(m)").single(strict=True)[0]
    assert mark == {
        "id": "kg",
        "edition": less.edition(),
        "complete": True,
        "imported": False,
        "documents": len(less.graph().documents),
        "entities": len(less.graph().entities),
        "relations": len(less.graph().relations),
        "evidence": len(database.run("MATCH (v:Evidence) RETURN v.id").data()),
    }


def with_true_ids(graph: Graph) -> Graph:
    """The graph with ids that hang on types and ends, as `resolve` makes them."""
    ids = {entity.id: make_id("e", entity.id, entity.type) for entity in graph.entities}

    def relation(item: Relation) -> Relation:
        ends = ids[item.subject], ids[item.object]
        id_ = make_id("r", item.id, ends[0], item.type, ends[1])
        return replace(item, id=id_, subject=ends[0], object=ends[1])

    return replace(
        graph,
        entities=tuple(replace(entity, id=ids[entity.id]) for entity in graph.entities),
        relations=tuple(map(relation, graph.relations)),
        negated=tuple(map(relation, graph.negated)),
    )


@settings(
    max_examples=8,
    phases=[Phase.generate],  # no shrinking: each example takes a second
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(graphs().map(with_true_ids), graphs().map(with_true_ids))
def test_any_graph_takes_the_place_of_any_other(
    database: Session, before: Graph, after: Graph
) -> None:
    load(database, before, "before")
    assert contents(database) == expected(before)
    load(database, after, "after")
    assert contents(database) == expected(after)


def test_hostile_names_arrive_as_data(database: Session, sketch: GraphSketch) -> None:
    names = [
        "'", '"', "`", "``", "{x: 1}", "$rows", "a\nb\r\n", "\\", "\\u0027", "*/", "//",
        "') DETACH DELETE n //", "'}) MATCH (n) DETACH DELETE n //", "$(1)", "<script>", "\u202e",
        "\x00", "𠮷😀", "}}", "CALL apoc.load.json('file:///etc/passwd')",
    ]  # fmt: skip
    for name in names:
        sketch.edge("Role:卡商", "SUPPLIES", f"Person:{name}", attrs={"good": name, name: "x"})
    load(database, sketch.graph(), "x")
    assert contents(database) == expected(sketch.graph())
    found = database.run("MATCH (:Role)-[r:SUPPLIES]->(p:Person) RETURN p.name, r.good").values()
    assert sorted(found) == sorted([name, name] for name in names)


def test_a_changed_relation_is_updated_and_old_properties_go(
    database: Session, sketch: GraphSketch
) -> None:
    relation = sketch.edge(
        "Role:卡商", "SUPPLIES", "Role:号商", attrs={"good": "黑卡", "time": "去年"}
    )
    load(database, sketch.graph(), "1")
    sketch.relations = [replace(relation, attrs={"good": "手机黑卡"}, origins=3)]
    assert load(database, sketch.graph(), "2").written == 1
    found = database.run("MATCH ()-[r:SUPPLIES]->() RETURN properties(r)").single(strict=True)[0]
    assert (found["good"], found["origins"], "time" in found) == ("手机黑卡", 3, False)


def test_what_somebody_deleted_comes_back(database: Session, sketch: GraphSketch) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    load(database, sketch.graph(), "1")
    database.run("MATCH (n:Role {name: '卡商'}) DETACH DELETE n").consume()
    load(database, sketch.graph(), "1")
    assert contents(database) == expected(sketch.graph())


def test_names_and_aliases_are_found_by_two_characters_in_a_row(
    database: Session, sketch: GraphSketch
) -> None:
    sketch.node("Role:上游卡商", aliases=("收卡人员",))
    sketch.node("Role:商卡")
    load(database, sketch.graph(), "x")
    query = "CALL db.index.fulltext.queryNodes('kg_names', $text) YIELD node RETURN node.name"
    for text in ("卡商", "收卡"):
        assert database.run(query, text=text).values() == [["上游卡商"]]


def test_ids_are_unique_and_sought_by_an_index(database: Session, sketch: GraphSketch) -> None:
    sketch.node("Role:卡商")
    load(database, sketch.graph(), "x")
    kinds = database.run("SHOW CONSTRAINTS YIELD labelsOrTypes, type RETURN *").values()
    unique = {labels[0] for labels, kind in kinds if kind == "UNIQUENESS"}
    assert {"Entity", "Document", "Evidence", "KgRecord"} <= unique


def test_a_database_of_another_program_is_refused_until_told(
    database: Session, sketch: GraphSketch
) -> None:
    database.run("CREATE (:Film {id: 1})-[:HAS]->(:Document {id: 'theirs', title: 'x'})").consume()
    theirs = contents(database)
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    with pytest.raises(StoreError, match=r"another program .*--force"):
        load(database, sketch.graph(), "x")
    assert contents(database) == theirs
    load(database, sketch.graph(), "x", force=True)
    ours = expected(sketch.graph())
    assert rows_in(contents(database)) == rows_in(ours) + rows_in(theirs)
    load(database, Graph((), (), ()), "y")
    assert contents(database) == theirs


def rows_in(found: tuple[list[object], list[object]]) -> int:
    return sum(map(len, found))


def test_a_dry_run_counts_and_writes_nothing(database: Session, sketch: GraphSketch) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    changes = load(database, sketch.graph(), "x", dry_run=True)
    assert changes == Changes(written=rows_of(sketch.graph()))
    assert database.run("MATCH (n) RETURN count(n)").single(strict=True)[0] == 0
    load(database, sketch.graph(), "x")
    assert load(database, Graph((), (), ()), "y", dry_run=True).deleted == changes.written
    assert contents(database) == expected(sketch.graph())


def test_progress_counts_all_rows(database: Session, sketch: GraphSketch) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    seen: list[tuple[int, int]] = []
    for _ in range(2):
        load(database, sketch.graph(), "x", progress=lambda *at: seen.append(at))
        assert seen[-1] == (rows_of(sketch.graph()),) * 2


def test_loads_of_one_record_at_once_make_one_graph(
    database: Session, neo4j: Neo4j, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "MOST_ROWS", 50)
    changes = at_once([lambda session: load(session, graph, "same", progress=None)] * 3, neo4j)
    assert all(isinstance(item, Changes) for item in changes), changes
    assert contents(database) == expected(graph)


def test_of_two_records_at_once_one_is_there_in_the_end_and_whole(
    database: Session, neo4j: Neo4j, records: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "MOST_ROWS", 50)
    found = [Record.open(record).graph() for record in records]
    ends = at_once(
        [
            lambda session: load(session, found[0], "one"),
            lambda session: load(session, found[1], "other"),
        ],
        neo4j,
    )
    edition = database.run("MATCH (m:KgRecord) RETURN m.edition").single(strict=True)[0]
    there = ("one", "other").index(edition)
    assert contents(database) == expected(found[there])
    assert isinstance(ends[there], Changes)
    assert isinstance(ends[1 - there], Changes | StoreError)


def at_once(
    works: list[Callable[[Session], Changes]], neo4j: Neo4j
) -> list[Changes | StoreError | None]:
    """What each work gave or raised, all begun together, each with a session of its own."""
    ends: list[Changes | StoreError | None] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(number: int) -> None:
        with connected(neo4j.uri, "neo4j", neo4j.password) as session:
            start.wait()
            try:
                ends[number] = works[number](session)
            except StoreError as error:
                ends[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_a_wrong_password_and_none_are_said_to_be_that(neo4j: Neo4j) -> None:
    for username, password in (("neo4j", "wrong"), ("", "")):
        with (
            pytest.raises(AccessError, match="NEO4J_PASSWORD"),
            connected(neo4j.uri, username, password),
        ):
            pass


def test_a_server_that_is_not_there_is_said_to_be_that() -> None:
    with pytest.raises(ServiceError, match="no Neo4j answers"), connected("bolt://127.0.0.1:1"):
        pass


def test_a_database_that_is_not_there_is_said_to_be_that(neo4j: Neo4j, sketch: GraphSketch) -> None:
    with (
        pytest.raises(UsageError, match="no database 'films'"),
        connected(neo4j.uri, "neo4j", neo4j.password, "films") as session,
    ):
        load(session, sketch.graph(), "x")


@pytest.mark.parametrize("uri", ["localhost", "http://localhost:7474", "neo4j://", "7687"])
def test_an_address_that_is_none_is_refused(uri: str) -> None:
    with pytest.raises(UsageError, match="neo4j://localhost:7687"), connected(uri):
        pass


def test_a_password_in_the_address_is_refused() -> None:
    with pytest.raises(UsageError, match="NEO4J_PASSWORD"), connected("neo4j://neo4j:pw@localhost"):
        pass


def test_a_relation_that_lost_its_node_on_the_way_is_an_error(
    database: Session, sketch: GraphSketch
) -> None:
    relation = sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    lost: Relation = replace(relation, object="nobody")
    with pytest.raises(StoreError, match="no node to stand on"):
        load(database, replace(sketch.graph(), relations=(lost,)), "x")
