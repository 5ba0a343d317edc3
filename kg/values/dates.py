"""Dates, at the precision that the text gives."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from kg.values.days import NOTHING, Ymd, days_between, days_of_week, shift_day
from kg.values.numerals import DASH, Found, evaluate, plain


@dataclass(frozen=True, slots=True)
class Date:
    """A date or period: ISO `start` and `end`, each YYYY, YYYY-MM or YYYY-MM-DD.

    Both are equal for one date. An end that the text leaves open (2020年以来, 2020年以前) or that
    cannot be known (今年 in an article without a date) is empty.
    """

    text: str
    start: str
    end: str


_H = "一二三四五六七八九"
_TO = r" ?(?:至|到|--?|~) ?"
_Y, _M, _D = r"(?:19|20)[0-9]{2}", r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12][0-9]|0?[1-9])"
_FREE = r"(?<![0-9.A-Za-z])"  # no digits of a longer number
# 4、5月间 are two months, 2、5月3日 is the second item of a list.
_PAIRS = "|".join(f"{one}、{one + 1}|(?<![{_H}十]){_H[one - 1]}、?{_H[one]}" for one in range(1, 9))
_NEXT = rf"(?:{_PAIRS}|9、10|10、11|11、12)(?= ?月(?! ?[0-9]))"
# 八月初三 and 农历3月 are of the lunar calendar.
_AFTER_MONTH = (
    r"(?![球饼薪租均收入嫂亮供息费卡廿]|初[一二三四五六七八九十](?:[，。、日晚早至到的 ]|$))"
)
_SOLAR = "(?<!农历)(?<!阴历)(?<!旧历)"
_AFTER_DAY = r"(?:日(?![内元均游])|号(?![段线楼院文房令卡码商机]))"
# The parts that a date is put together from, in the order in which they may follow.
_PART = re.compile(
    rf"(?P<iso>(?<![0-9A-Za-z./=-]){_Y}(?P<mark>[-/.]){_M}(?P=mark){_D}(?![0-9A-Za-z]|[-/.][0-9]))"
    rf"|(?P<years>{_FREE}{_Y}(?: ?年)?{_TO}{_Y} ?年)"
    rf"|(?P<year>{_FREE}{_Y} ?年(?![级代多余来])度?|[一二][零九][零{_H}]{{2}}年"
    r"|(?:今|去|(?<!大)前|明|本|上|同|次|翌)年(?![轻级龄])度?|当年)"
    r"|(?P<decade>(?:上|20|二十)世纪[1-9]0年代)"
    rf"|(?P<months>{_SOLAR}{_FREE}(?:{_M}{_TO}{_M}|{_NEXT}) ?月{_AFTER_MONTH}(?:份)?)"
    rf"|(?P<month>{_SOLAR}(?:{_FREE}{_M} ?|(?<![{_H}十])(?:十[一二]?|[{_H}]))月份?{_AFTER_MONTH}"
    r"|(?:本|当|同|上|次)月|上个月)"
    r"|(?P<season>(?:(?<!月)年?(?:初|底|末)|年中)(?![中次级])|[上下]半年"
    rf"|前(?P<first>[二三23](?=季度)|(?:十[一二]?|[两{_H}]|1[0-2]|[1-9])(?=个月))(?:季度|个月)"
    r"|(?<!前)第?[一二三四1-4]季度)"
    rf"|(?P<days>{_FREE}{_D}日?{_TO}{_D} ?{_AFTER_DAY})"
    rf"|(?P<day>(?:{_FREE}{_D} ?|(?<![{_H}十])(?:三十一?|二?十[{_H}]?|[{_H}])){_AFTER_DAY})"
    r"|(?P<tenth>月(?:初|底|末)|(?<=月)(?:初(?![中次级])|底|末)|[上中下]旬)"
    r"|(?P<said>当日|当天|同日|同一天|次日|翌日|第二天(?!性)|昨日|昨天|今日(?!头条)|今天"
    r"|大?前天|当晚|昨晚|今晚|今早|今晨)"
    # Behind 上周 a name may go on: 会上周某说. 上周末 is its Saturday and Sunday.
    r"|(?P<week>(?<![会网线路船车岸马街])(?:上上?|[本这下])个?(?:周|星期|礼拜)"
    r"(?:[一二三四五六日天末](?![个名张条级])|(?<=[本这]周)(?![期刊岁年边转])|(?=[，,。；、的内起以]|$)))"
    r"|(?P<clock>(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|深夜|夜间|晚)"
    r"(?: ?[0-9]{1,2}(?:[时点](?:[0-9]{1,2}分|半)?|:[0-9]{2})(?:许|左右)?)?"
    r"|[0-9]{1,2}(?:[时点](?:[0-9]{1,2}分|半)?|:[0-9]{2})(?:许|左右)?)"
    r"|(?P<vague>近日|日前(?!往)|近期|前不久|不久前|近年来?|近几年来?)"
    rf"|(?P<dotted>(?<=[“\"「']){_M}[·•・.]{_D}(?=[”\"」']))"
)
_ORDER = {"years": 0, "year": 0, "season": 1, "months": 1, "month": 1, "tenth": 2, "days": 2,
          "day": 2, "said": 2, "week": 2, "clock": 3}  # fmt: skip
_ALONE = frozenset(["iso", "decade", "vague", "dotted"])
_YEAR_TOLD = frozenset(["iso", "years", "year"])
_FIRST = frozenset(["years", "year", "months", "month", "said", "week"]) | _ALONE
_RANGE = re.compile(rf"起?{DASH}")
_LISTED = re.compile("[、和及]")
_DURING = re.compile(
    r"期间|年间|(?P<open>以来|至今|起(?![诉来到售底])|开始|[以之]后|至案发)|(?P<until>[以之]前)"
)
# What a date says that is no part of the story: when somebody was born or a law came in.
_ASIDE = re.compile(r"出?生(?![产效活意])|起?(?:施行|实施|生效)")
# A day without a month opens a report: 26日，警方通报. Others are lengths: 拘留15日.
_OPENS = re.compile(r"[，,上下凌中晚从电]")
_TERM_BEFORE = re.compile(r"(?:徒刑|拘役|缓刑|拘留|管制|年零?)$")
_PART_OF_YEAR = re.compile("半年|季度")
_QUICK = re.compile(r"[年月日号天晚早晨期久季周拜·•・]|[0-9][-/.][0-9]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Parts that stand together as one date: kind -> plain text."""

    start: int
    end: int
    parts: dict[str, str]


