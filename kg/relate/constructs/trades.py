"""Who trades what with whom, where the sentence leaves no doubt.

甲…把卡卖给乙, 甲向乙出售卡, 甲从乙处购买卡 are SUPPLIES, from giver to receiver; 甲…出售卡 is SELLS
and 甲…收购卡 is OBTAINS, for the other side has no name. Whose verb it is: his who opens the clause
or one before it in the sentence, with nobody else between and no word that makes it another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Mention, Way
from kg.relate.coded import Line, pattern, worded
from kg.relate.constructs.parties import SOME
from kg.relate.templates import Found
from kg.schema import Schema, any_of

_DOER = "Person,Organization,Group,Role"
_TAKER = f"{_DOER},Service,Platform"
_WARE = "Good,Tool,Service"
_THING = f"{_WARE},Platform,NumberSegment,Location,Price,Statistic,Industry"
_MANY = rf"(?:（[^（）]{{0,16}}）)?{SOME}"
_WHEN = r"(?:[^，。；：的]{0,14}?(?:日|月|年|期间|后|时|以来|起|间|查|悉|明|中|下|称))?"
_SOME = "(?:{~going-on}|{~several}|{~standing}|涉案)*"
_OPENING = (
    rf"(?:^|[，。；：！？]){_WHEN}{_SOME}(?:{{:Role,Organization}}(?={{:Person}}))?"
    rf"(?>{{S*:{_DOER}}}{_MANY})(?!的|处|那里|手|名下|、)"
)
_PARTNER = pattern(
    r"(?:从|向|与|和|同|通过|伙同|在)[^，。；：的]{0,6}(?:{:Location,Platform}[^，。；：的]{0,4})?"
    rf"{{:{_DOER}}}{_MANY}"
)
"""Somebody between the doer and his verb who does not take his place: 从乙处购卡后."""
_ANYBODY = pattern(f"{{X:{_DOER},Agency}}")
_ANOTHER = re.compile("[。；：！？]|[他她](?!人|们?的)")
_BEFORE_OTHER = pattern(f"(?:[为以]|(?<!伙同)(?<![与向从])他人|{{:{_DOER}}})$")
"""An aim, not a deed (为骗取奖金), or whose verb it is instead (对他人收购)."""
_RULE_OF_LAW = re.compile("规定[，：]")
_JUDGED = pattern("情节|构成|罪|{:Offence}")
"""Behind what was got: the court sums up what it told before (甲非法获取个人信息，情节严重…)."""
_CASE_OF_LAW = re.compile("[^，。；：！？]{0,40}的，(?:应|须|可|由|处|依|按|责令|构成|不得)")
"""Behind a deed that a rule only supposes: 甲从乙处购卡的，应当登记."""
_FAR = 80
"""How far the verb may stand behind who opens a clause."""

_SOLD = r"(?:{~selling}|(?<![，。；的])销售(?!员|人员|额|部|商))"
_TOO = (
    rf"(?:(?:、|和|及|以及|并|或|后又?)(?:非法|有偿|大量)?(?:{_SOLD}|{{~getting}}|提供|使用|交换)"
    r"(?:他人)?){0,3}"
)
_END = (
    r"(?=等|共|累计|合计|\d|[，。；！、（]|$|以|后|并|来|从中|获利|牟|赚|非法|"
    r"的(?:行为|活动|方式|手段|过程|事实))"
)
_WHOM = rf"(?P<whom>[^，。；：！？]{{0,8}}?){{O*:{_TAKER}}}"
_WHAT = r"(?P<what>(?!的)(?:[^，。；：！？、的]{0,10}的)?[^，。；：！？、的]{0,8}?)"
_ANY = rf"(?:[^，。；：！？]|{{:{_THING}}})"
_NO_OFFER = rf"(?:[^，。；：！？发送售卖给供交转提]|{{:{_THING}}})"


class _Deed(NamedTuple):
    """A form of words for a trade: the edge, the rule, and characters one of which it has. `turned`
    where the doer is the one who gets."""

    edge: str
    rule: str
    signs: str
    shape: str
    turned: bool = False


_DEEDS = (
    _Deed(
        "SUPPLIES", "hands", "给予",
        rf"{{~handing}}(?:出|掉)?(?:给了?|予){_WHOM}(?!的|{{:*}}|处|那里|手)",
    ),
    _Deed(
        "SUPPLIES", "sells-to", "向给",
        rf"(?:向|给){_WHOM}{_MANY}(?P<how>[^，。；：！？的]{{0,12}}?)(?:{_SOLD}|提供|供应)(?:了|过)?"
        rf"(?:{_WHAT}{{G*:{_WARE}}}{_END})?",
    ),
    _Deed(
        "SUPPLIES", "provides-for", "为",
        rf"为{_WHOM}{_MANY}(?P<how>[^，。；：！？的]{{0,6}}?)提供(?:了|过)?{_WHAT}{{G*:{_WARE}}}{_END}",
    ),
    _Deed(
        "SUPPLIES", "buys-from", "从向",
        rf"(?:从|向){_WHOM}{_MANY}(?:处|那里|手中|手里|手上|那儿?)?(?P<how>{_NO_OFFER}{{0,16}}?){{~buying}}",
        turned=True,
    ),
    _Deed(
        "SELLS", "sells", "售卖租提",
        rf"(?:{_SOLD}|(?:向他人|对外|有偿)(?:非法|有偿|大量)*提供){_TOO}(?:了|过)?{_WHAT}{{O*:{_WARE}}}{_END}",
    ),
    _Deed(
        "SELLS", "puts-up", "售卖租提",
        rf"(?:将|把){_WHAT}{{O*:{_WARE}}}(?:等)?(?P<how>(?:[^，。；：！？将把给]|{{:{_THING}}}){{0,24}}?)"
        rf"(?:{_SOLD}(?:给他人)?|提供给他人){_END}",
    ),
    _Deed(
        "OBTAINS", "gets", "购取集窃买租收",
        rf"{{~getting}}{_TOO}(?:了|过|到)?(?:{{:Role,Person}}的?)?{_WHAT}{{O*:Good,Tool}}{_END}",
    ),
)  # fmt: skip
_PUT = pattern(rf"(?:将|把){_ANY}{{0,24}}{{G:{_WARE}}}{_ANY}{{0,24}}$")


@lru_cache(maxsize=4)
def _shapes(schema: Schema) -> list[tuple[_Deed, re.Pattern[str]]]:
    return [(deed, worded(deed.shape, schema)) for deed in _DEEDS]


class _Words(NamedTuple):
    """What opens a clause with its subject (`opening`), what stands between a name and a verb that
    is not its deed (`undone`), names of `nobody` in particular, and ends of those of `onlookers`.
    """

    opening: re.Pattern[str]
    undone: re.Pattern[str]
    nobody: frozenset[str]
    onlookers: tuple[str, ...]


@lru_cache(maxsize=4)
def _words(schema: Schema) -> _Words:
    kinds = ("not-done", "witnessing", "reporting-verbs")
    undone = {word for kind in kinds for word in schema.words.get(kind, ())}
    return _Words(
        worded(_OPENING, schema),
        re.compile(any_of(undone)),
        frozenset(schema.words.get("whoever", ())),
        schema.words.get("observer", ()),
    )


def trades(line: Line, mentions: Sequence[Mention], schema: Schema) -> Iterator[Found]:
    """SUPPLIES, SELLS and OBTAINS of the sentence that `line` is."""
    openings: list[re.Match[str]] | None = None
    words = _words(schema)
    characters = set(line.code)
    for deed, shape in _shapes(schema):
        if characters.isdisjoint(deed.signs):
            continue
        for match in shape.finditer(line.code):
            if openings is None:
                openings = list(words.opening.finditer(line.code))
            before = [one for one in openings if one.end() <= match.start()]
            if before and _is_his(line, before[-1], match, deed, mentions, words.undone):
                yield from _traded(line, before[-1], match, deed, mentions, words)


def _is_his(
    line: Line, opening: re.Match[str], match: re.Match[str], deed: _Deed,
    mentions: Sequence[Mention], undone: re.Pattern[str],
) -> bool:  # fmt: skip
    """Whether who opens the clause does what `match` says."""
    code = line.code
    if match.start() - opening.end() > _FAR or _RULE_OF_LAW.search(code, 0, opening.end()):
        return False
    if _CASE_OF_LAW.match(code, match.end()):
        return False
    if deed.edge == "OBTAINS" and _JUDGED.search(code, match.end()):
        return False  # annotators have a relation for one in twenty of these
    between = code[opening.end() : match.start()]
    own = between[between.rfind("，") + 1 :]
    if deed.edge != "SUPPLIES" and _somebody(line, own, mentions):
        return False  # the other side has a name, so that it is SUPPLIES
    between = _PARTNER.sub("", between)
    if _somebody(line, between, mentions) or _ANOTHER.search(between):
        return False
    if _BEFORE_OTHER.search(own):
        return False
    named = match.groupdict()
    inside = [named.get(part) or "" for part in ("whom", "how", "what")]
    return undone.search("|".join([between, *inside])) is None


def _somebody(line: Line, code: str, mentions: Sequence[Mention]) -> bool:
    """Whether anybody in particular stands in a part of the line."""
    found = _ANYBODY.finditer(code)
    return any(mentions[m].name != "他人" for one in found for m in line.members(one, "X"))


def _traded(
    line: Line, opening: re.Match[str], match: re.Match[str], deed: _Deed,
    mentions: Sequence[Mention], words: _Words,
) -> Iterator[Found]:  # fmt: skip
    doers, others = line.members(opening, "S"), line.members(match, "O")
    for one in (mentions[index] for index in (*doers, *others)):
        if one.name in words.nobody or one.name.endswith(words.onlookers):
            return
    if any(mentions[doer].way is Way.ANAPHOR for doer in doers):
        return  # whom a pronoun means is no certainty
    goods = _goods(line, match, deed)
    extra = (("good", "、".join(mentions[good].text for good in goods)),) if goods else ()
    start, end = line.spans[opening.start("S")][0], line.span(match)[1]
    for doer in doers:
        for other in others:
            giver, taker = (other, doer) if deed.turned else (doer, other)
            yield Found(giver, deed.edge, taker, f"edges/{deed.edge}.yaml#{deed.rule}",
                        start, end, None, extra)  # fmt: skip


def _goods(line: Line, match: re.Match[str], deed: _Deed) -> list[int]:
    """What a deed that names both sides is about, as far as its form tells."""
    if "G" in match.groupdict():
        return line.members(match, "G")
    put = _PUT.search(line.code, 0, match.start()) if deed.rule == "hands" else None
    return line.members(put, "G") if put else []
