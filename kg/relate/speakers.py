"""Who speaks: by his name, by 他 or 该负责人, or without a name (一名业内人士)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from kg.model import Document, Level, Mention
from kg.relate.speech import CLAUSE, FINDING, speech_of
from kg.schema import Schema

_SPEAKERS = frozenset({
    "Person", "Organization", "Group", "Agency", "Role", "Report", "Law", "Platform", "Service",
})  # fmt: skip
_INSTITUTIONS = frozenset({"Agency", "Organization"})
_LONGEST = 24
"""Characters that may stand between the speaker and the verb of saying."""
_POINTING = re.compile(
    r"^(?:对此|此外|同时|另外|不过|[而但])?(?:该|上述|前述|这)[位名份]?(?P<kind>[\u4e00-\u9fff]{2,6})$"
)
"""Who has been named before: 该负责人, 上述人士, 该报告."""
_WOMAN, _MAN = re.compile("女士|小姐|阿姨|大妈"), re.compile("先生|大爷|大叔")
_TITLED = re.compile(r"《[^《》\n]{2,40}》")
_NOBODY = re.compile(
    r"^(?:[相有]关|媒体|目前|初步|最新|不完全|公开|已|之前|此前|[上前]述|规定.*)?$"
)
_PRONOUN = re.compile(
    r"(?:他们|她们|他|她|其|该人|此人)(?:还|也|又|则|进一步|曾|(?:向|对)[^，]{0,8})?$"
)
_LISTENER = re.compile(
    r"(?:对|向)[^，]{0,14}(?:记者|媒体|民警|新闻|报)$|(?:还|也|则|曾|均|都|又|同时|进一步|近日|日前|对此|随后|"
    r"接受[^，]{0,16}时|在[^，]{0,16}[时中上])+$"
)
_WHERE = re.compile(
    r"(?:在(?![押逃场校职])|通过|针对|(?<![针面])对(?![此方外])|向|从(?![事业犯])|于)[^，的中时后前上下里内间]{0,16}$"
)
"""Before a name that only says where somebody speaks, to whom or what of: 甲在乙平台发布消息."""
_NO_SPEAKER = re.compile("^[而但也]?(?:从|通过|基于|针对)|[将下]对|采纳")
_SOME = re.compile("^(?:对此|正如|[也还但则又])?有(?![的关])")
_BEHIND_NAMELESS = re.compile("[的后中上]")
"""What does not stand between who speaks and the verb: 公诉机关的量刑建议, 形成大数据后发现."""
_BESIDE_THING = 3
"""Characters that may stand between 数据 and the verb: 数据还进一步显示, not 数据泄露字段分析."""


class Told(NamedTuple):
    """That somebody spoke: in which sentence, in what words (相关负责人介绍), who it was."""

    number: int
    words: str
    end: int
    who: str


_end_of = attrgetter("end")


class Speakers:
    """Who may speak in a document, and who has spoken so far; built once a document."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text = document.text
        self._speech = speech_of(schema)
        self._sentence_starts = [s.start for s in document.sentences]
        self._speakers = sorted(
            (m for m in mentions if m.type in _SPEAKERS), key=lambda m: (m.end, -m.start)
        )
        self._speaker_ends = [m.end for m in self._speakers]
        self._people = [m for m in self._speakers if m.type == "Person"]
        self._names = {m.text for m in self._people}
        self._callings = {m.text for m in self._speakers if m.type == "Role"}
        self._people_ends = [m.end for m in self._people]
        self._told: list[Told] = []

    def tell(self, told: Told) -> None:
        """Note that somebody spoke; in the order of the text."""
        self._told.append(told)

    def may_keep_silent(self, who: str) -> bool:
        """Whether it is somebody who need not say what he finds out, as offices and researchers do
        who publish it."""
        calling = who in self._callings and not self._speech.nameless.search(who)
        return calling or who in self._names

    def before_verb(
        self, floor: int, verb: int, before: int | None = None
    ) -> tuple[int, str] | None:
        """Where the words for the speaker before the verb begin, and who it is; `before` is where
        what he says begins, if it stands before him."""
        text = self._text
        begin = verb - text.endswith("”", floor, verb)  # “某平台”声称，
        while begin > max(floor, verb - 3 * _LONGEST) and text[begin - 1] not in CLAUSE:
            begin -= 1
        words = _LISTENER.sub("", text[begin:verb])
        examined = self._speech.examined.search(words)
        words = words[: examined.start()] if examined else words
        if examined and not words:
            return begin, ""
        verb = begin + len(words)
        if pronoun := _PRONOUN.search(words):
            return begin, self._spoken_of(pronoun.group()[0], begin if before is None else before)
        if meant := self._meant(words, begin):
            return begin, meant
        at = bisect_right(self._speaker_ends, verb) - 1
        while at >= 0 and _WHERE.search(text, begin, self._speakers[at].start):
            at -= 1
        if at >= 0 and self._speakers[at].start >= begin:
            between = text[self._speakers[at].end : verb]
            if len(between) <= _LONGEST and "的" not in between.replace("的《", ""):
                return begin, self._printed(self._speakers[at])
        if words in self._names:
            return begin, words
        titled = list(_TITLED.finditer(words))
        if titled and len(words) - titled[-1].end() <= 6:
            return begin, titled[-1].group()
        match = self._speech.nameless.search(words)
        if match is None or _NO_SPEAKER.search(match.group()):
            return None
        rest = words[match.end() :]
        thing = not self._speech.person.search(match.group())
        if _BEHIND_NAMELESS.search(rest) or (thing and len(rest) > _BESIDE_THING):
            return None
        return begin, _SOME.sub("", match.group())

    def announcer(self, kind: str, number: int) -> str:
        """Who put out the notice that a sentence cites by its kind alone: the one whom the sentence
        before has it from (江州警方发布通报。通报称)."""
        floor = self._sentence_starts[number - 1] if number else 0
        notice = self._text.rfind(kind, floor, self._sentence_starts[number])
        at = bisect_right(self._speaker_ends, notice)
        near = (m for m in reversed(self._speakers[:at]) if m.type in _INSTITUTIONS)
        found = next(near, None)
        return self._printed(found) if found and found.start >= floor else ""

    def _last_told(self, before: int) -> Told | None:
        """Who spoke last before an offset."""
        at = bisect_right(self._told, before, key=_end_of)
        return self._told[at - 1] if at else None

    def _spoken_of(self, pronoun: str, before: int) -> str:
        """Who 他 is that says what stands behind `before`: the person whom the sentence before
        reports, or who without a name spoke last in the paragraph that has named nobody since; else
        the person named last."""
        named = self._person_before(before)
        told = self._last_told(before)
        if told is None or self._text.find("\n", told.end, before) >= 0:
            return named
        at = bisect_left(self._people_ends, told.end)
        since = at < len(self._people) and self._people[at].end <= before
        other = {"他": _WOMAN, "她": _MAN}.get(pronoun)
        if other and other.search(told.words):
            return named
        if told.who in self._names:
            next_to = bisect_right(self._sentence_starts, before) - 2 <= told.number
            return told.who if next_to or not since else named
        nameless = self._speech.person.search(told.words) and not FINDING.search(told.words)
        return told.who if nameless and not since else named

    def _meant(self, words: str, begin: int) -> str:
        """Who is meant by 该负责人 or 该报告: who spoke before as such, else the title before that
        ends so; "" where `words` point at nobody."""
        pointing = _POINTING.search(words)
        if pointing is None:
            return ""
        kind = pointing["kind"]
        person = self._speech.person.search(kind)
        for one in reversed(self._told[: bisect_right(self._told, begin, key=_end_of)]):
            if kind in one.words if person else one.who.endswith(kind):
                return one.who
        named = re.compile(rf"《[^《》\n]{{0,36}}{kind}(?:[（(][^《》\n]*)?》")
        titles = [match.group() for match in named.finditer(self._text, 0, begin)]
        return titles[-1] if titles else ""

    def _printed(self, mention: Mention) -> str:
        """The name with the title marks around it, if it has them; of somebody without a name, with
        the office that he is of: 白沙派出所民警."""
        begin, end = mention.start, mention.end
        at = bisect_left(self._speaker_ends, begin)
        office = self._speakers[at] if at < len(self._speakers) else mention
        if office.end == begin and office.type in _INSTITUTIONS and mention.type != "Person":
            return self._text[office.start : end]
        marks = self._text[max(begin - 1, 0) : begin] + self._text[end : end + 1]
        return f"《{mention.text}》" if marks == "《》" else mention.text

    def _person_before(self, offset: int) -> str:
        at = bisect_left(self._people_ends, offset) - 1
        return self._people[at].text if at >= 0 else ""

    def named(self, start: int, who: str) -> str:
        """The speaker in the words `who` at `start`: a mention, else the words themselves."""
        end = start + len(who)
        titled = _TITLED.search(who)
        if titled:
            return titled.group()
        first = bisect_left(self._speaker_ends, start)
        last = bisect_right(self._speaker_ends, end)
        inside = [m for m in self._speakers[first:last] if m.start >= start]
        if any(word in who for word in "他她其") and not inside:
            return self._person_before(start)
        if inside:
            return self._printed(inside[-1])
        return "" if _NOBODY.match(who) else who

    def ends(self, end: int) -> bool:
        """Whether the name of anybody who may speak ends there."""
        at = bisect_left(self._speaker_ends, end)
        return at < len(self._speakers) and self._speakers[at].end == end

    def institution_ends(self, end: int) -> bool:
        """Whether the name of a particular agency or organization ends there."""
        at = bisect_left(self._speaker_ends, end)
        if at == len(self._speakers) or self._speakers[at].end != end:
            return False
        speaker = self._speakers[at]
        return speaker.type in _INSTITUTIONS and speaker.level is Level.INSTANCE

    def person_ending(self, offset: int) -> str:
        """The person whose name ends at `offset`."""
        at = bisect_left(self._people_ends, offset)
        found = at < len(self._people) and self._people_ends[at] == offset
        return self._people[at].text if found else ""
