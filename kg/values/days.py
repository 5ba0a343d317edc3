"""Days counted from another: the next one, the Friday of last week."""

from __future__ import annotations

import math
from datetime import date, timedelta

Ymd = tuple[int, int, int]  # 0 where not known
NOTHING: Ymd = (0, 0, 0)
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


def days_between(one: Ymd, other: Ymd) -> float:
    """Days from one day to another; infinite where either is none."""
    try:
        return abs((date(*other) - date(*one)).days)
    except ValueError:
        return math.inf


def shift_day(base: Ymd, days: int) -> Ymd:
    """The day so many days later; none for a month, and beyond the calendar."""
    if not all(base):
        return NOTHING
    try:
        moved = date(*base) + timedelta(days=days)
    except (ValueError, OverflowError):
        return NOTHING
    return moved.year, moved.month, moved.day


def days_of_week(word: str, published: Ymd) -> tuple[Ymd, Ymd]:
    """First and last day of a week, a weekend or a day of it, counted from the article."""
    if not all(published):
        return NOTHING, NOTHING
    weeks = -word.count("上") + (word[0] == "下")
    monday = 7 * weeks - date(*published).weekday()
    first, last = (5, 6) if word[-1] == "末" else (0, 6)
    if word[-1] in _WEEKDAYS:
        first = last = _WEEKDAYS[word[-1]]
    return shift_day(published, monday + first), shift_day(published, monday + last)
