"""Word lists that are easier to read as one string."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """The words of a string that separates them by white space."""
    return frozenset(text.split())
