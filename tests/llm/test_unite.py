"""A model beside the default extractor: the union, with the more cautious reading of a fact."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.check import check
from kg.llm.unite import unite
from kg.model import Claim, Extraction, Level, Mention, Modality, Reject
from kg.resolve import resolve
from kg.schema import load_schema

from ..strategies import document_of

SCHEMA = load_schema()
TEXT = "卡商向号商出售电话卡"
DOCUMENT = document_of(TEXT)


def mention(text: str, rule: str, type_: str = "Role") -> Mention:
    start = TEXT.index(text)
    return Mention(start, start + len(text), text, type_, text, Level.TYPE, rule)


def says(rule: str, modality: Modality = Modality.ASSERTED, type_: str = "SUPPLIES") -> Extraction:
    return Extraction(
        DOCUMENT,
        (mention("卡商", rule), mention("号商", rule)),
        (Claim(0, type_, 1, 0, len(TEXT), modality, rule=rule),),
        ((0, 1),),
        (Reject(0, 1, rule, "why"),),
    )


def test_what_both_say_stands_once_as_the_first_says_it() -> None:
    both = unite(says("rule"), says("llm/m"), SCHEMA)
    assert [m.rule for m in both.mentions] == ["rule", "rule"]
    assert [c.rule for c in both.claims] == ["rule"]
    assert both.links == ((0, 1),)
    assert [reject.rule for reject in both.rejects] == ["rule", "llm/m"]


def test_what_only_the_second_says_is_added_and_points_at_the_same_mentions() -> None:
    other = Extraction(
        DOCUMENT,
        (mention("电话卡", "llm/m", "Good"), mention("卡商", "llm/m")),
        (Claim(1, "SELLS", 0, 0, len(TEXT), rule="llm/m"),),
    )
    both = unite(says("rule"), other, SCHEMA)
    assert [m.text for m in both.mentions] == ["卡商", "号商", "电话卡"]
    assert [(c.subject, c.type, c.object, c.rule) for c in both.claims] == [
        (0, "SELLS", 2, "llm/m"),
        (0, "SUPPLIES", 1, "rule"),
    ]


def test_what_one_denies_the_other_does_not_assert() -> None:
    for first, second in (
        (Modality.ASSERTED, Modality.NEGATED),
        (Modality.NEGATED, Modality.ASSERTED),
    ):
        both = unite(says("rule", first), says("llm/m", second), SCHEMA)
        assert [c.modality for c in both.claims] == [Modality.NEGATED]
        assert both.rejects[-1].reason == "negated in the same sentence"
        assert not resolve([both]).relations


def test_a_relation_without_direction_is_one_whichever_way_it_is_told() -> None:
    one = says("rule", type_="COLLUDES_WITH")
    [claim] = one.claims
    turned = replace(one, claims=(replace(claim, subject=1, object=0, rule="llm/m"),))
    assert [c.rule for c in unite(one, turned, SCHEMA).claims] == ["rule"]


def test_what_the_default_extractor_says_alone_is_untouched() -> None:
    one = says("rule")
    [claim] = one.claims
    twice = replace(one, claims=(claim, replace(claim, modality=Modality.NEGATED, end=4)))
    both = unite(twice, Extraction(DOCUMENT, (), ()), SCHEMA)
    assert sorted(c.modality for c in both.claims) == [Modality.ASSERTED, Modality.NEGATED]


_claims = st.builds(
    Claim,
    st.integers(0, 2),
    st.sampled_from(["SUPPLIES", "COLLUDES_WITH"]),
    st.integers(0, 2),
    st.just(0),
    st.integers(5, len(TEXT)),
    st.sampled_from(Modality),
)
_extractions = st.builds(
    lambda rule, order, claims: Extraction(
        DOCUMENT,
        tuple(mention(text, rule, type_) for text, type_ in order),
        tuple(replace(claim, rule=rule) for claim in claims),
    ),
    st.sampled_from(["a", "b"]),
    st.permutations([("卡商", "Role"), ("号商", "Role"), ("电话卡", "Role")]),
    st.lists(_claims, max_size=5),
)


@given(_extractions, _extractions)
@settings(max_examples=200, deadline=None)
def test_a_union_keeps_the_invariants_and_every_fact(one: Extraction, other: Extraction) -> None:
    both = unite(one, other, SCHEMA)
    assert not list(check([both], resolve([both]), SCHEMA))
    assert list(both.mentions) == sorted(both.mentions, key=lambda m: (m.start, -m.end, m.type))

    def facts(extraction: Extraction) -> set[tuple[frozenset[str], str]]:
        names = [m.name for m in extraction.mentions]
        return {(frozenset([names[c.subject], names[c.object]]), c.type) for c in extraction.claims}

    assert facts(both) == facts(one) | facts(other)
    assert unite(both, other, SCHEMA).claims == both.claims
