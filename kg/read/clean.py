"""What is not the article: chrome of pages and posts, watermarks, captions, info lines."""

from __future__ import annotations

import re
from collections import Counter

from kg.read.blocks import Block, tidy
from kg.read.chrome import FINAL, MORE, REFERENCE, REFERENCES, is_chrome
from kg.read.draft import Draft
from kg.read.info import is_no_title, take_info

_END_MARK = re.compile(r"[。！？!?；;：:，,、…]$")
_SENTENCE = re.compile(r"[。！？!?；;]")
_MARK_TAIL = re.compile(r"[。！？!?…][”」]?([^。！？!?”」…，,；;]{2,20})$")
_LONGEST_BOLD = 40
"""Characters of a bold line that is a heading, and none of the text."""
_LONGEST_TITLE = 120
_SPLIT = re.compile(r"(?<=[。！？；：】”」）)])[ \u3000]{2,}+(?=\S)")


def clean(draft: Draft) -> Draft:
    """The draft with the article alone, tidied; what the dropped lines said is in `fields`.

    The blocks keep their order; the title is no longer among them.
    """
    draft.title = _usable(draft.title)
    blocks = [tidy(part) for block in draft.blocks for part in _paragraphs(block)]
    blocks = _unmarked([block for block in blocks if block.text])
    blocks = _without_chrome(blocks)
    if draft.title is None:
        draft.title = _first_heading(blocks)
    blocks = _without_title(blocks, draft.title)
    blocks = _cut_tail(blocks)
    if "weixin" not in draft.fields.get("url", "weixin"):  # posts have no menus, but short lines
        blocks = _without_menus(blocks)
    blocks = _without_references(blocks)
    blocks = take_info(draft, blocks)
    draft.blocks = [block for block in blocks if not _is_noise(block)]
    _mark_headings(draft.blocks)
    return draft


def _usable(title: Block | None) -> Block | None:
    title = tidy(title) if title else None
    return title if title and title.text and len(title.text) <= 300 else None


def _paragraphs(block: Block) -> list[Block]:
    """Split where two ideographic spaces are all that is left of a paragraph break."""
    if "\u3000\u3000" not in block.text:
        return [block]
    parts, at = [], 0
    for match in _SPLIT.finditer(block.text):
        if "\u3000\u3000" not in match[0]:
            continue
        parts.append(block.part(at, match.start()))
        at = match.end()
    return [*parts, block.part(at, len(block.text))]


def _unmarked(blocks: list[Block]) -> list[Block]:
    """Without a watermark: a short string after the last sentence of five or more blocks."""
    tails: Counter[str] = Counter()
    for block in blocks:
        if match := _MARK_TAIL.search(block.text, max(len(block.text) - 24, 0)):
            tails[match[1].strip()] += 1
    marks = [tail for tail, count in tails.items() if count >= 5 and not tail.endswith(("）", ")"))]
    if not marks:
        return blocks
    kept = []
    for block in blocks:
        for mark in marks:
            if block.text.endswith(mark):
                block = tidy(block.part(0, len(block.text) - len(mark)))
        if block.text:
            kept.append(block)
    return kept


def _prose(block: Block) -> int:
    return len(block.text) if _SENTENCE.search(block.text) else 0


def _without_chrome(blocks: list[Block]) -> list[Block]:
    """Without what the page itself marks, unless that is most of the prose."""
    marked = sum(_prose(block) for block in blocks if block.chrome)
    if 2 * marked > sum(_prose(block) for block in blocks):
        return blocks
    return [block for block in blocks if not block.chrome]


def _first_heading(blocks: list[Block]) -> Block | None:
    for number, block in enumerate(blocks[:6]):
        marked = block.heading or _is_bold(block, _LONGEST_TITLE if number == 0 else _LONGEST_BOLD)
        if marked and not _is_noise(block) and not is_no_title(block.text):
            return block if len(block.text) <= _LONGEST_TITLE else None
        if _prose(block) > 30:
            break
    return None


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _without_title(blocks: list[Block], title: Block | None) -> list[Block]:
    if title is None:
        return blocks
    key = _key(title.text)
    longest = 2 * len(title.text) + 20  # punctuation and spaces may differ
    return [
        block
        for block in blocks
        if block is not title and (len(block.text) > longest or _key(block.text) != key)
    ]


