"""The record of the samples, and ways to run `kg`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli.app import app, hoist_language
from kg.record import Record

Run = Callable[..., Result]
Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the command line in this process: `run("stats", "-r", record)`."""

    def call(*args: object, lang: str = "en", stdin: bytes | None = None) -> Result:
        words = hoist_language(["--lang", lang, *map(str, args)])
        return CliRunner().invoke(app, words, input=stdin)

    return call


@pytest.fixture(scope="session")
def shell() -> Shell:
    """Run `python -m kg` in a process of its own, with an environment of its own."""

    def call(*args: object, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        keep = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "SYSTEMROOT", "TMP")}
        return subprocess.run(
            [sys.executable, "-m", "kg", *map(str, args)],
            input=stdin,
            capture_output=True,
            env=keep | env,
            check=False,
            timeout=120,
        )

    return call


@pytest.fixture(scope="session")
def record(sample_record: Record) -> Path:
    """A record of the sample articles. Read only: tests that change one copy it."""
    return sample_record.path
