"""Mentions -> Claims: what a text says about the things it names.

`frames` and `templates` propose (`candidates`), over clauses (`clauses`, `slots`), lists
(`coordination`) and pronouns (`coreference`); `ranker` says which proposals to believe;
`modality`, `sources` and `qualifiers` say how the text puts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kg.model import Claim, Document, Extraction, Mention, Reject
from kg.relate.candidates import Candidate, candidates
from kg.relate.coreference import anaphors
from kg.relate.features import features
from kg.relate.guards import objection
from kg.relate.modality import Stance
from kg.relate.qualifiers import Qualifiers
from kg.relate.ranker import Ranker, shipped
from kg.relate.sources import Voices
from kg.relate.topic import UNLIKELY, is_off_topic
from kg.schema import Schema
from kg.text import Word

__all__ = ["Proposed", "propose", "relate"]

_SURE = 0.9
"""Confidence of a construct: what their measured precision is at least."""


def relate(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention],
    links: Sequence[tuple[int, int]], schema: Schema, ranker: Ranker | None = None,
) -> Extraction:  # fmt: skip
    """The Extraction of a document from its mentions.

    One claim a fact, evidence and modality; a fact that several sentences tell has a claim for
    each. `ranker` is the one that comes with kg unless another is given.
    """
    ranker = ranker or shipped()
    voices = Voices(document, mentions, schema)
    stance = Stance(document, mentions, schema)
    qualifiers = Qualifiers(document, mentions, schema)
    proposed = propose(document, words, mentions, schema, voices, ranker.near)
    off_topic = is_off_topic(document, mentions)
    threshold = max(ranker.threshold, UNLIKELY) if off_topic else ranker.threshold
    claims: dict[tuple[int, str, int, int], Claim] = {}
    rejects: list[Reject] = []
    for one, names in zip(proposed.candidates, proposed.features, strict=True):
        probability = ranker.probability(names)
        if one.sure and not off_topic:
            probability = max(probability, _SURE)
        rule = one.rules[0]
        if probability < threshold:
            rejects.append(Reject(one.start, one.end, rule, f"unlikely ({probability:.2f})"))
        elif why := objection(document.text, one, proposed.every):
            rejects.append(Reject(one.start, one.end, rule, why))
        elif not stance.speaks(one.parsed.sentence, one.start, one.end):
            rejects.append(Reject(one.start, one.end, rule, "question or irony"))
        else:
            for claim in _claims(one, probability, proposed, mentions, document, voices, stance,
                                 qualifiers, schema):  # fmt: skip
                key = (claim.subject, claim.type, claim.object, claim.start)
                old = claims.get(key)
                if old is None or old.confidence < claim.confidence:
                    claims[key] = claim
    for claim in _turned(claims.values(), mentions):
        del claims[claim.subject, claim.type, claim.object, claim.start]
        rejects.append(
            Reject(claim.start, claim.end, claim.rule, "the other way round is likelier")
        )
    ordered = sorted(claims.values(), key=lambda c: (c.start, c.subject, c.type, c.object))
    return Extraction(document, tuple(mentions), tuple(ordered), tuple(links), tuple(rejects))


def _turned(claims: Iterable[Claim], mentions: Sequence[Mention]) -> list[Claim]:
    """Of part and whole, kind and thing, the claims whose opposite the text says more surely."""
    by_ends: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.type in {"PART_OF", "IS_A"}:
            ends = (mentions[claim.subject].name, claim.type, mentions[claim.object].name)
            by_ends.setdefault(ends, []).append(claim)
    weaker: list[Claim] = []
    for (subject, edge, target), several in by_ends.items():
        other = by_ends.get((target, edge, subject), [])
        best = max((c.confidence for c in several), default=0.0)
        if other and (best, subject) < (max(c.confidence for c in other), target):
            weaker += several
    return weaker


@dataclass(frozen=True, slots=True)
class Proposed:
    """Candidates and their features. Their ends are positions in `every` (mentions and
    anaphors); `origin` leads from there to positions in the document's mentions."""

    candidates: list[Candidate]
    features: list[list[str]]
    every: list[Mention]
    origin: Mapping[int, tuple[int, ...]]


def propose(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention], schema: Schema,
    voices: Voices, near: Mapping[str, Sequence[str]],
) -> Proposed:  # fmt: skip
    """Candidates with their features, over mentions and anaphors together."""
    every, origin = _with_anaphors(document, words, mentions, schema)
    found = candidates(document, words, every, schema, voices, near)
    return Proposed(found, features(found, every), every, origin)


def _with_anaphors(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention], schema: Schema
) -> tuple[list[Mention], dict[int, tuple[int, ...]]]:
    antecedents: dict[tuple[int, int], list[int]] = {}
    for anaphor in anaphors(document, words, mentions, schema):
        antecedents.setdefault((anaphor.start, anaphor.end), []).append(anaphor.mention)
    rows: list[tuple[Mention, tuple[int, ...]]] = [(m, (at,)) for at, m in enumerate(mentions)]
    for (start, end), members in antecedents.items():
        first = mentions[members[0]]
        stand_in = Mention(
            start, end, document.text[start:end], first.type, first.name, first.level,
            f"nodes/{first.type}.yaml#anaphor", first.scoped, confidence=first.confidence,
        )  # fmt: skip
        rows.append((stand_in, tuple(members)))
    rows.sort(key=lambda row: (row[0].start, -row[0].end, row[0].type))
    return [row[0] for row in rows], {at: row[1] for at, row in enumerate(rows)}


def _claims(
    one: Candidate, probability: float, proposed: Proposed, mentions: Sequence[Mention],
    document: Document, voices: Voices, stance: Stance, qualifiers: Qualifiers, schema: Schema,
) -> list[Claim]:  # fmt: skip
    every, origin = proposed.every, proposed.origin
    edge, sentence = schema.edges[one.type], one.parsed.sentence
    start, end = _evidence(document.text, one, every)
    found = []
    for subject, target in product(origin[one.subject], origin[one.object]):
        if mentions[subject].name == mentions[target].name:
            continue
        modality = stance.modality(
            sentence, one.start, one.end, mentions[subject], edge, mentions[target], one.fixed
        )
        goods = [every[g] for g in one.goods if g not in (one.subject, one.object)]
        attrs = qualifiers.attrs(
            edge, sentence, one.clause, one.verb, mentions[subject], mentions[target], goods
        )
        # A group of a template may hold the stand-in of a mention, which is not printable.
        printed = {k: v for k, v in one.extra.items() if k in edge.properties and v.isprintable()}
        found.append(
            Claim(
                subject, one.type, target, start, end, modality, voices.at(one.end - 1),
                {**attrs, **printed},
                one.rules[0], probability,
            )
        )  # fmt: skip
    return found


_LONGEST_EVIDENCE = 160


def _evidence(text: str, one: Candidate, every: Sequence[Mention]) -> tuple[int, int]:
    """The sentence; of a very long one, the clauses from the first end to the last."""
    sentence = one.parsed.sentence
    start, end = sentence.start, sentence.end
    if end - start > _LONGEST_EVIDENCE:
        ends = [m for m in (every[one.subject], every[one.object])
                if sentence.start <= m.start and m.end <= sentence.end]  # fmt: skip
        first = min([one.start, *(m.start for m in ends)])
        last = max([one.end, *(m.end for m in ends)])
        cut = max(text.rfind(mark, sentence.start, first) for mark in "，；：")
        start = cut + 1 if cut >= 0 else start
        cuts = [at for mark in "，；。" if (at := text.find(mark, last, sentence.end)) >= 0]
        end = min(cuts, default=end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
