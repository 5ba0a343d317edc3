"""Nobody is accused on thin grounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Document, Extraction, Level, Mention, Sentence
from kg.pipeline import extract
from kg.read import read
from kg.relate.candidates import Candidate
from kg.relate.clauses import parse
from kg.relate.guards import objection, telling
from kg.schema import load_schema
from kg.text import words


def extracted(folder: Path, text: str) -> Extraction:
    path = folder / "article.txt"
    path.write_text(text, encoding="utf-8")
    (document,) = read([path])
    assert isinstance(document, Document)
    return extract(document)


def claims(folder: Path, text: str, edge: str) -> set[tuple[str, str]]:
    found = extracted(folder, text)
    return {
        (found.mentions[c.subject].name, found.mentions[c.object].name)
        for c in found.claims
        if c.type == edge
    }


def test_a_charge_is_not_given_to_the_next_defendant_who_has_his_own(tmp_path: Path) -> None:
    text = "法院认定被告人程某犯诈骗罪、被告人谢某犯洗钱罪，分别判处有期徒刑三年和一年。"
    assert claims(tmp_path, text, "CONVICTED_OF") == {("程某", "诈骗罪"), ("谢某", "洗钱罪")}


@pytest.mark.parametrize("text", ["程某、谢某均已到案。", "程某的供述和谢某的供述相互印证。"])
def test_standing_beside_each_other_is_no_collusion(tmp_path: Path, text: str) -> None:
    assert not claims(tmp_path, text, "COLLUDES_WITH")


def test_what_a_sentence_sets_itself_off_from_is_not_its_subjects(tmp_path: Path) -> None:
    text = "老程从事的是电话卡销售业务，不同于营业厅销售的实名卡，他售卖的均为物联网卡。"
    sold = {what for who, what in claims(tmp_path, text, "SELLS") if who == "老程"}
    assert "物联网卡" in sold and "实名卡" not in sold


def test_what_a_text_only_asks_is_not_said(tmp_path: Path) -> None:
    asked = "微信号是否属于公民个人信息，要看能否识别本人。"
    assert not claims(tmp_path, asked, "IS_A")
    asked = "争议焦点在于程某的行为构成诈骗罪还是盗窃罪。"
    assert not claims(tmp_path, asked, "CONVICTED_OF")
    asked = "程某的行为是否构成诈骗罪存在争议。法院以洗钱罪判处程某有期徒刑一年。"
    assert claims(tmp_path, asked, "CONVICTED_OF") == {("程某", "洗钱罪")}


def test_a_part_is_not_the_whole_of_its_whole(tmp_path: Path) -> None:
    text = "料商把银行卡、手机卡、U盾和身份证打包出售，行话叫做四件套。"
    found = claims(tmp_path, text, "PART_OF")
    assert found and not any((whole, part) in found for part, whole in found)


def test_what_a_text_has_besides_is_no_part_of_what_it_named_before(tmp_path: Path) -> None:
    text = "料商把银行卡、手机卡、U盾打包出售，行话叫做三件套，此外还有营业执照和公章。"
    parts = {part for part, _ in claims(tmp_path, text, "PART_OF")}
    assert "银行卡" in parts and not parts & {"营业执照", "公章"}
    assert "besides" in {reject.reason for reject in extracted(tmp_path, text).rejects}


def test_nobody_sentences_but_courts(tmp_path: Path) -> None:
    text = (
        "经青岚市人民检察院提起公诉，法院以诈骗罪判处程某有期徒刑三年。程某上诉，江州中院维持原判。"
    )
    assert claims(tmp_path, text, "SENTENCED_BY") == {("程某", "法院"), ("程某", "江州中院")}


def test_who_has_an_accomplice_is_not_arrested_with_him(tmp_path: Path) -> None:
    text = "江州市公安局抓获程某的同伙谢某。"
    assert claims(tmp_path, text, "ARRESTS") == {("江州市公安局", "谢某")}


def test_who_forbids_to_sell_sells_nothing(tmp_path: Path) -> None:
    text = "运营商禁止代理商向未成年人出售电话卡。"
    sellers = {who for edge in ("SELLS", "SUPPLIES") for who, _ in claims(tmp_path, text, edge)}
    assert "代理商" in sellers and "电信运营商" not in sellers
    text = "运营商通过代理商向未成年人出售电话卡。"
    assert ("电信运营商", "未成年人") in claims(tmp_path, text, "SUPPLIES")


def test_each_article_of_a_list_has_its_own_offence(tmp_path: Path) -> None:
    text = (
        "刑法第二百八十七条之一规定的非法利用信息网络罪、"
        "刑法第二百八十七条之二规定的帮助信息网络犯罪活动罪均可适用。"
    )
    first, second = "刑法第二百八十七条之一", "刑法第二百八十七条之二"
    found = claims(tmp_path, text, "PROHIBITS")
    assert found == {(first, "非法利用信息网络罪"), (second, "帮助信息网络犯罪活动罪")}
    text = f"{second}与第二百八十七条之一不同，规定了帮助信息网络犯罪活动罪。"
    assert (second, "帮助信息网络犯罪活动罪") in claims(tmp_path, text, "PROHIBITS")


def test_nobody_is_punished_for_what_the_court_did_not_find(tmp_path: Path) -> None:
    text = "检察机关以诈骗罪对程某提起公诉，法院改变定性，以盗窃罪判处程某有期徒刑二年。"
    penalties = {
        found.mentions[c.object].name: "penalty" in c.attrs
        for found in [extracted(tmp_path, text)]
        for c in found.claims
        if c.type == "CONVICTED_OF"
    }
    assert penalties == {"诈骗罪": False, "盗窃罪": True}


def test_a_reporter_who_calls_a_seller_colludes_with_nobody(tmp_path: Path) -> None:
    text = "6月2日，晨江日报记者联系上一名做了多年的“卡商”老葛，对方很快报出价格。"
    assert not claims(tmp_path, text, "COLLUDES_WITH")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("记者与卡商老葛电话联系。", "an observer"),
        ("记者伙同卡商老葛倒卖手机卡。", ""),
        ("警方联系卡商老葛。", ""),
        ("老程冒充员工与老葛签约。", "deceived"),
        ("老程勾结他人冒充员工，与老葛签约。", ""),
        ("老程为冒充员工，勾结了老葛。", ""),
    ],
)
def test_an_observer_or_impostor_colludes_only_where_the_sentence_says_so(
    text: str, why: str
) -> None:
    who = text[:2]
    ends = [
        Mention(text.index(name), text.index(name) + len(name), name, kind, name, Level.TYPE, "t#t")
        for name, kind in ((who, "Role"), ("老葛", "Person"))
    ]
    parsed = parse(0, Sentence(0, len(text), 0), words(text), ends, 0)
    one = Candidate(0, "COLLUDES_WITH", 1, parsed, 0, len(text), ["edges/COLLUDES_WITH.yaml#with"])
    assert objection(text, one, ends, telling(load_schema())) == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("运营商应当严防洗钱。", "countered"),
        ("运营商为逃避打击洗钱。", ""),
        ("运营商参与洗钱。", ""),
    ],
)
def test_who_counters_an_act_does_not_engage_in_it(text: str, why: str) -> None:
    ends = [
        Mention(text.index(name), text.index(name) + len(name), name, kind, name, Level.TYPE, "t#t")
        for name, kind in (("运营商", "Role"), ("洗钱", "Activity"))
    ]
    parsed = parse(0, Sentence(0, len(text), 0), words(text), ends, 0)
    one = Candidate(0, "ENGAGES_IN", 1, parsed, 0, len(text), ["edges/ENGAGES_IN.yaml#near"])
    assert objection(text, one, ends, telling(load_schema())) == why


LIST = (
    "去年，老葛曾向记者出售虚拟运营商的电话卡。老葛表示，不同的卡价格不同。"
    "“162号段的卖9元，170号段14元，多买还能便宜。”"
)


def test_what_a_seller_quotes_a_price_for_he_sells(tmp_path: Path) -> None:
    sold = claims(tmp_path, LIST, "SELLS")
    assert {("老葛", "162号段电话卡"), ("老葛", "170号段电话卡")} <= sold


def test_what_an_onlooker_quotes_a_price_for_he_does_not_sell(tmp_path: Path) -> None:
    text = LIST.replace("去年，老葛曾向记者出售虚拟运营商的电话卡。", "").replace(
        "老葛", "民警葛某"
    )
    assert not {who for who, _ in claims(tmp_path, text, "SELLS")} & {"葛某", "民警葛某"}


def test_each_thing_of_a_price_list_has_its_own_price_and_no_other(tmp_path: Path) -> None:
    prices = {pair for pair in claims(tmp_path, LIST, "HAS_PRICE") if "电话卡" in pair[0]}
    assert prices == {("162号段电话卡", "9元"), ("170号段电话卡", "14元")}


def test_a_card_of_one_segment_has_no_other(tmp_path: Path) -> None:
    found = claims(tmp_path, LIST, "HAS_SEGMENT")
    assert ("162号段电话卡", "162号段") in found
    assert all(card.startswith(segment) for card, segment in found)


def test_a_figure_measures_what_it_stands_at_and_not_its_neighbours(tmp_path: Path) -> None:
    text = "三人出租银行卡。其中龚某赚得4万余元、柏某赚得8千余元、符某赚得6千余元。"
    gained = claims(tmp_path, text, "MEASURES")
    assert gained
    assert gained <= {("4万余元", "龚某"), ("8千余元", "柏某"), ("6千余元", "符某")}


def test_what_several_earned_respectively_each_earned_alone(tmp_path: Path) -> None:
    text = "龚某、柏某倒卖手机卡，二人分别从中获利4万元、8000元。"
    assert claims(tmp_path, text, "MEASURES") == {("4万元", "龚某"), ("8000元", "柏某")}


def test_who_else_is_sold_to_is_no_good_of_the_deal(tmp_path: Path) -> None:
    found = extracted(tmp_path, "范某把手机卡以每套60元的价格卖给号商和料商。")
    deals = [claim.attrs.get("good") for claim in found.claims if claim.type == "SUPPLIES"]
    assert deals == ["手机卡", "手机卡"]


def test_what_is_sold_to_one_dealer_is_a_deal_with_him_and_not_with_his_kind(
    tmp_path: Path,
) -> None:
    found = extracted(tmp_path, "范某把手机卡以每套60元的价格卖给号商袁某。")
    deals = [
        (found.mentions[claim.object].name, claim.attrs.get("good"))
        for claim in found.claims
        if claim.type == "SUPPLIES"
    ]
    assert deals == [("袁某", "手机卡")]


def test_where_nobody_knows_whose_term_is_which_nobody_has_them_all(tmp_path: Path) -> None:
    text = "程某、谢某、罗某被江州市人民法院分别判处有期徒刑三年、二年。"
    found = [c for c in extracted(tmp_path, text).claims if c.type == "SENTENCED_BY"]
    assert found and not any("penalty" in claim.attrs for claim in found)


@pytest.mark.parametrize("knows", ["没想到", "早就知道", "听说", "得知", "怀疑"])
def test_who_knows_what_another_sells_does_not_sell_it(tmp_path: Path, knows: str) -> None:
    text = f"符某{knows}鲁某把银行卡卖给了诈骗团伙。"
    found = claims(tmp_path, text, "SUPPLIES")
    assert ("鲁某", "诈骗团伙") in found and ("符某", "诈骗团伙") not in found


@pytest.mark.parametrize("says", ["说，“", "说：“", "告诉记者，“", "回忆，"])
def test_who_is_quoted_has_not_done_what_his_words_tell_of_another(
    tmp_path: Path, says: str
) -> None:
    text = f"“他们都有门路，”符某{says}号商把账号卖给了诈骗团伙。”"
    found = claims(tmp_path, text, "SUPPLIES")
    assert ("号商", "诈骗团伙") in found and ("符某", "诈骗团伙") not in found
    own = f"“他们都有门路，”符某{says}我把账号卖给了诈骗团伙。”"
    assert ("符某", "诈骗团伙") in claims(tmp_path, own, "SUPPLIES")


def test_who_acts_on_what_another_does_has_done_it_himself(tmp_path: Path) -> None:
    text = "符某听说鲁某缺卡后把银行卡卖给了诈骗团伙。"
    assert ("符某", "诈骗团伙") in claims(tmp_path, text, "SUPPLIES")
    text = "符某明知鲁某从事电信诈骗，仍把银行卡卖给鲁某。"
    assert ("符某", "鲁某") in claims(tmp_path, text, "SUPPLIES")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("公安部网安局消息，近日云泽网警抓获犯罪嫌疑人程某。", "云泽网警"),
        ("公安部网安局通报：云泽网警打掉一个犯罪团伙，抓获程某。", "云泽网警"),
        ("江州警方协助云泽警方抓获程某。", "云泽警方"),
        ("云泽警方在江州警方配合下抓获犯罪嫌疑人程某。", "云泽警方"),
        ("在江州警方的大力支持下，云泽警方抓获程某。", "云泽警方"),
        ("江州警方通报，在云泽警方配合下抓获程某。", "江州警方"),
        ("江州警方和云泽警方抓获程某。", "江州警方 云泽警方"),
        ("江州警方根据公安部下发的线索，抓获程某。", "江州警方"),
        ("江州警方在公安部的统一指挥下抓获程某。", "江州警方"),
        ("江州警方接到云泽派出所移交的线索后抓获程某。", "江州警方"),
    ],
)
def test_who_reports_an_arrest_or_helps_in_it_has_not_made_it(
    tmp_path: Path, text: str, who: str
) -> None:
    assert claims(tmp_path, text, "ARRESTS") == {(one, "程某") for one in who.split()}


@pytest.mark.parametrize(
    ("text", "arrested"),
    [
        ("程某被骗后向公安局报案，民警抓获谢某。", {"谢某"}),
        ("程某发现账户被盗，立即报警，民警很快抓获谢某。", {"谢某"}),
        ("程某报案后，民警抓获谢某、罗某。", {"谢某", "罗某"}),
        ("程某谎报被抢，公安局接到报警后将其抓获。", {"程某"}),
        ("程某向公安局报案谎称被抢，后被公安局抓获。", {"程某"}),
        ("程某卖卡被人举报，民警将其抓获。", {"程某"}),
    ],
)
def test_who_reports_a_crime_is_not_arrested_for_it(
    tmp_path: Path, text: str, arrested: set[str]
) -> None:
    assert {who for _, who in claims(tmp_path, text, "ARRESTS")} == arrested


@pytest.mark.parametrize(
    ("text", "arrested"),
    [
        ("江州警方决定对程某解除取保候审。", False),
        ("江州警方撤销对程某的刑事拘留决定。", False),
        ("江州警方抓获程某，后来对其解除取保候审。", True),
    ],
)
def test_to_end_a_measure_is_no_arrest(tmp_path: Path, text: str, *, arrested: bool) -> None:
    assert claims(tmp_path, text, "ARRESTS") == ({("江州警方", "程某")} if arrested else set())


@pytest.mark.parametrize(
    ("text", "traded"),
    [
        ("程某谎称将银行卡卖给谢某，骗走3000元。", False),
        ("程某假装向谢某购买银行卡，骗走3000元。", False),
        ("程某谎称自己有银行卡出售给谢某，骗走3000元。", False),
        ("程某以出售银行卡为由，骗走他人3000元。", False),
        ("程某打着出售银行卡的幌子，骗走他人3000元。", False),
        ("程某以公司的名义向谢某出售银行卡。", True),
        ("程某谎称急需用钱，将银行卡卖给谢某。", True),
        ("程某谎称是业主，将银行卡卖给谢某。", True),
    ],
)
def test_a_trade_that_is_made_believe_is_none(tmp_path: Path, text: str, *, traded: bool) -> None:
    assert bool(claims(tmp_path, text, "SUPPLIES") | claims(tmp_path, text, "SELLS")) == traded


def test_who_brings_two_together_does_not_trade(tmp_path: Path) -> None:
    text = "程某介绍谢某将银行卡出售给乔某。"
    assert claims(tmp_path, text, "SUPPLIES") == {("谢某", "乔某")}
    text = "程某经人介绍，将银行卡出售给乔某。"
    assert claims(tmp_path, text, "SUPPLIES") == {("程某", "乔某")}


@pytest.mark.parametrize(
    ("text", "edge", "told"),
    [
        ("公安机关出具的扣押清单、银行卡交易明细证实了上述事实。", "SEIZES", set()),
        ("民警当场查获银行卡扣押清单一份。", "SEIZES", set()),
        ("扣押清单证实，江州警方扣押银行卡3张。", "SEIZES", {("江州警方", "银行卡")}),
        ("江州警方查获身份证200张。", "SEIZES", {("江州警方", "身份证")}),
        ("江州警方出具的抓获经过证实，程某主动投案。", "ARRESTS", set()),
        ("江州警方抓获程某，经过审讯，程某供认不讳。", "ARRESTS", {("江州警方", "程某")}),
    ],
)
def test_a_document_about_an_act_is_not_the_act(
    tmp_path: Path, text: str, edge: str, told: set[tuple[str, str]]
) -> None:
    assert claims(tmp_path, text, edge) == told


@pytest.mark.parametrize(
    ("text", "edge", "told"),
    [
        ("程某准备将银行卡卖给谢某时被民警抓获。", "ARRESTS", {("民警", "程某")}),
        ("程某涉嫌诈骗谢某被江州警方抓获。", "ARRESTS", {("江州警方", "程某")}),
        ("程某、谢某在向罗某出售银行卡时被民警抓获。", "ARRESTS",
         {("民警", "程某"), ("民警", "谢某")}),
        ("公安部指挥江州公安机关集中收网，抓获犯罪嫌疑人120名。", "ARRESTS",
         {("江州公安机关", "犯罪嫌疑人120名")}),
        ("程某系云泽公司股东谢某的妻子。", "AFFILIATED_WITH", set()),
        ("程某曾是卡商谢某的马仔。", "HAS_ROLE", {("程某", "马仔"), ("谢某", "卡商")}),
        ("在被告人程某、谢某的共同犯罪中，程某起主要作用，系主犯。", "HAS_ROLE",
         {("程某", "主犯")}),
        ("程某起主要作用，系主犯；谢某、罗某起次要作用，系从犯。", "HAS_ROLE",
         {("程某", "主犯"), ("谢某", "从犯"), ("罗某", "从犯")}),
        ("程某、谢某系主犯。", "HAS_ROLE", {("程某", "主犯"), ("谢某", "主犯")}),
        ("程某冒充云泽公司员工与谢某签约。", "COLLUDES_WITH", set()),
        ("程某与谢某共谋，冒充民警诈骗罗某。", "COLLUDES_WITH",
         {("程某", "谢某"), ("谢某", "程某")}),
        ("在唐某昌走私毒品案中，另有多人到案。", "INVOLVES",
         {("唐某昌走私毒品案", "唐某昌")}),
    ],
)  # fmt: skip
def test_what_is_done_by_or_to_one_is_not_told_of_the_other(
    tmp_path: Path, text: str, edge: str, told: set[tuple[str, str]]
) -> None:
    assert claims(tmp_path, text, edge) == told


def test_what_somebody_pleads_or_thinks_is_no_conviction(tmp_path: Path) -> None:
    text = (
        "被告人程某的辩护人提出，程某的行为构成盗窃罪。第二种观点认为，程某构成洗钱罪。"
        "法院以诈骗罪判处程某有期徒刑三年。有人据此认为该行为构成洗钱罪，并不妥当。"
    )
    found = extracted(tmp_path, text)
    told = {
        (found.mentions[c.object].name, str(c.modality))
        for c in found.claims
        if c.type == "CONVICTED_OF" and found.mentions[c.subject].name == "程某"
    }
    assert {("盗窃罪", "alleged"), ("诈骗罪", "asserted")} <= told
    assert ("洗钱罪", "asserted") not in told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("被害人程某将银行卡交给诈骗团伙。", set()),
        ("程某信以为真，将银行卡和密码提供给诈骗团伙。", set()),
        ("受害者将验证码发送给诈骗团伙。", set()),
        ("程某误以为是兼职，将银行卡卖给诈骗团伙。", {("程某", "诈骗团伙")}),
        ("谢某将被害人程某的银行卡卖给诈骗团伙。", {("谢某", "诈骗团伙")}),
        ("谢家明以办贷款为由联系被害人程立新。程立新将银行卡寄给谢家明。", set()),
    ],
)
def test_a_victim_does_not_supply_what_he_is_made_to_hand_over(
    tmp_path: Path, text: str, found: set[tuple[str, str]]
) -> None:
    assert claims(tmp_path, text, "SUPPLIES") == found


@pytest.mark.parametrize(
    "text", ["符某早就知道鲁某把银行卡卖给诈骗团伙。", "符某看到鲁某把银行卡卖给诈骗团伙。"]
)
def test_who_knows_of_a_trade_has_no_part_in_it(tmp_path: Path, text: str) -> None:
    assert claims(tmp_path, text, "SUPPLIES") == {("鲁某", "诈骗团伙")}


@pytest.mark.parametrize(
    ("text", "rule", "why"),
    [
        ("老程与老葛的行为构成共同犯罪。", "near", "nothing changes hands"),
        ("老程犯出售名单罪，老葛犯诈骗罪。", "near", "nothing changes hands"),
        ("老程犯出售名单罪，老葛犯诈骗罪。", "hands", ""),
        ("老程犯出售名单罪，名单由老葛取走。", "near", ""),
    ],
)
def test_nearness_is_no_supply_where_nothing_changes_hands(text: str, rule: str, why: str) -> None:
    named = [("老程", "Person"), ("出售名单罪", "Offence"), ("老葛", "Person")]
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), name, kind, name, Level.TYPE, "t#t")
        for name, kind in named
        if name in text
    ]
    parsed = parse(0, Sentence(0, len(text), 0), words(text), mentions, 0)
    ends = 0, len(mentions) - 1
    one = Candidate(
        ends[0], "SUPPLIES", ends[1], parsed, 0, len(text), [f"edges/SUPPLIES.yaml#{rule}"]
    )
    assert objection(text, one, mentions, telling(load_schema())) == why


def test_who_only_makes_good_a_damage_supplies_nothing(tmp_path: Path) -> None:
    assert not claims(tmp_path, "程某退赔谢某5000元赃款，有悔罪表现。", "SUPPLIES")


@pytest.mark.parametrize(
    ("text", "edge", "found"),
    [
        (
            "罗某报警称被程某诈骗五万元，江州警方迅速将其抓获。",
            "ARRESTS",
            {("江州警方", "程某")},
        ),
        ("程某的妻子罗某将银行卡卖给卡商。", "SUPPLIES", {("罗某", "卡商")}),
        ("程某将银行卡卖给罗某的妻子谢某。", "SUPPLIES", {("程某", "谢某")}),
        (
            "程某与妻子罗某将银行卡卖给卡商。",
            "SUPPLIES",
            {("程某", "卡商"), ("罗某", "卡商")},
        ),
    ],
)
def test_what_is_told_of_another_is_not_told_of_who_reports_him_or_whose_kin_he_is(
    tmp_path: Path, text: str, edge: str, found: set[tuple[str, str]]
) -> None:
    assert claims(tmp_path, text, edge) == found


def test_what_the_next_part_of_an_article_prohibits_is_not_the_firsts(tmp_path: Path) -> None:
    text = "刑法第二百八十七条之二规定的帮助信息网络犯罪活动罪与之一规定的非法利用信息网络罪不同。"
    assert {what for _, what in claims(tmp_path, text, "PROHIBITS")} == {"帮助信息网络犯罪活动罪"}
    text = "刑法第二百八十七条之一、之二规定了非法利用信息网络罪和帮助信息网络犯罪活动罪。"
    assert "非法利用信息网络罪" in {what for _, what in claims(tmp_path, text, "PROHIBITS")}
