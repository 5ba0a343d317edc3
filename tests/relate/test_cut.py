"""How many claims of a document are kept depends on how sure the others are."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from kg.relate.cut import MISSED, belief, least

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
