"""What stands where on the disk of the user."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import KGError

_PART = ".kg-"
_ABANDONED = 86_400
"""Seconds after which nobody writes to a file any more that was not touched since."""


def cache_folder() -> Path:
    """Where kg keeps what it can make again: $XDG_CACHE_HOME, else what the system has for it."""
    base = os.environ.get("XDG_CACHE_HOME")
    if not base and sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "kg"


def is_device(path: Path) -> bool:
    """Whether `path` is neither file nor folder: /dev/null, a pipe, /dev/stdout whatever that is.
    It takes what is written to it and must not be replaced."""
    if not path.exists() or path.is_dir():
        return False
    folder = path.parent.resolve()
    open_files = folder in (Path("/dev"), Path("/dev/fd")) or folder.parts[:2] == ("/", "proc")
    return open_files or not path.is_file()


def put_shared(path: Path, data: bytes) -> None:
    """Make `path` hold `data`, whole at any moment, whatever other processes put there meanwhile;
    its folder is made where there is none. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        try:
            part.write(data)
            part.close()
            Path(part.name).replace(path)
        finally:
            Path(part.name).unlink(missing_ok=True)


@contextmanager
def held(folder: Path, taken: KGError) -> Iterator[None]:
    """Keep other writers out of `folder`; raises `taken` where one is at work, and OSError.

    The lock is the system's, on the folder itself: it ends with the process however that
    ends, and leaves no file. On Windows, where folders cannot be locked, none is taken.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise taken from None
        yield
    finally:
        os.close(handle)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """The path to write to so that `path` changes wholly or not at all: that of a file beside it,
    which takes its place when the block ends and is removed after an error. Of two at once, the one
    that ends last stays. A link is followed, what was private stays so, and a device or pipe is
    written to itself. Raises OSError that names `path`; for a folder, before anything is made."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        if is_device(path):
            yield path
        else:
            with _beside(path.resolve()) as part:
                yield part
    except OSError as error:
        name = str(error.filename or "")
        if not name or Path(name).name.startswith(_PART):
            error.filename = str(path)
        raise


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    part = path.with_name(f"{_PART}{secrets.token_hex(8)}.part")
    try:
        part.touch(exist_ok=False)
        _sweep(part.parent)
        if path.exists():
            part.chmod(stat.S_IMODE(path.stat().st_mode) | stat.S_IWUSR)
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed were writing into a folder, once nobody can be at it."""
    for part in folder.glob(f"{_PART}*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _ABANDONED:
                part.unlink()
