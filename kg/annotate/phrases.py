"""Mentions that no list can hold: noun phrases by their head word, verb phrases as activities.

A noun phrase that ends in a head word of a type (`suffixes` in schemas/nodes: 开卡团伙) is a
mention of that type. A verb with its object (发布查询广告, 批量注册账号) is an activity. Both
are candidates only: they reach the graph where a relation needs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from kg.annotate.terms import printed_name
from kg.model import Level, Mention, Way, mention_rule
from kg.schema import Schema
from kg.text import Word

GRAMMAR = (Way.HEAD, Way.PHRASE)
"""The ways of what stands on grammar alone: no list or pattern has it."""
_PHRASE_CONFIDENCE = 0.5
_LONGEST = 5
"""Words that a noun phrase may have besides its head, and a verb phrase besides its verb."""
_KEPT = 2**16
"""Words whose head is kept from one text to the next."""

_MODIFIERS = ("n", "a", "b", "vn", "eng", "j", "l", "z", "an", "nz")


def find_phrases(
    text: str, words: Sequence[Word], known: Sequence[Mention], schema: Schema
) -> list[Mention]:
    """Noun phrases and verb phrases of `text`; `known` are the mentions found so far."""
    starts = {mention.start: mention for mention in sorted(known, key=lambda m: m.end)}
    return [*_noun_phrases(text, words, schema), *_verb_phrases(text, words, starts, schema)]


def _noun_phrases(text: str, words: Sequence[Word], schema: Schema) -> Iterator[Mention]:
    heads, pointing = _heads(schema), _class(schema, "phrase-no-modifier")
    for at, word in enumerate(words):
        head = heads[word.text]
        if head is None or _continues(words, at):
            continue
        kind, level = head
        first = at
        while first > 0 and at - first < _LONGEST and _modifies(words, first - 1, pointing):
            first -= 1
        start, end = words[first].start, word.end
        if end - start < 2 or (first == at and len(word.text) < 3):
            continue
        printed = text[start:end]
        yield Mention(
            start, end, printed, kind, printed_name(printed, schema, kind), level,
            mention_rule(kind, Way.HEAD), confidence=_PHRASE_CONFIDENCE,
        )  # fmt: skip


def _continues(words: Sequence[Word], at: int) -> bool:
    """Whether the noun after `at` makes it a modifier: 银行 in 银行职员."""
    if at + 1 == len(words) or words[at + 1].start != words[at].end:
        return False
    return words[at + 1].tag[:1] == "n" and len(words[at + 1].text) > 1


def _modifies(words: Sequence[Word], at: int, pointing: frozenset[str]) -> bool:
    word, right = words[at], words[at + 1]
    if word.end != right.start or word.text in pointing or len(word.text) < 2:
        return False
    return word.tag.startswith(_MODIFIERS) and word.tag not in {"nr", "ad"}


def _verb_phrases(
    text: str, words: Sequence[Word], starts: dict[int, Mention], schema: Schema
) -> Iterator[Mention]:
    empty, manner = _class(schema, "phrase-no-verb"), _class(schema, "phrase-manner")
    short = _class(schema, "phrase-short-verb")
    for at, word in enumerate(words):
        if not _is_verb(word, empty, short):
            continue
        end = _object_end(words, at, starts)
        if end is None:
            continue
        first = at
        while first > 0 and words[first - 1].end == words[first].start and (
            words[first - 1].tag in {"d", "ad", "b"} and len(words[first - 1].text) > 1
            and words[first - 1].text in manner
        ):  # fmt: skip
            first -= 1
        start = words[first].start
        printed = text[start:end]
        if len(printed) > 16 or "\n" in printed:
            continue
        yield Mention(
            start, end, printed, "Activity", printed_name(printed, schema, "Activity"), Level.TYPE,
            mention_rule("Activity", Way.PHRASE), confidence=_PHRASE_CONFIDENCE,
        )  # fmt: skip


_VERB_TAGS = frozenset({"v", "vn", "l", "i", "vi"})


def _is_verb(word: Word, empty: frozenset[str], short: frozenset[str]) -> bool:
    if word.tag not in _VERB_TAGS or word.text in empty:
        return False
    return len(word.text) > 1 or word.text in short


def _object_end(words: Sequence[Word], at: int, starts: dict[int, Mention]) -> int | None:
    """Where the verb's object ends, None where nothing that could be its object follows."""
    position = at + 1
    end: int | None = None
    last = at + 1 + _LONGEST
    while position < min(len(words), last):
        word = words[position]
        if word.start != words[position - 1].end and word.start not in starts:
            break
        mention = starts.get(word.start)
        if mention is not None and mention.end > words[at].end and mention.type not in {
            "Agency", "Price", "Statistic", "Law", "Offence", "Case"}:  # fmt: skip
            end = mention.end
            while position < len(words) and words[position].end < end:
                position += 1
            if position + 1 < len(words) and words[position + 1].text == "的":
                position += 2
                continue
        elif word.tag.startswith("n") or word.tag in {"vn", "eng", "an"}:
            end = word.end
        elif (word.tag in {"a", "b", "m", "q", "r", "j", "v", "z"} and end is None) or (
            word.text == "的" and end is not None
        ):
            pass
        else:
            break
        position += 1
    return end


_Head: TypeAlias = tuple[str, Level]


class _Heads(dict[str, _Head | None]):
    """The type and level of the longest head that a word ends in, None for most; a table that fills
    itself."""

    def __init__(self, heads: Mapping[str, _Head]) -> None:
        self._heads = heads

    def __missing__(self, word: str) -> _Head | None:
        endings = (word[n:] for n in range(len(word)))
        found = next((self._heads[one] for one in endings if one in self._heads), None)
        if len(self) < _KEPT:
            self[word] = found
        return found


@lru_cache(maxsize=4)
def _heads(schema: Schema) -> _Heads:
    nodes = schema.nodes.values()
    return _Heads({head: (node.name, node.level) for node in nodes for head in node.suffixes})


@lru_cache(maxsize=16)
def _class(schema: Schema, name: str) -> frozenset[str]:
    return frozenset(schema.words[name])
