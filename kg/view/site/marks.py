"""A text with marks in it: sentences that are evidence, and the mentions inside and outside.

Marks may overlap in any way, elements may only nest: where two cross, the later one is cut
in two pieces.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.view.html import EMPTY, tag, text_tag
from kg.view.markup import Markup, escaped, joined


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A marked span of a text.

    A mention has an `href` (the page of its entity), the `entity` and its `kind` (a class of
    the style sheet); a sentence has none of these, but `note`, which stands behind its end.
    `piece` is whether the mark begins before this span, or is the second mention at its place:
    such a one has no id.
    """

    start: int
    end: int
    href: str = ""
    entity: str = ""
    kind: str = ""
    title: str = ""
    note: Markup = EMPTY
    piece: bool = False
    whole: tuple[int, int] = (0, 0)

    @property
    def is_mention(self) -> bool:
        """Whether it marks a mention, not a sentence."""
        return bool(self.href)


def sentence(start: int, end: int, note: Markup) -> Mark:
    """The mark of a sentence that is evidence."""
    return Mark(start, end, note=note, whole=(start, end))


def mention(start: int, end: int, *, href: str, entity: str, kind: str, title: str) -> Mark:
    """The mark of a mention."""
    return Mark(start, end, href, entity, kind, title, whole=(start, end))


def marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """`text[start:end]` with the marks that reach into it."""
    parts: list[Markup] = []
    at = start
    opened: list[tuple[Mark, list[Markup]]] = []  # a mark, and what was written before it

    def write(to: int) -> None:
        nonlocal at
        if to > at:
            parts.append(_leaf(text[at:to], opened))
            at = to

    def close(until: int) -> None:
        nonlocal parts
        while opened and opened[-1][0].end <= until:
            write(opened[-1][0].end)
            mark, before = opened.pop()
            parts = [*before, _element(mark, parts)]

    for mark in _nested(start, end, marks):
        close(mark.start)
        write(mark.start)
        opened.append((mark, parts))
        parts = []
    close(end)
    write(end)
    return joined(*parts)


def _nested(start: int, end: int, marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks cut so that of any two one holds the other or they are apart; outer first."""
    heap: list[tuple[int, int, bool, Mark]] = []

    def put(mark: Mark) -> None:
        heapq.heappush(heap, (mark.start, -mark.end, mark.is_mention, mark))

    mentioned: set[tuple[int, int]] = set()  # one name may mean two entities: one id for both
    for mark in marks:
        begin, stop = max(mark.start, start), min(mark.end, end)
        if begin < stop:
            piece = begin > mark.whole[0] or (mark.is_mention and mark.whole in mentioned)
            put(replace(mark, start=begin, end=stop, piece=piece))
            if mark.is_mention:
                mentioned.add(mark.whole)
    around: list[int] = []  # ends of the marks that are open
    while heap:
        *_, mark = heapq.heappop(heap)
        while around and around[-1] <= mark.start:
            around.pop()
        if around and mark.end > around[-1]:
            put(replace(mark, start=around[-1], piece=True))
            mark = replace(mark, end=around[-1])
        around.append(mark.end)
        yield mark


def _leaf(text: str, opened: list[tuple[Mark, list[Markup]]]) -> Markup:
    for mark, _ in reversed(opened):
        if mark.is_mention:  # no link inside a link: the innermost mention has the text
            return text_tag("a", text, href=mark.href, title=mark.title)
    return escaped(text)


def _element(mark: Mark, inside: list[Markup]) -> Markup:
    first, last = mark.whole
    name = f"{first}-{last}"
    if mark.is_mention:
        identifier = "" if mark.piece else f"m{name}"
        kind = f"mention t-{mark.kind}"
        return tag("span", *inside, class_=kind, id=identifier, data_e=mark.entity)
    note = mark.note if mark.end == last else EMPTY
    identifier = "" if mark.piece else f"s{name}"
    return tag("span", *inside, note, class_="sentence", id=identifier, data_s=name)
