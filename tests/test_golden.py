"""The extractions of the sample articles are what they were.

`KG_UPDATE_GOLDEN=1 pytest tests/test_golden.py` writes them anew: read the difference before you
commit it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.model import Document, Extraction
from kg.pipeline import extract
from kg.read import read

GOLDEN = Path(__file__).with_name("golden")
SAMPLES = Path(kg.__file__).parent / "_samples"
DOCUMENTS = [document for document in read([SAMPLES]) if isinstance(document, Document)]


def lines(extraction: Extraction) -> Iterator[str]:
    """One line a claim, in text order: what a person would compare."""
    for claim in extraction.claims:
        subject = extraction.mentions[claim.subject]
        target = extraction.mentions[claim.object]
        attrs = "".join(f" {key}={value}" for key, value in sorted(claim.attrs.items()))
        yield (
            f"{claim.start}-{claim.end} {subject.type}:{subject.name} {claim.type} "
            f"{target.type}:{target.name} {claim.modality} [{claim.source}]{attrs} "
            f"{claim.rule} {claim.confidence:.2f}\n"
        )


@pytest.mark.parametrize("document", DOCUMENTS, ids=[d.title for d in DOCUMENTS])
def test_the_extraction_of_a_sample_article_is_its_golden_one(document: Document) -> None:
    found = "".join(lines(extract(document)))
    file = GOLDEN / f"{document.id}.txt"
    if os.environ.get("KG_UPDATE_GOLDEN"):
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def test_every_sample_format_has_a_golden_extraction() -> None:
    assert {f"{document.id}.txt" for document in DOCUMENTS} == {p.name for p in GOLDEN.iterdir()}
    assert len(DOCUMENTS) >= 6
