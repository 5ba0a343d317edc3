from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.resolve.lexicon import lexicon_of
from kg.resolve.names import (
    counted,
    found_under,
    is_below,
    is_short_for,
    is_telling,
    key_of,
    looked_for,
    side_of,
    without_determiner,
    without_title,
)
from kg.schema import load_schema

LEXICON = lexicon_of(load_schema())


@pytest.mark.parametrize(
    ("type_", "short", "full"),
    [
        ("Organization", "亚飞达公司", "山东亚飞达信息科技股份有限公司"),
        ("Organization", "亚飞达", "山东亚飞达信息科技股份有限公司"),
        ("Organization", "远特公司", "远特（北京）通信技术有限公司"),
        ("Organization", "腾讯公司", "深圳市腾讯科技有限公司"),
        ("Organization", "云帆公司", "深圳市云帆科技有限公司"),
        ("Organization", "蓝鹊公司", "蓝鹊集团有限公司"),
        ("Organization", "蓝鹊集团", "江州蓝鹊科技集团有限公司"),
        ("Organization", "蓝鹊科技有限责任公司", "江州蓝鹊科技有限责任公司"),
        ("Organization", "工行扬州分行", "中国工商银行扬州市分行"),
        ("Organization", "扬州分行", "中国工商银行扬州分行"),
        ("Organization", "昆明联通", "中国联通昆明市分公司"),
        ("Organization", "青桥科技江州分公司", "北京青桥科技有限公司江州分公司"),
        ("Group", "黑兔子工作室", "昆明“黑兔子”工作室"),
        ("Agency", "五华分局", "昆明市公安局五华分局"),
        ("Agency", "昆明市公安局五华分局", "云南省昆明市公安局五华分局"),
        ("Agency", "广陵区检察院", "江苏省扬州市广陵区检察院"),
        ("Agency", "广陵区检察院", "江苏省扬州市广陵区人民检察院"),
        ("Agency", "广陵区检察院", "广陵区人民检察院"),
        ("Agency", "万宁法院", "万宁市人民法院"),
        ("Agency", "青桥法院", "江州省海州市青桥区人民法院"),
        ("Agency", "江苏高院", "江苏省高级人民法院"),
        ("Agency", "昆明中院", "云南省昆明市中级人民法院"),
        ("Agency", "昆明网安支队", "昆明市公安局网安支队"),
        ("Agency", "昆明市反诈中心", "昆明市公安局反诈中心"),
        ("Agency", "五华公安分局", "昆明市公安局五华分局"),
        ("Agency", "五华区公安分局", "昆明市公安局五华分局"),
        ("Agency", "五华公安分局青桥派出所", "昆明市公安局五华分局青桥派出所"),
        ("Agency", "反诈中心", "江州反诈中心"),
        ("Case", "净网2019", "“净网2019”专项行动"),
        ("Law", "《关于审理号卡案件的意见》", "《最高人民法院关于审理号卡案件的意见》"),
        ("Law", "《关于审理号卡案件的意见》", "《最高人民法院、公安部关于审理号卡案件的意见》"),
        ("Law", "《关于号卡的通告》第5条", "《江苏省公安厅关于号卡的通告》第五条"),
    ],
)
def test_a_short_form_is_known_by_its_full_form(type_: str, short: str, full: str) -> None:
    assert is_short_for(type_, short, full, LEXICON)
    assert not is_short_for(type_, full, short, LEXICON)
    assert looked_for(type_, short, LEXICON) in found_under(type_, full, LEXICON)


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
        ("Organization", "工行", "中国工商银行昆明分行"),
        ("Organization", "工行昆明分行", "中国工商银行"),
        ("Organization", "工行昆明分行", "中国农业银行昆明分行"),
        ("Organization", "工行昆明分行", "中国工商银行昆明青桥支行"),
        ("Organization", "中国联通", "中国联通昆明分公司"),
        ("Organization", "昆明联通", "中国移动昆明市分公司"),
        ("Organization", "青桥贸易江州分公司", "北京青桥科技有限公司江州分公司"),
        ("Organization", "蓝鹊集团", "江州蓝鹊科技有限公司"),
        ("Organization", "蓝鹊科技有限公司", "江州蓝鹊科技集团有限公司"),
        ("Organization", "蓝鹊科技有限公司", "江州蓝鹊科技股份有限公司"),
        ("Organization", "蓝鹊科技有限公司", "蓝鹊科技有限公司（江州分公司）"),
        ("Organization", "白鹭公司", "云白鹭科技有限公司"),
        ("Agency", "分局", "昆明市公安局五华分局"),
        ("Agency", "检察院", "扬州市广陵区检察院"),
        ("Agency", "西山分局", "昆明市公安局五华分局"),
        ("Agency", "西山公安分局", "昆明市公安局五华分局"),
        ("Agency", "昆明市公安局", "昆明市公安局五华分局"),
        ("Agency", "青桥市公安局", "江州省青桥县公安局"),
        ("Agency", "海州法院", "海州市青桥区人民法院"),
        ("Agency", "昆明法院", "昆明市中级人民法院"),
        ("Agency", "昆明中院", "昆明市人民法院"),
        ("Agency", "大理网安支队", "昆明市公安局网安支队"),
        ("Agency", "反诈中心", "大众反诈中心"),
        ("Case", "净网2019", "净网2019集群战役第二波"),
        ("Law", "《关于号卡的通知》", "《转发公安部关于号卡的通知》"),
        ("Law", "《关于号卡的通知》", "《公安部关于号卡的通告》"),
        ("Law", "《关于号卡的通知》第五条", "《公安部关于号卡的通知》第六条"),
        ("Law", "《号卡管理办法》", "《公安部号卡管理办法》"),
        ("Good", "黑卡", "手机黑卡"),
    ],
)
def test_what_may_be_another_is_no_short_form(type_: str, short: str, full: str) -> None:
    assert not is_short_for(type_, short, full, LEXICON)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("上海市检察院", "上海市徐汇区人民检察院"),
        ("海州市检察院", "江州省海州市青桥区检察院"),
        ("江州省海州市检察院", "江州省海州市青桥区检察院"),
        ("江州海关", "江州海关缉私局"),
        ("昆明市公安局", "昆明市公安局网安支队"),
        ("国家", "国家机关"),
    ],
)
def test_an_agency_is_not_the_one_under_it(short: str, full: str) -> None:
    assert is_below(short, full, LEXICON)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("吉林市检察院", "吉林省吉林市检察院"),
        ("青桥区检察院", "海州市青桥区检察院"),
        ("检察院", "海州市青桥区检察院"),
        ("公诉机关", "公诉机关海州市检察院"),
        ("交警", "交警部门"),
        ("资产监管局", "资产监管局（ABC）"),
    ],
)
def test_a_fuller_name_of_an_agency_is_not_that_of_one_under_it(short: str, full: str) -> None:
    assert not is_below(short, full, LEXICON)


