"""What a confidence is worth: of the relations that carry one, how many are right.

A relation is right as in the *typed* measure of `kg.evaluate`: both ends aligned (relaxed), type
and direction as annotated. What only an optional gold relation says counts neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.evaluate.judge import Judge
from kg.evaluate.reading import Reading
from kg.schema import Schema, load_schema

BOUNDS = (0.0, 0.2, 0.4, 0.6, 0.8)
"""Where the bins begin; the last one ends at 1, which it includes."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The relations with a confidence from `low` up to, and without, `high`.

    `expected` is the mean of their confidences: where that is the share that is right, the
    confidence means what it says.
    """

    low: float
    high: float
    relations: int
    right: int
    expected: float

    @property
    def share(self) -> float | None:
        """Share of the relations that is right; None where there are none."""
        return self.right / self.relations if self.relations else None


def reliability(
    pairs: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]],
    schema: Schema | None = None,
    bounds: Sequence[float] = BOUNDS,
) -> list[Bin]:
    """The bins over all pairs of (article id, gold annotation, extraction), as `evaluate` takes.

    `bounds` ascend from 0.
    """
    known = schema or load_schema()
    judged = [item for _, gold, found in pairs for item in _judged(gold, found, known)]
    bins = []
    for low, high in zip(bounds, [*bounds[1:], 1.0], strict=True):
        inside = [
            (confidence, right)
            for confidence, right in judged
            if low <= confidence and (confidence < high or high == 1.0)
        ]
        expected = sum(confidence for confidence, _ in inside) / max(1, len(inside))
        bins.append(Bin(low, high, len(inside), sum(right for _, right in inside), expected))
    return bins


def _judged(
    gold: Mapping[str, Any], found: Mapping[str, Any], schema: Schema
) -> Iterable[tuple[float, bool]]:
    """Confidence of each relation that counts, and whether it is right."""
    for verdict in Judge(Reading.of(gold), Reading.of(found), schema).verdicts("typed").found:
        if verdict.gold is None or not verdict.gold.optional:
            yield verdict.relation.confidence, verdict.gold is not None
