"""What must hold of a graph for all input."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Extraction, Graph, Modality
from kg.resolve import Decision, Verdict
from kg.resolve import resolve as resolve_with

from ..strategies import SCHEMA, Fact, Named, article, collections


def resolve(extractions: Iterable[Extraction], decisions: Sequence[Decision] = ()) -> Graph:
    return resolve_with(extractions, decisions, SCHEMA)


@settings(max_examples=60)
@given(collections, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_the_input_matters(
    extractions: list[Extraction], shuffle: random.Random
) -> None:
    again = [*extractions, *extractions[:2]]
    shuffle.shuffle(again)
    assert resolve(again) == resolve(extractions)


@settings(max_examples=60)
@given(collections)
def test_no_edge_without_evidence_and_no_node_without_mention(
    extractions: list[Extraction],
) -> None:
    graph = resolve(extractions)
    texts = {document.id: document.text for document in graph.documents}
    ends = set()
    for item in (*graph.relations, *graph.negated):
        assert item.evidence
        ends |= {item.subject, item.object}
        assert item.subject != item.object
        for evidence in item.evidence:
            assert texts[evidence.document][evidence.start : evidence.end] == evidence.quote
    assert ends <= {entity.id for entity in graph.entities}
    for entity in graph.entities:
        assert entity.places
        for place in entity.places:
            assert texts[place.document][place.start : place.end] == place.text


@settings(max_examples=60)
@given(collections)
def test_a_scoped_name_stays_in_its_document(extractions: list[Extraction]) -> None:
    scoped = {
        (item.document.id, mention.start)
        for item in extractions
        for mention in item.mentions
        if mention.scoped
    }
    for entity in resolve(extractions).entities:
        documents = {place.document for place in entity.places}
        if any((place.document, place.start) in scoped for place in entity.places):
            assert len(documents) == 1


@settings(max_examples=60)
@given(collections)
def test_the_ends_of_relations_have_types_that_the_schema_allows_where_the_claims_have(
    extractions: list[Extraction],
) -> None:
    def fits(item: Extraction) -> bool:
        types = [mention.type for mention in item.mentions]
        return all(
            types[claim.subject] in SCHEMA.edges[claim.type].source
            and types[claim.object] in SCHEMA.edges[claim.type].target
            for claim in item.claims
        )

    graph = resolve(item for item in extractions if fits(item))
    types = {entity.id: entity.type for entity in graph.entities}
    for item in (*graph.relations, *graph.negated):
        edge = SCHEMA.edges[item.type]
        assert types[item.subject] in edge.source
        assert types[item.object] in edge.target


@settings(max_examples=60)
@given(collections)
def test_ids_are_unique_and_everything_is_sorted_by_them(extractions: list[Extraction]) -> None:
    graph = resolve(extractions)
    for items in (graph.documents, graph.entities, graph.relations, graph.negated):
        ids = [item.id for item in items]
        assert ids == sorted(set(ids))
    assert all(item.modality is Modality.NEGATED for item in graph.negated)
    assert all(item.modality is not Modality.NEGATED for item in graph.relations)


@settings(max_examples=60)
@given(collections, st.data())
def test_ids_hold_while_documents_with_other_names_come_and_go(
    extractions: list[Extraction], data: st.DataObject
) -> None:
    stranger = article(Fact(Named("Role", "料商"), "SELLS", Named("Good", "四件套")))
    before = resolve(extractions)
    after = resolve([*extractions, stranger])
    assert {e.id for e in before.entities} <= {e.id for e in after.entities}


@settings(max_examples=60)
@given(
    collections,
    st.lists(
        st.builds(
            Decision,
            st.sampled_from(Verdict),
            st.lists(
                st.sampled_from(
                    ["王某", "亚飞达公司", "Role:卡商", "接码平台", "五华分局", "刑法"]
                ),
                max_size=3,
            ).map(tuple),
        ),
        max_size=4,
    ),
    st.randoms(use_true_random=False),
)
def test_decisions_keep_the_result_independent_of_order(
    extractions: list[Extraction], decisions: list[Decision], shuffle: random.Random
) -> None:
    again = list(extractions)
    shuffle.shuffle(again)
    graph = resolve(extractions, decisions)
    assert resolve(again, decisions) == graph
    ids = [entity.id for entity in graph.entities]
    assert ids == sorted(set(ids))
