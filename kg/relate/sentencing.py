"""Where a text tells to what somebody is sentenced.

A court and a defendant stand together in most sentences of a report (某法院审理认为，被告人…), and
the ranker knows from any of them that the one sentenced the other. What shows it is the sentence
that has the judgment, often far below the court's name and without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from kg.model import Mention, Way
from kg.relate.candidates import Candidate
from kg.relate.clauses import Parsed
from kg.relate.penalties import PENALTY, is_anothers, is_given
from kg.schema import Schema, any_in

_COUNT = r"[\d一二两三四五六七八九十]+"
_TOGETHER = re.compile(rf"等{_COUNT}名?人|{_COUNT}名?(?:被告|原审被告|上诉)|[各均]")
"""What sentences several of whom not all are named: 判处洪某等三人有期徒刑."""
_HIS_OWN, _NAMED, _MEANT = range(3)
"""How well a sentence shows that somebody is sentenced: it has his penalty; it names him; it is
about all defendants, or about one by no name."""


class Sentencing:
    """The sentences of one document that tell a judgment, and who is named in them."""

    def __init__(
        self, text: str, sentences: Sequence[Parsed], mentions: Sequence[Mention], schema: Schema
    ) -> None:
        self._text, self._sentences, self._mentions = text, sentences, mentions
        self._courts = tuple(schema.words.get("court", ()))
        self._words = re.compile(f"(?={any_in(schema, 'sentencing')[0]})")

    @cached_property
    def _telling(self) -> list[Parsed]:
        """The sentences that tell a judgment. Most documents have none, and nobody asks."""
        return [one for one in self._sentences if self._has(one)]

    def shown(self, one: Candidate) -> Candidate | None:
        """The candidate in the sentence that shows the judgment best, of several such in the
        nearest: never in one about another court. None where no sentence does, or the one at hand
        says that another court did."""
        if self._judged_elsewhere(one):
            return None
        places = [
            (how, abs(parsed.number - one.parsed.number), -parsed.number, at, parsed)
            for parsed in self._telling
            for how, at in self._ways(one, parsed)
        ]
        if not places:
            return None
        *_, at, parsed = min(places, key=lambda place: place[:3])
        if parsed is one.parsed:
            return one
        inside = at in parsed.mentions
        start, end = (
            (self._mentions[at].start, self._mentions[at].end) if inside
            else (parsed.sentence.start, parsed.sentence.end)
        )  # fmt: skip
        return replace(
            one, subject=at, parsed=parsed, start=start, end=end, verb=None, clause=(start, end),
            sources={}, fillers={}, extra={},
        )  # fmt: skip

    def _ways(self, one: Candidate, parsed: Parsed) -> Iterator[tuple[int, int]]:
        """How a sentence shows that the subject is sentenced, and by which mention of his."""
        if parsed is one.parsed:
            if one.subject in parsed.mentions or not self._is_of_somebody(parsed):
                yield _NAMED, one.subject
        elif self._of_another(parsed, self._mentions[one.object].name):
            return
        subject = self._mentions[one.subject]
        for at in parsed.mentions:
            mention = self._mentions[at]
            if (mention.name, mention.type) == (subject.name, subject.type):
                if self._is_own(mention, parsed):
                    yield _HIS_OWN, at
                yield (_MEANT if mention.way is Way.ANAPHOR else _NAMED), at
        if _TOGETHER.search(self._text, parsed.sentence.start, parsed.sentence.end):
            yield _MEANT, one.subject

    def _is_own(self, mention: Mention, parsed: Parsed) -> bool:
        penalty = PENALTY.search(self._text, mention.end, parsed.sentence.end)
        people = [self._mentions[at] for at in parsed.mentions]
        return penalty is not None and not is_anothers(self._text, people, mention, penalty.start())

    def _is_of_somebody(self, parsed: Parsed) -> bool:
        """Whether the sentence names whom it is about, which is nobody who stands elsewhere."""
        people = (self._mentions[at] for at in parsed.mentions)
        return any(one.type == "Person" and one.way is not Way.ANAPHOR for one in people)

    def _judged_elsewhere(self, one: Candidate) -> bool:
        """Whether the sentence has another court in front of the subject, and the subject again
        behind its own: 一审法院判处洪某五年，二审法院改判洪某四年."""
        if one.subject not in one.parsed.mentions or one.object not in one.parsed.mentions:
            return False
        subject, court = self._mentions[one.subject], self._mentions[one.object]
        around = [self._mentions[at] for at in one.parsed.mentions]
        again = any(m.name == subject.name and court.end <= m.start for m in around)
        before = [m for m in around if self._is_court(m) and m.end <= subject.start]
        return again and bool(before) and before[-1].name != court.name

    def _is_court(self, mention: Mention) -> bool:
        return any(word in mention.name for word in self._courts)

    def _has(self, parsed: Parsed) -> bool:
        """Whether the sentence says that somebody is sentenced, and not only that it is sought."""
        said = self._text[parsed.sentence.start : parsed.sentence.end]
        return any(is_given(said[: match.start()]) for match in self._words.finditer(said))

    def _of_another(self, parsed: Parsed, court: str) -> bool:
        several = (self._mentions[at] for at in parsed.mentions)
        return any(self._is_court(one) and one.name != court for one in several)
