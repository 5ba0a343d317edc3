"""Whom a fraud harms: what a victim hands over, he does not supply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Mention
from kg.relate.candidates import Candidate
from kg.schema import Schema, any_in


class Harm(NamedTuple):
    """What somebody is `called` whom a fraud harms, before his name or as one (of the `words`);
    what stands behind who is `deceived`; and what he does for money all the same (`sells`)."""

    words: tuple[str, ...]
    called: re.Pattern[str]
    deceived: re.Pattern[str]
    sells: re.Pattern[str]


@lru_cache(maxsize=4)
def harm_of(schema: Schema) -> Harm:
    """The Harm of a schema."""
    victim, deceived, selling = any_in(schema, "victim", "deceived", "selling")
    return Harm(
        tuple(schema.words.get("victim", ())),
        re.compile(f"{victim}$"),
        re.compile(f"[^，。；：、的]{{0,4}}?{deceived}"),
        re.compile(f"{selling}|卖"),
    )


def is_victims(text: str, one: Candidate, mentions: Sequence[Mention], harm: Harm) -> bool:
    """Whether it is a victim who hands a thing over: 被害人甲将卡交给乙, 甲信以为真，将卡交给乙.
    Who sells it supplies it, whatever he was made to believe."""
    if one.type != "SUPPLIES":
        return False
    subject, sentence = mentions[one.subject], one.parsed.sentence
    if harm.called.search(subject.name) or harm.called.search(
        text, max(sentence.start, subject.start - _LONGEST), subject.start
    ):
        return True
    named = subject.type == "Person" and "某" not in subject.name  # 李某 may be another one
    if named and any(word + subject.name in text for word in harm.words):
        return True
    if not sentence.start <= subject.start < sentence.end:
        return False
    deceived = harm.deceived.match(text, subject.end, sentence.end)
    return deceived is not None and not harm.sells.search(text, deceived.end(), one.end)


_LONGEST = 6
"""Characters of what a victim is called, at most."""
