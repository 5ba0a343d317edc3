"""What a thing is called in the graph does not hang on how much of it a sentence has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pytest

from kg.annotate import annotate
from kg.annotate.tagger import Span, Tagged, Tagger
from kg.annotate.terms import lexicon, printed_name
from kg.model import Document, Mention, Sentence
from kg.schema import load_schema
from kg.text import Word, words


@pytest.mark.parametrize(
    ("printed", "kind", "name"),
    [
        ("大量游戏账号", "Good", "游戏账号"),
        ("作案手机30部", "Good", "作案手机"),
        ("两万余个违规账号", "Good", "违规账号"),
        ("500万个异常的微信号", "Good", "异常的微信号"),
        ("一款改机工具", "Tool", "改机工具"),
        ("“黑卡”", "Good", "黑卡"),
        ("👥 实名卡", "Good", "实名卡"),
        ("涉案的银行账户", "Good", "银行账户"),
        ("162", "NumberSegment", "162号段"),
        (
            "云桥银行股份有限公司（以下简称云桥银行）青岚支行",
            "Organization",
            "云桥银行股份有限公司青岚支行",
        ),
        ("《号卡管理办法》（以下简称《办法》）第三条", "Law", "号卡管理办法第三条"),
        # what only looks like a count, or says more than one
        ("四件套", "Good", "四件套"),
        ("5G流量卡", "Good", "5G流量卡"),
        ("一起", "Activity", "一起"),
        ("30部", "Tool", "30部"),
        ("信用卡1张以上不满5张", "Good", "信用卡1张以上不满5张"),
        ("自己及他人的POS机", "Tool", "自己及他人的POS机"),
        ("该车的行驶路线", "Good", "该车的行驶路线"),
        # one like no other is named as printed: another document's is another one
        ("一起跨境网络赌博案件", "Case", "一起跨境网络赌博案件"),
        ("一个QQ群", "Platform", "一个QQ群"),
        ("一家科技公司", "Organization", "一家科技公司"),
        ("有关部门", "Agency", "有关部门"),
        ("3名犯罪嫌疑人", "Person", "3名犯罪嫌疑人"),
    ],
)
def test_a_name_says_the_kind_and_not_how_many(printed: str, kind: str, name: str) -> None:
    assert printed_name(printed, load_schema(), kind) == name


def test_one_of_a_kind_is_called_as_the_kind() -> None:
    terms = lexicon(load_schema())
    assert terms.canonical("一名卡商", "Role") == "卡商"
    assert terms.canonical("各种猫池", "Tool") == "猫池"
    assert terms.canonical("一名卡商", "Tool") is None


def test_a_verb_that_hands_a_thing_on_is_no_part_of_a_name() -> None:
    terms = lexicon(load_schema())

    def acts(text: str) -> list[str]:
        return [m.text for m in terms.find(text, words(text)) if m.type == "Activity"]

    assert acts("号商把账号出售给骗子") == []
    assert acts("账号出售由号商经手") == ["账号出售"]


class _Takes:
    """A tagger that takes some words for names."""

    types = frozenset(load_schema().nodes)

    def __init__(self, *taken: tuple[str, str]) -> None:
        self._taken = taken

    def tag(
        self, text: str, words: Sequence[Word], sentences: Sequence[Sentence],
        proposals: Sequence[Mention],
    ) -> Tagged:  # fmt: skip
        spans = [Span(text.index(name), text.index(name) + len(name), kind, 5.0)
                 for name, kind in self._taken]  # fmt: skip
        return Tagged(sorted(spans), [-9.0] * len(proposals))


def _mentioned(text: str, kind: str, *taken: tuple[str, str]) -> set[str]:
    document = Document("d", "", "", text, (Sentence(0, len(text), 0),), ())
    found, _ = annotate(document, words(text), load_schema(), cast(Tagger, _Takes(*taken)))
    return {m.text for m in found if m.type == kind and m.confidence > 0.5}


@pytest.mark.parametrize(
    ("text", "taken", "agency"),
    [
        ("贵州公安机关循线抓获8人。", "贵州公安机关循线", "贵州公安机关"),
        ("东湖派出所民警上门。", "东湖派出所民警", "东湖派出所"),
        ("徐州市公安局网安部门发现线索。", "徐州市公安局网安部门", "徐州市公安局网安部门"),
    ],
)
def test_an_agency_ends_like_one(text: str, taken: str, agency: str) -> None:
    assert _mentioned(text, "Agency", (taken, "Agency")) == {agency}


def test_the_head_office_of_a_firm_is_the_firm() -> None:
    text = "云桥网络科技有限公司总部设在长沙。"
    taken = ("云桥网络科技有限公司总部", "Organization")
    assert _mentioned(text, "Organization", taken) == {"云桥网络科技有限公司"}


def test_a_firm_that_was_named_before_is_no_name() -> None:
    text = "云桥网络科技公司卖号。该网络科技公司被查。"
    taken = ("云桥网络科技公司", "Organization"), ("该网络科技公司", "Organization")
    assert _mentioned(text, "Organization", *taken) == {"云桥网络科技公司"}


def test_a_case_that_was_named_before_is_no_name_with_what_is_said_of_it() -> None:
    text = "江州“清流”案告破。本案涉案财产高达三千万元。"
    taken = ("“清流”案", "Case"), ("本案涉案财产", "Case")
    assert _mentioned(text, "Case", *taken) == {"“清流”案"}


@pytest.mark.parametrize("before", ["子公司", "全资子公司"])
def test_what_stands_before_a_firm_is_no_part_of_its_name(before: str) -> None:
    text = f"{before}云桥网络科技有限公司卖号。"
    taken = (f"{before}云桥网络科技有限公司", "Organization")
    assert _mentioned(text, "Organization", taken) == {"云桥网络科技有限公司"}


def test_no_name_begins_with_a_particle() -> None:
    text = "172号段的卡和的银行卡都有。"
    assert _mentioned(text, "Good", ("的卡", "Good"), ("的银行卡", "Good")) == {"银行卡"}


def test_an_adverb_behind_a_counted_person_is_no_part_of_the_name() -> None:
    assert _mentioned("11名曾在境外。", "Person", ("11名曾", "Person")) == {"11名"}


def test_a_law_is_called_the_same_whatever_short_name_it_is_given_in_brackets() -> None:
    text = "《号卡管理办法》（以下简称《办法》）自三月施行。本办法之外，《办法》第九条另有规定。"
    document = Document("d", "", "", text, (Sentence(0, len(text), 0),), ())
    taker = _Takes(("《号卡管理办法》", "Law"))
    found, links = annotate(document, words(text), load_schema(), cast(Tagger, taker))
    laws = [(m.text, m.name) for m in found if m.type == "Law"]
    assert ("《号卡管理办法》", "号卡管理办法") in laws
    assert ("《办法》", "办法") in laws
    assert "本办法" not in {printed for printed, _ in laws}
    assert [(found[a].name, found[b].name) for a, b in links] == [("办法", "号卡管理办法")]


def _linked(text: str, *taken: tuple[str, str]) -> tuple[set[tuple[str, str]], list[str]]:
    """The names of a text with their types, and the first of each pair that it equates."""
    document = Document("d", "", "", text, (Sentence(0, len(text), 0),), ())
    found, links = annotate(document, words(text), load_schema(), cast(Tagger, _Takes(*taken)))
    return {(m.name, m.type) for m in found}, [found[a].name for a, _ in links]


@pytest.mark.parametrize(
    ("full", "kind", "called", "is_"),
    [
        ("柏某", "Person", "卡商", "Role"),
        ("江州星槎公司", "Organization", "号商", "Role"),
        ("刑法第二百六十六条", "Law", "诈骗罪", "Offence"),
    ],
)
def test_what_something_is_called_for_what_it_is_stays_the_kind_everywhere(
    full: str, kind: str, called: str, is_: str
) -> None:
    text = f"据{full}（即{called}）所说，此后{called}不再出现。"
    named, links = _linked(text, (full, kind), (called, is_), (called, is_))
    assert {(full, kind), (called, is_)} <= named
    assert (called, kind) not in named and not links


def test_a_name_for_all_in_a_list_is_not_one_for_the_last() -> None:
    cards = (("电话卡", "Good"), ("银行卡", "Good"), ("两卡", "Good"), ("两卡", "Good"))
    assert _linked("出售电话卡、银行卡（以下简称“两卡”），两卡被查获。", *cards)[1] == []
    firms = (("云桥公司", "Organization"), ("江州星槎公司", "Organization"))
    assert _linked("云桥公司、江州星槎公司（以下简称星槎）卖号。", *firms)[1] == ["星槎"]


def test_what_only_points_back_is_no_name() -> None:
    text = "住址等信息（即前述第二类信息）被卖。"
    assert _linked(text, ("信息", "Good"))[1] == []


def test_a_short_name_that_a_term_list_has_is_called_as_there() -> None:
    text = "柏某犯帮助信息网络犯罪活动罪（以下简称帮信罪），秦某也犯帮信罪。"
    offences = (("帮助信息网络犯罪活动罪", "Offence"), ("帮信罪", "Offence"))
    assert {name for name, _ in _linked(text, *offences)[0]} == {"帮助信息网络犯罪活动罪"}
    agents = "平台发展下线（以下简称“码农”），码农收款。"  # and no programmers, as elsewhere
    assert ("码农", "Role") in _linked(agents, ("下线", "Role"), ("码农", "Role"))[0]


@pytest.mark.parametrize("introduced", ["原名", "曾用名：", "现更名为", "前身为", "前身是"])
def test_a_firm_is_known_by_the_name_it_had_or_got(introduced: str) -> None:
    text = f"江州红杉通信有限公司（{introduced}江州赤木信息技术股份有限公司）出售虚拟号码。"
    document = Document("d", "", "", text, (Sentence(0, len(text), 0),), ())
    taker = _Takes(
        ("江州红杉通信有限公司", "Organization"),
        (f"{introduced}江州赤木信息技术股份有限公司", "Organization"),
    )
    found, links = annotate(document, words(text), load_schema(), cast(Tagger, taker))
    pairs = [(found[a].name, found[b].name) for a, b in links]
    assert pairs == [("江州赤木信息技术股份有限公司", "江州红杉通信有限公司")]
    assert f"{introduced}江州赤木信息技术股份有限公司" not in {mention.name for mention in found}


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("红杉公司后更名为赤木公司。", True),
        ("红杉公司品牌焕新，正式改名为“赤木公司”。", True),
        ("红杉公司原名赤木公司。", True),
        ("红杉公司的前身是赤木公司。", True),
        ("红杉公司的前身并不是赤木公司。", False),
        ("红杉公司拟更名为赤木公司。", False),
        ("红杉公司未更名为赤木公司。", False),
        ("红杉公司倒闭。该店更名为赤木公司。", False),
    ],
)
def test_a_firm_that_was_renamed_is_one_under_both_names(text: str, one: bool) -> None:
    document = Document("d", "", "", text, (Sentence(0, len(text), 0),), ())
    taker = _Takes(("红杉公司", "Organization"), ("赤木公司", "Organization"))
    found, links = annotate(document, words(text), load_schema(), cast(Tagger, taker))
    pairs = [(found[a].name, found[b].name) for a, b in links]
    assert pairs == ([("赤木公司", "红杉公司")] if one else [])


@pytest.mark.parametrize("called", ["（绰号“阿强”）", "（外号：阿强，男，32岁）", "(网名为“阿强”)"])
def test_somebody_is_known_by_what_he_is_called_besides(called: str) -> None:
    text = f"柏某{called}将银行卡卖给程某，阿强获利，强哥没有。"
    document = Document("d", "", "", text, (Sentence(0, len(text), 0),), ())
    taker = _Takes(("柏某", "Person"), ("程某", "Person"))
    found, links = annotate(document, words(text), load_schema(), cast(Tagger, taker))
    assert [(found[a].name, found[b].name) for a, b in links] == [("阿强", "柏某")]
    assert [m.text for m in found if m.type == "Person"] == ["柏某", "阿强", "程某"]


@pytest.mark.parametrize(
    ("name", "type_", "text"),
    [
        ("柏某", "Person", "柏某（化名）卖卡。"),
        ("黑兔子团伙", "Group", "黑兔子团伙（绰号“阿强”）卖卡。"),
    ],
)
def test_who_is_given_no_nickname_has_none(name: str, type_: str, text: str) -> None:
    document = Document("d", "", "", text, (Sentence(0, len(text), 0),), ())
    taker = _Takes((name, type_))
    assert annotate(document, words(text), load_schema(), cast(Tagger, taker))[1] == ()


@pytest.mark.parametrize(
    ("text", "dealers"),
    [("卡商会把卡卖给号商。", ["卡商", "号商"]), ("江州通信商会发布通知。", [])],
)
def test_what_a_dealer_will_do_is_done_by_no_chamber(text: str, dealers: list[str]) -> None:
    found = lexicon(load_schema()).find(text, words(text))
    assert [mention.text for mention in found if mention.type == "Role"] == dealers
