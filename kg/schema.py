"""The ontology in `schemas/`: one YAML file per node type, edge type, modality and word class.

`load_schema` reads and checks all of it, so that nothing later has to doubt what it is given:
a file that cannot be used raises SchemaError with file, line and remedy. Labels, colours and
tiers of every picture come from here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.errors import SchemaError
from kg.model import Level, Modality, make_id

SLOTS = ("agent", "patient", "to", "from", "with", "by", "for", "at", "complement")
"""The participants that a clause around a trigger verb may hold."""

QUALIFIERS = ("quantity", "price", "time", "place", "penalty", "title")
"""What a clause holds besides. A property of such a name needs no frame to say where it stands."""

SOURCES = (*SLOTS, *QUALIFIERS, *(f"{slot}.quantity" for slot in SLOTS))
"""All that may fill a property of an edge; `patient.quantity` is the quantity that stands at what
is dealt with."""

DOUBTS = frozenset({Modality.ALLEGED, Modality.HYPOTHETICAL, Modality.PRESCRIPTIVE})
"""What a text may do with a claim besides stating and denying it."""

NODE_GROUPS = ("actor", "thing", "act", "law", "fact", "other")
EDGE_GROUPS = ("trade", "use", "structure", "law", "facts")
DIRECTIONS = {"along": (True,), "against": (False,), "both": (True, False)}
"""How a chain walks an edge: from subject to object (True), from object to subject, either way."""

PROPERTY_TYPES = ("text", "quantity", "money", "number", "percent", "date", "duration")
SHAPES = ("ellipse", "rectangle", "round-rectangle", "diamond", "triangle", "pentagon", "hexagon",
          "octagon", "parallelogram", "star")  # fmt: skip
LAST_TIER = 8


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Term:
    """A name of the vocabulary: the canonical form, its other spellings, what level it has."""

    name: str
    variants: tuple[str, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that finds mentions.

    Where the regex has a group `name`, the mention is that group, else the whole match (a
    lookaround or the rest of the match is only its cue). `name` says what the graph shows:
    None for the text of the mention, or a template over the groups, `{num}号段`; `{0}` is the
    whole match. `scoped` names mean nothing outside their document.
    """

    id: str
    regex: str
    level: Level
    scoped: bool = False
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """A qualifier on an edge. `type` is one of PROPERTY_TYPES and says how it is normalised.

    `words` are all that a text may be, as 取保候审 and 批准逮捕 of an arrest: it is the one nearest
    to the verb or, where `before` is subject or object, the last right before that end.
    """

    type: str
    label: Label
    unit: str = ""
    words: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what must come of it; the test suite runs each as a test.

    Of a node type: `finds` are surface forms that must be mentions of the type, `none` are
    forms that must not. Of an edge type: `edge` is (subject, object) as printed, or None
    where the sentence must give no edge of the type. `where` is `nodes/Role.yaml:33`.
    """

    where: str
    text: str
    finds: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    edge: tuple[str, str] | None = None
    modality: Modality | None = None
    attrs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NodeType:
    """A type of entity: how it is called, drawn and found.

    `tier` is the column of a picture: 0 for operators at the left to 6 for victims and crimes,
    7 and 8 are the lanes of police and law. `suffixes` are head words: a noun phrase that
    ends so is a candidate of this type, at level `level`.
    """

    name: str
    label: Label
    description: Label
    colour: str
    shape: str
    tier: int
    group: str
    level: Level
    terms: tuple[Term, ...]
    suffixes: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb says: any of `triggers`, and which slot of its clause is which end.

    `attrs` maps a property of the edge to the slot or qualifier that fills it (see SOURCES).
    `modality` overrides what the clause itself says, where the verb decides (涉嫌).
    """

    id: str
    triggers: tuple[str, ...]
    subject: str
    object: str
    attrs: Mapping[str, str] = field(default_factory=dict)
    modality: Modality | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A construct without a verb frame: a regex in which {S} and {O} stand for the mentions."""

    id: str
    pattern: str
    modality: Modality | None = None


@dataclass(frozen=True, slots=True)
class Downstream:
    """How goods and money-making go through an edge: `direction` is one of DIRECTIONS; a step of
    higher `cost` is less telling (a trade of two known parties 1, a common good 2.5)."""

    direction: str
    cost: float


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A type of relation: what it may connect, what qualifies it, how a text says it."""

    name: str
    label: Label
    description: Label
    group: str
    source: frozenset[str]
    target: frozenset[str]
    symmetric: bool
    across: bool
    """Whether an end may be named sentences before the other, as the court of a case is."""
    properties: Mapping[str, Property]
    frames: tuple[Frame, ...]
    templates: tuple[Template, ...]
    examples: tuple[Example, ...]
    modalities: frozenset[Modality] = DOUBTS
    """How a text may put it, besides as a fact and as denied; nobody is told to be somewhere."""
    official: bool = False
    """Whether it is an act of an agency, which a text tells as done, planned or demanded."""
    lasting: bool = False
    """Whether it says how things are, so that no date outside its clause bounds it."""
    downstream: Downstream | None = None
    """How chains go through it, None where they do not."""

    @property
    def is_deed(self) -> bool:
        """Whether its subject can be blamed for it and told not to do it."""
        return {Modality.ALLEGED, Modality.PRESCRIPTIVE} <= self.modalities

    @property
    def directions(self) -> tuple[bool, ...]:
        """How chains walk it, as in DIRECTIONS; empty where they do not."""
        return DIRECTIONS[self.downstream.direction] if self.downstream else ()


