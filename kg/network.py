"""Small networks over the words of a sentence, in exact arithmetic.

Weights are whole multiples of 1/1024, word vectors of 1/128, and what a layer hands on is cut to
multiples of 1/256. Products of such rows are exact, in float32 where none can grow beyond the whole
parts that it counts, else in float64; all else is added number by number in a fixed order. So a
network decides the same on every machine.

Trained by scripts/train.py; nothing here knows what the networks are for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.floating]
Whole = npt.NDArray[np.int64]

WEIGHT, SIGNAL, VECTOR = 1024, 256, 128
"""Parts of one in which weights, signals between layers, and word vectors are counted."""
_BLOCK = 512
"""Collections of features that are added up at once."""
_PICKED = 128
"""Things whose picked rows are added up at once."""
_COMBINATIONS = 512
"""Ways to combine the features of several columns, whose sums are made beforehand."""
_WHOLE_IN_FLOAT32 = 2**24
_REACH = 2
"""Words to each side that a window sees, before it is spread."""


class Column(NamedTuple):
    """One feature of each of many things: `names[code]`, none where the code is -1."""

    names: tuple[str, ...]
    codes: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A row of weights for each feature that the network knows; row 0 is nothing."""

    place: Mapping[str, int]
    rows: Matrix

    def picked(self, several: Sequence[tuple[str, ...]]) -> Picked:
        """For each collection of features the sum of their rows. Of a text's words most occur
        several times, with the same collection: each of these is added up once."""
        single = {id(names): names for names in several}  # quicker than by what they hold
        _, which = _once([*map(id, several)])
        return Picked(self.sums([*single.values()]), which)

    def sums(self, several: Sequence[Iterable[str]]) -> Matrix:
        """For each collection of features the sum of their rows: (len(several), width)."""
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
                sums[: len(here)] += self.rows[here]
        return added


class Picked(NamedTuple):
    """For each of many things one of a few rows."""

    rows: Matrix
    which: Whole


def picked_sums(several: Sequence[Picked]) -> Matrix:
    """For each thing the sum of the rows that `several` pick for it. A block of things is added up
    at once, so that its sums stay in the cache."""
    count, width = len(several[0].which), several[0].rows.shape[1]
    added = np.zeros((count, width), dtype=np.float32)
    for begin in range(0, count, _PICKED):
        sums = added[begin : begin + _PICKED]
        for rows, which in several:
            sums += rows[which[begin : begin + _PICKED]]
    return added


_T = TypeVar("_T", bound=Hashable)


def _once(things: Sequence[_T]) -> tuple[list[_T], Whole]:
    """The things without repetitions, and which of these each one is."""
    place = {thing: at for at, thing in enumerate(dict.fromkeys(things))}
    return [*place], np.array([*map(place.__getitem__, things)], dtype=np.int64)


@lru_cache(maxsize=64)
def _places(table: Table, names: tuple[str, ...]) -> Whole:
    """The row of each feature, and at the end the row of nothing, for code -1. Most families have
    the same names in every document."""
    return np.array([*(table.place.get(name, 0) for name in names), 0], dtype=np.int64)


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


@dataclass(frozen=True, slots=True)
class Network:
    """What a file of weights holds: tables by name, matrices by name, lists of words by name."""

    tables: Mapping[str, Table]
    weights: Mapping[str, Matrix]
    lists: Mapping[str, tuple[str, ...]]


