"""The command that hands the graph on to other programs: export."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.asking import open_record
from kg.cli.options import DEFAULT_RECORD, OutputOption, RecordOption
from kg.cli.talk import note, output, say
from kg.errors import UsageError


class Format(StrEnum):
    """What `kg export` writes."""

    GRAPHML = "graphml"
    JSONL = "jsonl"
    NEO4J_CSV = "neo4j-csv"
    NEO4J_JSONL = "neo4j-jsonl"
    NEO4J_KIT = "neo4j-kit"
    DOT = "dot"
    MERMAID = "mermaid"


TopOption = Annotated[
    int | None,
    typer.Option(
        "--top",
        min=0,
        help=say("dot、mermaid 每列多少节点，0 为全部", "dot, mermaid: nodes a column; 0 is all"),
    ),
]


def export(
    form: Annotated[
        Format,
        typer.Argument(
            metavar="graphml|jsonl|neo4j-csv|neo4j-jsonl|neo4j-kit|dot|mermaid",
            help=say("格式", "the format"),
        ),
    ],
    record: RecordOption = DEFAULT_RECORD,
    to: OutputOption = None,
    top: TopOption = None,
) -> None:
    """The graph of a record for other programs."""
    if form in (Format.DOT, Format.MERMAID):
        _write_text(form, record, to, top)
        return
    if top is not None:
        raise UsageError(say("--top 只用于 dot 和 mermaid", "--top goes with dot and mermaid only"))
    if form is Format.NEO4J_CSV:
        _write_csv(record, to)
        return
    if form is Format.NEO4J_KIT:
        _write_kit(to)
        return
    from kg.record import Record
    from kg.store import graphml, jsonl
    from kg.store.cypher.apoc import apoc_lines

    opened = Record.open(record)
    graph = opened.graph()
    if form is Format.GRAPHML:
        pieces = graphml.pieces(graph)
    elif form is Format.JSONL:
        pieces = jsonl.lines(graph)
    else:
        pieces = apoc_lines(graph, opened.edition())
    with output(to) as stream:
        stream.writelines(pieces)


def _write_text(form: Format, record: Path, to: Path | None, top: int | None) -> None:
    """`dot` or `mermaid`: the chain with `top` entities a column, or with 0 the whole graph."""
    from kg.view import dot, mermaid
    from kg.view.excerpt import chain_excerpt, whole
    from kg.view.svg.chain import TOP
    from kg.view.views import load_views

    lookup, wording = open_record(record)
    views = load_views(wording.schema)
    count = TOP if top is None else top
    excerpt = (
        chain_excerpt(lookup.graph, wording.schema, views, count)
        if count
        else whole(lookup.graph, wording.schema, views)
    )
    write = dot.lines if form is Format.DOT else mermaid.lines
    with output(to) as stream:
        stream.writelines(write(excerpt, wording))


def _write_csv(record: Path, to: Path | None) -> None:
    """Files for `neo4j-admin database import full`; prints the command."""
    from kg.record import Record
    from kg.store.cypher.bulk import write_bulk

    if to is None:
        raise UsageError(
            say("请用 -o 指定一个文件夹", "neo4j-csv is several files: name a folder with -o")
        )
    opened = Record.open(record)
    write_bulk(opened.graph(), to, opened.edition())
    note(
        say(
            "在停止了的 Neo4j 上运行（会覆盖 neo4j 库）；启动后用 kg load 建立索引:",
            "run this while Neo4j is stopped (it replaces the database neo4j); "
            "once it runs again, kg load adds the indexes:",
        )
    )
    print(f"cd {shlex.quote(str(to))}")
    print("neo4j-admin database import full @import.args --overwrite-destination neo4j")


def _write_kit(to: Path | None) -> None:
    """Style, saved scripts and guide for Neo4j Browser; they fit every record."""
    from kg.schema import load_schema
    from kg.store.cypher.queries import load_queries
    from kg.store.neo4j_kit import write_kit

    if to is None:
        raise UsageError(
            say(
                "请用 -o 指定一个文件夹或 .zip", "neo4j-kit is several files: name a folder or .zip"
            )
        )
    write_kit(load_schema(), load_queries(), to)
    note(say(f"已写入 {to}；见其中的 README.md", f"wrote {to}; its README.md says what to click"))


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(help=say("导出图谱", "the graph for other programs"))(export)
