"""What kg.values reads, and what it must leave alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import (
    Found,
    Quantity,
    extent,
    find_dates,
    find_durations,
    find_money,
    find_penalties,
    find_percentages,
    find_quantities,
    parse_date,
    parse_duration,
    parse_money,
    parse_number,
    parse_penalty,
    parse_quantity,
    parse_value,
    written,
)

NOISE = st.text(
    st.sampled_from(
        "0123456789.,，、。-~至到一二两三十百千万亿余多几数半元块毛角分张个条名年月日号时"
        "约近超上每/%成起以下期徒刑拘役缓罚金处并有人民币去今同次当晚底初·“”（）第 U$￥１"
    )
)


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """Load the script table first, as hypothesis times each example."""
    parse_number("三")


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate"),
    [
        ("3万余", 30000, 40000, True),
        ("1800余万", 18000000, 19000000, True),
        ("十多", 10, 20, True),
        ("数十", 20, 100, True),
        ("十几", 11, 20, True),
        ("三百几", 310, 400, True),
        ("1万几", 11000, 20000, True),
        ("三千五六", 3500, 3600, True),
        ("一百五六", 150, 160, True),
        ("三百几十", 310, 400, True),
        ("近70", 70, 70, True),
        ("约300", 300, 300, True),
        ("超5万", 50000, None, True),
        ("上千", 1000, None, True),
        ("不足100", 0, 100, True),
        ("百余", 100, 200, True),
        ("两三百", 200, 300, True),
        ("七八十", 70, 80, True),
        ("壹拾贰万", 120000, 120000, False),
        ("三万五", 35000, 35000, False),
        ("一百零五", 105, 105, False),
        ("1.1亿", 110000000, 110000000, False),
        ("一万五千亿", 1500000000000, 1500000000000, False),
        ("1.2億餘", 120000000, 130000000, True),
        ("５０", 50, 50, False),
        ("1,200", 1200, 1200, False),
        ("3至5万", 30000, 50000, False),
        ("96.89%", "0.9689", "0.9689", False),
        ("三成", "0.3", "0.3", False),
        ("七成以上", "0.7", None, True),
        ("百分之三十", "0.3", "0.3", False),
        ("百分之三十点五", "0.305", "0.305", False),
        ("万分之五", "0.0005", "0.0005", False),
        ("九成九", "0.99", "0.99", False),
        ("三成多", "0.3", "0.4", True),
        ("三五百", 300, 500, True),
        ("三三", 33, 33, False),
        ("三六", 36, 36, False),
        ("五三", 53, 53, False),
        ("三千五", 3500, 3500, False),
        ("三百五", 350, 350, False),
        ("廿五", 25, 25, False),
        ("亿万", 10**12, 10**12, False),
        ("数百万", 2000000, 10000000, True),
        ("一两万", 10000, 20000, True),
        ("高达3万", 30000, 30000, False),
        ("不超过5万", 0, 50000, True),
        ("至多20", 0, 20, True),
        ("20以内", 0, 20, True),
        ("3百至5千", 300, 5000, False),
        ("5至3百", 5, 300, False),
    ],
)
def test_a_number_is_an_interval(text: str, low: Any, high: Any, approximate: bool) -> None:
    number = parse_number(text)
    assert number is not None
    assert number.text == text
    assert number.low == Decimal(low)
    assert number.high == (None if high is None else Decimal(high))
    assert number.approximate is approximate


@pytest.mark.parametrize(
    "text", ["", "卡商", "三几", "三千五一", "十五一", "元", "第三", "3 5", "9" * 5000, "亿" * 5000]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def in_chinese(number: int) -> str:
    """`number` in Chinese numerals, below 10**12."""
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return in_chinese(head) + unit + gap + (in_chinese(rest) if rest else "")
    return "零一二三四五六七八九"[number]


@pytest.mark.parametrize(
    "text", ["3，250元", "3 250元", "000元", "零点五元", "一点二万元", "3 250张", "零点五吨"]
)
def test_the_end_of_a_figure_is_no_figure(text: str) -> None:
    assert find_money(text) == []
    assert find_quantities(text) == []


def test_shares_are_found_with_their_ranges() -> None:
    found = find_percentages("占30%至50%，三成立案，约三成用户，百分之五")
    assert texts(found) == ["30%至50%", "约三成", "百分之五"]
    found = find_percentages("手续费千分之三，占百分之零点五至一点五，抽三成五、两成半，七成五名")
    assert [str(one.value.low) for one in found] == ["0.003", "0.005", "0.35", "0.25", "0.7"]
    found = find_percentages("返利3至5成，三成到五成")
    assert texts(found) == ["3至5成", "三成到五成"]
    assert [written(one.value)[0] for one in found] == ["0.3-0.5", "0.3-0.5"]
    assert find_percentages("增长05%") == []  # of a figure that a comma cut in two


@given(st.integers(0, 10**12 - 1))
def test_a_rendered_number_parses_back(number: int) -> None:
    for text in (str(number), f"{number:,}", in_chinese(number)):
        parsed = parse_number(text)
        assert parsed is not None
        assert parsed.low == parsed.high == number
        assert not parsed.approximate


@given(st.integers(1, 10**6), st.integers(0, 99), st.sampled_from(["元", "万元", "美元"]))
def test_rendered_money_parses_back(whole: int, cents: int, unit: str) -> None:
    money = parse_money(f"{whole}.{cents:02}{unit}")
    assert money is not None
    factor = 10**4 if unit == "万元" else 1
    assert money.low == money.high == (whole + Decimal(cents) / 100) * factor
    assert money.currency == ("USD" if unit == "美元" else "CNY")


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "per"),
    [
        ("十多元", 10, 20, "CNY", ""),
        ("1.2亿余元", 120000000, 130000000, "CNY", ""),
        ("5000元至8000元", 5000, 8000, "CNY", ""),
        ("0.1至3元", "0.1", 3, "CNY", ""),
        ("每条0.5元", "0.5", "0.5", "CNY", "条"),
        ("每张卡售价11元", 11, 11, "CNY", "张"),
        ("每1000条80元", 80, 80, "CNY", "1000条"),
        ("一张10元", 10, 10, "CNY", "张"),
        ("10元一张", 10, 10, "CNY", "张"),
        ("每名学员300元", 300, 300, "CNY", "名"),
        ("80元/张", 80, 80, "CNY", "张"),
        ("8元1单", 8, 8, "CNY", "单"),
        ("200元一千条", 200, 200, "CNY", "一千条"),
        ("200元1000条", 200, 200, "CNY", "1000条"),
        ("3毛", "0.3", "0.3", "CNY", ""),
        ("3块5", "3.5", "3.5", "CNY", ""),
        ("500块", 500, 500, "CNY", ""),
        ("人民币二万元", 20000, 20000, "CNY", ""),
        ("3万人民币", 30000, 30000, "CNY", ""),
        ("3万美元", 30000, 30000, "USD", ""),
        ("$100", 100, 100, "USD", ""),
        ("$100-200", 100, 200, "USD", ""),
        ("￥５０", 50, 50, "CNY", ""),
        ("人民币50，000元", 50000, 50000, "CNY", ""),
        ("100 USDT", 100, 100, "USDT", ""),
        ("3萬元以上", 30000, None, "CNY", ""),
        ("上亿元", 100000000, None, "CNY", ""),
        ("过亿元", 100000000, None, "CNY", ""),
        ("800块一套", 800, 800, "CNY", "套"),
        ("1块2一条", "1.2", "1.2", "CNY", "条"),
        ("一块五一条", "1.5", "1.5", "CNY", "条"),
        ("一毛五一条", "0.15", "0.15", "CNY", "条"),
        ("一块二毛五一条", "1.25", "1.25", "CNY", "条"),
        ("三块五毛二", "3.52", "3.52", "CNY", ""),
        ("1元10条", 1, 1, "CNY", "10条"),
        ("五块钱三个", 5, 5, "CNY", "三个"),
        ("100块两张", 100, 100, "CNY", "两张"),
        ("不下3万元", 30000, None, "CNY", ""),
        ("三块五", "3.5", "3.5", "CNY", ""),
        ("3元5角2分", "3.52", "3.52", "CNY", ""),
        ("100来块", 100, 200, "CNY", ""),
        ("每套800元起", 800, None, "CNY", "套"),
        ("港币3万元", 30000, 30000, "HKD", ""),
        ("美元3万元至5万元", 30000, 50000, "USD", ""),
        ("人民币50余万", 500000, 600000, "CNY", ""),
        ("人民币至少5万元", 50000, None, "CNY", ""),
        ("人民币3至5万", 30000, 50000, "CNY", ""),
        ("RMB5000", 5000, 5000, "CNY", ""),
        ("US$1,200", 1200, 1200, "USD", ""),
        ("5万个USDT", 50000, 50000, "USDT", ""),
        ("500u", 500, 500, "USDT", ""),
        ("最高500元", 0, 500, "CNY", ""),
        ("每人最高可得500元", 0, 500, "CNY", "人"),
        ("最低10元", 10, None, "CNY", ""),
        ("几十元到上百元不等", 20, None, "CNY", ""),
        ("每组（100张）800元", 800, 800, "CNY", "组"),
        ("每组(100张)800元", 800, 800, "CNY", "组"),
        ("每一单50元", 50, 50, "CNY", "单"),
        ("每成功一单奖励50元", 50, 50, "CNY", "单"),
        ("每推荐一名新人可得100元", 100, 100, "CNY", "名"),
    ],
)
def test_money_has_bounds_currency_and_what_it_is_for(
    text: str, low: Any, high: Any, currency: str, per: str
) -> None:
    money = parse_money(text)
    assert money is not None
    assert (money.text, money.currency, money.per) == (text, currency, per)
    assert money.low == Decimal(low)
    assert money.high == (None if high is None else Decimal(high))


def texts(found: Sequence[Found[Any]]) -> list[str]:
    return [item.value.text for item in found]


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("171号段的卖11元，165号段12元，167号段18元", ["11元", "12元", "18元"]),
        ("以10元一张卡的价格，10张起售", ["10元一张"]),
        ("获利300余万元，人均500元左右", ["300余万元", "500元左右"]),
        ("171、165、167号段的卡", []),
        ("多元化的3元素，大家一块走", []),
        ("退还500元3张卡，以50元2张的价格，5毛2条", ["500元", "50元2张", "5毛2条"]),
        ("缴获3块硬盘和3个U盘", []),
        ("元旦前后，2021元年", []),
        ("他们住在一块，3块，一块。", ["3块"]),
        ("有的一元，有的每个5元，还有两个亿元", ["一元", "每个5元"]),
        ("流水3个亿元，不过百元", ["百元"]),
        ("一套$80，运费5元", ["$80", "5元"]),
        ("一个账号$20", ["$20"]),
        ("付了$100美元", ["$100美元"]),
        ("买比特币3万元，转出人民币5万给下线", ["3万元", "人民币5万"]),
        ("人民币100张，人民币几乎没动，人民币2020年升值，3块五花肉", []),
    ],
)
def test_money_is_found_only_where_a_unit_of_money_stands(text: str, money: list[str]) -> None:
    assert texts(find_money(text)) == money


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3万余张", 30000, 40000, "张"),
        ("1000万余张", 10000000, 20000000, "张"),
        ("约70吨", 70, 70, "吨"),
        ("1800余万张（重约70吨）", 18000000, 19000000, "张"),
        ("3 万 张", 30000, 30000, "张"),
        ("超 3万条", 30000, None, "条"),
        ("3700万", 37000000, 37000000, ""),
        ("10万+", 100000, None, ""),
        ("200来个", 200, 300, "个"),
        ("几十张至上百张", 20, None, "张"),
        ("最高达3万张", 0, 30000, "张"),
    ],
)
def test_a_quantity_has_bounds_and_a_unit(text: str, low: int, high: int | None, unit: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    assert (quantity.text, quantity.unit) == (text, unit)
    assert quantity.low == low
    assert quantity.high == high


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("300张", "300"),
        ("3至4万张", "30000-40000"),
        ("99.9亿张", "9990000000"),
        ("100亿个", "1e10"),
        ("1234.5亿个", "1.2345e11"),
        ("80亿至120亿个", "8000000000-1.2e10"),
    ],
)
def test_an_amount_is_written_in_no_more_than_ten_digits(text: str, written: str) -> None:
    amount = parse_quantity(text)
    assert amount and extent(amount) == written


@given(st.decimals(0, 10**15, places=2))
def test_a_written_amount_is_a_number_and_looks_like_no_phone_number(number: Decimal) -> None:
    written = extent(Quantity("", number, number, "", False))
    assert Decimal(written) == number
    assert not re.search(r"(?<![\d.])\d{11}", written)


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("电话卡1800余万张（重约70吨），涉及18家公司", ["1800余万张", "约70吨", "18家"]),
        ("10元一张，共卖出3万张", ["3万张"]),
        ("《刑法》第二百五十三条，第3条", []),
        ("四件套和三部门，5个月，26日", []),
        ("一个团伙二次贩卖", []),
        ("全套三千五一套，一百五一张", []),
        ("二人被抓", ["二人"]),
        ("抓获嫌疑人数十名，涉案人数十余名", ["数十名", "十余名"]),
        ("扣押手机二部、银行卡二张，二套房，二类卡，销售二部", ["二部", "二张"]),
        ("至少一批，一种至三种", ["至少一批", "一种至三种"]),
        ("每天骚扰3万至5万用户", ["3万至5万"]),
        ("iPhone6个人信息，2021年3月", []),
        ("冻结资金1.2个亿，流水3个亿元", []),
        ("转出人民币500万，折5万个USDT", []),
        ("收购了20 多套，3700万用户，近2亿；10余省，千万别信", ["20 多套", "3700万", "近2亿"]),
    ],
)
def test_quantities_are_neither_money_nor_ordinals_nor_times(
    text: str, quantities: list[str]
) -> None:
    assert texts(find_quantities(text)) == quantities


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("一年四个月至一年十个月", 16, 22),
        ("半年", 6, 6),
        ("两年半", 30, 30),
        ("三个半月", "3.5", "3.5"),
        ("三个多月", 3, 4),
        ("两月余", 2, 3),
        ("半年多", 6, 12),
        ("1年零6个月", 18, 18),
        ("近10年", 120, 120),
        ("三年以上七年以下", 36, 84),
        ("三至七年", 36, 84),
        ("15天", "0.5", "0.5"),
        ("不到一年", 0, 12),
        ("三年以上", 36, None),
        ("逾三年", 36, None),
    ],
)
def test_a_duration_is_given_in_months(text: str, low: Any, high: Any) -> None:
    duration = parse_duration(text)
    assert duration is not None
    assert duration.months_low == Decimal(low)
    assert duration.months_high == (None if high is None else Decimal(high))


def test_a_year_is_no_duration() -> None:
    assert parse_duration("2021年") is None


def test_durations_are_told_from_dates() -> None:
    text = (
        "3月5日起干了两年多，最长30天，试用三至六个月，24小时到账，三年级，2019年，第三年，8月获利"
    )
    assert texts(find_durations(text)) == ["两年多", "30天", "三至六个月", "24小时"]
    assert texts(find_durations("去年三个月，昨天半天")) == ["三个月", "半天"]
    assert texts(find_durations("蹲守数月，时隔两月，8月到案，2020年3月5日、6日")) == [
        "数月",
        "两月",
    ]


@pytest.mark.parametrize(
    ("kind", "text", "value", "unit"),
    [
        ("percent", "三成以上", "0.3+", ""),
        ("percent", "300", "", ""),
        ("duration", "一年六个月", "18", "月"),
        ("duration", "十日", "0.3333", "月"),
        ("duration", "三至六个月", "3-6", "月"),
        ("number", "3万余", "30000-40000", ""),
        ("number", "20余名", "20-30", "名"),
        ("date", "2020年以来", "2020/..", ""),
        ("date", "2020年3月至5月", "2020-03/2020-05", ""),
        ("date", "2020年3月", "2020-03", ""),
        ("date", "2020年以前", "", ""),
        ("money", "每张11元", "11", "CNY/张"),
        ("money", "3万美元以上", "30000+", "USD"),
        ("quantity", "近70吨", "70", "吨"),
        ("text", "3个", "", ""),
    ],
)
def test_a_value_is_written_with_its_unit(kind: str, text: str, value: str, unit: str) -> None:
    read = parse_value(kind, text)
    assert (written(read) if read else ("", "")) == (value, unit)


@pytest.mark.parametrize("text", ["0天", "三几天", "三天至三几天", "三至"])
def test_no_time_at_all_is_no_duration(text: str) -> None:
    assert parse_duration(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "months", "probation", "fine"),
    [
        ("有期徒刑八个月，缓刑一年，并处罚金人民币二万元", "有期徒刑", (8, 8), 12, 20000),
        ("拘役五个月，并处罚金5000元", "拘役", (5, 5), None, 5000),
        ("一年四个月至一年十个月不等的有期徒刑", "有期徒刑", (16, 22), None, None),
        ("三年以上七年以下有期徒刑，并处罚金", "有期徒刑", (36, 84), None, None),
        ("行政拘留15日并罚款500元", "行政拘留", ("0.5", "0.5"), None, 500),
        ("死刑，缓期二年执行", "死刑", (None, None), None, None),
        ("获刑三年", "有期徒刑", (36, 36), None, None),
        ("有期徒刑 3 年 6 个月，并处罚金人民币 2 万元", "有期徒刑", (42, 42), None, 20000),
        ("有期徒刑三年（缓刑四年），并处罚金五万元", "有期徒刑", (36, 36), 48, 50000),
        ("有期徒刑 1 年，缓刑 2 年", "有期徒刑", (12, 12), 24, None),
        ("3 年以上 7 年以下有期徒刑", "有期徒刑", (36, 84), None, None),
        ("行政拘留 15 日，并处罚款 500 元", "行政拘留", ("0.5", "0.5"), None, 500),
        ("二万元以上二十万元以下罚金", "罚金", (None, None), None, 20000),
        ("拘役三个月，并处二千元罚金", "拘役", (3, 3), None, 2000),
        ("有期徒刑1年零6个月，缓刑2年", "有期徒刑", (18, 18), 24, None),
    ],
)
def test_a_penalty_has_kind_term_probation_and_fine(
    text: str, kind: str, months: tuple[Any, Any], probation: int | None, fine: int | None
) -> None:
    penalty = parse_penalty(text)
    assert penalty is not None
    assert (penalty.text, penalty.kind) == (text, kind)
    expected = tuple(None if end is None else Decimal(end) for end in months)
    assert (penalty.months_low, penalty.months_high) == expected
    assert penalty.probation_months == probation
    assert (penalty.fine.low if penalty.fine else None) == fine


def test_a_fine_may_be_measured_by_what_was_earned() -> None:
    law = "处违法所得一倍以上十倍以下罚款；处一年以下有期徒刑，并处违法所得一至五倍的罚金"
    assert texts(find_penalties(law)) == [
        "违法所得一倍以上十倍以下罚款", "一年以下有期徒刑，并处违法所得一至五倍的罚金",
    ]  # fmt: skip
    assert find_penalties("获利增长三倍，罚款仍少") == []


def test_a_fine_between_two_limits_has_both() -> None:
    penalty = parse_penalty("二万元以上二十万元以下罚金")
    assert penalty and penalty.fine
    assert ends(penalty.fine) == (20000, 200000)
    assert not penalty.fine.approximate
    turned = parse_penalty("二十万元以上二万元以下罚金")
    assert turned and turned.fine is None


def test_a_penalty_that_has_no_term_counts_except_where_the_word_alone_means_something_else() -> (
    None
):
    assert texts(find_penalties("判处无期徒刑，另一人判处拘役")) == ["无期徒刑", "拘役"]
    assert find_penalties("管制，行政拘留") == []


def test_the_end_of_a_name_is_no_part_of_a_penalty() -> None:
    said = find_penalties("判处王某、叶超6个月至10个月不等的有期徒刑")
    assert texts(said) == ["6个月至10个月不等的有期徒刑"]
    assert texts(find_penalties("超三年有期徒刑")) == ["超三年有期徒刑"]


@pytest.mark.parametrize("time", ["十个工作日内", "5个交易日", "三个小时", "两个季度"])
def test_what_counts_time_is_no_quantity(time: str) -> None:
    assert find_quantities(f"银行应当在{time}核查3个账户")[0].value.text == "3个"


def test_penalties_of_a_statute_are_found_one_by_one() -> None:
    law = "处三年以下有期徒刑或者拘役，并处或者单处罚金；情节特别严重的，处三年以上七年以下有期徒刑"
    terms: list[Any] = [ends(found.value) for found in find_penalties(law)]
    assert terms == [(0, 36), (36, 84)]
    assert find_penalties("管制物品，拘留所，他判断3年内") == []


PARSERS: list[Callable[[str], Any]] = [
    parse_number, parse_money, parse_quantity, parse_date, parse_duration, parse_penalty,
]  # fmt: skip
SCANNERS: list[Callable[[str], Sequence[Found[Any]]]] = [
    find_percentages, find_money, find_quantities, find_penalties, find_durations,
    lambda text: find_dates(text, "2021-05-31", "2020-02-29"),
]  # fmt: skip


def ends(value: Any) -> tuple[Any, Any]:
    for low, high in (("low", "high"), ("months_low", "months_high")):
        if hasattr(value, low):
            return getattr(value, low), getattr(value, high)
    return None, None


@given(st.one_of(NOISE, st.text()))
def test_parsing_never_raises_and_keeps_the_text(text: str) -> None:
    for parse in PARSERS:
        value = parse(text)
        if value is not None:
            low, high = ends(value)
            assert value.text == text
            assert low is None or high is None or 0 <= low <= high


@given(st.one_of(NOISE, st.text()))
def test_scanners_give_verbatim_spans_in_order_without_overlap(text: str) -> None:
    for find in SCANNERS:
        at = 0
        for found in find(text):
            low, high = ends(found.value)
            assert at <= found.start < found.end
            assert text[found.start : found.end] == found.value.text
            assert low is None or high is None or 0 <= low <= high
            at = found.end


@pytest.mark.parametrize(
    "text", ["1" * 20000, "一" * 20000, "万余" * 9000, "1," * 9000, "每" * 9000]
)
def test_long_runs_take_no_more_than_linear_time(text: str) -> None:
    begin = process_time()
    for find in SCANNERS:
        find(text)
    assert process_time() - begin < 10
