"""Chains of supply: 从甲到乙，从乙到丙构成产业链; 上游有甲提供货物，下游有乙和丙."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.model import ACTS, Mention
from kg.relate.clauses import Parsed
from kg.relate.coded import Line, pattern, write
from kg.relate.templates import Found

_ACTOR = "Person,Organization,Group,Role,Service,Platform"
_ACTORS = frozenset(_ACTOR.split(","))
_PLACES = frozenset(["上游", "中游", "下游", "上中游", "中下游"])
_LEG = pattern(
    r"从(?:上游|中游|源头)?的?{A:*}(?:再|又|然后)?到(?:中游|下游|上游|终端)?(?:的|各类)?{B:*}"
)
_BETWEEN = re.compile(r"[，、；]?(?:再|然后|又)?")
_WHOLE = pattern(r"(?:构成|形成|组成|织成|串起)(?:[^，。；]|{:Activity}){0,12}{O:Industry}")
_ROLE_IN = pattern(
    rf"(?:^|[，：:；]|发现|显示){{M:{_ACTOR}}}(?:[^。；，]|{{:*}}){{0,24}}?(?:扮演|充当|承担|起到|起着|处于|位于|中游|中间)"
)
_ABOVE = pattern(
    rf"(?:其|它们?|他们)?(?:的)?上游(?:则|主要|还)?(?:有|是|为|包括){{A*:{_ACTOR}}}(?:等)?(?:(?:负责|为其|向其)*(?:提供|供应|出售){{G*:Good,Tool,Service}})?"
)
_BELOW = pattern(
    rf"(?:其|它们?|他们)?(?:的)?下游(?:则|主要|还|便)?(?:有|是|为|包括){{B*:{_ACTOR}}}"
)
_OF_ABOVE = pattern(rf"{{M:{_ACTOR}}}的上游(?:则|主要)?(?:有|是|为|包括){{A*:{_ACTOR}}}")
_OF_BELOW = pattern(rf"{{M:{_ACTOR}}}的下游(?:则|主要)?(?:有|是|为|包括){{B*:{_ACTOR}}}")


def chains(text: str, parsed: Parsed, mentions: Sequence[Mention]) -> Iterator[Found]:
    """SUPPLIES along a chain that a sentence spells out, and PART_OF the chain it forms."""
    start, end = parsed.sentence.start, parsed.sentence.end
    sentence = text[start:end]
    if "到" in sentence and "从" in sentence:
        here = [m for m in parsed.mentions if mentions[m].text not in _PLACES]
        places = {mentions[m].start: m for m in parsed.mentions if mentions[m].text in _PLACES}
        yield from _legs(write(text, start, end, here, mentions), mentions, places)
    if "上游" in sentence or "下游" in sentence:
        here = [
            m for m in parsed.mentions
            if mentions[m].text not in _PLACES and mentions[m].type not in ACTS
        ]  # fmt: skip
        line = write(text, start, end, here, mentions)
        yield from _around(line, mentions)
        yield from _kinds(line, parsed, mentions)


def _legs(line: Line, mentions: Sequence[Mention], places: Mapping[int, int]) -> Iterator[Found]:
    """从A到B，从B到C: legs count where each begins where the last ended, or form a chain. Where
    the last one leads to what is done downstream (下游各类犯罪), it leads to the 下游."""
    run: list[re.Match[str]] = []
    for leg in _LEG.finditer(line.code):
        if run:
            before, here = line.members(run[-1], "B")[0], line.members(leg, "A")[0]
            joined = _BETWEEN.fullmatch(line.code, run[-1].end(), leg.start())
            if not (joined and mentions[before].name == mentions[here].name):
                run = []
        run.append(leg)
    if not run:
        return
    whole = _WHOLE.match(line.code, run[-1].end()) or _WHOLE.search(
        line.code, run[-1].end(), run[-1].end() + 16
    )
    if len(run) < 2 and whole is None:
        return
    ends_of = [(line.members(leg, "A")[0], line.members(leg, "B")[0]) for leg in run]
    if not all(mentions[one].type in _ACTORS for one, _ in ends_of):
        return
    for leg, (one, other) in zip(run, ends_of, strict=True):
        taker = places.get(mentions[other].start, other)
        if mentions[taker].type in _ACTORS:
            yield Found(one, "SUPPLIES", taker, "edges/SUPPLIES.yaml#chain", *line.span(leg), None)
    if whole is not None:
        yield from _parts(line, ends_of, whole, run[0], mentions)


def _parts(
    line: Line, ends: Sequence[tuple[int, int]], whole: re.Match[str], first: re.Match[str],
    mentions: Sequence[Mention],
) -> Iterator[Found]:  # fmt: skip
    chain = line.members(whole, "O")[0]
    begin, stop = line.span(first)[0], line.span(whole)[1]
    told: set[str] = set()
    for member in (m for pair in ends for m in pair):
        one = mentions[member]
        if one.type in _PARTS and one.name not in told:
            told.add(one.name)
            yield Found(member, "PART_OF", chain, "edges/PART_OF.yaml#chain", begin, stop, None)


_PARTS = frozenset({"Organization", "Group", "Role", "Service", "Platform"})


def _around(line: Line, mentions: Sequence[Mention]) -> Iterator[Found]:
    """M扮演…角色，上游有A提供G，下游有B: A supplies M, M supplies B."""
    middle = _ROLE_IN.search(line.code)
    if middle:
        one = line.members(middle, "M")[0]
        above = _ABOVE.search(line.code, middle.end())
        below = _BELOW.search(line.code, middle.end())
        yield from _flows(line, one, above, below, mentions)
    for of_above in _OF_ABOVE.finditer(line.code):
        yield from _flows(line, line.members(of_above, "M")[0], of_above, None, mentions)
    for of_below in _OF_BELOW.finditer(line.code):
        yield from _flows(line, line.members(of_below, "M")[0], None, of_below, mentions)


def _kinds(line: Line, parsed: Parsed, mentions: Sequence[Mention]) -> Iterator[Found]:
    """下游有A和B: both are kinds of 下游, where it is named."""
    places = {
        mentions[m].start: m
        for m in parsed.mentions
        if mentions[m].text in _PLACES and mentions[m].type == "Role"
    }
    for below in _BELOW.finditer(line.code):
        begin, end = line.span(below)
        place = next((m for at, m in sorted(places.items()) if begin <= at < end), None)
        if place is not None:
            for one in line.members(below, "B"):
                if mentions[one].type == "Role":
                    yield Found(one, "IS_A", place, "edges/IS_A.yaml#stream", begin, end, None)


def _flows(
    line: Line, middle: int, above: re.Match[str] | None, below: re.Match[str] | None,
    mentions: Sequence[Mention],
) -> Iterator[Found]:  # fmt: skip
    rule = "edges/SUPPLIES.yaml#stream"
    if above:
        goods = line.members(above, "G") if "G" in above.groupdict() else []
        extra = (("good", "、".join(_bare(mentions[g].text) for g in goods)),) if goods else ()
        for giver in line.members(above, "A"):
            yield Found(giver, "SUPPLIES", middle, rule, *line.span(above), None, extra)
    if below:
        for taker in line.members(below, "B"):
            yield Found(middle, "SUPPLIES", taker, rule, *line.span(below), None)


def _bare(text: str) -> str:
    return re.sub(r"[“”\"]", "", text)
