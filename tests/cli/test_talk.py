from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.cli.app import hoist_language
from kg.cli.talk import counter, guess_language, output, table

posix = pytest.mark.skipif(sys.platform == "win32", reason="as POSIX systems have it")


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


def test_of_two_that_write_one_file_at_once_both_are_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with output(target) as slow:
        slow.write("slow")
        with output(target) as quick:
            quick.write("quick and long")
        assert target.read_text("utf-8") == "quick and long"
    assert target.read_text("utf-8") == "slow"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


@posix
def test_an_output_file_behind_a_link_is_written_where_it_is_and_stays_private(
    tmp_path: Path,
) -> None:
    (tmp_path / "far").mkdir()
    real, link = tmp_path / "far" / "real.txt", tmp_path / "link.txt"
    real.write_text("old", "utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    with output(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert real.read_text("utf-8") == "new"
    assert real.stat().st_mode & 0o777 == 0o600


@posix
def test_a_file_that_is_open_already_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    with (tmp_path / "out.txt").open("w") as file:
        before = (tmp_path / "out.txt").stat().st_ino
        with output(Path(f"/dev/fd/{file.fileno()}")) as stream:  # as /dev/stdout is one
            stream.write("new")
    assert (tmp_path / "out.txt").read_text("utf-8") == "new"
    assert (tmp_path / "out.txt").stat().st_ino == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no such device")
def test_a_device_that_is_full_is_named() -> None:
    with pytest.raises(OSError, match="/dev/full"), output(Path("/dev/full")) as stream:
        stream.write("x")


def test_what_killed_runs_left_beside_an_output_file_goes_after_a_day(tmp_path: Path) -> None:
    left = [tmp_path / name for name in (".kg-0123.part", ".kg-4567.part", "of-others.part")]
    for path in left:
        path.write_text("half")
    for path in left[::2]:
        os.utime(path, (1, 1))
    with output(tmp_path / "out.txt") as stream:
        stream.write("x")
    assert {path.name for path in tmp_path.iterdir()} == {
        ".kg-4567.part",
        "of-others.part",
        "out.txt",
    }


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
