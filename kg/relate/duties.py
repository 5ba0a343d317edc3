"""Where a text tells somebody what to do: its readers, in advice; institutions, in duties."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.model import Document
from kg.schema import Schema, any_in

Spans = Sequence[tuple[int, int]]
"""Stretches of the text in its order: start and end of each."""

_MUST = "[^，。；]{0,12}(?<![主重只不将想需必])要(?![求么是点素件闻害挟领约])"
"""Behind an institution: what it has to do."""
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百\d]{1,6}条[ 　]")


def within(spans: Spans, offset: int) -> bool:
    """Whether one of the spans holds `offset`."""
    at = bisect_right(spans, (offset, sys.maxsize)) - 1
    return at >= 0 and offset < spans[at][1]


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """The same stretches, in order of where they begin, with those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            start, end = found[-1][0], max(end, found[-1][1])
            found.pop()
        found.append((start, end))
    return found


@lru_cache(maxsize=4)
def _signs(schema: Schema) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds advice, and the duty of an institution."""
    words, institution = any_in(schema, "advice", "institution")
    return re.compile(words), re.compile(institution + _MUST)


def duties(document: Document, schema: Schema) -> Spans:
    """What institutions have to do: from 银行要… to the end of the paragraph; the articles of a
    statute."""
    found: list[tuple[int, int]] = []
    text = document.text
    _, duty = _signs(schema)
    for sentence in document.sentences:
        if within(found, sentence.start):
            continue
        piece = text[sentence.start : sentence.end]
        if _ARTICLE.match(piece) or duty.search(piece):
            end = text.find("\n", sentence.start)
            found.append((sentence.start, end if end >= 0 else len(text)))
    return found


def advice(document: Document, schema: Schema) -> Spans:
    """What the text tells its readers to do."""
    found: list[tuple[int, int]] = []
    text = document.text
    sentences = document.sentences
    signs, _ = _signs(schema)
    for number, sentence in enumerate(sentences):
        piece = text[sentence.start : sentence.end]
        match = signs.search(piece)
        if match is None:
            continue
        if sentence.heading or (len(piece) < 22 and piece[-1] not in "。；，"):
            last = number + 1
            while last < len(sentences) and not sentences[last].heading and last < number + 30:
                last += 1
            found.append((sentence.start, sentences[last - 1].end))
        else:
            end = text.find("\n", sentence.start)
            found.append((sentence.start + match.start(), end if end >= 0 else len(text)))
    return joined(found)  # a paragraph of advice under a heading of advice ends none of it
