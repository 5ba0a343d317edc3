"""How many of the claims that a document might make are kept.

One threshold for all documents is too strict where a network knows little of a subject and too lax
where it knows much. What a graph of the document is worth is its F1, and of the likeliest n claims
that can be expected: 2 * (right ones among them) / (n + all that the text says). The n at which
this is highest is kept (Lipton, Elkan and Naryanaswamy 2014, doi:10.1007/978-3-662-44851-9_15).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

_SLOPE, _SHIFT, _RULED = 0.6, -0.6, 0.5
"""Log odds that a fact is right, from the highest that the network gives it in any sentence (the
highest of many promises too much), and from whether a rule proposes it: fitted on the annotated
articles as networks read them that were not taught them."""
MISSED = 2.5
"""How many facts a text has for each that the beliefs add up to: most are missed because one of
their ends was."""
FLOOR = 0.15
"""A fact that is wrong six times in seven is not told, however little else a text says."""
BUILT = 0.6
"""How likely annotators have what a construct tells, at least. Of what the network doubts they have
566 of 1,055 facts in our own lessons and 43 of 73 in articles that nobody opened. A reader finds 19
of 20 right: annotators write down a fact once, and about half of all that is said."""
NEVER, ALWAYS = 0.005, 0.995
"""A network is never surer than this, however sure it says it is."""


@lru_cache(maxsize=2**10)
def belief(probability: float, *, ruled: bool) -> float:
    """How likely a fact is right that the network gives `probability`. A document asks hundreds of
    times, and there are only whole hundredths."""
    bounded = min(max(probability, NEVER), ALWAYS)
    odds = _SLOPE * math.log(bounded / (1 - bounded)) + _SHIFT + _RULED * ruled
    return 1 / (1 + math.exp(-odds))


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
