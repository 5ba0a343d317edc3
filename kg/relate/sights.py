"""The sentences of a document as the ranker sees them: their words with classes, their pairs.

Sentences are noted one by one, as what the text is about moves on; their words and pairs, of
which a document has thousands, are then made for all of them at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np

from kg.model import Document, Mention, Way
from kg.relate.between import FIRST, HOME, LAST, Between, Scene, Stage, runs, stage_of
from kg.relate.candidates import Candidate, Reading
from kg.relate.clauses import Parsed
from kg.relate.joints import joints_of
from kg.relate.pairs import Sight, Surveyed, numbers
from kg.rows import Whole
from kg.schema import Schema

FARTHEST = 32
"""Words between two mentions that are looked at as a pair."""
_BACK = 160
"""Characters back to what the text has just been about: of 300 pairs with what stands farther away
one is a relation."""
_ACTORS = frozenset({"Person", "Organization", "Group", "Role", "Agency"})
_LASTING = frozenset({"Case", "Agency", "Group", "Organization"})
_THINGS = frozenset({"Good", "Tool", "Service", "Platform", "Activity"})


class Survey:
    """The sentences of a document with their mentions, anaphors included, and what rules propose
    for these."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._document, self._mentions = document, mentions
        self._joints = joints_of(schema)
        self._scenes: list[Scene] = []
        self._readings: list[Reading] = []
        self._about: list[Sequence[int]] = []
        self._heading = -1
        self._before: list[int] = []
        self._latest: dict[str, int] = {}

    def add(self, reading: Reading) -> None:
        """Note the next sentence of the text.

        What the text has just been about makes pairs with all that the sentence names.
        """
        mentions, parsed = self._mentions, reading.parsed
        about = {self._heading, *self._before, *self._latest.values()} - {-1, *parsed.mentions}
        here = {mentions[m].name for m in parsed.mentions}
        far = parsed.sentence.start - _BACK
        self._about.append(
            [one for one in about if mentions[one].name not in here and mentions[one].end >= far]
        )
        self._readings.append(reading)
        self._scenes.append(Scene(parsed, reading.lists, self._remember(parsed)))

    def _remember(self, parsed: Parsed) -> int:
        """Keep what the sentence is about for those after it; its first actor, -1 for none."""
        mentions, actors, things = self._mentions, [], []
        for index in parsed.mentions:
            kind = mentions[index].type
            if kind in _ACTORS:
                actors.append(index)
            elif kind in _THINGS:
                things.append(index)
            if kind in _LASTING:
                self._latest[kind] = index
        if parsed.sentence.heading:
            self._heading = parsed.mentions[0] if parsed.mentions else -1
        if actors:
            self._latest["actor"] = actors[0]
        if parsed.mentions:
            self._before = [*actors[:2], *things[:1], *things[-1:]]
        return actors[0] if actors else -1

    def surveyed(self, origin: Mapping[int, tuple[int, ...]]) -> Surveyed:
        """All sentences that were noted; for `origin` see Surveyed."""
        mentions, joints = self._mentions, self._joints
        stage = stage_of(mentions, self._scenes)
        pairs, proposed = self._pairs(stage)
        ends, scene = pairs[:, :2], pairs[:, 2]
        # Each mention stands in one sentence only, and outside all others.
        home = stage.stands[ends, HOME] == scene[:, None]
        at = np.where(home[:, :, None], stage.stands[ends][:, :, [FIRST, LAST]], -1)
        marks = self._marks(stage)
        begins = stage.begins.tolist()
        cuts = np.searchsorted(scene, np.arange(len(begins))).tolist()
        sights = tuple(
            Sight(one.parsed, tuple(marks[begins[n] : begins[n + 1]]),
                  ends[cuts[n] : cuts[n + 1]], at[cuts[n] : cuts[n + 1]],
                  {row - cuts[n]: some for row, some in proposed[n].items()},
                  self._readings[n].lists)
            for n, one in enumerate(self._scenes)
        )  # fmt: skip
        between = Between(self._document, mentions, stage, joints.types, pairs)
        alone = _all_alone(self._document, mentions)
        return Surveyed(
            sights, mentions, origin, [subject for subject, _ in alone],
            [target for _, target in alone], tuple(between.features()) if len(pairs) else (),
            joints,
        )  # fmt: skip

    def _pairs(self, stage: Stage) -> tuple[Whole, list[dict[int, list[Candidate]]]]:
        """Subject, object and sentence of all pairs, in the order of sentence, subject, object:
        (pairs, 3); for each sentence what is proposed, by the row of the pair."""
        count = max(len(self._mentions), 1)
        several = [reading.candidates for reading in self._readings]
        candidates = list(chain.from_iterable(several))
        told = np.array([(one.subject, one.object) for one in candidates], dtype=np.int64)
        told = np.column_stack([told.reshape(-1, 2), numbers(several)])
        kinds = self._joints.kinds(self._mentions)
        outside = self._outside(stage)
        outside = outside[self._joints.across[kinds[outside[:, 0]], kinds[outside[:, 1]]]]
        every = np.concatenate([told, self._near(stage), outside])
        # One number for each, which orders them as they are to be ordered.
        weights = np.array([count, 1, count * count], dtype=np.int64)
        code = np.unique(every @ weights)
        scene, ends = np.divmod(code, count * count)
        subject, target = np.divmod(ends, count)
        joined = self._joints.joined[kinds[subject], kinds[target]]
        code, pairs = code[joined], np.column_stack([subject, target, scene])[joined]
        proposed: list[dict[int, list[Candidate]]] = [{} for _ in self._scenes]
        wanted = told @ weights
        rows = np.searchsorted(code, wanted)
        for one, row, number, here in zip(
            candidates, rows.tolist(), told[:, 2].tolist(), np.isin(wanted, code).tolist(),
            strict=True,
        ):  # fmt: skip
            if here:
                proposed[number].setdefault(row, []).append(one)
        return pairs, proposed

    def _near(self, stage: Stage) -> Whole:
        """The pairs of mentions of a sentence that stand near each other, with its number."""
        inside, scene = stage.inside, stage.stands[stage.inside, HOME]
        place = np.arange(len(inside))
        left, right = runs(place + 1, np.searchsorted(scene, scene, "right") - place - 1)
        one, other = inside[left], inside[right]
        near = stage.stands[other, FIRST] - stage.stands[one, LAST] <= FARTHEST
        number = {name: at for at, name in enumerate(dict.fromkeys(m.name for m in self._mentions))}
        names = np.array([number[m.name] for m in self._mentions], dtype=np.int64)
        near &= names[one] != names[other]
        return _both_ways(one[near], other[near], scene[left[near]])

    def _outside(self, stage: Stage) -> Whole:
        """What the text has just been about with all that a sentence names, with its number."""
        outer = np.array([*chain.from_iterable(self._about)], dtype=np.int64)
        scene, home = numbers(self._about), stage.stands[stage.inside, HOME]
        begin, end = np.searchsorted(home, scene), np.searchsorted(home, scene, "right")
        one, inner = runs(begin, end - begin)
        return _both_ways(outer[one], stage.inside[inner], scene[one])

    def _marks(self, stage: Stage) -> list[tuple[str, ...]]:
        """For each word of all sentences the mentions that hold it and the edges that it may speak
        for."""
        begins = stage.begins[stage.stands[stage.inside, HOME]]
        stretches = stage.stands[stage.inside][:, [FIRST, LAST]] + begins[:, None]
        more: dict[int, list[str]] = {}
        for index, (first, last) in zip(stage.inside.tolist(), stretches.tolist(), strict=True):
            kind = self._mentions[index].type
            for at in range(first, last + 1):
                more.setdefault(at, []).append(f"m={kind}")
            more[last].append(f"e={kind}")
        starts = [word.start for word in stage.words]
        for reading, begin in zip(self._readings, stage.begins.tolist(), strict=False):
            for start, edges in reading.cues:
                at = max(bisect_right(starts, start) - 1, begin)
                more.setdefault(at, []).extend(_cued(edges))
        rows: list[tuple[str, ...]] = [()] * len(stage.words)
        for at, names in more.items():
            rows[at] = tuple(dict.fromkeys(names))
        return rows


