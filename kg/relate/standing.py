"""As what: the title that somebody has, the role in which somebody acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Mention, Sentence
from kg.relate.page import CUT, Page, Span
from kg.schema import Property, Schema, any_in, any_of

_HEADCOUNT = re.compile(r"[0-9]+[余多]?[名人]+$|[”\"]$")
_PARTIES = frozenset({"Person", "Organization"})
_RIGHT_BEFORE = 7
"""Characters of a title before a name: 犯罪嫌疑人, with 、 or a quotation mark between."""


class Standing:
    """The titles and roles of one document."""

    def __init__(self, page: Page, schema: Schema) -> None:
        self._page = page
        self._titles = _title_patterns(schema)

    def title(self, sentence: Sentence, subject: Mention, target: Mention) -> dict[str, str]:
        """某公司董事长张某; 张某（时任某公司董事长）; 公司内部员工; 以张某等人为骨干成员."""
        if subject.type not in {"Person", "Role"}:
            return {}
        if subject.attrs.get("title"):
            return {"title": subject.attrs["title"]}
        low = max(sentence.start, subject.start - 16)
        if target.end <= subject.start:
            low = max(low, target.end)
        match = self._titles.ends.search(self._page.text[low : subject.start].rstrip('“"（( '))
        match = match or self._titles.ends.search(_HEADCOUNT.sub("", subject.text))
        if match is None and subject.end <= target.start:
            after = self._page.text[target.end : min(sentence.end, target.end + 14)]
            match = self._titles.starts.match(CUT.split(after.lstrip('”"的'))[0])
        if match is None and sentence.start <= subject.start < sentence.end:
            match = self._titles.made.match(self._page.text[subject.end : sentence.end][:40])
        return {"title": match["title"]} if match else {}

    def role(
        self, listed: Property, sentence: Sentence, clause: Span, verb: Span | None,
        ends: tuple[Mention, Mention],
    ) -> str:  # fmt: skip
        """The one of the words of `listed` that stands nearest to the verb or the subject, or right
        before the end that it goes with (被告人张某); empty where none does."""
        pattern = _pattern(listed.words)
        if listed.before:
            end = ends[listed.before == "object"]
            before = self._page.text[max(clause[0], end.start - _RIGHT_BEFORE) : end.start]
            held = pattern.findall(before if end.type in _PARTIES else "")
            return held[-1] if held else ""
        pivot = verb[0] if verb else ends[0].start
        found = [(abs(match.start() - pivot), match.group())
                 for match in pattern.finditer(self._page.text, *clause)]  # fmt: skip
        if not found and verb is not None:
            late = pattern.search(self._page.text, verb[0], min(sentence.end, verb[1] + 12))
            found = [(0, late.group())] if late else []
        return min(found)[1] if found else ""


@dataclass(frozen=True, slots=True)
class _Titles:
    """Patterns of a title at the end of a text, at its start, and after 张某等人为."""

    ends: re.Pattern[str]
    starts: re.Pattern[str]
    made: re.Pattern[str]


@lru_cache(maxsize=4)
def _title_patterns(schema: Schema) -> _Titles:
    words, modifiers = any_in(schema, "title-words", "title-modifier")
    title = rf"(?P<title>(?:{modifiers}){{0,2}}(?:{words}))"
    people = r"(?:(?:、|和|与)[^，。；、为]{2,8})*(?:等(?:[0-9余多数几]*名?人)?)?"
    become = r"(?:曾|时|均)?(?:担任|任|为|作|当|系|是|充当)[^，。；、为]{0,10}?"
    return _Titles(
        re.compile(rf"{title}$"), re.compile(title), re.compile(rf"{people}{become}{title}")
    )


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_of(words))
