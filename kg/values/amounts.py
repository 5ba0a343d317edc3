"""Money and quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.values.numerals import (
    AFTER,
    BEFORE,
    CORE,
    DASH,
    HAN,
    START,
    Found,
    bounds,
    evaluate,
    plain,
    tidy,
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money: between `low` and `high` (None: no upper limit) of `currency`.

    `currency` is the ISO 4217 code, or USDT, BTC, ETH; what is not said is CNY. `per` is
    what the amount is for one of (张, 条, 月, 1000条), empty for a plain sum.
    """

    text: str
    low: Decimal
    high: Decimal | None
    currency: str
    per: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count or measure: between `low` and `high` (None: no upper limit) of `unit`, which is
    empty after a large figure that counts the noun itself (3700万用户)."""

    text: str
    low: Decimal
    high: Decimal | None
    unit: str
    approximate: bool


def extent(amount: Money | Quantity) -> str:
    """An amount as properties have it: 300, 30000-40000 (a range), 10000000+ (no upper limit)."""
    return interval(amount.low, amount.high)


def interval(low: Decimal, high: Decimal | None) -> str:
    """Two ends as properties have them, see `extent`."""
    if high is None:
        return f"{_written(low)}+"
    return _written(low) if low == high else f"{_written(low)}-{_written(high)}"


_LONG = Decimal(10) ** 10


def _written(number: Decimal) -> str:
    """The digits, from 11 on as a power of ten (100亿 is 1e10): that many in a row look like
    somebody's phone number."""
    if number < _LONG:
        return f"{number:f}"
    _, digits, power = number.normalize().as_tuple()
    first, *rest = map(str, digits)
    fraction = f".{''.join(rest)}" if rest else ""
    return f"{first}{fraction}e{int(power) + len(rest)}"


