#!/usr/bin/env python3
"""Train the tagger and the ranker on annotated articles.

usage: train.py GOLD [--skip unread.txt] [--corpus articles/] [--folds 4] [--report-only]

GOLD is a folder with gold/ID.json and articles/ID.*. Articles named in the --skip file are never
opened. Unlabelled articles (--corpus) say which terms are known beyond one article. Every article
is first extracted by models that have not seen it (cross-fitting); those extractions train the
ranker and give the printed figures. The last models see all articles and are written to
kg/annotate/tagger.json and kg/relate/ranker.json as whole thousandths.

Needs the `train` extra.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.annotate import annotate, propose
from kg.annotate import tagger as tagging
from kg.annotate.terms import lexicon
from kg.evaluate import AVERAGED, align, evaluate, load_gold
from kg.model import Document, Extraction, Mention
from kg.pipeline import extraction_json
from kg.read import Unreadable, read
from kg.relate import propose as propose_claims
from kg.relate import ranker as ranking
from kg.relate import relate
from kg.relate.sources import Voices
from kg.schema import load_schema
from kg.text import Word, fold, strip_quotes, words

ROOT = Path(__file__).parent.parent
TAGGER, RANKER = ROOT / "kg/annotate/tagger.json", ROOT / "kg/relate/ranker.json"
COMMON = 12  # articles that must have a word before the tagger knows it
TAGGER_SET = {"c1": 1.0, "c2": 3.0, "max_iterations": 80, "feature.minfreq": 10}
RANKER_ARTICLES, RANKER_C = 4, 0.04
HIDDEN = 0.15  # share of the well-known terms that training hides
LESSON = 4.0  # weight of a schema example beside a candidate of an article
NEAR_COUNT = 10  # relations of one edge between two types that make nearness worth trying
THRESHOLDS = (0.09, 0.12, 0.15, 0.2)


@dataclass
class Article:
    """One annotated article with what is computed once."""

    id: str
    gold: dict[str, Any]
    document: Document
    words: tuple[Word, ...]
    proposals: list[Mention]
    row: list[tagging.Token]
    seen: list[list[str]] = field(default_factory=list)
    mentions: tuple[Mention, ...] = ()
    links: tuple[tuple[int, int], ...] = ()
    examples: list[tuple[list[str], int, str]] = field(default_factory=list)


def _form(mention: Mention) -> str:
    return fold(strip_quotes(mention.text))


def held_by(folder: Path, corpus: Path | None, skip: set[str]) -> Counter[str]:
    """In how many articles each term of the lexicon stands."""
    files = [path for _, path in load_gold(folder, skip).values()]
    files += (
        sorted(p for p in corpus.iterdir() if p.name.split(".")[0] not in skip) if corpus else []
    )
    counts: Counter[str] = Counter()
    for document in read(files):
        if not isinstance(document, Unreadable):
            found = lexicon(load_schema()).find(document.text, words(document.text))
            counts.update({_form(mention) for mention in found})
    return counts


def _believed(article: str, mention: Mention, held: Counter[str]) -> bool:
    """Whether training may know a term. The lists were written by people who had read these
    articles, so a term that stands in this one alone is hidden, and some others by chance:
    the tagger has to learn from context what the lists will lack elsewhere."""
    if not mention.rule.endswith("#term"):
        return True
    chance = int(hashlib.sha256(f"{article} {_form(mention)}".encode()).hexdigest()[:8], 16) / 2**32
    return chance >= {0: 1.0, 1: 1.0, 2: 0.6, 3: 0.4}.get(held[_form(mention)], HIDDEN)


def load(folder: Path, skip: set[str], held: Counter[str]) -> tuple[list[Article], frozenset[str]]:
    """The articles, and the words that so many of them have that the tagger may know them."""
    schema = load_schema()
    found = []
    for name, (gold, path) in load_gold(folder, skip).items():
        (document,) = [d for d in read([path]) if not isinstance(d, Unreadable)]
        cut = words(document.text)
        proposals = [m for m in propose(document.text, cut, schema) if _believed(name, m, held)]
        row = tagging.tokens(document.text, cut, proposals)
        found.append(Article(name, gold, document, cut, proposals, row))
    counts = Counter(
        w for a in found for w in {t.text for t in a.row} | {t.text[-1] for t in a.row}
    )
    common = frozenset(word for word, count in counts.items() if count >= COMMON)
    for article in found:
        article.seen = tagging.features(article.row, article.proposals, common)
    return found, common


def gold_spans(article: Article, layer: int) -> list[tagging.Span]:
    """The annotated names wherever they stand in the text, longest first, none overlapping."""
    text = article.document.text
    every = []
    for entity in article.gold["entities"]:
        if tagging.layer_of(entity["type"]) == layer:
            for name in {entity["name"], *entity.get("aliases", [])}:
                if len(name) > 1:
                    every += [tagging.Span(*m.span(), entity["type"])
                              for m in re.finditer(re.escape(name), text)]  # fmt: skip
    taken = bytearray(len(text))
    kept = []
    for span in sorted(every, key=lambda s: (s.start - s.end, s.start)):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return sorted(kept)


def bio(row: Sequence[tagging.Token], spans: Sequence[tagging.Span]) -> list[str]:
    labels = ["O"] * len(row)
    for span in spans:
        inside = [n for n, t in enumerate(row) if span.start <= t.start and t.end <= span.end]
        for place, at in enumerate(inside):
            labels[at] = ("I-" if place else "B-") + span.type
    return labels


def train_tagger(articles: Sequence[Article], common: frozenset[str]) -> dict[str, Any]:
    layers = []
    for layer in (0, 1):
        trainer = pycrfsuite.Trainer(verbose=False)
        for article in articles:
            labels = bio(article.row, gold_spans(article, layer))
            for begin, end in tagging.sentence_rows(article.row, article.document.sentences):
                trainer.append(article.seen[begin:end], labels[begin:end])
        trainer.set_params(TAGGER_SET)
        with tempfile.TemporaryDirectory() as folder:
            trainer.train(f"{folder}/model")
            crf = pycrfsuite.Tagger()
            crf.open(f"{folder}/model")
            info = crf.info()
        rows: dict[str, dict[str, int]] = {}
        for (name, label), value in sorted(info.state_features.items()):
            if whole := round(value * tagging.SCALE):
                rows.setdefault(name, {})[label] = whole
        labels = sorted(info.labels)
        steps = {f"{a} {b}": round(v * tagging.SCALE)
                 for (a, b), v in sorted(info.transitions.items())}  # fmt: skip
        layers.append({"labels": labels, "weights": rows, "steps": steps})
    return {"common": sorted(common), "layers": layers}


def examples(article: Article, near: dict[str, list[str]]) -> list[tuple[list[str], int, str]]:
    """(features, label, ends) of each candidate: 1 right, 0 wrong, -1 optional in the gold."""
    schema, document = load_schema(), article.document
    everything = relate(document, article.words, article.mentions, article.links, schema,
                        ranking.Ranker({}, 0.0, near))  # fmt: skip
    printed = extraction_json(everything)
    partner = align(article.gold, printed, schema)
    place = {(m["start"], m["end"], e["type"]): e["id"]
             for e in printed["entities"] for m in e["mentions"]}  # fmt: skip
    gold: dict[tuple[str, str, str], bool] = {}
    for r in article.gold["relations"]:
        ends = [(r["subject"], r["object"])]
        if schema.edges[r["type"]].symmetric:
            ends.append((r["object"], r["subject"]))
        for subject, target in ends:
            gold[subject, r["type"], target] = bool(r.get("optional"))

    def ends_of(index: int) -> set[str]:
        found = set()
        for at in origin[index]:
            m = article.mentions[at]
            entity = place.get((m.start, m.end, m.type))
            if entity in partner:
                found.add(partner[entity])
        return found

    def drawn(index: int) -> set[str]:
        return {
            place.get((m.start, m.end, m.type), "")
            for m in map(article.mentions.__getitem__, origin[index])
        }

    voices = Voices(document, article.mentions, schema)
    proposed = propose_claims(document, article.words, article.mentions, schema, voices, near)
    origin = proposed.origin
    rows = []
    for one, names in zip(proposed.candidates, proposed.features, strict=True):
        hits = [gold[s, one.type, o] for s in ends_of(one.subject) for o in ends_of(one.object)
                if (s, one.type, o) in gold]  # fmt: skip
        key = (sorted(drawn(one.subject)), one.type, sorted(drawn(one.object)))
        rows.append((names, 0 if not hits else -1 if all(hits) else 1, repr(key)))
    return rows


def schema_examples(tagger: tagging.Tagger, near: dict[str, list[str]]) -> list[Article]:
    """The examples of schemas/edges as small articles: the edge that a sentence must give is
    right, every candidate of the type in a sentence that must give none is wrong."""
    schema = load_schema()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for edge in schema.edges.values():
            for example in edge.examples:
                path = Path(folder) / "sentence.txt"
                path.write_text(example.text, encoding="utf-8")
                (document,) = [d for d in read([path]) if not isinstance(d, Unreadable)]
                cut = words(document.text)
                article = Article(example.where, {}, document, cut, [], [])
                mentions, _ = annotate(document, cut, schema, tagger)
                voices = Voices(document, mentions, schema)
                proposed = propose_claims(document, cut, mentions, schema, voices, near)
                every = proposed.every
                for one, names in zip(proposed.candidates, proposed.features, strict=True):
                    if one.type == edge.name:
                        ends = [every[one.subject], every[one.object]]
                        right = example.edge is not None and all(
                            fold(name) in {fold(m.name), fold(m.text)}
                            for name, m in zip(example.edge, ends, strict=True)
                        )
                        if right or example.edge is None:
                            article.examples.append((names, int(right), example.where))
                found.append(article)
    return found


def near_edges(articles: Iterable[Article]) -> dict[str, list[str]]:
    """The edges that annotators drew often between two types."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in articles:
        types = {e["id"]: e["type"] for e in article.gold["entities"]}
        counts.update((f"{types[r['subject']]}>{types[r['object']]}", r["type"])
                      for r in article.gold["relations"])  # fmt: skip
    found: dict[str, list[str]] = {}
    for (pair, edge), count in sorted(counts.items()):
        if count >= NEAR_COUNT:
            found.setdefault(pair, []).append(edge)
    return found


