"""Chinese and Arabic numerals, exact and approximate, as intervals of Decimal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from kg.text import to_simplified

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """A value and where it stands: `text[start:end] == value.text`."""

    start: int
    end: int
    value: V


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed and what it says: at least `low`, at most `high`.

    `high` is None where the text sets no upper limit (超, 以上, 上千). `low` and `high` are
    equal where one figure is printed, also with 约 or 近; then `approximate` tells. A form
    with 余, 多, 几 or 数 gives the interval: 3万余 is 30000 to 40000, 数十 is 20 to 100.
    A share is a fraction: 96.89% is 0.9689, 三成 is 0.3.
    """

    text: str
    low: Decimal
    high: Decimal | None
    approximate: bool


Bounds = tuple[Decimal, Decimal | None, bool]
"""Low, high, approximate."""

_PLAIN = str.maketrans(
    "０１２３４５６７８９．％／－～〜–—―〇○壹贰叁肆伍陆柒捌玖拾佰仟圆￥＄\u00a0\u3000\t",
    "0123456789.%/-~~---零零一二三四五六七八九十百千元¥$   ",
)


def plain(text: str) -> str:
    """`text` with simplified characters, ASCII digits and one form of each numeral, all of
    the same length, for the patterns of this package."""
    return to_simplified(text).translate(_PLAIN)


HAN = "零一二两三四五六七八九十百千万亿廿卅"
_DIGITS = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,3}(?:，[0-9]{3})*，000(?![0-9])|[0-9]+)"
    r"(?:\.[0-9]+)?"
)
# Not inside another number (50，300; 3 200; 零点五), a Latin token, or an ordinal (第二百五十三条).
START = (
    rf"(?<![0-9A-Za-z第{HAN}])(?<![0-9][.,])(?!(?<=[0-9][， ])[0-9]{{3}}(?![0-9]))"
    r"(?<![零一二两三四五六七八九十]点)"
)
# 数十, but not the end of 人数十余名; of 嫌疑人数十名 it is the beginning.
_SEVERAL = r"数(?:(?<![人总次多少号码无参指基倍分系]数)|(?<=[疑告害事证诉]人数)(?=[十百千万亿]))"
# Atomic and bounded: one numeral is one piece, which keeps the patterns linear.
CORE = (
    rf"(?>(?:{_DIGITS}|[{HAN}几]|{_SEVERAL})"
    rf"(?:{_DIGITS}|[{HAN}几余多]|(?<=[十百千万亿0])来|[ ](?=[百千万亿余多])){{0,24}})"
)
BEFORE = (
    r"(?:大约|(?<![合签预特大])约|将近|接近|(?<![最附将接])近|超过|超出|(?<![高])超|逾|高达|多达"
    r"|至少|不少于|不低于|不下于|(?<![放装拿住吃])不下(?=[0-9一二两三四五六七八九十百千万几数])|不足|不到|少于|不超过|至多|最多|最高(?:[可能]?[达得获卖]得?到?)?|最低|最少|(?<!成[千百])上(?=[百千万亿])"
    r"|(?<![经通不])过(?=[百千万亿])) ?"
)
AFTER = r"(?:以上|以下|以内|之内|左右|上下|不等|起(?=[售批卖订步，。；、！？）)]|$)|\+)"
DASH = r"(?: ?(?:至|到|--?|~) ?)"

_OPEN_BEFORE = frozenset(
    [
        "超过",
        "超出",
        "超",
        "逾",
        "至少",
        "不少于",
        "不低于",
        "不下",
        "不下于",
        "最低",
        "最少",
        "上",
        "过",
    ]
)
_BELOW_BEFORE = ("不足", "不到", "少于", "不超过", "至多", "最多", "最高")
_PRINTED = frozenset(["", "高达", "多达", "不等"])

_PIECES = re.compile(
    rf"(?P<digits>{_DIGITS})|(?P<han>[零一二两三四五六七八九]+)|(?P<score>[廿卅])"
    r"|(?P<small>[十百千])|(?P<big>[万亿])|(?P<few>[几数])|(?P<more>[余多来])|(?P<space> )"
)
_DIGIT_OF = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNIT_OF = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "廿": 20, "卅": 30}
_LONGEST = 40  # characters of a numeral; nothing longer is a figure

Pair = tuple[Decimal, Decimal]
_ZERO: Pair = (Decimal(0), Decimal(0))
_ONE: Pair = (Decimal(1), Decimal(1))


def _add(one: Pair, other: Pair) -> Pair:
    return one[0] + other[0], one[1] + other[1]


