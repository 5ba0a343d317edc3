"""How a text puts what it says: as a fact, a charge, a possibility, a denial, a duty.

Two questions are kept apart. The words in the clause say whether the claim is denied, possible
or demanded. The document says whether a person whose conduct it tells of was found guilty: what
is told of somebody without a conviction is only alleged (docs/concepts.md).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from kg.model import ACTS, Document, Level, Mention, Modality, Sentence
from kg.relate.duties import advice, duties, joined, within
from kg.relate.intended import intended, signs_of
from kg.relate.marks import CLASSES, marks
from kg.relate.questions import is_asked, quoted_questions
from kg.relate.rumours import is_refuted
from kg.relate.suspects import Suspects
from kg.relate.undone import is_meant, undone_of
from kg.relate.verdicts import Section
from kg.schema import EdgeType, Schema, any_in

_DUTIFUL = frozenset({"COUNTERS", "USES", "SUPPLIES"})
"""Edges that a duty of an institution consists in."""
_BOUND = frozenset({"Organization", "Agency", "Role", "Platform", "Control"})
"""What a duty may be laid on, or consist in."""
_BREAK = re.compile(r"[，,；;：:。！？!?\n—（）()]")
_STOPS = frozenset("。！？!?\n；;")
_NEAR = 120
"""Characters around a claim's end in which its verb is looked for."""
_RIGHT_AFTER = 4
"""Characters within which a word still stands right behind another: 至今 or 仍 may be between."""
_LACKING = 2
"""Characters of a denial right before what is lacking: 没有, 无需."""
_TITLE = 8
"""Characters of a title between a firm and the name of somebody of it."""
_ONE_OF_MANY = re.compile("(?<=[，、；：])有的")
"""Where the text goes over to the next of many: what was said of the one before does not hold of
him."""

_SO_CALLED = re.compile("(?:网传|所谓|所称|声称)的")
_OWNED = re.compile("(?:自己|本人|[其他她]|[他她]们|名下|手中|手上|家人|朋友)的")
_LED = re.compile("(^[^，。；：的]{1,4}?)(?<![运使利引占])[把将向从给对用][^，。；：的]{1,12}的")
"""Behind a denial, what ends no clause that would hold it: 没有把自己的卡卖给柏某,
没有把买来的卡卖给柏某."""
_TAKING = re.compile("还将(?:自己|本人|其|他们?|她们?|名下|上述|该|这些|所有|的)*")
"""Before a name it is what somebody takes (还将卡卖给), and nothing to come (还将面临)."""


