"""Publication dates as articles print them -> ISO."""

from __future__ import annotations

import datetime
import re

_ABBREVIATED = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: i + 1 for i, name in enumerate(_ABBREVIATED.split())}
_RFC = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4})")
_AMERICAN = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})")
_NUMBERS = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})(?!\d))?")
_COMPACT = re.compile(r"(?<!\d)(20\d\d|19\d\d)(\d\d)(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?:年|$)")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?$")


def iso_date(text: str) -> str:
    """The first date in `text` as YYYY-MM-DD, YYYY-MM or YYYY; empty where there is none.

    Reads RFC 822, ISO 8601, 2021年4月26日, 2021/4/26, 20210426 and epoch seconds or
    milliseconds (UTC). Years outside 1990 to 2100 and impossible days are no dates.
    """
    text = text.strip()[:200]
    if match := _NUMBERS.search(text):
        return _iso(match[1], match[2], match[3])
    if match := _RFC.search(text):
        return _iso(match[3], str(_MONTHS.get(match[2].lower(), 0)), match[1])
    if match := _AMERICAN.search(text):
        return _iso(match[3], str(_MONTHS.get(match[1].lower(), 0)), match[2])
    if match := _EPOCH.match(text):
        moment = datetime.datetime.fromtimestamp(int(match[1]), datetime.UTC)
        return moment.date().isoformat()
    if match := _COMPACT.search(text):
        return _iso(match[1], match[2], match[3])
    if match := _YEAR.match(text):
        return match[1] if 1990 <= int(match[1]) <= 2100 else ""
    return ""


def _iso(year: str, month: str, day: str | None) -> str:
    if not 1990 <= int(year) <= 2100:
        return ""
    try:
        date = datetime.date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return date.isoformat() if day else f"{date:%Y-%m}"
