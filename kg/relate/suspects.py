"""Whose conduct a document alleges, by what it tells of the law: the second question of modality.

What is told of somebody without a conviction is only alleged, where the case is a criminal one and
he may be a suspect: no victim, no lawyer, no firm that only stands in the report.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Document, Level, Mention, Modality, Sentence
from kg.relate.verdicts import (
    Section,
    guilty_before,
    innocent,
    law_of,
    only_charged,
    sections_of,
)
from kg.schema import EdgeType, Schema, any_in

_MUTUAL = frozenset(("SUPPLIES", "COLLUDES_WITH"))
_NAMED_ONLY = frozenset({"HAS_ROLE", "PROVIDED_BY", "AFFILIATED_WITH"})
_ACTORS = frozenset({"Person", "Organization", "Group"})
_THINGS = frozenset({"Good", "Tool", "Service", "Platform", "Activity"})
_LAWFUL = frozenset({"Agency", "Law", "Control", "Report", "Statistic", "Industry"})

_KIND_OF_GANG = re.compile(r"[^某“”\"\d一两]*(?:团伙|集团|组织)")
"""The name of a gang that says only what it does, and so means any of that kind: 电诈团伙, but not
某团伙 or 3个团伙."""
_CASE_GANGS = frozenset({"团伙", "犯罪团伙", "犯罪集团", "作案团伙"})
"""How a report calls the gang of its case, and any gang."""
_LITTLE_NAME = "^小[\u4e00-\u9fff]$"
_STOPS = "。！？!?\n；;"


class _Words(NamedTuple):
    """What tells suspects from others: names of the innocent and of lawful firms, an unlawful deed,
    a matter of the police, many instead of one, a finding, a charge."""

    innocent: re.Pattern[str]
    lawful: re.Pattern[str]
    unlawful: re.Pattern[str]
    police: re.Pattern[str]
    several: re.Pattern[str]
    found_out: re.Pattern[str]
    charged: re.Pattern[str]


@lru_cache(maxsize=4)
def _words_of(schema: Schema) -> _Words:
    innocent_names, *others = any_in(
        schema, "innocent-name", "lawful-name", "unlawful", "police-matter", "several",
        "found-out", "alleged",
    )  # fmt: skip
    return _Words(re.compile(f"{innocent_names}|{_LITTLE_NAME}"), *map(re.compile, others))


class Suspects:
    """Who is accused in a document and whom a court found guilty; built once a document."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text = document.text
        self._words, self._law = _words_of(schema), law_of(schema)
        people = [m for m in mentions if m.type in _ACTORS and m.level is Level.INSTANCE]
        people.sort(key=lambda m: m.start)
        self._sections = sections_of(document, people, self._law)
        self._section_starts = [section.start for section in self._sections]
        self._innocent = innocent(document, people, self._law)
        self._watched = _watched(document, people, self._words.police)
        self._doers = [m for m in people if "某" in m.name and self._suspicious(m)]
        self._doer_starts = [m.start for m in self._doers]

    def section(self, at: int) -> Section:
        """The case that the document tells of at an offset."""
        return self._sections[max(bisect_right(self._section_starts, at) - 1, 0)]

    def alleged(
        self, sentence: Sentence, start: int, end: int, subject: Mention, edge: EdgeType,
        target: Mention,
    ) -> bool:  # fmt: skip
        """Whether the claim, at `start:end` of `sentence`, is an accusation that no court has
        found true."""
        if Modality.ALLEGED not in edge.modalities:
            return False
        section = self.section(start)
        if edge.name == "INVOLVES":
            return target.type == "Offence" and not section.convicted
        if edge.name == "CONVICTED_OF":
            said = self._text[sentence.start : sentence.end]
            if guilty_before(said):
                return False
            charged = only_charged(said, target, section, self._law)
            return charged or not self._convicted(subject, section)
        if edge.name in {"IS_A", "PROHIBITS"}:
            return self._charged(start, end)
        if edge.name == "AFFILIATED_WITH" and target.type != "Group":
            return False  # to work for a firm is no crime
        if subject.type in _LAWFUL:
            return False
        if self._charged(start, end) or not section.criminal:
            return self._charged(start, end)
        actor = self._actor(subject, edge, target)
        if actor is None and edge.name not in _NAMED_ONLY and subject.type in _THINGS:
            actor = self._doer_before(sentence)
        if actor is None:
            return False
        if edge.name == "HAS_ROLE" and subject.type == "Organization":
            return False
        firm = edge.name == "CONTROLS" and target.type == "Organization"  # to found one is legal
        if firm and not self._words.unlawful.search(self._text, sentence.start, sentence.end):
            return False
        if not self._suspicious(actor) or self._convicted(actor, section):
            return False
        # A deal that one side was found guilty of took place.
        return edge.name not in _MUTUAL or not section.convicted or target.name not in section.names

    def _charged(self, start: int, end: int) -> bool:
        """Whether the words between the ends say 涉嫌."""
        return self._words.charged.search(self._text, start, end) is not None

    def _actor(self, subject: Mention, edge: EdgeType, target: Mention) -> Mention | None:
        """Whose conduct the claim is: a particular actor at one of its ends, else None."""
        if edge.name == "PROVIDED_BY":
            return target if target.type in {"Person", "Group"} else None
        for mention in (subject, target) if edge.name in _MUTUAL else (subject,):
            particular = mention.level is Level.INSTANCE or mention.name in _CASE_GANGS
            if mention.type in _ACTORS and particular:
                return mention
        return None

    def _doer_before(self, sentence: Sentence) -> Mention | None:
        """The last suspect named in the paragraph up to the end of the sentence."""
        at = bisect_left(self._doer_starts, sentence.end) - 1
        begin = self._text.rfind("\n", 0, sentence.start) + 1
        return self._doers[at] if at >= 0 and self._doer_starts[at] >= begin else None

    def _suspicious(self, actor: Mention) -> bool:
        if actor.name in self._innocent or self._words.innocent.search(actor.name):
            return False
        if actor.type == "Group" and _KIND_OF_GANG.fullmatch(actor.name):
            some = "某" in self._text[max(actor.start - 2, 0) : actor.start]
            return some or (actor.name in _CASE_GANGS and self._found_out(actor.start))
        if actor.type != "Organization":
            return not self._words.several.search(self._text, max(actor.start - 3, 0), actor.end)
        return actor.name in self._watched and not self._words.lawful.search(actor.name)

    def _found_out(self, at: int) -> bool:
        """Whether the sentence tells up to `at` what police or court have found of somebody."""
        begin = max(self._text.rfind(stop, 0, at) for stop in _STOPS) + 1
        return self._words.found_out.search(self._text, begin, at) is not None

    @staticmethod
    def _convicted(actor: Mention, section: Section) -> bool:
        if not section.convicted or actor.name in section.apart:
            return False
        if section.everybody or actor.name in section.names:
            return True
        return actor.type == "Group" and any(name in actor.name for name in section.names)


def _watched(document: Document, people: Sequence[Mention], police: re.Pattern[str]) -> set[str]:
    """Names of the organizations that police or court have to do with: where they are named, or
    within two sentences of it. A firm that reports on crime is no suspect."""
    firms = [m for m in people if m.type == "Organization"]
    starts = [m.start for m in firms]
    sentences = document.sentences
    found: set[str] = set()
    for number, sentence in enumerate(sentences):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        around = sentences[max(number - 2, 0) : number + 3]
        if first < last and police.search(document.text, around[0].start, around[-1].end):
            found.update(m.name for m in firms[first:last])
    return found
