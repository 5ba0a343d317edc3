"""Which mentions are one entity.

Namings come together in three steps, each of which a person's decision can forbid: inside a
document (what the text itself equates, a short form with one candidate), across documents
(one type and one name, a short name that documents define alike), and by decision.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Extraction, Level, Way, make_id
from kg.resolve.decision import Decision, Verdict, parse_subject
from kg.resolve.kinds import Kinds
from kg.resolve.lexicon import Lexicon
from kg.resolve.names import (
    COMPANIES,
    KNOWN_BY_SHORT_NAME,
    LAW,
    PERSON,
    REPORT,
    counted,
    ends_of,
    found_under,
    fullness,
    is_bare,
    is_branch,
    is_plain,
    is_short_for,
    is_telling,
    key_of,
    looked_for,
    side_of,
    without_determiner,
    without_title,
)
from kg.resolve.naming import Naming, level_of, namings_of
from kg.resolve.partition import Partition


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity to be: identity, and its namings sorted by document and name."""

    id: str
    type: str
    name: str
    namings: tuple[Naming, ...]


def together(
    extractions: Sequence[Extraction],
    kinds: Kinds,
    decisions: Sequence[Decision] = (),
) -> list[Draft]:
    """Drafts of all entities, sorted by id. `extractions` are sorted by document id."""
    namings: list[Naming] = []
    equal: _Pairs = []
    for extraction in extractions:
        offset = len(namings)
        found, pairs = namings_of(extraction, kinds)
        namings += found
        equal += [(a + offset, b + offset) for a, b in pairs]
    lexicon = kinds.lexicon
    merges, splits = _standing(decisions, namings, equal, lexicon)
    parted = Partition(len(namings))
    for number, split in enumerate(splits):
        parted.forbid(number, split)
    _infer(namings, equal, parted, lexicon)
    identities = {
        root: _identity(namings, parts, lexicon) for root, parts in parted.parts().items()
    }
    for subjects in merges:
        kept = min(subjects[0])
        identity = identities[parted.find(kept)]
        for member in sorted(set().union(*subjects)):
            parted.join(kept, member)
        identities[parted.find(kept)] = identity
    return _drafts(namings, parted, identities)


@dataclass(frozen=True, slots=True)
class _Identity:
    type: str
    name: str
    key: str
    document: str  # empty where the name holds in all documents

    @property
    def id(self) -> str:
        return make_id("e", self.type, self.key, *filter(None, [self.document]))


_Pairs = list[tuple[int, int]]


def _infer(namings: Sequence[Naming], equal: _Pairs, parted: Partition, lexicon: Lexicon) -> None:
    """Bring together what the texts say and the rules infer."""
    for a, b in equal:
        parted.join(a, b)
    by_type: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for position, naming in enumerate(namings):
        by_type[naming.document, naming.type, naming.instance].append(position)
    for (_, type_, instance), members in by_type.items():
        _join_counted(members, namings, parted, lexicon)
        if type_ == PERSON:
            _join_titles(members, namings, parted, lexicon)
            continue
        _join_determined(members, namings, parted, lexicon)
        if instance and type_ in KNOWN_BY_SHORT_NAME:
            for scoped in (True, False):
                alike = [member for member in members if namings[member].scoped is scoped]
                _join_short_forms(type_, alike, namings, parted, lexicon)
    _join_across(namings, parted, lexicon)


def _join_titles(
    members: list[int], namings: Sequence[Naming], parted: Partition, lexicon: Lexicon
) -> None:
    """Join one person's name with and without titles, unless they put two on two sides."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for member in members:
        by_name[without_title(namings[member].printed, lexicon)].append(member)
    for several in by_name.values():
        sides = {member: side_of(namings[member].printed, lexicon) for member in several}
        first: dict[str, int] = {}
        if len(set(sides.values()) - {""}) <= 1:
            sides = dict.fromkeys(several, "")
        for member, side in sides.items():
            parted.join(first.setdefault(side, member), member)


def _join_counted(
    members: list[int], namings: Sequence[Naming], parted: Partition, lexicon: Lexicon
) -> None:
    """Join names that count exactly as many of the same: 31名犯罪嫌疑人, 犯罪嫌疑人31人."""
    first: dict[Hashable, int] = {}
    for member in members:
        count = counted(namings[member].printed, lexicon)
        if count:
            parted.join(first.setdefault(count, member), member)


def _join_determined(
    members: list[int], namings: Sequence[Naming], parted: Partition, lexicon: Lexicon
) -> None:
    """Join a name with a number or 某 to the bare name where only one such is in the text."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for member in members:
        by_name[without_determiner(namings[member].printed, lexicon)].append(member)
    for bare, several in by_name.items():
        if len(several) == 2 and bare in {namings[member].name for member in several}:
            parted.join(*several)


