"""Things in columns and the lines between them, so that few lines cross and no label is covered.

Layers are the columns of nodes (even numbers) and the gaps between them (odd). A line takes a
place of its own in every layer that it passes, and one of these places, in a gap, is large
enough for its label. As all places of a layer stand apart, nothing can lie over anything else.
Under the columns are lanes: their items are laid out alike, in bands of their own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

THREAD = 10.0
"""Height of the place of a line that passes."""

CORRIDOR = 22.0
"""At either side of the labels of a gap, where lines bend."""

_PASSING = 2
"""How many neighbours a place on a line has."""

_SWEEPS = 24
_ROUNDS = 40
_STRAIGHTENINGS = 3
_LANE_GAP = 44.0
_BARE = 12.0


@dataclass(eq=False, slots=True)
class Item:
    """What takes a place in a layer: a node, a label, or a line that passes.

    `x` and `y` are its centre. `height` includes the space around it. `lane` 0 are the
    columns themselves.
    """

    layer: int
    lane: int = 0
    width: float = 0.0
    height: float = THREAD
    x: float = 0.0
    y: float = 0.0
    near: list[tuple[Item, float]] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Line:
    """A line between two nodes: its places from the left end to the right one.

    Between two nodes of one layer it goes out to its label in the gap at the right and back.
    """

    items: list[Item]
    label: Item

    @property
    def is_bow(self) -> bool:
        """Whether both ends stand in one column."""
        return self.items[0].layer == self.items[-1].layer


@dataclass(frozen=True, slots=True)
class Band:
    """Where a layer or a lane begins and ends."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is: all lengths from 0 at the upper left of the columns."""

    lines: list[Line]
    layers: dict[int, Band]
    lanes: dict[int, Band]
    width: float
    height: float


def lay_out(nodes: Sequence[Item], links: Iterable[tuple[Item, Item, float, float]]) -> Layout:
    """Give all nodes their places; a link is its two ends and the size of its label.

    Of nodes that could stand anywhere the first of `nodes` stands highest.
    """
    lines, threads = _thread(nodes, list(links))
    layers: dict[int, list[Item]] = defaultdict(list)
    for item in (*nodes, *threads):
        layers[item.layer].append(item)
    ordered = [layers[number] for number in sorted(layers)]
    for layer in ordered:
        layer.sort(key=lambda item: item.lane)
    _order(ordered)
    bands = _settle(ordered)
    columns = _columns(layers)
    for number, band in columns.items():
        for item in layers[number]:
            item.x = (band.start + band.end) / 2
    for line in lines:
        if line.is_bow:  # beside the bow, which must not run over the labels of its gap
            line.label.x = columns[line.label.layer].start + CORRIDOR + line.label.width / 2
    wide = max((band.end for band in columns.values()), default=0.0)
    high = max((band.end for band in bands.values()), default=0.0)
    return Layout(lines, columns, bands, wide, high)


Links = list[tuple[Item, Item, float, float]]


def _thread(nodes: Sequence[Item], links: Links) -> tuple[list[Line], list[Item]]:
    """Give every line its places on the way, and one of them its label."""
    degree: dict[Item, int] = defaultdict(int)
    place = {node: at for at, node in enumerate(nodes)}
    lines: list[Line] = []
    for one, other, _, _ in links:
        degree[one] += 1
        degree[other] += 1
        left, right = sorted((one, other), key=lambda item: (item.layer, place[item]))
        between = range(left.layer + 1, max(right.layer, left.layer + 2))
        passing = [Item(layer, max(left.lane, right.lane)) for layer in between]
        lines.append(Line([left, *passing, right], passing[0]))
    _place_labels(lines, links, degree)
    for line in lines:
        for item, following in pairwise(line.items):
            pull = 1.0 if item in place or following in place else 4.0
            item.near.append((following, pull))
            following.near.append((item, pull))
    return lines, [item for line in lines for item in line.items[1:-1]]