def test_a_law_is_one_however_it_is_cited() -> None:
    assert key_of("Law", "《中华人民共和国刑法》", LEXICON) == key_of("Law", "刑法", LEXICON)
    articles = [
        "《中华人民共和国刑法》第二百五十三条之一",
        "我国刑法第 253 条之一",
        "刑法第253条之一",
    ]
    assert len({key_of("Law", name, LEXICON) for name in articles}) == 1
    assert key_of("Law", "刑法第二十五条", LEXICON) != key_of("Law", "刑法第二百五十条", LEXICON)


def test_a_branch_of_a_listed_firm_is_one_however_the_firm_is_called() -> None:
    for called in (
        ["工行扬州分行", "中国工商银行扬州分行", "中国工商银行股份有限公司扬州分行"],
        ["昆明移动", "昆明移动公司", "中国移动昆明分公司"],
    ):
        assert len({key_of("Organization", name, LEXICON) for name in called}) == 1
    others = [
        "工行",
        "工行昆明分行",
        "农行昆明分行",
        "昆明移动",
        "昆明联通",
        "小米移动",
        "工行营业厅",
    ]
    assert len({key_of("Organization", name, LEXICON) for name in others}) == len(others)


def test_a_part_of_the_police_of_a_city_is_one_however_it_is_called() -> None:
    called = [
        "昆明市公安局五华分局",
        "昆明市五华公安分局",
        "昆明市五华区公安分局",
        "昆明市公安局五华区分局",
    ]
    assert len({key_of("Agency", name, LEXICON) for name in called}) == 1
    others = [
        "昆明市公安局西山分局",
        "昆明市公安局",
        "大理市公安局五华分局",
        "五华区公安局",
        "五华分局",
    ]
    assert len({key_of("Agency", name, LEXICON) for name in [*called, *others]}) == 6


