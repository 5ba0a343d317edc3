"""What a dossier holds: tables, the sentences they stand on, and how far those can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import Document, Entity, Evidence, Modality, Relation
from kg.schema import EDGE_GROUPS
from kg.view.lookup import surest
from kg.view.plural import counted
from kg.view.svg.prices import Price, prices_of
from kg.view.text import Wording
from kg.view.views import Views

MOST = 60
"""How many rows a table of the whole record has; a dossier of one entity has all."""

_QUOTES = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that rows refer to by number."""

    number: int
    evidence: Evidence
    document: Document | None


@dataclass(frozen=True, slots=True)
class Row:
    """One relation in words. `quotes` are numbers."""

    subject: str
    label: str
    object: str
    details: str
    manner: str
    origins: int
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; `left_out` is how many more there would be."""

    heading: str
    note: str
    rows: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of it. `about` are pairs of a label and its text; `centre` is None for a whole record."""

    title: str
    centre: Entity | None
    about: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    prices: tuple[Price, ...]
    doubts: tuple[Table, ...]
    quotes: tuple[Quote, ...]
    documents: tuple[tuple[Document, int], ...]


def gather(wording: Wording, views: Views, centre: Entity | None) -> Dossier:
    """The dossier of one entity, or of the whole graph."""
    graph = wording.lookup.graph
    every = (*graph.relations, *graph.negated)
    scope = surest(_scope(wording, centre) if centre else every)
    facts = [one for one in scope if one.modality is not Modality.NEGATED]
    desk = _Desk(wording, None if centre else MOST)
    tables = [
        desk.table(wording.pick(label.zh, label.en), "", found)
        for group, label in ((name, views.groups[name]) for name in EDGE_GROUPS)
        if (found := [one for one in facts if _group(one, wording) == group])
    ]
    known = {one.id for one in scope}
    prices = [one for one in prices_of(wording) if one.relation.id in known]
    doubts = _doubts(desk, scope, facts)
    counts = Counter(
        document for one in scope for document in {piece.document for piece in one.evidence}
    )
    documents = [(document, counts[document.id]) for document in graph.documents
                 if counts[document.id] or not centre]  # fmt: skip
    documents.sort(key=lambda pair: (-pair[1], pair[0].published, pair[0].id))
    return Dossier(
        title=centre.name if centre else wording.pick("图谱报告", "Report of the record"),
        centre=centre,
        about=tuple(_about(wording, centre, facts) if centre else _overview(wording)),
        tables=tuple(tables),
        prices=tuple(prices if centre else prices[:MOST]),
        doubts=tuple(doubts),
        quotes=tuple(desk.quotes.values()),
        documents=tuple(documents),
    )


def _group(relation: Relation, wording: Wording) -> str:
    edge = wording.schema.edges.get(relation.type)
    return edge.group if edge else EDGE_GROUPS[-1]


def _scope(wording: Wording, centre: Entity) -> list[Relation]:
    """What touches an entity; of a case also what its own documents say of those it touches."""
    lookup = wording.lookup
    found = {one.id: one for one in lookup.beside(centre)}
    if centre.type == "Case":
        documents = {place.document for place in centre.places}
        beside = {end for one in found.values() for end in (one.subject, one.object)}
        for end in sorted(beside - {centre.id}):
            for one in lookup.beside(lookup.entities[end]):
                if any(piece.document in documents for piece in one.evidence):
                    found[one.id] = one
    return list(found.values())


def _about(
    wording: Wording, centre: Entity, facts: Sequence[Relation]
) -> Iterable[tuple[str, str]]:
    """The head of the dossier of one entity."""
    pick = wording.pick
    listed = pick("、", ", ").join
    kind = wording.schema.nodes.get(centre.type)
    yield pick("类型", "type"), wording.type_label(centre.type)
    if kind is not None:
        yield pick("指", "that is"), pick(kind.description.zh, kind.description.en)
    for edge, label in (("HAS_ROLE", pick("角色", "roles")), ("IS_A", pick("属于", "is a"))):
        names = sorted({wording.name(one.object) for one in facts
                        if one.type == edge and one.subject == centre.id})  # fmt: skip
        if names:
            yield label, listed(names)
    if centre.aliases:
        yield pick("又称", "also called"), listed(centre.aliases)
    documents = len({place.document for place in centre.places})
    yield (
        pick("提及", "mentions"),
        pick(f"{documents} 篇文章，{len(centre.places)} 处",
             f"{len(centre.places)} in {counted(documents, 'document')}"),
    )  # fmt: skip
    yield pick("关系", "relations"), _manners(wording, facts)


