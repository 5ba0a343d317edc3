"""What the tests of reading share."""

from __future__ import annotations

from html import unescape
from pathlib import Path

from kg.model import Document
from kg.read import Unreadable, read
from kg.read.mask import PLACEHOLDER


def read_one(folder: Path, name: str, content: str | bytes, keep: str = "") -> Document:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (found,) = read([path], keep_pii_for=keep)
    assert isinstance(found, Document), found
    return found


def refused(folder: Path, name: str, content: bytes) -> Unreadable:
    path = folder / name
    path.write_bytes(content)
    (found,) = read([path])
    assert isinstance(found, Unreadable), found
    return found


def assert_true_offsets(document: Document, source: str) -> None:
    """Every character of the text stands in the source, as itself, as an entity, as space."""
    for at, char in enumerate(document.text):
        start, end = document.source_span(at, at + 1)
        assert 0 <= start <= end <= len(source)
        raw = source[start:end]
        if char == "\n":
            assert raw == ""
        elif char == " ":
            assert raw and (unescape(raw).isspace() or raw.startswith("\\"))
        elif char != PLACEHOLDER:
            assert char in unescape(raw), (at, char, raw)
            assert len(raw) == 1 or "&" in raw or "\\" in raw or "'" in raw
    spans = [(s.start, s.end) for s in document.sentences]
    assert spans == sorted(spans)
    for sentence in document.sentences:
        quote = document.text[sentence.start : sentence.end]
        assert quote and quote == quote.strip() and "\n" not in quote
