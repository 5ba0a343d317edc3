"""How likely each relation between two mentions is: a small network over a sentence and its pairs.

The words of the sentence are looked at once, through a window of five; a pair is its own features
beside the means of what stands in its subject, in its object, between them, before and after them.
Then each pair is told of those beside it: what else its two ends have, in the sentence and in the
whole text. scripts/train.py trains the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, pairwise

import numpy as np

from kg.network import (
    SIGNAL,
    WINDOW,
    Layer,
    Network,
    grown,
    highest,
    laid_out,
    product,
    running,
    signal,
    spaced,
    window,
)
from kg.network import shipped as network_of
from kg.relate.pairs import Sight, Surveyed, ruled, spelled
from kg.rows import Matrix, Memory, Picked, Whole, picked_rows, picked_sums
from kg.vectors import vectors

AROUND = 4
"""Words before and after a pair that are looked at."""
STRETCHES = 5
"""Stretches of a sentence that a pair is judged by: see `parts`."""
_NEVER = -5.3
"""A score at or below which a probability in whole hundredths is none: that of most edges."""


@dataclass(frozen=True)
class Ranker:
    """The network. `threshold` is the least probability that can make a claim,
    `threshold_ruled` of one that a rule proposes: there the network may not know what the rule
    knows."""

    network: Network
    threshold: float
    threshold_ruled: float

    @cached_property
    def edges(self) -> tuple[str, ...]:
        """The types of relations, in the order of `chances`."""
        return self.network.lists["edges"]

    @cached_property
    def _parts(self) -> list[Layer]:
        """The weights of each of the stretches that `parts` gives."""
        return [*map(Layer, np.split(self.network.weights["parts"], STRETCHES))]

    @cached_property
    def _words(self) -> Memory[tuple[str, str]]:
        """What each word with its part of speech brings, whatever stands around it."""
        table, weights = self.network.tables["words"], self.network.weights["vectors"]
        return Memory(lambda words: (
            table.sums(spelled(*word) for word in words)
            + vectors().product([text for text, _ in words], weights)
        ))  # fmt: skip

    def chances(self, surveyed: Surveyed) -> list[Matrix]:
        """For each sentence the probability of every edge for every pair, in whole hundredths:
        (pairs, edges)."""
        sights = surveyed.sights
        if not any(len(sight.ends) for sight in sights):
            return [np.zeros((0, len(self.edges))) for _ in sights]
        weights = self.network.weights
        first = signal(picked_sums([*self._around(sights), *self._own(surveyed)]))
        # Two products of the same rows, in one.
        both = product(first, self.network.layer("inner", "direct"))
        inner, direct = np.split(both, [weights["inner"].shape[1]], axis=1)
        second = signal(inner + weights["inner.bias"])
        third = signal(self._beside(second, surveyed))
        known = np.hstack([second, third])
        scores = product(known, self.network.layer("out")) + (direct + weights["out.bias"])
        chances = np.zeros(scores.shape)
        possible = scores > _NEVER
        # In float64, so that no machine's last place of `exp` moves a hundredth.
        chances[possible] = np.round(1 / (1 + np.exp(-scores[possible].astype(np.float64))), 2)
        return np.split(chances, np.cumsum([len(sight.ends) for sight in sights])[:-1])

    def _around(self, sights: Sequence[Sight]) -> Iterator[Picked]:
        """What the words in and around all pairs bring."""
        places, size = spaced(len(sight.marks) for sight in sights)
        many = [len(sight.ends) for sight in sights]
        lengths = np.repeat([len(sight.marks) for sight in sights], many)
        spans = parts(np.concatenate([sight.at for sight in sights]), lengths)
        spans += np.repeat(places, many)[:, None, None]
        state = self._state(sights, places, size)
        upto = running(state)
        for part in range(STRETCHES):
            # Many pairs share a stretch: all that have one subject, or one word before them.
            begin, end = spans[:, part, 0], np.maximum(spans[:, part, 0], spans[:, part, 1])
            shared, at = np.unique(begin * (size + 1) + end, return_inverse=True)
            means = _means(upto, shared // (size + 1), shared % (size + 1))
            yield Picked(product(means, self._parts[part]), at)

    def _beside(self, second: Matrix, surveyed: Surveyed) -> Matrix:
        """What each pair makes of itself and of the first signals of the others that its ends stand
        in: in the sentence, and wherever the text has these names."""
        added = product(second, self.network.layer("beside"))
        added += self.network.weights["beside.bias"]
        heard = np.ascontiguousarray(second[:, : len(self.network.weights["called.both"])])
        ends, called = surveyed.ends, surveyed.called
        # Each end where it stands, in its sentence, and all of one name wherever they stand.
        sentence = surveyed.scenes[:, None]
        standing, at = np.unique(sentence * len(called) + ends, return_inverse=True)
        at = at.reshape(ends.shape)
        names = called[standing % len(called)]
        here = [highest(heard, column, len(standing)) for column in at.T]
        there = [highest(rows, names, int(called.max()) + 1) for rows in here]
        # The pairs of the same two names.
        several, both = np.unique(called[ends] @ [len(called), 1], return_inverse=True)
        again = product(highest(heard, both, len(several)), self.network.layer("called.both"))
        added += picked_sums([
            *self._told("beside", here, at), *self._told("called", there, names[at]),
            Picked(again, both),
        ])  # fmt: skip
        return added

    def _told(self, way: str, heard: Sequence[Matrix], ends: Whole) -> Iterator[Picked]:
        """What the pairs of each end say to its pairs, where it is their subject and where it is
        their object; `heard` is what they say as a subject and as an object, `ends` are rows of
        these."""
        said = product(np.hstack(heard), self.network.layer(f"{way}.subject", f"{way}.object"))
        for column, part in zip(ends.T, np.split(said, 2, axis=1), strict=True):
            yield Picked(part, column)

    def _own(self, surveyed: Surveyed) -> Iterator[Picked]:
        """What the features of all pairs and of their ends bring."""
        table, ends, proposed = self.network.tables["pairs"], surveyed.ends, surveyed.proposed
        subjects, objects = table.picked(surveyed.as_subject), table.picked(surveyed.as_object)
        yield Picked(subjects.rows, subjects.which[ends[:, 0]])
        yield Picked(objects.rows, objects.which[ends[:, 1]])
        between = [table.sums_of(some.columns) for some in surveyed.between]
        place = np.empty(len(ends), dtype=np.int64)
        place[np.concatenate([some.rows for some in surveyed.between])] = np.arange(len(ends))
        yield Picked(np.concatenate(between), place)
        rules = table.sums([(), *map(ruled, proposed.values())])
        which = np.zeros(len(ends), dtype=np.int64)
        which[[*proposed]] = np.arange(1, len(rules))
        yield Picked(rules + self.network.weights["parts.bias"], which)

    def _state(self, sights: Sequence[Sight], places: Sequence[int], size: int) -> Matrix:
        weights = self.network.weights
        marks = [names for sight in sights for names in sight.marks]
        words = [(word.text, word.tag) for sight in sights for word in sight.parsed.words]
        table = self.network.tables["words"]
        own = picked_sums([self._words.picked(words), table.picked(marks)])
        own += weights["own.bias"]
        ends = accumulate((len(sight.marks) for sight in sights), initial=0)
        spread, between = laid_out(own, pairwise(ends), places, size)
        state = signal(spread)
        near = window(state, self.network.layer("near", parts=WINDOW)) + weights["near.bias"]
        return grown(state, near, between)


def parts(at: Whole, words: Whole | int) -> Whole:
    """The five stretches of the sentence that each pair is judged by, end exclusive, an end at or
    before its beginning where there is none: in the subject, in the object, between them, before
    and after them: (pairs, 5, 2). `at` is where the pairs stand, as a Sight has it; `words` are so
    many as the sentence of each has."""
    first, last = at[..., 0], at[..., 1] + 1
    both = (first >= 0).all(axis=1)
    some = (first >= 0).any(axis=1)
    low = np.where(both, first.min(axis=1), first.max(axis=1))
    high = last.max(axis=1)
    none = np.zeros_like(low)
    spans = [
        (np.maximum(first[:, 0], 0), last[:, 0]),
        (np.maximum(first[:, 1], 0), last[:, 1]),
        (np.where(both, last.min(axis=1), none), np.where(both, first.max(axis=1), none)),
        (np.where(some, np.maximum(low - AROUND, 0), none), np.where(some, low, none)),
        (high, np.where(some, np.minimum(high + AROUND, words), none)),
    ]
    return np.stack([np.stack(span, axis=-1) for span in spans], axis=1)


def _means(upto: Matrix, begin: Whole, end: Whole) -> Matrix:
    """The mean of each stretch of rows, zero for an empty one; `upto` has the sum of all rows
    before each place."""
    mean = picked_rows(upto, end)
    mean -= picked_rows(upto, begin)
    mean /= np.maximum(end - begin, 1)[:, None]
    mean *= SIGNAL
    np.floor(mean, out=mean)
    mean *= 1 / SIGNAL
    return mean


@cache
def shipped() -> Ranker | None:
    """The Ranker that comes with kg; None in a checkout that has not been trained."""
    network = network_of("kg.relate", "ranker.npz")
    if network is None:
        return None
    threshold, ruled = map(float, network.lists["thresholds"])
    return Ranker(network, threshold, ruled)
