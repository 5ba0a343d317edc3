#!/usr/bin/env python3
"""A Neo4j of one's own for tests and benchmarks, made of the jars on Maven Central.

    scripts/neo4j_server.py run                 in the foreground, until Ctrl-C
    scripts/neo4j_server.py start               in the background; prints what to export
    scripts/neo4j_server.py stop
    scripts/neo4j_server.py fetch               the jars only (into ~/.cache/kg, once)
    scripts/neo4j_server.py admin ARGS...       neo4j-admin of the same jars

Needs Java 17 or 21, and Maven for the first start. Listens on free ports of the loopback
interface only. Data and settings lie in `--folder`, by default a folder beside the jars.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

NEO4J, BROWSER, APOC = "5.26.30", "5.24.0", "5.26.19"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kg"
_ARTIFACTS = [
    ("org.neo4j", "neo4j", NEO4J),
    ("org.neo4j.app", "neo4j-server", NEO4J),
    ("org.neo4j.client", "neo4j-browser", BROWSER),
    ("org.neo4j.procedure", "apoc-common", APOC),
    ("org.neo4j.procedure", "apoc-core", APOC),
    # APOC uses these and no pom asks for them: people get them inside the releases
    ("com.fasterxml.woodstox", "woodstox-core", "6.5.1"),
    ("org.apache.commons", "commons-collections4", "4.4"),
    ("org.apache.hadoop.thirdparty", "hadoop-shaded-guava", "1.5.0"),
]
JARS = CACHE / f"neo4j-{NEO4J}-{zlib.crc32(repr(_ARTIFACTS).encode()):08x}"
CLASSES = JARS / "classes.jsa"
"""The classes of a server as Java keeps them for the next start, which then takes half the time."""
FOLDER = CACHE / "neo4j-data"
HEAP = os.environ.get("KG_NEO4J_HEAP", "1g")
START_LIMIT = 300  # seconds

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion>
<groupId>kg</groupId><artifactId>neo4j</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
{}
</dependencies>
</project>
"""
CLASS_PATH = f"{JARS}/plugins/*:{JARS}/lib/*"
_OPENED = ("java.nio", "java.io", "sun.nio.ch")
_SETTINGS = """server.directories.data={folder}/data
server.directories.logs={folder}/logs
server.directories.run={folder}/run
server.directories.import={folder}/import
server.directories.plugins={jars}/plugins
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=127.0.0.1:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.http.advertised_address=127.0.0.1:{http}
server.https.enabled=false
server.memory.pagecache.size=256m
db.tx_log.rotation.retention_policy=false
dbms.usage_report.enabled=false
dbms.security.procedures.unrestricted=apoc.*
"""


_children: dict[int, subprocess.Popen[bytes]] = {}


class ServerError(Exception):
    """The server cannot be had; the message says why."""


def fetch() -> Path:
    """The folder with lib/ and plugins/, filled from Maven Central when it is not there yet."""
    if JARS.is_dir():
        return JARS
    if not shutil.which("mvn"):
        raise ServerError("the jars of Neo4j come through Maven: install it (apt install maven)")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix=".neo4j-") as name:
        folder = Path(name)
        dependencies = "\n".join(
            f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
            f"<version>{version}</version></dependency>"
            for group, artifact, version in _ARTIFACTS
        )
        (folder / "pom.xml").write_text(_POM.format(dependencies))
        command = ["mvn", "-B", "-q", "-ntp", "dependency:copy-dependencies",
                   "-DincludeScope=runtime", f"-DoutputDirectory={folder}/jars/lib"]  # fmt: skip
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            errors = [line for line in done.stdout.splitlines() if line.startswith("[ERROR]")]
            raise ServerError(f"Maven could not fetch Neo4j {NEO4J}: {' '.join(errors[:1])}")
        plugins = folder / "jars" / "plugins"
        plugins.mkdir()
        for jar in (folder / "jars" / "lib").glob("apoc-*.jar"):
            jar.rename(plugins / jar.name)
        with contextlib.suppress(OSError):  # another process was quicker
            (folder / "jars").rename(JARS)
    return JARS


