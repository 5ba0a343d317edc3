"""One pass over HTML that keeps the place of every character.

No library gives the offsets of text nodes, so this is our own walker: it knows blocks, inline
elements, entities and visibility, and repairs nothing else. It never recurses, and broken or
hostile markup costs time in proportion to its length.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.read.blocks import Block, Piece, decoded_pieces
from kg.read.names import names
from kg.read.style import (
    BOLD,
    CHROME,
    COLOURED,
    HIDDEN,
    LINK,
    PALE,
    PRE,
    SKIP,
    UNSEEN,
    attributes,
    effect,
    hidden_classes,
)

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]{0,60})")
_TAG_END = re.compile(r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
# In Markdown a tag is ASCII but for its values and has no blank line, no "<" and no stray text in
# it: "a<b" there is text, and a ">" further down begins a quotation.
_LINE = r"\n(?![ \t]*\r?\n)"
_TAG_END_IN_LINES = re.compile(
    rf"(?:[^<>\"'\n=\x80-\U0010ffff]|=[^\s<>\"'=]*|{_LINE}|\"(?:[^\"\n]|{_LINE})*\"|'(?:[^'\n]|{_LINE})*')*+>"
    r"|[!-;=?-~ \t]*+>"
)
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_TAG_LIMIT = 200_000  # characters: a longer tag (an inlined picture) is cut at its next ">"

_BLOCKS = names(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend "
    "li main menu nav ol option p pre section select summary table tbody td tfoot th thead tr "
    "ul"
)
_VOID = names("area base br col embed hr img input link meta param source track wbr frame keygen")
_RAW = names("script style title textarea xmp iframe noembed noframes")
_SKIPPED = names(
    "nav footer aside button select option svg template object noscript figcaption canvas map "
    "audio video datalist dialog math mp-miniprogram mp-common-profile ins rt rp"
)
_CLOSES_P = _BLOCKS - frozenset(["br", "body", "html", "head", "option", "td", "th", "tr"])
_CONTAINERS = names("div article section main td body center form")
_BOLD_TAGS = frozenset(["b", "strong"])
_KEEPS_FLAGS = CHROME | COLOURED | BOLD | LINK | PRE | UNSEEN | PALE


@dataclass(slots=True)
class Element:
    """A container of the page: its tag, ids and classes, and the blocks inside, as a range."""

    tag: str
    names: tuple[str, ...]
    first: int
    end: int = -1


@dataclass(slots=True)
class Page:
    """What one walk found. `meta` holds the contents of meta tags by lower-case name."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    meta: dict[str, list[Piece]] = field(default_factory=dict)
    title: list[Piece] = field(default_factory=list)
    canonical: str = ""
    data: list[str] = field(default_factory=list)
    unseen: int = 0


def walk(source: str, start: int = 0, *, lines: bool = False) -> Page:
    """The visible blocks of `source` from `start` on, and what its head says.

    With `lines` every line is a block of its own (Markdown). If more text is hidden than
    shown, the hiding is the work of a script or of a style that cannot be judged here, and
    everything is taken as shown.
    """
    page = _Walker(source, lines, 0).run(start)
    shown = sum(len(block.text) for block in page.blocks)
    if page.unseen > max(shown, 50):
        again = _Walker(source, lines, UNSEEN & ~SKIP | PALE).run(start)
        if sum(len(block.text) for block in again.blocks) > 2 * shown:
            return again
    return page


