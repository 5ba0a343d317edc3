"""What the tagger takes, and how sure it says to be."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate import annotate, propose
from kg.annotate.overlap import LISTED
from kg.annotate.tagger import (
    Span,
    Tagged,
    Token,
    decode,
    features,
    shipped,
    tokens,
    viterbi,
)
from kg.model import Document
from kg.read import Unreadable, read
from kg.schema import load_schema
from kg.text import words

TEXT = "卡商老李在江州市向号商出售手机黑卡。警方称，诈骗分子用猫池批量注册微信号，网友说各地都买。"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    [found] = read([path])
    assert not isinstance(found, Unreadable)
    return found


def row(*texts: str) -> list[Token]:
    """Tokens that stand side by side."""
    ends = np.cumsum([len(text) for text in texts]).tolist()
    return [Token(end - len(text), end, text, "n") for text, end in zip(texts, ends, strict=True)]


def test_a_span_is_as_sure_as_its_words_are_in_the_mean() -> None:
    labels = ["B-Good", "I-Good", "I-Good", "O", "B-Tool"]
    found = decode(row("手机", "黑", "卡", "和", "猫池"), labels, [1.0, 2.0, 6.0, 0.0, -1.0])
    assert found == [Span(0, 4, "Good", 3.0), Span(5, 7, "Tool", -1.0)]


def test_an_inner_label_that_continues_nothing_begins_a_span() -> None:
    labels = ["I-Good", "I-Tool", "O", "I-Tool"]
    found = decode(row("卡", "猫池", "以及", "群控"), labels, [1.0, 2.0, 0.0, 3.0])
    assert found == [Span(0, 1, "Good", 1.0), Span(1, 3, "Tool", 2.0), Span(5, 7, "Tool", 3.0)]


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_the_best_path_is_the_best_of_all_paths(length: int, seed: int) -> None:
    random = np.random.RandomState(seed)
    scores, steps = random.randint(-9, 9, (length, 3)) / 4, random.randint(-9, 9, (3, 3)) / 4
    [found] = viterbi(scores, steps, [0], [length])

    def worth(path: tuple[int, ...]) -> float:
        own = sum(scores[at, label] for at, label in enumerate(path))
        return float(own + sum(steps[one, other] for one, other in pairwise(path)))

    assert worth(tuple(found)) == max(worth(path) for path in product(range(3), repeat=length))


def test_a_proposal_that_is_taken_has_the_margin_of_its_span(document: Document) -> None:
    tagger, cut = shipped(), words(document.text)
    assert tagger
    proposals = propose(document.text, cut, load_schema())
    tagged = tagger.tag(document.text, cut, document.sentences, proposals)
    margins = {
        (one.start, one.end, one.type): margin
        for one, margin in zip(proposals, tagged.margins, strict=True)
    }
    both = [span for span in tagged.spans if span[:3] in margins]
    assert len(both) > 3
    for span in both:
        assert margins[span[:3]] == pytest.approx(span.margin)


def test_what_the_tagger_takes_is_surer_than_what_only_a_list_has(document: Document) -> None:
    tagger, cut = shipped(), words(document.text)
    assert tagger
    mentions, _ = annotate(document, cut, load_schema())
    proposals = propose(document.text, cut, load_schema())
    spans = tagger.tag(document.text, cut, document.sentences, proposals).spans
    taken = {(span.start, span.end) for span in spans}
    listed = [m for m in mentions if m.confidence <= LISTED]
    assert listed
    assert not taken & {(m.start, m.end) for m in listed}
    assert all(0 < m.confidence <= 1 for m in mentions)
    assert next(m for m in mentions if m.text == "号商").confidence > 0.9


def test_a_form_that_stands_for_a_name_is_none(document: Document) -> None:
    class TakesAll:
        """A tagger that was taught to take pronouns for names."""

        types = frozenset({"Organization"})

        def tag(self, text: str, *_: object) -> Tagged:
            at = text.index("该公司")
            return Tagged([Span(at, at + 3, "Organization"), Span(0, 4, "Organization")], [])

    text = "远山公司开卡，该公司已被查封。"
    told = replace(document, text=text)
    mentions, _ = annotate(told, words(text), load_schema(), TakesAll(), [])  # type: ignore[arg-type]  # no Tagger
    assert [m.text for m in mentions] == ["远山公司"]


def test_a_token_is_told_of_all_proposals_that_cover_it_and_of_no_other(document: Document) -> None:
    text, cut = document.text, words(document.text)
    proposals = propose(text, cut, load_schema())
    tokens_ = tokens(text, cut, proposals)
    seen = features(text, tokens_, proposals, document.sentences)
    for token, names in zip(tokens_, seen.covering, strict=True):
        told: set[str] = set()
        for m in proposals:
            if m.start <= token.start and token.end <= m.end:
                first, last = token.start == m.start, token.end == m.end
                place = "S" if first and last else "B" if first else "E" if last else "I"
                told |= {f"{m.type}:{place}", f"{m.way}:{m.type}:{place}"}
        assert set(names) == told
        assert len(set(names)) == len(names)
