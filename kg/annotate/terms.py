"""Mentions by the term lists of schemas/nodes: one automaton over the simplified text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import ACTS, Level, Mention, Way, mention_rule
from kg.schema import Schema, any_of
from kg.text import Word, strip_quotes, to_simplified
from kg.values import find_quantities

_FREE_LENGTH = 4
"""A term this long is trusted inside a word that the segmenter glued together."""

_POINTING = "该(?!.的)|[一多几数各这那][名位个家款种台部张套条批]"
_JUDGED = re.compile("违规的?(?=..)")

_QUOTES = frozenset('“”‘’"「」『』')
_NO_QUOTES = dict.fromkeys(map(ord, _QUOTES))


class Lexicon:
    """The terms of a Schema, ready to be found in a text.

    Quotation marks inside a printed term are looked through: 手机“黑卡” is the term 手机黑卡.
    """

    def __init__(self, schema: Schema) -> None:
        self._surfaces: dict[str, tuple[str, str, Level]] = {}
        for node in schema.nodes.values():
            for term in node.terms:
                for form in (term.name, *term.variants):
                    key = to_simplified(form).lower()
                    self._surfaces.setdefault(key, (node.name, term.name, term.level))
        self.pointer = re.compile(
            f"(?:{any_of(schema.words.get('pointer', ()))}|{_POINTING})(?![及和与或、（])(?=..)"
        )
        """What a printed name begins with that only points: 涉案银行卡, 这张银行卡."""
        self._to = tuple(schema.words.get("after-to", ()))
        self._patient = tuple(schema.words.get("slot-patient", ()))
        self._glued = frozenset(schema.words.get("glued-verb", ()))
        # An act may hold things and a control (绕过实名制), so each has an automaton of its own.
        layers: dict[str, list[str]] = {}
        for key, (kind, _, _) in self._surfaces.items():
            layers.setdefault(kind if kind in ACTS else "", []).append(key)
        self._layers = [
            (keys, AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest))
            for keys in layers.values()
        ]

    def canonical(self, printed: str, kind: str) -> str | None:
        """The canonical form of `printed` as a term of type `kind`, looking through quotation
        marks, words that only point (涉案银行卡, 他人银行卡) and what a platform finds of it
        (违规微信号); None where it is no term."""
        key = to_simplified(strip_quotes(printed)).lower()
        while key not in self._surfaces:
            pointer = self.pointer.match(key) or _JUDGED.match(key)
            if pointer is None:
                return None
            key = key[pointer.end() :]
        type_, name, _ = self._surfaces[key]
        return name if type_ == kind else None

    def find(self, text: str, words: Sequence[Word]) -> Iterator[Mention]:
        """Mentions of terms whose ends are word boundaries, layer by layer, no two
        of a layer overlapping."""
        folded, origin = _without_quotes(to_simplified(text).lower())
        edges = {edge for start, end, _, _ in words for edge in (start, end)}
        edges |= {end - 1 for _, end, word, _ in words if word in self._glued}
        verbs = {end: start for start, end, _, tag in words if tag[:1] == "v"}
        for keys, automaton in self._layers:
            for index, begin, end in automaton.find_matches_as_indexes(folded):
                start, stop = origin[begin], origin[end - 1] + 1
                if end - begin < _FREE_LENGTH and not (start in edges and stop in edges):
                    continue
                if "\n" in text[start:stop]:
                    continue
                if verbs.get(stop, start) > start and self._hands_on(text, start, stop):
                    continue
                start, stop = _widen_to_quotes(text, start, stop)
                kind, name, level = self._surfaces[keys[index]]
                yield Mention(
                    start, stop, text[start:stop], kind, name, level, mention_rule(kind, Way.TERM)
                )

    def _hands_on(self, text: str, start: int, stop: int) -> bool:
        """Whether the verb at the end of a span hands on what stands before it: in 把账号出售给
        nobody names the trade 账号出售."""
        if not text.startswith(self._to, stop):
            return False
        clause = max(text.rfind(mark, 0, start) for mark in "，。；：\n") + 1
        return any(word in text[clause:start] for word in self._patient)


@lru_cache(maxsize=4)
def lexicon(schema: Schema) -> Lexicon:
    """The Lexicon of `schema`, built once a process."""
    return Lexicon(schema)


def _without_quotes(text: str) -> tuple[str, list[int]]:
    """The text without quotation marks, and where each of its characters stood."""
    origin = [at for at, char in enumerate(text) if char not in _QUOTES]
    return text.translate(_NO_QUOTES), origin


def _widen_to_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in a quotation mark that was opened inside the span, or drop a stray one."""
    inside = text[start:end]
    if _QUOTES.isdisjoint(inside):
        return start, end
    opened = sum(inside.count(mark) for mark in "“‘「『")
    closed = sum(inside.count(mark) for mark in "”’」』")
    if opened > closed and end < len(text) and text[end] in "”’」』":
        return start, end + 1
    if closed > opened and start > 0 and text[start - 1] in "“‘「『":
        return start - 1, end
    return start, end


_KINDS_OF_THINGS = frozenset({"Good", "Tool", "Service", "Role", "Activity"})
"""Types whose names say a kind, whatever there is of it. 一起盗窃案 is a case like no other."""
_COUNTED = frozenset({"Good", "Tool"})
_SIGNS = r"[\s、，；;。—#\u2600-\u27bf\U0001f300-\U0001faff]+"
_LOOSE = re.compile(f"^{_SIGNS}|{_SIGNS}$")
NUMERALS = frozenset("0123456789一二两三四五六七八九十百千万亿数几")
_CALLED = re.compile("(?<=.)[（(](?:以下)?(?:统称|简称|下称)[^（()）]*(?:[）)]|$)")
"""What a text means to call a thing from there on."""


@lru_cache(maxsize=20_000)
def printed_name(text: str, schema: Schema, kind: str = "") -> str:
    """The form that a name takes in the graph: no quotation marks, no line breaks, no loose signs
    at its ends, no （以下简称…）, and of a kind of things neither words that point nor how many
    there are (大量游戏账号, 作案手机30部). The digits of a number segment alone are called as all
    others: 162号段."""
    bare = _CALLED.sub("", strip_quotes(text)).replace("\n", "").strip()
    name = _LOOSE.sub("", bare) or bare
    if kind == "NumberSegment" and name.isdigit():
        return f"{name}号段"
    if kind in _KINDS_OF_THINGS:
        while pointer := lexicon(schema).pointer.match(name):
            name = name[pointer.end() :]
    return _uncounted(name) if kind in _COUNTED else name


def _uncounted(name: str) -> str:
    """The name without the one quantity that it begins or ends with."""
    if NUMERALS.isdisjoint(name):
        return name
    several = find_quantities(name)
    if len(several) == 1 and several[0].value.unit:
        start, end = several[0].start, several[0].end
        rest = name[end:].removeprefix("的") if start == 0 else name[:start]
        if (start == 0 or end == len(name)) and len(rest) > 1:
            return rest
    return name
