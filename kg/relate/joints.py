"""Which relations may join two mentions at all, by their types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt

from kg.model import Mention
from kg.rows import Whole
from kg.schema import Schema

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Joints:
    """The edges by the types of their ends, all types that edges may join, and for each two of
    these (by position, one more for any other type) whether an edge may join them, and whether one
    may from one sentence to another."""

    edges: Mapping[tuple[str, str], tuple[str, ...]]
    types: tuple[str, ...]
    joined: Marks
    across: Marks

    def kinds(self, mentions: Sequence[Mention]) -> Whole:
        """The position of the type of each mention, -1 for any other type."""
        number = {name: at for at, name in enumerate(self.types)}
        return np.array([number.get(m.type, -1) for m in mentions], dtype=np.int64)

    def may(self, names: tuple[str, ...], mentions: Sequence[Mention], ends: Whole) -> Marks:
        """Whether each of the edges `names` may join the ends of each pair: (pairs, names)."""
        subject, target = self.kinds(mentions)[ends].T
        marks: Marks = _joined_by(self, names)[subject, target]
        return marks


@lru_cache(maxsize=4)
def joints_of(schema: Schema) -> Joints:
    """The Joints of a Schema."""
    edges: dict[tuple[str, str], list[str]] = {}
    for edge in schema.edges.values():
        for ends in product(sorted(edge.source), sorted(edge.target)):
            edges.setdefault(ends, []).append(edge.name)
    types = tuple(sorted({one for ends in edges for one in ends}))
    known = {ends: tuple(names) for ends, names in edges.items()}
    joined = np.zeros((len(types) + 1, len(types) + 1), dtype=bool)
    across = np.zeros_like(joined)
    for (subject, target), names in edges.items():
        row, column = types.index(subject), types.index(target)
        joined[row, column] = True
        across[row, column] = any(schema.edges[name].across for name in names)
    return Joints(known, types, joined, across)


@lru_cache(maxsize=4)
def _joined_by(joints: Joints, names: tuple[str, ...]) -> Marks:
    """Of each two types, which of the edges `names` may join them."""
    several = len(joints.types) + 1
    marks = np.zeros((several, several, len(names)), dtype=bool)
    for (subject, target), edges in joints.edges.items():
        here = marks[joints.types.index(subject), joints.types.index(target)]
        here[:] = [name in edges for name in names]
    return marks
