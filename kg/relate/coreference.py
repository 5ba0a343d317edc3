"""Who is meant by 其, 他们, 该公司, 上述账号: pronouns and their antecedents.

A pronoun looks back clause by clause for a subject that fits in type and number; a noun
phrase with 该 or 上述 looks for a name that fits its head. Where two readings stand against
each other there is no antecedent.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import ACTS, Document, Level, Mention
from kg.schema import Schema
from kg.text import Word


@dataclass(frozen=True, slots=True)
class Anaphor:
    """The span of a pronoun or 该公司, and its antecedent by its position in `mentions`."""

    start: int
    end: int
    mention: int


_SENTENCES_BACK = 3
_NAMES_BACK = 5
_CLAUSE_ENDS = frozenset("，,；;：:。！？!?—\n“”")
_CLASSES = ("act", "agency", "case", "group", "organization", "people", "person", "place", "role",
            "thing")  # fmt: skip
_PEOPLE = frozenset({"Person", "Role"})
_CROWD = frozenset({"Person", "Role", "Group", "Organization"})
_ACTORS = frozenset({"Person", "Role", "Group", "Organization"})
_THINGS = frozenset({"Good", "Tool", "Service", "Platform"})
_PERSONAL = frozenset({"他", "她", "此人", "该人", "该男子", "该女子", "这名男子", "这名女子",
                       "该犯", "该嫌疑人", "该犯罪嫌疑人", "该被告人", "这名嫌疑人"})  # fmt: skip
_NUMBERS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_COUNTED = re.compile(r"(?:上述|该|各)?([二两三四五六])(?:名)?(?:人|被告人|嫌疑人|家公司|个团伙)")
_ACCUSED = ("被告人", "犯罪嫌疑人", "嫌疑人")
_SPEAKERS = ("我", "我们")
_MANY = re.compile(r"等人|等$|[0-9几数多余两三四五六七八九十百千]+余?[名位个人]|们|人员$|分子$|者$")
# What a noun phrase may mean by its head: types, and what the name must hold or end in.
_HEADS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("公司|企业|司", frozenset({"Organization"}), r"(?<!银行)$(?<![报社校院店行])"),
    ("行|银行", frozenset({"Organization"}), r"行"),
    ("店", frozenset({"Organization"}), r"[店铺馆]|营业厅"),
    ("校", frozenset({"Organization"}), r"学"),
    ("厂", frozenset({"Organization"}), r"厂"),
    ("媒体", frozenset({"Organization"}), r"[报社台网]|新闻"),
    ("协会", frozenset({"Organization"}), r"协会"),
    ("运营商", frozenset({"Organization"}), r"移动|联通|电信|通信|运营"),
    ("单位|机构", frozenset({"Organization"}), r""),
    ("集团", frozenset({"Organization", "Group"}), r"集团"),
    ("工作室", frozenset({"Group"}), r"工作室"),
    ("窝点", frozenset({"Group"}), r"窝点"),
    ("团伙|组织|伙人|帮人", frozenset({"Group"}), r"(?<!工作室)$"),
    ("局", frozenset({"Agency"}), r"局"),
    ("院|法院|检察院", frozenset({"Agency"}), r"院"),
    ("支队|大队|所|派出所|中心|委|部", frozenset({"Agency"}), r""),
    ("平台", frozenset({"Platform", "Service"}), r""),
    ("网站", frozenset({"Platform", "Service"}), r"网|站"),
    ("App|APP", frozenset({"Platform", "Tool"}), r""),
    ("软件|程序|工具|系统|插件|机器人", frozenset({"Tool"}), r"(?<!设备)$"),
    ("设备", frozenset({"Tool"}), r"(?<!软件)$"),
    ("账号|账户|号", frozenset({"Good"}), r"号|账户"),
    ("卡", frozenset({"Good"}), r"卡"),
    ("信息|数据|资料", frozenset({"Good"}), r"信息|数据|资料|料"),
    ("服务", frozenset({"Service"}), r""),
    ("群", frozenset({"Platform"}), r"群"),
    ("链接|二维码", frozenset({"Good", "Tool"}), r"链接|码"),
)
_DEFINITE = r"(?:该|此|这个|这款|这种|这类|此类|这些|上述|这家|这一|这|涉案|那些)"
_THING_HEADS = (
    r"(?:电话卡|手机卡|银行卡|卡|账号|账户|微信号|信息|数据|软件|程序|工具|设备|平台|网站)"
)
_NOUN_PHRASE = re.compile(rf"(?:该|这款|这些|这类|此类|上述){_THING_HEADS}(?![\u4e00-\u9fff]?号)")
_JOINT = re.compile(r"[\s“”\"]*(?:等人?)?(?:、|和|与|及|以及|跟|同)(?:被告人|犯罪嫌疑人)?[\s“”\"]*")
_CUT = re.compile(r"[。！？；”]")
_SAYING = re.compile(r"[说称道讲答]|表示|透露|介绍|坦言|告诉|交代|供述|回忆|解释|直言|感叹|指出")
_SPEAKER_AFTER = re.compile(r"^[，,。]?.{0,12}(?:说|称|表示|透露|介绍|坦言|告诉|道|交代|供述)")
_BEFORE_COMPANY = frozenset("，。；：“在由与和为向对被从将让以及经给到是")
_MARKERS = frozenset("将把对向给为与被让由跟帮替使令从找到")
_SEVERAL = re.compile(r"(?:[0-9几数多两三四五六七八九十百千余]+[家个名]|部分|一些|各)")


@dataclass(frozen=True, slots=True)
class _Clause:
    """Span, the mentions that open it as its subject, and the other mentions in it."""

    start: int
    end: int
    subjects: tuple[int, ...]
    rest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """All forms, and the classes of each (empty: means nobody)."""

    forms: tuple[str, ...]
    classes: tuple[frozenset[str], ...]
    automaton: AhoCorasick


@lru_cache(maxsize=4)
def _lexicon(schema: Schema) -> _Lexicon:
    table: dict[str, set[str]] = {form: set() for form in schema.words.get("coref-false", ())}
    for name in _CLASSES:
        for form in schema.words.get(f"coref-{name}", ()):
            table.setdefault(form, set()).add(name)
    for form in _ACCUSED:
        table[form] = {"accused"}
    for form in _SPEAKERS:
        table[form] = {"speaker"}
    for form in schema.words.get("coref-false", ()):
        table[form] = set()
    forms = tuple(table)
    classes = tuple(frozenset(table[form]) for form in forms)
    return _Lexicon(forms, classes, AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest))


def anaphors(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention], schema: Schema
) -> tuple[Anaphor, ...]:
    """The anaphors of `document` that have a sure antecedent, in text order.

    None stands inside a mention. One with several antecedents (他们: 张某、李某) gives an
    Anaphor for each, all with the same span. `words` are the words of `document.text`.
    """
    search = _Search(document, words, mentions, schema)
    found: list[Anaphor] = []
    for start, end, classes in _spans(document.text, search, schema):
        by_name: dict[str, int] = {}
        for mention in search.antecedents(start, end, classes):
            by_name.setdefault(mentions[mention].name, mention)
        if by_name:
            search.resolve(start, end, tuple(by_name.values()))
            found += [Anaphor(start, end, mention) for mention in by_name.values()]
    return tuple(found)


def _spans(text: str, search: _Search, schema: Schema) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Forms of the lexicon, and other nouns with 该 or 上述, that are words of their own."""
    lexicon = _lexicon(schema)
    spans = {
        (start, end): lexicon.classes[form]
        for form, start, end in lexicon.automaton.find_matches_as_indexes(text)
    }
    for match in _NOUN_PHRASE.finditer(text):
        spans.setdefault((match.start(), match.end()), frozenset({"thing"}))
    reached = 0
    for (start, end), classes in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
        if start >= reached and classes and search.is_free(start, end):
            reached = end
            yield start, end, classes


