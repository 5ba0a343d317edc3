"""The page of misses and false edges: what it shows, and that nothing in it can run."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from kg.evaluate import Evaluation, evaluate
from kg.evaluate.differences import Cause
from kg.evaluate.page import errors_page
from kg.evaluate.words import CAUSE
from kg.model import Document, Run, Sentence
from kg.schema import load_schema

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

TEXT = "昨天下雨。卡商把电话卡卖给号商，号商再转卖。"
HOSTILE = "<script>window.PWN=1</script>\"'`\u202e</style><img src=x onerror=PWN()>\x07"


def document(text: str, title: str) -> Document:
    middle = text.index("。") + 1
    sentences = (Sentence(0, middle, 0), Sentence(middle, len(text), 0))
    runs = (Run(0, len(text), 0, len(text)),)
    return Document("d1", "0" * 64, "1.txt", text, sentences, runs, title=title)


def missed(name: str = "卡商", kind: str = "SUPPLIES", quote: str = "卡商把电话卡卖给号商") -> Any:
    """An article of which nothing was found."""
    entities = [
        {"id": "e1", "type": "Role", "name": name},
        {"id": "e2", "type": kind if kind not in load_schema().edges else "Role", "name": "号商"},
    ]
    relation = {"subject": "e1", "type": kind, "object": "e2", "evidence": quote}
    return {"entities": entities, "relations": [relation]}


def page(result: Evaluation, title: str = "一篇文章", lang: str = "zh") -> str:
    return errors_page(result, {"a": document(TEXT, title)}, load_schema(), lang=lang)


NOTHING: dict[str, Any] = {"entities": [], "relations": []}


def test_a_quote_is_marked_in_its_sentence() -> None:
    text = page(evaluate([("a", missed(), NOTHING)]))
    assert "<blockquote><mark>卡商把电话卡卖给号商</mark>，号商再转卖。</blockquote>" in text
    assert "昨天下雨" not in text


def test_a_quote_that_the_text_does_not_have_stands_alone() -> None:
    text = page(evaluate([("a", missed(quote="别的话"), NOTHING)]))
    assert "<blockquote><mark>别的话</mark></blockquote>" in text


def test_each_difference_is_linked_from_its_type() -> None:
    text = page(evaluate([("a", missed(), NOTHING)]))
    anchors = re.findall(r'href="#(\w+)"', text)
    assert anchors == re.findall(r'<li id="(\w+)"', text) == ["d1"]
    assert "供应" in text
    assert "两端实体都没有抽取到" in text


def test_it_speaks_english_too() -> None:
    text = page(evaluate([("a", missed(), NOTHING)]), lang="en")
    assert '<html lang="en">' in text
    assert "neither end was found" in text
    assert "supplies" in text


def test_every_cause_has_its_words_in_both_languages() -> None:
    assert set(CAUSE) == set(Cause)
    assert len({word for sides in CAUSE.values() for pair in sides for word in pair}) == 24


def test_its_policy_lets_in_its_own_style_and_nothing_else() -> None:
    text = page(evaluate([("a", missed(), NOTHING)]))
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    [policy] = re.findall(r'Content-Security-Policy" content="(.*?)"', text)
    assert f"sha256-{digest}" in policy
    assert policy.startswith("default-src &#39;none&#39;")
    assert "script" not in text.replace("script-src", "")


def test_names_from_outside_are_text_and_never_markup() -> None:
    result = evaluate([("a", missed(HOSTILE, HOSTILE, HOSTILE), NOTHING)])
    text = page(result, HOSTILE)
    assert "<script" not in text
    assert "<img" not in text
    assert text.count("</style>") == 1
    assert "\u202e" not in text
    assert "\x07" not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_in_a_browser_without_a_word_or_a_request(
    browser: Browser, tmp_path: Path, scheme: Any
) -> None:
    path = tmp_path / "errors.html"
    result = evaluate([("a", missed(HOSTILE, HOSTILE, HOSTILE), NOTHING)])
    path.write_text(page(result, HOSTILE), "utf-8")
    told: list[str] = []
    tab = browser.new_page(color_scheme=scheme, viewport={"width": 420, "height": 800})
    tab.on("console", lambda message: told.append(message.text))
    tab.on("request", lambda request: told.append(request.url))
    tab.goto(path.as_uri())
    tab.locator("summary").click()
    tab.locator("details a").click()
    assert tab.locator("li:target mark").is_visible()
    assert tab.evaluate("window.PWN") is None
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.close()
    assert told == [path.as_uri()]


def test_on_a_narrow_screen_no_figure_and_no_heading_is_broken(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "e.html"
    path.write_text(page(evaluate([("a", missed(), NOTHING)]), lang="en"), "utf-8")
    tab = browser.new_page(viewport={"width": 420, "height": 800})
    tab.goto(path.as_uri())
    words = """() => [...document.querySelectorAll("td, th")].flatMap((cell) => {
      const text = cell.firstChild;
      if (!text || text.nodeType !== Node.TEXT_NODE) return [];
      return [...text.data.matchAll(/\\S+/g)].filter((word) => {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        return range.getClientRects().length > 1;
      }).map((word) => word[0]);
    })"""
    assert tab.evaluate(words) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.close()


def test_one_article_is_not_articles() -> None:
    assert "1 annotated article. " in page(evaluate([("a", missed(), NOTHING)]), lang="en")
