"""Commands that make something to look at: view."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg._folders import is_device
from kg.cli.options import DEFAULT_RECORD, RecordOption
from kg.cli.talk import STDOUT, language, output, say
from kg.errors import UsageError


def view(
    record: RecordOption = DEFAULT_RECORD,
    path: Annotated[
        Path, typer.Option("--output", "-o", help=say("输出文件", "file to write"))
    ] = Path("graph.html"),
    top: Annotated[
        int,
        typer.Option(
            "--top",
            min=0,
            help=say("每层先显示多少节点，0 为全部", "nodes a tier shows at first; 0 is all"),
        ),
    ] = 12,
    show: Annotated[
        bool, typer.Option("--open", help=say("在浏览器中打开", "open it in the browser"))
    ] = False,
) -> None:
    """The graph as one offline page."""
    if show and (path == STDOUT or is_device(path)):
        raise UsageError(
            say("--open 要有一个可打开的文件；请用 -o 写文件名",
                "--open needs a file to open: name one with -o")
        )  # fmt: skip
    from kg.record import Record
    from kg.schema import load_schema
    from kg.view.page import contexts, page
    from kg.view.views import load_views

    source = Record.open(record)
    graph = source.graph()
    schema = load_schema()
    around = contexts(graph, (extraction.document for extraction in source.extractions()))
    text = page(graph, schema, load_views(schema), around, lang=language(), top=top)
    with output(path) as stream:
        stream.write(text)
    if show:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(
        help=say("一个离线网页：看图、查找、看原文", "one offline page: look, search, read")
    )(view)
