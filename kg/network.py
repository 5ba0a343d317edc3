"""Small networks over the words of a sentence, in exact arithmetic.

Weights are whole multiples of 1/1024, word vectors of 1/128, and what a layer hands on is cut to
multiples of 1/256. All of that and every product and sum of it is exact in float64, so that a
network decides the same on every machine, in whatever order the numbers are added.

Trained by scripts/train.py; nothing here knows what the networks are for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

WEIGHT, SIGNAL, VECTOR = 1024, 256, 128
"""Parts of one in which weights, signals between layers, and word vectors are counted."""
_BLOCK = 512
"""Collections of features that are added up at once."""
_REACH = 2
"""Words to each side that a window sees, before it is spread."""


@dataclass(frozen=True, slots=True)
class Table:
    """A row of weights for each feature that the network knows; row 0 is nothing."""

    place: Mapping[str, int]
    rows: npt.NDArray[np.int32]

    def sums(self, several: Sequence[Iterable[str]]) -> Matrix:
        """For each collection of features the sum of their rows: (len(several), width)."""
        known: list[int] = []
        starts: list[int] = []
        find = self.place.get
        for names in several:
            starts.append(len(known))
            known += [at for name in names if (at := find(name)) is not None]
        ends = np.array([*starts[1:], len(known)], dtype=np.int64)
        return self._added(np.array(known, dtype=np.int64), np.array(starts, dtype=np.int64), ends)

    def _added(self, known: Whole, starts: Whole, ends: Whole) -> Matrix:
        """The sum of the rows known[start:end] for each start and end.

        All first rows are added at once, then all second ones, with the longest collections in
        front: twenty times as quick as np.add.reduceat. Blocks keep the sums in the cache.
        """
        sizes = ends - starts
        order = np.argsort(-sizes, kind="stable")
        added = np.zeros((len(starts), self.rows.shape[1]), dtype=np.int32)
        for at in range(0, len(order), _BLOCK):
            block = order[at : at + _BLOCK]
            sums = np.zeros((len(block), self.rows.shape[1]), dtype=np.int32)
            longer = sizes[block]
            for place in range(int(longer[0])):
                many = int(np.count_nonzero(longer > place))
                sums[:many] += self.rows[known[starts[block[:many]] + place]]
            added[block] = sums
        return added / WEIGHT


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
            array.astype(np.int32),
        )
        for name, array in arrays.items()
        if name.startswith("table:")
    }
    weights = {
        name.removeprefix("weight:"): array.astype(np.float64) / WEIGHT
        for name, array in arrays.items()
        if name.startswith("weight:")
    }
    return Network(tables, weights, lists)


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
    cut: Matrix = np.maximum(sums, 0.0)
    cut *= SIGNAL
    np.floor(cut, out=cut)
    cut /= SIGNAL
    return cut


def window(rows: Matrix, spread: int = 1) -> Matrix:
    """Each row beside two before and two after it, `spread` apart: five times as wide."""
    size = _REACH * spread
    edge = np.zeros((size, rows.shape[1]))
    padded = np.vstack([edge, rows, edge])
    return np.hstack(
        [padded[at * spread : at * spread + len(rows)] for at in range(2 * _REACH + 1)]
    )


def spaced(sizes: Iterable[int], spread: int = 1) -> tuple[list[int], int]:
    """Where each of several stretches of rows begins when no window, `spread` apart, may reach
    from one into the next, and how many rows that takes."""
    places, at = [], 0
    for size in sizes:
        places.append(at)
        at += size + _REACH * spread
    return places, at


@dataclass(frozen=True, slots=True)
class Vectors:
    """What company each word keeps, as a vector; words that stand in the same places are near."""

    place: Mapping[str, int]
    rows: Matrix

    def of(self, words: Iterable[str]) -> Matrix:
        """A row for each word; for an unknown one the mean of its characters'."""
        return np.array([self._row(word) for word in words]).reshape(-1, self.rows.shape[1])

    def _row(self, word: str) -> Matrix:
        at = self.place.get(word)
        if at is not None:
            row: Matrix = self.rows[at]
            return row
        parts = [self.place[char] for char in word if char in self.place]
        if not parts:
            return np.zeros(self.rows.shape[1])
        mean: Matrix = np.floor(self.rows[parts].sum(axis=0) / len(parts) * VECTOR) / VECTOR
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
        rows = stored["rows"].astype(np.float64) / VECTOR
    return Vectors({word: at for at, word in enumerate(words)}, rows)
