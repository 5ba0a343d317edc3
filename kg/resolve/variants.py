"""Whether two names in one document are one thing: 他人游戏账号 and 游戏账号 are, and 账号交易 and
账号的交易; 虚拟运营商 and 运营商 are not.

A linear model over readable features of what one name has and the other lacks. scripts/train.py
learns the weights from annotated articles, where annotators said which names are one entity.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import sqrt
from typing import NamedTuple

import numpy as np

from kg.network import shipped as network_of
from kg.rows import Matrix, Table
from kg.text import words
from kg.vectors import vectors

_SHARED = 0.5
"""Least share of the shorter name's characters that the other one must have, too."""
_INITIALS = 4
"""Latin letters that stand for words: one more or another makes another thing (AI, API)."""
_MOST = 300
"""Names of one type that are compared in one text: all of any article (the most were 138), not of a
directory, each of whose thousands would be compared with each."""


class Form(NamedTuple):
    """A name of one type in a document: folded, whether a term list has it, and the sentences in
    which it stands on its own."""

    name: str
    type: str
    listed: bool
    sentences: frozenset[int]


class Couple(NamedTuple):
    """Positions of a shorter name and of one that is as long or longer, and what speaks for and
    against their being one."""

    short: int
    long: int
    features: tuple[str, ...]


