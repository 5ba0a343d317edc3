"""The command that fills a Neo4j database: load."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from kg.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from kg.cli.service import ADDRESS_HELP, DatabaseOption, open_session
from kg.cli.talk import counter, note, print_json, print_lines, say, table

ToOption = Annotated[str, typer.Option("--to", envvar="NEO4J_URI", help=ADDRESS_HELP)]


def load(
    to: ToOption,
    record: RecordOption = DEFAULT_RECORD,
    database: DatabaseOption = "",
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=say("只统计，不写入", "count what would change; no write")),
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help=say("即使库里有其他程序的数据", "even beside the data of another program"),
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a Neo4j database hold the graph of a record, and nothing else of ours."""
    from kg.record import Record
    from kg.store.cypher.load import load as load_graph

    opened = Record.open(record)
    graph = opened.graph()
    with open_session(to, database) as session, counter(say("写入", "loading")) as bar:
        changes = load_graph(
            session, graph, opened.edition(), force=force, dry_run=dry_run, progress=bar
        )
    if as_json:
        print_json(asdict(changes))
        return
    rows = [
        (say("写入的节点和边", "nodes and edges written"), changes.written),
        (say("已经一致", "there already"), changes.unchanged),
        (say("删除", "deleted"), changes.deleted),
    ]
    print_lines(table(rows, indent=""))
    if dry_run:
        note(say("这是试算，没有写入任何内容", "a dry run: nothing was written"))


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(help=say("把图谱写入 Neo4j", "the graph into Neo4j"))(load)
