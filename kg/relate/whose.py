"""Whose a standing is that a sentence tells of: his of whom it is said, not of those around him."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Mention
from kg.relate.candidates import Candidate

STANDINGS = frozenset({"HAS_ROLE", "AFFILIATED_WITH"})
_HIS = re.compile("[^，。；：、的]{0,5}")
"""What may stand between a role or a firm and whose it is: 云泽公司股东谢某的妻子."""


def is_his(text: str, one: Candidate, mentions: Sequence[Mention]) -> bool:
    """Whether a standing is that of another, to whom the subject only belongs (卡商 in 程某是卡商
    谢某的马仔), or of one who only belongs to the subject (马仔)."""
    subject, target = mentions[one.subject], mentions[one.object]
    if one.type == "HAS_ROLE" and text[subject.end : target.start] == "的":
        return not text.startswith(("身份", "角色"), target.end)
    if "的" in subject.text and target.end <= subject.start:
        return _HIS.fullmatch(text, target.end, subject.start) is not None
    return subject.end < target.start and any(
        m.type == "Person" and m.name != subject.name and m.start >= target.end
        and ("的" in m.text or text.startswith("的", m.end))
        and _HIS.fullmatch(text, target.end, m.start)
        for m in (mentions[at] for at in one.parsed.mentions)
    )  # fmt: skip


_LISTED = re.compile(r"(?:[、和与及跟]|以及|同案|被告人|上诉人|嫌疑人|\s)*")
_ALL = re.compile("[均都皆]")


def is_of_next(text: str, one: Candidate, mentions: Sequence[Mention]) -> bool:
    """Whether nothing but nearness makes somebody what the sentence says of another behind him who
    is not in one list with him: 柏某 in 在罗某、柏某的共同犯罪中，罗某系主犯."""
    subject, target = mentions[one.subject], mentions[one.object]
    if one.type != "HAS_ROLE" or _ALL.search(text, subject.end, target.start):
        return False
    behind = [
        m for m in (mentions[at] for at in one.parsed.mentions)
        if m.type == "Person" and subject.end <= m.start and m.end <= target.start
    ]  # fmt: skip
    at = subject.end
    for m in behind:
        if not _LISTED.fullmatch(text, at, m.start):
            return True
        at = m.end
    return False
