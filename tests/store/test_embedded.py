"""The embedded engine: what its index holds, that nobody writes to it, and when it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import RecordError, UsageError
from kg.model import Extraction, Graph, Modality
from kg.record import Record
from kg.store.cypher import embedded as engine
from kg.store.cypher.answer import EdgeValue, NodeValue, PathValue, QueryError
from kg.store.cypher.embedded import write_index

from ..conftest import GraphSketch
from .conftest import missing_engine
from .contents import contents, expected

if TYPE_CHECKING:
    from kg.store.cypher.answer import Database

HOSTILE = [
    "a'b\"c`d\\e",
    "}) DETACH DELETE n //",
    "'; MATCH (n) DETACH DELETE n; //",
    "{$x} ${y} {{z}}",
    "一行\n两行\t三",
    "\u202e倒写\u0000\u001b[31m",
    "𠮷😀",
]
WRITES = [
    "CREATE (n:Role {name: 'x'})",
    "/* MATCH (n) RETURN n */ CREATE (n)",
    "MATCH (n) // RETURN n\nSET n.name = 'x'",
    "MATCH (n) CALL { WITH n SET n.x = 1 } RETURN n",
    "WITH 'RETURN 1' AS text MERGE (n:Role {name: text}) RETURN n",
    "FOREACH (x IN [1] | CREATE (:Role {name: 'x'}))",
    "MATCH (n) DETACH DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "MATCH (n:Role) REMOVE n.name",
    "CREATE INDEX FOR (n:Role) ON (n.level)",
]
COUNT = (
    "import sys; from kg.record import Record; "
    "from kg.store.cypher.embedded import embedded; "
    "record = Record.open(sys.argv[1]); "
    "database = embedded(record.edition(), record.graph); opened = database.__enter__(); "
    "print(opened.ask('MATCH (n) RETURN count(n) AS n').rows[0][0]); "
    "database.__exit__(None, None, None)"
)
READS = {
    "RETURN 'CREATE (n)' AS x": "CREATE (n)",
    "// CREATE (n)\nRETURN 'y' AS x": "y",
    'RETURN "\'; MATCH (n) DETACH DELETE n; //" AS x /* SET */': "'; MATCH (n) DETACH DELETE n; //",
    "WITH 1 AS `delete` RETURN `delete` AS x": 1,
}


def nested(depth: int) -> list[object]:
    """A list in a list in a list …"""
    return [nested(depth - 1)] if depth else []


def embedded(
    record: Record, heap: str = "512m", writable: bool = False
) -> AbstractContextManager[Database]:
    """The index of a record."""
    return engine.embedded(record.edition(), record.graph, heap=heap, writable=writable)


def record_of(graph: Graph, folder: Path) -> Record:
    """A record whose graph is written by hand."""
    record = Record.open(folder, "test", create=True)
    with record.lock():
        for document in graph.documents:
            record.add(Extraction(document, (), ()))
        record.commit()
        record.write_graph(graph)
    return record


def files(folder: Path) -> dict[str, bytes]:
    """All files under a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_index_holds_the_graph_and_nothing_else(
    sample_index: Database, sample_record: Record
) -> None:
    assert contents(sample_index.session) == expected(sample_record.graph())


def test_hostile_names_arrive_as_data(indexes: Path, sketch: GraphSketch, tmp_path: Path) -> None:
    for name in HOSTILE:
        sketch.edge(f"Person:{name}", "SUPPLIES", "Role:号商", attrs={"good": name}, source=name)
    record = record_of(sketch.graph(), tmp_path / "record")
    with embedded(record) as database:
        assert contents(database.session) == expected(record.graph())
        answer = database.ask("MATCH (n:Person {name: $name}) RETURN n.name", {"name": HOSTILE[1]})
        assert answer.rows == ((HOSTILE[1],),)


@pytest.mark.parametrize("text", WRITES)
def test_a_query_that_writes_is_refused_however_it_is_dressed(
    sample_index: Database, text: str
) -> None:
    with pytest.raises(QueryError, match="--write"):
        sample_index.ask(text)


