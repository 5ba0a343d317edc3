from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.view.lookup import Lookup


def test_a_name_is_found_whatever_its_quotes_width_and_case(sketch: Any) -> None:
    sketch.edge("Group:“夜鹭”工作室", "USES", "Tool:GOIP设备")
    lookup = Lookup(sketch.graph())
    assert [e.name for e in lookup.named("夜鹭工作室")] == ["“夜鹭”工作室"]
    assert [e.name for e in lookup.named("goip设备")] == ["GOIP设备"]


def test_a_name_comes_before_an_alias_and_an_alias_before_a_part(sketch: Any) -> None:
    sketch.node("Role:卡商")
    sketch.node("Role:开卡团伙", aliases=("卡商",))
    sketch.node("Group:江州卡商联盟")
    found = Lookup(sketch.graph()).find("卡商")
    assert [(how, entity.name) for how, entity in found] == [
        ("name", "卡商"),
        ("alias", "开卡团伙"),
        ("part", "江州卡商联盟"),
    ]


def test_an_id_finds_its_entity_alone(sketch: Any) -> None:
    key = sketch.node("Role:卡商")
    assert [e.id for e in Lookup(sketch.graph()).named(key)] == [key]


def test_nothing_is_found_for_nothing(sketch: Any) -> None:
    sketch.node("Role:卡商")
    lookup = Lookup(sketch.graph())
    assert lookup.find("") == []
    assert lookup.find("“”") == []
    assert lookup.named("没有这个") == []


def test_relations_are_found_by_the_words_of_their_quotes(sketch: Any) -> None:
    hit = sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote="卡商把电话卡交给号商。")
    sketch.edge("Role:号商", "SUPPLIES", "Role:诈骗分子", quote="号商供号。")
    assert Lookup(sketch.graph()).mentioning("电话卡") == [hit]
    assert Lookup(sketch.graph()).mentioning(" 电话卡 ") == [hit]


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_no_text_is_found_in_no_sentence(sketch: Any, text: str) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote="卡商 供号。")
    assert Lookup(sketch.graph()).mentioning(text) == []


def test_what_is_said_most_surely_is_found_first_and_by_the_quote_that_has_the_words(
    sketch: Any,
) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote="电话卡归了号商。", confidence=0.2)
    one = sketch.edge("Role:号商", "SUPPLIES", "Role:骗子", quote="号商供号。", confidence=0.9)
    (other,) = sketch.edge("Role:号商", "USES", "Role:骗子", quote="他卖电话卡。").evidence
    sketch.relations[-2:] = [replace(one, evidence=(*one.evidence, other))]
    found = Lookup(sketch.graph()).mentioning("电话卡")
    assert [relation.confidence for relation in found] == [0.9, 0.2]
    assert [evidence.quote for evidence in found[0].evidence] == ["他卖电话卡。", "号商供号。"]