_CURRENCIES = {
    "人民币": "CNY", "RMB": "CNY", "CNY": "CNY",
    "美元": "USD", "美金": "USD", "美刀": "USD", "USD": "USD",
    "港元": "HKD", "港币": "HKD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "韩元": "KRW",
    "新台币": "TWD", "台币": "TWD", "澳元": "AUD", "加元": "CAD", "新加坡元": "SGD",
    "泰铢": "THB", "越南盾": "VND", "马币": "MYR", "令吉": "MYR", "比索": "PHP",
    "卢布": "RUB", "缅币": "MMK", "迪拉姆": "AED",
    "USDT": "USDT", "泰达币": "USDT", "U": "USDT", "BTC": "BTC", "比特币": "BTC",
    "ETH": "ETH", "以太币": "ETH",
}  # fmt: skip
_SIGNS = {"¥": "CNY", "$": "USD", "US$": "USD", "HK$": "HKD", "€": "EUR", "£": "GBP"}
_PARTS = {"毛": Decimal("0.1"), "角": Decimal("0.1"), "分": Decimal("0.01")}
_NAMES = "|".join(
    sorted((name for name in _CURRENCIES if not name.isascii()), key=len, reverse=True)
)
# What may stand in front: 购买比特币3万元 is a sum of yuan.
_NO_LEAD = frozenset(["泰达币", "比特币", "以太币", "U", "USDT", "BTC", "ETH"])
_LEAD = "|".join(sorted(_CURRENCIES.keys() - _NO_LEAD, key=lambda name: (-len(name), name)))
_SIGN = r"(?:US|HK)?\$|[¥€£]"
_UNIT = (
    rf"(?:[个枚] ?)?(?:{_NAMES}|(?:USDT|usdt|USD|RMB|CNY|BTC|ETH|U|u)(?![0-9A-Za-z盘盾]))"
    r"|元(?![素旦宵件年首老组月化帅]|宇宙)(?:人民币)?|块钱"
    # 块 alone also counts pieces (3块硬盘), so something must show that it is money.
    r"|块(?=[，。；、）)！？,;一1/每左不以起到至卖]|[0-9](?![0-9.])"
    r"|[一二三四五六七八九](?:[毛角的/，。；、]|一[张条个单套部台次]|$)"
    r"|[两三五十][张条个单套部台]|\s|$)"
    r"|毛(?:钱|(?![病发色利孩重巾衣笔]))|角(?:钱|(?![色度形落逐]))|分钱"
)
# What may not follow a unit: with it the character is no measure (四件套, 三部门, 两个月).
_UNITS = {
    "张": "三", "名": "单|称|字|义", "人": "民币|民|员|工|类|脸",
    "个": "月|亿|百分点|别|性|体|工作日|自然日|交易日|小时|钟头|星期|季度|学期",
    "家": "庭|长|族|属|具", "条": "例|件", "部": "门|分|委|长|队|署", "台": "湾|州|账",
    "套": "路|现", "辆": "", "起": "诉|来|到|售|底", "件": "套", "吨": "", "公斤": "", "千克": "",
    "克": "隆", "斤": "", "箱": "", "包": "括|含|装", "盒": "", "枚": "",
    "只": "要|有|是|能|需|会", "份": "子|额", "次": "日|年|月|性|要", "人次": "", "台次": "",
    "笔": "者|记|录", "户": "籍|名|主|口", "位": "于|置", "组": "织|长|成|建",
    "批": "发|准|捕|量", "种": "植", "类": "似|型|别", "款": "项|式",
    "处": "理|置|罚|于|有期|分|以", "间": "接|谍|隔", "栋": "", "座": "谈|机",
    "所": "有|以|谓|属", "页": "", "本": "人|科|案|院|报|地|身|月|来", "单": "位|价|独|号|卡|处",
    "层": "面|级|层", "倍": "", "亩": "", "平方米": "", "公里": "", "米": "", "升": "级|至|到",
    "GB": "", "TB": "", "MB": "", "支": "付|持|队|撑", "把": "", "封": "堵|停|号|禁", "篇": "",
    "块": "链", "架": "设|构",
}  # fmt: skip
_MEASURE = "|".join(
    f"{unit}(?!{stop})" if stop else unit
    for unit, stop in sorted(_UNITS.items(), key=lambda item: -len(item[0]))
)
# What a price can be for one of.
_EACH = (
    r"(?:个月|小时|分钟|公斤|千克|人次|平方米|[张条个名单套部台次人位份组吨克斤只枚笔户家件包盒箱"
    r"月天日年秒周号本首篇页端分])(?![性])"
)
_ONE_DIGIT = "[1-9一二三四五六七八九]"
# 3块5, 一毛五: the digit counts tenths, unless it begins what the money is for (800块一套).
_TENTHS_END = rf"(?<=[块毛].)(?!{_EACH})(?:(?=[一1]{_EACH})|(?![0-9.{HAN}几多余]))"
_ASIDE = r"(?:（[^（）]{1,12}）|\([^()]{1,12}\))?"  # 每组（100张）800元
# The upper end of a range that has none: 几十元到上百元.
_OPEN_END = "(?P<open>上(?=[百千万亿]))?"
_MONEY = re.compile(
    rf"(?:(?:每(?:[一1](?={_EACH}))?(?P<per_many>(?:{CORE})?{_EACH}){_ASIDE}(?:[\u4e00-\u9fff]{{0,4}}?)"
    rf"|每[\u4e00-\u9fff]{{1,5}}?[一1](?P<per_job>{_EACH})(?:[\u4e00-\u9fff]{{0,8}}?)"
    rf"|{START}[一1](?P<per_one>{_EACH})))?"
    rf"{START}(?P<before>{BEFORE})?(?:(?P<sign>{_LEAD}|{_SIGN}) ?)?(?P<inner>{BEFORE})?"
    rf"(?P<low>{CORE})(?:(?:{_UNIT})?{DASH}{_OPEN_END}(?P<high>{CORE}))? ?(?P<unit>{_UNIT})"
    rf"(?:(?P<tail>{_ONE_DIGIT})(?:[毛角](?:(?P<cents>{_ONE_DIGIT})(?:分|{_TENTHS_END}))?钱?"
    rf"|{_TENTHS_END}))?"
    rf"(?P<after>{AFTER})?"
    rf"(?:(?: ?/ ?|每)(?P<per_slash>(?:{CORE})?{_EACH})|[一1](?P<per_last>{_EACH})"
    rf"|(?P<per_round>(?:[一1][百千万]|10{{2,4}}){_EACH})"
    # 1元10条 as the whole of a price; of 退还500元3张卡 the cards are told by themselves
    rf"|(?P<per_some>(?:[1-9][0-9]{{0,3}}|[两三五十])[张条个套份组枚只])"
    r"(?=的(?:价|标准|费用)|[，。；、）)！？]|$))?"
)
_ANY_UNIT = re.compile(_UNIT)
_ANY_SIGN = re.compile(rf"{_SIGN}|{_LEAD}")
# After the name of a currency a large figure needs no unit (人民币5万), where it counts nothing.
_FIGURE = rf"(?=[0-9.]+(?:[余多]?[百千万亿]|{DASH})|[0-9][0-9,，]{{2}}|{_ONE_DIGIT}[十百千万亿])"
_SIGNED = re.compile(
    rf"{START}(?P<sign>(?:{_SIGN}) ?|(?P<name>(?:{_LEAD}) ?{_FIGURE}))"
    rf"(?P<low>{CORE})(?:{DASH}(?P<high>{CORE}))?"
    rf"(?(name)(?! ?(?:{_MEASURE}|[年月日号天%‰岁比]|小时|分钟|分之)))(?P<after>{AFTER})?"
)