@pytest.mark.parametrize("text", WRITES)
def test_the_engine_refuses_writes_by_itself_too(sample_index: Database, text: str) -> None:
    from neo4j.exceptions import Neo4jError

    with pytest.raises(Neo4jError, match="read only"):
        sample_index.session.run(text).consume()


@pytest.mark.parametrize(("text", "value"), READS.items(), ids=range(len(READS)))
def test_a_query_that_only_speaks_of_writing_is_answered(
    sample_index: Database, text: str, value: object
) -> None:
    assert sample_index.ask(text).rows == ((value,),)


def test_what_is_written_to_a_copy_is_gone_with_it(
    indexes: Path, sketch: GraphSketch, tmp_path: Path
) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    record = record_of(sketch.graph(), tmp_path / "record")
    before = files(record.path)
    with embedded(record, writable=True) as database:
        database.ask("CREATE (n:Role {id: 'x', name: '新'}) RETURN n")
        assert database.ask("MATCH (n:Role) RETURN count(n) AS n").rows == ((3,),)
    with embedded(record) as database:
        assert contents(database.session) == expected(record.graph())
    assert files(record.path) == before


def test_a_changed_record_has_another_index_and_a_copy_the_same(
    indexes: Path, sketch: GraphSketch, tmp_path: Path
) -> None:
    names = []
    for folder, edge in (("one", "卡商"), ("two", "料商")):
        sketch.edge(f"Role:{edge}", "SUPPLIES", "Role:号商")
        record = record_of(sketch.graph(), tmp_path / folder)
        names.append(engine._name(record.edition()))
    shutil.copytree(tmp_path / "two", tmp_path / "copy")
    names.append(engine._name(Record.open(tmp_path / "copy").edition()))
    assert names[0] != names[1] == names[2]


def test_an_unfinished_record_is_not_answered_from_an_old_index(
    indexes: Path, sketch: GraphSketch, tmp_path: Path
) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    record = record_of(sketch.graph(), tmp_path / "record")
    with embedded(record):
        pass
    record.remove(record.graph().documents[0].id)
    with pytest.raises(RecordError, match="kg build"), embedded(record):
        pass


def test_two_processes_read_one_index_at_once(
    sample_index: Database, sample_record: Record, indexes: Path
) -> None:
    environment = os.environ | {"XDG_CACHE_HOME": str(indexes.parent.parent / "other")}
    (indexes.parent.parent / "other").mkdir()
    (indexes.parent.parent / "other" / "kg").symlink_to(indexes.parent)
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(sample_record.path)],
        capture_output=True, text=True, env=environment, check=True, timeout=300,
    )  # fmt: skip
    [[count]] = sample_index.ask("MATCH (n) RETURN count(n) AS n").rows
    assert done.stdout == f"{count}\n"
    assert done.stderr == ""
    whole = [path for path in indexes.iterdir() if not path.name.startswith(".")]
    assert sum(path.name == engine._name(sample_record.edition()) for path in whole) == 1


def test_where_the_cache_cannot_be_written_an_index_is_made_for_once(
    indexes: Path, sketch: GraphSketch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sketch.edge("Role:料商", "SUPPLIES", "Role:骗子")
    record = record_of(sketch.graph(), tmp_path / "record")
    before = sorted(indexes.iterdir()) if indexes.is_dir() else []
    monkeypatch.setattr("os.access", lambda path, mode: path != indexes)
    with embedded(record) as database:
        assert contents(database.session) == expected(record.graph())
    assert sorted(indexes.iterdir()) == before


def test_folders_may_have_chinese_names_whatever_the_locale(
    sample_record: Record, tmp_path: Path
) -> None:
    missing_engine()
    for name in ("临时", "缓存"):
        (tmp_path / name).mkdir()
    places = {"TMPDIR": str(tmp_path / "临时"), "XDG_CACHE_HOME": str(tmp_path / "缓存")}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", COUNT, str(sample_record.path)],
        capture_output=True, text=True, timeout=300,
        env=os.environ | places | {"LC_ALL": "C", "KG_NO_ENGINE_ARCHIVE": "1"},
    )  # fmt: skip
    assert (done.stdout.strip().isdecimal(), done.stderr) == (True, "")


