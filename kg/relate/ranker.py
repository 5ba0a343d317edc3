"""How likely each relation between two mentions is: a small network over a sentence and its pairs.

The words of the sentence are looked at once, through a window of five; a pair is its own features
beside the means of what stands in its subject, in its object, between them, before and after them.
scripts/train.py trains the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np

from kg.network import SIGNAL, Matrix, Network, Whole, load, signal, spaced, vectors, window
from kg.relate.pairs import Pair, Sight

AROUND = 4
"""Words before and after a pair that are looked at."""


@dataclass(frozen=True)
class Ranker:
    """The network. `threshold` is the least probability that makes a claim."""

    network: Network
    threshold: float

    @cached_property
    def edges(self) -> tuple[str, ...]:
        """The types of relations, in the order of `chances`."""
        return self.network.lists["edges"]

    def chances(self, sights: Sequence[Sight]) -> list[Matrix]:
        """For each sentence the probability of every edge for every pair, in whole hundredths:
        (pairs, edges)."""
        pairs = [pair for sight in sights for pair in sight.pairs]
        if not pairs:
            return [np.zeros((0, len(self.edges))) for _ in sights]
        weights = self.network.weights
        places, size = spaced(len(sight.words) for sight in sights)
        state = self._state(sights, places, size)
        sums = self.network.tables["pairs"].sums([pair.features for pair in pairs])
        parts = means(state, stretches(sights, places))
        first = signal(sums + parts @ weights["parts"] + weights["parts.bias"])
        second = signal(first @ weights["inner"] + weights["inner.bias"])
        scores = second @ weights["out"] + first @ weights["direct"] + weights["out.bias"]
        chances = np.round(1 / (1 + np.exp(-scores)), 2)
        return np.split(chances, np.cumsum([len(sight.pairs) for sight in sights])[:-1])

    def _state(self, sights: Sequence[Sight], places: Sequence[int], size: int) -> Matrix:
        weights = self.network.weights
        several = [names for sight in sights for names in sight.words]
        words = [word.text for sight in sights for word in sight.parsed.words]
        own = self.network.tables["words"].sums(several) + vectors().of(words) @ weights["vectors"]
        spread = np.zeros((size, own.shape[1]))
        real = np.zeros((size, 1))
        at = 0
        for sight, place in zip(sights, places, strict=True):
            end = place + len(sight.words)
            spread[place:end] = own[at : at + len(sight.words)] + weights["own.bias"]
            real[place:end] = 1.0
            at += len(sight.words)
        state = signal(spread) * real
        near = window(state) @ weights["near"] + weights["near.bias"]
        whole: Matrix = (state + signal(near)) * real
        return whole


def parts_of(pair: Pair, size: int) -> list[tuple[int, int]]:
    """The five stretches of a sentence of `size` words that a pair is judged by, end exclusive,
    empty where there is none: subject, object, between them, before and after them."""
    subject, target = pair.subject_at, pair.object_at
    inside = [place for place in (subject, target) if place]
    own = [(place.first, place.last + 1) if place else (0, 0) for place in (subject, target)]
    if not inside:
        return [*own, (0, 0), (0, 0), (0, 0)]
    low = min(place.first for place in inside)
    high = max(place.last for place in inside) + 1
    between = (0, 0)
    if subject and target:
        left = min(subject.last, target.last) + 1
        right = max(subject.first, target.first)
        between = (left, right) if left < right else (0, 0)
    return [*own, between, (max(0, low - AROUND), low), (high, min(size, high + AROUND))]


def stretches(sights: Sequence[Sight], places: Sequence[int]) -> Whole:
    """The parts of all pairs as rows of the sentences' words: (pairs, 5, 2)."""
    return np.array(
        [
            [(place + begin, place + end) for begin, end in parts_of(pair, len(sight.words))]
            for sight, place in zip(sights, places, strict=True)
            for pair in sight.pairs
        ],
        dtype=np.int64,
    )


def means(rows: Matrix, spans: Whole) -> Matrix:
    """The mean of each span of rows, zero for an empty one, the five of a pair side by side."""
    added = np.vstack([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    begin, end = spans[..., 0], spans[..., 1]
    size = np.maximum(end - begin, 1)[..., None]
    mean = np.floor((added[end] - added[begin]) / size * SIGNAL) / SIGNAL
    flat: Matrix = mean.reshape(len(spans), -1)
    return flat


@cache
def shipped() -> Ranker | None:
    """The Ranker that comes with kg; None in a checkout that has not been trained."""
    file = files("kg.relate") / "ranker.npz"
    if not file.is_file():
        return None
    network = load(file.read_bytes())
    return Ranker(network, float(network.lists["threshold"][0]))
