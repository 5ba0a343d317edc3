"""Who says what: attributions (据云南警方消息), reported speech (老李表示) and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from kg.model import Document, Level, Mention, Sentence
from kg.relate.speech import ENDING, quotations, speech_of
from kg.schema import Schema
from kg.sieve import Sieve

_SPEAKERS = frozenset({
    "Person", "Organization", "Group", "Agency", "Role", "Report", "Law", "Platform", "Service",
})  # fmt: skip
_INSTITUTIONS = frozenset({"Agency", "Organization"})
_CLAUSE = frozenset("，,；;：:。！？!?\n”")
_LONGEST = 24
"""Characters that may stand between the speaker and the verb of saying."""

_LOOSE = frozenset({"称", "显示", "指出", "认为", "表示", "发现", "说"})
"""Verbs that report also without a mark behind them."""
_UNSAID = re.compile("[不没未被所]")
_FINDING = re.compile(r"发现|得知|获悉|了解到|查")
_BY_REPORT = re.compile(
    r"(?:根据|据|按照)(?P<who>[^，,。：:；;\n“]{0,24}《[^《》\n]{2,40}(?:报告|皮书|研究|通报|公告|词典|指南)》)"
    r"[^，,。：:\n]{0,8}[，,：:]"
)
_VIEW = re.compile(r"(?:在|依)(?P<who>[^，,。：:；;\n“]{2,24}?)看来[，,]")
_FIGURES = re.compile(
    r"从(?P<who>[^，,。：:；;\n“]{2,20}?)的?(?:数据|统计|预估|监测|调查|报告|分析)(?:结果)?上?来?看[，,]"
)
_COMPLAINT = re.compile(
    r"接到?(?P<who>[^，,。：:；;\n“]{2,16}?)的?(?:来电)?(?:报案|报警|投诉|举报|求助|反映)[，,]?(?:称|说|反映)[，,：:]?"
)
"""Whose words an office gives that was turned to: 接到群众报案，称……"""
_POINTING = re.compile(
    r"^(?:对此|此外|同时|另外|不过|[而但])?(?:该|上述|前述|这)[位名份]?(?P<kind>[\u4e00-\u9fff]{2,6})$"
)
"""Who has been named before: 该负责人, 上述人士, 该报告."""
_WOMAN, _MAN = re.compile("女士|小姐|阿姨|大妈"), re.compile("先生|大爷|大叔")
_FROM = re.compile(r"记者[^，。\n]{0,8}?从(?P<who>[^，,。\n]{2,24}?)处?(?:获悉|了解到|得知|获知)")
_NOTICE = re.compile(
    r"该?(?:警情|案情)?(?P<kind>通报|声明|公告|通告|消息)[中还也]*(?:称|说|显示|指出|提到|表示)[，,：:]?"
)
"""A notice that is cited by its kind alone."""
_THAT_FROM = re.compile(
    r"(?<=[，,])这是[^，。\n]{0,8}从(?P<who>[^，,。\n]{2,24}?)处?(?:获悉|了解到?|得知|获知)的"
)
"""Behind what is said, whom the journalist has it from."""
_LABEL = re.compile(r"[> 　]*(?P<who>[^，,。：:；;“”\n]{2,40})[：:]")
_TITLED = re.compile(r"《[^《》\n]{2,40}》")
_NEWS = re.compile(r"(?P<who>[^，,。：:；;\n“]{2,24}?)(?:最新|官方)?消息[，,：:]")
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
_EXAMINED = re.compile(
    r"(?:通过|经)?(?:针对|对(?![方此外]))[^，]*?(?:分析|研究|调查|统计|监测|检测|研判|梳理|审讯|走访|进行)(?:之?后|时)?$"
)
"""What the speaker looks into, before what he found: 研究员对多家公司的数据进行分析后发现."""
_ANYWHERE = (_FROM, _COMPLAINT)
"""What need not open a clause."""
_WHERE = re.compile(
    r"(?:在(?![押逃场校职])|通过|针对|(?<![针面])对(?![此方外])|从(?![事业犯])|于)[^，的中时后前上下里内间]{0,16}$"
)
"""Before a name that only says where somebody speaks or what he looks into: 甲在乙平台发布消息."""
_NO_SPEAKER = re.compile("^(?:从|通过|基于|针对)|[将下]对|采纳")
_SOME = re.compile("^(?:对此|正如|[也还但则又])?有(?![的关])")
_BEHIND_NAMELESS = re.compile("[的后中上]")
"""What does not stand between who speaks and the verb: 公诉机关的量刑建议, 形成大数据后发现."""


class _Told(NamedTuple):
    """That somebody spoke: in which sentence, in what words (相关负责人介绍), who it was."""

    number: int
    words: str
    end: int
    who: str


_end_of = attrgetter("end")


@lru_cache(maxsize=4)
def _reports_of(schema: Schema) -> tuple[Sequence[re.Pattern[str]], Sieve]:
    """The words that report before what is reported, in the order in which they are tried."""
    patterns = (
        speech_of(schema).according, _BY_REPORT, _VIEW, _FIGURES, _FROM, _NEWS, _COMPLAINT,
    )  # fmt: skip
    return patterns, Sieve([pattern.pattern for pattern in patterns])


class Voices:
    """Who says what in a document; built once a document."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text = document.text
        self._speech = speech_of(schema)
        self._reports = _reports_of(schema)
        self._speakers = sorted(
            (m for m in mentions if m.type in _SPEAKERS), key=lambda m: (m.end, -m.start)
        )
        self._speaker_ends = [m.end for m in self._speakers]
        self._people = [m for m in self._speakers if m.type == "Person"]
        self._names = {m.text for m in self._people}
        self._people_ends = [m.end for m in self._people]
        self._quotes = quotations(document.text)
        self._quote_starts = [start for start, _ in self._quotes]
        self._sentence_starts = [s.start for s in document.sentences]
        self._spans: list[tuple[int, int, str]] = []
        self._reporters: dict[int, tuple[int, int]] = {}
        self._told: list[_Told] = []
        for number, sentence in enumerate(document.sentences):
            self._read(number, sentence)
        self._quoted_before()
        self._spans.sort(key=lambda span: (span[0], span[0] - span[1]))
        self._starts = [start for start, _, _ in self._spans]

    def at(self, offset: int) -> str:
        """The source, as printed, of what stands at `offset`; "" where it is the article.

        The words that report are the article's own: ask at the end of a claim, not its start.
        """
        for number in range(bisect_right(self._starts, offset) - 1, -1, -1):
            start, end, who = self._spans[number]
            if start <= offset < end:
                return who
            if offset - start > 4000:
                break
        return ""

    def reporter_of(self, sentence: Sentence) -> tuple[int, int] | None:
        """Where the words that report (据警方介绍，/ 老李表示：) stand in `sentence`, if any."""
        at = bisect_left(self._sentence_starts, sentence.start)
        return self._reporters.get(at)

    def _read(self, number: int, sentence: Sentence) -> None:
        """Find the words that report in one sentence, and what they cover."""
        start, end = sentence.start, sentence.end
        text = self._text
        if start == 0 or text[start - 1] == "\n":
            label = _LABEL.match(text, start, end)
            if label and (who := self._ends_at(label.end("who"))):
                self._add(number, sentence, start, label.end(), who, paragraph=True)
                return
        behind = _THAT_FROM.search(text, start, end)
        if behind:
            who = self._named(behind.start("who"), behind["who"])
            self._close(number, start, *behind.span(), who)
            return
        patterns, sieve = self._reports
        for at in sieve.possible(text[start:end]):
            pattern = patterns[at]
            match = pattern.search(text, start, end)
            if match is None or (pattern is _NEWS and not self._is_institution(match.end("who"))):
                continue
            begin = match.start()
            if pattern in _ANYWHERE or begin == start or text[begin - 1] in _CLAUSE:
                who = self._named(match.start("who"), match["who"])
                self._add(number, sentence, begin, match.end(), who)
                return
        notice = _NOTICE.match(text, start, end)
        if notice and (who := self._announcer(notice["kind"], number)):
            self._add(number, sentence, start, notice.end(), who)
            return
        for match in self._speech.verb.finditer(text, start, end):
            verb, mark = match["verb"], match["mark"]
            if self._text.startswith("。", match.end()) and self._closes(number, start, match):
                return
            loose = verb in _LOOSE and mark == "" and match.end() < end
            if not loose and "《" not in verb and mark == "":
                continue
            found = self._speaker(start, match.start())
            if found is not None:
                begin, who = found
                if _FINDING.match(verb) and any(m.text == who for m in self._people):
                    who = ""  # what somebody finds out, he need not say
                all_of_it = verb == "指控" or mark.strip() in {":", "："}
                self._add(number, sentence, begin, match.end(), who, paragraph=all_of_it)
                return

    def _closes(self, number: int, start: int, match: re.Match[str]) -> bool:
        """Whether the last clause of a sentence only says whose words the sentence was; noted."""
        found = (
            self._speaker(start, match.start())
            if self._speech.closing.search(match["verb"])
            else None
        )
        if found is None or not start < found[0] or self._text[found[0] - 1] not in "，,":
            return False
        begin, who = found
        if _UNSAID.search(self._text, begin, match.start()):
            return False
        self._close(number, start, begin, match.end(), who)
        return True

    def _close(self, number: int, start: int, begin: int, end: int, who: str) -> None:
        """Note an attribution that closes its sentence: all before it is covered."""
        self._reporters.setdefault(number, (begin, end))
        if who:
            self._spans.append((start, begin, who))
            self._told.append(_Told(number, self._text[begin:end], end, who))

    def _is_institution(self, end: int) -> bool:
        """Whether the name of a particular agency or organization ends there."""
        at = bisect_left(self._speaker_ends, end)
        if at == len(self._speakers) or self._speakers[at].end != end:
            return False
        speaker = self._speakers[at]
        return speaker.type in _INSTITUTIONS and speaker.level is Level.INSTANCE

    def _ends_at(self, offset: int) -> str:
        """The person whose name ends at `offset`."""
        at = bisect_left(self._people_ends, offset)
        found = at < len(self._people) and self._people_ends[at] == offset
        return self._people[at].text if found else ""

    def _add(
        self, number: int, sentence: Sentence, begin: int, end: int, who: str,
        *, paragraph: bool = False,
    ) -> None:  # fmt: skip
        """Note an attribution; it covers the sentence, a quotation it opens, or the paragraph."""
        self._reporters.setdefault(number, (begin, end))
        if not who:
            return
        self._told.append(_Told(number, self._text[begin:end], end, who))
        stop = sentence.end
        at = bisect_right(self._quote_starts, end) - 1
        for quote in self._quotes[max(at, 0) : at + 2]:
            if end - 1 <= quote[0] <= end + 1:
                stop = max(stop, quote[1])
        if paragraph:
            line = self._text.find("\n", sentence.start)
            stop = max(stop, line if line >= 0 else len(self._text))
        if end < stop:
            self._spans.append((end, stop, who))

    def _speaker(self, floor: int, verb: int, before: int | None = None) -> tuple[int, str] | None:
        """Where the words for the speaker before the verb begin, and who it is; `before` is where
        what he says begins, if it stands before him."""
        text = self._text
        begin = verb - text.endswith("”", floor, verb)  # “某平台”声称，
        while begin > max(floor, verb - 3 * _LONGEST) and text[begin - 1] not in _CLAUSE:
            begin -= 1
        words = _LISTENER.sub("", text[begin:verb])
        examined = _EXAMINED.search(words)
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
        if _BEHIND_NAMELESS.search(words, match.end()):
            return None
        return begin, _SOME.sub("", match.group())

    def _announcer(self, kind: str, number: int) -> str:
        """Who put out the notice that a sentence cites by its kind alone: the one whom the sentence
        before has it from (江州警方发布通报。通报称)."""
        floor = self._sentence_starts[number - 1] if number else 0
        notice = self._text.rfind(kind, floor, self._sentence_starts[number])
        at = bisect_right(self._speaker_ends, notice)
        near = (m for m in reversed(self._speakers[:at]) if m.type in _INSTITUTIONS)
        found = next(near, None)
        return self._printed(found) if found and found.start >= floor else ""

    def _last_told(self, before: int) -> _Told | None:
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
        nameless = self._speech.person.search(told.words) and not _FINDING.search(told.words)
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

    def _named(self, start: int, who: str) -> str:
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

    def _quoted_before(self) -> None:
        """Quotations whose speaker follows: “…”老李说。"""
        text = self._text
        for start, end in self._quotes:
            match = self._speech.behind.match(text, end)
            if any(s <= start + 1 and end <= e for s, e, _ in self._spans):
                continue
            if match is None:
                self._goes_on(start, end)
                continue
            found = self._speaker(end, match.start("verb"), start)
            if found is None or not found[1]:
                continue
            self._spans.append((start, match.end(), found[1]))
            number = bisect_right(self._sentence_starts, end) - 1
            self._reporters[number] = (match.start("who"), match.end())

    def _goes_on(self, start: int, end: int) -> None:
        """A quotation that is a paragraph of its own: whoever spoke in the paragraph before. One
        that follows in the same paragraph: whoever the sentence right before it reports."""
        text = self._text
        if text[max(start - 1, 0)] in ENDING:
            told = [span for span in self._spans if span[1] == start]
            if told:
                self._spans.append((start, end, max(told)[2]))
            return
        if text[max(start - 1, 0)] != "\n" or text[end : end + 1] not in {"\n", ""}:
            return
        before = text.rfind("\n", 0, start - 1) + 1
        said = [span for span in self._spans if before <= span[0] < start]
        if said:
            self._spans.append((start, end, max(said)[2]))