def train_ranker(
    articles: Iterable[Article], threshold: float, near: dict[str, list[str]],
    taught: Sequence[Article],
) -> dict[str, Any]:  # fmt: skip
    several = [*articles, *taught]
    counts = Counter(n for a in several for n in {n for names, *_ in a.examples for n in names})
    known = sorted(n for n, c in counts.items() if c >= RANKER_ARTICLES)
    column = {name: at for at, name in enumerate(known)}
    kept = [(names, y) for a in several for names, y, _ in a.examples if y >= 0]
    where, ends = [], [0]
    for names, _ in kept:
        where += sorted({column[n] for n in names if n in column})
        ends.append(len(where))
    matrix = csr_matrix((np.ones(len(where)), where, ends), shape=(len(kept), len(known)))
    model = LogisticRegression(C=RANKER_C, solver="liblinear", fit_intercept=False, max_iter=500)
    lessons = sum(y >= 0 for a in taught for _, y, _ in a.examples)
    weights_of = [1.0] * (len(kept) - lessons) + [LESSON] * lessons
    model.fit(matrix, [y for _, y in kept], sample_weight=weights_of)
    weights = {n: w for n, v in zip(known, model.coef_[0], strict=True)
               if (w := round(float(v) * ranking.SCALE))}  # fmt: skip
    return {"near": near, "threshold": threshold, "weights": weights}