class _Walker:
    def __init__(self, source: str, lines: bool, ignore: int) -> None:
        self.source = source
        self.lines = lines
        self.ignore = ignore
        self.page = Page()
        self.stack: list[tuple[str, int, int]] = [("", 0, -1)]
        self.flags = 0
        self.open: Counter[str] = Counter()
        self.pieces: list[Piece] = []
        self.heading = self.bold = self.linked = 0
        self.chrome = False
        self.last_close: dict[str, int] = {}
        self.unshown: frozenset[str] = frozenset()

    def run(self, start: int) -> Page:
        source, at = self.source, start
        while at < len(source):
            tag = source.find("<", at)
            if tag < 0:
                break
            end, name = self._tag(tag)
            if end < 0:  # a lone "<" is text
                self._text(at, tag + 1)
                at = tag + 1
                continue
            if tag > at:
                self._text(at, tag)
            at = self._handle(tag, end, name)
        self._text(at, len(source))
        self._flush()
        while len(self.stack) > 1:
            self._pop()
        return self.page

    def _tag(self, at: int) -> tuple[int, str]:
        """Where the markup at `at` ends (-1: it is text), and the name of the tag."""
        source = self.source
        following = source[at + 1 : at + 2]
        if following in ("!", "?"):
            if source.startswith("<!--", at):
                end = source.find("-->", at + 4) if not self._never("-->", at) else -1
                if end >= 0:
                    return end + 3, ""
            if self.lines:
                closed = _TAG_END_IN_LINES.match(source, at + 2)
                return (closed.end() if closed else -1), ""
            return self._find_end(at), ""
        match = _NAME.match(source, at)
        if not match or not match[1].isascii() or self._never(">", at):
            return -1, ""
        if self.lines:
            closed = _TAG_END_IN_LINES.match(source, match.end())
            return (closed.end() if closed else -1), match[1].lower()
        closed = _TAG_END.match(source, match.end(), match.end() + _TAG_LIMIT)
        return (closed.end() if closed else self._find_end(at)), match[1].lower()

    def _find_end(self, at: int) -> int:
        return -1 if self._never(">", at) else self.source.find(">", at) + 1

    def _never(self, what: str, at: int) -> bool:
        """Whether `what` (lower case) comes nowhere after `at`; searched once per document."""
        if what not in self.last_close:
            if what[1:2] == "/":
                found = [m.start() for m in re.finditer(re.escape(what), self.source, re.I)]
                self.last_close[what] = found[-1] if found else -1
            else:
                self.last_close[what] = self.source.rfind(what)
        return self.last_close[what] < at

    def _handle(self, start: int, end: int, name: str) -> int:
        """Take in the tag; returns where to read on."""
        if not name:
            return end
        if self.source[start + 1] == "/":
            self._close(name)
            return end
        raw = self.source[start + 1 + len(name) : end - 1]
        if name in _RAW:
            return self._raw(name, raw, end)
        if name == "meta":
            self._meta(start, raw)
        elif name == "link" and "canonical" in raw:
            self.page.canonical = self.page.canonical or attributes(raw).get("href", "")
        if name in _BLOCKS:
            self._flush()
        if name in _VOID:
            return end
        if (self.open["p"] and name in _CLOSES_P) or name == "li":
            self._imply(name)
        self._push(name, raw, end)
        return end

    def _push(self, name: str, raw: str, at: int) -> None:
        flags = self.flags & _KEEPS_FLAGS
        named: tuple[str, ...] = ()
        if raw:
            on, off, named = effect(raw.strip())
            if self.unshown and not self.unshown.isdisjoint(named):
                on |= HIDDEN
            flags = (flags & ~off | on) & ~self.ignore
            if name in ("body", "html", "main", "article"):
                flags &= ~CHROME
        if name in _SKIPPED and (name != "ins" or "adsbygoogle" in named):
            if not raw.endswith("/") and not self._never(f"</{name}", at):
                flags |= SKIP
        elif name in _BOLD_TAGS:
            flags |= BOLD
        elif name == "a":
            flags |= LINK
        elif name == "pre":
            flags |= PRE
        elif name[0] == "h" and name[1:] in "123456" and len(name) == 2:
            self.heading = int(name[1])
        index = -1
        if name in _CONTAINERS:
            index = len(self.page.elements)
            self.page.elements.append(Element(name, named, len(self.page.blocks)))
        self.stack.append((name, self.flags, index))
        self.open[name] += 1
        self.flags = flags

    def _pop(self) -> str:
        name, flags, index = self.stack.pop()
        if name in _BLOCKS:
            self._flush()
            if self.heading and name[0] == "h" and name[1:] == str(self.heading):
                self.heading = 0
        self.open[name] -= 1
        self.flags = flags
        if index >= 0:
            self.page.elements[index].end = len(self.page.blocks)
        return name

    def _close(self, name: str) -> None:
        if name in _BLOCKS:
            self._flush()
        if self.open[name] <= 0:
            return
        while self._pop() != name:
            pass

    def _imply(self, name: str) -> None:
        """A block closes the paragraph it stands in; a list item closes the one before."""
        closes = ("p", "li") if name == "li" else ("p",)
        for depth in range(len(self.stack) - 1, max(len(self.stack) - 50, 0), -1):
            tag = self.stack[depth][0]
            if tag in closes:
                while len(self.stack) > depth:
                    self._pop()
            elif tag in _BLOCKS:
                return

    def _raw(self, name: str, attrs: str, end: int) -> int:
        """Elements whose content is no markup; without an end tag they count for nothing."""
        if self._never(f"</{name}", end):
            return end
        closing = re.compile(f"</{name}", re.I).search(self.source, end)
        if closing is None:
            return end
        stop = closing.start()
        if name == "title" and not self.page.title:
            self.page.title = decoded_pieces(self.source, end, stop)
        elif name == "script" and "ld+json" in attrs.lower():
            self.page.data.append(self.source[end:stop])
        elif name == "style" and stop - end < 500_000:
            self.unshown |= hidden_classes(self.source[end:stop])
        close = self.source.find(">", stop)
        return close + 1 if close >= 0 else len(self.source)

    def _meta(self, start: int, raw: str) -> None:
        attrs = attributes(raw)
        name = (attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or "").lower()
        content = attrs.get("content", "")
        if name and content and name not in self.page.meta:
            at = self.source.find(content, start)
            self.page.meta[name] = decoded_pieces(self.source, at, at + len(content))

    def _text(self, start: int, end: int) -> None:
        if start >= end:
            return
        flags = self.flags
        if flags & UNSEEN or (flags & PALE and not flags & COLOURED):
            if not flags & SKIP:
                self.page.unseen += len(self.source[start:end].strip())
            return
        if self.lines or flags & PRE:
            at = start
            for match in _BREAK.finditer(self.source, start, end):
                self._add(at, match.start())
                self._flush()
                at = match.end()
            start = at
        self._add(start, end)

    def _add(self, start: int, end: int) -> None:
        if start >= end:
            return
        self.pieces.extend(decoded_pieces(self.source, start, end))
        if self.flags & (BOLD | LINK | CHROME):
            length = len(self.source[start:end].strip())
            self.bold += length if self.flags & BOLD else 0
            self.linked += length if self.flags & LINK else 0
            self.chrome = self.chrome or bool(self.flags & CHROME)

    def _flush(self) -> None:
        if self.pieces:
            block = Block(self.pieces, self.heading, self.bold, self.linked, self.chrome)
            if not block.text.isspace():
                self.page.blocks.append(block)
        self.pieces = []
        self.bold = self.linked = 0
        self.chrome = False
