"""Names that say the opposite of one another, however much of them is the same: 去中心化交易所 and
中心化交易所, 对公账户 and 个人银行账户."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kg.resolve.partition import Partition
from kg.schema import Schema
from kg.text import words

Pairs = list[tuple[int, int]]
"""Positions of names that would be one."""


class _Told(NamedTuple):
    """What a name says that another may say the opposite of."""

    holds: tuple[str, ...]
    """Words in it that turn the next one round."""
    turned: frozenset[tuple[str, str]]
    """Such a word and the one that it turns round."""
    plain: frozenset[str]
    """All other words."""
    sides: frozenset[tuple[int, int]]
    """The number of each pair of sides, and the side of which alone it has words."""
    numbers: frozenset[str]
    """Its number in a row of the like."""


@dataclass(frozen=True, slots=True, eq=False)
class Opposites:
    """Words that turn the next one round (去, 非, 反), and pairs of sets of words of which a name
    has those of one side only (对公, 个人)."""

    turning: frozenset[str]
    sides: tuple[tuple[frozenset[str], frozenset[str]], ...]

    def opposed(self, one: str, other: str) -> bool:
        """Whether what stands in one name is turned round in the other, or each name has words of
        another side or another number in a row of the like: 第一类信息, 第二类信息."""
        told, others = _told(one, self), _told(other, self)
        return (
            _turns(one, told, other, others)
            or _turns(other, others, one, told)
            or any((pair, 1 - side) in others.sides for pair, side in told.sides)
            or bool(told.numbers and others.numbers and not told.numbers & others.numbers)
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


_IN_ROW = re.compile(
    r"(?<=第)[一二三四五六七八九十\d]+(?=[^条款项一二三四五六七八九十\d])"
    r"|[一二三四五六七八九十\d]+(?=[级号代审])|(?<![a-z])[a-z甲乙丙丁](?=[类级组款区型])"
)
"""What tells one of a row from the others: 第二类信息, 1号机器人, B类信息."""


@lru_cache(maxsize=2**12)
def _told(name: str, opposites: Opposites) -> _Told:
    cut = list(pairwise(("", *(word.text for word in words(name) if word.text != "的"))))
    sides = ((number, _side(name, pair)) for number, pair in enumerate(opposites.sides))
    return _Told(
        tuple(word for word in sorted(opposites.turning) if word in name),
        frozenset(pair for pair in cut if pair[0] in opposites.turning),
        frozenset(word for before, word in cut if before not in opposites.turning),
        frozenset((number, side) for number, side in sides if side is not None),
        frozenset(_IN_ROW.findall(name)),
    )


def _turns(one: str, told: _Told, other: str, others: _Told) -> bool:
    """Whether `one` turns round all of `other`, or a word that is there as it is, by a word that
    `other` has not."""
    if any(f"{word}{other}" in one for word in told.holds):
        return True
    return any(word in others.plain and before not in other for before, word in told.turned)


def _side(name: str, pair: tuple[frozenset[str], frozenset[str]]) -> int | None:
    """The side of which alone the name has words."""
    found = [any(word in name for word in side) for side in pair]
    return found.index(True) if sum(found) == 1 else None
