"""The classes of the embedded engine, kept in a form that its Java loads twice as fast as jars.

Java can write what it has loaded into an archive (class-data sharing). The first use of the engine
leaves that to a process in the background: `python -m kg.store.cypher.archive INDEX` rehearses a
query on an index and keeps the archive in the user's cache folder, one for each version of the
engine. Whatever goes wrong there, the engine starts without it, only slower.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from kg._folders import cache_folder

_UNWANTED = "KG_NO_ENGINE_ARCHIVE"
"""Set in the environment: no archive is made."""
_MODULE = "kg.store.cypher.archive"
_QUERY = "MATCH (a:Entity)-[r]->(b:Entity) WHERE r.confidence > 0.5 RETURN a.name, r.quote LIMIT 3"
_PATIENCE = 600
"""Seconds after which somebody else who makes the archive is taken for dead."""


def options() -> list[str]:
    """What Java must be told to use the archive, if there is one."""
    file = folder() / "classes.jsa"
    return [f"-XX:SharedArchiveFile={file}", "-Xshare:auto"] if file.is_file() else []


def make_later(index: Path) -> None:
    """See to it that there is an archive from the next use on; `index` is one to rehearse with."""
    if os.environ.get(_UNWANTED) or (folder() / "classes.jsa").exists() or os.name != "posix":
        return
    with suppress(OSError):
        subprocess.Popen(
            [sys.executable, "-m", _MODULE, str(index)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, cwd="/",
        )  # fmt: skip


def folder() -> Path:
    """Where the archive of this version of the engine lies, or would."""
    from importlib.metadata import version

    return cache_folder() / "engine" / version("arcadedb-embedded")


def make(index: Path) -> None:
    """Make the archive, unless another process does."""
    from arcadedb_embedded.jvm import get_bundled_jre_lib_path

    os.nice(19)
    home = folder()
    home.mkdir(parents=True, exist_ok=True)
    mine = home / "making"
    with suppress(OSError):
        if time.time() - mine.stat().st_mtime > _PATIENCE:
            mine.rmdir()
    try:
        mine.mkdir()
    except FileExistsError:
        return
    try:
        java = next(Path(get_bundled_jre_lib_path()).parents[2].glob("bin/java"))
        base, part = home / "base.jsa", home / "part.jsa"
        dump = ["-Xshare:dump", f"-XX:SharedArchiveFile={base}", "-XX:+UseSerialGC"]
        subprocess.run([java, *dump], check=True, capture_output=True)
        rehearsal = f"import sys; from {_MODULE} import rehearse; rehearse(*sys.argv[1:])"
        subprocess.run(
            [sys.executable, "-c", rehearsal, str(index), str(base), str(part)],
            check=True, capture_output=True,
        )  # fmt: skip
        part.replace(home / "classes.jsa")
    finally:
        mine.rmdir()


def rehearse(index: str, base: str, part: str) -> None:
    """Answer a query as the engine does; Java writes what it has loaded when the process ends."""
    from kg.store.cypher import HEAP
    from kg.store.cypher.connect import connected
    from kg.store.cypher.embedded import DATABASE, inspect, serving, start_engine

    more = [f"-XX:SharedArchiveFile={base}", f"-XX:ArchiveClassesAtExit={part}"]
    with tempfile.TemporaryDirectory(prefix="kg-engine-", ignore_cleanup_errors=True) as scratch:
        start_engine(HEAP, Path(scratch), more)
        with (
            serving(Path(index), Path(scratch), writable=False) as (uri, password),
            connected(uri, "root", password, DATABASE, reading=True) as session,
        ):
            inspect(Path(index), False, _QUERY)
            list(session.run(_QUERY))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
