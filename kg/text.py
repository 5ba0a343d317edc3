"""Chinese text as such: sentences, words, script, width.

Nothing here knows about fraud or graphs. Every function is pure; offsets count characters
of the string that was passed in, end exclusive. The word list (jieba's, as its port to Rust brings
it) and the table from traditional to simplified characters (OpenCC's) are loaded at first use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from rjieba import tag as tagged

_CLOSERS = '」』”’）)】〕］》〉"'
_SENTENCE_PARTS = re.compile(
    # A URL and a short bracket or title hide the marks in them ...
    r"(?P<keep>(?:https?://|www\.)[!-~]*[0-9A-Za-z/=&#_-]"
    r"|（[^（）\n]{0,28}）|\([^()\n]{0,28}\)|《[^《》\n]{0,28}》)"
    # ... and so does an ASCII mark inside a token (a;b, x?y).
    r"|(?P<end>(?:[。！？…；]|[!?;](?![0-9A-Za-z=&/]))+)"
    r"|(?P<line>\n)|(?P<quote>\")"
)
# After a closed quotation these go on with the sentence around it: “好吗？”，他问。
_GOES_ON = frozenset("，,、：:的")
_MARKS = re.compile(r"[。！？…；!?;]+")


def split_sentences(block: str) -> list[tuple[int, int]]:
    """Spans of the sentences of `block`, in order; together they cover all non-space text.

    A sentence ends after 。！？…；(or ! ? ; outside a token) with the closing quotation
    marks and brackets that follow, and at a line break. A quotation of several sentences is
    split inside. Nothing is split inside a URL, or a bracket or title shorter than 30
    characters. Spans neither start nor end with space.
    """
    cuts: list[int] = []
    quoted = False
    at = 0
    while match := _SENTENCE_PARTS.search(block, at):
        at = match.end()
        if match["quote"]:
            quoted = not quoted
        elif match["line"]:
            cuts.append(at)
        elif match["end"]:
            at, closed, quoted = _skip_closers(block, at, quoted)
            if not (closed and at < len(block) and block[at] in _GOES_ON):
                cuts.append(at)
    spans: list[tuple[int, int]] = []
    begin = 0
    for cut in [*cuts, len(block)]:
        piece = block[begin:cut]
        bare = piece.strip()
        if bare:
            start = begin + len(piece) - len(piece.lstrip())
            spans.append((start, start + len(bare)))
        begin = max(begin, cut)
    return spans


def _skip_closers(block: str, at: int, quoted: bool) -> tuple[int, bool, bool]:
    """Where the closing marks after a sentence mark end, whether there were any, and
    whether a straight quotation mark is still open."""
    closed = False
    while at < len(block):
        char = block[at]
        if char == '"':
            if not quoted:
                break
            quoted = False
        elif char not in _CLOSERS:
            # A mark after the closing bracket belongs to the same end: 吗？”。
            marks = _MARKS.match(block, at) if closed else None
            if marks is None:
                break
            at = marks.end()
            continue
        closed = True
        at += 1
    return at, closed, quoted


class Word(NamedTuple):
    """One word: `text` stands at `start:end`; `tag` is the part of speech.

    Tags are those of jieba's word list (n, v, nr, ns, p, ...), and for what is not in it "m"
    (number), "eng" (Latin letters), "x" (punctuation, symbols, rare characters) or "" (unknown).
    """

    start: int
    end: int
    text: str
    tag: str


def places(part: str, text: str) -> Iterator[int]:
    """Where `part` stands in `text`, from left to right, no two of these places overlapping."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


_TOKENS = re.compile(
    r"(?P<han>[\u4e00-\u9fd5]+)"
    r"|(?P<m>\d+(?:,\d{3})*(?:[.．]\d+)?[%％‰]?)"
    r"|(?P<eng>[A-Za-zＡ-Ｚａ-ｚ][0-9A-Za-z０-９Ａ-Ｚａ-ｚ]*(?:[-_.@&][0-9A-Za-z]+)*)"
    r"|(?P<x>(?P<mark>[^\w\s])(?P=mark)*)"
    r"|(?P<other>\S)"
)


