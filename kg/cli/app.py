"""The `kg` command: its parts put together, its errors turned into one line and an exit code.

Exit codes: 0 done, 1 findings or an unexpected error, 2 usage, 3 nothing readable, 4 some
inputs failed, 5 a service does not answer, 130 interrupted. With --json an error is on standard
output as {"error": {"message": ..., "exit_code": ...}}, and in words on standard error.
"""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer

from kg.cli import (
    asking,
    checking,
    drawing,
    exporting,
    loading,
    making,
    publishing,
    querying,
    scoring,
    shell,
    viewing,
)
from kg.cli.completing import one_of_these
from kg.cli.help import Command, Group
from kg.cli.talk import (
    asks_for_json,
    ends_when_told,
    ends_with_reader,
    fail,
    language,
    note,
    say,
    set_json,
    set_language,
    use_utf8,
)
from kg.errors import KGError


class _Group(Group):
    """Runs a command; what goes wrong is said in one line, with a traceback under KG_DEBUG=1."""

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **extra: Any) -> Any:
        set_json(asks_for_json(args))
        with ends_with_reader():  # of a page of --help
            return super().make_context(info_name, args, *more, **extra)

    def invoke(self, ctx: Any) -> Any:
        try:
            with ends_with_reader():
                return super().invoke(ctx)
        except (KGError, OSError) as error:
            if os.environ.get("KG_DEBUG") == "1":
                raise
            code = getattr(error, "exit_code", 1)
            fail(error, code)
            raise typer.Exit(code) from None


app = typer.Typer(
    name="kg",
    cls=_Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "从电信诈骗中文报道构建知识图谱：每条边都能给出原文句子。",
        "Chinese articles about telecom fraud in, a knowledge graph out: "
        "every edge shows its sentence.",
    ),
    epilog=say("先试试: kg demo", "start with: kg demo"),
)


def _version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        print(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    lang: Annotated[
        str,
        typer.Option(
            "--lang",
            help=say("界面语言 zh 或 en", "language: zh or en"),
            autocompletion=one_of_these("zh", "en"),
        ),
    ] = language(),
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=say("版本", "version")),
    ] = False,
) -> None:
    if lang not in ("zh", "en"):
        raise typer.BadParameter(say("只有 zh 和 en", "only zh and en"), param_hint="--lang")
    set_language(lang)


_MODULES = (
    making,
    exporting,
    asking,
    checking,
    scoring,
    viewing,
    drawing,
    publishing,
    loading,
    querying,
    shell,
)
for module in _MODULES:
    module.register(app)
for registered in app.registered_commands:
    registered.cls = Command


def hoist_language(argv: list[str]) -> list[str]:
    """`kg stats --lang en` means the same as `kg --lang en stats`."""
    for at, word in enumerate(argv):
        if word == "--":
            break
        if word == "--lang" and at + 1 < len(argv):
            return [*argv[at : at + 2], *argv[:at], *argv[at + 2 :]]
        if word.startswith("--lang="):
            return [word, *argv[:at], *argv[at + 1 :]]
    return argv


def help_by_name(argv: list[str]) -> list[str]:
    """`kg help show` means the same as `kg show --help`."""
    at = 2 if argv[:1] == ["--lang"] else 1 if argv and argv[0].startswith("--lang=") else 0
    if argv[at : at + 1] == ["help"]:
        return [*argv[:at], *argv[at + 1 : at + 2], "--help"]
    return argv


def main(argv: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    import sys

    use_utf8()
    try:
        with ends_when_told(), ends_with_reader():
            try:
                app(help_by_name(hoist_language(sys.argv[1:] if argv is None else argv)))
            finally:  # here, where what fails can still be said
                sys.stdout.flush()
    except OSError as error:
        fail(error)
        sys.exit(1)
    except Exception as error:  # a mistake of ours: no traceback at a user who cannot use it
        if os.environ.get("KG_DEBUG") == "1":
            raise
        fail(RuntimeError(f"{type(error).__name__}: {error}"))
        note(
            say(
                "这是 kg 的缺陷；用 KG_DEBUG=1 再运行一次可看到详情。",
                "this is a defect of kg; run again with KG_DEBUG=1 for the details.",
            )
        )
        sys.exit(1)
