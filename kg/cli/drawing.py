"""Commands that draw and report: draw, report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg._folders import whole_file
from kg.cli.asking import named, open_record
from kg.cli.options import DEFAULT_RECORD, OutputOption, RecordOption
from kg.cli.talk import STDOUT, language, note_written, output, say
from kg.errors import UsageError

TopOption = Annotated[
    int | None,
    typer.Option(
        "--top", min=1, help=say("最多画多少（chain 是每列）", "how many to draw (chain: a column)")
    ),
]


class Picture(StrEnum):
    """What `kg draw` draws."""

    CHAIN = "chain"
    PRICES = "prices"
    TIMELINE = "timeline"
    SCHEMA = "schema"


def draw(
    picture: Annotated[
        Picture,
        typer.Argument(metavar="chain|prices|timeline|schema", help=say("画什么", "what to draw")),
    ],
    record: RecordOption = DEFAULT_RECORD,
    to: OutputOption = None,
    top: TopOption = None,
) -> None:
    """A static picture, as SVG or PNG."""
    if to is not None and to.suffix.lower() not in (".svg", ".png", ""):
        raise UsageError(
            say(f"{to.name}: 只能写 .svg 或 .png", f"{to.name}: a picture is .svg or .png")
        )
    svg = _svg(picture, record, top)
    if to is None or to.suffix.lower() != ".png":
        with output(to) as stream:
            stream.write(svg + "\n")
        return
    from kg.view.svg.png import png

    with whole_file(to) as part:
        part.write_bytes(png(svg))
    note_written(to)


def _svg(picture: Picture, record: Path, top: int | None) -> str:
    from kg.schema import load_schema
    from kg.view.svg import chain, ontology, prices, timeline
    from kg.view.views import load_views

    schema = load_schema()
    views = load_views(schema)
    if picture is Picture.SCHEMA:
        return ontology.draw_schema(schema, views, language())
    _, wording = open_record(record)
    if picture is Picture.PRICES:
        return prices.draw_prices(wording, top=top or prices.TOP)
    if picture is Picture.TIMELINE:
        return timeline.draw_timeline(wording, top=top or timeline.TOP)
    return chain.draw_chain(wording, views, top=top or chain.TOP)


def report(
    name: Annotated[
        str | None,
        typer.Argument(
            help=say("名称、案件或 id；不写则为整个记录", "a name, a case, an id; else all of it")
        ),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    to: OutputOption = None,
) -> None:
    """A dossier to read and print, as HTML or Markdown."""
    suffix = ".md" if to is None or to == STDOUT else to.suffix.lower()
    if suffix not in (".html", ".htm", ".md"):
        raise UsageError(say(f"{to}: 报告只能写 .html 或 .md", f"{to}: a report is .html or .md"))
    from kg.view.report import html, markdown
    from kg.view.views import load_views

    lookup, wording = open_record(record)
    centre = named(lookup, wording, name, most=1)[0] if name else None
    views = load_views(wording.schema)
    with output(to) as stream:
        if suffix == ".md":
            stream.writelines(markdown.lines(wording, views, centre))
        else:
            stream.write(html.page(wording, views, centre))


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(
        help=say("画图：供应链、价格、时间线、本体", "pictures: chain, prices, timeline, schema")
    )(draw)
    app.command(
        help=say("一个节点、案件或整个记录的卷宗", "a dossier of an entity, a case or the record")
    )(report)