def _overview(wording: Wording) -> Iterable[tuple[str, str]]:
    """The head of the report of a whole record."""
    pick, graph = wording.pick, wording.lookup.graph
    kinds = Counter(entity.type for entity in graph.entities).most_common()
    yield pick("文章", "documents"), str(len(graph.documents))
    shown = [f"{wording.type_label(name)} {count}" for name, count in kinds]
    listed = pick("、", ", ").join(shown)
    count = str(len(graph.entities))
    yield pick("实体", "entities"), wording.bracketed(count, listed) if listed else count
    yield pick("关系", "relations"), _manners(wording, graph.relations)
    yield pick("被否定的说法", "negated"), str(len(graph.negated))
    days = sorted(document.published for document in graph.documents if document.published)
    if days:
        yield pick("发布时间", "published"), f"{days[0]} – {days[-1]}"


def _manners(wording: Wording, relations: Sequence[Relation]) -> str:
    """How many relations there are, and of these how many are alleged and so on."""
    counts = Counter(one.modality for one in relations)
    said = [
        f"{wording.manner(mode)} {counts[mode]}"
        for mode in Modality
        if counts[mode] and mode is not Modality.ASSERTED
    ]
    extra = wording.pick("、", ", ").join(said)
    count = str(len(relations))
    return wording.bracketed(count, extra) if extra else count


def _doubts(desk: _Desk, scope: Sequence[Relation], facts: Sequence[Relation]) -> Iterable[Table]:
    """What is not firm: of one origin, alleged and nowhere stated, denied."""
    pick = desk.wording.pick
    firm = {(one.subject, one.type, one.object) for one in facts
            if one.modality is Modality.ASSERTED}  # fmt: skip
    alleged = [one for one in facts if one.modality is Modality.ALLEGED
               and (one.subject, one.type, one.object) not in firm]  # fmt: skip
    single = [one for one in facts if one.origins == 1]
    negated = [one for one in scope if one.modality is Modality.NEGATED]
    share = f"{len(single)} / {len(facts)}"
    return [
        desk.table(pick("只有一个独立来源", "Of one origin only"),
                   pick(f"{share} 条关系只见于一个独立来源（转载不另计）。",
                        f"{share} relations rest on one independent document; "
                        "a repost does not count."), single),
        desk.table(pick("只是据称", "Only alleged"),
                   pick("没有任何文章把它们作为事实直接陈述。", "No document states it as fact."),
                   alleged),
        desk.table(pick("被否定的说法", "Denied"),
                   pick("原文说没有此事。", "The text says that it is not so."), negated),
    ]  # fmt: skip


@dataclass
class _Desk:
    """Puts relations into rows, and gives every sentence a number when it is first needed."""

    wording: Wording
    most: int | None
    quotes: dict[tuple[str, int, int, str], Quote] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)

    def table(self, heading: str, note: str, relations: Sequence[Relation]) -> Table:
        shown = relations[: self.most]
        rows = tuple(self._row(one) for one in shown)
        return Table(heading, note, rows, len(relations) - len(rows))

    def _row(self, relation: Relation) -> Row:
        if relation.id not in self.rows:
            wording = self.wording
            self.rows[relation.id] = Row(
                wording.name(relation.subject),
                wording.type_label(relation.type),
                wording.name(relation.object),
                wording.qualifiers(relation),
                wording.mode(relation),
                relation.origins,
                tuple(self._numbers(relation)),
            )
        return self.rows[relation.id]

    def _numbers(self, relation: Relation) -> Iterable[int]:
        best = sorted(
            relation.evidence,
            key=lambda one: (-one.confidence, len(one.quote), one.document, one.start),
        )
        seen: dict[str, Evidence] = {}
        for one in best:  # one sentence of each document before a second one
            seen.setdefault(one.document, one)
        for one in list(seen.values())[:_QUOTES]:
            key = (one.document, one.start, one.end, one.source)
            if key not in self.quotes:
                document = self.wording.lookup.documents.get(one.document)
                self.quotes[key] = Quote(len(self.quotes) + 1, one, document)
            yield self.quotes[key].number
