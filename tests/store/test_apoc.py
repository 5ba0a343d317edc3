"""What `kg export` writes, read by APOC in a real Neo4j."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.model import Graph
from kg.record import Record
from kg.schema import load_schema
from kg.store.cypher.apoc import apoc_lines
from kg.store.cypher.load import Changes, load
from kg.store.graphml import write_graphml
from kg.store.plain import plain_evidence

from ..conftest import GraphSketch, Neo4j, empty
from .contents import contents, expected

if TYPE_CHECKING:
    from neo4j import Session


@pytest.fixture(scope="module")
def graph(sample_record: Record) -> Graph:
    return sample_record.graph()


def imported(session: Session, neo4j: Neo4j, procedure: str, file: str, options: str) -> None:
    session.run(f"CALL apoc.import.{procedure}($file, {options})", file=file).consume()


def test_graphml_comes_through_apoc_whole(database: Session, neo4j: Neo4j, graph: Graph) -> None:
    write_graphml(graph, Path(neo4j.folder) / "import" / "g.graphml")
    imported(database, neo4j, "graphml", "g.graphml", "{readLabels: true, storeNodeIds: false}")
    nodes = database.run("MATCH (n) RETURN labels(n) AS labels, properties(n) AS has").data()
    by_id = {node["has"]["entity_id"]: node for node in nodes}
    assert len(by_id) == len(nodes) == len(graph.entities)
    for entity in graph.entities:
        node = by_id[entity.id]
        assert node["labels"] == [entity.type]
        assert (node["has"]["name"], node["has"]["aliases"]) == (entity.name, [*entity.aliases])
    edges = database.run(
        "MATCH (a)-[r]->(b) "
        "RETURN type(r) AS type, a.entity_id AS a, b.entity_id AS b, properties(r) AS has"
    ).data()
    edge_by_id = {edge["has"]["relation_id"]: edge for edge in edges}
    assert len(edge_by_id) == len(edges) == len(graph.relations)
    for relation in graph.relations:
        edge = edge_by_id[relation.id]
        has = edge["has"]
        assert (edge["a"], edge["type"], edge["b"]) == (
            relation.subject,
            relation.type,
            relation.object,
        )
        assert (has["origins"], has["confidence"]) == (relation.origins, relation.confidence)
        assert has["sources"] == [*relation.sources]
        assert json.loads(has["evidence"]) == [plain_evidence(item) for item in relation.evidence]


def test_hostile_names_come_through_apoc_as_they_are(
    database: Session, neo4j: Neo4j, sketch: GraphSketch
) -> None:
    names = ['<a href="\'&amp;">', "`", "'}) DETACH DELETE n", "𠮷😀", "a\nb", "]]>", "\\", "[1]"]
    for name in names:
        sketch.edge("Role:卡商", "SUPPLIES", f"Person:{name}", source=name)
    write_graphml(sketch.graph(), Path(neo4j.folder) / "import" / "g.graphml")
    imported(database, neo4j, "graphml", "g.graphml", "{readLabels: true, storeNodeIds: false}")
    found = database.run("MATCH ()-[r:SUPPLIES]->(p:Person) RETURN p.name, r.sources").values()
    assert sorted(found) == sorted([name, [name]] for name in names)


@pytest.fixture
def with_ids(database: Session) -> Iterator[Session]:
    """The database with the constraints that `apoc.import.json` wants, for as long as a test."""
    load(database, Graph((), (), ()), "x")
    labels = sorted({*load_schema().nodes, "Person"})
    for label in labels:
        database.run(
            f"CREATE CONSTRAINT for_{label} FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        ).consume()
    empty(database)
    yield database
    for label in labels:
        database.run(f"DROP CONSTRAINT for_{label}").consume()


def test_json_lines_come_through_apoc_as_a_load_would_have_made_them(
    with_ids: Session, neo4j: Neo4j, graph: Graph, sketch: GraphSketch
) -> None:
    for name in ('<a href="\'&amp;">', "`", "'}) DETACH DELETE n", "𠮷😀", "a\nb", "\\"):
        sketch.edge("Role:卡商", "SUPPLIES", f"Person:{name}", source=name)
    for each in (graph, sketch.graph()):
        empty(with_ids)
        path = Path(neo4j.folder) / "import" / "g.jsonl"
        path.write_text("".join(apoc_lines(each, "x")), encoding="utf-8")
        imported(with_ids, neo4j, "json", "g.jsonl", "{importIdName: 'id'}")
        assert contents(with_ids) == expected(each)
        assert load(with_ids, each, "x") == Changes(unchanged=sum(map(len, expected(each))))
