"""A name that a text gives surely in one place is a name in the others, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import ACTS, FIGURES, Mention
from kg.text import Word, places

_HEARD = 0.8
"""Least confidence of a mention whose name is looked for elsewhere in the text."""
_ECHO = 0.6
"""Confidence of a mention that was found so."""


def echoes(text: str, mentions: Sequence[Mention], words: Sequence[Word]) -> Iterator[Mention]:
    """The places, from word to word, in which a text repeats the name of a sure mention where none
    of `mentions` stands, longer names first. Things and acts are not in each other's way."""
    first: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        if mention.confidence >= _HEARD and mention.type not in FIGURES and len(mention.text) > 1:
            first.setdefault((mention.text, mention.type), mention)
    starts, ends = {word.start for word in words}, {word.end for word in words}
    taken = {False: bytearray(len(text)), True: bytearray(len(text))}
    for mention in mentions:
        _take(taken[mention.type in ACTS], mention.start, mention.end)
    for name, kind in sorted(first, key=lambda key: (-len(key[0]), key)):
        layer = taken[kind in ACTS]
        for start in places(name, text):
            end = start + len(name)
            if start in starts and end in ends and not any(layer[start:end]):
                _take(layer, start, end)
                yield replace(first[name, kind], start=start, end=end, confidence=_ECHO)


def _take(layer: bytearray, start: int, end: int) -> None:
    layer[start:end] = b"\1" * (end - start)
