"""Who does what to whom around one verb: the slots that frames are filled from.

To the left of the verb: subject, prepositional phrases, passive. To the right: objects, 给 and
用于 phrases, and the noun that a relative clause describes (出售账号的窝点).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Mention
from kg.relate.clauses import Item
from kg.schema import Schema

_BEFORE = {
    "slot-to": "to", "slot-for": "for", "slot-from": "from", "slot-by": "by", "slot-with": "with",
    "slot-patient": "patient", "slot-at": "at", "agent-marker": "by_agent", "passive": "passive",
    "cause": "cause", "source-openers": "source",
}  # fmt: skip
"""Word classes of which a word before the verb opens a slot."""
_AFTER = {
    "after-to": "to", "after-at": "at", "after-for": "for", "after-with": "with",
    "after-patient": "patient", "after-complement": "complement",
}  # fmt: skip
"""Word classes of which a word behind the verb opens a slot."""


@dataclass(frozen=True, slots=True)
class Markers:
    """The words that open a slot before and after the verb, those that join members of a list, and
    those that are passed over; the types that act."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    joints: frozenset[str]
    transparent: frozenset[str]
    actors: frozenset[str]


def markers_of(schema: Schema) -> Markers:
    """The Markers that a Schema lists."""
    words = schema.words
    return Markers(
        {word: slot for name, slot in _BEFORE.items() for word in words[name]},
        {word: slot for name, slot in _AFTER.items() for word in words[name]},
        frozenset(words["coordination"]),
        frozenset(words["transparent"]),
        frozenset(node.name for node in schema.nodes.values() if node.group == "actor"),
    )


@dataclass(slots=True)
class Slots:
    """Fillers (positions of mentions) by slot name; `left` and `right` of the verb."""

    fill: dict[str, list[int]] = field(default_factory=dict)
    passive: bool = False

    def get(self, slot: str) -> list[int]:
        """The fillers of `slot`, empty where there are none."""
        return self.fill.get(slot, [])

    def add(self, slot: str, mention: int) -> None:
        """One more filler, once."""
        held = self.fill.setdefault(slot, [])
        if mention not in held:
            held.append(mention)


def slots_of(
    row: Sequence[Item], verb: int, mentions: Sequence[Mention], markers: Markers
) -> Slots:
    """The slots around `row[verb]` inside its clause."""
    slots = Slots()
    _left(row, verb, slots, mentions, markers)
    _right(row, verb, slots, mentions, markers)
    if slots.passive:
        by, subject = slots.fill.pop("passive", []), slots.fill.pop("agent", [])
        if subject and not slots.get("patient"):
            slots.fill["patient"] = subject
        elif subject:
            slots.fill["topic"] = subject
        if by:
            slots.fill["agent"] = by
    by_agent = slots.fill.pop("by_agent", [])
    if by_agent:
        if slots.get("agent") and not slots.get("patient"):
            slots.fill["patient"] = slots.fill["agent"]
        slots.fill["agent"] = by_agent
    return slots


def _left(
    row: Sequence[Item], verb: int, slots: Slots, mentions: Sequence[Mention],
    markers: Markers,
) -> None:  # fmt: skip
    slot = "agent"
    held: list[int] = []
    at = 0
    while at < verb:
        item = row[at]
        if item.mention >= 0:
            if at + 2 < verb and row[at + 1].text == "的" and row[at + 2].mention >= 0:
                slots.add("modifier", item.mention)
                at += 2
                continue
            held.append(item.mention)
        elif item.text in markers.before and not (
            item.text in {"和", "与", "同", "跟"} and held and _joined(row, at, verb, mentions)
        ):
            _store(slots, slot, held)
            held = []
            slot = markers.before[item.text]
            if slot == "passive":
                slots.passive = True
        elif item.text in markers.joints or item.text in markers.transparent:
            pass
        elif item.tag[:1] == "v" and len(item.text) > 1 and slot != "by":
            _store(slots, slot, held)
            held = []
            slot = "pivot"
        at += 1
    _store(slots, slot, held)
    if not slots.get("agent"):
        pivots = [m for m in slots.get("pivot") if mentions[m].type in markers.actors]
        if pivots:
            slots.fill["agent"] = pivots[-1:]


def _joined(row: Sequence[Item], at: int, verb: int, mentions: Sequence[Mention]) -> bool:
    """Whether 和 at `at` joins two nouns of one kind (A和B都…), rather than A 和 B 勾结."""
    if row[at].text == "跟" or at == 0 or at + 1 >= verb:
        return False
    before, after = row[at - 1], row[at + 1]
    if before.mention < 0 or after.mention < 0:
        return False
    return mentions[before.mention].type == mentions[after.mention].type


def _store(slots: Slots, slot: str, held: list[int]) -> None:
    for mention in held:
        slots.add(slot, mention)


def _right(
    row: Sequence[Item], verb: int, slots: Slots, mentions: Sequence[Mention],
    markers: Markers,
) -> None:  # fmt: skip
    slot, actors = "patient", markers.actors
    at = verb + 1
    seen = False
    while at < len(row):
        item = row[at]
        if item.mention >= 0:
            if slot == "patient" and at + 2 < len(row) and row[at + 1].text == "的" and (
                row[at + 2].mention >= 0
            ):  # fmt: skip
                head = row[at + 2].mention
                if mentions[head].type in actors and mentions[item.mention].type not in actors:
                    slots.add("patient", item.mention)
                    slots.add("head", head)
                else:
                    slots.add("patient", head)
                at += 3
                seen = True
                continue
            slots.add(slot, item.mention)
            seen = True
        elif item.text in markers.after and (at == verb + 1 or seen or item.text in {"给", "用于"}):
            slot = markers.after[item.text]
        elif item.text == "的":
            if at == verb + 1 and at + 1 < len(row):
                _relative_object(row, at + 1, slots, mentions, actors)
                return
            if seen:
                nxt = _next_mention(row, at + 1, 4)
                if nxt >= 0 and mentions[nxt].type in actors:
                    slots.add("head", nxt)
                return
        elif item.text in markers.joints or item.text in markers.transparent:
            pass
        elif item.tag[:1] == "v" and len(item.text) > 1 and seen and slot not in {"for", "to"}:
            return
        at += 1


def _next_mention(row: Sequence[Item], at: int, reach: int) -> int:
    for item in row[at : at + reach]:
        if item.mention >= 0:
            return item.mention
    return -1


def _relative_object(
    row: Sequence[Item], at: int, slots: Slots, mentions: Sequence[Mention],
    actors: frozenset[str],
) -> None:  # fmt: skip
    """V的N: the noun is what is done (销售的电话卡), or who does it (购卡的人员)."""
    head = _next_mention(row, at, 4)
    if head < 0:
        return
    if mentions[head].type in actors and not slots.get("agent"):
        slots.add("head", head)
    else:
        slots.add("patient", head)