@lru_cache(maxsize=2**12)
def _cued(edges: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"cue={edge}" for edge in edges)


def _both_ways(one: Whole, other: Whole, scene: Whole) -> Whole:
    """The pairs of these, and the same turned round: (pairs, 3)."""
    return np.concatenate(
        [np.column_stack([one, other, scene]), np.column_stack([other, one, scene])]
    )


_BELIEFS = (0.03, 0.08, 0.18, 0.41, 0.6, 0.75, 0.88, 0.95, 0.98)
"""Where the steps of a mention's confidence begin."""
_TOLD_APART = (Way.TERM, Way.PHRASE, Way.HEAD, Way.TAGGER, Way.ANAPHOR)
"""The ways that the ranker was taught; to it all others are patterns."""
_Alone = tuple[tuple[str, ...], tuple[str, ...]]
"""The features that a mention brings into a pair as its subject, and as its object."""


def _all_alone(document: Document, mentions: Sequence[Mention]) -> list[_Alone]:
    """What is known of each mention without its partner."""
    named = Counter(mention.name for mention in mentions)
    title = document.sentences[0].end if document.sentences else 0
    titled = {mention.name for mention in mentions if mention.end <= title}
    return [
        _alone(
            m.type, m.way, min(named[m.name], 5), m.name in titled,
            bisect_right(_BELIEFS, m.confidence), m.level, m.text[-1],
        )
        for m in mentions
    ]  # fmt: skip


@lru_cache(maxsize=2**12)
def _alone(
    kind: str, way: Way, named: int, titled: bool, belief: int, level: str, last: str
) -> _Alone:
    how = way if way in _TOLD_APART else Way.PATTERN
    names = (
        f"={kind}", f"h={how}{kind}", f"n={named}", f"t={titled}", f"c={belief}{kind}",
        f"c={belief}", f"l={level}{kind}", f"$={last}",
    )  # fmt: skip
    return tuple("s" + name for name in names), tuple("o" + name for name in names)
