from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import Extraction, Modality
from kg.record import Record


@pytest.fixture
def small(sketch: Any, tmp_path: Path) -> Path:
    """A record with the chain, a segment and a denial; its graph is written by hand."""
    for start, end in (("电信运营商", "卡商"), ("卡商", "号商"), ("号商", "诈骗分子")):
        sketch.edge(f"Role:{start}", "SUPPLIES", f"Role:{end}", source="江州警方")
    sketch.edge("Role:卡商", "SUPPLIES", "Role:诈骗分子")
    sketch.edge("Organization:澜舟鹿公司", "HAS_ROLE", "Role:卡商", modality=Modality.ALLEGED)
    sketch.edge("Organization:鹿鸣公司", "SUPPLIES", "Role:号商", modality=Modality.NEGATED)
    sketch.edge("Good:172号段电话卡", "HAS_SEGMENT", "NumberSegment:172号段")
    sketch.edge("Good:172号段电话卡", "HAS_PRICE", "Price:9元")
    graph = sketch.graph()
    record = Record.open(tmp_path / "small", "test", create=True)
    with record.lock():
        for document in graph.documents:
            record.add(Extraction(document, (), ()))
        record.commit()
        record.write_graph(graph)
    return tmp_path / "small"


def test_there_is_no_way_from_an_entity_to_itself(run: Any, small: Path) -> None:
    result = run("path", "卡商", "卡商", "-r", small)
    assert result.exit_code == 2
    assert "one entity" in result.stderr or "一个实体" in result.stderr


def test_path_prints_the_stations_and_a_sentence_for_each_hop(run: Any, small: Path) -> None:
    result = run("path", "电信运营商", "诈骗分子", "-r", small)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "电信运营商 → 卡商 → 号商 → 诈骗分子"
    for quote in ("电信运营商与卡商。", "卡商与号商。", "号商与诈骗分子。"):
        assert f"     「{quote}」" in lines


def test_path_as_json_has_every_hop_with_its_evidence(run: Any, small: Path) -> None:
    [chain] = json.loads(run("path", "电信运营商", "诈骗分子", "-r", small, "--json").stdout)
    assert chain["stations"] == ["电信运营商", "卡商", "号商", "诈骗分子"]
    assert [hop["relation"]["evidence"][0]["quote"] for hop in chain["hops"]] == [
        "电信运营商与卡商。",
        "卡商与号商。",
        "号商与诈骗分子。",
    ]


def test_path_prints_several_chains_on_demand(run: Any, small: Path) -> None:
    one = json.loads(run("path", "卡商", "诈骗分子", "-r", small, "--json").stdout)
    every = json.loads(run("path", "卡商", "诈骗分子", "-r", small, "--json", "--all").stdout)
    assert [len(one), len(every)] == [1, 2]


def test_path_against_the_trade_needs_any(run: Any, small: Path) -> None:
    result = run("path", "诈骗分子", "电信运营商", "-r", small)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "--any" in result.stderr
    assert run("path", "诈骗分子", "电信运营商", "-r", small, "--any").exit_code == 0


def test_show_prints_a_card(run: Any, small: Path) -> None:
    result = run("show", "卡商", "-r", small, lang="zh")
    assert result.exit_code == 0
    assert result.stdout.startswith("卡商  (")
    assert "  ← 澜舟鹿公司 [据称，" in result.stdout
    assert "  → 号商" in result.stdout


def test_show_marks_what_a_text_denies(run: Any, small: Path) -> None:
    assert "[negated, " in run("show", "鹿鸣公司", "-r", small).stdout


def test_show_of_a_segment_includes_the_price_of_its_cards(run: Any, small: Path) -> None:
    assert "→ 9元" in run("show", "172号段", "-r", small).stdout


def test_show_finds_by_a_part_of_a_name_that_only_one_entity_has(run: Any, small: Path) -> None:
    assert run("show", "澜舟鹿", "-r", small).stdout.startswith("澜舟鹿公司")