def _join_short_forms(
    type_: str,
    members: list[int],
    namings: Sequence[Naming],
    parted: Partition,
    lexicon: Lexicon,
) -> None:
    """Join the forms of one name, and each short form to its full form where the document has only
    one. Which of several it means, another document does not know either: it stays open."""
    printed = {member: namings[member].printed for member in members}
    alike: dict[str, int] = {}
    for member in members:
        parted.join(alike.setdefault(key_of(type_, printed[member], lexicon), member), member)
    under: dict[str, list[int]] = defaultdict(list)
    for member in members:
        for key in found_under(type_, printed[member], lexicon):
            under[key].append(member)
    ends = {end for member in members for end in ends_of(type_, printed[member], lexicon)}
    for short in sorted(members, key=lambda member: (-len(namings[member].name), member)):
        if namings[short].linked:  # the text has said what it stands for
            continue
        full = {
            parted.find(member)
            for member in under.get(looked_for(type_, printed[short], lexicon), ())
            if len(namings[member].name) > len(namings[short].name)
            and is_short_for(type_, printed[short], printed[member], lexicon)
        }
        if len(full) == 1:
            parted.join(short, full.pop())
        elif full or looked_for(type_, printed[short], lexicon) in ends:
            namings[short].open = not namings[short].listed


def _join_across(namings: Sequence[Naming], parted: Partition, lexicon: Lexicon) -> None:
    """Join what has one identity in all documents, then what is known by a short name."""
    first: dict[str, int] = {}
    targets: dict[tuple[str, str], set[str]] = defaultdict(set)
    root_of: dict[tuple[str, str], list[int]] = defaultdict(list)
    local = [
        (root, _identity(namings, parts, lexicon), parts) for root, parts in parted.parts().items()
    ]
    for root, identity, parts in local:
        parted.join(first.setdefault(identity.id, root), root)
        if identity.document or identity.type not in KNOWN_BY_SHORT_NAME:
            continue
        if not any(namings[position].instance for position in parts):
            continue  # no 航空公司 is the one that a text calls so for short
        root_of[identity.type, identity.key].append(root)
        if identity.type in COMPANIES and is_branch(identity.name, lexicon):
            continue  # 青鹭通信 is the branch in this document only
        for position in parts:
            naming = namings[position]
            short = key_of(identity.type, naming.name, lexicon)
            if (
                len(short) < len(identity.key)
                and naming.instance
                and (naming.linked or identity.type in COMPANIES | {LAW})
                and is_telling(identity.type, naming.printed, lexicon)
            ):
                targets[identity.type, short].add(identity.key)
    final: dict[tuple[str, str], str] = {}
    for type_, key in sorted(root_of.keys() | targets.keys(), key=lambda at: (-len(at[1]), at)):
        full = {final[type_, target] for target in targets.get((type_, key), ())}
        final[type_, key] = full.pop() if len(full) == 1 else key
        for root in root_of.get((type_, key), ()):
            parted.join(root_of[type_, final[type_, key]][0], root)


