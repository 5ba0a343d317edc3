from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.schema import load_schema


def test_schema_lists_every_type(run: Any) -> None:
    printed = run("schema").stdout
    schema = load_schema()
    assert all(name in printed for name in (*schema.nodes, *schema.edges))


@pytest.mark.parametrize("name", ["SUPPLIES", "供应", "supplies"])
def test_schema_explains_a_type_by_its_name_or_label(run: Any, name: str) -> None:
    printed = run("schema", name).stdout
    assert printed.startswith("SUPPLIES  供应 / supplies")
    assert load_schema().edges["SUPPLIES"].examples[0].text in printed


def test_every_type_can_be_explained_in_both_languages(run: Any) -> None:
    schema = load_schema()
    for name in (*schema.nodes, *schema.edges):
        assert run("schema", name).exit_code == 0
        assert run("schema", name, lang="zh").exit_code == 0
        assert json.loads(run("schema", name, "--json").stdout)["examples"]


def test_an_unknown_type_is_a_usage_error(run: Any) -> None:
    result = run("schema", "NONSENSE")
    assert result.exit_code == 2
    assert "kg schema" in result.stderr


def gold(folder: Path, name: str, text: str) -> Path:
    (folder / "gold").mkdir(exist_ok=True)
    (folder / "articles").mkdir(exist_ok=True)
    (folder / "articles" / f"{name}.txt").write_text(text, "utf-8")
    annotation = {
        "entities": [
            {"id": "e1", "type": "Role", "name": "卡商"},
            {"id": "e2", "type": "Role", "name": "号商"},
        ],
        "relations": [
            {
                "subject": "e1",
                "type": "SUPPLIES",
                "object": "e2",
                "modality": "asserted",
                "evidence": text,
            }
        ],
    }
    (folder / "gold" / f"{name}.json").write_text(json.dumps(annotation), "utf-8")
    return folder


def test_eval_scores_a_folder_of_annotated_articles(run: Any, tmp_path: Path) -> None:
    folder = gold(tmp_path, "g1", "卡商把电话卡卖给号商。")
    result = run("eval", folder)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 articles")
    assert "article mean: relation typed" in result.stdout
    figures = json.loads(run("eval", folder, "--json").stdout)
    assert figures["measures"]["relation typed"]["recall"] == 1.0


def test_eval_lists_the_errors_of_an_article(run: Any, tmp_path: Path) -> None:
    folder = gold(tmp_path, "g1", "今天天气很好。")
    printed = run("eval", folder, "--errors", "--per-type").stdout
    assert "卡商 SUPPLIES 号商" in printed
    assert "今天天气很好。" in printed
    assert run("eval", folder, "--only", "g2").exit_code == 2


def test_eval_of_a_folder_without_gold_is_a_usage_error(run: Any, tmp_path: Path) -> None:
    assert run("eval", tmp_path).exit_code == 2


def test_rejects_are_counted_by_rule(run: Any, record: Path) -> None:
    items = json.loads(run("rejects", "-r", record, "--json").stdout)
    printed = run("rejects", "-r", record).stdout
    assert {item["rule"] for item in items} == {line.split()[1] for line in printed.splitlines()}
