"""Which pages a site has, and in which order they are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kg.model import Document, Entity, Graph, Relation
from kg.schema import Schema
from kg.view.lookup import Lookup
from kg.view.site.document import Contents, document_page
from kg.view.site.entity import entity_page
from kg.view.site.frame import STYLE, Frame, page_of, part, safe_name
from kg.view.site.front import documents as documents_page
from kg.view.site.front import overview, search
from kg.view.site.types import edge_type_page, node_type_page
from kg.view.text import Wording
from kg.view.views import Views

VIEWER = "viewer.html"
Page = tuple[str, str]
"""The file of a page, from the root of the site, and its text."""


class Site:
    """The pages of a graph. The same graph gives the same pages.

    `viewer` is the page of the picture, made by `kg.view.page`. `lang` is zh or en.
    """

    def __init__(
        self, graph: Graph, schema: Schema, views: Views, viewer: str, *, lang: str = "zh"
    ) -> None:
        self.graph = graph
        self._schema = schema
        self._views = views
        self._viewer = viewer
        self._words = Wording(Lookup(graph), schema, lang)

    @cached_property
    def _entities(self) -> Mapping[str, list[Entity]]:
        by_type: dict[str, list[Entity]] = {name: [] for name in self._schema.nodes}
        for entity in self.graph.entities:
            by_type.setdefault(entity.type, []).append(entity)
        return by_type

    @cached_property
    def _relations(self) -> Mapping[str, list[Relation]]:
        by_type: dict[str, list[Relation]] = {name: [] for name in self._schema.edges}
        for relation in (*self.graph.relations, *self.graph.negated):
            by_type.setdefault(relation.type, []).append(relation)
        return by_type

    def names(self) -> list[str]:
        """The files of all pages, sorted."""
        return sorted(
            [
                "index.html", "documents.html", "search.html", VIEWER, STYLE,
                *(page_of("node", name) for name in self._entities),
                *(page_of("edge", name) for name in self._relations),
                *(page_of("entity", entity.id) for entity in self.graph.entities),
                *(page_of("document", document.id) for document in self.graph.documents),
            ]
        )  # fmt: skip

    def pages(self, documents: Iterable[Document]) -> Iterator[Page]:
        """All pages; `documents` are those of the graph, with text, each read once."""
        yield STYLE, self._style()
        yield VIEWER, self._viewer
        yield from self._documents(documents)
        for entity in self.graph.entities:
            path = page_of("entity", entity.id)
            yield path, entity_page(self._frame(path), entity)
        for name, entities in self._entities.items():
            path = page_of("node", name)
            yield path, node_type_page(self._frame(path), name, entities)
        for name, relations in self._relations.items():
            path = page_of("edge", name)
            yield path, edge_type_page(self._frame(path), name, relations)
        yield "documents.html", documents_page(self._frame("documents.html"), self.graph)
        yield "search.html", search(self._frame("search.html"), self.graph)
        yield "index.html", overview(self._frame("index.html"), self.graph, self._views)

    def _frame(self, path: str) -> Frame:
        return Frame(path, self._words)

    def _documents(self, documents: Iterable[Document]) -> Iterator[Page]:
        contents: dict[str, Contents] = defaultdict(lambda: Contents([], []))
        for entity in self.graph.entities:
            for place in entity.places:
                contents[place.document].places.append((place, entity))
        for relation in (*self.graph.relations, *self.graph.negated):
            for one in relation.evidence:
                contents[one.document].facts.append((one, relation))
        for document in documents:
            path = page_of("document", document.id)
            yield path, document_page(self._frame(path), document, contents[document.id])

    def _style(self) -> str:
        """The style sheet, and the colours of the node types."""
        colours = "".join(
            f".t-{safe_name(name)} {{ --type: {node.colour}; }}\n"
            for name, node in sorted(self._schema.nodes.items())
        )
        return part("site.css") + colours