@pytest.mark.parametrize(
    ("type_", "name"),
    [("Organization", "公司"), ("Organization", "某公司"), ("Organization", "该科技公司"),
     ("Law", "《解释》"), ("Law", "意见"), ("Agency", "专案组"), ("Agency", "区法院"),
     ("Case", "该案"), ("Organization", "A公司"), ("Group", "鹿"), ("Group", "ABC")],
)  # fmt: skip
def test_a_general_word_does_not_stand_for_one_thing_elsewhere(type_: str, name: str) -> None:
    assert not is_telling(type_, name, LEXICON)


def test_a_brand_stands_for_its_company_elsewhere() -> None:
    assert is_telling("Organization", "亚飞达公司", LEXICON)
    assert is_telling("Agency", "五华分局", LEXICON)
    assert is_telling("Group", "ABCD", LEXICON)


@pytest.mark.parametrize(
    ("name", "bare", "side"),
    [
        ("被告人舒某某", "舒某某", "accused"),
        ("被告人欧阳某某", "欧阳某某", "accused"),
        ("福建男子彭某", "彭某", ""),
        ("证人王某", "王某", "harmed"),
        ("犯罪嫌疑人黄某等人", "黄某", "accused"),
        ("小林（化名）", "小林", ""),
        ("王某的妻子李某", "王某的妻子李某", ""),
        ("记者付亮", "付亮", "harmed"),
        ("付亮", "付亮", ""),
        ("经理", "经理", ""),
    ],
)
def test_a_title_is_no_part_of_a_name(name: str, bare: str, side: str) -> None:
    assert (without_title(name, LEXICON), side_of(name, LEXICON)) == (bare, side)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("6个犯罪窝点", "犯罪窝点"),
        ("一些诈骗团伙", "诈骗团伙"),
        ("某犯罪团伙", "犯罪团伙"),
        ("一起倒卖案", "倒卖案"),
        ("三五互联", "三五互联"),
        ("九玺公司", "九玺公司"),
        ("170号段", "170号段"),
    ],
)
def test_a_number_is_no_part_of_a_name(name: str, bare: str) -> None:
    assert without_determiner(name, LEXICON) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("犯罪嫌疑人31人", "犯罪嫌疑人31名"),
        ("31名犯罪嫌疑人", "犯罪嫌疑人31名"),
        ("28名被告人", "28名犯罪嫌疑人"),
        ("三个犯罪集团", "3个犯罪集团"),
    ],
)
def test_as_many_of_the_same_are_counted_alike(one: str, other: str) -> None:
    assert counted(one, LEXICON) is not None
    assert counted(one, LEXICON) == counted(other, LEXICON)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("31名被告人", "31名被害人"),
        ("10余名嫌疑人", "10名嫌疑人"),
        ("涉案人员千余人", "犯罪嫌疑人1000余人"),
        ("超过100名嫌疑人", "嫌疑人超过100名"),
        ("第三人", "第3人"),
        ("一名被告人", "1名嫌疑人"),
        ("九玺公司", "9玺公司"),
        ("170号段", "一七零号段"),
    ],
)
def test_others_are_not_counted_alike(one: str, other: str) -> None:
    assert counted(one, LEXICON) is None or counted(one, LEXICON) != counted(other, LEXICON)


_PIECES = ["江州", "市", "省", "青桥", "科技", "有限", "公司", "集团", "人民", "法院", "公安局",
           "案", "专案", "（江州）", "“", "分", "局"]  # fmt: skip
_NAMES = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map("".join)


@given(st.sampled_from(["Organization", "Group", "Agency", "Case", "Law"]), _NAMES, _NAMES)
@example("Agency", "江州", "市市市")
def test_a_full_form_is_found_under_what_its_short_forms_are_looked_for_by(
    type_: str, more: str, short: str
) -> None:
    for full in (more + short, more, short + more):
        if is_short_for(type_, short, full, LEXICON):
            assert looked_for(type_, short, LEXICON) in found_under(type_, full, LEXICON)


def test_what_stands_in_names_is_said_by_the_words_of_the_schema() -> None:
    schema = load_schema()
    words = {**schema.words, "title-harmed": ("受托人",), "trade": ("养蜂",)}
    lexicon = lexicon_of(replace(schema, words=words, version="bees"))
    assert side_of("受托人王某", lexicon) == "harmed"
    assert without_title("证人王小桥", lexicon) == "证人王小桥"
    assert is_short_for("Organization", "青桥公司", "江州青桥养蜂公司", lexicon)
    assert not is_short_for("Organization", "青桥公司", "江州青桥养蜂公司", LEXICON)