def words(text: str) -> tuple[Word, ...]:
    """The words of `text`, in order; together they cover every non-space character.

    The cut is jieba's maximum-probability one without its hidden Markov model, which on the
    annotated articles cuts through half as many names again (3.0 % against 2.0 % of their
    edges). Traditional script is cut as its simplified form; `Word.text` is as printed.
    Numbers (1,200 96.89%) and Latin tokens (USDT) are one word each.
    """
    simplified = to_simplified(text)
    found: list[Word] = []
    add, new = found.append, tuple.__new__  # Word(...) itself takes three times as long
    for match in _TOKENS.finditer(simplified):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "han":
            for word, tag in tagged(simplified[start:end], False):
                stop = start + len(word)
                add(new(Word, (start, stop, text[start:stop], tag)))
                start = stop
        elif kind == "other":
            tag = "m" if simplified[start].isnumeric() else ""
            add(Word(start, end, text[start:end], tag))
        else:
            add(Word(start, end, text[start:end], "x" if kind == "mark" else kind or ""))
    return tuple(found)


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def _simplify_char(char: str) -> str:
    """One character in simplified script; itself where OpenCC has no single answer."""
    try:
        # Twice, as one character (薴) leads to another traditional one.
        simple = _converter()(_converter()(char))
    except UnicodeEncodeError:  # half of a surrogate pair
        return char
    return simple if len(simple) == 1 else char


class _Simplified(dict[int, str]):
    """A table for str.translate that fills itself."""

    def __missing__(self, code: int) -> str:
        simple = self[code] = _simplify_char(chr(code))
        return simple


_SIMPLIFIED = _Simplified()


@lru_cache(maxsize=4)  # the cut and the term lists ask for the same text
def to_simplified(text: str) -> str:
    """`text` in simplified script, always of the same length.

    Phrases decide where a character has two answers (乾燥 干燥, 乾隆 乾隆); where that would
    change the length, each character is taken alone.
    """
    try:
        simple = _converter()(text)
    except UnicodeEncodeError:
        simple = ""
    return simple if len(simple) == len(text) else text.translate(_SIMPLIFIED)


_QUOTES = "“”„‟‘’‚‛「」『』﹁﹂﹃﹄《》〈〉｢｣〝〞〟«»‹›\"'`＂＇"
_BRACKETS = "（）()[]［］【】〔〕{}｛｝〖〗"
_DOTS = "·•・･‧∙⋅●"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_NO_QUOTES = {ord(char): None for char in _QUOTES}
_NO_MARKS = {ord(char): None for char in _QUOTES + _BRACKETS + _DOTS + _INVISIBLE}


def fold(text: str) -> str:
    """A key for comparing names: equal for spellings that a reader takes for the same.

    Quotation marks, brackets, middle dots and space are gone; width, case and traditional
    script make no difference (“ＶＸ 號”、（vx号） -> vx号). Each character is folded alone, so
    the key does not depend on its neighbours, and folding a key changes nothing.
    """
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:  # rare: Ⅻ, compatibility ideographs
        folded = again
    return folded


def _fold_once(text: str) -> str:
    simple = text.translate(_NO_MARKS).translate(_SIMPLIFIED)
    plain = unicodedata.normalize("NFKC", simple).lower().translate(_NO_MARKS)
    return "".join(plain.split())


def folding(texts: Iterable[str]) -> tuple[str, str]:
    """What a program elsewhere needs to fold as `fold` does: the marks that go, and pairs of a
    traditional character and its simplified one (電电), as far as `texts` have either."""
    shown = set("".join({char for text in texts for char in text}).translate(_SIMPLIFIED))
    pairs = (old + new for old, new in _simplified_pairs() if new in shown)
    return _QUOTES + _BRACKETS + _DOTS + _INVISIBLE, "".join(pairs)


@cache
def _simplified_pairs() -> tuple[tuple[str, str], ...]:
    han = [chr(code) for code in range(0x3400, 0xA000)]
    convert = _converter()
    simple = convert(convert("\n".join(han))).split("\n")  # apart, as no phrase may decide
    return tuple((old, new) for old, new in zip(han, simple, strict=True) if old != new)


def strip_quotes(text: str) -> str:
    """`text` without quotation and title marks anywhere: “黑兔子”工作室 -> 黑兔子工作室."""
    return text.translate(_NO_QUOTES).strip()


def is_paired(text: str) -> bool:
    """Whether every quotation mark in `text` has its partner there."""
    return text.count('"') % 2 == 0 and all(
        text.count(opened) == text.count(closed) for opened, closed in _PAIRS
    )


_PAIRS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉"))


def width(text: str) -> int:
    """Columns that `text` takes in a terminal: Chinese characters two, combining marks none.

    Characters of ambiguous width (“ ” ·) count one, as most terminals show them.
    """
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
