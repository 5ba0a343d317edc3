"""The clauses of a text, going back from a place, and the subject of each.

What a pronoun can look back on: `coreference` chooses among it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import ACTS, Document, Mention
from kg.schema import Schema
from kg.text import Word

SENTENCES_BACK = 3
_CLAUSE_ENDS = frozenset("，,；;：:。！？!?—\n“”")
_JOINT = re.compile(r"[\s“”\"]*(?:等人?)?(?:、|和|与|及|以及|跟|同)(?:被告人|犯罪嫌疑人)?[\s“”\"]*")


@dataclass(frozen=True, slots=True)
class Clause:
    """Span, the mentions that open it as its subject, and the other mentions in it."""

    start: int
    end: int
    subjects: tuple[int, ...]
    rest: tuple[int, ...]


class Subjects:
    """The clauses of a document with their mentions, by position in the list given."""

    def __init__(
        self, document: Document, words: Sequence[Word], mentions: Sequence[Mention],
        schema: Schema,
    ) -> None:  # fmt: skip
        self.text = document.text
        self.sentences = document.sentences
        self.words = words
        self.mentions = mentions
        self._reporting = frozenset(schema.words.get("reporting-verbs", ()))
        self._resolved: dict[int, tuple[int, tuple[int, ...]]] = {}
        self._word_starts = [word.start for word in words]
        self._mention_starts = [mention.start for mention in mentions]
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        self._clauses: dict[int, tuple[Clause, ...]] = {}

    def is_free(self, start: int, end: int) -> bool:
        """Whether the span begins and ends with words and lies inside no mention.

        A longer form may end inside a word: 该公司员工 is cut 该 公司员工.
        """
        at = bisect_left(self._word_starts, start)
        if at == len(self.words) or self.words[at].start != start:
            return False
        last = bisect_left(self._word_starts, end) - 1
        cut = self.words[last].end != end
        if cut and end - start < 3 and self.text[end - 1] != "案":
            return False
        at = bisect_right(self._mention_starts, start)
        for mention in self.mentions[max(0, at - 12) : at]:
            if mention.end >= end and mention.type not in ACTS:
                return False
        return True

    def sentence_at(self, offset: int) -> int:
        """The sentence that holds `offset`, by position."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def _in_sentence(self, number: int) -> tuple[Clause, ...]:
        if number not in self._clauses:
            self._clauses[number] = tuple(self._cut(number))
        return self._clauses[number]

    def _cut(self, number: int) -> Iterator[Clause]:
        sentence = self.sentences[number]
        first = bisect_left(self._word_starts, sentence.start)
        last = bisect_left(self._word_starts, sentence.end)
        begin = at = first
        inside = self.between(sentence.start, sentence.end)
        covered: set[int] = set()
        for m in inside:
            if self.mentions[m].type not in ACTS:
                covered.update(range(self.mentions[m].start, self.mentions[m].end))
        while at <= last:
            if at == last or (
                self.words[at].text[0] in _CLAUSE_ENDS and self.words[at].start not in covered
            ):
                if at > begin:
                    yield self._clause(self.words[begin:at], covered)
                begin = at + 1
            at += 1

    def resolve(self, start: int, end: int, members: tuple[int, ...]) -> None:
        """Let the form at `start:end` count as a subject like the mentions it stands for."""
        self._resolved[start] = (end, members)
        self._clauses.pop(self.sentence_at(start), None)

    def _clause(self, row: Sequence[Word], covered: set[int]) -> Clause:
        """The subject is the last noun before the verb; what follows a verb of saying has its
        own (警方发现该公司是…)."""
        start, end = row[0].start, row[-1].end
        pending = self.between(start, end)
        pending.reverse()
        subjects: list[int] = []
        rest: list[int] = []
        before = -1
        closed = False
        skip = 0
        for word in row:
            while pending and self.mentions[pending[-1]].start <= word.start:
                m = pending.pop()
                mention = self.mentions[m]
                if closed or mention.type in ACTS:
                    rest.append(m)
                    continue
                if not subjects or before < 0 or not self._joint(before, mention.start):
                    rest += subjects  # 某公司员工张某: the last one is the head
                    subjects = []
                subjects.append(m)
                before = mention.end
            if word.start in self._resolved and not closed:
                rest += subjects
                skip, members = self._resolved[word.start]
                subjects, before = list(members), skip
            if word.start in covered or word.start < skip:
                continue
            if word.text in self._reporting and (subjects or word.tag[:1] == "v"):
                closed, before = False, -1
            elif _is_verb(word, first=word is row[0]):
                closed = True
        return Clause(start, end, tuple(subjects), (*rest, *reversed(pending)))

    def coordinated(self, left: int, right: int) -> bool:
        """Whether nothing but 、, 和 and the like stands between two mentions."""
        return self._joint(self.mentions[left].end, self.mentions[right].start)

    def _joint(self, start: int, end: int) -> bool:
        return bool(_JOINT.fullmatch(self.text, start, end))

    def between(self, start: int, end: int) -> list[int]:
        """The mentions inside a span, by position."""
        first = bisect_left(self._mention_starts, start)
        last = bisect_left(self._mention_starts, end)
        return [m for m in range(first, last) if self.mentions[m].end <= end]

    def before(self, offset: int) -> Iterator[int]:
        """The mentions that end before `offset`, by position, latest first."""
        for m in reversed(range(bisect_left(self._mention_starts, offset))):
            if self.mentions[m].end <= offset:
                yield m

    def back(
        self, offset: int, reach: int = SENTENCES_BACK, *, anywhere: bool = False
    ) -> Iterator[Clause]:
        """Clauses that end before `offset`, latest first.

        Goes `reach` sentences back in the paragraph and to the last sentence before it, or
        over any number of paragraphs.
        """
        number = self.sentence_at(offset)
        paragraph = self.sentences[number].paragraph
        crossed = 0
        for back in range(number, max(-1, number - reach - 1), -1):
            sentence = self.sentences[back]
            if sentence.paragraph != paragraph and not anywhere:
                crossed += 1
                if crossed > 1:
                    return
            for clause in reversed(self._in_sentence(back)):
                if clause.end <= offset:
                    yield clause

    def own(self, offset: int) -> Clause | None:
        """The clause that holds `offset`."""
        for clause in self._in_sentence(self.sentence_at(offset)):
            if clause.start <= offset < clause.end:
                return clause
        return None

    def starts_mention(self, offset: int) -> bool:
        """Whether a mention begins right at `offset`."""
        at = bisect_left(self._mention_starts, offset)
        return at < len(self._mention_starts) and self._mention_starts[at] == offset

    def word_at(self, offset: int) -> int:
        """The first word that starts at `offset` or later, by position."""
        return bisect_left(self._word_starts, offset)

    def paragraph_start(self, offset: int) -> int:
        """Where the paragraph of `offset` begins."""
        first = self.sentence_at(offset)
        while first and self.sentences[first - 1].paragraph == self.sentences[first].paragraph:
            first -= 1
        return self.sentences[first].start


def _is_verb(word: Word, *, first: bool) -> bool:
    """Whether nothing after `word` can be the subject: a verb or a preposition."""
    if word.text in {"将", "把", "被"}:
        return True
    if word.tag[:1] == "v":
        return word.text not in {"等", "有", "无"} and not (word.tag == "vn" and first)
    return word.tag == "p" and word.text not in {"据", "经", "由"}