def load(data: bytes) -> Network:
    """A Network from the bytes that `pack` makes."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    lists = {
        name.removeprefix("list:"): tuple(array.tobytes().decode("utf-8").split("\n"))
        for name, array in arrays.items()
        if name.startswith("list:")
    }
    tables = {
        name.removeprefix("table:"): Table(
            {feature: at for at, feature in enumerate(lists[name.removeprefix("table:")], 1)},
            array.astype(np.float32) / np.float32(WEIGHT),
        )
        for name, array in arrays.items()
        if name.startswith("table:")
    }
    weights = {
        name.removeprefix("weight:"): array.astype(np.float32) / np.float32(WEIGHT)
        for name, array in arrays.items()
        if name.startswith("weight:")
    }
    return Network(tables, weights, lists)


def shipped(package: str, name: str) -> Network | None:
    """The weights file `name` that comes with `package`; None in a checkout that has not been
    trained."""
    file = files(package) / name
    return load(file.read_bytes()) if file.is_file() else None


def pack(
    tables: Mapping[str, tuple[Sequence[str], Matrix]], weights: Mapping[str, Matrix],
    lists: Mapping[str, Sequence[str]],
) -> bytes:  # fmt: skip
    """The bytes of a weights file, the same for the same weights.

    A table is the names of its features and their rows, without the row of nothing.
    """
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, (features, rows) in tables.items():
        arrays[f"table:{name}"] = _whole(np.vstack([np.zeros((1, rows.shape[1])), rows]))
        arrays[f"list:{name}"] = _text(features)
    arrays |= {f"weight:{name}": _whole(matrix) for name, matrix in weights.items()}
    arrays |= {f"list:{name}": _text(words) for name, words in lists.items()}
    stored = BytesIO()
    ordered = {name: arrays[name] for name in sorted(arrays)}
    np.savez_compressed(stored, **ordered)  # type: ignore[arg-type]  # its stub fears allow_pickle
    return stored.getvalue()


def _whole(matrix: Matrix) -> npt.NDArray[np.int16]:
    limit = np.iinfo(np.int16).max
    return np.clip(np.round(matrix * WEIGHT), -limit, limit).astype(np.int16)


def _text(words: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


def signal(sums: Matrix) -> Matrix:
    """What a layer hands on: nothing below zero, the rest cut to whole parts."""
    cut: Matrix = np.maximum(sums, 0)
    cut *= SIGNAL
    np.floor(cut, out=cut)
    cut /= SIGNAL
    return cut


def window(rows: Matrix, weights: Matrix, spread: int = 1) -> Matrix:
    """For each row what it and the two before and after it, `spread` apart, add up to: a fifth of
    `weights` (five times as high as `rows` are wide) is for each of the five."""
    size, count = _REACH * spread, len(rows)
    several = np.split(weights, 2 * _REACH + 1)
    kind = _exact_kind(rows, several)
    padded = np.zeros((count + 2 * size, rows.shape[1]), dtype=kind)
    padded[size : size + count] = rows
    parts = [weight.astype(kind, copy=False) for weight in several]
    added = np.zeros((count, weights.shape[1]), dtype=kind)
    for place, part in enumerate(parts):
        added += padded[place * spread : place * spread + count] @ part
    return added


def product(signals: Matrix, weights: Matrix) -> Matrix:
    """signals @ weights, exact, in the quickest kind of number that it can be counted in."""
    kind = _exact_kind(signals, [weights])
    return signals.astype(kind, copy=False) @ weights.astype(kind, copy=False)


def _exact_kind(signals: Matrix, several: Sequence[Matrix]) -> type[np.floating]:
    """float32, which is twice as quick as float64, where no sum of a product of `signals` with any
    of several weights can grow beyond the whole parts that float32 can count."""
    weights = np.array([np.abs(one).max(axis=1) for one in several], dtype=np.float64)
    largest = signals.astype(np.float64) @ weights.T  # exact, so that every machine decides alike
    exact = largest.max(initial=0.0) * SIGNAL * WEIGHT < _WHOLE_IN_FLOAT32
    return np.float32 if exact else np.float64


def spaced(sizes: Iterable[int], spread: int = 1) -> tuple[list[int], int]:
    """Where each of several stretches of rows begins when no window, `spread` apart, may reach
    from one into the next, and how many rows that takes."""
    places, at = [], 0
    for size in sizes:
        places.append(at)
        at += size + _REACH * spread
    return places, at


def laid_out(
    rows: Matrix, stretches: Iterable[tuple[int, int]], places: Iterable[int], size: int
) -> tuple[Matrix, Matrix]:
    """Stretches of rows (first, last plus one) at the places that `spaced` gives them, zero
    between them: (size, width); and which of these rows are real, 1 or 0: (size, 1)."""
    spread = np.zeros((size, rows.shape[1]), dtype=rows.dtype)
    real = np.zeros((size, 1), dtype=rows.dtype)
    for (begin, end), place in zip(stretches, places, strict=True):
        spread[place : place + end - begin] = rows[begin:end]
        real[place : place + end - begin] = 1.0
    return spread, real


@dataclass(frozen=True, slots=True)
class Vectors:
    """What each word is like, as a vector: words that mean the like, or stand in the same places,
    are near. `rows` are whole numbers of `VECTOR` parts."""

    place: Mapping[str, int]
    rows: npt.NDArray[np.int8]

    def product(self, words: Sequence[str], weights: Matrix) -> Picked:
        """of(words) @ weights, exact. What a text has several times is multiplied once."""
        single, which = _once(words)
        # No value is beyond 1, so that no sum can grow beyond a column of weights.
        largest = np.abs(weights).sum(axis=0).max(initial=0.0)
        kind = np.float32 if largest * VECTOR * WEIGHT < _WHOLE_IN_FLOAT32 else np.float64
        return Picked(self.of(single).astype(kind) @ weights.astype(kind), which)

    def of(self, words: Sequence[str]) -> Matrix:
        """A row for each word; for an unknown one the mean of its characters'."""
        known = [self.place.get(word, -1) for word in words]
        found = self.rows[np.array(known, dtype=np.int64)].astype(np.float64) / VECTOR
        for at, place in enumerate(known):
            if place < 0:
                found[at] = self._mean(words[at])
        return found

    def _mean(self, word: str) -> Matrix:
        parts = [self.place[char] for char in word if char in self.place]
        if not parts:
            return np.zeros(self.rows.shape[1])
        added = self.rows[parts].sum(axis=0, dtype=np.int64)
        mean: Matrix = np.floor(added / len(parts)) / VECTOR
        return mean


def pack_vectors(words: Sequence[str], rows: Matrix) -> bytes:
    """The bytes of a vectors file. Values must lie between -1 and 1."""
    whole = np.clip(np.round(rows * VECTOR), -127, 127).astype(np.int8)
    stored = BytesIO()
    np.savez_compressed(stored, rows=whole, words=_text(words))
    return stored.getvalue()


@cache
def vectors() -> Vectors:
    """The word vectors that come with kg (scripts/vectors.py makes them)."""
    data = (files("kg") / "vectors.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode("utf-8").split("\n")
        rows = stored["rows"]
    return Vectors({word: at for at, word in enumerate(words)}, rows)
