"""What a model says, checked against the text and the ontology: nothing is believed.

A mention counts where its words stand in the sentence it names; a claim where its quote does,
its ends are such mentions and its type may connect them. The rest becomes a Reject.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from kg.llm.naming import named
from kg.model import Claim, Document, Extraction, Level, Mention, Modality, Reject, Sentence
from kg.schema import EdgeType, Schema
from kg.values import spelled

Item = Mapping[str, object]
_KEYS = ("mentions", "relations")

CONFIDENCE = 0.5
"""Of a claim: nobody has measured a model that the user names."""
_MENTION = 0.6
"""Of a mention: enough for its entity to stand without a relation."""
_LONGEST_EVIDENCE = 160


class _Unfit(Exception):  # noqa: N818  # no error: it carries a reason to the Reject
    """Why an item of an answer is not taken."""


def parse(answer: str) -> Item | None:
    """The JSON object in an answer, or None.

    What stands around it (a code fence, the thoughts of a model that reasons, words in braces)
    is passed over.
    """
    thought = answer.rpartition("</think>")[2]
    begin = thought.find("{")
    while begin >= 0:
        try:
            value, end = json.JSONDecoder().raw_decode(thought, begin)
        except RecursionError:
            return None
        except ValueError:
            value, end = None, begin + 1
        if isinstance(value, dict) and all(isinstance(value.get(key), list) for key in _KEYS):
            return value
        begin = thought.find("{", end)
    return None


def judge(
    answer: Item | None, document: Document, piece: Sequence[Sentence], schema: Schema, rule: str
) -> Extraction:
    """The mentions and claims of an answer about a piece, and why others are none.

    `answer` is what `parse` gives; None is one reject for all of the piece. `rule` is put on
    whatever comes of it.
    """
    if answer is None:
        span = piece[0].start, piece[-1].end
        return Extraction(
            document, (), (), rejects=(Reject(*span, rule, "not the JSON asked for"),)
        )
    return _Judge(document, piece, schema, rule).judge(answer)


class _Judge:
    """The judge of one answer."""

    def __init__(
        self, document: Document, piece: Sequence[Sentence], schema: Schema, rule: str
    ) -> None:
        self._document = document
        self._piece = piece
        self._schema = schema
        self._rule = rule
        self._mentions: list[Mention] = []
        self._place: dict[str, int | None] = {}
        self._rejects: list[Reject] = []

    def judge(self, answer: Item) -> Extraction:
        for item in _items(answer["mentions"]):
            try:
                self._take_mention(item)
            except _Unfit as why:
                self._reject(item, why)
        claims: list[Claim] = []
        for item in _items(answer["relations"]):
            try:
                claims.append(self._claim(item))
            except _Unfit as why:
                self._reject(item, why)
        return Extraction(
            self._document, tuple(self._mentions), tuple(claims), rejects=tuple(self._rejects)
        )

    def _reject(self, item: Item, why: _Unfit) -> None:
        try:
            span = self._sentence(item)
            start, end = span.start, span.end
        except _Unfit:
            start, end = self._piece[0].start, self._piece[-1].end
        self._rejects.append(Reject(start, end, self._rule, str(why)))

    def _take_mention(self, item: Item) -> None:
        key = _id(item.get("id"))
        if key in self._place:
            self._place[key] = None  # a claim may mean either
            raise _Unfit("mention: its id is taken")
        node = self._schema.nodes.get(_text(item, "type"))
        if node is None:
            raise _Unfit("mention: no type of the schema")
        printed = _text(item, "text").strip()
        if not any(char.isalnum() for char in printed):  # a masked number, say
            raise _Unfit("mention: names nothing")
        nth = 1 if item.get("nth") is None else _number(item["nth"])
        start = self._find(printed, self._sentence(item), nth, "mention")
        level = _LEVELS.get(_text(item, "level") or node.level.value)
        if level is None:
            raise _Unfit("mention: no level")
        mention = named(
            self._document.text, start, start + len(printed), node.name, level,
            self._rule, _MENTION, self._schema,
        )  # fmt: skip
        if mention not in self._mentions:
            self._mentions.append(mention)
        self._place[key] = self._mentions.index(mention)

    def _claim(self, item: Item) -> Claim:
        edge = self._schema.edges.get(_text(item, "type"))
        if edge is None:
            raise _Unfit("claim: no type of the schema")
        subject, target = self._end(item, "subject"), self._end(item, "object")
        self._check_ends(edge, self._mentions[subject], self._mentions[target])
        modality = _MODALITIES.get(_text(item, "modality"))
        if modality is None:
            raise _Unfit("claim: no modality")
        sentence = self._sentence(item)
        quote = _text(item, "quote")
        start = self._find(quote, sentence, 1, "quote")
        end = start + len(quote)
        if sentence.end - sentence.start <= _LONGEST_EVIDENCE:
            start, end = sentence.start, sentence.end
        return Claim(
            subject, edge.name, target, start, end, modality,
            self._source(item), self._attrs(item, edge, sentence), self._rule, CONFIDENCE,
        )  # fmt: skip

    def _end(self, item: Item, side: str) -> int:
        place = self._place.get(_id(item.get(side)))
        if place is None:
            raise _Unfit(f"claim: its {side} is no mention")
        return place

    def _check_ends(self, edge: EdgeType, subject: Mention, target: Mention) -> None:
        fits = subject.type in edge.source and target.type in edge.target
        turned = edge.symmetric and subject.type in edge.target and target.type in edge.source
        if not fits and not turned:
            raise _Unfit("claim: its type does not connect such ends")
        if subject.name == target.name:
            raise _Unfit("claim: its ends are one")

    def _sentence(self, item: Item) -> Sentence:
        number = _number(item.get("s"))
        if number is None or not 1 <= number <= len(self._piece):
            raise _Unfit("no such sentence")
        return self._piece[number - 1]

    def _find(self, printed: str, sentence: Sentence, nth: int | None, what: str) -> int:
        """Where words stand for the `nth` time in a sentence."""
        if nth is None or not printed:
            raise _Unfit(f"{what}: not verbatim")
        at = sentence.start - 1
        for _ in range(max(1, min(nth, len(self._document.text)))):
            at = self._document.text.find(printed, at + 1, sentence.end)
            if at < 0:
                raise _Unfit(f"{what}: not verbatim")
        return at

    @cached_property
    def _printed(self) -> str:
        return self._document.text[self._piece[0].start : self._piece[-1].end]

    def _source(self, item: Item) -> str:
        source = item.get("source") or ""
        if not isinstance(source, str) or source not in self._printed or "\n" in source:
            raise _Unfit("claim: its source is not verbatim")
        return source

    def _attrs(self, item: Item, edge: EdgeType, sentence: Sentence) -> dict[str, str]:
        """The properties that the edge has and the sentence prints; others are rejects, the
        claim stands without them."""
        attrs = item.get("attrs") or {}
        if not isinstance(attrs, dict):
            raise _Unfit("claim: its attrs are no object")
        said = self._document.text[sentence.start : sentence.end]
        kept: dict[str, str] = {}
        for name, value in sorted(attrs.items()):
            if name not in edge.properties:
                self._reject(item, _Unfit("property: not one of its type"))
            elif not isinstance(value, str) or not value.strip() or value not in said:
                self._reject(item, _Unfit("property: not verbatim"))
            else:
                known, printed = edge.properties[name], value.strip()
                published = self._document.published
                kept |= spelled(name, known.type, printed, published, known.unit)
        return kept


_LEVELS: dict[str, Level] = {level.value: level for level in Level}
_MODALITIES: dict[str, Modality] = {modality.value: modality for modality in Modality}


def _items(value: object) -> Iterator[Item]:
    """The objects of a list; in the place of what is none, an empty one, which nothing fits."""
    for item in value if isinstance(value, list) else []:
        yield item if isinstance(item, dict) else {}


def _text(item: Item, name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    """A whole number, also as a string: the numbers of the sentences are asked as strings."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if type(value) is int else None


def _id(value: object) -> str:
    """Numbers and strings are one: models write 1 here and "1" there."""
    if type(value) is int or (isinstance(value, str) and value):
        return str(value)
    raise _Unfit("no id")
