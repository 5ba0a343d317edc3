"""Mentions by where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.model import Mention


class Placed:
    """Mentions, to be asked for those that stand somewhere: a text of thousands of names has
    thousands of spans to ask about."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self._order = sorted(range(len(mentions)), key=lambda at: mentions[at].start)
        self._starts = [mentions[at].start for at in self._order]
        self._longest = max((m.end - m.start for m in mentions), default=0)

    def over(self, start: int, end: int) -> list[Mention]:
        """Those that have a character of a span, in the order in which they were given."""
        first = bisect_left(self._starts, start - self._longest + 1)
        last = bisect_left(self._starts, end, first)
        found = [at for at in self._order[first:last] if self._mentions[at].end > start]
        return [self._mentions[at] for at in sorted(found)]
