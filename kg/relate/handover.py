"""Whether anything changes hands in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.model import Mention
from kg.relate.candidates import Candidate
from kg.schema import Schema, any_of

_NAMES = frozenset({"Offence", "Law", "Case"})
"""Names that say nothing of what is done: 犯出售公民个人信息罪."""


@lru_cache(maxsize=4)
def handover_of(schema: Schema) -> re.Pattern[str]:
    """The words of a schema for what changes hands; any verb of a trade is one."""
    words = {*schema.words.get("changing-hands", ())}
    for edge in schema.edges.values():
        if edge.group == "trade":
            words.update(verb for one in edge.frames for verb in one.triggers if len(verb) > 1)
    return re.compile(any_of(words))


def is_idle(text: str, one: Candidate, mentions: Sequence[Mention], words: re.Pattern[str]) -> bool:
    """Whether a supply stands in a sentence that tells of none: 甲与乙的行为构成共同犯罪."""
    sentence = one.parsed.sentence
    names = [m for m in (mentions[at] for at in one.parsed.mentions) if m.type in _NAMES]
    return not any(
        all(not name.start <= match.start() < name.end for name in names)
        for match in words.finditer(text, sentence.start, sentence.end)
    )
