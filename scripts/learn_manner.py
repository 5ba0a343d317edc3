"""Training of the model that has the second opinion on modality: logistic regression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax

from kg.model import Modality
from kg.network import pack

LEAST_ARTICLES = 3
"""Articles that must have a sign before the model knows it."""
PENALTY = 4.0

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lesson:
    """Signs of an annotated relation, and its modality."""

    article: str
    signs: Sequence[str]
    right: Modality


def learn(lessons: Sequence[Lesson]) -> bytes:
    """The weights file of the model trained on `lessons`."""
    held = Counter(name for _, name in {(one.article, n) for one in lessons for n in one.signs})
    names = sorted(name for name, count in held.items() if count >= LEAST_ARTICLES)
    place = {name: at for at, name in enumerate(names)}
    known = [[place[n] for n in set(one.signs) if n in place] for one in lessons]
    ends = np.cumsum([0, *map(len, known)])
    columns = np.concatenate([np.array(row, dtype=np.int64) for row in known])
    seen = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(known), len(names)))
    every = list(Modality)
    right = np.array([[one.right is m for m in every] for one in lessons], dtype=np.float64)

    def loss(flat: Weights) -> tuple[float, Weights]:
        weights = flat.reshape(len(names), len(every))
        scores = seen @ weights
        value = -(log_softmax(scores, axis=1) * right).sum() + PENALTY / 2 * flat @ flat
        slope = seen.T @ (softmax(scores, axis=1) - right) + PENALTY * weights
        return float(value), slope.ravel()

    start = np.zeros(len(names) * len(every))
    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    rows = found.reshape(len(names), len(every))
    return pack({"signs": (names, rows)}, {}, {"modalities": [str(m) for m in every]})