class Stance:
    """How a document puts its claims; built once a document."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text = text = document.text
        self._signs, self._undone = signs_of(schema), undone_of(schema)
        self._jokes = schema.words["irony"]
        self._advising = tuple(schema.words.get("advice-name", ()))
        self._passives = tuple(schema.words.get("passive", ()))
        self._informing = re.compile(f"[^，。；：]{{0,4}}?{any_in(schema, 'informing')[0]}")
        self._titles = tuple(schema.words.get("title-words", ()))
        self._bans = tuple(schema.words.get("ban", ()))
        self._mitigating = tuple(schema.words.get("mitigating", ()))
        self._at: dict[str, list[int]] = {name: [] for name in CLASSES}
        # 费可心 says nothing of what may be.
        named = [m for m in mentions if m.type not in ACTS]
        names = joined((m.start, m.end) for m in named)
        starts = {m.start for m in named}
        for kind, start in marks(schema).scan(text):
            taken = _TAKING.match(text, start)
            if not within(names, start) and not (taken and taken.end() in starts):
                self._at[kind].append(start)
        self._breaks = [match.start() for match in _BREAK.finditer(text)]
        self._asked = joined(quoted_questions(text))
        self._stops = [
            at for at in self._breaks if text[at] in _STOPS and not within(self._asked, at)
        ]
        self._said: dict[tuple[int, int], bool] = {}
        self._advice = advice(document, schema)
        self._duties = duties(document, schema)
        self._suspects = Suspects(document, mentions, schema)

    def modality(
        self, sentence: Sentence, start: int, end: int, subject: Mention, edge: EdgeType,
        target: Mention, fixed: Modality | None = None,
    ) -> Modality:  # fmt: skip
        """How the claim subject-edge-target that stands at `start:end` of `sentence` is put.

        `fixed` is what the frame says; only a denial in the text is stronger.
        """
        if self._denied(sentence, start, end, subject, edge, target):
            return Modality.NEGATED
        if fixed is not None:
            return fixed
        if edge.official:
            to_come = self._to_come(sentence, start, end, subject, edge, target)
            return to_come or Modality.ASSERTED
        if self._demanded(sentence, start, end, subject, edge):
            return Modality.PRESCRIPTIVE
        if self.is_meant(sentence, subject, edge, target):
            return Modality.HYPOTHETICAL
        if self._possible(sentence, start, end, subject, edge, target):
            return Modality.HYPOTHETICAL
        if self._suspects.alleged(sentence, start, end, subject, edge, target):
            return Modality.ALLEGED
        return Modality.ASSERTED

    def is_meant(
        self, sentence: Sentence, subject: Mention, edge: EdgeType, target: Mention
    ) -> bool:
        """Whether the claim is a deed that the text tells as planned or tried, not as done."""
        return is_meant(self._text, sentence, subject, edge, target, self._undone)

    def is_supposed(self, sentence: Sentence, start: int) -> bool:
        """Whether the clause of a claim that begins at `start` opens a condition: 如果甲将卡卖给乙,
        that is, more than a condition somewhere in the sentence."""
        return bool(self._between(self._at["hypothetical-condition"],
                                  self._clause(start, sentence), start))  # fmt: skip

    def _to_come(
        self, sentence: Sentence, start: int, end: int, subject: Mention, edge: EdgeType,
        target: Mention,
    ) -> Modality | None:  # fmt: skip
        """How an official act is put that the last clause of the span does not tell as done."""
        begin, stop = self.clause(start, end, sentence)
        breaks = self._between(self._breaks, start, end)
        part = max(breaks[-1] + 1 if breaks else begin, end - _NEAR), min(stop, end + _NEAR)
        agency = target if target.type == "Agency" else subject
        return intended(self._text, part, agency.start, edge, self._signs)

    def speaks(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether anything is claimed at `start:end`: not in a question, a joke, a teaser."""
        if within(self._asked, end - 1):
            return False
        at = bisect_left(self._stops, end)
        stop = self._stops[at] + 1 if at < len(self._stops) else sentence.end
        clause = self._clause(start, sentence), min(stop, sentence.end)
        if clause not in self._said:
            self._said[clause] = self._says(self._text[slice(*clause)])
        return self._said[clause]

    def _says(self, clause: str) -> bool:
        return not any(word in clause for word in self._jokes) and not is_asked(clause)

    def clause(self, start: int, end: int, sentence: Sentence) -> tuple[int, int]:
        """Where the clause begins that holds `start`, and where the one ends that holds `end`."""
        at = bisect_left(self._breaks, end)
        stop = self._breaks[at] if at < len(self._breaks) else sentence.end
        return self._clause(start, sentence), min(stop, sentence.end)

    def section(self, at: int) -> Section:
        """The case that the document tells of at an offset."""
        return self._suspects.section(at)

    def binds(self, at: int) -> bool:
        """Whether a duty of institutions stands there."""
        return within(self._duties, at)

    def advises(self, at: int) -> bool:
        """Whether the readers are told there what to do."""
        return within(self._advice, at)

    def _clause(self, offset: int, sentence: Sentence) -> int:
        """Where the clause that holds `offset` begins."""
        at = bisect_left(self._breaks, offset) - 1
        return max(self._breaks[at] + 1 if at >= 0 else 0, sentence.start)

    @staticmethod
    def _between(places: list[int], start: int, end: int) -> list[int]:
        return places[bisect_left(places, start) : bisect_left(places, end)]

    def _denied(
        self, sentence: Sentence, start: int, end: int, subject: Mention, edge: EdgeType,
        target: Mention,
    ) -> bool:  # fmt: skip
        """A negation directly at the verb: in the last clause of the span, before its object, or
        behind both ends in the passive (公安局通报，柏某尚未被抓获). Who is to be judged apart was
        not sentenced."""
        if edge.official and self._not_done_to(max(subject.end, target.end)):
            return True
        claim = min(start, subject.start), max(end, subject.end, target.end)
        if is_refuted(self._text, sentence, claim):
            return True
        if edge.name == "SENTENCED_BY" and subject.name in self.section(start).apart:
            return True
        breaks = self._between(self._breaks, start, end)
        begin = breaks[-1] if breaks else self._clause(start, sentence)
        for at in self._denials(edge, begin, end):
            named = any(m.start <= at < m.end for m in (subject, target))
            if named or (edge.name == "PROHIBITS" and self._text[at] == "不"):
                continue
            if at < min(subject.start, target.start) and self._is_title(subject, target):
                continue
            if edge.is_deed and self._informing.match(self._text, at, end):
                continue
            if edge.name == "SENTENCED_BY" and self._mitigates(at):
                continue
            after = self._text[at:end]
            before_last = after[: max(subject.start - at, target.start - at, 0)]
            if edge.name == "CONVICTED_OF":  # 不能认定王某的行为构成诈骗罪
                before_last = before_last.replace("的行为", "")
            before_last = _SO_CALLED.sub("", before_last)
            if edge.is_deed:
                before_last = _OWNED.sub("", before_last)
                described = before_last.endswith("的") and end <= max(subject.end, target.end)
                if min(subject.start, target.start) < at and not described:
                    before_last = _LED.sub(r"\1", before_last)
            if "的" in before_last or "而是" in after or "但" in after:
                continue
            if edge.name == "CIRCUMVENTS" and len(before_last) <= _LACKING:
                continue  # what lacks a control gets past it: 电话卡没有实名
            return True
        return False

    def _is_title(self, subject: Mention, target: Mention) -> bool:
        """Whether one end is what a person is called by with his name: what the sentence denies of
        卡商柏某 or of 青鹭公司负责人柏某, it does not say of his standing."""
        first, last = sorted((subject, target), key=attrgetter("start"))
        between = self._text[first.end : last.start].strip('“”‘’"')
        titled = len(between) <= _TITLE and between.endswith(self._titles)
        return last.type == "Person" and (titled if between else first.type == "Role")

    def _denials(self, edge: EdgeType, begin: int, end: int) -> list[int]:
        """What denies a claim there. A ban (不应, 不得) does where nobody can be told to do what
        the edge says: 养号不应认定为诈骗, 不宜认定王某犯诈骗罪."""
        found = self._between(self._at["negation"], begin, end)
        if edge.name != "CONVICTED_OF" and (
            edge.official or Modality.PRESCRIPTIVE in edge.modalities
        ):
            return found
        bans = self._between(self._at["prescriptive"], begin, end)
        return found + [at for at in bans if self._text[at] == "不"]

    def _not_done_to(self, at: int) -> bool:
        """Whether a denied passive follows: 尚未被抓获."""
        denied = self._between(self._at["negation"], at, at + _RIGHT_AFTER + 1)
        return any(
            self._text.find(word, start, start + _RIGHT_AFTER + len(word)) >= 0
            for start in denied for word in self._passives
        )  # fmt: skip

    def _mitigates(self, denial: int) -> bool:
        """Whether what is denied is a circumstance and not the sentence: 不能认定其系自首."""
        at = bisect_left(self._breaks, denial)
        stop = self._breaks[at] if at < len(self._breaks) else len(self._text)
        return any(self._text.find(word, denial, stop) >= 0 for word in self._mitigating)

    def _demanded(
        self, sentence: Sentence, start: int, end: int, subject: Mention, edge: EdgeType
    ) -> bool:
        if Modality.PRESCRIPTIVE not in edge.modalities:
            return False
        if self._text.endswith(self._bans, 0, subject.start):
            return True
        if edge.name in _DUTIFUL and subject.type in _BOUND and within(self._duties, start):
            return True
        if subject.level is Level.INSTANCE:
            return False
        begin = self._clause(start, sentence)
        if edge.name in {"COUNTERS", "USES"}:
            told = within(self._advice, start) or subject.name.startswith(self._advising)
            if told and subject.type == "Control":
                return True
            begin = sentence.start
            at = bisect_left(self._breaks, end)
            if at < len(self._breaks):
                end = min(self._breaks[at], sentence.end)
        return bool(self._between(self._at["prescriptive"], begin, end))

    def _possible(
        self, sentence: Sentence, start: int, end: int, subject: Mention, edge: EdgeType,
        target: Mention,
    ) -> bool:  # fmt: skip
        if Modality.HYPOTHETICAL not in edge.modalities:
            return False
        if edge.name == "IS_A":
            if target.type != "Offence" and "可能" not in self._text[start:end]:
                return False
        elif self._between(self._at["hypothetical-condition"], sentence.start, end):
            return True
        begin = self._clause(start, sentence)
        for some in _ONE_OF_MANY.finditer(self._text, start, end):
            begin = max(begin, some.start())
        for at in self._between(self._at["hypothetical"], begin, end):
            known = self._text.rfind("明知", self._clause(at, sentence), at) >= 0
            if not known and not any(m.start <= at < m.end for m in (subject, target)):
                return True
        return False
