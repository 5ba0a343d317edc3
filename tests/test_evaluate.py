from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.evaluate import Score, evaluate, load_gold


def entity(key: str, kind: str, name: str, *aliases: str) -> dict[str, Any]:
    return {"id": key, "type": kind, "name": name, "aliases": list(aliases)}


def relation(subject: str, kind: str, object_: str, **more: Any) -> dict[str, Any]:
    return {"subject": subject, "type": kind, "object": object_, "modality": "asserted", **more}


GOLD = {
    "entities": [
        entity("e1", "Role", "卡商"),
        entity("e2", "Role", "号商"),
        entity("e3", "Organization", "江州澜舟鹿通信科技有限公司", "澜舟鹿公司"),
    ],
    "relations": [
        relation("e1", "SUPPLIES", "e2", evidence="卡商卖给号商"),
        relation("e3", "SUPPLIES", "e1", modality="alleged"),
    ],
}


def scores(found: dict[str, Any], gold: dict[str, Any] = GOLD) -> dict[str, tuple[int, int, int]]:
    result = evaluate([("a", gold, found)])
    return {name: (s.right, s.surplus, s.missed) for name, s in result.measures.items()}


def test_gold_against_itself_is_perfect() -> None:
    result = evaluate([("a", GOLD, GOLD)])
    assert all(score.f1 == 1.0 for score in result.measures.values())
    assert result.modality == 1.0


def test_nothing_found_is_all_missed() -> None:
    assert scores({"entities": [], "relations": []}) == {
        "entity strict": (0, 0, 3),
        "entity relaxed": (0, 0, 3),
        "relation strict": (0, 0, 2),
        "relation typed": (0, 0, 2),
        "relation family": (0, 0, 2),
    }


def test_a_name_that_contains_another_counts_relaxed_but_not_strict() -> None:
    found = {"entities": [entity("x", "Organization", "澜舟鹿")], "relations": []}
    assert scores(found)["entity relaxed"] == (1, 0, 2)
    assert scores(found)["entity strict"] == (0, 1, 3)


def test_a_sister_type_of_the_same_group_counts_relaxed_and_another_group_not_at_all() -> None:
    sister = {"entities": [entity("x", "Group", "卡商")], "relations": []}
    assert scores(sister)["entity relaxed"] == (1, 0, 2)
    other = {"entities": [entity("x", "Good", "卡商")], "relations": []}
    assert scores(other)["entity relaxed"] == (0, 1, 3)


def test_the_opposite_direction_counts_only_as_family() -> None:
    found = {"entities": GOLD["entities"], "relations": [relation("e2", "SUPPLIES", "e1")]}
    assert scores(found)["relation typed"] == (0, 1, 2)
    assert scores(found)["relation family"] == (1, 0, 1)


def test_a_sister_type_counts_only_as_family() -> None:
    found = {"entities": GOLD["entities"], "relations": [relation("e1", "SELLS", "e2")]}
    assert scores(found)["relation typed"] == (0, 1, 2)
    assert scores(found)["relation family"] == (1, 0, 1)


def test_another_modality_counts_typed_but_not_strict() -> None:
    found = {"entities": GOLD["entities"], "relations": [relation("e3", "SUPPLIES", "e1")]}
    assert scores(found)["relation typed"] == (1, 0, 1)
    assert scores(found)["relation strict"] == (0, 1, 2)
    assert evaluate([("a", GOLD, found)]).modality == 0.0


def test_the_same_triple_twice_counts_once() -> None:
    twice = [relation("e1", "SUPPLIES", "e2"), relation("e1", "SUPPLIES", "e2", modality="negated")]
    assert scores({"entities": GOLD["entities"], "relations": twice})["relation typed"] == (1, 0, 1)


def test_optional_gold_counts_neither_way() -> None:
    gold = {
        "entities": GOLD["entities"],
        "relations": [relation("e1", "SUPPLIES", "e2", optional=True)],
    }
    assert scores(gold, gold)["relation typed"] == (0, 0, 0)
    assert scores({"entities": gold["entities"], "relations": []}, gold)["relation typed"] == (
        0,
        0,
        0,
    )


def test_a_symmetric_relation_has_no_direction() -> None:
    gold = {"entities": GOLD["entities"], "relations": [relation("e1", "COLLUDES_WITH", "e2")]}
    found = {"entities": GOLD["entities"], "relations": [relation("e2", "COLLUDES_WITH", "e1")]}
    assert scores(found, gold)["relation strict"] == (1, 0, 0)


def test_differences_name_what_only_one_side_has() -> None:
    found = {"entities": GOLD["entities"], "relations": [relation("e2", "SUPPLIES", "e1")]}
    [article] = evaluate([("a", GOLD, found)]).articles
    said = [(d.surplus, d.subject, d.type, d.object, d.evidence) for d in article.differences]
    assert said == [
        (True, "号商", "SUPPLIES", "卡商", ""),
        (False, "卡商", "SUPPLIES", "号商", "卡商卖给号商"),
        (False, "江州澜舟鹿通信科技有限公司", "SUPPLIES", "卡商", ""),
    ]


def test_the_mean_is_over_articles_and_not_over_items() -> None:
    empty: dict[str, Any] = {"entities": [], "relations": []}
    result = evaluate([("a", GOLD, GOLD), ("b", GOLD, empty)])
    assert result.mean("relation typed")["f1"] == 0.5


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_ratios_stay_between_nought_and_one(right: int, surplus: int, missed: int) -> None:
    score = Score(right, surplus, missed)
    # the last digit of a float may differ where both ratios are equal
    assert 0 <= score.f1 <= max(score.precision, score.recall) + 1e-12 <= 1 + 1e-12


def test_a_folder_without_annotations_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gold folder"):
        load_gold(tmp_path)


def test_an_annotation_without_its_article_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "x1.json").write_text(json.dumps(GOLD), "utf-8")
    with pytest.raises(UsageError, match="no article"):
        load_gold(tmp_path)
