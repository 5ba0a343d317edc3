"""The graph from drafts of entities and the claims of all documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod

from kg.model import (
    Attrs,
    Claim,
    Entity,
    Evidence,
    Extraction,
    Graph,
    Modality,
    Place,
    Relation,
    make_id,
)
from kg.resolve.decision import Decision, Subject, parse_subject, rejected
from kg.resolve.kinds import kinds_of
from kg.resolve.names import fold
from kg.resolve.naming import level_of, stands_in
from kg.resolve.reposts import origins
from kg.resolve.together import Draft, together
from kg.schema import Schema, load_schema
from kg.text import is_paired, strip_quotes

JOINER = "；"
"""Stands between different values of one property."""


def resolve(
    extractions: Iterable[Extraction],
    decisions: Sequence[Decision] = (),
    schema: Schema | None = None,
) -> Graph:
    """The graph that the extractions make together, by the rules and the decisions.

    A pure function of the set of extractions: neither their order nor repetition matters,
    and leaving one out gives the graph that building without it gives. Of two different
    extractions of one document, one is taken (the least path). Entities stand in a relation,
    or have a mention that is `SURE`. `schema` says which types are of one group and which
    relations are symmetric; None is the one that ships with kg.
    """
    schema = schema or load_schema()
    kept = _one_each(extractions)
    kinds = kinds_of(schema)
    out = rejected(decisions)
    drafts = _without_rejected(together(kept, kinds, decisions), out)
    found = _collect(kept, drafts, kinds.symmetric)
    origin = origins({item.document.id: item.document.text for item in kept if item.claims})
    relations = [
        relation for piece in found.values() if (relation := piece.relation(origin)).id not in out
    ]
    relations.sort(key=lambda relation: relation.id)
    used = {end for relation in relations for end in (relation.subject, relation.object)}
    used |= {draft.id for draft in drafts if _is_sure(draft)}
    return Graph(
        documents=tuple(extraction.document for extraction in kept),
        entities=tuple(_entity(draft) for draft in drafts if draft.id in used),
        relations=tuple(item for item in relations if item.modality is not Modality.NEGATED),
        negated=tuple(item for item in relations if item.modality is Modality.NEGATED),
    )


SURE = 0.5
"""Confidence of a mention from which its entity stands without a relation."""


def _is_sure(draft: Draft) -> bool:
    return any(m.confidence >= SURE for naming in draft.namings for m in naming.mentions)


def _one_each(extractions: Iterable[Extraction]) -> list[Extraction]:
    """One extraction a document, sorted by document id."""
    kept: dict[str, Extraction] = {}
    for extraction in extractions:
        other = kept.setdefault(extraction.document.id, extraction)
        if other is not extraction and other != extraction:
            # repr orders what has no order of its own
            pair = [(item.document.path, repr(item), item) for item in (other, extraction)]
            kept[extraction.document.id] = min(pair, key=lambda entry: entry[:2])[2]
    return [kept[document] for document in sorted(kept)]


def _without_rejected(drafts: Sequence[Draft], out: frozenset[str]) -> list[Draft]:
    by_name: dict[str, list[Subject]] = defaultdict(list)
    for subject in map(parse_subject, out):
        by_name[subject.name].append(subject)

    def is_rejected(draft: Draft) -> bool:
        name = fold(draft.name)
        return draft.id in out or any(
            subject.matches(name, draft.type, naming.document)
            for subject in by_name.get(name, ())
            for naming in draft.namings
        )

    return [draft for draft in drafts if not is_rejected(draft)]


@dataclass(slots=True)
class _Piece:
    """A relation under construction."""

    subject: str
    type: str
    object: str
    modality: Modality
    evidence: list[Evidence] = field(default_factory=list)

    def relation(self, origin: Mapping[str, str]) -> Relation:
        items = _surest_first(self.evidence)
        best: dict[str, float] = defaultdict(float)
        for item in items:
            place = origin[item.document]
            best[place] = max(best[place], item.confidence)
        # Independent origins each may be right: the chance that not all of them are wrong.
        wrong = prod(1 - best[place] for place in sorted(best))
        return Relation(
            id=make_id("r", self.subject, self.type, self.object, self.modality),
            subject=self.subject,
            type=self.type,
            object=self.object,
            modality=self.modality,
            sources=tuple(sorted({item.source for item in items if item.source})),
            attrs=unite(item.attrs for item in items),
            evidence=items,
            origins=len(best),
            confidence=round(1 - wrong, 2),
        )


def _surest_first(several: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each sentence once, with all that it says of the relation, the surest in front.

    A sentence that names an end twice (the firm, and 该公司) makes a claim for each.
    """
    sentences: dict[tuple[str, int, int, str], list[Evidence]] = defaultdict(list)
    for item in several:
        sentences[item.document, item.start, item.end, item.source].append(item)
    found = []
    for same in sentences.values():
        same.sort(key=_rank)
        found.append(replace(same[0], attrs=unite(item.attrs for item in same)))
    return tuple(sorted(found, key=_rank))


