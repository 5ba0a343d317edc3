"""What a shell offers behind the Tab key: names of types and questions, values of options."""

from __future__ import annotations

from collections.abc import Callable


def types(incomplete: str) -> list[str]:
    """The node and edge types that begin so."""
    from kg.schema import load_schema

    schema = load_schema()
    return [name for name in (*schema.nodes, *schema.edges) if name.startswith(incomplete)]


def questions(incomplete: str) -> list[tuple[str, str]]:
    """The named questions that begin so, with their titles."""
    from kg.cli.talk import in_language
    from kg.store.cypher.queries import load_queries

    return [
        (name, in_language(query.title))
        for name, query in load_queries().items()
        if name.startswith(incomplete)
    ]


def one_of_these(*values: str) -> Callable[[str], list[str]]:
    """Offers those of `values` that begin so."""
    return lambda incomplete: [value for value in values if value.startswith(incomplete)]
