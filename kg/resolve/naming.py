"""Namings: all mentions of one document that bear one name."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from kg.model import FIGURES, Extraction, Level, Mention, Sentence, Way
from kg.resolve.kinds import Kinds, Use
from kg.resolve.lexicon import Lexicon
from kg.resolve.names import (
    AGENCY,
    OFFENCE,
    PERSON,
    REPORT,
    fold,
    is_below,
    is_short_for,
    is_unnamed,
    issues,
)
from kg.resolve.opposites import Opposites
from kg.resolve.partition import Partition
from kg.resolve.variants import Form, shipped
from kg.text import strip_quotes
from kg.values import find_money, find_quantities


@dataclass
class Naming:
    """All mentions of one document that bear one name (folded) and have one type.

    `type` is the one that the graph shows, where a text uses the name with sister types.
    `uses` are the places in claims, `linked` says that the text equates it with another, `open`
    that the document has several things, or one that it may not be, for which it can be short.
    """

    document: str
    type: str
    name: str
    lexicon: Lexicon
    mentions: list[Mention] = field(default_factory=list)
    uses: set[Use] = field(default_factory=set)
    linked: bool = False
    open: bool = False

    @cached_property
    def scoped(self) -> bool:
        """Whether the name means nothing outside the document."""
        return any(
            mention.scoped
            or (mention.level is Level.INSTANCE and is_unnamed(mention.name, self.lexicon))
            for mention in self.mentions
        )

    @property
    def listed(self) -> bool:
        """Whether a term list has the name."""
        return any(mention.way is Way.TERM for mention in self.mentions)

    @cached_property
    def printed(self) -> str:
        """The form of most mentions; of equals, the longest, then the greatest."""
        counts = Counter(mention.name for mention in self.mentions)
        return max(counts, key=lambda name: (counts[name], len(name), name))

    @cached_property
    def instance(self) -> bool:
        """Whether the name is of a particular thing here."""
        return level_of(self.mentions) is Level.INSTANCE


def stands_in(mention: Mention) -> bool:
    """Whether what is printed is no name of the thing, but stands for one: 警方."""
    return mention.way is Way.ANAPHOR


def level_of(mentions: Iterable[Mention]) -> Level:
    """The level of most mentions; of equals, instance."""
    counts = Counter(mention.level for mention in mentions)
    return max(counts, key=lambda level: (counts[level], level is Level.INSTANCE))


def namings_of(extraction: Extraction, kinds: Kinds) -> tuple[list[Naming], list[tuple[int, int]]]:
    """The namings of a document, and pairs of positions of what is one entity.

    Those are names that the text equates, and one name with sister types, where one of the
    types fits all places in claims that the mentions have.
    """
    namings: list[Naming] = []
    found: dict[tuple[str, str], int] = {}
    position: list[int] = []
    for mention in extraction.mentions:
        key = mention.type, fold(mention.name)
        if key not in found:
            found[key] = len(namings)
            namings.append(Naming(extraction.document.id, *key, kinds.lexicon))
        position.append(found[key])
        namings[found[key]].mentions.append(mention)
    for claim in extraction.claims:
        namings[position[claim.subject]].uses.add((claim.type, "subject"))
        namings[position[claim.object]].uses.add((claim.type, "object"))
    equal = Partition(len(namings))
    for a, b in _linked(extraction, position, namings, kinds):
        equal.join(a, b)
    sisters: dict[tuple[str, str], int] = {}
    for at, naming in enumerate(namings):
        equal.join(sisters.setdefault((kinds.group(naming.type), naming.name), at), at)
    pairs = []
    for parts in equal.parts().values():
        kept = {id(item) for item in _with_one_type([namings[part] for part in parts], kinds)}
        members = [part for part in parts if id(namings[part]) in kept]
        pairs += [(members[0], member) for member in members[1:]]
    return namings, [*pairs, *_variants(namings, extraction.document.sentences, kinds.opposites)]


_SAFE = frozenset({"Good", "Tool", "Service", "Platform", "Role", "Activity", "Control", "Industry",
                   "Agency", "Statistic", "Price", "Offence", "Report"})  # fmt: skip
"""Types whose names tell more or less of one thing. Of people, firms, places, laws, cases and
number segments the longer name is as a rule another one; of firms and gangs a short name of one
document would also hold in all others."""


def _variants(
    namings: Sequence[Naming], sentences: Sequence[Sentence], opposites: Opposites
) -> Iterable[tuple[int, int]]:
    """Pairs of namings that say more or less of one thing."""
    model = shipped()
    if model is None:
        return
    starts = [sentence.start for sentence in sentences]
    found: set[tuple[int, int]] = set()
    names: dict[int, list[str]] = {}
    for scoped in (False, True):
        owners: list[int] = []
        forms: list[Form] = []
        for at, naming in enumerate(namings):
            if naming.type in _SAFE and naming.scoped is scoped:
                several = list(_forms(naming, starts))
                names[at] = [form.name for form in several]
                owners += [at] * len(several)
                forms += several
        found |= {(owners[short], owners[long]) for short, long in model.same(forms)}
    pairs = sorted(
        (short, long)
        for short, long in found
        if short != long and not _apart(namings[short], namings[long])
    )
    pairs = opposites.kept(pairs, names)
    apart = _names_of_several(namings, pairs)
    yield from (pair for pair in pairs if pair[0] not in apart)


def _apart(one: Naming, other: Naming) -> bool:
    """Whether they are two agencies of which one is in a part of the other's area, or only one in
    the list of agencies (中国人民银行, 巴西中央银行); two reports of one series, two figures, or
    two offences that the list of offences tells apart."""
    if one.type == OFFENCE and one.listed and other.listed:
        return True
    if one.type == AGENCY and one.instance and other.instance and one.listed != other.listed:
        return True
    if one.type in FIGURES:
        numbers, rivals = _numbers(one.printed), _numbers(other.printed)
        return bool(numbers and rivals) and numbers.isdisjoint(rivals)
    if one.type == REPORT:
        told, others = issues(one.printed), issues(other.printed)
        return bool(told and others and told != others)
    return one.type == AGENCY and is_below(one.printed, other.printed, one.lexicon)


def _numbers(name: str) -> set[Decimal]:
    """The figures in a name, each at its least: of 10余条 it is 10."""
    money = {found.value.low for found in find_money(name)}
    return money | {found.value.low for found in find_quantities(name)}


def _names_of_several(namings: Sequence[Naming], pairs: Iterable[tuple[int, int]]) -> set[int]:
    """The shorter names in `pairs` that stand for several agencies or reports: 检察院, 湖州市院."""
    longer: dict[int, list[int]] = defaultdict(list)
    for short, long in pairs:
        if namings[long].type in (AGENCY, REPORT) and namings[long].instance:
            longer[short].append(long)
    return {
        short
        for short, several in longer.items()
        if not all(_agree(namings[a], namings[b]) for a, b in combinations(several, 2))
    }


def _agree(one: Naming, other: Naming) -> bool:
    """Whether two longer forms of one name can be one thing."""
    if one.type == REPORT:
        return issues(one.printed) == issues(other.printed)
    short, full = sorted((one.printed, other.printed), key=len)
    return is_short_for(AGENCY, short, full, one.lexicon)


def _forms(naming: Naming, starts: Sequence[int]) -> Iterable[Form]:
    """The forms in which a text prints a name."""
    stand: dict[str, set[int]] = defaultdict(set)
    for mention in naming.mentions:
        if not stands_in(mention):
            stand[fold(strip_quotes(mention.text))].add(bisect_right(starts, mention.start))
    for name, sentences in stand.items():
        yield Form(name, naming.type, naming.listed, frozenset(sentences))


def _linked(
    extraction: Extraction, position: list[int], namings: list[Naming], kinds: Kinds
) -> Iterable[tuple[int, int]]:
    for a, b in ((position[one], position[other]) for one, other in extraction.links):
        types = {namings[a].type, namings[b].type}
        people = PERSON in types and len(types) > 1  # 王某 is not all that is a 卡商
        if len({kinds.group(type_) for type_ in types}) == 1 and not people:
            namings[a].linked = namings[b].linked = True
            yield a, b


def _with_one_type(namings: list[Naming], kinds: Kinds) -> list[Naming]:
    """Those of `namings` that can have one type; they are given it."""
    counts: Counter[str] = Counter()
    for naming in namings:
        counts[naming.type] += len(naming.mentions)
    if len(counts) == 1:
        return namings
    ranked = [type_ for type_, _ in counts.most_common()]
    fitting = defaultdict(list)
    for type_ in ranked:
        fitting[type_] = [
            item for item in namings if item.type == type_ or kinds.allow(item.uses, type_)
        ]
        if len(fitting[type_]) == len(namings):
            break
    best = max(ranked, key=lambda type_: (len(fitting[type_]), -ranked.index(type_)))
    for naming in fitting[best]:
        naming.type = best
    return fitting[best]