class _Search:
    """The clauses of a document, and what can be found in them going back from a place."""

    def __init__(
        self, document: Document, words: Sequence[Word], mentions: Sequence[Mention],
        schema: Schema,
    ) -> None:  # fmt: skip
        self._reporting = frozenset(schema.words.get("reporting-verbs", ()))
        self._resolved: dict[int, tuple[int, tuple[int, ...]]] = {}
        self._text = document.text
        self._sentences = document.sentences
        self._words = words
        self._mentions = mentions
        self._word_starts = [word.start for word in words]
        self._mention_starts = [mention.start for mention in mentions]
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        self._clauses: dict[int, tuple[_Clause, ...]] = {}

    @cached_property
    def _crowds(self) -> frozenset[str]:
        """Names of several people at once: 20余名员工."""
        return frozenset(
            m.name for m in self._mentions if m.type == "Person" and _MANY.search(m.text)
        )

    # -- the text ------------------------------------------------------------------------

    def is_free(self, start: int, end: int) -> bool:
        """Whether the span begins and ends with words and lies inside no mention.

        A longer form may end inside a word: 该公司员工 is cut 该 公司员工.
        """
        at = bisect_left(self._word_starts, start)
        if at == len(self._words) or self._words[at].start != start:
            return False
        last = bisect_left(self._word_starts, end) - 1
        cut = self._words[last].end != end
        if cut and end - start < 3 and self._text[end - 1] != "案":
            return False
        at = bisect_right(self._mention_starts, start)
        for mention in self._mentions[max(0, at - 12) : at]:
            if mention.end >= end and mention.type not in ACTS:
                return False
        return True

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def _in_sentence(self, number: int) -> tuple[_Clause, ...]:
        if number not in self._clauses:
            self._clauses[number] = tuple(self._cut(number))
        return self._clauses[number]

    def _cut(self, number: int) -> Iterator[_Clause]:
        sentence = self._sentences[number]
        first = bisect_left(self._word_starts, sentence.start)
        last = bisect_left(self._word_starts, sentence.end)
        begin = at = first
        inside = self._between(sentence.start, sentence.end)
        covered = {
            offset
            for m in inside
            if self._mentions[m].type not in ACTS
            for offset in range(self._mentions[m].start, self._mentions[m].end)
        }
        while at <= last:
            if at == last or (
                self._words[at].text[0] in _CLAUSE_ENDS and self._words[at].start not in covered
            ):
                if at > begin:
                    yield self._clause(self._words[begin:at], covered)
                begin = at + 1
            at += 1

    def resolve(self, start: int, end: int, members: tuple[int, ...]) -> None:
        """Let the form at `start:end` count as a subject like the mentions it stands for."""
        self._resolved[start] = (end, members)
        self._clauses.pop(self._sentence_at(start), None)

    def _clause(self, row: Sequence[Word], covered: set[int]) -> _Clause:
        """The subject is the last noun before the verb; what follows a verb of saying has its
        own (警方发现该公司是…)."""
        start, end = row[0].start, row[-1].end
        pending = self._between(start, end)
        pending.reverse()
        subjects: list[int] = []
        rest: list[int] = []
        before = -1
        closed = False
        skip = 0
        for word in row:
            while pending and self._mentions[pending[-1]].start <= word.start:
                m = pending.pop()
                mention = self._mentions[m]
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
        return _Clause(start, end, tuple(subjects), (*rest, *reversed(pending)))

    def _coordinated(self, left: int, right: int) -> bool:
        return self._joint(self._mentions[left].end, self._mentions[right].start)

    def _joint(self, start: int, end: int) -> bool:
        return bool(_JOINT.fullmatch(self._text, start, end))

    def _between(self, start: int, end: int) -> list[int]:
        first = bisect_left(self._mention_starts, start)
        last = bisect_left(self._mention_starts, end)
        return [m for m in range(first, last) if self._mentions[m].end <= end]

    def _back(
        self, offset: int, reach: int = _SENTENCES_BACK, *, anywhere: bool = False
    ) -> Iterator[_Clause]:
        """Clauses that end before `offset`, latest first.

        Goes `reach` sentences back in the paragraph and to the last sentence before it, or
        over any number of paragraphs.
        """
        number = self._sentence_at(offset)
        paragraph = self._sentences[number].paragraph
        crossed = 0
        for back in range(number, max(-1, number - reach - 1), -1):
            sentence = self._sentences[back]
            if sentence.paragraph != paragraph and not anywhere:
                crossed += 1
                if crossed > 1:
                    return
            for clause in reversed(self._in_sentence(back)):
                if clause.end <= offset:
                    yield clause

    def _own(self, offset: int) -> _Clause | None:
        for clause in self._in_sentence(self._sentence_at(offset)):
            if clause.start <= offset < clause.end:
                return clause
        return None

    # -- antecedents ---------------------------------------------------------------------

    def antecedents(self, start: int, end: int, classes: frozenset[str]) -> Sequence[int]:
        """Positions of the mentions that the form at `start:end` stands for."""
        form = self._text[start:end]
        if "speaker" in classes:
            return self._speaker(start)
        if "accused" in classes:
            return self._accused(start, end)
        if form == "自己":
            return self._reflexive(start)
        counted = _COUNTED.fullmatch(form)
        if counted:
            types = frozenset({"Organization"}) if form.endswith("公司") else frozenset({"Person"})
            return self._counted(start, _NUMBERS[counted[1]], types)
        if form in ("前者", "后者"):
            return self._pair(start, form == "后者")
        if form == "对方":
            return self._other_party(start)
        if form == "其":
            return self._possessor(start, end)
        if form in _PERSONAL:
            return self._person(start, end)
        if "people" in classes or "role" in classes:
            return self._subject(start, _CROWD, many=True, skip=self._rivals(start, end))
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
        own = self._own(start)
        if own is None or self._text[end : end + 1] == "的":
            return frozenset()
        if _SAYING.search(self._text[own.start : start]):
            return frozenset()
        here = [m for m in own.subjects if self._mentions[m].end <= start]
        if not here and self._text[start - 1 : start] in _MARKERS:
            # 於某找到他，让他…: the one who 让 is the subject before
            before = next((c for c in self._back(start, 0) if c.subjects), None)
            here = list(before.subjects) if before else []
        return frozenset(self._mentions[m].name for m in here)

    def _subject(
        self, start: int, types: frozenset[str], *, many: bool, skip: frozenset[str],
        own: bool = True,
    ) -> tuple[int, ...]:  # fmt: skip
        """The latest subject of one of `types`; else the only mention of them in its clause."""

        def good(clause: _Clause, members: Sequence[int]) -> tuple[int, ...]:
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

        here = self._own(start) if own else None
        for clause in (*([here] if here else []), *self._back(start)):
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
        found = self._subject(start, _PEOPLE, many=False, skip=skip | many | frozenset(_ACCUSED))
        if found:
            return found if len({self._mentions[m].name for m in found}) == 1 else ()
        named = {
            self._mentions[m].name: m
            for m in self._between(0, start)
            if self._mentions[m].type == "Person" and self._mentions[m].name not in many
        }
        return tuple(named.values()) if len(named) == 1 and not skip else ()

    def _one_list(self, members: Sequence[int]) -> bool:
        return all(self._coordinated(left, right) for left, right in pairwise(members))

    def _possessor(self, start: int, end: int) -> tuple[int, ...]:
        """其: the subject so far where it owns something, else the subject before."""
        own = self._own(start)
        before = self._text[max(0, start - 1) : start]
        next_word = bisect_left(self._word_starts, end)
        tag = self._words[next_word].tag if next_word < len(self._words) else ""
        noun = tag[:1] in {"n", "a", "b", "m", "s", "f"} or self._starts_mention(end)
        marked = own is not None and not noun and before in _MARKERS
        skip = self._rivals(start, end) if marked else frozenset()
        return self._subject(start, _ACTORS, many=False, skip=skip)

    def _starts_mention(self, offset: int) -> bool:
        at = bisect_left(self._mention_starts, offset)
        return at < len(self._mention_starts) and self._mention_starts[at] == offset

    def _reflexive(self, start: int) -> tuple[int, ...]:
        number = self._sentence_at(start)
        own = self._own(start)
        for clause in (*([own] if own else []), *self._back(start)):
            if self._sentence_at(clause.start) != number:
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
        number = self._sentence_at(start)
        held: dict[str, int] = {}
        for back in range(number, max(-1, number - _SENTENCES_BACK - 1), -1):
            if self._sentences[back].paragraph != self._sentences[number].paragraph:
                break
            sentence = self._sentences[back]
            for m in self._between(sentence.start, min(sentence.end, start)):
                mention = self._mentions[m]
                if mention.type in types and not _MANY.search(mention.text):
                    held.setdefault(mention.name, m)
            if len(held) >= count:
                break
        return tuple(sorted(held.values())) if len(held) == count else ()

    def _pair(self, start: int, second: bool) -> tuple[int, ...]:
        for clause in self._back(start, 1):
            held = [m for m in (*clause.subjects, *clause.rest)
                    if self._mentions[m].type in _ACTORS | _THINGS]  # fmt: skip
            if len(held) == 2:
                return (max(held) if second else min(held),)
            if held:
                break
        return ()

    def _other_party(self, start: int) -> tuple[int, ...]:
        """对方: the one person or role besides the subject of the sentence."""
        number = self._sentence_at(start)
        subjects: set[str] = set()
        others: dict[str, int] = {}
        for clause in (*filter(None, [self._own(start)]), *self._back(start, 1)):
            for m in clause.subjects:
                if self._mentions[m].end <= start and self._mentions[m].type in _ACTORS:
                    subjects.add(self._mentions[m].name)
            for m in clause.rest:
                if self._mentions[m].end <= start and self._mentions[m].type in _PEOPLE:
                    others.setdefault(self._mentions[m].name, m)
            if subjects and others and self._sentence_at(clause.start) < number:
                break
        left = [m for name, m in others.items() if name not in subjects]
        return (left[0],) if len(left) == 1 and subjects else ()

    def _accused(self, start: int, end: int) -> tuple[int, ...]:
        """被告人 without a name: the only person named so far in the paragraph."""
        if self._starts_mention(end) or self._text[start - 1 : start] in {"名", "位", "个", "等"}:
            return ()
        number = self._sentence_at(start)
        first = number
        while first and self._sentences[first - 1].paragraph == self._sentences[number].paragraph:
            first -= 1
        held = {
            self._mentions[m].name: m
            for m in self._between(self._sentences[first].start, start)
            if self._mentions[m].type == "Person" and self._mentions[m].level is Level.INSTANCE
        }
        return tuple(held.values()) if len(held) == 1 else ()

    def _act(self, start: int) -> tuple[int, ...]:
        for clause in self._back(start, 1):
            held = [m for m in (*clause.subjects, *clause.rest)
                    if self._mentions[m].type == "Activity"]  # fmt: skip
            if held:
                return (held[0],) if len({self._mentions[m].name for m in held}) == 1 else ()
        return ()

    def _speaker(self, start: int) -> tuple[int, ...]:
        """我 in a quotation: the person whose words they are."""
        number = self._sentence_at(start)
        paragraph = self._sentences[number].paragraph
        first = number
        while first and self._sentences[first - 1].paragraph == paragraph:
            first -= 1
        opened = self._text.rfind("“", self._sentences[first].start, start)
        if opened < 0 or "”" in self._text[opened:start]:
            return ()
        closed = self._text.find("”", start)
        before = self._between(max(self._sentences[first].start, opened - 40), opened)
        said = self._text[max(0, opened - 16) : opened]
        if said[-1:] in "：:，," and _SAYING.search(said):
            held = [m for m in before if self._mentions[m].type in _PEOPLE
                    and not _CUT.search(self._text[self._mentions[m].end : opened])]  # fmt: skip
            return (held[0],) if len({self._mentions[m].name for m in held}) == 1 else ()
        after = self._text[closed + 1 : closed + 24] if closed >= 0 else ""
        if _SPEAKER_AFTER.search(after):
            held = [m for m in self._between(closed + 1, closed + 16)
                    if self._mentions[m].type in _PEOPLE]  # fmt: skip
            return (held[0],) if held else ()
        return ()

    def _definite(self, start: int, end: int, form: str) -> tuple[int, ...]:
        """该公司, 上述账号: the latest name that fits the head."""
        if form in ("公司", "团伙") and not self._stands_alone(start):
            return ()
        head = re.sub(rf"^{_DEFINITE}", "", form)
        many = form.startswith(("这些", "上述", "那些"))
        for heads, types, ending in _HEADS:
            if any(head.endswith(one) for one in heads.split("|")):
                return self._named(start, types, ending, many)
        return ()

    def _stands_alone(self, start: int) -> bool:
        at = bisect_left(self._word_starts, start)
        if at == 0 or self._words[at - 1].end != start:
            return True
        return self._words[at - 1].text in _BEFORE_COMPANY

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

        for clause in self._back(start, _NAMES_BACK, anywhere=True):
            for members in (clause.subjects, clause.rest):
                held = [m for m in members if fits(m)]
                if held:
                    return tuple(held) if many else (held[-1],)
        earlier = {self._mentions[m].name: m for m in self._between(0, start) if fits(m)}
        return tuple(earlier.values()) if len(earlier) == 1 else ()


def _is_verb(word: Word, *, first: bool) -> bool:
    """Whether nothing after `word` can be the subject: a verb or a preposition."""
    if word.text in {"将", "把", "被"}:
        return True
    if word.tag[:1] == "v":
        return word.text not in {"等", "有", "无"} and not (word.tag == "vn" and first)
    return word.tag == "p" and word.text not in {"据", "经", "由"}
