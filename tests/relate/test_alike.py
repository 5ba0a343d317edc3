"""A list is told of alike: the doubt about one member is weighed against its fellows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.relate.alike import levelled
from kg.relate.pairs import Surveyed
from kg.rows import Matrix

from .test_sights import surveyed

EDGES = ("USES", "HAS_PRICE")
LIST = "王某用猫池、手机卡和银行卡作案。王某另用猫池拨打电话。"


def chances_of(view: Surveyed, told: dict[tuple[int, str, str], float]) -> Matrix:
    """The same chance of both edges: what is told by sentence and ends, else .1."""
    rows = [
        told.get((number, *(view.every[end].text for end in ends)), 0.1)
        for number, sight in enumerate(view.sights)
        for ends in sight.ends.tolist()
    ]
    return np.array([rows, rows]).T


def chance(view: Surveyed, chances: Matrix, number: int, subject: str, target: str) -> list[float]:
    begin = sum(len(sight.ends) for sight in view.sights[:number])
    names = [tuple(view.every[end].text for end in ends)
             for ends in view.sights[number].ends.tolist()]  # fmt: skip
    row: list[float] = chances[begin + names.index((subject, target))].tolist()
    return row


def test_a_doubtful_member_of_a_list_is_drawn_to_its_likeliest_fellow() -> None:
    view = surveyed(LIST)
    told = {(0, "王某", "手机卡"): 0.9, (0, "王某", "银行卡"): 0.2}
    found = levelled(chances_of(view, told), view, EDGES)
    assert 0.2 < chance(view, found, 0, "王某", "银行卡")[0] < 0.9
    assert 0.2 < chance(view, found, 0, "王某", "手机卡")[0] < 0.9


def test_what_each_member_has_of_its_own_says_nothing_of_the_others() -> None:
    view = surveyed(LIST)
    chances = chances_of(view, {(0, "王某", "手机卡"): 0.9})
    assert (levelled(chances, view, EDGES)[:, 1] == chances[:, 1]).all()


def test_things_of_another_type_and_of_another_sentence_are_no_fellows() -> None:
    view = surveyed(LIST)
    chances = chances_of(view, {(0, "王某", "手机卡"): 0.9})
    found = levelled(chances, view, EDGES)
    kinds = {mention.text: mention.type for mention in view.every}
    assert kinds["猫池"] != kinds["手机卡"] == kinds["银行卡"]
    assert chance(view, found, 0, "王某", "猫池") == chance(view, chances, 0, "王某", "猫池")
    assert chance(view, found, 1, "王某", "猫池") == chance(view, chances, 1, "王某", "猫池")


@given(st.data())
def test_the_most_likely_of_a_list_never_gains_and_the_least_likely_never_loses(
    data: st.DataObject,
) -> None:
    view = VIEW
    shape = (len(view.ends), 1)
    many = data.draw(st.lists(st.integers(1, 99), min_size=shape[0], max_size=shape[0]))
    chances = np.array(many).reshape(shape) / 100
    found = levelled(chances, view, EDGES[:1])
    goods = ("手机卡", "银行卡", "微信号")
    before, after = ([chance(view, one, 0, "王某", good)[0] for good in goods]
                     for one in (chances, found))  # fmt: skip
    assert after[int(np.argmax(before))] <= max(before)
    assert after[int(np.argmin(before))] >= min(before)
    assert min(before) <= min(after) <= max(after) <= max(before)


VIEW = surveyed("王某出售手机卡、银行卡和微信号。")


def test_a_text_without_lists_is_left_as_it_is() -> None:
    view = surveyed("王某购买手机卡。")
    chances = chances_of(view, {})
    assert levelled(chances, view, EDGES) is chances
