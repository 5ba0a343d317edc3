"""What tests of several folders share: a Graph from a few lines, the project's own samples."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

from kg.model import (
    Document,
    Entity,
    Evidence,
    Graph,
    Level,
    Modality,
    Place,
    Relation,
    Run,
    Sentence,
    make_id,
)
from kg.pipeline import build
from kg.record import Record

if TYPE_CHECKING:
    from neo4j import Session
    from playwright.sync_api import Browser

SAMPLES = Path(__file__).parent.parent / "kg" / "_samples"


@dataclass
class GraphSketch:
    """A Graph line by line: `sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")`.

    Each quote is a document of its own; what no quote names has one that holds its name alone.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    negated: list[Relation] = field(default_factory=list)

    def node(self, spec: str, *, aliases: tuple[str, ...] = (), text: str = "") -> str:
        """The id of the entity `Type:name`, made once; level `type` for roles and goods.

        It is mentioned in the document of `text`, else in one that holds its name alone.
        """
        kind, _, name = spec.partition(":")
        key = make_id("e", kind, name)
        if key not in self.entities:
            document = self.document(text if name in text else name)
            start = document.text.index(name)
            level = Level.TYPE if kind in ("Role", "Good", "Activity") else Level.INSTANCE
            place = Place(document.id, start, start + len(name), name)
            self.entities[key] = Entity(key, kind, name, aliases, level, {}, (place,))
        return key

    def document(self, text: str) -> Document:
        """The document of this text, made once."""
        number = len(self.documents) + 1
        if text not in self.documents:
            self.documents[text] = Document(
                id=make_id("d", text),
                sha256="0" * 64,
                path=f"{number}.txt",
                text=text,
                sentences=(Sentence(0, len(text), 0),),
                runs=(Run(0, len(text), 0, len(text)),),
                title=f"第{number}篇",
                outlet="江州晚报",
                published="2020-06-09",
            )
        return self.documents[text]

    def edge(
        self,
        subject: str,
        kind: str,
        object_: str,
        *,
        quote: str = "",
        modality: Modality = Modality.ASSERTED,
        attrs: Mapping[str, str] | None = None,
        source: str = "",
        confidence: float = 1.0,
    ) -> Relation:
        """One relation with one piece of evidence, in a document that is its quote alone."""
        names = subject.partition(":")[2], object_.partition(":")[2]
        text = quote or f"{names[0]}与{names[1]}。"
        document = self.document(text)
        ends = self.node(subject, text=text), self.node(object_, text=text)
        evidence = Evidence(
            document.id, 0, len(text), text, source, attrs or {}, f"edges/{kind}.yaml#x", confidence
        )
        relation = Relation(
            id=make_id("r", ends[0], kind, ends[1], modality),
            subject=ends[0],
            type=kind,
            object=ends[1],
            modality=modality,
            sources=(source,) if source else (),
            attrs=attrs or {},
            evidence=(evidence,),
            origins=1,
            confidence=confidence,
        )
        (self.negated if modality is Modality.NEGATED else self.relations).append(relation)
        return relation

    def graph(self) -> Graph:
        """The Graph of all lines so far."""
        return Graph(
            documents=tuple(sorted(self.documents.values(), key=lambda document: document.id)),
            entities=tuple(sorted(self.entities.values(), key=lambda entity: entity.id)),
            relations=tuple(sorted(self.relations, key=lambda relation: relation.id)),
            negated=tuple(sorted(self.negated, key=lambda relation: relation.id)),
        )

    def entity(self, spec: str) -> Entity:
        """The entity `Type:name`."""
        return self.entities[self.node(spec)]


@pytest.fixture
def sketch() -> GraphSketch:
    return GraphSketch()


settings.register_profile("kg", deadline=None)  # tests assert no timing
settings.load_profile("kg")
os.environ["KG_NO_ENGINE_ARCHIVE"] = "1"  # tests leave nothing running behind them


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample articles that the package brings."""
    return SAMPLES


@pytest.fixture(scope="session")
def sample_record(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of the sample articles, built once. Read only: tests that change one copy it."""
    folder = tmp_path_factory.mktemp("samples") / "record"
    build([samples], folder)
    return Record.open(folder)


DATABASES = (
    "cli/test_docs.py",
    "cli/test_loading.py",
    "cli/test_querying.py",
    "store/test_apoc.py",
    "store/test_browser.py",
    "store/test_embedded.py",
    "store/test_load.py",
    "store/test_neo4j_kit.py",
    "store/test_queries.py",
    "store/test_restarts.py",
)
"""Files of tests with Neo4j or the embedded engine, which are slow to start."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """With several workers, a file is one worker's, and so are all files with databases."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):  # type: ignore[misc]  # it has no types
        def _split_scope(self, nodeid: str) -> str:
            file: str = super()._split_scope(nodeid)
            return "databases" if file.endswith(DATABASES) else file

    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file that uses the one server has to be among those that stay together."""
    for item in items:
        served = "neo4j" in getattr(item, "fixturenames", ())
        if served and not item.path.as_posix().endswith(DATABASES):
            raise pytest.UsageError(f"{item.path} uses neo4j: add it to DATABASES in conftest.py")


class Neo4j(Protocol):
    """A real server, as `scripts/neo4j_server.py` runs it."""

    folder: str
    uri: str
    browser: str
    password: str

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...
    def admin(self, arguments: Sequence[str], at: Path) -> str: ...


def missing(what: str) -> None:
    """Skip a test for want of a service; where CI is to have it, fail."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """A real Neo4j with a folder of its own, for all tests together."""
    path = Path(__file__).parent.parent / "scripts" / "neo4j_server.py"
    spec = importlib.util.spec_from_file_location("neo4j_server", path)
    assert spec
    assert spec.loader
    script = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    server: Neo4j = script.new_server(tmp_path_factory.mktemp("neo4j"), brief=True)
    try:
        server.start()
    except script.ServerError as error:
        missing(str(error))
    yield server
    server.kill()  # nobody reads its data again


@pytest.fixture
def database(neo4j: Neo4j) -> Iterator[Session]:
    """A session with the real Neo4j, whose database holds nothing."""
    from kg.store.cypher.connect import connected

    with connected(neo4j.uri, "neo4j", neo4j.password) as session:
        empty(session)
        yield session


def empty(session: Session) -> None:
    """Delete all nodes and edges."""
    session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


CHROMIUM = Path("/usr/bin/chromium")
_QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, for all tests together; each opens pages of its own."""
    if not CHROMIUM.exists():
        missing(f"no {CHROMIUM}: apt-get install chromium fonts-noto-cjk")
    if importlib.util.find_spec("playwright") is None:
        missing("no playwright: pip install -e '.[dev]'")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_QUIET)
        yield chromium
        chromium.close()
