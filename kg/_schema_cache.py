"""A checked Schema on disk: JSON in the user's cache folder, one file a version.

Parsing and checking the YAML takes most of a second, reading this a few hundredths. The name
holds the version of the ontology and of the code that checks it, so a stale file is never
read. JSON, not pickle: nothing that stands in a cache folder can run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from kg._folders import cache_folder, put_shared
from kg.model import Level, Modality, make_id
from kg.schema import (
    Downstream,
    EdgeType,
    Example,
    Frame,
    Label,
    NodeType,
    Pattern,
    Property,
    Schema,
    Template,
    Term,
)

_KEPT = 4  # versions; switching between branches should not parse again
_CODE = ("_schema_cache.py", "_schema_files.py", "_yaml.py", "schema.py")
_LEVELS = {level.value: level for level in Level}


def kept(version: str) -> Schema | None:
    """The Schema of `version` as it was kept, or None."""
    try:
        nodes, edges, words, modalities = json.loads(_file(version).read_text(encoding="utf-8"))
        return Schema(
            {name: _node(item) for name, item in nodes.items()},
            {name: _edge(item) for name, item in edges.items()},
            {name: tuple(item) for name, item in words.items()},
            version,
            {Modality(name): Label(*item) for name, item in modalities.items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # absent or damaged: parse again


def keep(schema: Schema) -> None:
    """Keep `schema` for later processes; where that is not possible, do nothing."""
    with suppress(OSError):
        file = _file(schema.version)
        parts = (schema.nodes, schema.edges, schema.words, schema.modalities)
        text = json.dumps(
            [_plain(part) for part in parts],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        put_shared(file, text.encode())
        for old in sorted(file.parent.glob("schema-*.json"), key=_age)[:-_KEPT]:
            old.unlink(missing_ok=True)


def _file(version: str) -> Path:
    code = (Path(__file__).with_name(name).stat() for name in _CODE)
    stamp = make_id("c", *(f"{stat.st_size} {stat.st_mtime_ns}" for stat in code))
    return cache_folder() / f"schema-{version}-{stamp}.json"


def _age(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # another process removed it
        return 0


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [_plain(getattr(value, item.name)) for item in fields(value)]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _node(item: list[Any]) -> NodeType:
    name, label, description, colour, shape, tier, group, level, terms, *rest = item
    suffixes, patterns, examples = rest
    return NodeType(
        name,
        Label(*label),
        Label(*description),
        colour,
        shape,
        tier,
        group,
        _LEVELS[level],
        tuple([Term(term, tuple(forms), _LEVELS[kind]) for term, forms, kind in terms]),
        tuple(suffixes),
        tuple(Pattern(key, regex, _LEVELS[kind], *more) for key, regex, kind, *more in patterns),
        tuple(map(_example, examples)),
    )


def _edge(item: list[Any]) -> EdgeType:
    name, label, description, group, source, target, symmetric, across, *rest = item
    properties, frames, templates, examples, modalities, official, lasting, downstream = rest
    return EdgeType(
        name,
        Label(*label),
        Label(*description),
        group,
        frozenset(source),
        frozenset(target),
        symmetric,
        across,
        {
            key: Property(kind, Label(*names), unit, tuple(words), before)
            for key, (kind, names, unit, words, before) in properties.items()
        },
        tuple(
            Frame(key, tuple(verbs), subject, target_slot, attrs, _modality(modality))
            for key, verbs, subject, target_slot, attrs, modality in frames
        ),
        tuple(Template(key, pattern, _modality(modality)) for key, pattern, modality in templates),
        tuple(map(_example, examples)),
        frozenset(map(Modality, modalities)),
        official,
        lasting,
        Downstream(*downstream) if downstream else None,
    )


def _example(item: list[Any]) -> Example:
    where, text, finds, none, edge, modality, attrs = item
    ends = (edge[0], edge[1]) if edge else None
    return Example(where, text, tuple(finds), tuple(none), ends, _modality(modality), attrs)


def _modality(value: str | None) -> Modality | None:
    return Modality(value) if value else None
