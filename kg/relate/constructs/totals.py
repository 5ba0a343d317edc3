"""What the sum of a case is the sum of: 涉案金额460余万元 tells of the case that the text is at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.model import Mention
from kg.relate.clauses import Parsed
from kg.relate.coded import worded
from kg.relate.templates import Found
from kg.schema import Schema

_SUM = re.compile("涉案(?:总)?(?:金额|资金|流水|价值|资金流水)[^，。；、0-9]{0,6}")
_SUM_BEFORE = re.compile(f"{_SUM.pattern}$")
_TAKEN = "(?:{~seizing}|{~secured})[^，。；]*$"
"""What stands before a sum that was only secured."""
_FAR = 600
"""Characters before the sum in which its case must be named: notices of several cases, each
below its name, are as short as that."""


def totals(
    text: str, parsed: Parsed, mentions: Sequence[Mention], schema: Schema
) -> Iterator[Found]:
    """MEASURES from each sum of a case to the case that was named last before it."""
    taken = worded(_TAKEN, schema)
    for index in parsed.mentions:
        figure = mentions[index]
        if figure.type == "Statistic" and _is_sum(text, figure, taken):
            case = _case_before(figure, mentions)
            if case is not None:
                yield Found(
                    index, "MEASURES", case, "edges/MEASURES.yaml#total", figure.start,
                    figure.end, None,
                )  # fmt: skip


def _is_sum(text: str, figure: Mention, taken: re.Pattern[str]) -> bool:
    """Whether the text calls a figure the sum of a case, and not what was seized of it."""
    led = _SUM.match(figure.text) or _SUM_BEFORE.search(
        text, max(0, figure.start - 12), figure.start
    )
    return led is not None and not taken.search(text[max(0, figure.start - 20) : figure.start])


def _case_before(figure: Mention, mentions: Sequence[Mention]) -> int | None:
    at = bisect_left(mentions, figure.start, key=lambda mention: mention.start)
    for index in range(at - 1, -1, -1):
        if mentions[index].start < figure.start - _FAR:
            return None
        if mentions[index].type == "Case":
            return index
    return None
