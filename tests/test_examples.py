"""Every example of schemas/ is a test: what the sentence must give, and what it must not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from kg.annotate import annotate
from kg.model import Claim, Document, Extraction, Mention
from kg.pipeline import extract
from kg.read import read
from kg.schema import EdgeType, Example, NodeType, load_schema
from kg.text import fold, strip_quotes, words

Read = Callable[[str], Document]

NOT_YET = frozenset(
    Path(__file__).with_name("examples_not_yet.txt").read_text(encoding="utf-8").splitlines()
)
"""`Type<tab>sentence` of the examples that the extractor does not meet yet. One that comes to
hold must leave the list (strict), so that the list says what is missing today and no more."""


def _cases(types: Iterable[NodeType | EdgeType]) -> list[ParameterSet]:
    return [
        pytest.param(
            kind.name, example, id=example.where,
            marks=[pytest.mark.xfail(strict=True, reason="listed in examples_not_yet.txt")]
            if f"{kind.name}\t{example.text}" in NOT_YET else [],
        )
        for kind in types
        for example in kind.examples
    ]  # fmt: skip


NODES = _cases(load_schema().nodes.values())
EDGES = _cases(load_schema().edges.values())


@pytest.fixture(scope="session")
def document_of(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A Document made of a sentence, as `kg.read` makes it of a plain text file."""
    path = tmp_path_factory.mktemp("examples") / "sentence.txt"

    @cache
    def made(text: str) -> Document:
        path.write_text(text, encoding="utf-8")
        (document,) = read([path])
        assert isinstance(document, Document), document
        return document

    return made


def forms(mention: Mention) -> set[str]:
    """How a mention is called and printed, quotation marks apart."""
    return {fold(strip_quotes(form)) for form in (mention.name, mention.text)}


def is_called(mention: Mention, name: str) -> bool:
    return fold(strip_quotes(name)) in forms(mention)


def said(extraction: Extraction, edge: str) -> list[Claim]:
    return [claim for claim in extraction.claims if claim.type == edge]


def shown(extraction: Extraction, claims: list[Claim]) -> str:
    """Claims as a person reads them, for the message of a test that fails."""
    mentions = extraction.mentions
    return "; ".join(
        f"{mentions[c.subject].name} {c.type} {mentions[c.object].name} ({c.modality})"
        for c in claims
    )


@pytest.mark.parametrize(("kind", "example"), NODES)
def test_the_example_of_a_node_type_holds(kind: str, example: Example, document_of: Read) -> None:
    document = document_of(example.text)
    mentions, _ = annotate(document, words(document.text), load_schema())
    found = [mention for mention in mentions if mention.type == kind]
    missing = [form for form in example.finds if not any(is_called(m, form) for m in found)]
    extra = [form for form in example.none if any(is_called(m, form) for m in found)]
    every = ", ".join(f"{m.text}:{m.type}" for m in mentions)
    assert not missing, f"{kind} missing: {'、'.join(missing)}; found {every}"
    assert not extra, f"{kind} too many: {'、'.join(extra)}; found {every}"


@pytest.mark.parametrize(("kind", "example"), EDGES)
def test_the_example_of_an_edge_type_holds(kind: str, example: Example, document_of: Read) -> None:
    extraction = extract(document_of(example.text))
    claims = said(extraction, kind)
    if example.edge is None:
        assert not claims, f"too many: {shown(extraction, claims)}"
        return
    ends = [example.edge]
    if load_schema().edges[kind].symmetric:
        ends.append((example.edge[1], example.edge[0]))
    lost = [
        name for name in example.edge if not any(is_called(m, name) for m in extraction.mentions)
    ]
    matching = [
        claim
        for claim in claims
        for subject, target in ends
        if is_called(extraction.mentions[claim.subject], subject)
        and is_called(extraction.mentions[claim.object], target)
    ]
    assert matching, (
        f"mention missing: {'、'.join(lost)}" if lost
        else f"edge missing; there is: {shown(extraction, list(extraction.claims))}"
    )  # fmt: skip
    if example.modality is not None:
        modalities = {claim.modality for claim in matching}
        assert example.modality in modalities, f"modality {', '.join(sorted(modalities))}"
