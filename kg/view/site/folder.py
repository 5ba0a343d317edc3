"""A site on disk: every page whole or not at all, no page of an earlier run left behind.

site.json lists the files that are ours. While pages are written it lists the old and the new
ones, so that a run that was killed leaves nothing that the next one does not know. What it
does not list is somebody else's and stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from kg._folders import held
from kg.errors import StoreError, UsageError
from kg.view.site.assemble import Page
from kg.view.site.frame import FOLDERS

MANIFEST = "site.json"
_FORMAT = "kg site 1"
_NAME = re.compile(rf"(?:(?:{'|'.join(FOLDERS)})/)?[A-Za-z][A-Za-z0-9_]*\.(?:html|css)")


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a run did: files written, files that were the same, stale ones removed, all bytes."""

    written: int
    unchanged: int
    removed: int
    size: int


def write_site(
    folder: Path,
    names: Collection[str],
    pages: Iterable[Page],
    progress: Callable[[int, int], None] | None = None,
) -> SiteReport:
    """Make `folder` hold `pages`, whose files are `names`; those of an earlier run go.

    A file that has these bytes already is not touched. `progress(done, total)` is called
    after each page. Raises UsageError for a folder with something else in it, StoreError where
    another run is at it.
    """
    _listed(folder)  # before anything is made
    folder.mkdir(parents=True, exist_ok=True)
    taken = StoreError(f"{folder}: another kg is writing into it. Wait for it, or stop it.")
    with held(folder, taken):
        return _replaced(folder, names, pages, progress)


def _replaced(
    folder: Path,
    names: Collection[str],
    pages: Iterable[Page],
    progress: Callable[[int, int], None] | None,
) -> SiteReport:
    old = _listed(folder)
    _sweep(folder, old)
    _list(folder, {*old, *names})
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    written = size = done = 0
    for name, text in pages:
        content = text.encode("utf-8")
        written += _write(folder / name, content)
        size += len(content)
        done += 1
        if progress is not None:
            progress(done, len(names))
    stale = old - set(names)
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    _list(folder, names)
    return SiteReport(written, done - written, len(stale), size)


def _listed(folder: Path) -> set[str]:
    """The files of the site that is there; none where there is nothing yet."""
    path = folder / MANIFEST
    if not path.is_file():
        if folder.exists() and (not folder.is_dir() or set(folder.iterdir()) - {_part(path)}):
            raise UsageError(f"{folder}: is no site of kg, and not empty. Name another folder.")
        return set()
    try:
        data = json.loads(path.read_text("utf-8"))
        names = set(data["files"]) if data["made_by"] == _FORMAT else {""}
    except (ValueError, KeyError, TypeError, RecursionError):
        names = {""}
    if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in names):
        raise UsageError(f"{path}: is not of this kg. Delete the folder, or name another.")
    return names


def _list(folder: Path, names: Iterable[str]) -> None:
    data = {"made_by": _FORMAT, "files": sorted(names)}
    _write(folder / MANIFEST, (json.dumps(data, indent=0) + "\n").encode())


def _write(path: Path, content: bytes) -> bool:
    """Make `path` hold `content`; whether it did not before."""
    if path.is_file() and path.read_bytes() == content:
        return False
    part = _part(path)
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        error.filename = str(path)
        raise
    return True


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _sweep(folder: Path, names: Iterable[str]) -> None:
    """Remove what a run that was killed was writing."""
    for name in (*names, MANIFEST):
        _part(folder / name).unlink(missing_ok=True)
