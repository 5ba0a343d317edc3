"""Training of the tagger's network: its layers in JAX, a conditional random field over labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from learning import GOLD, Course, Params, Rows, dense, dropped, rate_of, window

from kg.network import WINDOW, pack
from kg.vectors import vectors

WIDTH = 96
LEAST = 3
"""Articles that must have a feature before the tagger knows it."""
COURSE = Course(epochs=10, rate=4e-3)
LENGTHS = ((12, 80), (24, 44), (40, 24), (64, 16))
"""Sentences up to so many words are trained together, so many at once."""
LONGEST = LENGTHS[-1][0]
BOLD = 0.2
"""How much less likely than trained it is that a word is in no mention: what the tagger misses,
no relation can have, and the ranker drops again what the tagger took too much of."""
LAYERS = ("things", "acts")


@dataclass(frozen=True)
class Row:
    """A sentence, or a part of a long one: features and words, and the labels of both layers."""

    article: str
    words: Sequence[str]
    features: Sequence[Sequence[str]]
    labels: tuple[Sequence[str], Sequence[str]]


def learn(rows: Sequence[Row], seed: int = 0) -> bytes:
    """The weights file of a tagger trained on `rows`."""
    random = np.random.RandomState(seed)
    by_article: dict[str, set[str]] = {}
    for row in rows:
        by_article.setdefault(row.article, set()).update(n for names in row.features for n in names)
    table = Rows(by_article.values(), LEAST, WIDTH, 0.1, random)
    names = [["O", *sorted({n for row in rows for n in row.labels[at]} - {"O"})] for at in (0, 1)]
    params = _first(jax.random.PRNGKey(seed), [len(labels) for labels in names])
    params = _descend(_Data(rows, table, names), table, params, seed, random)
    weights = {name: np.asarray(value, dtype=np.float64) for name, value in params.items()}
    for layer in LAYERS:
        weights[f"{layer}.bias"][0] -= BOLD
    known, of_words, bias = table.without(GOLD, COURSE.drop_features)
    weights["own.bias"] += bias
    lists = {f"{layer}.labels": labels for layer, labels in zip(LAYERS, names, strict=True)}
    return pack({"words": (known, of_words.astype(np.float64))}, weights, lists)


class _Data:
    """Rows as arrays, padded to the length of their bucket when they are taken."""

    def __init__(self, rows: Sequence[Row], table: Rows, names: Sequence[Sequence[str]]) -> None:
        self.known = [[table.known(names) for names in row.features] for row in rows]
        self.vectors = [vectors().of(row.words) for row in rows]
        place = [{label: at for at, label in enumerate(labels)} for labels in names]
        self.labels = [[[place[at][n] for n in row.labels[at]] for at in (0, 1)] for row in rows]
        sizes = [next(n for n, _ in LENGTHS if len(row.words) <= n) for row in rows]
        self.buckets = [
            (size, many, np.flatnonzero(np.array(sizes) == size)) for size, many in LENGTHS
        ]

    def batches(self, random: np.random.RandomState) -> list[tuple[int, Any]]:
        """(length, rows) of each batch of an epoch, in random order; what fills none is left."""
        found = []
        for size, many, members in self.buckets:
            order = random.permutation(members)
            found += [(size, order[at : at + many]) for at in range(0, len(order) - many + 1, many)]
        return [found[at] for at in random.permutation(len(found))]

    def take(self, size: int, rows: Any) -> tuple[list[Any], Any, Any, Any]:
        """Known features (flat), vectors, labels of both layers, and 1.0 where a word is."""
        nothing = np.zeros(0, dtype=np.int64)
        known: list[Any] = []
        seen = np.zeros((len(rows), size, vectors().rows.shape[1]), dtype=np.float32)
        labels = np.zeros((2, len(rows), size), dtype=np.int32)
        real = np.zeros((len(rows), size), dtype=np.float32)
        for at, row in enumerate(rows):
            length = len(self.known[row])
            known += [*self.known[row], *[nothing] * (size - length)]
            seen[at, :length] = self.vectors[row]
            labels[:, at, :length] = self.labels[row]
            real[at, :length] = 1.0
        return known, seen, labels, real


def _first(key: Any, sizes: Sequence[int]) -> Params:
    keys = iter(jax.random.split(key, 5))
    width = vectors().rows.shape[1]
    params: Params = {
        "vectors": dense(next(keys), width, WIDTH), "own.bias": jnp.zeros(WIDTH),
        "near": dense(next(keys), WINDOW * WIDTH, WIDTH), "near.bias": jnp.zeros(WIDTH),
        "wide": dense(next(keys), WINDOW * WIDTH, WIDTH), "wide.bias": jnp.zeros(WIDTH),
    }  # fmt: skip
    for layer, size in zip(LAYERS, sizes, strict=True):
        params[f"{layer}.out"] = dense(next(keys), WIDTH, size)
        params[f"{layer}.bias"] = jnp.zeros(size)
        params[f"{layer}.steps"] = jnp.zeros((size, size))
    return params


def _state(params: Params, sums: Any, seen: Any, real: Any, key: Any) -> Any:
    """kg.annotate.tagger.Tagger._state, over (sentences, words, width)."""
    keys = jax.random.split(key, 3)
    real = real[..., None]
    state = jax.nn.relu(sums + seen @ params["vectors"] + params["own.bias"]) * real
    state = dropped(state, keys[0], COURSE.drop)
    near = jax.nn.relu(window(state) @ params["near"] + params["near.bias"])
    state = dropped((state + near) * real, keys[1], COURSE.drop)
    wide = jax.nn.relu(window(state, 2) @ params["wide"] + params["wide.bias"])
    return dropped((state + wide) * real, keys[2], COURSE.drop)


def _unlikely(scores: Any, steps: Any, labels: Any, real: Any) -> Any:
    """Minus the log probability of the labels, summed over the sentences."""
    top = steps.max()
    leaps = jnp.exp(steps - top)

    def step(before: Any, here: Any) -> tuple[Any, None]:
        score, there = here
        most = jax.lax.stop_gradient(before.max(1, keepdims=True))
        after = jnp.log(jnp.exp(before - most) @ leaps + 1e-30) + most + top + score
        return jnp.where(there[:, None] > 0, after, before), None

    rest = (scores[:, 1:].swapaxes(0, 1), real[:, 1:].T)
    last, _ = jax.lax.scan(step, scores[:, 0], rest)
    own = (jnp.take_along_axis(scores, labels[..., None], 2)[..., 0] * real).sum(1)
    own += (steps[labels[:, :-1], labels[:, 1:]] * real[:, 1:]).sum(1)
    return (jax.nn.logsumexp(last, -1) - own).sum()


def _descend(
    data: _Data, table: Rows, params: Params, seed: int, random: np.random.RandomState
) -> Params:
    steps = COURSE.epochs * len(data.batches(np.random.RandomState(seed)))
    rate = rate_of(COURSE, steps)
    chooser = optax.adamw(rate, weight_decay=COURSE.decay)

    def loss(learned: tuple[Params, Any], seen: Any, labels: Any, real: Any, key: Any) -> Any:
        params, sums = learned
        state = _state(params, sums, seen, real, key)
        each = [
            _unlikely(state @ params[f"{layer}.out"] + params[f"{layer}.bias"],
                      params[f"{layer}.steps"], labels[at], real)
            for at, layer in enumerate(LAYERS)
        ]  # fmt: skip
        return (each[0] + each[1]) / seen.shape[0]

    @jax.jit
    def step(params: Params, memory: Any, sums: Any, seen: Any, labels: Any, real: Any,
             key: Any) -> Any:  # fmt: skip
        value, (slopes, sum_slopes) = jax.value_and_grad(loss)(
            (params, sums), seen, labels, real, key
        )
        change, memory = chooser.update(slopes, memory, params)
        return optax.apply_updates(params, change), memory, value, sum_slopes

    memory = chooser.init(params)
    key, count = jax.random.PRNGKey(seed + 1), 0
    for epoch in range(COURSE.epochs):
        total, batches = 0.0, data.batches(random)
        for size, rows in batches:
            known, seen, labels, real = data.take(size, rows)
            matrix = table.matrix(known, random, COURSE.drop_features)
            sums = (matrix @ table.weights).reshape(len(rows), size, WIDTH)
            key, own = jax.random.split(key)
            params, memory, value, slopes = step(params, memory, sums, seen, labels, real, own)
            slope = np.asarray(slopes).reshape(len(rows) * size, WIDTH)
            table.learn(matrix, slope, float(rate(count)), COURSE.decay)
            total, count = total + float(value), count + 1
        print(f"  tagger, epoch {epoch + 1}: {total / max(1, len(batches)):.2f}", flush=True)
    return params
