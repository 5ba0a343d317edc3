"""Who says what: every sentence here is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Document, Level, Mention, Modality
from kg.pipeline import extract
from kg.read import read as read_files
from kg.relate.sources import Voices
from kg.schema import Schema, load_schema

from ..strategies import split_document

TYPES = {
    "江州警方": "Agency", "老周": "Person", "钱某": "Person", "江州晚报": "Organization",
    "卡商": "Role", "黑产观察报告": "Report", "民警": "Agency",
}  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def hear(schema: Schema, text: str) -> tuple[Document, Voices]:
    mentions = []
    for name, kind in TYPES.items():
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(at, at + len(name), name, kind, name, Level.INSTANCE, "test"))
            at = text.find(name, at + 1)
    document = split_document(text)
    return document, Voices(document, mentions, schema)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("据江州警方消息，这些卡来自境外。", "江州警方"),
        ("江州警方通报称，这些卡来自境外。", "江州警方"),
        ("老周表示，这些卡来自境外。", "老周"),
        ("老周说：“行情不错。这些卡来自境外。”", "老周"),
        ("老周说：“行情不错。\n“这些卡来自境外。”", "老周"),
        ("“行情一直不错，这些卡来自境外。”老周说。", "老周"),
        ("“行情一直不错，这些卡来自境外。”3月2日，老周对记者表示。", "老周"),
        ("记者从江州警方获悉，这些卡来自境外。", "江州警方"),
        ("江州晚报发布的《黑产观察报告》显示，这些卡来自境外。", "《黑产观察报告》"),
        ("根据江州晚报发布的《黑产观察报告》，这些卡来自境外。", "《黑产观察报告》"),
        ("有安全专家对江州晚报记者表示，这些卡来自境外。", "安全专家"),
        ("记者见到了老周。他表示，这些卡来自境外。", "老周"),
        ("老周：行情不错。这些卡来自境外。", "老周"),
        ("公诉机关指控，钱某开店。这些卡来自境外。", "公诉机关"),
        ("按照老周的说法，这些卡来自境外。", "老周"),
        ("在老周看来，这些卡来自境外。", "老周"),
        ("江州晚报报道，这些卡来自境外。", "江州晚报"),
        ("有知情人士爆料，这些卡来自境外。", "知情人士"),
        ("老周表示，行情不错。\n“我手里的都很便宜，这些卡来自境外。”", "老周"),
        ("老周表示，行情不错。“我手里的都很便宜，这些卡来自境外。”", "老周"),
        ("行情不错。\n“我手里的都很便宜，这些卡来自境外。”", ""),
        ("江州警方提示：行情不错。这些卡来自境外。", "江州警方"),
        ("江州警方提示：“行情一直都还算是不错的。”这些卡来自境外。", ""),
        ("“老周”声称，这些卡来自境外。", "老周"),
        ("江州警方接到老周报案，称这些卡来自境外。", "老周"),
        ("从江州晚报的数据来看，这些卡来自境外。", "江州晚报"),
        ("老周：行情不错。按照相关法律规定，这些卡来自境外。", "老周"),
        ("江州警方民警介绍，这些卡来自境外。", "江州警方民警"),
        ("据了解，这些卡来自境外。", ""),
        ("这些卡来自境外。", ""),
        ("老周表示，行情不错。这些卡来自境外。", ""),
        ("老周说：“行情一直都还算是不错的。”这些卡来自境外。", ""),
        ("钱某发现，这些卡来自境外。", ""),
        ("江州警方对多名卡商的账本进行分析后发现，这些卡来自境外。", "江州警方"),
        ("江州晚报针对卡商市场数据分析发现，这些卡来自境外。", "江州晚报"),
        ("针对多名卡商的研究显示，这些卡来自境外。", ""),
        ("就老周来说，这些卡来自境外。", ""),
        (
            "据江州晚报的《江州互联网发展状况统计报告》显示，这些卡来自境外。",
            "《江州互联网发展状况统计报告》",
        ),
        ("老周没有说话，这些卡来自境外。", ""),
        ("听江州警方这么说，老周才知道这些卡来自境外。", ""),
        ("老周可以设置系统、显示这些卡来自境外。", ""),
        ("江州警方发现线索后，查明这些卡来自境外。", ""),
        ("江州警方发现这些卡来自境外。", "江州警方"),
        ("卡商发现这些卡来自境外。", ""),
        ("有民警发现，这些卡来自境外。", "民警"),
        ("江州警方向老周发出防诈建议，要求说明这些卡是否来自境外。", "江州警方"),
        ("江州警方向老周发出防诈建议，并要求说明这些卡是否来自境外。", ""),
        ("江州晚报对卡商市场进行测试发现，这些卡来自境外。", "江州晚报"),
        ("2.1 半年数据泄露字段分析：这些卡来自境外。", ""),
        ("数据还显示，这些卡来自境外。", "数据"),
        ("而从交易数据分析，这些卡来自境外。", ""),
        ("江州警方最新消息，这些卡来自境外。", "江州警方"),
        ("老周散布假消息，这些卡来自境外。", ""),
        ("辩护人提出，这些卡来自境外。", "辩护人"),
        ("第二种意见认为，这些卡来自境外。", "第二种意见"),
        ("有的观点认为，这些卡来自境外。", "有的观点"),
        ("对此有观点认为，这些卡来自境外。", "观点"),
        ("漏洞情报，卡商消息，这些卡来自境外。", ""),
        ("多名受访者表示，这些卡来自境外。", "多名受访者"),
        ("报案人称，这些卡来自境外。", "报案人"),
    ],
)
def test_a_statement_has_the_source_that_the_text_gives(
    schema: Schema, text: str, source: str
) -> None:
    _, voices = hear(schema, text)
    assert voices.at(text.index("来自境外")) == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("江州警方在江州晚报发布消息，这些卡来自境外。", "江州警方"),
        ("江州警方通过卡商发现，这些卡来自境外。", "江州警方"),
        ("在江州晚报发布消息，这些卡来自境外。", ""),
        ("考虑到公诉机关的量刑建议，这些卡来自境外。", ""),
        ("串联多起案件形成大数据后发现，这些卡来自境外。", ""),
        ("从历史数据的角度分析，这些卡来自境外。", ""),
        ("根据已披露的数据，这些卡来自境外。", ""),
        ("四大件，卡商手中的信息（又称四件套），这些卡来自境外。", ""),
    ],
)
def test_what_stands_before_a_verb_of_saying_need_not_say_it(
    schema: Schema, text: str, source: str
) -> None:
    _, voices = hear(schema, text)
    assert voices.at(text.index("来自境外")) == source


def test_a_name_that_is_no_mention_where_it_speaks_is_known_from_elsewhere() -> None:
    document = split_document("老周开店。老周表示，这些卡来自境外。")
    mention = Mention(0, 2, "老周", "Person", "老周", Level.INSTANCE, "test")
    assert Voices(document, [mention], load_schema()).at(len(document.text) - 2) == "老周"


def test_the_reporting_words_are_the_articles_own(schema: Schema) -> None:
    text = "卡商老周表示，这些卡来自境外。"
    _, voices = hear(schema, text)
    assert voices.at(text.index("老周")) == ""


def test_the_reporting_words_can_be_skipped(schema: Schema) -> None:
    text = "据江州警方介绍，这些卡来自境外。"
    document, voices = hear(schema, text)
    span = voices.reporter_of(document.sentences[0])
    assert span is not None
    assert text[slice(*span)] == "据江州警方介绍，"


def test_a_plain_sentence_has_no_reporting_words(schema: Schema) -> None:
    document, voices = hear(schema, "这些卡来自境外。")
    assert voices.reporter_of(document.sentences[0]) is None


def test_a_scare_quote_is_no_speech(schema: Schema) -> None:
    text = "老周的“号”都很贵，这些卡来自境外。"
    _, voices = hear(schema, text)
    assert voices.at(text.index("来自境外")) == ""


@pytest.mark.parametrize(
    ("end", "source"),
    [
        ("一名业内人士称", "一名业内人士"), ("老周告诉记者", "老周"), ("江州警方表示", "江州警方"),
        ("老周没有说", ""), ("这一点被老周说中", ""),
    ],
)  # fmt: skip
def test_the_end_of_a_sentence_tells_whose_words_it_was(
    schema: Schema, end: str, source: str
) -> None:
    document, voices = hear(schema, f"这些卡来自境外，{end}。行情不错。")
    assert voices.at(3) == source
    assert voices.at(len(document.text) - 2) == ""


def test_what_counsel_pleads_is_his_word_and_no_fact(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("辩护人提出，程某系卡商。", encoding="utf-8")
    (document,) = read_files([path])
    assert isinstance(document, Document)
    (claim,) = extract(document).claims
    assert (claim.type, claim.modality, claim.source) == ("HAS_ROLE", Modality.ALLEGED, "辩护人")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("江州警方负责人老周介绍，行情不错。该负责人还表示，这些卡来自境外。", "老周"),
        ("业内人士透露，行情不错。上述人士称，这些卡来自境外。", "业内人士"),
        ("江州晚报发布《黑产观察报告》。该报告指出，这些卡来自境外。", "《黑产观察报告》"),
        ("钱某说，卡商行情不错。该卡商表示，这些卡来自境外。", "卡商"),
    ],
)
def test_who_is_pointed_back_at_is_who_spoke_before(schema: Schema, text: str, source: str) -> None:
    _, voices = hear(schema, text)
    assert voices.at(text.index("来自境外")) == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("行情不错。“这些卡来自境外。”老周说。", "老周"),
        ("“来自境外”四个字写在墙上，老周看见了。", ""),
    ],
)
def test_a_short_quotation_is_speech_where_it_is_a_sentence(
    schema: Schema, text: str, source: str
) -> None:
    _, voices = hear(schema, text)
    assert voices.at(text.index("来自境外") + 4) == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("老周告诉民警，钱某骗了他。他说，这些卡来自境外。", "老周"),
        ("老周告诉民警，行情不错。钱某发了财。他说，这些卡来自境外。", "钱某"),
        ("老周女士告诉民警，钱某骗了她。他说，这些卡来自境外。", "钱某"),
        ("钱某发了财。\n业内人士透露，行情不错。他称，这些卡来自境外。", "业内人士"),
        ("业内人士透露，钱某发了财。他称，这些卡来自境外。", "钱某"),
        ("老周告诉民警，钱某骗了他。“这些卡来自境外。”他说。", "老周"),
        ("老周开店。“钱某告诉我，这些卡来自境外。”他说。", "老周"),
    ],
)
def test_the_one_who_speaks_on_is_who_spoke_before(schema: Schema, text: str, source: str) -> None:
    _, voices = hear(schema, text)
    assert voices.at(text.index("来自境外")) == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("江州警方发布通报。通报称，这些卡来自境外。", "江州警方"),
        ("江州警方发布案情通报。警情通报显示，这些卡来自境外。", "江州警方"),
        ("江州警方抓获了钱某。通报称，这些卡来自境外。", ""),
        ("这些卡来自境外，这是记者从江州警方获悉的。", "江州警方"),
    ],
)
def test_a_notice_is_of_whoever_put_it_out(schema: Schema, text: str, source: str) -> None:
    _, voices = hear(schema, text)
    assert voices.at(text.index("来自境外")) == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("按照交易方式分析，卡商把卡卖给号商。", ""),
        ("按照江州警方分析，卡商把卡卖给号商。", "江州警方"),
        ("按照民警调查，卡商把卡卖给号商。", "民警"),
    ],
)
def test_along_what_something_is_looked_into_is_nobody_who_says_it(
    schema: Schema, text: str, source: str
) -> None:
    _, voices = hear(schema, text)
    assert voices.at(text.index("卖")) == source
