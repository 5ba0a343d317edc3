"""What stands beside a claim: every sentence here is made up."""

from __future__ import annotations

import pytest

from kg.model import Document, Level, Mention, Sentence
from kg.relate.qualifiers import Qualifiers
from kg.schema import Schema, load_schema
from kg.text import split_sentences

TYPES = {
    "张某": "Person", "李某": "Person", "40名嫌疑人": "Person", "云桥公司": "Organization",
    "“夜鹰”工作室": "Group", "“老鬼”团伙": "Group", "江州警方": "Agency", "江州法院": "Agency",
    "手机黑卡": "Good", "黑卡": "Good", "微信号": "Good", "四件套": "Good", "涉案资金": "Good",
    "手机": "Tool", "电脑": "Tool", "GOIP设备": "Tool", "江州市": "Location", "盗号罪": "Offence",
    "云泽市": "Location", "网络法": "Law", "养号": "Activity", "上游卡商": "Role", "卡商": "Role",
    "产业链": "Activity", "USDT": "Good", "900元": "Price",
}  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def attrs(
    schema: Schema, text: str, subject: str, edge: str, target: str, *,
    verb: str = "", good: tuple[str, ...] = (),
) -> dict[str, str]:  # fmt: skip
    """The attrs of a claim in `text`, whose clause is marked by ｜…｜ or is the whole."""
    marks = [at for at, char in enumerate(text) if char == "｜"]
    text = text.replace("｜", "")
    clause = (marks[0], marks[1] - 1) if marks else (0, len(text))
    sentences = [Sentence(a, b, 0) for a, b in split_sentences(text)]
    mentions: list[Mention] = []
    for name, kind in sorted(TYPES.items(), key=lambda item: -len(item[0])):
        at = text.find(name)
        while at >= 0:
            if not any(m.start <= at < m.end for m in mentions):
                plain = name.replace("“", "").replace("”", "")
                mentions.append(
                    Mention(at, at + len(name), name, kind, plain, Level.INSTANCE, "test")
                )
            at = text.find(name, at + 1)
    mentions.sort(key=lambda mention: mention.start)
    document = Document("d", "", "", text, tuple(sentences), (), published="2021-05-06")

    def named(name: str) -> Mention:
        here = [m for m in mentions if m.text == name]
        return next((m for m in here if clause[0] <= m.start < clause[1]), here[0])

    at = text.find(verb, clause[0]) if verb else -1
    sentence = next(one for one in sentences if one.start <= clause[0] < one.end)
    return Qualifiers(document, mentions, schema).attrs(
        schema.edges[edge], sentence, clause, (at, at + len(verb)) if at >= 0 else None,
        named(subject), named(target), {"good": "patient"},
        {"good": [named(name) for name in good]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江州警方查获3万余张手机黑卡", "3万余张"),
        ("江州警方查获手机黑卡300张", "300张"),
        ("江州警方查获手机黑卡共计2.5万张", "2.5万张"),
        ("江州警方查获12台GOIP设备、30张涉案手机黑卡", "30张"),
        ("江州警方查获大量手机黑卡", "大量"),
        ("江州警方查获手机黑卡一批", "一批"),
        ("江州警方查获一张手机黑卡", None),
        ("江州警方查获手机黑卡，电脑5台", None),
        ("江州警方查获手机黑卡共11位", None),
        ("江州警方查获张某、李某二人手机黑卡", None),
    ],
)
def test_a_quantity_stands_at_its_own_noun(schema: Schema, text: str, expected: str | None) -> None:
    found = attrs(schema, text, "江州警方", "SEIZES", "手机黑卡", verb="查获")
    assert found.get("quantity") == expected


def test_a_quantity_of_another_clause_is_not_taken(schema: Schema) -> None:
    text = "｜“夜鹰”工作室从云桥公司大量购买手机黑卡，｜云桥公司仅2018年就提供黑卡1000万余张。"
    found = attrs(schema, text, "云桥公司", "SUPPLIES", "“夜鹰”工作室",
                  verb="购买", good=("手机黑卡",))  # fmt: skip
    assert found == {"good": "手机黑卡", "quantity": "大量"}


def test_a_quantity_after_a_list_counts_all_of_it(schema: Schema) -> None:
    text = "江州警方扣押手机、电脑21部"
    assert attrs(schema, text, "江州警方", "SEIZES", "手机")["quantity"] == "21部"
    assert attrs(schema, text, "江州警方", "SEIZES", "电脑")["quantity"] == "21部"


