"""What things cost: a dot or a bar for every price that a text prints, good by good.

The axis is logarithmic where the prices need it. Beside each mark stand the price as printed,
what was read from it, and when and where it was published. Number segments come first.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from kg.model import Document, Entity, Evidence, Relation
from kg.values import Money, parse_money
from kg.view.markup import Markup, element, escaped
from kg.view.plural import counted
from kg.view.svg.ink import (
    BAND,
    HEAD,
    INK,
    MARGIN,
    SOFT,
    Sheet,
    elide,
    glyph,
    measure,
    mix,
    rectangle,
    rule,
    wrap,
    write,
)  # fmt: skip
from kg.view.text import Wording

TOP = 40
"""How many prices the picture shows."""

_ROW = 24.0
_GAP = 10.0
_NAME_ROOM = 190.0
_PLOT = 380.0
_PRINTED_ROOM, _SOURCE_ROOM = 230.0, 190.0
_LOG_FROM = 20
_MOST_TICKS = 6
_HEADING = 34.0


@dataclass(frozen=True, slots=True)
class Price:
    """One price as one text prints it, of what is called `name` and is of type `kind`.

    `good` is the entity that has the price, empty where only the text names it.
    """

    good: str
    name: str
    kind: str
    money: Money
    relation: Relation
    evidence: Evidence
    when: str
    outlet: str

    @property
    def high(self) -> Decimal:
        """The upper end, which is the lower one where the text gives none."""
        return self.low if self.money.high is None else self.money.high

    @property
    def low(self) -> Decimal:
        """The lower end."""
        return self.money.low


def prices_of(wording: Wording) -> list[Price]:
    """Every price of the graph that can be read as money, the best founded first."""
    found: dict[tuple[str, str, str, str], Price] = {}
    for relation in wording.lookup.graph.relations:
        for price in _of(relation, wording):
            key = (price.name, price.kind, price.money.text, price.when)
            known = found.get(key)
            if known is None or _weight(price) < _weight(known):
                found[key] = price
    return sorted(found.values(), key=_weight)


def _of(relation: Relation, wording: Wording) -> Iterator[Price]:
    entities = wording.lookup.entities
    for evidence in relation.evidence:
        priced: Entity | None = entities[relation.object]
        said, name = evidence.attrs.get("price", ""), ""
        if relation.type == "HAS_PRICE":
            priced, said = entities[relation.subject], entities[relation.object].name
        elif relation.type == "SUPPLIES":  # what is handed over is no end of it
            priced, name = None, evidence.attrs.get("good", "")
        money = parse_money(said) if said else None
        if money is not None and money.low > 0 and (priced or name):
            document = wording.lookup.documents.get(evidence.document)
            published = document.published if document else ""
            when = evidence.attrs.get("time_value", "").partition("/")[0] or published
            outlet = _published_by(document) if document else ""
            good, label, kind = (
                (priced.id, priced.name, priced.type) if priced else ("", name, "Good")
            )
            yield Price(good, label, kind, money, relation, evidence, when, outlet)


def _published_by(document: Document) -> str:
    """Where an article stands, in as many words as there is room for: of a file, its name."""
    return document.outlet or document.author or document.title or PurePath(document.path).name


def _weight(price: Price) -> tuple[float, int, str, str]:
    return -price.relation.confidence, -price.relation.origins, price.relation.id, price.when


def draw_prices(wording: Wording, *, top: int = TOP) -> str:
    """The price chart of a graph as SVG, with at most `top` prices."""
    every = prices_of(wording)
    shown = every[:top]
    panels = [_Panel(wording, prices) for prices in _by_currency(shown)]
    wide = 2 * MARGIN + _NAME_ROOM + _PLOT + _PRINTED_ROOM + _SOURCE_ROOM + 40
    parts: list[Markup] = []
    y = HEAD + 8
    for panel in panels:
        parts.append(element("g", *panel.marks(), transform=f"translate({MARGIN:g} {y:.1f})"))
        y += panel.high + 40
    if not panels:
        nothing = wording.pick("图谱中没有价格", "the graph has no price")
        parts.append(write(MARGIN, HEAD + 20, nothing, 13, fill=SOFT))
        y += 40
    documents = {one.document for price in shown for one in price.relation.evidence}
    subtitle = wording.pick(
        f"{len(documents)} 篇文章中的 {len(shown)} 个价格（共 {len(every)} 个）；色浅的把握较小",
        f"{len(shown)} of {counted(len(every), 'price')}, "
        f"from {counted(len(documents), 'document')}; pale: less sure",
    )
    return Sheet(wording.pick("价格", "Prices"), subtitle, wide, y - 12 + MARGIN / 2).svg(*parts)


def _by_currency(prices: Sequence[Price]) -> list[list[Price]]:
    groups: dict[str, list[Price]] = defaultdict(list)
    for price in prices:
        groups[price.money.currency].append(price)
    return [groups[name] for name in sorted(groups, key=lambda name: (name != "CNY", name))]


class _Panel:
    """The prices in one currency, over one axis."""

    def __init__(self, wording: Wording, prices: list[Price]) -> None:
        self.wording = wording
        self.currency = prices[0].money.currency
        self.axis = _Axis.over(prices)
        goods: dict[tuple[str, str], list[Price]] = defaultdict(list)
        for price in prices:
            goods[price.name, price.kind].append(price)
        for rows in goods.values():
            rows.sort(key=lambda one: (one.when or "9", one.low, one.money.text))
        segments = {one.subject for one in wording.lookup.graph.relations
                    if one.type == "HAS_SEGMENT"}  # fmt: skip
        self.goods = sorted(
            goods.values(),
            key=lambda rows: (
                rows[0].good not in segments and rows[0].kind != "NumberSegment",
                min(one.low for one in rows), rows[0].name,
            ),
        )  # fmt: skip

    @property
    def high(self) -> float:
        """How much room the panel takes."""
        rows = sum(len(prices) for prices in self.goods)
        return _HEADING + rows * _ROW + len(self.goods) * _GAP

    def marks(self) -> Iterator[Markup]:
        """The axis, then good by good."""
        right = _NAME_ROOM + _PLOT
        yield write(
            0, 12, self.wording.pick("货物或服务", "good or service"), 11, fill=SOFT, bold=True
        )
        tops = self._tops()
        for rows, y in list(zip(self.goods, tops, strict=True))[::2]:
            yield rectangle(-8, y - 4, right + 60 + _PRINTED_ROOM + _SOURCE_ROOM - 12,
                            len(rows) * _ROW + 8, fill=mix(BAND, 0.75), round_=6)  # fmt: skip
        free = 0.0
        for value in self.axis.ticks:
            x = _NAME_ROOM + self.axis.at(value)
            yield rule(x, 20, x, self.high)
            half = measure(_amount(value), 11) / 2
            if x - half >= free:
                yield write(x, 12, _amount(value), 11, fill=SOFT, anchor="middle")
                free = x + half + 2
        unit = {"CNY": self.wording.pick("元", "CNY")}.get(self.currency, self.currency)
        scale = self.wording.pick("，对数刻度", ", log scale") if self.axis.is_log else ""
        yield write(max(right + 30, free + 6), 12, f"{unit}{scale}", 11, fill=SOFT, bold=True)
        source = self.wording.pick("时间 · 出处", "date · source")
        yield write(right + 30 + _PRINTED_ROOM, 12, source, 11, fill=SOFT, bold=True)
        for rows, y in zip(self.goods, tops, strict=True):
            yield from self._name(rows[0], y + _ROW / 2)
            for at, price in enumerate(rows):
                yield self._row(price, y + at * _ROW + _ROW / 2)

    def _tops(self) -> list[float]:
        """Where each good begins."""
        highs = [len(rows) * _ROW + _GAP for rows in self.goods]
        return [_HEADING + sum(highs[:at]) for at in range(len(highs))]

    def _name(self, price: Price, y: float) -> Iterator[Markup]:
        kind = self.wording.schema.nodes.get(price.kind)
        colour, shape = (kind.colour, kind.shape) if kind else (SOFT, "ellipse")
        yield glyph(shape, 7, y, 5, colour)
        line = wrap(price.name, 12.5, _NAME_ROOM - 46, 1, bold=True)[0]
        yield write(20, y + 4.5, line, 12.5, bold=True, whole=price.name)

    def _row(self, price: Price, y: float) -> Markup:
        kind = self.wording.schema.nodes.get(price.kind)
        share = 0.35 + 0.65 * price.relation.confidence
        colour = mix(kind.colour if kind else SOFT, share)
        x0 = _NAME_ROOM + self.axis.at(price.low)
        x1 = _NAME_ROOM + self.axis.at(price.high)
        right = _NAME_ROOM + _PLOT + 30
        quote = price.evidence.quote
        parts = [element("title", escaped(f"{price.name} {price.money.text}「{quote}」"))]
        if x1 - x0 > 1:
            parts.append(rectangle(x0, y - 3.5, x1 - x0, 7, fill=colour, round_=3.5))
        else:
            parts.append(element("circle", cx=x0, cy=y, r=5, fill=colour))
        printed = elide(price.money.text, 12, 112)
        parts.append(write(right, y + 4.5, printed, 12, fill=INK, whole=price.money.text))
        said = elide(normal(price.money), 11, _PRINTED_ROOM - 130)
        parts.append(write(right + 122, y + 4.5, said, 11, fill=SOFT))
        source = " · ".join(part for part in (price.when, price.outlet) if part)
        parts.append(write(right + _PRINTED_ROOM, y + 4.5, elide(source, 11, _SOURCE_ROOM - 8), 11,
                           fill=SOFT, whole=source))  # fmt: skip
        return element("g", *parts)


def normal(money: Money) -> str:
    """The price as it was read: 10–20/张."""
    low = _amount(money.low)
    said = f"{low}+" if money.high is None else low
    if money.high is not None and money.high != money.low:
        said = f"{low}–{_amount(money.high)}"
    about = "≈" if money.approximate and said == low else ""
    return f"{about}{said}" + (f" / {money.per}" if money.per else "")


def _amount(value: Decimal) -> str:
    """A number with as few figures as tell it: 0.5, 12, 1,200."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class _Axis:
    """From a price to a place on the paper, 0 to _PLOT."""

    low: float
    high: float
    is_log: bool
    ticks: tuple[Decimal, ...]

    @staticmethod
    def over(prices: Sequence[Price]) -> _Axis:
        """The axis that holds all prices, logarithmic where they differ much."""
        least = min(price.low for price in prices)
        most = max(price.high for price in prices)
        if most / least >= _LOG_FROM:
            first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
            last = max(last, first + 1)
            every = 1 + (last - first - 1) // _MOST_TICKS
            marks = tuple(Decimal(f"1e{power}") for power in range(first, last + 1, every))
            return _Axis(float(first), float(last), True, marks)
        ten = Decimal(f"1e{math.floor(math.log10(most))}")
        steps = (ten / 5, ten / 2, ten, ten * 2)
        step = next(one for one in steps if most / one <= _MOST_TICKS)
        count = math.ceil(most / step)
        return _Axis(0.0, float(step * count), False,
                     tuple(step * number for number in range(count + 1)))  # fmt: skip

    def at(self, value: Decimal) -> float:
        """Where a value stands."""
        where = math.log10(value) if self.is_log else float(value)
        return (where - self.low) / (self.high - self.low) * _PLOT
