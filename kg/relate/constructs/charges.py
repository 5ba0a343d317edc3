"""Who is charged with what and by whom, where the sentence says it.

检察院以诈骗罪对甲、乙等5人提起公诉: each of a list is charged by the last procuratorate before, and
the offence is alleged of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Mention, Modality
from kg.relate.coded import Line, worded
from kg.relate.constructs.parties import (
    ENDS,
    ETC,
    STANDING,
    agency_before,
    is_pretended,
    members,
)
from kg.relate.templates import Found
from kg.schema import Schema

_ONE = rf"{STANDING}{{:Person,Organization}}"
_WHOM = rf"(?P<O>{_ONE}(?:(?:、|和|及|与|以及){_ONE})*){ETC}"
_SUBJECT = rf"(?<!的)(?<!{{:Person,Organization}}、){_WHOM}"
_PURSUED = "(?:{~charging}|{~pursuing})"
_OF = r"{C*:Offence}"
_SAID_TO = r"(?:涉嫌|的行为|其行为|均|都|已)*"
_BETWEEN = rf"(?:[^{ENDS}]|{{:Offence,Case,Agency}}){{0,20}}?"


class _Rule(NamedTuple):
    id: str
    cue: str
    shape: str


_BY = "(?:也|{~before-done})*被(?:{S:Agency})?{~before-done}*"
_SUSPECTED = rf"(?:涉嫌)?(?:犯|构成)?{_OF}[，,]?{{~before-done}}*"
_AS_GUILTY = rf"以{_WHOM}(?:分别)?(?:涉嫌)?(?:犯|构成){_OF}[，,]?{_BETWEEN}{{~charging}}"

_CHARGES = (
    _Rule("charges", "诉", rf"(?:对|将){_WHOM}{_BETWEEN}{{~charging}}"),
    _Rule("charges", "诉", _AS_GUILTY),
    _Rule("accuses", "指控", rf"指控(?:称|：)?{_WHOM}{_SAID_TO}(?:犯|构成|涉嫌)"),
)
_LED = rf"{{~before-done}}*以{_SUSPECTED}{_BETWEEN}{_PURSUED}"
_ALLEGED = (
    _Rule(
        "suspected-of", "涉嫌",
        rf"{_SUBJECT}(?:的行为|其行为)?[，,]?(?:因|均|都|已|其行为|的行为)*涉嫌(?:犯|构成)?{_OF}",
    ),
    _Rule("for-which", "对", rf"(?:以|因){_SUSPECTED}对{_WHOM}{_BETWEEN}{_PURSUED}"),
    _Rule("for-which", "将", rf"(?:以|因){_SUSPECTED}将{_WHOM}{_BETWEEN}{_PURSUED}"),
    _Rule("for-which", "以", rf"以{_SUSPECTED}{_PURSUED}{_WHOM}(?!的)"),
    _Rule("for-which", "对", rf"对{_WHOM}{_LED}"),
    _Rule("for-which", "被", rf"{_SUBJECT}{_BY}{_LED}"),
    _Rule("for-which", "以", _AS_GUILTY),
)  # fmt: skip


def charges(line: Line, mentions: Sequence[Mention], schema: Schema) -> Iterator[Found]:
    """A claim for each of those whom the sentence that `line` is says to be charged."""
    kinds = (*schema.words.get("procuratorate", ()), *schema.words.get("prosecution", ()))
    for rule, match in _matches(line, _CHARGES, schema):
        by = agency_before(line, match.start())
        if by and any(kind in mentions[by[0]].name for kind in kinds):
            for one in _charged(line, match):
                yield Found(by[0], "INVESTIGATES", one, f"edges/INVESTIGATES.yaml#{rule.id}",
                            *line.span(match), None)  # fmt: skip
    for rule, match in _matches(line, _ALLEGED, schema):
        for one in _charged(line, match):
            for offence in line.members(match, "C"):
                yield Found(one, "CONVICTED_OF", offence, f"edges/CONVICTED_OF.yaml#{rule.id}",
                            *line.span(match), Modality.ALLEGED)  # fmt: skip


def _charged(line: Line, match: re.Match[str]) -> list[int]:
    return [*line.members(match, "O"), *members(line, match, "T")]


@lru_cache(maxsize=4)
def _shapes(schema: Schema) -> dict[_Rule, re.Pattern[str]]:
    return {rule: worded(rule.shape, schema) for rule in (*_CHARGES, *_ALLEGED)}


def _matches(
    line: Line, rules: Sequence[_Rule], schema: Schema
) -> Iterator[tuple[_Rule, re.Match[str]]]:
    pretending, shapes = schema.words.get("pretending", ()), _shapes(schema)
    not_charged = worded("{~not-charged}", schema)
    for rule in rules:
        if rule.cue not in line.code:
            continue
        for match in shapes[rule].finditer(line.code):
            clause = max(line.code.rfind(mark, 0, match.start()) for mark in ENDS) + 1
            denied = not_charged.search(line.code, clause, match.end())
            if not denied and not is_pretended(line, match.end(), pretending):
                yield rule, match
