"""Verbs of relative clauses, which have a doer of their own: 甲盗用乙经营的平台."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Mention
from kg.relate.candidates import Candidate

_EMBEDDED = frozenset({
    "ARRESTS", "CONTROLS", "DISMANTLES", "INVESTIGATES", "PROVIDED_BY", "PUBLISHED_BY", "SEIZES",
    "SELLS",
})  # fmt: skip
"""What one does who stands in such a clause, and not who stands before it. Who takes or uses what
another obtained obtains it, too, and who takes part in what a gang does engages in it."""
_DOERS = frozenset({"Person", "Organization", "Group", "Role"})
_BEFORE_VERB = re.compile(
    "(?:等人?|等[0-9一二三四五六七八九十]+人)?[^，。；：、的从向给在被由把将对与和处]{0,6}"
)
"""Between a doer and his verb."""
_TO_HEAD = re.compile("[^，。；：的]{0,4}的[^，。；：的]{0,12}")
"""Between the verb of a relative clause and what the clause describes."""
_TOGETHER = re.compile("等人?|[、和与及跟同]")


def is_embedded(
    text: str, one: Candidate, mentions: Sequence[Mention], joining: Sequence[str]
) -> bool:
    """Whether the verb stands in a clause that describes the object, and who does it stands there,
    too, behind the subject: it is 乙 who runs the platform in 甲盗用乙经营的平台. Those whom `和`
    or a word of `joining` (伙同) ties do it together."""
    ends = mentions[one.subject], mentions[one.object]
    subject, target = sorted(ends, key=lambda mention: mention.start)
    if one.type not in _EMBEDDED or one.verb is None:
        return False
    if not subject.end <= one.verb[0] < one.verb[1] <= target.start:
        return False
    if _TO_HEAD.fullmatch(text, one.verb[1], target.start) is None:
        return False
    if _TOGETHER.match(text, subject.end):
        return False
    doers = [
        m for m in (mentions[at] for at in one.parsed.mentions)
        if (m.type == subject.type or {m.type, subject.type} <= _DOERS) and m.name != subject.name
        and subject.end < m.start and m.end <= one.verb[0]
    ]  # fmt: skip
    if not doers:
        return False
    between = text[subject.end : min(m.start for m in doers)]
    if any(word in between for word in joining):
        return False
    return any(_BEFORE_VERB.fullmatch(text, m.end, one.verb[0]) for m in doers)
