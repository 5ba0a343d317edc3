"""Front matter: the `key: value` lines that site generators put before an article.

Read line by line and not by a YAML parser: real titles break YAML (`title: 【A】B: C`), and
the place of the title in the file is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.read.blocks import Piece, plain_pieces

_OPEN = re.compile(r"\s*(?:---[ \t]*\r?\n|<!--yml[ \t]*\r?\n)")
_LINE = re.compile(r"^([A-Za-z_][\w-]{0,40})[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_FOLDED = re.compile(r"[|>][+-]?\d?$")
_INDENTED = re.compile(r"\r?\n[ \t]+(.*?)[ \t]*\r?(?=\n|$)")


@dataclass(slots=True)
class Front:
    """The values by lower-case key, the pieces of the title, and where the article begins."""

    values: dict[str, str] = field(default_factory=dict)
    title: list[Piece] = field(default_factory=list)
    end: int = 0


def read_front(source: str) -> Front:
    """The front matter of `source`; an empty one with `end` 0 where there is none."""
    opening = _OPEN.match(source)
    if not opening:
        return Front()
    closing = re.compile(r"^(?:---|\.\.\.|-->)[ \t]*\r?$", re.MULTILINE).search(
        source, opening.end()
    )
    if not closing or closing.start() - opening.end() > 20_000:
        return Front()
    front = Front(end=closing.end())
    for match in _LINE.finditer(source, opening.end(), closing.start()):
        key, (start, end) = match[1].lower(), match.span(2)
        if _FOLDED.match(match[2]):
            folded = _INDENTED.match(source, match.end())
            start, end = folded.span(1) if folded else (end, end)
        if end - start >= 2 and source[start] == source[end - 1] and source[start] in "'\"":
            start, end = start + 1, end - 1
        front.values.setdefault(key, source[start:end])
        if key == "title" and not front.title:
            front.title = plain_pieces(source, start, end)
    return front if front.values else Front()
