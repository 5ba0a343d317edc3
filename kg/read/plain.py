"""Plain text: a line is a block, unless the file was wrapped at a fixed width."""

from __future__ import annotations

import re

from kg.read.blocks import Block, plain_pieces
from kg.read.draft import Draft

_LINES = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_ENDS = re.compile(r"[。！？!?；;：:…”」』）)》】.]\s*$")


def read_plain(source: str, start: int = 0) -> Draft:
    """The draft of `source` from `start` on. A short first line without end is the title."""
    spans = [m.span() for m in _LINES.finditer(source, start) if not m[0].isspace()]
    blocks = [Block(plain_pieces(source, *span)) for span in _unwrap(source, spans)]
    draft = Draft(blocks)
    if len(blocks) > 1:
        first = blocks[0].text.strip()
        if len(first) <= 60 and not _ENDS.search(first) and len(blocks[1].text) > len(first) / 2:
            blocks[0].heading = 1
    return draft


def _unwrap(source: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join lines that a mailer or editor broke at one width."""
    lengths = [
        len(source[start:end].rstrip())
        for start, end in spans
        if not _ENDS.search(source[start:end])
    ]
    if len(lengths) < 6:
        return spans
    width = max(lengths)
    full = sum(width - 2 <= length <= width for length in lengths)
    if not 20 <= width <= 90 or full < 0.8 * len(lengths):
        return spans
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        before = joined[-1] if joined else None
        if before and source.count("\n", before[1], start) == 1:
            last = source[before[0] : before[1]].rsplit("\n", 1)[-1].rstrip()
            if len(last) >= width - 2 and not source[start].isspace():
                joined[-1] = (before[0], end)
                continue
        joined.append((start, end))
    return joined
