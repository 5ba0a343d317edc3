#!/usr/bin/env python3
"""How long the default extractor takes beside `jieba.posseg` alone, on the same articles.

    scripts/bench_extract.py FOLDER [--only IDS.txt | --skip IDS.txt] [--limit N] [--rounds 3]

Both get the text of each article, read and cleaned before the clock starts, and have their word
lists and weights loaded. They take turns on all of it; of the rounds the median counts. The
time is that of the process, so that others at work on the machine do not count, and wall time
is shown beside it. The file of --only or --skip names one article (the file's name up to its
first dot) a line.
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `kg` does

import jieba
import jieba.posseg

from kg.model import Document
from kg.pipeline import extract
from kg.read import Unreadable, read
from kg.schema import load_schema

WARM_UP = "卡商把电话卡卖给号商，号商用猫池批量注册微信号。"


@dataclass(frozen=True)
class Time:
    """Seconds of one round: of this process, and on the wall."""

    process: float
    wall: float


def extract_all(documents: Sequence[Document]) -> None:
    schema = load_schema()
    for document in documents:
        extract(document, schema)


def tag_all(documents: Sequence[Document]) -> None:
    for document in documents:
        jieba.posseg.lcut(document.text)


def timed(work: Callable[[Sequence[Document]], None], documents: Sequence[Document]) -> Time:
    wall, process = time.perf_counter(), time.process_time()
    work(documents)
    return Time(time.process_time() - process, time.perf_counter() - wall)


def documents_of(folder: Path, only: set[str], skip: set[str]) -> Iterator[Document]:
    files = [
        path
        for path in sorted(folder.iterdir())
        if (name := path.name.split(".")[0]) not in skip and (not only or name in only)
    ]
    for item in read(files):
        if not isinstance(item, Unreadable):
            yield item


def listed(path: Path | None) -> set[str]:
    return set(path.read_text("utf-8").split()) if path else set()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", type=Path)
    parser.add_argument("--skip", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    found = documents_of(options.folder, listed(options.only), listed(options.skip))
    documents = list(found)[: options.limit]
    if not documents:
        parser.error(f"{options.folder}: no article that can be read")
    characters = sum(len(document.text) for document in documents)
    print(f"{len(documents)} articles, {characters:,} characters, {options.rounds} rounds")

    jieba.setLogLevel(logging.WARNING)
    jieba.posseg.lcut(WARM_UP)
    extract_all(documents[:1])
    ways = {"jieba.posseg": tag_all, "kg extract": extract_all}
    times: dict[str, list[Time]] = {name: [] for name in ways}
    for _ in range(options.rounds):
        for name, work in ways.items():
            times[name].append(timed(work, documents))
    medians = {}
    for name, rounds in times.items():
        median = medians[name] = statistics.median(one.process for one in rounds)
        wall = statistics.median(one.wall for one in rounds)
        each = ", ".join(f"{one.process:.2f}" for one in rounds)
        print(f"{name:<13} {median:8.2f} s  {characters / median:9,.0f} characters/s  "
              f"(rounds {each}; wall {wall:.2f})")  # fmt: skip
    print(f"kg extract takes {medians['kg extract'] / medians['jieba.posseg']:.2f} times as long")


if __name__ == "__main__":
    main()
