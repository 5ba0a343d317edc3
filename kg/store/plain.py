"""Parts of a graph as plain values and back, for formats that carry JSON.

Documents go without their text, sentences and runs: what a store keeps of them is what they
are, where they were and what is quoted from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from kg._folders import whole_file
from kg.errors import StoreError
from kg.model import Attrs, Document, Entity, Evidence, Level, Modality, Place, Relation

Plain = dict[str, Any]
_TEXT = ("text", "sentences", "runs")
_DOCUMENT = [field.name for field in fields(Document) if field.name not in _TEXT]
_EVIDENCE = [field.name for field in fields(Evidence)]
_PLACE = [field.name for field in fields(Place)]


def plain_document(document: Document) -> Plain:
    """A document without its text; empty fields are left out."""
    return {name: value for name in _DOCUMENT if (value := getattr(document, name))}


def document_of(data: Plain) -> Document:
    """The document of `plain_document`."""
    missing: Plain = dict.fromkeys(_DOCUMENT, "") | {"text": "", "sentences": (), "runs": ()}
    return Document(**missing | data)


def plain_place(place: Place) -> Plain:
    """A mention seen from the graph."""
    return {name: getattr(place, name) for name in _PLACE}


def plain_evidence(evidence: Evidence) -> Plain:
    """Evidence, properties sorted."""
    plain = {name: getattr(evidence, name) for name in _EVIDENCE}
    return plain | {"attrs": _sorted(evidence.attrs)}


def plain_entity(entity: Entity) -> Plain:
    """An entity with its places."""
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "level": entity.level.value,
        "attrs": _sorted(entity.attrs),
        "mentions": [plain_place(place) for place in entity.places],
    }


def entity_of(data: Plain) -> Entity:
    """The entity of `plain_entity`."""
    return Entity(
        id=data["id"],
        type=data["type"],
        name=data["name"],
        aliases=tuple(data["aliases"]),
        level=Level(data["level"]),
        attrs=data["attrs"],
        places=tuple(Place(**place) for place in data["mentions"]),
    )


def plain_relation(relation: Relation) -> Plain:
    """A relation with its evidence."""
    return {
        "id": relation.id,
        "subject": relation.subject,
        "type": relation.type,
        "object": relation.object,
        "modality": relation.modality.value,
        "sources": list(relation.sources),
        "attrs": _sorted(relation.attrs),
        "origins": relation.origins,
        "confidence": relation.confidence,
        "evidence": [plain_evidence(item) for item in relation.evidence],
    }


def relation_of(data: Plain) -> Relation:
    """The relation of `plain_relation`."""
    return Relation(
        **data
        | {
            "modality": Modality(data["modality"]),
            "sources": tuple(data["sources"]),
            "evidence": tuple(Evidence(**item) for item in data["evidence"]),
        }
    )


def _sorted(attrs: Attrs) -> dict[str, str]:
    return {name: attrs[name] for name in sorted(attrs)}


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write a text file under a temporary name and rename it; a pipe or device is written to as it
    stands. Raises StoreError."""
    with (
        explained(path),
        whole_file(path) as part,
        part.open("w", encoding="utf-8", newline="\n") as file,
    ):
        file.writelines(pieces)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system says about `path` into a StoreError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{path}: {reason}. Check the folder, its rights and space.") from error
