"""What the law has said of the people of a document: its cases, who was found guilty, and who only
suffered or speaks by office."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.model import Document, Mention
from kg.schema import Schema, any_in

_CASE_HEAD = re.compile(
    r"(?m)^(?:典型)?(?:案例)?[ 　]*"
    r"(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[（(][一二三四五六七八九十\d]{1,3}[）)])[ 、.．:：]"
    r"(?:[^\n。]*(?:破获|侦破|侦办|打掉|查处)[^\n。]*案|[^\n。]{6,60}案(?:[（(]|$|\n))"
)
_OFFENCE = r"[^，。；”]{2,26}罪(?!犯|活动|所得|事实|情节|嫌|分子|名)"
_COUNT = r"[\d一二三四五六七八九十]"
_VERDICT = re.compile(
    rf"(?:判处|被判|判决|领刑|获刑)[^。；]{{0,40}}?(?:有期徒刑|拘役|管制|罚金)[^，。；]{{0,4}}?{_COUNT}"
    rf"|判处[^。；]{{0,10}}?{_COUNT}[^。；]{{0,10}}(?:年|个月)"
    rf"|被告(?:人|单位)[^，。；]{{1,30}}(?<!侵)犯{_OFFENCE}[^。；]{{0,10}}判处|认定被告人[^。]{{2,30}}犯"
)
_ALL_DEFENDANTS = re.compile(
    rf"[两余多]?{_COUNT}*[余多]?名?被告(?:人|单位)?(?:有期|均|分别|因|被)|各被告人"
    rf"|{_COUNT}+人(?:均|分别|被|获刑|的行为|有期)"
)
_DEFENDANT = re.compile(r"被告(?:人|单位)(?:[^，。；：:（）\n]*[、和及])?$")
_SENTENCED = re.compile(
    r"(?:[、和及与][^，。；：:（）()\n]{1,12}){0,6}(?:等人)?[（(][^（）()]{0,8}已[^（）()]{0,4}判"
)
_BEFORE = re.compile(
    r"曾(?:经|多次|两次|先后)?[^，。；]{0,12}?(?:因|犯)[^。；]*?(?:判处|被判|判刑|获刑|服刑|领刑)[^，。；]*"
    r"|^[^。；]*(?:刑满释放|刑满后|刑释|出狱)"
)
"""What a court said of somebody before the case of the text."""
_NOTICED = r"接到[^，。]{0,12}(?:电话|短信)|收到[^，。]{0,12}(?:短信|信息|链接)"
_APART = re.compile(
    r"(?:(?:[、和及与][^，。；：:（）()\n]{1,12}){0,6}(?:等人)?[（(]均)?"
    r"[（(，]?[已现仍尚则被目前至今还将]{0,5}(?:另案处理|另行处理|在逃|未到案|未归案)"
)
"""Behind a name: others will be judged later, or have not been caught."""
_FOR_OFFENCE = re.compile(rf"(?:以|犯|构成){_OFFENCE}")
_OPINION = re.compile(
    "[^，。；]{0,30}(?:辩护人|律师|抗诉机关|公诉机关|检察机关|检察院|意见|观点)"
    "[^，。；]{0,6}(?:认为|提出|辩称|主张)"
)
"""Before what somebody thinks of the case who does not judge it."""
_BY_COURT = re.compile("法院|判处|判决")
_ACQUITTAL = re.compile(r"(?:宣告|宣判|判决|改判|判)[^，。；判]{0,12}无罪|事实不清|发回重审")


class Law(NamedTuple):
    """How a report of crime and law is worded: what makes a sentence tell of a `case`, a conviction
    (`guilty`, unless `not_guilty`; a penalty, unless `no_verdict`), a `charge` or an opinion, one
    who is `cleared`; what stands before who is in it `by_office` or as a victim, and behind who is
    `harmed`."""

    case: re.Pattern[str]
    guilty: re.Pattern[str]
    not_guilty: re.Pattern[str]
    no_verdict: re.Pattern[str]
    charge: re.Pattern[str]
    cleared: re.Pattern[str]
    by_office: re.Pattern[str]
    harmed: re.Pattern[str]


@lru_cache(maxsize=4)
def law_of(schema: Schema) -> Law:
    """The Law of a schema."""
    case, guilty, not_guilty, no_verdict, charge, cleared, by_office, harmed = any_in(
        schema, "criminal-case", "convicted", "not-convicted", "no-verdict", "only-charged",
        "cleared", "by-office", "harmed",
    )  # fmt: skip
    return Law(
        re.compile(case),
        re.compile(rf"{guilty}|(?<!侵)犯(?!罪){_OFFENCE}|构成{_OFFENCE}"),
        re.compile(not_guilty),
        re.compile(no_verdict),
        re.compile(charge),
        re.compile(cleared),
        re.compile(f"{by_office} ?$"),
        re.compile(rf"{_NOTICED}|{harmed}"),
    )


@dataclass(slots=True)
class Section:
    """One case of the document: where it stands, and how the law has answered it."""

    start: int
    criminal: bool = False
    convicted: bool = False
    everybody: bool = False
    names: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)
    """Names of those whom the court has not judged: 钱某另案处理."""
    verdicts: list[str] = field(default_factory=list)
    """The sentences that give somebody a penalty for a named offence."""
    findings: list[str] = field(default_factory=list)
    """Those that only tell of a conviction for one."""


def sections_of(document: Document, people: Sequence[Mention], law: Law) -> list[Section]:
    """The cases of the document; one for all of it, where it does not number them."""
    text = document.text
    heads = [match.start() for match in _CASE_HEAD.finditer(text)]
    sections = [Section(0)] + ([Section(start) for start in heads] if len(heads) > 1 else [])
    starts = [section.start for section in sections]
    held = [m.start for m in people]
    # Masked people are suspects, hardly ever anybody else.
    masked = any("某" in m.name for m in people if m.type == "Person")
    for sentence in document.sentences:
        section = sections[bisect_right(starts, sentence.start) - 1]
        piece = text[sentence.start : sentence.end]
        if law.case.search(piece):
            section.criminal = True
        if not _guilty(piece, law, whole=sentence.start == 0):
            continue
        section.convicted = section.criminal = True
        if _FOR_OFFENCE.search(piece) and not _OPINION.match(piece):
            told = section.verdicts if _VERDICT.search(piece) else section.findings
            told.append(piece)
        first, last = bisect_left(held, sentence.start), bisect_left(held, sentence.end)
        section.names.update(m.name for m in people[first:last] if _condemned(text, m))
        if _ALL_DEFENDANTS.search(piece):
            section.everybody = True
    cleared = _cleared(document, people, law)
    for mention in people:
        section = sections[bisect_right(starts, mention.start) - 1]
        if section.names and mention.name not in cleared and _answers(text, mention):
            section.names.add(mention.name)
        if _APART.match(text, mention.end):
            section.apart.add(mention.name)
    for section in sections:
        section.apart -= section.names
        section.everybody = section.everybody or not section.names
        section.criminal = section.criminal or sections[0].criminal or masked
    return sections


def _answers(text: str, mention: Mention) -> bool:
    """Whether the text calls somebody a defendant, 被告人赵某、钱某, or says in brackets that a
    court has spoken, 孙某（已判决）. Where there is a verdict, hardly ever one is let off."""
    if mention.name.startswith(("被告人", "被告单位")) or mention.name.endswith("被告人"):
        return True
    before = text[max(mention.start - 40, 0) : mention.start]
    return bool(_DEFENDANT.search(before) or _SENTENCED.match(text, mention.end))


def _cleared(document: Document, people: Sequence[Mention], law: Law) -> set[str]:
    """Names of those in whose sentence it is about innocence, an acquittal, a case dropped."""
    starts = [m.start for m in people]
    found: set[str] = set()
    for sentence in document.sentences:
        if law.cleared.search(document.text, sentence.start, sentence.end):
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            found.update(m.name for m in people[first:last])
    return found


def _condemned(text: str, mention: Mention) -> bool:
    """Whether a mention in a verdict is the condemned, and not only his employer or one who is to
    be judged apart."""
    if _APART.match(text, mention.end):
        return False
    return mention.type != "Organization" or text[mention.end : mention.end + 1] in "被犯因构、"


def _guilty(piece: str, law: Law, *, whole: bool) -> bool:
    """Whether the sentence reports a conviction in the case that it tells of; `whole` for the
    title, which has no full stop."""
    piece = _BEFORE.sub("", piece)
    if _ACQUITTAL.search(piece):
        return False
    if _VERDICT.search(piece) and not law.no_verdict.search(piece):
        return True
    if not whole and piece[-1:] not in "。；：;！":
        return False
    return law.guilty.search(piece) is not None and not law.not_guilty.search(piece)


def only_charged(piece: str, offence: Mention, section: Section, law: Law) -> bool:
    """Whether the sentence tells of a charge or an opinion, and the court has found another
    offence instead: 检察院指控李某犯诈骗罪，法院以洗钱罪判处."""
    told = section.verdicts + [
        one for one in section.findings if not section.verdicts or _BY_COURT.search(one)
    ]
    found = any(name in one for one in told for name in (offence.text, offence.name))
    return bool(told) and not found and law.charge.search(piece) is not None


def guilty_before(piece: str) -> bool:
    """Whether the sentence reports an earlier conviction: 曾因诈骗罪被判刑."""
    return _BEFORE.search(piece) is not None


def innocent(document: Document, people: Sequence[Mention], law: Law) -> set[str]:
    """Names of those whom the text introduces as victims or by who they are: 律师赵某, 市民钱某."""
    found: set[str] = set()
    seen: set[str] = set()
    starts = [m.start for m in people]
    text = document.text
    for sentence in document.sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        victim = first < last and law.harmed.search(text, sentence.start, sentence.end)
        for mention in people[first:last]:
            if law.by_office.search(text, max(mention.start - 8, 0), mention.start):
                found.add(mention.name)
            new = "某" in mention.name and mention.name not in seen
            seen.add(mention.name)
            suffers = new or mention.type == "Organization"
            if victim and suffers and mention.start < victim.start():
                found.add(mention.name)
    return found
