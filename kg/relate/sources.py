"""Who says what: attributions (据云南警方消息), reported speech (老李表示) and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from kg.model import Document, Mention, Sentence
from kg.schema import Schema

_SPEAKERS = frozenset("Person Organization Group Agency Role Report Law Platform Service".split())
_CLAUSE = "，,；;：:。！？!?\n"
_LONGEST = 24
"""Characters that the words for a speaker may take before the verb of saying."""

_SAY = (
    "表示|介绍|指出|透露|认为|坦言|坦承|直言|解释|强调|交代|供述|供认|供称|声称|宣称|自称|回忆|分析|"
    "补充|告诉|提醒|提示|建议|呼吁|证实|通报|披露|称|说|显示|提到|写道|发现|声明|反映|辩称|诉称|指控|"
    "获悉|了解到|得知|发布消息|公布|查明"
)
_VERB = re.compile(
    rf"(?P<verb>(?:{_SAY})(?:道|说|称|表示|指出|记者|民警|认为|《[^《》\n]{{2,40}}》)*)"
    r"(?P<mark>[，,：:]?[\s]*(?P<quote>[“\"])?|。)"
)
_ACCORDING = re.compile(
    r"(?:根据|另据|又据|综合|援引|据)(?P<who>[^，,。：:；;\n“]{0,26}?)(?:的)?(?:最新)?"
    r"(?P<how>介绍|消息|报道|通报|透露|统计|供述|交代|了解|分析|估算|测算|监测|显示|反映|披露|公布|发布|"
    r"预测|调查|数据|回忆|指出|悉|表示|称|说)(?:称|显示|说|，|,|：|:|$|[^，,。\n]{0,6}[，,：:])"
)
_FROM = re.compile(r"记者[^，。\n]{0,8}?从(?P<who>[^，,。\n]{2,24}?)处?(?:获悉|了解到|得知|获知)")
_TITLED = re.compile(r"《[^《》\n]{2,40}》")
_NOBODY = re.compile(r"^(?:[相有]关|媒体|目前|初步|最新|不完全|公开|公安部门)?$")
_PRONOUN = re.compile(r"(?:^|[，,。；;”])?(?:他们|她们|他|她|其|该人|此人)(?:还|也|又|则|进一步|曾|向[^，]{0,8})?$")
_TITLES = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9·]{0,16}?(?:专家|负责人|民警|警方|律师|教授|检察官|法官|人士|公安机关|"
    r"检察机关|法院|公诉机关|起诉人|辩护人|发言人|工作人员|记者|媒体|报告|数据|客服|卖家|店主|商家)"
)
_TAIL = re.compile(r"(?:还|也|则|曾|均|都|又|同时|进一步|近日|日前|对此|随后|向[^，]{0,10}|对[^，]{0,10}|接受[^，]{0,16}时|在[^，]{0,16}[时中上])+$")
_QUOTED_TAIL = re.compile(r"[，,]?(?P<who>[^，,。：:；;\n“”]{1,20}?)(?:对[^，。]{1,10}|向[^，。]{1,10})?(?P<verb>说道|表示|介绍说|介绍|解释说|解释|坦言|直言|告诉记者|回忆说|回忆道|回忆|指出|称|说|强调|认为|透露|补充道|补充说|提醒)(?=[。，,：:；])")


class Voices:
    """Who says what in a document; built once a document."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text = document.text
        self._speakers = sorted(
            (m for m in mentions if m.type in _SPEAKERS), key=lambda m: (m.end, -m.start)
        )
        self._speaker_ends = [m.end for m in self._speakers]
        self._people = [m for m in self._speakers if m.type == "Person"]
        self._people_ends = [m.end for m in self._people]
        self._quotes = _quotations(document.text)
        self._quote_starts = [start for start, _ in self._quotes]
        self._sentence_starts = [s.start for s in document.sentences]
        self._spans: list[tuple[int, int, str]] = []
        self._reporters: dict[int, tuple[int, int]] = {}
        for number, sentence in enumerate(document.sentences):
            self._read(number, sentence)
        self._quoted_before(document)
        self._spans.sort(key=lambda span: (span[0], span[0] - span[1]))
        self._starts = [start for start, _, _ in self._spans]

    def at(self, offset: int) -> str:
        """The source, as printed, of what stands at `offset`; "" where it is the article."""
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
        piece = self._text[sentence.start : sentence.end]
        match = _ACCORDING.match(piece) or _ACCORDING.search(piece)
        if match and (match.start() == 0 or piece[match.start() - 1] in _CLAUSE):
            who = self._named(sentence.start + match.start("who"), match["who"])
            self._add(number, sentence, sentence.start + match.start(), sentence.start + match.end(), who)
            return
        match = _FROM.search(piece)
        if match:
            who = self._named(sentence.start + match.start("who"), match["who"])
            self._add(number, sentence, sentence.start + match.start(), sentence.start + match.end(), who)
            return
        for match in _VERB.finditer(piece):
            if not (match["mark"] and match["mark"] != "。") and "《" not in match["verb"]:
                mark = match["mark"]
                if mark == "。" or match.end() >= len(piece):
                    continue
                if match["verb"] not in {"称", "显示", "指出", "认为", "表示", "发现", "说"}:
                    continue
            found = self._speaker(sentence, sentence.start + match.start())
            if found is None:
                continue
            begin, who = found
            self._add(number, sentence, begin, sentence.start + match.end(), who)
            return

    def _add(self, number: int, sentence: Sentence, begin: int, end: int, who: str) -> None:
        self._reporters.setdefault(number, (begin, end))
        if not who:
            return
        stop = sentence.end
        at = bisect_right(self._quote_starts, end) - 1
        for quote in self._quotes[max(at, 0) : at + 2]:
            if end - 1 <= quote[0] <= end + 1:
                stop = max(stop, quote[1])
        self._spans.append((begin, stop, who))

    def _speaker(self, sentence: Sentence, verb: int) -> tuple[int, str] | None:
        """Where the words for the speaker before the verb begin, and who it is."""
        text = self._text
        begin = verb
        floor = max(sentence.start, verb - 3 * _LONGEST)
        while begin > floor and text[begin - 1] not in _CLAUSE and text[begin - 1] not in "”":
            begin -= 1
        words = text[begin:verb]
        if _PRONOUN.search(words):
            at = bisect_left(self._people_ends, begin) - 1
            return begin, self._people[at].text if at >= 0 else ""
        at = bisect_right(self._speaker_ends, verb) - 1
        if at >= 0 and self._speakers[at].start >= begin:
            mention = self._speakers[at]
            between = text[mention.end : verb]
            if len(between) <= _LONGEST and "的" not in between.replace("的《", ""):
                return begin, mention.text
        titled = list(_TITLED.finditer(words))
        if titled and len(words) - titled[-1].end() <= 6:
            return begin, titled[-1].group()
        match = _TITLES.search(_TAIL.sub("", words))
        return (begin, match.group()) if match else None

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
            at = bisect_left(self._people_ends, start) - 1
            return self._people[at].text if at >= 0 else ""
        if inside:
            return inside[-1].text
        return "" if _NOBODY.match(who) else who

    def _quoted_before(self, document: Document) -> None:
        """Quotations whose speaker follows: “…”老李说。"""
        text = self._text
        for start, end in self._quotes:
            match = _QUOTED_TAIL.match(text, end)
            if match is None or any(s <= start and end <= e for s, e, _ in self._spans):
                continue
            number = bisect_right(self._sentence_starts, end) - 1
            sentence = document.sentences[number]
            found = self._speaker(
                Sentence(end, max(sentence.end, match.end()), sentence.paragraph),
                match.start("verb"),
            )
            if found is None or not found[1]:
                continue
            self._spans.append((start, match.end(), found[1]))
            self._reporters[number] = (match.start("who"), match.end())


def _quotations(text: str) -> list[tuple[int, int]]:
    """Spans of quoted speech, marks included; one that goes on in the next paragraph is one."""
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
                if span[1] - span[0] > 14 or text[span[0] - 1] in "：:":
                    found.append(span)
    return found


_QUOTE_MARKS = re.compile("[“”]")


@lru_cache(maxsize=4)
def _unused(schema: Schema) -> None:
    return None
