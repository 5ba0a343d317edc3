"""Longer and shorter names of one thing in one document."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Level
from kg.pipeline import extract
from kg.resolve import Decision, Verdict
from kg.resolve import resolve as resolve_with
from kg.resolve.opposites import opposites_of
from kg.resolve.variants import Form, couples, shipped

from ..strategies import SCHEMA, Fact, Named, article, split_document

DEALER = Named("Role", "卡商", level=Level.TYPE)
FORMS = st.builds(
    Form,
    st.text("微信游戏账号卡的", min_size=1, max_size=6),
    st.sampled_from(["Good", "Role"]),
    st.booleans(),
    st.frozensets(st.integers(0, 4), max_size=3),
)


def good(name: str) -> Named:
    return Named("Good", name, level=Level.TYPE)


def entities(*names: str, **split: tuple[str, ...]) -> set[str]:
    decisions = [Decision(Verdict.SPLIT, split["apart"])] if split else []
    facts = [Fact(DEALER, "SELLS", good(name)) for name in names]
    graph = resolve_with([article(*facts)], decisions, SCHEMA)
    return {entity.name for entity in graph.entities if entity.type == "Good"}


@given(st.lists(FORMS, max_size=8))
def test_a_couple_is_a_name_and_one_of_its_type_that_has_half_of_it(forms: list[Form]) -> None:
    for couple in couples(forms):
        short, long = forms[couple.short], forms[couple.long]
        assert couple.short != couple.long
        assert short.type == long.type
        assert len(short.name) <= len(long.name)
        shared = (Counter(short.name) & Counter(long.name)).total()
        assert 2 * shared >= len(short.name)


@given(st.lists(FORMS, max_size=8, unique_by=lambda form: (form.name, form.type)))
def test_two_names_are_one_couple_at_most(forms: list[Form]) -> None:
    found = [frozenset((couple.short, couple.long)) for couple in couples(forms)]
    assert len(found) == len(set(found))


@given(st.lists(FORMS, max_size=8))
def test_only_couples_are_made_one(forms: list[Form]) -> None:
    model = shipped()
    assert model is not None
    assert set(model.same(forms)) <= {(couple.short, couple.long) for couple in couples(forms)}


@given(st.lists(FORMS, max_size=8))
def test_a_name_is_a_longer_form_of_one_other_at_most(forms: list[Form]) -> None:
    model = shipped()
    assert model is not None
    longer = [long for _, long in model.same(forms)]
    assert len(longer) == len(set(longer))


@pytest.mark.parametrize("more", ["大量", "一些", "相关", "各类"])
def test_a_word_that_adds_nothing_makes_no_other_thing(more: str) -> None:
    assert entities("游戏账号", f"{more}游戏账号", "游戏账号") == {"游戏账号"}


@pytest.mark.parametrize(
    ("one", "other"), [("公民信息", "公民个人信息"), ("微信账号的交易", "微信账号交易")]
)
def test_names_that_say_the_same_in_other_words_are_one(one: str, other: str) -> None:
    assert len(entities(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("运营商", "虚拟运营商"),
        ("软件", "群控软件"),
        ("身份证", "身份证号"),
        ("微信账号", "支付账号"),
    ],
)
def test_a_word_that_tells_apart_makes_another_thing(one: str, other: str) -> None:
    assert entities(one, other) == {one, other}


OPPOSITES = opposites_of(SCHEMA)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中心化交易所", "某去中心化交易所"),
        ("欺诈", "信贷反欺诈"),
        ("实名的电话卡", "未实名电话卡"),
        ("银行支付机构", "非银行支付机构"),
        ("对公账户", "个人银行账户"),
        ("收购银行卡", "出售他人银行卡"),
        ("杀猪盘诈骗者", "杀猪盘诈骗的受害者"),
        ("伪基站", "运营商通信基站"),
        ("信用卡", "伪造的信用卡"),
        ("第一类信息", "第二类个人信息"),
        ("b类信息", "a类信息"),
        ("1号机器人", "2号机器人"),
    ],
)
def test_a_word_turned_round_or_one_of_another_side_makes_the_opposite(
    one: str, other: str
) -> None:
    assert OPPOSITES.opposed(one, other)
    assert OPPOSITES.opposed(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("非法活动", "违法活动"),
        ("反诈中心", "江州反诈中心"),
        ("不实名电话卡", "非实名卡"),
        ("收购银行卡", "收购、出售银行卡"),
        ("账户", "对公账户"),
        ("伪造身份证件", "伪造一张身份证件"),
        ("假标识", "假冒的商标标识"),
        ("一审法院", "第一审人民法院"),
        ("信息", "第一类信息"),
    ],
)
def test_what_is_there_on_both_sides_or_told_of_one_alone_makes_no_opposite(
    one: str, other: str
) -> None:
    assert not OPPOSITES.opposed(one, other)
    assert not OPPOSITES.opposed(other, one)


def test_opposites_are_not_one() -> None:
    def exchanges(*names: str) -> set[str]:
        facts = [
            Fact(Named("Platform", name, level=Level.TYPE), "LEADS_TO", DEALER) for name in names
        ]
        graph = resolve_with([article(*facts)], [], SCHEMA)
        return {entity.name for entity in graph.entities if entity.type == "Platform"}

    assert len(exchanges("中心化交易所", "去中心化交易所")) == 2
    assert len(exchanges("交易所", "虚拟币交易所")) == 1


def test_offences_that_the_law_tells_apart_are_not_one() -> None:
    text = "法院以虚开发票罪判处柏某有期徒刑三年，以虚开增值税专用发票罪判处秦某有期徒刑二年。"
    graph = resolve_with([extract(split_document(text))], [], SCHEMA)
    offences = {entity.name for entity in graph.entities if entity.type == "Offence"}
    assert offences == {"虚开发票罪", "虚开增值税专用发票罪"}


def test_an_agency_of_the_list_is_none_of_another_country() -> None:
    text = "央行提示风险。巴西中央银行发布公告，央行随后发布通知。"
    graph = resolve_with([extract(split_document(text))], [], SCHEMA)
    agencies = {entity.name for entity in graph.entities if entity.type == "Agency"}
    assert {"中国人民银行", "巴西中央银行"} <= agencies


def test_two_names_do_not_come_together_through_what_is_said_of_both() -> None:
    names = ("对公账户", "银行账户", "个人银行账户", "大量对公账户", "大量银行账户")
    alike = [(0, 1), (0, 3), (1, 2), (1, 4)]
    kept = OPPOSITES.kept(alike, {at: [name] for at, name in enumerate(names)})
    assert kept == [(0, 3), (1, 4)]


def test_initials_with_a_letter_more_are_others() -> None:
    forms = [Form(name, "Tool", True, frozenset()) for name in ("ai", "api", "ai技术")]
    assert [(couple.short, couple.long) for couple in couples(forms)] == [(0, 2)]


def test_cards_of_several_number_segments_are_others_than_cards() -> None:
    names = {"电话卡", "168号段电话卡", "162号段电话卡"}
    assert entities(*names) == names


def test_a_decision_keeps_two_names_apart() -> None:
    names = ("游戏账号", "大量游戏账号")
    assert entities(*names, apart=names) == set(names)


def test_a_short_name_of_a_gang_in_one_article_is_no_name_of_it_in_another() -> None:
    def gang(name: str) -> Named:
        return Named("Group", name)

    one = article(
        Fact(gang("邢某网络犯罪团伙"), "SELLS", good("银行卡")),
        Fact(gang("网络犯罪团伙"), "SELLS", good("手机卡")),
    )
    other = article(Fact(gang("网络犯罪团伙"), "SELLS", good("账号")))
    graph = resolve_with([one, other], [], SCHEMA)
    sellers = {e.id: e.name for e in graph.entities if e.type == "Group"}
    (of_other,) = {
        r.subject for r in graph.relations if r.evidence[0].document == other.document.id
    }
    assert sellers[of_other] == "网络犯罪团伙"


def test_a_general_word_does_not_make_two_agencies_one() -> None:
    office = Named("Agency", "检察院", level=Level.TYPE)
    first, second = (Named("Agency", f"{place}人民检察院") for place in ("江州市青桥县", "海州市"))
    for agencies, count in (([office, first], 1), ([office, first, second], 3)):
        facts = [Fact(agency, "INVESTIGATES", DEALER) for agency in agencies]
        graph = resolve_with([article(*facts)], [], SCHEMA)
        assert sum(entity.type == "Agency" for entity in graph.entities) == count


def test_an_agency_of_a_city_is_not_the_one_of_its_district() -> None:
    first, second = (Named("Agency", f"{place}检察院") for place in ("上海市", "上海市青桥区"))
    facts = [Fact(agency, "INVESTIGATES", DEALER) for agency in (first, second)]
    graph = resolve_with([article(*facts)], [], SCHEMA)
    assert sum(entity.type == "Agency" for entity in graph.entities) == 2


def reports(*names: str) -> int:
    facts = [Fact(Named("Organization", "青桥"), "USES", Named("Report", name)) for name in names]
    graph = resolve_with([article(*facts)], [], SCHEMA)
    return sum(entity.type == "Report" for entity in graph.entities)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2019年上半年网络诈骗趋势报告", "2019年下半年网络诈骗趋势报告"),
        ("第一季度反诈报告", "第二季度反诈报告"),
        ("2020年反诈报告", "2021年反诈报告"),
    ],
)
def test_two_reports_of_a_series_are_two(one: str, other: str) -> None:
    assert reports(one, other) == 2


def test_a_report_without_its_year_is_none_of_two_of_its_series() -> None:
    assert reports("2020年反诈报告", "2021年反诈报告", "反诈报告") == 3
    assert reports("2020年反诈报告", "反诈报告") == 1


def test_of_a_directory_of_names_those_told_most_are_compared() -> None:
    several = [Form(f"游戏账号{n}", "Good", False, frozenset({n})) for n in range(500)]
    often = [Form("游戏账号", "Good", True, frozenset(range(9))),
             Form("他人的游戏账号", "Good", False, frozenset({1, 2}))]  # fmt: skip
    found = list(couples([*several, *often]))
    assert len({at for couple in found for at in (couple.short, couple.long)}) <= 300
    assert (500, 501) in {(couple.short, couple.long) for couple in found}


@pytest.mark.parametrize(
    ("one", "other"), [("App", "ApplePay"), ("3万元货款", "13万元货款"), ("VPN", "OpenVPN")]
)
def test_what_is_cut_out_of_a_foreign_word_or_a_number_is_no_shorter_name(
    one: str, other: str
) -> None:
    forms = [Form(name.lower(), "Good", False, frozenset({1})) for name in (one, other)]
    assert list(couples(forms)) == []


@pytest.mark.parametrize(
    ("one", "other", "many"),
    [("50元", "超50万元", 2), ("30元", "超过30亿元", 2), ("500元", "500元人民币", 1)],
)
def test_figures_with_other_numbers_are_two(one: str, other: str, many: int) -> None:
    facts = [
        Fact(Named("Statistic", name, level=Level.INSTANCE), "MEASURES", good("赃款"))
        for name in (one, other)
    ]
    graph = resolve_with([article(*facts)], [], SCHEMA)
    assert len([e for e in graph.entities if e.type == "Statistic"]) == many
