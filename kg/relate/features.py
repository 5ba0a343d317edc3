"""What the ranker looks at: a pair of mentions as a few dozen readable features.

The features name classes (types, rules, distances) and function words; words of the text count
only where training met them in many articles, so that the weights cannot learn one by heart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import Mention
from kg.relate.clauses import Parsed
from kg.text import Word


@dataclass(slots=True)
class Pair:
    """Two mentions in text order (`left` may stand in an earlier sentence), and the rules that
    propose a relation between them as `(edge, subject is left, rule, elided)`."""

    left: int
    right: int
    parsed: Parsed
    proposals: list[tuple[str, bool, str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence's pairs share: mentions, lists, and the group of each type."""

    text: str
    mentions: Sequence[Mention]
    lists: dict[int, tuple[int, ...]]
    groups: dict[str, str]


def pair_features(pair: Pair, context: Context) -> list[str]:
    """The features of one pair."""
    mentions, groups = context.mentions, context.groups
    left, right = mentions[pair.left], mentions[pair.right]
    types = f"{left.type}|{right.type}"
    kinds = f"{groups.get(left.type, '')}|{groups.get(right.type, '')}"
    found = [
        f"T={types}", f"L={left.type}", f"R={right.type}", f"how={_how(left)}|{_how(right)}",
        f"hl={_how(left)}:{left.type}", f"hr={_how(right)}:{right.type}",
        f"lv={kinds}:{left.level}|{right.level}",
    ]  # fmt: skip
    found += _proposed(pair, types)
    if left.start < pair.parsed.sentence.start:
        return [*found, "apart", f"apart={types}", f"apart={kinds}"]
    if right.start < left.end:
        return [*found, f"nested={types}", f"nested={types}:{right.end == left.end}"]
    return found + _between(pair, context, types, kinds)


def _proposed(pair: Pair, types: str) -> Iterable[str]:
    edges = {(edge, forward) for edge, forward, _, _ in pair.proposals}
    for edge, forward, rule, elided in pair.proposals:
        way = ">" if forward else "<"
        name = f"{edge}{way}{rule.rpartition('#')[2]}"
        yield from (f"r={name}", f"r={name}~{elided}", f"rT={name}:{types}")
    for edge, forward in edges:
        way = ">" if forward else "<"
        yield from (f"e={edge}{way}", f"eT={edge}{way}:{types}")
    if not edges:
        yield "e=none"


def _between(pair: Pair, context: Context, types: str, kinds: str) -> list[str]:
    mentions, parsed, text = context.mentions, pair.parsed, context.text
    left, right = mentions[pair.left], mentions[pair.right]
    list_left, list_right = context.lists.get(pair.left, ()), context.lists.get(pair.right, ())
    found: list[str] = []
    if pair.right in list_left:
        return [f"list={types}", "list"]
    begin = max((mentions[m].end for m in list_left), default=left.end)
    end = min((mentions[m].start for m in list_right), default=right.start)
    if begin > end:
        begin, end = left.end, right.start
    inner = [mentions[m] for m in parsed.mentions
             if begin <= mentions[m].start and mentions[m].end <= end]  # fmt: skip
    words = [w for w in parsed.words if begin <= w.start and w.end <= end]
    outside = [w for w in words if not any(m.start <= w.start and w.end <= m.end for m in inner)]
    gap = text[begin:end]
    if len(gap) <= 4:
        found += [f"gap={gap}", f"gapK={kinds}:{gap}"]
    commas = sum(gap.count(mark) for mark in "，；：")
    found += [f"d={_size(end - begin)}", f"dT={types}:{_size(end - begin)}", f"c={min(commas, 3)}",
              f"cT={types}:{min(commas, 2)}", f"n={min(len(inner), 4)}",
              f"nT={types}:{min(len(inner), 3)}"]  # fmt: skip
    for mention in inner:
        found += [f"in={mention.type}", f"inK={kinds}:{mention.type}"]
    if len(inner) == 1:
        found.append(f"in1={types}:{inner[0].type}")
    for word in outside:
        found += [f"b={word.text}", f"bK={kinds}:{word.text}"]
    verbs = [w for w in outside if w.tag[:1] in {"v", "p"}]
    if verbs:
        found += [f"v1={kinds}:{verbs[0].text}", f"vl={kinds}:{verbs[-1].text}",
                  f"vT={types}:{verbs[-1].text}"]  # fmt: skip
    found += _around(parsed.words, left.start, max((mentions[m].end for m in list_right),
                                                   default=right.end), kinds)  # fmt: skip
    first = all(mentions[m].start >= left.start for m in parsed.mentions)
    last = all(mentions[m].end <= right.end for m in parsed.mentions)
    found += [f"first={types}:{first}", f"last={types}:{last}", f"tail={kinds}:{right.text[-1]}",
              f"head={kinds}:{left.text[-1]}"]  # fmt: skip
    return found


def _around(words: Sequence[Word], start: int, end: int, kinds: str) -> Iterable[str]:
    before = [w for w in words if w.end <= start]
    after = [w for w in words if w.start >= end]
    if before:
        yield from (f"p={before[-1].text}", f"pK={kinds}:{before[-1].text}")
        verb = next((w for w in reversed(before) if w.tag[:1] in {"v", "p"}), None)
        if verb:
            yield f"pv={kinds}:{verb.text}"
    if after:
        yield from (f"a={after[0].text}", f"aK={kinds}:{after[0].text}")
        verb = next((w for w in after if w.tag[:1] == "v"), None)
        if verb:
            yield f"av={kinds}:{verb.text}"


def _how(mention: Mention) -> str:
    tail = mention.rule.rpartition("#")[2]
    return tail if tail in {"term", "phrase", "head", "introduced"} else "pattern"


def _size(gap: int) -> int:
    for size, limit in enumerate((0, 2, 5, 10, 20, 40)):
        if gap <= limit:
            return size
    return 6
