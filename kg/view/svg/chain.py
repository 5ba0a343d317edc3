"""The supply chain as a picture: who gives what to whom, from left to right.

Columns are the stations of the chain, the lanes under them measures, police and courts. A line
says what goes along it, in what quantity and at what price; how sure that is shows in its
dashes, how many independent documents say so in its width.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from kg.model import Entity, Level
from kg.schema import Label
from kg.view.excerpt import Excerpt, Link, chain_excerpt, chain_preset, excerpt_around
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
from kg.view.svg.layers import Item, Layout, Line, lay_out
from kg.view.svg.legend import MODES, legend, line_entries, type_entries
from kg.view.svg.strokes import Stroke, strokes
from kg.view.text import Wording
from kg.view.views import Views

TOP = 5
"""How many entities a column and a lane show."""

AROUND = 14
"""How many others the picture around one entity shows."""

_NAME, _NAME_ROOM, _LEADING = 12.5, 96.0, 15.0
_LABEL, _LABEL_ROOM, _LABEL_LEADING = 10.5, 104.0, 13.0
_HEADING, _HEADING_LEADING = 11.5, 14.0
_GLYPH = 5.0
_APART = 12.0
_PORT, _TALLEST = 5.0, 64.0
_LEAST = 620.0


def draw_chain(wording: Wording, views: Views, *, top: int = TOP) -> str:
    """The chain of the whole graph as SVG, with at most `top` entities a column."""
    graph = wording.lookup.graph
    excerpt = chain_excerpt(graph, wording.schema, views, top)
    shown, lines = len(excerpt.entities), len(excerpt.links)
    documents, entities = len(graph.documents), len(graph.entities)
    subtitle = wording.pick(
        f"{documents} 篇文章，{entities} 个实体；图中是最有分量的 {shown} 个和 {lines} 条线",
        f"{counted(documents, 'document')}, {counted(entities, 'entity', 'entities')}; "
        f"shown: the weightiest {shown}, {counted(lines, 'line')}",
    )
    title = wording.pick(*_both(chain_preset(views).label))
    return _draw(_Chain(wording, views, excerpt), title[:1].upper() + title[1:], subtitle)


def draw_around(wording: Wording, views: Views, centre: Entity, *, top: int = AROUND) -> str:
    """What stands beside one entity as SVG, with at most `top` others."""
    excerpt = excerpt_around(wording.lookup.graph, wording.schema, views, centre, top)
    others = len(excerpt.entities) - 1
    subtitle = wording.pick(
        f"与它直接相关、最有分量的 {others} 个实体",
        f"the {counted(others, 'weightiest entity', 'weightiest entities')} beside it",
    )
    return _draw(_Chain(wording, views, excerpt, centre), centre.name, subtitle)


def _both(label: Label) -> tuple[str, str]:
    return label.zh, label.en


@dataclass(frozen=True)
class _Chain:
    """What a picture shows: an excerpt in words, `centre` marked."""

    wording: Wording
    views: Views
    excerpt: Excerpt
    centre: Entity | None = None

    def name_lines(self, one: Entity) -> list[str]:
        """The name on one line or two."""
        return wrap(one.name, _NAME, _NAME_ROOM, 2, bold=self.is_bold(one))

    def is_bold(self, one: Entity) -> bool:
        """Roles are the skeleton of the chain; who plays them is set lighter."""
        kind = self.wording.schema.nodes.get(one.type)
        is_role = one.level is Level.TYPE and kind is not None and kind.group == "actor"
        return is_role or self.is_centre(one)

    def is_centre(self, one: Entity) -> bool:
        """Whether the picture is about this entity."""
        return self.centre is not None and one.id == self.centre.id

    def look(self, one: Entity) -> tuple[str, str]:
        """Colour and shape."""
        kind = self.wording.schema.nodes.get(one.type)
        return (kind.colour, kind.shape) if kind else (SOFT, "ellipse")

    def label_lines(self, link: Link) -> list[str]:
        """What goes along a line, then how much and for how much; else what the relation is."""
        attrs = link.best.attrs
        what = attrs.get("good") or self.wording.type_label(link.best.type)
        amounts = [_first(attrs[name]) for name in ("quantity", "price") if attrs.get(name)]
        lines = [_first(what), *([" · ".join(amounts)] if amounts else [])]
        return [elide(line, _LABEL, _LABEL_ROOM) for line in lines]

    def said(self, link: Link) -> str:
        """All that a line stands for, a relation a line, each with a sentence."""
        wording = self.wording
        rows = []
        for one in link.relations:
            row = (
                f"{wording.name(one.subject)} —{wording.type_label(one.type)}→ "
                f"{wording.name(one.object)} {wording.mark(one)} {wording.qualifiers(one)}"
            )
            quote = one.evidence[0].quote if one.evidence else ""
            rows.append(f"{' '.join(row.split())}「{quote}」")
        return "\n".join(rows)


def _first(text: str) -> str:
    """The first of several values; … says that there are more."""
    head, _, more = text.partition("；")
    return f"{head}…" if more else head


def _draw(chain: _Chain, title: str, subtitle: str) -> str:
    wording, excerpt = chain.wording, chain.excerpt
    items = _place(chain)
    layout = lay_out(
        list(items.values()),
        [(items[link.start.id], items[link.end.id], *_label_size(chain, link))
         for link in excerpt.links],
    )  # fmt: skip
    heads = _headings(chain, items, layout)
    top = HEAD + _HEADING_LEADING * max((len(head.lines) for head in heads), default=0) + 12
    wide = max(layout.width + 2 * MARGIN, _LEAST, measure(title, 18, bold=True) + 2 * MARGIN)
    modes = [link.best.modality for link in excerpt.links]
    origins = max((link.best.origins for link in excerpt.links), default=1)
    keys = legend(
        wide - 2 * MARGIN,
        type_entries(wording, [one.type for one in excerpt.entities]),
        line_entries(wording, modes, origins) if modes else (),
    )
    below = top + layout.height + 34
    ways = list(zip(excerpt.links, layout.lines, strict=True))
    drawn = strokes(layout)
    body = element(
        "g",
        *_bands(heads, layout),
        *_lanes(chain, layout),
        *(_stroke(chain, link, items, stroke)
          for link, stroke in zip(excerpt.links, drawn, strict=True)),
        *(_node(chain, one, items[one.id]) for one in excerpt.entities),
        *(_label(chain, link, line) for link, line in ways),
        transform=f"translate({MARGIN:g} {top:g})",
    )  # fmt: skip
    parts = [body, keys.at(MARGIN, below)]
    if not excerpt.entities:
        nothing = wording.pick("没有可画的关系", "there is nothing to draw")
        parts.append(write(MARGIN, HEAD + 20, nothing, 13, fill=SOFT))
    return Sheet(title, subtitle, wide, below + keys.height + MARGIN).svg(*parts)


# -- where things stand


def _place(chain: _Chain) -> dict[str, Item]:
    """An item for every entity by id: its layer from its column, its lane, its size."""
    last = len(chain.views.columns)
    columns = chain.excerpt.columns
    halves = _halves(chain.excerpt)
    main = [one for one in chain.excerpt.entities if columns[one.id] < last]
    used = sorted({(columns[one.id], halves[one.id]) for one in main})
    layers = {key: 2 * at for at, key in enumerate(used)}
    items = {
        one.id: Item(layers[columns[one.id], halves[one.id]], 0, *_size(chain, one)) for one in main
    }
    crowd: dict[tuple[int, int], int] = defaultdict(int)
    for one in chain.excerpt.entities:
        if one.id not in items:
            lane = columns[one.id] - last + 1
            layer = _lane_layer(one, chain.excerpt, items, crowd)
            crowd[layer, lane] += 1
            items[one.id] = Item(layer, lane, *_size(chain, one))
    return {one.id: items[one.id] for one in chain.excerpt.entities}


def _halves(excerpt: Excerpt) -> dict[str, int]:
    """0 or 1: of a column in which things go about, who gets more than gives stands right."""
    balance: dict[str, int] = defaultdict(int)
    for link in excerpt.links:
        if excerpt.columns[link.start.id] == excerpt.columns[link.end.id]:
            balance[link.start.id] -= 1
            balance[link.end.id] += 1
    return {one.id: int(balance[one.id] > 0) for one in excerpt.entities}


def _lane_layer(
    one: Entity, excerpt: Excerpt, items: dict[str, Item], crowd: dict[tuple[int, int], int]
) -> int:
    """The layer just left of what an entity of a lane acts on, where there is room."""
    others = [
        link.end.id if link.start.id == one.id else link.start.id
        for link in excerpt.links
        if one.id in (link.start.id, link.end.id)
    ]
    ends = sorted(items[other].layer for other in others if other in items)
    wish = ends[len(ends) // 2] - 2 if ends else 0
    last = max((item.layer for item in items.values()), default=0)
    lane = excerpt.columns[one.id]
    return min(
        range(0, last + 1, 2), key=lambda at: (2 * crowd[at, lane] + abs(at - wish), at), default=0
    )


def _size(chain: _Chain, one: Entity) -> tuple[float, float]:
    lines = chain.name_lines(one)
    bold = chain.is_bold(one)
    room = max((measure(line, _NAME, bold=bold) for line in lines), default=0.0)
    met = sum(one.id in (link.start.id, link.end.id) for link in chain.excerpt.links)
    high = max(len(lines) * _LEADING + 10, min(met * _PORT, _TALLEST))
    return room + 2 * _GLYPH + 24, high + _APART


def _label_size(chain: _Chain, link: Link) -> tuple[float, float]:
    lines = chain.label_lines(link)
    wide = max((measure(line, _LABEL) for line in lines), default=0.0)
    return wide + 8, len(lines) * _LABEL_LEADING + 6


@dataclass(frozen=True, slots=True)
class _Head:
    """A column's left and right side and its heading."""

    left: float
    right: float
    lines: list[str]