def couples(forms: Sequence[Form]) -> Iterator[Couple]:
    """Every pair of names of one type of which one holds the other or much of it; where a text
    tells number segments apart, only of the same ones. Of a type that has very many names (`_MOST`)
    those that stand in the most sentences, the shorter first."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for at, form in enumerate(forms):
        if len(form.name) > 1:
            by_type[form.type].append(at)
    for several in by_type.values():
        members = sorted(several, key=lambda at: (len(forms[at].name), forms[at].name))
        if len(members) > _MOST:
            told = sorted(members, key=lambda at: -len(forms[at].sentences))[:_MOST]
            members = sorted(told, key=lambda at: (len(forms[at].name), forms[at].name))
        names = [forms[at].name for at in members]
        chars = [frozenset(name) for name in names]
        segments = _segments(names)
        for first, short in enumerate(members):
            name = names[first]
            longer = [n for n in range(first + 1, len(names)) if segments[n] == segments[first]]
            holders = [n for n in longer if name in names[n] and _holds(names[n], name)]
            for n in holders:
                seen = tuple(_inside(forms[short], forms[members[n]], len(holders)))
                yield Couple(short, members[n], seen)
            least = _SHARED * len(name)
            for n in longer:
                if len(name) - len(chars[first] - chars[n]) < least or name in names[n]:
                    continue  # they cannot share so many, or it is a holder
                other = names[n]
                if len(name) <= _INITIALS and name.isascii():
                    continue
                both = chars[first] & chars[n]
                shared = sum(min(name.count(char), other.count(char)) for char in both)
                if shared >= least:
                    seen = _alike(forms[short], forms[members[n]], shared)
                    yield Couple(short, members[n], seen)


def _holds(name: str, part: str) -> bool:
    """Whether `part` of `name` is cut out of no foreign word and no number: app is none of
    applepay, 3万元 none of 13万元."""
    at = name.find(part)
    while at >= 0:
        end = at + len(part)
        if not (_goes_on(name[at - 1 : at + 1]) or _goes_on(name[end - 1 : end + 1])):
            return True
        at = name.find(part, at + 1)
    return False


def _goes_on(pair: str) -> bool:
    """Whether two characters stand in one foreign word or one number."""
    return pair.isascii() and len(pair) == 2 and (pair.isalpha() or pair.isdigit())


_SEGMENT = re.compile(r"\d{3,5}(?=号段|开头)")


def _segments(names: Sequence[str]) -> list[list[str]]:
    """The number segments of each name; none where all names together have one at most. In a text
    about several, 168号段电话卡 is another thing than 162号段电话卡 and than 电话卡: it has its own
    price."""
    found = [_SEGMENT.findall(name) for name in names]
    several = len({segment for own in found for segment in own}) > 1
    return found if several else [[] for _ in names]


def _inside(short: Form, long: Form, rivals: int) -> Iterator[str]:
    kind = short.type
    place, added = _added(short.name, long.name)
    near = bool(short.sentences & long.sentences)
    half = 2 * len(short.name) >= len(long.name)
    yield from (
        "any", kind, f"{kind}:{place}", f"{place}:half={half}",
        f"near={near}", f"near={near}{kind}", f"head={short.name[-2:]}",
        f"short={min(len(short.name), 6)}", f"added={min(len(added), 6)}",
        f"listed={short.listed}:{long.listed}", f"listed={long.listed}{kind}",
        f"rivals={min(rivals, 3)}",
        f"told={min(len(short.sentences), 3)}:{min(len(long.sentences), 3)}",
    )  # fmt: skip
    if not added:
        return
    cut = words(added)
    yield from (
        f"{place}={added}", f"{place}<{cut[0].text}", f"{place}>{cut[-1].text}",
        f"{place}:" + "".join(word.tag[:1] or "?" for word in cut[:3]),
        f"{kind}<{added[0]}", f"{kind}>{added[-1]}",
        f"number={any(char.isdigit() for char in added)}",
    )  # fmt: skip


def _added(short: str, long: str) -> tuple[str, str]:
    """Where the longer name has more, and what; nothing where it has more on both sides."""
    if long.endswith(short):
        return "before", long[: -len(short)]
    if long.startswith(short):
        return "behind", long[len(short) :]
    return "around", ""


def _alike(short: Form, long: Form, shared: int) -> tuple[str, ...]:
    kind, one, other = short.type, short.name, long.name
    cut = _cut(one), _cut(other)
    less = tuple(word for word in cut[0] if word not in cut[1])
    more = tuple(word for word in cut[1] if word not in cut[0])
    left_out = _in_order(one, other)
    same = 20 * shared // (len(one) + len(other))
    near = bool(short.sentences & long.sentences)
    numbers = _numbers(one) == _numbers(other)
    front = next((n for n in (4, 3, 2, 1) if one[:n] == other[:n] and n <= len(one)), 0)
    back = next((n for n in (4, 3, 2, 1) if one[-n:] == other[-n:] and n <= len(one)), 0)
    told = f"{min(len(short.sentences), 3)}:{min(len(long.sentences), 3)}"
    means = _nearness(*cut)
    features = (
        "~any", f"~any{kind}", f"~same={same}", f"~same={same}{kind}", f"~order={left_out}",
        f"~order={left_out}{kind}", f"~back={back}", f"~back={back}{kind}", f"~front={front}",
        f"~near={near}", f"~near={near}{kind}", f"~numbers={numbers}", f"~numbers={numbers}{kind}",
        f"~listed={short.listed}:{long.listed}", f"~listed={short.listed}:{long.listed}{kind}",
        f"~told={told}", f"~short={min(len(one), 8)}",
        f"~words={min(len(less), 3)}:{min(len(more), 3)}",
        f"~means={means}", f"~means={means}{kind}",
        f"~means={_nearness(less, more)}order={left_out}",
        *(f"~less={word}" for word in less), *(f"~more={word}" for word in more),
    )  # fmt: skip
    if len(less) == len(more) == 1:
        return (*features, "~" + "/".join(sorted((less[0], more[0]))))
    return features


@lru_cache(maxsize=2**12)
def _cut(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in words(name))


@lru_cache(maxsize=2**12)
def _numbers(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", name))


def _in_order(short: str, long: str) -> bool:
    """Whether the longer name is the shorter one with something put in."""
    rest = iter(long)
    return all(char in rest for char in short)


def _nearness(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """The cosine of what two rows of words mean, in tenths; 11 where either is empty."""
    if not one or not other:
        return 11
    (left, square), (right, other_square) = _meaning(one), _meaning(other)
    length = sqrt(square * other_square)
    return int(10 * float(left @ right) / length) if length else 0


@lru_cache(maxsize=2**12)
def _meaning(several: tuple[str, ...]) -> tuple[Matrix, float]:
    """The sum of the words' vectors and its square: whole parts, so that sums of products are
    exact."""
    total: Matrix = np.sum(vectors().of(several), axis=0)
    return total, float(total @ total)


@dataclass(frozen=True, slots=True)
class Variants:
    """The weights, and the least sum of them that makes two names one."""

    table: Table
    least: float

    def same(self, forms: Sequence[Form]) -> list[tuple[int, int]]:
        """Positions of the names that are one thing, in pairs.

        Each name is a longer form of one other at most, the surest: 窃取信息制作伪卡 would make
        窃取信息 and 制作伪卡 one.
        """
        found = list(couples(forms))
        sums = self.table.sums([couple.features for couple in found])[:, 0].tolist()
        surest: dict[int, tuple[float, int]] = {}
        for couple, weight in zip(found, sums, strict=True):
            if weight >= self.least:
                known = surest.get(couple.long, (weight, couple.short))
                surest[couple.long] = max(known, (weight, couple.short))
        return [(short, long) for long, (_, short) in surest.items()]


@cache
def shipped() -> Variants | None:
    """The Variants that come with kg; None in a checkout that has not been trained."""
    network = network_of("kg.resolve", "variants.npz")
    if network is None:
        return None
    return Variants(network.tables["names"], float(network.lists["least"][0]))
