"""How well extractions agree with gold annotations, in the measures of the gold guide.

Entities are aligned one to one inside an article. *Strict* asks for the same type and an equal
name or alias; *relaxed* also accepts names that contain each other, and a sister type of the same
group (schema). A relation is *typed* right when both ends are aligned (relaxed) and its type and
direction are right; *strict* also asks for strictly aligned ends and the same modality; *family*
accepts the opposite direction and a sister type. Gold relations marked optional count neither way.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.schema import Schema, load_schema

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

MEASURES = (
    "entity strict",
    "entity relaxed",
    "relation strict",
    "relation typed",
    "relation family",
)
AVERAGED = ("entity relaxed", "relation typed")
"""Measures that are also averaged over articles: the headline figures."""

_IGNORED = re.compile(r"[\s\"“”‘’'「」『』《》〈〉()（）•·・,，.。*\-—【】]")


@dataclass
class Score:
    """Counts of right, surplus and missed items, and the ratios they give (0 to 1)."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / (self.right + self.surplus) if self.right + self.surplus else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Score) -> None:
        """Add the counts of `other` to these."""
        self.right += other.right
        self.surplus += other.surplus
        self.missed += other.missed

    def plain(self) -> dict[str, float]:
        """For JSON: the three ratios, rounded to four places, and the counts."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "surplus": self.surplus,
            "missed": self.missed,
        }


@dataclass(frozen=True)
class Difference:
    """A relation that only one side has (`typed` measure)."""

    surplus: bool
    subject: str
    type: str
    object: str
    evidence: str


@dataclass
class ArticleScore:
    """The measures of one article; `entity_types` and `relation_types` count by type."""

    id: str
    measures: dict[str, Score] = field(default_factory=dict)
    entity_types: dict[str, Score] = field(default_factory=dict)
    relation_types: dict[str, Score] = field(default_factory=dict)
    modality_right: int = 0
    modality_wrong: int = 0
    differences: list[Difference] = field(default_factory=list)


@dataclass
class Evaluation:
    """All articles together."""

    articles: list[ArticleScore]

    @cached_property
    def measures(self) -> dict[str, Score]:
        """Each measure over the items of all articles."""
        return {name: self._sum(a.measures.get(name) for a in self.articles) for name in MEASURES}

    @cached_property
    def entity_types(self) -> dict[str, Score]:
        """Relaxed entity counts by type."""
        names = sorted({name for a in self.articles for name in a.entity_types})
        return {name: self._sum(a.entity_types.get(name) for a in self.articles) for name in names}

    @cached_property
    def relation_types(self) -> dict[str, Score]:
        """Typed relation counts by type."""
        names = sorted({name for a in self.articles for name in a.relation_types})
        return {n: self._sum(a.relation_types.get(n) for a in self.articles) for n in names}

    @property
    def modality(self) -> float | None:
        """Share of the relations found whose modality is right; None when none was found."""
        right = sum(a.modality_right for a in self.articles)
        wrong = sum(a.modality_wrong for a in self.articles)
        return right / (right + wrong) if right + wrong else None

    def mean(self, measure: str) -> dict[str, float]:
        """Precision, recall and F1 of `measure`, each averaged over the articles."""
        scores = [a.measures[measure] for a in self.articles]
        share = 1 / max(1, len(scores))
        return {
            "precision": sum(s.precision for s in scores) * share,
            "recall": sum(s.recall for s in scores) * share,
            "f1": sum(s.f1 for s in scores) * share,
        }

    @staticmethod
    def _sum(scores: Iterable[Score | None]) -> Score:
        total = Score()
        for score in scores:
            if score is not None:
                total.add(score)
        return total


def load_gold(folder: Path, skip: Collection[str] = ()) -> dict[str, tuple[dict[str, Any], Path]]:
    """Article id -> annotation (`gold/ID.json`) and the article's file (`articles/ID.*`).

    Annotations of the ids in `skip` are not opened. Raises UsageError when the folder has no
    annotation, or one of them no article.
    """
    files = {path.name.split(".")[0]: path for path in sorted(folder.glob("articles/*"))}
    gold: dict[str, tuple[dict[str, Any], Path]] = {}
    for path in sorted(folder.glob("gold/*.json")):
        if path.stem in skip:
            continue
        if path.stem not in files:
            raise UsageError(f"{path}: no article {folder / 'articles' / path.stem}.*")
        gold[path.stem] = (json.loads(path.read_text("utf-8")), files[path.stem])
    if not gold:
        raise UsageError(f"{folder} is no gold folder: it needs gold/ID.json and articles/ID.*")
    return gold


def evaluate(
    pairs: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]],
    schema: Schema | None = None,
) -> Evaluation:
    """Score pairs of (article id, gold annotation, extraction), both as `entities`, `relations`.

    An extraction is the object that `kg extract` prints.
    """
    known = schema or load_schema()
    return Evaluation([_Article(name, gold, found, known).score() for name, gold, found in pairs])


def align(gold: Mapping[str, Any], found: Mapping[str, Any], schema: Schema) -> dict[str, str]:
    """Extracted entity id -> id of the gold entity that it is taken for (relaxed)."""
    partner = _Article("", gold, found, schema).partner
    return {entity: other for entity, (other, _) in partner.items()}


class _Article:
    """One article's gold annotation against its extraction."""

    def __init__(
        self, name: str, gold: Mapping[str, Any], found: Mapping[str, Any], schema: Schema
    ) -> None:
        self.result = ArticleScore(name)
        self.schema = schema
        self.gold_entities: Sequence[Mapping[str, Any]] = gold["entities"]
        self.gold_relations: Sequence[Mapping[str, Any]] = gold["relations"]
        self.entities: Sequence[Mapping[str, Any]] = found["entities"]
        self.relations = _distinct(found["relations"])
        self.partner = self._align()

    def score(self) -> ArticleScore:
        self._score_entities()
        for level in ("strict", "typed", "family"):
            self._score_relations(level)
        return self.result

    def _align(self) -> dict[str, tuple[str, bool]]:
        """Extracted entity id -> gold entity id, and whether strictly; best pairs first."""
        gold_names = [_names(entity) for entity in self.gold_entities]
        names = [_names(entity) for entity in self.entities]
        ranked = []
        for i, gold in enumerate(self.gold_entities):
            for j, entity in enumerate(self.entities):
                rank = self._similarity(gold, entity, gold_names[i], names[j])
                if rank:
                    ranked.append((rank, i, j))
        # equal ranks: later entities first, as the guide's own scorer does
        ranked.sort(reverse=True)
        partner: dict[str, tuple[str, bool]] = {}
        taken: set[int] = set()
        for rank, i, j in ranked:
            identifier = self.entities[j]["id"]
            if i not in taken and identifier not in partner:
                taken.add(i)
                partner[identifier] = (self.gold_entities[i]["id"], rank[0] == 2 and rank[1])
        return partner

    def _similarity(
        self,
        gold: Mapping[str, Any],
        entity: Mapping[str, Any],
        gold_names: set[str],
        names: set[str],
    ) -> tuple[int, bool, float] | None:
        """(2 equal or 1 containing, same type, closeness of the names); None: not the same."""
        same = gold["type"] == entity["type"]
        if not same and self._group(gold["type"]) != self._group(entity["type"]):
            return None
        if gold_names & names:
            return 2, same, float(_plain(gold["name"]) == _plain(entity["name"]))
        best = 0.0
        for one in gold_names:
            for other in names:
                short, long = sorted((one, other), key=len)
                if len(short) >= 2 and short in long and 2 * len(short) >= len(long):
                    best = max(best, len(short) / len(long))
        return (1, same, best) if best else None

    def _group(self, type_name: str) -> str | None:
        node = self.schema.nodes.get(type_name)
        return node.group if node else None

    def _score_entities(self) -> None:
        wanted = {
            end
            for relation in self.gold_relations
            if not relation.get("optional")
            for end in (relation["subject"], relation["object"])
        }
        for name, strict in (("entity strict", True), ("entity relaxed", False)):
            hits = {gold for gold, exact in self.partner.values() if exact or not strict}
            paired = sum(1 for _, exact in self.partner.values() if exact or not strict)
            self.result.measures[name] = Score(
                len(hits & wanted), len(self.entities) - paired, len(wanted - hits)
            )
        found = {gold for gold, _ in self.partner.values()}
        types = self.result.entity_types
        for entity in self.gold_entities:
            if entity["id"] in wanted:
                score = types.setdefault(entity["type"], Score())
                score.right += entity["id"] in found
                score.missed += entity["id"] not in found
        for entity in self.entities:
            if entity["id"] not in self.partner:
                types.setdefault(entity["type"], Score()).surplus += 1

    def _score_relations(self, level: str) -> None:
        score = self.result.measures[f"relation {level}"] = Score()
        matched: set[int] = set()
        for relation in self.relations:
            position = self._match(relation, level, matched)
            if position is None:
                score.surplus += 1
                if level == "typed":
                    self._note_surplus(relation)
                continue
            matched.add(position)
            gold = self.gold_relations[position]
            score.right += not gold.get("optional")
            if level == "typed":
                self._note_right(relation, gold)
        for position, gold in enumerate(self.gold_relations):
            if position not in matched and not gold.get("optional"):
                score.missed += 1
                if level == "typed":
                    self._note_missed(gold)

    def _match(self, relation: Mapping[str, Any], level: str, matched: set[int]) -> int | None:
        """Position of the first gold relation, not matched yet, that says the same."""
        subject = self.partner.get(relation["subject"])
        object_ = self.partner.get(relation["object"])
        if subject is None or object_ is None:
            return None
        ends = (subject[0], object_[0])
        exact = subject[1] and object_[1]
        for position, gold in enumerate(self.gold_relations):
            if position in matched:
                continue
            gold_ends = (gold["subject"], gold["object"])
            if level == "family":
                same = set(ends) == set(gold_ends) and _sisters(relation["type"], gold["type"])
            else:
                same = relation["type"] == gold["type"] and (
                    ends == gold_ends or (self._symmetric(gold["type"]) and ends == gold_ends[::-1])
                )
                if level == "strict":
                    same = same and exact and _modality(relation) == gold["modality"]
            if same:
                return position
        return None

    def _symmetric(self, type_name: str) -> bool:
        edge = self.schema.edges.get(type_name)
        return edge is not None and edge.symmetric

    def _note_right(self, relation: Mapping[str, Any], gold: Mapping[str, Any]) -> None:
        by_type = self.result.relation_types.setdefault(relation["type"], Score())
        by_type.right += not gold.get("optional")
        if _modality(relation) == gold["modality"]:
            self.result.modality_right += 1
        else:
            self.result.modality_wrong += 1

    def _note_surplus(self, relation: Mapping[str, Any]) -> None:
        self.result.relation_types.setdefault(relation["type"], Score()).surplus += 1
        self._differ(relation, self.entities, surplus=True)

    def _note_missed(self, gold: Mapping[str, Any]) -> None:
        self.result.relation_types.setdefault(gold["type"], Score()).missed += 1
        self._differ(gold, self.gold_entities, surplus=False)

    def _differ(
        self, relation: Mapping[str, Any], entities: Sequence[Mapping[str, Any]], *, surplus: bool
    ) -> None:
        names = {entity["id"]: entity["name"] for entity in entities}
        subject, object_ = (names.get(relation[end], "?") for end in ("subject", "object"))
        quote = _quote(relation)
        self.result.differences.append(
            Difference(surplus, subject, relation["type"], object_, quote)
        )


def _distinct(relations: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first relation of each (subject, type, object)."""
    first: dict[tuple[str, str, str], Mapping[str, Any]] = {}
    for relation in relations:
        first.setdefault((relation["subject"], relation["type"], relation["object"]), relation)
    return list(first.values())


def _plain(name: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).lower()


def _names(entity: Mapping[str, Any]) -> set[str]:
    names = (_plain(name) for name in (entity["name"], *(entity.get("aliases") or ())))
    return {name for name in names if name}


def _sisters(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in FAMILIES)


def _modality(relation: Mapping[str, Any]) -> str:
    return relation.get("modality") or "asserted"


def _quote(relation: Mapping[str, Any]) -> str:
    evidence = relation.get("evidence") or ""
    if isinstance(evidence, str):
        return evidence
    return str(evidence[0]["text"])
