"""A dossier as Markdown, its chain as a Mermaid flowchart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.model import Document, Entity
from kg.view import mermaid
from kg.view.excerpt import chain_excerpt, excerpt_around
from kg.view.markup import clean, safe_url
from kg.view.report.dossier import Row, Table, gather
from kg.view.report.words import Words
from kg.view.svg.chain import AROUND, TOP
from kg.view.text import Wording
from kg.view.views import Views

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#!|~$&]|:(?=//)|(?<=www)\.)")


def lines(wording: Wording, views: Views, centre: Entity | None = None) -> Iterator[str]:
    """The dossier of `centre`, or of the whole graph, line by line."""
    dossier = gather(wording, views, centre)
    words = Words(wording)
    yield f"# {plain(dossier.title)}\n\n"
    for label, text in dossier.about:
        yield f"- **{plain(label)}** {plain(text)}\n"
    yield f"\n> {plain(words.caution())}\n"
    graph, schema = wording.lookup.graph, wording.schema
    excerpt = (
        excerpt_around(graph, schema, views, centre, AROUND)
        if centre
        else chain_excerpt(graph, schema, views, TOP)
    )
    yield f"\n## {plain(words.heading('chain'))}\n\n```mermaid\n"
    yield from mermaid.lines(excerpt, wording)
    yield "```\n"
    for table in dossier.tables:
        yield from _table(table, words)
    if dossier.prices:
        yield f"\n## {plain(words.heading('prices'))}\n\n"
        yield from _grid(words.price_columns, map(words.price_cells, dossier.prices))
    for table in dossier.doubts:
        yield from _table(table, words)
    yield f"\n## {plain(words.heading('quotes'))}\n\n"
    for quote in dossier.quotes:
        origin = [plain(part) for part in words.origin(quote)]
        if quote.document:
            origin.append(_link(quote.document, words))
        yield f"{quote.number}. 「{plain(quote.evidence.quote)}」 {' · '.join(origin)}\n"
    yield f"\n## {plain(words.heading('documents'))}\n\n"
    yield _line(map(plain, words.document_columns))
    yield _line(["---"] * len(words.document_columns))
    for document, count in dossier.documents:
        outlet = plain(document.outlet or document.author)
        yield _line([_link(document, words), outlet, plain(document.published), str(count)])


def plain(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown or HTML would read."""
    return _SPECIAL.sub(r"\\\1", " ".join(clean(text).split()))


def _table(table: Table, words: Words) -> Iterator[str]:
    if table.rows:
        yield f"\n## {plain(words.counted(table))}\n\n"
        if table.note:
            yield f"{plain(table.note)}\n\n"
        yield from _grid(words.columns, map(_cells, table.rows))
        if more := words.left_out(table):
            yield f"\n{plain(more)}\n"


def _cells(row: Row) -> tuple[str, ...]:
    numbers = ", ".join(map(str, row.quotes))
    return (row.subject, row.label, row.object, row.details, row.manner, str(row.origins), numbers)


def _grid(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _line(map(plain, columns))
    yield _line(["---"] * len(columns))
    for row in rows:
        yield _line(map(plain, row))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _link(document: Document, words: Words) -> str:
    """The title, as a link where the document has an address on the web."""
    title = plain(words.title(document))
    url = safe_url(document.url).translate({ord(c): f"%{ord(c):02X}" for c in "<>()[]|\\`"})
    return f"[{title}](<{url}>)" if url else title