def report(articles: Sequence[Article], extractions: dict[str, Extraction], title: str) -> float:
    result = evaluate(
        [(a.id, a.gold, extraction_json(extractions[a.id])) for a in articles], load_schema()
    )
    entity, relation = (result.mean(measure) for measure in AVERAGED)
    modality = result.modality or 0.0
    figures = [f"{title:28s}"]
    for name, mean in (("entity", entity), ("relation", relation)):
        figures.append(f"{name} " + " ".join(f"{key} {mean[key]:.3f}" for key in mean))
    print(" | ".join([*figures, f"modality {modality:.3f}"]), flush=True)
    return float(relation["f1"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--skip", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--report-only", action="store_true")
    args = parser.parse_args()
    skip = set(args.skip.read_text().split()) if args.skip else set()
    articles, common = load(args.gold, skip, held_by(args.gold, args.corpus, skip))
    schema, near = load_schema(), near_edges(articles)
    parts = [articles[n :: args.folds] for n in range(args.folds)]
    for part in parts:
        rest = [a for a in articles if a not in part]
        fold = tagging.load(json.dumps(train_tagger(rest, common)))
        for article in part:
            article.mentions, article.links = annotate(
                article.document, article.words, schema, fold, article.proposals
            )
            article.examples = examples(article, near)
    data = train_tagger(articles, common)
    taught = schema_examples(tagging.load(json.dumps(data)), near)
    right = sum(y == 1 for a in articles for _, y, _ in a.examples)
    proposed = sum(len(a.examples) for a in articles)
    print(f"{len(articles)} articles, {proposed} candidates, {right} right")
    best = (0.0, 0.3)
    models = []
    for part in parts:
        rest = [a for a in articles if a not in part]
        models.append(ranking.load(json.dumps(train_ranker(rest, 0.0, near, taught))))
    for threshold in THRESHOLDS:
        unseen = {a.id: relate(a.document, a.words, a.mentions, a.links, schema,
                               ranking.Ranker(model.weights, threshold, near))
                  for part, model in zip(parts, models, strict=True) for a in part}  # fmt: skip
        best = max(best, (report(articles, unseen, f"unseen, threshold {threshold}"), threshold))
    if args.report_only:
        return
    write(TAGGER, data)
    final = train_ranker(articles, best[1], near, taught)
    write(RANKER, final)
    tagger, ranker = tagging.load(json.dumps(data)), ranking.load(json.dumps(final))
    seen = {}
    for a in articles:
        mentions, links = annotate(a.document, a.words, schema, tagger)
        seen[a.id] = relate(a.document, a.words, mentions, links, schema, ranker)
    report(articles, seen, f"seen, threshold {best[1]}")


def write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
