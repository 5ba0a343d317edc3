"""Elements as HTML writes them. `kg.view.markup` does the escaping."""

from __future__ import annotations

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


def web_link(url: str, text: str) -> Markup:
    """A link out; where `url` is no address of the web, nothing."""
    address = safe_url(url)
    return text_tag("a", text, href=address, rel="noopener noreferrer") if address else EMPTY
