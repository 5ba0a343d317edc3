"""What the viewer's page knows, as one compact JSON object.

Sentences, and the words that name sources and rules, are stored once and referred to by
position; so are types, documents and entities. `data.js` of the page is the other side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.model import Document, Entity, Evidence, Graph, Level, Modality, Relation
from kg.schema import DIRECTIONS, Label, Schema
from kg.text import folding
from kg.view.columns import place_entities
from kg.view.paths import dead_ends, is_last, steps_of
from kg.view.views import Views

Span = tuple[str, int, int]
"""Document id, start, end."""


@dataclass(frozen=True, slots=True)
class Context:
    """The sentences around a piece of evidence; `start` is where they begin in the document."""

    start: int
    text: str


def contexts(graph: Graph, documents: Iterable[Document]) -> dict[Span, Context]:
    """For every evidence of `graph`, the whole sentences of `documents` (with text) around it."""
    wanted: dict[str, set[tuple[int, int]]] = {}
    for relation in (*graph.relations, *graph.negated):
        for one in relation.evidence:
            wanted.setdefault(one.document, set()).add((one.start, one.end))
    found: dict[Span, Context] = {}
    for document in documents:
        for start, end in wanted.get(document.id, ()):
            begin, stop = document.around(start, end)
            found[document.id, start, end] = Context(begin, document.text[begin:stop])
    return found


class Pool:
    """Values in order of first use, each once."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self._places: dict[object, int] = {}

    def place(self, value: object) -> int:
        """The position of `value`."""
        if value not in self._places:
            self._places[value] = len(self.values)
            self.values.append(value)
        return self._places[value]


@dataclass
class PageData:
    """The parts of a page's data while it is put together."""

    graph: Graph
    schema: Schema
    views: Views
    around: Mapping[Span, Context]
    sentences: Pool = field(default_factory=Pool)
    words: Pool = field(default_factory=Pool)

    def __post_init__(self) -> None:
        graph = self.graph
        relations = (*graph.relations, *graph.negated)
        self._entities = {entity.id: at for at, entity in enumerate(graph.entities)}
        self._documents = {document.id: at for at, document in enumerate(graph.documents)}
        self._kinds = sorted({entity.type for entity in graph.entities})
        self._links = sorted({relation.type for relation in relations})
        self._columns = place_entities(graph, self.schema, self.views)
        self._costs = {
            step.relation.id: step.cost for step in steps_of(graph, self.schema, undirected=True)
        }
        self._ways: dict[str, int] = {}
        closed = dead_ends(graph)
        for step in steps_of(graph, self.schema, undirected=False):
            way = 1 if step.along else 2
            way |= 4 * way * is_last(step, closed)
            self._ways[step.relation.id] = self._ways.get(step.relation.id, 0) | way

    def plain(self, *, lang: str, top: int) -> dict[str, object]:
        """The whole as plain values."""
        graph, views = self.graph, self.views
        relations = [self._relation(one) for one in (*graph.relations, *graph.negated)]
        return {
            "lang": lang,
            "top": top,
            "headings": [_both(label) for label in views.headings],
            "columns": len(views.columns),
            "groups": {name: _both(label) for name, label in views.groups.items()},
            "presets": [
                {
                    "id": preset.id,
                    "label": _both(preset.label),
                    "description": _both(preset.description),
                    "nodes": list(preset.nodes),
                    "edges": list(preset.edges),
                    "about": list(preset.about),
                }
                for preset in views.presets
            ],
            "modalities": [[mode.value, *_both(self.schema.manner(mode))] for mode in Modality],
            "nodeTypes": [self._node_type(name) for name in self._kinds],
            "edgeTypes": [self._edge_type(name) for name in self._links],
            "documents": [[d.title, d.outlet or d.author, d.published, d.url]
                          for d in graph.documents],
            "entities": [self._entity(entity) for entity in graph.entities],
            "relations": relations,
            "sentences": self.sentences.values,
            "words": self.words.values,
            "folding": folding(self._searched()),
        }  # fmt: skip

    def _searched(self) -> Iterator[str]:
        """All that the reader's search looks at."""
        for entity in self.graph.entities:
            yield entity.name
            yield from entity.aliases
        yield from map(str, self.sentences.values)

    def _node_type(self, name: str) -> list[object]:
        kind = self.schema.nodes.get(name)
        if kind is None:  # a graph of another ontology: shown, if plainly
            return [name, [name, name], "#7f7f7f", "ellipse", "other"]
        return [name, _both(kind.label), kind.colour, kind.shape, kind.group]

    def _edge_type(self, name: str) -> list[object]:
        kind = self.schema.edges.get(name)
        if kind is None:
            return [name, [name, name], "facts", 0, 0, {}]
        properties = {key: _both(value.label) for key, value in kind.properties.items()}
        against = kind.directions == DIRECTIONS["against"]
        return [name, _both(kind.label), kind.group, int(kind.symmetric), int(against), properties]

    def _entity(self, entity: Entity) -> list[object]:
        return [
            entity.id,
            self._kinds.index(entity.type),
            entity.name,
            self._columns[entity.id],
            int(entity.level is Level.TYPE),
            list(entity.aliases),
            dict(sorted(entity.attrs.items())),
            len(entity.places),
            len({place.document for place in entity.places}),
        ]

    def _relation(self, relation: Relation) -> list[object]:
        kind = self.schema.edges.get(relation.type)
        shown = kind.properties if kind else relation.attrs
        return [
            relation.id,
            self._entities[relation.subject],
            self._links.index(relation.type),
            self._entities[relation.object],
            list(Modality).index(relation.modality),
            relation.origins,
            round(relation.confidence * 100),
            round(self._costs.get(relation.id, 0.0) * 100),
            self._ways.get(relation.id, 0),
            {key: value for key, value in sorted(relation.attrs.items()) if key in shown and value},
            [self._evidence(one) for one in relation.evidence],
        ]

    def _evidence(self, one: Evidence) -> list[object]:
        around = self.around.get((one.document, one.start, one.end))
        context = around or Context(one.start, one.quote)
        return [
            self.sentences.place(context.text),
            one.start - context.start,
            one.end - context.start,
            self._documents[one.document],
            self.words.place(one.source),
            self.words.place(one.rule),
            round(one.confidence * 100),
        ]


def to_json(value: object) -> str:
    """JSON that can stand in a script element and hides nothing from who reads the file.

    Every `<`, and every character that shows nothing or turns the direction of what follows,
    is escaped; lone surrogates too, so that the text is always UTF-8.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_UNSAFE = re.compile(
    "[<\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def _both(label: Label) -> list[str]:
    return [label.zh, label.en]
