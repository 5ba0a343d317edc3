"""Answers of models on disk, by what was asked.

One file an answer, named by a digest of model, instructions and question; written under a
temporary name and renamed, so that processes may share the folder. Only masked text is in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg._folders import cache_folder, put_shared
from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of answers, made at the first one."""

    folder: Path

    def get(self, *asked: str) -> str | None:
        """The answer to what was asked before, or None."""
        try:
            return self._file(asked).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, answer: str, *asked: str) -> None:
        """Keep an answer. Raises UsageError where the folder cannot be written: every answer
        may have cost money."""
        file = self._file(asked)
        try:
            put_shared(file, answer.encode())
        except OSError as error:
            raise UsageError(
                f"{file.parent}: cannot be written ({error.strerror}). Name another folder: "
                "--llm-cache DIR"
            ) from error

    def _file(self, asked: tuple[str, ...]) -> Path:
        digest = hashlib.blake2b(digest_size=16)
        for part in asked:
            digest.update(f"{len(part)}\n{part}".encode())
        name = digest.hexdigest()
        return self.folder / name[:2] / name[2:]


def answers_folder() -> Path:
    """The folder of answers where none is named."""
    return cache_folder() / "llm"
