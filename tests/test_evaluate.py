from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.evaluate import Score, articles, evaluate, intervals, load_gold
from kg.workers import DIED


def entity(key: str, kind: str, name: str, *aliases: str) -> dict[str, Any]:
    return {"id": key, "type": kind, "name": name, "aliases": list(aliases)}


def relation(subject: str, kind: str, object_: str, **more: Any) -> dict[str, Any]:
    return {"subject": subject, "type": kind, "object": object_, "modality": "asserted", **more}


GOLD: dict[str, Any] = {
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


@pytest.mark.parametrize("turned", [False, True])
def test_an_entity_is_taken_for_one_and_the_most_alike_is_taken(turned: bool) -> None:
    for other in (entity("x", "Role", "大卡商"), entity("x", "Group", "卡商")):
        several = [other, entity("y", "Role", "卡商")]
        found = {"entities": several[::-1] if turned else several, "relations": []}
        assert scores(found)["entity relaxed"] == (1, 1, 2)
        assert scores(found)["entity strict"] == (1, 1, 2)


def test_an_entity_whose_nearest_is_taken_is_taken_for_the_next() -> None:
    roles = [entity("e1", "Role", "卡商"), entity("e2", "Role", "线上大卡商")]
    gold = {"entities": roles, "relations": [relation("e2", "SUPPLIES", "e1")]}
    found = {
        "entities": [entity("x", "Role", "大卡商"), entity("y", "Role", "卡商")],
        "relations": [relation("x", "SUPPLIES", "y")],
    }
    assert scores(found, gold)["entity relaxed"] == (2, 0, 0)
    assert scores(found, gold)["relation typed"] == (1, 0, 0)


@pytest.mark.parametrize("turned", [False, True])
def test_a_name_means_who_is_called_so_before_who_is_also_called_so(turned: bool) -> None:
    several = [
        entity("e1", "Organization", "江州澜舟鹿通信科技有限公司", "澜舟鹿公司"),
        entity("e2", "Organization", "澜舟鹿公司"),
    ]
    role = entity("r", "Role", "卡商")
    gold = {
        "entities": [role, *(several[::-1] if turned else several)],
        "relations": [relation("e2", "SUPPLIES", "r")],
    }
    found = {
        "entities": [role, entity("x", "Organization", "澜舟鹿公司")],
        "relations": [relation("x", "SUPPLIES", "r")],
    }
    assert scores(found, gold)["relation strict"] == (1, 0, 0)


@pytest.mark.parametrize("name", ["卡", "倒卖实名手机卡的卡商"])
def test_a_name_of_which_the_other_is_less_than_half_is_another(name: str) -> None:
    found = {"entities": [entity("x", "Role", name)], "relations": []}
    assert scores(found)["entity relaxed"] == (0, 1, 3)


def test_a_relation_is_strict_only_where_both_of_its_ends_are() -> None:
    entities = [entity("x", "Role", "大卡商"), *GOLD["entities"][1:]]
    for gold, one, other in (("e1", "x", "e2"), ("e3", "e3", "x")):
        right = GOLD["relations"][0 if gold == "e1" else 1]
        found = {"entities": entities, "relations": [{**right, "subject": one, "object": other}]}
        assert scores(found)["relation typed"] == (1, 0, 1)
        assert scores(found)["relation strict"] == (0, 1, 2)


def test_a_relation_of_another_family_does_not_count() -> None:
    found = {"entities": GOLD["entities"], "relations": [relation("e1", "USES", "e2")]}
    assert scores(found)["relation family"] == (0, 1, 2)


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


EXTRACTED = {
    "entities": GOLD["entities"],
    "relations": [
        relation(
            "e1", "SUPPLIES", "e2", source="据江州警方消息",
            evidence=[{"start": 0, "end": 8, "text": "一名卡商卖给号商"}],
        )
    ],
}  # fmt: skip


def shares(found: dict[str, Any], gold: dict[str, Any]) -> dict[str, tuple[int, int]]:
    result = evaluate([("a", gold, found)])
    return {name: (share.right, share.of) for name, share in result.accuracies.items()}


def annotated(**more: Any) -> dict[str, Any]:
    return {"entities": GOLD["entities"], "relations": [relation("e1", "SUPPLIES", "e2", **more)]}


def test_accuracies_are_judged_of_relations_that_are_found() -> None:
    nothing: dict[str, Any] = {"entities": [], "relations": []}
    assert set(shares(nothing, GOLD).values()) == {(0, 0)}
    assert evaluate([("a", GOLD, nothing)]).modality is None


@pytest.mark.parametrize(
    ("source", "right", "named"),
    [("江州警方", 1, (1, 1)), ("记者；警方", 1, (1, 1)), ("老李", 0, (0, 1)), ("", 0, (0, 0))],
)
def test_a_source_is_right_where_one_names_what_the_other_does(
    source: str, right: int, named: tuple[int, int]
) -> None:
    found = shares(EXTRACTED, annotated(attrs={"source": source}))
    assert found["source"] == (right, 1)
    assert found["named source"] == named


def test_without_a_source_on_either_side_both_mean_the_article() -> None:
    assert shares(GOLD, GOLD)["source"] == (2, 2)
    assert shares(GOLD, GOLD)["named source"] == (0, 0)


@pytest.mark.parametrize(
    ("evidence", "right"),
    [("卡商卖给号商", 1), ("“卡商 卖给号商”，今年", 1), ("今年的号商很多", 0)],
)
def test_evidence_is_right_where_the_quotes_overlap(evidence: str, right: int) -> None:
    assert shares(EXTRACTED, annotated(evidence=evidence))["evidence"] == (right, 1)


def test_evidence_is_not_judged_where_the_gold_has_none() -> None:
    assert shares(EXTRACTED, annotated())["evidence"] == (0, 0)


@pytest.mark.parametrize(
    ("triple", "false", "missed"),
    [
        (("e2", "SUPPLIES", "e1"), "direction", "direction"),
        (("e1", "SELLS", "e2"), "type", "type"),
        (("e1", "SUPPLIES", "e3"), "relation", "relation"),
        (("e1", "SUPPLIES", "x"), "object", "relation"),
        (("x", "SUPPLIES", "e1"), "subject", "relation"),
        (("x", "SUPPLIES", "x"), "both ends", "relation"),
    ],
)
def test_a_difference_says_what_keeps_it_from_being_right(
    triple: tuple[str, str, str], false: str, missed: str
) -> None:
    entities = [*GOLD["entities"], entity("x", "Law", "网络安全法")]
    found = {"entities": entities, "relations": [relation(*triple)]}
    [article] = evaluate([("a", annotated(), found)]).articles
    surplus, miss = article.differences
    assert (surplus.cause, miss.cause) == (false, missed)
    instead = ("SUPPLIES", "SELLS") if false == "type" else ("", "")
    assert (surplus.instead, miss.instead) == instead


def test_a_miss_says_which_end_was_not_found() -> None:
    for left, cause in ((["e2"], "subject"), (["e1"], "object"), ([], "both ends")):
        entities = [one for one in GOLD["entities"] if one["id"] in left]
        found = {"entities": entities, "relations": []}
        [article] = evaluate([("a", annotated(), found)]).articles
        assert [one.cause for one in article.differences] == [cause]


def test_intervals_hold_the_figures_and_are_the_same_every_time() -> None:
    empty: dict[str, Any] = {"entities": [], "relations": []}
    pairs = [(str(n), GOLD, GOLD if n % 3 else empty) for n in range(12)]
    result = evaluate(pairs)
    bounds = intervals(result)
    assert bounds == intervals(evaluate(pairs))
    for name, score in result.measures.items():
        assert bounds.measures[name]["f1"].low < score.f1 < bounds.measures[name]["f1"].high
    mean = bounds.means["relation typed"]["recall"]
    assert mean.low < result.mean("relation typed")["recall"] < mean.high
    assert bounds.relation_types["SUPPLIES"]["precision"] == (1.0, 1.0)
    assert bounds.accuracies["modality"] == (1.0, 1.0)


def test_intervals_hold_each_ratio_where_some_is_right_some_surplus_and_some_missed() -> None:
    surplus = relation("e2", "SUPPLIES", "e3")
    kinds = [
        GOLD["relations"],
        [*GOLD["relations"], surplus],
        [{**GOLD["relations"][0], "modality": "negated"}],
    ]
    pairs = [
        (str(n), GOLD, {"entities": GOLD["entities"], "relations": kinds[n % 3]}) for n in range(12)
    ]
    result = evaluate(pairs)
    bounds = intervals(result)
    score = result.measures["relation typed"]
    assert (score.right, score.surplus, score.missed) == (20, 4, 4)
    for name in ("precision", "recall", "f1"):
        low, high = bounds.measures["relation typed"][name]
        assert low < getattr(score, name) < high
    low, high = bounds.accuracies["modality"]
    assert low < 0.8 < high


@given(st.lists(st.booleans(), min_size=1, max_size=6))
def test_intervals_stay_between_nought_and_one_and_in_order(found: list[bool]) -> None:
    empty: dict[str, Any] = {"entities": [], "relations": []}
    bounds = intervals(
        evaluate([(str(n), GOLD, GOLD if one else empty) for n, one in enumerate(found)])
    )
    ratios = [one for by in (bounds.measures, bounds.relation_types) for one in by.values()]
    for low, high in [one for ratio in ratios for one in ratio.values()]:
        assert 0 <= low <= high <= 1


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_ratios_stay_between_nought_and_one(right: int, surplus: int, missed: int) -> None:
    score = Score(right, surplus, missed)
    # the last digit of a float may differ where both ratios are equal
    assert 0 <= score.f1 <= max(score.precision, score.recall) + 1e-12 <= 1 + 1e-12


def test_the_ratios_of_a_score_are_rounded_to_four_places() -> None:
    assert Score(1, 2, 3).plain() == {
        "precision": 0.3333, "recall": 0.25, "f1": 0.2857, "right": 1, "surplus": 2, "missed": 3,
    }  # fmt: skip


def test_a_folder_without_annotations_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gold folder"):
        load_gold(tmp_path)


def test_an_annotation_without_its_article_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "x1.json").write_text(json.dumps(GOLD), "utf-8")
    with pytest.raises(UsageError, match="no article"):
        load_gold(tmp_path)


