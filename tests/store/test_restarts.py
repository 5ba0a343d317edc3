"""Where the real Neo4j is stopped or killed and started again.

The file comes after the others that use it: a server that was started anew is slow for a while.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.store.cypher.bulk import write_bulk
from kg.store.cypher.connect import connected
from kg.store.cypher.load import Changes, load

from ..conftest import GraphSketch, Neo4j, empty
from .contents import contents, expected
from .test_bulk import hostile

if TYPE_CHECKING:
    from neo4j import Session

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals as in POSIX")


_SLOW_LOAD = """
import os, pickle, sys
from pathlib import Path
from kg.store.cypher import load
from kg.store.cypher.connect import connected
load.MOST_ROWS = 20
graph = pickle.loads(Path(sys.argv[1]).read_bytes())
with connected(sys.argv[2], "neo4j", os.environ["NEO4J_PASSWORD"]) as session:
    load.load(session, graph, "x", progress=lambda done, total: print(done, total, flush=True))
"""


class SlowLoad:
    """Loads, each in a process of its own, of a graph of few types in many small batches."""

    def __init__(self, neo4j: Neo4j, folder: Path) -> None:
        sketch = GraphSketch()
        for number in range(150):
            sketch.edge("Role:卡商", "SUPPLIES", f"Person:{number}号")
        self.graph = sketch.graph()
        self._file = folder / "graph"
        self._file.write_bytes(pickle.dumps(self.graph))
        self._neo4j = neo4j

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", _SLOW_LOAD, str(self._file), self._neo4j.uri],
            env={"NEO4J_PASSWORD": self._neo4j.password, "PATH": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def wait_for(self, part: float, process: subprocess.Popen[str]) -> None:
        """Wait until so much of the work is done."""
        assert process.stdout
        for line in process.stdout:
            done, total = line.split()
            if int(done) >= part * int(total):
                return


@pytest.fixture
def slow(neo4j: Neo4j, tmp_path: Path) -> SlowLoad:
    return SlowLoad(neo4j, tmp_path)


@posix
def test_a_load_that_is_killed_is_finished_by_the_next(database: Session, slow: SlowLoad) -> None:
    partial = 0
    for moment in range(10):
        empty(database)
        with slow.start() as process:
            slow.wait_for(moment / 10, process)
            process.kill()
        partial += contents(database) != expected(slow.graph)
        load(database, slow.graph, "x")
        assert contents(database) == expected(slow.graph)
    assert partial > 5


@posix
def test_a_server_that_is_killed_keeps_a_graph_that_the_next_load_finishes(
    neo4j: Neo4j, slow: SlowLoad
) -> None:
    for part in (0.1, 0.5, 0.9):
        with connected(neo4j.uri, "neo4j", neo4j.password) as session:
            empty(session)
        with slow.start() as process:
            slow.wait_for(part, process)
            neo4j.kill()
            process.kill()
        neo4j.start()
        with connected(neo4j.uri, "neo4j", neo4j.password) as session:
            load(session, slow.graph, "x")
            assert contents(session) == expected(slow.graph)


def test_the_real_import_makes_what_a_load_would_have_made(
    neo4j: Neo4j, sketch: GraphSketch, tmp_path: Path
) -> None:
    graph = hostile(sketch)
    write_bulk(graph, tmp_path / "csv", "x")
    neo4j.stop()
    try:
        said = neo4j.admin(
            ["database", "import", "full", "@import.args", "--overwrite-destination", "neo4j"],
            tmp_path / "csv",
        )
        assert "IMPORT DONE" in said, said
    finally:
        neo4j.start()
    with connected(neo4j.uri, "neo4j", neo4j.password) as session:
        rows = sum(map(len, expected(graph)))
        assert load(session, graph, "x") == Changes(unchanged=rows)
        assert contents(session) == expected(graph)
