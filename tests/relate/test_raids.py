from __future__ import annotations

import pytest

from tests.relate.claimed import claims, told

POLICE = ("江州警方", "Agency")
PROSECUTORS = ("江州检察院", "Agency")
PEOPLE = [("柏某", "Person"), ("秦某", "Person")]
CHARGE = ("诈骗罪", "Offence")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("江州警方顺线抓获犯罪嫌疑人柏某、秦某。", "柏某 秦某"),
        ("江州警方在一处民房内将被告人柏某和秦某抓获。", "柏某 秦某"),
        ("江州警方通报，柏某因涉嫌诈骗罪被刑事拘留，秦某在逃。", "柏某"),
        ("江州警方收网，柏某、秦某先后落网。", "柏某 秦某"),
        ("江州警方协助外地同行抓获柏某、秦某。", ""),
        ("柏某担心被江州警方抓获，没有联系秦某。", ""),
        ("江州警方抓获了向柏某卖卡的人，秦某在逃。", ""),
        ("来电者说，江州警方已抓获柏某、秦某。", ""),
        ("江州警方正在抓捕柏某、秦某。", ""),
        ("江州警方尚未抓获柏某、秦某。", ""),
        ("江州警方抓获的柏某供出了秦某。", ""),
        ("江州警方称，柏某主动投案，不属抓获秦某。", ""),
    ],
)
def test_the_police_arrest_each_of_those_whom_the_verb_names(text: str, taken: str) -> None:
    found = claims(text, POLICE, *PEOPLE, *([CHARGE] if CHARGE[0] in text else []))
    assert {other for _, edge, other in found if edge == "ARRESTS"} == set(taken.split())


def test_all_of_a_counted_group_are_arrested_beside_the_one_who_is_named() -> None:
    found = claims("江州警方抓获柏某等7人。", POLICE, PEOPLE[0], ("7人", "Person"))
    assert found == {("江州警方", "ARRESTS", "柏某"), ("江州警方", "ARRESTS", "7人")}


def test_an_arrest_has_the_measure() -> None:
    found = told("柏某已被江州警方依法刑事拘留。", POLICE, PEOPLE[0])
    assert found == {("江州警方", "ARRESTS", "柏某", (("role", "刑事拘留"),))}


def test_who_arrests_without_police_in_the_sentence_are_those_named_before() -> None:
    people = PEOPLE[:1]
    here = "江州警方接到报案。目前，柏某已被采取刑事强制措施。"
    arrest = {("江州警方", "ARRESTS", "柏某")}
    assert claims(here, POLICE, *people) == arrest
    two = "云泽警方来电。\n江州警方接到报案。\n目前，柏某已被刑事拘留。"
    assert claims(two, ("云泽警方", "Agency"), POLICE, *people) == set()
    totals = "江州警方接到报案。全国同期抓获犯罪嫌疑人5万名。"
    assert claims(totals, POLICE, ("犯罪嫌疑人5万名", "Person")) == set()


def test_only_prosecutors_approve_an_arrest() -> None:
    text = "江州警方侦查终结后，江州检察院批准逮捕柏某。"
    assert claims(text, POLICE, PROSECUTORS, PEOPLE[0]) == {("江州检察院", "ARRESTS", "柏某")}
    assert claims("江州警方介绍，已批准逮捕柏某。", POLICE, PEOPLE[0]) == set()


def test_of_police_who_act_together_the_first_are_meant() -> None:
    text = "江州警方联合云泽警方抓获柏某。"
    found = claims(text, POLICE, ("云泽警方", "Agency"), PEOPLE[0])
    assert found == {("江州警方", "ARRESTS", "柏某")}


@pytest.mark.parametrize(
    ("text", "seized"),
    [
        ("江州警方查获手机卡5000张、猫池3台，秦某在逃。", "手机卡 猫池"),
        ("江州警方当场缴获用于作案的手机卡和猫池。", "手机卡 猫池"),
        ("江州警方扣押手机卡200张，猫池12台。", "手机卡 猫池"),
        ("江州警方查获存有手机卡资料的猫池2台。", "猫池"),
        ("江州警方查获手机卡一批，秦某的猫池不知去向。", "手机卡"),
        ("江州警方查获的手机卡与猫池来源不同。", ""),
        ("江州警方没有查获手机卡和猫池。", ""),
    ],
)
def test_each_of_a_list_of_things_is_seized(text: str, seized: str) -> None:
    found = claims(text, POLICE, ("手机卡", "Good"), ("猫池", "Tool"))
    assert {other for _, edge, other in found if edge == "SEIZES"} == set(seized.split())


def test_without_police_in_the_sentence_only_what_is_counted_is_seized() -> None:
    told = "江州警方收网。现场查获猫池3台。"
    assert claims(told, POLICE, ("猫池", "Tool")) == {("江州警方", "SEIZES", "猫池")}
    ordered = "江州警方开会。要及时查扣猫池等物。"
    assert claims(ordered, POLICE, ("猫池", "Tool")) == set()


def test_a_gang_is_broken_up_that_the_verb_names() -> None:
    gang = ("诈骗团伙", "Group")
    told = "江州警方一举打掉一个盘踞多年的诈骗团伙，余案在查。"
    assert claims(told, POLICE, gang) == {("江州警方", "DISMANTLES", "诈骗团伙")}
    assert claims("江州警方计划打掉诈骗团伙。", POLICE, gang) == set()
    assert claims("江州警方打掉诈骗团伙的保护伞。", POLICE, gang) == set()
