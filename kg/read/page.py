"""HTML: fragments with front matter, and saved pages, of which only the article is wanted."""

from __future__ import annotations

import json
import re
from itertools import accumulate

from kg.read.blocks import Block, tidy
from kg.read.dates import iso_date
from kg.read.draft import Draft
from kg.read.front import Front
from kg.read.info import note_pairs
from kg.read.markdown import MARKS, note_front, read_line
from kg.read.markup import Page, walk
from kg.read.names import names

_PROSE = re.compile(r"[，。！？；,!?;]")
_SITE = re.compile(r"\s*[-_|–—｜丨]+\s*")
_ARTICLE_IDS = names(
    "js_content rich_media_content articlebody article_body article-body article-content "
    "articlecontent article_content entry-content post-content post_content TRS_Editor"
)
_TITLES = ("og:title", "twitter:title", "articletitle", "headline", "title")
_DATES = (
    "article:published_time", "og:article:published_time", "og:release_date", "pubdate",
    "publishdate", "publish_date", "datepublished", "publication_date", "firstpublishedtime",
    "weibo:article:create_at", "dc.date", "date",
)  # fmt: skip
_OUTLETS = ("og:site_name", "mediaid", "contentsource", "source", "application-name")
_AUTHORS = ("author", "article:author", "og:article:author", "byl")


def read_page(source: str, front: Front) -> Draft:
    """The draft of HTML that begins at `front.end`."""
    page = walk(source, front.end)
    if sum(bool(MARKS.search(block.text)) for block in page.blocks) >= 3:
        # Markdown that was pasted into an editor for HTML
        page.blocks = [read_line(block, first=False) for block in page.blocks]
    draft = Draft([])
    note_front(draft, front)
    _note_head(draft, page)
    first, end = _main(page)
    draft.title = draft.title or _title(page, first, end)
    head = page.blocks[max(first - 12, 0) : first]
    for block in head:
        if len(block.text.strip()) < 80:
            draft.note("published", iso_date(block.text))
            note_pairs(draft, block.text)
    draft.blocks = page.blocks[first:end]
    return draft


def _text(page: Page, names: tuple[str, ...]) -> str:
    for name in names:
        if value := "".join(piece[0] for piece in page.meta.get(name, [])).strip():
            return value
    return ""


def _note_head(draft: Draft, page: Page) -> None:
    """Meta tags, canonical link and JSON-LD, in this order."""
    for address in (page.canonical, _text(page, ("og:url",))):
        if "://" in address:
            draft.note("url", address)
    draft.note("outlet", _text(page, _OUTLETS))
    draft.note("author", _text(page, _AUTHORS))
    for name in _DATES:
        draft.note("published", iso_date(_text(page, (name,))))
    for text in page.data[:10]:
        try:
            data = json.loads(text[:200_000])
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict):
                _note_data(draft, item)


def _note_data(draft: Draft, item: dict[str, object]) -> None:
    published = item.get("datePublished")
    if isinstance(published, str):
        draft.note("published", iso_date(published))
    for key, name in (("author", "author"), ("publisher", "outlet")):
        value = item.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str):
            draft.note(name, value)


def _prose(block: Block) -> int:
    """How many characters of running text a block brings."""
    text = block.text.strip()
    if block.chrome or 2 * block.linked > len(text) or not _PROSE.search(text):
        return 0
    return len(text)


def _main(page: Page) -> tuple[int, int]:
    """The range of blocks that is the article.

    A known article element wins if it holds half of the prose; else the smallest element
    that holds four fifths of it; else everything.
    """
    blocks = page.blocks
    prose = [0, *accumulate(_prose(block) for block in blocks)]
    total = prose[-1]
    whole = (0, len(blocks))
    if not total or not any(element.tag == "body" for element in page.elements):
        return whole
    size = [0, *accumulate(len(block.text) for block in blocks)]
    known, fits = [], []
    for element in page.elements:
        first, end = element.first, element.end
        share = (prose[end] - prose[first]) / total
        named = element.tag == "article" or not _ARTICLE_IDS.isdisjoint(element.names)
        if named and share >= 0.5:
            known.append((size[end] - size[first], first, end))
        if share >= 0.8:
            fits.append((size[end] - size[first], first, end))
    chosen = min(known, default=None) or min(fits, default=None)
    return chosen[1:] if chosen else whole


def _title(page: Page, first: int, end: int) -> Block | None:
    """The headline: the one h1 that the page's own title names, else that title itself."""
    named = [Block(list(page.meta[name])) for name in _TITLES if name in page.meta]
    if page.title:
        named.append(_without_site(Block(list(page.title))))
    heads = [block for block in page.blocks[: end + 1] if block.heading == 1]
    for block in named:
        for head in heads:
            if tidy(head).text and tidy(head).text in tidy(block).text:
                return head
    if heads and (not named or len(named[0].text.strip()) < 4):
        return heads[0]
    return named[0] if named else None


def _without_site(block: Block) -> Block:
    """`标题 - 栏目 - 网站` -> `标题`, unless what follows is the longer part."""
    cuts = list(_SITE.finditer(block.text))
    for cut in cuts:
        if cut.start() >= max(6, (len(block.text) - cut.end()) // 2):
            return block.part(0, cut.start())
    return block
