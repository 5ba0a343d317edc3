"""What programs that start `kg` rely on: JSON also where something goes wrong, streams that are
closed, signals."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kg.cli.app import app, help_by_name

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes as in POSIX")

WRONG = {
    "build": ["build", "none.txt", "-r", "."],
    "show": ["show", "卡商", "-r", "none"],
    "find": ["find", "卡商", "-r", "none"],
    "path": ["path", "卡商", "号商", "-r", "none"],
    "stats": ["stats", "-r", "none"],
    "check": ["check", "-r", "none"],
    "rejects": ["rejects", "-r", "none"],
    "schema": ["schema", "NONE"],
    "eval": ["eval", "none"],
    "site": ["site", "-r", "none"],
    "load": ["load", "--to", "neo4j://localhost", "-r", "none"],
    "query": ["query", "RETURN 1", "-r", "none"],
    "ask": ["ask", "none"],
}
"""Of each command that has --json a line that cannot be carried out."""


def test_every_command_that_prints_json_is_tried_below() -> None:
    import typer

    commands = getattr(typer.main.get_command(app), "commands", {})
    having = {
        name
        for name, command in commands.items()
        if any("--json" in option.opts for option in command.params)
    }
    assert having == set(WRONG)


@pytest.mark.parametrize("command", WRONG)
@pytest.mark.parametrize("slip", [False, True], ids=["impossible", "mistyped"])
def test_with_json_an_error_is_json_on_standard_output(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, slip: bool
) -> None:
    (tmp_path / "other").touch()
    (tmp_path / "none.txt").write_text("卡商。")
    monkeypatch.chdir(tmp_path)
    words = [*WRONG[command], *(["--jsno"] if slip else [])]
    plain = run(*words)
    assert plain.exit_code != 0
    assert plain.stdout == ""
    result = run(*words, "--json")
    error = json.loads(result.stdout)["error"]
    assert error["exit_code"] == result.exit_code == plain.exit_code
    assert error["message"].split()[0] in plain.stderr
    assert result.stderr == plain.stderr


def test_with_json_a_name_that_nothing_has_is_an_error_with_a_proposal(
    run: Any, record: Path
) -> None:
    result = run("show", "卡商啊", "-r", record, "--json")
    assert result.exit_code == 1
    assert "卡商" in json.loads(result.stdout)["error"]["message"]


def test_what_stands_behind_two_dashes_is_no_option(run: Any, record: Path) -> None:
    result = run("show", "-r", record, "--", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""


@posix
@pytest.mark.parametrize("words", ["find 卡", "stats", "export jsonl", "--help"])
def test_when_the_reader_has_gone_the_signal_ends_it_as_it_ends_other_tools(
    record: Path, words: str
) -> None:
    read, write = os.pipe()
    os.close(read)
    env = os.environ | {"KG_RECORD": str(record)}
    command = [sys.executable, "-m", "kg", *words.split()]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=env)
    os.close(write)
    assert done.returncode == -signal.SIGPIPE
    assert done.stderr == b""


@posix
@pytest.mark.parametrize("words", ["stats", "stats --json", "--help"])
def test_where_standard_output_cannot_be_written_one_line_says_so(record: Path, words: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "kg", *words.split()]
        env = os.environ | {"KG_RECORD": str(record)}
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=env)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@posix
@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "<&-"])
def test_a_stream_that_is_closed_is_no_mistake(record: Path, closed: str) -> None:
    line = f'"$@" {closed}'
    command = [sys.executable, "-m", "kg", "export", "jsonl", "-r", str(record)]
    done = subprocess.run(["bash", "-c", line, "bash", *command], capture_output=True)
    assert done.returncode == 0
    assert done.stderr == b""
    missing = [sys.executable, "-m", "kg", "stats", "-r", "none"]
    done = subprocess.run(["bash", "-c", line, "bash", *missing], capture_output=True)
    assert done.returncode == 2
    assert done.stdout == b""


@posix
def test_a_build_that_is_interrupted_says_what_is_kept_and_goes_on_from_there(
    shell: Any, tmp_path: Path
) -> None:
    articles, record = tmp_path / "articles", tmp_path / "record"
    articles.mkdir()
    for number in range(60):
        (articles / f"{number}.txt").write_text(f"卡商把{number + 2}张电话卡卖给号商。", "utf-8")
    command = [sys.executable, "-m", "kg", "build", str(articles), "-r", str(record)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        journal = record / ".journal.jsonl"
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > 2000):
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        out, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    [line] = said.decode().splitlines()
    kept = int(re.search(r"(\d+) documents?:", line)[1])  # type: ignore[index]
    assert str(record) in line
    assert "again" in line
    again = json.loads(shell("build", articles, "-r", record, "--json").stdout)
    assert again["reused"] == kept > 0
    assert again["documents"] == 60


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("kg sta", ["stats"]),
        ("kg schema SUPP", ["SUPPLIES"]),
        ("kg schema Ro", ["Role"]),
        ("kg ask chai", ["chain"]),
        ("kg --lang ", ["zh", "en"]),
        ("kg build --pii k", ["keep"]),
    ],
)
def test_the_tab_key_offers_what_can_stand_there(typed: str, offered: list[str]) -> None:
    program = "import sys; sys.argv = ['kg']; from kg.cli import main; main()"
    env = os.environ | {
        "_KG_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(typed.count(" ")),
    }
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True)
    assert done.stdout.decode().split() == offered


@pytest.mark.parametrize(
    ("argv", "meant"),
    [
        (["help"], ["--help"]),
        (["help", "show"], ["show", "--help"]),
        (["--lang", "zh", "help", "show"], ["--lang", "zh", "show", "--help"]),
        (["--lang=zh", "help"], ["--lang=zh", "--help"]),
        (["show", "help"], ["show", "help"]),
        (["find", "--", "help"], ["find", "--", "help"]),
    ],
)
def test_help_may_be_asked_for_as_a_command(argv: list[str], meant: list[str]) -> None:
    assert help_by_name(argv) == meant


@pytest.mark.parametrize("words", [["extract", ""], ["build", "", "-r", "x"]])
def test_an_empty_path_is_a_mistake_and_not_this_folder(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    (tmp_path / "a.txt").write_text("卡商。", "utf-8")
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 2
    assert "the path is empty" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "words",
    ["stats -r", "build a.txt -r", "demo -r", "export neo4j-csv -o", "draw chain -o", "site -o"],
)
def test_an_empty_place_to_read_or_write_is_a_mistake_and_not_this_folder(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words.split(), "")
    assert result.exit_code == 2
    assert "the path is" in result.stderr
    assert [*tmp_path.iterdir()] == []
