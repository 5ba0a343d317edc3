"""Two lists that answer each other: A、B、C的运营商分别是甲、乙、丙."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import ACTS, Mention
from kg.relate.clauses import Parsed
from kg.relate.coded import Line, pattern, worded, write
from kg.relate.templates import Found
from kg.schema import Schema

_BACK = 90
"""Characters before the sentence in which its first list may stand."""
_THINGS = frozenset({"Good", "NumberSegment", "Tool", "Platform", "Service"})
_ACTORS = frozenset({"Person", "Organization", "Group", "Role"})
_ANSWER = (
    r"(?P<cue>分别|依次|各自?)(?:(?:可以?|能|均)?(?:是|为|由|系|在|以|{~answering}|{~price-name}|"
    r"{~gaining}|{~getting-sum})+)"
    r"(?:了|人民币|每[张个条套份])?"
)
_JOINT = r"(?:（[^（）]{0,14}）)?(?:、|和|与|，?以及|及)"


@dataclass(frozen=True, slots=True)
class _Pairing:
    """An edge from each member of the first list to its fellow in the second."""

    edge: str
    left: frozenset[str]
    right: frozenset[str]
    cue: re.Pattern[str]
    turned: bool = False
    """Whether the edge leads from the second list to the first."""


_PAIRINGS = (
    _Pairing(
        "PROVIDED_BY", _THINGS, frozenset({"Organization", "Platform", "Role"}),
        re.compile(r"运营商|归属|开发|制作|提供|平台|厂商|公司|品牌|发卡|来自|属于|由"),
    ),
    _Pairing("HAS_PRICE", _THINGS, frozenset({"Price"}), re.compile(r"")),
    _Pairing("HAS_SEGMENT", frozenset({"Good"}), frozenset({"NumberSegment"}), re.compile(r"")),
    _Pairing(
        "HAS_ROLE", frozenset({"Person", "Organization", "Group"}), frozenset({"Role"}),
        re.compile(r"担任|任$|充当|作为|扮演|是|为|系"),
    ),
    _Pairing(
        "AFFILIATED_WITH", frozenset({"Person"}), frozenset({"Organization", "Agency", "Group"}),
        re.compile(r"就职|任职|供职|来自|属于"),
    ),
    _Pairing("CONVICTED_OF", _ACTORS, frozenset({"Offence"}), re.compile(r"犯|构成|以")),
    _Pairing(
        "LOCATED_IN", frozenset({"Organization", "Group", "Person"}), frozenset({"Location"}),
        re.compile(r"位于|在|来自"),
    ),
    _Pairing(
        "MEASURES", _ACTORS, frozenset({"Statistic"}), re.compile(r"利|所得|得|赚|骗|损失|取"), True
    ),
)  # fmt: skip
_RUN = pattern("{:*}(?:" + _JOINT + "{:*})+")
_ANSWERED = _ANSWER + "(?P<list>{:*}(?:" + _JOINT + "{:*})+)"


def respective(
    text: str, parsed: Parsed, mentions: Sequence[Mention], schema: Schema
) -> Iterator[Found]:
    """Member by member the claims between a list after 分别 and the nearest one before.

    Both have the same length, at least two; the first may stand in the sentence before, up to
    90 characters back, where this sentence has no list.
    """
    start, end = parsed.sentence.start, parsed.sentence.end
    answered = worded(_ANSWERED, schema)
    if not _MARK.search(text, start, end):
        return
    here = [m for m in parsed.mentions if mentions[m].type not in ACTS]
    segments = [m for m in here if mentions[m].type == "NumberSegment"]
    whole = {
        m for m in here if mentions[m].type == "Good" and _holds(mentions[m], segments, mentions)
    }
    found = list(
        _answers(text, start, write(text, start, end, here, mentions), mentions, schema, answered)
    )
    if not found and whole:
        # 171、165开头的两类卡 may be one good: then its number segments are the first list.
        bare = [m for m in here if m not in whole]
        found = list(
            _answers(
                text, start, write(text, start, end, bare, mentions), mentions, schema, answered
            )
        )
    yield from found


def _holds(good: Mention, segments: Sequence[int], mentions: Sequence[Mention]) -> bool:
    """Whether two or more of the number segments stand in the name of the good."""
    inside = [
        m for m in segments if good.start <= mentions[m].start and mentions[m].end <= good.end
    ]
    return len(inside) > 1


def _answers(
    text: str, start: int, line: Line, mentions: Sequence[Mention], schema: Schema,
    answered: re.Pattern[str],
) -> Iterator[Found]:  # fmt: skip
    for answer in answered.finditer(line.code):
        right = line.members(answer, "list")
        told = line.spans[answer.start("cue")][0]
        clause = max(start, *(text.rfind(mark, start, told) for mark in "，；："))
        cue = text[clause : mentions[right[0]].start]
        left, ambiguous = _list_before(line, answer.start("cue"), len(right))
        if not left and not ambiguous:
            back = _before(text, start, mentions)
            before = write(text, max(0, start - _BACK), start, back, mentions)
            left, _ = _list_before(before, len(before.code), len(right))
        pairing = _pairing(left, right, cue, mentions, schema)
        if pairing is None:
            continue
        edge = pairing.edge
        if pairing.turned and len(list(_RUN.finditer(line.code, 0, answer.start("cue")))) > 1:
            continue  # 甲、乙因丙、丁发送的短信分别被骗…: who of them is not told by the place
        begin, stop = line.span(answer)
        begin = min([begin, *(mentions[m].start for m in left if mentions[m].start >= start)])
        pairs = zip(right, left, strict=True) if pairing.turned else zip(left, right, strict=True)
        for one, other in pairs:
            yield Found(one, edge, other, f"edges/{edge}.yaml#respective", begin, stop, None)


_MARK = re.compile(r"分别|依次|各自")


def _list_before(line: Line, at: int, size: int) -> tuple[list[int], bool]:
    """The members of the last list before `at` if it has `size`, and whether there is a list."""
    runs = list(_RUN.finditer(line.code, 0, at))
    if not runs:
        return [], False
    members = line.members(runs[-1], 0)
    return (members if len(members) == size else []), True


def _before(text: str, start: int, mentions: Sequence[Mention]) -> list[int]:
    """The mentions, acts aside, of the same paragraph that stand before `start`."""
    low = max(0, start - _BACK, text.rfind("\n", 0, start))
    first = bisect_left(mentions, low, key=lambda m: m.start)
    last = bisect_left(mentions, start, key=lambda m: m.start)
    return [at for at in range(first, last) if mentions[at].type not in ACTS]


def _pairing(
    left: Sequence[int], right: Sequence[int], cue: str, mentions: Sequence[Mention], schema: Schema
) -> _Pairing | None:
    """What the types of two lists and the words between them make."""
    if not left:
        return None
    ones, others = {mentions[m].type for m in left}, {mentions[m].type for m in right}
    for pairing in _PAIRINGS:
        if ones <= pairing.left and others <= pairing.right and pairing.cue.search(cue):
            edge = schema.edges[pairing.edge]
            ends = (others, ones) if pairing.turned else (ones, others)
            return pairing if ends[0] <= edge.source and ends[1] <= edge.target else None
    return None
