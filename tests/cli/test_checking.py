from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.model import Modality
from kg.schema import load_schema


def test_schema_lists_every_type(run: Any) -> None:
    printed = run("schema").stdout
    schema = load_schema()
    assert all(name in printed for name in (*schema.nodes, *schema.edges))


def test_schema_prints_both_types_of_a_label_for_programs_too(run: Any) -> None:
    both = json.loads(run("schema", "价格", "--json").stdout)
    assert [one["group"] for one in both] == [
        load_schema().nodes["Price"].group,
        load_schema().edges["HAS_PRICE"].group,
    ]


@pytest.mark.parametrize("name", ["SUPPLIES", "供应", "supplies"])
def test_schema_explains_a_type_by_its_name_or_label(run: Any, name: str) -> None:
    printed = run("schema", name).stdout
    assert printed.startswith("SUPPLIES  供应 / supplies")
    assert load_schema().edges["SUPPLIES"].examples[0].text in printed


def test_an_example_of_what_is_denied_or_demanded_is_explained_as_such(run: Any) -> None:
    shown = run("schema", "SUPPLIES").stdout.splitlines()
    for example in load_schema().edges["SUPPLIES"].examples:
        [line] = [one for one in shown if one.strip().startswith(example.text)]
        assert ("[negated]" in line) == (example.modality is Modality.NEGATED)
        assert ("[prescriptive]" in line) == (example.modality is Modality.PRESCRIPTIVE)
    assert any("[否定]" in one for one in run("schema", "SUPPLIES", lang="zh").stdout.splitlines())


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


def test_rejects_are_counted_by_rule(run: Any, record: Path) -> None:
    items = json.loads(run("rejects", "-r", record, "--json").stdout)
    printed = run("rejects", "-r", record).stdout
    assert {item["rule"] for item in items} == {line.split()[1] for line in printed.splitlines()}


def test_a_reason_is_one_row_of_a_rule_however_likely_each_claim_was(
    run: Any, record: Path
) -> None:
    items = json.loads(run("rejects", "-r", record, "--json").stdout)
    unlikely = [item for item in items if item["reason"].startswith("unlikely (0.")]
    assert len({item["reason"] for item in unlikely}) > 1
    rows = [line.split(maxsplit=2) for line in run("rejects", "-r", record).stdout.splitlines()]
    counts = {rule: int(count) for count, rule, reason in rows if reason == "unlikely"}
    assert counts == Counter(item["rule"] for item in unlikely)
    rule = unlikely[0]["rule"]
    assert unlikely[0]["reason"] in run("rejects", "-r", record, "--rule", rule).stdout
