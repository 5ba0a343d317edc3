"""Rows of weights that features pick, and their sums: what a network knows of words and pairs.

Rows are float32 and are added in a fixed order, so that every machine gets the same sums.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, repeat
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.floating]
Whole = npt.NDArray[np.int64]

_BLOCK = 512
"""Collections of features that are added up at once."""
_PICKED = 256
"""Things whose picked rows are added up at once."""
_COMBINATIONS = 512
"""Ways to combine the features of several columns, whose sums are made beforehand."""


class Column(NamedTuple):
    """One feature of each of many things: `names[code]`, none where the code is -1."""

    names: tuple[str, ...]
    codes: Whole


class Picked(NamedTuple):
    """For each of many things one of a few rows."""

    rows: Matrix
    which: Whole


_T = TypeVar("_T", bound=Hashable)


class Memory(Generic[_T]):
    """Rows that depend on nothing but their key, which `make` makes. They are kept from one text
    to the next: most words of a text stood in others before it."""

    def __init__(self, make: Callable[[Sequence[_T]], Matrix], room: int = 2**14) -> None:
        """`room` is how many rows are kept at most, unless a single text needs more: when there
        is none left, all are forgotten."""
        self._make, self._room = make, room
        self._place: dict[_T, int] = {}
        self._rows = np.zeros((0, 0), dtype=np.float32)
        self._lock = Lock()

    def picked(self, keys: Sequence[_T]) -> Picked:
        """The row of each key."""
        with self._lock:
            which = self._places(keys)
            if not keys or which.min() < 0:
                self._learn(keys)
                which = self._places(keys)
            return Picked(self._rows, which)

    def _places(self, keys: Sequence[_T]) -> Whole:
        """The row of each key, -1 for none yet."""
        return np.fromiter(map(self._place.get, keys, repeat(-1)), np.int64, len(keys))

    def _learn(self, keys: Sequence[_T]) -> None:
        new = [key for key in dict.fromkeys(keys) if key not in self._place]
        if self._place and len(self._place) + len(new) > self._room:
            self._place = {}
            new = [*dict.fromkeys(keys)]
        made = self._make(new)
        begin, end = len(self._place), len(self._place) + len(new)
        if not begin:  # rows that were handed out before stay as they are
            self._rows = np.zeros((2 * end, made.shape[1]), dtype=np.float32)
        elif end > len(self._rows):
            self._rows = np.pad(self._rows[:begin], ((0, end), (0, 0)))
        self._rows[begin:end] = made
        self._place.update(zip(new, range(begin, end), strict=True))


@dataclass(frozen=True, eq=False)
class Table:
    """A row of weights for each feature that the network knows; row 0 is nothing."""

    place: Mapping[str, int]
    rows: Matrix

    @cached_property
    def _memory(self) -> Memory[tuple[str, ...]]:
        return Memory(self.sums)

    def picked(self, several: Sequence[tuple[str, ...]]) -> Picked:
        """For each collection of features the sum of their rows."""
        return self._memory.picked(several)

    def sums(self, several: Iterable[Iterable[str]]) -> Matrix:
        """For each collection of features the sum of their rows: (collections, width)."""
        known: list[int] = []
        starts: list[int] = []
        find = self.place.get
        for names in several:
            starts.append(len(known))
            known += filter(None, map(find, names))  # row 0 is nothing, and no feature's
        sizes = np.diff([*starts, len(known)])
        # The longest in front: those that have one feature more are always the first rows.
        order = np.argsort(-sizes, kind="stable")
        first, rows = np.array(starts, dtype=np.int64)[order], np.array(known, dtype=np.int64)
        longest = int(sizes.max(initial=0))
        more = [int(np.count_nonzero(sizes > place)) for place in range(longest)]
        places = [rows[first[:many] + place] for place, many in enumerate(more)]
        added = np.empty((len(starts), self.rows.shape[1]), dtype=np.float32)
        added[order] = self._added(len(starts), places)
        return added

    def sums_of(self, columns: Sequence[Column]) -> Matrix:
        """The same for features in columns, which are all of one length: (length, width)."""
        return picked_sums([self._of_all(several) for several in _together(columns)])

    def _of_all(self, several: Sequence[Column]) -> Picked:
        """For each thing the row of all its features in `several` columns."""
        if len(several) == 1:
            [(names, codes)] = several
            return Picked(self.rows, _places(self, names)[codes])
        which = np.zeros(len(several[0].codes), dtype=np.int64)
        for names, codes in several:
            ways = len(names) + 1
            which = which * ways + codes % ways  # -1, for none, is the last of the ways
        return Picked(_combined(self, tuple(column.names for column in several)), which)

    def _added(self, count: int, places: Sequence[Whole]) -> Matrix:
        """The rows at each of `places` added up, which are for the first of `count` sums.

        Twenty times as quick as np.add.reduceat; blocks keep the sums in the cache.
        """
        added = np.zeros((count, self.rows.shape[1]), dtype=np.float32)
        for begin in range(0, count, _BLOCK):
            sums = added[begin : begin + _BLOCK]
            for column in places:
                here = column[begin : begin + _BLOCK]
                sums[: len(here)] += picked_rows(self.rows, here)
        return added


def picked_rows(rows: Matrix, which: Whole) -> Matrix:
    """`rows[which]`, in two thirds of the time: nobody looks whether there is such a row. Numbers
    are from 0 on."""
    return rows.take(which, axis=0, mode="clip")


def picked_sums(several: Sequence[Picked]) -> Matrix:
    """For each thing the sum of the rows that `several` pick for it. A block of things is added up
    at once, so that its sums stay in the cache."""
    count, width = len(several[0].which), several[0].rows.shape[1]
    added = np.zeros((count, width), dtype=np.float32)
    for begin in range(0, count, _PICKED):
        sums = added[begin : begin + _PICKED]
        for rows, which in several:
            sums += picked_rows(rows, which[begin : begin + _PICKED])
    return added


@lru_cache(maxsize=64)
def _places(table: Table, names: tuple[str, ...]) -> Whole:
    """The row of each feature, and at the end the row of nothing, for code -1. Most families have
    the same names in every document."""
    found = chain(map(table.place.get, names, repeat(0)), (0,))
    return np.fromiter(found, np.int64, len(names) + 1)


def _together(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """The columns, those of few names together: they have few combinations."""
    held: list[Column] = []
    ways = 1
    for column in sorted(columns, key=lambda column: len(column.names)):
        ways *= len(column.names) + 1
        if held and ways > _COMBINATIONS:
            yield held
            held, ways = [], len(column.names) + 1
        held.append(column)
    yield held


@lru_cache(maxsize=64)
def _combined(table: Table, several: tuple[tuple[str, ...], ...]) -> Matrix:
    """The sums of the rows of one name, or none, from each."""
    rows = table.rows[:1]  # of nothing
    for names in several:
        own = table.rows[_places(table, names)]
        rows = (rows[:, None] + own).reshape(-1, rows.shape[1])
    return rows
