"""Training of the two networks of kg by gradient descent (JAX), for scripts/train.py.

Sums of feature rows are the first layer of both. They are sparse, so they are kept out of JAX:
`Rows` adds them up and learns them with an Adam of its own that touches only what was seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import optax
from scipy.sparse import csr_matrix

from kg.network import WINDOW

Array = npt.NDArray[np.float32]
Params = dict[str, Any]
"""Arrays by name: numpy's before and after training, JAX's inside."""

ANNOTATOR = "by="
"""Feature of all that an article has: who annotated it. The gold articles were gone through more
than once, the others were not; a network that is told so learns what to expect of each."""
GOLD = ANNOTATOR + "gold"
WARM_UP = 20
"""One part of so many of the steps goes by before the rate is at its height."""


class Rows:
    """A row of weights for each feature that enough articles have; their sums and gradients."""

    def __init__(
        self, several: Iterable[Iterable[str]], least: int, width: int, scale: float,
        random: np.random.RandomState,
    ) -> None:  # fmt: skip
        """`several` are the features of each article; known are those that `least` of them have."""
        counts = Counter(name for names in several for name in set(names))
        self.names = sorted(name for name, count in counts.items() if count >= least)
        self._place = {name: at for at, name in enumerate(self.names)}
        self.weights = (random.randn(len(self.names), width) * scale).astype(np.float32)
        self._first, self._second = np.zeros_like(self.weights), np.zeros_like(self.weights)
        self._steps = 0

    def known(self, names: Iterable[str]) -> npt.NDArray[np.int64]:
        """The places of the features that are known."""
        return np.array([self._place[n] for n in names if n in self._place], dtype=np.int64)

    def matrix(
        self, rows: Sequence[npt.NDArray[np.int64]], random: np.random.RandomState | None = None,
        drop: float = 0.0,
    ) -> csr_matrix:  # fmt: skip
        """Which features each row has, some of them dropped by chance."""
        ends = np.cumsum([0, *(len(row) for row in rows)])
        columns = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
        values = np.ones(len(columns), dtype=np.float32)
        if random is not None:
            values *= random.rand(len(columns)) >= drop
        return csr_matrix((values, columns, ends), shape=(len(rows), len(self.names)))

    def settled(self, drop: float) -> Array:
        """The weights for rows that lose no feature: with all of them a sum is as large as it was
        in training, when it lost the share `drop`."""
        weights: Array = self.weights * np.float32(1 - drop)
        return weights

    def without(self, kept: str, drop: float) -> tuple[list[str], Array, Array]:
        """The features and their settled weights without who annotated, and the weights of `kept`,
        which belong in the bias: kg is to find what those annotators would."""
        rest = [at for at, name in enumerate(self.names) if not name.startswith(ANNOTATOR)]
        own = self._place.get(kept)
        bias = np.zeros_like(self.weights[0]) if own is None else self.weights[own]
        return [self.names[at] for at in rest], self.settled(drop)[rest], bias

    def learn(self, seen: csr_matrix, slope: Array, rate: float, decay: float) -> None:
        """One step of Adam on the rows that were seen."""
        self._steps += 1
        slopes = seen.T.tocsr() @ slope
        at = np.unique(seen.indices)
        here = slopes[at]
        first = self._first[at] = 0.9 * self._first[at] + 0.1 * here
        second = self._second[at] = 0.999 * self._second[at] + 0.001 * here * here
        step = first / (1 - 0.9**self._steps)
        step /= np.sqrt(second / (1 - 0.999**self._steps)) + 1e-8
        self.weights[at] -= rate * (step + decay * self.weights[at])


@dataclass(frozen=True)
class Course:
    """How a network is trained. `drop` and `drop_features` are the shares of its signals and of the
    features of its rows that a step loses by chance: what stops it from leaning on single words
    costs less than what blurs its layers. With .3 and .15 the ranker had an average precision of
    facts of .558 and .623 on articles kept from it (22 gold ones, 150 of our own; given their
    mentions), with .15 and .3 .580 and .634; the tagger an F1 of exact mentions of .612 and .538,
    now .629 and .558."""

    epochs: int
    rate: float
    decay: float = 0.01
    drop: float = 0.15
    drop_features: float = 0.3


def rate_of(course: Course, steps: int) -> Callable[[int], Any]:
    """The learning rate by step: up for a short while, then down along a cosine."""
    schedule: Callable[[int], Any] = optax.warmup_cosine_decay_schedule(
        0.0, course.rate, steps // WARM_UP + 1, steps
    )
    return schedule


def dense(key: Any, *shape: int) -> Any:
    """First weights of a layer."""
    return jax.random.normal(key, shape) / np.sqrt(np.prod(shape[:-1]))


def dropped(signal: Any, key: Any, rate: float) -> Any:
    """The signal with some of it lost by chance; whole where there is no key."""
    if key is None or not rate:
        return signal
    kept = jax.random.bernoulli(key, 1 - rate, signal.shape)
    return jnp.where(kept, signal / (1 - rate), 0.0)


def window(rows: Any, spread: int = 1) -> Any:
    """The five rows that kg.network.window weighs, side by side, over (sentences, words, width)."""
    size = rows.shape[1]
    padded = jnp.pad(rows, ((0, 0), (2 * spread, 2 * spread), (0, 0)))
    parts = [padded[:, at * spread : at * spread + size] for at in range(WINDOW)]
    return jnp.concatenate(parts, axis=-1)