def test_show_lists_candidates_for_an_ambiguous_name(run: Any, small: Path) -> None:
    result = run("show", "公司", "-r", small)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "澜舟鹿公司" in result.stderr
    assert "鹿鸣公司" in result.stderr


def test_show_proposes_names_for_a_misspelt_one(run: Any, small: Path) -> None:
    result = run("show", "电信经营商", "-r", small)
    assert result.exit_code == 1
    assert "电信运营商" in result.stderr


def test_show_as_json_is_one_entity_with_its_relations(run: Any, small: Path) -> None:
    card = json.loads(run("show", "172号段", "-r", small, "--json").stdout)
    assert card["type"] == "NumberSegment"
    assert [relation["type"] for relation in card["relations"]] == ["HAS_SEGMENT"]


def test_find_looks_into_names_and_quotes(run: Any, small: Path) -> None:
    result = run("find", "号商", "-r", small)
    assert result.exit_code == 0
    assert result.stdout.startswith("号商")
    assert "「卡商与号商。」" in result.stdout


def test_find_nothing_is_a_finding_of_none(run: Any, small: Path) -> None:
    result = run("find", "没有这个", "-r", small)
    assert result.exit_code == 1
    assert result.stdout == ""


def test_stats_counts_by_type(run: Any, small: Path) -> None:
    counts = json.loads(run("stats", "-r", small, "--json").stdout)
    assert counts["relations"] == 7
    assert counts["negated"] == 1
    assert counts["relation_types"]["SUPPLIES"] == 5
    assert counts["modality"] == {"asserted": 6, "alleged": 1, "negated": 1}
    text = run("stats", "-r", small, lang="zh").stdout
    assert "实体类型" in text


def test_stats_names_the_modalities_in_the_language_of_the_reader(run: Any, small: Path) -> None:
    lines = run("stats", "-r", small, lang="zh").stdout.splitlines()
    shown = [line.split() for line in lines[lines.index("语气") + 1 :]]
    assert shown == [["陈述", "asserted", "6"], ["据称", "alleged", "1"], ["否定", "negated", "1"]]


def test_rejects_of_a_rule_that_rejected_nothing_says_so_and_where_the_rules_are(
    run: Any, small: Path
) -> None:
    result = run("rejects", "-r", small, "--rule", "nope")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nope" in result.stderr
    assert "kg rejects" in result.stderr
    assert run("rejects", "-r", small).stderr
    assert run("rejects", "-r", small, "--json").stdout == "[]\n"


def test_check_is_content_with_a_sound_record(run: Any, small: Path) -> None:
    result = run("check", "-r", small)
    assert (result.exit_code, result.stdout) == (0, "")


def test_rejects_of_a_record_without_any_is_empty(run: Any, small: Path) -> None:
    result = run("rejects", "-r", small)
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("command", [["stats"], ["check"], ["show", "x"], ["path", "a", "b"]])
def test_a_folder_that_is_no_record_is_a_usage_error(
    run: Any, tmp_path: Path, command: list[str]
) -> None:
    result = run(*command, "-r", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "nowhere" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_environment_names_the_record(run: Any, small: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("KG_RECORD", str(small))
    assert run("stats").exit_code == 0


def test_a_modality_has_one_name_in_counts_pictures_and_pages(
    run: Any, record: Path, tmp_path: Path
) -> None:
    stats = run("stats", "-r", record, lang="zh").stdout.splitlines()
    [name] = [line.split()[0] for line in stats if line.split()[1:2] == ["asserted"]]
    page, kit = tmp_path / "graph.html", tmp_path / "kit"
    run("view", "-r", record, "-o", page)
    run("export", "neo4j-kit", "-o", kit)
    assert f">{name}<" in run("draw", "chain", "-r", record, lang="zh").stdout
    assert f'["asserted","{name}",' in page.read_text("utf-8")
    assert f"asserted {name}" in (kit / "README.md").read_text("utf-8")
