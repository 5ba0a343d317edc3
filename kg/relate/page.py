"""A document's text and mentions, as the finders of qualifiers look them up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from kg.model import Document, Mention, Sentence
from kg.values import Found

Span = tuple[int, int]
V = TypeVar("V")

CUT = re.compile(r"[，,；;。：:！？（）()]")
"""Where a clause ends."""


class Page:
    """The text and the mentions of one document; what a span holds is looked up once."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self.text = document.text
        self.sentences = document.sentences
        self.published = document.published
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]
        self._held: dict[tuple[str, int, int], list[Found[Any]]] = {}
        self._has: dict[tuple[re.Pattern[str], int, int], bool] = {}

    def once(
        self, kind: str, start: int, end: int, find: Callable[[str], list[Found[V]]]
    ) -> list[Found[V]]:
        """What `find` finds in a span, with offsets of the document, kept. A `kind` is looked for
        by one finder only."""
        key = (kind, start, end)
        if key not in self._held:
            found = find(self.text[start:end])
            self._held[key] = [Found(one.start + start, one.end + start, one.value)
                               for one in found]  # fmt: skip
        return self._held[key]

    def has(self, pattern: re.Pattern[str], sentence: Sentence) -> bool:
        """Whether the pattern is anywhere in a sentence, looked for once."""
        key = (pattern, sentence.start, sentence.end)
        if key not in self._has:
            self._has[key] = pattern.search(self.text, sentence.start, sentence.end) is not None
        return self._has[key]

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that begins right at `offset`."""
        at = bisect_left(self.starts, offset)
        here = self.mentions[at] if at < len(self.starts) else None
        return here if here is not None and here.start == offset else None

    def people(self, start: int, end: int) -> list[Mention]:
        """The people and organizations that begin inside a span."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [m for m in self.mentions[first:last] if m.type in {"Person", "Organization"}]


def span_of(sentence: Sentence) -> Span:
    """The offsets of a sentence."""
    return sentence.start, sentence.end


def said(name: str, text: str, value: str, unit: str) -> dict[str, str]:
    """A property as printed, with its normalised value and unit beside where there are any."""
    found = {name: text}
    if value:
        found[f"{name}_value"] = value
    if value and unit:
        found[f"{name}_unit"] = unit
    return found
