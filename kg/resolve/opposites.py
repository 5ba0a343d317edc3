"""Names that say the opposite of one another, however much of them is the same: 去中心化交易所 and
中心化交易所, 对公账户 and 个人银行账户."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.resolve.partition import Partition
from kg.schema import Schema
from kg.text import words

Pairs = list[tuple[int, int]]
"""Positions of names that would be one."""


@dataclass(frozen=True, slots=True)
class Opposites:
    """Words that turn the next one round (去, 非, 反), and pairs of sets of words of which a name
    has those of one side only (对公, 个人)."""

    turning: frozenset[str]
    sides: tuple[tuple[frozenset[str], frozenset[str]], ...]

    def opposed(self, one: str, other: str) -> bool:
        """Whether what stands in one name is turned round in the other, or each name has words of
        another side or another number in a row of the like: 第一类信息, 第二类信息."""
        return (
            self._turns(one, other)
            or self._turns(other, one)
            or _are_of_a_row(one, other)
            or any({_side(one, pair), _side(other, pair)} == {0, 1} for pair in self.sides)
        )

    def _turns(self, one: str, other: str) -> bool:
        """Whether `one` turns round all of `other`, or a word that is there as it is, by a word
        that `other` has not."""
        if any(f"{word}{other}" in one for word in self.turning):
            return True
        cut = pairwise(("", *_cut(other)))
        plain = {word for before, word in cut if before not in self.turning}
        return any(
            before in self.turning and word in plain and before not in other
            for before, word in pairwise(_cut(one))
        )

    def kept(self, pairs: Pairs, names: Mapping[int, Sequence[str]]) -> Pairs:
        """The pairs that make no opposites one, neither by themselves nor through a third: of
        对公账户 – 银行账户 – 个人银行账户, none."""

        def apart(one: int, other: int) -> bool:
            return any(self.opposed(a, b) for a in names[one] for b in names[other])

        pairs = [pair for pair in pairs if not apart(*pair)]
        parted = Partition(max(names, default=-1) + 1)
        for pair in pairs:
            parted.join(*pair)
        rivals = {
            member: [other for other in members if other != member and apart(member, other)]
            for members in parted.parts().values()
            if len(members) > 2
            for member in members
        }
        return [(one, other) for one, other in pairs if rivals.get(one) == rivals.get(other)]


def opposites_of(schema: Schema) -> Opposites:
    """The opposites that a schema names."""
    return Opposites(
        frozenset(schema.words.get("turning-round", ())),
        tuple(_pair(text) for text in schema.words.get("opposed", ())),
    )


def _pair(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The two sides in `对公 单位/个人`."""
    one, _, other = text.partition("/")
    return frozenset(one.split()), frozenset(other.split())


def _side(name: str, pair: tuple[frozenset[str], frozenset[str]]) -> int | None:
    """The side of which alone the name has words."""
    found = [any(word in name for word in side) for side in pair]
    return found.index(True) if sum(found) == 1 else None


_IN_ROW = re.compile(
    r"(?<=第)[一二三四五六七八九十\d]+(?=[^条款项一二三四五六七八九十\d])"
    r"|[一二三四五六七八九十\d]+(?=[级号代审])|(?<![a-z])[a-z甲乙丙丁](?=[类级组款区型])"
)
"""What tells one of a row from the others: 第二类信息, 1号机器人, B类信息."""


def _are_of_a_row(one: str, other: str) -> bool:
    numbers, others = set(_IN_ROW.findall(one)), set(_IN_ROW.findall(other))
    return bool(numbers and others) and numbers.isdisjoint(others)


@lru_cache(maxsize=2**12)
def _cut(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in words(name) if word.text != "的")
