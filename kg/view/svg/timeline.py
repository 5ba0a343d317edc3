"""Operations, arrests and judgments along time, in three strips beside one another.

A dot stands at the date that the text gives for the event; where it gives none, a hollow dot at
the day on which the article came out. A year is as high as the words of its events need, so that
they stand beside their dots and within their year; only those of one day fan out around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import Relation
from kg.view.markup import Markup, element, escaped
from kg.view.svg.ink import (
    HEAD,
    INK,
    MARGIN,
    SOFT,
    Sheet,
    elide,
    glyph,
    mix,
    rule,
    wrap,
    write,
)  # fmt: skip
from kg.view.svg.layers import spread
from kg.view.svg.legend import MODES
from kg.view.text import Wording

TOP = 45
"""How many events the picture shows."""

STRIPS = (
    (("INVESTIGATES", "DISMANTLES", "SEIZES"), "Case"),
    (("ARRESTS",), "Agency"),
    (("SENTENCED_BY", "CONVICTED_OF"), "Offence"),
)
"""The edge types of each strip, and the node type that gives it its colour and shape."""

_YEARS = 52.0
_STRIP, _GAP = 330.0, 24.0
_TEXT = 11.5
_LINE, _DATE, _BETWEEN = 15.0, 12.0, 13.0
_YEAR = 30.0
_LEADER = 26.0
_TOP = 46.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that an agency or court did, on one day, month or year.

    `when` is ISO at the precision that is known; `is_told` is whether the text itself gives it.
    """

    strip: int
    when: str
    is_told: bool
    text: str
    relations: tuple[Relation, ...]

    @property
    def position(self) -> float:
        """When in years, the middle of what `when` may mean."""
        parts = [int(part) for part in self.when.split("-")]
        year = parts[0]
        month = parts[1] if len(parts) > 1 else 7
        day = parts[2] if len(parts) > 2 else 15 if len(parts) > 1 else 1
        first = date(year, 1, 1).toordinal()
        return year + (date(year, month, day).toordinal() - first) / 366


def events_of(wording: Wording) -> list[Event]:
    """All dated events of the graph, by strip and time; what one agency did at once is one."""
    strips = {name: at for at, (names, _) in enumerate(STRIPS) for name in names}
    groups: dict[tuple[int, str, bool, str, str], list[Relation]] = defaultdict(list)
    for relation in wording.lookup.graph.relations:
        if relation.type in strips:
            when, is_told = _when(relation, wording)
            if when:
                doer = relation.object if relation.type == "SENTENCED_BY" else relation.subject
                groups[strips[relation.type], when, is_told, relation.type, doer].append(relation)
    events = [
        Event(strip, when, is_told, _said(found, wording), tuple(found))
        for (strip, when, is_told, _, _), found in groups.items()
    ]
    return sorted(events, key=lambda one: (one.strip, one.position, one.when, one.text))


def _when(relation: Relation, wording: Wording) -> tuple[str, bool]:
    for evidence in relation.evidence:
        told = evidence.attrs.get("time_value", "").partition("/")[0]
        if _is_date(told):
            return told, True
    documents = [wording.lookup.documents.get(one.document) for one in relation.evidence]
    days = sorted(one.published for one in documents if one and _is_date(one.published))
    return (days[0], False) if days else ("", False)


def _is_date(text: str) -> bool:
    try:
        parts = [int(part) for part in text.split("-")]
        date(*[*parts, 1, 1][:3])
    except (ValueError, TypeError):
        return False
    return len(parts) <= 3


def _said(relations: Sequence[Relation], wording: Wording) -> str:
    """Who did what to whom, in few words."""
    first = relations[0]
    label = wording.type_label(first.type)
    if first.type == "SENTENCED_BY":
        whom = _listed([wording.name(one.subject) for one in relations], wording)
        penalty = first.attrs.get("penalty", "").partition("；")[0].strip("，")
        said = wording.pick(f"{wording.name(first.object)} 判 {whom}",
                            f"{wording.name(first.object)} sentences {whom}")  # fmt: skip
        return f"{said}{wording.pick('：', ': ')}{penalty}" if penalty else said
    names = []
    for one in relations:
        amount = one.attrs.get("quantity", "").partition("；")[0]
        name = wording.name(one.object)
        names.append(f"{name} {amount}" if amount and amount not in name else name)
    return f"{wording.name(first.subject)} {label} {_listed(names, wording)}"


def _listed(names: Sequence[str], wording: Wording) -> str:
    unique = list(dict.fromkeys(names))
    more = wording.pick(" 等", " and more") if len(unique) > 3 else ""
    return wording.pick("、", ", ").join(unique[:3]) + more


