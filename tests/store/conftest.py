"""The databases that hold the graph of the samples, once for all tests here."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.record import Record
from kg.store.cypher import embedded as engine
from kg.store.cypher.answer import Database
from kg.store.cypher.embedded import embedded

from ..conftest import Neo4j, missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def missing_engine() -> None:
    """Skip, or fail in CI, where the embedded engine is not installed."""
    if importlib.util.find_spec("arcadedb_embedded") is None:
        missing("no embedded engine: pip install -e '.[dev]'")


@pytest.fixture(scope="session")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The embedded engine, with its indexes in this folder and not in the user's."""
    missing_engine()
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "cache_folder", lambda: cache)
        yield cache / "cypher"


@pytest.fixture(scope="session")
def sample_index(indexes: Path, sample_record: Record) -> Iterator[Database]:
    """The embedded engine with the graph of the samples, for reading."""
    with embedded(sample_record.edition(), sample_record.graph) as database:
        yield database


@pytest.fixture
def page(browser: Browser, neo4j: Neo4j) -> Iterator[Page]:
    """Neo4j Browser, connected."""
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    page.set_default_timeout(120_000)
    page.goto(f"{neo4j.browser}?dbms={neo4j.uri}")
    page.get_by_test_id("username").fill("neo4j")
    page.get_by_test_id("password").fill(neo4j.password)
    page.get_by_test_id("connect").click()
    page.get_by_text("You are connected").first.wait_for()
    yield page
    page.close()
