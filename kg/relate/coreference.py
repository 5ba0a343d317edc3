"""Who is meant by 其, 他们, 该公司, 上述账号: pronouns and their antecedents.

A pronoun looks back clause by clause for a subject that fits in type and number; a noun
phrase with 该 or 上述 looks for a name that fits its head. Where two readings stand against
each other there is no antecedent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from kg.model import Document, Level, Mention
from kg.relate.anaphor_forms import NOUN_PHRASE, Lexicon, head_of, lexicon, number_of
from kg.relate.subjects import SENTENCES_BACK, Clause, Subjects
from kg.schema import Schema, any_in
from kg.text import Word


@dataclass(frozen=True, slots=True)
class Anaphor:
    """The span of a pronoun or 该公司, and its antecedent by its position in `mentions`."""

    start: int
    end: int
    mention: int


_NAMES_BACK = 5
_PEOPLE = frozenset({"Person", "Role"})
_ACTORS = frozenset({"Person", "Role", "Group", "Organization"})
_THINGS = frozenset({"Good", "Tool", "Service", "Platform"})
_MANY = re.compile(r"等人|等$|[0-9几数多余两三四五六七八九十百千]+余?[名位个人]|们|人员$|分子$|者$")
_CUT = re.compile(r"[。！？；”]")
_BEFORE_COMPANY = frozenset("，。；：“在由与和为向对被从将让以及经给到是")
_MARKERS = frozenset("将把对向给为与被让由跟帮替使令从找到")
_SEVERAL = re.compile(r"(?:[0-9几数多两三四五六七八九十百千余]+[家个名]|部分|一些|各)")


def anaphors(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention], schema: Schema
) -> tuple[Anaphor, ...]:
    """The anaphors of `document` that have a sure antecedent, in text order.

    None stands inside a mention. One with several antecedents (他们: 张某、李某) gives an
    Anaphor for each, all with the same span. `words` are the words of `document.text`.
    """
    subjects = Subjects(document, words, mentions, schema)
    search = _Search(subjects, lexicon(schema), *_speech_of(schema))
    found: list[Anaphor] = []
    for start, end, classes in _spans(subjects, schema):
        by_name: dict[str, int] = {}
        for mention in search.antecedents(start, end, classes):
            by_name.setdefault(mentions[mention].name, mention)
        if by_name:
            subjects.resolve(start, end, tuple(by_name.values()))
            found += [Anaphor(start, end, mention) for mention in by_name.values()]
    return tuple(found)


def _spans(subjects: Subjects, schema: Schema) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Forms of the lexicon, and other nouns with 该 or 上述, that are words of their own."""
    known = lexicon(schema)
    spans = {
        (start, end): known.classes[form]
        for form, start, end in known.automaton.find_matches_as_indexes(subjects.text)
    }
    for match in NOUN_PHRASE.finditer(subjects.text):
        spans.setdefault((match.start(), match.end()), frozenset({"thing"}))
    reached = 0
    for (start, end), classes in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
        if start >= reached and classes and subjects.is_free(start, end):
            reached = end
            yield start, end, classes


