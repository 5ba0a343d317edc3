from __future__ import annotations

from typing import Any

import pytest

from kg.model import Level, Modality
from kg.schema import EdgeType, Label, NodeType, Property, Schema, load_schema
from kg.view.lookup import Lookup
from kg.view.paths import find_paths
from kg.view.text import Wording

EMPTY = Label("", "")


def edge(name: str, zh: str, en: str) -> EdgeType:
    properties = {"good": Property("text", Label("货物", "good"))}
    return EdgeType(
        name, Label(zh, en), EMPTY, "trade", frozenset(), frozenset(), False, False, properties,
        (), (), (),
    )  # fmt: skip


def node(name: str, zh: str, en: str) -> NodeType:
    return NodeType(
        name=name, label=Label(zh, en), description=EMPTY, colour="#000000", shape="ellipse",
        tier=2, group="actor", level=Level.TYPE, terms=(), suffixes=(), patterns=(), examples=(),
    )  # fmt: skip


SCHEMA = Schema(
    nodes={"Role": node("Role", "角色", "role")},
    edges={
        "SUPPLIES": edge("SUPPLIES", "供应", "supplies"),
        "HAS_ROLE": edge("HAS_ROLE", "角色为", "has role"),
    },
    words={},
    version="s0",
    modalities=load_schema().modalities,
)


def wording(sketch: Any, lang: str = "zh") -> Wording:
    return Wording(Lookup(sketch.graph()), SCHEMA, lang)


def test_each_hop_of_a_chain_shows_its_sentence_source_date_and_document(sketch: Any) -> None:
    relation = sketch.edge(
        "Role:卡商", "SUPPLIES", "Role:号商",
        quote="卡商把电话卡卖给号商。", source="江州警方", attrs={"good": "电话卡"},
        confidence=0.25,
    )  # fmt: skip
    [chain] = find_paths(
        sketch.graph(), load_schema(), [sketch.entity("Role:卡商")], [sketch.entity("Role:号商")]
    )
    assert list(wording(sketch).chain(chain)) == [
        "卡商 → 号商",
        "",
        "1. 卡商 —供应→ 号商 [可信度 0.25] (货物: 电话卡)",
        "     「卡商把电话卡卖给号商。」",
        f"     据江州警方 · 江州晚报 · 2020-06-09 · 第1篇 · {relation.evidence[0].document}",
    ]


def test_labels_follow_the_language(sketch: Any) -> None:
    relation = sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.ALLEGED)
    assert next(wording(sketch, "en").relation(relation)) == (
        "卡商 —supplies→ 号商 [alleged, confidence 1.00]"
    )
    assert next(wording(sketch).relation(relation)) == "卡商 —供应→ 号商 [据称，可信度 1.00]"


@pytest.mark.parametrize("modality", [m for m in Modality if m is not Modality.ASSERTED])
def test_whatever_is_not_plainly_asserted_carries_a_mark(sketch: Any, modality: Modality) -> None:
    relation = sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=modality)
    assert f"[{SCHEMA.modalities[modality].zh}，" in next(wording(sketch).relation(relation))


def test_a_card_shows_roles_aliases_and_relations_of_both_directions(sketch: Any) -> None:
    sketch.node("Person:老周", aliases=("周老板",))
    sketch.edge("Person:老周", "HAS_ROLE", "Role:卡商")
    sketch.edge("Person:老周", "SUPPLIES", "Role:号商")
    sketch.edge("Organization:云雀移动", "SUPPLIES", "Person:老周", modality=Modality.NEGATED)
    card = "\n".join(wording(sketch).card(sketch.entity("Person:老周")))
    assert card.startswith("老周  (Person)\n角色: 卡商\n又称: 周老板\n")
    assert "  → 号商 [可信度 1.00]\n" in card
    assert "  ← 云雀移动 [否定，可信度 1.00]\n" in card


def test_a_number_segment_shows_what_is_said_of_its_cards_alone(sketch: Any) -> None:
    sketch.edge("Good:172号段电话卡", "HAS_SEGMENT", "NumberSegment:172号段")
    sketch.edge("Good:172号段电话卡", "HAS_PRICE", "Price:9元")
    sketch.edge("Good:172号段电话卡", "PROVIDED_BY", "Organization:云雀移动")
    for number in (172, 162):
        sketch.edge("Good:电话卡", "HAS_SEGMENT", f"NumberSegment:{number}号段")
    sketch.edge("Good:电话卡", "HAS_PRICE", "Price:21元")
    card = "\n".join(wording(sketch).card(sketch.entity("NumberSegment:172号段")))
    assert "→ 9元" in card
    assert "→ 云雀移动" in card
    assert "21元" not in card


def test_the_quote_that_prints_both_ends_comes_first(sketch: Any) -> None:
    relation = sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote="他们供货。")
    better = sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote="卡商给号商供货。")
    both = type(relation)(
        *(
            getattr(relation, name)
            if name != "evidence"
            else (*relation.evidence, *better.evidence)
            for name in relation.__dataclass_fields__
        )
    )
    sketch.relations[:] = [both]
    [chain] = find_paths(
        sketch.graph(), load_schema(), [sketch.entity("Role:卡商")], [sketch.entity("Role:号商")]
    )
    lines = list(wording(sketch).chain(chain))
    assert lines[3] == "     「卡商给号商供货。」"
    assert lines[-1] == "     另有 1 句"


def test_every_mark_can_be_printed_by_a_gbk_terminal(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.ALLEGED, source="老周")
    text = "\n".join(wording(sketch).card(sketch.entity("Role:卡商")))
    assert text.encode("gbk").decode("gbk") == text


def test_a_quote_that_several_relations_stand_on_is_printed_once(sketch: Any) -> None:
    quote = "卡商把卡卖给号商和诈骗分子。"
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote=quote)
    sketch.edge("Role:卡商", "SUPPLIES", "Role:诈骗分子", quote=quote)
    card = list(wording(sketch).card(sketch.entity("Role:卡商")))
    assert card.count(f"     [1] 「{quote}」") == 1
    assert card.count("     见 [1]") == 1


def test_one_document_is_singular_in_english(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    card = list(wording(sketch, "en").card(sketch.entity("Role:卡商")))
    assert "mentions: 1 in 1 document" in card
