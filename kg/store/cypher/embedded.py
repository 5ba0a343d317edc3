"""The embedded engine: ArcadeDB in this process, which speaks Bolt as a Neo4j server does.

What it opens is an index of a graph, which lies in the user's cache folder under a name made
of the content of its record. So an index is never stale and records of equal content share one; a
record on a disk that cannot be written can be queried; and the record's own folder stays what
it is, byte for byte.

An index is opened read-only, by any number of processes at once, and the engine itself then
refuses every write. `writable` opens a copy, which is gone when the session ends.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from kg._folders import cache_folder
from kg.errors import StoreError, UsageError
from kg.model import Graph
from kg.store.cypher import HEAP, archive
from kg.store.cypher.answer import WRITES, Database, Fault, Inspection
from kg.store.cypher.connect import connected
from kg.store.cypher.rows import DOCUMENT, ENTITY, EVIDENCE, Edges, Nodes, edges_of, nodes_of

if TYPE_CHECKING:
    import arcadedb_embedded

DATABASE = "kg"

_INDEXES = ((DOCUMENT, "id"), (ENTITY, "id"), (ENTITY, "name"), (EVIDENCE, "relation"))
_KEPT = 4  # indexes; records of some hundred articles take 40 MB each
_ABANDONED = 86_400  # seconds after which a half-built index has no builder any more
_CODE = ("embedded.py", "rows.py")
_HEAP = re.compile(r"[1-9]\d*[kmg]", re.IGNORECASE)
_JVM_OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # a query is over before the slow compiler pays off
    "-XX:-UsePerfData",
    "-Xlog:disable",
    "-Xrs",  # signals are Python's: a kill ends the process at once
    "-Dfile.encoding=UTF8",
    "-Djava.awt.headless=true",
    "-Dpolyglot.engine.WarnInterpreterOnly=false",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
    "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
)


@contextmanager
def embedded(
    edition: str,
    graph: Callable[[], Graph],
    *,
    heap: str = HEAP,
    writable: bool = False,
    on_build: Callable[[], None] | None = None,
) -> Iterator[Database]:
    """The index of a graph to put queries to; it is built first where there is none.

    `edition` names the state of the record that the graph is of, and `graph` is called when
    there is no index of that edition yet, after `on_build`: building takes a while. `heap`
    bounds the memory of the engine (512m, 2g); the first of a process decides. Raises
    UsageError without the extra `cypher`, StoreError when the index cannot be built or opened.
    """
    if not _HEAP.fullmatch(heap):
        raise UsageError(f"{heap!r} is no amount of memory. Write 512m or 2g.")
    _check_installed()
    with (
        tempfile.TemporaryDirectory(prefix="kg-engine-", ignore_cleanup_errors=True) as scratch,
        _importing_driver(),
    ):
        start_engine(heap, Path(scratch), archive.options())
        index = _home(Path(scratch)) / _name(edition)
        if not index.is_dir():
            if not os.access(index.parent, os.W_OK):  # on a disk that cannot be written, say
                index = Path(scratch) / index.name
            if on_build:
                on_build()
            _build(graph(), index)
        archive.make_later(index)
        with suppress(OSError):
            os.utime(index)  # the last used are kept
        if writable:
            index = Path(shutil.copytree(index, Path(scratch) / "copy"))
        with (
            serving(index, Path(scratch), writable=writable) as (uri, password),
            connected(uri, "root", password, DATABASE, reading=not writable) as session,
        ):
            yield Database(session, partial(inspect, index, writable))


@contextmanager
def _importing_driver() -> Iterator[None]:
    """Import the driver beside what is done inside: it takes as long as the engine."""
    thread = Thread(target=_import_driver)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _import_driver() -> None:
    with suppress(ImportError):  # `connected` says what to install
        import neo4j  # noqa: F401  # only loaded here


def _home(scratch: Path) -> Path:
    """The folder of the indexes; `scratch` where there is no home, or none that takes them."""
    home = cache_folder() / "cypher"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        return scratch
    return home


def _name(edition: str) -> str:
    """A name for the content that is indexed, the code that does it, and the engine."""
    from importlib.metadata import version

    digest = blake2b(version("arcadedb-embedded").encode(), digest_size=12)
    digest.update(edition.encode())
    for name in _CODE:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()


def _build(graph: Graph, index: Path) -> None:
    """Make the index, under another name until it is whole; whoever comes first makes it."""
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=index.parent))
    try:
        write_index(graph, part / DATABASE)
        with suppress(OSError):
            part.rename(index)
        if not index.is_dir():
            raise StoreError(f"{index}: cannot be made. Check the folder, its rights and space.")
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _sweep(index)


def _sweep(index: Path) -> None:
    """Remove the indexes that were not used for longest, and what killed builds left."""
    aged = sorted((_age(path), path) for path in index.parent.iterdir() if path != index)
    whole = [path for _, path in aged if not path.name.startswith(".")]
    parts = [path for age, path in aged if path.name.startswith(".") and age > _ABANDONED]
    for path in (*whole[_KEPT - 1 :], *parts):
        shutil.rmtree(path, ignore_errors=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:  # another process removed it
        return 0


def write_index(graph: Graph, path: Path) -> None:
    """Write the database of a graph to the new folder `path`. Needs the engine started.

    Raises StoreError when the graph cannot be put into a database.
    """
    import arcadedb_embedded as arcadedb

    nodes, edges = [*nodes_of(graph)], [*edges_of(graph)]
    try:
        with arcadedb.create_database(str(path)) as database:
            database.command("sqlscript", _types(nodes, edges))
            _fill(database, nodes, edges)
            # after the rows: one sort instead of many insertions
            database.command("sqlscript", "".join(f"{line};\n" for line in _index_statements()))
    except arcadedb.ArcadeDBError as error:
        raise StoreError(f"the index cannot be built: {_reason(error)}") from error


def _index_statements() -> Iterator[str]:
    for label, name in _INDEXES:
        kind = "UNIQUE" if name == "id" else "NOTUNIQUE"
        yield f"CREATE INDEX ON {label} ({name}) {kind}"


def _types(nodes: list[Nodes], edges: list[Edges]) -> str:
    """SQL that makes the types. ArcadeDB has one for each set of labels, named so: A~B."""
    lines = [f"CREATE VERTEX TYPE {label}" for label in (DOCUMENT, ENTITY, EVIDENCE)]
    lines += [f"CREATE PROPERTY {label}.{name} STRING" for label, name in _INDEXES]
    for group in nodes:
        if group.type:
            lines.append(f"CREATE VERTEX TYPE `{group.type}`")
            lines.append(f"CREATE VERTEX TYPE `{_type(group)}` EXTENDS {ENTITY}, `{group.type}`")
    lines += [f"CREATE EDGE TYPE `{group.type}`" for group in edges]
    return "".join(f"{line};\n" for line in lines)


def _type(group: Nodes) -> str:
    return "~".join(sorted((group.label, group.type))) if group.type else group.label


def _fill(database: arcadedb_embedded.Database, nodes: list[Nodes], edges: list[Edges]) -> None:
    where: dict[str, str] = {}
    with database.graph_batch(use_wal=False) as batch:
        for group in nodes:
            rows = [*group.rows]
            places = batch.create_vertices(_type(group), [row.properties for row in rows])
            where.update(zip((row.id for row in rows), places, strict=True))
        for kind in edges:
            rows = [*kind.rows]
            batch.new_edges(
                [where[row.start] for row in rows],
                kind.type,
                [where[row.end] for row in rows],
                [row.properties for row in rows],
            )


def _check_installed() -> None:
    try:
        import arcadedb_embedded.jvm  # noqa: F401  # whether it is there
        import jpype  # noqa: F401  # whether it is there
    except ImportError:
        raise UsageError(
            "the embedded engine is not installed: pip install 'fraudchain-kg[cypher]'"
        ) from None


def start_engine(heap: str, scratch: Path, more: Sequence[str]) -> None:
    """Start the Java machine of this process with `more` options, quiet, unless it runs."""
    import jpype
    from arcadedb_embedded.jvm import get_bundled_jre_lib_path, get_jar_path

    if jpype.isJVMStarted():
        return
    quiet = scratch / "logging.properties"
    quiet.write_text("handlers=\n.level=OFF\n", encoding="ascii")
    try:
        with _names_in_utf8():
            jpype.startJVM(
                get_bundled_jre_lib_path(),
                f"-Xmx{heap}",
                *_JVM_OPTIONS,
                *more,
                f"-XX:ErrorFile={tempfile.gettempdir()}/kg-engine-crash-%p.log",
                f"-Djava.util.logging.config.file={quiet}",
                classpath=sorted(map(str, Path(get_jar_path()).glob("*.jar"))),
                interrupt=False,
            )
    except (RuntimeError, OSError) as error:
        raise StoreError(
            f"the embedded engine does not start with --heap {heap}: {error}"
        ) from None


@contextmanager
def _names_in_utf8() -> Iterator[None]:
    """Java asks the locale, when it starts, how names of files are put into bytes: LC_ALL=C would
    keep it from every folder with a name in Chinese."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C.UTF-8"
    try:
        yield
    finally:
        del os.environ["LC_ALL"]
        if before is not None:
            os.environ["LC_ALL"] = before


