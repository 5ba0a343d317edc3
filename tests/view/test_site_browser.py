"""The site in a real browser, from disk. Whatever a test does: no error, no request leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.model import Graph, Modality
from kg.record import Record
from kg.schema import load_schema
from kg.view.page import page
from kg.view.site import Site, write_site
from kg.view.views import load_views

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]
HOSTILE = (
    "</script><script>window.PWN=1</script>",
    '"><img src=x onerror="window.PWN=1">',
    "\u202eevil\u202c",
    "javascript:window.PWN=1",
    "`${window.PWN=1}`",
    "卡" * 10_000,
)


def write(folder: Path, graph: Graph, documents: Any = None) -> Path:
    schema = load_schema()
    views = load_views(schema)
    site = Site(graph, schema, views, page(graph, schema, views))
    write_site(
        folder, site.names(), site.pages(graph.documents if documents is None else documents)
    )
    return folder


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a file of a site: `visit(folder, "index.html#x", color_scheme="dark")`."""
    told: list[str] = []
    opened: list[Page] = []

    def call(folder: Path, name: str, **options: Any) -> Page:
        tab = browser.new_page(viewport={"width": 1280, "height": 900}, **options)
        opened.append(tab)
        tab.on("console", lambda message: told.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: told.append(f"error: {error}"))
        own = (folder.as_uri(), "data:", "blob:")
        tab.on(
            "request",
            lambda sent: None if sent.url.startswith(own) else told.append(f"asked {sent.url}"),
        )
        tab.goto(f"{folder.as_uri()}/{name}")
        return tab

    yield call
    for tab in opened:
        assert tab.evaluate("window.PWN") is None
        tab.close()
    assert told == []


