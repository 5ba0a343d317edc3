"""What the ranker looks at: a sentence as words with classes, and the pairs of its mentions.

A pair is an ordered pair of mentions that a relation might join: both in the sentence, or one of
them what the text was just about (the last actor, the heading) or what a rule brought from
before. Features are readable strings; they name classes (types, rules, distances), and words only
where many annotated articles have them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from kg.model import Document, Mention
from kg.relate.candidates import Candidate
from kg.relate.clauses import Parsed
from kg.relate.coordination import siblings
from kg.schema import Schema

FARTHEST = 32
"""Words between two mentions that are looked at as a pair."""
_ACTORS = frozenset({"Person", "Organization", "Group", "Role", "Agency"})
_LASTING = frozenset({"Case", "Agency", "Group", "Organization"})
_THINGS = frozenset({"Good", "Tool", "Service", "Platform", "Activity"})
_DISTANCES = (0, 1, 2, 4, 7, 11, 16, 24, 36)

_AWAY = (10, 40, 80, 160, 320)


class Stretch(NamedTuple):
    """The first and the last word of a mention, as places in the sentence."""

    first: int
    last: int


OUTSIDE = Stretch(-1, -1)


@dataclass(frozen=True, slots=True)
class Pair:
    """Subject and object (positions of mentions), the edges that may join their types, where they
    stand (`OUTSIDE`: in another sentence), what the two are to each other, and what the rules
    propose for them."""

    subject: int
    object: int
    edges: tuple[str, ...]
    subject_at: Stretch
    object_at: Stretch
    features: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """One sentence: the features of its words, its pairs."""

    parsed: Parsed
    words: tuple[tuple[str, ...], ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The sentences of a document with their pairs. The ends of pairs are positions in `every`
    (mentions and anaphors); `origin` leads from there to positions in the document's mentions.
    `as_subject` and `as_object` are the features that a mention brings into each of its pairs."""

    sights: tuple[Sight, ...]
    every: Sequence[Mention]
    origin: Mapping[int, tuple[int, ...]]
    as_subject: Sequence[tuple[str, ...]]
    as_object: Sequence[tuple[str, ...]]


Cues = Sequence[tuple[int, frozenset[str]]]
"""Where the triggers of edges stand in a sentence."""