def _headings(chain: _Chain, items: dict[str, Item], layout: Layout) -> list[_Head]:
    layers: dict[int, list[int]] = defaultdict(list)
    for one in chain.excerpt.entities:
        column = chain.excerpt.columns[one.id]
        if column < len(chain.views.columns):
            layers[column].append(items[one.id].layer)
    sides = [
        (column, layout.layers[min(found)].start - 8, layout.layers[max(found)].end + 8)
        for column, found in sorted(layers.items())
    ]
    heads = []
    for at, (column, left, right) in enumerate(sides):
        # a heading may reach over the gap at its right, up to the next column or into the margin
        end = sides[at + 1][1] if at + 1 < len(sides) else right + MARGIN / 2
        label = chain.wording.pick(*_both(chain.views.columns[column].label))
        heads.append(_Head(left, right, wrap(label, _HEADING, end - left - 8, 4, bold=True)))
    return heads


# -- marks on the paper


def _bands(heads: list[_Head], layout: Layout) -> list[Markup]:
    high = layout.lanes[0].end + 16 if 0 in layout.lanes else 0.0
    parts = []
    for head in heads:
        parts.append(rectangle(head.left, -8, head.right - head.left, high, fill=BAND, round_=8))
        for at, line in enumerate(reversed(head.lines)):
            y = -18 - _HEADING_LEADING * at
            parts.append(write(head.left + 4, y, line, _HEADING, fill=SOFT, bold=True))
    return parts


