"""What all pictures share: paper, type, colours, shapes, and how wide a text is.

Pictures bring their own paper, so that they read on a light and on a dark page. They use
presentation attributes only: no style, no script, nothing that a page's policy would refuse.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

from kg.text import width
from kg.view.markup import Markup, clean, element, escaped, joined

FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Source Han Sans SC, sans-serif"
PAPER = "#ffffff"
INK = "#1d2430"
SOFT = "#5b6675"
RULE = "#d9dee5"
BAND = "#f5f7f9"
MARGIN = 28.0

_NARROW = 0.6
_WIDE_LATIN = frozenset("MWmw@%&")


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """How wide `text` is at most, in units of the picture."""
    ems = 0.0
    for char in text:
        columns = width(char)
        if columns == 2 or (columns and unicodedata.east_asian_width(char) == "A"):
            ems += 1.0
        elif columns:
            ems += 0.95 if char in _WIDE_LATIN else _NARROW
    return ems * size * (1.04 if bold else 1.0)


def elide(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """`text`, or as much of its beginning as fits into `room` with … at its end."""
    if measure(text, size, bold=bold) <= room:
        return text
    kept = text[: max(1, int(room / size * 2) + 1)]
    while len(kept) > 1 and measure(kept + "…", size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> list[str]:
    """`text` on at most `lines` lines of `room`; what does not fit ends in …"""
    rest = " ".join(clean(text).split())
    found: list[str] = []
    while rest and len(found) < lines - 1 and measure(rest, size, bold=bold) > room:
        cut = _cut(rest, size, room, bold)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, elide(rest, size, room, bold=bold)] if rest else found


def _cut(text: str, size: float, room: float, bold: bool) -> int:
    """Where a line of `room` ends: between words, and never before a closing mark."""
    cut = 1
    while cut < len(text) and measure(text[: cut + 1], size, bold=bold) <= room:
        cut += 1
    if text[cut : cut + 1].isascii() and text[cut - 1].isascii():
        # a space may be the first that is too much: it is not drawn
        space = max(text.rfind(" ", 0, cut + 1), *(text.rfind(mark, 0, cut) for mark in "-/"))
        cut = space + 1 if space > 0 else cut
    # a bracket must not open at the end of a line, nor close at its beginning
    if cut > 1 and text[cut - 1] in "（(《“「【":
        cut -= 1
    if cut > 2 and text[cut : cut + 1] and text[cut] in "）)》”」】，。、：；%":
        cut -= 1
    return cut


def write(
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    fill: str = INK,
    bold: bool = False,
    anchor: str | None = None,
    whole: str | None = None,
    turn: float | None = None,
    halo: bool = False,
) -> Markup:
    """`text` with its baseline at `y`; where it is cut, `whole` is shown under the pointer.

    `turn` is in degrees; a `halo` of paper keeps it readable over lines.
    """
    said = clean(text)
    children = [escaped(said)]
    if whole is not None and clean(whole) != said:
        children.insert(0, element("title", escaped(whole)))
    return element(
        "text", *children, x=x, y=y, font_size=size, fill=fill,
        font_weight="600" if bold else None, text_anchor=anchor,
        transform=f"rotate({turn:g} {x:.2f} {y:.2f})" if turn else None,
        stroke=PAPER if halo else None, stroke_width=4 if halo else None,
        stroke_linejoin="round" if halo else None, paint_order="stroke" if halo else None,
    )  # fmt: skip


def rectangle(
    x: float, y: float, wide: float, high: float, *, fill: str, stroke: str | None = None,
    round_: float = 0.0, thick: float = 1.0,
) -> Markup:  # fmt: skip
    """A rectangle with its upper left corner at `x`, `y`."""
    return element(
        "rect", x=x, y=y, width=wide, height=high, rx=round_ or None, fill=fill,
        stroke=stroke, stroke_width=thick if stroke else None,
    )  # fmt: skip


def rule(x1: float, y1: float, x2: float, y2: float, colour: str = RULE) -> Markup:
    """A thin straight line."""
    return element("path", d=f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", stroke=colour, fill="none")


def mix(colour: str, share: float, ground: str = PAPER) -> str:
    """`share` of a colour on a ground, both `#rrggbb`."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


_SIDES = {"triangle": 3, "diamond": 4, "pentagon": 5, "hexagon": 6, "octagon": 8}


def glyph(
    shape: str, x: float, y: float, radius: float, fill: str, *, hollow: bool = False
) -> Markup:
    """One of the schema's shapes around `x`, `y`."""
    look = {"fill": PAPER, "stroke": fill, "stroke_width": "1.6"} if hollow else {"fill": fill}
    if shape == "ellipse":
        return element("circle", cx=x, cy=y, r=radius, **look)
    if shape in ("rectangle", "round-rectangle"):
        side = radius * 0.88
        corner = side * 0.5 if shape == "round-rectangle" else None
        return element(
            "rect", x=x - side, y=y - side, width=2 * side, height=2 * side, rx=corner, **look
        )
    points = _corners(shape, radius)
    path = "M" + "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in points) + "Z"
    return element("path", d=path, **look)


def _corners(shape: str, radius: float) -> list[tuple[float, float]]:
    if shape == "parallelogram":
        wide, high, lean = radius, radius * 0.75, radius * 0.35
        return [(lean - wide, -high), (wide + lean * 0.4, -high), (wide - lean, high),
                (-wide - lean * 0.4, high)]  # fmt: skip
    if shape == "star":
        steps = [(at, radius * (1.1 if at % 2 == 0 else 0.5)) for at in range(10)]
        return [_around(at / 10, reach) for at, reach in steps]
    sides = _SIDES.get(shape, 4)
    start = 0.5 / sides if sides in (8,) else (0.25 / 3 if sides == 6 else 0.0)
    return [_around(start + at / sides, radius * 1.08) for at in range(sides)]


def _around(turn: float, reach: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn - math.pi / 2
    return reach * math.cos(angle), reach * math.sin(angle)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The frame of a picture: its title, what it is about, and the parts on it."""

    title: str
    subtitle: str
    wide: float
    high: float

    def svg(self, *parts: Markup) -> str:
        """The whole picture; the parts stand under a heading of HEAD."""
        heading = [
            write(MARGIN, MARGIN + 14, self.title, 18, bold=True),
            write(
                MARGIN, MARGIN + 34,
                elide(self.subtitle, 11.5, self.wide - 2 * MARGIN), 11.5,
                fill=SOFT, whole=self.subtitle,
            ),
        ]  # fmt: skip
        return element(
            "svg",
            element("title", escaped(self.title)),
            element("desc", escaped(self.subtitle)),
            rectangle(0, 0, self.wide, self.high, fill=PAPER),
            *heading,
            joined(*parts, by="\n"),
            xmlns="http://www.w3.org/2000/svg",
            width=math.ceil(self.wide),
            height=math.ceil(self.high),
            viewBox=f"0 0 {math.ceil(self.wide)} {math.ceil(self.high)}",
            font_family=FONT,
            role="img",
        )


HEAD = MARGIN + 52
"""Where the parts of a sheet begin."""