def draw_timeline(wording: Wording, *, top: int = TOP) -> str:
    """The timeline of a graph as SVG, with at most `top` events."""
    every = events_of(wording)
    best = sorted(every, key=lambda one: (not one.is_told, -_sureness(one), one.when, one.text))
    shown = sorted(best[:top], key=lambda one: (one.strip, one.position, one.when, one.text))
    strips = [[one for one in shown if one.strip == at] for at in range(len(STRIPS))]
    first = min((int(one.position) for one in shown), default=2000)
    last = max((int(one.position) + 1 for one in shown), default=2001)
    scale = _scale(strips, first, last)
    wide = 2 * MARGIN + _YEARS + len(STRIPS) * (_STRIP + _GAP)
    body = element(
        "g",
        *_years(scale, wide - 2 * MARGIN),
        *(mark for at, strip in enumerate(strips) for mark in _strip(wording, at, strip, scale)),
        transform=f"translate({MARGIN:g} {HEAD + _TOP:.1f})",
    )
    told = sum(one.is_told for one in shown)
    subtitle = wording.pick(
        f"{len(shown)} 件事（共 {len(every)} 件）；实心：原文给出时间（{told} 件），"
        "空心：报道日期；事多的年份高些",
        f"{len(shown)} of {len(every)} events; filled: dated by the text ({told}), "
        "hollow: the day of the article; years with many events are higher",
    )
    title = wording.pick("行动与判决", "Operations and judgments")
    return Sheet(title, subtitle, wide, HEAD + _TOP + scale.high + MARGIN).svg(body)


def _sureness(event: Event) -> float:
    return max(one.confidence * one.origins for one in event.relations)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where each year begins down the paper, and where each moment of an event stands."""

    years: dict[int, float]
    moments: dict[float, float]

    @property
    def high(self) -> float:
        """Where the last year ends."""
        return max(self.years.values())


def _scale(strips: Sequence[Sequence[Event]], first: int, last: int) -> _Scale:
    """Moments from `first` to `last` in their order, as near as the words beside them allow."""
    needs: list[dict[float, float]] = []
    for strip in strips:
        need: dict[float, float] = defaultdict(float)
        for event in strip:
            need[event.position] += _room(event)
        needs.append(need)
    scale = _Scale({}, {})
    y, before = 0.0, float(first)
    free = [0.0] * len(strips)  # where the words of each strip end
    years = {(float(year), False) for year in range(first, last + 1)}
    for moment, is_event in sorted(years | {(one, True) for need in needs for one in need}):
        half = [need.get(moment, 0.0) / 2 if is_event else 0.0 for need in needs]
        met = [end + part for end, part in zip(free, half, strict=True) if part or not is_event]
        y = max(y + (moment - before) * _YEAR, *met)
        before = moment
        if is_event:
            scale.moments[moment] = y
            free = [y + part if part else end for end, part in zip(free, half, strict=True)]
        else:
            scale.years[int(moment)] = y
            free = [y] * len(strips)
    return scale


def _room(event: Event) -> float:
    """The height that the words of an event take."""
    return _DATE + len(_lines(event)) * _LINE + _BETWEEN


def _lines(event: Event) -> list[str]:
    return wrap(event.text, _TEXT, _STRIP - _LEADER - 22, 2)


def _places(strip: Sequence[Event], scale: _Scale) -> list[float]:
    wanted = [scale.moments[one.position] for one in strip]
    return spread([_room(one) for one in strip], wanted, [1.0] * len(strip)) if strip else []


def _years(scale: _Scale, wide: float) -> Iterator[Markup]:
    for year, y in scale.years.items():
        yield rule(_YEARS - 8, y, wide, y)
        yield write(0, y + 4, str(year), 11.5, fill=SOFT, bold=True)


def _strip(wording: Wording, at: int, strip: Sequence[Event], scale: _Scale) -> Iterator[Markup]:
    names, kind = STRIPS[at]
    node = wording.schema.nodes.get(kind)
    colour, shape = (node.colour, node.shape) if node else (SOFT, "ellipse")
    left = _YEARS + at * (_STRIP + _GAP)
    heading = " · ".join(wording.type_label(name) for name in names)
    yield write(left + 8, -18, heading, 12, bold=True, fill=mix(colour, 0.65, INK))
    yield element("path", d=f"M{left + 14:.1f} 0V{scale.high:.1f}",
                  stroke=mix(colour, 0.35), stroke_width=2, fill="none")  # fmt: skip
    for event, y in zip(strip, _places(strip, scale), strict=True):
        yield _mark(wording, event, left + 14, scale.moments[event.position], y, (colour, shape))


def _mark(
    wording: Wording, event: Event, x: float, true_y: float, y: float, look: tuple[str, str]
) -> Markup:
    colour, shape = look
    room = _STRIP - _LEADER - 22
    lines = _lines(event)
    mode = event.relations[0].modality
    when = event.when if event.is_told else wording.pick(f"报道 {event.when}", f"told {event.when}")
    date_line = " ".join(part for part in (when, wording.mark(event.relations[0])) if part)
    block = _DATE + len(lines) * _LINE
    first = y - block / 2 + 10
    quotes = "\n".join(one.evidence[0].quote for one in event.relations)
    bend = (
        f"M{x:.1f} {true_y:.1f}"
        f"C{x + 14:.1f} {true_y:.1f} {x + 8:.1f} {y:.1f} {x + _LEADER - 4:.1f} {y:.1f}"
    )
    return element(
        "g",
        element("title", escaped(f"{event.text}\n{quotes}")),
        element("path", d=bend, stroke=mix(colour, 0.5), fill="none",
                stroke_dasharray=MODES[mode][0]),
        glyph(shape, x, true_y, 4.6, colour, hollow=not event.is_told),
        write(x + _LEADER, first, elide(date_line, 10.5, room), 10.5, fill=SOFT, halo=True),
        *(
            write(x + _LEADER, first + 14 + number * _LINE, line, _TEXT, fill=INK, halo=True)
            for number, line in enumerate(lines)
        ),
    )  # fmt: skip
