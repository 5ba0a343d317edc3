"""What the ranker looks at: a sentence as words with classes, and the pairs of its mentions.

A pair is an ordered pair of mentions that a relation might join: both in the sentence, or one of
them what the text was just about (the last actor, the heading) or what a rule brought from
before. Features are readable strings; they name classes (types, rules, distances), and words only
where many annotated articles have them. `sights` makes the pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kg.model import Mention
from kg.relate.between import Features
from kg.relate.candidates import Candidate
from kg.relate.clauses import Parsed
from kg.relate.coordination import Lists
from kg.relate.joints import Joints
from kg.rows import Whole


class Pair(NamedTuple):
    """Subject and object (positions of mentions), the edges that may join their types, and what
    the rules propose for them."""

    subject: int
    object: int
    edges: tuple[str, ...]
    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Sight:
    """One sentence: its words, the features that these have because of what stands there (for
    those they have by themselves see `spelled`), and its pairs. `ends` are the subject and the
    object of each, in order: (pairs, 2). `at` is where these stand (-1: in another
    sentence): (pairs, 2, 2). `proposed` is what the rules propose, by position of the pair, `lists`
    are those that its mentions stand in."""

    parsed: Parsed
    marks: tuple[tuple[str, ...], ...]
    ends: Whole
    at: Whole
    proposed: Mapping[int, Sequence[Candidate]]
    lists: Lists


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The sentences of a document with their pairs. The ends of pairs are positions in `every`
    (mentions and anaphors); `origin` leads from there to positions in the document's mentions.
    `as_subject` and `as_object` are the features that a mention brings into each of its pairs,
    `between` those that the pairs of all sentences have besides, but for what rules propose.
    `joints` says which relations may join two types of mentions."""

    sights: tuple[Sight, ...]
    every: Sequence[Mention]
    origin: Mapping[int, tuple[int, ...]]
    as_subject: Sequence[tuple[str, ...]]
    as_object: Sequence[tuple[str, ...]]
    between: Sequence[Features]
    joints: Joints

    def pair(self, sight: Sight, at: int) -> Pair:
        """One pair of a sentence."""
        subject, target = sight.ends[at].tolist()
        edges = self.joints.edges[self.every[subject].type, self.every[target].type]
        return Pair(subject, target, edges, sight.proposed.get(at, ()))

    @property
    def ends(self) -> Whole:
        """The subject and the object of all pairs, sentence after sentence: (pairs, 2)."""
        return np.concatenate([sight.ends for sight in self.sights])

    @property
    def scenes(self) -> Whole:
        """The number of the sentence that each of these pairs is of."""
        return numbers([sight.ends for sight in self.sights])

    @property
    def called(self) -> Whole:
        """For each of `every` a number, the same for all of one type and name."""
        number: dict[tuple[str, str], int] = {}
        several = [number.setdefault((m.type, m.name), len(number)) for m in self.every]
        return np.array(several, dtype=np.int64)

    @property
    def proposed(self) -> dict[int, Sequence[Candidate]]:
        """What the rules propose, by position among the pairs of all sentences."""
        begin = 0
        found: dict[int, Sequence[Candidate]] = {}
        for sight in self.sights:
            found |= {begin + at: several for at, several in sight.proposed.items()}
            begin += len(sight.ends)
        return found

    def features(self) -> list[list[str]]:
        """The features of every pair of every sentence, by name."""
        found: list[list[str]] = [[] for sight in self.sights for _ in sight.ends]
        for some in self.between:
            for names, codes in some.columns:
                for at, code in zip(some.rows.tolist(), codes.tolist(), strict=True):
                    if code >= 0:
                        found[at].append(names[code])
        for at, candidates in self.proposed.items():
            found[at] += ruled(candidates)
        for row, (subject, target) in zip(found, self.ends.tolist(), strict=True):
            row += self.as_subject[subject]
            row += self.as_object[target]
        return found


def numbers(several: Sequence[Sized]) -> Whole:
    """For the members of all collections, one after another, the number of their collection."""
    return np.repeat(np.arange(len(several)), [len(some) for some in several])


def spelled(text: str, tag: str) -> tuple[str, ...]:
    """The features of a word without its sentence: part of speech, itself, last character."""
    return f"p={tag[:2] or '?'}", f"w={text}", f"c={text[-1]}"


def ruled(candidates: Sequence[Candidate]) -> Iterator[str]:
    """The features that a pair has from what rules propose for it."""
    for one in candidates:
        yield f"re={one.type}"
        yield f"re={one.type}:{one.elided}:{min(one.steps, 1)}"
        if one.sure:
            yield f"sure={one.type}"
        for rule in one.rules:
            yield f"rule={rule.removeprefix('edges/')}"


GUESSES = frozenset({"near", "topic"})
"""The ids of rules that stand for none: what `nearby` makes."""


def nearby(pair: Pair, edge: str, parsed: Parsed, mentions: Sequence[Mention]) -> Candidate:
    """The candidate for an edge that no rule proposes: near when both stand in the sentence, else
    about its topic."""
    inside = [m for m in (pair.subject, pair.object) if m in parsed.mentions]
    way = "near" if len(inside) == 2 else "topic"
    start = min(mentions[m].start for m in inside)
    end = max(mentions[m].end for m in inside)
    return Candidate(
        pair.subject, edge, pair.object, parsed, start, end, [f"edges/{edge}.yaml#{way}"],
        0 if way == "near" else 2, clause=(start, end),
    )  # fmt: skip
