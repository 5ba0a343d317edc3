"""Personal identifiers never get past `read`: they are overwritten here, same length.

Masked: phone numbers, ID cards, bank cards, e-mail addresses, QQ and WeChat ids, and every
other bare run of 11 or 15 to 19 digits; names in messengers, passports, SIM cards, licence plates
of cars, the numbers of frames, engines, phones, drivers, the insured and students by their cue
words, and a person's home from the number of the house on. Not masked: what the network and the
law are made of - number prefixes (170号段, 1069), short codes (110, 12321, 95588), hotlines
(400-...), money, dates, counts, codes of firms, numbers of cases and orders, ids of pages
(`kg.read.public`) - and nicknames.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby

from kg.read.patterns import (
    BARE,
    BORN,
    BROKEN,
    BROKEN_IDENTITY,
    CARD,
    GROUPED_IDENTITY,
    GROUPS,
    IDENTITY,
    LONG,
    PREFIXES,
    URL_RUN,
)
from kg.read.public import in_digest, is_firm, is_numbered, is_page, is_sender

PLACEHOLDER = "█"

_PATH_PART = re.compile(r"[^/\\#]+|[/\\#]")
# Prose has few places where an identifier can be; only those are looked at closely.
_HOT = re.compile(
    # One class in front, so that the search runs over prose as fast as it can.
    r"[a-zA-Z0-9_@.%+*#×●（(\[【{-](?:(?<=[a-zA-Z0-9_@.%+*#×●-])[a-zA-Z0-9_@.%+*#×●-]{4}"
    r"|(?<=[0-9])(?:[室户房单]|[ \n\-–—.·\u3000\u20e3)）]{1,3}[0-9]|[^\w\n]{1,3}[0-9](?:[0-9]{3}"
    r"|(?:[^\w\n]{1,3}[0-9]){5}))"
    r"|(?<=@)|(?<=[（(\[【{])\s?(?:[aA][tT]|艾特|#))"
)
_MOBILE = re.compile(r"1[3-9]\d{9}\Z")
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DATED = re.compile(rf"\d{{6}}(?:(?:18|19|20)\d\d{_DAY}\d{{3}}[\dx]?|\d\d{_DAY}\d{{3}})\Z", re.I)
_LONG = re.compile(LONG)
_WORD_END = re.compile(r"[^a-zA-Z0-9_@.-]")
_MARGIN = 48  # characters around such a place: room for a cue word and for the whole number


_TRADITIONAL = (
    "號碼賬帳戶頭證電話熱線機傳聯繫撥維為別個餘幾萬億條張組筆鐘報飛釘寶護車貴雲滬魯遼贛陝軍"
    "發動識學駕駛檔編醫會療險",
    "号码账帐户头证电话热线机传联系拨维为别个余几万亿条张组笔钟报飞钉宝护车贵云沪鲁辽赣陕军"
    "发动识学驾驶档编医会疗险",
)
"""The characters of cue words and counts, in both scripts."""
_HYPHENS = "\u2010\u2011\u2012\u2212\uff0d"


def _fold_table() -> dict[int, str]:
    """Every decimal digit of Unicode, the full-width ASCII signs, the hyphens, what looks like
    the X of an ID card and the penguin of QQ, as ASCII; cue words in simplified script."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, _HYPHENS), "-")
    table |= {ord(old): new for old, new in zip(*_TRADITIONAL, strict=True)}
    table |= {ord(old): new for old, new in zip("хХⅩ🐧💓", "xXXⓠ❤", strict=True)}
    for char in re.findall(r"\d", "".join(map(chr, range(0x80, 0x20000)))):
        table[ord(char)] = str(unicodedata.decimal(char))
    return table


