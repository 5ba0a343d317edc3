"""Where a text has the words that tell how it puts things: denials, possibilities, duties."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.schema import Schema

CLASSES = (
    "negation-false", "prescriptive-false", "hypothetical-false", "negation", "prescriptive",
    "hypothetical", "hypothetical-condition",
)  # fmt: skip
"""Of a word that several of them list, the first counts."""


class Marks:
    """Finds the words of the classes in `CLASSES`, longest first, false ones swallowed. 不 before
    a verb of an edge denies too (不转卖), but for single characters, which begin other words."""

    def __init__(self, schema: Schema) -> None:
        kinds: dict[str, str] = {}
        for name in CLASSES:
            for word in schema.words.get(name, ()):
                kinds.setdefault(word, name)
        for edge in schema.edges.values():
            for verb in {verb for frame in edge.frames for verb in frame.triggers}:
                if len(verb) > 1:
                    kinds.setdefault(f"不{verb}", "negation")
        self._kinds = list(kinds.values())
        self._automaton = AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest)

    def scan(self, text: str) -> Iterator[tuple[str, int]]:
        """(class, start) of every mark in `text`, in order."""
        for index, start, _ in self._automaton.find_matches_as_indexes(text):
            kind = self._kinds[index]
            if not kind.endswith("-false"):
                yield kind, start


@lru_cache(maxsize=4)
def marks(schema: Schema) -> Marks:
    """The Marks of a schema."""
    return Marks(schema)