def _lanes(chain: _Chain, layout: Layout) -> list[Markup]:
    parts = []
    for lane, band in layout.lanes.items():
        if lane:
            label = chain.wording.pick(*_both(chain.views.lanes[lane - 1]))
            parts.append(rule(0, band.start - 22, layout.width, band.start - 22))
            parts.append(write(0, band.start - 6, label, _HEADING, fill=SOFT, bold=True))
    return parts


def _node(chain: _Chain, one: Entity, item: Item) -> Markup:
    colour, shape = chain.look(one)
    wide, high = item.width, item.height - _APART
    left, top = item.x - wide / 2, item.y - high / 2
    lines = chain.name_lines(one)
    first = item.y - (len(lines) - 1) * _LEADING / 2 + _NAME * 0.36
    is_centre = chain.is_centre(one)
    about = " · ".join((one.name, chain.wording.type_label(one.type), *one.aliases[:8]))
    return element(
        "g",
        element("title", escaped(about)),
        rectangle(
            left, top, wide, high, fill=mix(colour, 0.1), round_=6,
            stroke=colour if is_centre else mix(colour, 0.55), thick=2.2 if is_centre else 1.0,
        ),
        glyph(shape, left + _GLYPH + 8, item.y, _GLYPH, colour),
        *(
            write(left + 2 * _GLYPH + 15, first + at * _LEADING, line, _NAME,
                  bold=chain.is_bold(one))
            for at, line in enumerate(lines)
        ),
    )  # fmt: skip


def _stroke(chain: _Chain, link: Link, items: dict[str, Item], stroke: Stroke) -> Markup:
    start, end = items[link.start.id], items[link.end.id]
    dash, cap = MODES[link.best.modality]
    colour = mix(INK, 0.4 if start.lane or end.lane else 0.62)
    thick = 1.2 + min(2.2, 0.55 * math.log2(max(1, link.best.origins)))
    parts = [
        element("title", escaped(chain.said(link))),
        element("path", d=stroke.path, stroke_dasharray=dash, stroke_linecap=cap, fill="none"),
    ]
    if not chain.wording.is_symmetric(link.best.type):
        # the first node of a line is the one further left, or higher on the list
        order = list(items.values())
        is_forward = (start.layer, order.index(start)) < (end.layer, order.index(end))
        head = stroke.at_last if is_forward else stroke.at_first
        parts.append(element("path", d=head, fill=colour, stroke="none"))
    return element("g", *parts, stroke=colour, stroke_width=thick)


def _label(chain: _Chain, link: Link, line: Line) -> Markup:
    item = line.label
    lines = chain.label_lines(link)
    first = item.y - (len(lines) - 1) * _LABEL_LEADING / 2 + _LABEL * 0.36
    x = item.x - item.width / 2 + 6 if line.is_bow else item.x
    return element(
        "g",
        element("title", escaped(chain.said(link))),
        *(
            write(x, first + at * _LABEL_LEADING, text, _LABEL, fill=INK if at else SOFT,
                  anchor=None if line.is_bow else "middle")
            for at, text in enumerate(lines)
        ),
    )  # fmt: skip
