"""Help pages and usage errors: drawn by typer, in the language in use, with nothing cut off.

What typer writes around our own words are names in `typer.rich_utils`. That is slow to load, so
they are set when a page or an error is about to be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from typer.core import TyperCommand, TyperGroup

from kg.cli.talk import say, tell_program, told


class Command(TyperCommand):
    """A command whose page speaks the language in use."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that says what may follow the command."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of --help."""
        _prepare(self.get_params(ctx))
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A group whose page, and what it says of a mistyped line, speak the language in use."""

    command_class = Command

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that says what may follow the command."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of --help."""
        _prepare(self.get_params(ctx))
        super().format_help(ctx, formatter)

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Read the words in front of the command."""
        with _told_errors():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Read the words behind the command, and run it."""
        with _told_errors():
            return super().invoke(ctx)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    for english, chinese in (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 [参数]...")):
        pieces = pieces.replace(english, say(chinese, english))
    formatter.write_usage(ctx.command_path, pieces, prefix=say("用法: ", "Usage: "))


@contextmanager
def _told_errors() -> Iterator[None]:
    """Put what is wrong with a command line into the language in use."""
    try:
        yield
    except Exception as error:  # the class for such errors has no public name
        tell = getattr(error, "format_message", None)
        if tell is not None:
            text = told(tell())
            vars(error)["format_message"] = lambda: text
            _prepare()
            tell_program(text, getattr(error, "exit_code", 2))
        raise


def _raise_again(_: object) -> None:
    raise


def _prepare(parameters: Any = ()) -> None:
    from rich.console import Console
    from rich.text import Text
    from typer import rich_utils

    # A word that is longer than its column, as all of Chinese is, goes on in the next line; else
    # typer cuts it off.
    class FoldedText(Text):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{"overflow": "fold"} | kwargs)

    class Folding(rich_utils.OptionHighlighter):
        def __call__(self, text: str | Text) -> Text:
            shown = super().__call__(text)
            shown.overflow = "fold"
            return shown

    names: dict[str, object] = {
        "Text": FoldedText,
        "highlighter": Folding(),
        "ARGUMENTS_PANEL_TITLE": say("参数", "Arguments"),
        "OPTIONS_PANEL_TITLE": say("选项", "Options"),
        "COMMANDS_PANEL_TITLE": say("命令", "Commands"),
        "ERRORS_PANEL_TITLE": say("错误", "Error"),
        "DEFAULT_STRING": say("[默认: {}]", "[default: {}]"),
        "ENVVAR_STRING": say("[环境变量: {}]", "[env var: {}]"),
        "REQUIRED_LONG_STRING": say("[必填]", "[required]"),
        "RICH_HELP": say(
            "用 [blue]'{command_path} {help_option}'[/] 查看说明。",
            "Try [blue]'{command_path} {help_option}'[/] for help.",
        ),
    }
    for name, value in names.items():
        setattr(rich_utils, name, value)
    # rich would leave with 1 where the reader has gone; `ends_with_reader` knows better
    setattr(Console, "on_broken_pipe", _raise_again)  # noqa: B010
    for one in parameters:
        one.help = told(one.help or "")