def _identity(namings: Sequence[Naming], parts: Sequence[int], lexicon: Lexicon) -> _Identity:
    """Type, name and scope of the entity that has these namings."""
    mentions = [mention for part in parts for mention in namings[part].mentions]
    type_ = namings[parts[0]].type
    counts = Counter(mention.name for mention in mentions)
    if type_ == PERSON:  # not what he is called besides: 柏某（绰号“阿强”）
        besides = {mention.name for mention in mentions if mention.way is Way.INTRODUCED}
        counts = Counter({n: many for n, many in counts.items() if n not in besides}) or counts
    if type_ in KNOWN_BY_SHORT_NAME or type_ == PERSON:
        name = max(counts, key=lambda name: (fullness(type_, name, lexicon), counts[name], name))
    else:  # a kind is called what it is called most, not 他人的游戏账号
        name = max(
            counts,
            key=lambda name: (is_plain(type_, name, lexicon), counts[name], -len(name), name),
        )
    if type_ == REPORT and is_bare(type_, name, lexicon):
        name = max(counts, key=lambda name: (fullness(type_, name, lexicon), counts[name], name))
    particular = type_ in KNOWN_BY_SHORT_NAME | {REPORT} and level_of(mentions) is Level.INSTANCE
    scoped = any(namings[part].scoped or namings[part].open for part in parts) or (
        particular and is_bare(type_, name, lexicon)
    )
    document = namings[parts[0]].document if scoped else ""
    return _Identity(type_, name, key_of(type_, name, lexicon), document)


def _drafts(
    namings: Sequence[Naming], parted: Partition, identities: Mapping[int, _Identity]
) -> list[Draft]:
    taken: set[str] = set()
    drafts = []
    for root, parts in parted.parts().items():
        identity = identities[root]
        id_ = identity.id
        if id_ in taken:  # one name that a decision split: the later ones say their document
            id_ = make_id("e", identity.type, identity.key, namings[root].document)
        while id_ in taken:
            id_ = make_id("e", id_)
        taken.add(id_)
        members = tuple(namings[part] for part in parts)
        drafts.append(Draft(id_, identity.type, identity.name, members))
    return sorted(drafts, key=lambda draft: draft.id)


def _standing(
    decisions: Sequence[Decision], namings: Sequence[Naming], equal: _Pairs, lexicon: Lexicon
) -> tuple[list[list[set[int]]], list[dict[int, Hashable]]]:
    """The merges (positions by subject) and the splits (side by position) that hold."""
    merges: list[list[set[int]]] = []
    splits: list[list[set[int]]] = []
    meaning = _Meaning(namings, equal, lexicon) if decisions else None
    for decision in decisions:
        if meaning is None or decision.verdict is Verdict.REJECT:
            continue
        subjects = [found for subject in decision.subjects if (found := meaning.of(subject))]
        if decision.verdict is Verdict.MERGE and subjects:
            splits = [split for split in splits if not _contradict(split, subjects)]
            merges.append(subjects)
        elif decision.verdict is Verdict.SPLIT and subjects:
            merges = [merge for merge in merges if not _contradict(subjects, merge)]
            splits.append(subjects)
    return merges, [_sides(split, namings) for split in splits]


def _contradict(split: list[set[int]], merge: list[set[int]]) -> bool:
    merged = set().union(*merge)
    return sum(1 for subject in split if subject & merged) >= min(2, len(split))


def _sides(split: list[set[int]], namings: Sequence[Naming]) -> dict[int, Hashable]:
    if len(split) == 1:
        return {position: namings[position].name for position in split[0]}
    sides: dict[int, Hashable] = {}
    for number, subject in enumerate(split):
        for position in subject:
            sides.setdefault(position, number)
    return sides


class _Meaning:
    """What subjects of decisions mean: an id is that of the graph without decisions, or the
    one that a name of its own would have."""

    def __init__(self, namings: Sequence[Naming], equal: _Pairs, lexicon: Lexicon) -> None:
        self._namings = namings
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_id: dict[str, set[int]] = {}
        for position, naming in enumerate(namings):
            self._by_name[naming.name].append(position)
            own = _identity(namings, [position], lexicon).id
            self._by_id.setdefault(own, set()).add(position)
        parted = Partition(len(namings))
        _infer(namings, equal, parted, lexicon)
        for parts in parted.parts().values():
            self._by_id[_identity(namings, parts, lexicon).id] = set(parts)

    def of(self, subject: str) -> set[int]:
        """Positions of the namings that `subject` means; empty when it means nothing."""
        if subject in self._by_id:
            return self._by_id[subject]
        read = parse_subject(subject)
        return {
            position
            for position in self._by_name.get(read.name, ())
            if read.matches(
                read.name, self._namings[position].type, self._namings[position].document
            )
        }
