from __future__ import annotations

from pathlib import Path
from typing import Any


def test_view_writes_one_page_and_says_where(run: Any, record: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.html"
    result = run("view", "-r", record, "-o", out)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert str(out) in result.stderr
    assert out.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]


def test_the_page_of_the_samples_is_small(run: Any, record: Path, tmp_path: Path) -> None:
    run("view", "-r", record, "-o", tmp_path / "graph.html")
    assert (tmp_path / "graph.html").stat().st_size < 250_000


def test_view_takes_the_language_and_how_many_nodes_to_show(
    run: Any, record: Path, tmp_path: Path
) -> None:
    run("view", "-r", record, "-o", tmp_path / "graph.html", "--top", "5", lang="zh")
    assert '{"lang":"zh","top":5,' in (tmp_path / "graph.html").read_text("utf-8")


def test_view_opens_the_page_in_the_browser(shell: Any, record: Path, tmp_path: Path) -> None:
    opener = tmp_path / "browser.sh"
    opener.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n')
    opener.chmod(0o755)
    out = tmp_path / "graph.html"
    done = shell("view", "-r", record, "-o", out, "--open", BROWSER=f"{opener} %s")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opened").read_text().strip() == out.as_uri()


def test_view_without_a_record_says_how_to_make_one(run: Any, tmp_path: Path) -> None:
    result = run("view", "-r", tmp_path / "none", "-o", tmp_path / "graph.html")
    assert result.exit_code == 2
    assert "kg build" in result.stderr
    assert not (tmp_path / "graph.html").exists()


def test_what_is_no_file_cannot_be_opened_in_the_browser(run: Any, record: Path) -> None:
    for target in ("-", "/dev/null"):
        result = run("view", "-r", record, "-o", target, "--open")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "--open" in result.stderr
