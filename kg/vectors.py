"""What each word is like, as a vector, learned from plain text by scripts/vectors.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

from kg.rows import Matrix

VECTOR = 128
"""Parts of one in which word vectors are counted."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """What each word is like, as a vector: words that mean the like, or stand in the same places,
    are near. `rows` are whole numbers of `VECTOR` parts."""

    place: Mapping[str, int]
    rows: npt.NDArray[np.int8]

    def product(self, words: Sequence[str], weights: Matrix) -> Matrix:
        """of(words) @ weights, exact."""
        return self.of(words) @ weights.astype(np.float64)

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
    np.savez_compressed(
        stored, rows=whole, words=np.frombuffer("\n".join(words).encode("utf-8"), np.uint8)
    )
    return stored.getvalue()


@cache
def vectors() -> Vectors:
    """The word vectors that come with kg (scripts/vectors.py makes them)."""
    data = (files("kg") / "vectors.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode("utf-8").split("\n")
        rows = stored["rows"]
    return Vectors({word: at for at, word in enumerate(words)}, rows)
