"""Constructs without a verb frame: the templates of schemas/edges over a sentence's mentions.

A sentence is written with one private-use character for each mention, so that a template is an
ordinary regular expression whose {S} and {O} are character classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.model import ACTS, Mention, Modality
from kg.schema import Schema
from kg.sieve import Sieve

_BASE = 0xE000
_RANGE = "\ue000-\uf8ff"
_SKIPPED = '“”"‘’ '
_MARKS = re.compile(f"[{_SKIPPED}{_RANGE}]")
"""What is left out of the code: also what a page prints with a font of its own (icons), since it
would be taken for a mention."""
_OWNER = re.compile(f"的[{_RANGE}]")


@dataclass(frozen=True, slots=True)
class Found:
    """A template's match: its ends as positions of mentions, the span in the text."""

    subject: int
    type: str
    object: int
    rule: str
    start: int
    end: int
    modality: Modality | None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Template:
    edge: str
    rule: str
    regex: str
    modality: Modality | None


def match_templates(
    text: str, start: int, end: int, inside: Sequence[int], mentions: Sequence[Mention],
    schema: Schema,
) -> Iterator[Found]:  # fmt: skip
    """Every match in the sentence `text[start:end]`, with acts folded and with them unfolded.

    Of the mentions `inside`, in text order, one that holds others that begin with it comes first.
    """
    seen: set[tuple[int, str, int, str]] = set()
    plain = [m for m in inside if mentions[m].type not in ACTS]
    for some in (plain, inside) if len(plain) < len(inside) else (plain,):
        order = _outer(some, mentions)
        if len(order) < 2:
            continue
        coded = _encode(text, start, end, order, mentions)
        offsets: list[int] = []
        for template, match in _matches(coded, frozenset(mentions[m].type for m in order), schema):
            subject, target = order[ord(match["S"]) - _BASE], order[ord(match["O"]) - _BASE]
            edge = schema.edges[template.edge]
            key = (subject, template.edge, target, template.rule)
            if key in seen or not (
                mentions[subject].type in edge.source and mentions[target].type in edge.target
            ):
                continue
            seen.add(key)
            offsets = offsets or _offsets(text, start, end, order, mentions)
            named = match.groupdict()
            extra = tuple((k, v) for k, v in sorted(named.items()) if k not in "SO" and v)
            yield Found(
                subject, template.edge, target, template.rule,
                offsets[match.start()], offsets[match.end() - 1] + 1, template.modality, extra,
            )  # fmt: skip


def _matches(
    coded: str, types: frozenset[str], schema: Schema
) -> Iterator[tuple[_Template, re.Match[str]]]:
    """Every match of a template, overlapping ones too, in a sentence with mentions of `types`."""
    templates, sieve = _templates(schema)
    edges = _between(types, schema)
    for number in sieve.possible(coded):
        template, at = templates[number], 0
        if template.edge not in edges:
            continue
        regex = _compiled(template.regex)
        while match := regex.search(coded, at):
            at = match.start() + 1
            if not _is_modifier(coded, match):
                yield template, match


@lru_cache(maxsize=1024)
def _between(types: frozenset[str], schema: Schema) -> frozenset[str]:
    """The edges that can join two of `types` at all."""
    return frozenset(
        edge.name for edge in schema.edges.values() if edge.source & types and edge.target & types
    )


def _is_modifier(coded: str, match: re.Match[str]) -> bool:
    """Whether the mention that ends the match only describes the next: 运营商 in 运营商的代理商."""
    end = match.end()
    return end in (match.end("S"), match.end("O")) and _OWNER.match(coded, end) is not None


def _outer(inside: Sequence[int], mentions: Sequence[Mention]) -> list[int]:
    """The mentions that begin in no other one before them."""
    outer: list[int] = []
    covered = -1
    for index in inside:
        if mentions[index].start >= covered:
            outer.append(index)
            covered = mentions[index].end
    return outer


def _encode(
    text: str, start: int, end: int, order: Sequence[int], mentions: Sequence[Mention]
) -> str:
    """The sentence without quotation marks, each mention of `order` one character."""
    parts: list[str] = []
    at = start
    for code, index in enumerate(order):
        parts.append(_MARKS.sub("", text[at : mentions[index].start]))
        parts.append(chr(_BASE + code))
        at = mentions[index].end
    parts.append(_MARKS.sub("", text[at:end]))
    return "".join(parts)


def _offsets(
    text: str, start: int, end: int, order: Sequence[int], mentions: Sequence[Mention]
) -> list[int]:
    """Where each character of the coded sentence stands in the text."""
    offsets: list[int] = []
    at = start
    for index in order:
        offsets += [o for o in range(at, mentions[index].start) if not _MARKS.match(text[o])]
        offsets.append(mentions[index].start)
        at = mentions[index].end
    return offsets + [o for o in range(at, end) if not _MARKS.match(text[o])]


@lru_cache(maxsize=4)
def _templates(schema: Schema) -> tuple[tuple[_Template, ...], Sieve]:
    templates = tuple(
        _Template(
            edge.name,
            f"edges/{edge.name}.yaml#{template.id}",
            # A gap that forbids some marks may not leap over other mentions either.
            template.pattern.replace("[^", f"[^{_RANGE}")
            .replace("{S}", f"(?P<S>[{_RANGE}])")
            .replace("{O}", f"(?P<O>[{_RANGE}])"),
            template.modality,
        )
        for edge in schema.edges.values()
        for template in edge.templates
    )
    return templates, Sieve([template.regex for template in templates])


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)
