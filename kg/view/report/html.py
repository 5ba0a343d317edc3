"""A dossier as one HTML page that runs nothing, loads nothing, and prints well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from kg.model import Entity
from kg.view.html import still_page, tag, text_tag, web_link
from kg.view.markup import Markup, escaped, joined, safe_url
from kg.view.report.dossier import Dossier, Quote, Row, Table, gather
from kg.view.report.words import Words
from kg.view.svg.chain import draw_around, draw_chain
from kg.view.svg.prices import draw_prices
from kg.view.svg.timeline import draw_timeline
from kg.view.text import Wording
from kg.view.views import Views


def page(wording: Wording, views: Views, centre: Entity | None = None) -> str:
    """The dossier of `centre`, or of the whole graph, as the text of an HTML file."""
    dossier = gather(wording, views, centre)
    words = Words(wording)
    style = files("kg.view.report").joinpath("report.css").read_text(encoding="utf-8")
    main = tag("main", *_parts(dossier, words, wording, views))
    scheme = tag("meta", name="color-scheme", content="light dark")
    return still_page(dossier.title, style, main, scheme, lang=wording.lang)


def _parts(dossier: Dossier, words: Words, wording: Wording, views: Views) -> Iterator[Markup]:
    pairs = (joined(text_tag("dt", label), text_tag("dd", text)) for label, text in dossier.about)
    yield tag("header", text_tag("h1", dossier.title), tag("dl", *pairs),
              text_tag("p", words.caution(), class_="caution"))  # fmt: skip
    if dossier.centre:
        yield _figure(words.heading("chain"), draw_around(wording, views, dossier.centre))
    else:
        yield _figure(words.heading("chain"), draw_chain(wording, views))
        yield _figure(words.heading("prices"), draw_prices(wording))
        yield _figure(words.heading("time"), draw_timeline(wording))
    for table in dossier.tables:
        yield from _table(table, words)
    if dossier.prices and dossier.centre:
        rows = (tag("tr", *(text_tag("td", cell) for cell in words.price_cells(price)))
                for price in dossier.prices)  # fmt: skip
        yield _section(words.heading("prices"), _grid(words.price_columns, rows))
    for table in dossier.doubts:
        yield from _table(table, words)
    quotes = (_quote(quote, words) for quote in dossier.quotes)
    yield _section(words.heading("quotes"), tag("ol", *quotes, class_="quotes"))
    yield _section(words.heading("documents"), _documents(dossier, words))


def _section(heading: str, *parts: Markup) -> Markup:
    return tag("section", text_tag("h2", heading), *parts)


def _figure(heading: str, svg: str) -> Markup:
    return _section(heading, tag("figure", Markup(svg)))


def _table(table: Table, words: Words) -> Iterator[Markup]:
    if table.rows:
        parts = [text_tag("p", table.note)] if table.note else []
        parts.append(_grid(words.columns, (_row(row) for row in table.rows)))
        if more := words.left_out(table):
            parts.append(text_tag("p", more, class_="more"))
        yield _section(words.counted(table), *parts)


def _grid(columns: Iterable[str], rows: Iterable[Markup]) -> Markup:
    head = tag("thead", tag("tr", *(text_tag("th", name) for name in columns)))
    return tag("table", head, tag("tbody", *rows))


def _row(row: Row) -> Markup:
    links = (text_tag("a", f"[{number}]", href=f"#q{number}") for number in row.quotes)
    return tag(
        "tr",
        text_tag("td", row.subject, class_="name"),
        text_tag("td", row.label, class_="edge"),
        text_tag("td", row.object, class_="name"),
        text_tag("td", row.details),
        text_tag("td", row.manner, class_="manner"),
        text_tag("td", str(row.origins), class_="number"),
        tag("td", joined(*links, by=" "), class_="refs"),
    )


def _quote(quote: Quote, words: Words) -> Markup:
    origin = escaped(" · ".join(words.origin(quote)))
    parts = [origin] if origin else []
    if quote.document:
        title = words.title(quote.document)
        has_link = safe_url(quote.document.url)
        parts.append(web_link(quote.document.url, title) if has_link else escaped(title))
    return tag(
        "li",
        text_tag("q", quote.evidence.quote),
        tag("footer", joined(*parts, by=" · ")),
        id=f"q{quote.number}",
    )


def _documents(dossier: Dossier, words: Words) -> Markup:
    rows = []
    for document, count in dossier.documents:
        title = words.title(document)
        link = web_link(document.url, title) if safe_url(document.url) else escaped(title)
        cells = (text_tag("td", text) for text in (document.outlet or document.author,
                                                   document.published, str(count)))  # fmt: skip
        rows.append(tag("tr", tag("td", link), *cells))
    return _grid(words.document_columns, rows)