class Survey:
    """A document's mentions with what is computed once for all of its sentences."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text, self._mentions = document.text, mentions
        self._groups = {node.name: node.group for node in schema.nodes.values()}
        self._edges: dict[tuple[str, str], list[str]] = {}
        for edge in schema.edges.values():
            for types in product(edge.source, edge.target):
                self._edges.setdefault(types, []).append(edge.name)
        named = Counter(mention.name for mention in mentions)
        title = document.sentences[0].end if document.sentences else 0
        titled = {mention.name for mention in mentions if mention.end <= title}
        alone = [_alone(m, named[m.name], m.name in titled) for m in mentions]
        starts = [sentence.start for sentence in document.sentences]
        self._told: dict[str, set[int]] = {}
        for mention in mentions:
            self._told.setdefault(mention.name, set()).add(bisect_right(starts, mention.start))
        self.as_subject = [tuple("s" + name for name in names) for names in alone]
        self.as_object = [tuple("o" + name for name in names) for names in alone]
        self._heading = -1
        self._before: list[int] = []
        self._latest: dict[str, int] = {}

    def sight(self, parsed: Parsed, proposed: Sequence[Candidate], cues: Cues) -> Sight:
        """The sentence as the ranker sees it. Sentences must come in the order of the text."""
        mentions = self._mentions
        places = _places(parsed, mentions)
        actors = [m for m in parsed.mentions if mentions[m].type in _ACTORS]
        by_ends: dict[tuple[int, int], list[Candidate]] = {}
        for one in proposed:
            by_ends.setdefault((one.subject, one.object), []).append(one)
        ends = {*self._near(places), *self._outside(parsed), *by_ends}
        lists = siblings(self._text, parsed.mentions, mentions, self._groups)
        view = _View(parsed, places, actors, lists, mentions)
        pairs = tuple(
            Pair(
                subject, target, tuple(edges),
                places.get(subject, OUTSIDE), places.get(target, OUTSIDE),
                (
                    *view.between(subject, target),
                    f"tog={self._together(subject, target)}",
                    *_ruled(by_ends.get((subject, target), ())),
                ),
                tuple(by_ends.get((subject, target), ())),
            )
            for subject, target in sorted(ends)
            if (edges := self._edges.get((mentions[subject].type, mentions[target].type)))
        )  # fmt: skip
        self._remember(parsed, actors)
        return Sight(parsed, _words(parsed, places, mentions, cues), pairs)

    def _together(self, one: int, other: int) -> int:
        """In how many sentences both are named; 3 stands for more."""
        names = self._mentions[one].name, self._mentions[other].name
        return min(len(self._told[names[0]] & self._told[names[1]]), 3)

    def _near(self, places: Mapping[int, Stretch]) -> Iterator[tuple[int, int]]:
        mentions = self._mentions
        inside = list(places)
        for at, left in enumerate(inside):
            for right in inside[at + 1 :]:
                if places[right].first - places[left].last > FARTHEST:
                    break
                if mentions[left].name != mentions[right].name:
                    yield left, right
                    yield right, left

    def _outside(self, parsed: Parsed) -> Iterator[tuple[int, int]]:
        """What the text has just been about, with all that the sentence names."""
        outside = {self._heading, *self._before, *self._latest.values()} - {-1, *parsed.mentions}
        here = {self._mentions[m].name for m in parsed.mentions}
        for one in sorted(outside):
            if self._mentions[one].name not in here:
                for other in parsed.mentions:
                    yield one, other
                    yield other, one

    def _remember(self, parsed: Parsed, actors: Sequence[int]) -> None:
        mentions = self._mentions
        if parsed.sentence.heading:
            self._heading = parsed.mentions[0] if parsed.mentions else -1
        things = [m for m in parsed.mentions if mentions[m].type in _THINGS]
        if actors:
            self._latest["actor"] = actors[0]
        for index in parsed.mentions:
            if mentions[index].type in _LASTING:
                self._latest[mentions[index].type] = index
        if parsed.mentions:
            self._before = [*actors[:2], *things[:1], *things[-1:]]


def _alone(mention: Mention, named: int, titled: bool) -> tuple[str, ...]:
    """What is known of a mention without its partner."""
    kind = mention.type
    return (
        f"={kind}", f"h={_how(mention)}{kind}", f"n={min(named, 5)}", f"t={titled}",
        f"c={mention.confidence >= 0.6}{kind}", f"l={mention.level}{kind}", f"$={mention.text[-1]}",
    )  # fmt: skip


def _how(mention: Mention) -> str:
    tail = mention.rule.rpartition("#")[2]
    return tail if tail in {"term", "phrase", "head", "tagger", "anaphor"} else "pattern"


def _places(parsed: Parsed, mentions: Sequence[Mention]) -> dict[int, Stretch]:
    starts = [word.start for word in parsed.words]
    ends = [word.end for word in parsed.words]
    places = {}
    for index in parsed.mentions:
        first = max(bisect_right(starts, mentions[index].start) - 1, 0)
        last = min(bisect_left(ends, mentions[index].end), len(ends) - 1)
        places[index] = Stretch(first, max(first, last))
    return places


def _words(
    parsed: Parsed, places: Mapping[int, Stretch], mentions: Sequence[Mention], cues: Cues
) -> tuple[tuple[str, ...], ...]:
    """For each word its part of speech, itself, its last character, the mentions that hold it,
    the edges that it may speak for."""
    rows = [[f"p={w.tag[:2] or '?'}", f"w={w.text}", f"c={w.text[-1]}"] for w in parsed.words]
    for index, (first, last) in places.items():
        kind = mentions[index].type
        for at in range(first, last + 1):
            rows[at].append(f"m={kind}")
        rows[last].append(f"e={kind}")
    starts = [word.start for word in parsed.words]
    for start, edges in cues:
        at = max(bisect_right(starts, start) - 1, 0)
        rows[at] += [f"cue={edge}" for edge in sorted(edges)]
    return tuple(tuple(dict.fromkeys(row)) for row in rows)


def _ruled(candidates: Sequence[Candidate]) -> Iterable[str]:
    for one in candidates:
        yield f"re={one.type}"
        yield f"re={one.type}:{one.elided}:{min(one.steps, 1)}"
        if one.sure:
            yield f"sure={one.type}"
        for rule in one.rules:
            yield f"rule={rule.removeprefix('edges/')}"


@dataclass(frozen=True, slots=True)
class _View:
    """One sentence, to look at pairs of its mentions."""

    parsed: Parsed
    places: Mapping[int, Stretch]
    actors: Sequence[int]
    lists: Mapping[int, tuple[int, ...]]
    mentions: Sequence[Mention]

    def between(self, subject: int, target: int) -> Iterator[str]:
        """How the two stand to each other."""
        types = f"{self.mentions[subject].type}>{self.mentions[target].type}"
        yield f"ty={types}"
        if subject in self.places and target in self.places:
            yield from self._both(subject, target, types)
        else:
            yield from self._one(subject, target, types)

    def _one(self, subject: int, target: int, types: str) -> Iterator[str]:
        """One of them is in another sentence."""
        side = "s" if subject not in self.places else "o"
        inner, outer = (target, subject) if side == "s" else (subject, target)
        yield f"ext={side}"
        yield f"ext={side}{types}"
        away = self.parsed.sentence.start - self.mentions[outer].end
        yield f"extd={side}{bisect_left(_AWAY, away)}"
        if inner in self.places:
            yield f"ext@{min(self.parsed.mentions.index(inner), 4)}"
            yield f"exth={self.parsed.sentence.heading}"

    def _both(self, subject: int, target: int, types: str) -> Iterator[str]:
        one, other = self.places[subject], self.places[target]
        forward = (one.first, one.last) <= (other.first, other.last)
        left, right = (one, other) if forward else (other, one)
        order = "F" if forward else "B"
        middle = self.parsed.words[left.last + 1 : right.first]
        size = bisect_left(_DISTANCES, len(middle))
        commas = min(sum(word.text in "，；：。" for word in middle), 4)
        between = sum(
            left.last < first and last < right.first for first, last in self.places.values()
        )
        yield from (
            f"ord={order}", f"ord={order}{types}", f"d={size}", f"d={size // 2}{types}",
            f"b={min(between, 6)}", f"q={commas}", f"q={min(commas, 2)}{types}",
            f"lst={any(word.text == '、' for word in middle)}",
            f"sib={target in self.lists.get(subject, ())}",
            f"first={bool(self.actors) and subject == self.actors[0]}",
        )  # fmt: skip
        if right.first <= left.last:
            yield f"in={order}{types}"
        same = self._alike(target)
        yield f"last={same[-1] == target}:{min(len(same), 4)}"
        same = self._alike(subject)
        yield f"nth={min(same.index(subject), 3)}:{min(len(same), 4)}"
        verbs = [word.text for word in middle if word.tag[:1] == "v"]
        for verb in dict.fromkeys([*verbs[:2], *verbs[-2:]]):
            yield f"v={order}{verb}"
        if len(middle) <= 4:
            yield "gap=" + "".join(word.text for word in middle)
            yield f"tags={order}" + "".join(word.tag[:1] or "?" for word in middle)

    def _alike(self, mention: int) -> list[int]:
        """The mentions of the sentence that have its type."""
        kind = self.mentions[mention].type
        return [m for m in self.parsed.mentions if self.mentions[m].type == kind]


def nearby(pair: Pair, edge: str, parsed: Parsed, mentions: Sequence[Mention]) -> Candidate:
    """The candidate for an edge that no rule proposes: near when both stand in the sentence, else
    about its topic."""
    inside = [m for m in (pair.subject, pair.object) if m in parsed.mentions]
    way = "near" if len(inside) == 2 else "topic"
    start = min(mentions[m].start for m in inside)
    end = max(mentions[m].end for m in inside)
    return Candidate(
        pair.subject, edge, pair.object, parsed, start, end, [f"edges/{edge}.yaml#{way}"],
        0 if way == "near" else 2, clause=(start, end),
    )  # fmt: skip
