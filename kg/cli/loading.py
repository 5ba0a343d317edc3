"""Commands that fill a Neo4j database: load, and the bulk files of export."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from kg.cli.service import ADDRESS_HELP, DatabaseOption, open_session
from kg.cli.talk import counter, note, print_json, print_lines, say, table
from kg.errors import UsageError

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


def export_csv(record: Path, to: Path | None) -> None:
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
    print(f"cd {_quoted(to)}")
    print("neo4j-admin database import full @import.args --overwrite-destination neo4j")


def export_kit(to: Path | None) -> None:
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


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(help=say("把图谱写入 Neo4j", "the graph into Neo4j"))(load)