@pytest.fixture(scope="module")
def sample(sample_record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = [extraction.document for extraction in sample_record.extractions()]
    return write(tmp_path_factory.mktemp("site"), sample_record.graph(), documents)


@pytest.fixture
def chain(sketch: Any) -> Graph:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", source="老周")
    sketch.edge("Role:号商", "SUPPLIES", "Role:诈骗分子", modality=Modality.NEGATED)
    graph: Graph = sketch.graph()
    return graph


def article(sample: Path, title: str) -> str:
    [found] = [path for path in (sample / "document").iterdir() if title in path.read_text("utf-8")]
    return f"document/{found.name}"


def test_one_gets_from_the_overview_to_a_sentence_and_back(visit: Open, sample: Path) -> None:
    tab = visit(sample, "index.html")
    tab.click("a.name:has-text('号商')")
    assert tab.title().startswith("号商")
    tab.click("figcaption a:has-text('三次转手')")
    sentence = tab.locator(".sentence:target")
    assert "号商" in sentence.inner_text()
    tab.click(".sentence:target .mention a")
    assert "/entity/" in tab.url


def test_pointing_at_a_fact_lights_up_its_sentence_and_the_two_names(
    visit: Open, sample: Path
) -> None:
    tab = visit(sample, article(sample, "三次转手"))
    fact = tab.locator("li[data-ends]", has_text="卡商").filter(has_text="号商").first
    fact.hover()
    assert "卡商把电话卡转卖给号商" in tab.locator(".sentence.lit").inner_text()
    assert {"卡商", "号商"} <= set(tab.locator(".mention.lit").all_inner_texts())
    tab.mouse.move(5, 400)
    assert tab.locator(".lit").count() == 0


def test_pointing_at_a_sentence_lights_up_its_facts(visit: Open, sample: Path) -> None:
    tab = visit(sample, article(sample, "三次转手"))
    tab.locator(".sentence", has_text="卡商把电话卡转卖给号商").hover()
    assert tab.locator("li.lit", has_text="号商").count() >= 1


def test_numbers_lead_from_the_text_to_a_fact_and_back(visit: Open, sample: Path) -> None:
    tab = visit(sample, article(sample, "三次转手"))
    tab.locator(".sentence sup a").first.click()
    assert tab.locator("li:target").inner_text().startswith("1")
    tab.locator("li:target .number").click()
    assert tab.locator(".sentence:target").count() == 1


def test_the_keyboard_reaches_a_fact_and_lights_it_up(visit: Open, sample: Path) -> None:
    tab = visit(sample, article(sample, "三次转手"))
    tab.locator("li[data-ends] .number").first.focus()
    assert tab.locator(".sentence.lit").count() == 1


def test_the_search_finds_names_titles_and_sentences(visit: Open, sample: Path) -> None:
    tab = visit(sample, "search.html")
    tab.keyboard.type("卡商")
    hits = tab.locator("#hits")
    assert hits.locator("a").first.inner_text() == "卡商"
    assert "卡商把电话卡转卖给号商" in hits.inner_text()
    tab.fill("input", "三次转手")
    assert "一张电话卡怎样走到骗子手里" in hits.inner_text()
    for typed in ("號商", " 号 商", "「号商」"):  # script, space and marks do not matter
        tab.fill("input", typed)
        assert hits.locator("a").first.inner_text() == "号商"
    tab.fill("input", "轉賣給 號商")
    assert hits.locator("b").first.inner_text() == "转卖给号商"
    tab.fill("input", "号商 倒賣")  # words that stand apart
    assert hits.inner_text() == "没有找到"
    tab.fill("input", "號商 转卖")
    assert hits.locator("b").first.inner_text() == "号商"
    tab.fill("input", "dxyys")  # initials of its pinyin
    assert hits.locator("a").first.inner_text() == "电信运营商"
    tab.fill("input", "没有这样的东西")
    assert "没有找到" in hits.inner_text()


def test_what_needs_a_script_says_so_to_a_browser_without(visit: Open, sample: Path) -> None:
    for name in ("viewer.html", "search.html"):
        tab = visit(sample, name, java_script_enabled=False)
        assert "请在浏览器里允许它" in tab.locator("body").inner_text()
        assert not visit(sample, name).locator("noscript").is_visible()


def test_every_page_has_a_search_box_that_leads_to_the_search(visit: Open, sample: Path) -> None:
    tab = visit(sample, article(sample, "三次转手"))
    tab.fill("input", "号商")
    tab.press("input", "Enter")
    tab.wait_for_selector("#hits a")
    assert "search.html" in tab.url
    assert tab.locator("#hits a").first.inner_text() == "号商"


def test_a_hit_in_a_sentence_leads_to_the_sentence(visit: Open, sample: Path) -> None:
    tab = visit(sample, "search.html?q=转卖给号商")
    tab.click("#hits a:has-text('转卖给号商')")
    assert "转卖给号商" in tab.locator(".sentence:target").inner_text()


def test_the_picture_opens_at_the_entity_it_was_asked_for(visit: Open, sample: Path) -> None:
    tab = visit(sample, "search.html?q=号商")
    tab.locator("#hits a").first.click()
    tab.click("a[href*='viewer.html']:not(header a)")
    tab.wait_for_url("**/viewer.html#focus=*")
    tab.wait_for_load_state()
    assert "号商" in {node["name"] for node in tab.evaluate("kgView.nodes()")}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_style_is_there_from_disk_and_follows_the_system(
    visit: Open, sample: Path, scheme: str
) -> None:
    tab = visit(sample, article(sample, "三次转手"), color_scheme=scheme)
    red = tab.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
    assert (int(red) < 60) == (scheme == "dark")
    assert tab.locator(".row").first.evaluate("e => getComputedStyle(e).display") == "grid"


def test_on_paper_there_is_no_header_and_the_facts_stay(visit: Open, sample: Path) -> None:
    tab = visit(sample, article(sample, "三次转手"))
    tab.emulate_media(media="print")
    assert not tab.locator("header").is_visible()
    assert tab.locator("li[data-ends]").first.is_visible()


def test_a_narrow_window_scrolls_in_one_direction_only(visit: Open, sample: Path) -> None:
    tab = visit(sample, article(sample, "三次转手"))
    tab.set_viewport_size({"width": 390, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", HOSTILE, ids=["script", "img", "bidi", "js", "template", "long"])
def test_hostile_names_do_nothing(visit: Open, sketch: Any, tmp_path: Path, name: str) -> None:
    sketch.edge(f"Person:{name}", "SUPPLIES", f"Good:{name}", quote=f"{name}。", source=name,
                attrs={"good": name, "price": name})  # fmt: skip
    graph = sketch.graph()
    documents = tuple(
        replace(d, title=name, outlet=name, author=name, published=name, url=name, purpose=name)
        for d in graph.documents
    )
    folder = write(tmp_path / "site", replace(graph, documents=documents))
    tab = visit(folder, "search.html")
    tab.fill("input", name[:5])
    assert tab.locator("#hits img").count() == 0
    assert tab.locator("#hits a").count() >= 1 or name.startswith("\u202e")
    own = [f"entity/{graph.entities[0].id}.html", f"document/{documents[0].id}.html"]
    for file in ("index.html", "documents.html", "node/Person.html", "edge/SUPPLIES.html", *own):
        tab.goto(f"{folder.as_uri()}/{file}")
        assert tab.locator("main img, main script, main svg").count() == 0
        assert tab.locator("a[href^='javascript']").count() == 0
        assert tab.evaluate("document.documentElement.scrollWidth") <= 1280
        assert tab.evaluate("window.PWN") is None
