from __future__ import annotations

import pytest

from kg.model import Modality, Sentence
from kg.relate.clauses import parse
from kg.relate.constructs import constructs
from kg.schema import load_schema
from kg.text import words
from tests.relate.claimed import claims, goods, mentions_of, told

OPERATORS = [("甲移动", "Organization"), ("乙通信", "Organization"), ("丙网络", "Organization")]


def test_lists_of_one_length_answer_each_other_member_by_member() -> None:
    found = claims(
        "他买过181、182、183开头的三类卡，而三张卡的运营商分别是甲移动、乙通信和丙网络。",
        ("181", "NumberSegment"), ("182", "NumberSegment"), ("183", "NumberSegment"), *OPERATORS,
    )  # fmt: skip
    assert found == {
        ("181", "PROVIDED_BY", "甲移动"),
        ("182", "PROVIDED_BY", "乙通信"),
        ("183", "PROVIDED_BY", "丙网络"),
    }


def test_number_segments_inside_one_good_answer_too() -> None:
    found = claims(
        "181、182开头的两类卡，其运营商依次为甲移动、乙通信。",
        ("181、182开头的两类卡", "Good"), ("181", "NumberSegment"), ("182", "NumberSegment"),
        *OPERATORS[:2],
    )  # fmt: skip
    assert ("182", "PROVIDED_BY", "乙通信") in found
    assert ("181", "PROVIDED_BY", "乙通信") not in found


def test_the_first_list_may_stand_in_the_sentence_before() -> None:
    found = claims(
        "他买过白卡、花卡。它们的运营商分别是甲移动、乙通信。",
        *goods("白卡", "花卡"), *OPERATORS[:2],
    )  # fmt: skip
    assert found == {("白卡", "PROVIDED_BY", "甲移动"), ("花卡", "PROVIDED_BY", "乙通信")}


def test_lists_of_different_length_say_nothing() -> None:
    assert not claims(
        "白卡、花卡的运营商分别是甲移动、乙通信、丙网络。", *goods("白卡", "花卡"), *OPERATORS
    )


def test_prices_and_posts_answer_their_lists() -> None:
    priced = claims(
        "白卡、花卡分别卖11元、12元。", *goods("白卡", "花卡"), ("11元", "Price"), ("12元", "Price")
    )
    assert priced == {("白卡", "HAS_PRICE", "11元"), ("花卡", "HAS_PRICE", "12元")}
    posts = claims(
        "张某、李某分别担任话务员、取款人。",
        ("张某", "Person"), ("李某", "Person"), ("话务员", "Role"), ("取款人", "Role"),
    )  # fmt: skip
    assert posts == {("张某", "HAS_ROLE", "话务员"), ("李某", "HAS_ROLE", "取款人")}


def test_what_several_earned_answers_their_list() -> None:
    earned = claims(
        "张某、李某分别非法获利3万元和2万元。",
        ("张某", "Person"), ("李某", "Person"), ("3万元", "Statistic"), ("2万元", "Statistic"),
    )  # fmt: skip
    assert earned == {("3万元", "MEASURES", "张某"), ("2万元", "MEASURES", "李某")}
    assert not claims(
        "张某、李某因赵某、钱某发送的短信分别被骗3万元和2万元。",
        ("张某", "Person"), ("李某", "Person"), ("赵某", "Person"), ("钱某", "Person"),
        ("3万元", "Statistic"), ("2万元", "Statistic"),
    )  # fmt: skip


def test_a_price_list_gives_each_thing_its_own_price() -> None:
    found = claims(
        "“181号段的卖11元，182号段12元，法国卡30元，多买打折”",
        ("181号段", "NumberSegment"), ("11元", "Price"), ("182号段", "NumberSegment"),
        ("12元", "Price"), ("法国卡", "Good"), ("30元", "Price"),
    )  # fmt: skip
    assert found == {
        ("181号段", "HAS_PRICE", "11元"),
        ("182号段", "HAS_PRICE", "12元"),
        ("法国卡", "HAS_PRICE", "30元"),
    }


