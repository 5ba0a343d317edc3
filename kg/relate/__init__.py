"""Mentions -> Claims: what a text says about the things it names.

`frames` and `templates` propose (`candidates`), over clauses (`clauses`, `slots`), lists
(`coordination`) and pronouns (`coreference`); `ranker` says which proposals to believe,
`alike` holds lists together, `cut` says how many of them to keep, `rivals` which of them outweigh
others; `modality`, `weighing`, `sources` and `qualifiers` say how the text puts them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, product

import numpy as np

from kg.model import (
    Attrs,
    Claim,
    Document,
    Extraction,
    Mention,
    Modality,
    Reject,
    Way,
    mention_rule,
)
from kg.relate import cut
from kg.relate.alike import levelled
from kg.relate.candidates import SURE, Candidate, candidates
from kg.relate.coreference import anaphors
from kg.relate.crossing import is_crossed
from kg.relate.guards import objection, telling
from kg.relate.modality import Stance
from kg.relate.pairs import Pair, Sight, Surveyed, nearby
from kg.relate.qualifiers import Qualifiers
from kg.relate.ranker import Ranker, shipped
from kg.relate.rivals import Place, outweighed, place_of
from kg.relate.sentencing import Sentencing
from kg.relate.sights import Survey
from kg.relate.sources import Voices
from kg.relate.topic import UNLIKELY, is_off_topic
from kg.relate.weighing import Told, Weighing
from kg.schema import Schema
from kg.text import Word
from kg.values import find_penalties

__all__ = ["Surveyed", "relate", "survey"]

_UNRANKED = 0.5
"""Confidence of what a rule proposes where no ranker has been trained."""


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
    surveyed = survey(document, words, mentions, schema, voices)
    claims: dict[Place, Claim] = {}
    made_of: dict[Place, tuple[Candidate, float]] = {}
    rejects: list[Reject] = []
    for one, probability, belief, why in _judged(surveyed, document, ranker, schema):
        if not why and not stance.speaks(one.parsed.sentence, one.start, one.end):
            why = "question or irony"
        if why:
            rejects.append(Reject(one.start, one.end, one.rules[0], why))
            continue
        for claim in _claims(one, probability, surveyed, mentions, document.text):
            place = place_of(claim)
            old = claims.get(place)
            if old is None or old.confidence < claim.confidence:
                claims[place], made_of[place] = claim, (one, belief)
    known = frozenset(ranker.edges if ranker else ())
    for claim, why in outweighed([c for c in claims.values() if c.type in known], mentions):
        del claims[place_of(claim)]
        rejects.append(Reject(claim.start, claim.end, claim.rule, why))
    told = [(claim, *made_of[place]) for place, claim in claims.items()]
    modalities = Weighing(words, stance).modalities([
        Told(
            one.parsed.sentence, one.start, one.end, mentions[claim.subject],
            schema.edges[claim.type], mentions[claim.object], one.fixed,
        )
        for claim, one, _ in told
    ])  # fmt: skip
    qualifiers = Qualifiers(document, mentions, schema)
    finished = [
        Claim(
            claim.subject, claim.type, claim.object, claim.start, claim.end, modality,
            voices.at(one.end - 1),
            _unless_charged(
                _attrs(claim, one, surveyed.every, mentions, qualifiers, schema), claim, modality
            ),
            claim.rule, round(belief, 2),
        )
        for (claim, one, belief), modality in zip(told, modalities, strict=True)
    ]  # fmt: skip
    finished.sort(key=_order)
    return Extraction(document, tuple(mentions), tuple(finished), tuple(links), tuple(rejects))


def _order(claim: Claim) -> tuple[int, int, str, int]:
    return claim.start, claim.subject, claim.type, claim.object


def _judged(
    surveyed: Surveyed, document: Document, ranker: Ranker | None, schema: Schema
) -> Iterator[tuple[Candidate, float, float, str]]:
    """Every candidate that a rule proposes or the ranker believes, its probability, how likely that
    makes it right, and why it must not become a claim (empty where it may)."""
    told = telling(schema)
    off_topic = is_off_topic(document, schema)
    lowest = UNLIKELY if off_topic else 0.0
    least = max(ranker.threshold, lowest) if ranker else lowest
    least_ruled = max(ranker.threshold_ruled, lowest) if ranker else lowest
    judged: list[tuple[Candidate, float, float, str]] = []
    facts: dict[tuple[str, str, str], float] = {}  # the highest belief in each
    for sight, pair, chances in _ranked(surveyed, ranker, least):
        proposed = {one.type: one for one in pair.candidates}
        for edge, probability in chances.items():
            one = proposed.get(edge) or nearby(pair, edge, sight.parsed, surveyed.every)
            if edge not in proposed and one.steps and not schema.edges[edge].across:
                continue  # another edge reaches from these types to those, this one does not
            own = cut.belief(probability, ruled=edge in proposed)
            if one.sure and not off_topic:
                probability, own = max(probability, SURE), max(own, cut.BUILT)
            floor = least_ruled if edge in proposed else least
            why = "" if probability >= floor else _unlikely(probability)
            why = why or objection(document.text, one, surveyed.every, told)
            ends = one.subject, one.object
            if not why and is_crossed(document.text, ends, surveyed.every, sight.lists):
                why = "the other's, of two lists"
            judged.append((one, probability, own, why))
            if not why:
                fact = surveyed.every[one.subject].name, edge, surveyed.every[one.object].name
                facts[fact] = max(own, facts.get(fact, 0.0))
    enough = max(cut.least(facts.values()), cut.FLOOR)
    judgments = Sentencing(
        document.text, [sight.parsed for sight in surveyed.sights], surveyed.every, schema
    )
    for one, probability, own, why in judged:
        why = why or ("" if own >= enough else _unlikely(probability))
        shown = judgments.shown(one) if one.type == "SENTENCED_BY" and not why else one
        yield shown or one, probability, own, why or ("" if shown else "no judgment is told")


def _unlikely(probability: float) -> str:
    return f"unlikely ({probability:.2f})"


def _ranked(
    surveyed: Surveyed, ranker: Ranker | None, least: float
) -> Iterator[tuple[Sight, Pair, Mapping[str, float]]]:
    """The pairs that anything speaks for, with the probabilities of the edges that rules propose
    or that are at least as likely as `least`."""
    if ranker is None:
        for sight in surveyed.sights:
            for at, candidates in sorted(sight.proposed.items()):
                yield sight, surveyed.pair(sight, at), {one.type: _UNRANKED for one in candidates}
        return
    if not surveyed.sights:
        return
    place = {edge: at for at, edge in enumerate(ranker.edges)}
    chances = levelled(np.concatenate(ranker.chances(surveyed)), surveyed, ranker.edges)
    edges = {row: {one.type for one in some} for row, some in surveyed.proposed.items()}
    believed = (chances >= least) & surveyed.joints.may(ranker.edges, surveyed.every, surveyed.ends)
    for row, number in np.argwhere(believed).tolist():
        edges.setdefault(row, set()).add(ranker.edges[number])
    starts = [0, *accumulate(len(sight.ends) for sight in surveyed.sights)]
    for row, names in sorted(edges.items()):
        number = bisect_right(starts, row) - 1
        sight = surveyed.sights[number]
        # An edge type that the user added is one that the network has never seen.
        yield sight, surveyed.pair(sight, row - starts[number]), {
            edge: float(chances[row, place[edge]]) if edge in place else _UNRANKED
            for edge in sorted(names)
        }  # fmt: skip


def survey(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention], schema: Schema,
    voices: Voices,
) -> Surveyed:  # fmt: skip
    """All that might be related, and what the rules propose."""
    every, origin = _with_anaphors(document, words, mentions, schema)
    view = Survey(document, every, schema)
    for reading in candidates(document, words, every, schema, voices):
        view.add(reading)
    return view.surveyed(origin)


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
            mention_rule(first.type, Way.ANAPHOR), first.scoped, confidence=first.confidence,
        )  # fmt: skip
        rows.append((stand_in, tuple(members)))
    rows.sort(key=lambda row: (row[0].start, -row[0].end, row[0].type))
    return [row[0] for row in rows], {at: row[1] for at, row in enumerate(rows)}


def _claims(
    one: Candidate, probability: float, surveyed: Surveyed, mentions: Sequence[Mention], text: str
) -> Iterator[Claim]:
    """A claim for each two mentions that the ends of the candidate stand for, without what the text
    says of it besides."""
    start, end = _evidence(text, one, surveyed.every)
    for subject, target in product(surveyed.origin[one.subject], surveyed.origin[one.object]):
        if mentions[subject].name != mentions[target].name:
            yield Claim(
                subject, one.type, target, start, end, rule=one.rules[0], confidence=probability
            )


def _attrs(
    claim: Claim, one: Candidate, every: Sequence[Mention], mentions: Sequence[Mention],
    qualifiers: Qualifiers, schema: Schema,
) -> Attrs:  # fmt: skip
    """The properties of the claim that `one` made: when, where, of what, for how much."""
    edge = schema.edges[one.type]
    fillers = {
        name: [
            every[at] for at in filled
            if at not in (one.subject, one.object)
            and (one.sources[name] != "patient" or schema.nodes[every[at].type].group in _TRADED)
        ]
        for name, filled in one.fillers.items()
    }  # fmt: skip
    found = qualifiers.attrs(
        edge, one.parsed.sentence, one.clause, one.verb, mentions[claim.subject],
        mentions[claim.object], one.sources, fillers,
    )  # fmt: skip
    # A group of a template may hold the stand-in of a mention, which is not printable, and what
    # follows a penalty, or one that is somebody else's.
    printed = {
        k: v for k, v in one.extra.items()
        if k in edge.properties and v.isprintable()
        and not (k == "penalty" and (k in found or find_penalties(v)))
    }  # fmt: skip
    return {**found, **qualifiers.read(edge, printed)}


def _unless_charged(attrs: Attrs, claim: Claim, modality: Modality) -> Attrs:
    """The properties without a penalty for what somebody is only charged with: 以诈骗罪起诉洪某，
    法院以洗钱罪判处其有期徒刑二年."""
    if claim.type != "CONVICTED_OF" or modality not in {Modality.ALLEGED, Modality.NEGATED}:
        return attrs
    return {name: value for name, value in attrs.items() if name != "penalty"}


_TRADED = frozenset({"thing", "act"})
"""Groups of types that change hands: 料商 in 卖给料商姚某 is no good of the deal with 姚某."""
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
