"""Relations that only one of two readings has, and what stands in their place in the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.evaluate.reading import Quote
from kg.model import Document


class Cause(StrEnum):
    """What keeps a relation from being right (*typed*)."""

    BOTH_ENDS = "both ends"
    SUBJECT = "subject"
    OBJECT = "object"
    DIRECTION = "direction"
    TYPE = "type"
    RELATION = "relation"


@dataclass(frozen=True, slots=True)
class Difference:
    """A relation that only one side has: a false one (`surplus`) or one that was missed.

    `cause`: the other side has not these ends, or has them, and between them the opposite
    direction, another type (`instead`), or no relation that would be wrong or missed, too.
    `start` is the offset of `evidence` in the document's text, where it is known.
    """

    surplus: bool
    subject: str
    type: str
    object: str
    evidence: str
    start: int | None
    modality: str
    subject_type: str
    object_type: str
    cause: Cause
    instead: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between gold entities; an end is None where it is aligned with none."""

    subject: str | None
    type: str
    object: str | None


def cause_of(link: Link, others: Iterable[Link]) -> tuple[Cause, str]:
    """Why `link` is on one side only; and the type that the other side has instead, or nothing.

    `others` are the relations of the other side that are without counterpart, too.
    """
    if link.subject is None or link.object is None:
        if link.subject is link.object:
            return Cause.BOTH_ENDS, ""
        return (Cause.SUBJECT if link.subject is None else Cause.OBJECT), ""
    ends = (link.subject, link.object)
    between = [one for one in others if (one.subject, one.object) in (ends, ends[::-1])]
    if any(one.type == link.type for one in between):
        return Cause.DIRECTION, ""
    return (Cause.TYPE, between[0].type) if between else (Cause.RELATION, "")


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote with the rest of the sentence, or sentences, that it stands in."""

    before: str
    quote: str
    after: str


def passage(document: Document | None, quote: Quote) -> Passage:
    """The quote in its sentence; alone where the document has no such words."""
    if document is None or not quote.text:
        return Passage("", quote.text, "")
    text = document.text
    start = quote.start
    if start is None or not text.startswith(quote.text, start):
        start = text.find(quote.text)
    if start < 0:
        return Passage("", quote.text, "")
    end = start + len(quote.text)
    begin, stop = document.around(start, end)
    return Passage(text[begin:start], quote.text, text[end:stop])
