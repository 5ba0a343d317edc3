"""`kg load` and the exports for Neo4j, as a person runs them."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import Result

from kg.record import Record

from ..conftest import Neo4j
from ..store.contents import contents, expected

if TYPE_CHECKING:
    from neo4j import Session

Run = Callable[..., Result]
Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def access(neo4j: Neo4j, monkeypatch: pytest.MonkeyPatch) -> None:
    """User and password of the real server, in the environment."""
    monkeypatch.setenv("NEO4J_USERNAME", "neo4j")
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)


@pytest.mark.usefixtures("access")
def test_load_fills_a_database_and_says_what_it_did(
    run: Run, record: Path, database: Session, neo4j: Neo4j
) -> None:
    graph = Record.open(record).graph()
    total = sum(map(len, expected(graph)))
    dry = run("load", "-r", record, "--to", neo4j.uri, "--dry-run", "--json")
    assert json.loads(dry.stdout) == {"written": total, "unchanged": 0, "deleted": 0}
    assert contents(database) == ([], [])
    done = run("load", "-r", record, "--to", neo4j.uri)
    assert done.exit_code == 0, done.output
    assert "nodes and edges written" in done.stdout
    assert contents(database) == expected(graph)
    again = run("load", "-r", record, "--to", neo4j.uri, "--database", "neo4j", "--json")
    assert json.loads(again.stdout) == {"written": 0, "unchanged": total, "deleted": 0}


@pytest.mark.usefixtures("access")
def test_counts_are_those_of_the_record_at_each_step(
    run: Run, record: Path, database: Session, neo4j: Neo4j, tmp_path: Path
) -> None:
    changing = Path(shutil.copytree(record, tmp_path / "record"))
    words = ("load", "-r", changing, "--to", neo4j.uri, "--json")
    first = json.loads(run(*words).stdout)
    assert (first["unchanged"], first["deleted"]) == (0, 0)
    assert counted(database) == recorded(run, changing)

    assert json.loads(run(*words).stdout) == {**first, "written": 0, "unchanged": first["written"]}
    assert counted(database) == recorded(run, changing)

    before = recorded(run, changing)
    gone = next(iter(Record.open(changing).documents()))
    assert run("remove", gone, "-r", changing).exit_code == 0
    assert json.loads(run(*words).stdout)["deleted"] > 0
    assert counted(database) == recorded(run, changing) != before


def recorded(run: Run, record: Path) -> dict[str, object]:
    """What `kg stats` counts, which must be the lines of the record's files."""
    stats: dict[str, object] = json.loads(run("stats", "-r", record, "--json").stdout)
    for file, rows in (("entities", stats["entities"]), ("evidence", stats["evidence"])):
        assert len((record / "graph" / f"{file}.jsonl").read_bytes().splitlines()) == rows
    return {name: stats[name] for name in ("documents", "evidence", *COUNTS)}


COUNTS = {
    "entity_types": "MATCH (n:Entity) UNWIND labels(n) AS t WITH t WHERE t <> 'Entity' ",
    "relation_types": "MATCH (:Entity)-[r]->(:Entity) WITH type(r) AS t ",
    "modality": "MATCH (:Entity)-[r]->(:Entity) WITH r.modality AS t ",
}

DENIED = (
    "MATCH (e:Evidence) WHERE e.modality = 'negated' "
    "WITH DISTINCT e.relation AS id, e.type AS t RETURN t, count(*) AS rows"
)


def counted(database: Session) -> dict[str, object]:
    """The same, counted in the database."""

    def number(label: str) -> int:
        found: int = database.run(f"MATCH (n:{label}) RETURN count(n)").single(strict=True)[0]
        return found

    counts = {
        name: {row["t"]: row["rows"] for row in database.run(f"{text} RETURN t, count(*) AS rows")}
        for name, text in COUNTS.items()
    }
    for row in database.run(DENIED):  # what is denied is no edge
        for name, key in (("relation_types", row["t"]), ("modality", "negated")):
            counts[name][key] = counts[name].get(key, 0) + row["rows"]
    return {"documents": number("Document"), "evidence": number("Evidence"), **counts}