@lru_cache(maxsize=4)
def _speech_of(schema: Schema) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds a verb of saying, and the words behind a quotation that say whose it was."""
    saying, after = any_in(schema, "saying", "saying-after")
    return re.compile(f"[道讲答]|感叹|{saying}"), re.compile(rf"^[，,。]?.{{0,12}}(?:{after}|道)")


class _Search:
    """The mentions that a form at a place can stand for."""

    def __init__(
        self, subjects: Subjects, known: Lexicon, saying: re.Pattern[str],
        said_after: re.Pattern[str],
    ) -> None:  # fmt: skip
        self._lexicon = known
        self._saying, self._said_after = saying, said_after
        self._subjects = subjects
        self._text = subjects.text
        self._mentions = subjects.mentions

    @cached_property
    def _crowds(self) -> frozenset[str]:
        """Names of several people at once: 20余名员工."""
        return frozenset(
            m.name for m in self._mentions if m.type == "Person" and _MANY.search(m.text)
        )

    def antecedents(self, start: int, end: int, classes: frozenset[str]) -> Sequence[int]:
        """Positions of the mentions that the form at `start:end` stands for."""
        form = self._text[start:end]
        if "speaker" in classes:
            return self._speaker(start)
        if "accused" in classes:
            return self._accused(start, end)
        if form == "自己":
            return self._reflexive(start)
        count = number_of(form)
        if count:
            types = frozenset({"Organization"}) if form.endswith("公司") else frozenset({"Person"})
            return self._counted(start, count, types)
        if form in ("前者", "后者"):
            return self._pair(start, form == "后者")
        if form == "对方":
            return self._other_party(start)
        if form == "其":
            return self._possessor(start, end)
        if form in self._lexicon.anybody:
            return self._person(start, end)
        if "people" in classes or "role" in classes:
            return self._subject(start, _ACTORS, many=True, skip=self._rivals(start, end))
        if "act" in classes:
            return self._act(start)
        if "case" in classes:
            return self._named(start, frozenset({"Case"}), r"(?<!行动)$(?<![0-9])", False)
        if "place" in classes:
            return ()
        return self._definite(start, end, form)

    def _is_many(self, m: int) -> bool:
        mention = self._mentions[m]
        return (
            mention.type == "Group"
            or (mention.type == "Role" and mention.level is Level.TYPE)
            or bool(_MANY.search(mention.text))
        )

    def _is_company(self, members: Sequence[int]) -> bool:
        return any(self._mentions[m].type == "Organization" for m in members)

    def _rivals(self, start: int, end: int) -> frozenset[str]:
        """Names that a pronoun in an object's place cannot mean: the subject of its clause.

        张某向他出售: not 张某; but 张某称他…, 张某的朋友和他的…
        """
        own = self._subjects.own(start)
        if own is None or self._text[end : end + 1] == "的":
            return frozenset()
        if self._saying.search(self._text[own.start : start]):
            return frozenset()
        here = [m for m in own.subjects if self._mentions[m].end <= start]
        if not here and self._text[start - 1 : start] in _MARKERS:
            # 於某找到他，让他…: the one who 让 is the subject before
            before = next((c for c in self._subjects.back(start, 0) if c.subjects), None)
            here = list(before.subjects) if before else []
        return frozenset(self._mentions[m].name for m in here)

    def _subject(
        self, start: int, types: frozenset[str], *, many: bool, skip: frozenset[str],
        own: bool = True,
    ) -> tuple[int, ...]:  # fmt: skip
        """The latest subject of one of `types`; else the only mention of them in its clause."""

        def good(clause: Clause, members: Sequence[int]) -> tuple[int, ...]:
            chosen = [
                m for m in members
                if self._mentions[m].type in types and self._mentions[m].name not in skip
                and self._mentions[m].end <= start
            ]  # fmt: skip
            if many:
                names = {self._mentions[m].name for m in chosen}
                ok = len(names) > 1 or any(self._is_many(m) for m in chosen)
                ok = ok or (members is clause.subjects and self._is_company(chosen))
                return tuple(chosen) if ok else ()
            return tuple(chosen)

        here = self._subjects.own(start) if own else None
        for clause in (*([here] if here else []), *self._subjects.back(start)):
            found = good(clause, clause.subjects)
            if found:
                single = len({self._mentions[m].name for m in found}) == 1
                return found if many or single else ()
            if clause is here:
                continue
            found = good(clause, clause.rest)
            names = {self._mentions[m].name for m in found}
            if found and (len(names) == 1 or (many and self._one_list(found))):
                return found
            if len(names) > 1:
                return ()
        return ()

    def _person(self, start: int, end: int) -> tuple[int, ...]:
        """他: one person; where none is near, the only one that was named so far."""
        skip = self._rivals(start, end)
        many = self._crowds
        found = self._subject(start, _PEOPLE, many=False, skip=skip | many | self._lexicon.accused)
        if found:
            return found if len({self._mentions[m].name for m in found}) == 1 else ()
        if skip:
            return ()
        return self._only(start, lambda m: (
            self._mentions[m].type == "Person" and self._mentions[m].name not in many
        ))  # fmt: skip

    def _only(self, start: int, fits: Callable[[int], bool]) -> tuple[int, ...]:
        """The latest mention of what fits, where all before `start` that do have one name."""
        only: int | None = None
        for m in self._subjects.before(start):
            if fits(m):
                if only is None:
                    only = m
                elif self._mentions[m].name != self._mentions[only].name:
                    return ()
        return () if only is None else (only,)

    def _one_list(self, members: Sequence[int]) -> bool:
        return all(self._subjects.coordinated(left, right) for left, right in pairwise(members))

    def _possessor(self, start: int, end: int) -> tuple[int, ...]:
        """其: the subject so far where it owns something, else the subject before."""
        own = self._subjects.own(start)
        before = self._text[max(0, start - 1) : start]
        words, following = self._subjects.words, self._subjects.word_at(end)
        tag = words[following].tag if following < len(words) else ""
        noun = tag[:1] in {"n", "a", "b", "m", "s", "f"} or self._subjects.starts_mention(end)
        marked = own is not None and not noun and before in _MARKERS
        skip = self._rivals(start, end) if marked else frozenset()
        return self._subject(start, _ACTORS, many=False, skip=skip)

    def _reflexive(self, start: int) -> tuple[int, ...]:
        number = self._subjects.sentence_at(start)
        own = self._subjects.own(start)
        for clause in (*([own] if own else []), *self._subjects.back(start)):
            if self._subjects.sentence_at(clause.start) != number:
                break
            found = [
                m for m in clause.subjects
                if self._mentions[m].type in _ACTORS and self._mentions[m].end <= start
            ]  # fmt: skip
            if found:
                return tuple(found)
        return ()

    def _counted(self, start: int, count: int, types: frozenset[str]) -> tuple[int, ...]:
        """The latest sentence with so many names of `types` and no more."""
        number = self._subjects.sentence_at(start)
        paragraph = self._subjects.sentences[number].paragraph
        held: dict[str, int] = {}
        for back in range(number, max(-1, number - SENTENCES_BACK - 1), -1):
            sentence = self._subjects.sentences[back]
            if sentence.paragraph != paragraph:
                break
            for m in self._subjects.between(sentence.start, min(sentence.end, start)):
                mention = self._mentions[m]
                if mention.type in types and not _MANY.search(mention.text):
                    held.setdefault(mention.name, m)
            if len(held) >= count:
                break
        return tuple(sorted(held.values())) if len(held) == count else ()

    def _pair(self, start: int, second: bool) -> tuple[int, ...]:
        """The one or the other of two: those like who opens a clause (甲和乙都是卡商), else who
        acts in it, else all that it names. What is said of 前者 stands between them and 后者."""
        for clause in self._subjects.back(start, 1):
            if second and "前者" in self._text[clause.start : clause.end]:
                continue
            every = [m for m in (*clause.subjects, *clause.rest)
                     if self._mentions[m].type in _ACTORS | _THINGS]  # fmt: skip
            kinds = {self._mentions[m].type for m in clause.subjects}
            alike = [m for m in every if self._mentions[m].type in kinds]
            actors = [m for m in every if self._mentions[m].type in _ACTORS]
            for some in (alike, actors, every):
                if len(some) == 2:
                    return (max(some) if second else min(some),)
            if every:
                break
        return ()

    def _other_party(self, start: int) -> tuple[int, ...]:
        """对方: the one person or role besides the subject of the sentence."""
        number = self._subjects.sentence_at(start)
        subjects: set[str] = set()
        others: dict[str, int] = {}
        for clause in (*filter(None, [self._subjects.own(start)]), *self._subjects.back(start, 1)):
            for m in clause.subjects:
                if self._mentions[m].end <= start and self._mentions[m].type in _ACTORS:
                    subjects.add(self._mentions[m].name)
            for m in clause.rest:
                if self._mentions[m].end <= start and self._mentions[m].type in _PEOPLE:
                    others.setdefault(self._mentions[m].name, m)
            if subjects and others and self._subjects.sentence_at(clause.start) < number:
                break
        left = [m for name, m in others.items() if name not in subjects]
        return (left[0],) if len(left) == 1 and subjects else ()

    def _accused(self, start: int, end: int) -> tuple[int, ...]:
        """被告人 without a name: the only person named so far in the paragraph."""
        if self._subjects.starts_mention(end) or self._text[start - 1 : start] in {
            "名",
            "位",
            "个",
            "等",
        }:
            return ()
        first = self._subjects.paragraph_start(start)
        held = {
            self._mentions[m].name: m
            for m in self._subjects.between(first, start)
            if self._mentions[m].type == "Person" and self._mentions[m].level is Level.INSTANCE
        }
        return tuple(held.values()) if len(held) == 1 else ()

    def _act(self, start: int) -> tuple[int, ...]:
        for clause in self._subjects.back(start, 1):
            held = [m for m in (*clause.subjects, *clause.rest)
                    if self._mentions[m].type == "Activity"]  # fmt: skip
            if held:
                return (held[0],) if len({self._mentions[m].name for m in held}) == 1 else ()
        return ()

    def _speaker(self, start: int) -> tuple[int, ...]:
        """我 in a quotation: the person whose words they are."""
        first = self._subjects.paragraph_start(start)
        opened = self._text.rfind("“", first, start)
        if opened < 0 or "”" in self._text[opened:start]:
            return ()
        closed = self._text.find("”", start)
        before = self._subjects.between(max(first, opened - 40), opened)
        said = self._text[max(0, opened - 16) : opened]
        if said[-1:] in "：:，," and self._saying.search(said):
            held = [m for m in before if self._mentions[m].type in _PEOPLE
                    and not _CUT.search(self._text[self._mentions[m].end : opened])]  # fmt: skip
            return (held[0],) if len({self._mentions[m].name for m in held}) == 1 else ()
        after = self._text[closed + 1 : closed + 24] if closed >= 0 else ""
        if self._said_after.search(after):
            held = [m for m in self._subjects.between(closed + 1, closed + 16)
                    if self._mentions[m].type in _PEOPLE]  # fmt: skip
            return (held[0],) if held else ()
        return ()

    def _definite(self, start: int, end: int, form: str) -> tuple[int, ...]:
        """该公司, 上述账号: the latest name that fits the head."""
        if form in ("公司", "团伙") and not self._stands_alone(start):
            return ()
        types, ending = head_of(form)
        many = form.startswith(("这些", "上述", "那些"))
        return self._named(start, types, ending, many) if types else ()

    def _stands_alone(self, start: int) -> bool:
        words, at = self._subjects.words, self._subjects.word_at(start)
        if at == 0 or words[at - 1].end != start:
            return True
        return words[at - 1].text in _BEFORE_COMPANY

    def _named(self, start: int, types: frozenset[str], ending: str, many: bool) -> tuple[int, ...]:
        """The subject of the latest clause that names one, else the latest; or the only one."""
        pattern = re.compile(ending)

        def fits(m: int) -> bool:
            mention = self._mentions[m]
            if mention.type not in types or not pattern.search(mention.name):
                return False
            if "Organization" not in types and "Group" not in types and "Case" not in types:
                return True
            one = many or not _SEVERAL.match(mention.text)
            return one and (mention.level is Level.INSTANCE or "Group" in types)

        for clause in self._subjects.back(start, _NAMES_BACK, anywhere=True):
            for members in (clause.subjects, clause.rest):
                held = [m for m in members if fits(m)]
                if held:
                    return tuple(held) if many else (held[-1],)
        return self._only(start, fits)
