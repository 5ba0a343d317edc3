"""The folder of a record.

    manifest.json            format, version of what extracted, sizes, digests of the graph
    extractions/ab.jsonl     the extractions, by the first two letters behind the d of the id
    decisions.jsonl          what a person decided, where there is anything
    graph/entities.jsonl     relations.jsonl  evidence.jsonl

Its bytes depend on what is in it and on nothing else: no times, no machine, no order of work.
While a build runs, extractions gather in a journal, which `commit` moves into the shards; the
next build finds the journal of one that was killed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace as changed
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import RecordError
from kg.model import (
    Document,
    Entity,
    Evidence,
    Extraction,
    Graph,
    Modality,
    Relation,
    in_letters,
)
from kg.record import files
from kg.record.codec import DamageError, decode, encode, from_line, to_line
from kg.record.lines import Journal, Shards, document_id, extraction_line, head, read_lines, whole

FORMAT = 1
T = TypeVar("T")


class Record:
    """A record on disk.

    `version` names what extracts (program and schema): extractions of another version are
    `outdated`. Reading needs neither a version nor a lock; whoever writes holds `lock()`.
    All methods raise RecordError for a record that is damaged or cannot be written.
    """

    def __init__(self, path: Path, version: str = "") -> None:
        self.path = path
        self.version = version
        self._manifest_path = path / "manifest.json"
        self._decisions_path = path / "decisions.jsonl"
        self._shards = Shards(path / "extractions")
        self._journal = Journal(path / ".journal.jsonl", version)
        self._graph_paths = [
            path / "graph" / name
            for name in ("entities.jsonl", "relations.jsonl", "evidence.jsonl")
        ]

    @classmethod
    def open(cls, path: Path | str, version: str = "", *, create: bool = False) -> Record:
        """The record at `path`; with `create` a new one where there is nothing yet.

        Raises RecordError where there is no record, or one of another format.
        """
        record = cls(Path(path), version)
        if record.exists():
            record._check_format()
        elif record._shards.paths():
            raise RecordError(
                f"{path}: manifest.json is missing. Put it back from a copy of the record, or "
                "delete everything but decisions.jsonl and build again."
            )
        elif not create:
            raise RecordError(f"{path}: no record here. Make one: kg build ARTICLES -r {path}")
        else:
            with files.explained(record.path):
                record.path.mkdir(parents=True, exist_ok=True)
                # a build that was killed at once leaves nothing but hidden files
                kept = record._decisions_path.name  # of a record that is built anew
                if any(item.name[0] != "." and item.name != kept for item in record.path.iterdir()):
                    raise RecordError(f"{path}: is no record, and not empty. Name another folder.")
        return record

    def exists(self) -> bool:
        """Whether there is a record on disk, of whatever format."""
        return self._manifest_path.is_file()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other writers out, and sweep up what interrupted writes left.

        Raises RecordError when another writer is at work, or when articles are missing: what is
        written next would make their loss final.
        """
        with files.locked(self.path):
            for folder in (self.path, self.path / "extractions", self.path / "graph"):
                files.sweep(folder)
            if not self._manifest_path.is_file():
                self._write_manifest({"version": self.version})
            self._check_whole()
            try:
                yield
            finally:
                self._journal.close()

    # Extractions

    def documents(self) -> dict[str, Document]:
        """The documents by id, without text; once a build is committed, all there are.

        While one runs: those that this version has extracted.
        """
        lines = self._journal.lines()
        if not self._is_outdated():
            lines = chain(self._shards.lines(), lines)
        return {document.id: document for document in (head(line, at) for at, line in lines)}

    def outdated(self) -> Iterator[Document]:
        """The documents, with text, that only another version has extracted."""
        if self._is_outdated():
            done = {document_id(line, where) for where, line in self._journal.lines()}
            for where, line in self._shards.lines():
                if document_id(line, where) not in done:
                    yield whole(line, where).document

    def extractions(self) -> Iterator[Extraction]:
        """All committed extractions, sorted by document id."""
        self._check_whole()
        for where, line in self._shards.lines():
            yield whole(line, where)

    def add(self, extraction: Extraction) -> None:
        """Put down an extraction, in place of one of the same document.

        It outlives this process at once, a power failure after `commit`.
        """
        line = extraction_line(extraction)
        if not self._journal.is_open:
            self._journal.start(self._is_outdated())
        self._journal.append(line)

    def move(self, document: str, path: str) -> None:
        """Say that a document of this version was read from `path`."""
        lines = {} if self._is_outdated() else self._shards.of(Shards.name(document))
        lines |= {document_id(line): line for _, line in self._journal.lines()}
        extraction = whole(lines[document], document)
        self.add(changed(extraction, document=changed(extraction.document, path=path)))

    def commit(self) -> None:
        """Move the journal into the shards; the next `commit` makes good a kill on the way.

        What is still `outdated` is dropped.
        """
        fresh = self._is_outdated()
        if fresh and not self._journal.is_open:
            self._journal.start(fresh)
        self._journal.close()
        waiting: dict[str, dict[str, bytes]] = defaultdict(dict)
        for where, line in self._journal.lines():
            document = document_id(line, where)
            waiting[Shards.name(document)][document] = line
        if fresh:
            # before the first shard changes: it must not pass for one of the old version
            self._write_manifest({"version": self.version})
            waiting |= {path.stem: waiting[path.stem] for path in self._shards.paths()}
        for shard, lines in sorted(waiting.items()):
            self._shards.write(shard, lines if fresh else self._shards.of(shard) | lines)
        self._journal.delete()

    def remove(self, document: str) -> None:
        """Take a document out. The graph is then no longer `is_current`."""
        if self._journal.path.exists():
            raise RecordError(
                f"{self.path}: a build was interrupted here. Finish it first: kg build."
            )
        shard = Shards.name(document)
        lines = self._shards.of(shard)
        if lines.pop(document, None) is None:
            raise RecordError(f"{self.path}: no document {document}.")
        self._forget_count()
        self._shards.write(shard, lines)

    def _forget_count(self) -> None:
        """Say nothing of how many documents there are, before they become fewer."""
        self._write_manifest({"version": self._manifest().get("version", "")})

    def _check_whole(self) -> None:
        """Raise RecordError where there are fewer documents than the manifest counts: a file of
        extractions was emptied, cut or deleted."""
        manifest = self._manifest()
        expected = manifest.get("documents", 0)
        if type(expected) is not int:
            raise DamageError(f"{self._manifest_path}: no manifest")
        found = self._shards.count()
        # the same manifest as before: not a writer who takes documents out meanwhile
        if found < expected and manifest == self._manifest():
            raise RecordError(
                f"{self._shards.folder}: {expected - found} of {expected} documents are missing: "
                "files were emptied, cut or deleted. Put them back from a copy of the record, or "
                "delete everything but decisions.jsonl and build again."
            )

    def _is_outdated(self) -> bool:
        """Whether the shards are of another version."""
        if self._journal.exists():
            return self._journal.fresh
        return bool(self.version) and self._manifest().get("version") != self.version

    # Decisions

    def decisions(self, kind: type[T]) -> tuple[T, ...]:
        """What a person decided, in order, as items of the dataclass `kind`."""
        try:
            return tuple(
                decode(kind, from_line(line, where), where)
                for where, line in read_lines(self._decisions_path)
            )
        except DamageError as error:  # no build brings decisions back: do not say to delete them
            raise RecordError(
                f"{error.found}. Correct this decision, or take its line out: the others count."
            ) from None

    def decide(self, *decisions: object) -> None:
        """Append decisions (dataclasses). The graph is then no longer `is_current`."""
        old = [line for _, line in read_lines(self._decisions_path)]
        new = [to_line(encode(decision)) for decision in decisions]
        files.replace(self._decisions_path, [*old, *new])

    # Graph

    def is_current(self) -> bool:
        """Whether the graph on disk is whole and that of the extractions and decisions."""
        digests = self._manifest().get("graph")
        return digests == self._digests()

    def edition(self) -> str:
        """A digest of the graph and its documents, the same for the same content.

        Raises RecordError when the graph is not that of the extractions.
        """
        self._check_current()
        digests = self._manifest()["graph"]
        return f"{digests['is']}{digests['of']}"

    def _check_current(self) -> None:
        if not self.is_current():
            self._check_whole()
            raise RecordError(f"{self.path}: the graph is not finished. Run kg build again.")

    def graph(self) -> Graph:
        """The graph. Raises RecordError when it is not that of the extractions, also when somebody
        writes another one meanwhile."""
        before = self.edition()
        entities, relations, evidence = self._graph_paths
        quotes: dict[str, list[Any]] = defaultdict(list)
        for where, line in read_lines(evidence):
            data = from_line(line, where)
            quotes[data.pop("relation")].append(decode(Evidence, data, where))
        found = [
            changed(item, evidence=tuple(quotes[item.id]))
            for where, line in read_lines(relations)
            for item in [decode(Relation, {**from_line(line, where), "evidence": []}, where)]
        ]
        graph = Graph(
            documents=tuple(
                decode(Document, from_line(line, where)["document"], where)
                for where, line in self._shards.lines()
            ),
            entities=tuple(
                decode(Entity, from_line(line, where), where)
                for where, line in read_lines(entities)
            ),
            relations=tuple(item for item in found if item.modality is not Modality.NEGATED),
            negated=tuple(item for item in found if item.modality is Modality.NEGATED),
        )
        if self.edition() != before:
            raise RecordError(f"{self.path}: changed while it was read. Run the command again.")
        return graph

    def write_graph(self, graph: Graph) -> None:
        """Put down the graph of the extractions and decisions that are in the record."""
        with files.explained(self.path):
            (self.path / "graph").mkdir(exist_ok=True)
        relations = sorted((*graph.relations, *graph.negated), key=lambda item: item.id)
        entities, bare, evidence = self._graph_paths
        files.replace(entities, (to_line(encode(item)) for item in graph.entities))
        files.replace(bare, (_line_without_evidence(item) for item in relations))
        files.replace(
            evidence,
            (
                to_line({"relation": relation.id, **encode(item)})
                for relation in relations
                for item in relation.evidence
            ),
        )
        self._write_manifest(
            {
                "version": self._manifest().get("version", ""),
                "documents": len(graph.documents),
                "entities": len(graph.entities),
                "relations": len(graph.relations),
                "negated": len(graph.negated),
                "graph": self._digests(),
            }
        )

    def _digests(self) -> dict[str, str]:
        sources = [*self._shards.paths(), self._decisions_path]
        return {"of": _digest(sources), "is": _digest(self._graph_paths)}

    # Manifest

    def _manifest(self) -> dict[str, Any]:
        if not self._manifest_path.exists():
            return {"version": self.version}
        where = str(self._manifest_path)
        data = from_line(self._manifest_path.read_bytes(), where)
        if not isinstance(data, dict):
            raise DamageError(f"{where}: no manifest")
        return data

    def _write_manifest(self, data: dict[str, Any]) -> None:
        text = json.dumps({"format": FORMAT, **data}, ensure_ascii=False, indent=2)
        files.replace(self._manifest_path, [text.encode(), b"\n"])

    def _check_format(self) -> None:
        if (found := self._manifest().get("format")) != FORMAT:
            raise RecordError(
                f"{self.path}: a record of format {found}; this kg writes format {FORMAT}. "
                "Build it anew from the articles: kg build ARTICLES -r NEW"
            )


def _line_without_evidence(relation: Relation) -> bytes:
    data = encode(relation)
    del data["evidence"]
    return to_line(data)


def _digest(paths: Iterable[Path]) -> str:
    """A digest over the names and bytes of files; a missing one has a name only."""
    digest = hashlib.blake2b(digest_size=16)
    for path in paths:
        digest.update(f"\n{path.name}\n".encode())
        if path.exists():
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return in_letters(digest.digest())
