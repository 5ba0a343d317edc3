"""Document -> Mentions: what a text names, and where.

Each way of finding is one module: `terms` (the term lists of schemas/), `patterns` (its
regular expressions), `phrases` (noun phrases by their head, verb phrases as activities),
`accounts` (淘宝、京东账号), `aliases` (以下简称). `tagger` says which of the proposals stand and
where a mention ends, `overlap` decides between the rest.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from kg.annotate.accounts import split_accounts
from kg.annotate.aliases import aliases
from kg.annotate.echoes import echoes
from kg.annotate.inner import inner
from kg.annotate.overlap import LISTED, in_order, settle
from kg.annotate.patterns import find_patterns
from kg.annotate.phrases import GRAMMAR, find_phrases
from kg.annotate.placed import Placed
from kg.annotate.tagger import Span, Tagged, Tagger, shipped
from kg.annotate.terms import NUMERALS, lexicon, printed_name
from kg.annotate.trim import Trim, each_title
from kg.annotate.units import named_units
from kg.model import ACTS, FIGURES, Document, Mention, Way, mention_rule
from kg.schema import Schema
from kg.text import Word

__all__ = ["annotate", "propose"]

_IDLE = 0.2
"""Below this chance a listed name is not worth a thought: 全国 where no place is meant."""
_HOPELESS = math.log(_IDLE / (1 - _IDLE)) - 1
"""A margin whose chance, however it is rounded, is below _IDLE: most proposals have less."""
_SURE = 0.8
"""Confidence of a name of a type that the user added: the tagger knows nothing of it."""


def annotate(
    document: Document, words: Sequence[Word], schema: Schema, tagger: Tagger | None = None,
    proposals: Sequence[Mention] | None = None,
) -> tuple[tuple[Mention, ...], tuple[tuple[int, int], ...]]:  # fmt: skip
    """The mentions of `document` in text order, and the pairs of them that it equates.

    Things do not overlap one another, nor do activities; an activity may hold things (贩卖
    手机卡 holds 手机卡). `words` are the words of `document.text`; `tagger` is the one that
    comes with kg unless another is given, and `proposals` is what `propose` gives.
    """
    text = document.text
    if proposals is None:
        proposals = propose(text, words, schema)
    tagger = tagger or shipped()
    if tagger:
        tagged = tagger.tag(text, words, document.sentences, proposals)
        taken = _taken(text, tagged, proposals, schema, tagger.types)
        silent = _silent(tagged, proposals, tagger.types)
        proposals = [*taken, *echoes(text, taken, words), *silent]
    found, equal = aliases(text, settle(proposals), schema)
    mentions = settle([*found, *split_accounts(text, found)])
    mentions = in_order([*mentions, *inner(text, proposals, mentions, schema)])
    place = {(m.start, m.end, m.name): at for at, m in enumerate(mentions)}
    links = [
        (place[key], place[other])
        for key, other in equal
        if key in place and other in place and place[key] != place[other]
    ]
    return tuple(named_units(document, mentions, schema)), tuple(links)


def propose(text: str, words: Sequence[Word], schema: Schema) -> list[Mention]:
    """Everything that might be a mention, overlapping as it comes."""
    found = [*lexicon(schema).find(text, words), *find_patterns(text, words, schema)]
    return found + find_phrases(text, words, found, schema)


def _taken(
    text: str, tagged: Tagged, proposals: Sequence[Mention], schema: Schema, taught: frozenset[str]
) -> list[Mention]:  # fmt: skip
    """The tagger's mentions."""
    known = {(m.start, m.end, m.type): m for m in reversed(proposals)}  # the first of equal ones
    people = _by_end(m for m in proposals if m.type == "Person")
    names = [m for m in proposals if m.type in _NAMED and m.way is Way.PATTERN]
    named_at = {(m.start, m.end, m.type): m for m in reversed(names)}
    names_over = Placed(names)
    own = Placed([m for m in proposals if m.type not in taught and m.way not in GRAMMAR])
    listed = sorted(
        (m for m in proposals if m.way not in GRAMMAR),
        key=lambda m: (m.start, -m.end, m.type),
    )
    listed_at = _by_end(listed)
    figures = Placed([m for m in listed if m.type in FIGURES])
    taken: list[Mention] = []
    pronouns = _pronouns(schema)
    offices, seats = (schema.words.get(name, ()) for name in ("office-end", "seat"))
    before = frozenset(schema.words.get("before-firm", ()))
    trim = Trim(text, tagged.spans, schema)
    for tagged_span in each_title(text, tagged.spans):
        bare = trim.trimmed(tagged_span)
        if bare is None:
            continue
        span = _as_kind(text, bare, known)
        if text[span.start : span.end] in pronouns or _points_back(text, span, pronouns):
            continue  # 该公司 names nobody: kg.relate.coreference finds whom it stands for
        if own.over(span.start, span.end):
            continue  # a name of a type that the user added, which the tagger cannot know
        mention: Mention | None = None
        if span.type != "Role":  # a kind of firms has no longer name
            mention = _whole(span, names_over, schema)
        mention = mention or _measured(text, span, figures)
        mention = mention or known.get((span.start, span.end, span.type))
        mention = mention or _begun(span, people, named_at)
        mention = mention or _introduced(text, span, listed_at, known, before)
        mention = mention or _headed(text, span, listed, offices, seats)
        if mention is None and (members := _members(text, span, listed, schema)):
            taken += [member.believed(_belief(span)) for member in members]
            continue
        mention = mention or _unlisted(text, span, schema)
        taken.append(mention.believed(_belief(span)))
    return taken


