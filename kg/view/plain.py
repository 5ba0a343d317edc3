"""One document and what it says, as plain values: a line of `kg extract`."""

from __future__ import annotations

from typing import Any

from kg.model import Document, Entity, Graph, Relation

Plain = dict[str, Any]


def plain_article(document: Document, graph: Graph) -> Plain:
    """The document, and the graph of it alone.

    Negated claims are among the relations; their modality says so.
    """
    about = ("id", "title", "url", "outlet", "author", "published", "path", "sha256", "purpose")
    return {
        "document": {name: getattr(document, name) for name in about},
        "entities": [_entity(entity) for entity in graph.entities],
        "relations": [_relation(relation) for relation in (*graph.relations, *graph.negated)],
    }


def _entity(entity: Entity) -> Plain:
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "level": entity.level.value,
        "attrs": dict(entity.attrs),
        "mentions": [_span(place.start, place.end, place.text) for place in entity.places],
    }


def _relation(relation: Relation) -> Plain:
    return {
        "id": relation.id,
        "subject": relation.subject,
        "type": relation.type,
        "object": relation.object,
        "modality": relation.modality.value,
        "source": "；".join(relation.sources),
        "attrs": dict(relation.attrs),
        "evidence": [_span(one.start, one.end, one.quote) for one in relation.evidence],
        "rule": "；".join(dict.fromkeys(one.rule for one in relation.evidence)),
        "confidence": relation.confidence,
    }


def _span(start: int, end: int, text: str) -> Plain:
    return {"start": start, "end": end, "text": text}
