"""Training of the ranker's network: its layers in JAX, one yes or no for each edge of a pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from learning import Course, Params, Rows, dense, dropped, rate_of, window

from kg.network import WINDOW, pack
from kg.relate.ranker import STRETCHES
from kg.vectors import vectors

WIDTH, PAIR_WIDTH, INNER = 64, 192, 96
LEAST = 12
"""Articles that must have a feature before the ranker knows it."""
COURSE = Course(epochs=9, rate=2.5e-3, decay=0.03, drop=0.3, drop_features=0.15)
LENGTHS, COUNTS = (24, 48, 110), (16, 64)
"""Sentences of up to so many words, with up to so many pairs, are trained together; a sentence
with more pairs is several of them, one with more words is left out."""
WORDS_AT_ONCE, PAIRS_AT_ONCE = 1536, 1024


@dataclass(frozen=True)
class Lesson:
    """A sentence with its pairs: `right` says which edges hold (1), which do not (0), and which
    the annotation leaves open (-1): (pairs, edges). `weight` says how much each pair counts."""

    article: str
    words: Sequence[str]
    features: Sequence[Sequence[str]]
    pairs: Sequence[Sequence[str]]
    parts: Sequence[Sequence[tuple[int, int]]]
    right: Any
    weight: Any


def learn(
    lessons: Sequence[Lesson], edges: Sequence[str], thresholds: Sequence[float], seed: int = 0
) -> bytes:
    """The weights file of a ranker trained on `lessons`."""
    random = np.random.RandomState(seed)
    words: dict[str, set[str]] = {}
    pairs: dict[str, set[str]] = {}
    for lesson in lessons:
        words.setdefault(lesson.article, set()).update(n for row in lesson.features for n in row)
        pairs.setdefault(lesson.article, set()).update(n for row in lesson.pairs for n in row)
    of_words = Rows(words.values(), LEAST, WIDTH, 0.1, random)
    of_pairs = Rows(pairs.values(), LEAST, PAIR_WIDTH, 0.05, random)
    rows = [row for lesson in lessons for row in _rows(lesson, of_words, of_pairs)]
    params = _descend(rows, of_words, of_pairs, _first(jax.random.PRNGKey(seed), len(edges)), seed,
                      random)  # fmt: skip
    weights = {name: np.asarray(value, dtype=np.float64) for name, value in params.items()}
    weights["parts"] = weights["parts"].reshape(STRETCHES * WIDTH, PAIR_WIDTH)
    tables = {"words": of_words, "pairs": of_pairs}
    return pack(
        {name: (t.names, t.weights.astype(np.float64)) for name, t in tables.items()},
        weights, {"edges": edges, "thresholds": [str(one) for one in thresholds]},
    )  # fmt: skip


@dataclass(frozen=True)
class _Row:
    """A Lesson, or a part of one that has few enough pairs."""

    words: Sequence[Any]
    vectors: Any
    pairs: Sequence[Any]
    parts: Sequence[Sequence[tuple[int, int]]]
    right: Any
    weight: Any


def _rows(lesson: Lesson, of_words: Rows, of_pairs: Rows) -> Iterator[_Row]:
    if len(lesson.words) > LENGTHS[-1]:
        return
    words = [of_words.known(names) for names in lesson.features]
    seen = vectors().of(lesson.words)
    for at in range(0, len(lesson.pairs), COUNTS[-1]):
        here = slice(at, at + COUNTS[-1])
        pairs = [of_pairs.known(names) for names in lesson.pairs[here]]
        yield _Row(words, seen, pairs, lesson.parts[here], lesson.right[here], lesson.weight[here])


def _batches(
    rows: Sequence[_Row], random: np.random.RandomState
) -> list[tuple[int, int, int, list[int]]]:
    """(words, pairs, rows, members) of each batch of an epoch, in random order."""
    alike: dict[tuple[int, int], list[int]] = {}
    for at in random.permutation(len(rows)):
        size = next(n for n in LENGTHS if len(rows[at].words) <= n)
        count = next(n for n in COUNTS if len(rows[at].pairs) <= n)
        alike.setdefault((size, count), []).append(int(at))
    found = []
    for (size, count), members in sorted(alike.items()):
        many = max(4, min(PAIRS_AT_ONCE // count, WORDS_AT_ONCE // size))
        found += [(size, count, many, members[at : at + many])
                  for at in range(0, len(members), many)]  # fmt: skip
    return [found[at] for at in random.permutation(len(found))]


@dataclass
class _Batch:
    """Rows as padded arrays: known features flat, the rest with the number of rows in front."""

    words: list[Any]
    pairs: list[Any]
    vectors: Any
    real: Any
    parts: Any
    right: Any
    asked: Any


def _take(rows: Sequence[_Row], size: int, count: int, many: int, edges: int) -> _Batch:
    nothing = np.zeros(0, dtype=np.int64)
    width = vectors().rows.shape[1]
    batch = _Batch(
        [], [], np.zeros((many, size, width), np.float32), np.zeros((many, size), np.float32),
        np.zeros((STRETCHES, many, count, 2), np.int32),
        np.zeros((many, count, edges), np.float32), np.zeros((many, count, edges), np.float32),
    )  # fmt: skip
    for at, row in enumerate(rows):
        length, pairs = len(row.words), len(row.pairs)
        batch.words += [*row.words, *[nothing] * (size - length)]
        batch.pairs += [*row.pairs, *[nothing] * (count - pairs)]
        batch.vectors[at, :length] = row.vectors
        batch.real[at, :length] = 1.0
        batch.right[at, :pairs] = row.right == 1
        batch.asked[at, :pairs] = (row.right >= 0) * row.weight[:, None]
        batch.parts[:, at, :pairs] = np.asarray(row.parts).swapaxes(0, 1)
    batch.words += [nothing] * (size * (many - len(rows)))
    batch.pairs += [nothing] * (count * (many - len(rows)))
    return batch


def _first(key: Any, edges: int) -> Params:
    keys = iter(jax.random.split(key, 6))
    width = vectors().rows.shape[1]
    return {
        "vectors": dense(next(keys), width, WIDTH), "own.bias": jnp.zeros(WIDTH),
        "near": dense(next(keys), WINDOW * WIDTH, WIDTH), "near.bias": jnp.zeros(WIDTH),
        "parts": dense(next(keys), STRETCHES, WIDTH, PAIR_WIDTH),
        "parts.bias": jnp.zeros(PAIR_WIDTH),
        "inner": dense(next(keys), PAIR_WIDTH, INNER), "inner.bias": jnp.zeros(INNER),
        "out": dense(next(keys), INNER, edges) / 2,
        "direct": dense(next(keys), PAIR_WIDTH, edges) / 3,
        "out.bias": jnp.full(edges, -4.0),
    }  # fmt: skip


def _shares(spans: Any, size: int) -> Any:
    """The part that each of `size` words has in the mean of each stretch: (..., size)."""
    begin, end = spans[..., :1], spans[..., 1:]
    inside = (jnp.arange(size) >= begin) & (jnp.arange(size) < end)
    return inside / jnp.maximum(end - begin, 1)


def _scores(params: Params, words: Any, pairs: Any, batch: Sequence[Any], key: Any) -> Any:
    """kg.relate.ranker.Ranker.chances before they are squeezed: (rows, pairs, edges)."""
    seen, real, spans = batch
    keys = jax.random.split(key, 4)
    real = real[..., None]
    state = jax.nn.relu(words + seen @ params["vectors"] + params["own.bias"]) * real
    state = dropped(state, keys[0], COURSE.drop)
    near = jax.nn.relu(window(state) @ params["near"] + params["near.bias"])
    state = dropped((state + near) * real, keys[1], COURSE.drop)
    means = jnp.einsum("kspl,slh->skph", _shares(spans, seen.shape[1]), state)
    first = pairs + jnp.einsum("skph,khq->spq", means, params["parts"]) + params["parts.bias"]
    first = dropped(jax.nn.relu(first), keys[2], COURSE.drop)
    second = dropped(jax.nn.relu(first @ params["inner"] + params["inner.bias"]), keys[3],
                     COURSE.drop)  # fmt: skip
    return second @ params["out"] + first @ params["direct"] + params["out.bias"]


def _descend(
    rows: Sequence[_Row], of_words: Rows, of_pairs: Rows, params: Params, seed: int,
    random: np.random.RandomState,
) -> Params:  # fmt: skip
    edges = rows[0].right.shape[1]
    rate = rate_of(COURSE, COURSE.epochs * len(_batches(rows, np.random.RandomState(seed))))
    chooser = optax.adamw(rate, weight_decay=COURSE.decay)

    def loss(learned: Any, batch: Any, right: Any, asked: Any, key: Any) -> Any:
        scores = _scores(*learned, batch, key)
        return (optax.sigmoid_binary_cross_entropy(scores, right) * asked).sum() / 100

    @jax.jit
    def step(params: Params, memory: Any, words: Any, pairs: Any, batch: Any, right: Any,
             asked: Any, key: Any) -> Any:  # fmt: skip
        value, (slopes, *sums) = jax.value_and_grad(loss)(
            (params, words, pairs), batch, right, asked, key
        )
        change, memory = chooser.update(slopes, memory, params)
        return optax.apply_updates(params, change), memory, value, sums

    memory = chooser.init(params)
    key, count = jax.random.PRNGKey(seed + 1), 0
    for epoch in range(COURSE.epochs):
        total, batches = 0.0, _batches(rows, random)
        for size, number, many, members in batches:
            batch = _take([rows[at] for at in members], size, number, many, edges)
            words = of_words.matrix(batch.words, random, COURSE.drop_features)
            pairs = of_pairs.matrix(batch.pairs, random, COURSE.drop_features)
            key, own = jax.random.split(key)
            params, memory, value, (word_slopes, pair_slopes) = step(
                params, memory, (words @ of_words.weights).reshape(many, size, WIDTH),
                (pairs @ of_pairs.weights).reshape(many, number, PAIR_WIDTH),
                (batch.vectors, batch.real, batch.parts), batch.right, batch.asked, own,
            )  # fmt: skip
            now = float(rate(count))
            of_words.learn(words, np.asarray(word_slopes).reshape(-1, WIDTH), now, COURSE.decay)
            of_pairs.learn(
                pairs, np.asarray(pair_slopes).reshape(-1, PAIR_WIDTH), now, COURSE.decay
            )
            total, count = total + float(value), count + 1
        print(f"  ranker, epoch {epoch + 1}: {total / max(1, len(batches)):.3f}", flush=True)
    return params
