#!/usr/bin/env python3
"""Tables for docs/quality.md: scores and the reliability of confidence, as Markdown.

    scripts/quality.py GOLD [--only IDS.txt | --skip IDS.txt] [--jobs N]

GOLD has gold/ID.json and articles/ID.*, as for `kg eval`. The file of --only or --skip names
one article a line.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.evaluate import AVERAGED, MEASURES, Evaluation, Score, evaluate, load_gold
from kg.evaluate.articles import extract_all
from kg.reliability import Bin, reliability
from kg.schema import load_schema


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"


def scores(result: Evaluation) -> Iterator[str]:
    for name in AVERAGED:
        mean = result.mean(name)
        ratios = ", ".join(f"{key} {value:.3f}" for key, value in mean.items())
        yield f"Mean over {len(result.articles)} articles, {name}: {ratios}."
    if result.modality is not None:
        yield f"Modality of the relations found: {result.modality:.3f} right."
    yield ""
    yield from table(
        ["all items together", "P", "R", "F1", "right", "surplus", "missed"],
        (_row(name, result.measures[name]) for name in MEASURES),
    )


def by_type(title: str, types: dict[str, Score], labels: dict[str, str]) -> Iterator[str]:
    ranked = sorted(types.items(), key=lambda item: (-item[1].right - item[1].missed, item[0]))
    rows = (_row(f"{labels.get(name, '')} {name}".strip(), score) for name, score in ranked)
    yield from table([title, "P", "R", "F1", "right", "surplus", "missed"], rows)


def _row(name: str, score: Score) -> tuple[object, ...]:
    ratios = (f"{ratio:.2f}" for ratio in (score.precision, score.recall, score.f1))
    return name, *ratios, score.right, score.surplus, score.missed


def confidence(bins: Iterable[Bin]) -> Iterator[str]:
    rows = (
        (
            f"{one.low:.1f} to {one.high:.1f}",
            one.relations,
            f"{one.expected:.2f}" if one.relations else "",
            one.right,
            "" if one.share is None else f"{one.share:.2f}",
        )
        for one in bins
    )
    yield from table(["confidence", "relations", "mean confidence", "right", "share right"], rows)


def report(gold: Path, only: set[str], skip: set[str], jobs: int) -> Iterator[str]:
    articles = load_gold(gold, skip, only or None)
    found = extract_all([file for _, file in articles.values()], jobs)
    pairs = [
        (name, annotation, one.plain)
        for (name, (annotation, _)), one in zip(articles.items(), found, strict=True)
    ]
    schema = load_schema()
    result = evaluate(pairs, schema)
    nodes = {name: node.label.zh for name, node in schema.nodes.items()}
    edges = {name: edge.label.zh for name, edge in schema.edges.items()}
    yield from scores(result)
    yield ""
    yield from confidence(reliability(pairs, schema))
    yield ""
    yield from by_type("node type", result.entity_types, nodes)
    yield ""
    yield from by_type("edge type", result.relation_types, edges)


def listed(path: Path | None) -> set[str]:
    return set(path.read_text("utf-8").split()) if path else set()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--only", type=Path)
    parser.add_argument("--skip", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    for line in report(options.gold, listed(options.only), listed(options.skip), options.jobs):
        print(line)


if __name__ == "__main__":
    main()
