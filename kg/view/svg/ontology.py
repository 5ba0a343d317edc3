"""The ontology as a table: a row for every edge type, a column for every node type.

A filled mark is where an edge of the type may begin, a ring where it may end, both where either.
Rows and columns stand in the groups of schemas/, so that what is alike stands together.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.schema import EDGE_GROUPS, NODE_GROUPS, EdgeType, NodeType, Schema
from kg.view.markup import Markup, element, escaped
from kg.view.svg.ink import (
    BAND,
    HEAD,
    MARGIN,
    PAPER,
    RULE,
    SOFT,
    Sheet,
    elide,
    glyph,
    measure,
    rectangle,
    rule,
    write,
)  # fmt: skip
from kg.view.views import Views

_CELL, _ROW = 34.0, 23.0
_GAP = 12.0
_ATTRS = 330.0


def draw_schema(schema: Schema, views: Views, lang: str = "zh") -> str:
    """The ontology as SVG in `lang` ("zh" or "en")."""
    nodes = sorted(
        schema.nodes.values(), key=lambda one: (NODE_GROUPS.index(one.group), one.tier, one.name)
    )
    edges = sorted(schema.edges.values(), key=lambda one: (EDGE_GROUPS.index(one.group), one.name))
    return _Table(schema, views, lang, nodes, edges).svg()


class _Table:
    """The picture while it is drawn."""

    def __init__(
        self, schema: Schema, views: Views, lang: str, nodes: list[NodeType], edges: list[EdgeType]
    ) -> None:
        self.schema = schema
        self.views = views
        self.lang = lang
        self.nodes = nodes
        self.edges = edges
        self.xs = list(self._steps([one.group for one in nodes], _CELL))
        self.ys = list(self._steps([one.group for one in edges], _ROW))
        groups = [self._group(one) for one in edges]
        self.label = max((measure(name, 12, bold=True) for name in groups), default=0.0) + 22
        labels = [self._pick(one.label.zh, one.label.en) for one in edges]
        wide = max((measure(name, 12.5, bold=True) for name in labels), default=0.0)
        self.name = self.label + wide + 12
        names = max((measure(one.name, 9) for one in edges), default=0.0)
        self.left = self.name + names + 10
        self.right = self.left + (self.xs[-1] + _CELL if self.xs else 0.0)

    @staticmethod
    def _steps(groups: list[str], size: float) -> Iterator[float]:
        """Where each thing begins, with a gap between groups."""
        at = 0.0
        for number, group in enumerate(groups):
            if number and group != groups[number - 1]:
                at += _GAP
            yield at
            at += size

    def svg(self) -> str:
        """The whole table."""
        names = [self._pick(one.label.zh, one.label.en) for one in self.nodes]
        head = max((measure(name, 12) for name in names), default=0.0) * 0.78 + 34
        top = HEAD + head
        high = self.ys[-1] + _ROW if self.ys else 0.0
        lean = head if self.nodes else 0.0
        wide = 2 * MARGIN + max(self.right + 16 + _ATTRS, self.right + lean)
        body = element(
            "g", *self._columns(high), *self._rows(), transform=f"translate({MARGIN:g} {top:.1f})"
        )
        title = self._pick("本体", "Ontology")
        subtitle = self._pick(
            f"{len(self.nodes)} 种节点，{len(self.edges)} 种边；实心：边从这里起，空心：边到这里止",
            f"{len(self.nodes)} node types, {len(self.edges)} edge types; "
            "filled: the edge begins here, hollow: it ends here",
        )
        return Sheet(title, subtitle, wide, top + high + MARGIN).svg(body)

    def _pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _group(self, edge: EdgeType) -> str:
        label = self.views.groups.get(edge.group)
        return self._pick(label.zh, label.en) if label else edge.group

    def _columns(self, high: float) -> Iterator[Markup]:
        for node, x in zip(self.nodes, self.xs, strict=True):
            middle = self.left + x + _CELL / 2
            yield rule(middle, -6, middle, high, RULE)
            yield element(
                "g",
                element("title", escaped(self._pick(node.description.zh, node.description.en))),
                glyph(node.shape, middle, -16, 6, node.colour),
                write(middle + 2, -30, self._pick(node.label.zh, node.label.en), 12, turn=-50),
            )

    def _rows(self) -> Iterator[Markup]:
        last = ""
        for at, (edge, y) in enumerate(zip(self.edges, self.ys, strict=True)):
            if edge.group != last:
                last = edge.group
                yield write(0, y + 16, self._group(edge), 12, fill=SOFT, bold=True)
            if at % 2 == 0:
                left = self.label - 8
                yield rectangle(left, y, self.right + 16 + _ATTRS - left, _ROW, fill=BAND, round_=4)
            yield self._row(edge, y)

    def _row(self, edge: EdgeType, y: float) -> Markup:
        label = self._pick(edge.label.zh, edge.label.en)
        attrs = self._pick("、", ", ").join(
            self._pick(prop.label.zh, prop.label.en) for prop in edge.properties.values()
        )
        cells = [
            mark
            for node, x in zip(self.nodes, self.xs, strict=True)
            for mark in self._cell(edge, node, self.left + x + _CELL / 2, y + _ROW / 2)
        ]
        return element(
            "g",
            element("title", escaped(self._pick(edge.description.zh, edge.description.en))),
            write(self.label, y + 16, label, 12.5, bold=True),
            write(self.name, y + 15.5, edge.name, 9, fill=SOFT),
            *cells,
            write(self.right + 16, y + 16, elide(attrs, 11, _ATTRS), 11, fill=SOFT, whole=attrs),
        )

    def _cell(self, edge: EdgeType, node: NodeType, x: float, y: float) -> Iterator[Markup]:
        begins, ends = node.name in edge.source, node.name in edge.target
        both = begins and ends
        if begins:
            yield element("circle", cx=x - (6 if both else 0), cy=y, r=4.6, fill=node.colour)
        if ends:
            yield element("circle", cx=x + (6 if both else 0), cy=y, r=4, fill=PAPER,
                          stroke=node.colour, stroke_width=1.8)  # fmt: skip
