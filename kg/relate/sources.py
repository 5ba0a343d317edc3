"""Who says what: attributions (据云南警方消息), reported speech (老李表示) and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from kg.model import Document, Mention, Sentence
from kg.relate.speakers import Speakers, Told
from kg.relate.speech import CLAUSE, ENDING, FINDING, quotations, speech_of
from kg.schema import Schema
from kg.sieve import Sieve

_LOOSE = frozenset({"称", "显示", "指出", "认为", "表示", "发现", "说"})
"""Verbs that report also without a mark behind them."""
_UNSAID = re.compile("[不没未被所]")
_UNTOLD = re.compile("(?:[没未不](?:有|曾|能|敢|肯|愿|予)?|[这那][么样]|如此|、)$")
"""Before a verb that does not say what follows: 没有说, 这么说, 操作系统、显示分辨率."""
_THEN = re.compile("[^，,。：:；;“]{0,20}(?:之?后|时)[，,]")
"""Behind a verb of finding, where it only says when something was done: 警方发现线索后，……"""
_ALSO = re.compile("并(?![不非])")
"""Behind a word that is a noun here: 发出检察建议，并邀请……"""
_ALONG = re.compile("按照[^，,。：:；;\n“]{1,26}(?:分析|统计|测算|估算|预测|监测|调查)[，,：:]")
"""Words that say along what something is looked into, and not who did: 按照交易方式分析，……"""
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
_NEWS = re.compile(r"(?P<who>[^，,。：:；;\n“]{2,24}?)(?:最新|官方)?消息[，,：:]")
_ANYWHERE = (_FROM, _COMPLAINT)
"""What need not open a clause."""


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
        self._speakers = Speakers(document, mentions, schema)
        self._quotes = quotations(document.text)
        self._quote_starts = [start for start, _ in self._quotes]
        self._sentence_starts = [s.start for s in document.sentences]
        self._spans: list[tuple[int, int, str]] = []
        self._reporters: dict[int, tuple[int, int]] = {}
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
        """Find the words that report in one sentence, and what they cover: the first that does."""
        for reports in (
            self._labelled, self._told_from, self._according, self._noticed, self._said,
        ):  # fmt: skip
            if reports(number, sentence):
                return

    def _labelled(self, number: int, sentence: Sentence) -> bool:
        """老李：… at the beginning of a paragraph."""
        start, text = sentence.start, self._text
        if start and text[start - 1] != "\n":
            return False
        label = _LABEL.match(text, start, sentence.end)
        who = self._speakers.person_ending(label.end("who")) if label else ""
        if label and who:
            self._add(number, sentence, start, label.end(), who, paragraph=True)
        return bool(who)

    def _told_from(self, number: int, sentence: Sentence) -> bool:
        """…，这是记者从江州警方获悉的."""
        match = _THAT_FROM.search(self._text, sentence.start, sentence.end)
        if match:
            who = self._speakers.named(match.start("who"), match["who"])
            self._close(number, sentence.start, *match.span(), who)
        return match is not None

    def _according(self, number: int, sentence: Sentence) -> bool:
        """据江州警方介绍，… and the other forms that stand before what is reported."""
        start, end, text = sentence.start, sentence.end, self._text
        patterns, sieve = self._reports
        for at in sieve.possible(text[start:end]):
            pattern = patterns[at]
            match = pattern.search(text, start, end)
            if match is None:
                continue
            if pattern is _NEWS and not self._speakers.institution_ends(match.end("who")):
                continue
            begin = match.start()
            if _ALONG.match(text, begin) and not self._speakers.ends(match.end("who")):
                continue
            if pattern in _ANYWHERE or begin == start or text[begin - 1] in CLAUSE:
                who = self._speakers.named(match.start("who"), match["who"])
                self._add(number, sentence, begin, match.end(), who)
                return True
        return False

    def _noticed(self, number: int, sentence: Sentence) -> bool:
        """通报称，…"""
        notice = _NOTICE.match(self._text, sentence.start, sentence.end)
        who = self._speakers.announcer(notice["kind"], number) if notice else ""
        if notice and who:
            self._add(number, sentence, sentence.start, notice.end(), who)
        return bool(who)

    def _said(self, number: int, sentence: Sentence) -> bool:
        """老李表示，… and …，老李说。"""
        start, end = sentence.start, sentence.end
        for match in self._speech.verb.finditer(self._text, start, end):
            verb, mark = match["verb"], match["mark"]
            if self._text.startswith("。", match.end()) and self._closes(number, start, match):
                return True
            loose = verb in _LOOSE and mark == "" and match.end() < end
            if not loose and "《" not in verb and mark == "":
                continue
            if self._says_nothing(verb, start, match.start(), match.end(), end):
                continue
            found = self._speakers.before_verb(start, match.start())
            if found is not None:
                begin, who = found
                if FINDING.match(verb) and self._speakers.may_keep_silent(who):
                    who = ""  # what somebody finds out, he need not say
                all_of_it = verb == "指控" or mark.strip() in {":", "："}
                self._add(number, sentence, begin, match.end(), who, paragraph=all_of_it)
                return True
        return False

    def _says_nothing(self, verb: str, start: int, begin: int, end: int, stop: int) -> bool:
        """Whether a verb of saying at `begin:end` in the sentence `start:stop` says nothing of what
        follows. Who has not found a thing (警方未发现……) does say so."""
        if FINDING.match(verb):
            return _THEN.match(self._text, end, stop) is not None
        untold = _UNTOLD.search(self._text, start, begin)
        return bool(untold or _ALSO.match(self._text, end, stop))

    def _closes(self, number: int, start: int, match: re.Match[str]) -> bool:
        """Whether the last clause of a sentence only says whose words the sentence was; noted."""
        found = (
            self._speakers.before_verb(start, match.start())
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
            self._speakers.tell(Told(number, self._text[begin:end], end, who))

    def _add(
        self, number: int, sentence: Sentence, begin: int, end: int, who: str,
        *, paragraph: bool = False,
    ) -> None:  # fmt: skip
        """Note an attribution; it covers the sentence, a quotation it opens, or the paragraph."""
        self._reporters.setdefault(number, (begin, end))
        if not who:
            return
        self._speakers.tell(Told(number, self._text[begin:end], end, who))
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
            found = self._speakers.before_verb(end, match.start("verb"), start)
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
