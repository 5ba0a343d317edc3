"""Training of the ranker's network: its layers in JAX, one yes or no for each edge of a pair."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from learning import Course, Params, Rows, dense, dropped, rate_of, window
from ranker_batches import PAIRS_AT_ONCE, Lesson, Row, batches_of, pieces_of, row_of, take

from kg.network import WINDOW, pack
from kg.relate.ranker import STRETCHES
from kg.vectors import vectors

WIDTH, PAIR_WIDTH, INNER = 64, 192, 96
TOLD = 48
"""So many of the inner signals of a pair are told to the pairs beside it."""
LEAST = 6
"""Articles that must have a feature before the ranker knows it."""
COURSE = Course(epochs=6, rate=2.5e-3, decay=0.03)


def learn(
    lessons: Sequence[Lesson], edges: Sequence[str], thresholds: Sequence[float], seed: int = 0
) -> bytes:
    """The weights file of a ranker trained on `lessons`."""
    random = np.random.RandomState(seed)
    words: dict[str, set[str]] = {}
    pairs: dict[str, set[str]] = {}
    for one in lessons:
        words.setdefault(one.article, set()).update(n for row in one.features for n in row)
        pairs.setdefault(one.article, set()).update(n for row in one.pairs for n in row)
    of_words = Rows(words.values(), LEAST, WIDTH, 0.1, random)
    of_pairs = Rows(pairs.values(), LEAST, PAIR_WIDTH, 0.05, random)
    pieces = [
        [row_of(one, of_words, of_pairs) for one in piece]
        for _, text in groupby(lessons, key=lambda one: one.text)
        for piece in pieces_of(text)
    ]
    params = _first(jax.random.PRNGKey(seed), len(edges))
    params = _descend(pieces, of_words, of_pairs, params, seed, random)
    weights = {name: np.asarray(value, dtype=np.float64) for name, value in params.items()}
    weights["parts"] = weights["parts"].reshape(STRETCHES * WIDTH, PAIR_WIDTH)
    tables = {
        name: (rows.names, rows.settled(COURSE.drop_features).astype(np.float64))
        for name, rows in (("words", of_words), ("pairs", of_pairs))
    }
    lists = {"edges": edges, "thresholds": [str(one) for one in thresholds]}
    return pack(tables, weights, lists)


def _first(key: Any, edges: int) -> Params:
    keys = iter(jax.random.split(key, 12))
    width = vectors().rows.shape[1]
    return {
        "vectors": dense(next(keys), width, WIDTH), "own.bias": jnp.zeros(WIDTH),
        "near": dense(next(keys), WINDOW * WIDTH, WIDTH), "near.bias": jnp.zeros(WIDTH),
        "parts": dense(next(keys), STRETCHES, WIDTH, PAIR_WIDTH),
        "parts.bias": jnp.zeros(PAIR_WIDTH),
        "inner": dense(next(keys), PAIR_WIDTH, INNER), "inner.bias": jnp.zeros(INNER),
        "beside": dense(next(keys), INNER, INNER), "beside.bias": jnp.zeros(INNER),
        "beside.subject": dense(next(keys), 2 * TOLD, INNER) / 2,
        "beside.object": dense(next(keys), 2 * TOLD, INNER) / 2,
        "called.subject": dense(next(keys), 2 * TOLD, INNER) / 3,
        "called.object": dense(next(keys), 2 * TOLD, INNER) / 3,
        "called.both": dense(next(keys), TOLD, INNER) / 2,
        "out": dense(next(keys), 2 * INNER, edges) / 2,
        "direct": dense(next(keys), PAIR_WIDTH, edges) / 3,
        "out.bias": jnp.full(edges, -4.0),
    }  # fmt: skip


def _means(state: Any, spans: Any) -> Any:
    """The mean of each stretch of words: (stretches, pairs, width)."""
    upto = jnp.pad(jnp.cumsum(state, axis=0), ((1, 0), (0, 0)))
    begin, end = spans[..., 0], jnp.maximum(spans[..., 0], spans[..., 1])
    return (upto[end] - upto[begin]) / jnp.maximum(end - begin, 1)[..., None]


def _beside(params: Params, second: Any, groups: Any, room: int) -> Any:
    """kg.relate.ranker.Ranker._beside, before it is a signal."""

    def highest(which: Any, count: int) -> Any:
        return jnp.maximum(jax.ops.segment_max(heard, which, count), 0)

    added = second @ params["beside"] + params["beside.bias"]
    heard = second[:, :TOLD]
    for way, (subject, target) in (("beside", groups[:2]), ("called", groups[2:4])):
        told = jnp.concatenate([highest(subject, room), highest(target, room)], axis=1)
        added += (told @ params[f"{way}.subject"])[subject]
        added += (told @ params[f"{way}.object"])[target]
    return added + (highest(groups[4], PAIRS_AT_ONCE) @ params["called.both"])[groups[4]]


def _scores(
    params: Params, words: Any, pairs: Any, batch: Sequence[Any], room: int, key: Any
) -> Any:  # fmt: skip
    """kg.relate.ranker.Ranker.chances before they are squeezed: (pairs, edges)."""
    seen, real, spans, groups, alive = batch
    keys = jax.random.split(key, 5)
    state = jax.nn.relu(words + seen @ params["vectors"] + params["own.bias"]) * real
    state = dropped(state, keys[0], COURSE.drop)
    near = jax.nn.relu(window(state[None])[0] @ params["near"] + params["near.bias"])
    state = dropped((state + near) * real, keys[1], COURSE.drop)
    means = _means(state, spans)
    first = pairs + jnp.einsum("sph,shq->pq", means, params["parts"]) + params["parts.bias"]
    first = dropped(jax.nn.relu(first), keys[2], COURSE.drop)
    second = dropped(jax.nn.relu(first @ params["inner"] + params["inner.bias"]), keys[3],
                     COURSE.drop)  # fmt: skip
    third = dropped(jax.nn.relu(_beside(params, second * alive, groups, room)), keys[4],
                    COURSE.drop)  # fmt: skip
    both = jnp.concatenate([second, third], axis=1)
    return both @ params["out"] + first @ params["direct"] + params["out.bias"]


def _descend(
    pieces: Sequence[Sequence[Row]], of_words: Rows, of_pairs: Rows, params: Params, seed: int,
    random: np.random.RandomState,
) -> Params:  # fmt: skip
    steps = COURSE.epochs * sum(1 for _ in batches_of(pieces, np.random.RandomState(seed)))
    rate = rate_of(COURSE, steps)
    chooser = optax.adamw(rate, weight_decay=COURSE.decay)

    def loss(learned: Any, batch: Any, room: int, right: Any, asked: Any, key: Any) -> Any:
        scores = _scores(*learned, batch, room, key)
        return (optax.sigmoid_binary_cross_entropy(scores, right) * asked).sum() / 100

    @partial(jax.jit, static_argnames="room")
    def step(params: Params, memory: Any, words: Any, pairs: Any, batch: Any, right: Any,
             asked: Any, key: Any, room: int) -> Any:  # fmt: skip
        value, (slopes, *sums) = jax.value_and_grad(loss)(
            (params, words, pairs), batch, room, right, asked, key
        )
        change, memory = chooser.update(slopes, memory, params)
        return optax.apply_updates(params, change), memory, value, sums

    memory = chooser.init(params)
    key, count = jax.random.PRNGKey(seed + 1), 0
    for epoch in range(COURSE.epochs):
        total, many = 0.0, 0
        for several in batches_of(pieces, random):
            batch = take(several)
            words = of_words.matrix(batch.words, random, COURSE.drop_features)
            pairs = of_pairs.matrix(batch.pairs, random, COURSE.drop_features)
            key, own = jax.random.split(key)
            params, memory, value, (word_slopes, pair_slopes) = step(
                params, memory, words @ of_words.weights, pairs @ of_pairs.weights,
                batch.seen, batch.right, batch.asked, own, batch.room,
            )  # fmt: skip
            now = float(rate(count))
            of_words.learn(words, np.asarray(word_slopes), now, COURSE.decay)
            of_pairs.learn(pairs, np.asarray(pair_slopes), now, COURSE.decay)
            total, many, count = total + float(value), many + 1, count + 1
        print(f"  ranker, epoch {epoch + 1}: {total / max(1, many):.3f}", flush=True)
    return params
