"""Values as properties have them: a number or a range, and its unit."""

from __future__ import annotations

from decimal import Decimal

from kg.values.amounts import Money, Quantity, interval, parse_money, parse_quantity
from kg.values.dates import Date, parse_date
from kg.values.numerals import Number, parse_number, parse_percentage, tidy
from kg.values.terms import Duration, parse_duration

Value = Money | Quantity | Number | Duration | Date

_FINE = Decimal("0.0001")


def written(value: Value) -> tuple[str, str]:
    """The digits of a value and its unit, each empty where there is none.

    A share is a fraction (三成 is 0.3), a duration a number of months, a date ISO, a period
    its first and last day with `/` between and `..` for an end that is open.
    """
    if isinstance(value, Date):
        if value.start in ("", value.end):
            return value.start, ""
        return f"{value.start}/{value.end or '..'}", ""
    if isinstance(value, Duration):
        high = value.months_high
        months = interval(_round(value.months_low), None if high is None else _round(high))
        return months, "月"
    unit = ""
    if isinstance(value, Money):
        unit = value.currency + (f"/{value.per}" if value.per else "")
    elif isinstance(value, Quantity):
        unit = value.unit
    return interval(value.low, value.high), unit


def _round(months: Decimal) -> Decimal:
    return tidy(months.quantize(_FINE))


def parse_value(kind: str, text: str, published: str = "") -> Value | None:
    """The value that the whole of `text` is, as a property of type `kind`, or None.

    `published` is the date that a relative one (去年) counts from.
    """
    if kind == "date":
        return parse_date(text, published)
    if kind == "number":
        return parse_number(text) or parse_quantity(text)
    parse = _PARSERS.get(kind)
    return parse(text) if parse else None


_PARSERS = {
    "money": parse_money, "quantity": parse_quantity, "percent": parse_percentage,
    "duration": parse_duration,
}  # fmt: skip


def spelled(
    name: str, kind: str, printed: str, published: str = "", unit: str = ""
) -> dict[str, str]:
    """The property `name` as printed, with `name_value` and `name_unit` where they can be read;
    `unit` is that of its type, for a value that prints none."""
    value = parse_value(kind, printed, published)
    digits, own = written(value) if value else ("", "")
    unit = unit if kind == "number" else own or unit
    return {
        name: printed,
        **({f"{name}_value": digits} if digits else {}),
        **({f"{name}_unit": unit} if digits and unit else {}),
    }
