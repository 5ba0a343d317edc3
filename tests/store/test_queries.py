"""The questions of schemas/queries: their files, and their answers on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import SchemaError, UsageError
from kg.model import Modality
from kg.record import Record
from kg.schema import load_schema, schema_folder
from kg.store.cypher.answer import Answer, Database, QueryError
from kg.store.cypher.connect import connected
from kg.store.cypher.embedded import embedded
from kg.store.cypher.load import load
from kg.store.cypher.queries import Query, load_queries, parse_query, query_named

from ..conftest import GraphSketch, Neo4j, empty

QUERIES = load_queries()
GOOD = """name: who
title: {zh: 谁, en: who}
description: {zh: 谁, en: who}
parameters:
  name: {type: text, zh: 名称, en: name}
  limit: {type: integer, default: 50, zh: 行数, en: rows}
cypher: |
  MATCH (n {name: $name}) RETURN n.name AS name, '$other' AS text // $comment
  ORDER BY n.id LIMIT $limit
example:
  parameters: {name: 卡商}
  columns: [name, text]
"""
FILLED = {"chain", "supplies", "prices", "convictions", "draw-chain", "entity"}


@pytest.fixture(scope="module")
def server(neo4j: Neo4j, sample_record: Record) -> Iterator[Database]:
    """A real Neo4j with the graph of the samples, for reading."""
    with connected(neo4j.uri, "neo4j", neo4j.password) as session:
        empty(session)
        load(session, sample_record.graph(), sample_record.edition())
    with connected(neo4j.uri, "neo4j", neo4j.password, reading=True) as session:
        yield Database(session)


def answer(query: Query, database: Database) -> Answer:
    given = {name: str(value) for name, value in query.example.items()}
    return database.ask(query.cypher, query.with_parameters(given))


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_both_databases_give_the_same_answer(
    query: Query, sample_index: Database, server: Database
) -> None:
    found = answer(query, sample_index)
    assert found == answer(query, server)
    assert found.columns == query.columns or not found.rows
    assert found.rows or query.name not in FILLED


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_question_runs_without_any_parameter_given(query: Query, sample_index: Database) -> None:
    sample_index.ask(query.cypher, query.with_parameters({}))


def test_the_chain_goes_from_the_operator_to_the_fraud(sample_index: Database) -> None:
    chains = [row[0] for row in answer(QUERIES["chain"], sample_index).rows]
    assert ["电信运营商", "卡商", "号商", "诈骗分子"] in chains


def test_a_contradiction_is_shown_with_both_sentences(indexes: Path, sketch: GraphSketch) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote="卡商供给号商。")
    sketch.edge(
        "Role:卡商", "SUPPLIES", "Role:号商", quote="卡商并不供给号商。", modality=Modality.NEGATED
    )
    with embedded("a contradiction", sketch.graph) as database:
        [row] = answer(QUERIES["contradictions"], database).rows
        assert row[:4] == ("卡商", "SUPPLIES", "号商", "卡商供给号商。")
        assert row[5] == "卡商并不供给号商。"
        [denied] = answer(QUERIES["denials"], database).rows
        assert denied[:3] == ("卡商", "SUPPLIES", "号商")


def test_there_are_the_questions_that_analysts_ask() -> None:
    assert len(QUERIES) >= 24
    assert set(QUERIES) >= FILLED


def test_questions_are_no_part_of_the_ontology(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    for folder in ("nodes", "edges", "words"):
        (tmp_path / folder).symlink_to(schema_folder() / folder)
    version = load_schema(tmp_path).version
    (tmp_path / "queries" / "who.yaml").write_text(GOOD, "utf-8")
    load_schema.__globals__["_load"].cache_clear()
    assert load_schema(tmp_path).version == version


def test_values_are_given_as_text_and_checked() -> None:
    query = parse_query(GOOD, "queries/who.yaml")
    assert query.with_parameters({}) == {"name": "", "limit": 50}
    assert query.with_parameters({"limit": "3", "name": "2018"}) == {"name": "2018", "limit": 3}
    with pytest.raises(UsageError, match="Did you mean limit"):
        query.with_parameters({"limits": "3"})
    with pytest.raises(UsageError, match="whole number"):
        query.with_parameters({"limit": "many"})


@pytest.mark.parametrize("number", ["-1", str(2**31), "9" * 30])
def test_a_number_that_an_engine_does_not_take_is_a_usage_error(number: str) -> None:
    query = parse_query(GOOD, "queries/who.yaml")
    assert query.with_parameters({"limit": str(2**31 - 1)})["limit"] == 2**31 - 1
    with pytest.raises(UsageError, match="from 0 to 2147483647"):
        query.with_parameters({"limit": number})


def test_a_question_can_stand_by_itself_with_its_defaults() -> None:
    text = parse_query(GOOD, "queries/who.yaml").with_literals()
    assert text == (
        "MATCH (n {name: \"\"}) RETURN n.name AS name, '$other' AS text // $comment\n"
        "ORDER BY n.id LIMIT 50"
    )


def test_a_misspelt_question_is_a_usage_error_with_a_proposal() -> None:
    with pytest.raises(UsageError, match="Did you mean chain"):
        query_named(QUERIES, "chian")


@pytest.mark.parametrize(
    ("old", "new", "line", "remedy"),
    [
        ("name: who", "name: whom", 1, "Rename the file"),
        ("title: {zh: 谁, en: who}", "title: {zh: 谁}", 2, "Add en"),
        ("$name", "$nmae", 7, "Add nmae to parameters"),
        ("LIMIT $limit", "LIMIT 5", 7, "Write $limit, or remove it"),
        ("ORDER BY n.id ", "", 7, "ORDER BY"),
        ("type: integer, default: 50", "type: integer", 6, "Add default"),
        ("default: 50", "default: some", 6, "Write 50"),
        ("type: text", "type: txet", 5, "Did you mean text"),
        ("parameters: {name: 卡商}", "parameters: {nmae: 卡商}", 11, "Known: name, limit"),
        ("description:", "descripton:", 3, "Did you mean description"),
    ],
)
def test_a_bad_file_stops_with_its_line_and_a_remedy(
    old: str, new: str, line: int, remedy: str
) -> None:
    assert old in GOOD
    with pytest.raises(SchemaError) as caught:
        parse_query(GOOD.replace(old, new), "queries/who.yaml")
    assert f"queries/who.yaml:{line}: " in str(caught.value)
    assert remedy in str(caught.value)


def test_a_folder_without_questions_says_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"NAME\.yaml"):
        load_queries(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Role {name: 'x'})",
        "/* RETURN */ MATCH (n) SET n.x = 1",
        "MATCH (n) CALL (n) { DETACH DELETE n }",
        "CREATE INDEX there IF NOT EXISTS FOR (n:Role) ON (n.level)",
        "CREATE USER somebody SET PASSWORD 'something'",
    ],
)
def test_a_server_refuses_writes_in_a_session_for_reading(server: Database, text: str) -> None:
    with pytest.raises(QueryError):
        server.ask(text)


@pytest.mark.parametrize("text", ["RETURN 'CREATE (n)' AS x", "/* DELETE */ RETURN 1 AS x"])
def test_a_server_answers_a_query_that_only_speaks_of_writing(
    server: Database, sample_index: Database, text: str
) -> None:
    assert server.ask(text) == sample_index.ask(text)


def test_a_fault_that_a_server_finds_is_shown_with_its_place(server: Database) -> None:
    with pytest.raises(QueryError) as caught:
        server.ask("MATCH (n)\nRETRUN n")
    assert "line 2, column 1" in str(caught.value)
    assert str(caught.value).endswith("    RETRUN n\n    ^")
    with pytest.raises(QueryError, match="--param x="):
        server.ask("RETURN $x")
    with pytest.raises(QueryError, match="cannot be sent"):
        server.ask("")


def test_paths_and_values_are_the_same_on_both(server: Database, sample_index: Database) -> None:
    text = (
        "MATCH p = (a:Role)-[r:SUPPLIES]->(b)<-[s]-(c:Entity) "
        "RETURN p, a, r, labels(a)[0] IS NULL AS l, {x: [1.5, null, true]} AS m, "
        "date('2020-01-02') AS d, duration('P1DT2H') AS t ORDER BY r.id, s.id LIMIT 5"
    )
    assert server.ask(text) == sample_index.ask(text)
