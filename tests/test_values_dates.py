"""What kg.values reads of dates."""

from __future__ import annotations

from datetime import date as calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.values import (
    Date,
    find_dates,
    last_date,
    parse_date,
    parse_number,
)


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """Load the script table first, as hypothesis times each example."""
    parse_number("三")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021年4月26日", "2021-04-26", "2021-04-26"),
        ("二〇二一年三月五日", "2021-03-05", "2021-03-05"),
        ("今年5月31日", "2021-05-31", "2021-05-31"),
        ("去年底", "2020-12", "2020-12"),
        ("今年上半年", "2021-01", "2021-06"),
        ("12 月 22 日", "2020-12-22", "2020-12-22"),
        ("近日", "2021-05", "2021-05"),
        ("昨日", "2021-05-30", "2021-05-30"),
        ("大前天", "2021-05-28", "2021-05-28"),
        ("今晚", "2021-05-31", "2021-05-31"),
        ("上周五", "2021-05-28", "2021-05-28"),
        ("上周五下午3点", "2021-05-28", "2021-05-28"),
        ("本周三", "2021-06-02", "2021-06-02"),
        ("上个星期天", "2021-05-30", "2021-05-30"),
        ("上上周一", "2021-05-17", "2021-05-17"),
        ("上周末", "2021-05-29", "2021-05-30"),
        ("上周", "2021-05-24", "2021-05-30"),
        ("下周二", "2021-06-08", "2021-06-08"),
        ("2021年3月22日至7月6日", "2021-03-22", "2021-07-06"),
        ("2021年3月22日至26日", "2021-03-22", "2021-03-26"),
        ("2020年12月至2月", "2020-12", "2021-02"),
        ("2019年12月至2021年7月期间", "2019-12", "2021-07"),
        ("2018-2020年", "2018", "2020"),
        ("2020年以来", "2020", ""),
        ("2020年以后", "2020", ""),
        ("2020年3月至案发", "2020-03", ""),
        ("2020年以前", "", "2020"),
        ("2020年3月之前", "", "2020-03"),
        ("3月中旬", "2021-03-11", "2021-03-20"),
        ("2020年9月底", "2020-09-21", "2020-09-30"),
        ("上世纪90年代", "1990", "1999"),
        ("“4·26”", "2021-04-26", "2021-04-26"),
        ("4·26", "2021-04-26", "2021-04-26"),
        ("2021-04-26", "2021-04-26", "2021-04-26"),
        ("2021年2月30日", "", ""),
        ("2019年7、8月份", "2019-07", "2019-08"),
        ("2019年七八月", "2019-07", "2019-08"),
        ("今年4、5月", "2021-04", "2021-05"),
        ("2008年5月至2010年3、4月", "2008-05", "2010-04"),
        ("2020年前三季度", "2020-01", "2020-09"),
        ("今年前5个月", "2021-01", "2021-05"),
        ("一季度", "2021-01", "2021-03"),
        ("下半年", "2020-07", "2020-12"),
        ("近年来", "2021", "2021"),
        ("2020年年底", "2020-12", "2020-12"),
        ("3月上旬", "2021-03-01", "2021-03-10"),
        ("2020年2月下旬", "2020-02-21", "2020-02-29"),
        ("3至5号", "2021-05-03", "2021-05-05"),
    ],
)
def test_a_date_is_iso_at_its_precision(text: str, start: str, end: str) -> None:
    date = parse_date(text, published="2021-05-31")
    assert date is not None
    assert (date.text, date.start, date.end) == (text, start, end)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("次日", "2020-03-06"),
        ("第二天凌晨", "2020-03-06"),
        ("上半年", "2020-01"),
        ("同年8月", "2020-08"),
        ("当晚8时许", "2020-03-05"),
        ("次年2月", "2021-02"),
        ("当月", "2020-03"),
        ("次月", "2020-04"),
    ],
)
def test_a_date_that_leans_on_the_one_before_needs_the_anchor(text: str, start: str) -> None:
    date = parse_date(text, anchor="2020-03-05")
    assert date is not None
    assert date.start == start
    alone = parse_date(text)
    assert alone is not None
    assert alone.start == alone.end == ""


@pytest.mark.parametrize(
    ("published", "text", "start"),
    [
        ("2021-01-31", "上月", "2020-12"),
        ("2021-05-30", "5月30日", "2021-05-30"),
        ("2021-05-30", "5月31日", "2020-05-31"),
        ("2021-05", "5月20日", "2021-05-20"),
        ("2021-06-02", "29日", "2021-05-29"),
        ("2021-01-02", "29日", "2020-12-29"),
        ("2021-06-02", "2日", "2021-06-02"),
    ],
)
def test_a_date_without_a_year_is_the_last_before_the_article(
    published: str, text: str, start: str
) -> None:
    date = parse_date(text, published=published)
    assert date is not None
    assert date.start == start


