"""A stretch of text with its mentions folded, for regular expressions that speak of types.

Each mention is two private-use characters, one for its type and one for itself. In a pattern
`{S:Good,Tool}` is one mention of these types (group S), `{S*:Person}` a list of them (A、B和C),
`{:Price}` one that is not captured, `{:*}` one of any type. A `[^...]` never matches a mention.
`{~selling}` is a word of that class (`worded`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from kg.model import Mention
from kg.schema import Schema, any_of

_TYPES = (
    "Person", "Organization", "Group", "Agency", "Role", "Platform", "Service", "Tool", "Good",
    "NumberSegment", "Activity", "Industry", "Control", "Location", "Law", "Offence", "Case",
    "Report", "Price", "Statistic",
)  # fmt: skip
_TYPE_CHAR = {name: chr(0xE000 + at) for at, name in enumerate(_TYPES)}
_OTHER = "\ue0ff"
_FIRST = 0xE100
_ONE = "[\ue100-\uf8ff]"
_ANY = "\ue000-\uf8ff"
_JOINT = r"(?:（[^（）]{0,12}）)?(?:、|和|与|以及|及|，以及|或者?)(?:被告人|犯罪嫌疑人|嫌疑人)?"
_SLOT = re.compile(r"\{(?P<name>\w*)(?P<list>\*?):(?P<types>[\w,]+|\*)\}")
_CLASS = re.compile(r"\{~(?P<name>[a-z-]+)\}")
_SKIPPED = '“”"‘’「」 \u3000'
_MARKS = re.compile(f"[{_SKIPPED}{_ANY}]")
"""What is left out of the code: also what a page prints with a font of its own (icons), since it
would be taken for a mention."""


class Line:
    """A stretch of text with mentions folded: the coded text, and the mentions in it (positions).

    `order` are mentions in text order, none of which covers another, inside `text[start:end]`.
    """

    def __init__(
        self, text: str, start: int, end: int, order: Sequence[int], mentions: Sequence[Mention]
    ) -> None:
        self.order = order
        self._text = text
        # What stands between the mentions: one stretch before each, and the rest.
        self._mentions = [mentions[index] for index in order]
        self._gaps = list(
            zip([start, *(m.end for m in self._mentions)],
                [*(m.start for m in self._mentions), end], strict=True)
        )  # fmt: skip
        parts = [_MARKS.sub("", text[start:end]) for start, end in self._gaps]
        for at, mention in enumerate(self._mentions):
            parts[at] += _TYPE_CHAR.get(mention.type, _OTHER) + chr(_FIRST + at)
        self.code = "".join(parts)

    @cached_property
    def spans(self) -> Sequence[tuple[int, int]]:
        """The place of each character of the code in the text."""
        rows = [
            [(at, at + 1) for at in range(start, end) if not _MARKS.match(self._text[at])]
            for start, end in self._gaps
        ]
        for row, mention in zip(rows, self._mentions, strict=False):
            row += [(mention.start, mention.end)] * 2
        return [span for row in rows for span in row]

    def members(self, match: re.Match[str], group: str | int) -> list[int]:
        """Positions of the mentions in a group of a match on `code`, in text order."""
        return [
            self.order[ord(c) - _FIRST] for c in match[group] or "" if "\ue100" <= c <= "\uf8ff"
        ]

    def printed(self, match: re.Match[str], group: str) -> str:
        """What the text has where a group that holds something matched, mentions and all."""
        start, end = match.span(group)
        return self._text[self.spans[start][0] : self.spans[end - 1][1]]

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Where the match stands in the text."""
        return self.spans[match.start()][0], self.spans[match.end() - 1][1]


def write(
    text: str, start: int, end: int, chosen: Iterable[int], mentions: Sequence[Mention]
) -> Line:
    """`text[start:end]` with those of the chosen mentions that no other one of them covers."""
    order: list[int] = []
    at = start
    for index in sorted(chosen, key=lambda m: _preference(mentions[m])):
        mention = mentions[index]
        if at <= mention.start and mention.end <= end:
            order.append(index)
            at = mention.end
    return Line(text, start, end, order, mentions)


def _preference(mention: Mention) -> tuple[int, int, bool]:
    """In text order, the longest first; of a good and the number segment in its place, the good."""
    return mention.start, -mention.end, mention.type == "NumberSegment"


@lru_cache(maxsize=256)
def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern with slots (see the module)."""

    def slot(match: re.Match[str]) -> str:
        named = match["types"].split(",")
        types = "\ue000-\ue0ff" if named == ["*"] else "".join(_TYPE_CHAR[n] for n in named)
        one = f"[{types}]{_ONE}"
        whole = f"{one}(?:{_JOINT}{one})*" if match["list"] else one
        return f"(?P<{match['name']}>{whole})" if match["name"] else f"(?:{whole})"

    return re.compile(_SLOT.sub(slot, source.replace("[^", f"[^{_ANY}")))


@lru_cache(maxsize=256)
def worded(source: str, schema: Schema) -> re.Pattern[str]:
    """The pattern of `source` with the words of a schema where it names their class."""
    return pattern(_CLASS.sub(lambda match: any_of(schema.words.get(match["name"], ())), source))