def test_a_price_of_one_behind_the_comma_is_of_the_good_before_it() -> None:
    named = (*goods("白卡", "花卡"), ("每张12元", "Price"), ("每张15元", "Price"))
    assert claims("他出售白卡，每张12元，以及花卡，每张15元。", *named) == {
        ("白卡", "HAS_PRICE", "每张12元"), ("花卡", "HAS_PRICE", "每张15元"),
    }  # fmt: skip
    both = claims("他出售白卡和花卡300张，每张12元。", *named[:3])
    assert both == {("白卡", "HAS_PRICE", "每张12元"), ("花卡", "HAS_PRICE", "每张12元")}
    last = claims("他出售白卡，以及花卡，每张12元。", *named[:3])
    assert last == {("花卡", "HAS_PRICE", "每张12元")}
    assert not claims("他出售白卡，12元。", ("白卡", "Good"), ("12元", "Price"))


def test_a_lone_amount_beside_a_thing_is_no_price_of_it() -> None:
    assert not claims("他买了白卡12元。", ("白卡", "Good"), ("12元", "Price"))


@pytest.mark.parametrize(
    "text",
    [
        "卡商以每张12元的价格向他人大量出售白卡。",
        "卡商将白卡以每张12元的价格卖给他人。",
        "白卡（每张12元）不限量。",
        "白卡售价每张12元。",
    ],
)
def test_an_offer_prices_what_is_offered(text: str) -> None:
    found = claims(text, ("白卡", "Good"), ("每张12元", "Price"))
    assert found == {("白卡", "HAS_PRICE", "每张12元")}


def test_a_price_never_reaches_over_another_name() -> None:
    assert not claims(
        "白卡被张某花12元拿走。", ("白卡", "Good"), ("张某", "Person"), ("12元", "Price")
    )


ROLES = [("码农", "Role"), ("卡商", "Role"), ("卡商", "Role"), ("号商", "Role"), ("号商", "Role")]


def test_legs_that_meet_are_a_chain_of_supply_and_an_act_gets_nothing() -> None:
    found = claims(
        "从“码农”到“卡商”，从“卡商”到“号商”，从“号商”再到下游诈骗，构成了一条黑产链。",
        *ROLES, ("诈骗", "Activity"), ("黑产链", "Industry"),
    )  # fmt: skip
    assert found == {
        ("码农", "SUPPLIES", "卡商"),
        ("卡商", "SUPPLIES", "号商"),
        ("码农", "PART_OF", "黑产链"),
        ("卡商", "PART_OF", "黑产链"),
        ("号商", "PART_OF", "黑产链"),
    }


def test_one_leg_alone_is_a_range_and_not_a_chain() -> None:
    assert not claims("从码农到卡商都被查。", ("码农", "Role"), ("卡商", "Role"))


def test_the_middle_of_a_stream_gets_from_above_and_gives_below() -> None:
    found = told(
        "警方发现，卡贩团伙在生态链中扮演输血的角色，上游有运营商提供“白卡”，下游有号商和骗子。",
        ("警方", "Agency"), ("卡贩团伙", "Group"), ("运营商", "Role"), ("“白卡”", "Good"),
        ("号商", "Role"), ("骗子", "Role"),
    )  # fmt: skip
    assert found == {
        ("运营商", "SUPPLIES", "卡贩团伙", (("good", "白卡"),)),
        ("卡贩团伙", "SUPPLIES", "号商", ()),
        ("卡贩团伙", "SUPPLIES", "骗子", ()),
    }


def test_a_stream_without_a_middle_is_not_guessed_at() -> None:
    assert not claims("上游有运营商，下游有号商。", ("运营商", "Role"), ("号商", "Role"))


CASE = "张某等人侵犯公民个人信息案"


