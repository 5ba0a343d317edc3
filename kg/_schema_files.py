"""The files of schemas/ -> Schema, each checked as far as one can without a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg._yaml import Node, parse_yaml, unique
from kg.model import Level, Modality
from kg.schema import (
    DIRECTIONS,
    DOUBTS,
    EDGE_GROUPS,
    LAST_TIER,
    NODE_GROUPS,
    PROPERTY_TYPES,
    SHAPES,
    SLOTS,
    SOURCES,
    Downstream,
    EdgeType,
    Example,
    Frame,
    Label,
    NodeType,
    Pattern,
    Property,
    Schema,
    Template,
    Term,
)

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FIELD = re.compile(r"\{(\w+)\}")
_FOLDERS = ("nodes", "edges", "words", "modalities")


def parse_schema(texts: Mapping[str, str], version: str) -> Schema:
    """The Schema of the files `texts` (name -> text). Raises SchemaError, with file and line."""
    roots: dict[str, list[Node]] = {folder: [] for folder in _FOLDERS}
    for name, text in texts.items():
        folder = name.partition("/")[0]
        root = parse_yaml(text, name)
        if folder not in roots:
            raise root.error(f"unknown folder {folder}", f"Use {', '.join(roots)}.")
        roots[folder].append(root)
    nodes = {node.name: node for node in map(_node_type, roots["nodes"])}
    unique(_surfaces(roots["nodes"]), "term")
    edges = {edge.name: edge for edge in (_edge_type(root, nodes) for root in roots["edges"])}
    words = dict(map(_word_class, roots["words"]))
    return Schema(nodes, edges, words, version, dict(map(_modality_label, roots["modalities"])))


def _modality_label(root: Node) -> tuple[Modality, Label]:
    root.allow("type label description")
    label(root["description"])
    modality = Modality(root["type"].choice(tuple(Modality), "modality"))
    root.own_name("type")
    return modality, label(root["label"])


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
        label=label(root["label"]),
        description=label(root["description"]),
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
        try:
            template.format("", **dict.fromkeys(compiled.groupindex, ""))
        except (ValueError, LookupError, AttributeError) as fault:
            raise item["name"].error(
                f"bad name: {fault}", "Write {0} or {group} with what stands around."
            ) from None
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
    optional = "symmetric across modalities official lasting downstream properties"
    root.allow(required, f"{optional} frames templates examples")
    properties = {name: _property(item) for name, item in root.pairs("properties")}
    _check_ids([*root.items("frames"), *root.items("templates")])
    source, target = (
        frozenset(item.choice(tuple(nodes), "node type") for item in root.items(end))
        for end in ("source", "target")
    )
    return EdgeType(
        name=root.own_name("type"),
        label=label(root["label"]),
        description=label(root["description"]),
        group=root["group"].choice(EDGE_GROUPS),
        source=source,
        target=target,
        symmetric=root.flag("symmetric"),
        across=root.flag("across"),
        properties=properties,
        frames=tuple(_frame(item, properties) for item in root.items("frames")),
        templates=tuple(_template(item) for item in root.items("templates")),
        examples=tuple(_edge_example(item, properties) for item in root.items("examples")),
        modalities=_modalities(root),
        official=root.flag("official"),
        lasting=root.flag("lasting"),
        downstream=_downstream(root["downstream"]) if "downstream" in root else None,
    )


def _modalities(root: Node) -> frozenset[Modality]:
    if "modalities" not in root:
        return DOUBTS
    known = sorted(DOUBTS)
    return frozenset(Modality(item.choice(known)) for item in root.items("modalities"))


def _downstream(node: Node) -> Downstream:
    node.allow("direction cost")
    return Downstream(node["direction"].choice(tuple(DIRECTIONS)), node["cost"].positive())


def _property(item: Node) -> Property:
    item.allow("type zh en", "unit words before")
    unit = item["unit"].text() if "unit" in item else ""
    kind, words = item["type"].choice(PROPERTY_TYPES), item.texts("words")
    if words and kind != "text":
        raise item["words"].error(f"a {kind} is not one of listed words", "Write type: text.")
    before = item["before"].choice(("subject", "object")) if "before" in item else ""
    return Property(kind, wordings(item), unit, words, before)


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
    _compile(item["pattern"], pattern.replace("{S}", "(?P<S>s)").replace("{O}", "(?P<O>o)"))
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


def label(node: Node) -> Label:
    """The wordings of a mapping that has nothing else in it."""
    node.allow("zh en")
    return wordings(node)


def wordings(node: Node) -> Label:
    """The wordings that stand under `zh` and `en`."""
    return Label(node["zh"].text(), node["en"].text())


def _check_property(node: Node, name: str, properties: Mapping[str, Property]) -> None:
    if name not in properties:
        known = ", ".join(properties) or "none"
        raise node.error(f"unknown property {name}", f"Declare it under properties ({known}).")


def _check_ids(items: list[Node]) -> None:
    unique(((item["id"].text(), item["id"]) for item in items if "id" in item), "id")


def _surfaces(roots: list[Node]) -> Iterator[tuple[str, Node]]:
    """Every surface form of the vocabulary and where it stands."""
    for root in roots:
        for name, item in root.pairs("terms"):
            yield name, item
            for form in item.texts("variants") if item.is_map else item.strings():
                yield form, item
