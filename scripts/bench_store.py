#!/usr/bin/env python3
"""How fast a graph gets into a real Neo4j and how fast it answers: ours beside others, in one run.

    scripts/bench_store.py                     100,000 nodes and 500,000 edges
    scripts/bench_store.py --scale 0.1         a tenth of that

The graph is made up in the proportions of nodes and edges that the database holds: entities,
documents and evidence are nodes; relations, mentions and places of evidence are edges. Each way
of loading starts with a fresh server that has loaded a small graph before. Row by row and
neo4j-graphrag load a part of the graph and are shown as rates. Then the named queries of
schemas/queries are put to the server, to the embedded engine, and three of them, written in
Python, to networkx: the median of some runs each, warm.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from kg.model import Document, Entity, Evidence, Graph, Level, Modality, Place, Relation, make_id
from kg.store.cypher.answer import Database
from kg.store.cypher.connect import connected
from kg.store.cypher.embedded import embedded
from kg.store.cypher.load import batches, edge_parameter, load, merge_edges, merge_nodes
from kg.store.cypher.queries import load_queries
from kg.store.cypher.rows import Edges, Nodes, edges_of, nodes_of
from kg.store.networkx import to_networkx

ENTITIES, DOCUMENTS, RELATIONS, MENTIONS = 20_000, 2_000, 78_000, 344_000
SAMPLE = 3_000  # rows that are loaded one by one
TYPES = ("Role", "Person", "Organization", "Good", "Platform")
VERBS = ("SUPPLIES", "SELLS", "USES", "OBTAINS", "CONTROLS")
RUNS = 5  # of each query; the first is not counted
HEAP = "2g"  # of the embedded engine, which has 512m unless told


@dataclass
class Result:
    """One way of loading: so many rows in so many seconds."""

    name: str
    rows: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


def made_up(scale: float, seed: int = 1) -> Graph:
    """A graph of about `scale` times 100,000 nodes and 500,000 edges."""
    random = Random(seed)
    letters = "卡商号料线路虚拟运营电信诈骗黑产接码平台代理公司江州临海云山王李张"
    documents = [
        Document(
            make_id("d", str(seed), str(n)),
            f"{n:064x}",
            f"{n}.txt",
            "",
            (),
            (),
            title=f"第{n}篇报道",
        )
        for n in range(max(2, int(DOCUMENTS * scale)))
    ]
    count = max(4, int(ENTITIES * scale))
    each = max(1, min(len(documents), round(MENTIONS * scale / count)))
    entities = []
    for n in range(count):
        name = "".join(random.choices(letters, k=6))
        places = (Place(item.id, n, n + 6, name) for item in random.sample(documents, each))
        type_, aliases = random.choice(TYPES), (name[:3], name[3:])
        level = Level.INSTANCE
        entities.append(
            Entity(make_id("e", str(seed), str(n)), type_, name, aliases, level, {}, tuple(places))
        )
    relations = []
    for n in range(int(RELATIONS * scale)):
        subject, object_ = random.choice(entities), random.choice(entities)
        quote = "".join(random.choices(letters, k=60)) + "。"
        attrs = {"good": "手机黑卡", "price": f"{n}元", "time": "2020年"}
        document = random.choice(documents).id
        evidence = Evidence(document, n, n + 61, quote, "警方", attrs, "edges/X.yaml#x", 0.9)
        relations.append(
            Relation(
                make_id("r", str(seed), str(n)),
                subject.id,
                random.choice(VERBS),
                object_.id,
                Modality.ASSERTED,
                ("警方",),
                attrs,
                (evidence,),
                1,
                0.9,
            )
        )
    return Graph(tuple(documents), tuple(entities), tuple(relations))


def size(graph: Graph) -> tuple[int, int]:
    return sum(n.count for n in nodes_of(graph)), sum(e.count for e in edges_of(graph))


@contextmanager
def fresh(script: Any) -> Iterator[tuple[Any, Any]]:
    """A server that has constraints, and is warm and empty; and a session with it."""
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        server = script.new_server(Path(folder))
        server.start()
        try:
            with connected(server.uri, "neo4j", server.password) as session:
                load(session, made_up(0.02, seed=2), "warm")
                load(session, Graph((), (), ()), "empty")
                yield server, session
        finally:
            server.stop()


def ours(session: Any, graph: Graph) -> Result:
    start = time.perf_counter()
    changes = load(session, graph, "bench")
    return Result("kg load", changes.written, time.perf_counter() - start)


def ours_again(session: Any, graph: Graph) -> Result:
    start = time.perf_counter()
    changes = load(session, graph, "bench")
    assert not changes.written
    return Result("kg load, again", changes.unchanged, time.perf_counter() - start)


def raw_unwind(session: Any, graph: Graph) -> Result:
    """The same statements and batches, from rows that are made before the clock starts."""
    work: list[tuple[str, list[Any]]] = []
    for nodes in nodes_of(graph):
        work += [(merge_nodes(nodes), [row.properties for row in b]) for b in batches(nodes.rows)]
    for edges in edges_of(graph):
        work += [(merge_edges(edges), [edge_parameter(row) for row in b])
                 for b in batches(edges.rows)]  # fmt: skip
    start = time.perf_counter()
    for text, rows in work:
        session.execute_write(lambda tx, text=text, rows=rows: tx.run(text, rows=rows).consume())
    return Result("raw UNWIND", sum(len(rows) for _, rows in work), time.perf_counter() - start)


def row_by_row(session: Any, graph: Graph) -> Result:
    """What tutorials show: one MERGE a row, each its own transaction."""
    done = 0
    start = time.perf_counter()
    groups: list[Nodes | Edges] = [*nodes_of(graph), *edges_of(graph)]
    for group in groups:
        text = statement(group).replace("UNWIND $rows AS row", "WITH $row AS row")
        for row in group.rows:
            parameter = row.properties if isinstance(group, Nodes) else edge_parameter(row)
            session.run(text, row=parameter).consume()
            done += 1
    return Result("MERGE row by row", done, time.perf_counter() - start)


def statement(group: Nodes | Edges) -> str:
    return merge_nodes(group) if isinstance(group, Nodes) else merge_edges(group)


def graphrag(server: Any, graph: Graph) -> Result:
    """neo4j-graphrag's own writer, with entities and relations only: it knows no evidence."""
    import asyncio

    from neo4j import GraphDatabase
    from neo4j_graphrag.experimental.components.kg_writer import Neo4jWriter
    from neo4j_graphrag.experimental.components.types import (
        Neo4jGraph,
        Neo4jNode,
        Neo4jRelationship,
    )

    keep = {entity.id for entity in graph.entities[: SAMPLE * 2]}
    part = Neo4jGraph(
        nodes=[
            Neo4jNode(id=row.id, label=group.type, properties=dict(row.properties))
            for group in nodes_of(graph)
            for row in group.rows
            if row.id in keep
        ],
        relationships=[
            Neo4jRelationship(start_node_id=row.start, end_node_id=row.end, type=group.type,
                              properties=dict(row.properties))
            for group in edges_of(graph)
            for row in group.rows
            if row.start in keep and row.end in keep
        ],
    )  # fmt: skip
    with GraphDatabase.driver(server.uri, auth=("neo4j", server.password)) as driver:
        start = time.perf_counter()
        asyncio.run(Neo4jWriter(driver).run(part))
        seconds = time.perf_counter() - start
    return Result("neo4j-graphrag", len(part.nodes) + len(part.relationships), seconds)


