"""The invariants, checked on a user's record: what `kg check` reports.

Nothing that `kg` itself writes should fail here; a record that was edited, damaged or
written by another version may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Document, Entity, Extraction, Graph, Relation
from kg.read.mask import identifiers, mask_path, mask_url
from kg.schema import Schema


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that should not be: `rule` is its short name, `where` an id, `what` the rest."""

    rule: str
    where: str
    what: str


RULES = {
    "quote": "a mention or quote is not verbatim at its offsets",
    "evidence": "a relation has no evidence, or evidence in no known document",
    "orphan": "an entity that nothing mentions, or that stands at no place",
    "end": "a relation whose subject or object is not in the graph",
    "type": "a type that the schema does not have, or ends it does not allow",
    "identifier": "a personal identifier that is not masked",
}


def check(extractions: Iterable[Extraction], graph: Graph, schema: Schema) -> Iterator[Finding]:
    """All findings, those of the documents first, in a fixed order.

    Extractions are read once, one at a time. A document whose identifiers were kept on
    purpose is not searched for them.
    """
    documents = {document.id: document for document in graph.documents}
    texts: dict[str, str] = {}
    for extraction in extractions:
        texts[extraction.document.id] = extraction.document.text
        yield from _check_extraction(extraction)
    entities = {entity.id: entity for entity in graph.entities}
    for relation in (*graph.relations, *graph.negated):
        yield from _check_relation(relation, entities, schema)
        yield from _check_evidence(relation, documents, texts)
    for entity in graph.entities:
        yield from _check_entity(entity, documents, texts, schema)


def _check_extraction(extraction: Extraction) -> Iterator[Finding]:
    document = extraction.document
    for mention in extraction.mentions:
        if document.text[mention.start : mention.end] != mention.text:
            yield Finding("quote", document.id, f"{mention.text!r} at {mention.start}")
    for claim in extraction.claims:
        inside = 0 <= claim.start < claim.end <= len(document.text)
        if not inside:
            yield Finding("quote", document.id, f"evidence at {claim.start}:{claim.end}")
        if max(claim.subject, claim.object) >= len(extraction.mentions):
            yield Finding("end", document.id, f"{claim.type} without its mention")
    if not document.purpose:
        shown = (document.text, document.title, document.author, document.outlet)
        yield from _identifiers(document.id, shown)
        for place, masked in (
            (document.url, mask_url(document.url)),
            (document.path, mask_path(document.path)),
        ):
            if place != masked:
                yield Finding("identifier", document.id, masked)


def _check_relation(
    relation: Relation, entities: Mapping[str, Entity], schema: Schema
) -> Iterator[Finding]:
    subject, object_ = entities.get(relation.subject), entities.get(relation.object)
    if subject is None or object_ is None:
        yield Finding("end", relation.id, f"{relation.subject} {relation.type} {relation.object}")
        return
    said = f"{subject.name} {relation.type} {object_.name}"
    edge = schema.edges.get(relation.type)
    if edge is None:
        yield Finding("type", relation.id, said)
        return
    allowed = subject.type in edge.source and object_.type in edge.target
    turned = edge.symmetric and object_.type in edge.source and subject.type in edge.target
    if not allowed and not turned:
        yield Finding("type", relation.id, f"{said} ({subject.type}, {object_.type})")


def _check_evidence(
    relation: Relation, documents: Mapping[str, Document], texts: Mapping[str, str]
) -> Iterator[Finding]:
    if not relation.evidence:
        yield Finding("evidence", relation.id, relation.type)
    for evidence in relation.evidence:
        if evidence.document not in documents:
            yield Finding("evidence", relation.id, f"document {evidence.document}")
        elif texts.get(evidence.document, "")[evidence.start : evidence.end] != evidence.quote:
            yield Finding("quote", relation.id, f"{evidence.quote!r} in {evidence.document}")


def _check_entity(
    entity: Entity, documents: Mapping[str, Document], texts: Mapping[str, str], schema: Schema
) -> Iterator[Finding]:
    if entity.type not in schema.nodes:
        yield Finding("type", entity.id, f"{entity.name} ({entity.type})")
    if not entity.places:
        yield Finding("orphan", entity.id, entity.name)
    for place in entity.places:
        if place.document not in documents:
            yield Finding("orphan", entity.id, f"{entity.name} in document {place.document}")
        elif texts.get(place.document, "")[place.start : place.end] != place.text:
            yield Finding("quote", entity.id, f"{place.text!r} in {place.document}")
    if not any(documents[p.document].purpose for p in entity.places if p.document in documents):
        yield from _identifiers(entity.id, (entity.name, *entity.aliases, *entity.attrs.values()))


def _identifiers(where: str, texts: Iterable[str]) -> Iterator[Finding]:
    for text in texts:
        for found in identifiers(text):
            # the report itself must not spread it
            yield Finding("identifier", where, f"{found[: len(found) // 4]}… ({len(found)})")
