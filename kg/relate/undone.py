"""Trades that a text names and does not tell as done: they are made believe, or only meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.model import Mention, Sentence
from kg.relate.page import any_in, any_of
from kg.schema import Schema

_SELF = "(?:自己|本人|其|他|她|能够?|可以?|愿意?|要|已|正在|正|大量|低价|高价|对外|非法|继续|再次)*"
_APART = re.compile("[，。；：！？,;:!?]|[的而后并再却]")
"""What parts such a word from a deed that is not its own: 谎称急用，/ 企图出售而购买."""
_NEAR = 24
"""Characters between such a word and the trade that it is about."""
_LED = re.compile("(?:以|打着|借|假借)[^，。；：]*$")
"""Before the object of a pretext."""


class Undone(NamedTuple):
    """Words before a trade that is `feigned` (谎称出售) or only `meant` (准备出售); `begun` where
    the trade follows, by its verb or a word for its object or its other side."""

    feigned: re.Pattern[str]
    meant: re.Pattern[str]
    meant_behind: re.Pattern[str]
    """The same behind the object: 携带银行卡准备出售."""
    pretext: re.Pattern[str]
    """Behind the object of what is only a pretext: 以出售口罩为由."""


@lru_cache(maxsize=4)
def undone_of(schema: Schema) -> Undone:
    """The Undone of a schema."""
    kinds = ("selling", "getting", "handing", "buying")
    verbs = any_of({verb for kind in kinds for verb in schema.words.get(kind, ()) if len(verb) > 1})
    feigning, meaning, pretext = any_in(schema, "feigning", "meaning", "pretext")
    begun = f"[将把向从给卖买]|{verbs}|有[^，。；：]{{1,12}}?(?:{verbs}|卖)"
    return Undone(
        re.compile(f"{feigning}{_SELF}(?P<begun>(?={begun}))?"),
        re.compile(f"(?<![虚模草]){meaning}{_SELF}(?P<begun>(?={begun}))"),
        re.compile(f"(?:[^，。；：的]{{0,4}}|[^，。；：]{{0,4}}等(?:[^，。；：的]{{0,4}}))"
                   f"(?<![虚模草]){meaning}{_SELF}(?:{verbs}|卖)"),
        re.compile(f"[^，。；：的]{{0,6}}{pretext}"),
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
    text: str, sentence: Sentence, subject: Mention, target: Mention, undone: Undone
) -> bool:
    """Whether a trade is only planned: 甲准备将卡卖给乙, 甲携带卡准备出售."""
    if undone.meant_behind.match(text, target.end, sentence.end):
        return True
    return _governs(undone.meant, text, sentence, subject, target)


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
        behind = match.end() <= subject.start < last.start
        own = subject.start == match.end() if behind else match["begun"] is not None
        if own and _APART.search(text, match.end(), last.start) is None:
            return True
    return False