def _pieces(flat: str) -> list[_Piece]:
    """Assemble the parts of a plain text into dates, in order."""
    # lastgroup is the group that closed last, the outer one.
    parts = [(m.lastgroup or "", m.start(), m.end()) for m in _PART.finditer(flat)]
    pieces: list[_Piece] = []
    at = 0
    while at < len(parts):
        kind, start, end = parts[at]
        held = {kind: flat[start:end]}
        at += 1
        while at < len(parts) and kind not in _ALONE:
            following, begin, stop = parts[at]
            if flat[end:begin].strip(" 的") or begin - end > 1 or following in held:
                break
            if _ORDER.get(following, -1) <= _ORDER[kind]:
                break
            held[following] = flat[begin:stop]
            kind, end, at = following, stop, at + 1
        if _stands(flat, start, end, held, pieces):
            pieces.append(_Piece(start, end, held))
    return pieces


def _stands(flat: str, start: int, end: int, held: dict[str, str], before: list[_Piece]) -> bool:
    first = next(iter(held))
    if first in ("month", "months") and _TERM_BEFORE.search(flat[max(0, start - 3) : start]):
        return False  # 有期徒刑5月, 1年5月
    if first in _FIRST:
        return True
    if first == "season":  # 年底 alone may be any
        return _PART_OF_YEAR.search(held[first]) is not None
    if first not in ("day", "days") or flat[start - 1 : start] == "月":
        return False  # 农历3月5日
    if before and _RANGE.fullmatch(flat, before[-1].end, start):
        return True
    after_day = before and {"day", "days"} & before[-1].parts.keys() and "号" not in held[first]
    if after_day and _LISTED.fullmatch(flat, before[-1].end, start):
        return True
    if _TERM_BEFORE.search(flat[max(0, start - 3) : start]) or "号" in held[first]:
        return first == "days" and end == len(flat) and start == 0
    return bool(_OPENS.match(flat, end)) or "clock" in held or (start == 0 and end == len(flat))


def _figures(part: str) -> list[int]:
    """The numbers in a part, Arabic or Chinese."""
    found = []
    for run in re.findall(rf"[0-9]+|[零十{_H}]+", part):
        value = evaluate(run)
        # 二零一九 is digits; 十二 is twelve; 二三 would be a range and is no date.
        if value and value[0] == value[1]:
            found.append(int(value[0]))
    return found


_YEAR_SHIFT = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "明": 1}
_SEASONS = {
    "初": (1, 1), "底": (12, 12), "末": (12, 12), "中": (6, 7), "上": (1, 6), "下": (7, 12),
    "一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12),
    "1": (1, 3), "2": (4, 6), "3": (7, 9), "4": (10, 12),
}  # fmt: skip


