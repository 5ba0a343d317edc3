"""Price lists and offers: 171号段的卖11元，165号段12元; 以每张90元的价格出售手机卡."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import ACTS, Mention
from kg.relate.clauses import Parsed
from kg.relate.coded import Line, pattern, write
from kg.relate.templates import Found

_THING = "Good,Service,Tool,NumberSegment"
_ABOUT = (
    r"(?:目前|现在|一般|通常|大概|大约|约|仅|只|均|都|则|最低|最高|平均|每[张个条套份部台]|"
    r"一[张个条套份部台]|市场|单|人民币)*"
)
_TRADE = (
    r"(?:出售|销售|售卖|贩卖|倒卖|转卖|卖|购买|收购|购入|买入|买|收|回收|出租|租|转让|批发|"
    r"采购|求购)"
)
_PRICE_WORD = (
    r"(?:的?(?:售价|卖价|单价|报价|标价|要价|均价|价格)(?:为|是|在|约|约为|高达|低至)?|"
    r"的?(?:卖到?|卖价|售|要卖|可卖到?|能卖到?|可以卖到?))"
)
_LISTED = pattern(
    rf"(?:^|(?<=[，、；。：:,]))(?P<g>{{S:{_THING}}}(?:的|那种|类)?(?P<verb>{_ABOUT}{_PRICE_WORD}{_ABOUT}|"
    rf"{_ABOUT}(?:要|需要?|为|是|=|：|:)?){{O:Price}})(?:起|左右|不等|以上)?(?:/?一?[张个条套份部台])?"
    r"(?=$|[，、；。！,”])"
)
_OFFERED = pattern(
    rf"(?:^|(?<=[，、；。：:,]))(?:其中|{_ABOUT}|最便宜的|最贵的)*{{S*:{_THING}}}{_ABOUT}{_PRICE_WORD}{_ABOUT}{{O:Price}}"
)
_FOR_PRICE = pattern(
    rf"(?:以|按照?){_ABOUT}{{O:Price}}(?:不等|左右)?(?:一?[张个条套份部台])?的?(?:最低|最高)?(?:价格|低价|高价|单价|价钱|价)?"
    rf"[，,]?(?:(?:向|从|给|在|通过)(?:[^，。；]|{{:*}}){{1,12}}?)?(?:大量|批量|对外|非法|再|转手|陆续|先后)*"
    rf"{_TRADE}(?:了|得|到)?(?:大量|一批|多[张个条套份]|[^，。；的]{{0,6}}[张个条套份])?(?:的)?{{S*:{_THING}}}"
)
_SOLD_FOR = pattern(
    rf"(?:将|把)?{{S*:{_THING}}}(?:等)?(?:正|均|都|便|被|再|又|由|{{:*}})*以{_ABOUT}{{O:Price}}(?:不等|左右)?"
    rf"(?:一?[张个条套份部台])?的?(?:价格|低价|高价|单价|价钱|价)?(?:对外|再|转手|打包|向{{:*}})*{_TRADE}"
)
_EACH = pattern(
    r"{S*:Good,Service}(?:[\d一二两三四五六七八九十百千万余多]{1,8}[张个条套份部台组]|{:Statistic})?"
    r"[，,]{O:Price}(?:不等|左右|以上|以下)?(?=$|[，、；。！])"
)
"""出售手机卡300张，每张80元; the price says that it is one of each."""
_BRACKETED = pattern(rf"{{S:{_THING}}}[（(](?:单价|售价|价格|报价|约)?{{O:Price}}[）)]")


def prices(text: str, parsed: Parsed, mentions: Sequence[Mention]) -> Iterator[Found]:
    """HAS_PRICE for what a sentence offers or lists. Between a thing and its price stands no
    other name, and a bare 165号段12元 counts only beside a fellow or a word of selling."""
    line = _line(text, parsed, mentions)
    if line is None:
        return
    yield from _listed(line)
    for rule, one in (
        ("offer", _OFFERED), ("at-price", _FOR_PRICE), ("sold-at", _SOLD_FOR),
        ("bracketed", _BRACKETED),
    ):  # fmt: skip
        yield from _priced(line, rule, one)
    yield from _each(line, mentions)


def offers(text: str, parsed: Parsed, mentions: Sequence[Mention], speaker: int) -> Iterator[Found]:
    """SELLS for a thing that somebody who speaks says has a price of his: “171号段的卖11元”."""
    line = _line(text, parsed, mentions)
    if line is None:
        return
    for found in (*_listed(line), *_priced(line, "offer", _OFFERED)):
        if mentions[found.subject].type != "NumberSegment":
            yield Found(
                speaker, "SELLS", found.subject, "edges/SELLS.yaml#quoted-price", found.start,
                found.end, None, (("price", mentions[found.object].text),),
            )  # fmt: skip


def _line(text: str, parsed: Parsed, mentions: Sequence[Mention]) -> Line | None:
    """The sentence with its things, None where none of them is a price."""
    here = [m for m in parsed.mentions if mentions[m].type not in ACTS]
    if not any(mentions[m].type == "Price" for m in here):
        return None
    return write(text, parsed.sentence.start, parsed.sentence.end, here, mentions)


def _priced(line: Line, rule: str, form: re.Pattern[str]) -> Iterator[Found]:
    for match in form.finditer(line.code):
        for good in line.members(match, "S"):
            for price in line.members(match, "O"):
                yield Found(
                    good, "HAS_PRICE", price, f"edges/HAS_PRICE.yaml#{rule}", *line.span(match),
                    None,
                )  # fmt: skip


def _each(line: Line, mentions: Sequence[Mention]) -> Iterator[Found]:
    """The price of one behind the comma behind a good; 甲，以及乙，每张80元 is a price of 乙."""
    for match in _EACH.finditer(line.code):
        price = line.members(match, "O")[0]
        if not mentions[price].text.startswith(("每", "一")):
            continue
        goods = line.members(match, "S")
        for good in goods[-1:] if "，" in match["S"] else goods:
            yield Found(
                good, "HAS_PRICE", price, "edges/HAS_PRICE.yaml#each", *line.span(match), None
            )


def _listed(line: Line) -> Iterator[Found]:
    rows = list(_LISTED.finditer(line.code))
    told = any(match["verb"] for match in rows)
    if len(rows) < 2 and not told:
        return
    for match in rows:
        good, price = line.members(match, "S")[0], line.members(match, "O")[0]
        yield Found(
            good, "HAS_PRICE", price, "edges/HAS_PRICE.yaml#price-list", *line.span(match), None
        )
