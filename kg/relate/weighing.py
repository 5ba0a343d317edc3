"""Which modality a claim most likely has: what the rules say of it (`modality`), weighed with the
types of its ends, with what the law has said in its document, and with the words around it.

A linear model over readable features, multinomial logistic regression. scripts/train.py learns the
weights from annotated articles, where annotators said how the text puts each relation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, pairwise, repeat
from typing import NamedTuple

import numpy as np

from kg.model import Level, Mention, Modality, Sentence
from kg.network import shipped as network_of
from kg.relate.modality import Stance
from kg.rows import Matrix, Memory, Table, picked_rows
from kg.schema import EdgeType
from kg.text import Word

PLACES = ("left", "before", "inside", "after", "right")
"""Where a word stands: in the sentence before the claim's clause, in that clause before the claim,
between its ends, behind it to the end of the clause, in the rest of the sentence."""
MODALITIES = tuple(Modality)
_ASSERTED = MODALITIES.index(Modality.ASSERTED)
_TRUSTED = 0.8
"""Least probability that tells as a fact what the rules call anything else. To call a suspect's
act a fact, or what may be, is the worse error."""


class Grounds(NamedTuple):
    """What is known of a claim beside its words: `rules` is what the rules make of it, `fixed` what
    its frame says. `masked` ends have a name like 王某; `guilty` are those that a court spoke of.
    The case is `criminal`, somebody in it is `convicted`, `everybody` is."""

    rules: Modality
    fixed: Modality | None
    edge: str
    subject: str
    target: str
    masked: tuple[bool, bool]
    guilty: tuple[bool, bool]
    criminal: bool
    convicted: bool
    everybody: bool
    heading: bool
    duty: bool
    advice: bool


def signs(one: Grounds) -> Iterator[str]:
    """The features of a claim that are not words. Those that begin with r= know the rules."""
    case = "".join("01"[mark] for mark in (one.criminal, one.convicted, one.everybody))
    guilty = "".join("01"[mark] for mark in one.guilty)
    told = "".join("01"[mark] for mark in (one.duty, one.advice))
    yield from (
        "any", f"r={one.rules}", f"r={one.rules} {one.edge}", f"r={one.rules} case={case}",
        f"r=fixed {one.fixed}",
        f"edge={one.edge}", f"ends={one.edge} {one.subject}>{one.target}",
        f"subject={one.subject}", f"object={one.target}",
        f"case={case}", f"case={case} {one.subject}", f"case={case} {one.edge}",
        f"guilty={guilty} case={case} {one.subject}",
        f"masked={one.masked[0]} {one.subject}", f"masked>{one.masked[1]} {one.target}",
        f"heading={one.heading}", f"told={told}", f"told={told} {one.edge}",
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Weights:
    """A row for each sign: (modalities,); for each word one for every place: (places x
    modalities,)."""

    signs: Table
    words: Table

    @cached_property
    def _known(self) -> Memory[Grounds]:
        return Memory(lambda several: self.signs.sums(map(signs, several)))

    def added(self, several: Sequence[Grounds]) -> Matrix:
        """What the signs of each claim add up to: (claims, modalities)."""
        rows, which = self._known.picked(several)
        added: Matrix = rows[which].astype(np.float64)
        return added


class Told(NamedTuple):
    """A claim where it stands: at `start:end`, in a sentence; `fixed` is what its frame says of its
    modality."""

    sentence: Sentence
    start: int
    end: int
    subject: Mention
    edge: EdgeType
    target: Mention
    fixed: Modality | None = None


class Weighing:
    """How a document puts its claims; built once a document."""

    def __init__(
        self, words: Sequence[Word], stance: Stance, weights: Weights | None = None
    ) -> None:  # fmt: skip
        """`stance` is what the rules say; `weights` are those that come with kg unless others are
        given."""
        self._words, self._stance, self._weights = words, stance, weights or shipped()
        self._starts = [word.start for word in words]

    def modalities(self, several: Sequence[Told]) -> list[Modality]:
        """How each claim is put. A denial by the rules stands, and so does what they call alleged
        of a person: gold annotators hardly ever call that a fact, others do. So does an official
        act that they call one to come, a trade that is only meant, or what a clause with 如果 says
        of somebody in particular: hardly any is in the articles that the weights are from."""
        rules = [self._stance.modality(*told) for told in several]
        if self._weights is None or not several:
            return rules
        ones = [self.grounds(told, by) for told, by in zip(several, rules, strict=True)]
        scores = self._weights.added(ones)
        scores += self._said(self._weights.words, [self._cuts(told) for told in several])
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        sure = chances[:, _ASSERTED] >= _TRUSTED * chances.sum(axis=1)
        found = [MODALITIES[at] for at in scores.argmax(axis=1).tolist()]
        return [
            by if self._stands(told, by) or (one is Modality.ASSERTED and not fact) else one
            for told, by, one, fact in zip(several, rules, found, sure.tolist(), strict=True)
        ]

    def _stands(self, told: Told, rules: Modality) -> bool:
        """Whether what the rules say is not weighed."""
        accused = rules is Modality.ALLEGED and told.subject.type == "Person"
        to_come = rules is not Modality.ASSERTED and (
            told.edge.official
            or self._stance.is_meant(told.sentence, told.subject, told.edge, told.target)
        )
        supposed = (
            rules is Modality.HYPOTHETICAL
            and told.subject.level is Level.INSTANCE
            and self._stance.is_supposed(told.sentence, min(told.start, told.subject.start))
        )
        return accused or to_come or supposed or rules is Modality.NEGATED

    def grounds(self, told: Told, rules: Modality) -> Grounds:
        """What is known of a claim beside its words; `rules` is what the rules make of it."""
        subject, target, case = told.subject, told.target, self._stance.section(told.start)
        return Grounds(
            rules, told.fixed, told.edge.name, _kind(subject), _kind(target),
            ("某" in subject.name, "某" in target.name),
            (subject.name in case.names, target.name in case.names),
            case.criminal, case.convicted, case.everybody, told.sentence.heading,
            self._stance.binds(told.start), self._stance.advises(told.start),
        )  # fmt: skip

    def places(self, told: Told) -> Iterator[tuple[str, Sequence[Word]]]:
        """Each of PLACES around a claim, with its words."""
        for place, (first, last) in zip(PLACES, pairwise(self._cuts(told)), strict=True):
            yield place, self._words[first:last]

    def _cuts(self, told: Told) -> list[int]:
        """The words that sentence, clause and claim begin with, and those after claim, clause and
        sentence, in order."""
        sentence = told.sentence
        begin, stop = self._stance.clause(told.start, told.end, sentence)
        cuts = sentence.start, begin, told.start, told.end, stop, sentence.end
        return [*accumulate((bisect_left(self._starts, cut) for cut in cuts), max)]

    def _said(self, table: Table, cuts: Sequence[Sequence[int]]) -> Matrix:
        """What the words at all places around each claim add up to: (claims, modalities)."""
        first, last = min(cut[0] for cut in cuts), max(cut[-1] for cut in cuts)
        texts = [word.text for word in self._words[first:last]]
        rows = np.fromiter(map(table.place.get, texts, repeat(0)), np.int64, len(texts))
        upto = np.zeros((len(rows) + 1, len(PLACES), len(MODALITIES)))
        np.cumsum(picked_rows(table.rows, rows).reshape(upto[1:].shape), axis=0, out=upto[1:])
        at = np.array(cuts) - first
        places = np.arange(len(PLACES))
        said: Matrix = (upto[at[:, 1:], places] - upto[at[:, :-1], places]).sum(axis=1)
        return said


def _kind(end: Mention) -> str:
    return f"{end.type}-{end.level}"


@cache
def shipped() -> Weights | None:
    """The weights that come with kg; None in a checkout that has not been trained."""
    network = network_of("kg.relate", "modality.npz")
    return None if network is None else Weights(network.tables["signs"], network.tables["words"])
