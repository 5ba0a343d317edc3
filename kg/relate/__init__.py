"""Mentions -> Claims: what a text says about the things it names.

`frames` and `templates` propose (`candidates`), over clauses (`clauses`, `slots`), lists
(`coordination`) and pronouns (`coreference`); `ranker` says which proposals to believe,
`alike` holds lists together, `cut` says how many of them to keep; `modality`, `weighing`,
`sources` and `qualifiers` say how the text puts them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, product

import numpy as np

from kg.model import Attrs, Claim, Document, Extraction, Mention, Modality, Reject
from kg.relate import cut
from kg.relate.alike import levelled
from kg.relate.candidates import Candidate, candidates
from kg.relate.coreference import anaphors
from kg.relate.guards import objection, telling
from kg.relate.modality import Stance
from kg.relate.pairs import GUESSES, Pair, Sight, Surveyed, nearby
from kg.relate.qualifiers import Qualifiers
from kg.relate.ranker import Ranker, shipped
from kg.relate.sentencing import Sentencing
from kg.relate.sights import Survey
from kg.relate.sources import Voices
from kg.relate.topic import UNLIKELY, is_off_topic
from kg.relate.weighing import Told, Weighing
from kg.schema import Schema
from kg.text import Word
from kg.values import find_penalties

__all__ = ["Surveyed", "relate", "survey"]

_SURE = 0.9
"""Confidence of a construct: what their measured precision is at least."""
_LIKELIER = "another relation is likelier"
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
    claims: dict[tuple[int, str, int, int], Claim] = {}
    made_of: dict[tuple[int, str, int, int], Candidate] = {}
    rejects: list[Reject] = []
    for one, probability, why in _judged(surveyed, document, ranker, schema):
        if not why and not stance.speaks(one.parsed.sentence, one.start, one.end):
            why = "question or irony"
        if why:
            rejects.append(Reject(one.start, one.end, one.rules[0], why))
            continue
        for claim in _claims(one, probability, surveyed, mentions, document.text):
            key = (claim.subject, claim.type, claim.object, claim.start)
            old = claims.get(key)
            if old is None or old.confidence < claim.confidence:
                claims[key], made_of[key] = claim, one
    known = frozenset(ranker.edges if ranker else ())
    for weaker, why in (
        (_outdone, _LIKELIER), (_misgiven, _LIKELIER), (_mismeasured, _LIKELIER),
        (_introducing, "only introduces a name"),
    ):  # fmt: skip
        ranked = [c for c in claims.values() if c.type in known]
        for claim in weaker(ranked, mentions):
            del claims[claim.subject, claim.type, claim.object, claim.start]
            rejects.append(Reject(claim.start, claim.end, claim.rule, why))
    told = [(claim, made_of[key]) for key, claim in claims.items()]
    modalities = Weighing(words, stance).modalities([
        Told(
            one.parsed.sentence, one.start, one.end, mentions[claim.subject],
            schema.edges[claim.type], mentions[claim.object], one.fixed,
        )
        for claim, one in told
    ])  # fmt: skip
    qualifiers = Qualifiers(document, mentions, schema)
    finished = [
        Claim(
            claim.subject, claim.type, claim.object, claim.start, claim.end, modality,
            voices.at(one.end - 1),
            _standing(
                _attrs(claim, one, surveyed.every, mentions, qualifiers, schema), claim, modality
            ),
            claim.rule, _worth(claim),
        )
        for (claim, one), modality in zip(told, modalities, strict=True)
    ]  # fmt: skip
    finished.sort(key=_place)
    return Extraction(document, tuple(mentions), tuple(finished), tuple(links), tuple(rejects))


def _place(claim: Claim) -> tuple[int, int, str, int]:
    return claim.start, claim.subject, claim.type, claim.object


def _worth(claim: Claim) -> float:
    """How likely the claim is right, by the probability that the network gives it."""
    ruled = not claim.rule.endswith(GUESSES)
    return round(cut.belief(claim.confidence, ruled=ruled), 2)


def _judged(
    surveyed: Surveyed, document: Document, ranker: Ranker | None, schema: Schema
) -> Iterator[tuple[Candidate, float, str]]:
    """Every candidate that a rule proposes or the ranker believes, its probability, and why it
    must not become a claim (empty where it may)."""
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
            if one.sure and not off_topic:
                probability = max(probability, _SURE)
            floor = least_ruled if edge in proposed else least
            why = "" if probability >= floor else _unlikely(probability)
            why = why or objection(document.text, one, surveyed.every, told)
            own = cut.belief(probability, ruled=edge in proposed)
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
        yield shown or one, probability, why or ("" if shown else "no judgment is told")


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


_RIVAL = 0.7
"""Share of the best claim's confidence below which another one about the same two is dropped:
of 100 pairs that annotators joined, 98 have one relation."""


def _outdone(claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Claim]:
    """The claims beside which the text says something else of the same two more surely; of part
    and whole, kind and thing, only one direction can stand."""
    by_ends: dict[frozenset[str], list[Claim]] = {}
    for claim in claims:
        ends = frozenset((mentions[claim.subject].name, mentions[claim.object].name))
        by_ends.setdefault(ends, []).append(claim)
    weaker: list[Claim] = []
    for several in by_ends.values():
        first = max(several, key=lambda c: (c.confidence, c.type, -c.subject))
        for claim in several:
            said = (claim.type, mentions[claim.subject].name)
            if said != (first.type, mentions[first.subject].name):
                turned = claim.type == first.type and claim.type in {"PART_OF", "IS_A"}
                if turned or claim.confidence < _RIVAL * first.confidence:
                    weaker.append(claim)
    return weaker


_OWN = {"HAS_PRICE": True, "HAS_SEGMENT": True, "PROVIDED_BY": False}
"""What a thing has one of in a sentence; whether what it has is no other thing's, too."""


