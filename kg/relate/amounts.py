"""How much and at what price: a quantity at its own noun, a price in the clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from kg.model import ACTS, Mention, Sentence
from kg.relate.page import CUT, Page, Span, said
from kg.schema import Schema, any_in, any_of
from kg.values import Found, Money, Quantity, extent, find_money, find_quantities

# The finders of kg.values are thorough and slow; these tell where one may find anything.
_NUMERAL = re.compile(r"[0-9０-９]|[一二两三四五六七八九十百千万亿几数][^\W\d_]")
_MONEY = re.compile(r"[元块币¥￥$＄€£Uu毛刀美]")

_MASS = any_of(
    "大量 大批量 大批 海量 批量 一大批 一批 众多 诸多 许多 大肆 若干 少量 多次 无数 上百 上千 上万 "
    "数十 数百 数千 数万 数十万 数百万 数千万 数亿 成百上千 成千上万"
)
_MASS_BEFORE = re.compile(
    rf"(?:(?:{_MASS})(?:余?[张个条名部台套份件起家种])?"
    r"|[多数几][张个条名部台套份件起家处间])(?=的?$)"
)
_MASS_FIRST = re.compile(_MASS)
_MASS_AFTER = re.compile(r"(?:数据)?一大?批")
_BETWEEN = re.compile(r"(?:左右|以上|不等)?的?[\u4e00-\u9fffA-Za-z]{0,4}[“\"]?$")
_NOT_BETWEEN = re.compile(r"[的和与及或被由在向从给把将是为并了]")
_AFTER_NOUN = re.compile(
    r"[”\"]?[（(]?(?:等(?:涉案|作案|黑产)?(?:设备|物品|工具|物)?|数据)?，?(?:共计?|总计|合计|累计|约|近|逾|达|超过|多达|数量达|总数)?$"
)
_ONE = re.compile(r"一[\u4e00-\u9fff]{1,2}")  # 一款, 一家: that there is one, no count
_NO_COUNT = frozenset("种类款次倍层")
_OF_PEOPLE = frozenset("人位")
_PEOPLE = frozenset({"Person", "Role", "Group"})
"""What is counted so: not the cards in 甲、乙二人出售银行卡, and not the digits of a 20位账号."""
_FUNDS = re.compile(r"资金|款$|现金|钱$|货币|虚拟币|流水|佣金|好处费|资产")
_NEXT_AMOUNT = re.compile(r"(?:、|和|及|以及|与)")
_LIST = re.compile(r"[”\"]?(?:、|和|及|以及|与)[“\"]?")

_CHEAP = re.compile(
    any_of("低价 高价 免费 无偿 低成本 零成本 低成本或零成本 半价 原价 底价 最优惠的价格")
)
_PRICE_WORDS = any_of(
    "以 按 按照 价格 单价 售价 均价 报价 要价 开价 定价 标价 收费 收取 卖 卖到 只要 仅需 花费 "
    "支付 付 成本"
)
_PRICE_BEFORE = re.compile(
    rf"(?:{_PRICE_WORDS})"
    r"(?:了|为|是|在|到|给|约|近|共计?|总共|每\w|高达|低至|至少|仅|人民币|费用)*$"
)
_PRICE_AFTER = re.compile(
    r"(?:不等|左右|至?以上)?(?:的(?:价格|单价|低价|高价|成本|费用|报酬|好处费|佣金)|"
    r"出售|售出|卖|购买|收购|收|购得|买|转手|转卖|一[张个条套份])"
)
_NO_PRICE = re.compile(
    r"(?:获利|所得|金额|价值|罚|损失|骗|盈利|营收|流水|资金|赚取?|涉案|退赔|退缴)"
    # What stands before 以 is said of the buyer: 诈骗团伙以每张90元, 涉案人员按每张90元.
    r"(?:[可足所难得]以|(?![以按])[\u4e00-\u9fff]){0,6}$"
)
_EACH_BEFORE = re.compile(r"每(?P<per>[张条个套部台次份件组单天月年]) ?$")
_LED = re.compile("[以按]")
_PRICE_LED = re.compile(r"以[^，,。；]{2,24}价格?[，,]?$")  # 以每张90元的价格，向…出售


class Amounts:
    """The quantities and prices of one document."""

    def __init__(self, page: Page, schema: Schema) -> None:
        self._page = page
        # in the words of an amount per piece, it is no price: 每出售一张可获利500元
        self._gain = re.compile("|".join(any_in(schema, "gaining", "getting-sum")))

    def quantity(self, clause: Span, verb: Span | None, thing: Mention) -> dict[str, str]:
        """The count that stands at `thing`, else 大量 at it or at the verb."""
        if not (clause[0] <= thing.start and thing.end <= clause[1]):
            return {}
        if _NUMERAL.search(self._page.text, *clause):
            found = self._page.once(find_quantities.__name__, *clause, find_quantities)
            for one in found:
                value = one.value
                idle = (
                    _ONE.fullmatch(value.text)
                    or (value.unit in _NO_COUNT and not value.text[0].isdigit())
                    or (value.unit in _OF_PEOPLE and thing.type not in _PEOPLE)
                )
                if not idle and self._belongs(one, thing) and not self._listed(one, found):
                    return said("quantity", value.text, extent(value), value.unit)
        for sum_ in self._money(clause) if thing.type != "Price" else ():
            if sum_.start < thing.start and thing.end == sum_.end:  # 5万个USDT, of USDT
                printed = self._page.text[sum_.start : thing.start].rstrip()
                return said("quantity", printed, extent(sum_.value), sum_.value.currency)
        if _FUNDS.search(thing.name):
            for sum_ in self._money(clause):
                if self._belongs(sum_, thing):
                    money = sum_.value
                    return said("quantity", money.text, extent(money), money.currency)
        if thing.type in ACTS:
            return {}  # 批量注册 says how, not how many
        match = _MASS_BEFORE.search(self._page.text[clause[0] : thing.start])
        match = match or _MASS_FIRST.match(self._page.text, thing.start, thing.end)
        match = match or _MASS_AFTER.match(self._page.text, thing.end, clause[1])
        if match is None and verb is not None and verb[1] <= thing.start:
            match = _MASS_BEFORE.search(self._page.text[clause[0] : verb[0]])
        return {"quantity": match.group().removeprefix("数据")} if match else {}

    def _listed(
        self, one: Found[Quantity] | Found[Money], found: Sequence[Found[Quantity] | Found[Money]]
    ) -> bool:
        """Whether an amount is one of several for several (分别出售5张、8张): nobody's own."""
        return any(
            _NEXT_AMOUNT.fullmatch(self._page.text[first.end : second.start])
            for first, second in pairwise(found)
            if one in (first, second)
        )

    def _belongs(self, found: Found[Quantity] | Found[Money], thing: Mention) -> bool:
        """Whether a quantity stands directly at `thing`, and is no part of its name."""
        if thing.start <= found.start < thing.end:
            return found.end <= thing.end and found.value.text not in thing.name
        if found.end <= thing.start:
            gap = self._page.text[found.end : thing.start]
            if len(gap) > 5 or not _BETWEEN.fullmatch(gap):
                return False
            at = bisect_left(self._page.starts, found.end)
            return not _NOT_BETWEEN.search(gap.removesuffix("的")) and (
                at == len(self._page.starts) or self._page.starts[at] >= thing.start
            )
        end = thing.end
        # 手机、电脑21部 counts the whole list ...
        while joint := _LIST.match(self._page.text, end, found.start):
            following = self._page.mention_at(joint.end())
            if following is None or following.end > found.start:
                break
            end = following.end
        if thing.type == "Person" or not end <= found.start <= end + 8:
            return False
        # ... and 手机卡3名男子 does not count cards.
        return bool(_AFTER_NOUN.fullmatch(self._page.text[end : found.start])) and (
            self._page.mention_at(found.end) is None
        )

    def price(self, sentence: Sentence, clause: Span, target: Mention) -> dict[str, str]:
        """Per piece, or with a word for a price beside it; never a profit or a total. Of the prices
        of several deals (以30元收购，以50元卖给乙) the one that stands with the target."""
        led = _PRICE_LED.search(self._page.text, sentence.start, clause[0])
        wide = (led.start(), clause[1]) if led else clause
        priced = [found for found in self._money(wide) if self._is_price(found, wide)]
        own = [found for found in priced if self._together(found, target)] or [
            found for found in priced if not self._anothers(found, target, sentence)
        ]
        each = (found for found in own if found.value.per or self._each(found, wide))
        best = next(each, own[0] if own else None)
        if best is None:
            cheap = _CHEAP.search(self._page.text, *clause)
            return {"price": cheap.group()} if cheap else {}
        value, text, per = best.value, best.value.text, best.value.per
        match = self._each(best, wide)
        if match and not per:
            text, per = match.group() + text, match["per"]
        return said("price", text, extent(value), value.currency + (f"/{per}" if per else ""))

    def _is_price(self, found: Found[Money], span: Span) -> bool:
        """Whether an amount in a span is per piece or has a word for a price beside it."""
        before = CUT.split(self._page.text[max(span[0], found.start - 14) : found.start])[-1]
        if (
            _NO_PRICE.search(before)
            or self._gain.search(found.value.text)
            or self._listed(found, self._money(span))
        ):
            return False
        if found.value.per or _EACH_BEFORE.search(before) or _PRICE_BEFORE.search(before):
            return True
        return _PRICE_AFTER.match(self._page.text, found.end) is not None

    def _each(self, found: Found[Money], span: Span) -> re.Match[str] | None:
        """The words right before an amount that make it one per piece: 每张."""
        return _EACH_BEFORE.search(self._page.text[max(span[0], found.start - 5) : found.start])

    def _together(self, found: Found[Money], target: Mention) -> bool:
        """Whether an amount and a mention stand in one clause."""
        start, end = sorted((found.end, target.end))
        return CUT.search(self._page.text, start, end) is None

    def _anothers(self, found: Found[Money], target: Mention, sentence: Sentence) -> bool:
        """Whether an amount in another clause than the good `target` is the price of the good that
        stands there (卡每张80元，四件套另算), or of the one right before (卡，每张80元，四件套)."""
        if target.type != "Good":
            return False
        text = self._page.text
        cuts = [match.end() for match in CUT.finditer(text, sentence.start, found.start)]
        start = cuts[-1] if cuts else sentence.start
        stop = CUT.search(text, found.end, sentence.end)
        here = self._goods(start, stop.start() if stop else sentence.end)
        if here:
            return target.name not in here
        if _LED.search(text, start, found.start):
            return False
        before = self._goods(cuts[-2] if len(cuts) > 1 else sentence.start, start)
        return bool(before) and target.name not in before

    def _goods(self, start: int, end: int) -> set[str]:
        """The names of the goods in a span."""
        first, last = bisect_left(self._page.starts, start), bisect_left(self._page.starts, end)
        return {m.name for m in self._page.mentions[first:last] if m.type == "Good"}

    def _money(self, clause: Span) -> list[Found[Money]]:
        if not _MONEY.search(self._page.text, *clause):
            return []
        return self._page.once(find_money.__name__, *clause, find_money)
