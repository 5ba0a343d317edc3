"""Which agency does what the law does: none that only reports it, or helps another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Mention, Way
from kg.relate.clauses import Parsed
from kg.relate.page import Span
from kg.schema import Schema, any_in, any_of

_NEWS = re.compile("(?:最新|官方)?消息[，,：:]")
"""Right behind who reports: 公安部消息，江州网警抓获……"""
_UNDER = ("在", "根据", "按照", "依据", "接到", "收到", "接", "据")
_CLUE = "[^，。；：]{0,8}(?:线索|情报|通报|指令|要求|报案|报警|警情)"
"""What one agency has from another, for it acts by itself then: 根据公安部下发的线索，江州警方……"""
_BEFORE_ACTOR = re.compile("[^，,。；;：:在向从由被对与和同经将接赴往]{0,12}")
"""What may stand before who acts in his clause: 近日，/ 近日江州警方, but not 接到江州警方."""
_PASSIVE = re.compile("[被遭]")
_DONE_TO = re.compile("[^，。；：]*(?:[向给从对骗]|诈骗|骗取|敲诈)[^，。；：、的]{0,4}")
"""From who does something to whom: 甲将卡卖给买家乙, 甲涉嫌诈骗乙."""
_WHOSE = "(?:、?(?:物品|财物|款物|涉案|发还|随案移送|交易|转账|提取|扣押)){0,2}"
"""What a document may be about beside what its name begins with: 扣押、发还物品清单."""
_CLAUSE_END = re.compile("[，,。；;：:]")


class Offices(NamedTuple):
    """How a text tells agencies apart: `helps` right behind one that only lends its hand or
    directs, `helped` behind one by whose hand or word another acts (在某地警方的配合下,
    根据某地警方移交的线索), `nameless` are the police by no name, who may be those that report.
    A `measure` is what they do to somebody, `lifted` one that they end. A `paper` behind a thing
    or a `paper_of_act` behind the verb of an act, of which each edge has its own, is a document."""

    helps: re.Pattern[str]
    helped: re.Pattern[str]
    nameless: frozenset[str]
    measure: re.Pattern[str]
    lifted: re.Pattern[str]
    paper: re.Pattern[str]
    paper_of_act: re.Pattern[str]
    acts: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=4)
def offices_of(schema: Schema) -> Offices:
    """The Offices of a schema."""
    helping, leading, lifting, paper, of_act = any_in(
        schema, "assisting", "leading", "lifting", "paper", "paper-of-act"
    )
    nameless = ("police", "police-office", "police-unit")
    frames = schema.edges["ARRESTS"].frames if "ARRESTS" in schema.edges else ()
    measure = any_of({verb for frame in frames for verb in frame.triggers})
    return Offices(
        re.compile(f"[^，。；：、在由经与和被]{{0,6}}(?:{helping}|{leading})"),
        re.compile(f"的?[^，。；：]{{0,6}}(?:{helping}|{leading})(?:之?下|，)|{_CLUE}"),
        frozenset(word for name in nameless for word in schema.words.get(name, ())),
        re.compile(measure),
        re.compile(
            f"{lifting}[^，。；：]{{0,8}}?(?:{measure}[^，。；：]{{0,2}})+(?:强制措施|措施|决定)?"
        ),
        re.compile(f"{_WHOSE}{paper}"),
        re.compile(f"{_WHOSE}(?:{paper}|{of_act})"),
        {
            edge.name: re.compile(any_of({verb for one in edge.frames for verb in one.triggers}))
            for edge in schema.edges.values() if edge.official
        },
    )  # fmt: skip


def is_anothers_act(
    text: str, agency: Mention, target: Mention, parsed: Parsed, mentions: Sequence[Mention],
    offices: Offices,
) -> bool:  # fmt: skip
    """Whether another agency of the sentence did to the target what the one is said to have done:
    甲地警方通报，乙地警方抓获; 甲地警方协助乙地警方抓获; 在甲地警方的配合下，乙地警方抓获."""
    others = [
        m for m in (mentions[index] for index in parsed.mentions)
        if m.type == "Agency" and m.text not in offices.nameless
        and not agency.name.endswith((m.name, m.text, m.text[1:]))
    ]  # fmt: skip
    if not others or not parsed.sentence.start <= agency.start < parsed.sentence.end:
        return False
    following = [m for m in others if agency.end <= m.start and m.end <= target.start]
    helps = offices.helps.match(text, agency.end)
    if helps and any(m.start <= helps.end() + 1 for m in following if m.start >= helps.end()):
        return True
    if text.endswith(_UNDER, 0, agency.start) and offices.helped.match(text, agency.end):
        return True
    reporter = parsed.reporter
    told = reporter is not None and reporter[0] <= agency.start and agency.end <= reporter[1]
    news = _NEWS.match(text, agency.end)
    begin = reporter[1] if told and reporter else news.end() if news else len(text)
    return any(m.start >= begin and _acts(text, begin, m.start) for m in following)


def is_lifted(text: str, start: int, end: int, offices: Offices) -> bool:
    """Whether the only measures that stand in `start:end` are ones that are ended."""
    said = text[start:end]
    rest = offices.lifted.sub("", said)
    return rest != said and offices.measure.search(rest) is None


def is_taken_with(
    text: str, agency: Mention, target: Mention, parsed: Parsed, mentions: Sequence[Mention]
) -> bool:
    """Whether it is not the target who was caught but who did something to him: 乙 of 甲向乙出售
    银行卡时被民警抓获."""
    if not target.end <= agency.start or not _PASSIVE.search(text, target.end, agency.start):
        return False
    start = parsed.sentence.start
    ends = (m.end() for m in _CLAUSE_END.finditer(text, start, target.start))
    begin = max(ends, default=start)
    return any(
        m.type == "Person" and m.name != target.name and begin <= m.start and m.end < target.start
        and _DONE_TO.fullmatch(text, m.end, target.start)
        for m in (mentions[at] for at in parsed.mentions)
    )  # fmt: skip


_MADE_BY = frozenset({"Person", "Organization", "Group", "Role"})
_REPORTED = re.compile("[被遭经](?!骗|盗|抢|诈骗)")
"""Who is reported by others, 被他人举报, may be arrested for it."""


_TO_REPORT = 14
"""Characters from who reports to the word for it, the office that he goes to between them."""


def is_reporter(
    text: str, agency: Mention, person: Mention, parsed: Parsed, mentions: Sequence[Mention],
    reporting: Sequence[str],
) -> bool:  # fmt: skip
    """Whether the person made the report on which the agency went after others: 甲被骗后报案，警方
    抓获乙. Between him and the report stands nobody else who may have made it."""
    between = text[person.end : max(agency.start, person.end)]
    reports = [at for word in reporting if (at := between.find(word)) >= 0]
    if person.type != "Person" or not reports or between.endswith(("被", "遭", "经")):
        return False
    if _REPORTED.search(between, 0, min(reports)):
        return False
    until = person.end + min(reports)
    return not any(
        m.type in _MADE_BY and person.end <= m.start < until
        for m in (mentions[at] for at in parsed.mentions)
    )


def is_reporters_pronoun(
    text: str, person: Mention, parsed: Parsed, mentions: Sequence[Mention],
    reporting: Sequence[str],
) -> bool:  # fmt: skip
    """Whether a pronoun is taken for who made the report and means another: 甲报警称被乙诈骗，警方
    将其抓获."""
    if person.way is not Way.ANAPHOR:
        return False
    named = [
        m for m in (mentions[at] for at in parsed.mentions)
        if m.name == person.name and m.way is not Way.ANAPHOR and m.end <= person.start
    ]  # fmt: skip
    return any(
        word in text[m.end : m.end + _TO_REPORT].partition("，")[0]
        for m in named for word in reporting
    )  # fmt: skip


def is_paper(text: str, edge: str, span: Span, target: Mention, offices: Offices) -> bool:
    """Whether what stands at `span` names a document and tells of no act: every verb of the edge is
    part of one (公安机关的扣押清单), or the object is (查询银行卡交易明细)."""
    if edge == "SEIZES" and offices.paper.match(text, target.end):
        return True
    verbs = offices.acts[edge].finditer(text, *span) if edge in offices.acts else ()
    named = [offices.paper_of_act.match(text, verb.end()) is not None for verb in verbs]
    return bool(named) and all(named)


def _acts(text: str, begin: int, at: int) -> bool:
    """Whether who is named at `at` opens a clause of what is reported from `begin` on."""
    clause = max([begin, *(match.end() for match in _CLAUSE_END.finditer(text, begin, at))])
    return _BEFORE_ACTOR.fullmatch(text, clause, at) is not None
