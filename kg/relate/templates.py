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
    """Every match in the sentence `text[start:end]`, with acts folded and with them unfolded."""
    seen: set[tuple[int, str, int, str]] = set()
    for with_acts in (False, True):
        coded, order, offsets = _encode(text, start, end, inside, mentions, with_acts)
        if len(order) < 2 or (with_acts and not any(mentions[m].type in ACTS for m in order)):
            continue
        templates, sieve = _templates(schema)
        for number in sieve.possible(coded):
            template, at = templates[number], 0
            regex = _compiled(template.regex)
            while match := regex.search(coded, at):
                subject = order[ord(match["S"]) - _BASE]
                target = order[ord(match["O"]) - _BASE]
                at = match.start() + 1
                if _is_modifier(coded, match):
                    continue
                edge = schema.edges[template.edge]
                key = (subject, template.edge, target, template.rule)
                if key in seen or not (
                    mentions[subject].type in edge.source and mentions[target].type in edge.target
                ):
                    continue
                seen.add(key)
                named = match.groupdict()
                extra = tuple((k, v) for k, v in sorted(named.items()) if k not in "SO" and v)
                yield Found(
                    subject, template.edge, target, template.rule,
                    offsets[match.start()], offsets[match.end() - 1] + 1, template.modality, extra,
                )  # fmt: skip


def _is_modifier(coded: str, match: re.Match[str]) -> bool:
    """Whether the mention that ends the match only describes the next: 运营商 in 运营商的代理商."""
    end = match.end()
    return end in (match.end("S"), match.end("O")) and _OWNER.match(coded, end) is not None


def _encode(
    text: str, start: int, end: int, inside: Sequence[int], mentions: Sequence[Mention],
    with_acts: bool,
) -> tuple[str, list[int], list[int]]:  # fmt: skip
    chosen: list[int] = []
    covered = start
    for index in sorted(inside, key=lambda m: (mentions[m].start, -mentions[m].end)):
        if mentions[index].type in ACTS and not with_acts:
            continue
        if mentions[index].start >= covered:
            chosen.append(index)
            covered = mentions[index].end
    parts: list[str] = []
    offsets: list[int] = []
    at = start
    for code, index in enumerate(chosen):
        mention = mentions[index]
        for offset in range(at, mention.start):
            if text[offset] not in '“”"‘’ ':
                parts.append(text[offset])
                offsets.append(offset)
        parts.append(chr(_BASE + code))
        offsets.append(mention.start)
        at = mention.end
    for offset in range(at, end):
        if text[offset] not in '“”"‘’ ':
            parts.append(text[offset])
            offsets.append(offset)
    return "".join(parts), chosen, offsets


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
