"""The way of every line over the paper, and the arrow at its end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.view.svg.layers import Item, Layout, Line

_ARROW = 7.0
_APART = 7.0
_INSET = 6.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line as it is drawn: an SVG path with a gap for the label, and as paths an arrow head at
    its first and at its last node."""

    path: str
    at_first: str
    at_last: str


Ports = dict[tuple[Line, Item], float]


def strokes(layout: Layout) -> list[Stroke]:
    """The stroke of every line, in the order of the lines."""
    ports = _ports(layout.lines)
    return [
        _bow(line, ports) if line.is_bow else _across(line, layout, ports) for line in layout.lines
    ]


def _ports(lines: list[Line]) -> Ports:
    """The height at which each line meets each of its nodes: side by side, so that arrows stay
    apart, in the order of where the lines come from."""
    sides: dict[tuple[Item, bool], list[tuple[float, int, Line]]] = defaultdict(list)
    for at, line in enumerate(lines):
        first, last = line.items[0], line.items[-1]
        sides[first, True].append((line.items[1].y, at, line))
        sides[last, line.is_bow].append((line.items[-2].y, at, line))
    found: Ports = {}
    for (node, _), met in sides.items():
        step = min(_APART, (node.height - 24) / max(1, len(met) - 1))
        for at, (_, _, line) in enumerate(sorted(met, key=lambda one: one[:2])):
            found[line, node] = node.y + (at - (len(met) - 1) / 2) * step
    return found


def _across(line: Line, layout: Layout, ports: Ports) -> Stroke:
    """From column to column: level at every place on the way, bent between them."""
    first, last = line.items[0], line.items[-1]
    x, y = first.x + first.width / 2, ports[line, first]
    parts = [f"M{x:.1f} {y:.1f}"]
    at_first = _head(x, y, 1)
    for item in line.items[1:-1]:
        into, out = _sides(item, line, layout)
        parts.append(_bend(x, y, into, item.y))
        parts.append(f"{'M' if item is line.label else 'L'}{out:.1f} {item.y:.1f}")
        x, y = out, item.y
    end, level = last.x - last.width / 2, ports[line, last]
    parts.append(_bend(x, y, end, level))
    return Stroke("".join(parts), at_first, _head(end, level, -1))


def _sides(item: Item, line: Line, layout: Layout) -> tuple[float, float]:
    """Where a line enters a place on its way and where it leaves it."""
    if item is line.label:
        return item.x - item.width / 2, item.x + item.width / 2
    band = layout.layers[item.layer]
    inset = _INSET if item.layer % 2 else 0.0
    return band.start + inset, band.end - inset


def _bow(line: Line, ports: Ports) -> Stroke:
    """Within a column: out to the label at the right and back."""
    first, last = line.items[0], line.items[-1]
    x0, y0 = first.x + first.width / 2, ports[line, first]
    x1, y1 = last.x + last.width / 2, ports[line, last]
    tip, level = line.label.x - line.label.width / 2 - 3, line.label.y
    rise = (y1 - y0) * 0.22
    path = (
        f"M{x0:.1f} {y0:.1f}"
        f"C{tip - 4:.1f} {y0:.1f} {tip:.1f} {level - rise:.1f} {tip:.1f} {level:.1f}"
        f"C{tip:.1f} {level + rise:.1f} {tip - 4:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
    )
    return Stroke(path, _head(x0, y0, 1), _head(x1, y1, 1))


def _bend(x0: float, y0: float, x1: float, y1: float) -> str:
    """A curve that leaves and arrives level."""
    reach = (x1 - x0) * 0.55
    return f"C{x0 + reach:.1f} {y0:.1f} {x1 - reach:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"


def _head(x: float, y: float, way: int) -> str:
    """An arrow head that touches `x`, its base at the right (1) or at the left (-1)."""
    return f"M{x + way * 1.2:.1f} {y:.1f}l{way * _ARROW:.1f} -3.6v7.2z"
