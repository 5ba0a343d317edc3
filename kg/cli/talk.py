"""How the command line talks: its language, its streams, its progress bar.

Standard output carries the result and nothing else; everything said to a person about it goes
to standard error.
"""

from __future__ import annotations

import json
import locale
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from kg._folders import is_device, whole_file

if TYPE_CHECKING:
    from kg.schema import Label

T = TypeVar("T")


def guess_language(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """`zh` or `en`: --lang, else KG_LANG, else the locale; English where none speaks."""
    for at, word in enumerate(argv):
        value = argv[at + 1] if word == "--lang" and at + 1 < len(argv) else ""
        value = word.partition("=")[2] if word.startswith("--lang=") else value
        if value in ("zh", "en"):
            return value
    for name in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


_language = guess_language(sys.argv, os.environ)


def language() -> str:
    """The language in use, `zh` or `en`."""
    return _language


def set_language(name: str) -> None:
    """Use `zh` or `en` from here on."""
    global _language
    _language = name


def say(zh: str, en: str) -> str:
    """The one of two wordings that is in the language in use."""
    return zh if _language == "zh" else en


def in_language(label: Label) -> str:
    """The same of the wordings of schemas/."""
    return say(label.zh, label.en)


def told(text: object) -> str:
    """What a part of kg that speaks English, or a library, says: in the language in use."""
    if _language != "zh":
        return str(text)
    from kg.cli.chinese import in_chinese

    return in_chinese(str(text))


_as_json = False
_OTHER_FORMS = frozenset({"--csv", "--show"})


def asks_for_json(argv: Sequence[str]) -> bool:
    """Whether a command line, read or not, has --json, and no other form of output beside it."""
    options = argv[: argv.index("--")] if "--" in argv else argv
    return "--json" in options and _OTHER_FORMS.isdisjoint(options)


def set_json(wanted: bool) -> None:
    """Whether a program reads standard output: an error is then told there, too."""
    global _as_json
    _as_json = wanted


def use_utf8() -> None:
    """Make standard streams UTF-8, whatever the terminal or PYTHONIOENCODING says.

    A character that cannot be written (half of a broken path name) becomes `?`. What is said to a
    stream that the caller has closed (`kg stats 2>&-`) is lost, and does not end up in another.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """`text` with escapes for what would break its line or command the terminal.

    File names may hold any character; those of others are not to be trusted.
    """
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def note(text: str) -> None:
    """Tell the person at the terminal; never part of the result."""
    print(text, file=sys.stderr)


STDOUT = Path("-")
"""What may be given with -o in place of nothing."""


@contextmanager
def output(path: Path | None) -> Iterator[IO[str]]:
    """Standard output, or the file of `-o` (UTF-8, written whole or not at all).

    What has no UTF-8, as a file's name in another encoding, becomes ? in both.
    """
    if path is None or path == STDOUT:
        yield sys.stdout
        sys.stdout.flush()
        return
    with (
        whole_file(path) as part,
        part.open("w", encoding="utf-8", errors="replace", newline="\n") as stream,
    ):
        yield stream
    note_written(path)


def note_written(path: Path) -> None:
    """Say where a result is, unless that is no file."""
    if not is_device(path):
        note(say(f"已写入 {path}", f"wrote {path}"))


def print_json(value: object) -> None:
    """One JSON document, readable, keys in our order."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Iterable[str]) -> None:
    """Lines of a result, as they come."""
    for line in lines:
        print(line)


def table(rows: Iterable[Sequence[object]], *, indent: str = "  ") -> Iterator[str]:
    """Rows as aligned lines: the first column to the left, numbers to the right.

    Chinese characters count as two columns.
    """
    from kg.text import width

    listed = list(rows)
    cells = [[str(cell) for cell in row] for row in listed]
    numeric = [[isinstance(cell, int | float) for cell in row] for row in listed]
    if not cells:
        return
    widths = [max(width(row[i]) for row in cells) for i in range(len(cells[0]))]
    for row, numbers in zip(cells, numeric, strict=True):
        padded = (
            (" " * (wide - width(cell)) + cell) if number else cell + " " * (wide - width(cell))
            for cell, number, wide in zip(row, numbers, widths, strict=True)
        )
        yield (indent + "  ".join(padded)).rstrip()


def progress(items: Iterable[T], total: int | None, what: str) -> Iterator[T]:
    """Pass `items` on, with a bar on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(
        items, description=what, total=total, console=Console(stderr=True), transient=True
    )


@contextmanager
def counter(what: str, *, ends: bool = True) -> Iterator[Callable[[int, int], None] | None]:
    """A bar to be told (done, seen); None where standard error is no terminal.

    Without `ends`, what was seen is not yet all there is: the bar counts and is never full.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, seen: bars.update(task, completed=done, total=seen if ends else None)


def _lose_output() -> None:
    """Throw away what standard output cannot take; Python would try once more, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def ends_with_reader() -> Iterator[None]:
    """Where the reader of our output has gone (`kg find x | head -1`), end as other tools do: at
    once, without a word, by SIGPIPE."""
    try:
        yield
    except BrokenPipeError:
        _lose_output()
        if sys.platform != "win32":
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGPIPE)
        sys.exit(1)


class _ToldToEnd(BaseException):
    """As KeyboardInterrupt, for the signals that do not come from the keyboard."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def ends_when_told() -> Iterator[None]:
    """Where kg is told to end (`kill`, a terminal that is closed), remove what is half written,
    then end by that signal. Told twice, it ends at once; what it was started to ignore, as by
    `nohup`, it does."""
    signals = () if sys.platform == "win32" else (signal.SIGTERM, signal.SIGHUP)
    ours = [number for number in signals if signal.getsignal(number) is signal.SIG_DFL]

    def usual() -> None:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)

    def end(number: int, frame: object) -> None:
        usual()
        raise _ToldToEnd(number)

    for number in ours:
        signal.signal(number, end)
    try:
        yield
    except _ToldToEnd as told:
        os.kill(os.getpid(), told.number)
    finally:
        usual()


def fail(error: BaseException, exit_code: int = 1) -> None:
    """Say in one message what went wrong, and of a file also what to do."""
    message = _of_disk(error) if isinstance(error, OSError) and error.filename else told(error)
    note(f"kg: {say('错误', 'error')}: {message}")
    tell_program(message, exit_code)


def tell_program(message: str, exit_code: int) -> None:
    """What went wrong, on standard output as JSON where that was asked for."""
    try:
        if _as_json:
            print_json({"error": {"message": message, "exit_code": exit_code}})
        sys.stdout.flush()
    except OSError:  # this may be what went wrong
        _lose_output()


def _of_disk(error: OSError) -> str:
    """What the system says of a file, and what to do where that is plain."""
    path = Path(os.fsdecode(error.filename))
    if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
        what = say(
            f"没有目录 {path.parent}，请先建好", f"there is no folder {path.parent}; make it first"
        )
    elif isinstance(error, IsADirectoryError):
        what = say("这是一个目录，请写文件名", "this is a folder; name a file")
    elif isinstance(error, PermissionError):
        what = say("没有读写权限", "you may not read or write it")
    else:
        other = say("请检查路径、权限和剩余空间", "check the path, its rights and space")
        what = told(error.strerror or type(error).__name__) + say("；", "; ") + other
    return f"{path}: {what}"
