"""Whom the police take, what they seize and whom they break up, where the sentence says it.

警方抓获甲、乙等5人，查获银行卡80张、手机3部: each of a list is what the verb says of it. Who did it
are the police before the verb in the sentence, else those that the text last named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Mention
from kg.relate.coded import Line, pattern
from kg.relate.constructs.parties import (
    ENDS,
    ETC,
    STANDING,
    agency_before,
    is_pretended,
    members,
)
from kg.relate.page import any_of
from kg.relate.templates import Found
from kg.schema import Schema

_NUMBER = r"(?:[\d一二两三四五六七八九十百千万亿上数多几近约超逾若各.]+)"
_COUNT = rf"(?:共计?|合计|总计|{_NUMBER})[^{ENDS}的]{{0,9}}"
_HOW = (
    r"(?:依法|全部|全都|先后|陆续|相继|成功|一举|当场|现场|分别|均|都|已经|已|予以|悉数|同时|跨省|跨境|"
    r"随即|迅速|近日|日前|目前|现|正式)*"
)
_DONE_TO = (
    rf"(?:将|把|对){STANDING}{{O*:Person}}{ETC}[^{ENDS}的]{{0,16}}?",
    rf"(?<!的)(?<!{{:Person}}、){{O*:Person}}{ETC}(?:，?因(?:[^{ENDS}]|{{:Offence,Good}}){{1,40}}[，,]?)?"
    rf"(?:[^{ENDS}的]|{{:Location}}){{0,14}}被(?:{{S:Agency}})?{_HOW}",
)
"""Before the verb: 将柏某等人, 柏某因涉嫌诈骗罪，目前已被警方."""
_TAKEN = (
    rf"(?:了|以|包括|涉案|其中){{0,2}}{STANDING}[^{ENDS}的后时并前与和在对向给为从跟替帮由]{{0,6}}?{{O*:Person}}{ETC}"
    r"(?!的|提供|交代|供述|所)"
)
"""Behind the verb: 了犯罪嫌疑人柏某等人."""
_CAUGHT = rf"(?<!的)(?<!{{:Person}}、){{O*:Person}}{ETC}(?:[^{ENDS}的]|{{:Location}}){{0,10}}?"
_BROKEN = (
    rf"了?(?:[^{ENDS}]|{{:Good,Tool,Role,Location,Person,Platform}}){{0,30}}?"
    rf"{{O*:Group,Organization,Service}}(?=[、等共{ENDS}\d]|$)"
)
_SEIZED = pattern(
    rf"(?:(?:[、和及与]|以及)?(?:[^{ENDS}、]|{{:*}}){{0,40}}?|[，,](?:以及|及|和)?[^{ENDS}、的]{{0,6}}?(?=..{_COUNT}))"
    rf"{{O:Good,Tool}}(?:（[^（）]{{0,20}}）)?(?:等(?:[^{ENDS}、的]|{{:Good,Tool}}){{0,8}})?(?:{_COUNT})?"
    rf"(?=[、和及与等{ENDS}]|以及|$)"
)
"""One of what is seized, with its number: 手机3部; behind a comma only with it."""
_NOT_NOW = re.compile("(?:到|在案|在逃|归案)?的")
"""Behind a verb that only says which one is meant: 查获的手机."""
_TOTAL = re.compile("全国|全省|全市|各地|各级|全年|累计|同比|以来|上半年|下半年")
"""In a sentence that names no police: it is about the deeds of many."""
_COUNTED = re.compile("[\\d一二两三四五六七八九十百千万]余?[多名张部台个套枚块把份条辆件本批]")
_NEAR = 40
"""Characters behind the verb within which a list has a number."""
_BACK = 300
"""Mentions among which the police are looked for that the text named before."""
_BY_PROSECUTORS, _ARREST = "批", "捕"
"""In what prosecutors do, and the police do not: 批准逮捕; in what either does: 逮捕."""
_NO_RAID = re.compile(
    "[未没尚拟欲如若不怕恐]|担心|以免|免得|投案|自首|主动|劝|计划|准备|将会|可以|应当|可能|建议|要求|请求|协助|配合|帮助|申请|逃避|躲避|防止|避免"
)
"""Before the verb or between it and its object: nothing was done yet, or others did it."""


class _Rule(NamedTuple):
    edge: str
    id: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]


@lru_cache(maxsize=4)
def _rules(
    arresting: tuple[str, ...], caught: tuple[str, ...], dismantling: tuple[str, ...]
) -> tuple[_Rule, ...]:
    take, dismantle = _verb(arresting), _verb(dismantling)
    return (
        _Rule("ARRESTS", "takes", arresting, pattern("(?<!被)" + take + _TAKEN)),
        *(_Rule("ARRESTS", "taken", arresting, pattern(done + take)) for done in _DONE_TO),
        _Rule("ARRESTS", "caught", caught, pattern(_CAUGHT + _verb(caught))),
        _Rule("DISMANTLES", "breaks-up", dismantling, pattern(dismantle + _BROKEN)),
    )


def _verb(words: Sequence[str]) -> str:
    return f"(?P<verb>{any_of(words)})"


def raids(text: str, line: Line, mentions: Sequence[Mention], schema: Schema) -> Iterator[Found]:
    """A claim for each of those whom the sentence that `line` is says to be taken, and so on."""
    arresting, caught, seizing, dismantling, pretending = (
        tuple(schema.words.get(name, ()))
        for name in ("arresting", "caught", "seizing", "dismantling", "pretending")
    )
    for rule in _rules(arresting, caught, dismantling):
        if any(word in line.code for word in rule.words):
            for match in rule.pattern.finditer(line.code):
                if is_pretended(line, match.end(), pretending):
                    continue
                whom = [*members(line, match, "O"), *members(line, match, "T")]
                yield from _told(text, line, rule, match, whom, mentions, schema)
    if any(word in line.code for word in seizing):
        rule = _Rule("SEIZES", "seizes", seizing, re.compile(_verb(seizing)))
        for match in rule.pattern.finditer(line.code):
            pretended = is_pretended(line, match.end(), pretending)
            goods = [] if pretended else _seized(line, match.end())
            yield from _told(text, line, rule, match, goods, mentions, schema)


def _seized(line: Line, at: int) -> list[int]:
    """The list behind the verb, up to the end of the clause."""
    found: list[int] = []
    if not _NOT_NOW.match(line.code, at):
        while match := _SEIZED.match(line.code, at):
            found += line.members(match, "O")
            at = match.end()
    return found


def _told(
    text: str, line: Line, rule: _Rule, match: re.Match[str], whom: Sequence[int],
    mentions: Sequence[Mention], schema: Schema,
) -> Iterator[Found]:  # fmt: skip
    verb = match.start("verb")
    clause = max(line.code.rfind(mark, 0, verb) for mark in ENDS) + 1
    if not whom or _NO_RAID.search(line.code, clause, match.end()):
        return
    by = members(line, match, "S") or _police(text, line, verb, match["verb"], mentions, schema)
    if by and by[0] not in line.order and rule.edge == "SEIZES":
        # Without police and numbers it may be what they are told to do.
        behind = line.span(match)[1]
        by = by if _COUNTED.search(text, behind, min(behind + _NEAR, line.spans[-1][1])) else []
    measure = (("role", match["verb"]),) if rule.id in {"takes", "taken"} else ()
    for one in whom if by else ():
        yield Found(by[0], rule.edge, one, f"edges/{rule.edge}.yaml#{rule.id}",
                    *line.span(match), None, measure)  # fmt: skip


def _police(
    text: str, line: Line, at: int, verb: str, mentions: Sequence[Mention], schema: Schema
) -> list[int]:
    """The last agency before the verb, if it may do so; where the sentence has none, the police
    that the paragraph named last, or the only ones that the text has named not long before."""
    words = {
        name: tuple(schema.words.get(name, ()))
        for name in ("police", "police-office", "police-unit", "police-any", "procuratorate")
    }

    def is_police(agency: Mention) -> bool:
        if agency.text in words["police"] or agency.text in words["police-office"]:
            return True
        named = any(word in agency.name for word in words["police-unit"])
        return named and not agency.name.startswith(words["police-any"])

    if by := agency_before(line, at):
        prosecutes = any(word in mentions[by[0]].name for word in words["procuratorate"])
        if prosecutes or _BY_PROSECUTORS in verb:
            return by if prosecutes and _ARREST in verb else []
        return by if is_police(mentions[by[0]]) else []
    if _BY_PROSECUTORS in verb or _TOTAL.search(line.code):
        return []
    start = line.spans[0][0]
    here = bisect_left(mentions, start, key=lambda one: one.start)
    before = [
        m for m in range(max(here - _BACK, 0), here)
        if mentions[m].type == "Agency" and mentions[m].end <= start and is_police(mentions[m])
    ]  # fmt: skip
    far = before and "\n" in text[mentions[before[-1]].end : start]
    return [] if far and len({mentions[m].name for m in before}) > 1 else before[-1:]
