"""When and where: a date in the clause or at the head of one before it, a place in the clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from kg.model import ACTS, Mention, Sentence
from kg.relate.page import CUT, Page, Span, said
from kg.schema import Schema, any_in
from kg.text import strip_quotes
from kg.values import Date, Found, find_dates, last_date, written

# The finder of kg.values is thorough and slow; this tells where it may find anything.
_DATE = re.compile(
    r"[0-9０-９一二三四五六七八九十〇零][年月日/. ·-]|[今去前明本上同次当昨翌][年月日天晚]"
    r"|[近日]日|日前|近期|不久|年[初底末]|[上下]半年|季度|第二天"
)
_RELATIVE = re.compile(
    r"[同次翌当][年月日天晚]|第二天|[上下]半年|季度|(?<![年0-9] )(?<![年0-9])[0-9]{1,2} ?月"
)

_MANY_SITES = r"全国(?:各地|多地|范围|[0-9]+个省市)?|[0-9]+(?:余|多)?个?省(?:[0-9]+个?市)?"
_NET = "网上(?!银行)|群(?=[里内中])"
_PLACE_BEFORE = re.compile(r"(?:在|于|位于|赴|前往|奔赴|到|至)[“\"]?$")
_JOINT = re.compile(r"、|以?及|和|与")
_MASKED = "[×xX*＊某█●○]{1,2}"
_BIRTH = re.compile(rf"(?:{_MASKED}月)?(?:{_MASKED}日)?\s?出?生(?![产效活意])")
_COMPARED = re.compile("(?:[较比]|相比于?|相较于?|同比)$")
_VAGUE = re.compile(r"近几?年|近期|不久|前不久")


class _Words(NamedTuple):
    """What finds a kind of place behind 在, and one on the net; what may open a clause before its
    date."""

    sites: re.Pattern[str]
    nets: re.Pattern[str]
    opening: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(schema: Schema) -> _Words:
    site, net, before = any_in(schema, "site", "net-site", "before-date")
    return _Words(
        re.compile(
            r"(?:在|于|赴|奔赴|前往|直奔|到)"
            rf"(?P<text>(?:[^，。；、：在将把投入]){{0,5}}?(?:{_MANY_SITES}|{site}))(?!警|公安|民)"
        ),
        re.compile(rf"(?:在|通过|从|(?<!用)于|到)(?P<text>(?:境外|海外)?(?:{_NET}|{net}))"),
        re.compile(rf"[\s“\"（(—-]*{before}?$"),
    )


class Circumstances:
    """The dates and places of one document."""

    def __init__(self, page: Page, schema: Schema) -> None:
        self._page = page
        self._words = _words(schema)
        self._anchors = [""]
        """The date that was told last before each sentence, as far as they were asked for."""

    def time(
        self, sentence: Sentence, clause: Span, verb: Span | None, *, lasting: bool
    ) -> dict[str, str]:
        """A date in the clause, before the verb if there is one; else one that opens a clause
        before it, unless the fact is a `lasting` one, which no date further off bounds."""
        begin = clause[0] if lasting else sentence.start
        if not (
            self._page.has(_DATE, sentence) and _DATE.search(self._page.text, begin, clause[1])
        ):
            return {}
        chosen: Found[Date] | None = None
        dates = self._page.once(
            "date", sentence.start, sentence.end,
            lambda piece: find_dates(piece, self._page.published, self._anchor(sentence)),
        )  # fmt: skip
        for found in dates:
            at = bisect_left(self._page.starts, found.end)
            if (
                found.start >= clause[1]
                or _BIRTH.match(self._page.text, found.end)
                or _COMPARED.search(self._page.text[sentence.start : found.start])
                or any(
                    m.start <= found.start < m.end and m.type not in ACTS
                    for m in self._page.mentions[max(0, at - 5) : at]
                )
            ):
                continue
            if found.start >= clause[0]:
                late = verb is not None and found.start > verb[0]
                if chosen is None or chosen.end <= clause[0] or not late:
                    chosen = found
            elif (
                not lasting
                and not _VAGUE.match(found.value.text)
                and self._is_opening(sentence.start, found.start)
            ):
                chosen = found
        if chosen is None:
            return {}
        value = chosen.value
        return said("time", value.text, *written(value))

    def _is_opening(self, start: int, date: int) -> bool:
        """Whether a date opens its clause, in the sentence that begins at `start`."""
        before = CUT.split(self._page.text[start:date])[-1]
        return self._words.opening.fullmatch(before) is not None

    def _anchor(self, sentence: Sentence) -> str:
        """The last date told before a sentence that says 同年, 次日 or a month only."""
        if not _RELATIVE.search(self._page.text, sentence.start, sentence.end):
            return ""
        at = bisect_left(self._page.sentences, sentence.start, key=lambda one: one.start)
        for one in self._page.sentences[len(self._anchors) - 1 : at]:
            text = self._page.text[one.start : one.end]
            self._anchors.append(last_date(text, self._page.published, self._anchors[-1]))
        return self._anchors[at]

    def place(self, group: str, clause: Span, subject: Mention, target: Mention) -> dict[str, str]:
        """A named place, or a list of such, after 在 or a kind of place; in trade also a site."""
        types = {"Location", "Platform"} if group == "trade" else {"Location"}

        def is_end(start: int, end: int) -> bool:
            return any(one.start < end and start < one.end for one in (subject, target))

        for at in range(bisect_left(self._page.starts, clause[0]), len(self._page.starts)):
            mention = self._page.mentions[at]
            if mention.end > clause[1]:
                break
            if mention.type in types and mention.name not in (subject.name, target.name):
                led = _PLACE_BEFORE.search(self._page.text[clause[0] : mention.start])
                within = mention.type == "Location" and self._page.text.startswith(
                    "境内", mention.end
                )
                if (led or within) and not is_end(mention.start, mention.end):
                    end = self._list_end(mention, clause, is_end)
                    listed = self._page.text[mention.start : end]
                    return {"place": listed if end > mention.end else strip_quotes(listed)}
        for pattern in self._words[: 2 if group == "trade" else 1]:
            match = pattern.search(self._page.text, *clause)
            if match and not is_end(*match.span("text")):
                return {"place": match["text"]}
        return {}

    def _list_end(self, first: Mention, clause: Span, is_end: Callable[[int, int], bool]) -> int:
        """Where the list of places that begins with `first` ends: 在甲市、乙市抓获."""
        end = first.end
        while joint := _JOINT.match(self._page.text, end, clause[1]):
            following = self._page.mention_at(joint.end())
            if following is None or following.type != first.type:
                break
            if following.end > clause[1] or is_end(following.start, following.end):
                break
            end = following.end
        return end
