"""What the two mentions of a pair are to each other: the features of all pairs of a document.

A document has thousands of pairs, so their features are computed as columns: one family of
features (`ord=F`, `ord=B`) for all pairs at once, as numbers that point into a list of names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

import numpy as np

from kg.model import Document, Mention
from kg.relate.clauses import Parsed
from kg.relate.coordination import Lists
from kg.relate.joints import Marks
from kg.rows import Column, Whole
from kg.text import Word

_DISTANCES = (0, 1, 2, 4, 7, 11, 16, 24, 36)
_AWAY = (10, 40, 80)
_SHORT = 4
"""Words between two mentions that are looked at one by one."""
_ORDERS = ("F", "B")
"""The subject comes first, or the object does."""


@dataclass(frozen=True, slots=True)
class Features:
    """Features of some of a document's pairs: `rows` says of which, each column has one for each
    of them."""

    rows: Whole
    columns: tuple[Column, ...]


class Scene(NamedTuple):
    """A sentence with what the features of its pairs ask about: the list that each mention stands
    in, the first actor (-1: none)."""

    parsed: Parsed
    lists: Lists
    actor: int


@dataclass(frozen=True, slots=True)
class Stage:
    """All sentences of a document in one row: their words, where the words of each begin (and the
    last one's end), their mentions (`inside`), and how each mention of the document stands in its
    sentence: (mentions, 8).

    The columns of `stands` are the number of the sentence (-1: none), its first and last word
    there, its position among the mentions, its position among those of its type and how many
    these are, its list (one number for all members), whether it is the first actor.
    """

    scenes: Sequence[Scene]
    words: Sequence[Word]
    begins: Whole
    inside: Whole
    stands: Whole


HOME, FIRST, LAST, _POSITION, _NTH, _ALIKE, _LIST, _IS_ACTOR = range(8)
"""Columns of `Stage.stands`."""


def stage_of(mentions: Sequence[Mention], scenes: Sequence[Scene]) -> Stage:
    """The Stage of sentences that are in the order of the text."""
    words = [word for scene in scenes for word in scene.parsed.words]
    begins = np.cumsum([0, *(len(scene.parsed.words) for scene in scenes)])
    rows: list[tuple[int, ...]] = []
    alike: list[int] = []
    for number, scene in enumerate(scenes):
        several: dict[str, int] = {}
        for position, index in enumerate(scene.parsed.mentions):
            nth = several.get(mentions[index].type, 0)
            several[mentions[index].type] = nth + 1
            rows.append((number, 0, 0, position, nth, 0, scene.lists[index][0],
                         index == scene.actor))  # fmt: skip
        alike += [several[mentions[index].type] for index in scene.parsed.mentions]
    inside = [index for scene in scenes for index in scene.parsed.mentions]
    here = np.array(rows, dtype=np.int64).reshape(-1, 8)
    here[:, _ALIKE] = alike
    begin = begins[here[:, HOME]]
    first = np.searchsorted([word.start for word in words], [mentions[m].start for m in inside],
                            "right")  # fmt: skip
    last = np.searchsorted([word.end for word in words], [mentions[m].end for m in inside])
    here[:, FIRST] = np.maximum(first - 1 - begin, 0)
    last = np.minimum(last, begins[here[:, HOME] + 1] - 1) - begin
    here[:, LAST] = np.maximum(here[:, FIRST], last)
    stands = np.full((len(mentions), 8), -1, dtype=np.int64)
    stands[inside] = here
    return Stage(scenes, words, begins, np.array(inside, dtype=np.int64), stands)


class Between:
    """The pairs of a document: subject, object and sentence of each as positions in `mentions` and
    the scenes of `stage`: (pairs, 3). Both stand in the sentence, or one of them does, or none."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], stage: Stage,
        types: tuple[str, ...], pairs: Whole,
    ) -> None:  # fmt: skip
        self._subject, self._object, self._scene = pairs.T
        self._mentions, self._stage, self._types = mentions, stage, types
        number = {name: at for at, name in enumerate(types)}
        kinds = np.array([number.get(m.type, -1) for m in mentions], dtype=np.int64)
        self._kinds = kinds[self._subject] * len(types) + kinds[self._object]
        self._told = _told(document, mentions, pairs[:, :2])
        self._standing = stage.stands
        self._words = _Words(stage.words)
        self._base = stage.begins[self._scene]

    def features(self) -> Iterator[Features]:
        """The features of the pairs that stand in their sentence, and of the others."""
        home = self._standing[:, HOME]
        inside = (home[self._subject] == self._scene) & (home[self._object] == self._scene)
        for rows, columns in (
            (np.flatnonzero(inside), self._both), (np.flatnonzero(~inside), self._one)
        ):  # fmt: skip
            kinds, told = self._kinds[rows], self._told[rows]
            yield Features(
                rows,
                (
                    Column(_typed(("ty=",), self._types), kinds),
                    *columns(rows, kinds),
                    Column(_TOGETHER, told),
                ),
            )

    def _one(self, rows: Whole, kinds: Whole) -> Iterator[Column]:
        """One of them is in another sentence."""
        subject, target, scene = self._subject[rows], self._object[rows], self._scene[rows]
        outer_subject = self._standing[subject, HOME] != scene
        side = (~outer_subject).astype(np.int64)
        inner = np.where(outer_subject, target, subject)
        outer = np.where(outer_subject, subject, target)
        ends = np.array([m.end for m in self._mentions], dtype=np.int64)
        begins = np.array([one.parsed.sentence.start for one in self._stage.scenes], dtype=np.int64)
        headings = np.array(
            [one.parsed.sentence.heading for one in self._stage.scenes], dtype=np.int64
        )
        away = np.searchsorted(_AWAY, begins[scene] - ends[outer])
        here = self._standing[inner, HOME] == scene
        position = np.minimum(self._standing[inner, _POSITION], 4)
        yield Column(_SIDE, side)
        yield Column(_typed(("ext=s", "ext=o"), self._types), side * len(self._types) ** 2 + kinds)
        yield Column(_AWAY_NAMES, side * (len(_AWAY) + 1) + away)
        yield Column(_POSITIONS, np.where(here, position, -1))
        yield Column(_HEADING, np.where(here, headings[scene], -1))

    def _both(self, rows: Whole, kinds: Whole) -> Iterator[Column]:
        """Both stand in the sentence."""
        subject, target = self._standing[self._subject[rows]], self._standing[self._object[rows]]
        backward = _after(subject, target)
        left_last = np.where(backward, target[:, LAST], subject[:, LAST])
        right_first = np.where(backward, subject[:, FIRST], target[:, FIRST])
        begin = self._base[rows] + left_last + 1
        end = np.maximum(self._base[rows] + right_first, begin)
        order = backward.astype(np.int64)
        distance = np.searchsorted(_DISTANCES, end - begin)
        commas = self._words.count(self._words.commas, begin, end)
        held = self._held(rows, left_last, right_first)
        several = len(self._types) ** 2
        nested = np.where(right_first <= left_last, order * several + kinds, -1)
        typed, types = _typed, self._types
        yield Column(_ORDER, order)
        yield Column(typed(_ORDER, types), order * several + kinds)
        yield Column(_DISTANCE, distance)
        yield Column(typed(_HALVED, types), distance // 2 * several + kinds)
        yield Column(_HELD, np.minimum(held, 6))
        yield Column(_COMMAS, np.minimum(commas, 4))
        yield Column(typed(_COMMAS[:3], types), np.minimum(commas, 2) * several + kinds)
        stops = self._words.count(self._words.stops, begin, end)
        yield Column(_LISTED, np.minimum(stops, 1))
        yield Column(_SIBLINGS, np.where(subject[:, _LIST] == target[:, _LIST], 1, 0))
        yield Column(_ACTOR, subject[:, _IS_ACTOR])
        yield Column(typed(_NESTED, types), nested)
        count = np.minimum(target[:, _ALIKE], 4) - 1
        yield Column(_LAST_ALIKE, (target[:, _NTH] + 1 == target[:, _ALIKE]) * 4 + count)
        count = np.minimum(subject[:, _ALIKE], 4) - 1
        yield Column(_NTH_ALIKE, np.minimum(subject[:, _NTH], 3) * 4 + count)
        yield from self._words.verbs(begin, end, order)
        yield from self._words.gaps(begin, end, order)

    def _held(self, rows: Whole, left_last: Whole, right_first: Whole) -> Whole:
        """How many mentions stand between the two: that begin there, but for those that reach the
        second one."""
        stage, size = self._stage, len(self._stage.words)
        own = stage.stands[stage.inside]
        firsts = own[:, FIRST] + stage.begins[own[:, HOME]]  # in order, as the mentions are
        left, right = self._base[rows] + left_last, self._base[rows] + right_first
        begun = np.searchsorted(firsts, right) - np.searchsorted(firsts, left, "right")
        # Every word that a mention goes on to, with the one that it began with.
        number, step = runs(np.ones_like(firsts), own[:, LAST] - own[:, FIRST])
        reached = np.sort((firsts[number] + step) * size + firsts[number])
        reaching = np.searchsorted(reached, right * size + right) - np.searchsorted(
            reached, right * size + left, "right"
        )
        held: Whole = np.maximum(begun, 0) - reaching
        return held


def runs(begin: Whole, size: Whole) -> tuple[Whole, Whole]:
    """For the places of all runs of `size` places from `begin` on, one after another, the number
    of the run and the place."""
    number = np.repeat(np.arange(len(size)), size)
    return number, np.arange(len(number)) + (begin + size - np.cumsum(size))[number]


def _after(subject: Whole, target: Whole) -> Marks:
    """Whether the object stands before the subject."""
    first = subject[:, FIRST] - target[:, FIRST]
    later: Marks = (first > 0) | ((first == 0) & (subject[:, LAST] > target[:, LAST]))
    return later


def _told(document: Document, mentions: Sequence[Mention], pairs: Whole) -> Whole:
    """In how many sentences the two of each pair are both named; 3 stands for more."""
    starts = [sentence.start for sentence in document.sentences]
    number: dict[str, int] = {}
    told: list[int] = []  # the sentences of each name, a bit for each
    names = np.zeros(len(mentions), dtype=np.int64)
    for at, mention in enumerate(mentions):
        name = names[at] = number.setdefault(mention.name, len(told))
        if name == len(told):
            told.append(0)
        told[name] |= 1 << bisect_right(starts, mention.start)
    ends = np.sort(names[pairs], axis=1)
    both, code = np.unique(ends[:, 0] * len(told) + ends[:, 1], return_inverse=True)
    couples = zip((both // len(told)).tolist(), (both % len(told)).tolist(), strict=True)
    count = [(told[one] & told[other]).bit_count() for one, other in couples]
    return np.minimum(np.array(count, dtype=np.int64), 3)[code]


class _Words:
    """The words of all sentences in one row, to ask what stands in a stretch of it."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        _, _, texts, tags = zip(*words, strict=True) if words else ((), (), (), ())
        self.commas = _counted([text in "，；：。" for text in texts])
        self.stops = _counted([text == "、" for text in texts])
        verbal = [tag[:1] == "v" for tag in tags]
        self._verbs = _counted(verbal)
        number: dict[str, int] = {}
        verbs = [number.setdefault(text, len(number)) for text in compress(texts, verbal)]
        self._names = tuple(number)
        # Two of no name at the end, for the stretches that begin there.
        self._number = np.array([*verbs, -1, -1], dtype=np.int64)

    def count(self, counted: Whole, begin: Whole, end: Whole) -> Whole:
        """How many words of a kind stand in each stretch."""
        return counted[end] - counted[begin]

    def verbs(self, begin: Whole, end: Whole, order: Whole) -> Iterator[Column]:
        """The first two verbs of each stretch and the last two, each word once."""
        names = tuple(f"v={way}{verb}" for way in _ORDERS for verb in self._names)
        low, high = self._verbs[begin], self._verbs[end]
        seen: list[Whole] = []
        for place in (low, low + 1, high - 2, high - 1):
            verb = np.where((low <= place) & (place < high), self._number[place], -1)
            for before in seen:
                verb = np.where(verb == before, -1, verb)
            seen.append(verb)
            yield Column(names, np.where(verb >= 0, order * len(self._names) + verb, -1))

    def gaps(self, begin: Whole, end: Whole, order: Whole) -> Iterator[Column]:
        """Each short stretch as a whole: its words, and their parts of speech."""
        size = end - begin
        wanted = np.where(size <= _SHORT, begin * (_SHORT + 1) + size, -1)
        wanted[size == 0] = 0
        stretches, code = np.unique(wanted, return_inverse=True)
        places = (divmod(at, _SHORT + 1) for at in stretches.tolist())
        rows = [self._words[first : first + count] for first, count in places]
        gaps = tuple("gap=" + "".join(word.text for word in row) for row in rows)
        tags = ["".join(word.tag[:1] or "?" for word in row) for row in rows]
        short = wanted >= 0
        yield Column(gaps, np.where(short, code, -1))
        yield Column(tuple(f"tags={way}{row}" for way in _ORDERS for row in tags),
                     np.where(short, order * len(tags) + code, -1))  # fmt: skip


def _counted(marks: Sequence[bool]) -> Whole:
    """How many are marked before each place."""
    return np.cumsum([0, *marks])


@lru_cache(maxsize=32)
def _typed(names: tuple[str, ...], types: tuple[str, ...]) -> tuple[str, ...]:
    """Each name with each pair of types."""
    return tuple(f"{name}{one}>{other}" for name in names for one in types for other in types)


def _named(family: str, values: Sequence[object]) -> tuple[str, ...]:
    return tuple(f"{family}={value}" for value in values)


_TRUTH = (False, True)
_TOGETHER = _named("tog", range(4))
_SIDE = _named("ext", "so")
_AWAY_NAMES = tuple(f"extd={side}{n}" for side in "so" for n in range(len(_AWAY) + 1))
_POSITIONS = tuple(f"ext@{n}" for n in range(5))
_HEADING = _named("exth", _TRUTH)
_ORDER = _named("ord", _ORDERS)
_DISTANCE = _named("d", range(len(_DISTANCES) + 1))
_HALVED = _DISTANCE[: len(_DISTANCES) // 2 + 1]
_HELD = _named("b", range(7))
_COMMAS = _named("q", range(5))
_LISTED = _named("lst", _TRUTH)
_SIBLINGS = _named("sib", _TRUTH)
_ACTOR = _named("first", _TRUTH)
_NESTED = _named("in", _ORDERS)
_LAST_ALIKE = tuple(f"last={last}:{n}" for last in _TRUTH for n in range(1, 5))
_NTH_ALIKE = tuple(f"nth={nth}:{n}" for nth in range(4) for n in range(1, 5))
