"""What the marks of a picture mean, in rows under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Modality
from kg.view.markup import Markup, element, joined
from kg.view.svg.ink import INK, SOFT, glyph, measure, mix, write
from kg.view.text import Wording

MODES: dict[Modality, tuple[str | None, str | None]] = {
    Modality.ASSERTED: (None, None),
    Modality.ALLEGED: ("7 4", None),
    Modality.HYPOTHETICAL: ("0.1 4.5", "round"),
    Modality.PRESCRIPTIVE: ("9 3 2 3", None),
    Modality.NEGATED: ("2 6", None),
}
"""Dashes and line ends of a modality."""

_SIZE = 11.0
_ROW = 20.0
_GAP = 20.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark and what it means. `mark` is drawn in a box of `room` around y = 0."""

    mark: Markup
    room: float
    text: str


@dataclass(frozen=True, slots=True)
class Legend:
    """Rows of entries that fit a width."""

    rows: tuple[tuple[Entry, ...], ...]

    @property
    def height(self) -> float:
        """How much room the rows take."""
        return len(self.rows) * _ROW

    def at(self, x: float, y: float) -> Markup:
        """The rows, with the upper left corner of the first at `x`, `y`."""
        parts: list[Markup] = []
        for number, row in enumerate(self.rows):
            left = x
            for entry in row:
                level = y + number * _ROW + _ROW / 2
                parts.append(
                    element("g", entry.mark, transform=f"translate({left:.1f} {level:.1f})")
                )
                parts.append(write(left + entry.room, level + 4, entry.text, _SIZE, fill=SOFT))
                left += _wide(entry) + _GAP
        return joined(*parts)


def legend(wide: float, *groups: Sequence[Entry]) -> Legend:
    """Each group begins a row of its own and goes on in the next where `wide` ends."""
    rows: list[tuple[Entry, ...]] = []
    for group in groups:
        row: list[Entry] = []
        used = 0.0
        for entry in group:
            if row and used + _wide(entry) > wide:
                rows.append(tuple(row))
                row, used = [], 0.0
            row.append(entry)
            used += _wide(entry) + _GAP
        if row:
            rows.append(tuple(row))
    return Legend(tuple(rows))


def _wide(entry: Entry) -> float:
    return entry.room + measure(entry.text, _SIZE)


def type_entries(wording: Wording, types: Sequence[str]) -> list[Entry]:
    """The shape and colour of node types, in the order of the schema."""
    known = [name for name in wording.schema.nodes if name in types]
    return [
        Entry(
            glyph(wording.schema.nodes[name].shape, 6, 0, 5, wording.schema.nodes[name].colour),
            17,
            wording.type_label(name),
        )
        for name in known
    ]


def line_entries(wording: Wording, modes: Sequence[Modality], origins: int) -> list[Entry]:
    """Dashes by modality, width by independent documents, and which way an arrow points."""
    entries = [
        Entry(_stroke(1.4, *MODES[mode]), 38, wording.manner(mode))
        for mode in Modality
        if mode in modes
    ]
    if origins > 1:
        text = wording.pick("线越粗，独立来源越多", "wider: more independent documents")
        entries.append(Entry(_stroke(3.4), 38, text))
    text = wording.pick("箭头指货物、服务去的方向", "arrows point the way that things go")
    arrow = element("path", d="M30 0l-8 -4v8z", fill=mix(INK, 0.62))
    entries.append(Entry(joined(_stroke(1.4, wide=24), arrow), 38, text))
    return entries


def _stroke(
    thick: float, dash: str | None = None, cap: str | None = None, *, wide: float = 30
) -> Markup:
    return element(
        "path", d=f"M0 0H{wide:g}", stroke=mix(INK, 0.62), stroke_width=thick,
        stroke_dasharray=dash, stroke_linecap=cap, fill="none",
    )  # fmt: skip
