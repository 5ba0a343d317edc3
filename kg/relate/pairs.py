"""What the ranker looks at: a sentence as words with classes, and the pairs of its mentions.

A pair is an ordered pair of mentions that a relation might join: both in the sentence, or one of
them what the text was just about (the last actor, the heading) or what a rule brought from
before. Features are readable strings; they name classes (types, rules, distances), and words only
where many annotated articles have them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, overload

import numpy as np

from kg.model import Document, Mention
from kg.network import Whole
from kg.relate.between import Between, Features, Scene
from kg.relate.candidates import Candidate
from kg.relate.clauses import Parsed
from kg.relate.coordination import siblings
from kg.schema import Schema

FARTHEST = 32
"""Words between two mentions that are looked at as a pair."""
_ACTORS = frozenset({"Person", "Organization", "Group", "Role", "Agency"})
_LASTING = frozenset({"Case", "Agency", "Group", "Organization"})
_THINGS = frozenset({"Good", "Tool", "Service", "Platform", "Activity"})


class Stretch(NamedTuple):
    """The first and the last word of a mention, as places in the sentence."""

    first: int
    last: int


OUTSIDE = Stretch(-1, -1)


class Pair(NamedTuple):
    """Subject and object (positions of mentions), the edges that may join their types, and what
    the rules propose for them."""

    subject: int
    object: int
    edges: tuple[str, ...]
    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Sight:
    """One sentence: the features of its words, and its pairs. `ends` are the subject and the
    object of each, in order: (pairs, 2). `at` is where these stand (`OUTSIDE`: in another
    sentence): (pairs, 2, 2). `proposed` is what the rules propose, by position of the pair."""

    parsed: Parsed
    words: tuple[tuple[str, ...], ...]
    ends: Whole
    at: Whole
    proposed: Mapping[int, Sequence[Candidate]]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The sentences of a document with their pairs. The ends of pairs are positions in `every`
    (mentions and anaphors); `origin` leads from there to positions in the document's mentions.
    `as_subject` and `as_object` are the features that a mention brings into each of its pairs,
    `between` those that the pairs of all sentences have besides, but for what rules propose.
    `edges` are the types of relations that may join two types of mentions."""

    sights: tuple[Sight, ...]
    every: Sequence[Mention]
    origin: Mapping[int, tuple[int, ...]]
    as_subject: Sequence[tuple[str, ...]]
    as_object: Sequence[tuple[str, ...]]
    between: Sequence[Features]
    edges: Mapping[tuple[str, str], tuple[str, ...]]

    def pair(self, sight: Sight, at: int) -> Pair:
        """One pair of a sentence."""
        subject, target = sight.ends[at].tolist()
        edges = self.edges[self.every[subject].type, self.every[target].type]
        return Pair(subject, target, edges, sight.proposed.get(at, ()))

    @property
    def ends(self) -> Whole:
        """The subject and the object of all pairs, sentence after sentence: (pairs, 2)."""
        return np.concatenate([sight.ends for sight in self.sights])

    @property
    def proposed(self) -> dict[int, Sequence[Candidate]]:
        """What the rules propose, by position among the pairs of all sentences."""
        begin = 0
        found: dict[int, Sequence[Candidate]] = {}
        for sight in self.sights:
            found |= {begin + at: several for at, several in sight.proposed.items()}
            begin += len(sight.ends)
        return found

    def features(self) -> list[list[str]]:
        """The features of every pair of every sentence, by name."""
        found: list[list[str]] = [[] for sight in self.sights for _ in sight.ends]
        for some in self.between:
            for names, codes in some.columns:
                for at, code in zip(some.rows.tolist(), codes.tolist(), strict=True):
                    if code >= 0:
                        found[at].append(names[code])
        for at, candidates in self.proposed.items():
            found[at] += ruled(candidates)
        for row, (subject, target) in zip(found, self.ends.tolist(), strict=True):
            row += self.as_subject[subject]
            row += self.as_object[target]
        return found


Cues = Sequence[tuple[int, frozenset[str]]]
"""Where the triggers of edges stand in a sentence."""


