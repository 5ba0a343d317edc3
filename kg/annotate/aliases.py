"""Names that a text introduces itself: X（以下简称Y）, X（原名Y）, Y即X, 昵称为“Y”."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from kg.model import Mention, Way
from kg.text import places, strip_quotes

_Key = tuple[int, int, str]


def _introducing(words: str, longest: int) -> re.Pattern[str]:
    """Finds in brackets a name of at most `longest` characters that one of `words` introduces."""
    return re.compile(
        rf"[（(]\s*(?:{words})\s*[:：为]?\s*"
        rf"[“\"「『]?(?P<name>[^，。；：、（）()“”\"「」『』\n]{{2,{longest}}})[”\"」』]?\s*[）)]"
    )


_INTRODUCED = (
    _introducing("(?:以下)?(?:均?简称|下称|以下称|又称|俗称|又名|即)", 16),
    _introducing("原名|曾用名|现名|[现后已]?更名", 30),
)


def aliases(
    text: str, mentions: Sequence[Mention]
) -> tuple[list[Mention], list[tuple[_Key, _Key]]]:
    """`mentions` with every further occurrence of an introduced short form, and the pairs
    (short form, full form) by their keys `(start, end, name)`."""
    introduced: list[Mention] = []
    links: list[tuple[_Key, _Key]] = []
    held = _Held(mentions)
    ends = {mention.end: mention for mention in mentions if mention.type not in {"Activity"}}
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _INTRODUCED):
        full = ends.get(match.start())
        if full is None:
            continue
        short = match["name"]
        for start in places(short, text):
            end = start + len(short)
            if start != match.start("name") and held.within(full.type, start, end):
                continue
            name = strip_quotes(short)  # 《意见》 alone, not every 意见
            introduced.append(Mention(
                start, end, short, full.type, name, full.level, f"nodes/alias#{Way.INTRODUCED}",
                full.scoped,
            ))  # fmt: skip
            if start == match.start("name"):
                links.append(((start, end, name), (full.start, full.end, full.name)))
    return _latest([*mentions, *introduced], len(mentions), len(text)), links


def _latest(mentions: Sequence[Mention], given: int, size: int) -> list[Mention]:
    """Those of `mentions` that none overlaps of their type which the text, `size` characters long,
    introduces later; the first `given` are not introduced."""
    covered: dict[str, bytearray] = defaultdict(lambda: bytearray(size))
    kept: list[Mention] = []
    for at in reversed(range(len(mentions))):
        mention = mentions[at]
        here = slice(mention.start, mention.end)
        if mention.type not in covered or not any(covered[mention.type][here]):
            kept.append(mention)
        if at >= given:
            covered[mention.type][here] = b"\1" * (mention.end - mention.start)
    kept.reverse()
    return kept


class _Held:
    """The spans that mentions of each type hold."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._reach: dict[str, list[int]] = defaultdict(list)  # the farthest end so far
        for mention in sorted(mentions, key=lambda m: m.start):
            reach = self._reach[mention.type]
            self._starts[mention.type].append(mention.start)
            reach.append(max([mention.end, *reach[-1:]]))

    def within(self, kind: str, start: int, end: int) -> bool:
        """Whether a mention of a type holds a span and begins before it."""
        before = bisect_left(self._starts[kind], start)
        return before > 0 and self._reach[kind][before - 1] >= end