def test_a_count_that_is_part_of_the_name_is_no_quantity(schema: Schema) -> None:
    assert "quantity" not in attrs(
        schema, "江州警方抓获40名嫌疑人", "江州警方", "ARRESTS", "40名嫌疑人"
    )


def test_goods_with_a_count_each_have_both_counts(schema: Schema) -> None:
    text = "张某向李某出售手机黑卡4张、微信号2个"
    goods = ("手机黑卡", "微信号")
    found = attrs(schema, text, "张某", "SUPPLIES", "李某", verb="出售", good=goods)
    assert found == {"good": "手机黑卡、微信号", "quantity": "4张、2个"}
    text = "张某向李某出售手机黑卡4张、微信号2个和四件套"
    found = attrs(schema, text, "张某", "SUPPLIES", "李某", verb="出售", good=(*goods, "四件套"))
    assert "quantity" not in found


def test_money_is_the_quantity_of_funds(schema: Schema) -> None:
    found = attrs(schema, "江州警方冻结涉案资金200余万元", "江州警方", "SEIZES", "涉案资金")
    assert found["quantity"] == "200余万元"
    assert found["quantity_unit"] == "CNY"


def test_a_quantity_is_normalised_beside_its_text(schema: Schema) -> None:
    found = attrs(schema, "江州警方查获3万余张手机黑卡", "江州警方", "SEIZES", "手机黑卡")
    assert (found["quantity_value"], found["quantity_unit"]) == ("30000-40000", "张")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张某以每张90元的价格购买手机黑卡", ("每张90元", "90", "CNY/张")),
        ("张某以每张 90 元的价格购买手机黑卡", ("每张 90 元", "90", "CNY/张")),
        ("张某购买手机黑卡，每张0.5元", ("每张0.5元", "0.5", "CNY/张")),
        ("张某花费300元购买手机黑卡", ("300元", "300", "CNY")),
        ("张某以每张90元的价格，｜大量购买手机黑卡｜", ("每张90元", "90", "CNY/张")),
    ],
)
def test_a_price_is_per_piece_or_has_a_word_for_it(
    schema: Schema, text: str, expected: tuple[str, str, str]
) -> None:
    found = attrs(schema, text, "张某", "OBTAINS", "手机黑卡", verb="购买")
    assert (found["price"], found["price_value"], found["price_unit"]) == expected


def test_one_of_several_amounts_for_several_is_nobodys_own(schema: Schema) -> None:
    counts = "张某、李某分别向卡商出售手机黑卡5张、8张"
    assert "quantity" not in attrs(schema, counts, "李某", "SELLS", "手机黑卡", verb="出售")
    prices = "卡商分别以200元和300元的价格向张某、李某出售手机黑卡"
    assert "price" not in attrs(schema, prices, "卡商", "SUPPLIES", "李某", verb="出售")


def test_of_the_prices_of_two_deals_each_has_its_own(schema: Schema) -> None:
    text = "张某以30元的价格收购微信号，以50元的价格卖给李某手机黑卡"
    assert attrs(schema, text, "张某", "OBTAINS", "微信号")["price"] == "30元"
    assert attrs(schema, text, "张某", "SUPPLIES", "李某")["price"] == "50元"
    assert attrs(schema, text, "张某", "SELLS", "手机黑卡")["price"] == "50元"
    text = "张某以每张30元收购手机黑卡，加价卖给李某"
    assert attrs(schema, text, "张某", "SUPPLIES", "李某")["price"] == "每张30元"


def test_the_price_of_another_good_is_not_its_own(schema: Schema) -> None:
    text = "张某以每张80元的价格出售手机黑卡，四件套另售"
    assert attrs(schema, text, "张某", "SELLS", "手机黑卡")["price"] == "每张80元"
    assert "price" not in attrs(schema, text, "张某", "SELLS", "四件套")
    text = "张某出售手机黑卡，每张80元，以及四件套，每套900元"
    assert attrs(schema, text, "张某", "SELLS", "手机黑卡")["price"] == "每张80元"
    assert attrs(schema, text, "张某", "SELLS", "四件套")["price"] == "每套900元"
    text = "张某以每张80元的价格，出售手机黑卡"
    assert attrs(schema, text, "张某", "SELLS", "手机黑卡")["price"] == "每张80元"


