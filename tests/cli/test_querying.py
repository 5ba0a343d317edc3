"""`kg query`, `kg ask` and `kg shell`, as a person runs them."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import math
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from kg.cli.answers import csv_lines, lines, plain, text, visible
from kg.cli.querying import read_parameters, typed
from kg.cli.shell import Shell, Statements, Words, completions
from kg.errors import UsageError
from kg.record import Record
from kg.store.cypher import embedded as engine
from kg.store.cypher.answer import Answer, Database, EdgeValue, NodeValue, PathValue
from kg.store.cypher.connect import connected
from kg.store.cypher.load import load
from kg.text import width

from ..conftest import Neo4j, empty, missing

ROLE = NodeValue(("Role", "Entity"), {"id": "e1", "name": "卡商"})
OTHER = NodeValue(("Role", "Entity"), {"id": "e2", "name": "号商"})
SUPPLIES = EdgeValue(
    "SUPPLIES",
    {"good": "手机黑卡", "modality": "alleged", "quote": "……", "quantity_value": "3"},
)
WORDS = Words(("Entity", "Role"), ("SELLS", "SUPPLIES"), ("level", "name"))


@pytest.fixture(scope="module", autouse=True)
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The embedded engine, with its indexes out of the user's folder."""
    if importlib.util.find_spec("arcadedb_embedded") is None:
        missing("no embedded engine: pip install -e '.[dev]'")
    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.mktemp("cache")
        patch.setattr(engine, "cache_folder", lambda: cache)
        yield


def test_query_prints_an_aligned_table(run: Any, record: Path) -> None:
    result = run(
        "query",
        "MATCH (n:Role) WHERE n.name IN $names RETURN n.name AS name, n.level AS level, 1 AS one "
        "ORDER BY name",
        "-p", 'names=["卡商", "诈骗分子"]', "-r", record,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "name      level  one",
        "卡商      type     1",
        "诈骗分子  type     1",
    ]


def test_query_prints_for_programs(run: Any, record: Path) -> None:
    text = "MATCH (n:Role {name: '卡商'}) RETURN n, n.aliases AS aliases, null AS nothing"
    [row] = json.loads(run("query", text, "-r", record, "--json").stdout)
    assert row["n"]["labels"] == ["Role", "Entity"]
    assert row["n"]["properties"]["name"] == "卡商"
    assert row["nothing"] is None
    [header, line] = csv.reader(io.StringIO(run("query", text, "-r", record, "--csv").stdout))
    assert header == ["n", "aliases", "nothing"]
    assert json.loads(line[0]) == row["n"]
    assert line[2] == ""


@pytest.mark.parametrize("words", [["query", "RETURN 1"], ["ask", "chain"], ["shell"]])
def test_without_the_engine_it_says_what_to_install(
    words: list[str], run: Any, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", version)
    monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
    result = run(*words, "-r", record)
    assert result.exit_code == 2
    assert "pip install 'fraudchain-kg[cypher]'" in result.stderr


def test_query_without_rows_is_no_failure(run: Any, record: Path) -> None:
    result = run("query", "MATCH (n:Role {name: '没有'}) RETURN n.name AS a", "-r", record)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "a\n", "no rows\n")


def test_query_reads_standard_input(run: Any, record: Path) -> None:
    result = run("query", "-", "-r", record, stdin=b"RETURN 1 AS x;\n")
    assert result.stdout == "x\n1\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["RETRUN 1"], "line 1, column 1"),
        (["CREATE (n)"], "--write"),
        (["RETURN $x"], "--param x="),
        (["RETURN 1", "-p", "x"], "NAME=VALUE"),
        (["RETURN 1", "--heap", "much"], "512m"),
        (["RETURN 1", "--to", "http://localhost"], "neo4j://"),
    ],
)
def test_a_mistake_is_a_usage_error_that_says_what_to_change(
    run: Any, record: Path, arguments: list[str], says: str
) -> None:
    result = run("query", *arguments, "-r", record)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr


def test_write_is_allowed_on_a_copy(run: Any, record: Path) -> None:
    before = run("query", "MATCH (n) RETURN count(n) AS n", "-r", record).stdout
    done = run("query", "CREATE (n:Role {name: '新'}) RETURN n.name AS x", "-r", record, "--write")
    assert (done.exit_code, done.stdout) == (0, "x\n新\n")
    assert "copy" in done.stderr
    assert run("query", "MATCH (n) RETURN count(n) AS n", "-r", record).stdout == before


def test_ask_lists_the_questions_in_both_languages(run: Any) -> None:
    zh, en = (run("ask", lang=lang).stdout for lang in ("zh", "en"))
    assert "从运营商到诈骗的链条" in zh
    assert "chains from operator to fraud" in en
    listed = json.loads(run("ask", "--json").stdout)
    assert {"name", "title", "parameters", "cypher"} <= set(listed[0])


