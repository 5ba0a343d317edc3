"""What a text names and does not tell as done: it is made believe or wrongly believed, meant or
tried, or it failed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from kg.model import Mention, Sentence
from kg.schema import EdgeType, Schema, any_in, any_of

_SELF = "(?:自己|本人|其|他|她|能够?|可以?|愿意?|要|已|正在|正|大量|低价|高价|对外|非法|继续|再次)*"
_APART = re.compile("[，。；：！？,;:!?]|[的而后并再却]")
"""What parts such a word from a deed that is not its own: 谎称急用，/ 企图出售而购买."""
_NEAR = 24
"""Characters between such a word and the trade that it is about."""
_AS = "(?:(?:[了自己其他她]|本人|是|系|为|成|作)|[一某][名位个家])*(?:[^，。；：、]{1,8}的)?"
"""Between a word for passing for something and what it is: 谎称自己是一名卡商."""
_REASON = "(?:因|由于)[^，。；：]{1,14}"
_NEXT = (
    "(?:(?![用后并再去]|实施|进行)[^，。；：]){0,10}"
    f"(?:，(?:{_REASON}，?)?[^，。；：]{{0,6}}?|{_REASON})?"
)
"""From a trade to what says that it failed: the rest of its clause, a reason, another's name."""
_BY = "(?:(?:利用|使用|借助|通过|[用以])[^，。；：的]{1,12}?)?"
_ACTORS = frozenset({"Person", "Organization", "Group", "Role", "Agency", "Platform"})
_TRIED = frozenset({"CIRCUMVENTS", "CONTROLS", "LOCATED_IN"})
"""What is none before it is achieved. Who tries to swindle somebody is at it already."""
_PARTS = frozenset({"HAS_ROLE", "AFFILIATED_WITH"})
"""What somebody may pass for by its object: a card dealer, an employee of a firm."""
_LED = re.compile("(?:以|打着|借|假借)[^，。；：]*$")
"""Before the object of a pretext."""


class Undone(NamedTuple):
    """Words before a trade that is `feigned` (谎称出售) or only `meant` (准备出售); `begun` where
    the trade follows, by its verb or a word for its object or its other side."""

    feigned: re.Pattern[str]
    meant: re.Pattern[str]
    tried: Mapping[str, re.Pattern[str]]
    """The same before what is no trade: 企图用照片绕过人脸识别, 计划成立公司."""
    meant_behind: re.Pattern[str]
    """The same behind the object: 携带银行卡准备出售."""
    offered: re.Pattern[str]
    """Before a trade that is only offered or asked for (提出向乙购买), unless it is `agreed` to."""
    offered_behind: re.Pattern[str]
    """The same behind the other side: 向乙提出购买."""
    agreed: re.Pattern[str]
    """Behind such a trade, any sign that it came about, so far as nothing denies it."""
    pretext: re.Pattern[str]
    """Behind the object of what is only a pretext: 以出售口罩为由."""
    tales: re.Pattern[str]
    """Any of the words of the next three."""
    posed: re.Pattern[str]
    """Right before what somebody only passes for."""
    believed: re.Pattern[str]
    """Right before what somebody wrongly takes for true."""
    fate: re.Pattern[str]
    """Before who only in a tale has done something to the one who tells it: 谎称自己被警方抓获."""
    promised: re.Pattern[str]
    failed: re.Pattern[str]
    broken: re.Pattern[str]
    """Behind the later end of a trade, what says that it failed; of one only `promised`, also what
    says that somebody would not."""


@lru_cache(maxsize=4)
def undone_of(schema: Schema) -> Undone:
    """The Undone of a schema."""
    kinds = ("selling", "getting", "handing", "buying")
    verbs = any_of({verb for kind in kinds for verb in schema.words.get(kind, ()) if len(verb) > 1})
    feigning, meaning, pretext, posing, believing, promising, failing, breaking = any_in(
        schema, "feigning", "meaning", "pretext", "posing", "believing", "promising", "failing",
        "breaking",
    )  # fmt: skip
    proposing, consenting = any_in(schema, "proposing", "consenting")
    begun = f"[将把向从给卖买]|{verbs}|有[^，。；：]{{1,12}}?(?:{verbs}|卖)"
    return Undone(
        feigned=re.compile(f"{feigning}{_SELF}(?P<begun>(?={begun}))?"),
        meant=re.compile(f"(?<![虚模草]){meaning}{_SELF}(?P<begun>(?={begun}))"),
        tried={
            edge.name: re.compile(
                f"(?<![虚模草]){meaning}{_SELF}{_BY}(?P<begun>(?="
                + any_of({v for one in edge.frames for v in one.triggers if len(v) > 1}) + "))"
            )
            for edge in schema.edges.values() if edge.name in _TRIED
        },
        meant_behind=re.compile(f"(?:[^，。；：的]{{0,4}}|[^，。；：]{{0,4}}等(?:[^，。；：的]{{0,4}}))"
                   f"(?<![虚模草]){meaning}{_SELF}(?:{verbs}|卖)"),
        offered=re.compile(f"{proposing}{_SELF}(?P<begun>(?={begun}))"),
        offered_behind=re.compile(f"{proposing}{_SELF}(?:{verbs}|[买卖])"),
        agreed=re.compile(f"(?<![没未不拒])(?<![没未]有){consenting}"),
        pretext=re.compile(f"[^，。；：的]{{0,6}}{pretext}"),
        tales=re.compile(f"{posing}|{believing}|{feigning}"),
        posed=re.compile(f"(?:{feigning}|{posing}|{believing}){_AS}$"),
        believed=re.compile(f"{believing}[^，。；：]{{0,4}}$"),
        fate=re.compile(f"{feigning}{_SELF}(?:已经|刚|曾|又)*[被遭][^，。；：]{{0,4}}$"),
        promised=re.compile(f"(?<![思理梦设联感料没不])(?:{promising}|{meaning}|{proposing})"),
        failed=re.compile(f"{_NEXT}{failing}"),
        broken=re.compile(f"{_NEXT}(?P<word>{breaking})(?=了?(?:[，。；]|$))"),
    )  # fmt: skip


