from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.accounts import split_accounts
from kg.annotate.inner import inner
from kg.annotate.overlap import settle
from kg.model import Level, Mention
from kg.schema import load_schema


def mention(text: str, printed: str, kind: str) -> Mention:
    start, level = text.index(printed), Level.INSTANCE
    return Mention(
        start, start + len(printed), printed, kind, printed, level, "t#term", confidence=0.8
    )


def kept(text: str, *named: tuple[str, str]) -> set[tuple[str, str]]:
    """What is given back of the names that lie inside the settled ones."""
    proposals = [mention(text, printed, kind) for printed, kind in named]
    return {(m.text, m.type) for m in inner(text, proposals, settle(proposals))}


def names(found: Sequence[Mention], kind: str) -> list[str]:
    return [m.name for m in sorted(found, key=lambda m: m.start) if m.type == kind]


def test_a_case_gives_back_its_people_but_not_its_victims() -> None:
    text = "张某等人侵犯公民个人信息案与被害人李某被骗案"
    assert kept(
        text,
        ("张某等人侵犯公民个人信息案", "Case"), ("张某", "Person"),
        ("被害人李某被骗案", "Case"), ("李某", "Person"),
    ) == {("张某", "Person")}  # fmt: skip


def test_a_case_that_names_a_charge_without_its_last_word_gives_the_charge() -> None:
    text = "张某等人侵犯公民个人信息案"
    case = mention(text, text, "Case")
    found = list(inner(text, [case], [case], load_schema()))
    assert [(m.text, m.name) for m in found] == [("侵犯公民个人信息", "侵犯公民个人信息罪")]
    assert not list(inner(text, [case], [case]))


def test_a_group_gives_back_its_leaders_only() -> None:
    text = "以张某为首的诈骗李某的团伙"
    assert kept(text, (text, "Group"), ("张某", "Person"), ("李某", "Person")) == {
        ("张某", "Person")
    }


def test_cards_and_accounts_give_back_segment_operator_and_platform() -> None:
    text = "181号段的手机卡、甲移动手机卡、某宝账号、甲移动客户信息"
    assert kept(
        text,
        ("181号段的手机卡", "Good"), ("181号段", "NumberSegment"),
        ("甲移动手机卡", "Good"), ("甲移动", "Organization"),
        ("某宝账号", "Good"), ("某宝", "Platform"),
    ) == {
        ("181号段", "NumberSegment"), ("甲移动", "Organization"), ("某宝", "Platform"),
    }  # fmt: skip
    text = "甲移动客户信息"
    assert not kept(text, (text, "Good"), ("甲移动", "Organization"))


def test_nothing_is_given_back_twice_or_where_it_stands_already() -> None:
    text = "张某诈骗案"
    case, person = mention(text, text, "Case"), mention(text, "张某", "Person")
    assert len(list(inner(text, [case, person, person], [case]))) == 1
    assert not list(inner(text, [case, person], [case, person]))


def test_a_counted_list_of_segments_is_as_many_kinds_of_card() -> None:
    found = list(split_accounts("他买了181、182、183开头的三类电话卡。", []))
    assert names(found, "Good") == ["181号段电话卡", "182号段电话卡", "183号段电话卡"]
    assert not list(split_accounts("他买了181、182开头的三类电话卡。", []))
    assert not list(split_accounts("他买了181、182开头的电话卡。", []))


def test_the_rows_of_a_price_list_are_goods_with_prices() -> None:
    found = list(split_accounts("电话卡的价格不同：181号段的卖11元，182号段12元，法国卡30元。", []))
    assert names(found, "Good") == ["181号段电话卡", "182号段电话卡"]
    assert names(found, "Price") == ["11元", "12元", "30元"]
    assert not list(split_accounts("181号段的卖11元。", []))


def test_an_offer_has_a_price_where_no_other_rule_saw_one() -> None:
    text = "以最低10元的价格销售"
    assert names(list(split_accounts(text, [])), "Price") == ["10元"]
    assert not list(split_accounts(text, [mention(text, "最低10元", "Price")]))


def test_accounts_taken_for_one_good_are_split_but_fields_of_a_record_are_not() -> None:
    text = "微信、微博、抖音账号"
    good = mention(text, text, "Good")
    assert names(settle([good, *split_accounts(text, [good])]), "Good") == [
        "微信账号",
        "微博账号",
        "抖音账号",
    ]
    text = "姓名、身份证号、银行账号"
    assert not list(split_accounts(text, [mention(text, text, "Good")]))
