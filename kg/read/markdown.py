"""Markdown as posts hold it: one pass of expressions over each line.

Not CommonMark: its emphasis rules fail on Chinese (`**租****卖**` splits a word), and a parser
gives no offsets. HTML inside Markdown is walked as HTML.
"""

from __future__ import annotations

import re

from kg.read.blocks import Block, Edit, tidy
from kg.read.dates import iso_date
from kg.read.draft import Draft
from kg.read.front import Front
from kg.read.markup import walk

MARKS = re.compile(r"^#{1,6} |\*\*\S|\]\([^)\s]|^\s*[*+-] {1,3}\S|^> |^```|^#[^#\s]", re.MULTILINE)
"""What Markdown is known by."""

_TARGET = r"\(\s*<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*+>?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
_IMAGE = re.compile(r"!\[[^\]\n]*\](?:" + _TARGET + r"|\[[^\]\n]*\])")
_LINK = re.compile(r"\[([^\[\]\n]*)\]" + _TARGET)
_REST = re.compile(r"!?\[?\]" + _TARGET)
_INLINE = re.compile(
    r"(?<![0-9*])\*+|\*+(?![0-9*])|`+|~~|(?<![\w_])__(?=\S)|(?<=\S)__(?![\w_])"
    r"|\\(?=[!-/:-@\[-`{-~])"
)
_ESCAPED = re.compile(r"\\\*")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$")
_TABLE_RULE = re.compile(r"[\s|:-]*\|[\s|:-]*$")
_FENCE = re.compile(r"\s*(?:```|~~~)\s*[\w+#.-]*\s*$")
_HEADING = re.compile(r"\s*(?:>\s*)*(?:[*+-]\s+)?(#{1,6})\s+(?=\S)")
_TIGHT_HEADING = re.compile(r"(#{1,6})(?=[^#\s])(?=[^#]*$)")
_LEAD = re.compile(r"\s*(?:>\s*)*(?:[*+-]\s+)*(?:\[[ xX]\]\s+)?")
_TRAIL = re.compile(r"\s*#+\s*$|\\$")
_DEFINITION = re.compile(r"\s*\[\^?[^\]]{1,40}\]:\s*\S")
_ORIGIN = re.compile(
    r"\s*>?\s*(?:[*-]\s+)?(?:原文|来源|原文链接|原文地址|原文网址|原始链接|文章链接|本文链接|链接|网址|URL)\s*[:：]\s*"
    r"(?:\[[^\]]*\]\(|<|`)?\s*((?:https?:)?//[^\s)>`\]]+)"
)


def read_markdown(source: str, front: Front) -> Draft:
    """The draft of a Markdown article that begins at `front.end`."""
    draft = Draft([])
    note_front(draft, front)
    blocks: list[Block] = []
    for line in walk(source, front.end, lines=True).blocks:
        text = line.text
        if origin := _ORIGIN.match(text):
            draft.note("url", origin[1])
            continue
        if _RULE.match(text):
            _underline(source, blocks, line)
            continue
        if _FENCE.match(text) or _TABLE_RULE.match(text) or _DEFINITION.match(text):
            continue
        block = read_line(line, first=not blocks)
        if block.text.strip():
            blocks.append(block)
    draft.blocks = blocks
    return draft


def note_front(draft: Draft, front: Front) -> None:
    """Take over what the front matter says."""
    values = front.values
    for key in ("url", "link", "from", "original_url", "source_url", "permalink"):
        if "://" in values.get(key, ""):
            draft.note("url", values[key])
    for key in ("source", "outlet", "publisher", "site"):
        draft.note("url" if "://" in values.get(key, "") else "outlet", values.get(key, ""))
    draft.note("author", values.get("author", "").strip("[] "))
    for key in ("date", "published", "publish_date", "pubdate", "created", "time"):
        draft.note("published", iso_date(values.get(key, "")))
    if front.title:
        draft.title = inline(Block(list(front.title)))


def looks_bold(line: str) -> bool:
    """Whether everything in the line is in `**…**`."""
    parts = line.split("**")
    return len(parts) > 2 and not any(part.strip(" \t\u3000*") for part in parts[0::2])


def read_line(line: Block, first: bool) -> Block:
    """One line without its marks, `heading` set; `first` allows `#标题` without a space."""
    text = line.text
    heading = line.heading
    match = _HEADING.match(text) or (_TIGHT_HEADING.match(text) if first else None)
    if match:
        heading = len(match[1])
        cut = match.end()
    else:
        lead = _LEAD.match(text)
        cut = lead.end() if lead else 0
    edits: list[Edit] = [(0, cut, "")] if cut else []
    trail = _TRAIL.search(text, cut) if heading or text.endswith("\\") else None
    if trail and trail.start() >= cut:
        edits.append((trail.start(), len(text), ""))
    if edits:
        line = line.replace(edits)
    if line.text.startswith("|") and line.text.rstrip().endswith("|"):
        line = line.part(1, len(line.text.rstrip()) - 1) if len(line.text.strip()) > 1 else line
    line.heading = heading
    return inline(line)


def _cut(block: Block, pattern: re.Pattern[str]) -> Block:
    edits = [(m.start(), m.end(), "") for m in pattern.finditer(block.text)]
    return block.replace(edits) if edits else block


def inline(block: Block) -> Block:
    """Without images, link targets, emphasis, code marks and escapes; all else stays."""
    if "](" in block.text or "![" in block.text:
        block = _cut(block, _IMAGE)
        linked = 0
        edits: list[Edit] = []
        for match in _LINK.finditer(block.text):
            linked += len(match[1].strip("*` "))
            edits.append((match.start(), match.start() + 1, ""))
            edits.append((match.end(1), match.end(), ""))
        if edits:
            block = block.replace(edits)
            block.linked += linked
        block = _cut(block, _REST)
    text = block.text
    if (text.startswith("[") and "]" not in text) or (text.startswith("![") and "]" not in text):
        block = block.part(text.index("[") + 1, len(text))
    bold = looks_bold(block.text)
    if any(mark in block.text for mark in "*`~_\\"):
        block = _emphasis(block)
    if bold:
        block.bold = len(block.text)
    return block


def _emphasis(block: Block) -> Block:
    text = block.text
    kept = {m.end() - 1 for m in _ESCAPED.finditer(text)} if "\\*" in text else set()
    edits: list[Edit] = []
    for match in _INLINE.finditer(text):
        start, end = match.span()
        while start in kept:
            start += 1
        if start < end:
            edits.append((start, end, ""))
    return block.replace(edits) if edits else block


def _underline(source: str, blocks: list[Block], line: Block) -> None:
    """A line of = or - right below a short line makes that line a heading."""
    if not blocks or line.text.strip()[0] not in "=-" or " " in line.text.strip():
        return
    above = blocks[-1]
    near = source.count("\n", above.source_end, line.source_start) == 1
    if near and len(tidy(above).text) <= 60 and not above.text.rstrip().endswith("。"):
        above.heading = above.heading or 2
