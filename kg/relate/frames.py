"""Verb frames: the triggers of schemas/edges, their slots, and who a missing subject is."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import ACTS, Mention
from kg.relate.clauses import Clause, Item, Parsed, folded, items
from kg.relate.slots import Slots, markers_of, slots_of
from kg.schema import EdgeType, Frame, Schema


class Hit(NamedTuple):
    """A frame whose two ends are filled."""

    subject: int
    type: str
    object: int
    frame: Frame
    rule: str
    verb: Item
    slots: Slots
    clause: Clause
    elided: int


@dataclass(slots=True)
class History:
    """Subjects of the clauses read so far, latest last: (clause count, mentions)."""

    count: int = 0
    subjects: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def latest(self, types: frozenset[str], mentions: Sequence[Mention], reach: int) -> list[int]:
        """The latest subject of one of `types`, not more than `reach` clauses back."""
        for count, members in reversed(self.subjects):
            if self.count - count > reach:
                return []
            found = [m for m in members if mentions[m].type in types]
            if found:
                return found
        return []


_REACH = 8

Trigger = tuple[int, int, int]
"""The number of a trigger, and where it stands."""


class Triggers:
    """Where the triggers of frames stand in a text, the longest first from left to right."""

    def __init__(self, text: str, automaton: AhoCorasick) -> None:
        self._text, self._automaton = text, automaton
        self._found: list[Trigger] = automaton.find_matches_as_indexes(text)
        self._starts = [start for _, start, _ in self._found]

    def within(self, start: int, end: int) -> list[Trigger]:
        """The triggers of `text[start:end]` by itself."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        found = self._found
        if (first and found[first - 1][2] > start) or (last and found[last - 1][2] > end):
            # One reaches over an end of the part: without it, others may be found.
            inside = self._automaton.find_matches_as_indexes(self._text[start:end])
            return [(index, start + begin, start + stop) for index, begin, stop in inside]
        return found[first:last]


class _Use(NamedTuple):
    """A frame that a trigger may stand for, with its edge and the name of the rule."""

    edge: EdgeType
    frame: Frame
    rule: str


class Frames:
    """All frames of a Schema by trigger."""

    def __init__(self, schema: Schema) -> None:
        by_trigger: dict[str, list[_Use]] = defaultdict(list)
        for edge in schema.edges.values():
            for frame in edge.frames:
                for trigger in frame.triggers:
                    use = _Use(edge, frame, f"edges/{edge.name}.yaml#{frame.id}")
                    by_trigger[trigger].append(use)
        self._uses = [tuple(_with_heads(trigger, by_trigger)) for trigger in by_trigger]
        self._edges = [tuple(sorted({use.edge.name for use in some})) for some in self._uses]
        self._automaton = AhoCorasick(list(by_trigger), matchkind=MatchKind.LeftmostLongest)
        self._markers = markers_of(schema)

    def triggers(self, text: str) -> Triggers:
        """The triggers in a text, to be looked up in parts of it."""
        return Triggers(text, self._automaton)

    def cues(self, triggers: Iterable[Trigger]) -> list[tuple[int, tuple[str, ...]]]:
        """Where triggers stand, each with the edges it may speak for."""
        return [(start, self._edges[index]) for index, start, _ in triggers]

    def find(
        self, parsed: Parsed, mentions: Sequence[Mention], triggers: Triggers, history: History
    ) -> Iterator[Hit]:
        """The hits of one sentence; `history` is read, and brought up to date."""
        for clause in parsed.clauses:
            history.count += 1
            own: tuple[int, ...] = ()
            # Without a mention of the clause a frame has one end at most.
            here = triggers.within(clause.start, clause.end) if clause.mentions else []
            for trigger, row, at in _rows(here, parsed, clause, mentions) if here else ():
                slots = slots_of(row, at, mentions, self._markers)
                own = own or tuple(slots.get("agent"))
                yield from self._fill(trigger, row[at], slots, clause, mentions, history, own)
            subject = _subject(clause, mentions) or own
            if subject:
                history.subjects.append((history.count, subject))

    def _fill(
        self, trigger: int, verb: Item, slots: Slots, clause: Clause, mentions: Sequence[Mention],
        history: History, own: tuple[int, ...],
    ) -> Iterator[Hit]:  # fmt: skip
        for edge, frame, rule in self._uses[trigger]:
            subjects, objects, elided = slots.get(frame.subject), slots.get(frame.object), 0
            if frame.subject == "agent":
                objects = [m for m in objects if mentions[m].type in edge.target]
                if objects:
                    subjects, elided = _agents(slots, edge.source, mentions, history, own)
            elif frame.object == "agent":
                subjects = [m for m in subjects if mentions[m].type in edge.source]
                if subjects:
                    objects, elided = _agents(slots, edge.target, mentions, history, own)
            elif subjects and objects:
                subjects = [m for m in subjects if mentions[m].type in edge.source]
                objects = [m for m in objects if mentions[m].type in edge.target]
            for subject in subjects if objects else ():
                for target in objects:
                    if mentions[subject].name != mentions[target].name:
                        yield Hit(
                            subject, edge.name, target, frame, rule, verb, slots, clause, elided
                        )


