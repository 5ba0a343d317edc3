"""The way of the data in one place: paths -> Documents -> Extractions -> record -> Graph."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.model import Document, Extraction, Graph, in_letters
from kg.network import single_threaded
from kg.read import Unreadable, read
from kg.read.mask import mask_path, mask_url
from kg.record import Record
from kg.resolve import Decision, resolve
from kg.schema import Schema, load_schema
from kg.text import words
from kg.workers import Extract, extracted


def extract(document: Document, schema: Schema | None = None) -> Extraction:
    """All that one document says. Pure; `schema` None is the one that ships with kg."""
    with _uncollected(), single_threaded():
        return _extracted(document, schema or load_schema())


def _extracted(document: Document, schema: Schema) -> Extraction:
    from kg.annotate import annotate
    from kg.relate import relate

    found = words(document.text)
    mentions, links = annotate(document, found, schema)
    return relate(document, found, mentions, links, schema)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for cycles: an extraction makes none, and its many objects would
    have it search all the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """What `kg extract` prints for a document: its own graph, negated relations included."""
    from kg.view.plain import plain_article

    return plain_article(extraction.document, resolve([extraction]))


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did and what the graph has now.

    `read` counts the documents of the input, each id once; of these, `reused` were in the
    record. `extracted` counts also documents of the record that another version had
    extracted. `unreadable` are inputs without a document and documents without extraction.
    """

    read: int
    reused: int
    extracted: int
    unreadable: tuple[Unreadable, ...]
    documents: int
    entities: int
    relations: int
    negated: int


def build(
    paths: Iterable[str | Path],
    record: Record | Path | str,
    *,
    jobs: int = 1,
    keep_pii_for: str = "",
    progress: Callable[[int, int], None] | None = None,
    extract: Extract = extract,
) -> BuildReport:
    """Read, extract what the record does not have yet, and write the graph of all it has.

    The record is made where there is none, unless nothing can be read, as behind a path with a
    slip in it. Documents that are in it stay, in the input or
    not: `remove` takes them out. One that occurs under several paths has the least. The
    result depends on neither `jobs`, nor order, nor on how often a build was killed before.
    `progress(done, seen)` is called after each document that was extracted or failed; `seen`
    grows as the input is read. With `jobs` above 1, `extract` must pickle.

    A record says what extracted it: with an `extract` of your own, hand on a Record opened with
    a version of its own, and it re-extracts what another extractor has.

    Raises RecordError when the record cannot be used or written, and ServiceError or UsageError
    when `extract` does; what was extracted before is kept, and the next build goes on from there.
    """
    items: Iterator[Document | Unreadable] = read(paths, keep_pii_for=keep_pii_for)
    if not isinstance(record, Record):
        first, unreadable = _up_to_document(items)
        if not first and not Record(Path(record)).exists():
            return BuildReport(0, 0, 0, _sorted(unreadable), 0, 0, 0, 0)
        items = chain(unreadable, first, items)
        record = Record.open(record, version(), create=True)
    run = _Run(record, progress)
    with record.lock():
        waiting = run.to_extract(items)
        done = extracted(waiting, extract, jobs)
        try:
            for document, result in done:
                run.take(document, result)
        finally:
            done.close()
        run.settle_paths()
        record.commit()
        graph = _write_graph(record)
    return run.report(graph)


def rebuild_graph(record: Record | Path | str) -> Graph:
    """Resolve what is in the record once more, and write the graph."""
    record = _opened(record)
    with record.lock():
        return _write_graph(record)


def remove(record: Record | Path | str, document: str) -> Document:
    """Take out a document, named by id, unique beginning of an id, path or URL.

    Returns it, without text. Raises UsageError where none or several are meant.
    """
    record = _opened(record)
    with record.lock():
        found = _find(record, document)
        record.remove(found.id)
        _write_graph(record)
    return found


def decide(record: Record | Path | str, *decisions: Decision) -> Graph:
    """Put down decisions of a person, and write the graph that they make."""
    record = _opened(record)
    with record.lock():
        record.decide(*decisions)
        return _write_graph(record)


_PARTS = (
    "model", "text", "sieve", "rows", "network", "vectors", "values", "schema", "_schema_cache",
    "_schema_files", "_yaml", "read", "annotate", "relate", "pipeline",
)  # fmt: skip
"""The modules and packages that decide what an extraction holds."""