def _misgiven(claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Claim]:
    """Where a sentence gives a thing its price, segment or provider surely (171号段的卖11元，
    165号段12元), what else it might seem to give to that thing or to what its name begins with
    (171号段 beside 171号段电话卡), or to whom that price. A price that is likelier another
    thing's is that one's: 四件套包括身份证、银行卡，售价800元."""
    having: dict[tuple[str, int], set[str]] = {}
    best: dict[tuple[int, int], float] = {}
    given: set[tuple[str, int, str]] = set()
    for claim in claims:
        if claim.type == "HAS_PRICE":
            price = claim.object, claim.start
            best[price] = max(claim.confidence, best.get(price, 0.0))
        if claim.type in _OWN and claim.confidence >= _SURE:
            place = claim.type, claim.start
            having.setdefault(place, set()).add(mentions[claim.subject].name)
            if _OWN[claim.type]:
                given.add((*place, mentions[claim.object].name))
    return [
        claim
        for claim in claims
        for place in [(claim.type, claim.start)]
        if claim.confidence < _SURE
        and (
            any(n.startswith(mentions[claim.subject].name) for n in having.get(place, ()))
            or (*place, mentions[claim.object].name) in given
            or claim.confidence < _RIVAL * best.get((claim.object, claim.start), 0.0)
        )
    ]


def _mismeasured(claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Claim]:
    """What else a figure might measure beside what it measures more surely, or beyond another
    figure: the 8千元 of 甲赚4万元、乙赚8千元 are 乙's."""
    figures = [claim for claim in claims if claim.type == "MEASURES"]
    places = sorted({mentions[claim.subject].start for claim in figures})

    def beyond(claim: Claim) -> bool:
        ends = sorted((mentions[claim.subject].start, mentions[claim.object].start))
        return any(ends[0] < place < ends[1] for place in places)

    best: dict[tuple[int, int], tuple[bool, float]] = {}
    for claim in figures:
        place = claim.subject, claim.start
        best[place] = max((not beyond(claim), claim.confidence), best.get(place, (False, 0.0)))
    return [
        claim
        for claim in figures
        for near, confidence in [best[claim.subject, claim.start]]
        if (near and beyond(claim)) or claim.confidence < _RIVAL * confidence
    ]


def _introducing(claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Claim]:
    """What is told of a role that only introduces a name (号商袁某) and is told of the name, too:
    annotators have a relation of its own for one such role in 14."""
    named = {
        (claim.type, other, mentions[end].start)
        for claim in claims
        for end, other in ((claim.subject, claim.object), (claim.object, claim.subject))
        if mentions[end].type in {"Person", "Organization"}
    }
    return [
        claim
        for claim in claims
        if any(
            mentions[end].type == "Role" and (claim.type, other, mentions[end].end) in named
            for end, other in ((claim.subject, claim.object), (claim.object, claim.subject))
        )
    ]


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
            f"nodes/{first.type}.yaml#anaphor", first.scoped, confidence=first.confidence,
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
    goods = [
        every[g] for g in one.goods
        if g not in (one.subject, one.object) and schema.nodes[every[g].type].group in _TRADED
    ]  # fmt: skip
    found = qualifiers.attrs(
        edge, one.parsed.sentence, one.clause, one.verb, mentions[claim.subject],
        mentions[claim.object], goods,
    )  # fmt: skip
    # A group of a template may hold the stand-in of a mention, which is not printable, and what
    # follows a penalty, or one that is somebody else's.
    printed = {
        k: v for k, v in one.extra.items()
        if k in edge.properties and v.isprintable()
        and not (k == "penalty" and (k in found or find_penalties(v)))
    }  # fmt: skip
    return {**found, **printed}


def _standing(attrs: Attrs, claim: Claim, modality: Modality) -> Attrs:
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
