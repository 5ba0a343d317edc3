"""Extractions -> Graph: the only stage that sees more than one document.

`together` decides which mentions are one entity, `names` (by a `lexicon`) and `laws` what a name
says about that, `variants` and `opposites` which names of a text say more or less of one thing,
`reposts` which documents are one origin, `assemble` puts the graph together.
"""

from __future__ import annotations

from kg.resolve.assemble import resolve
from kg.resolve.decision import Decision, Verdict

__all__ = ["Decision", "Verdict", "resolve"]
