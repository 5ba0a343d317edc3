from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.check import check
from kg.model import Claim, Extraction, Graph, Level, Mention
from kg.schema import EdgeType, Label, Schema

EMPTY = Label("", "")
BOTH = frozenset({"Role"})
SUPPLIES = EdgeType("SUPPLIES", EMPTY, EMPTY, "trade", BOTH, BOTH, False, False, {}, (), (), ())


class _Any(dict[str, Any]):
    def __contains__(self, key: object) -> bool:
        return True


SCHEMA = Schema(nodes=_Any(), edges={"SUPPLIES": SUPPLIES}, words={}, version="s0")


def sound(sketch: Any) -> tuple[list[Extraction], Graph]:
    """An extraction and its graph in which everything is as it should be."""
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote="卡商供应号商。")
    graph = sketch.graph()
    [document] = graph.documents
    mentions = tuple(
        Mention(at, at + 2, name, "Role", name, Level.TYPE, "terms")
        for at, name in ((0, "卡商"), (4, "号商"))
    )
    claim = Claim(0, "SUPPLIES", 1, 0, len(document.text))
    return [Extraction(document, mentions, (claim,))], graph


def rules(extractions: list[Extraction], graph: Graph) -> list[str]:
    return [finding.rule for finding in check(extractions, graph, SCHEMA)]


def test_a_sound_record_has_no_findings(sketch: Any) -> None:
    assert rules(*sound(sketch)) == []


def test_a_quote_that_is_not_verbatim_is_found(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    [relation] = graph.relations
    wrong = replace(relation, evidence=(replace(relation.evidence[0], quote="卡商供给号商。"),))
    assert rules(extractions, replace(graph, relations=(wrong,))) == ["quote"]


def test_a_mention_that_is_not_verbatim_is_found(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    [first] = extractions
    moved = replace(first.mentions[0], start=1, end=3)
    assert rules([replace(first, mentions=(moved, first.mentions[1]))], graph) == ["quote"]


def test_a_relation_without_evidence_is_found(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    bare = replace(graph.relations[0], evidence=())
    assert rules(extractions, replace(graph, relations=(bare,))) == ["evidence"]


def test_evidence_in_an_unknown_document_is_found(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    found = rules(extractions, replace(graph, documents=()))
    assert "evidence" in found


def test_an_entity_that_nothing_mentions_is_found(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    first, second = graph.entities
    assert rules(extractions, replace(graph, entities=(replace(first, places=()), second))) == [
        "orphan"
    ]


def test_an_end_that_is_not_in_the_graph_is_found(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    assert "end" in rules(extractions, replace(graph, entities=graph.entities[:1]))


def test_ends_that_the_schema_does_not_allow_are_found(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    goods = tuple(replace(e, type="Good") if e.name == "号商" else e for e in graph.entities)
    assert rules(extractions, replace(graph, entities=goods)) == ["type"]


NUMBERS = [
    "138" + "0013" + "8000",
    "11010519491231" + "002X",
    "6222 0212 3456 7890".replace(" ", ""),
]


@pytest.mark.parametrize("number", NUMBERS)
def test_an_identifier_that_is_not_masked_is_found_and_not_repeated(
    sketch: Any, number: str
) -> None:
    extractions, graph = sound(sketch)
    [first] = extractions
    document = replace(first.document, text=first.document.text + number)
    findings = list(check([replace(first, document=document)], graph, SCHEMA))
    assert [finding.rule for finding in findings] == ["identifier"]
    assert number not in findings[0].what


@pytest.mark.parametrize(
    "text",
    ["加微信kefu8888", "QQ：12345678", "拨138-0013-8000", "一三八〇〇一三八〇〇〇", "他是a@b.cn"],
)
def test_what_the_reader_masks_is_found_when_it_is_back_in_a_record(sketch: Any, text: str) -> None:
    extractions, graph = sound(sketch)
    [first] = extractions
    document = replace(first.document, text=first.document.text + text)
    findings = list(check([replace(first, document=document)], graph, SCHEMA))
    assert [finding.rule for finding in findings] == ["identifier"]
    assert text[-4:] not in findings[0].what


def test_an_identifier_in_the_address_or_file_name_of_a_document_is_found(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    [first] = extractions
    for document in (
        replace(first.document, url="https://a.cn/?qq=12345678"),
        replace(first.document, path="骗子QQ号12345678.txt"),
    ):
        [found] = check([replace(first, document=document)], graph, SCHEMA)
        assert found.rule == "identifier" and "12345678" not in found.what


def test_identifiers_kept_on_purpose_are_no_finding(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    [first] = extractions
    document = replace(first.document, text=first.document.text + NUMBERS[0], purpose="案件 12")
    assert rules([replace(first, document=document)], graph) == []


def test_an_amount_as_long_as_a_phone_number_is_no_identifier(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    [first] = extractions
    text = first.document.text + "涉案13812345678元。"
    assert rules([replace(first, document=replace(first.document, text=text))], graph) == []


def test_counts_money_and_hotlines_are_no_identifiers(sketch: Any) -> None:
    extractions, graph = sound(sketch)
    [first] = extractions
    text = first.document.text + "共1000万余张，涉案12345678元，请拨打96110或400-000-0000。"
    assert rules([replace(first, document=replace(first.document, text=text))], graph) == []
