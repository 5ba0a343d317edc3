"""Texts of the field have many of its terms."""

from __future__ import annotations

from kg.model import Document
from kg.relate.topic import is_off_topic
from kg.schema import load_schema

CHAIN = "卡商把手机黑卡卖给号商，号商用猫池和接码平台接收验证码，批量注册微信号，再卖给诈骗分子。"
MATCH = "主队在下半场连进两球，客队门将扑出点球，观众离场时仍在议论裁判的判罚，球迷各执一词。"


def of(text: str) -> Document:
    return Document("d", "", "", text, (), ())


def test_a_match_report_is_off_topic_and_the_chain_is_not() -> None:
    assert is_off_topic(of(MATCH * 10), load_schema())
    assert not is_off_topic(of(CHAIN * 10), load_schema())


def test_a_short_text_says_too_little_to_tell() -> None:
    assert not is_off_topic(of(MATCH), load_schema())
