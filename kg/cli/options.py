"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.completing import one_of_these
from kg.cli.talk import say
from kg.errors import UsageError


def path(text: str) -> Path:
    """What is typed as a path. An empty one is a variable that is not set: not this folder."""
    if not text:
        raise typer.BadParameter(say("路径是空的", "the path is empty"))
    return Path(text)


RecordOption = Annotated[
    Path,
    typer.Option(
        "--record",
        "-r",
        envvar="KG_RECORD",
        parser=path,
        metavar="<path>",
        help=say("图谱记录所在目录", "the record's folder"),
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        parser=path,
        metavar="<path>",
        help=say("输出文件", "file to write, instead of stdout"),
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=say("输出 JSON", "print JSON"))]
PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        parser=path,
        help=say("文章文件或目录；- 表示标准输入", "article files or folders; - is stdin"),
        show_default=False,
    ),
]
PiiOption = Annotated[
    str,
    typer.Option(
        autocompletion=one_of_these("mask", "keep"),
        help=say(
            "个人标识（电话、证件号…）: mask 遮盖，keep 保留",
            "phone, ID and card numbers: mask or keep",
        ),
    ),
]
PurposeOption = Annotated[
    str,
    typer.Option(
        help=say(
            "保留个人标识的用途，写入记录", "why personal identifiers are kept; goes on record"
        )
    ),
]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help=say("并行进程数", "processes to use"))
]
DEFAULT_RECORD = Path("kg-record")


def kept_for(pii: str, purpose: str) -> str:
    """The purpose that personal identifiers are kept for; empty when they are masked.

    Raises UsageError where the two options do not belong together.
    """
    if pii not in ("mask", "keep"):
        raise UsageError(say("--pii 只能是 mask 或 keep", "--pii is mask or keep"))
    if pii == "keep" and not purpose.strip():
        raise UsageError(
            say(
                "保留个人标识须用 --purpose 说明用途，用途会写入记录",
                "--pii keep needs --purpose TEXT: why they are kept goes on record",
            )
        )
    if pii == "mask" and purpose:
        raise UsageError(
            say("--purpose 只与 --pii keep 同用", "--purpose goes with --pii keep only")
        )
    return purpose.strip()


def one_of(given: Mapping[str, bool]) -> None:
    """Raise UsageError where more than one of these options is given."""
    both = [name for name, is_given in given.items() if is_given]
    if len(both) > 1:
        raise UsageError(say(f"{'、'.join(both)} 只能用一个", f"use only one of {', '.join(both)}"))
