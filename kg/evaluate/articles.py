"""Annotated articles, extracted by this version of kg."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Document
from kg.pipeline import extract, extraction_json
from kg.read import Unreadable, read
from kg.workers import pool_of, why_not


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
    nothing: dict[str, Any] = {"entities": [], "relations": []}
    if document is None or isinstance(document, Unreadable):
        return Extracted(None, nothing, document.reason if document else "no article in it")
    try:
        return Extracted(document, extraction_json(extract(document)))
    except Exception as error:  # no article may stop a run
        return Extracted(document, nothing, why_not(error))


def extract_all(files: Iterable[Path], jobs: int = 1) -> Iterator[Extracted]:
    """The articles of all files, in their order, in `jobs` processes."""
    if jobs <= 1:
        yield from map(extracted, files)
        return
    with pool_of(jobs) as pool:
        yield from pool.map(extracted, files)
