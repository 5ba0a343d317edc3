"""Annotated articles, extracted by this version of kg."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Document
from kg.pipeline import extract, extraction_json
from kg.read import Unreadable, read
from kg.workers import DIED, one_by_one, pool_of, why_not


@dataclass(frozen=True)
class Extracted:
    """The first document of a file, and what `kg extract` prints for it.

    Where there is no document, or no extraction, it has found nothing, and `problem` says why.
    """

    document: Document | None
    plain: dict[str, Any]
    problem: str = ""


def extracted(file: Path) -> Extracted:
    """The article of one file."""
    document = next(iter(read([file])), None)
    if document is None or isinstance(document, Unreadable):
        return _nothing(None, document.reason if document else "no article in it")
    try:
        return Extracted(document, extraction_json(extract(document)))
    except Exception as error:  # no article may stop a run
        return _nothing(document, why_not(error))


def _nothing(document: Document | None, problem: str) -> Extracted:
    return Extracted(document, {"entities": [], "relations": []}, problem)


def extract_all(files: Sequence[Path], jobs: int = 1) -> Iterator[Extracted]:
    """The articles of all files, in their order, in `jobs` processes.

    When one of these dies, the articles that are left are extracted one by one.
    """
    if jobs <= 1:
        yield from map(extracted, files)
        return
    done = 0
    try:
        with pool_of(jobs) as pool:
            for one in pool.map(extracted, files):
                yield one
                done += 1
    except BrokenProcessPool:
        for survivor in one_by_one(extracted, files[done:]):
            yield survivor or _nothing(None, DIED)
