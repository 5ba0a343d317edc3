"""Commands that put Cypher to a graph: query and ask."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.completing import questions
from kg.cli.options import DEFAULT_RECORD, JsonOption, RecordOption, one_of
from kg.cli.service import ADDRESS_HELP, DatabaseOption, open_session
from kg.cli.talk import in_language, note, print_json, print_lines, say, table
from kg.errors import UsageError
from kg.store.cypher import HEAP

if TYPE_CHECKING:
    from kg.store.cypher.answer import Database
    from kg.store.cypher.queries import Query

ToOption = Annotated[
    str,
    typer.Option(
        "--to",
        help=say("不用内置引擎，而问 Neo4j：", "ask Neo4j and not the embedded engine: ")
        + ADDRESS_HELP,
    ),
]
HeapOption = Annotated[
    str, typer.Option("--heap", help=say("内置引擎的内存上限", "memory of the embedded engine"))
]
ParamOption = Annotated[
    list[str] | None,
    typer.Option(
        "--param", "-p", metavar="K=V", help=say("参数，可多次", "a parameter; may be repeated")
    ),
]
CsvOption = Annotated[
    bool,
    typer.Option(
        "--csv",
        help=say(
            "输出 CSV（= + - @ 开头的文字前加 '，以免被当作公式）",
            "print CSV; ' before a text that begins with = + - @, as a formula does",
        ),
    ),
]
WriteOption = Annotated[
    bool,
    typer.Option(
        "--write",
        help=say(
            "允许写入（内置引擎只写在临时副本里）", "allow writing (embedded: to a copy only)"
        ),
    ),
]


@contextmanager
def open_database(
    record: Path, to: str, database: str, *, heap: str = HEAP, write: bool = False
) -> Iterator[Database]:
    """The database that a command is about: a server's where `to` names one, else the record's."""
    from kg.record import Record
    from kg.store.cypher.answer import Database
    from kg.store.cypher.embedded import embedded

    if to:
        with open_session(to, database, reading=not write) as session:
            yield Database(session)
        return
    if write:
        note(
            say(
                "写入的是临时副本，命令结束即丢弃；记录不变",
                "writing to a copy that ends with this command; the record stays as it is",
            )
        )
    opened = Record.open(record)
    with embedded(
        opened.edition(), opened.graph, heap=heap, writable=write, on_build=_say_building
    ) as found:
        yield found


def _say_building() -> None:
    if sys.stderr.isatty():
        note(say("首次查询，正在建立索引…", "the first query of this record: building its index…"))


def read_parameters(given: Iterable[str]) -> dict[str, str]:
    """`k=v` as given. Raises UsageError for what is no such pair."""
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                say(f"--param {pair!r} 应写作 名称=值", f"--param {pair!r}: write NAME=VALUE")
            )
        found[name.strip()] = value
    return found


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def typed(text: str) -> object:
    """The value that a text means: JSON where it is some (2018, true, ["a"], "2018"), else text."""
    try:
        return json.loads(text, parse_constant=_refuse)  # NaN, say, is none and may be a name
    except (ValueError, RecursionError):
        return text


def query(
    cypher: Annotated[
        str,
        typer.Argument(help=say("Cypher 查询；- 表示标准输入", "Cypher; - reads it from stdin")),
    ],
    record: RecordOption = DEFAULT_RECORD,
    param: ParamOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    write: WriteOption = False,
    to: ToOption = "",
    database: DatabaseOption = "",
    heap: HeapOption = HEAP,
) -> None:
    """The answer to a Cypher query, from the embedded engine or from Neo4j."""
    from kg.cli.answers import print_answer

    one_of({"--json": as_json, "--csv": as_csv})
    values = {name: typed(value) for name, value in read_parameters(param or ()).items()}
    text = sys.stdin.read() if cypher == "-" else cypher
    with open_database(record, to, database, heap=heap, write=write) as opened:
        answer = opened.ask(text.strip().removesuffix(";"), values)
    print_answer(answer, as_json=as_json, as_csv=as_csv)


def ask(
    name: Annotated[
        str,
        typer.Argument(
            help=say("问题名称；不写则列出", "the question; none lists them"),
            autocompletion=questions,
        ),
    ] = "",
    record: RecordOption = DEFAULT_RECORD,
    param: ParamOption = None,
    show: Annotated[
        bool, typer.Option("--show", help=say("只显示 Cypher", "print the Cypher only"))
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    to: ToOption = "",
    database: DatabaseOption = "",
    heap: HeapOption = HEAP,
) -> None:
    """One of the named questions, or the list of them."""
    from kg.cli.answers import print_answer
    from kg.store.cypher.queries import load_queries, query_named

    one_of({"--json": as_json, "--csv": as_csv, "--show": show})
    queries = load_queries()
    if not name:
        if as_csv or show:
            raise UsageError(
                say("请写出问题名称；用 kg ask 列出", "name a question; list them with: kg ask")
            )
        _list(queries, as_json=as_json)
        return
    wanted = query_named(queries, name)
    values = wanted.with_parameters(read_parameters(param or ()))
    if show:
        print_lines(_shown(wanted))
        return
    note(in_language(wanted.title))
    with open_database(record, to, database, heap=heap) as opened:
        answer = opened.ask(wanted.cypher, values)
    print_answer(answer, as_json=as_json, as_csv=as_csv)


def _list(queries: Mapping[str, Query], *, as_json: bool) -> None:
    if as_json:
        print_json([_described(query) for query in queries.values()])
        return
    print_lines(
        table([(item.name, in_language(item.title)) for item in queries.values()], indent="")
    )
    example = next(iter(queries))
    note(
        say(
            f"例: kg ask {example} -r 记录；kg ask {example} --show 显示 Cypher 和参数",
            f"as in: kg ask {example} -r RECORD; kg ask {example} --show has Cypher and parameters",
        )
    )


def _described(item: Query) -> dict[str, object]:
    return {
        "name": item.name,
        "title": in_language(item.title),
        "description": in_language(item.description),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "default": parameter.default,
                "meaning": in_language(parameter.label),
            }
            for parameter in item.parameters
        ],
        "columns": list(item.columns),
        "cypher": item.cypher,
    }


def _shown(item: Query) -> Iterator[str]:
    """The query as a text that any Cypher editor takes."""
    yield f"// {in_language(item.title)}"
    yield f"// {in_language(item.description)}"
    for parameter in item.parameters:
        default = json.dumps(parameter.default, ensure_ascii=False)
        yield f"// ${parameter.name} = {default}: {in_language(parameter.label)}"
    yield item.cypher


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(help=say("用 Cypher 查询图谱", "put a Cypher query to the graph"))(query)
    app.command(help=say("问现成的问题（不写名称则列出）", "ask a named question, or list them"))(
        ask
    )
