"""`kg shell`: Cypher line by line, with history and completion; it reads a pipe as well.

A statement ends with ; or with an empty line. Lines that begin with : are for the shell.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.cli.options import DEFAULT_RECORD, RecordOption
from kg.cli.querying import (
    HeapOption,
    ToOption,
    WriteOption,
    open_database,
    read_parameters,
    typed,
)
from kg.cli.service import DatabaseOption
from kg.cli.talk import fail, in_language, note, print_lines, say, table
from kg.errors import KGError, UsageError
from kg.store.cypher import HEAP

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

    from kg.store.cypher.answer import Database

_KEYWORDS = (
    "MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "DISTINCT", "ORDER BY", "LIMIT", "SKIP", "WITH",
    "UNWIND", "AS", "AND", "OR", "NOT", "IN", "CONTAINS", "STARTS WITH", "ENDS WITH", "IS NULL",
    "IS NOT NULL", "count(", "collect(", "DESC", "UNION", "EXISTS", "CASE", "WHEN", "THEN", "ELSE",
    "END", "nodes(", "relationships(", "length(", "labels(", "type(", "shortestPath(",
)  # fmt: skip
_COMMANDS = (":help", ":queries", ":ask", ":param", ":params", ":exit")
_LITERAL = re.compile(
    r"'(?:\\.|[^'\\])*(?:'|$)|\"(?:\\.|[^\"\\])*(?:\"|$)|`[^`]*(?:`|$)"
    r"|//[^\n]*|/\*.*?(?:\*/|$)",
    re.DOTALL,
)
_WORD = re.compile(r"\w*$")
_NAME = re.compile(r"[\w-]*$")  # of a question
_IN_EDGE = re.compile(r"\[[^\]]*[:|&]\s*\w*$")
_IN_NODE = re.compile(r"(?:\([^)]*|\w)[:|&]\s*\w*$")


@dataclass(frozen=True, slots=True)
class Words:
    """What can stand in a query of one database."""

    labels: tuple[str, ...]
    types: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(slots=True)
class Statements:
    """Lines in, whole statements out."""

    _lines: list[str] = field(default_factory=list)

    @property
    def waiting(self) -> bool:
        """Whether a statement has begun and not ended."""
        return bool(self._lines)

    def feed(self, line: str) -> Iterator[str]:
        """The statements that end in this line; an empty line ends one, too."""
        if not self._lines and line.lstrip().startswith(":"):
            yield line.strip()
            return
        self._lines.append(line)
        text = "\n".join(self._lines)
        bare = _LITERAL.sub(lambda match: "x" * len(match[0]), text)
        start = 0
        for end in (match.start() for match in re.finditer(";", bare)):
            if text[start:end].strip():
                yield text[start:end].strip()
            start = end + 1
        rest = text[start:]
        self._lines = rest.split("\n") if rest.strip() else []
        if self._lines and not line.strip():
            self.drop()
            yield rest.strip()

    def drop(self) -> None:
        """Forget what was begun."""
        self._lines = []


def begun_word(before: str) -> str:
    """The word, or the command of the shell, that the cursor stands at the end of."""
    if before.startswith(":") and " " not in before:
        return before
    match = (_NAME if before.startswith(":ask ") else _WORD).search(before)
    return match[0] if match else ""


def completions(before: str, words: Words, parameters: Mapping[str, object]) -> list[str]:
    """What may follow the text before the cursor, in place of the word that has begun there."""
    if before.startswith(":") and " " not in before:
        return [command for command in _COMMANDS if command.startswith(before)]
    begun = begun_word(before)
    cut = before[: len(before) - len(begun)]
    if before.startswith(":ask "):
        known: tuple[str, ...] = tuple(_queries())
    elif cut.endswith("$"):
        known = tuple(parameters)
    elif cut.endswith("."):
        known = words.properties
    elif _IN_EDGE.search(before):
        known = words.types
    elif _IN_NODE.search(before):
        known = words.labels
    else:
        known = _KEYWORDS if begun else ()
    return [word for word in known if word.lower().startswith(begun.lower())]


def _queries() -> list[str]:
    from kg.store.cypher.queries import load_queries

    return [*load_queries()]


@dataclass(slots=True)
class Shell:
    """One session: what it talks to, and the parameters that were set."""

    database: Database
    parameters: dict[str, object] = field(default_factory=dict)

    def run(self, statement: str) -> bool:
        """Do what a statement says; False when it says to leave. Raises KGError for a mistake."""
        from kg.cli.answers import print_answer

        if not statement.startswith(":"):
            print_answer(self.database.ask(statement, self.parameters))
            return True
        command, _, rest = statement.partition(" ")
        if command in (":exit", ":quit"):
            return False
        actions: dict[str, Callable[[str], None]] = {
            ":help": self._help,
            ":queries": self._list,
            ":ask": self._ask,
            ":param": self._set,
            ":params": self._show,
        }
        if command not in actions:
            raise UsageError(
                say(f"没有命令 {command}；见 :help", f"there is no command {command}; see :help")
            )
        actions[command](rest.strip().removesuffix(";"))
        return True

    def _help(self, rest: str) -> None:
        rows = [
            (
                "MATCH … ;",
                say("Cypher 查询，以 ; 或空行结束", "Cypher; ends with ; or an empty line"),
            ),
            (":queries", say("列出现成的问题", "list the named questions")),
            (":ask NAME k=v", say("问一个现成的问题", "ask one of them")),
            (":param k => v", say("设参数，查询里写 $k", "set a parameter, $k in a query")),
            (":params", say("列出参数", "list the parameters")),
            (":exit", say("离开（或 Ctrl-D）", "leave (or Ctrl-D)")),
        ]
        print_lines(table(rows, indent=""))

    def _list(self, rest: str) -> None:
        from kg.store.cypher.queries import load_queries

        queries = load_queries().values()
        print_lines(table([(one.name, in_language(one.title)) for one in queries], indent=""))

    def _ask(self, rest: str) -> None:
        import shlex

        from kg.cli.answers import print_answer
        from kg.store.cypher.queries import load_queries, query_named

        try:
            name, *pairs = shlex.split(rest) or [""]
        except ValueError as error:
            raise UsageError(f"{rest}: {error}") from None
        wanted = query_named(load_queries(), name)
        values = wanted.with_parameters(read_parameters(pairs))
        print_answer(self.database.ask(wanted.cypher, values))

    def _set(self, rest: str) -> None:
        name, arrow, value = rest.partition("=>")
        if not arrow or not name.strip().isidentifier():
            raise UsageError(say("写作 :param 名称 => 值", "write :param NAME => VALUE"))
        self.parameters[name.strip()] = typed(value.strip().replace("'", '"'))

    def _show(self, rest: str) -> None:
        rows = [
            (name, json.dumps(value, ensure_ascii=False)) for name, value in self.parameters.items()
        ]
        print_lines(table(rows, indent=""))


def shell(
    record: RecordOption = DEFAULT_RECORD,
    to: ToOption = "",
    database: DatabaseOption = "",
    write: WriteOption = False,
    heap: HeapOption = HEAP,
) -> None:
    """Queries one after the other, on the embedded engine or on Neo4j."""
    with open_database(record, to, database, heap=heap, write=write) as opened:
        session, statements = Shell(opened), Statements()
        by_hand = sys.stdin.isatty()
        failed = False
        for line in _typed_lines(session, statements) if by_hand else _piped_lines():
            for statement in statements.feed(line):
                try:
                    if not session.run(statement):
                        return
                except KGError as error:
                    failed = True
                    fail(error)
        if failed and not by_hand:
            raise typer.Exit(UsageError.exit_code)


def _piped_lines() -> Iterator[str]:
    yield from (line.rstrip("\n") for line in sys.stdin)
    yield ""  # ends a statement without ;


def _typed_lines(session: Shell, statements: Statements) -> Iterator[str]:
    prompt = _prompt(session)
    note(say("Cypher；:help 有说明，:exit 离开", "Cypher; :help explains, :exit leaves"))
    while True:
        try:
            yield prompt.prompt("  … " if statements.waiting else "kg> ")
        except KeyboardInterrupt:
            statements.drop()
        except EOFError:
            return


def _prompt(session: Shell) -> PromptSession[str]:
    try:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import Completer, Completion
        from prompt_toolkit.history import FileHistory
    except ImportError:
        raise UsageError(
            say(
                "命令行界面需要: pip install 'fraudchain-kg[cypher]'",
                "the shell needs: pip install 'fraudchain-kg[cypher]'",
            )
        ) from None
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    # What the first answer needs is loaded before the prompt, not while somebody waits for it.
    import kg.cli.answers  # noqa: F401  # only loaded here

    _queries()
    words = read_words(session.database)

    class Completions(Completer):
        def get_completions(self, document: Document, event: CompleteEvent) -> Iterator[Completion]:
            before = document.text_before_cursor
            for word in completions(before, words, session.parameters):
                yield Completion(word, start_position=-len(begun_word(before)))

    return PromptSession(history=FileHistory(str(_history())), completer=Completions())


def _history() -> Path:
    from kg._folders import cache_folder

    file = cache_folder() / "shell-history"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    return file


def read_words(database: Database) -> Words:
    """The labels, types and property names of a database."""

    def column(text: str) -> tuple[str, ...]:
        answer = database.ask(text)
        return tuple(sorted(str(row[0]) for row in answer.rows if row[0] != "kg"))

    return Words(
        column("MATCH (n) UNWIND labels(n) AS word RETURN DISTINCT word"),
        column("MATCH ()-[r]->() RETURN DISTINCT type(r) AS word"),
        column(
            "MATCH (n) UNWIND keys(n) AS word RETURN DISTINCT word "
            "UNION MATCH ()-[r]->() UNWIND keys(r) AS word RETURN DISTINCT word"
        ),
    )


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(help=say("逐行输入 Cypher 的交互界面", "a prompt for Cypher"))(shell)