@dataclass(frozen=True, slots=True)
class Schema:
    """All of schemas/, compared by identity (so that what is compiled from it can be cached).

    `version` changes with any change of any file, but not of line ends."""

    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]
    words: Mapping[str, tuple[str, ...]]
    version: str
    modalities: Mapping[Modality, Label] = field(default_factory=dict)

    def manner(self, modality: Modality) -> Label:
        """What a modality is called; its bare name where no file says."""
        return self.modalities.get(modality) or Label(modality.value, modality.value)

    def __hash__(self) -> int:
        """By version, so that what is built from a Schema can be kept in a dictionary."""
        return hash(self.version)


def any_of(words: str | Iterable[str]) -> str:
    """A regex for any of `words` (of a text, what its spaces part), longer ones first; of none, one
    that never matches."""
    several = words.split() if isinstance(words, str) else words
    ordered = sorted(several, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else "(?!)"


def any_in(schema: Schema, *classes: str) -> list[str]:
    """For each of the word classes a regex for any of its words, as `any_of`."""
    return [any_of(schema.words.get(name, ())) for name in classes]


def load_schema(folder: Path | None = None) -> Schema:
    """Load and check `folder`, or the ontology that `kg` brings; later calls are free.

    A checked ontology is kept in the user's cache folder, so that the next process starts at
    once. Raises SchemaError for the first file that cannot be used.
    """
    return _load((folder or schema_folder()).resolve())


def schema_folder() -> Path:
    """The folder of the ontology that `kg` brings: in the wheel, or beside the sources."""
    packaged = Path(__file__).parent / "_schemas"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "schemas"


@cache
def _load(folder: Path) -> Schema:
    texts = _read(folder)
    version = make_id("s", *(part for name, text in texts.items() for part in (name, text)))
    # Both import this module; and a start that finds the cache needs no YAML parser.
    from kg._schema_cache import keep, kept

    known = kept(version)
    if known is not None:
        return known
    from kg._schema_files import parse_schema

    schema = parse_schema(texts, version)
    keep(schema)
    return schema


def _read(folder: Path) -> dict[str, str]:
    """The text of every file by its name in `folder`, sorted, with `\\n` line ends.

    queries/ is no part of the ontology: a question may change without a record being outdated.
    """
    texts: dict[str, str] = {}
    paths = (path for path in folder.glob("*/*.yaml") if path.parent.name != "queries")
    for path in sorted(paths, key=lambda path: (path.parent.name, path.name)):
        name = f"{path.parent.name}/{path.name}"
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise SchemaError(f"{name}: {fault}. Save it as readable UTF-8.") from None
    if not texts:
        raise SchemaError(f"{folder}: no schema files. Expected nodes/*.yaml and edges/*.yaml.")
    return texts
