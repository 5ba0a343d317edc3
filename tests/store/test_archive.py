"""The archive of the embedded engine's classes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.record import Record
from kg.store.cypher import archive

from .conftest import missing_engine

QUERY = "MATCH (a:Role)-[r:SUPPLIES]->(b:Role) RETURN a.name, b.name ORDER BY a.name, b.name"


def test_queries_answer_the_same_with_the_archive_and_java_reads_it(
    sample_record: Record, tmp_path: Path
) -> None:
    missing_engine()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}

    def answer() -> str:
        words = [sys.executable, "-m", "kg", "query", QUERY, "-r", str(sample_record.path)]
        return subprocess.run(
            [*words, "--json"], env=environment, capture_output=True, check=True, text=True
        ).stdout

    before = answer()
    (index,) = (path for path in (tmp_path / "kg" / "cypher").iterdir())
    make = [sys.executable, "-m", "kg.store.cypher.archive", str(index)]
    subprocess.run(make, env=environment, check=True, capture_output=True)
    (classes,) = (tmp_path / "kg" / "engine").glob("*/classes.jsa")
    assert not [*classes.parent.glob("making")]
    assert answer() == before != "[]\n"


def test_a_damaged_archive_is_passed_over(sample_record: Record, tmp_path: Path) -> None:
    missing_engine()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path))
        classes = archive.folder() / "classes.jsa"
    classes.parent.mkdir(parents=True)
    classes.write_bytes(b"no archive")
    words = [sys.executable, "-m", "kg", "query", QUERY, "-r", str(sample_record.path)]
    ran = subprocess.run(words, env=environment, capture_output=True, check=True, text=True)
    assert "卡商" in ran.stdout
