"""Two lists that answer each other: what is said of the first of one is not said of the second of
the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Mention
from kg.relate.coordination import Lists

_RESPECTIVELY = re.compile("(?:分别|依次)[^，。；：]{0,24}$")
_SPAN = 60
"""Characters between two lists of which the second answers the first."""


def is_crossed(text: str, ends: tuple[int, int], mentions: Sequence[Mention], lists: Lists) -> bool:
    """Whether the ends are members of lists as long as each other with 分别 between, and not in the
    same place: 甲 and 丁 of 甲、乙分别向丙、丁出售."""
    left, right = (lists.get(end, ()) for end in ends)
    if len(left) != len(right) or len(left) < 2 or left == right:
        return False
    left, right = min(left, right), max(left, right)
    begin, stop = mentions[left[-1]].end, mentions[right[0]].start
    if not begin <= stop <= begin + _SPAN or any(mark in text[begin:stop] for mark in "。；"):
        return False
    if not _RESPECTIVELY.search(text[begin:stop]):
        return False
    first, second = ends if ends[0] in left else ends[::-1]
    return left.index(first) != right.index(second)