def test_a_price_has_no_quantity(schema: Schema) -> None:
    text = "四件套，每人每天最高可得900元"
    assert "quantity" not in attrs(schema, text, "四件套", "HAS_PRICE", "900元")


def test_a_profit_is_no_price(schema: Schema) -> None:
    text = "张某购买手机黑卡获利3万元"
    assert "price" not in attrs(schema, text, "张某", "OBTAINS", "手机黑卡", verb="购买")
    text = "张某每出售一张手机黑卡可获利300元"
    assert "price" not in attrs(schema, text, "张某", "SELLS", "手机黑卡", verb="出售")


def test_what_a_buyer_is_called_makes_his_price_no_profit(schema: Schema) -> None:
    for buyer in ("诈骗团伙", "涉案人员", "骗子张某"):
        text = f"{buyer}以每张90元的价格向张某购买手机黑卡"
        assert (
            attrs(schema, text, "张某", "OBTAINS", "手机黑卡", verb="购买")["price"] == "每张90元"
        )
    text = "诈骗资金可以达到3万元，张某涉案以来获利可以达到3万元"
    assert "price" not in attrs(schema, text, "张某", "OBTAINS", "张某")


def test_a_sum_of_a_currency_is_how_much_of_it_there_is(schema: Schema) -> None:
    found = attrs(schema, "张某购买5万个USDT", "张某", "OBTAINS", "USDT", verb="购买")
    assert (found["quantity"], found["quantity_value"]) == ("5万个", "50000")
    assert found["quantity_unit"] == "USDT"


def test_a_low_price_is_a_price(schema: Schema) -> None:
    found = attrs(schema, "张某低价收购手机黑卡", "张某", "OBTAINS", "手机黑卡", verb="收购")
    assert found["price"] == "低价"
    assert "price_value" not in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张某2019年3月购买手机黑卡", ("2019年3月", "2019-03")),
        ("去年3月，李某到案，｜张某购买手机黑卡｜", ("去年3月", "2020-03")),
        ("2018年5月，李某到案，2019年1月，｜张某购买手机黑卡｜", ("2019年1月", "2019-01")),
        ("2019年12月至次年2月，｜张某购买手机黑卡｜", ("2019年12月至次年2月", "2019-12/2020-02")),
        ("张某，1993年5月6日出生，｜张某购买手机黑卡｜", None),
        ("张某，1993年×月×日出生，｜张某购买手机黑卡｜", None),
        ("2019年3月，｜张某（1993年生）购买手机黑卡｜", ("2019年3月", "2019-03")),
        ("李某2018年到案，｜张某购买手机黑卡｜", None),
        ("｜张某购买手机黑卡｜，李某2018年到案", None),
        ("｜张某2019年购买手机黑卡较2018年增长三成｜", ("2019年", "2019")),
        ("｜张某购买手机黑卡同比2018年增长三成｜", None),
    ],
)
def test_a_date_stands_in_the_clause_or_opens_one_before_it(
    schema: Schema, text: str, expected: tuple[str, str] | None
) -> None:
    found = attrs(schema, text, "张某", "OBTAINS", "手机黑卡", verb="购买")
    assert (found.get("time"), found.get("time_value")) == (expected or (None, None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020年3月5日报案。3月8日，李某到案。次日，｜张某购买手机黑卡｜。", "2020-03-09"),
        ("去年8月，李某到案。同年9月，｜张某购买手机黑卡｜。", "2020-09"),
        ("张某，1993年5月6日出生。3月5日，｜张某购买手机黑卡｜。", "2021-03-05"),
        ("《网络法》2017年6月1日起施行。3月5日，｜张某购买手机黑卡｜。", "2021-03-05"),
    ],
)
def test_a_date_leans_on_the_one_told_last(schema: Schema, text: str, expected: str) -> None:
    found = attrs(schema, text, "张某", "OBTAINS", "手机黑卡", verb="购买")
    assert found["time_value"] == expected


def test_a_lasting_fact_has_no_date_of_an_earlier_clause(schema: Schema) -> None:
    text = "2019年3月，李某到案，｜张某是卡商｜"
    assert "time" not in attrs(schema, text, "张某", "HAS_ROLE", "卡商")


