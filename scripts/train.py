#!/usr/bin/env python3
"""Train the networks and models of kg on annotated articles.

usage: train.py GOLD [--skip unread.txt] [--corpus articles/] [--folds 2]
                [--only tagger|ranker|modality|variants]

GOLD is a folder with gold/ID.json and articles/ID.*. Articles named in the --skip file are never
opened. The articles of --corpus say which terms are known beyond one article; those that
annotations.jsonl annotates are lessons, too, and so are our own articles in written.jsonl,
retold.jsonl and retold_long.jsonl.

The tagger learns from all but the last of these. The ranker learns from mentions as they will be:
of the first of --folds parts of the articles as a tagger finds them that has not seen that part;
and of all articles as they are annotated, which shows it relations that the tagger would have
missed.
Writes kg/annotate/tagger.npz, kg/relate/ranker.npz, kg/relate/modality.npz and
kg/resolve/variants.npz; --only trains one (the ranker takes the files of tagger and variants, which
come first).

Needs the `train` extra and about half an hour on two cores.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path

import learn_modality
import learn_ranker
import learn_tagger
import learn_variants
import numpy as np
import ranker_batches
from articles import Annotated, Article, articles_of, form, gold_spans, held_by
from keys import key_of, surveyed
from learning import ANNOTATOR
from lessons import Lesson, corpus_lessons, document_of, gold_lessons, own_lessons

from kg.annotate import annotate
from kg.annotate import tagger as tagging
from kg.annotate.tagger import Tagger
from kg.annotate.terms import lexicon
from kg.model import Mention, Modality
from kg.network import load
from kg.relate.pairs import Pair, Sight, Surveyed, spelled
from kg.relate.ranker import parts
from kg.resolve.variants import Form, couples
from kg.schema import Example, load_schema
from kg.text import fold, strip_quotes, words

ROOT = Path(__file__).parent.parent
TAGGER, RANKER = ROOT / "kg/annotate/tagger.npz", ROOT / "kg/relate/ranker.npz"
MODALITY, VARIANTS = ROOT / "kg/relate/modality.npz", ROOT / "kg/resolve/variants.npz"
THRESHOLDS = (0.1, 0.04)
"""Probabilities below which a claim, and one that a rule proposes, is not weighed at all;
kg.relate.cut chooses among the rest."""
GOLD_ROWS = 3
"""So many times the tagger sees what the gold annotators did in an epoch: there are more than
eighty times as many articles of others, who draw the line between what is named and what is not a
little differently."""
UNTAGGED = "retold_long"
"""Articles that only the ranker learns from: with them the tagger finds no more in articles that it
was not taught (entity F1 .725 and .637 on two sets, without them .730 and .651)."""


def bio(row: Sequence[tagging.Token], spans: Sequence[tagging.Span]) -> list[str]:
    labels = ["O"] * len(row)
    for span in spans:
        inside = [n for n, t in enumerate(row) if span.start <= t.start and t.end <= span.end]
        for place, at in enumerate(inside):
            labels[at] = ("I-" if place else "B-") + span.type
    return labels


def tagger_rows(article: Article) -> Iterable[learn_tagger.Row]:
    document = article.document
    own = tagging.features(document.text, article.row, article.proposals, document.sentences)
    annotator = ANNOTATOR + article.annotator
    seen = [
        [*tagging.spelled(token.text), *chain.from_iterable(told), annotator]
        for token, told in zip(article.row, zip(*own, strict=True), strict=True)
    ]
    labels = [bio(article.row, gold_spans(article, layer)) for layer in (0, 1)]
    words = [token.text for token in article.row]
    for first, last in tagging.sentence_rows(article.row, document.sentences):
        for begin in range(first, last, learn_tagger.LONGEST):
            here = slice(begin, min(last, begin + learn_tagger.LONGEST))
            yield learn_tagger.Row(
                article.id, words[here], seen[here], (labels[0][here], labels[1][here])
            )


def variant_lessons(lesson: Lesson) -> Iterable[learn_variants.Lesson]:
    """The names of an article that hold one another, and whether they are one entity."""
    text, terms = lesson.document.text, lexicon(load_schema())
    starts = [sentence.start for sentence in lesson.document.sentences]
    owners: list[int] = []
    forms: list[Form] = []
    for kind in load_schema().nodes:
        whose = {
            name: at for at, entity in enumerate(lesson.gold["entities"]) if entity["type"] == kind
            for name in {entity["name"], *entity.get("aliases", [])} if len(name) > 1
        }  # fmt: skip
        for name, sentences in alone(text, whose, starts).items():
            listed = terms.canonical(name, kind) is not None
            forms.append(Form(fold(strip_quotes(name)), kind, listed, frozenset(sentences)))
            owners.append(whose[name])
    for pair in couples(forms):
        same = owners[pair.short] == owners[pair.long]
        yield learn_variants.Lesson(lesson.id, pair.features, same)


def alone(text: str, names: Iterable[str], starts: Sequence[int]) -> dict[str, set[int]]:
    """The sentences in which each name stands outside a longer one."""
    taken = bytearray(len(text))
    found: dict[str, set[int]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for match in re.finditer(re.escape(name), text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(name)
                found.setdefault(name, set()).add(bisect_right(starts, match.start()))
    return found


def train_tagger(articles: Iterable[Article]) -> bytes:
    rows: list[learn_tagger.Row] = []
    for article in articles:
        if article.annotator == UNTAGGED:
            continue
        rows += [*tagger_rows(article)] * (GOLD_ROWS if article.annotator == "gold" else 1)
    return learn_tagger.learn(rows)


def ranker_lessons(
    name: str, text: int, view: Surveyed, right: Callable[[Pair, Sight], Sequence[int]],
    *, sure: bool = False,
) -> Iterator[ranker_batches.Lesson]:  # fmt: skip
    """The sentences of an article with their pairs; `right` says which edges hold for a pair (see
    ranker_batches.Lesson), and `text` is another number for each reading of an article."""
    called = view.called
    features = iter(view.features())
    for sight in view.sights:
        seen = list(islice(features, len(sight.ends)))
        if not seen:
            continue
        rows = [right(view.pair(sight, at), sight) for at in range(len(seen))]
        words = [(*spelled(word.text, word.tag), *marks)
                 for word, marks in zip(sight.parsed.words, sight.marks, strict=True)]  # fmt: skip
        yield ranker_batches.Lesson(
            name, text, [word.text for word in sight.parsed.words], words, seen,
            parts(sight.at, len(sight.marks)), sight.ends, called[sight.ends],
            np.array(rows, dtype=np.int8), sure,
        )  # fmt: skip


def lessons_of(
    articles: Sequence[Article], folds: int, edges: Sequence[str]
) -> list[ranker_batches.Lesson]:
    """What the ranker learns from: each article as a tagger sees it that was not taught it, which
    says how far its mentions can be believed, and as its annotation has it."""
    schema = load_schema()
    readings: list[tuple[Sequence[Article], Tagger | None]] = []
    for part in range(folds):
        unseen = articles[part::folds]
        names = {a.id for a in unseen}
        taught = [a for a in articles if a.id not in names]
        readings.append((unseen, Tagger(load(train_tagger(taught)))))
    readings.append((articles, None))
    found: list[ranker_batches.Lesson] = []
    for text, (a, one) in enumerate((a, one) for several, one in readings for a in several):
        a.mentions, a.links = annotate(
            a.document, a.words, schema, one or Annotated(a), a.proposals
        )  # fmt: skip
        view = surveyed(a)
        right = partial(key_of(a, view.every, view.origin).right, edges)
        found += ranker_lessons(a.id, text, view, right)
    return found


def modality_lessons(articles: Iterable[Article]) -> Iterator[learn_modality.Lesson]:
    """How each relation is put: of the articles as they are annotated, and of the examples."""
    for a in articles:
        a.mentions, a.links = annotate(
            a.document, a.words, load_schema(), Annotated(a), a.proposals
        )  # fmt: skip
        view = surveyed(a)
        yield from learn_modality.lessons_of(a, view, key_of(a, view.every, view.origin).put)
    for a, edge, example in examples():
        view = surveyed(a)
        yield from learn_modality.lessons_of(a, view, partial(_put, view, edge, example))


def example_lessons(edges: Sequence[str]) -> list[ranker_batches.Lesson]:
    """The examples of schemas/edges: the edge that a sentence must give is right; of one that must
    give none, every pair is wrong. About the other edges of a sentence they say nothing."""
    found = []
    for text, (a, edge, example) in enumerate(examples()):
        view = surveyed(a)
        judged = partial(_asked, view, edge, example, edges)
        found += ranker_lessons(a.id, -1 - text, view, judged, sure=True)
    return found


def examples() -> Iterator[tuple[Article, str, Example]]:
    """Each example of schemas/edges as an article with the mentions that kg finds, and its edge."""
    schema = load_schema()
    tagger = Tagger(load(TAGGER.read_bytes()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentence.txt"
        for edge in schema.edges.values():
            for example in edge.examples:
                path.write_text(example.text, encoding="utf-8")
                document = document_of(path)
                cut = words(document.text)
                article = Article(example.where, "gold", {}, document, cut, [], [])
                article.mentions, article.links = annotate(document, article.words, schema, tagger)
                yield article, edge.name, example


def _put(
    view: Surveyed, edge: str, example: Example, pair: Pair, _: Sight
) -> Iterator[tuple[str, Modality]]:  # fmt: skip
    ends = view.every[pair.subject], view.every[pair.object]
    if example.modality and edge in pair.edges and said(example, ends) == 1:
        yield edge, example.modality


def _asked(
    view: Surveyed, edge: str, example: Example, edges: Sequence[str], pair: Pair, sight: Sight
) -> list[int]:  # fmt: skip
    """For each edge whether the example of `edge` wants it of the pair: see `said`."""
    found = [-1] * len(edges)
    if edge in pair.edges:
        ends = view.every[pair.subject], view.every[pair.object]
        found[edges.index(edge)] = said(example, ends)
    return found


def said(example: Example, ends: Sequence[Mention]) -> int:
    """1 if the example wants an edge between the two, 0 if it wants none at all, else -1."""
    if example.edge is None:
        return 0
    called = (fold(name) in {fold(m.name), form(m)}
              for name, m in zip(example.edge, ends, strict=True))  # fmt: skip
    return 1 if all(called) else -1


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--skip", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--only", choices=["tagger", "ranker", "modality", "variants"])
    args = parser.parse_args()
    skip = set(args.skip.read_text().split()) if args.skip else set()
    lessons = list(gold_lessons(args.gold, skip))
    if args.corpus:
        lessons += corpus_lessons(args.corpus)
    lessons += own_lessons()
    wanted = {args.only} if args.only else {"tagger", "ranker", "modality", "variants"}
    if "variants" in wanted:
        pairs = [pair for lesson in lessons for pair in variant_lessons(lesson)]
        write(VARIANTS, learn_variants.learn(pairs))
    if wanted == {"variants"}:
        return
    articles = articles_of(lessons, held_by(lessons, args.corpus))
    edges = sorted(load_schema().edges)
    if "tagger" in wanted:
        write(TAGGER, train_tagger(articles))
    if "modality" in wanted:
        write(MODALITY, learn_modality.learn([*modality_lessons(articles)]))
    if "ranker" in wanted:
        taught = [*lessons_of(articles, args.folds, edges), *example_lessons(edges)]
        write(RANKER, learn_ranker.learn(taught, edges, THRESHOLDS))


def write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    print(f"{path.relative_to(ROOT)}: {len(data) // 1024} kB", flush=True)


if __name__ == "__main__":
    main()
