"""What is done by what and against what, where it stands side by side.

以刷单的方式诈骗: the means and its purpose. Each rule asks for both names with nothing between them
but its own words and those of before-deed and before-thing in schemas/words, so that no third
name can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.relate.coded import Line, worded
from kg.relate.templates import Found
from kg.schema import Schema
from kg.sieve import Sieve

_BY = "(?:(?!以)|(?<![可得足予加难所])){~slot-by}"
"""The means, but not 可以, 得以."""
_WAY = "(?:等|多种|各种|的){0,3}{~way-head}"
_DO = r"(?:来|去|进行|实施|从事|开展|{~before-deed}){0,4}"
_COUNT = r"[\d一二两三四五六七八九十百千万余多数几]{1,8}[余多种个台部套款张条名家起处]?"
_THINGS = rf"(?:{{~before-thing}}|{_COUNT}){{0,3}}"
"""What stands before a thing."""
_ENDS = r"(?=[，。；、：！？）的等后时并以而及和与能]|$|犯罪|活动|行为|违法)"
"""What follows an act that is told in full: 以抢单的方式获取 still wants what is got."""

_RULES = (
    (
        "USED_FOR", "way",
        rf"{_BY}{_THINGS}{{S*:Activity,Tool,Service}}{_WAY}，?{_DO}{{O*:Activity}}{_ENDS}",
    ),
    (
        "COUNTERS", "strikes",
        rf"{{S*:Agency}}[^，。；：！？、]{{0,12}}?{{~striking}}{_THINGS}"
        r"(?:(?:针对|面向){:Role,Person,Platform}(?:实施)?的?)?{O*:Activity,Industry}",
    ),
    (
        "TARGETS", "planted",
        rf"(?:往|向|在|给|对|到){_THINGS}{{O*:Tool,Platform,Organization}}"
        r"(?:里面|里|中|上|内|等){0,2}{~before-deed}{0,4}"
        rf"{{~planting}}{_THINGS}{{S*:Tool}}",
    ),
    (
        "PROHIBITS", "rules",
        r"(?<!尚无)(?<!没有){S*:Law}的?(?:相关|有关)?(?:明确|明文)?规定(?:了|的|，)?{O*:Offence}",
    ),
)  # fmt: skip
"""Edge, name and pattern."""


@dataclass(frozen=True, slots=True)
class _Rules:
    patterns: Sequence[tuple[str, str, re.Pattern[str]]]
    sieve: Sieve


def deeds(line: Line, schema: Schema) -> Iterator[Found]:
    """The claims of the sentence that `line` is, which has its acts as mentions too."""
    rules = _rules(schema)
    for number in rules.sieve.possible(line.code):
        edge, name, regex = rules.patterns[number]
        for match in regex.finditer(line.code):
            start, end = line.span(match)
            for one in line.members(match, "S"):
                for other in line.members(match, "O"):
                    yield Found(one, edge, other, f"edges/{edge}.yaml#{name}", start, end, None)


@lru_cache(maxsize=4)
def _rules(schema: Schema) -> _Rules:
    patterns = [(edge, name, worded(source, schema)) for edge, name, source in _RULES]
    return _Rules(patterns, Sieve([regex.pattern for _, _, regex in patterns]))
