from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.cli.app import hoist_language
from kg.cli.talk import counter, guess_language, output, table


@pytest.mark.parametrize(
    ("argv", "environ", "language"),
    [
        (["kg"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["kg"], {"LANG": "zh_CN.GBK"}, "zh"),
        (["kg"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["kg"], {"LANG": "C"}, "en"),
        (["kg"], {"LANG": "en_GB.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        (["kg"], {"LANG": "en_GB.UTF-8", "KG_LANG": "zh"}, "zh"),
        (["kg", "stats", "--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["kg", "--lang=zh"], {"LANG": "C"}, "zh"),
    ],
)
def test_the_language_is_the_option_or_the_locale(
    argv: list[str], environ: dict[str, str], language: str
) -> None:
    assert guess_language(argv, environ) == language


@pytest.mark.parametrize(
    ("argv", "hoisted"),
    [
        (["stats", "--lang", "en"], ["--lang", "en", "stats"]),
        (["stats", "--lang=en", "-r", "x"], ["--lang=en", "stats", "-r", "x"]),
        (["find", "--", "--lang", "en"], ["find", "--", "--lang", "en"]),
        (["stats"], ["stats"]),
    ],
)
def test_the_language_may_stand_behind_the_command(argv: list[str], hoisted: list[str]) -> None:
    assert hoist_language(argv) == hoisted


def test_columns_are_aligned_by_their_width_on_the_terminal() -> None:
    rows = iter([("卡商", "Role", 3), ("GOIP", "Tool", 12)])
    assert list(table(rows, indent="")) == [
        "卡商  Role   3",
        "GOIP  Tool  12",
    ]


def test_an_output_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old", "utf-8")

    def broken() -> None:
        with output(target) as stream:
            stream.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert target.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_output_file_is_utf_8_with_unix_line_ends(tmp_path: Path, capsys: Any) -> None:
    with output(tmp_path / "out.txt") as stream:
        stream.write("卡商\n")
    assert (tmp_path / "out.txt").read_bytes() == "卡商\n".encode()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["", ".", "folder"])
def test_where_a_file_would_replace_a_folder_no_work_is_done_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    worked = False
    with pytest.raises(IsADirectoryError), output(Path(name)):
        worked = True
    assert not worked
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("ends", "count"), [(True, "3/3"), (False, "3/?")])
def test_a_bar_is_full_only_where_all_there_is_was_seen(
    monkeypatch: pytest.MonkeyPatch, ends: bool, count: str
) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with counter("building", ends=ends) as tell:
        assert tell
        tell(3, 3)
    assert count in terminal.getvalue()
