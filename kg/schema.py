"""The ontology in `schemas/`: one YAML file per node type, edge type and word class.

`load_schema` reads and checks all of it, so that nothing later has to doubt what it is given:
a file that cannot be used raises SchemaError with file, line and remedy. Labels, colours and
tiers of every picture come from here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg._yaml import Node, read_yaml, unique
from kg.errors import SchemaError
from kg.model import Level, Modality, make_id

SLOTS = ("agent", "patient", "to", "from", "with", "by", "for", "at", "complement")
"""The participants that a clause around a trigger verb may hold."""

QUALIFIERS = ("quantity", "price", "time", "place")
"""What a clause holds besides; `patient.quantity` is the quantity that stands at the patient."""

SOURCES = (*SLOTS, *QUALIFIERS, *(f"{slot}.{part}" for slot in SLOTS for part in QUALIFIERS))
"""All that may fill a property of an edge."""

NODE_GROUPS = ("actor", "thing", "act", "law", "fact", "other")
EDGE_GROUPS = ("trade", "use", "structure", "law", "facts")
PROPERTY_TYPES = ("text", "quantity", "money", "number", "percent", "date", "duration")
SHAPES = ("ellipse", "rectangle", "round-rectangle", "diamond", "triangle", "pentagon", "hexagon",
          "octagon", "parallelogram", "star")  # fmt: skip
LAST_TIER = 8

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FIELD = re.compile(r"\{(\w+)\}")


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
    """A qualifier on an edge. `type` is one of PROPERTY_TYPES and says how it is normalised."""

    type: str
    label: Label
    unit: str = ""


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

    `attrs` maps a property of the edge to the slot or qualifier that fills it. `modality`
    overrides what the clause itself says, where the verb decides (涉嫌).
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
class EdgeType:
    """A type of relation: what it may connect, what qualifies it, how a text says it."""

    name: str
    label: Label
    description: Label
    group: str
    source: frozenset[str]
    target: frozenset[str]
    symmetric: bool
    properties: Mapping[str, Property]
    frames: tuple[Frame, ...]
    templates: tuple[Template, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """All of schemas/, compared by identity (so that what is compiled from it can be cached).

    `version` changes with any change of any file, but not of line ends."""

    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]
    words: Mapping[str, tuple[str, ...]]
    version: str


def load_schema(folder: Path | None = None) -> Schema:
    """Load and check `folder`, or the ontology that `kg` brings; later calls are free.

    Raises SchemaError for the first file that cannot be used.
    """
    return _load((folder or _home()).resolve())


def _home() -> Path:
    packaged = Path(__file__).parent / "_schemas"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "schemas"


@cache
def _load(folder: Path) -> Schema:
    files = sorted(folder.glob("*/*.yaml"), key=lambda path: path.relative_to(folder).as_posix())
    if not files:
        raise SchemaError(f"{folder}: no schema files. Expected nodes/*.yaml and edges/*.yaml.")
    parts: list[str] = []
    roots: dict[str, list[Node]] = {"nodes": [], "edges": [], "words": []}
    for path in files:
        name = path.relative_to(folder).as_posix()
        kind = path.parent.name
        if kind not in roots:
            raise SchemaError(f"{name}: unknown folder {kind}. Use {', '.join(roots)}.")
        root, text = read_yaml(path, name)
        parts += [name, text]
        roots[kind].append(root)
    nodes = {node.name: node for node in map(_node_type, roots["nodes"])}
    unique(_surfaces(roots["nodes"]), "term")
    edges = {edge.name: edge for edge in (_edge_type(root, nodes) for root in roots["edges"])}
    words = dict(map(_word_class, roots["words"]))
    return Schema(nodes, edges, words, make_id("s", *parts))


def _node_type(root: Node) -> NodeType:
    required = "type label description colour shape tier group level"
    root.allow(required, "terms suffixes parts patterns examples")
    parts: dict[str, str] = {}
    for name, item in root.pairs("parts"):
        parts[name] = _expand(item.text(), parts)
    level = Level(root["level"].choice(tuple(Level)))
    colour = root["colour"].text()
    if not _COLOUR.fullmatch(colour):
        raise root["colour"].error(f"{colour} is no colour", 'Write it as "#8c564b".')
    _check_ids(root.items("patterns"))
    return NodeType(
        name=root.own_name("type"),
        label=_label(root["label"]),
        description=_label(root["description"]),
        colour=colour.lower(),
        shape=root["shape"].choice(SHAPES),
        tier=root["tier"].integer(0, LAST_TIER),
        group=root["group"].choice(NODE_GROUPS),
        level=level,
        terms=tuple(_term(name, item, level) for name, item in root.pairs("terms")),
        suffixes=root.texts("suffixes"),
        patterns=tuple(_pattern(item, level, parts) for item in root.items("patterns")),
        examples=tuple(_node_example(item) for item in root.items("examples")),
    )


def _term(name: str, item: Node, level: Level) -> Term:
    """A term is `name: [variants]`, or `name: {level: type, variants: []}` at another level."""
    if not item.is_map:
        return Term(name, item.strings(), level)
    item.allow("level", "variants")
    return Term(name, item.texts("variants"), Level(item["level"].choice(tuple(Level))))


def _expand(regex: str, parts: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: parts.get(found[1], found[0]), regex)


def _pattern(item: Node, level: Level, parts: Mapping[str, str]) -> Pattern:
    """A regex may use what `parts` of its file names: {surname}; parts use earlier ones."""
    item.allow("id regex", "level scoped name")
    regex = _expand(item["regex"].text(), parts)
    compiled = _compile(item["regex"], regex)
    template = item["name"].text() if "name" in item else None
    if template is not None:
        for group in _FIELD.findall(template):
            if group != "0" and group not in compiled.groupindex:
                raise item["name"].error(
                    f"the regex has no group {group}", f"Name one (?P<{group}>…) or use {{0}}."
                )
    return Pattern(
        id=item["id"].text(),
        regex=regex,
        level=Level(item["level"].choice(tuple(Level))) if "level" in item else level,
        scoped=item.flag("scoped"),
        name=template,
    )


def _compile(node: Node, regex: str) -> re.Pattern[str]:
    # The re module keeps what it compiled, so the annotators that compile it again pay nothing.
    try:
        compiled = re.compile(regex)
    except re.error as fault:
        raise node.error(f"bad regular expression: {fault}", "Correct it.") from None
    if compiled.match(""):
        raise node.error("the regular expression matches nothing at all", "Make a part of it due.")
    return compiled


def _node_example(item: Node) -> Example:
    item.allow("text", "finds none")
    finds, none = item.texts("finds"), item.texts("none")
    if not finds and not none:
        raise item.error("the example expects nothing", "Give finds: [...] or none: [...].")
    text = item["text"].text()
    for form in none:
        if form not in text:
            raise item.error(f"{form} is not in the example's text", "Copy it from the text.")
    return Example(item.where, text, finds, none)


def _edge_type(root: Node, nodes: Mapping[str, NodeType]) -> EdgeType:
    required = "type label description group source target"
    root.allow(required, "symmetric properties frames templates examples")
    properties = {name: _property(item) for name, item in root.pairs("properties")}
    _check_ids([*root.items("frames"), *root.items("templates")])
    source, target = (
        frozenset(item.choice(tuple(nodes), "node type") for item in root.items(end))
        for end in ("source", "target")
    )
    return EdgeType(
        name=root.own_name("type"),
        label=_label(root["label"]),
        description=_label(root["description"]),
        group=root["group"].choice(EDGE_GROUPS),
        source=source,
        target=target,
        symmetric=root.flag("symmetric"),
        properties=properties,
        frames=tuple(_frame(item, properties) for item in root.items("frames")),
        templates=tuple(_template(item) for item in root.items("templates")),
        examples=tuple(_edge_example(item, properties) for item in root.items("examples")),
    )


def _property(item: Node) -> Property:
    item.allow("type zh en", "unit")
    unit = item["unit"].text() if "unit" in item else ""
    return Property(item["type"].choice(PROPERTY_TYPES), _names(item), unit)


def _frame(item: Node, properties: Mapping[str, Property]) -> Frame:
    item.allow("id triggers subject object", "attrs modality")
    triggers = item.texts("triggers")
    if not triggers:
        raise item["triggers"].error("the frame has no trigger", "List at least one verb.")
    attrs = {name: slot.text() for name, slot in item.pairs("attrs")}
    for name, slot in item.pairs("attrs"):
        _check_property(slot, name, properties)
        slot.choice(SOURCES, "slot")
    return Frame(
        id=item["id"].text(),
        triggers=triggers,
        subject=item["subject"].choice(SLOTS, "slot"),
        object=item["object"].choice(SLOTS, "slot"),
        attrs=attrs,
        modality=_modality(item),
    )


def _template(item: Node) -> Template:
    item.allow("id pattern", "modality")
    pattern = item["pattern"].text()
    for end in ("{S}", "{O}"):
        if pattern.count(end) != 1:
            raise item["pattern"].error(f"{end} must stand in it once", "Mark both mentions.")
    _compile(item["pattern"], pattern.replace("{S}", "(?:s)").replace("{O}", "(?:o)"))
    return Template(item["id"].text(), pattern, _modality(item))


def _edge_example(item: Node, properties: Mapping[str, Property]) -> Example:
    item.allow("text", "edge none modality attrs")
    text = item["text"].text()
    if item.flag("none") == ("edge" in item):
        raise item.error("it gives neither edge nor none", "Write edge: [S, O] or none: true.")
    if "edge" not in item:
        return Example(item.where, text)
    ends = item.texts("edge")
    if len(ends) != 2:
        raise item["edge"].error(f"an edge has 2 ends, not {len(ends)}", "Write edge: [S, O].")
    for name, value in item.pairs("attrs"):
        _check_property(value, name, properties)
    attrs = {name: value.text() for name, value in item.pairs("attrs")}
    return Example(item.where, text, edge=(ends[0], ends[1]), modality=_modality(item), attrs=attrs)


def _word_class(root: Node) -> tuple[str, tuple[str, ...]]:
    root.allow("class words", "description")
    return root.own_name("class"), root.texts("words")


def _modality(item: Node) -> Modality | None:
    return Modality(item["modality"].choice(tuple(Modality))) if "modality" in item else None


def _label(node: Node) -> Label:
    node.allow("zh en")
    return _names(node)


def _names(node: Node) -> Label:
    return Label(node["zh"].text(), node["en"].text())


def _check_property(node: Node, name: str, properties: Mapping[str, Property]) -> None:
    if name not in properties:
        known = ", ".join(properties) or "none"
        raise node.error(f"unknown property {name}", f"Declare it under properties ({known}).")


def _check_ids(items: list[Node]) -> None:
    unique(((item["id"].text(), item["id"]) for item in items), "id")


def _surfaces(roots: list[Node]) -> Iterator[tuple[str, Node]]:
    """Every surface form of the vocabulary and where it stands."""
    for root in roots:
        for name, item in root.pairs("terms"):
            yield name, item
            for form in item.texts("variants") if item.is_map else item.strings():
                yield form, item
