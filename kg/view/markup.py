"""XML and HTML as text, so that nothing that comes from outside can be taken for markup.

`Markup` is text that is safe to put into a page; only the functions of this module make it.
"""

from __future__ import annotations

import re
from typing import NewType
from urllib.parse import urlsplit

Markup = NewType("Markup", str)
"""Escaped text, or elements made of it."""

# What XML cannot hold, halves of surrogate pairs, and characters that are invisible or change the
# direction of writing: with one of these in a name a line could be read as another.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_LINK = re.compile(r"[!-~]+")


def clean(text: str) -> str:
    """`text` without characters that no page can hold or that would turn its lines about."""
    return _UNSAFE.sub("", text)


def escaped(text: str) -> Markup:
    """`text` as content of an element or as the value of an attribute."""
    return Markup(clean(text).translate(_ESCAPES))


def joined(*parts: Markup, by: str = "") -> Markup:
    """Several pieces as one, with plain text `by` between them."""
    return Markup(escaped(by).join(parts))


def element(tag: str, *children: Markup, **attributes: str | float | None) -> Markup:
    """`<tag ...>children</tag>`; `font_size` is written `font-size`, `class_` `class`.

    An attribute of None is left out; numbers have at most two decimals.
    """
    written = []
    for name, value in attributes.items():
        if value is None:
            continue
        key = name.rstrip("_").replace("_", "-")
        if not _NAME.fullmatch(key):
            raise ValueError(f"{key!r} is no name of an attribute")
        said = value if isinstance(value, str) else number(value)
        written.append(f' {key}="{escaped(said)}"')
    head = f"<{tag}{''.join(written)}"
    return Markup(f"{head}>{''.join(children)}</{tag}>" if children else f"{head}/>")


def number(value: float) -> str:
    """A number as short as two decimals let it be: 12, 0.5, -3.25."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def safe_url(url: str) -> str:
    """`url` where it is one of the web, else nothing: a link must not run anything."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.hostname
    return url.strip() if is_web and _LINK.fullmatch(url.strip()) else ""
