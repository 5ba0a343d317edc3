from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from kg.errors import StoreError
from kg.model import Graph, Modality
from kg.store.cypher import load
from kg.store.cypher.apoc import apoc_lines
from kg.store.cypher.rows import Edges, Nodes, Row, edges_of, nodes_of

from ..conftest import GraphSketch
from ..strategies import graphs

any_graph = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def groups(graph: Graph) -> list[Nodes | Edges]:
    return [*nodes_of(graph), *edges_of(graph)]


def all_rows(graph: Graph) -> list[Row]:
    return [row for group in groups(graph) for row in group.rows]


@any_graph
@given(graphs())
def test_values_are_what_a_database_takes(graph: Graph) -> None:
    for row in all_rows(graph):
        for name, value in row.properties.items():
            name.encode()
            for item in value if isinstance(value, list) else [value]:
                assert isinstance(item, str | int | float)
                str(item).encode()


@any_graph
@given(graphs())
def test_each_group_has_the_rows_it_counts_and_each_id_once(graph: Graph) -> None:
    for group in groups(graph):
        ids = [row.id for row in group.rows]
        assert len(ids) == group.count == len(set(ids))


def test_the_digest_tells_a_changed_row_from_the_same_row(sketch: GraphSketch) -> None:
    relation = sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", attrs={"good": "黑卡"})
    before = {row.digest for row in all_rows(sketch.graph())}
    assert before == {row.digest for row in all_rows(sketch.graph())}
    sketch.relations = [replace(relation, attrs={"good": "手机黑卡"})]
    assert len({row.digest for row in all_rows(sketch.graph())} - before) == 1


def test_a_property_whose_name_is_taken_gets_a_prefix(sketch: GraphSketch) -> None:
    attrs = {"quote": "甲", "good": "黑卡", "attr_x": "乙", "kg": "丙"}
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", attrs=attrs)
    (row,) = next(group for group in edges_of(sketch.graph()) if group.type == "SUPPLIES").rows
    assert row.properties["quote"] == "卡商与号商。"
    assert row.properties["attr_quote"] == "甲"
    assert row.properties["attr_attr_x"] == "乙"
    assert row.properties["good"] == "黑卡"
    assert row.properties["kg"] == row.digest


def test_a_negated_relation_is_evidence_and_no_edge(sketch: GraphSketch) -> None:
    relation = sketch.edge("Person:甲", "SELLS", "Good:黑卡", modality=Modality.NEGATED)
    graph = sketch.graph()
    assert {group.type for group in edges_of(graph)} == {"IN_DOCUMENT", "MENTIONS"}
    (row,) = next(group for group in nodes_of(graph) if group.label == "Evidence").rows
    assert row.properties["modality"] == "negated"
    assert (row.properties["subject"], row.properties["object"]) == (
        relation.subject,
        relation.object,
    )


@pytest.mark.parametrize("name", ["A B", "`", "", "1X", "Document", "Evidence", "KgRecord"])
def test_a_type_that_cannot_be_a_label_is_refused(sketch: GraphSketch, name: str) -> None:
    entity = replace(sketch.entity("Role:卡商"), type=name)
    with pytest.raises(StoreError, match="Rename it in schemas/"):
        list(nodes_of(replace(sketch.graph(), entities=(entity,))))


@pytest.mark.parametrize("name", ["A-B", "MENTIONS"])
def test_a_type_that_cannot_be_that_of_an_edge_is_refused(sketch: GraphSketch, name: str) -> None:
    relation = replace(sketch.edge("Role:卡商", "SUPPLIES", "Role:号商"), type=name)
    with pytest.raises(StoreError, match="Rename it in schemas/"):
        list(edges_of(replace(sketch.graph(), relations=(relation,))))


def test_half_a_surrogate_pair_does_not_stop_a_load(sketch: GraphSketch) -> None:
    sketch.node("Role:卡商")
    graph = sketch.graph()
    broken = replace(graph.documents[0], path="\udce9.txt")
    (row,) = next(nodes_of(replace(graph, documents=(broken,)))).rows
    assert row.properties["path"] == "?.txt"


def test_batches_are_bounded_in_rows_and_in_bytes() -> None:
    small = [Row(str(number), {}, "", 100) for number in range(2 * load.MOST_ROWS + 1)]
    assert [len(batch) for batch in load.batches(small)] == [load.MOST_ROWS, load.MOST_ROWS, 1]
    large = [Row(str(number), {}, "", load.MOST_BYTES // 2) for number in range(5)]
    assert [len(batch) for batch in load.batches(large)] == [2, 2, 1]
    huge = [Row("x", {}, "", 2 * load.MOST_BYTES)] * 2
    assert [len(batch) for batch in load.batches(huge)] == [1, 1]


def test_a_name_cannot_end_its_quotation() -> None:
    assert load.quoted("a`b") == "`a``b`"


def test_a_line_for_apoc_is_one_for_java_too_whatever_a_file_is_called(
    sketch: GraphSketch,
) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Person:a\u2028b\u2029c\u0085d")
    lines = list(apoc_lines(sketch.graph(), "x"))
    assert all(line.splitlines() == [line[:-1]] for line in lines)
    assert "a\u2028b\u2029c\u0085d" in {
        json.loads(line)["properties"].get("name") for line in lines
    }
