from __future__ import annotations

import math
import os
import warnings
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from kg.errors import StoreError
from kg.model import Document, Entity, Evidence, Graph, Level, Modality, Place, Relation
from kg.store.graphml import pieces, read_graphml, write_graphml
from kg.store.jsonl import read_jsonl, write_jsonl
from kg.store.networkx import to_networkx

from ..strategies import graphs

any_graph = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def bare(graph: Graph) -> Graph:
    """The graph as a store keeps it: documents without text."""
    documents = (replace(item, text="", sentences=(), runs=()) for item in graph.documents)
    return replace(graph, documents=tuple(documents))


def plain_graph() -> Graph:
    document = Document("d" + "a" * 16, "00", "a.txt", "甲卖黑卡。", (), (), title="一")
    entities = [
        Entity("ea", "Person", "甲", ("阿强", "老李"), Level.INSTANCE, {"age": "30"},
               (Place(document.id, 0, 1, "甲"),)),
        Entity("eb", "Good", "黑卡", (), Level.TYPE, {}, (Place(document.id, 2, 4, "黑卡"),)),
    ]  # fmt: skip
    evidence = Evidence(document.id, 0, 5, "甲卖黑卡。", "警方", {"price": "11元"}, "x#x", 0.9)
    relations = [
        Relation(f"r{n}", "ea", kind, "eb", Modality.ALLEGED, ("警方",), {"price": "11元"},
                 (evidence,), 1, 0.9)
        for n, kind in enumerate(["SELLS", "OBTAINS"])
    ]  # fmt: skip
    negated = replace(relations[0], id="r9", modality=Modality.NEGATED)
    return Graph((document,), tuple(entities), tuple(relations), (negated,))


@any_graph
@given(graphs())
def test_any_graph_comes_back_from_graphml(
    tmp_path_factory: pytest.TempPathFactory, graph: Graph
) -> None:
    path = tmp_path_factory.mktemp("x") / "g.graphml"
    write_graphml(graph, path)
    assert read_graphml(path) == bare(graph)


@any_graph
@given(graphs())
def test_any_graph_comes_back_from_json_lines(
    tmp_path_factory: pytest.TempPathFactory, graph: Graph
) -> None:
    path = tmp_path_factory.mktemp("x") / "g.jsonl"
    write_jsonl(graph, path)
    assert read_jsonl(path) == bare(graph)


def test_a_path_without_utf8_comes_back_from_both(tmp_path: Path) -> None:
    path = os.fsdecode("通报.txt".encode("gbk"))
    graph = plain_graph()
    graph = replace(graph, documents=(replace(graph.documents[0], path=path),))
    write_graphml(graph, tmp_path / "g.graphml")
    write_jsonl(graph, tmp_path / "g.jsonl")
    assert read_graphml(tmp_path / "g.graphml") == bare(graph)
    assert read_jsonl(tmp_path / "g.jsonl") == bare(graph)


@any_graph
@given(graphs())
def test_networkx_and_igraph_read_any_graph_with_all_its_columns(
    tmp_path_factory: pytest.TempPathFactory, graph: Graph
) -> None:
    import igraph

    path = tmp_path_factory.mktemp("x") / "g.graphml"
    write_graphml(graph, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # igraph warns of columns without any value
        by_igraph = igraph.Graph.Read_GraphML(str(path))
    by_networkx = nx.read_graphml(path, force_multigraph=True)
    assert by_igraph.vcount() == by_networkx.number_of_nodes() == len(graph.entities)
    assert by_igraph.ecount() == by_networkx.number_of_edges() == len(graph.relations)
    back = read_graphml(path)
    by_id = {vertex["id"]: vertex for vertex in by_igraph.vs}
    for entity in back.entities:
        node = by_networkx.nodes[entity.id]
        vertex = by_id[entity.id]
        for column in ("labels", "name", "level", "type", "aliases", "mentions"):
            assert node.get(column, "") == vertex[column]
        assert node["labels"] == f":{entity.type}"
    edges = {key: data for _, _, key, data in by_networkx.edges(keys=True, data=True)}
    for edge in by_igraph.es:
        data = edges[edge["relation_id"]]
        assert edge["label"] == data["label"]
        assert edge["evidence"] == data["evidence"]
        assert math.isclose(edge["confidence"], data["confidence"], abs_tol=1e-12)
        assert edge["origins"] == data["origins"]


def test_properties_are_columns_under_their_names(tmp_path: Path) -> None:
    write_graphml(plain_graph(), tmp_path / "g.graphml")
    found = nx.read_graphml(tmp_path / "g.graphml")
    assert found.nodes["ea"]["age"] == "30"
    assert found.nodes["ea"]["aliases"] == '["阿强","老李"]'
    edge = found.edges["ea", "eb", "r0"]
    assert (edge["label"], edge["price"], edge["origins"]) == ("SELLS", "11元", 1)


def test_a_negated_relation_is_no_edge_of_the_file(tmp_path: Path) -> None:
    text = "".join(pieces(plain_graph()))
    assert text.count("<edge ") == 2
    write_graphml(plain_graph(), tmp_path / "g.graphml")
    assert len(read_graphml(tmp_path / "g.graphml").negated) == 1
    assert to_networkx(plain_graph()).number_of_edges() == 2


def test_the_shape_is_that_of_apoc() -> None:
    text = "".join(pieces(plain_graph()))
    assert '<node id="ea" labels=":Person"><data key="n_entity_id">ea</data>' in text
    assert '<edge id="r0" source="ea" target="eb" label="SELLS">' in text
    assert 'attr.name="aliases" attr.type="string" attr.list="string"' in text
    assert text.index("<edge ") > text.rindex("<node ")
    assert text.rindex("<key ") < text.index("<graph ")
    assert "<!DOCTYPE" not in text


def test_a_file_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    for text in ("", "<graphml/>", "{}"):
        path.write_text(text)
        with pytest.raises(StoreError, match=r"x\.graphml"):
            read_graphml(path)
    with pytest.raises(StoreError, match="No such file"):
        read_graphml(tmp_path / "none.graphml")
    for text in ('{"kind":"thing"}\n', "[" * 100_000):
        path.write_text(text)
        with pytest.raises(StoreError, match=r"x\.graphml:1"):
            read_jsonl(path)
    path.write_text(
        '<graphml><key id="n_aliases" attr.name="aliases"/>'
        f'<data key="n_aliases">{"[" * 100_000}</data></graphml>'
    )
    with pytest.raises(StoreError, match=r"x\.graphml"):
        read_graphml(path)


def test_nothing_half_written_stays_where_a_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Check the folder"):
        write_graphml(plain_graph(), tmp_path / "no" / "g.graphml")
    assert list(tmp_path.iterdir()) == []


def test_networkx_gets_plain_values() -> None:
    found = to_networkx(plain_graph())
    assert found.nodes["ea"]["aliases"] == ["阿强", "老李"]
    assert found.edges["ea", "eb", "r1"]["evidence"][0]["quote"] == "甲卖黑卡。"
    assert found.graph["documents"]["d" + "a" * 16]["title"] == "一"


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    graph = plain_graph()
    for name, write in (("g.graphml", write_graphml), ("g.jsonl", write_jsonl)):
        write(graph, tmp_path / name)
        before = (tmp_path / name).read_bytes()
        write(graph, tmp_path / name)
        assert (tmp_path / name).read_bytes() == before
