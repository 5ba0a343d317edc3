"""Writes that happen wholly or not at all, and a lock that no crash leaves behind."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kg._folders import held
from kg.errors import RecordError, UnwritableError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system says about a failed write to `path` into an UnwritableError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise UnwritableError(
                f"{path}: no space left ({error.strerror}). What is recorded is kept: free some "
                "space and run the same command again, it goes on where it stopped."
            ) from error
        raise UnwritableError(
            f"{path}: cannot be written ({error.strerror}). Check the folder and its rights."
        ) from error


def replace(path: Path, pieces: Iterable[bytes]) -> None:
    """Make `path` hold `pieces`, or leave it as it was. Raises RecordError."""
    temporary = path.with_name(f".{path.name}.tmp")
    with explained(path):
        try:
            with temporary.open("wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def delete(path: Path) -> None:
    """Remove a file that may be missing, for good. Raises RecordError."""
    with explained(path):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make renames in a folder last through a power failure, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what interrupted writes left in a folder."""
    with explained(folder):
        for path in folder.glob(".*.tmp"):
            path.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers out of `folder`. Raises RecordError when one is at work."""
    taken = RecordError(f"{folder}: another kg is writing to this record. Wait for it, or stop it.")
    with ExitStack() as stack:
        with explained(folder):
            stack.enter_context(held(folder, taken))
        yield
