"""The lines that extractions are kept in: sorted shards, and the journal of a build."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from io import BufferedWriter
from pathlib import Path

from kg.model import Document, Extraction
from kg.record import files
from kg.record.codec import DamageError, decode, encode, from_line, to_line

_BEGIN = b'{"document":{"id":"'
_TEXT = b',"text":'  # cannot stand inside a JSON string, where quotation marks are escaped
_DOCUMENT_ID = re.compile("d[a-r]{16}")
_ID_LENGTH = 17

Lines = Iterator[tuple[str, bytes]]
"""Where a line stands (file and number, for messages), and the line."""


def read_lines(path: Path) -> Lines:
    """The lines of a file, none where it is missing; the last has a line feed, too, whether or not
    the file has it there: whoever reads the line finds out whether it was cut."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            yield f"{path}:{number}", line if line.endswith(b"\n") else line + b"\n"


def extraction_line(extraction: Extraction) -> bytes:
    """The line of an extraction."""
    if not _DOCUMENT_ID.fullmatch(extraction.document.id):
        raise ValueError(f"not a document id: {extraction.document.id!r}")
    return to_line(encode(extraction))


def document_id(line: bytes, where: str = "") -> str:
    """The id of the document of a line, without reading the line as JSON."""
    found = line[len(_BEGIN) : len(_BEGIN) + _ID_LENGTH].decode("ascii", "replace")
    if not line.startswith(_BEGIN) or not _DOCUMENT_ID.fullmatch(found):
        raise DamageError(f"{where}: no extraction")
    return found


def head(line: bytes, where: str) -> Document:
    """The document of a line without its text, sentences and runs."""
    document_id(line, where)
    data = from_line(line.partition(_TEXT)[0] + b',"text":"","sentences":[],"runs":[]}}', where)
    return decode(Document, data["document"], where)


def whole(line: bytes, where: str) -> Extraction:
    """The extraction of a line."""
    return decode(Extraction, from_line(line, where), where)


class Shards:
    """Extractions by the two letters behind the d of the document id, sorted by id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def name(document: str) -> str:
        """The shard that a document belongs to."""
        return document[1:3]

    def paths(self) -> list[Path]:
        """The files, sorted. Raises OSError where the folder cannot be read: it is not empty."""
        try:
            return sorted(path for path in self.folder.iterdir() if path.match("??.jsonl"))
        except FileNotFoundError:
            return []

    def lines(self) -> Lines:
        """All lines, sorted by document id.

        Raises DamageError for one that is there twice, or stands in the shard of another.
        """
        before = b""
        for path in self.paths():
            begin = f"{_BEGIN.decode()}d{path.stem}".encode()
            for where, line in read_lines(path):
                found = line[: len(_BEGIN) + _ID_LENGTH]
                if found.startswith(_BEGIN) and not (found > before and found.startswith(begin)):
                    raise DamageError(f"{where}: not the place of this document")
                before = found
                yield where, line

    def count(self) -> int:
        """The number of lines, which is that of the documents."""
        return sum(1 for _ in self.lines())

    def of(self, shard: str) -> dict[str, bytes]:
        """The lines of one shard by document id."""
        path = self.folder / f"{shard}.jsonl"
        return {document_id(line, where): line for where, line in read_lines(path)}

    def write(self, shard: str, lines: Mapping[str, bytes]) -> None:
        """Make `lines` the content of a shard; an empty one has no file."""
        path = self.folder / f"{shard}.jsonl"
        if lines:
            with files.explained(self.folder):
                self.folder.mkdir(exist_ok=True)
            files.replace(path, (lines[document] for document in sorted(lines)))
        elif path.exists():
            files.delete(path)


class Journal:
    """Extractions in the order in which they were made, behind a line about the build.

    `fresh` says that the shards are of another version, so that nothing of them counts.
    """

    def __init__(self, path: Path, version: str) -> None:
        self.path = path
        self.version = version
        self._file: BufferedWriter | None = None

    def exists(self) -> bool:
        """Whether there is a journal of this version."""
        return self._header().get("version") == self.version

    @property
    def fresh(self) -> bool:
        """Whether the shards are of another version than this journal."""
        return bool(self._header().get("fresh"))

    @property
    def is_open(self) -> bool:
        """Whether `start` was called, and `close` not since."""
        return self._file is not None

    def lines(self) -> Lines:
        """The lines of the extractions; of one document, the last counts."""
        if self.exists():
            lines = self._whole_lines()
            next(lines)
            yield from lines

    def _whole_lines(self) -> Lines:
        """The lines without the last where a kill has cut it."""
        size = self.path.stat().st_size if self.path.exists() else 0
        for where, line in read_lines(self.path):
            size -= len(line)
            if size >= 0:
                yield where, line

    def start(self, fresh: bool) -> None:
        """Begin to write, behind what an interrupted build of this version left."""
        with files.explained(self.path):
            if self.exists():
                _cut_torn_line(self.path)
            else:
                files.replace(self.path, [to_line({"version": self.version, "fresh": fresh})])
            self._file = self.path.open("ab")

    def append(self, line: bytes) -> None:
        """Write a line after `start`. It outlives this process at once."""
        if self._file is None:
            raise RuntimeError("the journal was not started")
        with files.explained(self.path):
            self._file.write(line)
            self._file.flush()

    def close(self) -> None:
        """Make the lines outlive a power failure, too."""
        file, self._file = self._file, None
        if file is not None:
            with files.explained(self.path), file:
                file.flush()
                os.fsync(file.fileno())

    def delete(self) -> None:
        """Take the journal away, of whatever version it is."""
        self.close()
        if self.path.exists():
            files.delete(self.path)

    def _header(self) -> dict[str, object]:
        for where, line in self._whole_lines():
            data = from_line(line, where)
            return data if isinstance(data, dict) else {}
        return {}


def _cut_torn_line(path: Path) -> None:
    with path.open("r+b") as file:
        data_end = file.seek(0, os.SEEK_END)
        at = data_end
        while at > 0:
            step = min(at, 65536)
            file.seek(at - step)
            found = file.read(step).rfind(b"\n")
            if found >= 0:
                if at - step + found + 1 < data_end:
                    file.truncate(at - step + found + 1)
                return
            at -= step
