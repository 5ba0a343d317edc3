"""What a person decided about the graph, over the head of the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.text import fold


class Verdict(StrEnum):
    """What a decision does with the entities or relations that it names."""

    MERGE = "merge"
    SPLIT = "split"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the decisions: `verdict` on `subjects`, by `who`, at `when`, for `why`.

    A subject is an entity id, or a name, which `Type:` before it and `@document id` behind
    it make narrower (`Person:王某@dabc`). Where decisions contradict, the later one holds.

    - merge: all subjects are one entity, which keeps the id and the name of the first.
      It is the only way in which scoped names come together across documents.
    - split: no two subjects are one entity. With a single subject: of the names that were
      inferred to be that entity, each is one of its own.
    - reject: the entity and its relations, or the relation with this id, is left out.

    A subject that matches nothing is passed over: its document may have been removed.
    """

    verdict: Verdict
    subjects: tuple[str, ...]
    who: str = ""
    when: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject read as a name and taken apart. Empty type and document match all."""

    name: str
    type: str = ""
    document: str = ""

    def matches(self, name: str, type_: str, document: str) -> bool:
        """Whether the subject means a name (folded) that a document uses for a type."""
        return name == self.name and self.type in ("", type_) and self.document in ("", document)


def parse_subject(text: str) -> Subject:
    """Take `Type:name@document` apart; a type is a capitalised word, a document id is 17
    letters that start with d."""
    name, type_, document = text, "", ""
    head, colon, rest = name.partition(":")
    if colon and rest and head.isascii() and head.isalpha() and head[0].isupper():
        type_, name = head, rest
    before, at, tail = name.rpartition("@")
    if at and before and len(tail) == 17 and tail[0] == "d" and tail.isascii():
        name, document = before, tail
    return Subject(fold(name), type_, document)


def rejected(decisions: Iterable[Decision]) -> frozenset[str]:
    """All subjects of the rejections."""
    return frozenset(
        subject
        for decision in decisions
        if decision.verdict is Verdict.REJECT
        for subject in decision.subjects
    )
