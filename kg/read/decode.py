"""Bytes -> characters, whatever the file says about itself."""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})"
    rb"|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,30})",
    re.IGNORECASE,
)
# What pages call GB2312 or GBK is in truth GB18030, which contains both.
_FAMILY = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
# Codecs that a page may not ask for (punycode, unicode_escape ...) are slow or no charsets.
_TEXTUAL = re.compile(r"utf-(?:8|16|32)|gb|hz|big5|iso|cp\d|euc|shift|koi|mac|latin|ascii|tis")
_COMMON = re.compile(
    "[的一是不在了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "這為個國們時來對會發動過還後與從號碼電話詐騙]"
)
_WIDE = re.compile(r"[\u3400-\u9fff]")
_PLAIN = re.compile(r"[\t\r\n -~\u2010-\u2027\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_ODD = re.compile(r"[\x00-\x08\x0e-\x1b\x80-\x9f\ue000-\uf8ff\ufffd]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the encoding it was in.

    Order: byte order mark, UTF-32 by its zero bytes, HZ, UTF-8, UTF-16 by its zero bytes,
    declaration, GB18030 or Big5 (whichever reads as Chinese), charset-normalizer. A declaration
    that does not fit is passed over. A few stray zero bytes, which programs that crash or
    convert leave in texts, do not matter. Raises ReadError for what is no text.
    """
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in marked:
        if found := _strict(data, encoding):
            return found
    if marked:
        return data.decode(marked[-1], "replace"), marked[-1]
    zeros = b"\x00" in data[:4096]
    utf8 = _strict(data, "utf-8")
    if found := _quad(data) if zeros else _hz(data):
        return found
    if zeros and (not utf8 or data.isascii()) and (wide := _wide(data)):
        return wide
    if utf8 and (not zeros or _is_text(utf8[0])):
        # Valid UTF-8 with multi-byte characters is never an accident, whatever is declared.
        return utf8
    declared = _declared(data)
    if declared:
        found = _strict(data, declared)
        if found and _reads(found[0]) > 0.5:
            return found
    best = _best(data)
    if best:
        return best
    if zeros:
        raise ReadError("binary data, not text; save it as text, Markdown or HTML")
    return _guess(data)


def is_wide(head: bytes) -> bool:
    """Whether a file that begins so is UTF-16 or UTF-32, in which a byte 10 ends no line."""
    return b"\x00" in head[:4] or any(head.startswith(mark) for mark, _ in _MARKS[1:])


def _strict(data: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        return data.decode(encoding), encoding
    except (UnicodeError, LookupError):
        return None


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:4096])
    if not match:
        return ""
    label = (match[1] or match[2]).decode("ascii", "replace").lower()
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    return _FAMILY.get(label, _FAMILY.get(name, name)) if _TEXTUAL.match(name) else ""


def _quad(data: bytes) -> tuple[str, str] | None:
    """UTF-32 without a mark: every fourth byte is zero, the one beside it has few bits."""
    for encoding, high, low in (("utf-32-le", 3, 2), ("utf-32-be", 0, 1)):
        if len(data) < 8 or any(data[high::4]) or max(data[low::4]) > 16:
            continue
        text = data[: len(data) // 4 * 4].decode(encoding, "replace")  # a cut file
        if _is_plain(text):
            return text, encoding
    return None


def _hz(data: bytes) -> tuple[str, str] | None:
    """HZ, which writes Chinese as ASCII between ~{ and ~}."""
    found = _strict(data, "hz") if b"~{" in data and data.isascii() else None
    return found if found and _WIDE.search(found[0]) and _reads(found[0]) > 0.5 else None


def _is_plain(text: str) -> bool:
    return len(_PLAIN.findall(text[:20000])) > 0.95 * len(text[:20000])


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark, in the byte order that reads as text.

    Too short or too special to read as Chinese, it shows by its zero bytes: ASCII characters
    have theirs at one side.
    """
    found = [_strict(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    scored = [(_reads(pair[0]), pair) for pair in found if pair]
    best = max(scored, default=None)
    if best and best[0] > 0.5:
        return best[1]
    right, left = data[1::2].count(0), data[::2].count(0)
    encoding = "utf-16-le" if right > left else "utf-16-be"
    text = data.decode(encoding, "replace")  # a cut file ends within a character
    return (text, encoding) if right != left and _is_plain(text) else None


def _is_text(text: str) -> bool:
    """Whether the zero characters in `text` are strays, and it has hardly any other controls."""
    core = text.strip("\x00")
    zeros = core.count("\x00")
    few = zeros <= max(3, len(core) // 100) and 8 * zeros <= len(core)
    return few and _odd(core.replace("\x00", "")) < 0.05


def _odd(text: str) -> float:
    return len(_ODD.findall(text)) / max(len(text), 1)


def _reads(text: str) -> float:
    """How much like Chinese a decoding looks: 1 or more for prose, near 0 for mojibake."""
    if "\x00" in text and not _is_text(text):
        return 0.0
    sample = text[:20000].replace("\x00", "")
    wide = len(_WIDE.findall(sample))
    if not wide:
        other = sum(char > "\x7f" for char in sample)
        return 1.0 if other * 5 < len(sample) and not _ODD.search(sample) else 0.0
    return 8 * len(_COMMON.findall(sample)) / wide - 20 * _odd(sample)


def _best(data: bytes) -> tuple[str, str] | None:
    found = [_strict(data, encoding) for encoding in ("big5hkscs", "gb18030")]
    best = max(((_reads(pair[0]), pair) for pair in found if pair), default=None)
    return best[1] if best and best[0] > 0.5 else None


def _guess(data: bytes) -> tuple[str, str]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken <= 3 and len(_WIDE.findall(text)) > 3 * broken:  # cut within a character
        return text, "utf-8"
    # Imported here: it is slow to load, and few files get this far.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is not None:
        found = _strict(data, best.encoding)
        if found and _odd(found[0]) < 0.05:
            return found
    # A few broken bytes in an otherwise good file should not lose the article.
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= max(3, len(text) // 100) and _odd(text) < 0.02:
            return text, encoding
    raise ReadError("encoding not recognised; convert the file to UTF-8")
