"""Extractions of many documents, in this process or in several, of which any may die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from typing import TypeVar

from kg.errors import KGError, ServiceError, UsageError
from kg.model import Document, Extraction

Item = TypeVar("Item")
Result = TypeVar("Result")
Extract = Callable[[Document], Extraction]
_QUEUE = 4
"""Documents per worker that wait or are at work: what a run holds in memory."""

DIED = "the process that extracted it died; is it very large?"
"""What a report says of a document that no process survives."""

Done = Generator[tuple[Document, Extraction | str], None, None]
"""Documents with their extraction, or with the reason why there is none."""


def extracted(documents: Iterable[Document], extract: Extract, jobs: int) -> Done:
    """Each document with what `extract` makes of it, in turn, or where `jobs` is above 1 in so many
    processes and as they are done. Raises ServiceError and UsageError when `extract` does."""
    return _in_turn(documents, extract) if jobs <= 1 else _in_pool(documents, extract, jobs)


def _tried(extract: Extract, document: Document) -> Extraction | str:
    """The extraction, or what went wrong: no article may stop a run.

    Raises ServiceError and UsageError: what does not answer for one article, or cannot be used
    for it, will not for the next.
    """
    try:
        return extract(document)
    except (ServiceError, UsageError):
        raise
    except Exception as error:
        return why_not(error)


def why_not(error: Exception) -> str:
    """What a report says of a document whose extraction ended in `error`."""
    if isinstance(error, KGError):
        return f"not extracted: {error}"
    return f"not extracted ({type(error).__name__}: {error}); please report this article"


def _in_turn(documents: Iterable[Document], extract: Extract) -> Done:
    for document in documents:
        yield document, _tried(extract, document)


def _in_pool(documents: Iterable[Document], extract: Extract, jobs: int) -> Done:
    """Extract in `jobs` processes; results come in the order in which they are done.

    When a worker dies, what was at work is tried again one by one, and a document whose
    worker dies once more is given up.
    """
    left = iter(documents)
    pool = pool_of(jobs)
    pending: dict[Future[Extraction | str], Document] = {}
    try:
        while True:
            for document in islice(left, jobs * _QUEUE - len(pending)):
                pending[_submit(pool, extract, document)] = document
            if not pending:
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                pool.shutdown()  # settles all that is pending
                done, pool = set(pending), pool_of(jobs)
            documents_done = [(future, pending.pop(future)) for future in done]
            suspects = []
            for future, document in documents_done:
                if future.exception() is None:
                    yield document, future.result()
                else:
                    suspects.append(document)
            yield from _one_by_one(suspects, extract)
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(documents: Sequence[Document], extract: Extract) -> Done:
    results = one_by_one(partial(_tried, extract), documents)
    for document, result in zip(documents, results, strict=True):
        yield document, DIED if result is None else result


def one_by_one(work: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result | None]:
    """What `work` makes of each item, in a process beside this one; None where that died of it."""
    pool = None
    try:
        for item in items:
            pool = pool or pool_of(1)
            try:
                yield pool.submit(work, item).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = None
                yield None
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _submit(
    pool: ProcessPoolExecutor, extract: Extract, document: Document
) -> Future[Extraction | str]:
    """A future, which has failed at once where the pool has broken in the meantime."""
    try:
        return pool.submit(_tried, extract, document)
    except BrokenProcessPool as error:
        future: Future[Extraction | str] = Future()
        future.set_exception(error)
        return future


def pool_of(jobs: int) -> ProcessPoolExecutor:
    """So many processes, which leave Ctrl-C to this one and end with it."""
    # spawn: a fork would copy locks that other threads of the caller hold
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_work)


def _begin_work() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
