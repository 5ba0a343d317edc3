"""Names inside names: what the overlap policy drops but a relation of the outer name needs.

王某等人侵犯公民个人信息案 names a person and a charge, 淘宝账号 a platform, 167号段的手机卡 a
number segment. Only pairs are given back that kg.relate.constructs.inside can make a claim of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Level, Mention, Way, mention_rule
from kg.schema import Schema, any_of, load_schema

_WANTED: Mapping[str, frozenset[str]] = {
    "Case": frozenset({"Person", "Group", "Offence"}),
    "Group": frozenset({"Person"}),
    "Good": frozenset({"Platform", "Organization", "Role", "NumberSegment"}),
}
_INNER = frozenset[str]().union(*_WANTED.values())
_NUMBERED = re.compile(r"(?:卡|号|号码)[”\"]?$")
_LED = re.compile(
    r"以[^，。；]{2,30}?为(?:首|主犯|头目|核心|骨干|主)|由[^，。；]{2,30}?(?:组织|领导|操纵)的"
)


class _Owned(NamedTuple):
    """What finds an account, and a card, behind the name of who provides it."""

    account: re.Pattern[str]
    card: re.Pattern[str]


@lru_cache(maxsize=4)
def _owned(schema: Schema) -> _Owned:
    owner, kind, head, card = (
        any_of(schema.words.get(name, ()))
        for name in ("account-owner", "account-kind", "account-head", "card-kind")
    )
    before = f"{owner}*的?{kind}*"
    return _Owned(re.compile(before + head), re.compile(f"{before}(?:的|{card}|“|”)*卡"))


_VICTIM = re.compile(r"(?:被害人|受害人|受害者|被害者)$")
_CROWD = re.compile(r"[\d一二三四五六七八九十数多]+余?[名人个]")


def inner(
    text: str,
    proposals: Sequence[Mention],
    mentions: Sequence[Mention],
    schema: Schema | None = None,
) -> Iterator[Mention]:
    """The proposals inside a mention that stand beside it.

    `proposals` is what `settle` chose from, `mentions` what it kept. A person or group and a
    charge in the name of a case; the leaders in the name of a group; platform, operator and
    number segments in the name of an account or a card, which may also have the very span of a
    good whose name was completed (淘宝 for 淘宝账号). With `schema` a case also gives the charge
    that it names without 罪. Each is yielded once, none that is in `mentions` already.
    """
    owned = _owned(schema or load_schema())
    seen = {(m.start, m.end, m.type) for m in mentions}
    several = [m for m in proposals if m.type in _INNER]
    several.sort(key=lambda m: (m.start, -m.end, m.type, m.rule))
    starts = [m.start for m in several]
    for outer in mentions:
        wanted = _WANTED.get(outer.type)
        if wanted is None:
            continue
        inside = [
            m
            for m in several[bisect_left(starts, outer.start) : bisect_left(starts, outer.end)]
            if m.type in wanted and m.end <= outer.end
            if (m.end - m.start < outer.end - outer.start or _completed(outer))
            and _kept(text, outer, m, owned)
        ]
        if outer.type == "Case" and schema is not None:
            inside += _charges(outer, schema)
        taken: set[int] = set()
        for one in sorted(inside, key=lambda m: (m.start - m.end, m.start, m.rule)):
            span = range(one.start, one.end)
            key = (one.start, one.end, one.type)
            if taken.isdisjoint(span) and key not in seen:
                taken.update(span)
                seen.add(key)
                yield one


def _completed(outer: Mention) -> bool:
    """Whether the good's name was completed from a list, so that its span may be a platform's."""
    return outer.way in (Way.ACCOUNT, Way.SEGMENT_CARD)


def _kept(text: str, outer: Mention, one: Mention, owned: _Owned) -> bool:
    before, after = text[outer.start : one.start], text[one.end : outer.end]
    if outer.type == "Case":
        if one.type == "Offence":
            return True
        victim = _VICTIM.search(text, max(one.start - 4, 0), one.start)
        return victim is None and not _CROWD.match(one.text)
    if outer.type == "Group":
        led = _LED.search(outer.text)
        return led is not None and one.end - outer.start <= led.end()
    if one.type == "NumberSegment":
        return _NUMBERED.search(outer.name) is not None
    if before.strip('“"各个家大'):
        return False
    if _completed(outer):
        return one.type == "Platform"
    if one.type == "Platform":
        return owned.account.match(after) is not None
    operator = one.type == "Organization" or one.text.endswith("运营商")
    return operator and one.way is Way.TERM and owned.card.match(after) is not None


def _charges(case: Mention, schema: Schema) -> Iterator[Mention]:
    """侵犯公民个人信息罪 for 王某侵犯公民个人信息案: the charges that a case names without 罪."""
    for bare, name in _bare_charges(schema).items():
        at = case.text.find(bare)
        if at >= 0 and _CHARGE_ENDS.match(case.text, at + len(bare)):
            yield Mention(
                case.start + at, case.start + at + len(bare), bare, "Offence", name,
                Level.TYPE, mention_rule("Offence", Way.CASE_NAME), confidence=case.confidence,
            )  # fmt: skip


_CHARGE_ENDS = re.compile(
    r"(?:罪|、|及|和|暨|一审|二审|刑事|附带民事|公益诉讼)*(?:案|[^，。]{2,26}案)"
)


@lru_cache(maxsize=4)
def _bare_charges(schema: Schema) -> dict[str, str]:
    """Charges without 罪, the longest first. 诈骗 and 盗窃 alone are acts, not charges."""
    names: dict[str, str] = {}
    for term in schema.nodes["Offence"].terms:
        for form in (term.name, *term.variants):
            if form.endswith("罪") and len(form) > 5:
                names[form[:-1]] = term.name
    return dict(sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0])))