_FOLD = _fold_table()
# Only characters below 0x10000: beyond, Python's character classes become slow.
_FOLDABLE = re.compile(
    "["
    + "".join(chr(c) for c in _FOLD if c < 0x10000 and (chr(c).isalnum() or chr(c) in "＠＊"))
    + _HYPHENS
    + "]"
)
_NUMERALS = "零〇一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖"
_DIGIT = str.maketrans(_NUMERALS, "001234567891122334566789")
_NUMERAL_RUN = re.compile(rf"[{_NUMERALS}\d](?:[ \n\-–—.·/／、，,]?[{_NUMERALS}\d]){{6,}}")
# Only of a number of this form: what else numerals have a 、 between is a list.
_PARTED = re.compile(r"1[3-9]\d[、，,／/]\d{4}[、，,／/]\d{4}")
_LETTERS = str.maketrans("oOiIlL", "001111")
_LETTER_RUN = re.compile(r"[1iIlL][3-9](?<![a-zA-Z\d]..)(?:[ -]?[oOiIlL\d]){9}(?![a-zA-Z\d])")
_SHAPED = {
    code: str(int(value))
    for code in (0xB2, 0xB3, 0xB9, *range(0x2070, 0x3300))
    if (value := unicodedata.numeric(chr(code), -1)) in range(10)
    and not chr(code).isdecimal()
    and unicodedata.category(chr(code)) == "No"
}
"""Digits in circles, brackets, with a full stop, raised: ①⑴⒈¹㊀."""
_SHAPED_RUN = re.compile(f"[{''.join(map(chr, _SHAPED))}]{{3,}}")
_GROUPS = tuple(
    (
        re.compile(gate),
        tuple(
            (pattern, "id" if "id" in pattern.groupindex else 0)
            for pattern in (re.compile(source, re.IGNORECASE) for source in sources)
        ),
    )
    for gate, sources in GROUPS
)


def mask(text: str) -> str:
    """`text` with each identifier overwritten by `PLACEHOLDER`; the length does not change."""
    return _overwrite(text, _found_in(_folded(text)), PLACEHOLDER)


def identifiers(text: str) -> Iterator[str]:
    """What `mask` would overwrite in `text`, line by line."""
    masked = mask(text)
    if masked == text:
        return
    for line, hidden in zip(text.split("\n"), masked.split("\n"), strict=True):
        changed = (old != new for old, new in zip(line, hidden, strict=True))
        at = 0
        for found, run in groupby(changed):
            size = len(list(run))
            if found:
                yield line[at : at + size]
            at += size


def mask_url(url: str) -> str:
    """A URL with phone-, ID- and card-like runs, e-mail addresses and accounts overwritten."""
    plain = _folded(url)
    spans = [m.span("id" if m["id"] else 0) for m in URL_RUN.finditer(plain)]
    spans = [
        span for span in spans if not (plain[slice(*span)].isdecimal() and _is_public(plain, *span))
    ]
    return _overwrite(url, spans, "*")


def mask_path(path: str) -> str:
    """A path, also one with the id of a line behind it, its names masked like text and URLs."""
    return "".join(_mask_name(part) for part in _PATH_PART.findall(path))


def _mask_name(name: str) -> str:
    plain = _folded(name)
    spans = _found_in(plain) + _found_in(plain.replace("_", " "))  # many programs write _ for space
    return _overwrite(mask_url(name), spans, "*")


def luhn(digits: str) -> bool:
    """Whether the check digit is that of a bank card."""
    doubled = "0246813579"
    total = sum(int(d) for d in digits[-1::-2]) + sum(int(doubled[int(d)]) for d in digits[-2::-2])
    return total % 10 == 0


def id_card(number: str) -> bool:
    """Whether the check digit is that of an 18-digit resident ID number (GB 11643)."""
    if not re.fullmatch(r"[1-9]\d{16}[\dXx]", number):
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()


def _folded(text: str) -> str:
    """The same length, with ASCII digits and letters for all their look-alikes."""
    if text.isascii():
        return text
    if _FOLDABLE.search(text) or max(text) > "\uffff":
        text = text.translate(_FOLD)
    return _SHAPED_RUN.sub(lambda match: match[0].translate(_SHAPED), text)


def _spelled_out(plain: str) -> str:
    """Folded text with digits for the numerals and letters that numbers are disguised by."""
    return _LETTER_RUN.sub(_unlettered, _NUMERAL_RUN.sub(_in_digits, plain))


def _in_digits(match: re.Match[str]) -> str:
    """One or two numerals beside digits are prose: 13812345678一直关机.

    The marks between the parts of a number that is all numerals become hyphens.
    """
    number = match[0]
    digits = number.translate(_DIGIT)
    if sum(map(str.__ne__, number, digits)) < 3:
        return number
    if _PARTED.fullmatch(digits) and not PREFIXES.match(match.string, match.end()):
        return re.sub(r"\D", "-", digits)
    return digits


