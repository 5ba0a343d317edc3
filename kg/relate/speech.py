"""How a text says whose words it gives: the verbs of schemas/words, and quotation marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.schema import Schema, any_in

ENDING = frozenset("。！？")
"""What ends a sentence."""
CLAUSE = frozenset("，,；;：:。！？!?\n”")
"""What ends a clause."""
FINDING = re.compile(r"发现|得知|获悉|了解到|查")
"""Verbs by which somebody learns what he need not say."""
_QUOTE_MARKS = re.compile("[“”]")


class Speech(NamedTuple):
    """How a text says whose words it gives: by a `verb` before them, by one `behind` them, with
    `according` (据……介绍), with `closing` as the last clause of a sentence; who is `nameless`, and
    of these a `person`. What he looked into he has `examined`."""

    verb: re.Pattern[str]
    behind: re.Pattern[str]
    according: re.Pattern[str]
    closing: re.Pattern[str]
    nameless: re.Pattern[str]
    person: re.Pattern[str]
    examined: re.Pattern[str]


@lru_cache(maxsize=4)
def speech_of(schema: Schema) -> Speech:
    """The forms of a schema, made once."""
    saying, after, by, speakers, people, examining = any_in(
        schema, "saying", "saying-after", "saying-by", "speaker", "speaker-person", "examining"
    )
    return Speech(
        verb=re.compile(
            rf"(?P<verb>(?<![来昵名俗简职统全别谎号可])(?:(?<!（[又亦也])(?<![通合泛所])|(?!称))"
            rf"{saying}(?!为|是|号|呼|话)"
            r"(?:道|说|称|表示|指出|记者|民警|认为|《[^《》\n]{2,40}》)*)"
            r"(?P<mark>[，,：:]?[\s]*[“\"]?)"
        ),
        behind=re.compile(
            r"[，,]?(?:[\d年月日当天晚随后]{2,11}[，,])?(?P<who>[^，,。：:；;\n“”]{1,30}?)"
            rf"(?:(?:对|向)[^，。]{{1,10}})?(?P<verb>{after})(?=[。，,：:；])"
        ),
        according=re.compile(
            r"(?:根据|按照|另据|又据|综合|援引|据)"
            r"(?P<who>(?:《[^《》\n]{2,40}》|[^《，,。：:；;\n“]){0,26}?)(?:的)?(?:最新)?"
            rf"{by}(?:称|显示|说|，|,|：|:|$|[^，,。\n]{{0,6}}[，,：:])"
        ),
        closing=re.compile(f"{after}$"),
        nameless=re.compile(rf"[\u4e00-\u9fffA-Za-z0-9·]{{0,16}}?{speakers}"),
        person=re.compile(people),
        examined=re.compile(
            rf"(?:通过|经)?(?:针对|对(?![方此外]))[^，]*?{examining}(?:之?后|时)?$"
        ),
    )


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans of quoted speech, marks included: what is long, follows a colon or is a sentence of its
    own. One that goes on in the next paragraph is one."""
    found: list[tuple[int, int]] = []
    opened = -1
    depth = 0
    for match in _QUOTE_MARKS.finditer(text):
        if match.group() == "“":
            if opened < 0:
                opened, depth = match.start(), 1
            elif text[match.start() - 1] != "\n":
                depth += 1
        elif opened >= 0:
            depth -= 1
            if depth == 0:
                span = (opened, match.end())
                opened = -1
                if (
                    span[1] - span[0] > 14
                    or text[span[0] - 1] in "：:"
                    or (text[span[1] - 2] in ENDING and span[1] - span[0] > 4)
                ):
                    found.append(span)
    return found
