"""Which of the proposed mentions stand, and where they end: a small network that tags words.

Two layers of BIO tags over words, one for things and one for acts. A word is seen as itself, its
part of speech, its first and last characters, its vector, and the proposals that cover it (term,
pattern, head, phrase; by type and position); two windows of five words, the second one spread,
bring in what stands around it. scripts/train.py trains the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from kg.model import ACTS, Mention, Sentence
from kg.network import WINDOW, Network, grown, laid_out, product, signal, spaced, window
from kg.network import shipped as network_of
from kg.rows import Matrix, Memory, Whole, picked_sums
from kg.text import Word
from kg.vectors import vectors

Token = Word
"""A word, or a part of one where a proposal ends inside it."""
CERTAIN = 8.0
"""A margin beyond doubt."""


class Span(NamedTuple):
    """A stretch of text that the tagger takes for a mention of `type`. `margin` says how much
    better that suits its words, in the mean, than being in no mention: about 0 is a guess."""

    start: int
    end: int
    type: str
    margin: float = CERTAIN


class Tagged(NamedTuple):
    """The mentions that the tagger takes, in text order, and the margin of each proposal, taken
    or not."""

    spans: list[Span]
    margins: list[float]


def tokens(text: str, words: Sequence[Word], proposals: Sequence[Mention]) -> list[Token]:
    """The words, cut again at the ends of proposals."""
    cuts = sorted({edge for m in proposals for edge in (m.start, m.end)})
    found: list[Token] = []
    at, last = 0, len(cuts)
    for word in words:
        start, end, _, tag = word
        while at < last and cuts[at] <= start:
            at += 1
        if at == last or cuts[at] >= end:
            found.append(word)
            continue
        while at < last and cuts[at] < end:
            found.append(Token(start, cuts[at], text[start : cuts[at]], tag))
            start = cuts[at]
            at += 1
        found.append(Token(start, end, text[start:end], tag))
    return found


class Seen(NamedTuple):
    """The features of every token of a text beside those of its letters: of how it stands in the
    text, and of the proposals that cover it. Most tokens share each with many others, so that it is
    added up once."""

    standing: list[tuple[str, ...]]
    covering: list[tuple[str, ...]]


def features(
    text: str, row: Sequence[Token], proposals: Sequence[Mention], sentences: Sequence[Sentence]
) -> Seen:
    """What the network is told of every token."""
    covered: dict[int, set[str]] = {}
    starts = {token.start: at for at, token in enumerate(row)}
    ends = {token.end: at for at, token in enumerate(row)}
    for mention in proposals:
        first, last = starts.get(mention.start, -1), ends.get(mention.end, -1)
        if first < 0 or last < first:
            continue
        way = f"{mention.way}:{mention.type}"
        if first == last:
            covered.setdefault(first, set()).add(f"{way}:S")
            continue
        covered.setdefault(first, set()).add(f"{way}:B")
        for at in range(first + 1, last):
            covered.setdefault(at, set()).add(f"{way}:I")
        covered.setdefault(last, set()).add(f"{way}:E")
    covering: list[tuple[str, ...]] = [()] * len(row)
    for at, ways in covered.items():
        covering[at] = _covering(frozenset(ways))
    counts = Counter(token.text for token in row)
    title = sentences[0].end if sentences else 0
    titled = {token.text for token in row if token.start < title}
    padded = f"\n{text}\n"  # so that every token has a character before and after it
    often = {word: (min(count, 4), word in titled) for word, count in counts.items()}
    standing = [
        _standing(tag, padded[end + 1] in _CLOSING, padded[start] in _OPENING, *often[word])
        for start, end, word, tag in row
    ]
    return Seen(standing, covering)


@lru_cache(maxsize=10_000)
def _covering(ways: frozenset[str]) -> tuple[str, ...]:
    """Each way with the type that it proposes and the token's place in it, and without the way."""
    several = sorted(ways)
    return tuple(dict.fromkeys([*several, *(way.partition(":")[2] for way in several)]))


@lru_cache(maxsize=10_000)
def spelled(word: str) -> tuple[str, ...]:
    """A word, its length, its last and first characters."""
    features = f"w={word}", f"n={min(len(word), 4)}", f"c={word[-1]}", f"d={word[0]}"
    return (*features, f"c2={word[-2:]}") if len(word) > 2 else features


