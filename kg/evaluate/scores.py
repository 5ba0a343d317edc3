"""Counts and the ratios they give: of one article, and of all together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from kg.evaluate.differences import Difference

MEASURES = (
    "entity strict",
    "entity relaxed",
    "relation strict",
    "relation typed",
    "relation family",
)
AVERAGED = ("entity relaxed", "relation typed")
"""Measures that are also averaged over articles: the headline figures."""

ACCURACIES = ("modality", "source", "named source", "evidence")
"""What is judged of relations that are typed right.

`source`: both name none, or the same; `named source`: the same, of those whose gold relation
names one; `evidence`: a quote overlaps the gold quote, of those that have one.
"""

RATIOS = ("precision", "recall", "f1")


@dataclass
class Score:
    """Counts of right, surplus and missed items, and the ratios they give (0 to 1)."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / (self.right + self.surplus) if self.right + self.surplus else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Score) -> None:
        """Add the counts of `other` to these."""
        self.right += other.right
        self.surplus += other.surplus
        self.missed += other.missed

    def plain(self) -> dict[str, float]:
        """For JSON: the three ratios, rounded to four places, and the counts."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "surplus": self.surplus,
            "missed": self.missed,
        }


@dataclass
class Share:
    """So many of so many are right."""

    right: int = 0
    of: int = 0

    def count(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.of += 1

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.right / self.of if self.of else None


@dataclass
class ArticleScore:
    """The measures of one article; `entity_types` and `relation_types` count by type."""

    id: str
    measures: dict[str, Score] = field(default_factory=dict)
    entity_types: dict[str, Score] = field(default_factory=dict)
    relation_types: dict[str, Score] = field(default_factory=dict)
    accuracies: dict[str, Share] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


@dataclass
class Evaluation:
    """All articles together."""

    articles: list[ArticleScore]

    @cached_property
    def measures(self) -> dict[str, Score]:
        """Each measure over the items of all articles."""
        return {name: _sum(a.measures.get(name) for a in self.articles) for name in MEASURES}

    @cached_property
    def entity_types(self) -> dict[str, Score]:
        """Relaxed entity counts by type."""
        names = sorted({name for a in self.articles for name in a.entity_types})
        return {name: _sum(a.entity_types.get(name) for a in self.articles) for name in names}

    @cached_property
    def relation_types(self) -> dict[str, Score]:
        """Typed relation counts by type."""
        names = sorted({name for a in self.articles for name in a.relation_types})
        return {name: _sum(a.relation_types.get(name) for a in self.articles) for name in names}

    @cached_property
    def accuracies(self) -> dict[str, Share]:
        """Each of ACCURACIES over the relations of all articles."""
        shares = {name: Share() for name in ACCURACIES}
        for article in self.articles:
            for name, share in article.accuracies.items():
                shares[name].right += share.right
                shares[name].of += share.of
        return shares

    @property
    def modality(self) -> float | None:
        """Share of the relations found whose modality is right; None when none was found."""
        return self.accuracies["modality"].value

    def mean(self, measure: str) -> dict[str, float]:
        """Precision, recall and F1 of `measure`, each averaged over the articles."""
        scores = [a.measures[measure] for a in self.articles]
        share = 1 / max(1, len(scores))
        return {
            "precision": sum(s.precision for s in scores) * share,
            "recall": sum(s.recall for s in scores) * share,
            "f1": sum(s.f1 for s in scores) * share,
        }


def _sum(scores: Iterable[Score | None]) -> Score:
    total = Score()
    for score in scores:
        if score is not None:
            total.add(score)
    return total
