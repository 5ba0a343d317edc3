"""What the record promises, shown on real articles with the real extraction, as users run it."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model import Document
from kg.pipeline import build, extract, extraction_json, remove
from kg.read import read
from kg.record import Record
from kg.store.graphml import write_graphml

from .test_record import tree

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "corpus" / "articles").is_dir(),
    reason="the shared corpus is not on this machine",
)
COUNT = 25
# A run of digits as long as a phone number, an ID card or a bank card.
IDENTIFIER = re.compile(rb"(?<!\d)(?:\d{11}|\d{15,19})(?!\d)")
WATERMARK = re.compile(rb"mitbbs", re.IGNORECASE)


def started(
    paths: list[Path], out: Path, jobs: int = 1, seed: str = "0"
) -> subprocess.Popen[bytes]:
    """`kg build` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "build", *paths, "-r", out, "--jobs", str(jobs)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def built(paths: list[Path], out: Path, jobs: int = 1, seed: str = "0") -> dict[str, bytes]:
    """The tree of the record that `kg build` makes."""
    run = started(paths, out, jobs, seed)
    _, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors.decode()
    return tree(out)


@pytest.fixture(scope="module")
def articles() -> list[Path]:
    """The shorter ones, to save time, in order of their names."""
    found = (SHARED / "corpus" / "articles").iterdir()
    return sorted(sorted(found, key=lambda path: (path.stat().st_size, path))[:COUNT])


@pytest.fixture(scope="module")
def whole(articles: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """The record of `articles`, and the seconds that it took."""
    out = tmp_path_factory.mktemp("acceptance") / "whole"
    start = time.monotonic()
    built(articles, out)
    return out, time.monotonic() - start


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the seed articles."""
    out = tmp_path_factory.mktemp("acceptance") / "seeds"
    built([SHARED / "seeds"], out)
    return out


@pytest.fixture(scope="module")
def seed_outputs(seeds: Path) -> list[bytes]:
    """All that kg gives of the seed articles: the record, the lines of extract, GraphML."""
    record = Record.open(seeds)
    lines = [str(extraction_json(item)).encode() for item in record.extractions()]
    graphml = seeds.parent / "seeds.graphml"
    write_graphml(record.graph(), graphml)
    return [*tree(seeds).values(), *lines, graphml.read_bytes()]


def test_the_tree_hangs_on_neither_jobs_nor_order_nor_hash_seed(
    articles: list[Path], whole: tuple[Path, float], tmp_path: Path
) -> None:
    shuffled = list(articles)
    random.Random(2).shuffle(shuffled)
    assert built(shuffled, tmp_path / "out", jobs=2, seed="1") == tree(whole[0])
    assert built(articles, tmp_path / "out", jobs=2, seed="2") == tree(whole[0])


def test_a_build_killed_at_any_moment_goes_on_to_the_same_tree(
    articles: list[Path], whole: tuple[Path, float], tmp_path: Path
) -> None:
    chance = random.Random(3)
    out = tmp_path / "out"
    for _ in range(3):
        run = started(articles, out)
        time.sleep(chance.uniform(0.3, 0.8 * whole[1]))
        run.kill()
        run.communicate()
    assert built(articles, out) == tree(whole[0])


def test_removing_an_article_gives_the_tree_of_a_build_without_it(
    articles: list[Path], whole: tuple[Path, float], tmp_path: Path
) -> None:
    gone = random.Random(4).choice(articles)
    shutil.copytree(whole[0], tmp_path / "less")
    assert remove(tmp_path / "less", str(gone)).path == str(gone)
    # the extractions are those of the whole record: only what is made of them is in question
    known = {item.document.id: item for item in Record.open(whole[0]).extractions()}
    version = json.loads((whole[0] / "manifest.json").read_bytes())["version"]
    record = Record.open(tmp_path / "without", version, create=True)
    build(
        [path for path in articles if path != gone], record,
        extract=lambda document: known[document.id],
    )  # fmt: skip
    assert tree(tmp_path / "less") == tree(tmp_path / "without")


def test_no_output_of_the_seeds_holds_a_run_of_digits_like_an_identifier(
    seed_outputs: list[bytes],
) -> None:
    assert [found for data in seed_outputs for found in IDENTIFIER.findall(data)] == []


def test_the_watermark_is_in_no_output_of_the_seeds(seed_outputs: list[bytes]) -> None:
    assert not any(WATERMARK.search(data) for data in seed_outputs)


def quotes(document: Document) -> Iterator[tuple[int, int, str]]:
    """Every quote in the line of `kg extract` for a document."""
    line = extraction_json(extract(document))
    for entity in line["entities"]:
        yield from ((m["start"], m["end"], m["text"]) for m in entity["mentions"])
    for relation in line["relations"]:
        assert relation["evidence"], relation
        yield from ((e["start"], e["end"], e["text"]) for e in relation["evidence"])


def test_every_quote_stands_in_the_text_as_it_is(articles: list[Path]) -> None:
    documents = list(read([SHARED / "seeds", *articles[:8]]))
    for document in documents:
        assert isinstance(document, Document), document
        for start, end, quote in quotes(document):
            assert quote and document.text[start:end] == quote


def test_every_quote_of_a_record_stands_in_its_document(whole: tuple[Path, float]) -> None:
    record = Record.open(whole[0])
    texts = {item.document.id: item.document.text for item in record.extractions()}
    graph = record.graph()
    for relation in (*graph.relations, *graph.negated):
        assert relation.evidence
        for one in relation.evidence:
            assert one.quote and texts[one.document][one.start : one.end] == one.quote