def test_the_name_of_a_case_tells_its_people_and_the_charge() -> None:
    found = claims(
        f"警方破获{CASE}。", (CASE, "Case"), ("张某", "Person"),
        ("侵犯公民个人信息=侵犯公民个人信息罪", "Offence"),
    )  # fmt: skip
    assert found == {
        (CASE, "INVOLVES", "张某"),
        (CASE, "INVOLVES", "侵犯公民个人信息罪"),
    }


def test_a_charge_in_the_name_of_a_case_is_alleged() -> None:
    text = f"警方破获{CASE}。"
    mentions = mentions_of(text, [(CASE, "Case"), ("侵犯公民个人信息", "Offence")])
    parsed = parse(0, Sentence(0, len(text), 0), words(text), mentions, 0)
    found = list(constructs(text, parsed, mentions, load_schema()))
    assert [f.modality for f in found] == [Modality.ALLEGED]


def test_where_the_verdict_is_told_the_case_does_not_involve_the_charge() -> None:
    found = claims(
        f"张某被判处有期徒刑。这就是{CASE}。", (CASE, "Case"), ("侵犯公民个人信息", "Offence")
    )
    assert not found


def test_the_name_of_a_group_tells_its_leaders_and_members() -> None:
    name = "以张某为首要分子，李某、王某等5人为固定成员的犯罪集团"
    found = told(
        f"警方打掉{name}。", (name, "Group"), ("张某", "Person"), ("李某", "Person"),
        ("王某", "Person"),
    )  # fmt: skip
    assert found == {
        ("张某", "CONTROLS", name, (("title", "首要分子"),)),
        ("李某", "AFFILIATED_WITH", name, (("title", "固定成员"),)),
        ("王某", "AFFILIATED_WITH", name, (("title", "固定成员"),)),
    }


def test_a_group_beside_its_leaders_is_theirs() -> None:
    before = claims("以张某、李某为首的诈骗团伙落网。", ("张某", "Person"), ("李某", "Person"),
                    ("诈骗团伙", "Group"))  # fmt: skip
    assert before == {("张某", "CONTROLS", "诈骗团伙"), ("李某", "CONTROLS", "诈骗团伙")}
    after = claims(
        "诈骗团伙以张某为头目，李某为骨干成员。",
        ("诈骗团伙", "Group"), ("张某", "Person"), ("李某", "Person"),
    )  # fmt: skip
    assert after == {("张某", "CONTROLS", "诈骗团伙"), ("李某", "AFFILIATED_WITH", "诈骗团伙")}


def test_cards_and_accounts_name_segment_operator_and_platform() -> None:
    assert claims(
        "出售181、182等号段的手机卡。",
        ("181", "NumberSegment"), ("182", "NumberSegment"), ("手机卡", "Good"),
    ) == set()  # fmt: skip
    assert claims("出售181号段的手机卡。", ("181号段", "NumberSegment"), ("手机卡", "Good")) == {
        ("手机卡", "HAS_SEGMENT", "181号段")
    }
    assert claims("收购某宝账号。", ("某宝账号", "Good"), ("某宝", "Platform")) == {
        ("某宝账号", "PROVIDED_BY", "某宝")
    }
    assert claims("出售甲移动手机卡。", ("甲移动手机卡", "Good"), ("甲移动", "Organization")) == {
        ("甲移动手机卡", "PROVIDED_BY", "甲移动")
    }


def test_an_account_of_somebody_and_an_everyday_word_state_no_maker() -> None:
    assert not claims("存入其某盘账号。", ("某盘账号", "Good"), ("某盘", "Platform"))
    assert not claims("收购微信号。", ("微信号", "Good"), ("微信", "Platform"))


