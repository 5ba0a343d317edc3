"""What the name of a law says: 《最高人民法院关于…的解释（二）》第八条."""

from __future__ import annotations

import re

from kg.resolve.lexicon import Lexicon
from kg.values import parse_number

_STATE = re.compile("^(?:中华人民共和国|我国)(?=.)")
_ARTICLE = re.compile("(?<=第)[一二三四五六七八九十百千零]+(?=[条款项])")
_CITED = re.compile(
    r"[本该]?(?P<law>.*?)[一二三四五]?(?:第[\d一二三四五六七八九十百千零〇]+[条款项章节编].*)?"
)
"""A law, its number among its like, and what of it is cited: 解释（二）第八条, folded."""
_SEVERAL = re.compile("[、和与及]")


def law_key(folded: str) -> str:
    """A law's name without that of the state and with figures for numbers."""
    return _ARTICLE.sub(_with_figures, _STATE.sub("", folded))


def _with_figures(match: re.Match[str]) -> str:
    number = parse_number(match[0])
    return str(int(number.low)) if number else match[0]


def is_bare_law(folded: str, lexicon: Lexicon) -> bool:
    """Whether a name says only what kind of law is meant: 《解释》第六条."""
    match = _CITED.fullmatch(folded)
    return match is not None and (not match["law"] or bool(lexicon.bare.fullmatch(match["law"])))


def without_issuer(key: str, lexicon: Lexicon) -> str:
    """A law's name from 关于 on, if only agencies stand before it: 最高人民法院关于…, but not
    转发最高人民法院关于…."""
    head, about, rest = key.partition("关于")
    if about and head and all(_is_agency(part, lexicon) for part in _SEVERAL.split(head)):
        return about + rest
    return key


def _is_agency(name: str, lexicon: Lexicon) -> bool:
    if lexicon.agencies.fullmatch(name):
        return True
    return bool(lexicon.place.match(name) and lexicon.office.search(name))