def _times(pair: Pair, factor: Decimal | int) -> Pair:
    return pair[0] * factor, pair[1] * factor


def _and_more(pair: Pair) -> Pair:
    """余: up to one more at the last digit that is not zero (1800余: 1800 to 1900)."""
    exponent = pair[1].normalize().as_tuple().exponent
    step = Decimal(10) ** exponent if isinstance(exponent, int) else Decimal(0)
    return pair[0], pair[1] + step


def _han_digits(run: str) -> Pair:
    """两三 is 2 to 3; any other run is read digit by digit (二零二一)."""
    values = [_DIGIT_OF[char] for char in run]
    if len(values) == 2 and 0 < values[0] < values[1] <= values[0] + 2:
        return Decimal(values[0]), Decimal(values[1])
    value = Decimal("".join(map(str, values)))
    return value, value


class _Sum:
    """A numeral in the making: `total` up to the last 万 or 亿, `section` up to the last
    十 百 千, and the digits after it."""

    def __init__(self) -> None:
        self.total = _ZERO
        self.section = _ZERO
        self.current: Pair | None = None
        self.unit = 1  # of the piece before, if that was a unit
        self.big = 0

    def take(self, kind: str, piece: str) -> bool:
        """Add one piece; False where it cannot stand here."""
        if kind in ("digits", "han", "few", "score"):
            return self._take_digits(kind, piece)
        if kind == "small":
            self.section = _add(self.section, _times(self.current or _ONE, _UNIT_OF[piece]))
            self.current = None
            self.unit = _UNIT_OF[piece]
        elif kind == "big":
            self._take_big(_UNIT_OF[piece])
        elif kind == "more":
            self._take_more()
        return True

    def _take_digits(self, kind: str, piece: str) -> bool:
        if self.current is not None:
            return False
        if kind == "digits":
            value = Decimal(piece.replace(",", "").replace("，", ""))
            self.current = (value, value)
        elif kind == "han":
            self.current = _han_digits(piece)
        elif kind == "few":
            first = 2 if self.section == _ZERO and self.total == _ZERO else 1
            self.current = (Decimal(first), Decimal(10))
        else:
            self.section = _add(self.section, _times(_ONE, _UNIT_OF[piece]))
        return self.current is None or self._take_tail(piece)

    def _take_tail(self, piece: str) -> bool:
        """Of 三万五 (35000), 三千五六 and 三百几 the last digit counts tenths of the unit before
        it; more digits than one are no number there (三千五一)."""
        low, high = self.current or _ZERO
        if (
            self.unit >= 10
            and len(piece) > 1
            and low == high
            and piece[0] in "一二两三四五六七八九"
        ):
            return False
        tail = len(piece) == 1 or low < high
        if self.unit >= 100 and tail:
            self.current = low * (self.unit // 10), high * (self.unit // 10)
        return True

    def _take_big(self, unit: int) -> None:
        piece = self.section if self.current is None else _add(self.section, self.current)
        if piece == _ZERO and self.total == _ZERO:
            piece = _ONE
        if unit > self.big:
            self.total = _times(_add(self.total, piece), unit)
        elif piece == _ZERO:
            self.total = _times(self.total, unit)
        else:
            self.total = _add(self.total, _times(piece, unit))
        self.section, self.current = _ZERO, None
        self.big = self.unit = unit

    def _take_more(self) -> None:
        if self.current is not None:
            self.current = _and_more(self.current)
        elif self.section != _ZERO:
            self.section = _and_more(self.section)
        else:
            self.total = _and_more(self.total)
        self.unit = 1


def evaluate(core: str) -> Pair | None:
    """The interval that a plain numeral stands for; None where it is none."""
    if not core or len(core) > _LONGEST:
        return None
    pieces = list(_PIECES.finditer(core))
    if sum(match.end() - match.start() for match in pieces) != len(core):
        return None
    found = _Sum()
    for position, match in enumerate(pieces):
        kind = match.lastgroup or ""
        if kind in ("digits", "han", "few") and position + 1 < len(pieces):
            found.unit = 1  # 三万五千: no tail, the digit has a unit of its own
        if not found.take(kind, match.group()):
            return None
    current = found.current or _ZERO
    return _add(_add(found.total, found.section), current)


_SCALE = re.compile(r"[百千万亿]+$")
_TAIL = re.compile(r"0[0-9]")  # of a figure that a comma cut in two


def bounds(before: str, low: str, high: str, after: str) -> Bounds | None:
    """What `before low [to high] after` says, of plain strings; `high` may be empty.

    The lower end of a range takes over the scale of the upper one: 3至5万 is 30000 to 50000.
    """
    before = before.strip()
    first = evaluate(low)
    if first is None or _TAIL.match(low):
        return None
    bottom, top = first
    vague = bottom != top
    if high:
        second = evaluate(high)
        if second is None:
            return None
        scale = _SCALE.search(high)
        if scale and not _SCALE.search(low):
            factor = evaluate(scale.group()) or _ONE
            if bottom < second[0] / factor[0]:
                bottom *= factor[0]
        bottom, top = min(bottom, second[0]), max(top, second[1])
    vague = vague or before not in _PRINTED or after not in _PRINTED
    if before.startswith(_BELOW_BEFORE) or after in ("以下", "以内", "之内"):
        bottom = Decimal(0)
    if before in _OPEN_BEFORE or after in ("以上", "起", "+"):
        return tidy(bottom), None, vague
    return tidy(bottom), tidy(top), vague


def tidy(value: Decimal) -> Decimal:
    """The same value without zeros after the point and without an exponent."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


_NUMBER = re.compile(
    rf"(?P<before>{BEFORE})?(?P<low>{CORE})(?:{DASH}(?P<high>{CORE}))?(?P<after>{AFTER})?"
)
_NOT_SHARE = "立员为功本交人年都绩千百了份果长语熟品型效"
_POINT = "点[零一二三四五六七八九]{1,4}"
_SHARE = re.compile(
    rf"{START}(?P<before>{BEFORE})?(?:"
    rf"(?P<low>{CORE})(?:%?{DASH}(?P<high>{CORE}))? ?(?P<sign>[%‰])"
    rf"|(?P<whole>[百千万])分之(?P<words>{CORE}(?:{_POINT})?)"
    rf"(?:{DASH}(?:(?P=whole)分之)?(?P<words_high>{CORE}(?:{_POINT})?))?"
    rf"|(?:(?P<tenths_low>[1-9]|[一二两三四五六七八])成?{DASH})?(?P<tenths>[1-9]|[一二两三四五六七八九]{{1,2}})成(?![{_NOT_SHARE}])"
    rf"(?:(?P<more>[多余])|(?P<half>[半一二三四五六七八九])(?=[，。；、）的以左上]|$))?"
    rf")(?P<after>{AFTER})?"
)


def _pointed(words: str) -> str:
    """The figure of words with a point in them: 零点五 is 0.5."""
    head, point, digits = words.replace("半", "五").partition("点")
    whole = evaluate(head) if point else None
    if whole is None:
        return words
    return f"{whole[0]}." + "".join(str(_DIGIT_OF.get(char, char)) for char in digits)


def _share(match: re.Match[str], text: str) -> Number | None:
    before, after = match["before"] or "", match["after"] or ""
    if match["low"]:
        low, high, part = match["low"], match["high"] or "", 1000 if match["sign"] == "‰" else 100
    elif match["words"]:
        low, high = _pointed(match["words"]), _pointed(match["words_high"] or "")
        part = int((evaluate(match["whole"]) or _ONE)[0])
    elif match["half"]:
        low, high, part = _pointed(f"{match['tenths']}点{match['half']}"), "", 10
    else:
        tenths, part = match["tenths"] + (match["more"] or ""), 10
        low, high = (match["tenths_low"], tenths) if match["tenths_low"] else (tenths, "")
    said = bounds(before, low, high, after)
    if said is None:
        return None
    top = None if said[1] is None else tidy(said[1] / part)
    return Number(text[match.start() : match.end()], tidy(said[0] / part), top, said[2])


def parse_number(text: str) -> Number | None:
    """The number that the whole of `text` is (3万余, 近70, 一亿二千万, 96.89%, 三成), or None."""
    flat = plain(text)
    match = _NUMBER.fullmatch(flat)
    if match:
        said = bounds(
            match["before"] or "", match["low"], match["high"] or "", match["after"] or ""
        )
        return Number(text, *said) if said else None
    return parse_percentage(text)


def parse_percentage(text: str) -> Number | None:
    """The share that the whole of `text` is (96.89%, 三成), as a fraction, or None."""
    match = _SHARE.fullmatch(plain(text))
    return _share(match, text) if match else None


def find_percentages(text: str) -> list[Found[Number]]:
    """Shares in one sentence (96.89%, 百分之三十, 三成, 30%至50%), in order."""
    found = []
    for match in _SHARE.finditer(plain(text)):
        value = _share(match, text)
        if value:
            found.append(Found(match.start(), match.end(), value))
    return found
