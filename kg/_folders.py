"""What stands where on the disk of the user."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Where kg keeps what it can make again: $XDG_CACHE_HOME, else what the system has for it."""
    base = os.environ.get("XDG_CACHE_HOME")
    if not base and sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "kg"


def is_device(path: Path) -> bool:
    """Whether what stands at `path` takes what is written to it and is no file to be replaced:
    /dev/null, a pipe."""
    return path.exists() and not path.is_file() and not path.is_dir()