class Survey:
    """A document's mentions with what is computed once for all of its sentences."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._document, self._text, self._mentions = document, document.text, mentions
        self._groups = {node.name: node.group for node in schema.nodes.values()}
        edges: dict[tuple[str, str], list[str]] = {}
        for edge in schema.edges.values():
            for types in product(edge.source, edge.target):
                edges.setdefault(types, []).append(edge.name)
        self.edges = {types: tuple(names) for types, names in edges.items()}
        self._types = tuple(sorted({one for types in edges for one in types}))
        number = {name: at for at, name in enumerate(self._types)}
        self._joined = np.zeros((len(number) + 1, len(number) + 1), dtype=bool)
        for subject, target in edges:
            self._joined[number[subject], number[target]] = True
        self._kinds = np.array([number.get(m.type, -1) for m in mentions], dtype=np.int64)
        names = {name: at for at, name in enumerate(dict.fromkeys(m.name for m in mentions))}
        self._names = np.array([names[m.name] for m in mentions], dtype=np.int64)
        named = Counter(mention.name for mention in mentions)
        title = document.sentences[0].end if document.sentences else 0
        titled = {mention.name for mention in mentions if mention.end <= title}
        alone = [_alone(m, named[m.name], m.name in titled) for m in mentions]
        self.as_subject = [tuple("s" + name for name in names) for names in alone]
        self.as_object = [tuple("o" + name for name in names) for names in alone]
        self._count = max(len(mentions), 1)
        self._stands = np.full((len(mentions), 2), OUTSIDE, dtype=np.int64)
        self._scenes: list[Scene] = []
        self._heading = -1
        self._before: list[int] = []
        self._latest: dict[str, int] = {}

    def sight(self, parsed: Parsed, proposed: Sequence[Candidate], cues: Cues) -> Sight:
        """The sentence as the ranker sees it. Sentences must come in the order of the text."""
        mentions = self._mentions
        places = _places(parsed, mentions)
        actors = [m for m in parsed.mentions if mentions[m].type in _ACTORS]
        by_ends: dict[int, list[Candidate]] = {}
        for one in proposed:
            by_ends.setdefault(self._code(one.subject, one.object), []).append(one)
        inside = np.array(parsed.mentions, dtype=np.int64)
        stretches = np.array([*places.values()], dtype=np.int64).reshape(-1, 2)
        codes = [np.array([*by_ends], dtype=np.int64), self._near(inside, stretches),
                 self._outside(parsed, inside)]  # fmt: skip
        ends = np.stack(np.divmod(np.unique(np.concatenate(codes)), self._count), axis=-1)
        kinds = self._kinds[ends]
        ends = ends[self._joined[kinds[:, 0], kinds[:, 1]]]
        # Each mention stands in one sentence only, and outside all others.
        self._stands[inside] = stretches
        at = self._stands[ends]
        self._stands[inside] = OUTSIDE
        place = {code: row for row, code in enumerate(self._code(*ends.T).tolist())}
        ruled_here = {place[code]: some for code, some in by_ends.items() if code in place}
        self._remember(parsed, actors)
        lists = siblings(self._text, parsed.mentions, mentions, self._groups)
        number = {index: members[0] for index, members in lists.items()}
        self._scenes.append(Scene(parsed, places, number, actors[0] if actors else -1))
        return Sight(parsed, _words(parsed, places, mentions, cues), ends, at, ruled_here)

    def between(self, sights: Sequence[Sight]) -> tuple[Features, ...]:
        """What the mentions of each pair are to each other; `sights` are all that were made."""
        many = [len(sight.ends) for sight in sights]
        if not sum(many):
            return ()
        ends = np.concatenate([sight.ends for sight in sights])
        pairs = np.column_stack([ends, np.repeat(np.arange(len(many)), many)])
        found = Between(self._document, self._mentions, self._scenes, self._types, pairs)
        return tuple(found.features())

    @overload
    def _code(self, subject: int, target: int) -> int: ...
    @overload
    def _code(self, subject: Whole, target: Whole) -> Whole: ...
    def _code(self, subject: int | Whole, target: int | Whole) -> int | Whole:
        """One number for a pair, which orders pairs as their ends do."""
        return subject * self._count + target

    def _near(self, inside: Whole, stretches: Whole) -> Whole:
        """The pairs of mentions of a sentence that stand near each other."""
        first, last = stretches.T
        near = np.triu(first[None, :] - last[:, None] <= FARTHEST, 1)
        names = self._names[inside]
        near &= names[:, None] != names[None, :]
        left, right = np.nonzero(near | near.T)
        return self._code(inside[left], inside[right])

    def _outside(self, parsed: Parsed, inside: Whole) -> Whole:
        """What the text has just been about, with all that the sentence names."""
        about = {self._heading, *self._before, *self._latest.values()} - {-1, *parsed.mentions}
        here = {self._mentions[m].name for m in parsed.mentions}
        outside = [one for one in about if self._mentions[one].name not in here]
        before = np.array(outside, dtype=np.int64)[:, None]
        both = [self._code(before, inside[None, :]), self._code(inside[None, :], before)]
        return np.concatenate(both, axis=None)

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


_BELIEFS = (0.03, 0.08, 0.18, 0.41, 0.6, 0.75, 0.88, 0.95, 0.98)
"""Where the steps of a mention's confidence begin."""


def _alone(mention: Mention, named: int, titled: bool) -> tuple[str, ...]:
    """What is known of a mention without its partner."""
    kind, belief = mention.type, bisect_right(_BELIEFS, mention.confidence)
    return (
        f"={kind}", f"h={_how(mention)}{kind}", f"n={min(named, 5)}", f"t={titled}",
        f"c={belief}{kind}", f"c={belief}",
        f"l={mention.level}{kind}", f"$={mention.text[-1]}",
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


def ruled(candidates: Sequence[Candidate]) -> Iterator[str]:
    """The features that a pair has from what rules propose for it."""
    for one in candidates:
        yield f"re={one.type}"
        yield f"re={one.type}:{one.elided}:{min(one.steps, 1)}"
        if one.sure:
            yield f"sure={one.type}"
        for rule in one.rules:
            yield f"rule={rule.removeprefix('edges/')}"


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
