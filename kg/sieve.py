"""Which of many regular expressions can match in a text at all.

Most expressions cannot match without one of a few strings (公司, or 有限责任 and 股份). The strings
of all of them are looked for together, in one pass, and only the expressions that find one of
theirs need to be tried.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from re import _parser  # type: ignore[attr-defined]  # Python's own, not published
from typing import Any, TypeAlias

from ahocorasick_rs import AhoCorasick, MatchKind

_MOST = 256
"""Strings that one expression may be looked for by."""
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_ZERO_WIDTH = frozenset({"AT", "ASSERT", "ASSERT_NOT"})

Strings: TypeAlias = frozenset[str]
_Part: TypeAlias = tuple[Any, Any]
"""An operation of an expression as Python parses it, and what it works on."""
_EMPTY: Strings = frozenset({""})


class Sieve:
    """Regular expressions with the strings that they need. It parses and does not compile them:
    that would take longer, and most are never tried."""

    def __init__(self, regexes: Sequence[str]) -> None:
        several = [needs(regex) for regex in regexes]
        self._always = [at for at, strings in enumerate(several) if strings is None]
        strings = sorted(frozenset[str]().union(*(some for some in several if some)))
        place = {string: at for at, string in enumerate(strings)}
        self._wanted_by: list[list[int]] = [[] for _ in strings]
        for at, some in enumerate(several):
            for string in some or ():
                self._wanted_by[place[string]].append(at)
        self._automaton = AhoCorasick(strings, matchkind=MatchKind.Standard)

    def possible(self, text: str) -> list[int]:
        """The positions of the expressions that may match in `text`, in order."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        found = set(self._always)
        for string in {hit[0] for hit in hits}:
            found.update(self._wanted_by[string])
        return sorted(found)

    def lines(self, text: str) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """The same, each with the lines of `text` (and the break that ends each) in which it may
        match. What it would find across two lines is not looked for."""
        breaks = [at + 1 for at, char in enumerate(text) if char == "\n"]
        spans = [*pairwise([0, *breaks, len(text)])]
        starts = [start for start, _ in spans]
        found: dict[int, set[int]] = {at: set(range(len(spans))) for at in self._always}
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for string, line in {(hit[0], bisect_right(starts, hit[1]) - 1) for hit in hits}:
            for at in self._wanted_by[string]:
                found.setdefault(at, set()).add(line)
        for at in sorted(found):
            yield at, [spans[line] for line in sorted(found[at])]


def needs(regex: str) -> Strings | None:
    """Strings one of which is in every text that `regex` matches; None where none is known."""
    parsed = _parser.parse(regex)
    if parsed.state.flags & re.IGNORECASE:
        return None
    found = _needs(parsed)
    return _bare(found) if found else None


def _needs(parts: Iterable[_Part]) -> Strings | None:
    """The best of the sets of strings of which a sequence needs one: long ones, and few."""
    found: list[Strings] = []
    run = _EMPTY  # what the parts so far may end with, as a whole
    for part in parts:
        exact = _exact(part)
        if (exact is None or exact == _EMPTY) and (inner := _inner(part)):
            found.append(inner)
        joined = _joined(run, exact) if exact else None
        run = joined or exact or _EMPTY
        found.append(run)
    usable = (strings for strings in found if "" not in strings)
    return max(usable, key=lambda some: (min(map(len, some)), -len(some)), default=None)


def _inner(part: _Part) -> Strings | None:
    """What a group, an alternative, a repetition or a look around needs inside."""
    code, value = part
    if code.name in _REPEATS:
        return _needs(value[2]) if value[0] else None
    if code.name == "ASSERT":
        return _needs(value[1])
    if code.name == "SUBPATTERN" and not value[1] & re.IGNORECASE:
        return _needs(value[3])
    if code.name == "BRANCH":
        return _united([_needs(way) for way in value[1]])
    return None


def _exact(part: _Part) -> Strings | None:
    """All that a part can match, None where that is too much to list."""
    code, value = part
    if code.name == "LITERAL":
        return frozenset({chr(value)})
    if code.name == "IN" and all(one.name == "LITERAL" for one, _ in value):
        return frozenset(chr(char) for _, char in value)
    if code.name in _ZERO_WIDTH:
        return _EMPTY
    if code.name in _REPEATS and value[1] == 1:
        once = _exactly(value[2])
        return once if value[0] else _united([once, _EMPTY])
    if code.name == "SUBPATTERN" and not value[1] & re.IGNORECASE:
        return _exactly(value[3])
    if code.name == "BRANCH":
        return _united([_exactly(way) for way in value[1]])
    return None


def _exactly(parts: Iterable[_Part]) -> Strings | None:
    run: Strings | None = _EMPTY
    for part in parts:
        exact = _exact(part)
        run = _joined(run, exact) if run and exact else None
        if run is None:
            return None
    return run


def _joined(left: Strings, right: Strings) -> Strings | None:
    if len(left) * len(right) > _MOST:
        return None
    return frozenset(one + other for one, other in product(left, right))


def _united(several: Sequence[Strings | None]) -> Strings | None:
    known = [strings for strings in several if strings is not None]
    united = frozenset[str]().union(*known)
    return united if len(known) == len(several) and len(united) <= _MOST else None


def _bare(strings: Strings) -> Strings:
    """Without those that hold another."""
    kept: list[str] = []
    for string in sorted(strings, key=len):
        if not any(other in string for other in kept):
            kept.append(string)
    return frozenset(kept)
