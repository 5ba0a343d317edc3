"""What the annotators of an article said of each pair of its mentions, for scripts/train.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from articles import Article

from kg.evaluate import align
from kg.model import Extraction, Mention, Modality, Sentence
from kg.pipeline import extraction_json
from kg.relate import survey
from kg.relate.pairs import Pair, Sight, Surveyed
from kg.relate.sources import Voices
from kg.schema import load_schema


def surveyed(article: Article) -> Surveyed:
    """All pairs of the mentions of an article."""
    schema = load_schema()
    voices = Voices(article.document, article.mentions, schema)
    return survey(article.document, article.words, article.mentions, schema, voices)


class Known(NamedTuple):
    """An annotated relation between two ends. `where` is its evidence (start, end), if it has
    one; `optional` one the annotators were not sure of."""

    edge: str
    optional: bool
    where: tuple[int, int] | None
    modality: Modality

    def told(self, sentence: Sentence) -> bool:
        """Whether the sentence may be what says it."""
        return not self.where or (self.where[0] < sentence.end and sentence.start < self.where[1])


@dataclass
class Key:
    """The gold relations of an article by the ends that its mentions stand for."""

    relations: dict[tuple[str, str], list[Known]]
    ends: list[set[str]]

    def known(self, subject: int, target: int) -> Iterator[Known]:
        """What the annotators said of two mentions."""
        for ends in product(self.ends[subject], self.ends[target]):
            yield from self.relations.get(ends, ())

    def right(self, edges: Sequence[str], pair: Pair, sight: Sight) -> list[int]:
        """For each edge 1 if its sentence says that it holds, -1 if another one does or the
        annotators were not sure, else 0; -1 also where the schema rules the edge out."""
        found = [0 if edge in pair.edges else -1 for edge in edges]
        for one in self.known(pair.subject, pair.object):
            at = edges.index(one.edge)
            if found[at] != 1:
                found[at] = 1 if one.told(sight.parsed.sentence) and not one.optional else -1
        return found

    def put(self, pair: Pair, sight: Sight) -> Iterator[tuple[str, Modality]]:
        """The edges of a pair that its sentence tells, and how they are put."""
        for one in self.known(pair.subject, pair.object):
            if one.edge in pair.edges and one.told(sight.parsed.sentence):
                yield one.edge, one.modality


def key_of(
    article: Article, every: Sequence[Mention], origin: Mapping[int, tuple[int, ...]]
) -> Key:
    """The Key for `every` mention and anaphor, which stand for mentions as `origin` says."""
    schema, text = load_schema(), article.document.text
    sure = tuple(replace(mention, confidence=1.0) for mention in article.mentions)
    bare = Extraction(article.document, sure, (), article.links)
    printed = extraction_json(bare)
    partner = align(article.gold, printed, schema)
    place = {(m["start"], m["end"], e["type"]): partner.get(e["id"])
             for e in printed["entities"] for m in e["mentions"]}  # fmt: skip
    relations: dict[tuple[str, str], list[Known]] = {}
    for r in article.gold["relations"]:
        at = text.find(r["evidence"]) if r.get("evidence") else -1
        where = (at, at + len(r["evidence"])) if at >= 0 else None
        ends = [(r["subject"], r["object"])]
        if schema.edges[r["type"]].symmetric:
            ends.append((r["object"], r["subject"]))
        known = Known(r["type"], bool(r.get("optional")), where, Modality(r["modality"]))
        for one in ends:
            relations.setdefault(one, []).append(known)
    ends_of = []
    for index in range(len(every)):
        own = [article.mentions[at] for at in origin[index]]
        found = {place.get((m.start, m.end, m.type)) for m in own}
        ends_of.append({name for name in found if name})
    return Key(relations, ends_of)
