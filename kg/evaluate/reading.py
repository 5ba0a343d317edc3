"""One reading of an article, the annotator's or the program's, in the form that is compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import Modality

_IGNORED = re.compile(r"[\s\"“”‘’'「」『』《》〈〉()（）•·・,，.。*\-—【】]")


def comparable(text: str) -> str:
    """`text` without what two people write differently: width, case, space, quotation marks."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).lower()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article; `start` is their offset in `Document.text`, where it is known."""

    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class ReadEntity:
    """An entity of a reading; `forms` are its name and aliases, comparable."""

    id: str
    type: str
    name: str
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadRelation:
    """A relation of a reading; `subject` and `object` are ids of entities of the same reading.

    `source` is who says so, several joined by ；, empty where it is the article itself.
    `confidence` is what an extraction says; an annotator is sure.
    """

    subject: str
    type: str
    object: str
    modality: str
    source: str
    quotes: tuple[Quote, ...]
    optional: bool
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """All entities and relations that one reader found in an article."""

    entities: tuple[ReadEntity, ...]
    relations: tuple[ReadRelation, ...]

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Reading:
        """A gold annotation, or an object that `kg extract` prints."""
        return cls(
            tuple(_entity(entity) for entity in plain["entities"]),
            tuple(_relation(relation) for relation in plain["relations"]),
        )

    def entity(self, identifier: str) -> ReadEntity:
        """The entity of this id; where there is none, one that is called `?`."""
        found = (entity for entity in self.entities if entity.id == identifier)
        return next(found, ReadEntity(identifier, "", "?", frozenset()))


def _entity(plain: Mapping[str, Any]) -> ReadEntity:
    forms = (comparable(name) for name in (plain["name"], *(plain.get("aliases") or ())))
    return ReadEntity(
        plain["id"], plain["type"], plain["name"], frozenset(form for form in forms if form)
    )


def _relation(plain: Mapping[str, Any]) -> ReadRelation:
    attrs = plain.get("attrs") or {}
    evidence = plain.get("evidence") or []
    if isinstance(evidence, str):
        evidence = [{"text": evidence}]
    return ReadRelation(
        subject=plain["subject"],
        type=plain["type"],
        object=plain["object"],
        modality=plain.get("modality") or Modality.ASSERTED.value,
        source=plain.get("source") or attrs.get("source") or "",
        quotes=tuple(Quote(one["text"], one.get("start")) for one in evidence),
        optional=bool(plain.get("optional")),
        confidence=plain.get("confidence", 1.0),
    )