@lru_cache(maxsize=10_000)
def _standing(tag: str, closed: bool, opened: bool, count: int, titled: bool) -> tuple[str, ...]:
    """A word's part of speech, whether a quotation mark follows it or stands before it, how often
    the text has it, whether the title does."""
    features = f"p={tag[:2] or '?'}", f"p1={tag[:1] or '?'}", f"cnt={count}", f"ti={titled}"
    marks = [name for name, there in (("qe", closed), ("qb", opened)) if there]
    return *features, *marks


_OPENING, _CLOSING = frozenset('“"‘《'), frozenset('”"’》')
_WIDE = 2
"""How far apart the words of the second window are."""


@dataclass(frozen=True, eq=False)
class Tagger:
    """The network and the labels of its two layers."""

    network: Network

    @property
    def types(self) -> frozenset[str]:
        """The types of mentions that it has been taught."""
        labels = [*self.network.lists["things.labels"], *self.network.lists["acts.labels"]]
        return frozenset(label[2:] for label in labels if label != "O")

    def tag(
        self, text: str, words: Sequence[Word], sentences: Sequence[Sentence],
        proposals: Sequence[Mention],
    ) -> Tagged:  # fmt: skip
        """The mentions of a text, sentence by sentence, and what it makes of the proposals."""
        row = tokens(text, words, proposals)
        seen = features(text, row, proposals, sentences)
        parts = list(sentence_rows(row, sentences))
        places, size = spaced((end - begin for begin, end in parts), _WIDE)
        state = self._state([token.text for token in row], seen, parts, places, size)
        at = np.full(len(row), -1, dtype=np.int64)
        for (begin, end), place in zip(parts, places, strict=True):
            at[begin:end] = np.arange(place, place + end - begin)
        starts = {token.start: n for n, token in enumerate(row)}
        ends = {token.end: n for n, token in enumerate(row)}
        found: list[Span] = []
        margins = np.full(len(proposals), -CERTAIN)
        for number, layer in enumerate(("things", "acts")):
            names = self.network.lists[f"{layer}.labels"]
            steps = self.network.weights[f"{layer}.steps"]
            scores = product(state, self.network.layer(f"{layer}.out"))
            scores = (scores + self.network.weights[f"{layer}.bias"]).astype(np.float32, copy=False)
            above = scores - scores[:, names.index("O"), None]
            paths = viterbi(scores, steps, places, [end - begin for begin, end in parts])
            for (begin, end), place, path in zip(parts, places, paths, strict=True):
                if not any(path):  # O, which is nothing, is the first of the labels
                    continue
                here = above[np.arange(place, place + len(path)), path].tolist()
                found += decode(row[begin:end], [names[label] for label in path], here)
            own = [n for n, one in enumerate(proposals) if layer_of(one.type) == number]
            margins[own] = _margins(starts, ends, at, above, names, [proposals[n] for n in own])
        return Tagged(sorted(found), margins.tolist())

    @cached_property
    def _words(self) -> Memory[str]:
        """What each word brings, whatever stands around it."""
        table, weights = self.network.tables["words"], self.network.weights["vectors"]
        return Memory(lambda words: (
            table.sums(map(spelled, words)) + vectors().product(words, weights)
        ))  # fmt: skip

    def _state(
        self, words: Sequence[str], seen: Seen,
        parts: Sequence[tuple[int, int]], places: Sequence[int], size: int,
    ) -> Matrix:  # fmt: skip
        """What the network makes of each word; rows between the sentences are zero."""
        weights = self.network.weights
        table = self.network.tables["words"]
        own = picked_sums([self._words.picked(words), *map(table.picked, seen)])
        own += weights["own.bias"]
        spread, between = laid_out(own, parts, places, size)
        state = signal(spread)
        near = window(state, self.network.layer("near", parts=WINDOW)) + weights["near.bias"]
        state = grown(state, near, between)
        wide = window(state, self.network.layer("wide", parts=WINDOW), _WIDE) + weights["wide.bias"]
        return grown(state, wide, between)