def test_an_id_may_have_dots_as_a_date_has(tmp_path: Path) -> None:
    for folder in ("gold", "articles"):
        (tmp_path / folder).mkdir()
    names = {"2021.04.26": "2021.04.26.html.md", "2021.04.27": "2021.04.27.md", "2021": "2021.txt"}
    for name, file in names.items():
        (tmp_path / "gold" / f"{name}.json").write_text(json.dumps(GOLD), "utf-8")
        (tmp_path / "articles" / file).write_text("文", "utf-8")
    found = {name: path.name for name, (_, path) in load_gold(tmp_path).items()}
    assert found == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        ('{"entities": []}', "relations is missing"),
        ('{"entities": [3], "relations": []}', "entities 1: no object"),
        ('{"entities": [{"id": "a", "type": "Role"}], "relations": []}', "name is missing"),
        (json.dumps({"entities": [*GOLD["entities"]] * 2, "relations": []}), "e1 is there twice"),
        (json.dumps({**GOLD, "relations": [relation("e1", "USES", "e9")]}), "object e9 is no id"),
        (json.dumps({**GOLD, "relations": [relation("e1", "USES", "e2", modality="sure")]}),
         "modality is none of asserted"),
        (json.dumps({**GOLD, "relations": [relation("e1", "USES", "e2", modality=["asserted"])]}),
         "relations 1: modality is no text"),
        (json.dumps({**GOLD, "relations": [relation("e1", "USES", "e2", evidence=["quote"])]}),
         "relations 1: evidence is no text, nor a list of quotes"),
        (json.dumps({**GOLD, "relations": [relation("e1", "USES", "e2", source=["police"])]}),
         "relations 1: source is no text"),
        (json.dumps({**GOLD, "relations": [relation("e1", "USES", "e2", attrs="cheap")]}),
         "relations 1: attrs is no object"),
        (json.dumps({**GOLD, "relations": [relation("e1", "USES", "e2", optional="no")]}),
         "relations 1: optional is no true or false"),
        (json.dumps({"entities": [{**entity("e1", "Role", "seller"), "aliases": "dealer"}],
                     "relations": []}), "entities 1: aliases is no list of texts"),
        (json.dumps({"entities": [{**entity("e1", "Role", "seller"), "aliases": [None]}],
                     "relations": []}), "entities 1: aliases is no list of texts"),
        ("[" * 100_000, "not JSON"),
    ],
)  # fmt: skip
def test_a_broken_annotation_is_a_usage_error_that_says_where(
    text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "x1.txt").write_text("文", "utf-8")
    (tmp_path / "gold" / "x1.json").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=f"x1.json: .*{said}"):
        load_gold(tmp_path)


