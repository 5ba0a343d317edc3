"""What a thing is called in the graph does not hang on how much of it a sentence has."""

from __future__ import annotations

import pytest

from kg.annotate.terms import lexicon, printed_name
from kg.schema import load_schema


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
    assert printed_name(printed, kind) == name


def test_one_of_a_kind_is_called_as_the_kind() -> None:
    terms = lexicon(load_schema())
    assert terms.canonical("一名卡商", "Role") == "卡商"
    assert terms.canonical("各种猫池", "Tool") == "猫池"
    assert terms.canonical("一名卡商", "Tool") is None
