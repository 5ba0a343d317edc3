"""What the ranker is trained on, as arrays of one size: sentences with their pairs, whole texts
together as far as they fit, since a pair is told of the other pairs of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from learning import Rows

from kg.network import WINDOW
from kg.relate.ranker import STRETCHES
from kg.vectors import vectors

WORDS_AT_ONCE, PAIRS_AT_ONCE, ENDS_AT_ONCE = 1792, 1280, 1024
"""What is trained together: so many words and pairs, with room for so many ends of pairs or twice
as many, and so on. A longer text is cut between sentences; a sentence that is longer by itself is
left out."""
SURE = 8.0
"""Weight of what is beyond doubt beside a pair of an annotated article."""
_APART = WINDOW // 2
"""Rows of nothing between two sentences, so that no window reaches from one into the next."""
_T = TypeVar("_T")


@dataclass(frozen=True)
class Lesson:
    """A sentence with its pairs, one of those of `text`, which follow each other. `ends` are the
    subject and object of each pair, as numbers of the mentions of the sentence, `names` what the
    two are called, as numbers of the names of the text: (pairs, 2). `right` says which edges hold
    (1), which do not (0), and which the annotation leaves open (-1): (pairs, edges); `sure` that
    this is beyond doubt."""

    article: str
    text: int
    words: Sequence[str]
    features: Sequence[Sequence[str]]
    pairs: Sequence[Sequence[str]]
    parts: Any
    ends: Any
    names: Any
    right: Any
    sure: bool = False


@dataclass(frozen=True)
class Row:
    """A Lesson with the features that are known, as numbers."""

    lesson: Lesson
    words: Sequence[Any]
    pairs: Sequence[Any]


def row_of(lesson: Lesson, of_words: Rows, of_pairs: Rows) -> Row:
    """The Row of a lesson for a network that knows these features."""
    return Row(
        lesson, [of_words.known(names) for names in lesson.features],
        [of_pairs.known(names) for names in lesson.pairs],
    )  # fmt: skip


def _fits(words: int, pairs: int) -> bool:
    return words <= WORDS_AT_ONCE and pairs <= PAIRS_AT_ONCE


def _size(lesson: Lesson) -> tuple[int, int]:
    """The rows that its words and its pairs take."""
    return len(lesson.words) + _APART, len(lesson.pairs)


def _packed(several: Iterable[_T], size: Callable[[_T], tuple[int, int]]) -> Iterator[list[_T]]:
    """What follows each other, as many at once as fit; each of them fits."""
    held: list[_T] = []
    words = pairs = 0
    for one in several:
        more, most = size(one)
        if held and not _fits(words + more, pairs + most):
            yield held
            held, words, pairs = [], 0, 0
        held.append(one)
        words, pairs = words + more, pairs + most
    if held:
        yield held


def pieces_of(text: Iterable[Lesson]) -> Iterator[list[Lesson]]:
    """The sentences of a text, cut into as few pieces as can be trained at once."""
    return _packed((lesson for lesson in text if _fits(*_size(lesson))), _size)


def batches_of(
    pieces: Sequence[Sequence[Row]], random: np.random.RandomState
) -> Iterator[list[Sequence[Row]]]:
    """The pieces in random order, as many at once as fit."""

    def size(piece: Sequence[Row]) -> tuple[int, int]:
        words, pairs = zip(*(_size(row.lesson) for row in piece), strict=True)
        return sum(words), sum(pairs)

    return _packed((pieces[at] for at in random.permutation(len(pieces))), size)


@dataclass
class Batch:
    """Pieces as arrays: known features flat, one row a word or pair. `groups` are the numbers of
    subject and object among the mentions, of both among the names, and of the two names."""

    words: list[Any]
    pairs: list[Any]
    vectors: Any
    real: Any
    alive: Any
    parts: Any
    groups: Any
    right: Any
    asked: Any
    room: int

    @property
    def seen(self) -> tuple[Any, ...]:
        """What the network looks at besides the features."""
        return self.vectors, self.real, self.parts, self.groups, self.alive


def take(pieces: Sequence[Sequence[Row]]) -> Batch:
    """The Batch of pieces that fit into one."""
    nothing, edges = np.zeros(0, dtype=np.int64), pieces[0][0].lesson.right.shape[1]
    width = vectors().rows.shape[1]
    batch = Batch(
        [], [], np.zeros((WORDS_AT_ONCE, width), np.float32),
        np.zeros((WORDS_AT_ONCE, 1), np.float32), np.zeros((PAIRS_AT_ONCE, 1), np.float32),
        np.zeros((STRETCHES, PAIRS_AT_ONCE, 2), np.int32),
        np.zeros((5, PAIRS_AT_ONCE), np.int32), np.zeros((PAIRS_AT_ONCE, edges), np.float32),
        np.zeros((PAIRS_AT_ONCE, edges), np.float32), ENDS_AT_ONCE,
    )  # fmt: skip
    ends: dict[tuple[int, ...], int] = {}
    names: dict[tuple[int, ...], int] = {}
    both: dict[tuple[int, ...], int] = {}
    for text, piece in enumerate(pieces):
        for sentence, row in enumerate(piece):
            lesson = row.lesson
            at, first = len(batch.words), len(batch.pairs)
            here, rows = slice(at, at + len(row.words)), slice(first, first + len(row.pairs))
            batch.words += [*row.words, *[nothing] * _APART]
            batch.pairs += row.pairs
            batch.vectors[here] = vectors().of(lesson.words)
            batch.real[here] = batch.alive[rows] = 1.0
            batch.parts[:, rows] = np.asarray(lesson.parts).swapaxes(0, 1) + at
            batch.right[rows] = lesson.right == 1
            batch.asked[rows] = (lesson.right >= 0) * (SURE if lesson.sure else 1.0)
            for place, ((one, other), (name, called)) in enumerate(
                zip(lesson.ends.tolist(), lesson.names.tolist(), strict=True), first
            ):
                batch.groups[:, place] = (
                    ends.setdefault((text, sentence, one), len(ends)),
                    ends.setdefault((text, sentence, other), len(ends)),
                    names.setdefault((text, name), len(names)),
                    names.setdefault((text, called), len(names)),
                    both.setdefault((text, name, called), len(both)),
                )
    while batch.room <= max(len(ends), len(names)):
        batch.room *= 2
    batch.groups[:4, len(batch.pairs) :] = batch.room - 1
    batch.groups[4, len(batch.pairs) :] = PAIRS_AT_ONCE - 1
    batch.words += [nothing] * (WORDS_AT_ONCE - len(batch.words))
    batch.pairs += [nothing] * (PAIRS_AT_ONCE - len(batch.pairs))
    return batch