def test_a_role_beside_a_name_is_its_role_but_a_legal_standing_is_none() -> None:
    assert claims("警方抓获活跃多年的“卡商”老李。", ("卡商", "Role"), ("老李", "Person")) == {
        ("老李", "HAS_ROLE", "卡商")
    }
    assert not claims("警方抓获犯罪嫌疑人李某。", ("犯罪嫌疑人", "Role"), ("李某", "Person"))
    assert not claims("他的朋友李某落网。", ("朋友=亲友", "Role"), ("李某", "Person"))
    assert not claims(
        "张某的上家李某落网。", ("张某", "Person"), ("上家", "Role"), ("李某", "Person")
    )


def test_who_was_sentenced_for_an_offence_named_before_him_is_convicted_of_it() -> None:
    text = "因诈骗罪、偷税罪，老板王某和高管被云亭市法院一审判处有期徒刑，李某旁听。"
    named = (("诈骗罪", "Offence"), ("偷税罪", "Offence"), ("王某", "Person"), ("高管", "Role"),
             ("云亭市法院", "Agency"), ("李某", "Person"))  # fmt: skip
    assert claims(text, *named) == {
        ("王某", "CONVICTED_OF", "诈骗罪"), ("王某", "CONVICTED_OF", "偷税罪"),
    }  # fmt: skip
    assert not claims(text.replace("因", "因涉嫌"), *named)
    assert not claims(text.replace("，李某", "；李某").replace("被", "旁听，李某被"), *named)


def test_a_title_between_owner_and_name_is_a_post() -> None:
    found = told(
        "远山公司（以下简称远山）因故，董事长王某、部分高管被查。",
        ("远山公司", "Organization"), ("王某", "Person"), ("部分高管", "Person"),
    )  # fmt: skip
    assert found == {
        ("王某", "AFFILIATED_WITH", "远山公司", (("title", "董事长"),)),
        ("部分高管", "AFFILIATED_WITH", "远山公司", ()),
    }
    assert told(
        "云亭大学法学院教授岳某认为。", ("云亭大学", "Organization"), ("岳某", "Person")
    ) == {("岳某", "AFFILIATED_WITH", "云亭大学", (("title", "教授"),))}


def test_numbered_steps_are_parts_of_what_the_line_before_names() -> None:
    found = told(
        "接着就开始养号\n第一步，登号\n略\n第二步，加粉、互动",
        ("养号", "Activity"), ("登号", "Activity"), ("加粉", "Activity"), ("互动", "Activity"),
    )  # fmt: skip
    assert found == {
        ("加粉", "PART_OF", "养号", (("role", "第二步"),)),
        ("互动", "PART_OF", "养号", (("role", "第二步"),)),
    }
    assert not claims("他养号很多年了\n第一步，登号", ("养号", "Activity"), ("登号", "Activity"))


def test_what_a_step_leads_to_is_no_part() -> None:
    acts = ("养号", "Activity"), ("登号", "Activity"), ("加粉", "Activity")
    assert claims("开始养号：\n第一步，登号，为的是以后加粉", *acts) == {
        ("登号", "PART_OF", "养号")
    }


CASES = [("陈某盗号案", "Case"), ("吕某贩卡案", "Case"), ("460余万元", "Statistic")]


def test_the_sum_of_a_case_is_that_of_the_case_before_it() -> None:
    text = (
        "陈某盗号案\n两人落网。\n吕某贩卡案\n江州警方抓获8人，查获手机卡3万张，涉案金额460余万元。"
    )
    assert claims(text, *CASES) == {("460余万元", "MEASURES", "吕某贩卡案")}


@pytest.mark.parametrize(
    "tail",
    [
        "警方抓获8人，冻结涉案资金460余万元。",  # seized
        "他从中获利460余万元。",  # somebody's
        "涉案金额不详，"
        + "警方仍在调查此事，" * 80
        + "涉案金额460余万元。",  # of whatever was told since
    ],
)
def test_another_sum_is_no_sum_of_a_case(tail: str) -> None:
    text = "陈某盗号案\n两人落网。\n吕某贩卡案\n" + tail
    assert claims(text, *CASES) == set()
