"""A Mention for words of a text: the name that the graph shows, by terms and patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.model import FIGURES, Level, Mention
from kg.schema import Pattern, Schema
from kg.text import fold, strip_quotes

_SCOPED = frozenset({"Person"}) | FIGURES
"""Types whose names mean nothing outside their document, unless a pattern says otherwise."""


def named(
    text: str, start: int, end: int, type_: str, level: Level, rule: str, confidence: float,
    schema: Schema,
) -> Mention:  # fmt: skip
    """The mention of a type that stands at `text[start:end]`.

    Its name is that of the term, or of the pattern that finds just these words there, or the
    words without quotation marks; the level of a term or pattern goes before the one given.
    """
    printed = text[start:end]
    name, scoped = strip_quotes(printed), type_ in _SCOPED
    for pattern, regex in _patterns(schema)[type_]:
        found = _at(regex, text, start, end)
        if found:
            if pattern.name:
                groups = {key: value or "" for key, value in found.groupdict().items()}
                name = pattern.name.format(found.group(), **groups)
            level, scoped = pattern.level, pattern.scoped
            break
    term = _terms(schema).get((type_, fold(printed)))
    if term:
        name, level = term
        scoped = False
    return Mention(start, end, printed, type_, name, level, rule, scoped, confidence=confidence)


_AROUND = 40
"""Characters before a mention in which the cue of a pattern may stand."""


def _at(regex: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The match whose mention is just `text[start:end]`."""
    group = "name" if "name" in regex.groupindex else 0
    for found in regex.finditer(text, max(0, start - _AROUND), min(len(text), end + _AROUND)):
        if found.span(group) == (start, end):
            return found
        if found.start() > start:
            break
    return None


@lru_cache(maxsize=4)
def _patterns(schema: Schema) -> dict[str, list[tuple[Pattern, re.Pattern[str]]]]:
    return {
        node.name: [(one, re.compile(one.regex, re.MULTILINE)) for one in node.patterns]
        for node in schema.nodes.values()
    }


@lru_cache(maxsize=4)
def _terms(schema: Schema) -> dict[tuple[str, str], tuple[str, Level]]:
    """Name and level of each term by its type and each of its folded spellings."""
    found: dict[tuple[str, str], tuple[str, Level]] = {}
    for node in schema.nodes.values():
        for term in node.terms:
            for form in (term.name, *term.variants):
                found.setdefault((node.name, fold(form)), (term.name, term.level))
    return found
