"""Numbered steps: 第一步，登号 below a line that names what is done so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.model import ACTS, Mention
from kg.relate.clauses import Parsed
from kg.relate.templates import Found

_STEP = re.compile(r"第[一二三四五六七八九十]{1,2}步[，：:、 ]\s*")
_FAR = 4000
"""Characters over which the steps of one list may run."""


def steps(text: str, parsed: Parsed, mentions: Sequence[Mention]) -> Iterator[Found]:
    """PART_OF from the activities that a step's line begins with to the one its list is of.

    That one is the last activity in the line right before 第一步, where the line ends with it
    (就正式开始了养号) or with a colon.
    """
    start, end = parsed.sentence.start, parsed.sentence.end
    step = _STEP.match(text, start, end)
    if step is None or (start and text[start - 1] != "\n"):
        return
    whole = _whole(text, start, mentions)
    if whole is None:
        return
    at = step.end()
    for index in parsed.mentions:
        one = mentions[index]
        if one.type != "Activity" or one.start < at:
            continue
        if one.start > at and text[at : one.start] not in {"、", "和", "及", "，并"}:
            break
        yield Found(
            index, "PART_OF", whole, "edges/PART_OF.yaml#step", start, one.end, None,
            (("role", step.group().strip("，：:、 ")),),
        )  # fmt: skip
        at = one.end


def _whole(text: str, start: int, mentions: Sequence[Mention]) -> int | None:
    first = text.rfind("\n第一步", max(0, start - _FAR), start + 4)
    if first < 0:
        return None
    line = text.rfind("\n", 0, first) + 1
    at = bisect_left(mentions, line, key=lambda m: m.start)
    last: int | None = None
    while at < len(mentions) and mentions[at].start < first:
        if mentions[at].type in ACTS and mentions[at].end <= first:
            last = at
        at += 1
    if last is None or mentions[last].type != "Activity":
        return None
    tail = text[mentions[last].end : first].strip('“”" ：:。的')
    return last if tail in {"", "步骤", "流程", "如下", "步骤如下", "教程"} else None
