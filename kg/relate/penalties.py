"""Which penalty belongs to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Mention, Sentence
from kg.relate.coordination import siblings
from kg.relate.page import Page, Span, span_of
from kg.values import find_penalties

_PUNISHED = re.compile(r"徒刑|拘役|管制|罚金|罚款|死刑|缓刑|拘留|获刑|判")
PENALTY = re.compile(r"徒刑|拘役|罚金|罚款|死刑|缓刑|维持原判|免予刑事处罚")
"""The words of what a court imposes."""
_MORE = re.compile(
    r"(?:[，,、；;和]?\s*(?:并且?|同时|且|另)?(?:宣告)?(?:缓刑|并?处?罚[金款]|剥夺政治权利|没收|追缴|退赔|"
    r"从业禁止|禁止从事|损害赔偿金|驱逐出境|赔偿)[^，,；;。、]{0,28})+"
)
_REMARK = re.compile(r"[（(][^（）()]*[）)]?$")
"""What a text says besides at the end of a penalty: （以下币种均为人民币）."""
_UPHELD = re.compile(r"驳回上诉[，,]?维持原判|免予刑事处罚|依法判刑")
_GIVEN = re.compile(r"判决|判处|被判|获刑|提起公诉|宣判")
_SHARED = re.compile(r"分别|依次")
UNGIVEN = r"(?:(?<!维持)原判|撤销|(?<!采纳)建议|请求|提请|要求)"
"""What leads to a penalty that is asked for or taken back: 建议判处, 撤销原判有期徒刑五年."""
_NOT_GIVEN = re.compile(rf"{UNGIVEN}[^，,；;。]*$")
_NUMBER = r"[\d一二两三四五六七八九十]+ ?"
_TERM = rf"(?:{_NUMBER}年(?:半| ?零?{_NUMBER}个?月)?|{_NUMBER}个月)"
_NEXT_TERM = re.compile(rf"[、和及] ?(?P<term>{_TERM})")
"""The term of the next of several, of whom each has his own: 有期徒刑三年、二年六个月."""
_BARE_TERM = re.compile(
    rf"(?:等(?:{_NUMBER}名?)?人)?[各均被判处为]{{0,3}}(?P<term>{_TERM}(?:[至到]{_TERM})?(?:不等)?)"
)
"""The term of the next one whose kind is that of the one before: 甲有期徒刑三年，乙二年."""
_LIST = 80
"""How far a list of convicts may reach from one of them."""
_BACK = 20
"""How far before a penalty its verb may stand."""


def is_given(before: str) -> bool:
    """Whether what stands behind `before` is a penalty that a court gives."""
    return _NOT_GIVEN.search(before) is None


def is_anothers(text: str, people: Sequence[Mention], subject: Mention, penalty: int) -> bool:
    """Whether a penalty that begins behind `subject` is what another one of `people` is sentenced
    to: 赵某 in 根据赵某、钱某的犯罪事实，判处钱某有期徒刑一年."""
    verb = text.rfind("判", subject.end, penalty)
    return verb >= 0 and any(
        verb < one.start < penalty and one.type in {"Person", "Organization"}
        and one.name != subject.name
        for one in people
    )  # fmt: skip


class Penalties:
    """The penalties of one document."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def penalty(
        self, sentence: Sentence, clause: Span, subject: Mention, target: Mention
    ) -> dict[str, str]:
        """The whole penalty after the convict; of a statute, the one that it threatens with."""
        runs = self._runs(sentence)
        if not runs:
            upheld = target.type == "Agency" and _UPHELD.search(self._page.text, *span_of(sentence))
            return {"penalty": upheld.group()} if upheld else {}
        if subject.type in {"Law", "Agency"}:
            if _GIVEN.search(self._page.text, sentence.start, runs[0][0]):
                return {}
            own = [run for run in runs if run[0] >= clause[0]]
            return {"penalty": self._page.text[slice(*(own or runs)[0])]}
        people = self._page.people(*span_of(sentence))
        names = list(dict.fromkeys(m.name for m in people or self._listed_with(subject)))
        shared = _SHARED.search(self._page.text, sentence.start, runs[0][0])
        if shared and len(names) > 1 and subject.name in names:
            each = self._each(runs, sentence)
            if len(each) == len(names):
                return {"penalty": self._page.text[slice(*each[names.index(subject.name)])]}
            if len(each) > 1 and each[0][0] >= max((m.end for m in people), default=0):
                return {}  # nobody knows whose is which
        after = [run for run in runs if run[0] >= subject.end]
        own = [run for run in after if not is_anothers(self._page.text, people, subject, run[0])]
        if not own:
            led_to = [] if after else [run for run in runs if self._is_led_to(run, subject)]
            return {"penalty": self._page.text[slice(*led_to[-1])]} if led_to else {}
        later = [run for run in own if run[0] >= target.end]
        if later and target.type in {"Agency", "Offence"}:
            between = self._page.people(own[0][1], later[0][0])
            if all(m.name == subject.name for m in between):
                own = later  # what stands before is of another court, or for another offence
        return {"penalty": self._page.text[slice(*own[0])]}

    def _listed_with(self, subject: Mention) -> list[Mention]:
        """The list of people that the convict stands in: 二人 behind it may mean these."""
        near = self._page.people(max(0, subject.start - _LIST), subject.end + _LIST)
        lists = siblings(self._page.text, range(len(near)), near, {})
        return [near[at] for at in lists[near.index(subject)]] if subject in near else []

    def _is_led_to(self, run: Span, subject: Mention) -> bool:
        """Whether a penalty in front of the convict is his: 被判处有期徒刑三年的李某."""
        verb = self._page.text.rfind("判", max(0, run[0] - _BACK), run[0])
        return not self._page.people(verb if verb >= 0 else run[0], subject.start)

    def _each(self, runs: list[Span], sentence: Sentence) -> list[Span]:
        """The runs, and of one for several people the term of each; a fine that stands apart
        from the terms (各并处罚金一万元) is no run of its own."""
        penalties = self._page.once("penalty", *span_of(sentence), find_penalties)
        fines = {found.start for found in penalties if found.value.kind[0] == "罚"}
        terms = [run for run in runs if run[0] not in fines]
        if len(terms) != 1:
            return terms or runs
        first = next(found for found in penalties if found.start == terms[0][0])
        each = [(first.start, first.end)]
        while more := _NEXT_TERM.match(self._page.text, each[-1][1], sentence.end):
            each.append(more.span("term"))
        return each

    def _runs(self, sentence: Sentence) -> list[Span]:
        """The penalties of a sentence, each with the fine and the rest that belong to it."""
        if not self._page.has(_PUNISHED, sentence):
            return []
        runs: list[Span] = []
        for found in self._page.once("penalty", *span_of(sentence), find_penalties):
            if not is_given(self._page.text[sentence.start : found.start]):
                continue
            more = _MORE.match(self._page.text, found.end, sentence.end)
            end = found.end + len(_REMARK.sub("", more.group())) if more else found.end
            if runs and found.start < runs[-1][1]:
                continue
            near = runs and found.start - runs[-1][1] <= 8
            if (
                near
                and found.value.kind[0] == "罚"
                and not self._page.people(runs[-1][1], found.start)
            ):
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((found.start, end))
        return sorted([*runs, *self._bare(runs, sentence)])

    def _bare(self, runs: Sequence[Span], sentence: Sentence) -> Iterator[Span]:
        """The terms that people have behind them without the kind, which the first one has."""
        for one in self._page.people(runs[0][1], sentence.end) if runs else ():
            term = _BARE_TERM.match(self._page.text, one.end, sentence.end)
            if term and not any(begin < term.end("term") and term.start("term") < end
                                for begin, end in runs):  # fmt: skip
                more = _MORE.match(self._page.text, term.end(), sentence.end)
                yield term.start("term"), more.end() if more else term.end()
