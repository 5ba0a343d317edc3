"""What all pages of a site share: where each is, the links between them, head and header.

A page may load the site's own style sheet, and run the one script whose digest it names. All
links are relative, so that the folder can be moved, zipped, or put on any file server.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from kg.model import Entity, make_id
from kg.view.html import digest, tag, text_tag
from kg.view.markup import Markup, escaped, joined
from kg.view.text import Wording

STYLE = "site.css"
FOLDERS = ("document", "edge", "entity", "node")
_TITLE = ("电信诈骗产业链", "Telecom-fraud chain")
_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_LONGEST_NAME = 80


def page_of(kind: str, name: str) -> str:
    """The file of an entity, a document (by id) or a type (by name), from the site's root.

    A name that is no plain word, which only a record from elsewhere can have, gets another.
    """
    return f"{kind}/{safe_name(name)}.html"


def safe_name(name: str) -> str:
    """`name` where it can be a file name and a class, else a name derived from it."""
    return name if _SAFE.fullmatch(name) else make_id("x", name)


def short(name: str) -> str:
    """A name as links show it: not longer than a line."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def part(name: str) -> str:
    """A file of parts/."""
    return files("kg.view.site").joinpath("parts", name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Frame:
    """One page under construction: its file, and links from there to the others."""

    path: str
    words: Wording

    @property
    def root(self) -> str:
        """The way to the root of the site."""
        return "../" if "/" in self.path else ""

    def say(self, zh: str, en: str) -> Markup:
        """The one of two wordings that is in the language of the site."""
        return escaped(self.words.pick(zh, en))

    def link(self, path: str, text: Markup, class_: str = "") -> Markup:
        """A link to another page of the site; `path` is from its root."""
        return tag("a", text, class_=class_, href=self.root + path)

    def entity(self, entity: Entity) -> Markup:
        """An entity's name, linked, with the colour of its type."""
        kind = self.words.type_label(entity.type)
        return tag(
            "a",
            text_tag("bdi", short(entity.name)),
            class_=f"name t-{safe_name(entity.type)}",
            href=self.root + page_of("entity", entity.id),
            title=kind,
        )

    def entity_of(self, identifier: str) -> Markup:
        """The same by id; the bare id where the graph has no such entity."""
        entity = self.words.lookup.entities.get(identifier)
        return self.entity(entity) if entity else escaped(identifier)

    def type(self, kind: str, name: str) -> Markup:
        """The label of a type, linked; `kind` is node or edge."""
        return self.link(page_of(kind, name), escaped(self.words.type_label(name)))

    def page(self, title: str, *body: Markup, script: str = "", data: str = "") -> str:
        """The whole page. `data` is JSON that is safe in an element, `script` is code of ours."""
        zh, en = _TITLE
        name = self.words.pick(zh, en)
        head = (
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=_policy(script)),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("link", rel="icon", href="data:,"),
            tag("link", rel="stylesheet", href=self.root + STYLE),
            text_tag("title", f"{short(title)} · {name}" if title else name),
        )
        tail = []
        if data:
            tail.append(tag("script", Markup(data), type="application/json", id="data"))
        if script:
            tail.append(tag("script", Markup(script)))
        language = self.words.pick("zh-CN", "en")
        content = joined(self._header(name), tag("main", *body), *tail, by="\n")
        whole = tag("html", tag("head", *head), tag("body", content), lang=language)
        return f"<!DOCTYPE html>\n{whole}\n"

    def _header(self, name: str) -> Markup:
        places = (
            self.link("documents.html", self.say("文章", "Documents")),
            self.link("viewer.html", self.say("图谱", "Picture")),
        )
        what = self.words.pick("查找名称或原文", "Search names and sentences")
        return tag(
            "header",
            self.link("index.html", escaped(name), class_="home"),
            tag("nav", *places),
            tag(
                "form",
                tag("input", type="search", name="q", placeholder=what, aria_label=what,
                    autocomplete="off"),
                action=f"{self.root}search.html",
                method="get",
                role="search",
            ),
        )  # fmt: skip


def _policy(script: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            # not every browser counts a neighbour on disk as 'self'
            "style-src 'self' file:",
            f"script-src {digest(script)}" if script else "script-src 'none'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'self' file:",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )
