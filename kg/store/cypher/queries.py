"""The questions of schemas/queries: named Cypher queries with titles and parameters.

One file is one question. Its text runs on Neo4j and on the embedded engine alike, and orders
its rows so that both give the same ones. A file that cannot be used raises SchemaError with
file, line and remedy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from kg._schema_files import label, wordings
from kg._yaml import Node, parse_yaml
from kg.errors import SchemaError, UsageError
from kg.schema import Label, schema_folder

PARAMETER_TYPES = ("text", "integer")

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_PARAMETER = re.compile(r"[a-z][A-Za-z0-9]*")
# Strings and comments of Cypher hold no parameters: what is left when they are taken out does.
_LITERAL = re.compile(
    r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL
)
_USED = re.compile(r"\$([A-Za-z_]\w*)")
_LITERAL_OR_USED = re.compile(f"(?:{_LITERAL.pattern})|{_USED.pattern}", re.DOTALL)

_LARGEST = 2**31 - 1
"""A number that every engine takes behind LIMIT; of a larger one the embedded engine makes -1."""

ParameterValue = str | int


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be narrowed by. `default` is of `type`, one of PARAMETER_TYPES.

    A text for which the file has no default is empty, which leaves everything in.
    """

    name: str
    type: str
    default: ParameterValue
    label: Label


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its text in Cypher, and an example of its use with the columns it gives."""

    name: str
    title: Label
    description: Label
    parameters: tuple[Parameter, ...]
    cypher: str
    example: Mapping[str, ParameterValue]
    columns: tuple[str, ...]

    def with_parameters(self, given: Mapping[str, str]) -> dict[str, ParameterValue]:
        """All parameters with their values: those given as text, else the defaults.

        Raises UsageError for a parameter that the question does not have, and for a value that
        is not of its type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
                raise UsageError(f"{self.name} has no parameter {name}. {hint}")
        return {
            name: _value(given[name], parameter) if name in given else parameter.default
            for name, parameter in known.items()
        }

    def with_literals(self) -> str:
        """The text with the defaults in place of the parameters: one statement by itself."""
        defaults = {parameter.name: parameter.default for parameter in self.parameters}
        return _LITERAL_OR_USED.sub(
            lambda match: (
                json.dumps(defaults[match[1]], ensure_ascii=False) if match[1] else match[0]
            ),
            self.cypher,
        )


def _value(text: str, parameter: Parameter) -> ParameterValue:
    if parameter.type == "text":
        return text
    try:
        number = int(text)
    except ValueError:
        raise UsageError(f"{parameter.name} is a whole number, not {text!r}.") from None
    if not 0 <= number <= _LARGEST:
        raise UsageError(f"{parameter.name} is a whole number from 0 to {_LARGEST}, not {text}.")
    return number


def query_named(queries: Mapping[str, Query], name: str) -> Query:
    """The question of this name. Raises UsageError, with the nearest name, where there is none."""
    if name not in queries:
        near = get_close_matches(name, queries, 1)
        hint = f"Did you mean {near[0]}?" if near else "List them: kg ask"
        raise UsageError(f"there is no question {name!r}. {hint}")
    return queries[name]


def load_queries(folder: Path | None = None) -> Mapping[str, Query]:
    """The questions of `folder`, or those that `kg` brings, by name, sorted.

    Raises SchemaError for the first file that cannot be used.
    """
    return _load((folder or schema_folder() / "queries").resolve())


@cache
def _load(folder: Path) -> Mapping[str, Query]:
    found: dict[str, Query] = {}
    for path in sorted(folder.glob("*.yaml")):
        name = f"queries/{path.name}"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise SchemaError(f"{name}: {fault}. Save it as readable UTF-8.") from None
        query = parse_query(text, name)
        found[query.name] = query
    if not found:
        raise SchemaError(f"{folder}: no questions. Expected NAME.yaml files.")
    return found


def parse_query(text: str, file: str) -> Query:
    """The question that stands in the file called `file`. Raises SchemaError."""
    root = parse_yaml(text, file)
    root.allow("name title description cypher example", "parameters")
    name = root.own_name("name")
    if not _NAME.fullmatch(name):
        raise root["name"].error(f"{name} is no name", "Write lower-case letters, digits and -.")
    parameters = tuple(_parameter(*pair) for pair in root.pairs("parameters"))
    cypher = root["cypher"].text()
    _check_use(root["cypher"], cypher, parameters)
    example = root["example"]
    example.allow("columns", "parameters")
    return Query(
        name,
        label(root["title"]),
        label(root["description"]),
        parameters,
        cypher,
        dict(_example_values(example, parameters)),
        example.texts("columns"),
    )


def _parameter(name: str, node: Node) -> Parameter:
    node.allow("type zh en", "default")
    if not _PARAMETER.fullmatch(name):
        raise node.error(f"{name} is no name of a parameter", "Write letters and digits: maxRows.")
    kind = node["type"].choice(PARAMETER_TYPES, "type of parameter")
    if kind != "text" and "default" not in node:
        raise node.error("default is missing", "Add default: 50, say.")
    default = _literal(node["default"], kind) if "default" in node else ""
    return Parameter(name, kind, default, wordings(node))


def _literal(node: Node, kind: str) -> ParameterValue:
    text = node.text()
    if kind == "integer" and not text.isdecimal():
        raise node.error(f"{text} is no whole number", "Write 50, say.")
    return int(text) if kind == "integer" else text


def _example_values(
    example: Node, parameters: tuple[Parameter, ...]
) -> Iterator[tuple[str, ParameterValue]]:
    types = {parameter.name: parameter.type for parameter in parameters}
    for name, node in example.pairs("parameters"):
        if name not in types:
            raise node.error(f"{name} is no parameter of it", f"Known: {', '.join(types)}.")
        yield name, _literal(node, types[name])


def _check_use(node: Node, cypher: str, parameters: tuple[Parameter, ...]) -> None:
    """Raise unless the text uses exactly the parameters that the file declares, and sorts."""
    used = set(_USED.findall(_LITERAL.sub(" ", cypher)))
    declared = {parameter.name for parameter in parameters}
    for name in sorted(used - declared):
        raise node.error(f"${name} is used and not declared", f"Add {name} to parameters.")
    for name in sorted(declared - used):
        raise node.error(f"the parameter {name} is not used", f"Write ${name}, or remove it.")
    if "ORDER BY" not in cypher:
        raise node.error("the rows come in any order", "End the query with ORDER BY.")
