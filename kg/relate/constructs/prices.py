"""Price lists and offers: 171号段的卖11元，165号段12元; 以每张90元的价格出售手机卡."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import ACTS, Mention
from kg.relate.clauses import Parsed
from kg.relate.coded import Line, worded, write
from kg.relate.templates import Found
from kg.schema import Schema

_THING = "Good,Service,Tool,NumberSegment"
_ABOUT = "(?:{~about-price}|[每一][张个条套份部台])*"
_TRADE = "(?:{~selling}|{~buying}|{~handing}|[买收])"
_PRICE_WORD = (
    "(?:的?{~price-name}(?:为|是|在|约|约为|高达|低至)?|"
    "的?(?:卖到?|售|要卖|可卖到?|能卖到?|可以卖到?))"
)
_LISTED = (
    rf"(?:^|(?<=[，、；。：:,]))(?P<g>{{S:{_THING}}}(?:的|那种|类)?(?P<verb>{_ABOUT}{_PRICE_WORD}{_ABOUT}|"
    rf"{_ABOUT}(?:要|需要?|为|是|=|：|:)?){{O:Price}})(?:起|左右|不等|以上)?(?:/?一?[张个条套份部台])?"
    r"(?=$|[，、；。！,”])"
)
_OFFERED = (
    rf"(?:^|(?<=[，、；。：:,]))(?:其中|{_ABOUT}|最便宜的|最贵的)*{{S*:{_THING}}}"
    rf"{_ABOUT}{_PRICE_WORD}{_ABOUT}{{O:Price}}"
)
_FOR_PRICE = (
    rf"(?:以|按照?){_ABOUT}{{O:Price}}(?:不等|左右)?(?:一?[张个条套份部台])?的?(?:最低|最高)?{{~price-name}}?"
    rf"[，,]?(?:(?:向|从|给|在|通过)(?:[^，。；]|{{:*}}){{1,12}}?)?(?:大量|批量|对外|非法|再|转手|陆续|先后)*"
    rf"{_TRADE}(?:了|得|到)?(?:大量|一批|多[张个条套份]|[^，。；的]{{0,6}}[张个条套份])?(?:的)?{{S*:{_THING}}}"
)
_SOLD_FOR = (
    rf"(?:将|把)?{{S*:{_THING}}}(?:等)?(?:正|均|都|便|被|再|又|由|{{:*}})*以{_ABOUT}{{O:Price}}(?:不等|左右)?"
    rf"(?:一?[张个条套份部台])?的?{{~price-name}}?(?:对外|再|转手|打包|向{{:*}})*{_TRADE}"
)
_EACH = (
    r"{S*:Good,Service}(?:[\d一二两三四五六七八九十百千万余多]{1,8}[张个条套份部台组]|{:Statistic})?"
    r"[，,]{O:Price}(?:不等|左右|以上|以下)?(?=$|[，、；。！])"
)
"""出售手机卡300张，每张80元; the price says that it is one of each."""
_BRACKETED = rf"{{S:{_THING}}}[（(](?:{{~price-name}}|约)?{{O:Price}}[）)]"


class _Forms(NamedTuple):
    """What finds the rows of a price list, and things with their prices by how they are offered."""

    row: re.Pattern[str]
    offer: re.Pattern[str]
    each: re.Pattern[str]
    priced: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=4)
def _forms(schema: Schema) -> _Forms:
    row, offer, each, at_price, sold_at, bracketed = (
        worded(source, schema)
        for source in (_LISTED, _OFFERED, _EACH, _FOR_PRICE, _SOLD_FOR, _BRACKETED)
    )
    priced = (("offer", offer), ("at-price", at_price), ("sold-at", sold_at),
              ("bracketed", bracketed))  # fmt: skip
    return _Forms(row, offer, each, priced)


def prices(
    text: str, parsed: Parsed, mentions: Sequence[Mention], schema: Schema
) -> Iterator[Found]:
    """HAS_PRICE for what a sentence offers or lists. Between a thing and its price stands no
    other name, and a bare 165号段12元 counts only beside a fellow or a word of selling."""
    forms = _forms(schema)
    line = _line(text, parsed, mentions)
    if line is None:
        return
    yield from _listed(line, forms.row)
    for rule, one in forms.priced:
        yield from _priced(line, rule, one)
    yield from _each(line, forms.each, mentions)


def offers(
    text: str, parsed: Parsed, mentions: Sequence[Mention], speaker: int, schema: Schema
) -> Iterator[Found]:
    """SELLS for a thing that somebody who speaks says has a price of his: “171号段的卖11元”."""
    line = _line(text, parsed, mentions)
    if line is None:
        return
    forms = _forms(schema)
    for found in (*_listed(line, forms.row), *_priced(line, "offer", forms.offer)):
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


def _each(line: Line, each: re.Pattern[str], mentions: Sequence[Mention]) -> Iterator[Found]:
    """The price of one behind the comma behind a good; 甲，以及乙，每张80元 is a price of 乙."""
    for match in each.finditer(line.code):
        price = line.members(match, "O")[0]
        if not mentions[price].text.startswith(("每", "一")):
            continue
        goods = line.members(match, "S")
        for good in goods[-1:] if "，" in match["S"] else goods:
            yield Found(
                good, "HAS_PRICE", price, "edges/HAS_PRICE.yaml#each", *line.span(match), None
            )


def _listed(line: Line, row: re.Pattern[str]) -> Iterator[Found]:
    rows = list(row.finditer(line.code))
    told = any(match["verb"] for match in rows)
    if len(rows) < 2 and not told:
        return
    for match in rows:
        good, price = line.members(match, "S")[0], line.members(match, "O")[0]
        yield Found(
            good, "HAS_PRICE", price, "edges/HAS_PRICE.yaml#price-list", *line.span(match), None
        )
