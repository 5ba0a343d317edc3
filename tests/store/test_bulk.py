"""Files for `neo4j-admin database import full`, and the real import of them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.model import Graph
from kg.store.cypher.bulk import write_bulk
from kg.store.plain import write_whole

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


def test_files_of_somebody_else_stay(sketch: GraphSketch, tmp_path: Path) -> None:
    own = {
        "nodes-plan.csv": "id:ID,name\n1,x\n",
        "edges-old.csv": "",
        "nodes-my.csv": "kg:string\n",
    }
    for name, text in own.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "nodes-folder.csv").mkdir()
    write_bulk(hostile(sketch), tmp_path, "x")
    write_bulk(hostile(sketch), tmp_path, "y")
    assert {name: (tmp_path / name).read_text() for name in own} == own


@pytest.mark.parametrize("name", ["nodes-Person.csv", "edges-SUPPLIES.csv", "import.args"])
def test_a_file_of_somebody_else_that_is_in_the_way_is_not_replaced(
    sketch: GraphSketch, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("id:ID,name\n1,x\n")
    with pytest.raises(StoreError, match=rf"{name} that is not of kg. Name another"):
        write_bulk(hostile(sketch), tmp_path, "x")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "id:ID,name\n1,x\n"


def test_files_of_a_call_that_was_killed_are_replaced(sketch: GraphSketch, tmp_path: Path) -> None:
    graph = hostile(sketch)
    for name in ("a", "b"):
        write_bulk(graph, tmp_path / name, "x")
    (tmp_path / "b" / "import.args").unlink()  # the last that is written
    write_bulk(graph, tmp_path / "b", "x")
    for path in (tmp_path / "a").iterdir():
        assert (tmp_path / "b" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")
def test_a_second_call_is_kept_out_while_one_writes(
    sketch: GraphSketch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, refused = hostile(sketch), []

    def meanwhile(path: Path, pieces: Iterable[str]) -> None:
        try:
            write_bulk(Graph((), (), ()), tmp_path / "a", "y")
        except StoreError as error:
            refused.append(str(error))
        write_whole(path, pieces)

    write_bulk(graph, tmp_path / "b", "x")
    monkeypatch.setattr("kg.store.cypher.bulk.write_whole", meanwhile)
    write_bulk(graph, tmp_path / "a", "x")
    assert all("another kg" in said for said in refused)
    assert len(refused) == len([*(tmp_path / "b").iterdir()])
    for path in (tmp_path / "b").iterdir():
        assert (tmp_path / "a" / path.name).read_bytes() == path.read_bytes()


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
