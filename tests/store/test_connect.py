"""Addresses and servers of which nothing good comes, and servers older than the one of the tests.

The servers here are made up: they speak as much of Bolt as a driver needs to make friends.
"""

from __future__ import annotations

import logging
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kg.errors import ServiceError, UsageError
from kg.store.cypher.connect import connected


def text(said: str) -> bytes:
    """A string as Bolt has it, of less than 256 bytes."""
    return b"\xd0" + bytes([len(said)]) + said.encode()


@contextmanager
def server(version: bytes, agent: str) -> Iterator[int]:
    """A server of this version of Bolt, which agrees with whatever it is told; its port."""

    def run() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            with client, client.makefile("rb") as said:
                if not said.read(20).startswith(b"\x60\x60\xb0\x17"):  # encrypted
                    continue
                client.sendall(version)
                while message := read_message(said.read):
                    names = (
                        {"server": agent, "connection_id": "x"} if message[1:2] == b"\x01" else {}
                    )
                    pairs = b"".join(text(name) + text(value) for name, value in names.items())
                    answer = b"\xb1\x70" + bytes([0xA0 + len(names)]) + pairs
                    client.sendall(struct.pack(">H", len(answer)) + answer + b"\0\0")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=run, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def read_message(read: Callable[[int], bytes]) -> bytes:
    """The next message, empty at the end of all."""
    message = b""
    while size := int.from_bytes(read(2)):
        message += read(size)
    return message


def test_a_server_from_before_notifications_could_be_refused_is_taken() -> None:
    with server(b"\0\0\0\5", "Neo4j/5.3.0") as port, connected(f"bolt://127.0.0.1:{port}"):
        pass


def test_a_server_that_is_too_old_is_said_to_be_that() -> None:
    with (
        server(b"\0\0\4\4", "Neo4j/4.4.12") as port,
        pytest.raises(ServiceError, match=r"this is Neo4j/4\.4\.12, and kg needs Neo4j 5"),
        connected(f"bolt://127.0.0.1:{port}"),
    ):
        pass


@pytest.mark.parametrize(
    "uri",
    [
        "neo4j://localhost:bolt",
        "neo4j://localhost:99999",
        "neo4j://localhost:0",
        "neo4j://[::1",
        "neo4j://a..b:7687",
        "neo4j://" + "a" * 64,
        "neo4j://\udc80",
        "neo4j://:7687",
    ],
)
def test_an_address_with_a_broken_host_or_port_is_refused(uri: str) -> None:
    with pytest.raises(UsageError, match="neo4j://localhost:7687"), connected(uri):
        pass


def test_a_password_that_cannot_be_sent_is_refused() -> None:
    with (
        server(b"\0\0\0\5", "Neo4j/5.3.0") as port,
        pytest.raises(UsageError, match="cannot be sent"),
        connected(f"bolt://127.0.0.1:{port}", "neo4j", "\udc80"),
    ):
        pass


def test_who_asks_for_encryption_where_there_is_none_is_told_of_both(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("neo4j"), "propagate", False)  # as without pytest
    with (
        server(b"\0\0\0\5", "Neo4j/5.3.0") as port,
        pytest.raises(ServiceError, match=r"as installed does not: neo4j://.*neo4j\+ssc://"),
        connected(f"neo4j+s://127.0.0.1:{port}"),
    ):
        pass
    assert capsys.readouterr().err == ""
