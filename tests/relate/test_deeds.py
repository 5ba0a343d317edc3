from __future__ import annotations

import pytest

from tests.relate.claimed import claims


def test_every_member_of_a_list_of_means_serves_the_act() -> None:
    found = claims(
        "他们采用恐吓、刷单等手段，实施诈骗。",
        ("恐吓", "Activity"), ("刷单", "Activity"), ("诈骗", "Activity"),
    )  # fmt: skip
    assert found == {("恐吓", "USED_FOR", "诈骗"), ("刷单", "USED_FOR", "诈骗")}


@pytest.mark.parametrize(
    "text",
    [
        "他采用刷单的方式获取诈骗所得。",  # of the money only the origin is named
        "他难以刷单的方式诈骗。",
        "警方通过刷单的群找到诈骗窝点。",
        "他以刷单的方式诈骗老人。",  # of the act only the verb is named
    ],
)
def test_a_way_that_is_not_the_way_of_the_act_beside_it(text: str) -> None:
    assert not claims(text, ("刷单", "Activity"), ("诈骗", "Activity"))


@pytest.mark.parametrize(
    "text",
    [
        "某市警方重拳打击洗钱。",
        "某市警方近日公布了惩治洗钱的案例。",
        "某市警方严惩针对老人实施的洗钱。",
    ],
)
def test_an_agency_counters_the_crime_that_it_strikes(text: str) -> None:
    named = [("某市警方", "Agency"), ("老人", "Role"), ("洗钱", "Activity")]
    found = claims(text, *((form, kind) for form, kind in named if form in text))
    assert found == {("某市警方", "COUNTERS", "洗钱")}
    assert not claims("某市警方说，打击可能使洗钱更隐蔽。", named[0], named[2])


def test_what_is_planted_is_aimed_at_where_it_is_planted() -> None:
    named = [("木马", "Tool"), ("外挂", "Tool"), ("办公电脑", "Tool")]
    found = claims("他们往办公电脑里偷偷植入木马、外挂。", *named)
    assert found == {("木马", "TARGETS", "办公电脑"), ("外挂", "TARGETS", "办公电脑")}
    assert not claims("他在办公电脑上查看木马。", named[0], named[2])


def test_a_law_prohibits_the_offence_that_it_rules_on() -> None:
    named = [("刑法第九百条", "Law"), ("倒卖罪", "Offence")]
    told_of = {("刑法第九百条", "PROHIBITS", "倒卖罪")}
    assert claims("依据刑法第九百条的规定，倒卖罪最高判七年。", *named) == told_of
    assert claims("刑法第九百条规定的倒卖罪", *named) == told_of
    assert not claims("目前没有刑法第九百条规定倒卖罪。", *named)