def test_ask_shows_the_cypher_without_a_database(run: Any, tmp_path: Path) -> None:
    shown = run("ask", "chain", "--show", "-r", tmp_path / "nowhere").stdout
    assert "// $start" in shown
    assert "MATCH path" in shown


def test_ask_answers_with_parameters(run: Any, record: Path) -> None:
    result = run("ask", "entity", "-p", "text=卡商", "-p", "limit=1", "-r", record, "--json")
    assert result.exit_code == 0, result.output
    [row] = json.loads(result.stdout)
    assert row["name"] == "卡商"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["chian"], "Did you mean chain"),
        (["chain", "-p", "strat=x"], "Did you mean start"),
        (["chain", "-p", "limit=many"], "whole number"),
    ],
)
def test_ask_corrects(run: Any, record: Path, arguments: list[str], says: str) -> None:
    result = run("ask", *arguments, "-r", record)
    assert result.exit_code == 2
    assert says in result.stderr


def test_the_same_text_gives_the_same_table_on_a_server(
    run: Any, record: Path, neo4j: Neo4j, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "neo4j")
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)
    opened = Record.open(record)
    with connected(neo4j.uri, "neo4j", neo4j.password) as session:
        empty(session)
        load(session, opened.graph(), opened.edition())
    query = "MATCH p = (a:Role)-[r:SUPPLIES]->(b) RETURN a.name AS a, p, r, b ORDER BY r.id"
    for words in (["query", query], ["ask", "chain"], ["query", query, "--json"]):
        here = run(*words, "-r", record)
        there = run(*words, "--to", neo4j.uri, "-r", record)
        assert (here.exit_code, there.exit_code) == (0, 0), there.output
        assert here.stdout == there.stdout != ""
    assert run("query", "CREATE (n)", "--to", neo4j.uri).exit_code == 2
    piped = run("shell", "--to", neo4j.uri, stdin=b"RETURN 1 AS x;")
    assert piped.stdout == "x\n1\n"


def test_a_server_that_does_not_answer_is_code_5(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "something")
    assert run("query", "RETURN 1", "--to", "bolt://127.0.0.1:9").exit_code == 5


def test_shell_reads_a_pipe(run: Any, record: Path) -> None:
    script = (
        "MATCH (n:Role)\nWHERE n.name = $x\nRETURN n.name AS first;\n"
        ":param x => '卡商'\n"
        "MATCH (n:Role) WHERE n.name = $x RETURN n.name AS second; RETURN ';' AS third\n"
        "\n"
        ":ask entity text=卡商 limit=1\n"
        ":exit\n"
        "RETURN 'never' AS fourth;\n"
    )
    result = run("shell", "-r", record, stdin=script.encode())
    assert "second\n卡商\nthird\n;\n" in result.stdout
    assert "aliases" in result.stdout
    assert "--param x=" in result.stderr
    assert "never" not in result.stdout


def test_shell_leaves_with_2_when_a_piped_statement_failed(run: Any, record: Path) -> None:
    result = run("shell", "-r", record, stdin=b"CREATE (n);\nRETURN 1 AS x")
    assert (result.exit_code, result.stdout) == (2, "x\n1\n")


@pytest.mark.parametrize(
    ("given", "statements"),
    [
        (["RETURN 1;"], ["RETURN 1"]),
        (["RETURN 1; RETURN 2;"], ["RETURN 1", "RETURN 2"]),
        (["MATCH (n)", "RETURN n;"], ["MATCH (n)\nRETURN n"]),
        (["RETURN ';' AS x;"], ["RETURN ';' AS x"]),
        (["RETURN 'it\\'s; ' // ; no end", "AS x;"], ["RETURN 'it\\'s; ' // ; no end\nAS x"]),
        (["RETURN 1 /* ;", "; */ AS x;"], ["RETURN 1 /* ;\n; */ AS x"]),
        (["RETURN `a;b`", ""], ["RETURN `a;b`"]),
        (["", "  ", ";"], []),
        ([":help", "RETURN 1;"], [":help", "RETURN 1"]),
        (["MATCH (n", ":Role) RETURN n;"], ["MATCH (n\n:Role) RETURN n"]),
    ],
)
def test_statements_end_with_a_semicolon_or_an_empty_line(
    given: list[str], statements: list[str]
) -> None:
    reader = Statements()
    assert [one for line in given for one in reader.feed(line)] == statements
    assert not reader.waiting


@pytest.mark.parametrize(
    ("before", "offered"),
    [
        ("MATCH (n:", ["Entity", "Role"]),
        ("MATCH (n:Ro", ["Role"]),
        ("MATCH (n:Role|En", ["Entity"]),
        ("MATCH ()-[r:SU", ["SUPPLIES"]),
        ("MATCH ()-[:SELLS|su", ["SUPPLIES"]),
        ("MATCH (n) WHERE n.na", ["name"]),
        ("RETURN $", ["start"]),
        ("ret", ["RETURN"]),
        (":pa", [":param", ":params"]),
        (":ask draw-t", ["draw-trade"]),
        ("", []),
    ],
)
def test_completion_offers_what_can_stand_there(before: str, offered: list[str]) -> None:
    assert completions(before, WORDS, {"start": 1}) == offered


