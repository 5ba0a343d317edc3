"""Which documents are one origin: reposts and lightly edited copies of one text.

MinHash over three-character shingles finds candidate pairs; each is then verified on the
full sets of shingles, so a chance collision never makes two texts one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import combinations, pairwise, product

from rensa import RMinHash

from kg.resolve.partition import Partition

JACCARD = 0.4
CONTAINMENT = 0.7
"""Texts whose shingles overlap so far, or lie in the other one so far, are one origin."""

_PERMUTATIONS = 128
# Three rows a band: unrelated articles share some 5 % of their shingles, which makes one
# pair in 300 a candidate; of pairs with a Jaccard of 0.4, 94 in 100 are.
_ROWS = 3
_SEED = 42
_WORD = re.compile(r"\w+")


def origins(texts: Mapping[str, str]) -> dict[str, str]:
    """For each document id the smallest id of its origin. `texts` is text by document id."""
    documents = sorted(texts)
    place = {document: at for at, document in enumerate(documents)}
    alike = Partition(len(documents))
    first: dict[str, str] = {}
    for document in documents:
        # equal texts need no comparing, and many of them would make very many pairs
        alike.join(place[first.setdefault(texts[document], document)], place[document])

    @lru_cache(maxsize=256)
    def cached(document: str) -> frozenset[str]:
        return _shingles(texts[document])

    def origin(document: str) -> int:
        return alike.find(place[document])

    bands = _bands({document: text for text, document in first.items()})
    # neighbours first: of many copies each with each would be very many pairs
    for pairs_of in (pairwise, partial(_across, origin)):
        for a, b in sorted({pair for members in bands for pair in pairs_of(members)}):
            if origin(a) != origin(b) and _same(cached(a), cached(b)):
                alike.join(place[a], place[b])
    return {document: documents[alike.find(at)] for document, at in place.items()}


def _shingles(text: str) -> frozenset[str]:
    plain = "".join(_WORD.findall(text))
    return frozenset(map("".join, zip(plain, plain[1:], plain[2:], strict=False)))


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    common = len(a & b)
    shorter, union = min(len(a), len(b)), len(a) + len(b) - common
    return common >= JACCARD * union or common >= CONTAINMENT * shorter


def _bands(texts: Mapping[str, str]) -> list[list[str]]:
    """The documents that agree in a band, sorted, band by band."""
    bands: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for document in sorted(texts):
        # sorted: the digest must not hang on the order of a set of strings
        minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        minhash.update(sorted(_shingles(texts[document])))
        digest = minhash.digest()
        for at in range(0, _PERMUTATIONS - _ROWS + 1, _ROWS):
            bands[(at, *digest[at : at + _ROWS])].append(document)
    return list(bands.values())


def _across(origin: Callable[[str], int], members: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of `members`, each sorted, that are not yet of one origin."""
    groups: dict[int, list[str]] = defaultdict(list)
    for member in members:
        groups[origin(member)].append(member)
    for some, others in combinations(groups.values(), 2):
        yield from ((min(pair), max(pair)) for pair in product(some, others))
