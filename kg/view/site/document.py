"""The page of a document: its text, and beside each paragraph what was read from it.

Every sentence that is evidence is marked and numbered like its facts; every mention links to
its entity. Links lead from a fact to its sentence and back; the script lights up both ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Document, Entity, Evidence, Modality, Place, Relation
from kg.view.html import EMPTY, tag, text_tag
from kg.view.markup import Markup, escaped, joined
from kg.view.plural import counted
from kg.view.site.facts import line, original_of, standing
from kg.view.site.frame import Frame, page_of, part, safe_name
from kg.view.site.marks import Mark, marked, mention, sentence


@dataclass(frozen=True, slots=True)
class Contents:
    """What a graph has from one document."""

    places: list[tuple[Place, Entity]]
    facts: list[tuple[Evidence, Relation]]


def document_page(frame: Frame, document: Document, contents: Contents) -> str:
    """The whole page; `document` has its text."""
    facts = sorted(
        contents.facts,
        key=lambda fact: (fact[0].start, fact[0].end, frame.words.place(fact[1].type), fact[1].id),
    )
    numbers = _numbers(facts)
    marks = [sentence(*span, _note(first, last)) for span, (first, last) in sorted(numbers.items())]
    marks += [_mention(frame, place, entity) for place, entity in contents.places]
    lines = [
        _fact(frame, number, evidence, relation)
        for number, (evidence, relation) in enumerate(facts, 1)
    ]
    starts = [evidence.start for evidence, _ in facts]
    blocks = list(_blocks(document))
    rows = []
    for (start, end, heading), here in zip(blocks, _by_block(marks, blocks), strict=True):
        beside = lines[bisect_left(starts, start) : bisect_left(starts, end)]
        rows.append(_row(document.text, start, end, heading, here, beside))
    title = document.title or document.id
    about = tag("p", _about(frame, document, len(facts)), class_="about")
    # the text starts with the title where there is one
    head, body = (rows[:1], rows[1:]) if document.title else ([text_tag("h1", title)], rows)
    return frame.page(
        title,
        tag("article", *head, about, *body),
        script=part("document.js"),
    )


def _numbers(facts: Sequence[tuple[Evidence, Relation]]) -> dict[tuple[int, int], tuple[int, int]]:
    """The first and last number of the facts of each sentence."""
    numbers: dict[tuple[int, int], tuple[int, int]] = {}
    for number, (evidence, _) in enumerate(facts, 1):
        span = evidence.start, evidence.end
        numbers[span] = numbers.get(span, (number, 0))[0], number
    return numbers


def _note(first: int, last: int) -> Markup:
    shown = str(first) if first == last else f"{first}–{last}"
    return tag("sup", text_tag("a", shown, href=f"#f{first}"))


def _mention(frame: Frame, place: Place, entity: Entity) -> Mark:
    label = frame.words.type_label(entity.type)
    return mention(
        place.start,
        place.end,
        href=frame.root + page_of("entity", entity.id),
        entity=safe_name(entity.id),
        kind=safe_name(entity.type),
        title=label if entity.name == place.text else f"{label} {entity.name}"[:80],
    )


def _blocks(document: Document) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line of the text that is not blank, and whether it is a heading."""
    headings = {one.start for one in document.sentences if one.heading}
    starts = sorted(one.start for one in document.sentences)
    at = 0
    for block in document.text.split("\n"):
        end = at + len(block)
        if block.strip():
            first = bisect_left(starts, at)
            begun = first < len(starts) and starts[first] < end
            yield at, end, begun and starts[first] in headings
        at = end + 1


def _by_block(marks: Iterable[Mark], blocks: Sequence[tuple[int, int, bool]]) -> list[list[Mark]]:
    """The marks that reach into each block."""
    starts, ends = [start for start, _, _ in blocks], [end for _, end, _ in blocks]
    found: list[list[Mark]] = [[] for _ in blocks]
    for mark in marks:
        for here in found[bisect_right(ends, mark.start) : bisect_left(starts, mark.end)]:
            here.append(mark)
    return found


def _row(
    text: str, start: int, end: int, heading: bool, here: Sequence[Mark], beside: Sequence[Markup]
) -> Markup:
    element = ("h1" if start == 0 else "h2") if heading else "p"
    side = tag("ol", *beside, class_="facts") if beside else EMPTY
    return tag("div", tag(element, marked(text, start, end, here)), side, class_="row")


def _fact(frame: Frame, number: int, evidence: Evidence, relation: Relation) -> Markup:
    said = replace(relation, attrs=evidence.attrs)
    span = f"{evidence.start}-{evidence.end}"
    said_by = frame.words.source(evidence)
    who = text_tag("span", said_by, class_="soft small") if said_by else EMPTY
    ends = f"{safe_name(relation.subject)} {safe_name(relation.object)}"
    return tag(
        "li",
        text_tag("a", str(number), class_="number", href=f"#s{span}"),
        tag("span", joined(line(frame, said), who, standing(frame, relation), by=" ")),
        class_="denied" if relation.modality is Modality.NEGATED else None,
        id=f"f{number}",
        data_s=span,
        data_ends=ends,
    )


def _about(frame: Frame, document: Document, facts: int) -> Markup:
    pick = frame.words.pick
    count = pick(f"{facts} 条事实", counted(facts, "fact"))
    kept = pick("保留个人标识：", "identifiers kept: ") + document.purpose
    about = [document.outlet, document.author, document.published,
             kept if document.purpose else "", count]  # fmt: skip
    parts = [escaped(part) for part in about if part]
    return joined(*filter(None, [*parts, original_of(frame, document)]), by=" · ")
