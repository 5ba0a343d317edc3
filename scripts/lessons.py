"""Annotated articles to train on: the gold ones, articles of the corpus that we annotated, and
articles in our own words.

`annotations.jsonl` holds our annotations of corpus articles, by the gold guide, as offsets: not a
word of an article stands in it. A line is one article: `file` and `sha256` of the source, `end`
(the annotation covers `text[:end]` of what `kg` reads from it), `entities` as [type, level, spans
of its names], `relations` as [subject, type, object, modality, span of the evidence, optional]
with ends as positions in `entities`.

`written.jsonl` holds articles of our own words, after the manner of news, notices, reports and
judgments, with annotations by the same guide: `text`, and `entities` with names in place of spans.
`retold.jsonl` holds more of them, nearly each after one real page of the web: its genre, order, its
terms and the build of its sentences in other words, with other people, firms, places and figures;
`retold_long.jsonl` holds longer ones, each after two to four pages on one subject.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.evaluate import load_gold
from kg.model import Document
from kg.read import Unreadable, read
from kg.text import strip_quotes

ANNOTATIONS = Path(__file__).parent / "annotations.jsonl"
WRITTEN = Path(__file__).parent / "written.jsonl"
RETOLD = Path(__file__).parent / "retold.jsonl"
RETOLD_LONG = Path(__file__).parent / "retold_long.jsonl"
_LEVELS = {"i": "instance", "t": "type"}


@dataclass(frozen=True)
class Lesson:
    """An article and what annotators found in it, in the form of a gold file. `annotator` is
    gold, corpus, written, retold or retold_long."""

    id: str
    annotator: str
    document: Document
    gold: dict[str, Any]


def gold_lessons(folder: Path, skip: set[str]) -> Iterator[Lesson]:
    """The gold articles but those of `skip`, which are not opened."""
    for name, (gold, path) in load_gold(folder, skip).items():
        yield Lesson(name, "gold", document_of(path), gold)


def corpus_lessons(corpus: Path, file: Path = ANNOTATIONS) -> Iterator[Lesson]:
    """The annotated articles of the corpus, cut where their annotation ends."""
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        document = document_of(corpus / row["file"])
        if document.sha256 != row["sha256"]:
            raise SystemExit(f"{row['file']}: not the file that was annotated")
        document = beginning(document, row["end"])
        named = [[document.text[slice(*span)] for span in spans] for _, _, spans in row["entities"]]
        gold = _gold(row, document.text, named)
        yield Lesson(row["file"].split(".")[0], "corpus", document, gold)


def own_lessons() -> Iterator[Lesson]:
    """The articles in our own words."""
    with tempfile.TemporaryDirectory() as folder:
        for file in (WRITTEN, RETOLD, RETOLD_LONG):
            for line in file.read_text("utf-8").splitlines():
                row = json.loads(line)
                path = Path(folder) / f"{row['id']}.txt"
                path.write_text(row["text"], encoding="utf-8")
                named = [names for _, _, names in row["entities"]]
                gold = _gold(row, row["text"], named)
                yield Lesson(row["id"], file.stem, document_of(path), gold)


def document_of(path: Path) -> Document:
    """The one document of a file."""
    (document,) = (d for d in read([path]) if not isinstance(d, Unreadable))
    return document


def beginning(document: Document, end: int) -> Document:
    """The document as if its text ended at `end`, the end of a sentence."""
    return replace(
        document,
        text=document.text[:end],
        sentences=tuple(s for s in document.sentences if s.end <= end),
        runs=tuple(r for r in document.runs if r.start < end),
    )


def _gold(row: dict[str, Any], text: str, named: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The annotation of `text` as a gold file has it; `named` are the names of each entity."""
    entities = [
        {"id": f"e{number}", "type": kind, "name": strip_quotes(names[0]),
         "aliases": list(names), "level": _LEVELS[level]}
        for number, ((kind, level, _), names) in enumerate(zip(row["entities"], named, strict=True))
    ]  # fmt: skip
    relations = [
        {"subject": f"e{subject}", "type": kind, "object": f"e{target}", "modality": modality,
         "evidence": text[slice(*evidence)], "optional": optional}
        for subject, kind, target, modality, evidence, optional in row["relations"]
    ]  # fmt: skip
    return {"entities": entities, "relations": relations}
