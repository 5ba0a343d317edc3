"""Paths -> items of bytes: folders, gzip, standard input, limits."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import ReadError
from kg.read.names import names

LIMIT = 50 * 1024 * 1024
"""Bytes that one article (a file, or a line of JSON Lines) may have, uncompressed."""

_SIZE = f"{LIMIT // 2**20} MB"
_ARTICLES = names("md markdown html htm xhtml txt text jsonl ndjson json")
_DOCUMENTS = names("pdf doc docx rtf odt epub mht mhtml wps ofd pages")
_SIGNS = re.compile(
    rb"(?P<pdf>%PDF-)|(?P<rtf>\{\\rtf)"
    # headers before it: who saved a web page into one file, or sent a mail
    rb"|(?P<mht>(?:[A-Za-z-]{1,40}:[^\n]{0,1000}\n(?:[ \t][^\n]{0,1000}\n)*){0,40}?MIME-Version:)",
    re.IGNORECASE,
)
"""How documents begin that hold nothing but letters, and are still no texts."""
_LINK = "a link that leads out of the folder; name it, or what it leads to"
_LINES = frozenset(["jsonl", "ndjson"])


@dataclass(frozen=True)
class Unreadable:
    """One input that could not be read: `reason` says why and what to do."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """A path as the user will know it, and its suffix (`md`, `jsonl`) without `.gz`."""

    path: str
    suffix: str

    @property
    def is_lines(self) -> bool:
        """Whether the name promises JSON Lines."""
        return self.suffix in _LINES

    def open(self) -> BinaryIO:
        """The bytes, uncompressed, as a stream. Raises OSError."""
        if self.path == "-":
            return sys.stdin.buffer
        # Asked before it is opened: opening a named pipe waits for somebody who writes.
        if not stat.S_ISREG(Path(self.path).stat().st_mode):
            raise OSError("not a regular file; give a file or a folder")
        raw: BinaryIO = Path(self.path).open("rb")  # noqa: SIM115 - the caller closes it
        magic = raw.read(2)
        raw.seek(0)
        if magic == b"\x1f\x8b":
            return io.BufferedReader(_Unzipped(raw))
        return raw


class _Unzipped(gzip.GzipFile):
    """A gzip reader that closes the file below it and reports damage as OSError."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__(fileobj=raw, mode="rb")
        self._raw_file = raw

    def close(self) -> None:
        super().close()
        self._raw_file.close()


def find(paths: Iterable[str | Path]) -> Iterator[Item | Unreadable]:
    """The files to read, sorted by path, each once, and what cannot be read.

    A path without a list around it is one path: its letters would be paths as well, `/` among
    them. Records of kg inside a folder are passed over: `kg build .` must not read what it wrote.
    A link inside a folder that leads out of it is not followed: whoever collects what others sent
    means no file of his own by it. One that is named itself is.
    """
    found: dict[str, Item | Unreadable] = {}
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    given = [os.fspath(path) for path in several]
    named = frozenset(given)
    for path in given:
        if path == "-":
            found[path] = Item("-", "")
        elif _is_record(Path(path)):
            found[path] = Unreadable(
                path, "a record that kg built; give the folder of the articles"
            )
        elif Path(path).is_dir():
            for entry in _inside(path):
                if entry.path not in named:
                    found.setdefault(entry.path, entry)
        elif os.path.lexists(path):
            found[path] = Item(path, _suffix(path))
        else:
            found[path] = Unreadable(path, "no such file; check the path")
    for path in sorted(found):
        yield found[path]


def _inside(folder: str) -> Iterator[Item | Unreadable]:
    errors: list[Unreadable] = []

    def note(error: OSError) -> None:
        place = str(error.filename or folder)
        errors.append(Unreadable(place, f"{error.strerror}; check permissions"))

    home = os.path.realpath(folder)
    # followlinks stays off: a link that points up would never end.
    for root, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not _is_record(Path(root, name))
        )
        for name in folders:
            if _leads_out(path := str(Path(root, name)), home):
                yield Unreadable(path, _LINK)
        for name in sorted(files):
            suffix, path = _suffix(name), str(Path(root, name))
            if name.startswith("."):
                continue
            if suffix in _ARTICLES:
                yield Unreadable(path, _LINK) if _leads_out(path, home) else Item(path, suffix)
            elif suffix in _DOCUMENTS:
                yield Unreadable(path, _reason(suffix))
    yield from errors


def _reason(suffix: str) -> str:
    return f".{suffix} files cannot be read; save as text, Markdown or HTML"


def _leads_out(path: str, folder: str) -> bool:
    """Whether `path` is a link to something outside of a folder without links in its path."""
    return Path(path).is_symlink() and not Path(os.path.realpath(path)).is_relative_to(folder)


def _is_record(folder: Path) -> bool:
    """Whether kg has built a record there. It looks on the disk: `kg.record` is a sibling."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(manifest, dict) and {"format", "version"} <= manifest.keys()


def _suffix(path: str) -> str:
    name = Path(path).name.lower()
    name = name.removesuffix(".gz")
    return name.rpartition(".")[2] if "." in name else ""


def load(stream: BinaryIO) -> bytes:
    """All bytes of one article. Raises ReadError when empty, over the limit, or no text."""
    data = _sound(lambda: stream.read(LIMIT + 1))
    if len(data) > LIMIT:
        raise ReadError(f"more than {_SIZE} in one article; split it, or use JSON Lines")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadError("the file is empty; remove it or fill it")
    if sign := _SIGNS.match(data):
        raise ReadError(_reason(str(sign.lastgroup)))
    return data


def head(stream: BinaryIO) -> bytes:
    """The first four bytes; the stream is where it was."""
    data = _sound(lambda: stream.read(4))
    stream.seek(0)
    return data


def next_line(stream: BinaryIO) -> bytes:
    """The next line with its line break, empty at the end of the file.

    Raises ReadError for a line over the limit (it is skipped, so that reading can go on), and
    DamagedError where nothing more can be read.
    """
    line = _sound(lambda: stream.readline(LIMIT + 1))
    if len(line) <= LIMIT:
        return line
    while not line.endswith(b"\n") and line:
        line = _sound(lambda: stream.readline(LIMIT))
    raise ReadError(f"more than {_SIZE} in one line; split the article")


class DamagedError(ReadError):
    """The file breaks off or its compression is damaged."""


def _sound(pull: Callable[[], bytes]) -> bytes:
    try:
        return pull()
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DamagedError(f"damaged gzip data ({error}); compress the file again") from None
