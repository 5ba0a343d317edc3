"""How a text puts what it says: as a fact, a charge, a possibility, a denial, a duty.

Two questions are kept apart. The words in the clause say whether the claim is denied, possible
or demanded. The document says whether a person whose conduct it tells of was found guilty: what
is told of somebody without a conviction is only alleged (docs/concepts.md).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.model import ACTS, Document, Level, Mention, Modality, Sentence
from kg.relate.duties import advice, duties, joined, within
from kg.relate.intended import intended, signs_of
from kg.relate.marks import CLASSES, marks
from kg.relate.rumours import is_refuted
from kg.relate.verdicts import Section, guilty_before, innocent, only_charged, sections_of
from kg.schema import EdgeType, Schema

_DUTIFUL = frozenset({"COUNTERS", "USES", "SUPPLIES"})
"""Edges that a duty of an institution consists in."""
_BOUND = frozenset({"Organization", "Agency", "Role", "Platform", "Control"})
"""What a duty may be laid on, or consist in."""
_MUTUAL = frozenset(("SUPPLIES", "COLLUDES_WITH"))
_NAMED_ONLY = frozenset({"HAS_ROLE", "PROVIDED_BY", "AFFILIATED_WITH"})
_ACTORS = frozenset({"Person", "Organization", "Group"})
_THINGS = frozenset({"Good", "Tool", "Service", "Platform", "Activity"})
_LAWFUL = frozenset({"Agency", "Law", "Control", "Report", "Statistic", "Industry"})

_BREAK = re.compile(r"[，,；;：:。！？!?\n—（）()]")
_STOPS = frozenset("。！？!?\n；;")
_IMPERATIVE = re.compile(
    r"不|勿|提高|提升|加强|强化|增强|保持|保管|保护好|审慎|谨慎|及时|培养|完善|仔细|妥善|警惕|多和|拒绝"
)
_INNOCENT = re.compile(
    r"记者|民警|专家|律师|教授|法官|检察官|受害|被害|村民|市民|居民|群众|家长|孩子|学生|老人|女士|先生|"
    r"用户|网友|网民|客户|患者|学员|小编|同学|负责人表示|^小[\u4e00-\u9fff]$|大爷$|阿姨$|奶奶$|爷爷$"
)
_LAWFUL_NAME = re.compile(
    r"银行|运营商|移动|联通|电信|新闻|日报|晚报|时报|媒体|大学|学院|学校|医院|协会|安全|实验室|研究|检察|法院|公安"
)
_UNLAWFUL = re.compile(r"非法|犯罪嫌疑人|涉嫌|违法|黑产|空壳|勾结")
_WATCHING = re.compile(r"警方|公安|民警|专案|侦查|抓获|查处|嫌疑人|被告|涉案|指控|法院|检察")
"""Words of police and courts: what stands near them may be a suspect."""
_SEVERAL = re.compile(r"一些|部分|有些|有的|某些|不少|许多|多数|大量|各类|这些|此类")
"""What makes many of an actor, so that nobody in particular is charged: 一些公司."""
_NEAR = 120
"""Characters around a claim's end in which its verb is looked for."""
_RIGHT_AFTER = 4
"""Characters within which a word still stands right behind another: 至今 or 仍 may be between."""
_LACKING = 2
"""Characters of a denial right before what is lacking: 没有, 无需."""
_KIND_OF_GANG = re.compile(r"[^某“”\"\d一两]*(?:团伙|集团|组织)")
"""The name of a gang that says only what it does, and so means any of that kind: 电诈团伙, but not
某团伙 or 3个团伙."""
_CASE_GANGS = frozenset({"团伙", "犯罪团伙", "犯罪集团", "作案团伙"})
"""How a report calls the gang of its case, and any gang."""
_FINDING = re.compile("查实|查明|经查|经侦查|经审查|侦查发现")
"""Words after which a gang is the gang of the case."""
_ONE_OF_MANY = re.compile("(?<=[，、；：])有的")
"""Where the text goes over to the next of many: what was said of the one before does not hold of
him."""
_QUESTION_END = re.compile(r"(?:[？?]|吗|呢)[”’」』）)\"]*$")
_QUESTION_WORD = re.compile(
    r"会不会|能不能|是不是|(?<!必)要不要|为什么|为何|难道|谁在|怎么办|如何才能"
)


