"""What is written where in one of our SVG pictures, read back from its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from kg.view.svg.ink import measure

SVG = "{http://www.w3.org/2000/svg}"
_SHIFT = re.compile(r"translate\((\S+) (\S+)\)")


@dataclass(frozen=True)
class Box:
    """A text and the room it takes."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Whether the two lie over one another."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def root_of(svg: str) -> ElementTree.Element:
    """The picture as XML; fails where it is not well-formed."""
    return ElementTree.fromstring(svg)


def boxes(root: ElementTree.Element) -> list[Box]:
    """Every text that stands level."""
    return list(_boxes(root, 0.0, 0.0))


def _boxes(element: ElementTree.Element, dx: float, dy: float) -> list[Box]:
    found = []
    shift = _SHIFT.fullmatch(element.get("transform", ""))
    if shift:
        dx, dy = dx + float(shift[1]), dy + float(shift[2])
    if element.tag == f"{SVG}text" and not element.get("transform"):
        text = "".join(element.itertext()) if len(element) == 0 else element[0].tail or ""
        size, bold = float(element.get("font-size", "0")), element.get("font-weight") == "600"
        wide = measure(text, size, bold=bold)
        x, y = float(element.get("x", "0")) + dx, float(element.get("y", "0")) + dy
        x -= wide / 2 if element.get("text-anchor") == "middle" else 0.0
        found.append(Box(text, x, y - 0.88 * size, x + wide, y + 0.12 * size))
    for child in element:
        found += _boxes(child, dx, dy)
    return found


def overlaps(found: list[Box]) -> list[tuple[str, str]]:
    """The pairs of texts that lie over one another."""
    return [(one.text, other.text) for one, other in combinations(found, 2) if one.covers(other)]


def outside(root: ElementTree.Element) -> list[str]:
    """The texts that the edge of the picture cuts."""
    wide, high = float(root.get("width", "0")), float(root.get("height", "0"))
    return [
        box.text
        for box in boxes(root)
        if box.left < 0 or box.top < 0 or box.right > wide or box.bottom > high
    ]
