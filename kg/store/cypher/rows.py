"""A graph as nodes and edges whose properties are strings, numbers and lists of strings.

    (:Entity:TYPE {id, name, aliases, level, documents, ...attrs})
    (:Entity)-[:TYPE {id, modality, confidence, origins, sources, documents, quote, ...attrs}]->
        (:Entity)
    (:Document {id, title, url, outlet, published, path, sha256})
    (:Document)-[:MENTIONS {id, mentions}]->(:Entity)
    (:Evidence {id, relation, type, subject, object, modality, quote, start, end, source, rule,
        confidence, ...attrs})-[:IN_DOCUMENT {id}]->(:Document)

`documents` counts the documents that mention an entity or state a relation; `quote` of a
relation is that of its first evidence. Evidence names its relation and both ends by id and not
by edges: edges would be steps of paths that no relation takes, and a negated relation is
nothing but its evidence. A property whose name is taken gets `attr_` in front.

Every node and edge carries `kg`, a digest of all that it is: by this a loader tells its own
rows from those of other programs, and changed ones from the rest.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from kg.errors import StoreError
from kg.model import Attrs, Document, Entity, Evidence, Graph, Relation, in_letters, make_id

Value = str | int | float | list[str]
Properties = dict[str, Value]

DOCUMENT, ENTITY, EVIDENCE = "Document", "Entity", "Evidence"
RECORD = "KgRecord"
"""The label of the one node that says whose database it is; `load` writes it."""
MENTIONS, IN_DOCUMENT = "MENTIONS", "IN_DOCUMENT"
DIGEST = "kg"

_TAKEN_BY_ENTITY = frozenset(["id", "name", "aliases", "level", "documents", DIGEST])
_TAKEN_BY_RELATION = frozenset(
    ["id", "modality", "confidence", "origins", "sources", "documents", "quote", DIGEST]
)
_TAKEN_BY_EVIDENCE = frozenset(
    ["id", "relation", "type", "subject", "object", "modality", "quote", "start", "end", "source",
     "rule", "confidence", DIGEST]
)  # fmt: skip
_TYPE = re.compile(r"[^\W\d]\w*")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_OVERHEAD = 64
"""Bytes of a row besides its values: lengths, markers, the digest."""


@dataclass(frozen=True, slots=True)
class Row:
    """One node or one edge. `id` and `digest` stand among `properties`, too.

    `start` and `end` are the ids of an edge's ends, empty for a node. `size` is about the
    number of bytes the row takes on its way to a server.
    """

    id: str
    properties: Properties
    digest: str
    size: int
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes that have the same labels: `label`, and for entities their `type`."""

    label: str
    type: str
    count: int
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges of one type between nodes of the labels `start` and `end`."""

    type: str
    start: str
    end: str
    count: int
    rows: Iterable[Row]


def nodes_of(graph: Graph) -> Iterator[Nodes]:
    """All nodes: documents, entities by type, evidence. Rows are made as they are asked for.

    Raises StoreError for a type that cannot be a label.
    """
    yield Nodes(DOCUMENT, "", len(graph.documents), map(_document, graph.documents))
    by_type: dict[str, list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        by_type[entity.type].append(entity)
    for type_, entities in sorted(by_type.items()):
        _check(type_, {DOCUMENT, ENTITY, EVIDENCE, RECORD})
        yield Nodes(ENTITY, type_, len(entities), map(_entity, entities))
    relations = (*graph.relations, *graph.negated)
    count = sum(len(relation.evidence) for relation in relations)
    yield Nodes(EVIDENCE, "", count, (_evidence(*pair) for pair in _pairs(relations)))


def edges_of(graph: Graph) -> Iterator[Edges]:
    """All edges: evidence to documents, mentions, relations by type.

    Raises StoreError for a type that cannot be the type of an edge.
    """
    relations = (*graph.relations, *graph.negated)
    count = sum(len(relation.evidence) for relation in relations)
    rows = (_in_document(*pair) for pair in _pairs(relations))
    yield Edges(IN_DOCUMENT, EVIDENCE, DOCUMENT, count, rows)
    mentions = [(entity, *pair) for entity in graph.entities for pair in _mentions(entity)]
    yield Edges(
        MENTIONS, DOCUMENT, ENTITY, len(mentions), (_mention(*mention) for mention in mentions)
    )
    by_type: dict[str, list[Relation]] = defaultdict(list)
    for relation in graph.relations:
        by_type[relation.type].append(relation)
    for type_, same in sorted(by_type.items()):
        _check(type_, {MENTIONS, IN_DOCUMENT})
        yield Edges(type_, ENTITY, ENTITY, len(same), map(_relation, same))


def _check(type_: str, reserved: set[str]) -> None:
    if not _TYPE.fullmatch(type_):
        raise StoreError(
            f"{type_!r} cannot name a type in a database: letters, digits and _ only. "
            "Rename it in schemas/ and build again."
        )
    if type_ in reserved:
        raise StoreError(
            f"the type {type_} is taken: kg itself puts such things into a database. "
            "Rename it in schemas/ and build again."
        )


def _pairs(relations: Iterable[Relation]) -> Iterator[tuple[Relation, Evidence]]:
    return ((relation, item) for relation in relations for item in relation.evidence)


def _document(document: Document) -> Row:
    names = ("id", "title", "url", "outlet", "published", "path", "sha256")
    return _row(document.id, {name: getattr(document, name) for name in names})


def _entity(entity: Entity) -> Row:
    properties: Properties = {
        "id": entity.id,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "level": entity.level.value,
        "documents": len({place.document for place in entity.places}),
        **_flat(entity.attrs, _TAKEN_BY_ENTITY),
    }
    return _row(entity.id, properties, entity.type)


def _relation(relation: Relation) -> Row:
    properties: Properties = {
        "id": relation.id,
        "modality": relation.modality.value,
        "confidence": relation.confidence,
        "origins": relation.origins,
        "sources": list(relation.sources),
        "documents": len({item.document for item in relation.evidence}),
        "quote": relation.evidence[0].quote,
        **_flat(relation.attrs, _TAKEN_BY_RELATION),
    }
    return _row(relation.id, properties, relation.type, relation.subject, relation.object)


def _evidence(relation: Relation, item: Evidence) -> Row:
    id_ = _evidence_id(relation, item)
    properties: Properties = {
        "id": id_,
        "relation": relation.id,
        "type": relation.type,
        "subject": relation.subject,
        "object": relation.object,
        "modality": relation.modality.value,
        "quote": item.quote,
        "start": item.start,
        "end": item.end,
        "source": item.source,
        "rule": item.rule,
        "confidence": item.confidence,
        **_flat(item.attrs, _TAKEN_BY_EVIDENCE),
    }
    return _row(id_, properties)


def _evidence_id(relation: Relation, item: Evidence) -> str:
    """All that tells two pieces of evidence apart makes the id, so that it never changes."""
    attrs = (part for name in sorted(item.attrs) for part in (name, item.attrs[name]))
    place = (item.document, str(item.start), str(item.end))
    return _id("v", relation.id, *place, item.rule, item.source, str(item.confidence), *attrs)


def _in_document(relation: Relation, item: Evidence) -> Row:
    id_ = _evidence_id(relation, item)
    return _row(id_, {"id": id_}, IN_DOCUMENT, id_, item.document)


def _mentions(entity: Entity) -> list[tuple[str, int]]:
    """The documents that mention an entity, and how often."""
    counts: dict[str, int] = defaultdict(int)
    for place in entity.places:
        counts[place.document] += 1
    return sorted(counts.items())


def _mention(entity: Entity, document: str, count: int) -> Row:
    id_ = _id("m", document, entity.id)
    return _row(id_, {"id": id_, "mentions": count}, MENTIONS, document, entity.id)


def _flat(attrs: Attrs, taken: frozenset[str]) -> Mapping[str, str]:
    """The attributes under names that a database takes and a row leaves free, sorted."""
    return {_free(name, taken): value for name, value in sorted(attrs.items())}


def _free(name: str, taken: frozenset[str]) -> str:
    name = name.replace("\x00", "\u2400")  # Neo4j has no names with a null in them, nor empty ones
    return f"attr_{name}" if not name or name in taken or name.startswith("attr_") else name


def _row(id_: str, properties: Properties, type_: str = "", start: str = "", end: str = "") -> Row:
    text = _JSON([type_, start, end, properties])
    try:
        content = text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, in a path perhaps, has no UTF-8
        properties = {_sound(name): _sound_value(value) for name, value in properties.items()}
        content = _sound(text).encode()
    digest = in_letters(blake2b(content, digest_size=12).digest())
    properties[DIGEST] = digest
    return Row(id_, properties, digest, len(content) + _OVERHEAD, start, end)


def _id(kind: str, *parts: str) -> str:
    try:
        return make_id(kind, *parts)
    except UnicodeEncodeError:
        return make_id(kind, *map(_sound, parts))


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _sound_value(value: Value) -> Value:
    if isinstance(value, list):
        return [_sound(item) for item in value]
    return _sound(value) if isinstance(value, str) else value