def _unlisted(text: str, span: Span, schema: Schema) -> Mention:
    """The mention of a span that no list or pattern has as it stands."""
    printed = text[span.start : span.end].strip()
    start = text.index(printed, span.start)
    name = lexicon(schema).canonical(printed, span.type) or printed_name(printed, schema, span.type)
    return Mention(
        start, start + len(printed), printed, span.type, name, schema.nodes[span.type].level,
        mention_rule(span.type, Way.TAGGER), scoped=span.type in {"Person", *FIGURES},
    )  # fmt: skip


def _as_kind(text: str, span: Span, known: Container[tuple[int, int, str]]) -> Span:
    """A span that names a kind of firms and no firm is a role: 虚拟运营商, 一家虚拟运营商."""
    if span.type != "Organization":
        return span
    start = span.start + (2 if text.startswith("一家", span.start) else 0)
    kind = (start, span.end, "Role") in known and (start, span.end, span.type) not in known
    return span._replace(start=start, type="Role") if kind else span


_Ends = Mapping[int, Sequence[Mention]]
"""Mentions by where they end."""


def _by_end(mentions: Iterable[Mention]) -> _Ends:
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.end, []).append(mention)
    return found


def _begun(
    span: Span, people: _Ends, names: Mapping[tuple[int, int, str], Mention]
) -> Mention | None:
    """The name that begins within a span: 北辰大学教授岳某 has a title in front of it, 入职海澜公司
    the last character of a verb that jieba cut in two."""
    if span.type == "Person":
        return next((m for m in people.get(span.end, ()) if span.start < m.start), None)
    return names.get((span.start + 1, span.end, span.type))


def _introduced(
    text: str, span: Span, listed: _Ends, known: Container[tuple[int, int, str]],
    before: Container[str],
) -> Mention | None:  # fmt: skip
    """The firm behind the kind of firm that it is (运营商中国移动, 虚拟运营商海澜通信有限公司) or
    behind what stands `before` firms (子公司海澜通信有限公司)."""
    if span.type != "Organization":
        return None
    return next(
        (m for m in listed.get(span.end, ())
         if m.type == span.type and span.start < m.start
         and ((span.start, m.start, "Role") in known or text[span.start : m.start] in before)),
        None,
    )  # fmt: skip


def _silent(
    tagged: Tagged, proposals: Sequence[Mention], taught: frozenset[str]
) -> list[Mention]:  # fmt: skip
    """The listed terms and patterns that the tagger is silent about: sure only where it was not
    taught the type, one that the user added."""
    found: list[Mention] = []
    heard = [
        (m, margin)
        for m, margin in zip(proposals, tagged.margins, strict=True)
        if margin >= _HOPELESS or m.type not in taught
    ]
    for m, margin in heard:
        if m.way not in GRAMMAR:
            confidence = min(LISTED, _chance(margin)) if m.type in taught else _SURE
            if confidence >= _IDLE:
                found.append(m.believed(confidence))
    return found


@lru_cache(maxsize=4)
def _pronouns(schema: Schema) -> frozenset[str]:
    """The forms that stand for a name and are none. Others of schemas/words/coref-*.yaml may be
    names as well: 被告人 is a role."""
    pointing = tuple(schema.words.get("pointing", ()))
    classes = [forms for name, forms in schema.words.items() if name.startswith("coref-")]
    return frozenset(form for forms in classes for form in forms if form.startswith(pointing))


_MORE_THAN_LISTED = round(LISTED + 0.01, 2)


def _belief(span: Span) -> float:
    """How likely the span is what the tagger takes it for: more than what only a list has, less
    than certain."""
    return min(max(_MORE_THAN_LISTED, _chance(span.margin)), 0.99)


