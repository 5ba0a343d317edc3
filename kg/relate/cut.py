"""How many of the claims that a document might make are kept.

One threshold for all documents is too strict where a network knows little of a subject and too lax
where it knows much. What a graph of the document is worth is its F1, and of the likeliest n claims
that can be expected: 2 * (right ones among them) / (n + all that the text says). The n at which
this is highest is kept (Lipton, Elkan and Naryanaswamy 2014, doi:10.1007/978-3-662-44851-9_15).

What a text names for certain it names because it says something of it: what would be left without
any claim keeps its likeliest one.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

Fact = tuple[str, str, str]
"""Subject, type and object of claims, by the names of mentions."""

_SLOPE, _SHIFT, _RULED = 0.5, -0.75, 0.5
"""Log odds that a fact is right, from the highest that the network gives it in any sentence (the
highest of many promises too much), and from whether a rule proposes it: fitted on the annotated
articles as networks read them that were not taught them."""
MISSED = 3.0
"""So many times what the beliefs add up to the text says: most is missed because an end was."""
NEVER, ALWAYS = 0.005, 0.995
"""A network is never surer than this, however sure it says it is."""


@lru_cache(maxsize=2**10)
def belief(probability: float, *, ruled: bool) -> float:
    """How likely a fact is right that the network gives `probability`. A document asks hundreds of
    times, and there are only whole hundredths."""
    bounded = min(max(probability, NEVER), ALWAYS)
    odds = _SLOPE * math.log(bounded / (1 - bounded)) + _SHIFT + _RULED * ruled
    return 1 / (1 + math.exp(-odds))


def needed(facts: Mapping[Fact, float], certain: Collection[str]) -> dict[Fact, float]:
    """The belief from which on claims are kept, for each fact that is worth keeping; `facts` has
    the highest belief in each, `certain` are names that the text has without doubt."""
    enough = least(facts.values())
    found = {fact: enough for fact, own in facts.items() if own >= enough}
    told = {name for subject, _, target in found for name in (subject, target)}
    likeliest: dict[str, tuple[float, Fact]] = {}
    for fact, own in facts.items():
        for name in (fact[0], fact[2]):
            if name in certain and name not in told:
                likeliest[name] = max(likeliest.get(name, (0.0, fact)), (own, fact))
    return found | {fact: own for own, fact in likeliest.values()}


def least(beliefs: Iterable[float]) -> float:
    """The least belief that is worth keeping, given that of every fact; 0 where there is none."""
    ordered = sorted(beliefs, reverse=True)
    told = MISSED * math.fsum(ordered)
    right, best, kept = 0.0, 0.0, 0.0
    for count, one in enumerate(ordered, 1):
        right += one
        worth = 2 * right / (count + told)
        if worth > best:
            best, kept = worth, one
    return kept
