"""Spans of the tagger's, without half a pair of marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.tagger import Span
from kg.annotate.trim import Trim, each_title
from kg.schema import load_schema

SCHEMA = load_schema()


def name(text: str, start: int, end: int) -> str:
    span = Trim(text, [], SCHEMA).trimmed(Span(start, end, "Tool"))
    return "" if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "taken", "left"),
    [
        ("虚拟专网（VPN）的设备", "虚拟专网（VPN", "虚拟专网（VPN）"),
        ("虚拟专网（即VPN一类）的设备", "虚拟专网（即VPN", "虚拟专网"),
        ("加速网络（CDN）服务器", "CDN）服务器", "CDN"),
        ("改机软件(新版)", "改机软件(新版)", "改机软件(新版)"),
        ("1）注册账号", "1）注册账号", "1）注册账号"),
        ("“猫池”两台", "“猫池”", "猫池"),
        ("“猫池和卡", "“猫池", "猫池"),
        ("“”两台", "“”", "“”"),
        ("印发《关于卡的通知》", "关于卡的通知》", "《关于卡的通知》"),
        ("印发《关于卡的通知》", "《关于卡的通知", "《关于卡的通知》"),
        ("印发《关于卡（新）的通知》", "关于卡（新）的通知", "关于卡（新）的通知"),
        ("号段的卡", "的卡", ""),
        ("号段的电话卡", "的电话卡", "电话卡"),
        ("一辆███████面包车", "███████面包车", "面包车"),
        ("一辆███████号面包车", "███████号面包车", "面包车"),
        ("账号████████", "账号████████", "账号████████"),
        ("登录████████后", "████████", "████████"),
    ],
)
def test_a_name_has_both_marks_of_a_pair_or_none_and_no_masked_number_in_front(
    text: str, taken: str, left: str
) -> None:
    at = text.index(taken)
    found = name(text, at, at + len(taken))
    assert found == left


@given(
    st.text('罗长真后的单位（）()“”《》" \n', min_size=1, max_size=16),
    st.sampled_from(["Tool", "Person", "Organization"]),
    st.data(),
)
def test_no_span_becomes_empty_or_leaves_its_text(
    text: str, kind: str, data: st.DataObject
) -> None:
    cuts = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    spans = [Span(a, b, kind) for a, b in data.draw(st.lists(cuts, min_size=1)) if a < b]
    trim = Trim(text, spans, SCHEMA)
    for span in spans:
        left = trim.trimmed(span)
        before = text[: span.start].endswith("《") and "》" in text[span.start : span.end]
        assert left is None or span.start - before <= left.start < left.end <= len(text)


@pytest.mark.parametrize(
    ("text", "taken", "left"),
    [
        ("罚金二万二千五百元", "五百元", "二万二千五百元"),
        ("罚金人民币三十九万元", "十九万元", "三十九万元"),
        ("第三，约十万元", "约十万元", "约十万元"),
        ("十余人", "余人", "余人"),
        ("一千零五十元", "五十元", "一千零五十元"),
        ("账号位数十八位", "十八位", "十八位"),
    ],
)
def test_a_figure_has_all_of_its_number(text: str, taken: str, left: str) -> None:
    span = Span(text.index(taken), text.index(taken) + len(taken), "Statistic")
    whole = Trim(text, [], SCHEMA).trimmed(span)
    assert whole is not None and text[whole.start : whole.end] == left


def test_titles_that_stand_beside_each_other_are_several_names() -> None:
    text = "违反《电信条例》《民法典》和《云泽卡管理办法》的规定"
    spans = [Span(2, text.index("的规定"), "Law"), Span(0, 2, "Activity")]
    assert [text[s.start : s.end] for s in each_title(text, spans)] == [
        "《电信条例》",
        "《民法典》",
        "《云泽卡管理办法》",
        "违反",
    ]


def test_who_is_called_like_a_place_is_no_place() -> None:
    text = "被告人吴江到案。吴江供述，吴江否认。吴江卖卡，在吴江。"
    starts = [at for at in range(len(text)) if text.startswith("吴江", at)]
    kinds = ["Person", "Person", "Person", "Location", "Location"]
    spans = [Span(at, at + 2, kind) for at, kind in zip(starts, kinds, strict=True)]
    often, seldom = Trim(text, spans, SCHEMA), Trim(text, spans[2:], SCHEMA)
    assert [often.trimmed(span) for span in spans[3:]] == [
        span._replace(type="Person") for span in spans[3:]
    ]
    assert [seldom.trimmed(span) for span in spans[3:]] == spans[3:]


def test_blanks_behind_a_name_are_nothing_that_goes_on() -> None:
    assert (
        people("罗长真、罗长真和罗长真　　在场", "罗长真", "罗长真", "罗长真　　")[2]
        == "罗长真　　"
    )


def people(text: str, *names: str) -> list[str]:
    """What is left of names that stand one behind the other in `text`."""
    spans: list[Span] = []
    for called in names:
        at = text.index(called, spans[-1].end if spans else 0)
        spans.append(Span(at, at + len(called), "Person"))
    trim = Trim(text, spans, SCHEMA)
    left = [trim.trimmed(span) for span in spans]
    return [text[span.start : span.end] for span in left if span]


def test_a_name_that_is_nowhere_without_its_last_character_has_it() -> None:
    text = "罗长真到案。经查，罗长真的公司出售电话卡。"
    assert people(text, "罗长真", "罗长") == ["罗长真", "罗长真"]
    other = text + "罗长是他的哥哥。"
    assert people(other, "罗长真", "罗长", "罗长") == ["罗长真", "罗长", "罗长"]
    adverb = "罗长曾到案。后来罗长曾出售电话卡，罗长说。"
    assert people(adverb, "罗长曾", "罗长", "罗长") == ["罗长", "罗长", "罗长"]


@pytest.mark.parametrize(
    ("text", "taken", "left"),
    [
        ("罗长真组织他人办卡", "罗长真组织", "罗长真"),
        ("罗长真召集多人办卡", "罗长真召集多人", "罗长真"),
        ("罗长真的丈夫到案", "罗长真的丈夫", "罗长真的丈夫"),
        ("罗长真丈夫到案", "罗长真丈夫", "罗长真丈夫"),
        ("罗长真等人到案", "罗长真等人", "罗长真等人"),
        ("电话卡后罗长真卖出", "后罗长真", "罗长真"),
        ("罗长真某等15人到案", "罗长真某等15人", "罗长真某等15人"),
    ],
)
def test_a_name_known_from_elsewhere_is_without_what_goes_on_behind_it(
    text: str, taken: str, left: str
) -> None:
    known = "罗长真供述。罗长真否认。"
    assert people(known + text, "罗长真", "罗长真", taken)[2] == left


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ("被告单位青鹭公司", "青鹭公司"),
        ("原审被告单位青鹭", "青鹭"),
        ("被告单位", "被告单位"),
        ("被告单位的子公司", "被告单位的子公司"),
        ("青鹭公司", "青鹭公司"),
    ],
)
def test_a_firm_is_without_what_it_is_called_there(taken: str, left: str) -> None:
    span = Trim(taken, [], SCHEMA).trimmed(Span(0, len(taken), "Organization"))
    assert span is not None
    assert taken[span.start : span.end] == left
