"""What only shows in a process of its own: encodings, exit codes, pipes, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes as in POSIX")


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii"},
        {"LANG": "C", "LC_ALL": "C"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "zh_CN.GBK"},
    ],
    ids=lambda env: ",".join(f"{name}={value}" for name, value in env.items()),
)
def test_output_is_utf_8_whatever_the_terminal_says(shell: Any, env: dict[str, str]) -> None:
    done = shell("--lang", "zh", "schema", **env)
    assert done.returncode == 0, done.stderr
    assert "节点类型" in done.stdout.decode("utf-8")


def test_chinese_arguments_are_understood_in_the_c_locale(shell: Any, record: Path) -> None:
    done = shell("find", "卡商", "-r", record, LANG="C", LC_ALL="C")
    assert done.returncode == 0
    assert "卡商" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("lang", "word"), [("zh_CN.UTF-8", "构建"), ("en_US.UTF-8", "articles into a record")]
)
def test_help_speaks_the_language_of_the_locale(shell: Any, lang: str, word: str) -> None:
    assert word in shell("--help", LANG=lang, COLUMNS="120").stdout.decode("utf-8")


def test_a_wrong_option_is_a_usage_error_without_traceback(shell: Any) -> None:
    done = shell("stats", "--nonsense")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_a_mistyped_command_is_a_usage_error_with_a_proposal(shell: Any) -> None:
    done = shell("bulid")
    assert done.returncode == 2
    assert b"build" in done.stderr


def test_an_error_is_one_line_and_a_traceback_only_on_demand(shell: Any, tmp_path: Path) -> None:
    quiet = shell("stats", "-r", tmp_path)
    assert quiet.returncode == 2
    assert len(quiet.stderr.splitlines()) == 1
    assert b"Traceback" in shell("stats", "-r", tmp_path, KG_DEBUG="1").stderr


def test_progress_and_talk_stay_out_of_a_pipe(shell: Any, samples: Path, tmp_path: Path) -> None:
    done = shell("build", samples, "-r", tmp_path / "r", "--json")
    assert done.stdout.startswith(b"{")
    assert b"\x1b[" not in done.stdout + done.stderr


@posix
def test_a_reader_that_goes_away_ends_the_output_quietly(record: Path) -> None:
    command = [sys.executable, "-m", "kg", "export", "jsonl", "-r", str(record)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""


@posix
def test_an_interrupt_leaves_with_130(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "extract", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # a shell starts what it puts into the background with interrupts ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(b"x" * 200_000)  # more than a pipe holds: it reads by now, and waits
        os.kill(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_is_half_written_goes_when_kg_is_told_to_end(tmp_path: Path, name: str) -> None:
    number = getattr(signal, name)
    command = [sys.executable, "-m", "kg", "extract", "-", "-o", str(tmp_path / "out.jsonl")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(b"x" * 200_000)  # more than a pipe holds: it reads by now, and waits
        assert [path.suffix for path in tmp_path.iterdir()] == [".part"]
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (-number, b"")
    assert [*tmp_path.iterdir()] == []


@posix
def test_a_command_that_is_started_to_outlive_its_terminal_does(
    samples: Path, tmp_path: Path
) -> None:
    script = 'trap "" HUP; (sleep 1.5; kill -HUP $$) & exec "$@"'
    command = [sys.executable, "-m", "kg", "extract", str(samples), "-o", str(tmp_path / "out")]
    done = subprocess.run(["bash", "-c", script, "bash", *command], check=False)
    assert done.returncode == 0
    assert (tmp_path / "out").exists()


@posix
def test_completion_is_offered_to_the_shell_that_asks() -> None:
    asked = f'"{sys.executable}" -m kg --show-completion; exit $?'  # a bash that stays its parent
    done = subprocess.run(["bash", "-c", asked], capture_output=True, check=True)
    assert b"complete -o default" in done.stdout


@posix
@pytest.mark.parametrize("words", ["extract", "export graphml", "draw chain"])
def test_a_pipe_is_written_to_and_not_replaced(
    shell: Any, samples: Path, record: Path, tmp_path: Path, words: str
) -> None:
    pipe = tmp_path / "out.svg"
    os.mkfifo(pipe)
    source = [samples / "04-judgment.txt"] if words == "extract" else ["-r", record]
    copy = tmp_path / "copy"
    with copy.open("wb") as file, subprocess.Popen(["cat", str(pipe)], stdout=file) as reading:
        done = shell(*words.split(), *source, "-o", pipe)
        if done.returncode or not pipe.is_fifo():  # nobody wrote: it would read for ever
            reading.kill()
    assert done.returncode == 0, done.stderr
    assert pipe.is_fifo()
    assert copy.stat().st_size > 100


@posix
@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_where_a_file_cannot_be_written_the_error_names_it_and_nothing_is_left(
    shell: Any, record: Path, tmp_path: Path, suffix: str
) -> None:
    for target in (tmp_path / "no" / f"chain{suffix}", tmp_path / f"{'长' * 100}{suffix}"):
        done = shell("draw", "chain", "-r", record, "-o", target)
        assert done.returncode == 1
        assert target.name in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


@posix
def test_where_the_disk_is_full_the_error_names_the_file_and_the_old_one_stays(
    record: Path, tmp_path: Path
) -> None:
    target = tmp_path / "chain.svg"
    target.write_text("old")
    limited = 'ulimit -f 1; exec "$@"'
    command = [sys.executable, "-m", "kg", "draw", "chain", "-r", str(record), "-o", str(target)]
    done = subprocess.run(["bash", "-c", limited, "bash", *command], capture_output=True)
    assert done.returncode == 1
    assert str(target) in done.stderr.decode()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_a_record_that_cannot_be_written_is_no_mistake_in_the_command(
    samples: Path, tmp_path: Path
) -> None:
    limited = 'ulimit -f 8; exec "$@"'
    command = [sys.executable, "-m", "kg", "build", str(samples), "-r", str(tmp_path / "r")]
    done = subprocess.run(["bash", "-c", limited, "bash", *command], capture_output=True)
    assert b"no space left" in done.stderr
    assert done.returncode == 1
