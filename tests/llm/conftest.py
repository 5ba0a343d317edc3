"""A model service in a thread of this process, which says what a test tells it to say."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.llm import Cache, LanguageModel, Service
from kg.model import Document
from kg.read import Unreadable, read


@dataclass
class Reply:
    """One answer of the server: `content` as a model says it, or any status and body."""

    content: str = ""
    status: int = 200
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    after: threading.Event | None = None
    pause: float = 0.0
    """Seconds before each byte of the body."""

    def data(self) -> bytes:
        said = {"choices": [{"message": {"role": "assistant", "content": self.content}}]}
        return (json.dumps(said) if self.body is None else self.body).encode()


Asked = Mapping[str, Any]


@dataclass
class Model:
    """The server: `says` gets the sentences of each question by their number; replies that
    wait in `first` come before. `asked` are the bodies, `heads` the headers, in order."""

    url: str
    says: Callable[[Mapping[str, str]], Mapping[str, object]] = lambda _: answer()
    first: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    heads: list[Mapping[str, str]] = field(default_factory=list)
    received: list[str] = field(default_factory=list)

    def reply(self, asked: Asked) -> Reply:
        if self.first:
            return self.first.pop(0)
        sentences = json.loads(asked["messages"][1]["content"])
        return Reply(json.dumps(self.says(sentences), ensure_ascii=False))


def answer(
    mentions: list[Mapping[str, object]] | None = None,
    relations: list[Mapping[str, object]] | None = None,
) -> dict[str, object]:
    return {"mentions": mentions or [], "relations": relations or []}


def mention(id_: int, text: str, type_: str, s: int = 1, **more: object) -> dict[str, object]:
    return {"id": id_, "s": s, "text": text, "type": type_, **more}


def relation(
    subject: int, type_: str, object_: int, quote: str, s: int = 1, **more: object
) -> dict[str, object]:
    return {
        "subject": subject,
        "type": type_,
        "object": object_,
        "s": s,
        "quote": quote,
        "modality": "asserted",
        **more,
    }


class _Handler(BaseHTTPRequestHandler):
    model: Model

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = json.loads(raw)
        self.model.received.append(f"{self.path}\n{self.headers}\n{raw}")
        self.model.asked.append(asked)
        self.model.heads.append(dict(self.headers))
        reply = self.model.reply(asked)
        if reply.after is not None:
            reply.after.wait(30)
        data = reply.data()
        try:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            for byte in data if reply.pause else ():
                time.sleep(reply.pause)
                self.wfile.write(bytes([byte]))
            self.wfile.write(b"" if reply.pause else data)
        except OSError:  # whoever asked did not wait
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
        pass


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    for name in ("KG_LLM", "KG_LLM_KEY", "KG_LLM_URL", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    found = Model(f"http://127.0.0.1:{server.server_port}/v1")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"model": found})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def extract(model: Model, tmp_path: Path) -> LanguageModel:
    """An extractor that asks the server and nobody else."""
    return LanguageModel(
        Service(model.url, "test-model", timeout=20, tries=3, pause=0.001),
        Cache(tmp_path / "answers"),
    )


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., Document]:
    """A Document with a text, as `kg.read` makes it: `document("卡商卖卡。")`."""

    def make(text: str, *, keep_pii_for: str = "") -> Document:
        path = tmp_path / "article.txt"
        path.write_text(text, "utf-8")
        [found] = read([path], keep_pii_for=keep_pii_for)
        assert not isinstance(found, Unreadable)
        return found

    return make