def _place_labels(lines: list[Line], links: Links, degree: dict[Item, int]) -> None:
    """Put each label where no gap grows for it, else where few are, near the quieter end."""
    room: dict[int, float] = defaultdict(float)
    crowd: dict[int, int] = defaultdict(int)
    for at in sorted(range(len(lines)), key=lambda at: len(lines[at].items)):
        line, (_, _, wide, high) = lines[at], links[at]
        gaps = [item for item in line.items[1:-1] if item.layer % 2]
        if degree[line.items[0]] >= degree[line.items[-1]]:
            gaps.reverse()
        line.label = min(
            gaps, key=lambda gap: (max(0.0, wide - room[gap.layer]), crowd[gap.layer] // 4)
        )
        line.label.width, line.label.height = wide, high
        room[line.label.layer] = max(room[line.label.layer], wide)
        crowd[line.label.layer] += 1


def _order(layers: list[list[Item]]) -> None:
    """Sort every layer by where its neighbours stand, to and fro; keep what crosses least."""
    best = [list(layer) for layer in layers]
    fewest = _crossings(layers)
    for sweep in range(_SWEEPS):
        there = (
            list(range(1, len(layers))) if sweep % 2 == 0 else list(range(len(layers) - 2, -1, -1))
        )
        side = -1 if sweep % 2 == 0 else 1
        for at in there:
            _sort_by(layers[at], layers[at + side])
        _swap(layers)
        count = _crossings(layers)
        if count < fewest:
            fewest, best = count, [list(layer) for layer in layers]
    for layer, kept in zip(layers, best, strict=True):
        layer[:] = kept


def _sort_by(layer: list[Item], fixed: list[Item]) -> None:
    place = {item: at / max(1, len(fixed) - 1) for at, item in enumerate(fixed)}
    wish: dict[Item, float] = {}
    for at, item in enumerate(layer):
        seen = [place[other] for other, _ in item.near if other in place]
        wish[item] = sum(seen) / len(seen) if seen else at / max(1, len(layer) - 1)
    layer.sort(key=lambda item: (item.lane, wish[item]))


def _swap(layers: list[list[Item]]) -> None:
    """Exchange neighbours of one lane wherever that takes a crossing away."""
    place = {item: at for layer in layers for at, item in enumerate(layer)}
    for layer in layers:
        for at in range(len(layer) - 1):
            upper, lower = layer[at], layer[at + 1]
            if upper.lane == lower.lane and _pair(upper, lower, place) > _pair(lower, upper, place):
                layer[at], layer[at + 1] = lower, upper
                place[upper], place[lower] = at + 1, at


def _pair(upper: Item, lower: Item, place: dict[Item, int]) -> int:
    """Crossings of the lines of two items of a layer when `upper` stands above `lower`."""
    return sum(
        place[one] > place[other]
        for one, _ in upper.near
        for other, _ in lower.near
        if one.layer == other.layer
    )


def _crossings(layers: list[list[Item]]) -> int:
    place = {item: at for layer in layers for at, item in enumerate(layer)}
    total = 0
    for left, right in pairwise(layers):
        inside = set(right)
        ends: list[int] = []
        for item in left:
            ends += sorted(place[other] for other, _ in item.near if other in inside)
        total += sum(end > later for at, end in enumerate(ends) for later in ends[at + 1 :])
    return total


def _settle(layers: list[list[Item]]) -> dict[int, Band]:
    """Give every item its height, lane by lane, and stack the lanes."""
    bands: dict[int, Band] = {}
    top = 0.0
    for lane in sorted({item.lane for layer in layers for item in layer}):
        rows = [[item for item in layer if item.lane == lane] for layer in layers]
        rows = [row for row in rows if row]
        for row in rows:
            _stack(row)
        for turn in range(_ROUNDS):
            for row in rows if turn % 2 == 0 else reversed(rows):
                _pull(row, lane)
        for _ in range(_STRAIGHTENINGS):
            _straighten(rows)
        first = min(item.y - item.height / 2 for row in rows for item in row)
        top += _LANE_GAP if lane else 0.0
        for row in rows:
            for item in row:
                item.y += top - first
        bottom = max(item.y + item.height / 2 for row in rows for item in row)
        bands[lane] = Band(top, bottom)
        top = bottom
    return bands


def _stack(row: list[Item]) -> None:
    y = -sum(item.height for item in row) / 2
    for item in row:
        item.y = y + item.height / 2
        y += item.height


def _pull(row: list[Item], lane: int) -> None:
    """Move a layer's items towards what they are tied to, none over another."""
    wishes, weights = [], []
    for item in row:
        tied = [(other.y, pull) for other, pull in item.near if other.lane == lane]
        total = sum(pull for _, pull in tied)
        wishes.append(sum(y * pull for y, pull in tied) / total if total else item.y)
        weights.append(total or 0.1)
    for item, y in zip(row, spread([i.height for i in row], wishes, weights), strict=True):
        item.y = y


def _straighten(rows: list[list[Item]]) -> None:
    """Set what passes level with what it comes from as far as its neighbours leave room."""
    above: dict[Item, Item] = {}
    below: dict[Item, Item] = {}
    for row in rows:
        for upper, lower in pairwise(row):
            above[lower], below[upper] = upper, lower

    def free(item: Item) -> tuple[float, float]:
        over, under = above.get(item), below.get(item)
        low = over.y + (over.height + item.height) / 2 if over else -math.inf
        high = under.y - (under.height + item.height) / 2 if under else math.inf
        return low, high

    done: set[Item] = set()
    for row in rows:
        for item in row:
            if item not in done and len(item.near) == _PASSING:
                done.update(_level(item, free, done))


def _level(start: Item, free: Callable[[Item], tuple[float, float]], done: set[Item]) -> list[Item]:
    """Level a line from `start` on for as long as one height suits all of its places."""
    run = [start]
    low, high = free(start)
    while True:
        ahead = [o for o, _ in run[-1].near if o.layer == run[-1].layer + 1 and o not in done]
        if len(ahead) != 1 or len(ahead[0].near) != _PASSING or ahead[0].lane != start.lane:
            break
        least, most = free(ahead[0])
        if max(low, least) > min(high, most):
            break
        low, high = max(low, least), min(high, most)
        run.append(ahead[0])
    mean = sum(item.y for item in run) / len(run)
    for item in run:
        item.y = min(max(mean, low), high) if low <= high else item.y
    return run


def spread(sizes: list[float], wanted: list[float], weights: list[float]) -> list[float]:
    """Centres nearest to `wanted` for things of these sizes in this order, none over another."""
    offsets = [0.0]
    for one, other in pairwise(sizes):
        offsets.append(offsets[-1] + (one + other) / 2)
    blocks: list[tuple[float, float, int]] = []  # mean, weight, how many: pooled while not rising
    for want, offset, weight in zip(wanted, offsets, weights, strict=False):
        mean, total, count = want - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            last, heavy, many = blocks.pop()
            mean = (last * heavy + mean * total) / (heavy + total)
            total += heavy
            count += many
        blocks.append((mean, total, count))
    means = [mean for mean, _, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=False)]


def _columns(layers: dict[int, list[Item]]) -> dict[int, Band]:
    found: dict[int, Band] = {}
    x = 0.0
    for number in range(min(layers, default=0), max(layers, default=-1) + 1):
        widest = max((item.width for item in layers.get(number, ())), default=0.0)
        if number % 2:
            widest += 2 * (CORRIDOR if widest else _BARE)
        found[number] = Band(x, x + widest)
        x += widest
    return found
