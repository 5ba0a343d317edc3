"""The nouns of `kg`: what is in a text, what is in the graph, and how ids are made.

In a text there are Mentions and Claims; in the graph, Entities and Relations; Evidence ties
the two. All are frozen, hold plain values and pickle, so that the work on one document can
run anywhere. Offsets count characters of `Document.text` (never bytes), end exclusive.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from operator import attrgetter

Attrs = Mapping[str, str]
"""Qualifiers by property name. A value is text as printed; the normalised value of property
`p`, where there is one, stands beside it as `p_value` (and `p_unit`)."""


ACTS = frozenset({"Activity", "Control"})
"""Types of mention that are something done, and may hold mentions of the things it is done with."""
FIGURES = frozenset({"Price", "Statistic"})
"""Types whose names are amounts: 3000元 here is not 3000元 there."""


class Modality(StrEnum):
    """How the text puts a claim (docs/concepts.md says when which)."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    PRESCRIPTIVE = "prescriptive"


class Level(StrEnum):
    """A particular thing, or a kind of thing."""

    INSTANCE = "instance"
    TYPE = "type"


class Way(StrEnum):
    """How a mention was proposed: what its rule is called, unless it has a name of its own (that of
    a pattern of schemas/nodes, or of a language model)."""

    TERM = "term"
    """A term list of schemas/nodes has it."""
    PATTERN = "pattern"
    """A regular expression of schemas/nodes found it, or whatever else has a rule of its own."""
    HEAD = "head"
    """A noun phrase that ends in the head word of a type."""
    PHRASE = "phrase"
    """A verb with its object."""
    TAGGER = "tagger"
    """The tagger took it where nothing proposed it."""
    INTRODUCED = "introduced"
    """A short form that the text introduces."""
    ANAPHOR = "anaphor"
    """It is no name, but stands for what the text has named."""
    ACCOUNT = "account"
    """An account of a list, whose name was completed."""
    SEGMENT_CARD = "segment-card"
    """A card that the text calls by its number segment alone."""
    PRICE_LIST = "price-list"
    """A price of a list."""
    OFFER = "offer"
    """A price that something is offered for."""
    CASE_NAME = "case-name"
    """A charge that the name of a case holds."""


def mention_rule(kind: str, way: str) -> str:
    """The rule of mentions of the type `kind`; `way` is a Way or the id of a pattern."""
    return f"nodes/{kind}.yaml#{way}"


def rule_id(rule: str) -> str:
    """What a rule is called in its file."""
    return rule.rpartition("#")[2]


_WAYS = {way.value: way for way in Way}


@cache
def _way_of(rule: str) -> Way:
    return _WAYS.get(rule_id(rule), Way.PATTERN)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of `Document.text` and where it stands in the decoded source.

    Inside a run with `length == source_length` characters map one to one; otherwise (an HTML
    entity, a masked number) the run maps as a whole.
    """

    start: int
    length: int
    source_start: int
    source_length: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of the text that ends at a sentence mark or at the end of a block."""

    start: int
    end: int
    paragraph: int
    heading: bool = False


_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Document:
    """One article as `read` hands it on: cleaned text, masked identifiers, true offsets.

    `text` starts with the title line when the source has a title; blocks are separated by
    one newline. `published` is an ISO date (possibly only YYYY or YYYY-MM) or empty.
    `sha256` is of the source bytes, and `id` derives from it. `purpose` is not empty only
    where the user kept personal identifiers on purpose.
    """

    id: str
    sha256: str
    path: str
    text: str
    sentences: tuple[Sentence, ...]
    runs: tuple[Run, ...]
    title: str = ""
    url: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    encoding: str = "utf-8"
    purpose: str = ""

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the decoded source that `text[start:end]` was made from.

        Raises ValueError for an empty or outside span.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} is not inside a text of {len(self.text)}")
        return self._source(start)[0], self._source(end - 1)[1]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Where the first of the sentences begins that `text[start:end]` stands in, and where the
        last one ends."""
        first, last = (
            self.sentences[max(0, bisect_right(self.sentences, at, key=_start) - 1)]
            for at in (start, end - 1)
        )
        return min(first.start, start), max(last.end, end)

    def _source(self, offset: int) -> tuple[int, int]:
        at = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        run = self.runs[max(at, 0)]
        if run.length == run.source_length and run.start <= offset < run.start + run.length:
            begin = run.source_start + offset - run.start
            return begin, begin + 1
        return run.source_start, run.source_start + run.source_length


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a text that names an entity: `document.text[start:end] == text`.

    `name` is the form that the graph shows (the canonical form of a term, or the text
    without quotation marks; of a coordination that was split, the completed form). `scoped`
    names mean nothing outside their document: 王某, 老李, 7名犯罪嫌疑人, a price.
    """

    start: int
    end: int
    text: str
    type: str
    name: str
    level: Level
    rule: str
    scoped: bool = False
    attrs: Attrs = field(default_factory=dict)
    confidence: float = 1.0

    @property
    def way(self) -> Way:
        """How it was proposed."""
        return _way_of(self.rule)

    def believed(self, confidence: float) -> Mention:
        """The same with another confidence (dataclasses.replace takes twice as long, and most
        mentions go through here)."""
        return Mention(
            self.start, self.end, self.text, self.type, self.name, self.level, self.rule,
            self.scoped, self.attrs, confidence,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a text: subject and object are positions in `Extraction.mentions`.

    `start:end` is the evidence (one sentence or clause). `source` is who says so, empty when
    it is the article itself. `rule` names the rule that found it, `edges/TYPE.yaml#id`.
    """

    subject: int
    type: str
    object: int
    start: int
    end: int
    modality: Modality = Modality.ASSERTED
    source: str = ""
    attrs: Attrs = field(default_factory=dict)
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reject:
    """A claim that was considered and not made: why, where, and by which rule."""

    start: int
    end: int
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document with its mentions and claims: what is cached, compared and distributed.

    `links` are pairs of positions in `mentions` that the text itself equates (以下简称,
    an appositive nickname); `resolve` merges them.
    """

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    links: tuple[tuple[int, int], ...] = ()
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A mention seen from the graph."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a relation stands on: the quote, where it is, who says so, what it adds.

    `confidence` is in whole hundredths, here and on the relation.
    """

    document: str
    start: int
    end: int
    quote: str
    source: str
    attrs: Attrs
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A node. `aliases` are the other printed forms, sorted."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    level: Level
    attrs: Attrs
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge with all its evidence; equal (subject, type, object, modality) is one relation.

    `evidence` has each sentence that says so once, the surest in front. `origins` counts
    independent documents: reposts of one text count once. `attrs` unites the evidence's,
    different values joined by ；.
    """

    id: str
    subject: str
    type: str
    object: str
    modality: Modality
    sources: tuple[str, ...]
    attrs: Attrs
    evidence: tuple[Evidence, ...]
    origins: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Graph:
    """Entities and relations sorted by id, and the documents (without text) they stand on.

    `negated` relations are kept apart: they are no edges that a path could walk.
    """

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    negated: tuple[Relation, ...] = ()


def make_id(kind: str, *parts: str) -> str:
    """A deterministic id: `kind`, a letter (e, r, d), and a digest of the parts in 16 letters."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8"), digest_size=8)
    return kind + in_letters(digest.digest())


def in_letters(digest: bytes) -> str:
    """A digest as kg writes it, a letter for each hex digit: a run of 11 or more decimal ones, as
    every so many hex digests have, would look like a phone or card number to a PII filter."""
    return digest.hex().translate(_LETTERS)


_LETTERS = str.maketrans("0123456789abcdef", "ghijkmnpqrabcdef")
