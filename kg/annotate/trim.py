"""What a span of the tagger's has of its neighbours: half a pair of marks, 的, an adverb."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.annotate.tagger import Span
from kg.model import FIGURES
from kg.schema import Schema
from kg.text import words

_QUOTES = {"“": "”", "‘": "’", '"': '"', "「": "」", "『": "』"}
_ROUND = "）)"
_PARTNERS = {"《": "》", "（": _ROUND, "(": _ROUND}
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿")  # 数 may end a word: 位数18位
_TITLED = frozenset({"Law", "Report"})
_BETWEEN_TITLES = re.compile("(?<=》)[、和及与]?(?=《)")

_MASKED = re.compile("█+号?(?=[^█]{2})")
_LONGEST_NAME = 4
_OFTEN = 3
"""So often a text must call somebody by a name that is a place's, too."""
_GOING_ON = frozenset("vfcdpxr")
"""Tags (their first letters) of words with which a sentence goes on behind a name."""


class Trim:
    """Trims the spans of one text, by the words of a schema that may be taken for a part of the
    name beside them: before and behind that of a person, before that of a firm."""

    def __init__(self, text: str, spans: Sequence[Span], schema: Schema) -> None:
        self._text = text
        self._before, self._behind, firms = (
            schema.words.get(name, ()) for name in ("before-person", "after-person", "firm-party")
        )
        self._firms = tuple(firms)
        self._countries = tuple(schema.words.get("countries", ()))
        people = [span for span in spans if span.type == "Person"]
        self._called = Counter(text[span.start : span.end] for span in people)
        alone = {text[p.start : p.end] for p in people if not self._is_cut(p)}
        self._cut = self._called.keys() - alone

    def trimmed(self, span: Span) -> Span | None:
        """The span without what belongs to what stands around it, and with what belongs to it;
        None where it has nothing else."""
        return self._bare(_unmasked(self._text, _closed(self._text, _unquoted(self._text, span))))

    def _is_cut(self, span: Span) -> bool:
        """Whether somebody is called so with the character behind it, too: 徐前 in 徐前真的公司."""
        behind = self._text[span.end : span.end + 1]
        longer = self._text[span.start : span.end] + behind
        return behind != "" and longer in self._called and behind not in self._behind

    def _bare(self, span: Span) -> Span | None:
        """The span without what it has of its neighbours, None where it has nothing else: 的 before
        it (的卡 of 172号段的卡), other states (柬埔寨等国家); a name whole that is nowhere without
        its last character, and a figure with all of its number."""
        text = self._text
        if text.startswith("的", span.start):
            span = span._replace(start=span.start + 1)
            if span.end - span.start < 2:
                return None
        if span.type == "Organization":
            return self._firm(span)
        if span.type in FIGURES:
            return _whole_number(text, span)
        if span.type == "Agency" and text.endswith(self._countries, 0, span.end):
            return None
        if span.type == "Location" and self._called[text[span.start : span.end]] >= _OFTEN:
            return span._replace(type="Person")  # 被告人吴江 is no place where 被告人 is missing
        if span.type != "Person":
            return span
        if text[span.start : span.end] in self._cut:
            return span._replace(end=span.end + 1)
        return self._named(span)

    def _firm(self, span: Span) -> Span:
        """A firm without what it is called there: 被告单位锦恩公司."""
        called = next((w for w in self._firms if self._text.startswith(w, span.start)), "")
        start = span.start + len(called)
        named = span.end - start > 1 and self._text[start] not in "的和及、"
        return span._replace(start=start) if named else span

    def _named(self, span: Span) -> Span:
        """The part of a person's span that is his name elsewhere: 徐前真 of 徐前真组织、领导."""
        printed = self._text[span.start : span.end]
        if printed[-1] in self._behind and (printed[:-1] in self._called or printed[-2:-1] == "名"):
            return span._replace(end=span.end - 1)
        if printed[0] in self._before and self._called[printed[1:]] > self._called[printed]:
            return span._replace(start=span.start + 1)
        for length in range(min(_LONGEST_NAME, len(printed) - 2), 1, -1):
            often = self._called[printed[:length]] > max(1, self._called[printed])
            if often and _goes_on(printed[length:]):
                return span._replace(end=span.start + length)
        return span


def each_title(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, a law's that holds several titles cut between them: 《刑法》《民法典》."""
    for span in spans:
        start = span.start
        if span.type not in _TITLED or text.find("》", start, span.end - 1) < 0:
            yield span
            continue
        for cut in _BETWEEN_TITLES.finditer(text, span.start, span.end):
            yield span._replace(start=start, end=cut.start())
            start = cut.end()
        yield span._replace(start=start)


def _whole_number(text: str, span: Span) -> Span:
    """The span with the rest of its number before it: 二万二千 before 五百元."""
    start = span.start
    while text[start] in _NUMERALS and start > 0 and text[start - 1] in _NUMERALS:
        start -= 1
    return span._replace(start=start)


def _goes_on(rest: str) -> bool:
    """Whether what stands behind a name is neither more of it (某) nor somebody of his (丈夫)."""
    first = next(iter(words(rest)), None)  # none among blanks
    return first is not None and first.text != "某" and first.tag[:1] in _GOING_ON


def _unquoted(text: str, span: Span) -> Span:
    """The span without the quotation marks around it, or the one that has no partner in it."""
    start, end = span.start, span.end
    while end - start > 1 and text[start] in _QUOTES:
        close = text.find(_QUOTES[text[start]], start + 1, end)
        if start < close < end - 1:
            break
        start, end = start + 1, end - (close == end - 1)
    opened = [mark for mark in text[start:end] if mark in _QUOTES]
    while end - start > 1 and text[end - 1] in _QUOTES.values() and not opened:
        end -= 1
    return span._replace(start=start, end=end) if start < end else span  # marks and nothing else


def _closed(text: str, span: Span) -> Span:
    """The span with the partner of its mark where that stands right beside it, as the ）behind
    刑法修正案（六 and the 《 before 电信条例》 do; else up to the bracket that has none: 分发网络
    of 分发网络（CDN."""
    opened: list[int] = []
    for at in range(span.start, span.end):
        if text[at] in _PARTNERS:
            opened.append(at)
        elif opened and text[at] in _PARTNERS[text[opened[-1]]]:
            opened.pop()
        elif text[at] in _ROUND:
            return _up_to(at, span)
        elif text[at] == "》" and text[span.start - 1 : span.start] == "《":
            span = span._replace(start=span.start - 1)
    if not opened:
        return span
    if len(opened) == 1 and text[span.end : span.end + 1] in {*_PARTNERS[text[opened[0]]]}:
        return span._replace(end=span.end + 1)
    rounds = [at for at in opened if _PARTNERS[text[at]] == _ROUND]
    return _up_to(rounds[0], span) if rounds else span


def _unmasked(text: str, span: Span) -> Span:
    """The span without the masked number in front of a name: the plate of a car is not its name."""
    masked = _MASKED.match(text, span.start, span.end)
    return span._replace(start=masked.end()) if masked else span


def _up_to(end: int, span: Span) -> Span:
    """The span up to `end`, if it is a name as far as that: of 1）注册账号 nothing is left out."""
    return span._replace(end=end) if end - span.start > 1 else span
