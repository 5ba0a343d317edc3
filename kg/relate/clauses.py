"""A sentence as clauses of items: what the frames look at.

An item is a word, or a mention that stands for all its words. Clauses end at ， ； ： 。 and
quotation ends; they are the range in which a verb looks for its slots.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import ACTS, Mention, Sentence
from kg.text import Word

_CLAUSE_ENDS = frozenset("，,；;：:。！？!?—\n")


class Item(NamedTuple):
    """A word (`mention` is -1), or a mention by its position in the document's mentions."""

    start: int
    end: int
    text: str
    tag: str
    mention: int = -1


@dataclass(frozen=True, slots=True)
class Clause:
    """The items of one clause, its place among the clauses of its sentence, its span."""

    items: tuple[Item, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """One sentence with its words, mentions and clauses."""

    sentence: Sentence
    number: int
    words: tuple[Word, ...]
    mentions: tuple[int, ...]
    clauses: tuple[Clause, ...]


def parse(
    number: int, sentence: Sentence, words: Sequence[Word], mentions: Sequence[Mention], first: int,
    skip: tuple[int, int] | None = None,
) -> Parsed:  # fmt: skip
    """`words` are those of the sentence; `mentions[first:]` start at or after its beginning.

    `skip` is the part that only reports (据警方介绍，); no clause holds it.
    """
    every = tuple(words)
    if skip:
        words = [word for word in words if word.end <= skip[0] or word.start >= skip[1]]
    inside: list[int] = []
    for index in range(first, len(mentions)):
        if mentions[index].start >= sentence.end:
            break
        if mentions[index].start >= sentence.start and mentions[index].end <= sentence.end:
            inside.append(index)
    spans: list[Clause] = []
    begin = 0
    for at, word in enumerate(words):
        if word.text[0] in _CLAUSE_ENDS and not _in_mention(word, inside, mentions):
            if at > begin:
                spans.append(_clause(words[begin:at], inside, mentions))
            begin = at + 1
    if begin < len(words):
        spans.append(_clause(words[begin:], inside, mentions))
    return Parsed(sentence, number, every, tuple(inside), tuple(spans))


def _in_mention(word: Word, inside: Sequence[int], mentions: Sequence[Mention]) -> bool:
    return any(mentions[m].start < word.start and word.end < mentions[m].end for m in inside)


def _clause(words: Sequence[Word], inside: Sequence[int], mentions: Sequence[Mention]) -> Clause:
    start, end = words[0].start, words[-1].end
    here = [m for m in inside if start <= mentions[m].start and mentions[m].end <= end]
    return Clause(items(words, here, mentions), start, end)


def items(
    words: Sequence[Word], here: Sequence[int], mentions: Sequence[Mention], verb: int = -1
) -> tuple[Item, ...]:
    """The words with the longest mentions folded in, except those that hold offset `verb`.

    At the trigger's own clause the activity that holds the trigger is unfolded, so that its
    parts can fill slots.
    """
    found: list[Item] = []
    best: dict[int, int] = {}
    for index in here:
        mention = mentions[index]
        if verb >= 0 and mention.start <= verb < mention.end and mention.type in ACTS:
            continue
        old = best.get(mention.start)
        if old is None or mentions[old].end < mention.end:
            best[mention.start] = index
    starts = sorted(best)
    at = 0
    position = words[0].start if words else 0
    while at < len(words):
        word = words[at]
        if word.start < position:
            at += 1
            continue
        index_at = bisect_left(starts, word.start)
        start = starts[index_at] if index_at < len(starts) else -1
        if word.start <= start < word.end:
            mention = mentions[best[start]]
            found.append(Item(mention.start, mention.end, mention.text, "M", best[start]))
            position = mention.end
        else:
            found.append(Item(word.start, word.end, word.text, word.tag))
            position = word.end
        at += 1
    return tuple(found)