@contextmanager
def serving(index: Path, scratch: Path, *, writable: bool) -> Iterator[tuple[str, str]]:
    """Serve the database in `index` on this machine only; yields the address and a password."""
    import arcadedb_embedded as arcadedb

    bolt, http = _free_ports(2)
    password = secrets.token_urlsafe(32)
    settings = {
        "host": "127.0.0.1",
        "http_port": http,
        "bolt.host": "127.0.0.1",
        "bolt.port": bolt,
        "profile": "low-ram",
        "serverMetrics": "false",  # nobody reads them, and they take a fifth of a second
        "server.databaseDirectory": str(index),
        "server.defaultDatabaseMode": "READ_WRITE" if writable else "READ_ONLY",
        "server.logsDirectory": str(scratch),
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.saltIterations": 1,  # nobody guesses 256 random bits, stretched or not
    }
    server = arcadedb.create_server(tempfile.mkdtemp(dir=scratch), password, settings)
    try:
        server.start()
    except arcadedb.ArcadeDBError as error:
        raise StoreError(f"the embedded engine does not start: {_reason(error)}") from error
    try:
        yield f"bolt://127.0.0.1:{bolt}", password
    finally:
        server.stop()


_ANYTHING = re.compile(r"one of [A-Z][A-Z0-9_, ]+ or \d{3,} more")
"""Where hundreds of tokens may stand, the parser lists the first ones by their names in it."""
_PLACE = re.compile(r"(?:Syntax error )?at line (\d+)(?::|, column )(\d+)(?: - )?\s*")


