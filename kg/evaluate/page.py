"""Misses and false edges as one HTML page that runs nothing and loads nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from kg.evaluate.differences import Cause, Difference, passage
from kg.evaluate.intervals import Interval, Intervals, intervals
from kg.evaluate.reading import Quote
from kg.evaluate.scores import AVERAGED, MEASURES, RATIOS, ArticleScore, Evaluation
from kg.evaluate.words import ACCURACY, CAUSE, MEASURE, edge_label, node_label, why
from kg.model import Document, Modality
from kg.schema import Schema
from kg.view.html import EMPTY, still_page, tag, text_tag
from kg.view.markup import Markup, escaped, joined
from kg.view.plural import counted


def errors_page(
    result: Evaluation,
    documents: Mapping[str, Document],
    schema: Schema,
    *,
    lang: str = "zh",
) -> str:
    """The text of an HTML file: figures, then the differences by type and by article.

    `documents` by article id show each quote in its sentence. The same result gives the same
    text.
    """
    page = _Page(result, documents, schema, lang)
    style = files("kg.evaluate").joinpath("errors.css").read_text(encoding="utf-8")
    title = page.say("漏掉的关系和多出的关系", "Missed and false relations")
    main = tag("main", text_tag("h1", title), *page.figures(), *page.by_type(), *page.by_article())
    scheme = tag("meta", name="color-scheme", content="light dark")
    return still_page(title, style, main, scheme, lang=lang)


@dataclass(frozen=True)
class _Item:
    """A difference and its place in the page."""

    number: int
    article: ArticleScore
    difference: Difference

    @property
    def anchor(self) -> str:
        return f"d{self.number}"


class _Page:
    """The parts of the page in one language."""

    def __init__(
        self, result: Evaluation, documents: Mapping[str, Document], schema: Schema, lang: str
    ) -> None:
        self.result = result
        self.documents = documents
        self.schema = schema
        self.lang = lang
        found = ((article, one) for article in result.articles for one in article.differences)
        self.items = [_Item(number, *one) for number, one in enumerate(found, 1)]

    def say(self, zh: str, en: str) -> str:
        """The one of two wordings that is in the language of the page."""
        return zh if self.lang == "zh" else en

    def figures(self) -> Iterator[Markup]:
        """How good it is, and what is wrong how often."""
        spread = intervals(self.result) if len(self.result.articles) > 1 else None
        count = len(self.result.articles)
        yield text_tag(
            "p",
            self.say(
                f"{count} 篇标注文章。“漏掉”是标注有、抽取没有的关系，“多出”是抽取有、标注没有的。",
                f"{counted(count, 'annotated article')}. Missed: annotated and not found. "
                "False: found and not annotated.",
            ),
        )
        interval = self.say("F1 的 95 % 区间", "95 % interval of F1")
        head = ("", "P", "R", "F1", interval, *self._counts())
        yield self._grid(head, self._measures(spread))
        yield self._grid(
            (self.say("找到的关系里", "of the relations found"), self.say("正确", "right"),
             self.say("95 % 区间", "95 % interval")),
            self._accuracies(spread),
        )  # fmt: skip
        causes = Counter((item.difference.cause, item.difference.surplus) for item in self.items)
        yield self._grid(
            (self.say("漏掉的原因", "why missed"), "", self.say("多出的原因", "why false"), ""),
            (
                (self.say(*CAUSE[cause][0]), str(causes[cause, False]),
                 self.say(*CAUSE[cause][1]), str(causes[cause, True]))
                for cause in Cause
            ),
        )  # fmt: skip

    def _counts(self) -> tuple[str, str, str]:
        return self.say("正确", "right"), self.say("多出", "false"), self.say("漏掉", "missed")

    def _measures(self, spread: Intervals | None) -> Iterator[tuple[str, ...]]:
        for name in MEASURES:
            score = self.result.measures[name]
            ratios = (f"{getattr(score, ratio):.3f}" for ratio in RATIOS)
            bounds = _bounds(spread.measures[name]["f1"] if spread else None)
            counts = (str(count) for count in (score.right, score.surplus, score.missed))
            yield self.say(*MEASURE[name]), *ratios, bounds, *counts
        for name in AVERAGED:
            mean = self.result.mean(name)
            bounds = _bounds(spread.means[name]["f1"] if spread else None)
            label = f"{self.say('每篇平均：', 'article mean: ')}{self.say(*MEASURE[name])}"
            yield label, *(f"{mean[ratio]:.3f}" for ratio in RATIOS), bounds, "", "", ""

    def _accuracies(self, spread: Intervals | None) -> Iterator[tuple[str, ...]]:
        for name, share in self.result.accuracies.items():
            bounds = _bounds(spread.accuracies[name] if spread and share.of else None)
            value = "" if share.value is None else f"{share.value:.3f} "
            yield self.say(*ACCURACY[name]), f"{value}({share.right}/{share.of})", bounds

    def _grid(self, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
        head = tag("thead", tag("tr", *(text_tag("th", name) for name in columns)))
        body = (tag("tr", *(text_tag("td", cell) for cell in row)) for row in rows)
        return tag("table", head, tag("tbody", *body))

    def by_type(self) -> Iterator[Markup]:
        """Under each type of edge its differences, a line each, most first."""
        yield text_tag("h2", self.say("按类型", "By type"))
        groups: dict[str, list[_Item]] = defaultdict(list)
        for item in self.items:
            groups[item.difference.type].append(item)
        for name, items in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0])):
            score = self.result.relation_types[name]
            label = text_tag("b", edge_label(name, self.lang, self.schema))
            figures = " · ".join(
                (*((name,) if name in self.schema.edges else ()), f"F1 {score.f1:.2f}",
                 *map(" ".join, zip(self._counts(), map(str, (score.right, score.surplus,
                                                              score.missed)), strict=True)))
            )  # fmt: skip
            summary = tag("summary", label, escaped(" "), text_tag("small", figures))
            lines = (tag("li", self._sign(item), self._line(item)) for item in items)
            yield tag("details", summary, tag("ul", *lines))

    def _line(self, item: _Item) -> Markup:
        one = item.difference
        text = text_tag("bdi", f"{one.subject} → {one.object}")
        return tag(
            "span",
            tag("a", text, href=f"#{item.anchor}"),
            escaped(" "),
            text_tag("small", item.article.id),
        )

    def by_article(self) -> Iterator[Markup]:
        """Under each article its differences by type, with their sentences."""
        yield text_tag("h2", self.say("按文章", "By article"))
        of: dict[str, list[_Item]] = defaultdict(list)
        for item in self.items:
            of[item.article.id].append(item)
        for article in self.result.articles:
            document = self.documents.get(article.id)
            title = document.title if document else ""
            score = article.measures["relation typed"]
            figures = f"P {score.precision:.2f} · R {score.recall:.2f} · F1 {score.f1:.2f}"
            yield tag(
                "section",
                tag("h3", text_tag("bdi", title or article.id), escaped(" "),
                    text_tag("small", f"{article.id} · {figures}" if title else figures)),
                tag("ul", *(self._entry(item) for item in sorted(
                    of[article.id],
                    key=lambda item: (item.difference.type, item.difference.surplus, item.number),
                ))),
            )  # fmt: skip

    def _entry(self, item: _Item) -> Markup:
        one = item.difference
        manner = self._manner(one.modality)
        said = passage(self.documents.get(item.article.id), Quote(one.evidence, one.start))
        sentence = tag(
            "blockquote", escaped(said.before), text_tag("mark", said.quote), escaped(said.after)
        )
        return tag(
            "li",
            tag(
                "p",
                self._sign(item),
                self._end(one.subject, one.subject_type),
                text_tag("span", f" —{edge_label(one.type, self.lang, self.schema)}→ ",
                         class_="edge", title=one.type),
                self._end(one.object, one.object_type),
                text_tag("span", manner, class_="manner") if manner else EMPTY,
            ),
            sentence if said.quote else EMPTY,
            text_tag("p", why(one, self.lang, self.schema), class_="why"),
            id=item.anchor,
        )  # fmt: skip

    def _sign(self, item: _Item) -> Markup:
        surplus = item.difference.surplus
        word = self.say("多出", "false") if surplus else self.say("漏掉", "missed")
        return text_tag("span", word, class_="false" if surplus else "missed")

    def _end(self, name: str, type_: str) -> Markup:
        label = node_label(type_, self.lang, self.schema)
        return joined(text_tag("b", name), text_tag("small", label, class_="kind"))

    def _manner(self, modality: str) -> str:
        if modality == Modality.ASSERTED.value:
            return ""
        label = self.schema.manner(Modality(modality)) if modality in set(Modality) else None
        return self.say(label.zh, label.en) if label else modality


def _bounds(interval: Interval | None) -> str:
    return f"{interval.low:.3f}–{interval.high:.3f}" if interval else ""
