"""What the name of a case, group or good says by the names inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Level, Mention, Modality, Way
from kg.relate.coded import worded, write
from kg.relate.templates import Found
from kg.schema import Schema

_OUTER = frozenset({"Case", "Group", "Good"})
_LEADERS = (
    r"以(?P<who>.{1,40}?)(?:等人?|等\d+人)?为(?P<title>{~gang-head})|"
    r"由(?P<run>.{1,40}?)(?:等人?|等\d+人)?(?:组织|领导|操纵)的"
)
_MEMBERS = r"{S*:Person}(?:等人?|等?\d+余?名?人)?为(?P<title>{~gang-member})"
_SEGMENTED = re.compile(r"(?:卡|号|号码)[”\"]?$")
_OWNED = (
    r"(?:{~account-owner}|、|和|与|及|等|\s)*的?{~account-kind}*"
    r"(?:{~account-head}|(?:{~card-kind}|“|”)*卡)"
)


class _Words(NamedTuple):
    """What leads a group in its name and belongs to it, what a text of a verdict has, what is
    somebody's behind his name, charges of old, and goods whose platform is a part of the word."""

    leaders: re.Pattern[str]
    members: re.Pattern[str]
    judged: re.Pattern[str]
    owned: re.Pattern[str]
    repealed: tuple[str, ...]
    unsaid: tuple[str, ...]


@lru_cache(maxsize=4)
def _words(schema: Schema) -> _Words:
    return _Words(
        worded(_LEADERS, schema),
        worded(_MEMBERS, schema),
        worded("{~verdict-told}", schema),
        worded(_OWNED, schema),
        schema.words.get("repealed-charge", ()),
        schema.words.get("platform-in-good", ()),
    )


def inside_names(
    text: str, inside: Sequence[int], mentions: Sequence[Mention], schema: Schema
) -> Iterator[Found]:
    """Claims between each case, group or good of a sentence and the mentions in its name."""
    words = _words(schema)
    for outer in inside:
        one = mentions[outer]
        if one.type not in _OUTER:
            continue
        parts = [
            m
            for m in inside
            if m != outer and one.start <= mentions[m].start and mentions[m].end <= one.end
        ]
        if not parts:
            continue
        if one.type == "Case":
            yield from _of_case(text, outer, parts, mentions, words)
        elif one.type == "Group":
            yield from _of_group(text, outer, parts, mentions, words)
        else:
            yield from _of_good(text, outer, parts, mentions, words)


def _of_case(
    text: str, outer: int, parts: Sequence[int], mentions: Sequence[Mention], words: _Words
) -> Iterator[Found]:
    case = mentions[outer]
    for part in parts:
        kind = mentions[part].type
        if kind == "Offence" and not _charge(text, case, mentions[part], words):
            continue
        if kind in {"Person", "Group", "Offence"}:
            modality = Modality.ALLEGED if kind == "Offence" else None
            yield Found(
                outer, "INVOLVES", part, "edges/INVOLVES.yaml#case-name",
                case.start, case.end, modality,
            )  # fmt: skip


_MANY = re.compile(r"\d[\d.]*余?[万千百]?余?(?:件|起|宗)")
_CHARGED = re.compile(r"[型人某等伙”]")


def _charge(text: str, case: Mention, offence: Mention, words: _Words) -> bool:
    """Whether the case is one particular case that the text does not tell the verdict of.

    Where it does, the charge belongs to the convicts: CONVICTED_OF says it.
    """
    return (
        offence.name not in words.repealed
        and _CHARGED.search(case.text) is not None
        and _MANY.search(text[case.start : case.end + 8]) is None
        and not _is_judged(text, words.judged)
    )


@lru_cache(maxsize=4)
def _is_judged(text: str, judged: re.Pattern[str]) -> bool:
    """Whether a text tells a verdict; kept for as long as its cases are looked at."""
    return judged.search(text) is not None


def _of_group(
    text: str, outer: int, parts: Sequence[int], mentions: Sequence[Mention], words: _Words
) -> Iterator[Found]:
    group = mentions[outer]
    people = [m for m in parts if mentions[m].type == "Person"]
    led = words.leaders.search(text, group.start, group.end)
    heads: set[int] = set()
    if led:
        start, end = led.span("who" if led["who"] else "run")
        extra = (("title", led["title"]),) if led["title"] else ()
        for person in people:
            if start <= mentions[person].start and mentions[person].end <= end:
                heads.add(person)
                yield Found(
                    person, "CONTROLS", outer, "edges/CONTROLS.yaml#group-name",
                    group.start, group.end, None, extra,
                )  # fmt: skip
    line = write(text, group.start, group.end, people, mentions)
    for match in words.members.finditer(line.code):
        for person in line.members(match, "S"):
            if person not in heads:
                yield Found(
                    person, "AFFILIATED_WITH", outer, "edges/AFFILIATED_WITH.yaml#group-name",
                    group.start, group.end, None, (("title", match["title"]),),
                )  # fmt: skip


def _of_good(
    text: str, outer: int, parts: Sequence[int], mentions: Sequence[Mention], words: _Words
) -> Iterator[Found]:
    good = mentions[outer]
    for part in parts:
        one = mentions[part]
        if one.type == "NumberSegment":
            if _SEGMENTED.search(good.name):
                yield Found(
                    outer, "HAS_SEGMENT", part, "edges/HAS_SEGMENT.yaml#card-name",
                    good.start, good.end, None,
                )  # fmt: skip
        elif one.type in {"Platform", "Organization", "Role"}:
            if not _particular(one) or text.endswith(_OWNERS, 0, good.start):
                continue
            if good.name in words.unsaid or text[good.start : one.start].strip('“"各个家大'):
                continue
            completed = good.name.startswith(one.name) and good.way is Way.ACCOUNT
            if completed or words.owned.match(text, one.end, good.end):
                yield Found(
                    outer, "PROVIDED_BY", part, "edges/PROVIDED_BY.yaml#name",
                    good.start, good.end, None,
                )  # fmt: skip


_OWNERS = ("其", "他的", "她的", "自己的")
"""What stands before a good that is somebody's: 他的微信账号 says nothing of who provides it."""


def _particular(one: Mention) -> bool:
    """Whether the name says which platform or operator: 社交平台 in 社交平台账号 does not."""
    if one.type == "Role":
        return one.text.endswith("运营商")
    return one.level is Level.INSTANCE or one.text.startswith("某")
