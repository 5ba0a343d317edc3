"""Opening a server that speaks Bolt, and what its errors mean to the person who asked."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import KGError, ServiceError, StoreError, UsageError

if TYPE_CHECKING:
    from neo4j import Session

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_TOO_OLD = re.compile(r"Neo4j/[0-4]\.")
_UNHEARD = logging.NullHandler()
"""What the driver logs goes where the user of the library sends it; by itself, Python would print
it. The server is not asked to send none of it: before Neo4j 5.7 it could not be."""
_NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"


class AccessError(ServiceError):
    """The server wants a user and a password, or other ones."""


@contextmanager
def connected(
    uri: str,
    username: str = "",
    password: str = "",
    database: str = "",
    *,
    patience: float = 60,
    reading: bool = False,
) -> Iterator[Session]:
    """A session with a server that has answered; without a username one that needs none.

    `database` is the server's default where it is empty; for `patience` seconds errors that
    may pass are tried again. A session for `reading` is refused every write by the server.
    Raises AccessError, ServiceError, UsageError and StoreError, also
    for errors of the driver inside the block.
    """
    check_uri(uri)
    try:
        from neo4j import GraphDatabase
    except ImportError:
        raise UsageError(
            "the driver of Neo4j is not installed: pip install 'fraudchain-kg[neo4j]'"
        ) from None
    logging.getLogger("neo4j").addHandler(_UNHEARD)
    with (
        explained(uri, database),
        GraphDatabase.driver(
            uri,
            auth=(username, password) if username else None,
            max_transaction_retry_time=patience,
            user_agent="kg",
        ) as driver,
    ):
        try:
            agent = driver.get_server_info().agent
        except UnicodeError:
            raise UsageError(
                "the user or the password holds a character that cannot be sent."
            ) from None
        if _TOO_OLD.match(agent):
            raise ServiceError(f"{uri}: this is {agent}, and kg needs Neo4j 5 or newer.")
        with driver.session(
            database=database or None,
            fetch_size=10_000,
            default_access_mode="READ" if reading else "WRITE",
        ) as session:
            yield session


def check_uri(uri: str) -> None:
    """Raise UsageError for a URI that no driver takes, or one with a password in it."""
    try:
        parts = urlsplit(uri)
        host = (parts.hostname or "").encode("idna")
        fits = parts.scheme in SCHEMES and (host or "@" in parts.netloc) and parts.port != 0
    except ValueError:  # brackets without an end, a port that is no number, a name with two dots
        fits = False
    if not fits:
        raise UsageError(
            f"{uri!r} is no address of a Neo4j server. It looks like neo4j://localhost:7687 or, "
            "encrypted, neo4j+s://NAME.databases.neo4j.io"
        )
    if "@" in parts.netloc:
        raise UsageError(
            "no user or password in the address, where others can read it: "
            "set NEO4J_USERNAME and NEO4J_PASSWORD, or wait to be asked."
        )


@contextmanager
def explained(uri: str, database: str = "") -> Iterator[None]:
    """Turn what the driver raises into errors of kg that say what to do."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except (Neo4jError, DriverError) as error:
        raise _meaning(error, uri, database) from error


def _meaning(error: Exception, uri: str, database: str) -> KGError:
    from neo4j.exceptions import (
        AuthError,
        ConfigurationError,
        ConstraintError,
        Neo4jError,
        ServiceUnavailable,
        SessionExpired,
        TransientError,
    )

    first = (str(error).splitlines() or [type(error).__name__])[0]
    if isinstance(error, AuthError):
        return AccessError(
            f"{uri}: the server does not let us in ({first}). "
            "Set NEO4J_USERNAME and NEO4J_PASSWORD."
        )
    if isinstance(error, Neo4jError) and error.code == _NO_DATABASE:
        return UsageError(
            f"{uri}: there is no database {database!r}. Neo4j Community has one, named neo4j."
        )
    if isinstance(error, ConstraintError):
        return StoreError(
            f"{uri}: a rule of the database forbids a row ({first}). "
            "It holds other data under our ids or labels: name an empty database."
        )
    if isinstance(error, ServiceUnavailable | SessionExpired | ConfigurationError):
        return ServiceError(
            f"{uri}: no Neo4j answers ({first}). Does the server run, is the port that of Bolt "
            f"(7687), and {_encryption(uri)}?"
        )
    if isinstance(error, TransientError):
        return ServiceError(f"{uri}: the server is too busy ({first}). Run the command again.")
    return StoreError(f"{uri}: {first}")


def _encryption(uri: str) -> str:
    """What to ask somebody about encryption who gave this address."""
    if "+" in urlsplit(uri).scheme:
        return (
            "does it offer an encrypted connection (a server as installed does not: neo4j://), "
            "with a certificate of its own (neo4j+ssc://)"
        )
    return "does it want an encrypted connection (neo4j+s://)"