def server_script() -> Any:
    path = Path(__file__).with_name("neo4j_server.py")
    spec = importlib.util.spec_from_file_location("neo4j_server", path)
    assert spec
    assert spec.loader
    script = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def median(work: Callable[[], object]) -> float:
    """Milliseconds."""
    work()
    times = []
    for _ in range(RUNS - 1):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def latencies(database: Database, graph: Graph) -> dict[str, float]:
    """Of every named query, with its example's parameters and names that the graph has."""
    name = graph.entities[0].name
    found = {}
    for query in load_queries().values():
        given = {key: str(value) for key, value in query.example.items()}
        texts = (item.name for item in query.parameters if item.name in ("name", "text"))
        values = query.with_parameters(given | dict.fromkeys(texts, name))
        if query.name == "chain":
            values |= {"start": name, "end": graph.entities[1].name}
        found[query.name] = median(lambda text=query.cypher, v=values: database.ask(text, v))
    return found


def networkx_latencies(graph: Graph) -> dict[str, float]:
    """Of three of the queries as somebody would write them for networkx."""
    import networkx as nx

    found = to_networkx(graph)
    name, last = graph.entities[0].name, graph.entities[1].name
    nodes = found.nodes(data=True)

    def entity() -> object:
        ids = [
            n for n, has in nodes if any(name in text for text in (has["name"], *has["aliases"]))
        ]
        return [(n, found.degree(n)) for n in ids]

    def around() -> object:
        ids = [n for n, has in nodes if has["name"] == name]
        return [edge for n in ids
                for edges in (found.in_edges, found.out_edges)
                for edge in edges(n, keys=True, data=True)]  # fmt: skip

    def chain() -> object:
        steps = {"SUPPLIES", "SELLS", "USED_FOR", "ENGAGES_IN"}
        part = nx.subgraph_view(
            found, filter_edge=lambda a, b, key: found.edges[a, b, key]["type"] in steps
        )
        ends = [n for n, has in nodes if last in has["name"]]
        return [path for n, has in nodes if name in has["name"]
                for path in nx.all_simple_edge_paths(part, n, ends, cutoff=5)]  # fmt: skip

    return {work.__name__: median(work) for work in (entity, around, chain)}


