"""YAML as a tree that knows its lines, so that a complaint can say where to look.

Scalars stay the text that was written: `360`, `on` and `1069` are names, not values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from math import inf

import yaml

from kg.errors import SchemaError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times faster


class Node:
    """A mapping, a list or a scalar of one file; reading it wrongly raises SchemaError."""

    __slots__ = ("_map", "_raw", "file")

    def __init__(self, raw: yaml.Node, file: str) -> None:
        self._raw = raw
        self.file = file
        self._map: dict[str, Node] | None = None

    @property
    def is_map(self) -> bool:
        """Whether this is a mapping."""
        return isinstance(self._raw, yaml.MappingNode)

    @property
    def where(self) -> str:
        """File and line, `nodes/Role.yaml:33`."""
        return f"{self.file}:{self._raw.start_mark.line + 1}"

    def error(self, what: str, remedy: str) -> SchemaError:
        """The error to raise about this node."""
        return SchemaError(f"{self.where}: {what}. {remedy}")

    def __contains__(self, key: str) -> bool:
        return key in self._mapping()

    def __getitem__(self, key: str) -> Node:
        return self._mapping()[key]

    def allow(self, required: str, optional: str = "") -> None:
        """Raise unless all of `required` and nothing but these keys (words of a string) stand."""
        known = required.split() + optional.split()
        for key, value in self._mapping().items():
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(known)}."
                raise value.error(f"unknown key {key}", hint)
        for key in required.split():
            if key not in self._mapping():
                raise self.error(f"{key} is missing", f"Add {key}: ….")

    def text(self) -> str:
        """The scalar as written, without surrounding space; never empty."""
        if not isinstance(self._raw, yaml.ScalarNode):
            raise self.error("expected one text", "Write a single value here.")
        value = str(self._raw.value).strip()
        if not value:
            raise self.error("the value is empty", "Write it, or leave the key out.")
        return value

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        if not self.text().isdecimal() or not low <= int(self.text()) <= high:
            what = f"{self.text()} is no whole number from {low} to {high}"
            raise self.error(what, "Write one.")
        return int(self.text())

    def positive(self) -> float:
        """A number above 0."""
        try:
            value = float(self.text())
        except ValueError:
            value = 0.0
        if not 0 < value < inf:
            raise self.error(f"{self.text()} is no number above 0", "Write one.")
        return value

    def choice(self, known: Sequence[str], what: str = "value") -> str:
        """One of `known`."""
        value = self.text()
        if value not in known:
            near = get_close_matches(value, known, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
            raise self.error(f"unknown {what} {value}", hint)
        return value

    def flag(self, key: str) -> bool:
        """true or false under `key`; false where there is none."""
        return key in self and self[key].choice(("true", "false")) == "true"

    def items(self, key: str) -> list[Node]:
        """The list under `key`; empty where there is none."""
        return list(self[key].sequence()) if key in self else []

    def pairs(self, key: str) -> list[tuple[str, Node]]:
        """The mapping under `key`, in order; empty where there is none."""
        return list(self[key]._mapping().items()) if key in self else []

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of different texts under `key`; empty where there is none."""
        return self[key].strings() if key in self else ()

    def strings(self) -> tuple[str, ...]:
        """This list as texts, all different."""
        seen: dict[str, None] = {}
        for item in self.sequence():
            value = item.text()
            if value in seen:
                raise item.error(f"{value} stands twice in this list", "Remove one.")
            seen[value] = None
        return tuple(seen)

    def own_name(self, key: str) -> str:
        """What the file defines, which is also its name: two files cannot define one type."""
        name, stem = self[key].text(), self.file.rpartition("/")[2].removesuffix(".yaml")
        if name != stem:
            remedy = f"Rename the file to {name}.yaml, or the {key}."
            raise self[key].error(f"the file of {stem} defines {name}", remedy)
        return name

    def sequence(self) -> Iterator[Node]:
        """The members of this list."""
        if not isinstance(self._raw, yaml.SequenceNode):
            raise self.error("expected a list", "Write [a, b] or - a.")
        for item in self._raw.value:
            yield Node(item, self.file)

    def _mapping(self) -> dict[str, Node]:
        if self._map is None:
            if not isinstance(self._raw, yaml.MappingNode):
                raise self.error("expected a mapping", "Write key: value.")
            self._map = {}
            for key, value in self._raw.value:
                name = Node(key, self.file).text()
                if name in self._map:
                    raise Node(key, self.file).error(f"{name} stands twice", "Remove one.")
                self._map[name] = Node(value, self.file)
        return self._map


def unique(names: Iterable[tuple[str, Node]], what: str) -> None:
    """Raise where a name stands a second time; the message names both places."""
    seen: dict[str, Node] = {}
    for name, node in names:
        if name in seen:
            first = seen[name].where
            raise node.error(f"the {what} {name} also stands at {first}", "Keep one of the two.")
        seen[name] = node


def parse_yaml(text: str, name: str) -> Node:
    """The tree of the file called `name`. Raises SchemaError for no YAML and for nothing."""
    try:
        root = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise SchemaError(f"{name}:{line}: {fault.problem}. Correct the YAML.") from None
    except yaml.YAMLError as fault:
        raise SchemaError(f"{name}:1: {fault}. Correct the YAML.") from None
    if root is None:
        raise SchemaError(f"{name}:1: the file is empty. Define its type, or delete it.")
    return Node(root, name)
