"""Which police 警方, 公安机关 and 民警 are, which procuratorate 公诉机关 and which court 法院 is:
the one that the text has named."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.model import Document, Level, Mention, Way, mention_rule
from kg.schema import Schema

_AGENCY = "Agency"
_COLONS = ("：", ":", " ")
_LEAD = 160
"""Characters within which a report begins to say whose case it is."""


def named_units(
    document: Document, mentions: Sequence[Mention], schema: Schema
) -> tuple[Mention, ...]:
    """`mentions`, where 警方, 公诉机关 or 法院 alone have the name of the one meant."""
    named = _police(document, mentions, schema)
    named = tuple(_called(document, named, "prosecution", "procuratorate", schema))
    if _tells_many_cases(document, schema):
        return named
    return tuple(_called(document, named, "court-unnamed", "court", schema, reach=1))


def _called(
    document: Document, mentions: Sequence[Mention], unnamed: str, office: str, schema: Schema,
    reach: int | None = None,
) -> Iterator[Mention]:  # fmt: skip
    """The `mentions`, with those that only say what kind of office it is (公诉机关) under the name
    of the one that the text last called so (公诉机关：江州市人民检察院), else of the only one that
    it has named. `unnamed`, `office` and the latter with -any are classes of words.
    With a `reach` it is named at most so many paragraphs before: farther on another case may be
    told, of another court."""
    paragraph = _Paragraphs(document)
    forms = frozenset(schema.words.get(unnamed, ()))
    kinds, anywhere = (tuple(schema.words.get(name, ())) for name in (office, f"{office}-any"))
    named = [m for m in mentions if m.type == _AGENCY and m.level is Level.INSTANCE
             and m.name not in forms and any(kind in m.name for kind in kinds)
             and not m.name.startswith(anywhere)]  # fmt: skip
    starts = {unit.start: unit for unit in named}
    called: Mention | None = None
    for mention in mentions:
        if mention.type != _AGENCY or mention.text not in forms:
            yield mention
            continue
        behind = mention.end
        while document.text.startswith(_COLONS, behind):
            behind += 1
        called = starts.get(behind, called)
        before = {unit.name: unit for unit in named if unit.end <= mention.start}
        unit = called or (next(iter(before.values())) if len(before) == 1 else None)
        if unit and reach is not None and paragraph.of(mention) - paragraph.of(unit) > reach:
            unit = None
        yield _as(mention, unit) if unit else mention


def _police(document: Document, mentions: Sequence[Mention], schema: Schema) -> tuple[Mention, ...]:
    """Those that only say 警方 under the name of the unit that is meant: the only one that the
    paragraph has named before, else the one whose case the report is. 公安机关, which is as often
    the institution, has only the former."""
    words = _words(schema)
    units = [m for m in mentions if _is_unit(m, words)]
    if not units:
        return tuple(mentions)
    paragraph = _Paragraphs(document)
    named: dict[int, list[Mention]] = defaultdict(list)
    for unit in units:
        named[paragraph.of(unit)].append(unit)
    own = _own(document, units, schema)
    found = []
    for mention in mentions:
        office = mention.text in words.offices
        if mention.type == _AGENCY and (office or mention.text in words.forms):
            here = named[paragraph.of(mention)]
            near = {unit.name: unit for unit in here if _can_mean(mention, unit, words)}
            meant = own if own and not office and _can_mean(mention, own, words) else None
            if len(near) == 1:
                (meant,) = near.values()
            if meant and not _is_any(document.text, mention, words):
                mention = _as(mention, meant)
        found.append(mention)
    return tuple(found)


class _Words(NamedTuple):
    """The police by no name, what the names of their units hold, what those of police elsewhere
    do, what stands before any police, and before those whom a text tells its readers to turn to."""

    forms: frozenset[str]
    offices: frozenset[str]
    units: tuple[str, ...]
    abroad: tuple[str, ...]
    anywhere: tuple[str, ...]
    turned_to: tuple[str, ...]


def _words(schema: Schema) -> _Words:
    forms, offices = (frozenset(schema.words.get(name, ())) for name in ("police", "police-office"))
    units, abroad, anywhere, turned_to = (
        tuple(schema.words.get(name, ()))
        for name in ("police-unit", "police-abroad", "police-any", "police-turned-to")
    )
    return _Words(forms, offices, units, abroad, anywhere, turned_to)


def _is_unit(mention: Mention, words: _Words) -> bool:
    """Whether a mention names police that are told from others."""
    return (
        mention.type == _AGENCY
        and mention.level is Level.INSTANCE
        and mention.name not in words.forms | words.offices
        and any(word in mention.name for word in words.units)
        and not mention.name.startswith(words.anywhere)
    )


def _can_mean(mention: Mention, unit: Mention, words: _Words) -> bool:
    """Whether a word for the police can mean a unit that stands before it: police elsewhere only
    where it ends their own name (泰国警方, 警方)."""
    if unit.end > mention.start:
        return False
    abroad = any(word in unit.name for word in words.abroad)
    return not abroad or unit.name.endswith(mention.text)


def _is_any(text: str, mention: Mention, words: _Words) -> bool:
    """Whether what stands before the police makes them any: 属地公安机关, 向警方举报."""
    return text.endswith(words.anywhere + words.turned_to, 0, mention.start)


def _lead(document: Document) -> int:
    """Where the beginning of a report ends."""
    return max((s.end for s in document.sentences if s.start < _LEAD), default=0)


def _tells_many_cases(document: Document, schema: Schema) -> bool:
    """Whether the beginning announces a collection of cases."""
    beginning = document.text[: _lead(document)]
    return any(word in beginning for word in schema.words.get("case-collection", ()))


def _own(document: Document, units: Sequence[Mention], schema: Schema) -> Mention | None:
    """The unit whose case the report is: of those that its beginning names, the one that it names
    most often. A collection of cases is of none."""
    if _tells_many_cases(document, schema):
        return None
    lead = _lead(document)
    counts = Counter(unit.name for unit in units)
    first = [unit for unit in units if unit.end <= lead]
    return max(first, key=lambda unit: (counts[unit.name], -unit.start), default=None)


def _as(mention: Mention, unit: Mention) -> Mention:
    """A mention that stands for another one."""
    return replace(
        mention, name=unit.name, level=unit.level, scoped=unit.scoped,
        rule=mention_rule(_AGENCY, Way.ANAPHOR),
    )  # fmt: skip


class _Paragraphs:
    """In which paragraph of a document a mention stands."""

    def __init__(self, document: Document) -> None:
        self._starts = [sentence.start for sentence in document.sentences]
        self._numbers = [sentence.paragraph for sentence in document.sentences]

    def of(self, mention: Mention) -> int:
        return self._numbers[max(bisect_right(self._starts, mention.start) - 1, 0)]
