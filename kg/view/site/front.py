"""The pages one comes in by: the overview, the list of documents, the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kg.model import Document, Entity, Graph, Level
from kg.text import folding
from kg.view.columns import place_entities
from kg.view.html import fold_script, tag, text_tag
from kg.view.markup import Markup, escaped, joined
from kg.view.page.data import to_json
from kg.view.plural import counted
from kg.view.site.facts import title_of
from kg.view.site.frame import Frame, page_of, part, safe_name
from kg.view.site.types import type_list
from kg.view.views import Views

_IN_COLUMN = 8
_NEWEST = 8


def overview(frame: Frame, graph: Graph, views: Views) -> str:
    """Numbers, who stands where in the chain, types, the newest documents."""
    counts = frame.say(
        f"{len(graph.documents)} 篇文章，{len(graph.entities)} 个节点，"
        f"{len(graph.relations)} 条关系；另有 {len(graph.negated)} 条被否定的说法。",
        f"{counted(len(graph.documents), 'document')}, "
        f"{counted(len(graph.entities), 'entity', 'entities')}, "
        f"{counted(len(graph.relations), 'relation')}; denied besides: {len(graph.negated)}.",
    )
    rule = frame.say(
        "每条关系都给出原文句子。“据称”不等于判决，引用时请引句子。",
        "Every relation shows its sentence. Alleged is not convicted: quote the sentence.",
    )
    nodes = Counter(entity.type for entity in graph.entities)
    edges = Counter(one.type for one in (*graph.relations, *graph.negated))
    edge_types = sorted(edges.items(), key=lambda item: frame.words.place(item[0]))
    newest = _newest_first(graph)[:_NEWEST]
    return frame.page(
        "",
        tag("h1", frame.say("谁把什么给了谁", "Who gives what to whom")),
        tag("p", joined(counts, rule, by=frame.words.pick("", " ")), class_="about"),
        tag("p", frame.link("viewer.html", frame.say("打开图谱", "Open the picture"), "button")),
        _columns(frame, graph, views),
        tag("h2", frame.say("节点类型", "Node types")),
        type_list(frame, "node", nodes.most_common()),
        tag("h2", frame.say("关系类型", "Relation types")),
        type_list(frame, "edge", edge_types),
        tag("h2", frame.say("最近的文章", "Newest documents")),
        _document_list(frame, newest, _facts_by_document(graph)),
        tag("p", frame.link("documents.html", frame.say("全部文章", "All documents"))),
    )


def documents(frame: Frame, graph: Graph) -> str:
    """All documents, newest first."""
    title = frame.words.pick("文章", "Documents")
    return frame.page(
        title,
        tag("h1", joined(escaped(title), text_tag("small", str(len(graph.documents))), by=" ")),
        _document_list(frame, _newest_first(graph), _facts_by_document(graph)),
    )


def search(frame: Frame, graph: Graph) -> str:
    """A page that finds names, aliases, titles and sentences as one types."""
    title = frame.words.pick("查找", "Search")
    needed = frame.say(
        "查找要用 JavaScript，请在浏览器里允许它。",
        "The search needs JavaScript: please allow it in your browser.",
    )
    return frame.page(
        title,
        text_tag("h1", title),
        tag("noscript", tag("p", needed)),
        tag("div", id="hits", aria_live="polite"),
        script=f"{part('search.js')}\n{fold_script()}",
        data=to_json(_searched(frame, graph)),
    )


def _searched(frame: Frame, graph: Graph) -> dict[str, object]:
    """What search.js knows."""
    pick = frame.words.pick
    places = {document.id: at for at, document in enumerate(graph.documents)}
    types = sorted({entity.type for entity in graph.entities})
    sentences = {
        (places[one.document], one.start, one.end): one.quote
        for relation in (*graph.relations, *graph.negated)
        for one in relation.evidence
        if one.document in places
    }
    return {
        "words": {
            "entities": pick("名称", "Names"),
            "documents": pick("文章", "Documents"),
            "sentences": pick("原文", "Sentences"),
            "none": pick("没有找到", "Nothing found"),
            "more": pick("另有 {0} 条", "{0} more"),
        },
        "types": [[safe_name(name), frame.words.type_label(name)] for name in types],
        "documents": [
            [page_of("document", d.id), d.title or d.id, d.outlet or d.author, d.published]
            for d in graph.documents
        ],
        "entities": [_entry(frame, entity, types) for entity in _by_weight(frame, graph)],
        "sentences": [[*place, quote] for place, quote in sorted(sentences.items())],
        "folding": folding(
            [*sentences.values(), *(one.title for one in graph.documents)]
            + [name for one in graph.entities for name in (one.name, *one.aliases)]
        ),
    }


def _entry(frame: Frame, entity: Entity, types: list[str]) -> list[object]:
    count = len(frame.words.lookup.beside(entity))
    return [page_of("entity", entity.id), types.index(entity.type), entity.name,
            list(entity.aliases), count]  # fmt: skip


def _by_weight(frame: Frame, graph: Graph) -> list[Entity]:
    beside = frame.words.lookup.beside
    return sorted(
        graph.entities,
        key=lambda e: (-len(beside(e)), e.level is not Level.TYPE, len(e.name), e.id),
    )


def _columns(frame: Frame, graph: Graph, views: Views) -> Markup:
    """The chain from left to right: what stands in each column and has most relations."""
    at = place_entities(graph, frame.words.schema, views)
    actors = {name for name, node in frame.words.schema.nodes.items() if node.group == "actor"}
    columns: list[list[Entity]] = [[] for _ in views.headings]
    for entity in _by_weight(frame, graph):
        column = columns[at[entity.id]]
        in_lane = at[entity.id] >= len(views.columns)
        if len(column) < _IN_COLUMN and (in_lane or entity.type in actors):
            column.append(entity)
    items = [
        tag(
            "li",
            tag("h3", frame.say(label.zh, label.en)),
            tag("ul", *(tag("li", frame.entity(entity)) for entity in column)),
        )
        for label, column in zip(views.headings, columns, strict=True)
        if column
    ]
    return tag("ol", *items, class_="columns")


def _newest_first(graph: Graph) -> list[Document]:
    by_id = sorted(graph.documents, key=lambda document: document.id)
    return sorted(by_id, key=lambda document: document.published, reverse=True)


def _facts_by_document(graph: Graph) -> Mapping[str, int]:
    return Counter(
        one.document for relation in (*graph.relations, *graph.negated) for one in relation.evidence
    )


def _document_list(frame: Frame, documents: list[Document], facts: Mapping[str, int]) -> Markup:
    items = []
    for document in documents:
        link = frame.link(page_of("document", document.id), title_of(document, document.id))
        many = facts.get(document.id, 0)
        count = frame.words.pick(f"{many} 条事实", counted(many, "fact"))
        about = (document.outlet or document.author, document.published, count)
        small = text_tag("span", " · ".join(filter(None, about)), class_="soft small")
        items.append(tag("li", joined(link, small, by=" ")))
    return tag("ul", *items, class_="plain")