def is_feigned(
    text: str, sentence: Sentence, subject: Mention, target: Mention, undone: Undone
) -> bool:
    """Whether the trade of two is only made believe: 甲谎称将卡卖给乙, 甲以卖卡为由."""
    last = _later_end(sentence, subject, target)
    if undone.pretext.match(text, last.end) and _LED.search(text, sentence.start, last.start):
        return True
    return _governs(undone.feigned, text, sentence, subject, target)


def is_meant(
    text: str, sentence: Sentence, subject: Mention, edge: EdgeType, target: Mention, undone: Undone
) -> bool:  # fmt: skip
    """Whether a trade is only planned (甲准备将卡卖给乙, 甲携带卡准备出售) or offered, or did not
    come about, or another deed is only tried."""
    if edge.name in undone.tried:
        return _governs(undone.tried[edge.name], text, sentence, subject, target)
    if edge.group != "trade":
        return False
    if has_failed(text, sentence, subject, target, undone):
        return True
    if undone.meant_behind.match(text, target.end, sentence.end):
        return True
    if _governs(undone.meant, text, sentence, subject, target):
        return True
    return _is_offered(text, sentence, subject, target, undone)


def _is_offered(
    text: str, sentence: Sentence, subject: Mention, target: Mention, undone: Undone
) -> bool:
    """Whether a trade is only offered or asked for: 甲提出向乙购买卡, 甲向乙提出购买其卡."""
    last = _later_end(sentence, subject, target)
    return (
        undone.offered_behind.match(text, last.end, sentence.end) is not None
        or _governs(undone.offered, text, sentence, subject, target)
    ) and undone.agreed.search(text, last.end, sentence.end) is None


@lru_cache(maxsize=1024)
def _stands(words: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether any of the words stands in a sentence; asked of all pairs in it, and mostly not."""
    return words.search(text, start, end) is not None


def is_tale(
    text: str, sentence: Sentence, subject: Mention, edge: str, target: Mention, undone: Undone
) -> bool:
    """Whether somebody only believes, or makes believe, what is said of two: 甲误以为乙是卡商,
    甲谎称自己是卡商, 甲谎称自己被警方抓获."""
    if not _stands(undone.tales, text, sentence.start, sentence.end):
        return False
    first, last = sorted((subject, target), key=lambda m: m.start)
    low = max(sentence.start, first.start - _NEAR)
    if undone.believed.search(text, low, first.start):
        return True
    low = max(sentence.start, last.start - _NEAR)
    if edge in _PARTS and undone.posed.search(text, low, target.start):
        return True
    return undone.fate.search(text, low, last.start) is not None


def has_failed(
    text: str, sentence: Sentence, subject: Mention, target: Mention, undone: Undone
) -> bool:
    """Whether the sentence goes on to say that a trade did not come about: 甲收购银行卡未果,
    甲答应把卡卖给乙，后来反悔."""
    last = _later_end(sentence, subject, target)
    if undone.failed.match(text, last.end, sentence.end):
        return True
    broken = undone.broken.match(text, last.end, sentence.end)
    low = max(sentence.start, last.start - _NEAR)
    return (
        broken is not None and undone.promised.search(text, low, broken.start("word")) is not None
    )


def _later_end(sentence: Sentence, subject: Mention, target: Mention) -> Mention:
    """The end of a trade that stands later, as far as the sentence goes."""
    return max((m for m in (subject, target) if m.start < sentence.end), key=lambda m: m.start)


def _governs(
    word: re.Pattern[str], text: str, sentence: Sentence, subject: Mention, target: Mention
) -> bool:
    """Whether such a word stands before the later end of a trade, in its clause, and before a word
    that begins it, or right before who is said to make it."""
    last = _later_end(sentence, subject, target)
    first = max(sentence.start, last.start - _NEAR)
    for match in word.finditer(text, first, sentence.end):
        if match.start() >= last.start:
            break
        behind = subject.type in _ACTORS and match.end() <= subject.start < last.start
        own = subject.start == match.end() if behind else match["begun"] is not None
        if own and _APART.search(text, match.end(), last.start) is None:
            return True
    return False
