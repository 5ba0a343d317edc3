"""The one policy for mentions that overlap.

Activities are one layer, controls another, all other types the third. The layers may overlap: an
activity holds the things it is done with, or the control it gets around. But what lies strictly
inside a name of the third layer is part of that name (诈骗 in 诈骗团伙). Inside a layer what
is certain (a construct made it) wins over what the tagger takes, and that over what only a list or
pattern has; then the longest; of equal ones a term, then the order of names.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotate.phrases import GRAMMAR
from kg.model import ACTS, Mention, Way

LISTED = 0.4
"""The most confidence that a mention has which the tagger does not take."""

_WHOLE = frozenset({"Person", "Organization", "Group", "Agency", "Role", "Law", "Offence", "Case",
                    "Report", "Industry", "Service", "Tool", "Platform", "Good"})  # fmt: skip


def settle(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that stand, in text order."""
    layers: dict[str, list[Mention]] = {}
    for mention in mentions:
        layers.setdefault(mention.type if mention.type in ACTS else "", []).append(mention)
    kept = _longest(layers.pop("", []))
    covered = _cover(kept)
    acts = [act for layer in layers.values() for act in _longest(layer)]
    return in_order([*kept, *(act for act in acts if not _inside(act, covered))])


def in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Text order; of those that begin together, the longest first."""
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.type)))


def _longest(mentions: list[Mention]) -> list[Mention]:
    taken: set[int] = set()
    kept: list[Mention] = []
    # By how sure they are, and only then in order: most of the last stand where others do.
    for several in _by_doubt(mentions):
        free = [m for m in several if taken.isdisjoint(range(m.start, m.end))]
        for mention in sorted(free, key=_preference):
            span = range(mention.start, mention.end)
            if taken.isdisjoint(span):
                taken.update(span)
                kept.append(mention)
    return kept


def _by_doubt(mentions: list[Mention]) -> tuple[list[Mention], ...]:
    """Those that are certain, those that the tagger takes, and those that it does not."""
    found: tuple[list[Mention], ...] = [], [], []
    for mention in mentions:
        found[(mention.confidence < 1) + (mention.confidence <= LISTED)].append(mention)
    return found


def _preference(mention: Mention) -> tuple[int, int, str, str]:
    return mention.start - mention.end, _rank(mention.way), mention.type, mention.rule


def _rank(way: Way) -> int:
    """The place of a way among those that propose one span: terms, patterns, phrases."""
    if way in GRAMMAR:
        return 2
    return 0 if way is Way.TERM else 1


def _cover(things: list[Mention]) -> dict[int, Mention]:
    return {at: thing for thing in things for at in range(thing.start, thing.end)}


def _inside(act: Mention, covered: dict[int, Mention]) -> bool:
    """Whether `act` is a proper part, or the same span, of one name."""
    thing = covered.get(act.start)
    return (
        thing is not None
        and thing.type in _WHOLE
        and thing.start <= act.start
        and act.end <= thing.end
        and not (act.way is Way.TERM and act.start == thing.start and act.end == thing.end)
    )