def loads(graph: Graph, took: dict[str, dict[str, float]]) -> Iterator[Result]:
    """All ways of loading, each result as soon as it is there; `took` gets the latencies."""
    script = server_script()
    with fresh(script) as (_, session):
        yield raw_unwind(session, graph)
    with fresh(script) as (server, session):
        yield ours(session, graph)
        yield ours_again(session, graph)
        took["Neo4j"] = latencies(Database(session), graph)
        yield row_by_row(session, made_up(SAMPLE / sum(size(graph)), seed=3))
        if importlib.util.find_spec("neo4j_graphrag"):
            yield graphrag(server, graph)
        else:
            print("neo4j-graphrag is not installed: left out", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        start = time.perf_counter()
        with embedded("bench", lambda: graph, heap=HEAP) as database:
            seconds = time.perf_counter() - start
            yield Result("embedded, first use", sum(size(graph)), seconds)
            took["embedded"] = latencies(database, graph)
    took["networkx"] = networkx_latencies(graph)


def show(took: dict[str, dict[str, float]]) -> None:
    print(f"\n{'ms, warm':<20}" + "".join(f"{engine:>10}" for engine in took))
    for name in took["Neo4j"]:
        print(f"{name:<20}" + "".join(f"{of[name]:>10.1f}" if name in of else f"{'-':>10}"
                                      for of in took.values()))  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", type=float, default=1.0)
    start = time.perf_counter()
    graph = made_up(parser.parse_args().scale)
    print("{:,} nodes, {:,} edges".format(*size(graph)), f"({time.perf_counter() - start:.0f} s)")
    rates: dict[str, float] = {}
    took: dict[str, dict[str, float]] = {}
    for result in loads(graph, took):
        rates[result.name] = result.rate
        print(f"{result.name:<20} {result.rows:>9,} rows {result.seconds:>8.1f} s "
              f"{result.rate:>9,.0f} rows/s", flush=True)  # fmt: skip
    print(f"kg load is {rates['kg load'] / rates['raw UNWIND']:.0%} of raw UNWIND, "
          f"{rates['kg load'] / rates['MERGE row by row']:.1f} times MERGE row by row")  # fmt: skip
    show(took)
    return 0


if __name__ == "__main__":
    sys.exit(main())
