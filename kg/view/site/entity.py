"""The page of an entity: what it is, what it has to do with others, and where it is named."""

from __future__ import annotations

from collections import defaultdict

from kg.model import Entity, Level, Place
from kg.view.html import EMPTY, tag, text_tag
from kg.view.markup import Markup, joined
from kg.view.site.facts import sections, title_of
from kg.view.site.frame import Frame, page_of, safe_name


def entity_page(frame: Frame, entity: Entity) -> str:
    """The whole page."""
    words = frame.words
    relations = words.lookup.beside(entity)
    viewer = f"viewer.html#focus={safe_name(entity.id)}&node={safe_name(entity.id)}"
    about = [
        frame.type("node", entity.type),
        frame.say("类", "kind") if entity.level is Level.TYPE else EMPTY,
        frame.link(viewer, frame.say("在图中看", "see the picture")),
    ]
    return frame.page(
        entity.name,
        tag("h1", text_tag("bdi", entity.name), class_=f"t-{safe_name(entity.type)}"),
        tag("p", joined(*filter(None, about), by=" · "), class_="about"),
        _facts(frame, entity),
        *sections(frame, relations, entity),
        _places(frame, entity),
    )


def _facts(frame: Frame, entity: Entity) -> Markup:
    pick = frame.words.pick
    rows = []
    roles = {
        relation.object
        for relation in frame.words.lookup.beside(entity)
        if relation.type == "HAS_ROLE" and relation.subject == entity.id
    }
    if roles:
        rows.append((pick("角色", "roles"), joined(*map(frame.entity_of, sorted(roles)), by="、")))
    if entity.aliases:
        aliases = (text_tag("bdi", alias) for alias in entity.aliases)
        rows.append((pick("又称", "also"), joined(*aliases, by="、")))
    rows += [
        (name, text_tag("bdi", value)) for name, value in sorted(entity.attrs.items()) if value
    ]
    items = (joined(text_tag("dt", name), tag("dd", value)) for name, value in rows)
    return tag("dl", *items) if rows else EMPTY


def _places(frame: Frame, entity: Entity) -> Markup:
    """The articles that name it, most often first."""
    pick = frame.words.pick
    by_document: dict[str, list[Place]] = defaultdict(list)
    for place in entity.places:
        by_document[place.document].append(place)
    items = []
    for name, places in sorted(by_document.items(), key=lambda item: (-len(item[1]), item[0])):
        first = min(places, key=lambda place: place.start)
        document = frame.words.lookup.documents.get(name)
        anchor = f"{page_of('document', name)}#m{first.start}-{first.end}"
        about = [document.outlet or document.author, document.published] if document else []
        count = pick(f"{len(places)} 处", f"{len(places)} times" if len(places) > 1 else "once")
        small = " · ".join(filter(None, (*about, count)))
        link = frame.link(anchor, title_of(document, name))
        items.append(tag("li", joined(link, text_tag("span", small, class_="soft small"), by=" ")))
    number = text_tag("small", str(len(items)))
    heading = tag("h2", joined(frame.say("提及", "Named in"), number, by=" "))
    return tag("section", heading, tag("ul", *items, class_="plain"))
