"""Clean values from Chinese text: numbers, money, quantities, dates, durations, penalties.

`parse_*` reads a whole span and returns None for anything else; `find_*` scans one sentence
and returns spans in order that do not overlap. Neither raises on any text, and every value
keeps its text verbatim.
"""

from __future__ import annotations

from kg.values.amounts import (
    Money,
    Quantity,
    extent,
    find_money,
    find_quantities,
    parse_money,
    parse_quantity,
)
from kg.values.dates import Date, find_dates, last_date, parse_date
from kg.values.numerals import Found, Number, find_percentages, parse_number, parse_percentage
from kg.values.terms import (
    Duration,
    Penalty,
    find_durations,
    find_penalties,
    parse_duration,
    parse_penalty,
)
from kg.values.written import Value, parse_value, spelled, written

__all__ = [
    "Date",
    "Duration",
    "Found",
    "Money",
    "Number",
    "Penalty",
    "Quantity",
    "Value",
    "extent",
    "find_dates",
    "find_durations",
    "find_money",
    "find_penalties",
    "find_percentages",
    "find_quantities",
    "last_date",
    "parse_date",
    "parse_duration",
    "parse_money",
    "parse_number",
    "parse_penalty",
    "parse_percentage",
    "parse_quantity",
    "parse_value",
    "spelled",
    "written",
]
