"""Whether a text is about the chain at all.

A divorce or a football match also has people who sell and courts that sentence. Where a text has
few words of the field, its claims need better reasons.
"""

from __future__ import annotations

from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import Document
from kg.schema import Schema

DENSITY = 43
"""Terms of the field per 1,000 characters below which a text counts as off topic. Measured: of the
annotated articles all but one have 44 and more, of unrelated articles one in seven has."""
SHORT = 200
"""Characters below which a text says too little to tell."""
UNLIKELY = 0.7
"""The least probability of a claim in a text that is off topic."""

_FIELD = frozenset({"Good", "Tool", "Service", "Role", "Activity", "Control"})


def is_off_topic(document: Document, schema: Schema) -> bool:
    """Whether a text of some length has little of what the term lists hold."""
    size = len(document.text)
    return size >= SHORT and density(document.text, schema) < DENSITY


def density(text: str, schema: Schema) -> float:
    """Terms of the field per 1,000 characters of a text."""
    return 1000 * len(_terms(schema).find_matches_as_indexes(text)) / len(text)


@lru_cache(maxsize=4)
def _terms(schema: Schema) -> AhoCorasick:
    kinds = [schema.nodes[kind] for kind in _FIELD if kind in schema.nodes]
    several = [term for kind in kinds for term in kind.terms]
    forms = {form for term in several for form in (term.name, *term.variants) if len(form) > 1}
    return AhoCorasick(sorted(forms), matchkind=MatchKind.LeftmostLongest)
