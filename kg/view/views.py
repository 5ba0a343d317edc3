"""How pictures are laid out and what they show: schemas/views.yaml, checked.

Columns and lanes give a picture its reading direction, presets choose what is in it. All
names that the file uses are of the ontology; one that is not raises SchemaError with file,
line and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg._schema_files import label, wordings
from kg._yaml import Node, parse_yaml, unique
from kg.errors import SchemaError
from kg.schema import EDGE_GROUPS, LAST_TIER, Label, Schema, schema_folder

LANES = 2
"""The last tiers are lanes under the columns: law and measures, police and courts."""

_FILE = "views.yaml"
_ID = re.compile(r"[a-z][a-z-]*")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the chain: its heading, and the roles that stand in it."""

    label: Label
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """A way of looking at a graph: which types it shows, and what they must be about.

    Empty `nodes` or `edges` mean all types. With `about`, a relation counts only when a name
    at its ends, or what is handed over, has one of these words.
    """

    id: str
    label: Label
    description: Label
    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Views:
    """All of views.yaml. `groups` are the labels of the groups of edge types."""

    columns: tuple[Column, ...]
    lanes: tuple[Label, ...]
    groups: Mapping[str, Label]
    presets: tuple[Preset, ...]

    @property
    def headings(self) -> tuple[Label, ...]:
        """The headings of the columns, then of the lanes: one a tier."""
        return (*(column.label for column in self.columns), *self.lanes)


def load_views(schema: Schema, folder: Path | None = None) -> Views:
    """Load and check views.yaml in `folder`, or the one that `kg` brings.

    Raises SchemaError for a file that cannot be used.
    """
    path = (folder or schema_folder()) / _FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise SchemaError(f"{_FILE}: {fault}. Save it as readable UTF-8.") from None
    return _views(parse_yaml(text, _FILE), schema)


def _views(root: Node, schema: Schema) -> Views:
    root.allow("columns lanes groups presets")
    terms = [term.name for node in schema.nodes.values() for term in node.terms]
    for key, wanted in (("columns", LAST_TIER + 1 - LANES), ("lanes", LANES)):
        if len(root.items(key)) != wanted:
            raise root[key].error(f"{len(root.items(key))} {key}", f"Describe {wanted}.")
    columns = [_column(item, terms) for item in root.items("columns")]
    unique((pair for _, placed in columns for pair in placed), "name")
    unique(((item["id"].text(), item["id"]) for item in root.items("presets")), "preset")
    if not root.items("presets"):
        raise root["presets"].error("there is no preset", "Describe at least one.")
    root["groups"].allow(" ".join(EDGE_GROUPS))
    return Views(
        columns=tuple(column for column, _ in columns),
        lanes=tuple(label(item) for item in root.items("lanes")),
        groups={name: label(item) for name, item in root.pairs("groups")},
        presets=tuple(_preset(item, schema) for item in root.items("presets")),
    )


def _column(item: Node, terms: list[str]) -> tuple[Column, list[tuple[str, Node]]]:
    """The column, and where each of its names stands in the file."""
    item.allow("zh en", "names")
    placed = [(name.choice(terms, "term"), name) for name in item.items("names")]
    return Column(wordings(item), tuple(name for name, _ in placed)), placed


def _preset(item: Node, schema: Schema) -> Preset:
    item.allow("id label description", "nodes edges about")
    identifier = item["id"].text()
    if not _ID.fullmatch(identifier):
        raise item["id"].error(f"{identifier} is no id", "Use small letters and hyphens.")
    nodes, edges = (
        tuple(name.choice(tuple(known), what) for name in item.items(key))
        for key, known, what in (
            ("nodes", schema.nodes, "node type"),
            ("edges", schema.edges, "edge type"),
        )
    )
    return Preset(
        identifier,
        label(item["label"]),
        label(item["description"]),
        nodes,
        edges,
        item.texts("about"),
    )
