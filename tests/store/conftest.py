"""A record of the samples, and the databases that hold its graph, once for all tests here."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.record import Record
from kg.store.cypher import embedded as engine
from kg.store.cypher.answer import Database
from kg.store.cypher.embedded import embedded

from ..conftest import missing


@pytest.fixture(scope="session")
def sample_record(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of the sample articles. Read only."""
    folder = tmp_path_factory.mktemp("samples") / "record"
    build([samples], folder)
    return Record.open(folder)


@pytest.fixture(scope="session")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The embedded engine, with its indexes in this folder and not in the user's."""
    if importlib.util.find_spec("arcadedb_embedded") is None:
        missing("no embedded engine: pip install -e '.[dev]'")
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "cache_folder", lambda: cache)
        yield cache / "cypher"


@pytest.fixture(scope="session")
def sample_index(indexes: Path, sample_record: Record) -> Iterator[Database]:
    """The embedded engine with the graph of the samples, for reading."""
    with embedded(sample_record.edition(), sample_record.graph) as database:
        yield database
