"""Training of the model that says which names of a document are one thing: logistic regression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.network import pack

LEAST_ARTICLES = 2
"""Articles that must have a feature before the model knows it."""
PENALTY = 1.0
LIKELY = 0.75
"""Least probability that makes two names one: a wrong union is a false statement, a missing one
a flaw."""

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lesson:
    """Features of a pair of names of an article, and whether they are one entity."""

    article: str
    features: Sequence[str]
    same: bool


def learn(lessons: Sequence[Lesson]) -> bytes:
    """The weights file of the model trained on `lessons`."""
    held = Counter(name for _, name in {(one.article, n) for one in lessons for n in one.features})
    names = sorted(name for name, count in held.items() if count >= LEAST_ARTICLES)
    place = {name: at for at, name in enumerate(names)}
    known = [[place[n] for n in dict.fromkeys(one.features) if n in place] for one in lessons]
    ends = np.cumsum([0, *map(len, known)])
    columns = np.concatenate([np.array(row, dtype=np.int64) for row in known])
    seen = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(known), len(names)))
    right = np.array([one.same for one in lessons], dtype=np.float64)

    def loss(weights: Weights) -> tuple[float, Weights]:
        scores = seen @ weights
        chances = 1 / (1 + np.exp(-scores))
        value = (np.logaddexp(0, scores) - right * scores).sum() + PENALTY / 2 * weights @ weights
        return float(value), seen.T @ (chances - right) + PENALTY * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    least = float(np.log(LIKELY / (1 - LIKELY)))
    return pack({"names": (names, found[:, None])}, {}, {"least": [f"{least:.3f}"]})
