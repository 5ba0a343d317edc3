"""A second opinion on modality: what annotators say where the rules of `modality` see these signs.

A linear model over the signs, one weight for each modality; scripts/train.py learns it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.model import Modality
from kg.network import Table, load


@dataclass(frozen=True, slots=True)
class Manner:
    """The weights: a row for each sign, a column for each of `modalities`."""

    table: Table
    modalities: tuple[Modality, ...]

    def modality(self, signs: Sequence[str]) -> Modality:
        """The likeliest modality; of equals, the first."""
        return self.modalities[int(self.table.sums([signs])[0].argmax())]


@cache
def shipped() -> Manner | None:
    """The Manner that comes with kg; None in a checkout that has not been trained."""
    file = files("kg.relate") / "manner.npz"
    if not file.is_file():
        return None
    network = load(file.read_bytes())
    return Manner(network.tables["signs"], tuple(map(Modality, network.lists["modalities"])))
