"""Annotated articles with what is computed of each once, for scripts/train.py."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons import Lesson

from kg.annotate import propose
from kg.annotate import tagger as tagging
from kg.annotate.terms import lexicon
from kg.model import Document, Mention, Way
from kg.read import Unreadable, read
from kg.schema import load_schema
from kg.text import Word, fold, strip_quotes, words

HIDDEN = 0.15
"""Share of the well-known terms that training hides."""


@dataclass
class Article:
    """One annotated article with what is computed once."""

    id: str
    annotator: str
    gold: dict[str, Any]
    document: Document
    words: tuple[Word, ...]
    proposals: list[Mention]
    row: list[tagging.Token]
    mentions: tuple[Mention, ...] = ()
    links: tuple[tuple[int, int], ...] = ()


def form(mention: Mention) -> str:
    """A mention as printed, for comparing."""
    return fold(strip_quotes(mention.text))


def held_by(lessons: Sequence[Lesson], corpus: Path | None) -> Counter[str]:
    """In how many articles each term of the lexicon stands."""
    taught = {lesson.id for lesson in lessons}
    rest = [p for p in corpus.iterdir() if p.name.split(".")[0] not in taught] if corpus else []
    documents = [lesson.document for lesson in lessons]
    documents += [d for d in read(sorted(rest)) if not isinstance(d, Unreadable)]
    counts: Counter[str] = Counter()
    for document in documents:
        found = lexicon(load_schema()).find(document.text, words(document.text))
        counts.update({form(mention) for mention in found})
    return counts


def _believed(article: str, mention: Mention, held: Counter[str]) -> bool:
    """Whether training may know a term. The lists were written by people who had read these
    articles, so a term that stands in this one alone is hidden, and some others by chance:
    the tagger has to learn from context what the lists will lack elsewhere."""
    if mention.way is not Way.TERM:
        return True
    chance = int(hashlib.sha256(f"{article} {form(mention)}".encode()).hexdigest()[:8], 16) / 2**32
    return chance >= {0: 1.0, 1: 1.0, 2: 0.6, 3: 0.4}.get(held[form(mention)], HIDDEN)


def articles_of(lessons: Iterable[Lesson], held: Counter[str]) -> list[Article]:
    schema = load_schema()
    found = []
    for lesson in lessons:
        document = lesson.document
        cut = words(document.text)
        every = propose(document.text, cut, schema)
        proposals = [m for m in every if _believed(lesson.id, m, held)]
        row = tagging.tokens(document.text, cut, proposals)
        found.append(
            Article(lesson.id, lesson.annotator, lesson.gold, document, cut, proposals, row)
        )
    return found


def gold_spans(article: Article, layer: int) -> list[tagging.Span]:
    """The annotated names wherever they stand in the text, none overlapping: what annotators call
    an entity before its other names (收购银行卡, not 向村民收购银行卡), then the longest."""
    text = article.document.text
    every = []
    for entity in article.gold["entities"]:
        if tagging.layer_of(entity["type"]) == layer:
            for name in {entity["name"], *entity.get("aliases", [])}:
                if len(name) > 1:
                    every += [(name != entity["name"], tagging.Span(*m.span(), entity["type"]))
                              for m in re.finditer(re.escape(name), text)]  # fmt: skip
    every.sort(key=lambda one: (one[0], one[1].start - one[1].end, one[1]))
    taken = bytearray(len(text))
    kept = []
    for _, span in every:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return sorted(kept)


@dataclass(frozen=True)
class Annotated:
    """A tagger that knows the annotation of one article."""

    article: Article
    types = frozenset(load_schema().nodes)

    def tag(self, *_: object) -> tagging.Tagged:
        spans = sorted(span for layer in (0, 1) for span in gold_spans(self.article, layer))
        return tagging.Tagged(spans, [-tagging.CERTAIN] * len(self.article.proposals))
