"""Small networks over the words of a sentence, in exact arithmetic.

Weights are whole multiples of 1/1024, word vectors of 1/128 (kg/vectors.py), and what a layer
hands on is cut to multiples of 1/256. Products of such rows are exact, in float32 where none can
grow beyond the whole parts that it counts, else in float64; all else is added number by number in a
fixed order. So a network decides the same on every machine.

Trained by scripts/train.py; nothing here knows what the networks are for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from kg.rows import Matrix, Table, Whole, picked_rows

WEIGHT, SIGNAL = 1024, 256
"""Parts of one in which weights and the signals between layers are counted."""
_RUNNING = 32
"""Rows of a block whose running sums are made side by side with those of the others."""
_WHOLE_IN_FLOAT32 = 2**24 - 2**14
"""What float32 counts to in whole numbers, less what a sum in float32 may be misjudged by."""
_REACH = 2
"""Words to each side that a window sees, before it is spread."""
WINDOW = 2 * _REACH + 1
"""Words of a window, and parts of the layer that weighs them."""


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
    """The rows whose sums might grow beyond the whole parts that float32 can count. The others are
    multiplied in float32, in half the time of float64. Both are exact, so machines may differ in
    what they take for large and still give the same result."""
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


def single_threaded() -> AbstractContextManager[object]:
    """Products of this process in one thread each, until the context ends. They are so small that
    further threads mostly wait for the first, which costs twice the processor time and, where
    other work wants the cores, twice the time."""
    limited: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()  # looks through all that is loaded: once is enough


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
