"""A relation as a line of HTML: who, what, whom, how the text puts it, and what qualifies it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Document, Entity, Evidence, Modality, Relation
from kg.view.html import EMPTY, tag, text_tag, web_link
from kg.view.lookup import surest
from kg.view.markup import Markup, escaped, joined
from kg.view.site.frame import Frame, page_of, short

_FIRST = 2
"""How many sentences of a relation are shown before a fold."""


def line(frame: Frame, relation: Relation, *, seen_from: Entity | None = None) -> Markup:
    """`A —supplies→ B [alleged] (price: 9)`; from one of its ends: the arrow and the other."""
    words = frame.words
    is_symmetric = words.is_symmetric(relation.type)
    ends: tuple[Markup, ...]
    if seen_from is None:
        label = frame.type("edge", relation.type)
        ends = (
            frame.entity_of(relation.subject),
            tag("span", escaped("—"), label, escaped("—" if is_symmetric else "→"),
                class_="arrow"),
            frame.entity_of(relation.object),
        )  # fmt: skip
    else:
        outgoing = relation.subject == seen_from.id
        arrow = "—" if is_symmetric else "→" if outgoing else "←"
        other = relation.object if outgoing else relation.subject
        ends = (text_tag("span", arrow, class_="arrow"), frame.entity_of(other))
    qualifiers = words.qualifiers(relation)
    soft = text_tag("span", qualifiers, class_="soft") if qualifiers else EMPTY
    return _spaced(*ends, badge(frame, relation), soft)


def badge(frame: Frame, relation: Relation) -> Markup:
    """How the text puts it, where that is no plain statement."""
    mode = frame.words.mode(relation)
    return text_tag("span", mode, class_=f"mode {relation.modality.value}") if mode else EMPTY


def standing(frame: Frame, relation: Relation) -> Markup:
    """How sure the relation is and, where several are, how many independent articles say so."""
    count = relation.origins
    title = frame.words.pick("可信度", "confidence")
    sure = text_tag("span", f"{relation.confidence:.2f}", title=title)
    many = frame.say(f"{count} 个独立来源", f"{count} independent origins")
    return tag("span", sure if count == 1 else joined(sure, many, by=" · "), class_="soft small")


def block(frame: Frame, relation: Relation, seen_from: Entity | None = None) -> Markup:
    """The line of a relation, and under it the sentences it stands on."""
    quotes = [quote(frame, one) for one in relation.evidence]
    rest = quotes[_FIRST:]
    more = frame.say(f"另有 {len(rest)} 句", f"{len(rest)} more")
    return tag(
        "li",
        tag("p", _spaced(line(frame, relation, seen_from=seen_from), standing(frame, relation))),
        *quotes[:_FIRST],
        tag("details", tag("summary", more), *rest) if rest else EMPTY,
        class_="denied" if relation.modality is Modality.NEGATED else None,
        id=relation.id if seen_from is None else None,
    )


def quote(frame: Frame, evidence: Evidence) -> Markup:
    """A sentence, who says so, where it stands in the text here, and where it was published."""
    document = frame.words.lookup.documents.get(evidence.document)
    place = f"{page_of('document', evidence.document)}#s{evidence.start}-{evidence.end}"
    about = [frame.words.source(evidence)]
    about += [document.outlet or document.author, document.published] if document else []
    parts = [escaped(part) for part in about if part]
    parts.append(frame.link(place, title_of(document, evidence.document)))
    parts.append(original_of(frame, document) if document else EMPTY)
    caption = joined(*filter(None, parts), by=" · ")
    return tag("figure", text_tag("blockquote", evidence.quote), tag("figcaption", caption))


def title_of(document: Document | None, identifier: str) -> Markup:
    """What an article is called."""
    title = document.title if document else ""
    return text_tag("bdi", short(title or identifier))


def original_of(frame: Frame, document: Document) -> Markup:
    """A link to the article where it was published; empty where it has no web address."""
    return web_link(document.url, frame.words.pick("原网页", "original"))


def sections(frame: Frame, relations: Iterable[Relation], entity: Entity) -> list[Markup]:
    """The relations of an entity, a section for each type, trade first."""
    groups: dict[str, list[Relation]] = {}
    for relation in relations:
        groups.setdefault(relation.type, []).append(relation)
    found = []
    for name in sorted(groups, key=frame.words.place):
        items = [block(frame, one, entity) for one in surest(groups[name])]
        heading = tag("h2", _spaced(frame.type("edge", name), text_tag("small", str(len(items)))))
        found.append(tag("section", heading, tag("ul", *items, class_="facts")))
    return found


def _spaced(*parts: Markup) -> Markup:
    return joined(*filter(None, parts), by=" ")
