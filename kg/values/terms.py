"""Durations and penalties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.values.amounts import Money, parse_money
from kg.values.dates import find_dates
from kg.values.numerals import AFTER, BEFORE, CORE, START, Found, bounds, evaluate, plain, tidy


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in months (a day is 1/30, a year 12); `months_high` is None where
    the text sets no upper limit."""

    text: str
    months_low: Decimal
    months_high: Decimal | None


@dataclass(frozen=True, slots=True)
class Penalty:
    """What a court or the law imposes.

    `kind` is 有期徒刑, 无期徒刑, 死刑, 拘役, 管制, 行政拘留, 罚金 or 罚款. Months are None where
    none are said; `probation_months` is the upper end of 缓刑; `fine` what goes with it.
    """

    text: str
    kind: str
    months_low: Decimal | None
    months_high: Decimal | None
    probation_months: Decimal | None
    fine: Money | None


_MONTHS = {
    "年": Decimal(12), "个月": Decimal(1), "月": Decimal(1), "周": Decimal(7) / 30,
    "星期": Decimal(7) / 30, "天": Decimal(1) / 30, "日": Decimal(1) / 30,
    "小时": Decimal(1) / 720,
}  # fmt: skip
_NOT_A_YEAR = r"(?!(?:19|20)[0-9]{2} ?年)"
_YEARS = rf"(?: ?{_NOT_A_YEAR}{CORE} ?年(?:[多余](?!个月)|半)?|半年(?:多)?)"
_REST = rf" ?零?(?:(?:{CORE} ?个[半多]?|半个)月(?:[多余])?|{CORE} ?月余?)"
_DAYS = rf" ?零?(?:{CORE} ?(?:天|日|周|个?星期|个?小时)|半天)"
_SPAN = rf"(?:{_YEARS}(?:{_REST})?(?:{_DAYS})?|{_REST}(?:{_DAYS})?|{_DAYS})"
# One end of a term alone may name no unit: 三至七年 has it at the end.
_TERM = rf"(?:{BEFORE})?(?:{_SPAN}|{CORE})(?:{AFTER})?(?:(?:至|到|-|~)?{_SPAN}(?:{AFTER})?)?"
_ENDS = re.compile(
    rf"(?P<before>{BEFORE})?(?:(?P<low>{_SPAN})|(?P<bare>{CORE}))(?P<after>{AFTER})?"
    rf"(?:(?P<to>至|到|-|~)?(?P<high>{_SPAN})(?P<high_after>{AFTER})?)?"
)
_PARTS = re.compile(
    rf"零?(?P<number>{CORE}|半) ?"
    r"(?P<unit>年|个?[半多]?个?月|周|个?星期|天|日|个?小时)(?P<more>[多余半])?"
)

_Months = tuple[Decimal, Decimal]


def _months(span: str) -> _Months | None:
    """Months of one plain span such as 一年四个月, 两年半, 十多天."""
    low = high = Decimal(0)
    for part in _PARTS.finditer(span):
        half = Decimal("0.5")
        value = (half, half) if part["number"] == "半" else evaluate(part["number"])
        if value is None:
            return None
        bottom, top = value
        unit = part["unit"]
        if "半" in unit or part["more"] == "半":  # 三个半月, 两年半
            bottom, top = bottom + half, top + half
        elif "多" in unit or part["more"]:  # 半年多 is less than a year
            top += bottom if part["number"] == "半" else 1
        name = re.sub("[半多个]", "", unit)
        low += bottom * _MONTHS[name]
        high += top * _MONTHS[name]
    return (low, high) if high else None


def _term(flat: str) -> tuple[Decimal, Decimal | None] | None:
    """Months of a whole plain term: one span, or a range of two."""
    match = _ENDS.fullmatch(flat)
    if match is None:
        return None
    if match["bare"]:
        if not (match["to"] and match["high"]):
            return None
        unit = re.sub(rf"^{CORE} ?", "", match["high"])
        first = _months(match["bare"] + unit)
    else:
        first = _months(match["low"])
    if first is None:
        return None
    before, after = match["before"] or "", match["after"] or ""
    limits = bounds(before, "1", "", after)
    if match["high"]:
        second = _months(match["high"])
        if second is None:
            return None
        return tidy(min(first[0], second[0])), tidy(max(first[1], second[1]))
    if limits and limits[0] == 0:
        return Decimal(0), tidy(first[1])
    return tidy(first[0]), None if limits and limits[1] is None else tidy(first[1])


def parse_duration(text: str) -> Duration | None:
    """The duration that the whole of `text` is (半年, 近10年, 三年以上七年以下,
    一年四个月至一年十个月), or None; 2021年 is a year, not a duration."""
    said = _term(plain(text))
    return Duration(text, *said) if said else None


_LENGTH = re.compile(rf"(?! ){START}{_TERM}")
# 3月 is a month of the year, where 数月 and 两月 are none; 三年级 is a class: no lengths.
_NO_LENGTH = re.compile(rf"(?:^|[至到~-])(?![数两]){CORE} ?月")
_NO_LENGTH_AFTER = re.compile("(?<=年)[级代度底初末]|(?<=[月日])[份报刊]")