def _on_interrupt(file: Path) -> object:
    return signal.getsignal(signal.SIGINT)


def test_processes_that_extract_articles_leave_an_interrupt_to_the_one_that_started_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(articles, "extracted", _on_interrupt)
    found: list[object] = list(articles.extract_all([Path("g1.txt")], jobs=2))
    assert found == [signal.SIG_IGN]


def _dies_of_poison(file: Path) -> articles.Extracted:
    if file.stem == "poison":
        os.kill(os.getpid(), signal.SIGKILL)
    return articles.Extracted(None, {"file": file.stem})


@pytest.mark.skipif(sys.platform == "win32", reason="signals as in POSIX")
def test_an_article_that_kills_its_process_is_a_problem_of_its_own_and_stops_no_scoring(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(articles, "extracted", _dies_of_poison)
    files = [Path(f"{name}.txt") for name in ("a", "b", "poison", "c", "d")]
    found = [*articles.extract_all(files, jobs=2)]
    assert [one.plain.get("file") for one in found] == ["a", "b", None, "c", "d"]
    assert [one.problem for one in found] == ["", "", DIED, "", ""]


def test_a_long_annotation_is_read_in_time_that_grows_with_its_length(tmp_path: Path) -> None:
    count = 20_000
    plain = {
        "entities": [entity(f"e{number}", "Role", "卡商") for number in range(count)],
        "relations": [relation(f"e{number}", "SUPPLIES", "e0") for number in range(count)],
    }
    (tmp_path / "gold").mkdir()
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "x1.txt").write_text("文", "utf-8")
    (tmp_path / "gold" / "x1.json").write_text(json.dumps(plain), "utf-8")
    start = time.process_time()
    load_gold(tmp_path)
    assert time.process_time() - start < 5
