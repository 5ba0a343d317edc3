"""What the constructs of police, courts and trade share: how people are named in lists, who of the
agencies of a sentence is meant, and what a swindler only makes believe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.relate.coded import Line, pattern

ENDS = "，,。；;：:！？!?"
"""What ends a clause."""
STANDING = "{~standing}*"
"""What somebody is called before his name, for `worded`."""
SOME = r"(?:等人?|等?[\d一二两三四五六七八九十几数多]{1,3}余?名?人)?"
"""Behind a list of people, how many they are: 等人, 等七人, 3人."""
ETC = rf"(?:等(?:[^{ENDS}的]{{0,4}}?{{T:Person}}|人)?)?"
"""The same, with those who are only counted (等5人) as members T."""
_AGENCY = pattern("{S:Agency}(?:(?:联合|会同|协同){:Agency})*")


def members(line: Line, match: re.Match[str], group: str) -> list[int]:
    """The mentions in a group that the pattern may not have."""
    return line.members(match, group) if group in match.re.groupindex else []


def agency_before(line: Line, at: int) -> list[int]:
    """The last agency of the sentence before a place in it, if there is one; of several that act
    together, the first."""
    before = [line.members(match, "S") for match in _AGENCY.finditer(line.code, 0, at)]
    return before[-1] if before else []


def is_pretended(line: Line, at: int, words: Sequence[str]) -> bool:
    """Whether what stands before a place in the sentence is what a swindler makes believe."""
    return any(0 <= line.code.find(word) < at for word in words)
