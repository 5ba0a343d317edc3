"""Mentions by the regular expressions of schemas/nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kg.annotate.terms import printed_name
from kg.model import Mention, mention_rule
from kg.schema import NodeType, Pattern, Schema
from kg.sieve import Sieve
from kg.text import Word

_LONG = 8
"""A match of this length that begins inside a word (职某某公司 in 入职某某公司) begins late."""


def find_patterns(text: str, words: Sequence[Word], schema: Schema) -> Iterator[Mention]:
    """Every match of every pattern in a line; a group `name`, where there is one, is the
    mention."""
    starts = {word.start for word in words}
    patterns, sieve = _sifted(schema)
    for at, lines in sieve.lines(text):
        node, pattern = patterns[at]
        regex = _compiled(pattern.regex)
        named = "name" in regex.groupindex
        for match in (match for line in lines for match in regex.finditer(text, *line)):
            start, end = match.span("name") if named else match.span()
            if end - start >= _LONG and pattern.name is None:
                start = next((at for at in range(start, start + 3) if at in starts), start)
            while start < end and (text[start].isspace() or text[start] == "的"):
                start += 1  # ”的合同诈骗 is a 合同诈骗
            while end > start and text[end - 1].isspace():
                end -= 1
            if start >= end:
                continue
            printed = text[start:end]
            name = _fill(pattern.name, match) if pattern.name else printed_name(printed, schema)
            yield Mention(
                start,
                end,
                printed,
                node.name,
                name,
                pattern.level,
                mention_rule(node.name, pattern.id),
                pattern.scoped,
            )


def _fill(template: str, match: re.Match[str]) -> str:
    return template.format(match.group(), **{k: v or "" for k, v in match.groupdict().items()})


@lru_cache(maxsize=4)
def _sifted(schema: Schema) -> tuple[tuple[tuple[NodeType, Pattern], ...], Sieve]:
    patterns = tuple((node, one) for node in schema.nodes.values() for one in node.patterns)
    return patterns, Sieve([pattern.regex for _, pattern in patterns])


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex, re.MULTILINE)
