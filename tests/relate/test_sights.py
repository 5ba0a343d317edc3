"""Which mentions are looked at as pairs."""

from __future__ import annotations

from kg.annotate import annotate
from kg.model import Document, Sentence
from kg.relate import survey
from kg.relate.pairs import Surveyed
from kg.relate.sources import Voices
from kg.schema import load_schema
from kg.text import split_sentences, words

TEXT = (
    "警方在出租屋内查获猫池、电话卡。江州市中级人民法院近日开庭审理此案。"
    "王某向卡商购买电话卡用于电信诈骗。王某被判处有期徒刑三年。"
)


def surveyed(text: str) -> Surveyed:
    schema = load_schema()
    sentences = tuple(Sentence(start, end, 0) for start, end in split_sentences(text))
    document = Document("d", "", "", text, sentences, ())
    cut = words(document.text)
    mentions, _ = annotate(document, cut, schema)
    return survey(document, cut, mentions, schema, Voices(document, mentions, schema))


def test_an_end_outside_the_sentence_is_looked_at_only_where_the_schema_reaches_across() -> None:
    view = surveyed(TEXT)
    edges = load_schema().edges
    seen = set()
    for sight in view.sights:
        for at in range(len(sight.ends)):
            outside = (sight.at[at] < 0).all(axis=1).any()
            pair = view.pair(sight, at)
            if outside and not pair.candidates:
                assert any(edges[name].across for name in pair.edges)
                seen.add((view.every[pair.subject].text, view.every[pair.object].text))
    assert ("王某", "江州市中级人民法院") in seen


def test_two_mentions_of_a_sentence_are_a_pair_both_ways_where_types_allow() -> None:
    view = surveyed("王某伙同赵某购买电话卡。")
    (sight,) = view.sights
    seen = {tuple(view.every[end].text for end in ends.tolist()) for ends in sight.ends}
    assert {("王某", "赵某"), ("赵某", "王某"), ("王某", "电话卡")} <= seen
    kinds = load_schema().edges.values()
    for ends in sight.ends.tolist():
        subject, target = (view.every[end].type for end in ends)
        assert any(subject in edge.source and target in edge.target for edge in kinds)
