#!/usr/bin/env python3
"""Learn from unlabelled Chinese text which words stand in the same places.

usage: vectors.py TEXTS...

TEXTS are article folders and JSON Lines files that `kg` reads. Writes kg/vectors.npz: skip-gram
vectors of length 2 (one thread, fixed seed) of the words that occur often enough. With them the
tagger and the ranker can tell what 兜售 is like without an annotated article that has it.

Needs the `train` extra, and PYTHONHASHSEED=0: gensim's first vectors depend on it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from gensim.models import Word2Vec

from kg.network import pack_vectors
from kg.read import Unreadable, read
from kg.text import words

VECTORS = Path(__file__).parent.parent / "kg/vectors.npz"
LEAST = 12
"""Occurrences that a word must have."""
SKIP_GRAM = {"vector_size": 80, "window": 4, "sg": 1, "negative": 6, "epochs": 4, "sample": 1e-4}
LENGTH = 2.0
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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path, nargs="+")
    rows = list(sentences(parser.parse_args().texts))
    print(len(rows), "sentences,", sum(map(len, rows)), "words", flush=True)
    model = Word2Vec(rows, min_count=LEAST, workers=1, seed=1, **SKIP_GRAM)
    known = [word for word in model.wv.index_to_key if _WORD.fullmatch(word)]
    vectors = np.array([model.wv[word] for word in known], dtype=np.float64)
    vectors *= LENGTH / np.linalg.norm(vectors, axis=1, keepdims=True)
    VECTORS.write_bytes(pack_vectors(known, vectors))
    print(len(known), "words,", VECTORS.stat().st_size // 1024, "kB")


if __name__ == "__main__":
    main()
