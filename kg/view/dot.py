"""The part of a Graph that a picture shows, or all of it, as text for Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Modality
from kg.view.excerpt import Excerpt
from kg.view.markup import clean
from kg.view.text import Wording

_STYLE = {
    Modality.ASSERTED: "solid",
    Modality.ALLEGED: "dashed",
    Modality.HYPOTHETICAL: "dotted",
    Modality.PRESCRIPTIVE: "dotted",
}
_SHAPE = {"rectangle": "box", "round-rectangle": "box"}
_FONT = 'fontname="Noto Sans CJK SC"'


def lines(excerpt: Excerpt, wording: Wording) -> Iterator[str]:
    """The excerpt as a digraph from left to right; an edge for every relation."""
    yield "digraph kg {\n"
    yield f"  graph [rankdir=LR, {_FONT}];\n"
    yield f"  node [{_FONT}, fontsize=11, style=filled];\n"
    yield f'  edge [{_FONT}, fontsize=9, color="#5b6675"];\n'
    for entity in excerpt.entities:
        kind = wording.schema.nodes.get(entity.type)
        look = {
            "label": entity.name,
            "shape": _SHAPE.get(kind.shape, kind.shape) if kind else "ellipse",
            "fillcolor": f"{kind.colour}33" if kind else "#dddddd",
            "tooltip": wording.type_label(entity.type),
        }
        yield f"  {_quoted(entity.id)} [{_attributes(look)}];\n"
    for link in excerpt.links:
        for relation in link.relations:
            look = {
                "label": wording.type_label(relation.type),
                "style": _STYLE.get(relation.modality, "dotted"),
                "dir": "none" if wording.is_symmetric(relation.type) else "forward",
                "tooltip": relation.evidence[0].quote if relation.evidence else "",
            }
            ends = f"{_quoted(relation.subject)} -> {_quoted(relation.object)}"
            yield f"  {ends} [{_attributes(look)}];\n"
    yield "}\n"


def _attributes(look: dict[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in look.items())


def _quoted(text: str) -> str:
    """A string of the DOT language. A backslash would begin an escape (\\N is a node's name)."""
    plain = " ".join(clean(text).split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
