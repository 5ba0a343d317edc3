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
from kg.relate.coded import Line, pattern, worded
from kg.relate.constructs.parties import (
    ENDS,
    ETC,
    STANDING,
    agency_before,
    is_pretended,
    members,
)
from kg.relate.templates import Found
from kg.schema import Schema, any_in

_NUMBER = r"(?:[\d一二两三四五六七八九十百千万亿上数多几近约超逾若各.]+)"
_COUNT = rf"(?:共计?|合计|总计|{_NUMBER})[^{ENDS}的]{{0,9}}"
_DONE_TO = (
    rf"(?:将|把|对){STANDING}{{O*:Person}}{ETC}[^{ENDS}的]{{0,16}}?",
    rf"(?<!的)(?<!{{:Person}}、){{O*:Person}}{ETC}(?:，?因(?:[^{ENDS}]|{{:Offence,Good}}){{1,40}}[，,]?)?"
    rf"(?:[^{ENDS}的]|{{:Location}}){{0,14}}被(?:{{S:Agency}})?{{~before-done}}*",
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
_COUNTED = re.compile("[\\d一二两三四五六七八九十百千万]余?[多名张部台个套枚块把份条辆件本批]")
_NEAR = 40
"""Characters behind the verb within which a list has a number."""
_BACK = 300
"""Mentions among which the police are looked for that the text named before."""
_BY_PROSECUTORS, _ARREST = "批", "捕"
"""In what prosecutors do, and the police do not: 批准逮捕; in what either does: 逮捕."""


class _Rule(NamedTuple):
    """A form of words for what the police do, and the class that its verb is of."""

    edge: str
    id: str
    verbs: str
    before: str = ""
    behind: str = ""

    def pattern(self, schema: Schema) -> re.Pattern[str]:
        """The regex of the form, with the words of a schema."""
        return worded(f"{self.before}(?P<verb>{{~{self.verbs}}}){self.behind}", schema)


_RULES = (
    _Rule("ARRESTS", "takes", "arresting", "(?<!被)", _TAKEN),
    *(_Rule("ARRESTS", "taken", "arresting", done) for done in _DONE_TO),
    _Rule("ARRESTS", "caught", "caught", _CAUGHT),
    _Rule("DISMANTLES", "breaks-up", "dismantling", behind=_BROKEN),
    _Rule("SEIZES", "seizes", "seizing"),
)


@lru_cache(maxsize=4)
def _forms(schema: Schema) -> list[tuple[_Rule, re.Pattern[str], re.Pattern[str]]]:
    """The rules, each with what finds any of its verbs and with its regex."""
    return [
        (rule, re.compile(any_in(schema, rule.verbs)[0]), rule.pattern(schema)) for rule in _RULES
    ]


class _Signs(NamedTuple):
    """Before the verb or between it and its object: nothing is done yet or others do it (`undone`).
    In a sentence that names no police: it is about the deeds of `many`."""

    undone: re.Pattern[str]
    many: re.Pattern[str]


@lru_cache(maxsize=4)
def _signs(schema: Schema) -> _Signs:
    """The _Signs of a schema."""
    return _Signs(*map(re.compile, any_in(schema, "not-raided", "many-deeds")))


def raids(text: str, line: Line, mentions: Sequence[Mention], schema: Schema) -> Iterator[Found]:
    """A claim for each of those whom the sentence that `line` is says to be taken, and so on."""
    pretending, undone = schema.words.get("pretending", ()), _signs(schema).undone
    for rule, verbs, form in _forms(schema):
        if verbs.search(line.code):
            for match in form.finditer(line.code):
                if is_pretended(line, match.end(), pretending):
                    continue
                clause = max(line.code.rfind(mark, 0, match.start("verb")) for mark in ENDS) + 1
                if not undone.search(line.code, clause, match.end()):
                    whom = _dealt_with(line, rule, match)
                    yield from _told(text, line, rule, match, whom, mentions, schema)


def _dealt_with(line: Line, rule: _Rule, match: re.Match[str]) -> list[int]:
    if rule.edge == "SEIZES":
        return _seized(line, match.end())
    return [*members(line, match, "O"), *members(line, match, "T")]


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
    if not whom:
        return
    verb = match.start("verb")
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
    if _BY_PROSECUTORS in verb or _signs(schema).many.search(line.code):
        return []
    start = line.spans[0][0]
    here = bisect_left(mentions, start, key=lambda one: one.start)
    before = [
        m for m in range(max(here - _BACK, 0), here)
        if mentions[m].type == "Agency" and mentions[m].end <= start and is_police(mentions[m])
    ]  # fmt: skip
    far = before and "\n" in text[mentions[before[-1]].end : start]
    return [] if far and len({mentions[m].name for m in before}) > 1 else before[-1:]
