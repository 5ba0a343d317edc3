"""Whether a longer and a shorter name in one document are one thing: 他人游戏账号 and 游戏账号 are,
虚拟运营商 and 运营商 are not.

A linear model over readable features of what the longer name adds. scripts/train.py learns the
weights from annotated articles, where annotators said which names are one entity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.network import Table
from kg.network import shipped as network_of
from kg.text import words


class Form(NamedTuple):
    """A name of one type in a document: folded, whether a term list has it, and the sentences in
    which it stands on its own."""

    name: str
    type: str
    listed: bool
    sentences: frozenset[int]


class Couple(NamedTuple):
    """Positions of a shorter name and of a longer one that holds it, and what speaks for and
    against their being one."""

    short: int
    long: int
    features: tuple[str, ...]


def couples(forms: Sequence[Form]) -> Iterator[Couple]:
    """Every pair of names of one type, one inside the other."""
    by_type: dict[str, list[int]] = defaultdict(list)
    for at, form in enumerate(forms):
        by_type[form.type].append(at)
    for members in by_type.values():
        for short in members:
            name = forms[short].name
            holders = [at for at in members if len(name) > 1 and name in forms[at].name]
            rivals = len(holders) - 1
            for long in holders:
                if long != short:
                    seen = _features(forms[short], forms[long], rivals)
                    yield Couple(short, long, tuple(seen))


def _features(short: Form, long: Form, rivals: int) -> Iterator[str]:
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


@dataclass(frozen=True, slots=True)
class Variants:
    """The weights, and the least sum of them that makes two names one."""

    table: Table
    least: float

    def same(self, forms: Sequence[Form]) -> list[tuple[int, int]]:
        """Positions of the names that are one thing, in pairs."""
        found = list(couples(forms))
        sums = self.table.sums([couple.features for couple in found])
        return [
            (couple.short, couple.long)
            for couple, row in zip(found, sums, strict=True)
            if row[0] >= self.least
        ]


@cache
def shipped() -> Variants | None:
    """The Variants that come with kg; None in a checkout that has not been trained."""
    network = network_of("kg.resolve", "variants.npz")
    if network is None:
        return None
    return Variants(network.tables["names"], float(network.lists["least"][0]))
