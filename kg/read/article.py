"""One decoded article -> a draft: which format it is, by content more than by name."""

from __future__ import annotations

import re

from kg.errors import ReadError
from kg.read.clean import clean
from kg.read.draft import Draft
from kg.read.front import read_front
from kg.read.markdown import MARKS, note_front, read_markdown
from kg.read.page import read_page
from kg.read.plain import read_plain

_TAGS = re.compile(
    r"</?(?:!doctype|html|head|body|p|div|span|br|td|tr|table|section|font|h\d)\b[^<>]{0,500}>",
    re.I,
)
_SAMPLE = 4_000
_NAMED = {"html": "html", "htm": "html", "xhtml": "html", "md": "markdown", "markdown": "markdown"}


def detect(source: str, start: int, suffix: str) -> str:
    """`html`, `markdown` or `plain`, for text that begins at `start` (after front matter)."""
    sample = source[start : start + _SAMPLE]
    if re.match(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", sample, re.I):
        return "html"
    tags = len(_TAGS.findall(sample))
    marks = len(MARKS.findall(sample))
    named = _NAMED.get(suffix, "")
    if tags >= 4 and tags > 2 * marks:
        return "html"
    if named == "markdown" or start or (marks >= 2 and named != "html"):
        return "markdown"
    if named == "html" or tags >= 2:
        return "html"
    return "markdown" if marks and suffix not in ("txt", "text") else "plain"


def draft_article(source: str, suffix: str) -> Draft:
    """The cleaned draft of one article. Raises ReadError where no text is left."""
    front = read_front(source)
    kind = detect(source, front.end, suffix)
    if kind == "html":
        draft = read_page(source, front)
    elif kind == "markdown":
        draft = read_markdown(source, front)
    else:
        draft = read_plain(source, front.end)
        note_front(draft, front)
    draft = clean(draft)
    if not draft.blocks and not draft.title:
        raise ReadError(
            "no text left after cleaning; give the article itself, not a menu or picture"
        )
    return draft
