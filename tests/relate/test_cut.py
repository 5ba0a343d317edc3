"""How many claims of a document are kept depends on how sure the others are."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.pipeline import extract
from kg.read import read
from kg.relate.cut import FLOOR, MISSED, belief, least
from kg.schema import load_schema

beliefs = st.lists(st.floats(0.01, 0.99), max_size=40)


@given(beliefs)
def test_the_cut_is_the_belief_of_a_fact(several: list[float]) -> None:
    assert least(several) in {0.0, *several}


@given(beliefs)
def test_the_order_of_facts_changes_nothing(several: list[float]) -> None:
    assert least(several) == least(several[::-1])


@given(beliefs.filter(bool))
def test_what_is_kept_is_worth_more_than_fewer_or_more_would_be(several: list[float]) -> None:
    ordered = sorted(several, reverse=True)
    told = MISSED * sum(ordered)
    worth = [2 * right / (n + told) for n, right in enumerate(accumulate(ordered), 1)]
    kept = sum(one >= least(several) for one in several)
    assert worth[kept - 1] >= max(worth) - 1e-9


def test_a_doubtful_fact_is_kept_where_all_are_and_left_beside_sure_ones() -> None:
    assert least([0.15] * 5) <= 0.15
    assert least([0.9] * 20 + [0.15] * 5) > 0.15


@given(st.floats(0, 1), st.floats(0, 1))
def test_belief_grows_with_probability_and_with_a_rule(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < belief(low, ruled=False) <= belief(high, ruled=False) < belief(high, ruled=True) < 1


def test_what_is_wrong_six_times_in_seven_is_not_told_even_where_nothing_else_is(
    tmp_path: Path,
) -> None:
    examples = [one for edge in load_schema().edges.values() for one in edge.examples]
    for number, example in enumerate(examples):
        (tmp_path / f"{number}.txt").write_text(example.text, encoding="utf-8")
    documents = [one for one in read([tmp_path]) if isinstance(one, Document)]
    told = [claim.confidence for one in documents for claim in extract(one).claims]
    assert len(documents) > 100
    assert min(told) >= FLOOR