def _money(match: re.Match[str], text: str) -> Money | None:
    unit = match["unit"].replace(" ", "").lstrip("个枚")
    before = match["before"] or match["inner"] or ""
    if unit == "块" and match["low"] == "一" and not match["tail"]:
        return None  # 一块: together
    if match["low"] == "亿" and match.start("low") and match.string[match.start("low") - 1] == "个":
        return None  # 1.2个亿元
    said = bounds(before, match["low"], match["high"] or "", match["after"] or "")
    if said is None:
        return None
    low, high, approximate = said
    high = None if match["open"] else high
    part = _PARTS.get(unit[0], Decimal(1))
    low, high = tidy(low * part), None if high is None else tidy(high * part)
    for digit, size in ((match["tail"], part / 10), (match["cents"], part / 100)):
        more = evaluate(digit or "")
        extra = more[0] * size if more else Decimal(0)
        low, high = low + extra, None if high is None else high + extra
    sign = match["sign"] or ""
    currency = _CURRENCIES.get(unit.upper()) or _CURRENCIES.get(sign) or _SIGNS.get(sign, "CNY")
    kinds = ("per_many", "per_job", "per_one", "per_slash", "per_last", "per_round", "per_some")
    per = next((match[kind] for kind in kinds if match[kind]), "")
    return Money(text[match.start() : match.end()], low, high, currency, per, approximate)


def parse_money(text: str) -> Money | None:
    """The money that the whole of `text` is (十多元, 5000-8000元, 每条0.5元, 3万美元), or None."""
    flat = plain(text)
    match = _MONEY.fullmatch(flat)
    if match:
        return _money(match, text)
    match = _SIGNED.fullmatch(flat)
    return _signed(match, text) if match else None


def _signed(match: re.Match[str], text: str) -> Money | None:
    said = bounds("", match["low"], match["high"] or "", match["after"] or "")
    if said is None:
        return None
    quote, sign = text[match.start() : match.end()], match["sign"].strip()
    return Money(quote, said[0], said[1], _CURRENCIES.get(sign) or _SIGNS[sign], "", said[2])


def find_money(text: str) -> list[Found[Money]]:
    """Amounts and prices in one sentence, in order.

    A number without a unit of money is none: 171号段的卖11元，165号段12元 gives 11元 and 12元.
    """
    return _find_money(text, plain(text))


def _find_money(text: str, flat: str) -> list[Found[Money]]:
    found = []
    # Without a unit of money there is no match, which is seen much sooner so.
    for match in _MONEY.finditer(flat) if _ANY_UNIT.search(flat) else ():
        value = _money(match, text)
        if value:
            found.append(Found(match.start(), match.end(), value))
    if _ANY_SIGN.search(flat):
        for match in _SIGNED.finditer(flat):
            value = _signed(match, text)
            if value and not _overlaps(match.start(), match.end(), found):
                found.append(Found(match.start(), match.end(), value))
        found.sort(key=lambda item: item.start)
    return found


def _overlaps(start: int, end: int, found: list[Found[Money]]) -> bool:
    return any(item.start < end and start < item.end for item in found)


_QUANTITY = re.compile(
    rf"{START}(?P<before>{BEFORE})?(?P<low>{CORE})"
    rf"(?:(?:{_MEASURE})?{DASH}{_OPEN_END}(?P<high>{CORE}))?"
    # Without a unit only a large round figure counts: 3700万用户, 近2亿.
    rf"(?: ?(?P<unit>{_MEASURE})|(?<=[万亿余多])(?![年月天岁多余]| ?(?:元|小时|分钟)))"
    rf"(?P<after>{AFTER})?"
)
_LARGE = re.compile(r"[0-9].*[万亿][余多]?")
_BARE_UNITS = frozenset("百千万亿")
# 一个, 一种 ... say that there is some; 二次, 二手 are words, where a count would be 两, but a
# court also counts in 二 (手机二部).
_DETERMINERS = frozenset("个种次批位起类件块对把")
_COURT_UNITS = frozenset("人名张台个枚只份辆起")
_PIECE = re.compile("(?<=[机话脑])二部")  # 销售二部 is a department


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    low, unit, before = match["low"], match["unit"] or "", match["before"] or ""
    if not unit and not _LARGE.fullmatch(match["high"] or low):
        return None
    if not match["high"] and not before:
        if low in _BARE_UNITS or (low == "一" and unit in _DETERMINERS):
            return None
        if low == "二" and not (unit in _COURT_UNITS or _PIECE.match(match.string, match.start())):
            return None
    said = bounds(before, low, match["high"] or "", match["after"] or "")
    if said is None:
        return None
    high = None if match["open"] else said[1]
    return Quantity(text[match.start() : match.end()], said[0], high, unit, said[2])


_REMARK = re.compile(r"(?:（[^（）]*）|\([^()]*\))$")


def parse_quantity(text: str) -> Quantity | None:
    """The quantity that the whole of `text` is, or None; a remark in brackets at the end
    (1800余万张（重约70吨）) stays in the text and is not read."""
    flat = plain(text)
    match = _QUANTITY.fullmatch(_REMARK.sub("", flat))
    value = _quantity(match, text) if match else None
    return value and Quantity(text, value.low, value.high, value.unit, value.approximate)


def find_quantities(text: str) -> list[Found[Quantity]]:
    """Counts and measures in one sentence, in order; money is none, nor are times."""
    flat = plain(text)
    taken = _find_money(text, flat)
    found = []
    for match in _QUANTITY.finditer(flat):
        value = _quantity(match, text)
        if value and not _overlaps(match.start(), match.end(), taken):
            found.append(Found(match.start(), match.end(), value))
    return found