def _agents(
    slots: Slots, wanted: frozenset[str], mentions: Sequence[Mention], history: History,
    own: tuple[int, ...],
) -> tuple[list[int], int]:  # fmt: skip
    """Who of the `wanted` types does it, and whether another verb of the clause (1) or a clause
    before (2) has to tell."""
    for filled in (slots.get("agent"), slots.get("head")):
        if agents := [m for m in filled if mentions[m].type in wanted]:
            return agents, 0
    if agents := [m for m in own if mentions[m].type in wanted]:
        return agents, 1
    return history.latest(wanted, mentions, _REACH), 2


def _rows(
    triggers: Iterable[Trigger], parsed: Parsed, clause: Clause, mentions: Sequence[Mention]
) -> Iterator[tuple[int, list[Item], int]]:
    """For each trigger that is a word of its clause, or several, its number, the items of the
    clause with the trigger as one of them, and where that is.

    An activity that holds the trigger is unfolded, so that its parts can fill slots.
    """
    first = bisect_left(parsed.words, clause.start, key=_start)
    words = parsed.words[first : bisect_left(parsed.words, clause.end, key=_start)]
    edges = {word.start for word in words} | {word.end for word in words}
    acts = [m for m in clause.mentions if mentions[m].type in ACTS]
    rows: dict[tuple[int, ...], list[Item]] = {}
    for trigger, start, end in triggers:
        if start not in edges or end not in edges:
            continue
        opened = tuple([m for m in acts if mentions[m].start <= start < mentions[m].end])
        row = rows.get(opened)
        if row is None:
            here = [m for m in clause.mentions if m not in opened]
            row = rows[opened] = items(words, here, mentions)
        at = bisect_left(row, start, key=_start)
        if at < len(row) and (merged := _merged(row, at, start, end)):
            yield trigger, merged, at


_start = itemgetter(0)
"""Where a word or an item begins."""


def _with_heads(trigger: str, by_trigger: Mapping[str, Sequence[_Use]]) -> list[_Use]:
    """The frames of a trigger, and of the verb that it ends in: 大量购买 is a 购买, too."""
    found = list(by_trigger[trigger])
    for cut in range(1, len(trigger) - 1):
        found += [use for use in by_trigger.get(trigger[cut:], ()) if use not in found]
    return found


def _merged(row: list[Item], at: int, start: int, end: int) -> list[Item]:
    """The row with the trigger at `start:end` as its item `at`; empty where a mention covers it."""
    first = last = at
    if row[first].start != start:
        return []
    if row[first].end == end:
        return row if row[first].mention < 0 else []
    while last < len(row) and row[last].end < end:
        last += 1
    verb = row[first : last + 1]
    if verb[-1].end != end or any(item.mention >= 0 for item in verb):
        return []
    whole = Item(start, end, "".join(item.text for item in verb), verb[-1].tag)
    return [*row[:at], whole, *row[last + 1 :]]


def _subject(clause: Clause, mentions: Sequence[Mention]) -> tuple[int, ...]:
    """The mentions that open the clause before any preposition or verb."""
    if all(mentions[m].type in ACTS for m in clause.mentions):
        return ()
    found: list[int] = []
    for word, index in folded(clause.words, clause.mentions, mentions):
        if index >= 0:
            if mentions[index].type not in ACTS:
                found.append(index)
        elif word.tag[:1] in {"v", "p"} or word.text in {"从", "在", "向"}:
            break
    return tuple(found)


@lru_cache(maxsize=4)
def frames(schema: Schema) -> Frames:
    """The Frames of `schema`, built once a process."""
    return Frames(schema)
