"""The police who are only called so are the unit that the text has named."""

from __future__ import annotations

import re

import pytest

from kg.annotate.units import named_units
from kg.model import Level, Mention
from kg.schema import load_schema

from ..strategies import split_document

UNITS = {
    **dict.fromkeys(
        (
            "江州市公安局北湖分局",
            "临海警方",
            "泰国警方",
            "全国公安机关",
            "北湖区法院",
            "江州市中级法院",
            "最高法院",
            "北湖消防中队",
            "北湖区人民检察院",
            "江州市人民检察院",
            "最高人民检察院",
        ),
        Level.INSTANCE,
    ),
    **dict.fromkeys(("公安机关", "警方", "民警", "公诉机关", "法院"), Level.TYPE),
}
LEAD = "近日，江州市公安局北湖分局打掉一个卖号的团伙。"


def called(text: str) -> list[tuple[str, str]]:
    """The agencies of a text as printed, and as they are called."""
    names = re.finditer("|".join(sorted(UNITS, key=len, reverse=True)), text)
    mentions = [
        Mention(m.start(), m.end(), m[0], "Agency", m[0], UNITS[m[0]], "x#term") for m in names
    ]
    document = split_document(text)
    return [(m.text, m.name) for m in named_units(document, mentions, load_schema())]


def test_the_police_of_a_report_are_the_unit_whose_case_it_is() -> None:
    text = LEAD + "\n三天后，民警将两人抓获。\n警方查明，两人获利9万元。"
    own = "江州市公安局北湖分局"
    assert called(text)[1:] == [("民警", own), ("警方", own)]


def test_the_unit_that_the_paragraph_named_comes_first() -> None:
    text = LEAD + "\n在临海警方的配合下，民警找到了机房。"
    assert called(text)[1:] == [("临海警方", "临海警方"), ("民警", "临海警方")]


def test_police_elsewhere_are_no_local_police_but_go_on_as_the_police() -> None:
    text = "卖号的人去了哪里？" * 20
    text += "\n据泰国警方的报告和公安机关的笔录，民警认定了数额。此前警方已查封机房。"
    own = "泰国警方"
    assert called(text) == [(own, own), *[(n, n) for n in ("公安机关", "民警")], ("警方", own)]


def test_police_elsewhere_do_not_keep_a_unit_from_being_meant() -> None:
    text = "卖号的人去了哪里？" * 20
    text += "\n江州市公安局北湖分局请泰国警方协助，公安机关随后抓获两人。"
    assert called(text)[-1] == ("公安机关", "江州市公安局北湖分局")


def test_of_several_units_of_a_paragraph_none_is_taken_for_the_police() -> None:
    text = "手机号被卖出去以后会怎样？" * 15
    text += "\n江州市公安局北湖分局接到临海警方的线索。警方抓了两人。"
    assert called(text)[-1] == ("警方", "警方")


def test_the_police_as_an_institution_are_a_unit_in_its_paragraph_only() -> None:
    own = "江州市公安局北湖分局"
    assert called(LEAD + "公安机关抓了两人。\n公安机关查封了机房。")[1:] == [
        ("公安机关", own), ("公安机关", "公安机关"),
    ]  # fmt: skip


def test_a_unit_that_is_named_in_passing_is_only_that_of_its_paragraph() -> None:
    text = "手机号被卖出去以后会怎样？" * 15
    text += "\n去年，临海警方破获一起案件，警方抓了两人。\n警方很头疼。"
    assert called(text) == [("临海警方", "临海警方"), ("警方", "临海警方"), ("警方", "警方")]


@pytest.mark.parametrize(
    "text",
    [
        LEAD + "\n发现线索请及时向公安机关举报。",  # the reader's
        LEAD + "\n尚不构成犯罪的，由公安机关处十日以下拘留。",  # the law's
        LEAD + "属地公安机关抓了两人。",
        LEAD + "两人由不同公安机关立案侦查，其他民警仍在取证。",
        "全国公安机关今年破获多起案件。警方提醒大家不要卖卡。",
        "江州市公安局北湖分局公布十起典型案例。\n警方抓获陈某。",
        "陈某系北湖消防中队队员。民警将他抓获。",
        "北湖区法院公开宣判。警方曾在车站抓获他。",
        "民警说，要当心。江州市公安局北湖分局也这样说。",  # named only afterwards
    ],
)
def test_any_police_are_no_unit(text: str) -> None:
    for printed, name in called(text):
        assert printed == name


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "公诉机关：北湖区人民检察院。\n江州市人民检察院抗诉。\n公诉机关指控其诈骗。",
            "北湖区人民检察院",
        ),
        ("北湖区人民检察院提起公诉。\n公诉机关指控其诈骗。", "北湖区人民检察院"),
        ("最高人民检察院发布意见，北湖区人民检察院起诉。\n公诉机关指控。", "北湖区人民检察院"),
        ("北湖区人民检察院、江州市人民检察院到会。\n公诉机关指控其诈骗。", "公诉机关"),
        ("公诉机关指控其诈骗。", "公诉机关"),
    ],
)
def test_the_prosecution_is_the_procuratorate_that_the_text_calls_so(text: str, meant: str) -> None:
    assert [name for printed, name in called(text) if printed == "公诉机关"][-1] == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("北湖区法院开庭审理此案。\n法院判处张某拘役。", "北湖区法院"),
        ("最高法院发布意见，北湖区法院开庭。法院判处张某拘役。", "北湖区法院"),
        ("北湖区法院、江州市中级法院先后开庭。法院判处张某拘役。", "法院"),
        ("北湖区法院开庭审理此案。\n张某不服。\n在另一起案件中，法院判处李某拘役。", "法院"),
        ("典型案例\n北湖区法院开庭审理此案。\n法院判处张某拘役。", "法院"),
        ("法院判处张某拘役。", "法院"),
    ],
)
def test_the_court_by_no_name_is_the_only_one_that_was_named_just_before(
    text: str, meant: str
) -> None:
    assert called(text)[-1] == ("法院", meant)