@pytest.mark.parametrize(
    ("published", "anchor", "text", "start"),
    [
        ("2021-05-31", "2020-03-05", "本月5日", "2021-05-05"),
        ("2021-05-31", "2020-03-05", "今年5月", "2021-05"),
        ("2021-05-31", "2020-03", "5日", "2020-03-05"),
        ("2021", "", "去年", "2020"),
        ("", "2020-01", "今年5月", ""),
    ],
)
def test_this_year_is_that_of_the_article_and_a_day_alone_of_the_month_before_it(
    published: str, anchor: str, text: str, start: str
) -> None:
    date = parse_date(text, published, anchor)
    assert date is not None
    assert date.start == start


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("2020年3月5日接到报案，3月8日立案", "2020-03-08"),
        ("去年8月立案", "2020-08"),
        ("2019年12月至次年2月转卖", "2020-02"),
        ("近日通报", "2018"),
        ("被告人张某，1993年5月6日出生", "2018"),
        ("2017年6月1日起施行", "2018"),
        ("“3·15”专案", "2018"),
        ("没有日期", "2018"),
    ],
)
def test_a_sentence_hands_on_its_last_date(text: str, anchor: str) -> None:
    assert last_date(text, published="2021-05-31", anchor="2018") == anchor


def test_a_year_that_was_only_guessed_is_not_handed_on() -> None:
    assert last_date("12月5日接到报案", published="2021-05-31") == ""


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("5月20日", "2021-05-20"),
        ("4月20日", "2021-04-20"),
        ("2月20日", "2020-02-20"),
        ("5月", "2020-05"),
    ],
)
def test_a_day_of_the_last_weeks_is_news_whatever_year_was_named(text: str, start: str) -> None:
    """去年破案千起。5月20日，……: of the year 2021 in an article of May."""
    date = parse_date(text, published="2021-05-30", anchor="2020")
    assert date is not None
    assert date.start == start
    known = parse_date(text, published="2021-05-30", anchor="2020-01")
    assert known is not None
    assert known.start.startswith("2020-0")


@pytest.mark.parametrize(("anchor", "start"), [("2021", ""), ("2020", "2020-11-05")])
def test_a_date_without_a_year_is_not_months_after_the_article(anchor: str, start: str) -> None:
    date = parse_date("11月5日", published="2021-05-30", anchor=anchor)
    assert date is not None
    assert date.start == start


def test_a_half_year_that_is_not_over_may_be_this_or_the_last_one() -> None:
    assert parse_date("上半年", published="2021-05-31") == Date("上半年", "", "")
    july = parse_date("上半年", published="2021-07-02")
    assert july and (july.start, july.end) == ("2021-01", "2021-06")


def test_a_date_after_a_turn_of_the_year_stays_unknown() -> None:
    dates = find_dates("2020年12月3日立案，1月5日抓获", published="2021-05-31")
    assert [found.value.start for found in dates] == ["2020-12-03", ""]
    dates = find_dates("2020年12月3日立案，11月5日报案", published="2021-05-31")
    assert [found.value.start for found in dates] == ["2020-12-03", "2020-11-05"]


@pytest.mark.parametrize(
    "text", ["近日", "上周五", "本周", "今年5月31日", "4月26日", "去年底", "昨日"]
)
def test_a_date_of_an_undated_article_stays_unknown(text: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert date.start == date.end == ""


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("“净网2019”专项，14号段和1号集群", []),
        ("（2021）湘0212刑初149号", []),
        ("行政拘留15日，有期徒刑1年5月，5个月内", []),
        ("今日头条的90万个号", []),
        ("26日，警方通报", ["26日"]),
        ("2020年3月5日、6日和8日，拘留5日、6日", ["2020年3月5日", "6日", "8日"]),
        ("在会上周某表示，上周岁、本周期，周五付款，上周某报案", []),
        ("上周，警方通报；本周警方将公布", ["上周", "本周"]),
        ("办理3至5号", []),
        ("大前年，警方通报", []),
        ("2、3月5日，前三个月，每季度，第二天性", ["3月5日"]),
        ("2020年12月3日立案，同年12月5日抓获，次日移送", ["2020年12月3日", "同年12月5日", "次日"]),
        ("2021年4月26日凌晨3时许，在3月后", ["2021年4月26日凌晨3时许", "3月"]),
        ("自2019年3月起至2021年7月", ["2019年3月起至2021年7月"]),
        ("“3·15”专案", ["3·15"]),
        ("截至5月2020年的卡", ["5月", "2020年"]),
        ("农历3月5日，八月初三，2020年农历九月廿一", ["2020年"]),
    ],
)
def test_dates_are_told_from_numbers_that_look_like_them(text: str, dates: list[str]) -> None:
    assert [found.value.text for found in find_dates(text, published="2021-05-31")] == dates


def test_a_day_behind_one_that_is_not_known_is_not_known() -> None:
    found = find_dates("同年4月27日、28日", published="2021-05-31")
    assert [one.value.start for one in found] == ["", ""]


@given(st.dates(calendar(1900, 1, 1), calendar(2099, 12, 31)))
def test_a_rendered_date_parses_back(day: calendar) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat()):
        date = parse_date(text)
        assert date is not None
        assert date.start == date.end == day.isoformat()