def _margins(
    starts: Mapping[int, int], ends: Mapping[int, int], at: Whole, above: Matrix,
    names: Sequence[str], proposals: Sequence[Mention],
) -> Matrix:  # fmt: skip
    """How much better each proposal suits its words than being in no mention, in the mean; the
    least of all where it stands in no sentence or is of a type that was not taught. `starts` and
    `ends` say which token starts and ends where; `at` says which row of `above` each token has,
    -1 for none."""
    label = {name: n for n, name in enumerate(names)}
    kinds = {one.type for one in proposals}
    way = {kind: (label.get(f"B-{kind}", 0), label.get(f"I-{kind}", 0)) for kind in kinds}
    ways = [way[one.type] for one in proposals]
    first = np.array([starts.get(one.start, -1) for one in proposals], dtype=np.int64)
    last = np.array([ends.get(one.end, -1) for one in proposals], dtype=np.int64)
    begins, goes_on = np.array(ways, dtype=np.int64).reshape(-1, 2).T
    found = np.full(len(proposals), -CERTAIN)
    known = np.flatnonzero((first >= 0) & (last >= first) & (begins > 0) & (goes_on > 0))
    known = known[(at[first[known]] >= 0) & (at[last[known]] >= 0)]
    if len(known):
        sizes = last[known] - first[known] + 1
        offset = np.cumsum(sizes) - sizes
        inner = np.arange(sizes.sum()) - np.repeat(offset, sizes)
        which = np.where(inner == 0, np.repeat(begins[known], sizes),
                         np.repeat(goes_on[known], sizes))  # fmt: skip
        here = above[at[np.repeat(first[known], sizes) + inner], which]
        found[known] = np.add.reduceat(here, offset) / sizes
    return found


def viterbi(
    scores: Matrix, steps: Matrix, places: Sequence[int], sizes: Sequence[int]
) -> list[list[int]]:
    """For each sentence (rows place:place + size of `scores`) the best sequence of labels; of
    equal ones, the first in label order.

    All sentences are gone through together, the longest in front: those that have a word more
    are always the first rows. How a best score came about is asked only on the way back.
    """
    if not sizes:
        return []
    order = sorted(range(len(sizes)), key=lambda n: -sizes[n])
    first = np.array([places[n] for n in order])
    longer = np.bincount(sizes)[::-1].cumsum()[::-1]  # so many sentences have so many words or more
    more = longer[1:].tolist()
    own = scores[np.concatenate([first[:many] + at for at, many in enumerate(more)])]
    begins = np.cumsum([0, *more]).tolist()
    bests = [own[: more[0]]]
    count = len(steps)
    # Taken once, for the ways of every step.
    room = np.empty(count * len(sizes) * count, dtype=scores.dtype)
    for at in range(1, len(more)):
        ways = room[: count * more[at] * count].reshape(count, more[at], count)
        # (from, sentence, to)
        np.add(bests[-1][: more[at]].T[:, :, None], steps[:, None, :], out=ways)
        best = ways.max(axis=0)
        best += own[begins[at] : begins[at + 1]]
        bests.append(best)
    labels = np.zeros((len(more), len(sizes)), dtype=np.int64)
    comes_from = steps.T
    for at in range(len(more) - 1, -1, -1):
        on = more[at + 1] if at + 1 < len(more) else 0  # sentences that go on from here
        labels[at, on : more[at]] = bests[at][on:].argmax(axis=1)
        if on:
            labels[at, :on] = (bests[at][:on] + comes_from[labels[at + 1, :on]]).argmax(axis=1)
    found: list[list[int]] = [[] for _ in sizes]
    for row, n in enumerate(order):
        found[n] = labels[: sizes[n], row].tolist()
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


def decode(
    row: Sequence[Token], labels: Sequence[str], margins: Sequence[float]
) -> list[Span]:  # fmt: skip
    """Spans of BIO labels; an I that continues nothing begins a span."""
    found: list[Span] = []
    count = 0
    for token, label, margin in zip(row, labels, margins, strict=True):
        if label == "O":
            continue
        kind = label[2:]
        last = found[-1] if found else None
        if (
            last and label[0] == "I" and last.type == kind and token.start - last.end in (0, 1)
        ):  # fmt: skip
            count += 1
            mean = last.margin + (margin - last.margin) / count
            found[-1] = Span(last.start, token.end, kind, mean)
        else:
            count = 1
            found.append(Span(token.start, token.end, kind, margin))
    return found


def layer_of(kind: str) -> int:
    """0 for things, 1 for acts."""
    return int(kind in ACTS)


@cache
def shipped() -> Tagger | None:
    """The Tagger that comes with kg; None in a checkout that has not been trained."""
    network = network_of("kg.annotate", "tagger.npz")
    return Tagger(network) if network else None
