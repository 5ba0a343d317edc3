"""What a pair of mentions is judged by."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from kg.annotate import annotate
from kg.model import Document
from kg.network import SIGNAL
from kg.read import read
from kg.relate import Surveyed, survey
from kg.relate.ranker import Ranker, shipped
from kg.relate.sources import Voices
from kg.rows import Matrix
from kg.schema import load_schema
from kg.text import words


def surveyed(document: Document) -> Surveyed:
    schema, cut = load_schema(), words(document.text)
    mentions, _ = annotate(document, cut, schema)
    return survey(document, cut, mentions, schema, Voices(document, mentions, schema))


def slowly(ranker: Ranker, signals: Matrix, view: Surveyed) -> Matrix:
    """What Ranker._beside says, pair by pair."""
    weights = ranker.network.weights
    heard = signals[:, : len(weights["called.both"])]
    ends, named = view.ends, view.called[view.ends]
    sentence = np.repeat(np.arange(len(view.sights)), [len(sight.ends) for sight in view.sights])
    found = signals @ weights["beside"] + weights["beside.bias"]
    for at, (pair, names) in enumerate(zip(ends, named, strict=True)):
        for way, mine, every, near in (
            ("beside", pair, ends, sentence == sentence[at]),
            ("called", names, named, np.ones(len(ends), dtype=np.bool_)),
        ):
            for place, role in enumerate(("subject", "object")):
                told = [
                    heard[near & (every[:, column] == mine[place])].max(axis=0, initial=0)
                    for column in (0, 1)
                ]
                found[at] += np.concatenate(told) @ weights[f"{way}.{role}"]
        same = (named == names).all(axis=1)
        found[at] += heard[same].max(axis=0) @ weights["called.both"]
    return found


def test_a_pair_is_told_the_highest_signals_of_the_pairs_beside_it(samples: Path) -> None:
    ranker = shipped()
    assert ranker is not None
    document = next(one for one in read([samples]) if isinstance(one, Document))
    view = surveyed(document)
    random = np.random.RandomState(0)
    width = len(ranker.network.weights["beside"])
    signals = np.floor(random.rand(len(view.ends), width) * SIGNAL).astype(np.float32) / SIGNAL
    told = ranker._beside(signals, view)
    assert len(view.sights) > 3
    assert np.allclose(told, slowly(ranker, signals.astype(np.float64), view), atol=1e-3)