@pytest.mark.usefixtures("access")
def test_load_takes_the_address_from_the_environment(
    run: Run, record: Path, database: Session, neo4j: Neo4j, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", neo4j.uri.replace("neo4j://", "bolt://"))
    assert run("load", "-r", record, "--dry-run").exit_code == 0
    assert contents(database) == ([], [])


@pytest.mark.usefixtures("access")
def test_data_of_another_program_ends_with_1_and_stays(
    run: Run, record: Path, database: Session, neo4j: Neo4j
) -> None:
    database.run("CREATE (:Film {id: 1})").consume()
    done = run("load", "-r", record, "--to", neo4j.uri)
    assert done.exit_code == 1
    assert "--force" in done.stderr
    assert len(contents(database)[0]) == 1


def test_without_a_password_and_without_a_terminal_load_says_where_it_looks(
    shell: Shell, record: Path, neo4j: Neo4j
) -> None:
    for env in ({}, {"NEO4J_PASSWORD": "wrong"}):
        done = shell("load", "-r", record, "--to", neo4j.uri, **env)
        assert done.returncode == 5
        assert b"NEO4J_PASSWORD" in done.stderr
        assert b"Traceback" not in done.stderr


def test_a_server_that_is_not_there_ends_with_5(run: Run, record: Path) -> None:
    done = run("load", "-r", record, "--to", "neo4j://127.0.0.1:1")
    assert done.exit_code == 5
    assert "no Neo4j answers" in done.stderr


def test_a_password_in_the_address_ends_with_2(run: Run, record: Path) -> None:
    done = run("load", "-r", record, "--to", "neo4j://neo4j:secret@localhost")
    assert done.exit_code == 2
    assert "secret" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="terminals as in POSIX")
def test_a_person_is_asked_for_user_and_password(
    record: Path, neo4j: Neo4j, database: Session
) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "--lang", "en", "load", "-r", str(record)]
    process = subprocess.Popen(
        [*command, "--to", neo4j.uri, "--json"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        start_new_session=True,  # a terminal of the person who runs the tests is not asked
    )
    os.close(theirs)
    try:
        # Behind "password:" a space says that what is typed is neither shown nor thrown away.
        for question, reply in (("user [neo4j]:", ""), ("password: ", neo4j.password)):
            read(ours, question)
            os.write(ours, f"{reply}\n".encode())
        read(ours)  # the progress: unread, it would fill the terminal and stop the load
        result = json.loads(process.communicate(timeout=60)[0])
    finally:
        process.kill()
        os.close(ours)
    assert result["written"] > 0
    assert contents(database) == expected(Record.open(record).graph())


def read(terminal: int, until: str = "") -> None:
    """Read until a text is there, else to the end, which comes within a minute of silence."""
    said = b""
    while not until or until.encode() not in said:
        assert select.select([terminal], [], [], 60)[0], said
        try:
            said += os.read(terminal, 1000)
        except OSError:  # nobody is left who could write there
            assert not until, said
            return


def test_csv_goes_into_a_folder_and_the_command_is_printed(
    run: Run, record: Path, tmp_path: Path
) -> None:
    assert run("export", "neo4j-csv", "-r", record).exit_code == 2
    done = run("export", "neo4j-csv", "-r", record, "-o", tmp_path / "my csv")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == f"cd '{tmp_path}/my csv'"
    assert "neo4j-admin database import full @import.args" in done.stdout
    assert (tmp_path / "my csv" / "import.args").exists()


def test_json_lines_of_nodes_and_edges_go_to_standard_output(run: Run, record: Path) -> None:
    done = run("export", "neo4j-jsonl", "-r", record)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    graph = Record.open(record).graph()
    assert {line["type"] for line in lines} == {"node", "relationship"}
    assert len(lines) == 1 + sum(map(len, expected(graph)))


def test_where_no_server_answers_only_kg_says_so(shell: Any, record: Path) -> None:
    said = shell("load", "-r", record, "--to", "neo4j://127.0.0.1:1").stderr.decode()
    assert len(said.splitlines()) == 1
    assert said.startswith("kg: error: neo4j://127.0.0.1:1: no Neo4j answers")