def _unlettered(match: re.Match[str]) -> str:
    number = match[0]
    return number.translate(_LETTERS) if sum(map(str.isdigit, number)) > 4 else number


def _windows(plain: str) -> list[tuple[int, int]]:
    """Stretches around hot places, merged; none ends inside a number or word."""
    found: list[tuple[int, int]] = []
    for match in _HOT.finditer(plain):
        low = max(match.start() - _MARGIN, 0)
        high = match.end() + _MARGIN
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return [(low, _word_end(plain, high)) for low, high in found]


def _word_end(plain: str, at: int) -> int:
    end = _WORD_END.search(plain, at)
    return end.start() if end else len(plain)


def _found_in(plain: str) -> list[tuple[int, int]]:
    """Where identifiers stand in folded text, in digits or written out; spans may overlap."""
    spelled = _spelled_out(plain)
    return _found(plain) + (_found(spelled) if spelled != plain else [])


def _found(plain: str) -> list[tuple[int, int]]:
    """Where identifiers stand in folded text; spans may overlap."""
    spans: list[tuple[int, int]] = []
    for low, high in _windows(plain):
        for gate, patterns in _GROUPS:
            if gate.search(plain, low, high):
                for pattern, group in patterns:
                    spans.extend(m.span(group) for m in pattern.finditer(plain, low, high))
        if _LONG.search(plain, low, high):
            for pattern, holds in _CHECKED:
                spans.extend(m.span() for m in pattern.finditer(plain, low, high) if holds(m))
    return [span for span in spans if not in_digest(plain, *span)]


def _is_somebodys(match: re.Match[str]) -> bool:
    return not _is_public(match.string, *match.span())


def _is_public(text: str, start: int, end: int) -> bool:
    """Whether a run of digits of a card's or account's length is nobody's.

    A mobile number, an ID number with its birthday and a bank card stay somebody's.
    """
    number = text[start:end]
    if in_digest(text, start, end):
        return True
    if is_firm(text, start) and not (_DATED.match(number) and id_card(number)):
        return True
    if _MOBILE.match(number) or _DATED.match(number):
        return False
    if is_sender(text, start, end) or is_numbered(text, start, end):
        return True
    return is_page(text, start) and not (number.startswith("62") and luhn(number))


def _bare(match: re.Match[str]) -> str:
    return re.sub(r"[ \u3000\n-]", "", match[0])


def _is_broken(match: re.Match[str]) -> bool:
    """Whether a phone number or card goes on in the next line, or it is two figures.

    Figures stand alone in their lines, or in rows with others; numbers stand in prose.
    """
    text, number = match[0], _bare(match)
    before = match.string[max(match.start() - 2, 0) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    in_prose = bool(re.search(r"[^\s\d|.,] ?\Z", before)) or bool(re.match(r"[^\s\d|.,%]", after))
    if number[0] == "1":
        return in_prose or " " in text or "-" in text
    known = number.startswith("62") and bool(re.search(r"\d{9}", text))
    return in_prose and 16 <= len(number) <= 19 and (known or luhn(number))


def _is_identity(match: re.Match[str]) -> bool:
    number = _bare(match)
    return id_card(number) and (
        bool(BORN.match(number)) or not is_firm(match.string, match.start())
    )


def _is_grouped_identity(match: re.Match[str]) -> bool:
    """Whether a run in few groups has a birthday in it, and the check digit where it is parted
    by the signs of lists."""
    number = re.sub(r"[^\dXx]", "", match[0])
    parts = len(re.findall(r"[\dXx]+", match[0]))
    few = parts in range(2, 6)
    return few and bool(BORN.match(number)) and (not match["sign"] or id_card(number))


def _is_broken_identity(match: re.Match[str]) -> bool:
    return match[0].count("\n") == 1 and bool(BORN.match(_bare(match)))


_CHECKED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (CARD, lambda match: luhn(re.sub(r"\D", "", match[0]))),
    (IDENTITY, _is_identity),
    (GROUPED_IDENTITY, _is_grouped_identity),
    (BARE, _is_somebodys),
    (BROKEN, _is_broken),
    (BROKEN_IDENTITY, _is_broken_identity),
)


def _overwrite(text: str, spans: list[tuple[int, int]], sign: str) -> str:
    if not spans:
        return text
    chars = list(text)
    for start, end in spans:
        for i in range(start, end):
            if chars[i] != "\n":
                chars[i] = sign
    return "".join(chars)
