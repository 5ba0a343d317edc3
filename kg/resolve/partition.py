"""Disjoint sets that can be told what may not come together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping


class Partition:
    """Disjoint sets of the positions 0 to `size`, each at first alone."""

    def __init__(self, size: int) -> None:
        self._root = list(range(size))
        self._sides: dict[int, dict[int, Hashable]] = {}

    def forbid(self, split: int, sides: Mapping[int, Hashable]) -> None:
        """From now on positions on different sides of `split` stay apart."""
        for position, side in sides.items():
            self._sides.setdefault(position, {})[split] = side

    def find(self, position: int) -> int:
        """The least position of its set."""
        root = self._root
        while root[position] != position:
            root[position] = root[root[position]]
            position = root[position]
        return position

    def join(self, a: int, b: int) -> None:
        """Make the sets of `a` and `b` one, unless a split forbids it."""
        low, high = sorted((self.find(a), self.find(b)))
        if low == high:
            return
        here, there = self._sides.get(low, {}), self._sides.get(high, {})
        if any(here[split] != there[split] for split in here.keys() & there.keys()):
            return
        if there:
            self._sides[low] = here | there
        self._root[high] = low

    def parts(self) -> dict[int, list[int]]:
        """The sets, sorted, by their least position, in order."""
        found: dict[int, list[int]] = {}
        for position in range(len(self._root)):
            found.setdefault(self.find(position), []).append(position)
        return found
