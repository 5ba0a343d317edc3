"""The page that Neo4j serves, opened as a person would, over a database that `kg load` filled."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.pipeline import build
from kg.record import Record
from kg.store.cypher.load import load

from ..conftest import Neo4j, missing

if TYPE_CHECKING:
    from neo4j import Session
    from playwright.sync_api import Page

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a headless Chromium."""
    chromium = shutil.which("chromium")
    if not chromium:
        missing("no Chromium here (apt install chromium fonts-noto-cjk)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield browser.new_page(viewport={"width": 1400, "height": 1000})
        browser.close()


def test_neo4j_browser_shows_the_graph(
    page: Page, neo4j: Neo4j, database: Session, samples: Path, tmp_path: Path
) -> None:
    build([samples], tmp_path / "record")
    record = Record.open(tmp_path / "record")
    load(database, record.graph(), record.edition())
    query = "MATCH p=(:Role {name: '卡商'})-[]-(:Entity) RETURN p LIMIT 30"
    page.goto(f"{neo4j.browser}?dbms={neo4j.uri}")
    page.get_by_test_id("password").fill(neo4j.password)
    page.get_by_test_id("connect").click()
    page.get_by_test_id("activeEditor").click()
    page.keyboard.insert_text(query)
    page.get_by_test_id("editor-Run").click()
    shown = page.locator("svg g.node").first
    shown.wait_for(timeout=60_000)
    assert "卡商" in page.locator("svg").all_inner_texts().__str__()
    if os.environ.get("KG_SCREENSHOTS"):
        page.screenshot(path=f"{os.environ['KG_SCREENSHOTS']}/neo4j-browser.png")