def test_the_shell_remembers_parameters_and_corrects_commands(capsys: Any) -> None:
    shell = Shell(Database(None))  # type: ignore[arg-type]  # nothing is asked here
    assert shell.run(":param year => 2018")
    assert shell.run(":param name => 'a b'")
    assert shell.parameters == {"year": 2018, "name": "a b"}
    for wrong in (":param x", ":nonsense", ":ask", ":ask 'x"):
        with pytest.raises(UsageError):
            shell.run(wrong)
    assert not shell.run(":exit")
    shell.run(":params")
    assert "2018" in capsys.readouterr().out


def test_parameters_are_json_where_that_is_what_they_look_like() -> None:
    assert read_parameters(["a=b=c", "d="]) == {"a": "b=c", "d": ""}
    values = [typed(item) for item in ("2018", "'2018'", '"2018"', "true", "[1]", "卡商", "")]
    assert values == [2018, "'2018'", "2018", True, [1], "卡商", ""]
    assert [typed(item) for item in ("NaN", "Infinity", "[NaN]")] == ["NaN", "Infinity", "[NaN]"]
    deep = "[" * 100_000
    assert typed(deep) == deep


def test_an_answer_for_programs_reads_back_whatever_is_in_it() -> None:
    answer = Answer(("a\rb", "c"), (("x\ry", float("nan")), ("a\r\nb", '"'), (None, [-math.inf])))
    rows = [*csv.reader(io.StringIO("".join(csv_lines(answer)), newline=""))]
    assert rows == [["a\rb", "c"], ["x\ry", "NaN"], ["a\r\nb", '"'], ["", '["-Infinity"]']]
    assert json.dumps(plain([1.5, math.nan, [math.inf]]), allow_nan=False) == (
        '[1.5, "NaN", ["Infinity"]]'
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1", "\t=1", "\r=1", "\n=1"])
def test_no_text_of_an_article_is_a_formula_in_a_spreadsheet(text: str) -> None:
    answer = Answer(("x", "number"), ((text, -1),))
    [_, row] = csv.reader(io.StringIO("".join(csv_lines(answer)), newline=""))
    assert row == [f"'{text}", "-1"]
    assert plain(text) == text  # which is what --json prints


def test_nodes_edges_and_paths_are_readable() -> None:
    assert text(ROLE) == "(卡商:Role)"
    assert text(SUPPLIES) == "[:SUPPLIES {good: 手机黑卡, modality: alleged}]"
    there = PathValue((ROLE, OTHER), (SUPPLIES,), (True,))
    back = PathValue((OTHER, ROLE), (SUPPLIES,), (False,))
    assert text(there) == "(卡商:Role)-[:SUPPLIES alleged]->(号商:Role)"
    assert text(back) == "(号商:Role)<-[:SUPPLIES alleged]-(卡商:Role)"
    assert text([ROLE, None, [1, True]]) == "(卡商:Role), null, [1, true]"
    assert text({"a": 1.5, "b": "x"}) == "{a: 1.5, b: x}"


def test_what_a_text_holds_cannot_move_the_terminal() -> None:
    assert visible("a\nb\u001b[31m\u202e\u0000") == "a b\\u001b[31m\\u202e\\u0000"
    answer = Answer(("x",), (("\u001b[2J",), ("\u2066y",)))
    assert not {"\u001b", "\u2066"} & set("".join(lines(answer)))


def test_a_table_wider_than_the_terminal_becomes_blocks() -> None:
    answer = Answer(("name", "quote"), (("卡商", "长" * 50), ("号商", "")))
    assert all("──" not in line for line in lines(answer))
    blocks = list(lines(answer, wide=80))
    assert blocks[0] == "── 1"
    assert blocks[1:3] == ["  name   卡商", f"  quote  {'长' * 50}"]
    assert blocks[-1] == "  name  号商"
    assert max(map(width, lines(answer, wide=200))) == 106


@pytest.mark.parametrize(
    "words",
    ["query RETURN(1) --json --csv", "ask chain --csv --json", "ask chain --show --json",
     "path 卡商 号商 --all -k 2"],
)  # fmt: skip
def test_of_options_that_contradict_each_other_none_is_silently_left_out(
    run: Any, record: Path, words: str
) -> None:
    result = run(*words.split(), "-r", record)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert all(word in result.stderr for word in words.split() if word.startswith("-"))


@pytest.mark.parametrize("option", ["--csv", "--show"])
def test_what_only_a_question_has_is_not_given_for_the_list_of_questions(
    run: Any, option: str
) -> None:
    result = run("ask", option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "kg ask" in result.stderr
