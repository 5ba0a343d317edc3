"""What a span of the tagger's has of its neighbours: half a pair of marks, 的, an adverb."""

from __future__ import annotations

from collections.abc import Container

from kg.annotate.tagger import Span

_QUOTES = {"“": "”", "‘": "’", '"': '"', "「": "」", "『": "』"}


def trimmed(text: str, span: Span, called: Container[str], adverbs: Container[str]) -> Span | None:
    """The span without what belongs to what stands around it, None where it has nothing else.
    `called` and `adverbs` are the people of the text and what may stand behind one."""
    return _bare(text, _closed(text, _unquoted(text, span)), called, adverbs)


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
    return span._replace(start=start, end=end)


def _closed(text: str, span: Span) -> Span:
    """The span with the partner of its bracket where that stands right behind it, as the ）of
    刑法修正案（六 does; else up to the bracket that has none: 分发网络 of 分发网络（CDN."""
    opened: list[int] = []
    for at in range(span.start, span.end):
        if text[at] in "（(":
            opened.append(at)
        elif text[at] in "）)" and opened:
            opened.pop()
        elif text[at] in "）)":
            return _up_to(at, span)
    if not opened:
        return span
    if len(opened) == 1 and text.startswith(("）", ")"), span.end):
        return span._replace(end=span.end + 1)
    return _up_to(opened[0], span)


def _up_to(end: int, span: Span) -> Span:
    """The span up to `end`, if it is a name as far as that: of 1）注册账号 nothing is left out."""
    return span._replace(end=end) if end - span.start > 1 else span


def _bare(text: str, span: Span, called: Container[str], adverbs: Container[str]) -> Span | None:
    """The span without what it has of its neighbours, None where it has nothing else: 的 before it
    (的卡 of 172号段的卡), and one of `adverbs` behind a person (11名曾, and 老葛曾 where 老葛 is
    `called` so elsewhere)."""
    if text.startswith("的", span.start):
        span = span._replace(start=span.start + 1)
        if span.end - span.start < 2:
            return None
    if span.type == "Person" and text[span.end - 1] in adverbs:
        short = span._replace(end=span.end - 1)
        if text[short.start : short.end] in called or text[short.end - 1] == "名":
            return short
    return span
