from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.model import ACTS, Level, Mention, Modality, Sentence
from kg.relate.clauses import parse
from kg.relate.constructs import constructs
from kg.schema import load_schema
from kg.text import words

Claims = set[tuple[str, str, str]]


def mentions_of(text: str, named: Sequence[tuple[str, str]]) -> list[Mention]:
    """A mention for each (printed form, type), at its next place in the text; a form that is
    named twice in a row stands at its second place the second time."""
    found: list[Mention] = []
    at: dict[tuple[str, str], int] = {}
    for form, kind in named:
        printed, _, name = form.partition("=")
        start = text.index(printed, at.get((printed, kind), 0))
        at[printed, kind] = start + len(printed)
        level = Level.TYPE if kind in {"Role", "Good", *ACTS} else Level.INSTANCE
        found.append(
            Mention(start, start + len(printed), printed, kind, name or printed, level, "test#test")
        )
    return sorted(found, key=lambda m: (m.start, -m.end, m.type))


def claims(text: str, *named: tuple[str, str]) -> Claims:
    return {(one, edge, other) for one, edge, other, _ in told(text, *named)}


def told(
    text: str, *named: tuple[str, str]
) -> set[tuple[str, str, str, tuple[tuple[str, str], ...]]]:
    """The claims of the last sentence, given by its line or by 。 before it."""
    mentions = mentions_of(text, named)
    start = max(text.rfind("。", 0, -1), text.rfind("\n")) + 1
    sentence = Sentence(start, len(text), 0)
    inside = [word for word in words(text) if word.start >= start]
    first = sum(m.start < start for m in mentions)
    parsed = parse(0, sentence, inside, mentions, first)
    found = constructs(text, parsed, mentions, load_schema())
    return {(mentions[f.subject].name, f.type, mentions[f.object].name, f.extra) for f in found}


def goods(*names: str) -> list[tuple[str, str]]:
    return [(name, "Good") for name in names]


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


CONVICTS = [("张某", "Person"), ("李某", "Person"), ("王某", "Person")]


@pytest.mark.parametrize(
    ("text", "convicts"),
    [
        ("法院以诈骗罪判处张某有期徒刑三年，李某二年，另案处理的王某在逃。", "张某 李某"),
        ("法院以诈骗罪对张某、李某分别判处有期徒刑1年，对王某判处拘役。", "张某 李某 王某"),
        ("法院以诈骗罪，判处被告人张某有期徒刑五年，判处李某有期徒刑一年，王某无罪。", "张某 李某"),
        ("张某、李某的行为均已构成诈骗罪，分别判处有期徒刑三年、二年，王某不起诉。", "张某 李某"),
        ("检方建议以诈骗罪判处张某有期徒刑三年、李某二年，王某不起诉。", ""),
        ("张某、李某不构成诈骗罪，王某被判处有期徒刑三年。", ""),
        ("张某、李某因诈骗罪被抓，王某去年获刑三年。", ""),
    ],
)
def test_whom_a_penalty_follows_is_convicted_of_the_offence_that_led_to_it(
    text: str, convicts: str
) -> None:
    found = claims(text, *CONVICTS, ("诈骗罪", "Offence"))
    assert found == {(name, "CONVICTED_OF", "诈骗罪") for name in convicts.split()}


def test_each_offence_of_a_judgment_is_the_convicts() -> None:
    offences = [("诈骗罪", "Offence"), ("盗窃罪", "Offence")]
    both = {("张某", "CONVICTED_OF", "诈骗罪"), ("张某", "CONVICTED_OF", "盗窃罪")}
    people = CONVICTS[:2]
    together = "张某自首，以诈骗罪、盗窃罪数罪并罚，判处张某有期徒刑十一年，李某另案处理。"
    assert claims(together, *people, *people[:1], *offences) == both
    in_turn = "被告人张某犯诈骗罪，判处有期徒刑三年；犯盗窃罪，判处拘役，李某另案处理。"
    assert claims(in_turn, *people, *offences) == both
    of_two = "张某犯诈骗罪，判处有期徒刑三年；李某犯盗窃罪，判处拘役。"
    assert claims(of_two, *people, *offences) == {
        ("张某", "CONVICTED_OF", "诈骗罪"), ("李某", "CONVICTED_OF", "盗窃罪"),
    }  # fmt: skip


def test_all_of_a_counted_group_are_convicted_beside_the_one_who_is_named() -> None:
    found = claims(
        "法院以诈骗罪判处张某等7人有期徒刑四年至三年不等。",
        ("张某", "Person"), ("7人", "Person"), ("诈骗罪", "Offence"),
    )  # fmt: skip
    assert found == {("张某", "CONVICTED_OF", "诈骗罪"), ("7人", "CONVICTED_OF", "诈骗罪")}


@pytest.mark.parametrize(
    ("text", "sentenced"),
    [
        ("江州法院以诈骗罪判处张某有期徒刑三年，李某二年。", "张某 李某"),
        ("江州法院对张某判处拘役，另案的李某在逃。", "张某"),
        ("检方建议江州法院以诈骗罪判处张某有期徒刑三年、李某二年。", ""),
        ("江州法院、检察院座谈时提到，张某被判处拘役，李某在逃。", ""),
    ],
)
def test_the_court_that_the_sentence_names_has_sentenced_whom_a_penalty_follows(
    text: str, sentenced: str
) -> None:
    offence = [("诈骗罪", "Offence")] if "诈骗罪" in text else []
    found = claims(text, ("江州法院", "Agency"), *CONVICTS[:2], *offence)
    assert {one for one, edge, _ in found if edge == "SENTENCED_BY"} == set(sentenced.split())


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


PARTNERS = [("张某", "Person"), ("李某", "Person"), ("王某", "Person")]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("张某、李某和王某合谋倒卖手机卡。", "张某-李某 张某-王某"),
        ("张某、李某经事先商议，从王某处收卡。", "张某-李某"),
        ("去年张某与同乡李某、王某商定，合开一家店收卡。", "张某-李某 张某-王某"),
        ("去年张某又与被告人李某、王某结伙收卡。", "张某-李某 张某-王某"),
        ("张某受上家李某指使取款，王某报案。", "张某-李某"),
        ("张某招募李某、王某合伙收卡。", ""),  # all three, and no two of them first
        ("张某与李某商量晚饭，王某在旁。", ""),  # not to any end
        ("张某与李某并未合谋，王某在旁。", ""),
        ("张某与李某是否合谋，王某不知。", ""),
        ("张某、李某被骗后，王某报案。", ""),
    ],
)
def test_those_who_agree_on_something_are_partners_of_the_first(text: str, pairs: str) -> None:
    found = claims(text, *PARTNERS)
    assert found == {
        (one, "COLLUDES_WITH", other) for one, other in (pair.split("-") for pair in pairs.split())
    }


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
