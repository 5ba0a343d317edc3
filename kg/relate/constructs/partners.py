"""Who acts together with whom, where the sentence says that they agreed on it.

甲、乙和丙合谋…: the first with each of the others. 甲与乙、丙商定…: who begins with each whom he is
with. 甲受乙指使…: the two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.relate.coded import Line, worded
from kg.relate.constructs.parties import SOME
from kg.relate.templates import Found
from kg.schema import Schema
from kg.sieve import Sieve

_SOME = rf"(?:（[^（）]{{1,10}}）)?{SOME}"
_WHO = "(?:{~standing}|{~kin}|他人及|、){0,3}"
_HOW = "(?:，|{~before-agreeing}){0,4}"
_AGREE = r"(?:{~agreeing}|(?:经|事先|共同)商[议量])"
_NOT_WITH = (
    r"(?<![与和同跟伙及、])(?<![与和同]被告人)(?<![与和同]犯罪嫌疑人)"
    r"(?<!招募|纠集|邀集|召集|联合|勾结)"
)
"""Who stands behind 与, 、 or 招募 is only the end of what begins before it."""
_TOGETHER = (
    rf"{_NOT_WITH}{{S*:Person}}{_SOME}{_HOW}(?:在{{:Location}}[^，。；不没未无否]{{0,6}})?{_AGREE}"
)
_WITH = (
    rf"{_NOT_WITH}{{S:Person}}{_SOME}(?:[^，。；]{{0,8}}，)?[^，。；不没未无否]{{0,8}}?"
    r"(?:与|和|同|跟|伙同)"
    rf"{_WHO}{{O*:Person,Group}}{_SOME}{_HOW}[^，。；不没未无否]{{0,6}}{_AGREE}"
)
_TOLD = (
    rf"{{S*:Person}}{_SOME}(?:[^，。；]{{0,8}}，)?[^，。；不没未无否]{{0,6}}?(?:受|被){_WHO}"
    r"{O:Person}(?:等人)?的?{~enlisting}"
)
_FORMS = (_WITH, _TOLD, _TOGETHER)


@lru_cache(maxsize=4)
def _forms(schema: Schema) -> tuple[list[re.Pattern[str]], Sieve]:
    forms = [worded(form, schema) for form in _FORMS]
    return forms, Sieve([form.pattern for form in forms])


def partners(line: Line, schema: Schema) -> Iterator[Found]:
    """COLLUDES_WITH between those of the sentence that `line` is who agreed on something."""
    forms, sieve = _forms(schema)
    joined: set[int] = set()  # by those who are with them: not the first of a list of their own
    for number in sieve.possible(line.code):
        for match in forms[number].finditer(line.code):
            ones = line.members(match, "S")
            if "O" in match.groupdict():
                others = line.members(match, "O")
                joined.update(others)
            elif ones[0] in joined:
                continue
            else:
                ones, others = ones[:1], ones[1:]
            for one in ones:
                for other in others:
                    yield Found(one, "COLLUDES_WITH", other, "edges/COLLUDES_WITH.yaml#agreed",
                                *line.span(match), None)  # fmt: skip
