"""How many claims of a document are kept depends on how sure the others are."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from kg.relate.cut import MISSED, Fact, belief, least, needed

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


names = st.sampled_from("甲乙丙丁戊")
facts = st.dictionaries(st.tuples(names, st.sampled_from(["USES", "SELLS"]), names),
                        st.floats(0.01, 0.99), max_size=30)  # fmt: skip


@given(facts, st.sets(names))
def test_a_name_that_is_certain_is_left_without_a_fact_only_where_it_has_none(
    several: dict[Fact, float], certain: set[str]
) -> None:
    worth = {fact for fact, own in several.items() if own >= least(several.values())}
    kept = {fact for fact, least_own in needed(several, certain).items()
            if several[fact] >= least_own}  # fmt: skip
    told = {name for subject, _, target in kept for name in (subject, target)}
    assert worth <= kept == set(needed(several, certain))
    assert certain & {n for s, _, o in several for n in (s, o)} <= told
    for subject, _, target in kept - worth:  # what no certain name needs is not added
        assert {subject, target} & certain - {n for s, _, o in worth for n in (s, o)}


@given(st.floats(0, 1), st.floats(0, 1))
def test_belief_grows_with_probability_and_with_a_rule(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < belief(low, ruled=False) <= belief(high, ruled=False) < belief(high, ruled=True) < 1