@pytest.mark.parametrize(
    ("text", "edge", "target", "expected"),
    [
        ("江州警方在江州市抓获张某", "ARRESTS", "张某", "江州市"),
        ("江州警方在江州市、云泽市抓获张某", "ARRESTS", "张某", "江州市、云泽市"),
        ("江州警方奔赴全国多地抓获张某", "ARRESTS", "张某", "全国多地"),
        ("江州警方接到群众举报后抓获张某", "ARRESTS", "张某", None),
        ("李某在网上购买手机黑卡", "OBTAINS", "手机黑卡", "网上"),
        ("李某从网上银行转账购买手机黑卡", "OBTAINS", "手机黑卡", None),
        ("李某购买手机黑卡用于网上转账", "OBTAINS", "手机黑卡", None),
    ],
)
def test_a_place_follows_a_preposition_of_place(
    schema: Schema, text: str, edge: str, target: str, expected: str | None
) -> None:
    subject = "江州警方" if edge == "ARRESTS" else "李某"
    assert attrs(schema, text, subject, edge, target).get("place") == expected


def test_a_penalty_is_the_whole_run_up_to_the_next_person(schema: Schema) -> None:
    text = "江州法院判处张某有期徒刑八个月，并处罚金人民币二万元，判处李某拘役五个月，缓刑八个月。"
    first = attrs(schema, text, "张某", "SENTENCED_BY", "江州法院")
    second = attrs(schema, text, "李某", "SENTENCED_BY", "江州法院")
    assert first["penalty"] == "有期徒刑八个月，并处罚金人民币二万元"
    assert second["penalty"] == "拘役五个月，缓刑八个月"


def test_penalties_told_apart_go_to_people_in_order(schema: Schema) -> None:
    text = "张某、李某分别被江州法院判处有期徒刑三年、有期徒刑二年。"
    assert attrs(schema, text, "李某", "SENTENCED_BY", "江州法院")["penalty"] == "有期徒刑二年"


def test_a_term_without_its_kind_is_that_of_whom_it_follows(schema: Schema) -> None:
    text = "江州法院判处张某有期徒刑十一年，李某三年至二年不等，并处罚金。"
    first = attrs(schema, text, "张某", "SENTENCED_BY", "江州法院")
    second = attrs(schema, text, "李某", "SENTENCED_BY", "江州法院")
    assert first["penalty"] == "有期徒刑十一年"
    assert second["penalty"] == "三年至二年不等，并处罚金"


def test_a_remark_is_no_part_of_a_penalty(schema: Schema) -> None:
    text = "江州法院判处张某有期徒刑二年，剥夺政治权利一年（已执行完毕）。"
    found = attrs(schema, text, "张某", "SENTENCED_BY", "江州法院")
    assert found["penalty"] == "有期徒刑二年，剥夺政治权利一年"


def test_nobody_has_the_penalty_that_others_were_given_before(schema: Schema) -> None:
    text = "江州法院判处张某有期徒刑三年，李某另案处理。"
    assert "penalty" not in attrs(schema, text, "李某", "SENTENCED_BY", "江州法院")
    text = "被江州法院判处有期徒刑三年的李某已上诉。"
    assert attrs(schema, text, "李某", "SENTENCED_BY", "江州法院")["penalty"] == "有期徒刑三年"


def test_penalties_told_apart_go_to_the_list_that_both_men_were_named_in(schema: Schema) -> None:
    text = "张某、李某卖卡。江州法院认为｜二人构成盗号罪｜，分别判处有期徒刑一年、八个月。"
    first = attrs(schema, text, "张某", "CONVICTED_OF", "盗号罪")
    second = attrs(schema, text, "李某", "CONVICTED_OF", "盗号罪")
    assert (first["penalty"], second["penalty"]) == ("有期徒刑一年", "八个月")


