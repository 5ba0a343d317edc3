"""Two extractions of one document made one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from kg.model import Claim, Extraction, Mention, Modality, Reject
from kg.schema import Schema

_CAUTIOUS = (
    Modality.NEGATED,
    Modality.HYPOTHETICAL,
    Modality.PRESCRIPTIVE,
    Modality.ALLEGED,
    Modality.ASSERTED,
)


def unite(first: Extraction, second: Extraction, schema: Schema) -> Extraction:
    """All mentions, claims, links and rejects of both, in text order.

    A mention of one span and type is the one of `first`. What both claim in one sentence is
    put as the more cautious of them puts it: what one denies, the other does not assert. Where
    they agree, the claims of `first` stand alone.
    """
    every = [*first.mentions, *second.mentions]
    chosen: dict[tuple[int, int, str], Mention] = {}
    for mention in every:
        chosen.setdefault(_span(mention), mention)
    mentions = sorted(chosen.values(), key=lambda m: (m.start, -m.end, m.type))
    place = {_span(mention): at for at, mention in enumerate(mentions)}
    moved = [place[_span(mention)] for mention in every]
    shift = len(first.mentions)
    claims = [
        replace(claim, subject=moved[claim.subject + offset], object=moved[claim.object + offset])
        for offset, extraction in ((0, first), (shift, second))
        for claim in extraction.claims
    ]
    links = {
        (moved[a + offset], moved[b + offset])
        for offset, extraction in ((0, first), (shift, second))
        for a, b in extraction.links
    }
    kept, lost = _settled(claims, len(first.claims), mentions, first, schema)
    return Extraction(
        first.document,
        tuple(mentions),
        tuple(sorted(kept, key=lambda c: (c.start, c.subject, c.type, c.object, c.end))),
        tuple(sorted(links)),
        (*first.rejects, *second.rejects, *lost),
    )


def _span(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.type


def _settled(
    claims: list[Claim], firsts: int, mentions: list[Mention], extraction: Extraction,
    schema: Schema,
) -> tuple[list[Claim], list[Reject]]:  # fmt: skip
    """The claims that stand, and those that the other extraction puts with more caution.

    The `firsts` claims at the beginning are those of the first extraction.
    """
    starts = [sentence.start for sentence in extraction.document.sentences]
    told: dict[tuple[str, str, str, int], tuple[list[Claim], list[Claim]]] = {}
    for at, claim in enumerate(claims):
        ends = [mentions[claim.subject].name, mentions[claim.object].name]
        if schema.edges[claim.type].symmetric:
            ends.sort()
        key = (ends[0], claim.type, ends[1], bisect_right(starts, claim.start))
        told.setdefault(key, ([], []))[at >= firsts].append(claim)
    kept: list[Claim] = []
    lost: list[Reject] = []
    for ours, theirs in told.values():
        if not theirs:
            kept += ours
            continue
        most = min((claim.modality for claim in (*ours, *theirs)), key=_CAUTIOUS.index)
        standing = [claim for claim in ours if claim.modality is most]
        kept += standing or [claim for claim in theirs if claim.modality is most][:1]
        lost += [
            Reject(claim.start, claim.end, claim.rule, f"{most} in the same sentence")
            for claim in (*ours, *theirs)
            if claim.modality is not most
        ]
    return kept, lost
