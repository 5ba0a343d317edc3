"""The graph as text for Graphviz and for Mermaid: any name stays a name."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Graph, Modality
from kg.schema import load_schema
from kg.view import dot, mermaid
from kg.view.excerpt import whole
from kg.view.lookup import Lookup
from kg.view.markup import clean
from kg.view.text import Wording
from kg.view.views import load_views
from tests.conftest import GraphSketch, missing

SCHEMA = load_schema()
VIEWS = load_views(SCHEMA)
HOSTILE = '"]; evil -> "x\\N\n</script><img src=x>`end`|subgraph\u202e'
NODE = re.compile(r"  n\d+\S{1,2}\"([^\"\n]*)\"\S{1,2}(:::\w+)?")
EDGE = re.compile(r"  n\d+ (-->|-\.->|---|-\.-)\|\"[^\"\n]*\"\| n\d+")
CLASS = re.compile(r"  classDef \w+ fill:#\w+,stroke:#\w+,color:#\w+")


def written(graph: Graph, form: str) -> str:
    wording = Wording(Lookup(graph), SCHEMA)
    excerpt = whole(graph, SCHEMA, VIEWS)
    return "".join((dot if form == "dot" else mermaid).lines(excerpt, wording))


def two(name: str) -> Graph:
    sketch = GraphSketch()
    sketch.edge(f"Role:{name}", "SUPPLIES", "Role:号商", quote=f"{name}和号商。")
    return sketch.graph()


def drawn(text: str) -> list[str]:
    """The lines of Graphviz's own plain output."""
    if shutil.which("dot") is None:
        missing("no dot: apt-get install graphviz")
    done = subprocess.run(
        ["dot", "-Tplain"], input=text.encode(), capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


@pytest.mark.parametrize("name", ["卡商", HOSTILE, "\\", 'a"b\\"c', "<b>x</b>", "end"])
def test_graphviz_reads_every_name_as_one_node(name: str) -> None:
    lines = drawn(written(two(name), "dot"))
    assert sum(line.startswith("node ") for line in lines) == 2
    assert sum(line.startswith("edge ") for line in lines) == 1


def test_an_edge_keeps_its_direction_and_shows_its_modality(sketch: GraphSketch) -> None:
    sketch.edge("Role:号商", "OBTAINS", "Good:电话卡", modality=Modality.ALLEGED)
    text = written(sketch.graph(), "dot")
    ends = [sketch.entity(spec).id for spec in ("Role:号商", "Good:电话卡")]
    assert f'"{ends[0]}" -> "{ends[1]}"' in text
    assert 'style="dashed"' in text
    assert "-.->" in written(sketch.graph(), "mermaid")


def test_a_node_has_the_shape_and_the_colour_of_its_type(sketch: GraphSketch) -> None:
    sketch.edge("Person:王某", "SELLS", "Good:电话卡")
    written_dot, written_mermaid = (written(sketch.graph(), form) for form in ("dot", "mermaid"))
    for kind in ("Person", "Good"):
        node = SCHEMA.nodes[kind]
        assert f"classDef {kind} fill:{node.colour}" in written_mermaid
        assert f":::{kind}\n" in written_mermaid
        shape = "box" if "rectangle" in node.shape else node.shape
        assert f'shape="{shape}", fillcolor="{node.colour}33"' in written_dot
    assert "classDef Role" not in written_mermaid
    assert {SCHEMA.nodes[kind].shape for kind in ("Person", "Good")} != {"ellipse"}


def test_what_is_denied_is_no_edge(sketch: GraphSketch) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.NEGATED)
    assert "->" not in written(sketch.graph(), "dot")
    assert "-->" not in written(sketch.graph(), "mermaid")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_every_line_of_mermaid_is_a_node_an_edge_or_a_class(name: str) -> None:
    head, *lines = written(two(name), "mermaid").splitlines()
    assert head == "flowchart LR"
    nodes = [found for line in lines if (found := NODE.fullmatch(line))]
    assert len(nodes) == 2
    assert {re.sub(r"#(\d+);", lambda m: chr(int(m[1])), one[1]) for one in nodes} == {
        " ".join(clean(name).split()),
        "号商",
    }
    for line in lines:
        assert NODE.fullmatch(line) or EDGE.fullmatch(line) or CLASS.fullmatch(line), line
