"""JSON Lines: one article a line, `{"id", "text" or "html", "title", "url", "published"}`.

The text of an article stands in the file in JSON escapes; its runs are carried through them,
so that they count characters of the decoded file like those of every other format.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping

from kg.errors import ReadError
from kg.model import Run
from kg.read.article import draft_article
from kg.read.blocks import Block, Piece
from kg.read.clean import clean
from kg.read.dates import iso_date
from kg.read.draft import Draft

_BODY = ("html", "text", "content", "body")
_FIELDS = {
    "url": ("url", "link"),
    "outlet": ("outlet", "source", "site"),
    "author": ("author",),
    "published": ("published", "date", "time"),
}
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]', re.DOTALL)
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)
_UNSAFE = re.compile(r"[^\w.\-:@+~]+|\.{2,}")


def looks_like_lines(data: bytes) -> bool:
    """Whether the first line is a JSON object: JSON Lines by content (standard input, .json)."""
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def is_other_json(data: bytes) -> bool:
    """Whether `data` is one JSON array or object over several lines: no JSON Lines, no prose."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        return False
    try:
        return isinstance(json.loads(data), (dict, list))
    except (ValueError, RecursionError):
        return False


class Line:
    """One line of a JSON Lines file: `start` is its first character in the decoded file."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        try:
            data = json.loads(text, strict=False)  # control characters inside strings are cleaned
        except (ValueError, RecursionError) as error:
            raise ReadError(f"not valid JSON ({error}); one object a line is expected") from None
        if not isinstance(data, dict):
            raise ReadError('not a JSON object; {"id": ..., "text": ...} is expected')
        self.data: Mapping[str, object] = data

    def label(self, number: int) -> str:
        """The id for display: no path characters, at most 80 characters, else the number."""
        value = self.data.get("id")
        found = str(value) if isinstance(value, (str, int)) else ""
        return _UNSAFE.sub("_", found)[:80].strip("_") or str(number)

    def draft(self) -> Draft:
        """The cleaned draft, its positions in the decoded file. Raises ReadError without text."""
        key = next((k for k in _BODY if isinstance(self.data.get(k), str) and self.data[k]), "")
        if not key:
            raise ReadError('no text; a member "text" or "html" is expected')
        body = str(self.data[key])
        draft = draft_article(body, "html" if key == "html" else "")
        places = self._places()
        for field, names in _FIELDS.items():
            for name in names:
                value = self.data.get(name)
                if isinstance(value, (str, int)) and not isinstance(value, bool):
                    text = iso_date(str(value)) if field == "published" else str(value)
                    draft.fields[field] = text.strip()[:500] or draft.fields.get(field, "")
                    break
        draft.blocks = [_moved(block, places.get(key)) for block in draft.blocks]
        title = self.data.get("title")
        if isinstance(title, str) and title.strip() and "title" in places:
            given = _moved(Block([(title, 0, len(title))]), places["title"])
            draft.title = None
            draft = clean(Draft(draft.blocks, given, draft.fields))
        elif draft.title:
            draft.title = _moved(draft.title, places.get(key))
        return draft

    def _places(self) -> dict[str, list[Run]]:
        """For each string member of the object: runs from its value to the decoded file."""
        found: dict[str, list[Run]] = {}
        depth, key = 0, ""
        for match in _TOKEN.finditer(self.text):
            token = match[0]
            if token[0] == '"':
                after = self.text[match.end() : match.end() + 20].lstrip()
                if depth == 1 and after.startswith(":"):
                    key = str(json.loads(token, strict=False))
                elif depth == 1 and key:
                    found[key] = _escapes(token[1:-1], self.start + match.start() + 1)
                    key = ""
            elif token in "{[":
                depth += 1
            elif token in "}]":
                depth -= 1
            elif token == ",":
                key = ""
        return found


def _escapes(raw: str, start: int) -> list[Run]:
    runs: list[Run] = []
    value = at = 0
    for match in _ESCAPE.finditer(raw):
        if match.start() > at:
            size = match.start() - at
            runs.append(Run(value, size, start + at, size))
            value += size
        runs.append(Run(value, 1, start + match.start(), len(match[0])))
        value += 1
        at = match.end()
    if len(raw) > at:
        runs.append(Run(value, len(raw) - at, start + at, len(raw) - at))
    return runs


def _moved(block: Block, runs: list[Run] | None) -> Block:
    """The block with its positions carried through `runs`."""
    if not runs:
        return block
    starts = [run.start for run in runs]
    pieces: list[Piece] = []
    for text, source, length in block.pieces:
        at = bisect_right(starts, source) - 1
        if len(text) != length:
            last = runs[bisect_right(starts, source + max(length, 1) - 1) - 1]
            begin = _through(runs[at], source)[0]
            stop = _through(last, source + max(length, 1) - 1)[1]
            pieces.append((text, begin, stop - begin))
            continue
        done = 0
        while done < length:
            run = runs[at]
            size = min(run.start + run.length - source - done, length - done)
            if size <= 0:
                break
            begin, stop = _through(run, source + done)
            wide = run.length == run.source_length
            pieces.append((text[done : done + size], begin, size if wide else stop - begin))
            done += size
            at += 1
    return Block(pieces, block.heading, block.bold, block.linked, block.chrome)


def _through(run: Run, at: int) -> tuple[int, int]:
    if run.length == run.source_length:
        return run.source_start + at - run.start, run.source_start + at - run.start + 1
    return run.source_start, run.source_start + run.source_length