def java() -> str:
    """The java to run. Raises ServerError where there is none of a version that fits."""
    home = os.environ.get("JAVA_HOME", "")
    found = shutil.which("java", path=f"{home}/bin") if home else None
    found = found or shutil.which("java")
    if not found:
        raise ServerError("Neo4j needs Java 17 or 21 (apt install openjdk-17-jre-headless)")
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    if not any(f'version "{number}' in said for number in (17, 21)):
        raise ServerError(f"Neo4j {NEO4J} needs Java 17 or 21, and this is {said.splitlines()[:1]}")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """A server with the folder of its data. `pid` is 0 while it does not run.

    A `brief` one is up sooner and slower at work: its code is compiled in one quick pass.
    """

    folder: str
    bolt: int
    http: int
    password: str
    brief: bool = False
    pid: int = 0

    @property
    def uri(self) -> str:
        return f"neo4j://127.0.0.1:{self.bolt}"

    @property
    def browser(self) -> str:
        return f"http://127.0.0.1:{self.http}/browser/"

    def start(self) -> None:
        """Start, and wait until it answers. Raises ServerError with the end of its log."""
        folder = Path(self.folder)
        (folder / "conf").mkdir(parents=True, exist_ok=True)
        (folder / "import").mkdir(exist_ok=True)
        fresh = not (folder / "data" / "dbms").exists()
        settings = _SETTINGS.format(folder=folder, jars=fetch(), bolt=self.bolt, http=self.http)
        (folder / "conf" / "neo4j.conf").write_text(settings)
        (folder / "conf" / "apoc.conf").write_text("apoc.import.file.enabled=true\n")
        if fresh:
            done = admin(folder, ["dbms", "set-initial-password", self.password])
            if done.returncode:
                raise ServerError(done.stdout + done.stderr)
        command = [
            java(), f"-Xmx{HEAP}", "-XX:+UseSerialGC", self._classes(),
            *(["-XX:TieredStopAtLevel=1"] if self.brief else []),
            *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED),
            "-Dlog4j2.disable.jmx=true", "-Dfile.encoding=UTF-8",
            "-cp", CLASS_PATH, "org.neo4j.server.CommunityEntryPoint",
            f"--home-dir={folder}", f"--config-dir={folder}/conf", "--console-mode",
        ]  # fmt: skip
        with (folder / "console.log").open("wb") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        _children[process.pid] = process
        self.pid = process.pid
        (folder / "server.json").write_text(json.dumps(asdict(self)))
        self._wait(process)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + START_LIMIT
        while not (_speaks_bolt(self.bolt) and _accepts(self.http)):
            if process.poll() is not None or time.monotonic() > until:
                said = (Path(self.folder) / "console.log").read_text(errors="replace")
                self.kill()
                raise ServerError(f"Neo4j did not start:\n{said[-3000:]}")
            time.sleep(0.1)

    def _classes(self) -> str:
        """The option that reads the classes, or that writes them at the end of this run."""
        if CLASSES.exists():
            return f"-XX:SharedArchiveFile={CLASSES}"
        return f"-XX:ArchiveClassesAtExit={self.folder}/{CLASSES.name}"

    def stop(self) -> None:
        """Shut down in order, and wait for it."""
        self._end(signal.SIGTERM)
        written, near = Path(self.folder) / CLASSES.name, Path(f"{CLASSES}.{os.getpid()}")
        if written.exists():
            shutil.move(written, near)
            near.rename(CLASSES)  # whole from its first moment: another server may look

    def kill(self) -> None:
        """End at once, as a power failure would."""
        self._end(signal.SIGKILL)

    def admin(self, arguments: Sequence[str], at: Path) -> str:
        """What neo4j-admin says when it is run for this server in the folder `at`."""
        done = admin(Path(self.folder), arguments, at=at)
        return done.stdout + done.stderr

    def _end(self, how: signal.Signals) -> None:
        pid, self.pid = self.pid, 0
        with contextlib.suppress(ProcessLookupError):
            if pid:
                os.kill(pid, how)
        while pid and _runs(pid):
            time.sleep(0.05)
        (Path(self.folder) / "server.json").unlink(missing_ok=True)


def new_server(folder: Path, *, brief: bool = False) -> Server:
    """A server on free ports, not started yet, with a password of its own."""
    return Server(str(folder.resolve()), free_port(), free_port(), secrets.token_hex(8), brief)


def admin(
    folder: Path, arguments: Sequence[str], *, at: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run neo4j-admin for the server of a folder, with `at` as the folder to work in."""
    fetch()
    command = [
        java(), "-XX:TieredStopAtLevel=1", f"-XX:SharedArchiveFile={CLASSES}",
        "-cp", CLASS_PATH, f"-Dbasedir={folder}",
        "org.neo4j.server.startup.Neo4jAdminCommand", *arguments,
    ]  # fmt: skip
    environment = os.environ | {"NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=at or folder
    )


def _speaks_bolt(port: int) -> bool:
    """Whether a server on `port` agrees on a version of Bolt."""
    hello = bytes.fromhex("6060b01700040405000004040000000000000000")
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 2) as client:
        client.sendall(hello)
        return len(client.recv(4)) == 4
    return False


def _accepts(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 2):
        return True
    return False


def _runs(pid: int) -> bool:
    if pid in _children:
        return _children[pid].poll() is None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _running(folder: Path) -> Server | None:
    with contextlib.suppress(OSError, ValueError, TypeError):
        server = Server(**json.loads((folder / "server.json").read_text()))
        return server if _runs(server.pid) else None
    return None


def _print(server: Server) -> None:
    print(f"export NEO4J_URI={server.uri} NEO4J_USERNAME=neo4j NEO4J_PASSWORD={server.password}")
    print(f"# Neo4j Browser: {server.browser}", flush=True)


def _start(folder: Path) -> Server:
    passwords = folder / "password"
    server = new_server(folder)
    if passwords.exists():
        server.password = passwords.read_text()
    server.start()
    passwords.touch(mode=0o600)
    passwords.write_text(server.password)
    return server


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["run", "start", "stop", "fetch", "admin"])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options, rest = parser.parse_known_args()
    folder: Path = options.folder.resolve()
    if options.action == "fetch":
        print(fetch())
        return 0
    if options.action == "admin":
        done = admin(folder, rest)
        print(done.stdout + done.stderr)
        return done.returncode
    server = _running(folder)
    if options.action == "stop":
        if server:
            server.stop()
        return 0
    server = server or _start(folder)
    _print(server)
    if options.action == "run":
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
        server.stop()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServerError as error:
        sys.exit(f"neo4j_server: {error}")
