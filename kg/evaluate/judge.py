"""One article's extraction held against its gold annotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from kg.evaluate.differences import Cause, Difference, Link, cause_of
from kg.evaluate.pairing import pair
from kg.evaluate.reading import Quote, Reading, ReadRelation, comparable
from kg.evaluate.scores import ACCURACIES, ArticleScore, Score, Share
from kg.schema import Schema

FAMILIES: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in (
        "SUPPLIES SELLS OBTAINS",
        "USES USED_FOR ENGAGES_IN",
        "INVESTIGATES DISMANTLES ARRESTS SEIZES",
        "CONVICTED_OF SENTENCED_BY",
        "PART_OF IS_A HAS_ROLE AFFILIATED_WITH",
        "HAS_PRICE MEASURES",
        "CIRCUMVENTS TARGETS",
        "PROVIDED_BY HAS_SEGMENT",
    )
)
"""Types that two careful readers take for one another."""

LEVELS = ("strict", "typed", "family")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation that was found, and the gold one that says the same: None where it is false."""

    relation: ReadRelation
    gold: ReadRelation | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All that was found, and the gold relations (without optional ones) that were not."""

    found: list[Verdict]
    missed: list[ReadRelation]

    @property
    def score(self) -> Score:
        """The counts; optional gold relations count neither way."""
        return Score(
            sum(one.gold is not None and not one.gold.optional for one in self.found),
            sum(one.gold is None for one in self.found),
            len(self.missed),
        )


class Judge:
    """Compares two readings of an article, whose entities it aligns first."""

    def __init__(self, gold: Reading, found: Reading, schema: Schema) -> None:
        self.gold = gold
        self.found = found
        self.schema = schema
        self.partners = pair(gold.entities, found.entities, schema)

    def score(self, name: str) -> ArticleScore:
        """All measures of the article, which is called `name`."""
        by_level = {level: self.verdicts(level) for level in LEVELS}
        typed = by_level["typed"]
        return ArticleScore(
            name,
            measures={
                "entity strict": self._entities(strict=True),
                "entity relaxed": self._entities(strict=False),
                **{f"relation {level}": one.score for level, one in by_level.items()},
            },
            entity_types=self._entity_types(),
            relation_types=_relation_types(typed),
            accuracies=_accuracies(typed),
            differences=[*self._surplus(typed), *self._missed(typed)],
        )

    def verdicts(self, level: str) -> Verdicts:
        """Each relation found, the first of equal triples, with what it is right by."""
        matched: set[int] = set()
        found = []
        for relation in _distinct(self.found.relations):
            at = self._match(relation, level, matched)
            matched |= set() if at is None else {at}
            found.append(Verdict(relation, None if at is None else self.gold.relations[at]))
        missed = [
            relation
            for at, relation in enumerate(self.gold.relations)
            if at not in matched and not relation.optional
        ]
        return Verdicts(found, missed)

    def _match(self, relation: ReadRelation, level: str, matched: set[int]) -> int | None:
        """Position of the first gold relation, not matched yet, that says the same."""
        subject = self.partners.get(relation.subject)
        object_ = self.partners.get(relation.object)
        if subject is None or object_ is None:
            return None
        ends = (subject.gold, object_.gold)
        exact = subject.strict and object_.strict
        for at, gold in enumerate(self.gold.relations):
            if at in matched:
                continue
            if level == "family":
                same = {*ends} == {gold.subject, gold.object} and _sisters(relation.type, gold.type)
            else:
                same = self._same(ends, relation.type, gold)
            if level == "strict":
                same = same and exact and relation.modality == gold.modality
            if same:
                return at
        return None

    def _same(self, ends: tuple[str, str], type_: str, gold: ReadRelation) -> bool:
        edge = self.schema.edges.get(type_)
        either_way = edge is not None and edge.symmetric
        known = (gold.subject, gold.object)
        return type_ == gold.type and (ends == known or (either_way and ends[::-1] == known))

    def _wanted(self) -> set[str]:
        """Ids of the gold entities that stand in a relation that is not optional."""
        counted = (relation for relation in self.gold.relations if not relation.optional)
        return {end for relation in counted for end in (relation.subject, relation.object)}

    def _entities(self, *, strict: bool) -> Score:
        hits = {one.gold for one in self.partners.values() if one.strict or not strict}
        wanted = self._wanted()
        return Score(len(hits & wanted), len(self.found.entities) - len(hits), len(wanted - hits))

    def _entity_types(self) -> dict[str, Score]:
        wanted = self._wanted()
        hits = {one.gold for one in self.partners.values()}
        types: dict[str, Score] = defaultdict(Score)
        for entity in self.gold.entities:
            if entity.id in wanted:
                types[entity.type].right += entity.id in hits
                types[entity.type].missed += entity.id not in hits
        for entity in self.found.entities:
            types[entity.type].surplus += entity.id not in self.partners
        return {name: score for name, score in types.items() if score != Score()}

    def _surplus(self, typed: Verdicts) -> Iterator[Difference]:
        missed = [Link(one.subject, one.type, one.object) for one in typed.missed]
        for verdict in typed.found:
            if verdict.gold is None:
                link = self._link(verdict.relation)
                yield _difference(verdict.relation, self.found, *cause_of(link, missed), True)

    def _missed(self, typed: Verdicts) -> Iterator[Difference]:
        reached = {one.gold for one in self.partners.values()}
        surplus = [self._link(one.relation) for one in typed.found if one.gold is None]
        for relation in typed.missed:
            subject, object_ = (
                end if end in reached else None for end in (relation.subject, relation.object)
            )
            cause = cause_of(Link(subject, relation.type, object_), surplus)
            yield _difference(relation, self.gold, *cause, False)

    def _link(self, relation: ReadRelation) -> Link:
        """A relation that was found, between gold entities."""
        subject, object_ = (self.partners.get(end) for end in (relation.subject, relation.object))
        return Link(
            subject.gold if subject else None, relation.type, object_.gold if object_ else None
        )


def _difference(
    relation: ReadRelation, reading: Reading, cause: Cause, instead: str, surplus: bool
) -> Difference:
    subject, object_ = (reading.entity(end) for end in (relation.subject, relation.object))
    quote = relation.quotes[0] if relation.quotes else Quote("")
    return Difference(
        surplus=surplus,
        subject=subject.name,
        type=relation.type,
        object=object_.name,
        evidence=quote.text,
        start=quote.start,
        modality=relation.modality,
        subject_type=subject.type,
        object_type=object_.type,
        cause=cause,
        instead=instead,
    )


def _relation_types(typed: Verdicts) -> dict[str, Score]:
    types: dict[str, Score] = defaultdict(Score)
    for one in typed.found:
        types[one.relation.type].right += one.gold is not None and not one.gold.optional
        types[one.relation.type].surplus += one.gold is None
    for gold in typed.missed:
        types[gold.type].missed += 1
    return dict(types)


def _accuracies(typed: Verdicts) -> dict[str, Share]:
    """What is judged of the relations that are typed right, those of optional ones included."""
    shares = {name: Share() for name in ACCURACIES}
    for one in typed.found:
        if one.gold is None:
            continue
        shares["modality"].count(one.relation.modality == one.gold.modality)
        same = _same_source(one.relation.source, one.gold.source)
        shares["source"].count(same)
        if one.gold.source:
            shares["named source"].count(same)
        if any(quote.text for quote in one.gold.quotes):
            shares["evidence"].count(_overlap(one.relation.quotes, one.gold.quotes))
    return shares


def _same_source(one: str, other: str) -> bool:
    """Whether both name none, or one names what the other does: 警方, 据云南警方消息."""
    if not one or not other:
        return one == other
    pairs = product(map(comparable, one.split("；")), map(comparable, other.split("；")))
    return any(len(min(a, b, key=len)) >= 2 and (a in b or b in a) for a, b in pairs)


def _overlap(some: Iterable[Quote], others: Iterable[Quote]) -> bool:
    """Whether two quotes share a run of at least half of the shorter one.

    Words are compared and not offsets: a gold quote has none.
    """
    for one, other in product(some, others):
        a, b = comparable(one.text), comparable(other.text)
        run = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
        if run.size and 2 * run.size >= min(len(a), len(b)):
            return True
    return False


def _distinct(relations: Iterable[ReadRelation]) -> Iterator[ReadRelation]:
    """The first relation of each (subject, type, object)."""
    first: dict[tuple[str, str, str], ReadRelation] = {}
    for one in relations:
        first.setdefault((one.subject, one.type, one.object), one)
    yield from first.values()


def _sisters(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in FAMILIES)
