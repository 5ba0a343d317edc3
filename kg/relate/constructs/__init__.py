"""What a sentence says by its build alone, so surely that no ranker is asked.

`respective` (lists that answer each other), `prices`, `chains` of supply, `judgments`, `charges`,
`raids`, `trades`, `deeds`, `partners`, names `inside` names, and here what a name has beside it: a
role, a title, an owner, the offence of a sentence, and the `forms` in which kinds, figures and
origins are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.model import ACTS, Mention
from kg.relate.clauses import Parsed
from kg.relate.coded import Line, worded, write
from kg.relate.constructs.chains import chains
from kg.relate.constructs.charges import charges
from kg.relate.constructs.deeds import deeds
from kg.relate.constructs.forms import FORMS
from kg.relate.constructs.inside import inside_names
from kg.relate.constructs.judgments import judgments
from kg.relate.constructs.parties import SOME
from kg.relate.constructs.partners import partners
from kg.relate.constructs.prices import prices
from kg.relate.constructs.raids import raids
from kg.relate.constructs.respective import respective
from kg.relate.constructs.steps import steps
from kg.relate.constructs.totals import totals
from kg.relate.constructs.trades import trades
from kg.relate.templates import Found
from kg.schema import Schema
from kg.sieve import Sieve


def constructs(
    text: str, parsed: Parsed, mentions: Sequence[Mention], schema: Schema
) -> Iterator[Found]:
    """The claims of one sentence, ends as positions in `mentions`; the same may come twice.

    `text` is the document's, `mentions` are in text order and may overlap.
    """
    if not parsed.mentions:
        return
    for found in _all(text, parsed, mentions, schema):
        edge = schema.edges[found.type]
        one, other = mentions[found.subject], mentions[found.object]
        if one.type in edge.source and other.type in edge.target and one.name != other.name:
            yield found


def _all(text: str, parsed: Parsed, mentions: Sequence[Mention], schema: Schema) -> Iterator[Found]:
    yield from totals(text, parsed, mentions, schema)
    yield from steps(text, parsed, mentions)
    here = [m for m in parsed.mentions if mentions[m].type not in ACTS]
    line = write(text, parsed.sentence.start, parsed.sentence.end, here, mentions)
    yield from raids(text, line, mentions, schema)
    if len(parsed.mentions) < 2:  # all others join two mentions of the sentence
        return
    yield from _leaks(text, parsed, mentions, schema)
    yield from respective(text, parsed, mentions, schema)
    yield from prices(text, parsed, mentions, schema)
    yield from chains(text, parsed, mentions)
    yield from inside_names(text, parsed.mentions, mentions, schema)
    yield from judgments(line, mentions, schema)
    yield from charges(line, mentions, schema)
    yield from trades(line, mentions, schema)
    yield from partners(line, schema)
    yield from _beside(text, line, mentions, schema)
    if len(here) < len(parsed.mentions):
        line = write(text, parsed.sentence.start, parsed.sentence.end, parsed.mentions, mentions)
    yield from deeds(line, schema)


_LEAK = re.compile("泄露|泄漏|外泄")
_BROUGHT = "(?:所|直接)?{~bringing-about}(?:了|的)?(?:大量|大规模|海量)?$"
_LEAKING = frozenset({"Person", "Organization", "Group", "Role"})


def _leaks(
    text: str, parsed: Parsed, mentions: Sequence[Mention], schema: Schema
) -> Iterator[Found]:
    """Whose doing a leak is: 内鬼导致数据外泄, but not 给用户造成的数据外泄."""
    bringing = worded(_BROUGHT, schema)
    ends = {mentions[m].end: m for m in parsed.mentions if mentions[m].type in _LEAKING}
    for index in parsed.mentions:
        leak = mentions[index]
        if leak.type not in ACTS or not _LEAK.search(leak.text):
            continue
        brought = bringing.search(text, parsed.sentence.start, leak.start)
        who = ends.get(brought.start()) if brought else None
        if who is not None and not text.endswith(("给", "对", "为"), 0, mentions[who].start):
            yield Found(who, "ENGAGES_IN", index, "edges/ENGAGES_IN.yaml#leak",
                        mentions[who].start, leak.end, None)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Beside:
    edge: str
    id: str
    source: str


_COUNT = (
    r"(?:等|的)*(?:[一二三四五六七八九十两几多\d]{1,4}[类种张个余万]{0,2})?"
    r"的?(?:虚拟运营商|虚商|实名|非实名)?"
)
_UNIT = (
    r"(?:[^，。；、？的]{1,10}?"
    r"(?:部|处|科|室|院|所|队|中心|支队|大队|学院|支行|分行|店|分局))?"
)
_TITLE = r"(?P<title>(?:副|前|原)?(?!{~chief})(?:{~title-words}|首席[^，。；、]{1,4}官))"
_CHIEF = "(?P<title>{~chief})"
_HEAD = "为(?P<title>{~gang-head})"
_MEMBER = "为(?P<title>{~gang-member})"
_REST = r"(?:的|，(?:[^。；]|{:Person}){0,40}?为[^。；，]{0,4}(?:成员|骨干)的)(?:一个|特大|涉嫌)?"
_FLOWS = (
    r"{O*:Good}(?:[^。；]|{:*}){0,24}{~flowing-to}了?"
    r"(?:[^，。；]|{:*}){1,4}被?(?:公开|大肆)?(?:交易|{~selling})"
)
_BESIDE = tuple(
    _Beside(edge, name, source)
    for edge, name, source in (
        (
            "HAS_ROLE", "beside",
            r"(?<!{:Organization,Agency,Group,Platform,Person})(?<![其他她该])(?<![他她]的)"
            r"(?<!{:Organization,Agency,Group,Platform,Person}的)"
            r"{O:Role}{S*:Person,Organization}",
        ),
        ("AFFILIATED_WITH", "titled", f"{{O:Organization,Agency}}{_UNIT}{_TITLE}{{S*:Person}}"),
        (
            "AFFILIATED_WITH", "board",
            r"{O:Organization}(?:（(?:[^（）]|{:*}){0,20}）)?(?:[^。；]|{:Offence,Good}){0,40}，"
            r"(?:其|该公司)?(?P<title>董事长|总经理|总裁)?{S*:Person}",
        ),
        ("CONTROLS", "led", f"{{O:Organization,Group,Service}}的?{_CHIEF}{{S*:Person}}"),
        ("CONTROLS", "headed", f"以{{S*:Person}}{SOME}{_HEAD}{_REST}{{O:Group}}"),
        ("CONTROLS", "heads", f"{{O:Group}}以{{S*:Person}}{SOME}{_HEAD}"),
        ("AFFILIATED_WITH", "member-of", f"{{S*:Person}}{SOME}{_MEMBER}{_REST}{{O:Group}}"),
        (
            "AFFILIATED_WITH", "members",
            f"{{O:Group}}(?:以{{:Person}}{SOME}为[^。；，]{{1,4}}，)?以?{{S*:Person}}{SOME}{_MEMBER}",
        ),
        (
            "HAS_SEGMENT", "cards",
            f"{{O*:NumberSegment}}(?:开头|打头|号段|字头)?{_COUNT}{{S:Good}}",
        ),
        (
            "CONVICTED_OF", "crime-first",
            r"因犯?{O*:Offence}，[^。；，]{0,16}?{S*:Person}(?:[^。；，]|{:Role,Group}){0,12}?"
            r"被(?:[^。；，]|{:Agency,Location}){0,16}?判",
        ),
        (
            "SELLS", "flows-to-so-called",
            f"{_FLOWS}，(?:即|也就是)(?:所谓|俗称|人们所说)?的?{{S:Service}}",
        ),
        ("PROVIDED_BY", "owned-card", r"{O:Organization,Role}(?:公司)?旗下的?{S:Good}"),
        *FORMS,
    )
)  # fmt: skip


class _Compiled(NamedTuple):
    """The regexes of _BESIDE, what sieves them, and roles that are no place in a chain."""

    patterns: Sequence[re.Pattern[str]]
    sieve: Sieve
    no_place: frozenset[str]


@lru_cache(maxsize=4)
def _compiled(schema: Schema) -> _Compiled:
    patterns = [worded(rule.source, schema) for rule in _BESIDE]
    sieve = Sieve([one.pattern for one in patterns])
    return _Compiled(patterns, sieve, frozenset(schema.words.get("no-place", ())))


def _beside(text: str, line: Line, mentions: Sequence[Mention], schema: Schema) -> Iterator[Found]:
    compiled = _compiled(schema)
    for number in compiled.sieve.possible(line.code):
        rule = _BESIDE[number]
        for match in compiled.patterns[number].finditer(line.code):
            subjects, targets = line.members(match, "S"), line.members(match, "O")
            if rule.id == "titled":
                subjects = _colleagues(text, subjects, mentions)
            if rule.id in _OF_A_PLACE and mentions[targets[0]].name in compiled.no_place:
                continue
            if not _plausible(text, rule, subjects, targets, mentions):
                continue
            title = match.groupdict().get("title") or _own_title(mentions[subjects[0]])
            if rule.id == "board" and title not in _BOARD:
                continue
            for one in subjects:
                shared = rule.id != "board" or one == subjects[0]
                extra = (("title", title),) if title and shared else ()
                for other in targets:
                    yield Found(
                        one, rule.edge, other, f"edges/{rule.edge}.yaml#{rule.id}",
                        *line.span(match), None, extra,
                    )  # fmt: skip


_OF_A_PLACE = frozenset({"beside", "is"})
"""Rules that say what place somebody has in a chain."""
_CARDS = ("卡", "号", "号码")


_BOARD = ("董事长", "总经理", "总裁")


def _own_title(person: Mention) -> str:
    """The title that is part of the mention: 董事长王某."""
    return next((title for title in _BOARD if person.text.startswith(title)), "")


def _colleagues(text: str, people: list[int], mentions: Sequence[Mention]) -> list[int]:
    """Those of a list that share the first one's title: 、 joins them, 和 may begin another."""
    for at in range(1, len(people)):
        if text[mentions[people[at - 1]].end : mentions[people[at]].start] != "、":
            return people[:at]
    return people


def _plausible(
    text: str,
    rule: _Beside,
    subjects: Sequence[int],
    targets: Sequence[int],
    mentions: Sequence[Mention],
) -> bool:
    if rule.id == "beside":
        # A counted crowd is named by its role already.
        between = text[mentions[targets[0]].end : mentions[subjects[0]].start]
        return " " not in between and all(
            not any(c.isdigit() for c in mentions[s].text) for s in subjects
        )
    if rule.id in {"cards", "owned-card"}:
        return mentions[subjects[0]].name.endswith(_CARDS)
    if rule.id == "bracketed":  # 快递业务（地址）: what the business is about is no kind of it
        return not mentions[targets[0]].name.endswith(("业务", "服务"))
    return True
