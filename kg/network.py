"""Small networks over the words of a sentence, in exact arithmetic.

Weights are whole multiples of 1/1024, word vectors of 1/128 (kg/vectors.py), and what a layer
hands on is cut to multiples of 1/256. Products of such rows are exact, in float32 where none can
grow beyond the whole parts that it counts, else in float64; all else is added number by number in a
fixed order. So a network decides the same on every machine.

Trained by scripts/train.py; nothing here knows what the networks are for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import repeat
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.floating]
Whole = npt.NDArray[np.int64]

WEIGHT, SIGNAL = 1024, 256
"""Parts of one in which weights and the signals between layers are counted."""
_BLOCK = 512
"""Collections of features that are added up at once."""
_PICKED = 256
"""Things whose picked rows are added up at once."""
_RUNNING = 32
"""Rows of a block whose running sums are made side by side with those of the others."""
_COMBINATIONS = 512
"""Ways to combine the features of several columns, whose sums are made beforehand."""
_WHOLE_IN_FLOAT32 = 2**24 - 2**14
"""What float32 counts to in whole numbers, less what a sum in float32 may be misjudged by."""
_REACH = 2
"""Words to each side that a window sees, before it is spread."""
WINDOW = 2 * _REACH + 1
"""Words of a window, and parts of the layer that weighs them."""


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
    found = map(table.place.get, (*names, ""), repeat(0))
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


class Layer:
    """A matrix that signals are multiplied with; cut into `parts` from top to bottom where each
    part is for signals of its own."""

    def __init__(self, weights: Matrix, parts: int = 1) -> None:
        several: list[Matrix] = np.split(weights, parts)
        self.quick: list[Matrix] = [part.astype(np.float32) for part in several]
        self.roomy: list[Matrix] = [part.astype(np.float64) for part in several]
        largest = [np.abs(part).max(axis=1) for part in several]
        self._largest = np.stack(largest, axis=1).astype(np.float32)

    def reach(self, signals: Matrix) -> Matrix:
        """What no sum of a row's product with each part can grow beyond: (rows, parts)."""
        reach: Matrix = signals @ self._largest
        return reach


def _large(reach: Matrix) -> Whole:
    """The rows whose sums might grow beyond the whole parts that float32 can count. Others are
    multiplied in float32, in half the time of float64. Both are exact, so that it does not matter
    if machines decide otherwise on the brink of it."""
    return np.flatnonzero(reach * (SIGNAL * WEIGHT) >= _WHOLE_IN_FLOAT32)


@dataclass(frozen=True, eq=False)
class Network:
    """What a file of weights holds: tables by name, matrices by name, lists of words by name."""

    tables: Mapping[str, Table]
    weights: Mapping[str, Matrix]
    lists: Mapping[str, tuple[str, ...]]

    def layer(self, *names: str, parts: int = 1) -> Layer:
        """The matrix of that name; those of several names side by side, multiplied at once."""
        return _layer(self, names, parts)


@lru_cache(maxsize=64)
def _layer(network: Network, names: tuple[str, ...], parts: int) -> Layer:
    return Layer(np.hstack([network.weights[name] for name in names]), parts)


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
    cut *= 1 / SIGNAL  # exact, and quicker than to divide
    return cut


def window(rows: Matrix, layer: Layer, spread: int = 1) -> Matrix:
    """For each row what it and the two before and after it, `spread` apart, add up to: `layer` has
    a part for each of the five."""
    size, count = _REACH * spread, len(rows)
    padded = np.zeros((count + 2 * size, rows.shape[1]), dtype=np.float32)
    padded[size : size + count] = rows
    reach = layer.reach(padded)
    added = np.zeros((count, layer.quick[0].shape[1]))
    for place, (quick, roomy) in enumerate(zip(layer.quick, layer.roomy, strict=True)):
        here = slice(place * spread, place * spread + count)
        part = padded[here] @ quick
        large = _large(reach[here, place])
        if len(large):
            part[large] = 0
            added[large] += padded[large + place * spread].astype(np.float64) @ roomy
        added += part
    return added


def product(signals: Matrix, layer: Layer) -> Matrix:
    """The signals multiplied with the weights of a layer of one part, exactly."""
    [quick], [roomy] = layer.quick, layer.roomy
    multiplied: Matrix = signals.astype(np.float32, copy=False) @ quick
    large = _large(layer.reach(signals)[:, 0])
    if len(large):
        multiplied = multiplied.astype(np.float64)
        multiplied[large] = signals[large].astype(np.float64) @ roomy
    return multiplied


def highest(rows: Matrix, group: Whole, count: int) -> Matrix:
    """Of each of `count` groups of signals the highest, column by column, zero where there is none:
    (count, width). `group` says which group each row is of. Meant for many small groups: of those
    np.maximum.reduceat takes three times as long."""
    sizes = np.bincount(group, minlength=count)
    largest = np.argsort(-sizes, kind="stable")  # those that have a row more are always the first
    starts = (np.cumsum(sizes) - sizes)[largest]
    ordered = np.argsort(group, kind="stable")
    top = np.zeros((count, rows.shape[1]), dtype=rows.dtype)
    for place in range(int(sizes.max(initial=0))):
        many = int(np.count_nonzero(sizes > place))
        here = picked_rows(rows, ordered[starts[:many] + place])
        np.maximum(top[:many], here, out=top[:many])
    found = np.empty_like(top)
    found[largest] = top
    return found


def running(rows: Matrix) -> Matrix:
    """The sum of all rows before each place, in float64, as sums grow with the text:
    (len(rows) + 1, width). Blocks are added up side by side, six times as quick as np.cumsum."""
    size, width = rows.shape
    blocks = -(-size // _RUNNING)
    sums = np.zeros((blocks * _RUNNING + 1, width))
    sums[1 : size + 1] = rows
    several = sums[1:].reshape(blocks, _RUNNING, width)
    for at in range(1, _RUNNING):
        several[:, at] += several[:, at - 1]
    for at in range(1, blocks):
        several[at] += several[at - 1, -1]
    return sums[: size + 1]


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
) -> tuple[Matrix, Whole]:
    """Stretches of rows (first, last plus one) at the places that `spaced` gives them, zero
    between them: (size, width); and which rows are between them."""
    spread = np.zeros((size, rows.shape[1]), dtype=rows.dtype)
    between = np.ones(size, dtype=np.bool_)
    for (begin, end), place in zip(stretches, places, strict=True):
        spread[place : place + end - begin] = rows[begin:end]
        between[place : place + end - begin] = False
    return spread, np.flatnonzero(between)


def grown(state: Matrix, sums: Matrix, between: Whole) -> Matrix:
    """The state with the signal of `sums` added, in place; what is between stretches stays zero."""
    state += signal(sums)
    state[between] = 0
    return state
