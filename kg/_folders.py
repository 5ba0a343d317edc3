"""What stands where on the disk of the user."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def cache_folder() -> Path:
    """Where kg keeps what it can make again: $XDG_CACHE_HOME, else what the system has for it."""
    base = os.environ.get("XDG_CACHE_HOME")
    if not base and sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "kg"


def is_device(path: Path) -> bool:
    """Whether `path` is neither file nor folder: /dev/null, a pipe. It takes what is written to it
    and must not be replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def put_shared(path: Path, data: bytes) -> None:
    """Make `path` hold `data`, whole at any moment, whatever other processes put there meanwhile;
    its folder is made where there is none. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        try:
            part.write(data)
            part.close()
            Path(part.name).replace(path)
        except OSError:
            Path(part.name).unlink(missing_ok=True)
            raise


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """The path to write to so that `path` changes wholly or not at all: that of a file beside it,
    which takes its place when the block ends and is removed after an error. A device or pipe is
    written to itself. Raises OSError that names `path`; for a folder, before anything is made."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    device = is_device(path)
    part = path if device else path.with_name(f".{path.name}.part")
    try:
        yield part
        if not device:
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
    except OSError as error:
        if error.filename in (None, str(part)):
            error.filename = str(path)
        raise
    finally:
        if not device:
            part.unlink(missing_ok=True)
