"""A page of the viewer in a tab of a real browser. Whatever a test does there: no error, and no
request leaves the page."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from kg.model import Graph, Modality
from kg.record import Record
from kg.schema import load_schema
from kg.view.page import page
from kg.view.views import load_views

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Show = Callable[..., "Page"]
CHAIN = ("电信运营商", "卡商", "号商", "诈骗分子")


class Watched:
    """A tab of the browser that notes what must never happen; one for all tests."""

    def __init__(self, browser: Browser) -> None:
        self.told: list[str] = []
        self.own = ""
        self.tab = browser.new_page()
        self.tab.set_default_timeout(120_000)
        self.tab.on("console", lambda message: self.told.append(f"console: {message.text}"))
        self.tab.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        self.tab.on("request", lambda request: self.asked(request.url))

    def asked(self, url: str) -> None:
        if not url.startswith((self.own, "data:", "blob:", "about:")):
            self.told.append(f"request: {url}")


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[Watched]:
    watched = Watched(browser)
    yield watched
    watched.tab.close()


@pytest.fixture
def show(watched: Watched, tmp_path: Path) -> Iterator[Show]:
    """Open a graph's page: `show(graph, "#list=1", size=(420, 800), scheme="dark")`."""
    path = tmp_path / "graph.html"
    watched.own = path.as_uri()
    watched.told.clear()
    tab = watched.tab

    def call(
        graph: Graph | str,
        hash_: str = "",
        size: tuple[int, int] = (1280, 800),
        scheme: Literal["light", "dark"] = "light",
    ) -> Page:
        if isinstance(graph, Graph):
            schema = load_schema()
            graph = page(graph, schema, load_views(schema))
        path.write_text(graph, encoding="utf-8")
        tab.goto("about:blank")
        tab.set_viewport_size({"width": size[0], "height": size[1]})
        tab.emulate_media(media="screen", color_scheme=scheme)
        tab.goto(path.as_uri() + hash_)
        tab.wait_for_function("window.kgView")
        return tab

    yield call
    assert tab.evaluate("window.PWN") is None
    assert watched.told == []


@pytest.fixture(scope="session")
def sample_graph(sample_record: Record) -> Graph:
    return sample_record.graph()


@pytest.fixture(scope="session")
def sample_page(sample_graph: Graph) -> str:
    schema = load_schema()
    return page(sample_graph, schema, load_views(schema))


@pytest.fixture
def chain(sketch: Any) -> Graph:
    """The chain, an alleged seller with an alias, a denial, a repost of ten origins."""
    for start, end in itertools.pairwise(CHAIN):
        sketch.edge(f"Role:{start}", "SUPPLIES", f"Role:{end}", source="江州警方")
    sketch.node("Organization:澜舟鹿公司", aliases=("澜舟公司",))
    sketch.edge(
        "Organization:澜舟鹿公司", "SELLS", "Good:电话卡", modality=Modality.ALLEGED,
        confidence=0.4, attrs={"price": "9元"},
    )  # fmt: skip
    sketch.edge("Role:卡商", "SUPPLIES", "Role:受害人", modality=Modality.NEGATED)
    sketch.edge("Agency:江州市公安局", "ARRESTS", "Person:王某")
    sketch.edge("Good:电话卡", "HAS_PRICE", "Price:9元")
    sketch.relations[0] = replace(sketch.relations[0], origins=10)
    graph: Graph = sketch.graph()
    return graph
