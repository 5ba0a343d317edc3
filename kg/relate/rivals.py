"""Which claims do not stand beside the others of their document: two that say different things of
the same ends, a price that is another thing's, a figure that measures something else.

Only claims of edge types that a network has learned are compared: of others nobody knows how their
confidence compares.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kg.model import Claim, Mention, rule_id
from kg.relate.candidates import SURE

Place = tuple[int, str, int, int]
"""Subject, type and object of a claim, and where its evidence begins: one claim has each."""


def place_of(claim: Claim) -> Place:
    """The Place of a claim."""
    return claim.subject, claim.type, claim.object, claim.start


def outweighed(claims: Iterable[Claim], mentions: Sequence[Mention]) -> Iterator[tuple[Claim, str]]:
    """The claims that do not stand, each with the reason."""
    left = {place_of(claim): claim for claim in claims}
    for weaker, why in (
        (_outdone, _LIKELIER), (_misgiven, _LIKELIER), (_mismeasured, _LIKELIER),
        (_introducing, "only introduces a name"),
    ):  # fmt: skip
        for claim in weaker([*left.values()], mentions):
            del left[place_of(claim)]
            yield claim, why


_LIKELIER = "another relation is likelier"
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
        if claim.type in _OWN and claim.confidence >= SURE:
            place = claim.type, claim.start
            having.setdefault(place, set()).add(mentions[claim.subject].name)
            if _OWN[claim.type]:
                given.add((*place, mentions[claim.object].name))
    return [
        claim
        for claim in claims
        for place in [(claim.type, claim.start)]
        if claim.confidence < SURE
        and (
            any(n.startswith(mentions[claim.subject].name) for n in having.get(place, ()))
            or (*place, mentions[claim.object].name) in given
            or claim.confidence < _RIVAL * best.get((claim.object, claim.start), 0.0)
        )
    ]


def _mismeasured(claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Claim]:
    """What else a figure might measure beside what it measures more surely, or beyond another
    figure: the 8千元 of 甲赚4万元、乙赚8千元 are 乙's. Of 甲、乙分别赚4万元、8千元 each has
    one."""
    figures = [claim for claim in claims if claim.type == "MEASURES"]
    places = sorted({mentions[claim.subject].start for claim in figures})

    def beyond(claim: Claim) -> bool:
        ends = sorted((mentions[claim.subject].start, mentions[claim.object].start))
        return bisect_right(places, ends[0]) < bisect_left(places, ends[1])

    shared = {(c.subject, c.start) for c in figures if rule_id(c.rule) == "respective"}
    best: dict[tuple[int, int], tuple[bool, float]] = {}
    for claim in figures:
        place = claim.subject, claim.start
        best[place] = max((not beyond(claim), claim.confidence), best.get(place, (False, 0.0)))
    return [
        claim
        for claim in figures
        for place in [(claim.subject, claim.start)]
        for near, confidence in [best[place]]
        if (
            rule_id(claim.rule) != "respective"
            if place in shared
            else (near and beyond(claim)) or claim.confidence < _RIVAL * confidence
        )
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
