from __future__ import annotations

import pytest

from tests.relate.claimed import claims, told

TRADERS = [("张某", "Person"), ("李某", "Person"), ("手机卡", "Good")]


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("张某把手机卡全部转卖给李某。", "张某 SUPPLIES 李某"),
        ("2021年3月，张某在网上收来一批货，后将手机卡以每张90元邮寄给李某。", "张某 SUPPLIES 李某"),
        ("张某长期向李某出售手机卡。", "张某 SUPPLIES 李某"),
        ("张某多次从李某处低价购买手机卡。", "李某 SUPPLIES 张某"),
        ("张某为李某提供手机卡。", "张某 SUPPLIES 李某"),
        ("经查，张某在街头大量收购手机卡，李某在逃。", "张某 OBTAINS 手机卡"),
        ("张某辞职，随后在网上兜售手机卡，李某在逃。", "张某 SELLS 手机卡"),
        ("张某向他人出售手机卡，李某在逃。", "张某 SELLS 手机卡"),
        ("张某将手机卡加价卖出，李某在逃。", "张某 SELLS 手机卡"),
    ],
)
def test_who_opens_the_clause_does_the_trade_that_it_tells(text: str, edge: str) -> None:
    assert claims(text, *TRADERS) == {tuple(edge.split())}


@pytest.mark.parametrize(
    "text",
    [
        "张某指使李某收购手机卡。",
        "张某要求把手机卡交给李某。",
        "张某企图向李某出售手机卡。",
        "张某发现有人在收购手机卡，便告诉了李某。",
        "张某的下家把手机卡卖给李某。",
        "从张某处收购手机卡的是李某。",
        "张某为骗取手机卡，找到了李某。",
        "张某对他人收购手机卡一无所知，李某亦同。",
        "条例规定，张某不得收购手机卡，李某亦同。",
        "张某走了；随后将手机卡卖给李某。",
        "张某非法收购手机卡，情节严重，李某亦同。",
        "张某从李某处购买手机卡的，应当登记。",
    ],
)
def test_a_trade_that_may_be_anothers_or_none_at_all_is_left_to_the_ranker(text: str) -> None:
    assert claims(text, *TRADERS) == set()


def test_all_of_a_list_trade_and_what_is_bought_and_sold_is_told_twice() -> None:
    found = claims("张某、李某等人非法获取、出售手机卡，牟利甚多。", *TRADERS)
    assert found == {
        (name, edge, "手机卡") for name in ("张某", "李某") for edge in ("OBTAINS", "SELLS")
    }


def test_the_goods_of_a_trade_are_told_with_it() -> None:
    assert told("张某将手机卡转卖给李某。", *TRADERS) == {
        ("张某", "SUPPLIES", "李某", (("good", "手机卡"),))
    }
