"""Files for `neo4j-admin database import full`, and the real import of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.model import Graph
from kg.store.cypher.bulk import write_bulk

from ..conftest import GraphSketch


def hostile(sketch: GraphSketch) -> Graph:
    for name in ('"', '""', "a\nb\r\nc", ";", "a,b", "\\", '\\"', " 两边 ", "'", "#", "=1+1", "\t"):
        sketch.edge("Role:卡商", "SUPPLIES", f"Person:{name}", attrs={"good": name}, source=name)
    sketch.node("Role:卡贩", aliases=("甲;乙", '丙"丁', "戊,己"))
    return sketch.graph()


def test_the_same_graph_gives_the_same_files(sketch: GraphSketch, tmp_path: Path) -> None:
    graph = hostile(sketch)
    for name in ("a", "b"):
        write_bulk(graph, tmp_path / name, "x")
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert "import.args" in files
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_files_of_types_that_are_gone_go(sketch: GraphSketch, tmp_path: Path) -> None:
    write_bulk(hostile(sketch), tmp_path, "x")
    (tmp_path / "mine.csv").write_text("")
    write_bulk(Graph((), (), ()), tmp_path, "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "import.args",
        "mine.csv",
        "nodes-KgRecord.csv",
    ]


def test_a_property_that_cannot_stand_in_a_header_is_refused(
    sketch: GraphSketch, tmp_path: Path
) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", attrs={"a:int,b": "x"})
    with pytest.raises(StoreError, match="Rename it in schemas/"):
        write_bulk(sketch.graph(), tmp_path, "x")


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Check the folder"):
        write_bulk(Graph((), (), ()), tmp_path / "file" / "x", "x")
    shutil.rmtree(tmp_path)
