"""Files -> Documents: decoded, cleaned, masked, with true offsets.

`read` is all that the rest of `kg` needs. A new format is one module that makes a
`draft.Draft` (blocks that know their place in the source) and one line in `article.py`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Document
from kg.read.article import draft_article
from kg.read.build import build, grouped_digest
from kg.read.decode import decode, is_wide
from kg.read.files import DamagedError, Item, Unreadable, find, head, load, next_line
from kg.read.jsonl import Line, is_other_json, looks_like_lines

__all__ = ["Unreadable", "read"]


def read(paths: Iterable[str | Path], *, keep_pii_for: str = "") -> Iterator[Document | Unreadable]:
    """The documents of files, folders (recursive, without hidden files and records of kg), and
    `-` (stdin). Links inside a folder that lead out of it are Unreadable.

    Sorted by path; lines of a JSON Lines file in their order, with path `file.jsonl#id`. What
    cannot be read is yielded as Unreadable and never raised. Personal identifiers are masked
    unless `keep_pii_for` says for what purpose they are kept; it goes into every document.
    """
    for item in find(paths):
        if isinstance(item, Unreadable):
            yield item
            continue
        try:
            stream = item.open()
        except OSError as error:
            reason = error.strerror or str(error)
            yield Unreadable(item.path, f"{reason}; check that the file can be opened")
            continue
        try:
            yield from _read_item(item, stream, keep_pii_for)
        except ReadError as error:
            yield Unreadable(item.path, str(error))
        except OSError as error:
            yield Unreadable(item.path, f"{error}; check the file")
        except Exception as error:  # one file must not end a run of thousands
            reason = f"{type(error).__name__}: {error}; this is a bug of kg, please report it"
            yield Unreadable(item.path, reason)
        finally:
            if item.path != "-":
                stream.close()


def _read_item(item: Item, stream: BinaryIO, purpose: str) -> Iterator[Document | Unreadable]:
    if item.is_lines and not is_wide(head(stream)):
        yield from _read_lines(item, stream, purpose)
        return
    data = lines = load(stream)
    wide = ""
    if is_wide(data):
        text, wide = decode(data)
        lines = text.encode("utf-8", "surrogatepass")
    if item.is_lines or looks_like_lines(lines):
        yield from _read_lines(item, io.BytesIO(lines), purpose, wide)
    elif is_other_json(lines):
        each = ".[]" if lines.rstrip().endswith(b"]") else "."
        raise ReadError(f"JSON that is not JSON Lines; write one object a line (jq -c '{each}')")
    else:
        yield _article(data, item, purpose)


def _article(data: bytes, item: Item, purpose: str) -> Document:
    source, encoding = decode(data)
    draft = draft_article(source, item.suffix)
    digest = grouped_digest(data)
    return build(draft, path=item.path, sha256=digest, encoding=encoding, purpose=purpose)


def _read_lines(
    item: Item, stream: BinaryIO, purpose: str, wide: str = ""
) -> Iterator[Document | Unreadable]:
    """The articles of lines; `wide` is the encoding that they were in before they came here."""
    start = number = 0
    raw = b"\n"
    while raw:
        number += 1
        here = start
        try:
            raw = next_line(stream)
            text, encoding = decode(raw) if raw.strip() else (raw.decode(), "utf-8")
            start += len(text)
            if text.strip():
                line = Line(text, here)
                yield build(
                    line.draft(),
                    path=f"{item.path}#{line.label(number)}",
                    sha256=grouped_digest(raw.rstrip(b"\r\n")),
                    encoding=wide or encoding,
                    purpose=purpose,
                )
        except DamagedError:
            raise
        except ReadError as error:
            yield Unreadable(f"{item.path}#{number}", f"line {number}: {error}")
    if number == 1:
        raise ReadError("the file is empty; remove it or fill it")
