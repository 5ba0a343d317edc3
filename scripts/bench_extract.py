#!/usr/bin/env python3
"""How long the default extractor takes beside `jieba.posseg` alone, on the same articles.

    scripts/bench_extract.py FOLDER [--only IDS.txt | --skip IDS.txt] [--limit N] [--rounds 3]

Both get the text of each article, read and cleaned before the clock starts, and have their word
lists and weights loaded. They take turns article by article, so that what else is going on in the
machine falls on both; of the rounds the median counts. The time is that of the process, and wall
time is shown beside it. The file of --only or --skip names one article (the file's name up to its
first dot) a line.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jieba
import jieba.posseg

from kg.model import Document
from kg.pipeline import extract
from kg.read import Unreadable, read

WARM_UP = "卡商把电话卡卖给号商，号商用猫池批量注册微信号。"


@dataclass(frozen=True)
class Time:
    """Seconds: of this process, and on the wall."""

    process: float
    wall: float


def timed(work: Callable[[Document], object], document: Document) -> Time:
    wall, process = time.perf_counter(), time.process_time()
    work(document)
    return Time(time.process_time() - process, time.perf_counter() - wall)


def total(several: Iterable[Time]) -> Time:
    process, wall = zip(*((one.process, one.wall) for one in several), strict=True)
    return Time(sum(process), sum(wall))


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
    ways: dict[str, Callable[[Document], object]] = {
        "jieba.posseg": lambda document: jieba.posseg.lcut(document.text), "kg extract": extract
    }  # fmt: skip
    extract(documents[0])
    times: dict[str, list[Time]] = {name: [] for name in ways}
    for _ in range(options.rounds):
        here = [{name: timed(work, one) for name, work in ways.items()} for one in documents]
        for name, rounds in times.items():
            rounds.append(total(one[name] for one in here))
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
