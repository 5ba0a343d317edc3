"""Who is meant by a pronoun: every sentence here is made up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Level, Mention
from kg.relate.coreference import anaphors
from kg.schema import Schema, load_schema
from kg.text import words

from ..strategies import split_document

TYPES = {
    "张某": "Person", "李某": "Person", "王某": "Person", "12名男子": "Person",
    "云桥科技公司": "Organization", "蓝湾通信公司": "Organization", "江州银行": "Organization",
    "“夜鹰”工作室": "Group", "“老鬼”团伙": "Group", "江州警方": "Agency", "江州市法院": "Agency",
    "卡商": "Role", "号商": "Role", "飞鸽平台": "Platform", "群控软件": "Tool", "手机卡": "Good",
    "微信号": "Good", "3·02专案": "Case", "养号": "Activity",
}  # fmt: skip
KINDS = frozenset({"Role", "Good", "Tool", "Activity"})


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def article(text: str) -> tuple[Document, list[Mention]]:
    mentions = []
    for name, kind in TYPES.items():
        level = Level.TYPE if kind in KINDS else Level.INSTANCE
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(at, at + len(name), name, kind, name, level, "test"))
            at = text.find(name, at + 1)
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    return split_document(text), mentions


def meant(schema: Schema, text: str) -> list[tuple[str, str]]:
    document, mentions = article(text)
    found = anaphors(document, words(text), mentions, schema)
    return [(text[one.start : one.end], mentions[one.mention].name) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张某从李某处购买手机卡。他将卡转卖。", [("他", "张某")]),
        ("张某交代，李某找到他，让他办卡。", [("他", "张某"), ("他", "张某")]),
        ("江州警方抓获张某。他是一名学生。", [("他", "张某")]),
        ("江州警方抓获张某，将其刑拘。", [("其", "张某")]),
        ("张某将其手机卡出售给李某。", [("其", "张某")]),
        ("张某、李某开店卖号。他们在群里揽客。", [("他们", "张某"), ("他们", "李某")]),
        ("张某和李某合租。二人一起收卡。", [("二人", "张某"), ("二人", "李某")]),
        ("卡商向号商供货。他们从中赚取差价。", [("他们", "卡商")]),
        ("李某出售自己的手机卡。", [("自己", "李某")]),
        ("法院查明，李某办卡后，卖掉自己的微信号。", [("自己", "李某")]),
    ],
)
def test_a_pronoun_means_the_latest_fitting_subject(
    schema: Schema, text: str, expected: list[tuple[str, str]]
) -> None:
    assert meant(schema, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云桥科技公司收购手机卡。该公司员工上万。", [("该公司", "云桥科技公司")]),
        ("云桥科技公司收购手机卡。该网络科技公司员工上万。", [("该网络科技公司", "云桥科技公司")]),
        ("云桥科技公司在江州银行开户。该公司已停业。", [("该公司", "云桥科技公司")]),
        ("“老鬼”团伙藏身闹市。警方将该团伙端掉。", [("该团伙", "“老鬼”团伙")]),
        ("云桥科技公司与“夜鹰”工作室合作。该公司已停业。", [("该公司", "云桥科技公司")]),
        ("飞鸽平台上线。记者登录该平台。", [("该平台", "飞鸽平台")]),
        ("张某使用群控软件。该软件可养号。", [("该软件", "群控软件")]),
        ("李某收来微信号和手机卡。这些卡被卖掉。", [("这些卡", "手机卡")]),
        ("3·02专案告破。该案涉及多地。", [("该案", "3·02专案")]),
        ("江州市法院开庭。该院判决李某无罪。", [("该院", "江州市法院")]),
    ],
)
def test_a_noun_phrase_means_the_latest_name_that_fits_its_head(
    schema: Schema, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [pair for pair in meant(schema, text) if pair[0] == expected[0][0]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张某与李某相识。前者收卡。", ["张某"]),
        ("张某与李某相识。后者收卡。", ["李某"]),
        ("张某、李某与王某相识。后者收卡。", []),
        ("张某找到李某。对方收卡。", ["李某"]),
        ("张某找到李某、王某。对方收卡。", []),
        ("张某找到张某。对方收卡。", []),
    ],
)
def test_the_former_the_latter_and_the_other_party_are_one_of_two(
    schema: Schema, text: str, expected: list[str]
) -> None:
    assert [name for _, name in meant(schema, text)] == expected


def test_the_other_party_is_nobody_who_is_only_named_later(schema: Schema) -> None:
    assert meant(schema, "张某收卡时对方拦住李某。") == []


def test_what_was_resolved_counts_as_a_subject_for_what_follows(schema: Schema) -> None:
    text = "云桥科技公司收卡。江州警方发现该公司是蓝湾通信公司的代理商，其主要业务是卖卡。"
    assert ("其", "云桥科技公司") in meant(schema, text)


def test_a_speaker_says_i(schema: Schema) -> None:
    assert ("我", "张某") in meant(schema, "张某说：“我从网上收卡。”")
    assert ("我", "卡商") in meant(schema, "“我只卖老号。”一名卡商告诉记者。")


def test_an_accused_without_a_name_is_the_only_person_of_the_paragraph(schema: Schema) -> None:
    assert ("被告人", "李某") in meant(schema, "李某出售手机卡。被告人认罪认罚。")
    assert "被告人" not in dict(meant(schema, "李某伙同王某出售手机卡。被告人认罪认罚。"))


@pytest.mark.parametrize(
    "text",
    [
        "张某开店，其中两家在江州。",
        "张某与其他人合谋，尤其常去江州。",
        "张某贩卖他人的手机卡。",
        "张某、李某、王某同住。二人相识多年。",
        "江州警方破案。他认罪。",
        "江州银行发函。该公司已停业。",
        "多家公司倒闭。",
    ],
)
def test_no_antecedent_is_better_than_a_doubtful_one(schema: Schema, text: str) -> None:
    assert meant(schema, text) == []


def test_he_is_not_several_people(schema: Schema) -> None:
    assert meant(schema, "12名男子被抓。他认罪。") == []


def test_he_is_not_who_acts_on_him(schema: Schema) -> None:
    assert ("他", "李某") not in meant(schema, "张某到案。李某向他出售手机卡。")


PIECES = [
    *TYPES, "他", "其", "他们", "该公司", "自己", "二人", "我", "说：“", "”", "对方", "，", "。",
    "出售", "向", "将", "的", "\n", "上述人员", "被告人", "前者", "这些卡",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_anaphors_are_in_order_inside_no_mention_and_after_their_antecedent(text: str) -> None:
    document, mentions = article(text)
    found = anaphors(document, words(text), mentions, load_schema())
    assert all(one.start <= other.start for one, other in pairwise(found))
    for one in found:
        assert not any(m.start <= one.start and one.end <= m.end for m in mentions)
        assert mentions[one.mention].end <= one.start or text[one.start] == "我"
    assert len(set(found)) == len(found)
