"""Where a text has the words that tell how it puts things: denials, possibilities, duties."""

from __future__ import annotations

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

    def scan(self, text: str) -> list[tuple[str, int]]:
        """(class, start) of every mark in `text`, in order. Two denials in a row (没有否认) are
        none."""
        found: list[tuple[str, int]] = []
        denied = -1  # where a denial ends that is the last mark
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            kind = self._kinds[index]
            if kind == "negation" and start == denied:
                found.pop()
                denied = -1
            elif not kind.endswith("-false"):
                found.append((kind, start))
                denied = end if kind == "negation" else -1
        return found


@lru_cache(maxsize=4)
def marks(schema: Schema) -> Marks:
    """The Marks of a schema."""
    return Marks(schema)
