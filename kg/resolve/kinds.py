"""What resolve needs of the schema: which types may stand for one another, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.resolve.lexicon import Lexicon, lexicon_of
from kg.resolve.opposites import Opposites, opposites_of
from kg.schema import Schema

Use = tuple[str, str]
"""An edge type and the end of it (`subject`, `object`) that a mention is."""

_SISTERS = frozenset({"actor", "thing", "act", "law"})
"""Groups whose types a text may take for one another (接码平台: service or platform). A price
and a statistic, or a place and a sector, are two things even where they read alike."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The group of each node type, the types that each end of an edge allows, the edge types
    without direction, what names are opposites, and what stands in names. A type that is not
    named is a group of its own, an edge type that is not named allows everything."""

    groups: Mapping[str, str]
    ends: Mapping[Use, frozenset[str]]
    symmetric: frozenset[str]
    opposites: Opposites
    lexicon: Lexicon

    def group(self, type_: str) -> str:
        """The group of a node type."""
        return self.groups.get(type_, type_)

    def allow(self, uses: Iterable[Use], type_: str) -> bool:
        """Whether something of type `type_` can be in all these places."""
        return all(type_ in self.ends[use] for use in uses if use in self.ends)


def kinds_of(schema: Schema) -> Kinds:
    """The kinds that a schema defines."""
    ends: dict[Use, frozenset[str]] = {}
    for name, edge in schema.edges.items():
        both = edge.source | edge.target
        ends[name, "subject"] = both if edge.symmetric else edge.source
        ends[name, "object"] = both if edge.symmetric else edge.target
    return Kinds(
        groups={name: n.group for name, n in schema.nodes.items() if n.group in _SISTERS},
        ends=ends,
        symmetric=frozenset(name for name, edge in schema.edges.items() if edge.symmetric),
        opposites=opposites_of(schema),
        lexicon=lexicon_of(schema),
    )
