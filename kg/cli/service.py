"""How the command line reaches a Neo4j server: its address, and who we are there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.talk import say

if TYPE_CHECKING:
    from neo4j import Session

DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="NEO4J_DATABASE",
        help=say("数据库名（默认为服务器的默认库）", "the database (the server's default)"),
    ),
]
ADDRESS_HELP = say(
    "服务器地址，如 neo4j://localhost:7687；用户名和密码取自 NEO4J_USERNAME 和 "
    "NEO4J_PASSWORD，否则现问",
    "neo4j://localhost:7687, say; user and password come from NEO4J_USERNAME and "
    "NEO4J_PASSWORD, or you are asked",
)


@contextmanager
def open_session(uri: str, database: str = "", *, reading: bool = False) -> Iterator[Session]:
    """A session with the server, with credentials from the environment or the person."""
    from kg.store.cypher.connect import connected

    username, password = _credentials(uri)
    with connected(uri, username, password, database, reading=reading) as session:
        yield session


def _credentials(uri: str) -> tuple[str, str]:
    """User and password; both empty where the server asks for none. Raises AccessError."""
    from kg.store.cypher.connect import AccessError, connected

    username = os.environ.get("NEO4J_USERNAME", "")
    password = os.environ.get("NEO4J_PASSWORD", "")
    if password:
        return username or "neo4j", password
    try:
        with connected(uri):
            return "", ""
    except AccessError:
        if not sys.stdin.isatty():
            raise
    username = username or typer.prompt(say("用户名", "user"), default="neo4j", err=True)
    return username, typer.prompt(say("密码", "password"), hide_input=True, err=True)
