"""A sentence as clauses of items: what the frames look at.

Clauses end at ， ； ： 。 and quotation ends; they are the range in which a verb looks for its
slots. An item is a word of it, or a mention that stands for all its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Mention, Sentence
from kg.text import Word

_CLAUSE_ENDS = frozenset("，,；;：:。！？!?—\n")


class Item(NamedTuple):
    """A word (`mention` is -1), or a mention by its position in the document's mentions."""

    start: int
    end: int
    text: str
    tag: str
    mention: int = -1


class Clause(NamedTuple):
    """One clause: its words, the mentions inside it, its span."""

    words: Sequence[Word]
    mentions: Sequence[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """One sentence with its words, mentions and clauses; `reporter` is the part that only reports,
    which no clause holds."""

    sentence: Sentence
    number: int
    words: tuple[Word, ...]
    mentions: tuple[int, ...]
    clauses: tuple[Clause, ...]
    reporter: tuple[int, int] | None = None


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
    starts = [mentions[index].start for index in inside]
    clauses: list[Clause] = []

    def close(row: Sequence[Word]) -> None:
        start, end = row[0].start, row[-1].end
        here = inside[bisect_left(starts, start) : bisect_left(starts, end)]
        here = [index for index in here if mentions[index].end <= end]
        clauses.append(Clause(row, here, start, end))

    begin = begun = reach = 0
    for at, (start, end, text, _) in enumerate(words):
        if text[0] not in _CLAUSE_ENDS:
            continue
        while begun < len(inside) and starts[begun] < start:
            reach = max(reach, mentions[inside[begun]].end)
            begun += 1
        if reach <= end:  # no mention holds it
            if at > begin:
                close(words[begin:at])
            begin = at + 1
    if begin < len(words):
        close(words[begin:])
    return Parsed(sentence, number, every, tuple(inside), tuple(clauses), skip)


def items(words: Sequence[Word], here: Sequence[int], mentions: Sequence[Mention]) -> list[Item]:
    """The words with the longest of the mentions `here` folded in."""
    found: list[Item] = []
    for word, index in folded(words, here, mentions):
        if index < 0:
            found.append(Item(*word))
        else:
            mention = mentions[index]
            found.append(Item(mention.start, mention.end, mention.text, "M", index))
    return found


def folded(
    words: Sequence[Word], here: Sequence[int], mentions: Sequence[Mention]
) -> Iterator[tuple[Word, int]]:
    """The word that each item begins with, and the mention that it is (-1: the word alone)."""
    best: dict[int, int] = {}
    for index in here:
        old = best.get(mentions[index].start)
        if old is None or mentions[old].end < mentions[index].end:
            best[mentions[index].start] = index
    starts = iter(sorted(best))
    start = next(starts, -1)
    position = -1
    for word in words:
        if word.start < position:
            continue
        while 0 <= start < word.start:
            start = next(starts, -1)
        if word.start <= start < word.end:
            yield word, best[start]
            position = mentions[best[start]].end
        else:
            yield word, -1
            position = word.end
