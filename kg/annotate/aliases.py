"""Names that a text introduces itself: X（以下简称Y）, Y即X, 昵称为“Y”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Mention
from kg.text import places, strip_quotes

_Key = tuple[int, int, str]

_SHORT = re.compile(
    r"[（(]\s*(?:以下)?(?:均?简称|下称|以下称|又称|俗称|又名|即)\s*[:：为]?\s*"
    r"[“\"「『]?(?P<name>[^，。；：、（）()“”\"「」『』\n]{2,16})[”\"」』]?\s*[）)]"
)


def aliases(
    text: str, mentions: Sequence[Mention]
) -> tuple[list[Mention], list[tuple[_Key, _Key]]]:
    """`mentions` with every further occurrence of an introduced short form, and the pairs
    (short form, full form) by their keys `(start, end, name)`."""
    found = list(mentions)
    links: list[tuple[_Key, _Key]] = []
    ends = {mention.end: mention for mention in mentions if mention.type not in {"Activity"}}
    for match in _SHORT.finditer(text):
        full = ends.get(match.start())
        if full is None:
            continue
        short = match["name"]
        for start in places(short, text):
            end = start + len(short)
            if any(m.start < start and end <= m.end for m in mentions if m.type == full.type):
                continue
            name = strip_quotes(short)  # 《意见》 alone, not every 意见
            mention = Mention(
                start, end, short, full.type, name, full.level, "nodes/alias#introduced",
                full.scoped,
            )  # fmt: skip
            found = [m for m in found if m.end <= start or m.start >= end or m.type != full.type]
            found.append(mention)
            if start == match.start("name"):
                links.append(((start, end, name), (full.start, full.end, full.name)))
    return found, links
