from __future__ import annotations

from tests.relate.claimed import claims, goods

PARTNERS = [("张某", "Person"), ("李某", "Person"), ("王某", "Person")]


def test_what_belongs_to_a_kind_or_is_listed_in_its_brackets_is_one_of_it() -> None:
    kinds = goods("姓名", "住址", "个人信息")
    listed = {("姓名", "IS_A", "个人信息"), ("住址", "IS_A", "个人信息")}
    assert claims("姓名和住址均属于个人信息。", *kinds) == listed
    assert claims("他卖个人信息（如姓名、住址等）。", *kinds) == listed
    assert not claims("姓名和住址不属于个人信息。", *kinds)
    assert not claims("姓名和住址属于个人信息的人报案。", *kinds)
    assert not claims("他卖个人信息（姓名）。", *kinds[::2])  # perhaps another word for it
    assert not claims("他做查询业务（姓名、住址）。", *kinds[:2], ("查询业务", "Good"))


def test_what_several_earned_together_or_each_is_told_of_all() -> None:
    both = {("3万元", "MEASURES", "张某"), ("3万元", "MEASURES", "李某")}
    for got in ("张某、李某各得3万元", "张某、李某等4人共计获利3万元"):
        assert claims(f"{got}。", *PARTNERS[:2], ("3万元", "Statistic")) == both


def test_a_profit_at_the_end_is_his_who_begins_the_sentence() -> None:
    people, card, profit = PARTNERS[:2], ("手机卡", "Good"), ("3万元", "Statistic")
    his = {("3万元", "MEASURES", "张某")}
    begun = "去年，张某等人折腾手机卡，再高价转手，"
    assert claims(f"{begun}从中获利3万元。", people[0], card, profit) == his
    for other in ("李某", "由李某", "被告人李某"):
        assert not claims(f"{begun}{other}贩卖，获利3万元。", *people, card, profit)
    assert not claims(
        "去年，张某的手机卡被李某收购，获利3万元。", people[0], card, people[1], profit
    )


def test_a_share_counts_what_stands_before_it() -> None:
    share = ("三成", "Statistic")
    assert claims("虚拟卡占到三成。", ("虚拟卡", "Good"), share) == {("三成", "MEASURES", "虚拟卡")}


def test_a_person_is_what_the_sentence_says_he_is_but_for_his_standing_in_court() -> None:
    assert claims("张某是一名卡商。", ("张某", "Person"), ("卡商", "Role")) == {
        ("张某", "HAS_ROLE", "卡商")
    }
    assert not claims("张某系被告人。", ("张某", "Person"), ("被告人", "Role"))
    assert not claims("张某不是卡商。", ("张某", "Person"), ("卡商", "Role"))
    assert not claims("张某是卡商的表弟。", ("张某", "Person"), ("卡商", "Role"))


def test_who_is_called_after_a_place_is_from_there() -> None:
    assert claims("云亭市小伙张某落网。", ("云亭", "Location"), ("张某", "Person")) == {
        ("张某", "LOCATED_IN", "云亭")
    }
    assert not claims("云亭警方抓获张某。", ("云亭", "Location"), ("张某", "Person"))