def _year(part: str, published: Ymd, anchor: Ymd) -> int:
    figures = _figures(part)
    if figures:
        return figures[0]
    if part[0] in _YEAR_SHIFT:
        return published[0] and published[0] + _YEAR_SHIFT[part[0]]
    return anchor[0] and anchor[0] + (part[0] in "次翌")


def _month_of(part: str, year: int, published: Ymd, anchor: Ymd) -> tuple[int, int]:
    figures = _figures(part)
    if figures:
        return year, figures[0]
    base, shift = (anchor, 0) if part[0] in "当同" else (published, 0)
    if part[0] in "上次":
        shift = -1 if part[0] == "上" else 1
        base = published if part[0] == "上" else anchor
    if not base[0] or not base[1]:
        return 0, 0
    months = base[0] * 12 + base[1] - 1 + shift
    return months // 12, months % 12 + 1


_RECENT = 45
"""Days before an article in which a date without a year is news, whatever year was named before."""


def _guess_year(month: int, day: int, published: Ymd, anchor: Ymd) -> int:
    """Of a date without a year: that of the date before it, else the last one that was; 0
    where the next year is as likely (2020年12月3日立案，1月5日抓获). A year alone (2022年调查报告)
    is not that of a day of the weeks before the article."""
    later = (month, day) > (published[1], published[2] or 31)
    latest = published[0] - (1 if published[1] and later else 0)
    if not anchor[0]:
        return latest if published[0] else 0
    if not anchor[1] and day and days_between((latest, month, day), published) <= _RECENT:
        return latest
    if anchor[0] == published[0] and month > (published[1] or 12) + 1:
        return 0  # months after the article: rather of the year before
    return 0 if anchor[1] - month > 6 and anchor[0] < latest else anchor[0]


def _whole(parts: dict[str, str], published: Ymd) -> tuple[Ymd, Ymd] | None:
    """The kinds that are a date by themselves."""
    if "iso" in parts:
        year, month, day = (int(figure) for figure in re.findall(r"[0-9]+", parts["iso"]))
        return (year, month, day), (year, month, day)
    if "decade" in parts:
        first = 1900 + int(parts["decade"][-4]) * 10
        return (first, 0, 0), (first + 9, 0, 0)
    if "vague" in parts:
        near = (published[0], 0 if "年" in parts["vague"] else published[1], 0)
        return near, near
    if "years" in parts:
        first, last = sorted(_figures(parts["years"])[:2])
        return (first, 0, 0), (last, 0, 0)
    return None


def _resolve(parts: dict[str, str], published: Ymd, anchor: Ymd) -> tuple[Ymd, Ymd]:
    """First and last day, month or year of one assembled date."""
    whole = _whole(parts, published)
    if whole:
        return whole
    if "said" in parts and "month" not in parts:
        word = parts["said"]
        if word[0] in "昨今前大":
            day = shift_day(published, {"昨": -1, "今": 0, "前": -2}.get(word[0], -3))
        else:
            day = shift_day(anchor, 1 if word[0] in "次翌第" else 0)
        return day, day
    if "week" in parts:
        return days_of_week(parts["week"], published)
    year = _year(parts["year"], published, anchor) if "year" in parts else 0
    if "season" in parts:
        first, last = _season(parts["season"])
        if "year" not in parts and (anchor[0] or not first <= published[1] < last):
            year = _guess_year(first, 0, published, anchor)
        return ((year, first, 0), (year, last, 0)) if year else (NOTHING, NOTHING)
    days = _figures(parts.get("days", "") or parts.get("day", ""))
    if "dotted" in parts:
        month, *days = (int(figure) for figure in re.findall(r"[0-9]+", parts["dotted"]))
        months = [month]
    elif "months" in parts:
        # 七八月 is two months, where 七八 is a range
        months = (
            _figures(parts["months"]) or [_H.index(char) + 1 for char in parts["months"][:2]]
        )[:2]
    elif "month" in parts:
        year, month = _month_of(parts["month"], year, published, anchor)
        months = [month]
    elif days:
        base = anchor if anchor[1] else published
        if not anchor[1] and published[2] and days[0] > published[2]:
            base = shift_day((published[0], published[1], 1), -1)  # 29日 in an article of the 2nd
        year, months = base[0], [base[1]]
    else:
        return (year, 0, 0), (year, 0, 0)
    if "year" not in parts and not year and months[0]:
        year = _guess_year(months[0], days[0] if days else 0, published, anchor)
    if not year or not months[0]:
        return NOTHING, NOTHING
    last_year = year + (months[-1] < months[0])
    if "tenth" in parts and len(months) == 1:
        first, last = _tenth(parts["tenth"], year, months[0])
        return (year, months[0], first), (year, months[0], last)
    days = days or [0]
    return (year, months[0], days[0]), (last_year, months[-1], days[-1])