def _chance(margin: float) -> float:
    """A margin as a probability, in whole hundredths."""
    return round(1 / (1 + math.exp(-margin)), 2)


def _points_back(text: str, span: Span, pronouns: Collection[str]) -> bool:
    """Whether a span is a firm, gang or case that the text has named, with what is said of it:
    该网络科技公司, 本案涉案财产."""
    if span.type == "Case":
        return text.startswith(tuple(pronouns), span.start)
    return text[span.start] == "该" and span.type in {"Organization", "Group"}


_NAMED = frozenset({
    "Agency", "Organization", "Group", "Case", "Law", "Report", "Offence", "NumberSegment",
})  # fmt: skip
"""Types whose patterns know where a name begins and ends better than the tagger does."""


_start = attrgetter("start")
_JOINT = re.compile(r"[”\"]?\s*(?:\d+余?[^\W\d]{1,2})?\s*(?:、|和|与|及|以及|或)\s*[“\"]?")
_JOINT_ACTS = re.compile(rf"{_JOINT.pattern}|(?:给\w{{1,8}})?(?:造成|带来|导致|引发)")

_JOINT_FIGURES = re.compile(rf"{_JOINT.pattern}|(?:上|飙)?[涨升增][到至]|(?:下)?[降跌减][到至]")


def _members(text: str, span: Span, listed: Sequence[Mention], schema: Schema) -> list[Mention]:
    """The names of a list that the tagger took for one: 猫池、GOIP设备 are two tools; and the acts
    of which one leads to the other: 泄露给受害人造成损失; and the prices of which one became the
    other: 3元/个涨到5元/个. `listed` are the proposals by term and
    pattern in text order."""
    joint = _JOINT_FIGURES if span.type in FIGURES else _JOINT
    joint = _JOINT_ACTS if span.type in ACTS else joint
    group = schema.nodes[span.type].group
    begin = bisect_left(listed, span.start, key=_start)
    end = bisect_left(listed, span.end, begin, key=_start)
    found: list[Mention] = []
    for m in listed[begin:end]:
        if m.end > span.end or schema.nodes[m.type].group != group:
            continue
        between = _JOINT if span.type in FIGURES and m.type != span.type else joint
        if not found or between.fullmatch(text, found[-1].end, m.start):
            found.append(m)
    whole = len(found) > 1 and found[0].start == span.start and found[-1].end == span.end
    return found if whole else []


def _measured(text: str, span: Span, figures: Placed) -> Mention | None:
    """The price or figure by pattern of which the span holds too little or too much: 每条信息售价
    0.5元 for 0.5元, 30元/个 for 30元/个出售, 430余万元 for 涉案金额430余万元."""
    if span.type not in FIGURES:
        return None
    same = [m for m in figures.over(span.start, span.end) if m.type == span.type]
    longest = max(same, key=lambda m: (m.end - m.start, -m.start), default=None)
    if longest is None or (longest.start <= span.start and span.end <= longest.end):
        return longest
    rest = text[span.start : longest.start] + text[longest.end : span.end]
    begins = span.type == "Statistic" or longest.start == span.start
    return longest if begins and NUMERALS.isdisjoint(rest) else None


def _headed(
    text: str, span: Span, listed: Sequence[Mention], offices: tuple[str, ...],
    seats: tuple[str, ...],
) -> Mention | None:  # fmt: skip
    """The agency that a span begins with, where its end is none's: 东湖派出所民警, 警方连夜行动;
    the firm whose head office it is: 蓝禾公司总部."""
    quoted = span.end - text.endswith(("”", "’"), span.start, span.end)
    agency = span.type == "Agency" and not text.endswith(offices, span.start, quoted)
    seat = span.type == "Organization" and text.endswith(seats, span.start, span.end)
    if not agency and not seat:
        return None
    begin = bisect_left(listed, span.start, key=_start)
    same = listed[begin : bisect_right(listed, span.start, begin, key=_start)]
    return next((m for m in same if m.type == span.type and m.end < span.end), None)


def _whole(span: Span, names: Placed, schema: Schema) -> Mention | None:
    """The longest name by pattern that holds the span and more: 徐州市公安局 for 公安局."""
    group = schema.nodes[span.type].group
    around = [
        m
        for m in names.over(span.start, span.end)
        if m.start <= span.start
        and span.end <= m.end
        and m.end - m.start > span.end - span.start
        and (schema.nodes[m.type].group == group or span.type == "Location")
    ]
    return max(around, key=lambda m: (m.end - m.start, m.type), default=None)
