from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate import evaluate
from kg.reliability import reliability


def entity(key: str, kind: str, name: str) -> dict[str, Any]:
    return {"id": key, "type": kind, "name": name, "aliases": []}


def relation(subject: str, kind: str, object_: str, **more: Any) -> dict[str, Any]:
    return {"subject": subject, "type": kind, "object": object_, "modality": "asserted", **more}


ENTITIES = [
    entity("e1", "Role", "卡商"),
    entity("e2", "Role", "号商"),
    entity("e3", "Role", "料商"),
]
GOLD = {
    "entities": ENTITIES,
    "relations": [
        relation("e1", "SUPPLIES", "e2"),
        relation("e1", "COLLUDES_WITH", "e3"),
        relation("e3", "SUPPLIES", "e1", optional=True),
    ],
}


def bins(*found: dict[str, Any]) -> list[tuple[int, int]]:
    pairs = [("a", GOLD, {"entities": ENTITIES, "relations": list(found)})]
    return [(one.relations, one.right) for one in reliability(pairs)]


def test_relations_are_counted_where_their_confidence_puts_them() -> None:
    assert bins(
        relation("e1", "SUPPLIES", "e2", confidence=0.8),
        relation("e2", "SUPPLIES", "e3", confidence=0.79),
        relation("e2", "SUPPLIES", "e1", confidence=1.0),
    ) == [(0, 0), (0, 0), (0, 0), (1, 0), (2, 1)]


def test_a_symmetric_relation_is_right_either_way() -> None:
    assert bins(relation("e3", "COLLUDES_WITH", "e1", confidence=0.1))[0] == (1, 1)


def test_what_is_optional_counts_neither_way() -> None:
    assert bins(relation("e3", "SUPPLIES", "e1", confidence=0.5)) == [(0, 0)] * 5


def test_an_end_that_is_aligned_with_nothing_makes_a_relation_wrong() -> None:
    other = {"entities": [*ENTITIES, entity("x", "Person", "王某")],
             "relations": [relation("x", "SUPPLIES", "e2", confidence=0.9)]}  # fmt: skip
    [*_, last] = reliability([("a", GOLD, other)])
    assert (last.relations, last.right, last.share, last.expected) == (1, 0, 0.0, 0.9)


def test_an_empty_bin_has_no_share() -> None:
    assert [one.share for one in reliability([])] == [None] * 5


triples = st.tuples(
    st.sampled_from(["e1", "e2", "e3"]),
    st.sampled_from(["SUPPLIES", "COLLUDES_WITH", "SELLS"]),
    st.sampled_from(["e1", "e2", "e3"]),
    st.integers(0, 100),
)


@given(st.lists(triples, max_size=8, unique_by=lambda one: (frozenset(one[::2][:2]), one[1])))
def test_all_bins_together_have_the_precision_of_the_typed_measure(
    drawn: list[tuple[str, str, str, int]],
) -> None:
    found = {
        "entities": ENTITIES,
        "relations": [relation(s, t, o, confidence=c / 100) for s, t, o, c in drawn],
    }
    pairs = [("a", GOLD, found)]
    score = evaluate(pairs).measures["relation typed"]
    counted = reliability(pairs)
    assert sum(one.right for one in counted) == score.right
    assert sum(one.relations for one in counted) == score.right + score.surplus