def _season(part: str) -> tuple[int, int]:
    """First and last month of a part of a year."""
    if part[0] == "前":
        many = evaluate(re.split("季|个", part[1:])[0])
        return 1, int(many[1] if many else 1) * (3 if "季" in part else 1)
    return _SEASONS[next((char for char in part if char in _SEASONS), "初")]


def _tenth(part: str, year: int, month: int) -> tuple[int, int]:
    size = monthrange(year, month)[1]
    if "上" in part or "初" in part:
        return 1, 10
    return (11, 20) if "中" in part else (21, size)


def _iso(ymd: Ymd) -> str:
    """ISO at the known precision; empty for what is in no calendar (2021-02-30)."""
    year, month, day = ymd
    if not year or month > 12 or (month and day > monthrange(year, month)[1]):
        return ""
    if not month:
        return f"{year:04}"
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def _from_iso(iso: str) -> Ymd:
    match = re.match(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", iso)
    if not match:
        return NOTHING
    ymd = (int(match[1]), int(match[2] or 0), int(match[3] or 0))
    return ymd if _iso(ymd) else NOTHING


def find_dates(text: str, published: str = "", anchor: str = "") -> list[Found[Date]]:
    """Dates and periods in one sentence, in order.

    `published` (ISO, of the article) resolves 今年, 去年底, 昨日 and 近日, and a date without a
    year. `anchor` (ISO, the date last mentioned before this sentence) resolves 同年, 次日 and
    当晚, and wins over `published` for a missing year; a date found becomes the next anchor.
    """
    return _read(text, published, anchor)[0]


def last_date(text: str, published: str = "", anchor: str = "") -> str:
    """The date that a sentence leaves as the `anchor` of the next: its last one whose year is
    told and that says when something was done (1990年5月6日出生 and 近日 do not), of a range the
    end; else `anchor`."""
    return _read(text, published, anchor)[1]


def _read(text: str, published: str, anchor: str) -> tuple[list[Found[Date]], str]:
    """The dates of a sentence, and the anchor that it leaves."""
    flat = plain(text)
    if not _QUICK.search(flat):
        return [], anchor
    base, last = _from_iso(published), _from_iso(anchor)
    handed, told = last, bool(last[0])
    found: list[Found[Date]] = []
    pieces = _pieces(flat)
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        first, final = _resolve(piece.parts, base, last)
        listed = found and _LISTED.fullmatch(flat, found[-1].end, piece.start)
        if listed and next(iter(piece.parts)) == "day" and not found[-1].value.start:
            first = final = NOTHING  # 28日 of 同年4月27日、28日
        start, end, left = piece.start, piece.end, first
        at += 1
        if at < len(pieces) and _RANGE.fullmatch(flat, end, pieces[at].start):
            final = _range_end(first, pieces[at].parts, base)
            end = pieces[at].end
            left = final if _iso(final) else first
            at += 1
        closing = _DURING.match(flat, end)
        begin, finish = _iso(first), _iso(final)
        if closing:
            end = closing.end()
            begin = "" if closing["until"] else begin
            finish = "" if closing["open"] else finish
        if begin and not {"vague", "dotted"} & piece.parts.keys() and not _ASIDE.match(flat, end):
            told = told or bool(_YEAR_TOLD & piece.parts.keys())
            last, handed = left, left if told else handed
        found.append(Found(start, end, Date(text[start:end], begin, finish)))
    return found, _iso(handed)


def _range_end(first: Ymd, parts: dict[str, str], published: Ymd) -> Ymd:
    """The last day of the second date of a range, which takes over what it does not say."""
    final = _resolve(parts, published, first)[1]
    if not final[0]:
        final = _resolve(parts, NOTHING, first)[1]
    if final[0] and "year" not in parts and final[1:] < first[1:] and final[0] == first[0]:
        return final[0] + 1, final[1], final[2]  # 2020年12月至2月
    return final


def parse_date(text: str, published: str = "", anchor: str = "") -> Date | None:
    """The date that the whole of `text` is, quotation marks apart (“4·26”), or None.

    See `find_dates` for `published` and `anchor`.
    """
    found = find_dates(text, published, anchor)
    if not found and re.fullmatch(rf"{_M}[·•・.]{_D}", plain(text)):
        found = find_dates(f"“{text}”", published, anchor)
        return found[0].value if found else None
    if (
        len(found) != 1
        or text[: found[0].start].strip("“\"「'")
        or text[found[0].end :].strip("”\"」'")
    ):
        return None
    return Date(text, found[0].value.start, found[0].value.end)
