"""A Graph in words: one chain, one entity, one relation, as lines for a terminal.

Every relation is followed by the sentence it stands on, who says so, and where that was
published. Only characters that GBK has are used for marks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Entity, Evidence, Modality, Relation
from kg.schema import EDGE_GROUPS, Schema
from kg.text import fold
from kg.view.lookup import Lookup, surest
from kg.view.paths import Chain, Hop
from kg.view.plural import counted

_Shown = dict[tuple[str, int, int, str], int]
"""Quotes that a card has printed, and the number it gave them."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Wording:
    """Turns a Graph's parts into text in `lang` ("zh" or "en"), with the labels of the schema."""

    lookup: Lookup
    schema: Schema
    lang: str = "zh"

    def pick(self, zh: str, en: str) -> str:
        """The one of two wordings that is in this language."""
        return zh if self.lang == "zh" else en

    def bracketed(self, text: str, more: object) -> str:
        """`text` with `more` in the brackets of this language."""
        return self.pick(f"{text}（{more}）", f"{text} ({more})")

    def type_label(self, name: str) -> str:
        """What a node type or edge type is called; the bare name where the schema has none."""
        known = self.schema.nodes.get(name) or self.schema.edges.get(name)
        return self.pick(known.label.zh, known.label.en) if known else name

    def manner(self, modality: Modality) -> str:
        """What a modality is called where it is listed: in counts, filters, legends."""
        label = self.schema.manner(modality)
        return self.pick(label.zh, label.en)

    def mode(self, relation: Relation) -> str:
        """How the text puts it, in a word; empty for a plain statement, which needs none."""
        return "" if relation.modality is Modality.ASSERTED else self.manner(relation.modality)

    def mark(self, relation: Relation) -> str:
        """`mode` in brackets, where there is one."""
        word = self.mode(relation)
        return f"[{word}]" if word else ""

    def qualifiers(self, relation: Relation) -> str:
        """Good, quantity, price and so on as printed: `货物: 电话卡; 数量: 大量`."""
        edge = self.schema.edges.get(relation.type)
        parts = []
        for name, value in relation.attrs.items():
            prop = edge.properties.get(name) if edge else None
            if prop is not None and value:
                parts.append(f"{self.pick(prop.label.zh, prop.label.en)}: {value}")
        return "; ".join(parts)

    def origin(self, evidence: Evidence) -> str:
        """Who says so, outlet, date, title and document id, as far as they are known."""
        document = self.lookup.documents.get(evidence.document)
        where: tuple[str, ...] = ()
        if document:
            where = (document.outlet or document.author, document.published, document.title)
        parts = [self.source(evidence), *where, evidence.document]
        return " · ".join(part for part in parts if part)

    def source(self, evidence: Evidence) -> str:
        """Who says so; empty where it is the article itself."""
        said = evidence.source.removeprefix("据")
        return self.pick(f"据{said}", f"according to {said}") if said else ""

    def chain(self, chain: Chain) -> Iterator[str]:
        """The stations on one line, then each hop with its sentence."""
        yield " → ".join(entity.name for entity in chain.stations)
        for number, hop in enumerate(chain.hops, 1):
            yield ""
            yield f"{number}. {self._hop(hop)}"
            yield from self._quotes(hop.relation, limit=1, prefer=hop)

    def _hop(self, hop: Hop) -> str:
        label = self.type_label(hop.relation.type)
        arrow = f"—{label}→" if hop.along else f"←{label}—"
        arrow = f"—{label}—" if self.is_symmetric(hop.relation.type) else arrow
        return _spaced(hop.start.name, arrow, hop.end.name, *self._extras(hop.relation))

    def card(self, entity: Entity, *, evidence: int = 1) -> Iterator[str]:
        """Name, type, roles, aliases, and the relations by type with `evidence` quotes each.

        A quote that several relations stand on is printed once and then named by its number.
        """
        yield f"{entity.name}  ({self.type_label(entity.type)})"
        relations = self.lookup.beside(entity)
        roles = [r for r in relations if r.type == "HAS_ROLE" and r.subject == entity.id]
        if roles:
            names = sorted({self.name(role.object) for role in roles})
            yield f"{self.pick('角色', 'roles')}: {'、'.join(names)}"
        if entity.aliases:
            yield f"{self.pick('又称', 'also')}: {'、'.join(entity.aliases)}"
        documents = {place.document for place in entity.places}
        yield self.pick(
            f"提及: {len(entity.places)} 处，{len(documents)} 篇",
            f"mentions: {len(entity.places)} in {counted(len(documents), 'document')}",
        )
        shown: _Shown = {}
        yield from self._groups(entity, relations, evidence, shown)
        if entity.type == "NumberSegment":
            for card in self.cards_of(entity):
                yield ""
                yield self.pick(f"该号段的卡: {card.name}", f"cards of this segment: {card.name}")
                rest = [r for r in self.lookup.beside(card) if entity.id not in _ends(r)]
                yield from self._groups(card, rest, evidence, shown)

    def cards_of(self, segment: Entity) -> list[Entity]:
        """Goods of this number segment alone, so that their price and seller are the segment's.

        A good that stands for several segments tells nothing about one of them, unless its
        name has this one's digits.
        """
        digits = _DIGITS.findall(fold(segment.name))
        cards = []
        for relation in self.lookup.beside(segment):
            if relation.type != "HAS_SEGMENT" or relation.object != segment.id:
                continue
            card = self.lookup.entities[relation.subject]
            segments = {
                r.object
                for r in self.lookup.beside(card)
                if r.type == "HAS_SEGMENT" and r.subject == card.id
            }
            if len(segments) == 1 or (digits and digits[0] in _DIGITS.findall(fold(card.name))):
                cards.append(card)
        return cards

    def name(self, identifier: str) -> str:
        """The name of an entity, by id."""
        entity = self.lookup.entities.get(identifier)
        return entity.name if entity else identifier

    def relation(self, relation: Relation, *, evidence: int = 1) -> Iterator[str]:
        """One relation on a line, and the quotes it stands on."""
        arrow = f"—{self.type_label(relation.type)}→"
        ends = (self.name(relation.subject), arrow, self.name(relation.object))
        yield _spaced(*ends, *self._extras(relation))
        yield from self._quotes(relation, limit=evidence)

    def _groups(
        self, entity: Entity, relations: Iterable[Relation], evidence: int, shown: _Shown
    ) -> Iterator[str]:
        groups: dict[str, list[Relation]] = defaultdict(list)
        for relation in relations:
            groups[relation.type].append(relation)
        for name in sorted(groups, key=self.place):
            yield ""
            yield f"{self.type_label(name)} {name} ({len(groups[name])})"
            for relation in surest(groups[name]):
                outgoing = relation.subject == entity.id
                other = self.name(relation.object if outgoing else relation.subject)
                arrow = "—" if self.is_symmetric(name) else "→" if outgoing else "←"
                yield "  " + _spaced(arrow, other, *self._extras(relation))
                yield from self._quotes(relation, limit=evidence, shown=shown)

    def place(self, edge_type: str) -> tuple[int, str]:
        """Where a type stands in a list: trade first, as the groups of the schema go."""
        edge = self.schema.edges.get(edge_type)
        return EDGE_GROUPS.index(edge.group) if edge else len(EDGE_GROUPS), edge_type

    def is_symmetric(self, edge_type: str) -> bool:
        """Whether neither end of such a relation gives to the other."""
        edge = self.schema.edges.get(edge_type)
        return edge is not None and edge.symmetric

    def _extras(self, relation: Relation) -> Iterator[str]:
        sure = f"{self.pick('可信度', 'confidence')} {relation.confidence:.2f}"
        yield f"[{self.pick('，', ', ').join(filter(None, (self.mode(relation), sure)))}]"
        qualifiers = self.qualifiers(relation)
        yield f"({qualifiers})" if qualifiers else ""

    def _quotes(
        self,
        relation: Relation,
        *,
        limit: int,
        prefer: Hop | None = None,
        shown: _Shown | None = None,
    ) -> Iterator[str]:
        """At most `limit` quotes, each with its origin; one that is in `shown` by its number."""
        names = (prefer.start.name, prefer.end.name) if prefer else ()
        # Quotes that print both ends first; among these the surest are in front already.
        evidence = sorted(
            relation.evidence, key=lambda e: sum(name not in e.quote for name in names)
        )
        for one in evidence[:limit]:
            key = (one.document, one.start, one.end, one.source)
            if shown is not None and key in shown:
                yield self.pick(f"     见 [{shown[key]}]", f"     see [{shown[key]}]")
                continue
            number = ""
            if shown is not None:
                shown[key] = len(shown) + 1
                number = f"[{shown[key]}] "
            # corner brackets: the quote itself is full of “”
            yield f"     {number}「{one.quote}」"
            yield f"     {self.origin(one)}"
        more = len(evidence) - limit
        if more > 0 and limit:
            yield self.pick(f"     另有 {more} 句", f"     and {more} more")


def _ends(relation: Relation) -> tuple[str, str]:
    return relation.subject, relation.object


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)
