"""Verb frames: the triggers of schemas/edges, their slots, and who a missing subject is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import ACTS, Mention
from kg.relate.clauses import Clause, Item, Parsed, items
from kg.relate.slots import Slots, markers_of, slots_of
from kg.schema import EdgeType, Frame, Schema


@dataclass(frozen=True, slots=True)
class Hit:
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


class Frames:
    """All frames of a Schema by trigger."""

    def __init__(self, schema: Schema) -> None:
        by_trigger: dict[str, list[tuple[EdgeType, Frame]]] = defaultdict(list)
        for edge in schema.edges.values():
            for frame in edge.frames:
                for trigger in frame.triggers:
                    by_trigger[trigger].append((edge, frame))
        self._triggers = list(by_trigger)
        self._frames = [tuple(_with_heads(t, by_trigger)) for t in self._triggers]
        self._edges = [tuple(sorted({e.name for e, _ in some})) for some in self._frames]
        self._automaton = AhoCorasick(self._triggers, matchkind=MatchKind.LeftmostLongest)
        self._markers = markers_of(schema)

    def cues(self, text: str, start: int, end: int) -> list[tuple[int, tuple[str, ...]]]:
        """Where triggers stand in `text[start:end]`, each with the edges it may speak for."""
        return [
            (start + begin, self._edges[index])
            for index, begin, _ in self._automaton.find_matches_as_indexes(text[start:end])
        ]

    def find(
        self, text: str, parsed: Parsed, mentions: Sequence[Mention], history: History
    ) -> Iterator[Hit]:
        """The hits of one sentence; `history` is read, and brought up to date."""
        for clause in parsed.clauses:
            history.count += 1
            yield from self._clause(text, parsed, clause, mentions, history)

    def _clause(
        self, text: str, parsed: Parsed, clause: Clause, mentions: Sequence[Mention],
        history: History,
    ) -> Iterator[Hit]:  # fmt: skip
        subject = _subject(clause, mentions)
        own: tuple[int, ...] = ()
        hits = self._automaton.find_matches_as_indexes(text[clause.start : clause.end])
        inside = parsed.words if hits else ()
        words = [w for w in inside if clause.start <= w.start and w.end <= clause.end]
        edges = {w.start for w in words} | {w.end for w in words}
        here = [m for m in parsed.mentions
                if clause.start <= mentions[m].start and mentions[m].end <= clause.end]  # fmt: skip
        for index, begin, end in hits:
            start, stop = clause.start + begin, clause.start + end
            if start not in edges or stop not in edges:
                continue
            folded = items(words, here, mentions, start)
            at, row = _merge(folded, start, stop, text)
            if at < 0:
                continue
            slots = slots_of(row, at, mentions, self._markers)
            if slots.get("agent"):
                own = own or tuple(slots.get("agent"))
            yield from self._fill(index, row[at], slots, clause, mentions, history, own)
        if subject or own:
            history.subjects.append((history.count, subject or own))

    def _fill(
        self, index: int, verb: Item, slots: Slots, clause: Clause, mentions: Sequence[Mention],
        history: History, own: tuple[int, ...],
    ) -> Iterator[Hit]:  # fmt: skip
        for edge, frame in self._frames[index]:
            elided = 0
            subjects = [m for m in slots.get(frame.subject) if mentions[m].type in edge.source]
            objects = [m for m in slots.get(frame.object) if mentions[m].type in edge.target]
            if "agent" in (frame.subject, frame.object):
                wanted = edge.source if frame.subject == "agent" else edge.target
                agents = subjects if frame.subject == "agent" else objects
                if not agents:
                    agents = [m for m in slots.get("head") if mentions[m].type in wanted]
                if not agents:
                    agents = [m for m in own if mentions[m].type in wanted]
                    elided = 1
                if not agents:
                    agents = history.latest(wanted, mentions, _REACH)
                    elided = 2
                if frame.subject == "agent":
                    subjects = agents
                else:
                    objects = agents
            for subject in subjects:
                for target in objects:
                    if mentions[subject].name != mentions[target].name:
                        yield Hit(subject, edge.name, target, frame,
                                  f"edges/{edge.name}.yaml#{frame.id}", verb, slots, clause,
                                  elided)  # fmt: skip


def _with_heads(
    trigger: str, by_trigger: Mapping[str, Sequence[tuple[EdgeType, Frame]]]
) -> list[tuple[EdgeType, Frame]]:
    """The frames of a trigger, and of the verb that it ends in: 大量购买 is a 购买, too."""
    found = list(by_trigger[trigger])
    for cut in range(1, len(trigger) - 1):
        found += [frame for frame in by_trigger.get(trigger[cut:], ()) if frame not in found]
    return found


def _merge(row: Sequence[Item], start: int, end: int, text: str) -> tuple[int, list[Item]]:
    """The row with the trigger as one item, and where it is; -1 where a mention covers it."""
    first = next((n for n, item in enumerate(row) if item.end > start), -1)
    if first < 0 or row[first].mention >= 0 or row[first].start != start:
        return -1, list(row)
    last = first
    while last < len(row) and row[last].end < end:
        last += 1
    if (
        last == len(row)
        or row[last].end != end
        or any(i.mention >= 0 for i in row[first : last + 1])
    ):
        return -1, list(row)
    verb = Item(start, end, text[start:end], row[last].tag)
    return first, [*row[:first], verb, *row[last + 1 :]]


def _subject(clause: Clause, mentions: Sequence[Mention]) -> tuple[int, ...]:
    """The mentions that open the clause before any preposition or verb."""
    found: list[int] = []
    for item in clause.items:
        if item.mention >= 0:
            if mentions[item.mention].type not in ACTS:
                found.append(item.mention)
        elif item.tag[:1] in {"v", "p"} or item.text in {"从", "在", "向"}:
            break
    return tuple(found)


@lru_cache(maxsize=4)
def frames(schema: Schema) -> Frames:
    """The Frames of `schema`, built once a process."""
    return Frames(schema)
