"""How likely a candidate is right: a linear model over readable features.

Trained by scripts/train.py on annotated articles; weights are whole thousandths, so that sums,
and with them every decision, are the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp

SCALE = 1000


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights by feature; `threshold` is the least probability that makes a claim.

    `near` are the edges that two types are worth trying for without a rule (Good>Activity).
    """

    weights: dict[str, int]
    threshold: float
    near: dict[str, list[str]] = field(default_factory=dict)

    def probability(self, seen: Sequence[str]) -> float:
        """Of being right, rounded to hundredths; 0.5 where there are no weights."""
        known = self.weights
        total = sum(known[name] for name in set(seen) if name in known)
        return round(1 / (1 + exp(-total / SCALE)), 2)


def load(text: str) -> Ranker:
    """A Ranker from the JSON that scripts/train.py writes."""
    data = json.loads(text)
    return Ranker(data["weights"], data["threshold"], data["near"])


@cache
def shipped() -> Ranker:
    """The Ranker that comes with kg; one that takes everything in an untrained checkout."""
    file = files("kg.relate") / "ranker.json"
    return load(file.read_text(encoding="utf-8")) if file.is_file() else Ranker({}, 0.5)
