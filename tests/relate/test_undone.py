"""What a text names and does not tell as done is not told as done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.relate.test_guards import claims, extracted


@pytest.mark.parametrize(
    ("text", "edge", "modality"),
    [
        ("程某准备将银行卡卖给谢某时被民警抓获。", "SUPPLIES", "hypothetical"),
        ("程某企图向谢某出售银行卡，被当场抓获。", "SUPPLIES", "hypothetical"),
        ("程某携带20张银行卡准备出售时被江州警方抓获。", "SELLS", "hypothetical"),
        ("卡商打算把银行卡卖给号商。", "SUPPLIES", "hypothetical"),
        ("程某本想收购银行卡，后来作罢。", "OBTAINS", "hypothetical"),
        ("如果程某将银行卡卖给谢某，就构成犯罪。", "SUPPLIES", "hypothetical"),
        ("程某将银行卡卖给谢某，如果出事由谢某承担，被民警抓获。", "SUPPLIES", "alleged"),
        ("程某将准备好的银行卡卖给谢某，民警将其抓获。", "SUPPLIES", "alleged"),
        ("程某准备好银行卡后将其卖给谢某，被民警抓获。", "SUPPLIES", "alleged"),
        ("程某将虚拟卖场的账号卖给谢某，被民警抓获。", "SUPPLIES", "alleged"),
        ("程某想向谢某购买银行卡，因价格谈不拢未能成交。", "SUPPLIES", "hypothetical"),
        ("程某向谢某收购银行卡未果。", "SUPPLIES", "hypothetical"),
        ("程某答应把手机卡卖给谢某，但一直没有交货。", "SUPPLIES", "hypothetical"),
        ("程某提出向谢某购买手机卡，对方没有理会。", "SUPPLIES", "hypothetical"),
        ("程某提出向谢某购买手机卡，谢某同意并交货。", "SUPPLIES", "alleged"),
        ("程某承诺给谢某提供银行卡，后失联。", "SUPPLIES", "hypothetical"),
        ("程某向谢某推销手机卡，谢某没有购买。", "SUPPLIES", "hypothetical"),
        ("程某把手机卡卖给谢某，谢某拒绝付款。", "SUPPLIES", "alleged"),
        ("程某把手机卡卖给谢某，后来反悔。", "SUPPLIES", "alleged"),
        ("程某将手机卡卖给谢某用于诈骗，未得逞。", "SUPPLIES", "alleged"),
        ("程某提出向谢某购买银行卡。", "SUPPLIES", "hypothetical"),
        ("程某提出向谢某购买银行卡。", "OBTAINS", "hypothetical"),
        ("程某提出向谢某出售银行卡，遭到拒绝。", "SUPPLIES", "hypothetical"),
        ("程某向谢某提出购买银行卡，谢某没有答应。", "SUPPLIES", "hypothetical"),
        ("程某提出向谢某购买银行卡，谢某同意后以500元成交。", "SUPPLIES", "alleged"),
        ("程某将银行卡卖给谢某，并提出再购买手机卡。", "SUPPLIES", "alleged"),
        ("程某没有把自己的银行卡卖给谢某。", "SUPPLIES", "negated"),
        ("程某险些把自己的银行卡卖给卡商。", "SUPPLIES", "negated"),
        ("没有把银行卡卖给丁某的程某向谢某出售手机卡。", "SUPPLIES", "alleged"),
        ("程某没有把从网上买来的银行卡卖给谢某。", "OBTAINS", "alleged"),
        ("程某曾向谢某购买银行卡，这一说法被法院否定。", "SUPPLIES", "negated"),
        ("网传程某是料商，警方辟谣。", "HAS_ROLE", "negated"),
        ("程某企图用假身份证绕过实名制，被营业员识破。", "CIRCUMVENTS", "hypothetical"),
        ("程某用假身份证绕过实名制，准备出售手机卡。", "CIRCUMVENTS", "alleged"),
        ("程某拟成立云泽公司。", "CONTROLS", "hypothetical"),
        ("程某准备向谢某出售银行卡时被民警抓获。", "ARRESTS", "asserted"),
        ("程某诈骗谢某未遂，被民警抓获。", "TARGETS", "alleged"),
        ("程某使用猫池群发短信未果。", "USES", "alleged"),
        ("江州警方打击诈骗团伙未果。", "COUNTERS", "asserted"),
        ("江州警方准备抓捕程某。", "ARRESTS", "hypothetical"),
    ],
)
def test_what_did_not_come_about_is_not_told_as_done(
    tmp_path: Path, text: str, edge: str, modality: str
) -> None:
    found = {c.modality for c in extracted(tmp_path, text).claims if c.type == edge}
    assert found == {modality}


@pytest.mark.parametrize(
    ("text", "edge", "told"),
    [
        ("程某谎称是卡商，骗取了谢某的信任。", "HAS_ROLE", set()),
        ("程某冒充卡商在群里发布广告。", "HAS_ROLE", set()),
        ("程某谎称自己是云泽公司总经理。", "AFFILIATED_WITH", set()),
        ("程某误以为谢某是卡商，向其支付了定金。", "HAS_ROLE", set()),
        ("程某谎称自己被警方抓获，向母亲要钱。", "ARRESTS", set()),
        ("程某谎称是业主，后被江州警方抓获。", "ARRESTS", {("江州警方", "程某")}),
        ("程某是一名卡商，谎称急需用钱。", "HAS_ROLE", {("程某", "卡商")}),
    ],
)
def test_what_somebody_only_believes_or_makes_believe_is_not_told(
    tmp_path: Path, text: str, edge: str, told: set[tuple[str, str]]
) -> None:
    assert claims(tmp_path, text, edge) == told


@pytest.mark.parametrize(
    ("text", "edge", "told"),
    [
        (
            "程某、谢某分别向罗某、丁某出售手机卡。",
            "SUPPLIES",
            {("程某", "罗某"), ("谢某", "丁某")},
        ),
        (
            "江州警方和云泽警方分别抓获程某、谢某。",
            "ARRESTS",
            {("江州警方", "程某"), ("云泽警方", "谢某")},
        ),
        (
            "程某、谢某向罗某、丁某出售手机卡。",
            "SUPPLIES",
            {("程某", "罗某"), ("谢某", "丁某"), ("程某", "丁某"), ("谢某", "罗某")},
        ),
    ],
)
def test_of_two_lists_that_answer_each_other_each_has_its_own(
    tmp_path: Path, text: str, edge: str, told: set[tuple[str, str]]
) -> None:
    assert claims(tmp_path, text, edge) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "程某与谢某相识，前者向罗某出售手机卡，后者向丁某出售银行卡。",
            {("程某", "罗某"), ("谢某", "丁某")},
        ),
        ("程某向谢某出售手机卡，后者再卖给罗某。", {("程某", "谢某"), ("谢某", "罗某")}),
    ],
)
def test_what_the_latter_did_the_former_has_not_done(
    tmp_path: Path, text: str, told: set[tuple[str, str]]
) -> None:
    found = extracted(tmp_path, text)
    deals = {
        (found.mentions[c.subject].name, found.mentions[c.object].name)
        for c in found.claims
        if c.type == "SUPPLIES" and c.confidence >= 0.5
    }
    assert deals == told