@pytest.mark.parametrize("term", ["两年", "二年半", "2 年 6 个月", "一年六月"])
def test_a_term_told_apart_is_whole(schema: Schema, term: str) -> None:
    text = f"张某、李某分别被江州法院判处有期徒刑三年、{term}。"
    assert attrs(schema, text, "李某", "SENTENCED_BY", "江州法院")["penalty"] == term


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "张某、李某分别被江州法院判处有期徒刑三年六个月、二年六个月，并处罚金五万元、三万元。",
            "有期徒刑三年六个月", "二年六个月",
        ),
        (
            "江州法院分别判处张某、李某有期徒刑三年六个月、二年六个月，各并处罚金人民币五万元。",
            "有期徒刑三年六个月", "二年六个月",
        ),
        ("张某、李某分别被江州法院判处罚金五万元、三万元。", None, None),
        (
            "江州法院判处张某有期徒刑三年，李某有期徒刑一年，并分别处罚金五万元、三万元。",
            "有期徒刑三年", "有期徒刑一年，并分别处罚金",
        ),
    ],
)  # fmt: skip
def test_a_fine_of_somebody_else_is_nobodys_penalty(
    schema: Schema, text: str, first: str | None, second: str | None
) -> None:
    assert attrs(schema, text, "张某", "SENTENCED_BY", "江州法院").get("penalty") == first
    assert attrs(schema, text, "李某", "SENTENCED_BY", "江州法院").get("penalty") == second


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张某不服，江州法院撤销原判有期徒刑五年，改判有期徒刑三年。", "有期徒刑三年"),
        ("检方建议判处张某有期徒刑四年，江州法院判处张某有期徒刑三年。", "有期徒刑三年"),
        ("张某一审被判处有期徒刑五年，江州法院改判其有期徒刑三年。", "有期徒刑三年"),
        ("张某上诉，江州法院维持原判有期徒刑五年。", "有期徒刑五年"),
        ("张某被判处有期徒刑五年，李某被江州法院判处有期徒刑三年。", "有期徒刑五年"),
    ],
)
def test_a_penalty_is_the_one_that_this_court_gave(
    schema: Schema, text: str, expected: str
) -> None:
    assert attrs(schema, text, "张某", "SENTENCED_BY", "江州法院")["penalty"] == expected


def test_a_penalty_is_the_one_for_this_offence(schema: Schema) -> None:
    text = "张某犯诈骗罪，判处有期徒刑五年，犯盗号罪，判处张某拘役五个月，李某有期徒刑一年。"
    found = attrs(schema, text, "张某", "CONVICTED_OF", "盗号罪")
    assert found["penalty"] == "拘役五个月"


def test_a_statute_does_not_get_what_a_court_gave_somebody(schema: Schema) -> None:
    text = "江州法院依网络法以盗号罪判处张某有期徒刑三年。"
    assert "penalty" not in attrs(schema, text, "网络法", "PROHIBITS", "盗号罪")


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("云桥公司董事长张某到案", "云桥公司", "董事长"),
        ("张某（时任云桥公司运营总监）到案", "云桥公司", "运营总监"),
        ("张某是云桥公司内部员工", "云桥公司", "内部员工"),
        ("“老鬼”团伙以张某等人为骨干成员", "“老鬼”团伙", "骨干成员"),
        ("云桥公司起诉张某", "云桥公司", None),
    ],
)
def test_a_title_stands_beside_the_organization_or_the_person(
    schema: Schema, text: str, target: str, expected: str | None
) -> None:
    assert attrs(schema, text, "张某", "AFFILIATED_WITH", target).get("title") == expected


def test_a_role_is_a_word_that_the_edge_knows(schema: Schema) -> None:
    found = attrs(schema, "卡商处在产业链的上游", "卡商", "PART_OF", "产业链")
    assert found["role"] == "上游"


def test_only_properties_of_the_edge_are_filled(schema: Schema) -> None:
    text = "2019年3月，张某在江州市以每张9元的价格大量使用手机养号"
    assert set(attrs(schema, text, "张某", "IS_A", "手机")) <= {"time", "time_value"}


def test_what_was_done_to_the_good_before_is_no_good(schema: Schema) -> None:
    text = "卡商将养号好的微信号卖给张某。"
    found = attrs(schema, text, "卡商", "SUPPLIES", "张某", good=("养号", "微信号"))
    assert found["good"] == "微信号"
    needed = "卡商向张某提供养号所需的微信号。"
    found = attrs(schema, needed, "卡商", "SUPPLIES", "张某", good=("养号", "微信号"))
    assert found["good"] == "微信号"
    both = "卡商把养号、微信号卖给张某。"
    found = attrs(schema, both, "卡商", "SUPPLIES", "张某", good=("养号", "微信号"))
    assert found["good"] == "养号、微信号"
