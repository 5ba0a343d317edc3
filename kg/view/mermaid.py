"""The part of a Graph that a picture shows, or all of it, as a Mermaid flowchart.

GitHub and many wikis draw it. Names are quoted, and whatever Mermaid or the page might read as
markup is written as a character code.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Modality
from kg.view.excerpt import Excerpt
from kg.view.markup import clean
from kg.view.text import Wording

_ARROW = {Modality.ASSERTED: "-->", Modality.ALLEGED: "-.->"}
_LINE = {Modality.ASSERTED: "---", Modality.ALLEGED: "-.-"}
_SHAPE = {
    "ellipse": ("([", "])"),
    "rectangle": ("[", "]"),
    "round-rectangle": ("(", ")"),
    "diamond": ("{", "}"),
    "hexagon": ("{{", "}}"),
    "parallelogram": ("[/", "/]"),
}
_PLAIN = frozenset(" ，。、：；“”‘’（）《》【】·—…！？%+-=,.:·/")


def lines(excerpt: Excerpt, wording: Wording) -> Iterator[str]:
    """The excerpt as a flowchart from left to right; an edge for every relation."""
    yield "flowchart LR\n"
    names = {entity.id: f"n{at}" for at, entity in enumerate(excerpt.entities)}
    for entity in excerpt.entities:
        kind = wording.schema.nodes.get(entity.type)
        begin, end = _SHAPE.get(kind.shape if kind else "", ("[", "]"))
        style = f":::{entity.type}" if kind else ""
        yield f"  {names[entity.id]}{begin}{_quoted(entity.name)}{end}{style}\n"
    for link in excerpt.links:
        for relation in link.relations:
            arrows = _LINE if wording.is_symmetric(relation.type) else _ARROW
            arrow = arrows.get(relation.modality, arrows[Modality.ALLEGED])
            manner = wording.mode(relation)
            said = " · ".join(filter(None, (wording.type_label(relation.type), manner)))
            ends = names[relation.subject], names[relation.object]
            yield f"  {ends[0]} {arrow}|{_quoted(said)}| {ends[1]}\n"
    for name, kind in wording.schema.nodes.items():
        if any(entity.type == name for entity in excerpt.entities):
            yield f"  classDef {name} fill:{kind.colour}33,stroke:{kind.colour},color:#1d2430\n"


def _quoted(text: str) -> str:
    """A quoted label in which only letters, digits and harmless marks stand as they are."""
    plain = " ".join(clean(text).split())
    return '"' + "".join(c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" for c in plain) + '"'
