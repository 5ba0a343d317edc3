"""Goods that a list names together: 淘宝、京东账号 are two, 171、165、167开头的三类电话卡 three.

A price list names goods by their number segment alone (171号段的卖11元，165号段12元): each is a
card of that segment, and each of its amounts is a price, whatever the tagger took them for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from kg.model import Level, Mention, Way, mention_rule
from kg.values import parse_number

_HEAD = r"(?P<head>账号|帐号|账户|小号|店铺|会员)"
_OWNED = re.compile(r"[^\s，。；、的]{2,8}?" + _HEAD)
_AFTER = re.compile(r"(?:等)?(?:平台|软件|APP|App|app|应用)?(?:的|新|各类)?" + _HEAD)
_CARDS = re.compile(
    r"(?<![\d.])(?P<list>1\d{1,3}(?:(?:、|和|与|，)1\d{1,3}){1,7})"
    r"(?:号段|开头|字头|打头)的?(?P<count>[二两三四五六七八2-8])[类种张款](?P<head>[^\W\d_，。；的]{0,4}卡)"
)
_AMOUNT = r"\d{1,5}(?:\.\d{1,2})?\s?(?:元|块钱|块)"
_ROW = re.compile(
    r"(?:(?<=[，、；。：“\s])|^)(?P<what>(?P<num>1\d{1,3})号段的?卡?|(?P<card>[^\W\d_，。；的]{1,5}卡))"
    rf"(?:卖|售价|售|要|是|为|：)?(?P<price>(?:每张)?{_AMOUNT})(?=[，、；。”\s]|$)"
)
_CARD_WORDS = re.compile(r"电话卡|手机卡")
_JOINT = re.compile(r"\s*(?:、|和|与|及|以及|或)\s*")


def split_accounts(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """One Good for each member of a list of accounts or cards, and the rows of a price list.

    The mention of a member is its own name in the text (京东, 165); its name is completed.
    """
    yield from _accounts(text, mentions)
    yield from _cards(text)
    yield from _price_rows(text)
    yield from _offers(text, mentions)


def _accounts(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    platforms = [m for m in mentions if m.type == "Platform"]
    by_end = {m.end: m for m in sorted(platforms, key=lambda m: m.end)}
    ends = list(by_end)
    for good in mentions:
        if good.type == "Good" and (joint := _JOINTLY.fullmatch(good.text)):
            yield from _split(good, joint, text)
        elif good.type == "Good" and (owner := _OWNED.fullmatch(good.text)):
            for platform in _list_before(text, good, by_end, ends)[1:]:
                if platform.name not in good.text:
                    yield _account(text, platform.start, platform.end, platform.name, owner["head"])
    for last in platforms:
        tail = _AFTER.match(text, last.end)
        if tail is None:
            continue
        for platform in _list_before(text, last, by_end, ends):
            end = platform.end if platform is not last else tail.end()
            yield _account(text, platform.start, end, platform.name, tail["head"])


_NAME = r"[^\s，。；、的“”和与]{1,7}(?<![号码名卡息址话])"
_JOINTLY = re.compile(rf"(?P<list>{_NAME}(?:[、和]{_NAME})+?){_HEAD}")


def _split(good: Mention, joint: re.Match[str], text: str) -> Iterator[Mention]:
    """The accounts of 微信、微博账号 where the whole was taken for one good."""
    at = good.start
    names = re.split("[、和]", joint["list"])
    for name in names:
        end = at + len(name) if name is not names[-1] else good.end
        yield _account(text, at, end, name, joint["head"])
        at += len(name) + 1


def _account(text: str, start: int, end: int, owner: str, head: str) -> Mention:
    """The account with `owner`, whatever of both is printed."""
    return _good(text, start, end, owner + ("账号" if head == "帐号" else head), Way.ACCOUNT)


def _good(text: str, start: int, end: int, name: str, way: Way) -> Mention:
    rule = mention_rule("Good", way)
    return Mention(start, end, text[start:end], "Good", name, Level.TYPE, rule)


def _price(text: str, start: int, end: int, way: Way) -> Mention:
    printed, rule = text[start:end], mention_rule("Price", way)
    return Mention(start, end, printed, "Price", printed, Level.INSTANCE, rule, scoped=True)


def _list_before(
    text: str, last: Mention, by_end: Mapping[int, Mention], ends: Sequence[int]
) -> list[Mention]:
    """`last`, and the platforms joined to it from the left by 、 or 和; `ends` are the keys of
    `by_end` in order."""
    found = [last]
    while before := bisect_left(ends, found[-1].start):
        end = ends[before - 1]
        if not _JOINT.fullmatch(text, end, found[-1].start):
            break
        found.append(by_end[end])
    return found


def _cards(text: str) -> Iterator[Mention]:
    """The kinds of 171、165开头的两类电话卡; only where the text counts as many as it lists."""
    for match in _CARDS.finditer(text):
        numbers = list(_NUMBER.finditer(text, *match.span("list")))
        count = parse_number(match["count"])
        if count is None or len(numbers) != count.low:
            continue
        for number in numbers:
            end = number.end() if number is not numbers[-1] else match.end()
            name = f"{number.group()}号段{match['head']}"
            yield _good(text, number.start(), end, name, Way.SEGMENT_CARD)


_NUMBER = re.compile(r"\d+")


def _price_rows(text: str) -> Iterator[Mention]:
    """Goods and prices of two or more rows that stand in one sentence."""
    rows: list[re.Match[str]] = []
    for match in _ROW.finditer(text):
        if rows and not _ROW_GAP.fullmatch(text, rows[-1].end(), match.start()):
            yield from _price_list(text, rows)
            rows = []
        rows.append(match)
    yield from _price_list(text, rows)


_ROW_GAP = re.compile(r"[，、；\s]{1,2}")


def _price_list(text: str, rows: Sequence[re.Match[str]]) -> Iterator[Mention]:
    if len(rows) < 2 or not any(row["num"] for row in rows):
        return
    head = _card_word(text)
    for row in rows:
        yield _price(text, *row.span("price"), Way.PRICE_LIST)
        if row["num"]:
            yield _good(text, *row.span("what"), f"{row['num']}号段{head}", Way.SEGMENT_CARD)


def _card_word(text: str) -> str:
    """What the text calls such cards: the word of its counted lists, else its commonest one."""
    counted = _CARDS.search(text)
    if counted:
        return counted["head"]
    words = _CARD_WORDS.findall(text)
    return max(sorted(set(words)), key=words.count, default="手机卡")


_OFFER = re.compile(
    r"(?:以|按照?)(?:最低|最高|每[张个条套份])?"
    rf"(?P<name>{_AMOUNT}(?:[/一每][张个条套份])?)(?:不等)?的(?:最低|单|低|高)?(?:价格|价)"
)


def _offers(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The amount in 以最低10元的价格, where no price of `mentions` has it."""
    taken = {at for m in mentions if m.type == "Price" for at in range(m.start, m.end)}
    for match in _OFFER.finditer(text):
        start, end = match.span("name")
        if taken.isdisjoint(range(start, end)):
            yield _price(text, start, end, Way.OFFER)
