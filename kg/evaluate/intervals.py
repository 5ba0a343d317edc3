"""How far the figures would move with other articles: bootstrap intervals over articles.

As many articles as there are are drawn with replacement, again and again; between the bounds
lie the middle 95 % of the figures that the draws give. The seed is fixed: the same scores give
the same bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.evaluate.scores import (
    ACCURACIES,
    AVERAGED,
    MEASURES,
    RATIOS,
    ArticleScore,
    Evaluation,
    Score,
    Share,
)

DRAWS = 2000
SEED = 20210426
BOUNDS = (0.025, 0.975)

_Table = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """Where a figure (0 to 1) lies in 95 % of the draws."""

    low: float
    high: float


Ratios = Mapping[str, Interval]
"""The intervals of precision, recall and f1."""


@dataclass(frozen=True)
class Intervals:
    """The intervals of what an Evaluation has, by the same names; `means` as its `mean`."""

    measures: Mapping[str, Ratios]
    means: Mapping[str, Ratios]
    entity_types: Mapping[str, Ratios]
    relation_types: Mapping[str, Ratios]
    accuracies: Mapping[str, Interval]


def intervals(result: Evaluation) -> Intervals:
    """Of all figures. Those of a single article have no width: it can only be drawn again."""
    articles = result.articles
    draws = _Draws(len(articles))
    return Intervals(
        measures={
            name: draws.pooled([one.measures[name] for one in articles]) for name in MEASURES
        },
        means={name: draws.mean(articles, name) for name in AVERAGED},
        entity_types={
            name: draws.pooled([one.entity_types.get(name, Score()) for one in articles])
            for name in result.entity_types
        },
        relation_types={
            name: draws.pooled([one.relation_types.get(name, Score()) for one in articles])
            for name in result.relation_types
        },
        accuracies={
            name: draws.share([one.accuracies[name] for one in articles]) for name in ACCURACIES
        },
    )


class _Draws:
    """How often each article is in each draw: draws x articles."""

    def __init__(self, articles: int) -> None:
        random = np.random.default_rng(SEED)
        even = np.full(articles, 1 / max(1, articles))
        self.times = random.multinomial(articles, even, size=DRAWS).astype(np.float64)

    def pooled(self, scores: Sequence[Score]) -> Ratios:
        """Of the ratios that the counts of all articles together give."""
        counts = [(one.right, one.surplus, one.missed) for one in scores]
        right, surplus, missed = (self.times @ np.array(counts, dtype=np.float64)).T
        some = right + surplus + missed > 0  # a draw without any item says nothing
        ratios = (
            _ratio(right, right + surplus),
            _ratio(right, right + missed),
            _ratio(2 * right, 2 * right + surplus + missed),
        )
        return {name: _middle(one[some]) for name, one in zip(RATIOS, ratios, strict=True)}

    def mean(self, articles: Sequence[ArticleScore], measure: str) -> Ratios:
        """Of the ratios of single articles, averaged."""
        scores = [one.measures[measure] for one in articles]
        values = np.array([(one.precision, one.recall, one.f1) for one in scores])
        means = self.times @ values / len(articles)
        return {name: _middle(one) for name, one in zip(RATIOS, means.T, strict=True)}

    def share(self, shares: Sequence[Share]) -> Interval:
        """Of a share of all articles together."""
        right, of = (self.times @ np.array([(one.right, one.of) for one in shares])).T
        return _middle(_ratio(right, of)[of > 0])


def _ratio(part: _Table, whole: _Table) -> _Table:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _middle(values: _Table) -> Interval:
    if not values.size:
        return Interval(0.0, 0.0)
    low, high = np.quantile(values, BOUNDS)
    return Interval(float(low), float(high))
