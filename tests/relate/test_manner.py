"""The second opinion on modality."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Modality
from kg.network import Table
from kg.pipeline import extract
from kg.read import read
from kg.relate.manner import Manner

MODALITIES = tuple(Modality)
SIGNS = [f"sign{number}" for number in range(6)]
WEIGHTS = st.lists(
    st.lists(st.integers(-3000, 3000), min_size=len(MODALITIES), max_size=len(MODALITIES)),
    min_size=len(SIGNS), max_size=len(SIGNS),
)  # fmt: skip


def manner(weights: list[list[int]]) -> Manner:
    rows = np.array([[0] * len(MODALITIES), *weights], dtype=np.int32)
    return Manner(Table({sign: at for at, sign in enumerate(SIGNS, 1)}, rows), MODALITIES)


@given(WEIGHTS, st.permutations(SIGNS))
def test_the_order_of_the_signs_does_not_matter(
    weights: list[list[int]], signs: list[str]
) -> None:
    model = manner(weights)
    assert model.modality(signs) == model.modality(SIGNS)


@given(WEIGHTS, st.lists(st.sampled_from(SIGNS), unique=True))
def test_a_sign_that_the_model_does_not_know_says_nothing(
    weights: list[list[int]], signs: list[str]
) -> None:
    model = manner(weights)
    assert model.modality([*signs, "unheard of"]) == model.modality(signs)


@pytest.mark.parametrize(
    "text",
    ["卡商没有向号商供应手机卡。", "号商并未使用猫池。", "诈骗分子从不使用接码平台。"],
)
def test_what_a_text_denies_is_never_told_as_a_fact(tmp_path: Path, text: str) -> None:
    path = tmp_path / "article.txt"
    path.write_text(text, encoding="utf-8")
    (document,) = read([path])
    assert isinstance(document, Document)
    assert {claim.modality for claim in extract(document).claims} <= {Modality.NEGATED}
