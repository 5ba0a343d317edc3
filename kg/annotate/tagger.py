"""Which of the proposed mentions stand, and where they end: a linear-chain tagger.

Two layers of BIO tags over words, one for things and one for acts. A word is seen as the
proposals that cover it (term, pattern, head, phrase; by type and position), its part of speech
and its neighbours; words themselves count only where many annotated articles have them. The
weights are whole numbers, trained by scripts/train.py, so that sums are the same everywhere.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from kg.model import ACTS, Mention, Sentence
from kg.text import Word

SCALE = 1000
"""Weights are stored as thousandths."""

_Matrix = np.ndarray[tuple[int, int], np.dtype[np.int64]]


class Token(NamedTuple):
    """A word, or a part of one where a proposal ends inside it."""

    start: int
    end: int
    text: str
    tag: str


class Span(NamedTuple):
    """A stretch of text that the tagger takes for a mention of `type`."""

    start: int
    end: int
    type: str


def tokens(text: str, words: Sequence[Word], proposals: Sequence[Mention]) -> list[Token]:
    """The words, cut again at the ends of proposals."""
    cuts = sorted({edge for m in proposals for edge in (m.start, m.end)})
    found: list[Token] = []
    for word in words:
        inner = cuts[bisect_right(cuts, word.start) : bisect_left(cuts, word.end)]
        edges = [word.start, *inner, word.end]
        found += [Token(a, b, text[a:b], word.tag) for a, b in pairwise(edges)]
    return found


def how(mention: Mention) -> str:
    """The way a mention was proposed, in one word."""
    tail = mention.rule.rpartition("#")[2]
    return tail if tail in {"term", "phrase", "head", "introduced"} else "pattern"


def features(
    row: Sequence[Token], proposals: Sequence[Mention], common: frozenset[str]
) -> list[list[str]]:
    """The features of every token of a text; a word outside `common` counts as *."""
    size = len(row)
    full: list[set[str]] = [set() for _ in range(size)]
    short: list[set[str]] = [set() for _ in range(size)]
    starts = {token.start: at for at, token in enumerate(row)}
    ends = {token.end: at for at, token in enumerate(row)}
    for mention in proposals:
        first, last = starts.get(mention.start, -1), ends.get(mention.end, -1)
        if first < 0 or last < first:
            continue
        way = how(mention)
        for at in range(first, last + 1):
            place = "S" if first == last else "B" if at == first else "E" if at == last else "I"
            short[at].add(f"{mention.type}:{place}")
            full[at].add(f"{way}:{mention.type}:{place}")
    tags = ["#", "#", *(token.tag[:2] or "?" for token in row), "#", "#"]
    words = ["#", "#", *(t.text if t.text in common else "*" for t in row), "#", "#"]
    return [_token(at, row, tags, words, full, short, common) for at in range(size)]


def _token(
    at: int, row: Sequence[Token], tags: list[str], words: list[str], full: list[set[str]],
    short: list[set[str]], common: frozenset[str],
) -> list[str]:  # fmt: skip
    mid = at + 2
    before, tag, after = tags[mid - 1], tags[mid], tags[mid + 1]
    left, word, right = words[mid - 1], words[mid], words[mid + 1]
    last = row[at].text[-1]
    found = [
        "bias", f"p0={tag}", f"p-2={tags[mid - 2]}", f"p-1={before}", f"p1={after}",
        f"p2={tags[mid + 2]}", f"w-2={words[mid - 2]}", f"w-1={left}", f"w0={word}", f"w1={right}",
        f"w2={words[mid + 2]}", f"pp={before}{tag}", f"pn={tag}{after}",
        f"ppn={before}{tag}{after}", f"len={min(len(row[at].text), 4)}",
        f"c={last if last in common else '*'}", "L=" + "|".join(sorted(short[at])),
    ]  # fmt: skip
    for name in (*short[at], *full[at]):
        found += (f"L={name}", f"Lp={name}{left}", f"Ln={name}{right}")
    if at:
        found += [f"L-1={name}" for name in short[at - 1]]
    if at + 1 < len(row):
        found += [f"L1={name}" for name in short[at + 1]]
    return found


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer's labels, feature rows, and weights of label after label."""

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: _Matrix
    steps: _Matrix

    def decode(self, seen: Sequence[Sequence[str]]) -> list[str]:
        """The best sequence of labels (Viterbi); of equal ones, the first in label order."""
        scores = np.zeros((len(seen), len(self.labels)), dtype=np.int64)
        row_of = self.rows.get
        for at, names in enumerate(seen):
            known = [row for row in map(row_of, names) if row is not None]
            if known:
                scores[at] = self.weights[known].sum(axis=0)
        back = np.zeros(scores.shape, dtype=np.int64)
        best = scores[0]
        for at in range(1, len(seen)):
            paths = best[:, None] + self.steps
            back[at] = paths.argmax(axis=0)
            best = paths.max(axis=0) + scores[at]
        path = [int(best.argmax())]
        for at in range(len(seen) - 1, 0, -1):
            path.append(int(back[at, path[-1]]))
        return [self.labels[label] for label in reversed(path)]


