"""Who is convicted of what, where the sentence has the judgment.

以诈骗罪判处甲有期徒刑三年，乙二年: whom a penalty follows is convicted of the last offence that
以, 因, 犯 or 构成 led to. 乙犯诈骗罪，判处…；犯盗窃罪，判处…: of each of his own. The
court that the sentence names before has sentenced him.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Mention
from kg.relate.coded import Line, pattern, worded
from kg.relate.constructs.parties import ETC, STANDING
from kg.relate.penalties import UNGIVEN
from kg.relate.templates import Found
from kg.schema import Schema

_CONVICTS = rf"{STANDING}{{S*:Person,Organization}}{ETC}"
_TERM = r"(?:{~penalty-kind}|[\d一二两三四五六七八九十]+ ?(?:年|个月))"
_HOW = "(?:，|、|{~before-penalty})*"
_OFFENCE = r"(?:以|因|犯|构成)(?:犯|了)?{O*:Offence}(?:定罪处罚|定罪|数罪并罚|两罪并罚)?"

_GIVEN = rf"(?:判处?了?|对|，|；|、){_CONVICTS}，?(?:{_HOW}(?:判处?|处以?))?{_HOW}{_TERM}"
"""A penalty behind whom it is given to: (判处)甲有期徒刑三年，对乙判处二年."""
_LED_TO = pattern(_OFFENCE)
_EARNED = (
    rf"{_CONVICTS}(?:的行为|，?其行为)?(?:均|都|已|也|，)*{_OFFENCE}{_HOW}(?:判处|判|获刑|领刑)"
)
"""A penalty behind an offence: 甲犯诈骗罪，判处…."""
_NOBODY_ELSE = (
    "(?:[^；]|{:Activity,Agency,Case,Good,Law,Location,Platform,Price,Service,Statistic,Tool}"
    "|(?<=[向从给对与和替帮]){:Person,Organization,Role,Group})"
)
_SUFFERED = (
    rf"(?:^|[，；]){_CONVICTS}(?P<since>{_NOBODY_ELSE}{{1,60}}?)，"
    r"(?:{~before-penalty}|{~before-done}|[\d年月日])*"
    rf"被(?:[^，；以因犯]|{{:Location,Agency}}){{0,12}}{_OFFENCE}{_HOW}(?:判|处)"
)
"""The same, whatever else is told of the convicts in front: 甲虽已认罪，还是被法院以诈骗罪判处…."""
_EARNED_TOO = rf"[，；、](?:又|并|还|同时)?{_OFFENCE}{_HOW}判处"
_ANYBODY = pattern("{:Person,Organization}")
_NO_COURT = re.compile("[、《]|关于|和|与|撤销|建议|认为")
"""Behind a court that does not judge here: 最高人民法院《解释》."""
_ASKED = re.compile(UNGIVEN)


class _Forms(NamedTuple):
    """What finds a penalty behind whom it is given to, behind an offence, behind who has suffered
    it, and behind one more offence."""

    given: re.Pattern[str]
    earned: re.Pattern[str]
    suffered: re.Pattern[str]
    earned_too: re.Pattern[str]


@lru_cache(maxsize=4)
def _forms(schema: Schema) -> _Forms:
    given, earned, suffered, earned_too = (
        worded(form, schema) for form in (_GIVEN, _EARNED, _SUFFERED, _EARNED_TOO)
    )
    return _Forms(given, earned, suffered, earned_too)


def judgments(line: Line, mentions: Sequence[Mention], schema: Schema) -> Iterator[Found]:
    """A conviction for each convict and offence of the sentence that `line` is, and the court."""
    forms = _forms(schema)
    if "判" not in line.code and "刑" not in line.code:
        return
    yield from _sentenced(line, mentions, schema)
    offences = list(_LED_TO.finditer(line.code))
    for given in forms.given.finditer(line.code) if offences else ():
        before = [one for one in offences if one.end() <= given.start() + 1]
        if before and "判" in line.code[before[-1].end() : given.end()]:
            yield from _convicted(line, given, before[-1], mentions)
    harmed = schema.words.get("harmed", ())
    for suffered in forms.suffered.finditer(line.code) if "被" in line.code else ():
        since = line.printed(suffered, "since")
        if not any(word in since for word in harmed):
            yield from _convicted(line, suffered, suffered, mentions)
    for earned in forms.earned.finditer(line.code):
        yield from _convicted(line, earned, earned, mentions)
        at = earned.end()
        while more := forms.earned_too.search(line.code, at):
            if _ANYBODY.search(line.code, at, more.start()):
                break
            yield from _convicted(line, earned, more, mentions)
            at = more.end()


def _sentenced(line: Line, mentions: Sequence[Mention], schema: Schema) -> Iterator[Found]:
    """Each convict with the court, where the sentence has one court and it comes before."""
    words = schema.words.get("court", ())
    courts = [m for m in line.order if any(word in mentions[m].name for word in words)]
    if len({mentions[m].name for m in courts}) != 1:
        return
    begin = next(at for at, span in enumerate(line.spans)
                 if span[0] == mentions[courts[-1]].start) + 2  # fmt: skip
    if _NO_COURT.match(line.code, begin):
        return
    for form in (_forms(schema).given, _forms(schema).earned):
        for match in form.finditer(line.code, begin):
            judged = line.code.find("判", begin, match.end()) >= 0
            if not judged or _is_asked(line, begin, match.end()):
                continue
            for convict in [*line.members(match, "S"), *line.members(match, "T")]:
                yield Found(convict, "SENTENCED_BY", courts[-1], "edges/SENTENCED_BY.yaml#judgment",
                            line.spans[begin - 1][0], line.span(match)[1], None)  # fmt: skip


def _convicted(
    line: Line, given: re.Match[str], led_to: re.Match[str], mentions: Sequence[Mention]
) -> Iterator[Found]:
    begin, end = min(given.start(), led_to.start()), max(given.end(), led_to.end())
    if _is_asked(line, begin, end):
        return
    start, stop = line.spans[begin][0], line.spans[end - 1][1]
    for convict in [*line.members(given, "S"), *line.members(given, "T")]:
        for offence in line.members(led_to, "O"):
            yield Found(convict, "CONVICTED_OF", offence, "edges/CONVICTED_OF.yaml#judgment",
                        start, stop, None)  # fmt: skip


def _is_asked(line: Line, begin: int, end: int) -> bool:
    """Whether the part of the sentence only asks for the penalty, or takes it back."""
    return _ASKED.search(line.code, max(line.code.rfind("；", 0, begin), 0), end) is not None
