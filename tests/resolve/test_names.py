from __future__ import annotations

import pytest

from kg.resolve.names import is_short_for, is_telling, key_of


@pytest.mark.parametrize(
    ("type_", "short", "full"),
    [
        ("Organization", "亚飞达公司", "山东亚飞达信息科技股份有限公司"),
        ("Organization", "亚飞达", "山东亚飞达信息科技股份有限公司"),
        ("Organization", "远特公司", "远特（北京）通信技术有限公司"),
        ("Organization", "腾讯公司", "深圳市腾讯科技有限公司"),
        ("Group", "黑兔子工作室", "昆明“黑兔子”工作室"),
        ("Agency", "五华分局", "昆明市公安局五华分局"),
        ("Agency", "昆明市公安局五华分局", "云南省昆明市公安局五华分局"),
        ("Agency", "广陵区检察院", "江苏省扬州市广陵区检察院"),
        ("Agency", "广陵区检察院", "江苏省扬州市广陵区人民检察院"),
        ("Agency", "广陵区检察院", "广陵区人民检察院"),
        ("Person", "舒某某", "被告人舒某某"),
        ("Case", "净网2019", "“净网2019”专项行动"),
    ],
)
def test_a_short_form_is_known_by_its_full_form(type_: str, short: str, full: str) -> None:
    assert is_short_for(type_, short, full)
    assert not is_short_for(type_, full, short)


@pytest.mark.parametrize(
    ("type_", "short", "full"),
    [
        ("Organization", "科技公司", "山东亚飞达科技公司"),
        ("Organization", "某公司", "某科技有限公司"),
        ("Organization", "云南亚飞达公司", "山东亚飞达信息科技股份有限公司"),
        ("Organization", "亚飞达贸易公司", "山东亚飞达信息科技股份有限公司"),
        ("Organization", "中国移动", "中国移动通信集团北京有限公司"),
        ("Organization", "亚飞达工作室", "山东亚飞达信息科技股份有限公司"),
        ("Organization", "招商银行", "招商银行昆明分行"),
        ("Agency", "分局", "昆明市公安局五华分局"),
        ("Agency", "检察院", "扬州市广陵区检察院"),
        ("Agency", "西山分局", "昆明市公安局五华分局"),
        ("Person", "王某", "王某某"),
        ("Person", "王某", "老王某"),
        ("Case", "净网2019", "净网2019集群战役第二波"),
        ("Good", "黑卡", "手机黑卡"),
    ],
)
def test_what_may_be_another_is_no_short_form(type_: str, short: str, full: str) -> None:
    assert not is_short_for(type_, short, full)


def test_a_law_is_one_with_and_without_the_name_of_the_state() -> None:
    assert key_of("Law", "《中华人民共和国刑法》") == key_of("Law", "刑法")


@pytest.mark.parametrize(
    ("type_", "name"),
    [("Organization", "公司"), ("Organization", "某公司"), ("Organization", "该科技公司"),
     ("Law", "《解释》"), ("Law", "意见"), ("Agency", "专案组"), ("Agency", "区法院"),
     ("Case", "该案"), ("Organization", "A公司")],
)  # fmt: skip
def test_a_general_word_does_not_stand_for_one_thing_elsewhere(type_: str, name: str) -> None:
    assert not is_telling(type_, name)


def test_a_brand_stands_for_its_company_elsewhere() -> None:
    assert is_telling("Organization", "亚飞达公司")
    assert is_telling("Agency", "五华分局")
