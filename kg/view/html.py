"""Elements as HTML writes them. `kg.view.markup` does the escaping."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from kg.view.markup import Markup, escaped, joined, safe_url

EMPTY = Markup("")
_VOID = frozenset({"br", "input", "link", "meta"})


def tag(element: str, *children: Markup, **attributes: str | None) -> Markup:
    """One element. `class_` is class, `data_e` is data-e; an empty attribute is left out."""
    start = f"<{element}"
    for key, value in attributes.items():
        if value:
            start += f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
    if element in _VOID:
        return Markup(f"{start}>")
    return Markup(f"{start}>{joined(*children)}</{element}>")


def text_tag(element: str, text: str, **attributes: str | None) -> Markup:
    """An element that holds a text."""
    return tag(element, escaped(text), **attributes)


def fold_script() -> str:
    """The functions of pages that are searched: what two spellings of the same have in common, and
    what a name is in initials of pinyin."""
    return files("kg.view").joinpath("fold.js").read_text(encoding="utf-8")


def digest(code: str) -> str:
    """A script or a style as a Content-Security-Policy lets it in."""
    found = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(found).decode('ascii')}'"


def still_page(title: str, style: str, main: Markup, *meta: Markup, lang: str) -> str:
    """An HTML file that runs nothing and loads nothing: its policy lets in `style` alone, by its
    digest. `lang` is zh or en."""
    policy = f"default-src 'none'; style-src {digest(style)}; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        *meta,
        text_tag("title", title),
        Markup(f"<style>{style}</style>"),
    )
    language = "zh-CN" if lang == "zh" else "en"
    return f"<!doctype html>\n{tag('html', head, tag('body', main), lang=language)}\n"


def web_link(url: str, text: str) -> Markup:
    """A link out; where `url` is no address of the web, nothing."""
    address = safe_url(url)
    return text_tag("a", text, href=address, rel="noopener noreferrer") if address else EMPTY