@cache
def version() -> str:
    """What extracts: the release, the schema, the code and the weights behind an extraction.

    With the code in it, a record never mixes extractions from before and after an edit.
    """
    try:
        release = metadata.version("fraudchain-kg")
    except metadata.PackageNotFoundError:
        release = "unreleased"
    digest = hashlib.blake2b(digest_size=8)
    home = Path(__file__).parent
    for name in _PARTS:
        for path in [*sorted((home / name).rglob("*.py")), home / f"{name}.py"]:
            if path.is_file():
                digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for path in sorted(home.rglob("*.npz")):
        digest.update(path.read_bytes())
    return f"{release} schema {load_schema().version} code {in_letters(digest.digest())}"


def _opened(record: Record | Path | str) -> Record:
    """The record, whatever version extracted it."""
    return Record.open(record.path if isinstance(record, Record) else record)


def _write_graph(record: Record) -> Graph:
    graph = resolve(record.extractions(), record.decisions(Decision))
    record.write_graph(graph)
    return graph


def _find(record: Record, wanted: str) -> Document:
    documents = record.documents()
    if wanted in documents:
        return documents[wanted]
    paths, urls = {wanted, mask_path(wanted)}, {wanted, mask_url(wanted)}  # as they are on record
    found = [
        document
        for document in documents.values()
        if wanted
        and (document.path in paths or document.url in urls or document.id.startswith(wanted))
    ]
    if not found:
        raise UsageError(f"{wanted}: no such document in {record.path}. Give an id, path or URL.")
    if len(found) > 1:
        some = ", ".join(f"{document.id} ({document.path})" for document in found[:5])
        raise UsageError(f"{wanted}: {len(found)} documents are meant: {some}. Give a whole id.")
    return found[0]


class _Run:
    """What one build has seen and done."""

    def __init__(self, record: Record, progress: Callable[[int, int], None] | None) -> None:
        self._record = record
        self._progress = progress
        self._known = record.documents()
        self._paths: dict[str, str] = {}
        self._reused = 0
        self._extracted: dict[str, str] = {}
        self._unreadable: list[Unreadable] = []

    def to_extract(self, items: Iterable[Document | Unreadable]) -> Iterator[Document]:
        """The documents of the input, then of the record, that this version has to extract."""
        for item in items:
            if isinstance(item, Unreadable):
                self._unreadable.append(item)
                continue
            before = self._paths.get(item.id)
            self._paths[item.id] = min(before or item.path, item.path)
            if before is not None:
                continue
            known = self._known.get(item.id)
            if known is not None and known.purpose == item.purpose:
                self._reused += 1
            else:
                yield item
        for document in self._record.outdated():
            if document.id not in self._paths:
                yield document

    def take(self, document: Document, result: Extraction | str) -> None:
        """Put down the extraction of a document, or why there is none."""
        if isinstance(result, str):
            self._unreadable.append(Unreadable(document.path, result))
        else:
            self._record.add(result)
            self._extracted[document.id] = document.path
        if self._progress is not None:
            done = len(self._extracted) + len(self._unreadable)
            self._progress(done + self._reused, len(self._paths) + len(self._unreadable))

    def settle_paths(self) -> None:
        """Give each document the least of all its paths."""
        for document, path in sorted(self._paths.items()):
            known = self._known.get(document)
            recorded = self._extracted.get(document, known.path if known else None)
            least = min(path, known.path if known else path)
            if recorded is not None and recorded != least:
                self._record.move(document, least)

    def report(self, graph: Graph) -> BuildReport:
        """The report, with what could not be read sorted by path."""
        return BuildReport(
            read=len(self._paths),
            reused=self._reused,
            extracted=len(self._extracted),
            unreadable=_sorted(self._unreadable),
            documents=len(graph.documents),
            entities=len(graph.entities),
            relations=len(graph.relations),
            negated=len(graph.negated),
        )


def _up_to_document(
    items: Iterator[Document | Unreadable],
) -> tuple[list[Document], list[Unreadable]]:
    """The first document, if there is one, and what could not be read before it."""
    unreadable: list[Unreadable] = []
    for item in items:
        if isinstance(item, Document):
            return [item], unreadable
        unreadable.append(item)
    return [], unreadable


def _sorted(unreadable: Iterable[Unreadable]) -> tuple[Unreadable, ...]:
    return tuple(sorted(unreadable, key=lambda item: (item.path, item.reason)))
