"""All that frames and templates propose, before anything is believed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from kg.model import Document, Mention, Modality
from kg.relate.clauses import Parsed, parse
from kg.relate.constructs import constructs
from kg.relate.constructs.prices import offers
from kg.relate.coordination import Lists, siblings
from kg.relate.frames import History, Hit, frames
from kg.relate.sources import Voices
from kg.relate.templates import Found, match_templates
from kg.schema import SLOTS, Schema
from kg.text import Word

SURE = 0.9
"""Probability of a candidate that is `sure`, beside those of the network: a reader finds 19 of 20
right. What it is worth as a confidence is kg.relate.cut.BUILT."""


@dataclass(slots=True)
class Candidate:
    """A possible claim: its ends (positions of mentions), and every rule that proposes it.

    `start:end` spans subject, cue and object as far as they stand in `parsed`. `elided` says
    where the subject came from: 0 its own clause, 1 another verb of the clause, 2 before.
    `steps` counts how far a list was followed to reach the ends. A `sure` one is not ranked.
    `sources` says where properties are found, as `attrs` of a Frame, and `fillers` what mentions
    stand in those of them that are slots.
    """

    subject: int
    type: str
    object: int
    parsed: Parsed
    start: int
    end: int
    rules: list[str]
    elided: int = 0
    steps: int = 0
    verb: tuple[int, int] | None = None
    clause: tuple[int, int] = (0, 0)
    sources: Mapping[str, str] = field(default_factory=dict)
    fillers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    fixed: Modality | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    sure: bool = False


class Reading(NamedTuple):
    """A sentence with the lists that its mentions stand in, its candidates, one for each (subject,
    type, object), and where triggers stand, each with the edges it may speak for."""

    parsed: Parsed
    lists: Lists
    candidates: Sequence[Candidate]
    cues: Sequence[tuple[int, tuple[str, ...]]]


def candidates(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention], schema: Schema,
    voices: Voices,
) -> Iterator[Reading]:  # fmt: skip
    """Every sentence of `document` with what rules propose.

    `mentions` are in text order and may hold anaphors.
    """
    known = frames(schema)
    triggers = known.triggers(document.text)
    groups = {node.name: node.group for node in schema.nodes.values()}
    history = History()
    printed: dict[str, list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        printed[mention.text].append(at)
    sellers: set[str] = set()
    for parsed in sentences(document, words, mentions, voices):
        lists = siblings(document.text, parsed.mentions, mentions, groups)
        spread = Spread(lists, mentions, schema)
        here: dict[tuple[int, str, int], Candidate] = {}
        for hit in known.find(parsed, mentions, triggers, history):
            _merge(here, spread.of(_of_hit(hit, parsed, mentions)))
        for match in match_templates(
            document.text, parsed.sentence.start, parsed.sentence.end, parsed.mentions, mentions,
            schema,
        ):  # fmt: skip
            _merge(here, spread.of(_of_match(match, parsed)))
        for match in constructs(document.text, parsed, mentions, schema):
            _merge(here, [_of_match(match, parsed, sure=True)])
        said_by = printed.get(voices.at(parsed.sentence.start + 1), ())
        seller = _seller(parsed, mentions, said_by, sellers)
        if seller >= 0:
            offered = offers(document.text, parsed, mentions, seller, schema)
            _merge(here, [_of_match(match, parsed, sure=True) for match in offered])
        cues = known.cues(triggers.within(parsed.sentence.start, parsed.sentence.end))
        yield Reading(parsed, lists, list(here.values()), cues)
        sellers |= {mentions[one.subject].name for one in here.values() if one.type in _SELLING}


_SELLING = frozenset({"SELLS", "SUPPLIES"})


def _seller(
    parsed: Parsed, mentions: Sequence[Mention], speaker: Sequence[int], sellers: set[str]
) -> int:
    """The last of the mentions of a `speaker` before the sentence that quotes him, if the text has
    told that he sells; else -1."""
    before = bisect_left(speaker, parsed.sentence.start, key=lambda at: mentions[at].start)
    told = (at for at in reversed(speaker[:before]) if mentions[at].name in sellers)
    return next(told, -1)


def sentences(
    document: Document, words: Sequence[Word], mentions: Sequence[Mention], voices: Voices
) -> Iterator[Parsed]:
    """The sentences of the document that hold words, each with its words and mentions."""
    starts, ends = [word.start for word in words], [word.end for word in words]
    begins = [mention.start for mention in mentions]
    at = 0
    for number, sentence in enumerate(document.sentences):
        at = bisect_left(starts, sentence.start, at)
        end = bisect_right(ends, sentence.end, at)
        first = bisect_left(begins, sentence.start)
        if end > at:
            skip = voices.reporter_of(sentence)
            yield parse(number, sentence, words[at:end], mentions, first, skip)
        at = end


def _of_hit(hit: Hit, parsed: Parsed, mentions: Sequence[Mention]) -> Candidate:
    sentence = parsed.sentence
    ends = [hit.verb.start, hit.verb.end]
    for index in (hit.subject, hit.object):
        mention = mentions[index]
        if sentence.start <= mention.start and mention.end <= sentence.end:
            ends += [mention.start, mention.end]
    return Candidate(
        hit.subject, hit.type, hit.object, parsed, min(ends), max(ends), [hit.rule], hit.elided,
        verb=(hit.verb.start, hit.verb.end),
        clause=(hit.clause.start, hit.clause.end),
        sources=hit.frame.attrs, fillers=_fillers(hit), fixed=hit.frame.modality,
    )  # fmt: skip


def _fillers(hit: Hit) -> dict[str, tuple[int, ...]]:
    """What stands in the slots that the frame fills properties from."""
    slots = {name: source.partition(".")[0] for name, source in hit.frame.attrs.items()}
    return {name: tuple(hit.slots.get(slot)) for name, slot in slots.items() if slot in SLOTS}


def _of_match(match: Found, parsed: Parsed, sure: bool = False) -> Candidate:
    return Candidate(
        match.subject, match.type, match.object, parsed, match.start, match.end, [match.rule],
        clause=(match.start, match.end), fixed=match.modality, extra=dict(match.extra), sure=sure,
    )  # fmt: skip


class Spread:
    """Candidates for every member of the lists that their ends stand in, for one sentence.

    Of a list of a thousand names a rule proposes each, and each stands for all the others: a pair
    is given again only where it is reached in fewer steps than before.
    """

    def __init__(self, lists: Lists, mentions: Sequence[Mention], schema: Schema) -> None:
        self._lists, self._mentions, self._schema = lists, mentions, schema
        self._told: dict[Hashable, tuple[set[int], set[int]]] = {}

    def of(self, one: Candidate) -> list[Candidate]:
        """The candidate for every member of the lists that its ends stand in, itself included."""
        subjects = self._lists.get(one.subject) or (one.subject,)
        objects = self._lists.get(one.object) or (one.object,)
        if len(subjects) <= 1 and len(objects) <= 1:
            return [one]
        edge = self._schema.edges[one.type]
        spread: list[Candidate] = []
        for subject, target in self._pairs(one, subjects, objects):
            kinds = self._mentions[subject].type, self._mentions[target].type
            if kinds[0] in edge.source and kinds[1] in edge.target:
                steps = (subject != one.subject) + (target != one.object)
                spread.append(Candidate(
                    subject, one.type, target, one.parsed, one.start, one.end, list(one.rules),
                    one.elided, steps, one.verb, one.clause, one.sources, one.fillers,
                    one.fixed, one.extra,
                ))  # fmt: skip
        return spread

    def _pairs(
        self, one: Candidate, subjects: Sequence[int], objects: Sequence[int]
    ) -> Iterable[tuple[int, int]]:
        """The ends that `one` says something new of."""
        said = (
            one.type, *one.rules, one.elided, one.verb, *one.sources.items(),
            *one.fillers.items(), one.fixed, *one.extra.items(), subjects[0], objects[0],
        )  # fmt: skip
        told = self._told.get(said)
        if told is None:
            self._told[said] = {one.subject}, {one.object}
            return product(subjects, objects)
        pairs = {(one.subject, one.object)}
        if one.subject not in told[0]:
            pairs.update((one.subject, target) for target in objects)
        if one.object not in told[1]:
            pairs.update((subject, one.object) for subject in subjects)
        told[0].add(one.subject)
        told[1].add(one.object)
        return pairs


def _merge(here: dict[tuple[int, str, int], Candidate], more: Iterable[Candidate]) -> None:
    for one in more:
        old = here.setdefault((one.subject, one.type, one.object), one)
        if old is not one:
            old.rules += [rule for rule in one.rules if rule not in old.rules]
            if (one.elided, one.steps) < (old.elided, old.steps):
                old.elided, old.steps, old.start, old.end = (
                    one.elided, one.steps, one.start, one.end)  # fmt: skip
            if one.sure and not old.sure:
                old.rules.remove(one.rules[0])
                old.rules.insert(0, one.rules[0])
            old.sure = old.sure or one.sure
            old.verb = old.verb or one.verb
            for name, source in one.sources.items():
                if name not in old.sources or (one.fillers.get(name) and not old.fillers.get(name)):
                    old.sources = {**old.sources, name: source}
                    old.fillers = {**old.fillers, name: one.fillers.get(name, ())}
            old.fixed = old.fixed or one.fixed
            old.extra = {**one.extra, **old.extra}