@dataclass(frozen=True, slots=True)
class Tagger:
    """Both layers and the words that they know."""

    common: frozenset[str]
    layers: tuple[Layer, ...]

    def spans(
        self, text: str, words: Sequence[Word], sentences: Sequence[Sentence],
        proposals: Sequence[Mention],
    ) -> list[Span]:  # fmt: skip
        """The mentions of a text, sentence by sentence."""
        row = tokens(text, words, proposals)
        seen = features(row, proposals, self.common)
        found: list[Span] = []
        for begin, end in sentence_rows(row, sentences):
            for layer in self.layers:
                labels = layer.decode(seen[begin:end])
                found += decode(row[begin:end], labels)
        return found


def sentence_rows(row: Sequence[Token], sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """For each sentence with tokens, the first and the last plus one of them."""
    at = 0
    for sentence in sentences:
        while at < len(row) and row[at].start < sentence.start:
            at += 1
        begin = at
        while at < len(row) and row[at].end <= sentence.end:
            at += 1
        if at > begin:
            yield begin, at


def decode(row: Sequence[Token], labels: Sequence[str]) -> list[Span]:
    """Spans of BIO labels; an I that continues nothing begins a span."""
    found: list[Span] = []
    for token, label in zip(row, labels, strict=True):
        if label == "O":
            continue
        kind = label[2:]
        goes_on = label[0] == "I" and found and found[-1].type == kind
        if goes_on and token.start - found[-1].end in (0, 1):
            found[-1] = Span(found[-1].start, token.end, kind)
        else:
            found.append(Span(token.start, token.end, kind))
    return found


def layer_of(kind: str) -> int:
    """0 for things, 1 for acts."""
    return int(kind in ACTS)


def load(text: str) -> Tagger:
    """A Tagger from the JSON that scripts/train.py writes."""
    data = json.loads(text)
    layers = []
    for layer in data["layers"]:
        labels = tuple(layer["labels"])
        place = {label: at for at, label in enumerate(labels)}
        weights = np.zeros((len(layer["weights"]), len(labels)), dtype=np.int64)
        rows: dict[str, int] = {}
        for row, (name, values) in enumerate(layer["weights"].items()):
            rows[name] = row
            for label, value in values.items():
                weights[row, place[label]] = value
        steps = np.zeros((len(labels), len(labels)), dtype=np.int64)
        for pair, value in layer["steps"].items():
            left, right = pair.split(" ")
            steps[place[left], place[right]] = value
        layers.append(Layer(labels, rows, weights, steps))
    return Tagger(frozenset(data["common"]), tuple(layers))


@cache
def shipped() -> Tagger | None:
    """The Tagger that comes with kg; None in a checkout that has not been trained."""
    file = files("kg.annotate") / "tagger.json"
    return load(file.read_text(encoding="utf-8")) if file.is_file() else None
