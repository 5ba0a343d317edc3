"""How well extractions agree with gold annotations, in the measures of the gold guide.

Entities are aligned one to one inside an article. *Strict* asks for the same type and an equal
name or alias; *relaxed* also accepts names that contain each other, and a sister type of the same
group (schema). A relation is *typed* right when both ends are aligned (relaxed) and its type and
direction are right; *strict* also asks for strictly aligned ends and the same modality; *family*
accepts the opposite direction and a sister type. Gold relations marked optional count neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.evaluate.differences import Cause, Difference
from kg.evaluate.gold import load_gold
from kg.evaluate.intervals import Interval, Intervals, intervals
from kg.evaluate.judge import Judge
from kg.evaluate.pairing import pair
from kg.evaluate.reading import Reading
from kg.evaluate.scores import (
    ACCURACIES,
    AVERAGED,
    MEASURES,
    ArticleScore,
    Evaluation,
    Score,
    Share,
)
from kg.schema import Schema, load_schema

__all__ = [
    "ACCURACIES",
    "AVERAGED",
    "MEASURES",
    "ArticleScore",
    "Cause",
    "Difference",
    "Evaluation",
    "Interval",
    "Intervals",
    "Score",
    "Share",
    "align",
    "evaluate",
    "intervals",
    "load_gold",
]


def evaluate(
    pairs: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]],
    schema: Schema | None = None,
) -> Evaluation:
    """Score pairs of (article id, gold annotation, extraction), both as `entities`, `relations`.

    An extraction is the object that `kg extract` prints.
    """
    known = schema or load_schema()
    return Evaluation(
        [
            Judge(Reading.of(gold), Reading.of(found), known).score(name)
            for name, gold, found in pairs
        ]
    )


def align(gold: Mapping[str, Any], found: Mapping[str, Any], schema: Schema) -> dict[str, str]:
    """Extracted entity id -> id of the gold entity that it is taken for (relaxed)."""
    partners = pair(Reading.of(gold).entities, Reading.of(found).entities, schema)
    return {entity: partner.gold for entity, partner in partners.items()}
