"""The claims that the constructs make of a sentence whose mentions are given."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import ACTS, Level, Mention, Sentence
from kg.relate.clauses import parse
from kg.relate.constructs import constructs
from kg.schema import load_schema
from kg.text import words

Claims = set[tuple[str, str, str]]


def mentions_of(text: str, named: Sequence[tuple[str, str]]) -> list[Mention]:
    """A mention for each (printed form, type), at its next place in the text; a form that is
    named twice in a row stands at its second place the second time."""
    found: list[Mention] = []
    at: dict[tuple[str, str], int] = {}
    for form, kind in named:
        printed, _, name = form.partition("=")
        start = text.index(printed, at.get((printed, kind), 0))
        at[printed, kind] = start + len(printed)
        level = Level.TYPE if kind in {"Role", "Good", *ACTS} else Level.INSTANCE
        found.append(
            Mention(start, start + len(printed), printed, kind, name or printed, level, "test#test")
        )
    return sorted(found, key=lambda m: (m.start, -m.end, m.type))


def claims(text: str, *named: tuple[str, str]) -> Claims:
    return {(one, edge, other) for one, edge, other, _ in told(text, *named)}


def told(
    text: str, *named: tuple[str, str]
) -> set[tuple[str, str, str, tuple[tuple[str, str], ...]]]:
    """The claims of the last sentence, given by its line or by 。 before it."""
    mentions = mentions_of(text, named)
    start = max(text.rfind("。", 0, -1), text.rfind("\n")) + 1
    sentence = Sentence(start, len(text), 0)
    inside = [word for word in words(text) if word.start >= start]
    first = sum(m.start < start for m in mentions)
    parsed = parse(0, sentence, inside, mentions, first)
    found = constructs(text, parsed, mentions, load_schema())
    return {(mentions[f.subject].name, f.type, mentions[f.object].name, f.extra) for f in found}


def goods(*names: str) -> list[tuple[str, str]]:
    return [(name, "Good") for name in names]
