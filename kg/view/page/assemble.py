"""The parts of the page -> one HTML file that asks nothing of anybody.

The Content-Security-Policy lets the page's own script and style in by their digests and
nothing else, so that even a name that got past every other guard could load or run nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from kg.model import Graph
from kg.schema import Schema
from kg.view.html import digest, fold_script
from kg.view.page.data import Context, PageData, Span, to_json
from kg.view.views import Views

SCRIPTS = (
    "words", "data", "state", "paths", "select", "order", "layout", "route", "scene", "paint",
    "svg", "save", "dom", "cards", "search", "filters", "list", "ways", "camera", "pointer", "keys",
    "main",
)  # fmt: skip
"""The modules of the page's script, in the order in which they are run."""

TOP = 12
"""How many nodes a tier shows at first."""


def page(
    graph: Graph,
    schema: Schema,
    views: Views,
    around: Mapping[Span, Context] | None = None,
    *,
    lang: str = "zh",
    top: int = TOP,
) -> str:
    """The page of `graph`. The same graph gives the same text.

    `around` holds the sentences around the evidence (see `contexts`); without it a relation
    shows its quotes alone. `lang` is the language it opens in, `top` how many nodes of a tier
    it shows at first.
    """
    modules = [fold_script(), *(_part(f"{name}.js") for name in SCRIPTS)]
    script = "\n".join(["'use strict';", "{", *map(_lean, modules), "}"])
    style = _lean(_part("page.css"))
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {digest(script)}",
            f"style-src {digest(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )
    data = to_json(PageData(graph, schema, views, around or {}).plain(lang=lang, top=top))
    parts = {"policy": policy, "style": style, "data": data, "script": script}
    # in one pass: what stands in the data is no place for another part
    return _PLACE.sub(lambda found: parts[found[1]], _part("page.html"))


_PLACE = re.compile(r"\{\{(\w+)\}\}")


def _part(name: str) -> str:
    return files("kg.view.page").joinpath("parts", name).read_text(encoding="utf-8")


def _lean(text: str) -> str:
    """The code without comments of whole lines and without indentation: a fifth less to hand on.

    Our modules have no template or string over several lines, in which space would count.
    """
    lines = (line.strip() for line in _BLOCK.sub("", text).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/", re.DOTALL | re.MULTILINE)