def test_the_indexes_that_were_used_last_are_kept(tmp_path: Path) -> None:
    for age in range(6):
        (tmp_path / f"index{age}").mkdir()
        os.utime(tmp_path / f"index{age}", (1_000_000 - age, 1_000_000 - age))
    (tmp_path / ".part-killed").mkdir()
    os.utime(tmp_path / ".part-killed", (1, 1))
    (tmp_path / ".part-at-work").mkdir()
    engine._sweep(tmp_path / "index5")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".part-at-work", "index0", "index1", "index2", "index5"]


def test_a_fault_is_shown_with_its_place(sample_index: Database) -> None:
    with pytest.raises(QueryError) as caught:
        sample_index.ask("MATCH (n)\nWHERE n.name = '卡商'\nRETRUN n")
    assert "line 3, column 1" in str(caught.value)
    assert str(caught.value).endswith("    RETRUN n\n    ^")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("RETURN $x, $y", "--param"),
        ("MATCH (n) RETURN m", "'m'"),
        ("RETURN nonsense(1)", "nonsense"),
        ("", "empty"),
        ("RETURN '\udc80'", "cannot be sent"),
        ("EXPLAIN MATCH (n) RETURN n", "no plans. Leave EXPLAIN out"),
        ("// why\n/* so */ profile MATCH (n) RETURN n", r"Leave profile out.*line 2, column 10"),
    ],
)
def test_a_fault_says_what_to_change(sample_index: Database, text: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        sample_index.ask(text)


@pytest.mark.parametrize("value", [2**63, [-(10**30)], "\udc80", {"a": "\udc80"}, nested(500)])
def test_a_parameter_that_cannot_be_sent_is_a_fault_of_the_query(
    sample_index: Database, value: object
) -> None:
    with pytest.raises(QueryError, match="cannot be sent"):
        sample_index.ask("RETURN $x AS x", {"x": value})
    assert sample_index.ask("RETURN 1 AS x").rows == ((1,),)  # and the next is answered


def test_an_answer_has_its_columns_when_it_has_no_rows(sample_index: Database) -> None:
    answer = sample_index.ask("MATCH (n:Role {name: '没有'}) RETURN n.name AS a, n, 1 + 1")
    assert (answer.columns, answer.rows) == (("a", "n", "1 + 1"), ())


def test_values_are_plain(sample_index: Database) -> None:
    answer = sample_index.ask(
        "MATCH p = (a:Role)-[r:SUPPLIES]->(b:Role) RETURN a, r, p ORDER BY r.id LIMIT 1"
    )
    [(node, edge, path)] = answer.rows
    assert isinstance(node, NodeValue)
    assert isinstance(edge, EdgeValue)
    assert isinstance(path, PathValue)
    assert node.labels == ("Role", "Entity")
    assert "kg" not in node.properties
    assert (edge.type, path.edges, path.nodes[0], path.along) == (
        "SUPPLIES", (edge,), node, (True,),
    )  # fmt: skip
    other = sample_index.ask("RETURN date('2020-01-02') AS d, [1, null] AS l, {a: true} AS m")
    assert other.rows == (("2020-01-02", [1, None], {"a": True}),)


def test_negated_relations_are_no_edges(indexes: Path, sketch: GraphSketch, tmp_path: Path) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.NEGATED)
    with embedded(record_of(sketch.graph(), tmp_path / "record")) as database:
        assert database.ask("MATCH (:Entity)-[r]->(:Entity) RETURN r").rows == ()
        denied = database.ask("MATCH (v:Evidence {modality: 'negated'}) RETURN v.type AS type")
        assert denied.rows == (("SUPPLIES",),)


@pytest.mark.parametrize("heap", ["", "lots", "0m", "-1g", "512"])
def test_a_heap_that_is_no_amount_is_a_usage_error(sample_record: Record, heap: str) -> None:
    with pytest.raises(UsageError, match="512m"), embedded(sample_record, heap=heap):
        pass


def test_a_graph_without_anything_makes_an_index(sample_index: Database, tmp_path: Path) -> None:
    write_index(Graph((), (), ()), tmp_path / "empty")
    assert (tmp_path / "empty" / "schema.json").is_file()