class Stance:
    """How a document puts its claims; built once a document."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text = text = document.text
        self._signs = signs_of(schema)
        self._jokes, self._charges = schema.words["irony"], schema.words["alleged"]
        self._passives = tuple(schema.words.get("passive", ()))
        self._bans = tuple(schema.words.get("ban", ()))
        self._mitigating = tuple(schema.words.get("mitigating", ()))
        self._at: dict[str, list[int]] = {name: [] for name in CLASSES}
        # 费可心 says nothing of what may be.
        names = joined((m.start, m.end) for m in mentions if m.type not in ACTS)
        for kind, start in marks(schema).scan(text):
            if not within(names, start):
                self._at[kind].append(start)
        self._breaks = [match.start() for match in _BREAK.finditer(text)]
        self._stops = [at for at in self._breaks if text[at] in _STOPS]
        self._said: dict[tuple[int, int], bool] = {}
        self._advice = advice(document)
        self._duties = duties(document)
        people = [m for m in mentions if m.type in _ACTORS and m.level is Level.INSTANCE]
        people.sort(key=lambda m: m.start)
        self._sections = sections_of(document, people)
        self._section_starts = [section.start for section in self._sections]
        self._innocent = innocent(document, people)
        self._watched = _watched(document, people)
        self._doers = [m for m in people if "某" in m.name and self._suspicious(m)]
        self._doer_starts = [m.start for m in self._doers]

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
        if self._possible(sentence, start, end, subject, edge, target):
            return Modality.HYPOTHETICAL
        if self._alleged(sentence, start, end, subject, edge, target):
            return Modality.ALLEGED
        return Modality.ASSERTED

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
        at = bisect_left(self._stops, end)
        stop = self._stops[at] + 1 if at < len(self._stops) else sentence.end
        clause = self._clause(start, sentence), min(stop, sentence.end)
        if clause not in self._said:
            self._said[clause] = self._says(self._text[slice(*clause)])
        return self._said[clause]

    def _says(self, clause: str) -> bool:
        if any(word in clause for word in self._jokes) or _QUESTION_WORD.search(clause):
            return False
        return not _QUESTION_END.search(clause.rstrip("。 "))

    def clause(self, start: int, end: int, sentence: Sentence) -> tuple[int, int]:
        """Where the clause begins that holds `start`, and where the one ends that holds `end`."""
        at = bisect_left(self._breaks, end)
        stop = self._breaks[at] if at < len(self._breaks) else sentence.end
        return self._clause(start, sentence), min(stop, sentence.end)

    def section(self, at: int) -> Section:
        """The case that the document tells of at an offset."""
        return self._sections[max(bisect_right(self._section_starts, at) - 1, 0)]

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
            if edge.name == "SENTENCED_BY" and self._mitigates(at):
                continue
            after = self._text[at:end]
            before_last = after[: max(subject.start - at, target.start - at, 0)]
            if edge.name == "CONVICTED_OF":  # 不能认定王某的行为构成诈骗罪
                before_last = before_last.replace("的行为", "")
            if "的" in before_last or "而是" in after or "但" in after:
                continue
            if edge.name == "CIRCUMVENTS" and len(before_last) <= _LACKING:
                continue  # what lacks a control gets past it: 电话卡没有实名
            return True
        return False

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
            told = within(self._advice, start) or _IMPERATIVE.match(subject.name)
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

    def _alleged(
        self, sentence: Sentence, start: int, end: int, subject: Mention, edge: EdgeType,
        target: Mention,
    ) -> bool:  # fmt: skip
        if Modality.ALLEGED not in edge.modalities:
            return False
        section = self.section(start)
        if edge.name == "INVOLVES":
            return target.type == "Offence" and not section.convicted
        if edge.name == "CONVICTED_OF":
            said = self._text[sentence.start : sentence.end]
            if guilty_before(said):
                return False
            charged = only_charged(said, target, section)
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
        if firm and not _UNLAWFUL.search(self._text, sentence.start, sentence.end):
            return False
        if not self._suspicious(actor) or self._convicted(actor, section):
            return False
        # A deal that one side was found guilty of took place.
        return edge.name not in _MUTUAL or not section.convicted or target.name not in section.names

    def _charged(self, start: int, end: int) -> bool:
        """Whether the words between the ends say 涉嫌."""
        return any(self._text.find(word, start, end) >= 0 for word in self._charges)

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
        if actor.name in self._innocent or _INNOCENT.search(actor.name):
            return False
        if actor.type == "Group" and _KIND_OF_GANG.fullmatch(actor.name):
            some = "某" in self._text[max(actor.start - 2, 0) : actor.start]
            return some or (actor.name in _CASE_GANGS and self._found_out(actor.start))
        if actor.type != "Organization":
            return not _SEVERAL.search(self._text, max(actor.start - 3, 0), actor.end)
        return actor.name in self._watched and not _LAWFUL_NAME.search(actor.name)

    def _found_out(self, at: int) -> bool:
        """Whether the sentence tells up to `at` what police or court have found of somebody."""
        before = bisect_left(self._stops, at) - 1
        begin = self._stops[before] + 1 if before >= 0 else 0
        return _FINDING.search(self._text, begin, at) is not None

    @staticmethod
    def _convicted(actor: Mention, section: Section) -> bool:
        if not section.convicted or actor.name in section.apart:
            return False
        if section.everybody or actor.name in section.names:
            return True
        return actor.type == "Group" and any(name in actor.name for name in section.names)


def _watched(document: Document, people: Sequence[Mention]) -> set[str]:
    """Names of the organizations that police or court have to do with: where they are named, or
    within two sentences of it. A firm that reports on crime is no suspect."""
    firms = [m for m in people if m.type == "Organization"]
    starts = [m.start for m in firms]
    sentences = document.sentences
    found: set[str] = set()
    for number, sentence in enumerate(sentences):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        around = sentences[max(number - 2, 0) : number + 3]
        if first < last and _WATCHING.search(document.text, around[0].start, around[-1].end):
            found.update(m.name for m in firms[first:last])
    return found
