"""Names that a text introduces itself: X（以下简称Y）, X（原名Y）, 王某（绰号“Y”）."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.annotate.terms import lexicon
from kg.model import Level, Mention, Way
from kg.schema import Schema, any_in
from kg.text import places, strip_quotes

_Key = tuple[int, int, str]


class _Way(NamedTuple):
    """How texts introduce names: `everywhere` says whether one stands for its bearer wherever the
    text has it (a nickname may be a word like others), `people` whether only people have such."""

    pattern: re.Pattern[str]
    everywhere: bool = True
    people: bool = False


@lru_cache(maxsize=4)
def _ways(schema: Schema) -> tuple[_Way, ...]:
    return (
        _Way(_introducing(schema, "short-form", 16)),
        _Way(_introducing(schema, "former-name", 30)),
        _Way(_introducing(schema, "nickname", 16, "）)，,；;、"), everywhere=False, people=True),
    )


def _introducing(schema: Schema, words: str, longest: int, ends: str = "）)") -> re.Pattern[str]:
    """Finds in brackets a name of at most `longest` characters that a word of the class `words`
    introduces, up to one of `ends`."""
    return re.compile(
        rf"[（(]\s*{any_in(schema, words)[0]}\s*[:：为是]?\s*"
        rf"[“\"「『]?(?P<name>[^，。；：、（）()“”\"「」『』\n]{{2,{longest}}})[”\"」』]?\s*[{ends}]"
    )


def _introductions(text: str, schema: Schema) -> Iterator[tuple[_Way, re.Match[str]]]:
    for way in _ways(schema):
        for match in way.pattern.finditer(text):
            yield way, match


def aliases(
    text: str, mentions: Sequence[Mention], schema: Schema
) -> tuple[list[Mention], list[tuple[_Key, _Key]]]:
    """`mentions` with every further occurrence of an introduced short form, and the pairs
    (short form, full form) by their keys `(start, end, name)`."""
    introduced: list[Mention] = []
    links: list[tuple[_Key, _Key]] = []
    held = _Held(mentions)
    whole = {(mention.start, mention.end): mention for mention in mentions}
    pointing = tuple(schema.words.get("pointing", ()))
    ends = {mention.end: mention for mention in mentions if mention.type not in {"Activity"}}
    for way, match in _introductions(text, schema):
        full = ends.get(match.start())
        if full is None or (way.people and full.type != "Person"):
            continue
        short = match["name"]
        if (
            short.startswith(pointing)
            or _is_a_kind(whole.get(match.span("name")), full)
            or _is_of_several(text, short, full, ends.get(full.start - 1))
        ):
            continue
        for start in places(short, text) if way.everywhere else (match.start("name"),):
            end = start + len(short)
            if start != match.start("name") and held.within(full.type, start, end):
                continue
            name = strip_quotes(short)  # 《意见》 alone, not every 意见
            if lexicon(schema).canonical(name, full.type) == full.name:
                name = full.name
            introduced.append(Mention(
                start, end, short, full.type, name, full.level, f"nodes/alias#{Way.INTRODUCED}",
                full.scoped,
            ))  # fmt: skip
            if start == match.start("name"):
                links.append(((start, end, name), (full.start, full.end, full.name)))
    links += _renamings(text, mentions, schema)
    return _latest([*mentions, *introduced], len(mentions), len(text)), links


def _is_a_kind(called: Mention | None, full: Mention) -> bool:
    """Whether a particular thing is only called what it is: 柏某（即卡商）, a law（即诈骗罪）."""
    if called is None or called.type == full.type:
        return False
    return full.level is Level.INSTANCE and called.level is Level.TYPE


def _is_of_several(text: str, short: str, full: Mention, before: Mention | None) -> bool:
    """Whether the name is that of all in a list and not of its last: 电话卡、银行卡（简称两卡）."""
    if before is None or before.type != full.type or text[before.end] not in "、和与及":
        return False
    rest = iter(full.text)
    return not all(char in rest for char in strip_quotes(short))


def _renamings(
    text: str, mentions: Sequence[Mention], schema: Schema
) -> Iterator[tuple[_Key, _Key]]:
    """Two names of one particular thing of which a sentence says that the one became the other."""
    told = [*_renaming(schema).finditer(text)]
    if not told:
        return
    named = sorted(
        (m for m in mentions if m.level is Level.INSTANCE and m.type in _RENAMED),
        key=lambda m: m.end,
    )
    starts = {m.start: m for m in named}
    ends = [m.end for m in named]
    for match in told:
        new = starts.get(match.end())
        at = bisect_right(ends, match.start()) - 1
        if new is None or at < 0 or new.type != named[at].type or new.name == named[at].name:
            continue
        old = named[at]
        if _BETWEEN.fullmatch(text, old.end, match.start()):
            yield (new.start, new.end, new.name), (old.start, old.end, old.name)


_RENAMED = frozenset({"Organization", "Group", "Platform", "Agency", "Service"})
_BETWEEN = re.compile(
    r"[^。；！？：，（(\n未拟将要请]{0,8}(?:，[^。；！？：，（(\n未拟将要请]{0,8})?"
)
"""Between the old name and the verb: a clause at most, and nothing that is only to come."""


@lru_cache(maxsize=4)
def _renaming(schema: Schema) -> re.Pattern[str]:
    verb, former = any_in(schema, "renaming", "former-name")
    return re.compile(f'(?:{verb}|{former}[为是]?)[“"‘「『《*]*')


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
