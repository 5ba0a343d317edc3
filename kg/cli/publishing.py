"""Commands that make something to hand on: site."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import DEFAULT_RECORD, JsonOption, RecordOption, path
from kg.cli.talk import counter, language, note, print_json, print_lines, say, table


def site(
    record: RecordOption = DEFAULT_RECORD,
    folder: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            parser=path,
            metavar="<path>",
            help=say("网站目录", "folder of the site"),
        ),
    ] = Path("site"),
    as_json: JsonOption = False,
) -> None:
    """The graph as a folder of pages: entities, documents with their facts, types, search."""
    from kg.record import Record
    from kg.schema import load_schema
    from kg.view.page import contexts, page
    from kg.view.site import Site, write_site
    from kg.view.views import load_views

    opened = Record.open(record)
    graph = opened.graph()
    schema = load_schema()
    views = load_views(schema)
    documents = [extraction.document for extraction in opened.extractions()]
    viewer = page(graph, schema, views, contexts(graph, documents), lang=language())
    pages = Site(graph, schema, views, viewer, lang=language())
    with counter(say("写网页", "writing pages")) as bar:
        report = write_site(folder, pages.names(), pages.pages(documents), bar)
    start = folder / "index.html"
    if as_json:
        print_json({"start": str(start)} | asdict(report))
        return
    rows = [
        (say("写入的网页", "pages written"), report.written),
        (say("没有变化", "unchanged"), report.unchanged),
        (say("删除的旧网页", "stale pages removed"), report.removed),
    ]
    print_lines(table(rows, indent=""))
    note(say(f"打开 {start}", f"open {start}"))


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(
        help=say(
            "一组静态网页：每个节点、每篇文章、每个类型一页",
            "static pages: entities, documents, types, search",
        )
    )(site)