def find_durations(text: str) -> list[Found[Duration]]:
    """Lengths of time in one sentence, in order; a date is none (3月5日), nor is a year."""
    flat = plain(text)
    dates = find_dates(text)
    found = []
    for match in _LENGTH.finditer(flat):
        start, end = match.span()
        said = _term(match.group())
        if said is None or any(one.start < end and start < one.end for one in dates):
            continue
        if not _NO_LENGTH.search(match.group()) and not _NO_LENGTH_AFTER.match(flat, end):
            found.append(Found(start, end, Duration(text[start:end], *said)))
    return found


_FINE_WORDS = r"(?:人民币|共计|各|合计)? ?"
_AMOUNT = rf"{_FINE_WORDS}{CORE} ?元(?:(?:至|到|-|~|以上){_FINE_WORDS}{CORE} ?元)?(?:{AFTER})?"
# A fine that is measured by what was earned: 违法所得一倍以上十倍以下的罚款.
_TIMES = (
    rf"(?:(?:违法所得|非法所得|违法收入)的?)?{START}"
    rf"(?:{CORE} ?(?:倍以上|倍?(?:至|到|-|~)))?{CORE} ?倍(?:{AFTER})?"
)
# One of several amounts (罚金五万元、三万元) is not the fine of the penalty beside it.
_FINE = (
    rf"(?:罚金|罚款){_AMOUNT}(?![、和及]{_FINE_WORDS}{CORE} ?元)"
    rf"|(?:{_AMOUNT}|{_TIMES})的?(?:罚金|罚款)"
)
_GAP = r"[，,、；;]? ?"
_PENALTY = (
    rf"(?:(?P<kind>有期徒刑|拘役|管制|行政拘留)(?P<term>{_TERM})?"
    # 叶超六个月: the name's, not more than six months
    rf"|(?P<term_before>(?! |(?<=[\u4e00-\u9fff])超){START}{_TERM})(?:不等)?的?"
    r"(?P<kind_after>有期徒刑|拘役|管制|行政拘留)"
    r"(?:[或者、及]{1,2}(?:拘役|管制)){0,2}"
    r"|(?P<life>无期徒刑|死刑(?:，?缓期[二两]年执行)?)"
    rf"|(?:获刑|被判(?:处|刑)?|判处|判刑|刑期(?:为)?)(?P<plain_term>{START}(?>{_TERM}))"
    r"(?!(?:不等)?的?(?:有期徒刑|拘役|管制)))(?:不等)?"
    rf"(?:(?:{_GAP}|[（(])(?:宣告)?缓刑(?P<probation>{_TERM})[）)]?)?"
    rf"(?:{_GAP}(?:[并均各还且也]|分别){{0,3}}(?:单处|或者|处以?)*(?P<fine>{_FINE}|罚金))?"
    rf"|(?P<only>{_FINE})"
)


@cache
def _penalty_regex() -> re.Pattern[str]:
    """Made when a text first speaks of a penalty: it takes a quarter of the time of all imports."""
    return re.compile(_PENALTY)


def _fine(said: str | None, start: int, text: str) -> Money | None:
    if not said:
        return None
    amount = re.sub(r"^(?:罚金|罚款)?(?:共计|各|合计)? ?|的?(?:罚金|罚款)$", "", said)
    at = start + said.find(amount)
    money = parse_money(text[at : at + len(amount)])
    if money is None and "至" not in amount and "以上" in amount:
        # 二万元以上二十万元以下: two limits with a unit of their own
        first, _, last = amount.partition("以上")
        low, high = parse_money(first), parse_money(last.removesuffix("以下"))
        if low and high and high.high is not None and low.low <= high.high:
            quote = text[at : at + len(amount)]
            return Money(quote, low.low, high.high, "CNY", "", False)
    return money


def _penalty(match: re.Match[str], text: str) -> Penalty:
    term = match["term"] or match["term_before"] or match["plain_term"] or ""
    months = _term(term) if term else None
    probation = _term(match["probation"]) if match["probation"] else None
    if match["only"]:
        kind = "罚款" if "罚款" in match["only"] else "罚金"
        fine = _fine(match["only"], match.start("only"), text)
    else:
        kind = match["kind"] or match["kind_after"] or (match["life"] or "有期徒刑")[:4]
        kind = "死刑" if kind.startswith("死刑") else kind
        fine = _fine(match["fine"], match.start("fine"), text)
    low, high = months or (None, None)
    return Penalty(
        text[match.start() : match.end()], kind, low, high, probation and probation[1], fine
    )


def parse_penalty(text: str) -> Penalty | None:
    """The penalty that the whole of `text` is (有期徒刑八个月，缓刑一年，并处罚金人民币二万元),
    or None."""
    match = _penalty_regex().fullmatch(plain(text))
    return _penalty(match, text) if match else None


_CUE = re.compile("徒刑|死刑|拘役|管制|拘留|罚金|罚款|刑期|获刑|判")


def find_penalties(text: str) -> list[Found[Penalty]]:
    """Penalties in one sentence, in order; 管制 and 拘留 count only with a term."""
    flat = plain(text)
    if not _CUE.search(flat):
        return []
    found = []
    for match in _penalty_regex().finditer(flat):
        value = _penalty(match, text)
        needs_term = value.kind in ("管制", "行政拘留") or match["plain_term"]
        if not (needs_term and value.months_low is None):
            found.append(Found(match.start(), match.end(), value))
    return found
