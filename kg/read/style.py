"""What the attributes of an element say about whether a reader sees its text."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.read.names import names

SKIP = 1  # not part of the article, whatever its style
HIDDEN = 2  # display:none, opacity:0: no descendant can show itself again
INVISIBLE = 4  # visibility:hidden: a descendant can
TINY = 8  # font-size:0: a descendant can
PALE = 16  # text in (nearly) the colour of paper
COLOURED = 32  # on a background that makes pale text readable
CHROME = 64  # marked as navigation, comments, sharing, advertisement
BOLD = 128
LINK = 256
PRE = 512
UNSEEN = SKIP | HIDDEN | INVISIBLE | TINY

_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?")
_ZERO = re.compile(r"0*\.?0*(?:px|pt|r?em|%|ex|ch|vw)?$")
_PALE_NAMES = names(
    "white whitesmoke snow ghostwhite floralwhite ivory azure mintcream transparent"
)
_CHROME_WORDS = names(
    "comment comments commentlist respond share sharing sharebar social related recommend "
    "recommended recommendation recommendations sidebar breadcrumb breadcrumbs crumb crumbs "
    "footer foot nav navbar navigation menu copyright adsbygoogle ad ads advert advertisement "
    "pagination pager toolbar qrcode reward hotnews popup modal login subscribe newsletter "
    "skip toc catalog prevnext siblings banner reply rank hot"
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# Real WeChat pages hide their article until a script has run.
_SHOWN_LATER = frozenset({"js_content", "rich_media_content", "img-content", "js_article"})
_RULE = re.compile(r"\.([\w-]{1,60})\s*\{([^{}@]{0,500})\}")


def attributes(raw: str) -> dict[str, str]:
    """The attributes of a start tag by lower-case name; of a repeated one, the first counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(raw):
        found.setdefault(name.lower(), double or single or bare)
    return found


def hidden_classes(css: str) -> frozenset[str]:
    """Classes that a style sheet switches off by a plain `.name { display: none }`."""
    return frozenset(
        name for name, body in _RULE.findall(css) if _declared(body)[0] & (HIDDEN | INVISIBLE)
    )


@lru_cache(maxsize=4096)
def effect(raw: str) -> tuple[int, int, tuple[str, ...]]:
    """Flags that the attributes set, flags that they clear, and the ids and classes."""
    attrs = attributes(raw)
    named = tuple(f"{attrs.get('id', '')} {attrs.get('class', '')}".split())
    on, off = _declared(attrs.get("style", ""))
    if "color" in attrs:
        pale = _pale(attrs["color"].strip().lower())
        on, off = (on | PALE, off) if pale else (on, off | PALE)
    if attrs.get("bgcolor") and not _pale(attrs["bgcolor"].strip().lower()):
        on |= COLOURED
    if "hidden" in attrs and attrs["hidden"].lower() != "until-found":
        on |= HIDDEN
    if _SHOWN_LATER.intersection(named):
        on, off = on & ~UNSEEN, off | INVISIBLE
    elif any(_is_chrome(name) for name in named):
        on |= CHROME
    return on, off, named


def _is_chrome(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    return not _CHROME_WORDS.isdisjoint(words)


def _declared(style: str) -> tuple[int, int]:
    if ":" not in style:
        return 0, 0
    on = off = 0
    colour = background = ""
    for part in style.lower().split(";"):
        name, _, value = part.partition(":")
        name, value = name.strip(), value.replace("!important", "").strip()
        if name == "display":
            on |= HIDDEN if value == "none" else 0
        elif name == "opacity":
            on |= HIDDEN if _ZERO.match(value) and value else 0
        elif name == "visibility":
            hides = value in ("hidden", "collapse")
            on, off = (on | INVISIBLE, off) if hides else (on, off | INVISIBLE)
        elif name == "font-size" and value:
            on, off = (on | TINY, off) if _ZERO.match(value) else (on, off | TINY)
        elif name == "color":
            colour = value
        elif name in ("background", "background-color", "background-image"):
            background = value or background
    if background and not _pale(background) and background not in ("none", "initial", "inherit"):
        on |= COLOURED
    if colour:
        same = colour == background
        on, off = (on | PALE, off) if same or _pale(colour) else (on, off | PALE)
        on = on & ~COLOURED if same else on
    return on, off


def _pale(colour: str) -> bool:
    """Whether text of this colour cannot be told from white paper."""
    if match := _HEX.match(colour):
        digits = match[1]
        if len(digits) in (4, 8) and set(digits[len(digits) // 4 * 3 :]) == {"0"}:
            return True
        wide = digits[:6] if len(digits) >= 6 else "".join(2 * digit for digit in digits[:3])
        return all(int(wide[i : i + 2], 16) >= 0xF0 for i in (0, 2, 4))
    if match := _RGB.match(colour):
        if match[4] and _ZERO.match(match[4]):
            return True
        return all(int(match[i]) >= 0xF0 for i in (1, 2, 3))
    return colour in _PALE_NAMES