def inspect(index: Path, writable: bool, text: str) -> Inspection:
    """What the engine finds in a query.

    Over Bolt it says of a query that it cannot parse no more than that it might write, and of
    one that finds nothing not even its columns.
    """
    import jpype

    factory = jpype.JClass("com.arcadedb.database.DatabaseFactory")
    database = factory.getActiveDatabaseInstance(str(index / DATABASE))
    parser = jpype.JClass("com.arcadedb.query.opencypher.parser.Cypher25AntlrParser")
    try:
        analyzed = database.getQueryEngine("opencypher").analyze(text)
        returned = parser(database).parse(text).getReturnClause()
    except jpype.JException as error:
        reason = str((error.getCause() or error).getMessage())
        first = next(iter(reason.splitlines()), "")
        place = _PLACE.search(first)
        line, column = (int(place[1]), int(place[2]) + 1) if place else (0, 0)
        told = _ANYTHING.sub("an expression", _PLACE.sub("", first))
        return Inspection(Fault(told, line, column))
    if not writable and (analyzed.isDDL() or not analyzed.isIdempotent()):
        return Inspection(Fault(WRITES))
    items = returned.getReturnItems() if returned else ()
    return Inspection(None, tuple(str(item.getOutputName()) for item in items if not item.isStar()))


def _free_ports(count: int) -> list[int]:
    """Ports of the loopback interface that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _reason(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
