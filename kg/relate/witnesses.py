"""Who only knows of what others do, says it, or brings them together: 李某听说赵某卖卡给卡商."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.model import Mention
from kg.relate.candidates import Candidate
from kg.schema import any_of

_DOERS = frozenset({"Person", "Organization", "Group", "Role"})
_APART = re.compile(r"[，。；：！？的、\n]")
"""What parts a name from the verb that is not its own."""
_SOMEBODY = re.compile("他人|别人|有人")
_BEFORE_DOER = re.compile("[^，。；：！？、的从向在被把将给与和对为用以]{0,6}")
"""What may stand between the verb and who does it: 不知道妻子孙某, but not 发现从孙某处."""
_OWN_AGAIN = re.compile("[，。；：！？]|[后仍却便遂并]|从而|进而|为由|为名|名义|借口")
"""Behind it the first one acts (得知孙某卖卡后购买), or has done so all along: 以为他人办卡为由."""
_TAKES_PART = re.compile("[后仍却便遂并其他她]|从而|进而|为由|为名|名义|借口|自己")
"""Behind the doer the first one is in it: 得知孙某卖卡，便联系购买, 知道孙某卖卡给自己."""


@lru_cache(maxsize=4)
def _witnesses(verbs: tuple[str, ...]) -> re.Pattern[str]:
    """One of the verbs right behind a name, with an adverb or two at most, and what opens the words
    that are quoted."""
    return re.compile(
        f"[^，。；：！？、的]{{0,3}}?{any_of(verbs)}了?(?:[，：]?[“「]|[，：](?!后|便))?"
    )


def is_anothers_doing(
    text: str, one: Candidate, mentions: Sequence[Mention], verbs: tuple[str, ...], *,
    guessed: bool,
) -> bool:  # fmt: skip
    """Whether one end only knows of what a third does to the other (李某听说赵某卖卡给卡商), or
    brings him to it (李某介绍赵某卖卡给卡商), by one of the `verbs`. Where two are `guessed` to
    trade because they stand near each other, the one may also know what the other does."""
    ends = mentions[one.subject], mentions[one.object]
    first, last = ends if ends[0].start <= ends[1].start else ends[::-1]
    if first.type not in _DOERS or first.start < one.parsed.sentence.start or not verbs:
        return False
    verb = _witnesses(verbs).match(text, first.end, last.start)
    if verb is None:
        return False
    behind = _BEFORE_DOER.match(text, verb.end(), last.start)
    doers = [
        (m.start, m.end)
        for m in (mentions[index] for index in one.parsed.mentions)
        if m.type in _DOERS and m.name != first.name
        and verb.end() <= m.start and m.end <= last.start
    ]  # fmt: skip
    somebody = _SOMEBODY.match(text, verb.end(), last.start)
    doer = somebody.span() if somebody else min(doers, default=None)
    if doer is None and guessed:
        return _is_known(text, last, behind, one.parsed.sentence.end)
    if doer is None or behind is None or doer[0] > behind.end():
        return False
    return _OWN_AGAIN.search(text, doer[1], last.start) is None


def _is_known(text: str, doer: Mention, behind: re.Match[str] | None, stop: int) -> bool:
    """Whether the first one only knows that the doer does something, and has no part in it himself:
    李某知道赵某卖卡给卡商, but not 李某知道赵某，向其购买."""
    if doer.type not in _DOERS or behind is None or behind.end() != doer.start:
        return False
    if _APART.match(text, doer.end):
        return False
    return _TAKES_PART.search(text, doer.end, stop) is None
