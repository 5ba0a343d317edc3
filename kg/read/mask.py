"""Personal identifiers never get past `read`: they are overwritten here, same length.

Masked: phone numbers, ID cards, bank cards, e-mail addresses, QQ and WeChat ids, and every
other bare run of 11 or 15 to 19 digits. Not masked: what the network and the law are made of
- number prefixes (170号段, 1069), short codes (110, 12321, 95588), hotlines (400-...), money,
dates, counts, case numbers - and nicknames.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby

PLACEHOLDER = "█"

_SEP = r"(?: ?[\-–—.·] ?|[ \u3000])?"
_AT = r"[（(\[【]at[)）\]】]"
_LOCAL = r"[2-8]\d{2,3}[ -]?\d{4}(?!\d)"
_NO_NAME = r"(?!某|经理|先生|女士|小姐|老师|[姐哥])"
# "QQ号12000余个" counts accounts and names none; nobody counts to nine digits but money.
_NOT_COUNT = (
    rf"(?![\d.]*[ \u3000]*(?:[余万]{_NO_NAME}|[亿元]))"
    rf"(?:(?<=\d{{9}})|(?![\d.]*[ \u3000]*(?:名(?![为叫称])|张{_NO_NAME}"
    r"|多(?!次)|条(?!件)|部(?!分)|[年月日](?![入薪赚])|[几个人次套台组枚户通件份笔起]|分钟)))"
)
_NOT_MONEY = r"(?!(?:\.\d\d?)? ?余?[美日欧港]?元)"
# A line break inside a number: not behind a whole card, nor before a date or a hotline.
_BREAK = (
    r"(?<![\dx]{15})(?<!x)(?<!\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4})\n(?=\d{3})"
    r"(?!(?:19|20)\d\d(?:[-/.年]|[01]\d[0-3]\d(?!\d))"
    r"|(?:1[12]\d|9[56]\d{3}|[48]00\d{7})(?!\d))"
)
_ENDS = rf"(?![\dx]| ?[|\d]){_NOT_COUNT}{_NOT_MONEY}"
_NOT_PRICE = r"(?<![$¥￥€£])(?<!人民币)(?<!rmb)(?<!usd)"
_QQ = r"(?:QQ|扣扣|企鹅|(?<=加)q|抠抠|(?<![a-z])q(?=\s*(?:号|群|[:：])))"
_WECHAT = (
    r"(?:微\s?信|[薇威徽维]信|[微薇]芯|V信|(?<![a-z])(?:vx|wx|we\s?chat|weixin)"
    r"|(?:加|➕|\+)\s?[v微薇])"
)
_KIND = (
    r"(?:号码|账号|帐号|群号|客服|号|群|ID)?(?:[/／、&和]?(?:手机|电话|QQ|微信|vx)(?:同?号)?){0,4}"
    r"\s*(?:同号)?\s*[)）]?"
)
_IS = r"\s?(?:分别)?[是为]?\s?(?:[:：;；=➕+|→>-]\s?)?"
_OPEN = r"[“”\"'‘「『（(\[【@]?\s?"
_NEXT = r"[”\"'’」』）)\]】]?\s*[、,，/或和及]\s*" + _OPEN
_MORE_LOCAL = rf"(?:\s?[、/或和及]\s?{_LOCAL}(?![ -]?\d))*"
_QQ_ID = r"[1-9]\d{4,10}(?!\d)"
_QQ_GROUPED = r"[1-9]\d{2,4}(?:[ -]\d{3,4}){1,2}(?![ -]?\d)"
_SYSTEM = r"(?:windows|android|iphone|ipad|ios|macos|mac_os|harmonyos|sdk|web)[\d_-]"
_WECHAT_ID = rf"(?!{_SYSTEM})(?=[a-z_-]*\d|[a-z]+[_-][a-z])[a-z][a-z0-9_-]{{5,19}}(?![a-z0-9])"
_MORE_IDS = rf"(?:{_NEXT}{_WECHAT_ID})*"

_IN_URL = (
    r"(?:[?&;](?:qq|uin|wx|vx|weixin|wechat|tel|phone|mobile)=|qzone\.qq\.com/)"
    r"(?P<id>[\w%+-]{5,40})"
)

_SOURCES = (
    _IN_URL,
    # e-mail; the guard in front keeps the search linear
    rf"(?<![a-z0-9.%+_-])[a-z0-9._%+-]{{1,64}}\s?(?:@|{_AT})\s?"
    r"[a-z0-9-]{1,63}(?:(?:\.|\s?[（(\[【]dot[)）\]】]\s?)[a-z0-9-]{1,63}){1,4}",
    r"(?<![a-z0-9.%+_-])[a-z0-9._%+-]{1,64}#(?:[a-z0-9-]{1,30}\.){1,3}(?:com|cn|net|org)\b",
    # mobile numbers, 3-4-4 and 4-3-4, with 0, 86, +86 or 0086 in front; over lines, but two years
    # below a figure are no number; single digits, those of emoji too; three or fewer hidden
    rf"(?<!\d){_NOT_PRICE}(?:\+?\s?(?:00)?86{_SEP}|0)?1[3-9]\d"
    rf"(?:{_SEP}\d{{4}}{_SEP}\d{{4}}|\d{_SEP}\d{{3}}{_SEP}\d{{4}})(?!\d){_NOT_MONEY}",
    r"(?:(?<!\d)1[3-9]\d(?:_|--)\d{4}(?:_|--)|[(（]1[3-9]\d[)）] ?\d{4}[ -]?)\d{4}(?!\d)",
    r"(?<![\d.])1[3-9]\d\n(?!(?:19|20)\d\d\n(?:19|20))\d{4}\n\d{4}(?!\d)",
    r"(?<!\d)1[ .\u20e3-][3-9](?:[ .\u20e3-]\d){9}(?!\d)",
    r"(?<![\d*×●])1[3-9](?=\d*[*x×●])(?=(?:[*x×●]*\d){6})[\d*x×●]{9}(?![\da-z*×●])",
    # other countries
    r"(?<![\d+])\+\s?[1-9]\d{0,2}(?:[ -]?\(?\d\)?){7,12}(?![\d%])(?!\s*[元万亿])",
    r"(?<!\d)(?:00[1-9]\d{0,2}|852|853|886)-\d(?:[ -]?\d){6,10}(?!\d)",
    # landlines: 0851-12345678转801, (010)12345678, without any mark, by cue word
    rf"(?<!\d)[(（]?0[1-9]\d{{1,2}}[)）]?\s?[-–— ]\s?{_LOCAL}(?:(?:转|-)\d{{1,5}})?{_MORE_LOCAL}",
    rf"(?<!\d)[(（]0[1-9]\d{{1,2}}[)）]\s?{_LOCAL}{_MORE_LOCAL}",
    r"(?<!\d)0[3-9]\d{2}[2-8]\d{7}(?!\d)",
    rf"(?:电话|热线|座机|固话|传真|(?<![a-z])tel)(?:号码?)?{_IS}{_OPEN}"
    rf"(?P<id>(?!20[0-2]\d(?:[ -]|[01]\d[0-3]\d)|[48]00[ -]){_LOCAL}(?![ -]?\d){_MORE_LOCAL})"
    rf"{_NOT_COUNT}",
    # by cue word, grouped in any way
    rf"(?:电话|手机|热线|联系方式|致电|拨打)(?:号码?)?{_IS}{_OPEN}"
    r"(?P<id>1[3-9](?:[ \n-]?\d){9})(?!\d)",
    # ID cards: with X, in groups, half hidden, by cue word
    r"(?<!\d)\d{17}x(?![a-z0-9])",
    r"(?<!\d)[1-9]\d{5}[ \n-](?:18|19|20)\d{2}[ \n-]?\d{4}[ \n-]?\d{3}[\dx](?![a-z0-9])",
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d[*x]{4}",
    rf"(?:身份证|身份号码|证件)(?:号码?)?{_IS}{_OPEN}(?P<id>[\dx*](?:[ -]?[\dx*]){{9,19}})"
    rf"(?![\dx]){_NOT_COUNT}",
    # both, and accounts, broken over lines
    rf"(?:身份证|身份号码|证件|[卡账帐]号|账户|帐户|户头)(?:号码?|[码栏])?(?=[^\n\d]{{0,8}}\d){_IS}{_OPEN}"
    rf"(?P<id>\d(?:(?:[ \u3000-]?|{_BREAK})\d){{7,18}}x?){_ENDS}",
    # accounts by cue word
    rf"(?:[卡账帐]号|账户|帐户|户头)[码栏]?{_IS}{_OPEN}"
    rf"(?P<id>\d(?:[ \u3000-]?\d){{7,22}})(?!\d){_NOT_COUNT}",
    # QQ and WeChat ids by cue word
    rf"{_QQ}{_KIND}\s?[:：]\s?(?P<id>(?!20[0-2]\d[ -]){_QQ_GROUPED}){_NOT_COUNT}",
    rf"{_QQ}(?:好友)?{_OPEN}{_KIND}{_IS}{_OPEN}"
    rf"(?P<id>(?<!\d){_QQ_ID}(?:{_NEXT}{_QQ_ID})*){_NOT_COUNT}",
    rf"{_WECHAT}{_OPEN}{_KIND}[是为]?\s*[:：=➕+]\s*{_OPEN}(?!https?:|www\.)"
    rf"(?P<id>(?:[a-z][a-z0-9_-]{{4,19}}(?![a-z0-9])|\d[a-z0-9_-]{{4,19}}(?![a-z0-9]){_NOT_COUNT})"
    rf"{_MORE_IDS})",
    rf"{_WECHAT}{_OPEN}{_KIND}(?:分别)?[是为]?\s?(?:[|→>]\s?)?{_OPEN}(?P<id>{_WECHAT_ID}{_MORE_IDS})",
    rf"(?<![a-z0-9])v\s?[:：]\s?(?P<id>{_WECHAT_ID})",
    rf"{_WECHAT}(?:号码?|[账帐]号|ID)(?:[是为]|[是为]?\s?[“\"「『])\s?(?P<id>[a-z]{{6,20}}(?![a-z0-9_-]))",
    rf"{_WECHAT}(?:号码?|[账帐]号|ID){_IS}{_OPEN}(?P<id>[1-9]\d{{5,10}})(?!\d){_NOT_COUNT}",
    r"(?<![a-z0-9_])wxid_[a-z0-9]{6,24}",
    # anything else that long is a number of somebody
    rf"(?<!\d)(?:{_NOT_PRICE}\d{{11}}(?!\d){_NOT_MONEY}|\d{{15,19}}(?!\d))",
)
_CARD = re.compile(
    r"(?<!\d)\d{4}(?:[ \u3000-]\d{4}){3}(?:[ \u3000-]?\d{1,3})?(?!\d)"
    r"|(?<!\d)\d{6}[ \u3000-]\d{10,13}(?!\d)"
)
_IDENTITY = re.compile(
    r"(?<![\da-z])(?:[1-9]\d{5}(?:[ -]?\d){11}[ -]?|[1-9]\d{3}(?:[ -]\d{4}){3}[ -]\d)[\dx]"
    r"(?![a-z\d])",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    rf"(?<![\d.])(?:1[3-9]\d-?{_BREAK}\d{{4}}[ -]?\d{{4}}|1[3-9]\d[ -]\d{{4}}-?{_BREAK}\d{{4}}"
    rf"|1[3-9](?=(?:\n?\d){{9}}(?!\d))\d+{_BREAK}\d+){_ENDS}"
    rf"|(?<![\d.])[3-69](?:[ -]?\d){{2,14}}-?{_BREAK}\d(?:[ -]?\d){{2,14}}{_ENDS}",
    re.IGNORECASE,
)
_BROKEN_IDENTITY = re.compile(
    r"(?<![\da-z])[1-9](?:(?:[ -]?|-?\n)\d){16}(?:[ -]?|-?\n)[\dx](?![a-z\d])", re.IGNORECASE
)
_BORN = re.compile(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d")
_URL_RUN = re.compile(
    r"(?<!\d)(?:\d{11}|\d{15,19})(?!\d)|(?<!\d)\d{17}x(?![a-z0-9])"
    r"|(?<!\d)(?:0086|86|0)?1[3-9]\d(?:[-+ ]|%20)?\d{4}(?:[-+ ]|%20)?\d{4}(?!\d)"
    rf"|{_IN_URL}"
    r"|(?<![\w.%+-])[a-z0-9._%+-]{1,64}(?:@|%40)[a-z0-9-]{1,63}(?:\.[a-z]{2,10})+",
    re.IGNORECASE,
)
_PATH_PART = re.compile(r"[^/\\#]+|[/\\#]")
_CIRCLED = re.compile(r"[①-⑨⓪❶-❾]{3,}")
# Prose has few places where an identifier can be; only those are looked at closely.
_HOT = re.compile(
    r"[a-z0-9_@.%+*#×●-]{5}|\d[ \n\-–—.·\u3000\u20e3)）]{1,3}\d|@"
    rf"|{_AT}",
    re.IGNORECASE,
)
_WORD_END = re.compile(r"[^a-zA-Z0-9_@.-]")
_MARGIN = 48  # characters around such a place: room for a cue word and for the whole number


_TRADITIONAL = (
    "號碼賬帳戶頭證電話熱線機傳聯繫撥維為別個餘幾萬億條張組筆鐘",
    "号码账帐户头证电话热线机传联系拨维为别个余几万亿条张组笔钟",
)
"""The characters of cue words and counts, in both scripts."""
_HYPHENS = "\u2010\u2011\u2012\u2212\uff0d"


def _fold_table() -> dict[int, str]:
    """Every decimal digit of Unicode, the full-width ASCII signs and the hyphens, as ASCII; cue
    words in simplified script."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, _HYPHENS), "-")
    table |= {ord(old): new for old, new in zip(*_TRADITIONAL, strict=True)}
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
_NUMERAL_RUN = re.compile(rf"[{_NUMERALS}\d](?:[ \n-]?[{_NUMERALS}\d]){{6,}}")
_LETTERS = str.maketrans("oOiIlL", "001111")
_LETTER_RUN = re.compile(r"[1iIlL][3-9](?<![a-zA-Z\d]..)(?:[ -]?[oOiIlL\d]){9}(?![a-zA-Z\d])")
_UNCIRCLE = {ord(c): str(i) for i, c in enumerate("⓪①②③④⑤⑥⑦⑧⑨")} | {
    ord(c): str(i + 1) for i, c in enumerate("❶❷❸❹❺❻❼❽❾")
}
_PATTERNS = tuple(
    (pattern, "id" if "id" in pattern.groupindex else 0)
    for pattern in (re.compile(source, re.IGNORECASE) for source in _SOURCES)
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
    spans = [m.span("id" if m["id"] else 0) for m in _URL_RUN.finditer(_folded(url))]
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
    return _CIRCLED.sub(lambda match: match[0].translate(_UNCIRCLE), text)


def _spelled_out(plain: str) -> str:
    """Folded text with digits for the numerals and letters that numbers are disguised by."""
    return _LETTER_RUN.sub(_unlettered, _NUMERAL_RUN.sub(_in_digits, plain))


def _in_digits(match: re.Match[str]) -> str:
    """One or two numerals beside digits are prose: 13812345678一直关机."""
    number = match[0]
    digits = number.translate(_DIGIT)
    return digits if sum(map(str.__ne__, number, digits)) > 2 else number


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
        for pattern, group in _PATTERNS:
            spans.extend(match.span(group) for match in pattern.finditer(plain, low, high))
        for pattern, holds in _CHECKED:
            spans.extend(m.span() for m in pattern.finditer(plain, low, high) if holds(m))
    return spans


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


def _is_broken_identity(match: re.Match[str]) -> bool:
    return match[0].count("\n") == 1 and bool(_BORN.match(_bare(match)))


_CHECKED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (_CARD, lambda match: luhn(_bare(match))),
    (_IDENTITY, lambda match: id_card(_bare(match))),
    (_BROKEN, _is_broken),
    (_BROKEN_IDENTITY, _is_broken_identity),
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
