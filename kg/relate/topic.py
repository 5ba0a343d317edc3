"""Whether a text is about the chain at all.

A divorce or a football match also has people who sell and courts that sentence. Where a text has
few words of the field, its claims need better reasons.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Document, Mention

DENSITY = 28
"""Terms of the field per 1,000 characters below which a text counts as off topic. Measured: the
annotated articles have 29 and more, of unrelated articles nine in ten have fewer."""
SHORT = 200
"""Characters below which a text says too little to tell."""
UNLIKELY = 0.5
"""The least probability of a claim in a text that is off topic."""

_FIELD = frozenset({"Good", "Tool", "Service", "Role", "Activity", "Control"})


def is_off_topic(document: Document, mentions: Sequence[Mention]) -> bool:
    """Whether a text of some length names little of what the term lists hold."""
    size = len(document.text)
    if size < SHORT:
        return False
    terms = sum(m.type in _FIELD and m.rule.endswith("#term") for m in mentions)
    return terms * 1000 < DENSITY * size
