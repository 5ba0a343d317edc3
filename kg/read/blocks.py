"""Blocks of text that remember where each character stands in the source.

Every format module makes Blocks; every later step only cuts them. So the way from a character
of `Document.text` back to the file is kept by construction and never searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

Piece = tuple[str, int, int]
"""Text, where it starts in the source, and how many source characters it was made from. With
as many source characters as text it maps one to one, otherwise as a whole."""

Edit = tuple[int, int, str]
"""Replace `text[start:end]`; the new text maps to the whole of what it replaces."""

_ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")

_CONTROL = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff"
)
CONTROLS = re.compile(f"[{_CONTROL}]+")
"""Characters that show nothing: C0 and C1 controls, bidi, zero-width, tags, lone surrogates."""

_LOOSE = re.compile(f"[\\s{_CONTROL}]+")
_INVISIBLE = re.compile(f"[{_CONTROL}]")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d…—]")


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item, table cell or line.

    `heading` is 1 to 6, 0 for running text. `bold` and `linked` count characters in bold and
    in links. `chrome` says that the page marks it as navigation, comment, advertisement.
    """

    pieces: list[Piece]
    heading: int = 0
    bold: int = 0
    linked: int = 0
    chrome: bool = False
    text: str = field(init=False)

    def __post_init__(self) -> None:
        pieces = self.pieces
        self.text = pieces[0][0] if len(pieces) == 1 else "".join(piece[0] for piece in pieces)

    @property
    def source_start(self) -> int:
        """Where the block begins in the source; 0 for a block without text."""
        return self.pieces[0][1] if self.pieces else 0

    @property
    def source_end(self) -> int:
        """Where the block ends in the source; 0 for a block without text."""
        return self.pieces[-1][1] + self.pieces[-1][2] if self.pieces else 0

    def replace(self, edits: Iterable[Edit]) -> Block:
        """A copy with the edits made; they are sorted and do not overlap."""
        pieces: list[Piece] = []
        at = 0
        cursor = _Cursor(self.pieces)
        for start, end, new in edits:
            if start > at:
                pieces.extend(cursor.take(at, start))
            if new:
                old = list(cursor.take(start, end))
                begin = old[0][1]
                pieces.append((new, begin, old[-1][1] + old[-1][2] - begin))
            at = end
        pieces.extend(cursor.take(at, len(self.text)))
        return Block(pieces, self.heading, self.bold, self.linked, self.chrome)

    def part(self, start: int, end: int) -> Block:
        """The block of `text[start:end]`."""
        return Block(
            list(_Cursor(self.pieces).take(start, end)),
            self.heading,
            min(self.bold, end - start),
            min(self.linked, end - start),
            self.chrome,
        )


class _Cursor:
    """Hands out stretches of pieces from left to right in one pass."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._index = 0
        self._offset = 0

    def take(self, start: int, end: int) -> Iterator[Piece]:
        while self._index < len(self._pieces):
            text, source, length = self._pieces[self._index]
            begin, stop = self._offset, self._offset + len(text)
            if begin >= end:
                return
            if stop > start:
                low, high = max(start - begin, 0), min(end - begin, len(text))
                if low == 0 and high == len(text):
                    yield text, source, length
                elif len(text) == length:
                    yield text[low:high], source + low, high - low
                elif low < high:
                    yield text[low:high], source, length
            if stop > end:
                return
            self._index += 1
            self._offset = stop


def plain_pieces(source: str, start: int, end: int) -> list[Piece]:
    """`source[start:end]` as it stands."""
    return [(source[start:end], start, end - start)] if end > start else []


def decoded_pieces(source: str, start: int, end: int) -> list[Piece]:
    """`source[start:end]` with HTML entities decoded (`&#8226;` is one character of text).

    Named entities need their semicolon, so that `&copy=1` in an address stays.
    """
    if source.find("&", start, end) < 0:
        return plain_pieces(source, start, end)
    pieces: list[Piece] = []
    at = start
    for match in _ENTITY.finditer(source, start, end):
        raw = match[0]
        new = unescape(raw)
        if new == raw:
            continue
        pieces.extend(plain_pieces(source, at, match.start()))
        if new:
            pieces.append((new, match.start(), len(raw)))
        at = match.end()
    pieces.extend(plain_pieces(source, at, end))
    return pieces


def tidy(block: Block) -> Block:
    """Without invisible characters, and with one space where there was white space.

    A line break between two Chinese characters is dropped; a single ideographic space stays.
    """
    text = block.text
    edits: list[Edit] = []
    for match in _LOOSE.finditer(text):
        start, end = match.span()
        found = match[0]
        if start > 0 and end < len(text):
            if found in (" ", "\u3000"):
                continue
            bare = _INVISIBLE.sub("", found)
            joined = "\n" in bare and _WIDE.match(text, start - 1) and _WIDE.match(text, end)
            if bare and not joined:
                # One space, made of the first white character; the rest goes.
                at = start + found.index(bare[0])
                edits += [(start, at, ""), (at, at + 1, " "), (at + 1, end, "")]
            else:
                edits.append((start, end, ""))
        else:
            edits.append((start, end, ""))
    return block.replace(edits) if edits else block
