from __future__ import annotations

import pytest

from tests.relate.claimed import claims

CONVICTS = [("张某", "Person"), ("李某", "Person"), ("王某", "Person")]


@pytest.mark.parametrize(
    ("text", "convicts"),
    [
        ("法院以诈骗罪判处张某有期徒刑三年，李某二年，另案处理的王某在逃。", "张某 李某"),
        ("法院以诈骗罪对张某、李某分别判处有期徒刑1年，对王某判处拘役。", "张某 李某 王某"),
        ("法院以诈骗罪，判处被告人张某有期徒刑五年，判处李某有期徒刑一年，王某无罪。", "张某 李某"),
        ("张某、李某的行为均已构成诈骗罪，分别判处有期徒刑三年、二年，王某不起诉。", "张某 李某"),
        ("检方建议以诈骗罪判处张某有期徒刑三年、李某二年，王某不起诉。", ""),
        ("张某、李某不构成诈骗罪，王某被判处有期徒刑三年。", ""),
        ("张某、李某因诈骗罪被抓，王某去年获刑三年。", ""),
        ("张某、李某先后到案，最终被法院以诈骗罪判处有期徒刑三年，王某在逃。", "张某 李某"),
        ("王某在逃；张某虽已认罪，2020年还是被法院以诈骗罪判处有期徒刑，李某在逃。", "张某"),
        ("张某已认罪，检察机关建议其被法院以诈骗罪判处有期徒刑三年，李某、王某在逃。", ""),
        ("张某认识李某，被法院以诈骗罪判处有期徒刑三年，王某在逃。", ""),
        ("张某被骗后报案，李某、王某落网，后被法院以诈骗罪判处有期徒刑三年。", "李某 王某"),
        ("张某、李某、王某被骗，同伙后被法院以诈骗罪判处有期徒刑三年。", ""),
    ],
)
def test_whom_a_penalty_follows_is_convicted_of_the_offence_that_led_to_it(
    text: str, convicts: str
) -> None:
    found = claims(text, *CONVICTS, ("诈骗罪", "Offence"))
    assert found == {(name, "CONVICTED_OF", "诈骗罪") for name in convicts.split()}


def test_who_reports_that_he_was_cheated_is_not_convicted_for_it() -> None:
    text = "张某向警方报案，对方落网，后被法院以诈骗罪判处有期徒刑三年。"
    for named in ((), (("报案", "Control"),)):
        found = claims(text, *CONVICTS[:1], ("诈骗罪", "Offence"), *named)
        assert ("张某", "CONVICTED_OF", "诈骗罪") not in found


def test_whom_a_convict_dealt_with_is_not_convicted_with_him() -> None:
    text = "张某向李某收购银行卡，最终被法院以诈骗罪判处有期徒刑三年。"
    found = claims(text, *CONVICTS[:2], ("诈骗罪", "Offence"))
    assert {who for who, edge, _ in found if edge == "CONVICTED_OF"} == {"张某"}


def test_each_offence_of_a_judgment_is_the_convicts() -> None:
    offences = [("诈骗罪", "Offence"), ("盗窃罪", "Offence")]
    both = {("张某", "CONVICTED_OF", "诈骗罪"), ("张某", "CONVICTED_OF", "盗窃罪")}
    people = CONVICTS[:2]
    together = "张某自首，以诈骗罪、盗窃罪数罪并罚，判处张某有期徒刑十一年，李某另案处理。"
    assert claims(together, *people, *people[:1], *offences) == both
    in_turn = "被告人张某犯诈骗罪，判处有期徒刑三年；犯盗窃罪，判处拘役，李某另案处理。"
    assert claims(in_turn, *people, *offences) == both
    of_two = "张某犯诈骗罪，判处有期徒刑三年；李某犯盗窃罪，判处拘役。"
    assert claims(of_two, *people, *offences) == {
        ("张某", "CONVICTED_OF", "诈骗罪"), ("李某", "CONVICTED_OF", "盗窃罪"),
    }  # fmt: skip


def test_all_of_a_counted_group_are_convicted_beside_the_one_who_is_named() -> None:
    found = claims(
        "法院以诈骗罪判处张某等7人有期徒刑四年至三年不等。",
        ("张某", "Person"), ("7人", "Person"), ("诈骗罪", "Offence"),
    )  # fmt: skip
    assert found == {("张某", "CONVICTED_OF", "诈骗罪"), ("7人", "CONVICTED_OF", "诈骗罪")}


@pytest.mark.parametrize(
    ("text", "sentenced"),
    [
        ("江州法院以诈骗罪判处张某有期徒刑三年，李某二年。", "张某 李某"),
        ("江州法院对张某判处拘役，另案的李某在逃。", "张某"),
        ("检方建议江州法院以诈骗罪判处张某有期徒刑三年、李某二年。", ""),
        ("江州法院、检察院座谈时提到，张某被判处拘役，李某在逃。", ""),
    ],
)
def test_the_court_that_the_sentence_names_has_sentenced_whom_a_penalty_follows(
    text: str, sentenced: str
) -> None:
    offence = [("诈骗罪", "Offence")] if "诈骗罪" in text else []
    found = claims(text, ("江州法院", "Agency"), *CONVICTS[:2], *offence)
    assert {one for one, edge, _ in found if edge == "SENTENCED_BY"} == set(sentenced.split())
