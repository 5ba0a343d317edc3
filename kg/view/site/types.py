"""The page of a node type or edge type: what it means, and all that the graph has of it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Entity, Relation
from kg.view.html import EMPTY, tag, text_tag
from kg.view.lookup import surest
from kg.view.markup import Markup, escaped, joined
from kg.view.site.facts import block
from kg.view.site.frame import Frame, page_of, safe_name


def node_type_page(frame: Frame, name: str, entities: Sequence[Entity]) -> str:
    """All entities of a type, those with most relations first."""
    words = frame.words
    known = words.schema.nodes.get(name)
    counts = {entity.id: len(words.lookup.beside(entity)) for entity in entities}
    ranked = sorted(entities, key=lambda entity: (-counts[entity.id], entity.name, entity.id))
    head = (words.pick("名称", "name"), words.pick("又称", "also"), words.pick("关系", "relations"),
            words.pick("文章", "documents"))  # fmt: skip
    rows = [
        tag(
            "tr",
            tag("td", frame.entity(entity)),
            tag(
                "td",
                joined(*(text_tag("bdi", a) for a in entity.aliases[:6]), by="、"),
                class_="soft",
            ),
            text_tag("td", str(counts[entity.id]), class_="count"),
            text_tag("td", str(len({place.document for place in entity.places})), class_="count"),
        )
        for entity in ranked
    ]
    table = tag("table", tag("tr", *(text_tag("th", text) for text in head)), *rows)
    description = words.pick(known.description.zh, known.description.en) if known else ""
    return _page(
        frame, name, len(entities), f"t-{safe_name(name)}", text_tag("p", description), table
    )


def edge_type_page(frame: Frame, name: str, relations: Sequence[Relation]) -> str:
    """All relations of a type with their sentences, the best supported first."""
    words = frame.words
    known = words.schema.edges.get(name)
    about = [EMPTY]
    if known is not None:
        ends = (joined(*(frame.type("node", kind) for kind in sorted(kinds)),
                        by=words.pick("、", ", "))
                for kinds in (known.source, known.target))  # fmt: skip
        about = [tag("p", frame.say(known.description.zh, known.description.en)),
                 tag("p", joined(*ends, by=" → "), class_="soft")]  # fmt: skip
    items = [block(frame, relation) for relation in surest(relations)]
    return _page(frame, name, len(items), "", *about, tag("ul", *items, class_="facts"))


def type_list(frame: Frame, kind: str, counts: Sequence[tuple[str, int]]) -> Markup:
    """Types with how often each occurs, linked."""
    items = (
        tag(
            "li",
            joined(
                frame.link(
                    page_of(kind, name),
                    escaped(frame.words.type_label(name)),
                    class_=f"name t-{safe_name(name)}" if kind == "node" else "",
                ),
                text_tag("small", str(count)),
                by=" ",
            ),
        )
        for name, count in counts
    )
    return tag("ul", *items, class_="inline")


def _page(frame: Frame, name: str, count: int, class_: str, *body: Markup) -> str:
    label = frame.words.type_label(name)
    small = text_tag("small", f"{name} · {count}")
    heading = tag("h1", joined(escaped(label), small, by=" "), class_=class_)
    return frame.page(label, heading, *body)