def _cut_tail(blocks: list[Block]) -> list[Block]:
    """Without what follows the article: the footer of the app, lists of other headlines."""
    for i, block in enumerate(blocks):
        if FINAL.match(block.text) and i > len(blocks) // 4:
            prose_after = sum(_prose(rest) for rest in blocks[i:])
            if prose_after < 200:
                blocks = blocks[:i]
                break
    kept: list[Block] = []
    skipping = False
    for i, block in enumerate(blocks):
        if MORE.match(block.text) and 2 * i >= len(blocks) - 6:
            skipping = True
        elif skipping and _prose(block) > 60 and not _is_linked(block):
            skipping = False
        if not skipping:
            kept.append(block)
    return kept


def _without_menus(blocks: list[Block]) -> list[Block]:
    """Without the menus of a web page that was saved as Markdown: long runs of words.

    Only before the first and after the last running text; a list inside the article stays.
    """
    prose = [i for i, block in enumerate(blocks) if len(block.text) > 40 and _prose(block)]
    if len(prose) < 3:
        return blocks
    first, last = prose[0], prose[-1]
    head, tail = blocks[:first], blocks[last + 1 :]
    if len(head) > 12:
        head = [block for block in head if len(block.text) > 24 or block in head[-3:]]
    if len(tail) > 12 and sum(_is_menu(block) for block in tail) > 0.8 * len(tail):
        tail = []
    return [*head, *blocks[first : last + 1], *tail]


def _is_menu(block: Block) -> bool:
    return len(block.text) <= 24 and not re.search(r"[，。：；]", block.text)


def _is_linked(block: Block) -> bool:
    return 10 * block.linked >= 8 * len(block.text)


def _without_references(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    skipping = False
    for i, block in enumerate(blocks):
        if REFERENCES.match(block.text) and i > 0:
            following = blocks[i + 1 : i + 3]
            skipping = bool(following) and any(REFERENCE.match(b.text) for b in following)
            if skipping:
                continue
        elif skipping and not REFERENCE.match(block.text):
            skipping = False
        if not skipping:
            kept.append(block)
    return kept


def _is_noise(block: Block) -> bool:
    text = block.text
    if is_chrome(text):
        return True
    return _is_linked(block) and len(text) <= 12 and not _SENTENCE.search(text)


def _is_bold(block: Block, longest: int = _LONGEST_BOLD) -> bool:
    text = block.text
    whole = block.bold >= len(text.replace(" ", ""))
    return whole and len(text) <= longest and not _END_MARK.search(text) and "。" not in text


def _mark_headings(blocks: list[Block]) -> None:
    """Headings besides h1 to h6: bold lines, and lone short lines between whole paragraphs.

    The latter only in articles that punctuate: posts that break sentences over lines have
    many lines without an end mark.
    """
    for block in blocks:
        if not block.heading and _is_bold(block):
            block.heading = 6
        elif block.heading and len(block.text) > 80 and _END_MARK.search(block.text):
            block.heading = 0
    long = [block for block in blocks if len(block.text) > 32]
    ended = sum(bool(re.search(r"[。！？!?；：:…”）)]$", block.text)) for block in long)
    bare = [i for i, b in enumerate(blocks) if len(b.text) <= 32 and not _END_MARK.search(b.text)]
    if not long or 10 * ended < 8 * len(long) or 3 * len(bare) > len(blocks):
        return
    for i in bare:
        before = (
            i == 0 or blocks[i - 1].heading or _END_MARK.search(blocks[i - 1].text[-2:-1] + "。")
        )
        if before and i + 1 < len(blocks) and len(blocks[i + 1].text) > 32:
            blocks[i].heading = blocks[i].heading or 6
