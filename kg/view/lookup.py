"""Finding things in a Graph: by id, by name, and what stands beside what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from kg.model import Document, Entity, Evidence, Graph, Level, Relation
from kg.text import fold, strip_quotes

_WAYS = ("name", "alias", "part")
"""How a text met an entity, best first: its name, an alias, a part of either."""


class Lookup:
    """Read access to a Graph. Built once per command; the indexes are made at first use."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.graph.entities}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id (their text is not in the graph)."""
        return {document.id: document for document in self.graph.documents}

    @cached_property
    def _by_end(self) -> dict[str, list[Relation]]:
        beside: dict[str, list[Relation]] = defaultdict(list)
        for relation in (*self.graph.relations, *self.graph.negated):
            beside[relation.subject].append(relation)
            if relation.object != relation.subject:
                beside[relation.object].append(relation)
        return beside

    def beside(self, entity: Entity) -> list[Relation]:
        """The relations that `entity` is an end of, negated ones included, by id."""
        return self._by_end.get(entity.id, [])

    def find(self, text: str) -> list[tuple[str, Entity]]:
        """Entities that `text` may mean, and how it met each (name, alias, part); best first.

        Case, width, script and quotation marks do not matter. Among equals, what more
        relations stand at comes first. An id finds its entity alone.
        """
        if text in self.entities:
            return [("name", self.entities[text])]
        wanted = _key(text)
        if not wanted:
            return []
        hits = [(how, entity) for entity in self.graph.entities if (how := _meets(entity, wanted))]
        hits.sort(key=lambda hit: (_WAYS.index(hit[0]), *self._weight(hit[1])))
        return hits

    def named(self, text: str) -> list[Entity]:
        """The entities that `text` meets best: all by name, else by alias, else by a part."""
        hits = self.find(text)
        return [entity for how, entity in hits if how == hits[0][0]]

    def mentioning(self, text: str) -> list[Relation]:
        """Relations that have `text` in a quote of their evidence, such quotes in front; what most
        documents say most surely first. Space around it does not matter; space alone finds none."""
        wanted = fold(text).strip().lower()
        if not wanted:
            return []

        def lacks(one: Evidence) -> bool:
            return wanted not in fold(one.quote).lower()

        found = []
        for relation in (*self.graph.relations, *self.graph.negated):
            ordered = sorted(relation.evidence, key=lacks)
            if not lacks(ordered[0]):
                found.append(replace(relation, evidence=tuple(ordered)))
        return surest(found)

    def _weight(self, entity: Entity) -> tuple[int, bool, int, str]:
        beside = len(self._by_end.get(entity.id, ()))
        return -beside, entity.level is not Level.TYPE, len(entity.name), entity.id


def surest(relations: Iterable[Relation]) -> list[Relation]:
    """What most independent documents say most surely first."""
    return sorted(relations, key=lambda one: (-one.origins, -one.confidence, one.id))


def _key(name: str) -> str:
    return strip_quotes(fold(name)).lower().replace(" ", "")


def _meets(entity: Entity, wanted: str) -> str | None:
    name = _key(entity.name)
    if name == wanted:
        return "name"
    aliases = [_key(alias) for alias in entity.aliases]
    if wanted in aliases:
        return "alias"
    return "part" if any(wanted in form for form in (name, *aliases)) else None
