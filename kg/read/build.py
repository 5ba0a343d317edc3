"""A cleaned draft -> a Document: text, runs, sentences, masked identifiers."""

from __future__ import annotations

import hashlib

from kg.errors import ReadError
from kg.model import Document, Run, Sentence, make_id
from kg.read.blocks import CONTROLS, Block
from kg.read.draft import Draft
from kg.read.mask import mask, mask_path, mask_url
from kg.text import split_sentences

LONGEST = 1_000_000
"""Characters that the text of one article may have: a thick book. Extraction needs some 5 KB of
memory for each, and minutes for such a text."""


def grouped_digest(data: bytes) -> str:
    """SHA-256 in hex, in groups of eight: no run of digits as long as a phone number."""
    digest = hashlib.sha256(data).hexdigest()
    return "-".join(digest[i : i + 8] for i in range(0, 64, 8))


def build(draft: Draft, *, path: str, sha256: str, encoding: str, purpose: str) -> Document:
    """The document of a cleaned draft. Identifiers are masked unless `purpose` says why not.
    Raises ReadError for a text that is longer than any article."""
    blocks = [draft.title, *draft.blocks] if draft.title else draft.blocks
    text = "\n".join(block.text for block in blocks)
    if len(text) > LONGEST:
        raise ReadError(f"more than {LONGEST:,} characters in one article; split it")
    fields = {name: _line(value) for name, value in draft.fields.items()}
    title = draft.title.text if draft.title else ""
    url, label = fields.get("url", ""), path
    author, outlet = fields.get("author", ""), fields.get("outlet", "")
    if not purpose:
        text, title = mask(text), mask(title)
        author, outlet = mask(author), mask(outlet)
        url, label = mask_url(url), mask_path(path)
    return Document(
        id=make_id("d", sha256),
        sha256=sha256,
        path=label,
        text=text,
        sentences=_sentences(text, blocks, titled=draft.title is not None),
        runs=_runs(blocks),
        title=title,
        url=url,
        outlet=outlet,
        author=author,
        published=fields.get("published", ""),
        encoding=encoding,
        purpose=purpose,
    )


def _line(value: str) -> str:
    return " ".join(CONTROLS.sub("", value).split())


def _sentences(text: str, blocks: list[Block], titled: bool) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    at = 0
    for number, block in enumerate(blocks):
        end = at + len(block.text)
        heading = bool(block.heading) or (titled and number == 0)
        if heading:
            found.append(Sentence(at, end, number, True))
        else:
            for start, stop in split_sentences(text[at:end]):
                found.append(Sentence(at + start, at + stop, number))
        at = end + 1
    return tuple(found)


def _runs(blocks: list[Block]) -> tuple[Run, ...]:
    """Runs of all blocks; the line breaks between them come from no source characters."""
    runs: list[Run] = []
    at = 0
    for number, block in enumerate(blocks):
        if number:
            runs.append(Run(at, 1, blocks[number - 1].source_end, 0))
            at += 1
        for piece, source, length in block.pieces:
            size = len(piece)
            last = runs[-1] if runs else None
            if (
                last
                and size == length
                and last.length == last.source_length
                and last.source_start + last.source_length == source
                and last.start + last.length == at
            ):
                runs[-1] = Run(
                    last.start, last.length + size, last.source_start, last.length + size
                )
            else:
                runs.append(Run(at, size, source, length))
            at += size
    return tuple(runs)
