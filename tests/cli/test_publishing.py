from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_site_writes_pages_that_one_can_open(run: Any, record: Path, tmp_path: Path) -> None:
    result = run("site", "-r", record, "-o", tmp_path / "site", "--json", lang="zh")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    start = Path(told["start"])
    assert "谁把什么给了谁" in start.read_text("utf-8")
    assert told["written"] == len(list((tmp_path / "site").rglob("*.html"))) + 1  # the style sheet
    assert "<canvas" in (tmp_path / "site" / "viewer.html").read_text("utf-8")


def test_site_again_changes_nothing(run: Any, record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    run("site", "-r", record, "-o", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = run("site", "-r", record, "-o", folder, "--json")
    assert json.loads(again.stdout)["written"] == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_site_refuses_a_folder_of_something_else(run: Any, record: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    result = run("site", "-r", record, "-o", tmp_path)
    assert result.exit_code == 2
    assert "not empty" in result.stderr
