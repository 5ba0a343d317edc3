"""A graph as GraphML, in the shape that APOC exports and imports, and back.

Nodes have the attribute `labels` (`:Person`), edges `label`; both stand as data, too, where
Gephi, Cytoscape and networkx look. So do the ids, as `entity_id` and `relation_id`: APOC keeps
no id of an edge, and igraph 1.0 reads the nodes' ids for it. Lists are JSON with `attr.list`,
evidence and mentions are JSON. Each property of an entity or a relation is a column of its own
under its name, with `attr_` before a name that is taken. Documents and negated relations are
data of the graph: a negated relation must be no edge that a path could walk.

Characters that XML cannot hold are written as `_x000B_`, as in Office Open XML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kg.errors import StoreError
from kg.model import Entity, Graph, Relation
from kg.store.plain import (
    Plain,
    document_of,
    entity_of,
    explained,
    plain_document,
    plain_evidence,
    plain_place,
    plain_relation,
    relation_of,
    write_whole,
)

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_LIST = 'attr.type="string" attr.list="string"'
_STRING = 'attr.type="string"'
_NODE_KEYS = {
    "entity_id": _STRING,
    "labels": _STRING,
    "label": _STRING,
    "type": _STRING,
    "name": _STRING,
    "level": _STRING,
    "aliases": _LIST,
    "mentions": _STRING,
}
_EDGE_KEYS = {
    "relation_id": _STRING,
    "label": _STRING,
    "modality": _STRING,
    "sources": _LIST,
    "origins": 'attr.type="int"',
    "confidence": 'attr.type="double"',
    "evidence": _STRING,
}
_GRAPH_KEYS = {"documents": _STRING, "negated": _STRING}
_JSON = frozenset(["aliases", "mentions", "sources", "evidence", "documents", "negated"])
_TAKEN = {"", "id", "key", "source", "target", "weight", *_NODE_KEYS, *_EDGE_KEYS}


def write_graphml(graph: Graph, path: Path) -> None:
    """Write the graph to `path`, wholly or not at all. Raises StoreError."""
    write_whole(path, pieces(graph))


def pieces(graph: Graph) -> Iterator[str]:
    """The file, piece by piece: keys, data of the graph, nodes, edges."""
    node_attrs = _columns("na", (entity.attrs for entity in graph.entities))
    edge_attrs = _columns("ea", (relation.attrs for relation in graph.relations))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_NAMESPACE}">\n'
    for domain, keys in (("graph", _GRAPH_KEYS), ("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys.items():
            yield f'<key id="{domain[0]}_{name}" for="{domain}" attr.name="{name}" {kind}/>\n'
    for domain, columns in (("node", node_attrs), ("edge", edge_attrs)):
        for name, key in columns.items():
            shown = _attribute(_shown(name))
            yield f'<key id="{key}" for="{domain}" attr.name="{shown}" {_STRING}/>\n'
    yield '<graph id="kg" edgedefault="directed">\n'
    yield _data("g_documents", _json([plain_document(item) for item in graph.documents])) + "\n"
    yield _data("g_negated", _json([plain_relation(item) for item in graph.negated])) + "\n"
    for entity in graph.entities:
        yield _node(entity, node_attrs)
    for relation in graph.relations:
        yield _edge(relation, edge_attrs)
    yield "</graph>\n</graphml>\n"


def _columns(prefix: str, several: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The ids of the keys for all properties, by name, sorted."""
    names = sorted({name for attrs in several for name in attrs})
    return {name: f"{prefix}{number}" for number, name in enumerate(names)}


def _shown(name: str) -> str:
    return f"attr_{name}" if name in _TAKEN or name.startswith("attr_") else name


def _node(entity: Entity, columns: Mapping[str, str]) -> str:
    labels = ":" + entity.type
    data = [
        _data("n_entity_id", _text(entity.id)),
        _data("n_labels", _text(labels)),
        _data("n_label", _text(entity.name)),
        _data("n_type", _text(entity.type)),
        _data("n_name", _text(entity.name)),
        _data("n_level", entity.level.value),
        _data("n_aliases", _json(list(entity.aliases))),
        _data("n_mentions", _json([plain_place(place) for place in entity.places])),
        *_attr_data(entity.attrs, columns),
    ]
    begin = f'<node id="{_attribute(entity.id)}" labels="{_attribute(labels)}">'
    return f"{begin}{''.join(data)}</node>\n"