def _rank(item: Evidence) -> tuple[object, ...]:
    return (
        -item.confidence,
        item.document,
        item.start,
        item.end,
        item.source,
        item.rule,
        tuple(sorted(item.attrs.items())),
    )


def unite(several: Iterable[Attrs]) -> dict[str, str]:
    """All properties, sorted, the different values of each joined by ； in order."""
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for attrs in several:
        for name, value in attrs.items():
            if value:
                values[name][value] = None
    return {name: JOINER.join(values[name]) for name in sorted(values)}


def _collect(
    extractions: Sequence[Extraction], drafts: Sequence[Draft], symmetric: frozenset[str]
) -> dict[tuple[str, str, str, Modality], _Piece]:
    """All evidence by relation. A claim whose two ends are one entity says nothing."""
    entity_of = {
        (naming.document, id(mention)): draft.id
        for draft in drafts
        for naming in draft.namings
        for mention in naming.mentions
    }
    found: dict[tuple[str, str, str, Modality], _Piece] = {}
    for extraction in extractions:
        document = extraction.document
        for claim in extraction.claims:
            subject, object_ = (
                entity_of.get((document.id, id(extraction.mentions[at])))
                for at in (claim.subject, claim.object)
            )
            if subject is None or object_ is None or subject == object_:
                continue
            if claim.type in symmetric:
                subject, object_ = sorted((subject, object_))
            key = (subject, claim.type, object_, claim.modality)
            piece = found.setdefault(key, _Piece(*key))
            piece.evidence.append(_evidence(extraction, claim))
    return found


def _evidence(extraction: Extraction, claim: Claim) -> Evidence:
    document = extraction.document
    return Evidence(
        document=document.id,
        start=claim.start,
        end=claim.end,
        quote=document.text[claim.start : claim.end],
        source=claim.source,
        attrs={name: claim.attrs[name] for name in sorted(claim.attrs)},
        rule=claim.rule,
        confidence=claim.confidence,
    )


def _entity(draft: Draft) -> Entity:
    mentions = [mention for naming in draft.namings for mention in naming.mentions]
    forms = {item.name for item in mentions}
    for item in mentions:
        if not stands_in(item):
            forms |= {strip_quotes(item.text), *([item.text] if is_paired(item.text) else [])}
    return Entity(
        id=draft.id,
        type=draft.type,
        name=draft.name,
        aliases=tuple(sorted(form for form in forms - {draft.name} if form)),
        level=level_of(mentions),
        attrs=unite(mention.attrs for mention in mentions),
        places=tuple(_places(draft)),
    )


def _places(draft: Draft) -> Iterator[Place]:
    spans = {
        (naming.document, mention.start, mention.end, mention.text)
        for naming in draft.namings
        for mention in naming.mentions
    }
    for span in sorted(spans):
        yield Place(*span)