def _edge(relation: Relation, columns: Mapping[str, str]) -> str:
    data = [
        _data("e_relation_id", _text(relation.id)),
        _data("e_label", _text(relation.type)),
        _data("e_modality", relation.modality.value),
        _data("e_sources", _json(list(relation.sources))),
        _data("e_origins", str(relation.origins)),
        _data("e_confidence", repr(relation.confidence)),
        _data("e_evidence", _json([plain_evidence(item) for item in relation.evidence])),
        *_attr_data(relation.attrs, columns),
    ]
    ends = (
        f'id="{_attribute(relation.id)}" source="{_attribute(relation.subject)}" '
        f'target="{_attribute(relation.object)}" label="{_attribute(relation.type)}"'
    )
    return f"<edge {ends}>{''.join(data)}</edge>\n"


def _attr_data(attrs: Mapping[str, str], columns: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(attrs):
        yield _data(columns[name], _text(attrs[name]))


def _data(key: str, text: str) -> str:
    return f'<data key="{key}">{text}</data>'


_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TO_ESCAPE = re.compile(f"{_ILLEGAL.pattern}|_(?=x[0-9A-F]{{4}}_)")
_ESCAPED = re.compile("_x([0-9A-F]{4})_")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def _text(text: str) -> str:
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text).translate(_MARKUP)


def _attribute(text: str) -> str:
    return _text(text).translate(_IN_ATTRIBUTE)


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ILLEGAL.sub(lambda match: f"\\u{ord(match[0]):04x}", text).translate(_MARKUP)


def _raw(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def read_graphml(path: Path) -> Graph:
    """The graph of a file that `write_graphml` wrote; its documents have no text.

    Raises StoreError where it is not such a file.
    """
    try:
        with explained(path), path.open("rb") as file:
            return _Reader().read(file)
    except (ElementTree.ParseError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreError(f"{path}: not a GraphML file that kg wrote ({error!r}).") from None


class _Reader:
    def __init__(self) -> None:
        self._columns: dict[str, str] = {}
        self._data: Plain = {}
        self._graph: Plain = {}
        self._entities: list[Entity] = []
        self._relations: list[Relation] = []

    def read(self, file: Any) -> Graph:
        for _, element in ElementTree.iterparse(file):
            tag = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
            if tag == "key":
                self._columns[element.attrib["id"]] = element.attrib["attr.name"]
            elif tag == "data":
                self._take(element.attrib["key"], element.text or "")
            elif tag == "node":
                self._entities.append(entity_of(self._flush(id=_raw(element.attrib["id"]))))
            elif tag == "edge":
                ends = {"subject": "source", "object": "target", "id": "id", "type": "label"}
                found = {name: _raw(element.attrib[key]) for name, key in ends.items()}
                self._relations.append(relation_of(self._flush(**found)))
            if tag in ("node", "edge"):
                element.clear()
        return Graph(
            documents=tuple(map(document_of, self._graph["documents"])),
            entities=tuple(self._entities),
            relations=tuple(self._relations),
            negated=tuple(map(relation_of, self._graph["negated"])),
        )

    def _take(self, key: str, text: str) -> None:
        name = self._columns[key]
        if not key.startswith(("g_", "n_", "e_")):
            name = _raw(name)
            bare = name.removeprefix("attr_")
            self._data.setdefault("attrs", {})[bare] = _raw(text)
            return
        value: object = json.loads(text) if name in _JSON else _raw(text)
        if name in ("origins", "confidence"):
            value = json.loads(text)
        (self._graph if key.startswith("g_") else self._data)[name] = value

    def _flush(self, **found: str) -> Plain:
        data = {"attrs": {}, **self._data, **found}
        self._data = {}
        for name in ("label", "labels", "entity_id", "relation_id"):
            data.pop(name, None)
        return data
