"""What must not become a claim whatever the ranker says: thin accusations, contrasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.model import Mention, rule_id
from kg.relate.candidates import Candidate
from kg.relate.embedded import is_embedded
from kg.relate.handover import handover_of, is_idle
from kg.relate.offices import (
    Offices,
    is_anothers_act,
    is_lifted,
    is_paper,
    is_reporter,
    is_reporters_pronoun,
    is_taken_with,
    offices_of,
)
from kg.relate.pairs import GUESSES
from kg.relate.undone import Undone, is_feigned, is_tale, undone_of
from kg.relate.victims import Harm, harm_of, is_victims
from kg.relate.whose import STANDINGS, is_his, is_of_next
from kg.relate.witnesses import is_anothers_doing
from kg.schema import Schema

_ACCUSING = frozenset({"COLLUDES_WITH", "CONVICTED_OF"})
_PURSUING = frozenset({"ARRESTS", "INVESTIGATES"})
_RAIDS = frozenset({"ARRESTS", "DISMANTLES", "SEIZES"})
"""What only one of several agencies of a sentence has done, unless they act together."""
_PERSONAL = _PURSUING | {"CONVICTED_OF", "SENTENCED_BY"}
"""What the law does with a person and not with whom he knows."""
_JOINED = re.compile("[》”]?[和与及、]")
_APART = re.compile(r"[，。；：！？的、\n]")
"""What parts a name from the verb that is not its own."""
_ITS_OFFENCE = re.compile('(?:规定)?的?[“‘"]?')
"""Between an article and the offence that it defines."""
_NEXT_PART = re.compile("罪[，、]?[和及与同]之[一二三四五]")
"""Behind what an article says, its next part: 第287条之二规定的帮信罪与之一规定的……罪."""
_OWN_CHARGE = re.compile(r"[^，。；、]{0,6}(?:犯|构成|涉嫌)")

_CONTRAST = re.compile(r"(?:不同于|有别于|区别于|不像|而非|而不是)[^，；。：！？\n]*")


def _is_contrast(text: str, one: Candidate, mentions: Sequence[Mention]) -> bool:
    """Whether one end stands in what the sentence sets itself off from, and the other not:
    不同于营业厅销售的卡，他售卖的是……"""
    sentence = one.parsed.sentence
    ends = (mentions[one.subject].start, mentions[one.object].start)
    return any(
        sum(start <= at < end for at in ends) == 1
        for start, end in _contrasts(text, sentence.start, sentence.end)
    )


@lru_cache(maxsize=4)
def _contrasts(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Kept for a sentence, as long as its candidates are looked at."""
    return tuple(match.span() for match in _CONTRAST.finditer(text, start, end))


_LEFT_OPEN = re.compile(r"(?:是否|能否认定|可否认定)[^，；。：！？\n]*$")
_OR_ELSE = re.compile("，?(?:还是|抑或)")
_ELSE = re.compile(
    "罪[”》]?，?(?:还是|抑或)(?:应当?|认定|构成|成立|涉嫌|属于|犯|以|为){0,4}[“《]?$"
)


def _is_left_open(text: str, one: Candidate, mentions: Sequence[Mention]) -> bool:
    """Whether the text only asks whether it is so (他的行为是否构成诈骗罪，尚有争议), or which of
    two offences it is: 构成诈骗罪还是盗窃罪."""
    ends = mentions[one.subject], mentions[one.object]
    offence = ends[1] if ends[1].type == "Offence" else None
    if offence and (
        _OR_ELSE.match(text, offence.end)
        or _ELSE.search(text, one.parsed.sentence.start, offence.start)
    ):
        return True
    first, second = ends if ends[0].start <= ends[1].start else ends[::-1]
    if first.start < one.parsed.sentence.start or second.start >= one.parsed.sentence.end:
        return False
    return _LEFT_OPEN.search(text, first.end, second.start) is not None


class Telling(NamedTuple):
    """Words that tell whether a relation holds: `observers` are the last words of names (记者),
    `conspiring` says itself that two collude (勾结), `countering` is done against an act (严防),
    `evading` to such a verb (逃避打击); what follows `besides` was not listed before; the name of a
    court has one of `courts`; `reporting` are what people turn to an agency for (报案), `kin` who
    somebody has (同伙, 妻子); `bans` forbid (严禁), as a rule what one of the edges `deeds` says;
    who is `witnessing` what another does (听说) does not do it, nor is who is `brokering` (介绍)
    one of those that trade, and who is `posing` as somebody else (冒充) colludes with nobody by
    that; `offices` tell agencies apart, `undone` has what is no trade yet, `harm` tells victims,
    `handover` is what any supply has."""

    observers: tuple[str, ...]
    besides: tuple[str, ...]
    courts: tuple[str, ...]
    conspiring: tuple[str, ...]
    countering: tuple[str, ...]
    evading: tuple[str, ...]
    reporting: tuple[str, ...]
    kin: tuple[str, ...]
    bans: tuple[str, ...]
    witnessing: tuple[str, ...]
    brokering: tuple[str, ...]
    posing: tuple[str, ...]
    deeds: frozenset[str]
    trades: frozenset[str]
    offices: Offices
    undone: Undone
    harm: Harm
    handover: re.Pattern[str]


def telling(schema: Schema) -> Telling:
    """The Telling words of a schema. What counters and what evades are triggers of edges."""

    def words(*classes: str) -> tuple[str, ...]:
        return tuple(word for name in classes for word in schema.words.get(name, ()))

    return Telling(
        observers=words("observer"),
        besides=words("besides"),
        courts=words("court"),
        conspiring=words("conspiring"),
        countering=_triggers(schema, "COUNTERS"),
        evading=_triggers(schema, "CIRCUMVENTS"),
        reporting=words("reporting-crime"),
        kin=words("kin"),
        bans=words("ban"),
        witnessing=words("witnessing"),
        brokering=words("brokering"),
        posing=words("posing", "feigning"),
        deeds=frozenset(edge.name for edge in schema.edges.values() if edge.is_deed),
        trades=frozenset(edge.name for edge in schema.edges.values() if edge.group == "trade"),
        offices=offices_of(schema),
        undone=undone_of(schema),
        harm=harm_of(schema),
        handover=handover_of(schema),
    )


def _triggers(schema: Schema, edge: str) -> tuple[str, ...]:
    """The verbs by which an agent does what `edge` says to its object; no single characters, which
    end other words."""
    frames = schema.edges[edge].frames if edge in schema.edges else ()
    taking = [one for one in frames if (one.subject, one.object) == ("agent", "patient")]
    return tuple(dict.fromkeys(verb for one in taking for verb in one.triggers if len(verb) > 1))


def _is_countered(text: str, act: Mention, words: Telling) -> bool:
    """Whether the words before the act turn against it (严防洗钱), in a verb that is not itself
    fled from (逃避打击)."""
    before = text[max(act.start - 8, 0) : act.start]
    verbs = [word for word in words.countering if before.endswith(word)]
    fled = any(before.removesuffix(verb).endswith(words.evading) for verb in verbs)
    return bool(verbs) and not fled


def _observes(text: str, mention: Mention, words: Telling) -> bool:
    """Whether a mention is an observer, or the house of one: 晨江日报 in 晨江日报记者."""
    return mention.text.endswith(words.observers) or text.startswith(words.observers, mention.end)


def _has_kin(text: str, mention: Mention, words: Telling) -> bool:
    """Whether it is not the person but one of his people that the words tell of: 李某的同伙."""
    if mention.type != "Person":
        return False
    behind = mention.end + text.startswith("的", mention.end)
    return text.startswith(words.kin, behind)


_DEALINGS = frozenset({"with", *GUESSES})
"""Rules that make two collude who only have to do with each other: 甲与乙签订合同."""


def _is_guess(one: Candidate) -> bool:
    """Whether nothing but nearness speaks for it."""
    return all(rule_id(rule) in GUESSES for rule in one.rules)


def _deceives(text: str, one: Candidate, ends: tuple[Mention, Mention], words: Telling) -> bool:
    """Whether the one passes for somebody else before the other: 甲冒充员工与乙签约."""
    if not all(rule_id(rule) in _DEALINGS for rule in one.rules):
        return False
    between = text[ends[0].end : ends[1].start]
    if any(word in between for word in words.conspiring):
        return False
    return any(word in between for word in words.posing)


def _forbids(text: str, mention: Mention, until: int, words: Telling) -> bool:
    """Whether a mention forbids what stands at `until`: 公司严禁员工出售名单."""
    before = text[mention.end : min(until, mention.end + 12)]
    bans = [at for word in words.bans if (at := before.find(word)) >= 0]
    return bool(bans) and not _APART.search(before[: min(bans)])


def _is_of_another_article(text: str, one: Candidate, mentions: Sequence[Mention]) -> bool:
    """Whether another article than the subject stands right before what it makes an offence: of
    第286条之一拒不履行……罪、第287条之二帮信罪 each has its own."""
    law, act = mentions[one.subject], mentions[one.object]
    if _NEXT_PART.search(text, law.end, act.start):
        return True
    return "条" in law.name and any(
        other.type == "Law" and other.name != law.name and "条" in other.name
        and _ITS_OFFENCE.fullmatch(text, other.end, act.start)
        for other in (mentions[at] for at in one.parsed.mentions)
        if other.end <= act.start
    )  # fmt: skip


def _is_besides(text: str, part: Mention, whole: Mention, words: Telling) -> bool:
    """Whether the part comes after the whole as something else."""
    between = text[whole.end : part.start]
    return any(word in between for word in words.besides)


def objection(text: str, one: Candidate, mentions: Sequence[Mention], words: Telling) -> str:
    """Why the candidate must not become a claim, empty where nothing speaks against it."""
    return (
        _unsaid(text, one, mentions, words)
        or _out_of_place(text, one, mentions, words)
        or _not_officially(text, one, mentions, words)
        or _not_personally(text, one, mentions, words)
        or (_unproven(text, one, mentions, words) if one.type in _ACCUSING and not one.sure else "")
    )


def _unsaid(text: str, one: Candidate, mentions: Sequence[Mention], words: Telling) -> str:
    """What the sentence does not say of these two: it contrasts them, only asks (是否构成诈骗罪),
    says it of a third, or what it says is made believe (谎称出售, 谎称是卡商)."""
    ends, sentence = (mentions[one.subject], mentions[one.object]), one.parsed.sentence
    if _is_contrast(text, one, mentions):
        return "contrast"
    if _is_left_open(text, one, mentions):
        return "left open"
    trade = one.type in words.trades
    verbs = words.witnessing + (words.brokering if trade else ())
    if is_anothers_doing(text, one, mentions, verbs, guessed=trade and _is_guess(one)):
        return "another's doing"
    if is_embedded(text, one, mentions, words.conspiring):
        return "its verb has another doer"
    if one.type == "SUPPLIES" and _is_guess(one) and is_idle(text, one, mentions, words.handover):
        return "nothing changes hands"
    if is_victims(text, one, mentions, words.harm):
        return "a victim"
    feigned = one.type in words.trades and is_feigned(text, sentence, *ends, words.undone)
    if feigned or is_tale(text, sentence, ends[0], one.type, ends[1], words.undone):
        return "made believe"
    return ""


def _out_of_place(text: str, one: Candidate, mentions: Sequence[Mention], words: Telling) -> str:
    """Who counters an act does not engage in it, and what is evaded (避免风控) counters nothing.
    What a text has besides (卡和U盾叫做套件，此外还有执照) is no part of what it named before, and
    what stands beside a law (宣讲《刑法》和养号的危害) or behind another article is not what it
    prohibits."""
    subject, target = mentions[one.subject], mentions[one.object]
    if one.type == "ENGAGES_IN" and _is_countered(text, target, words):
        return "countered"
    if one.type == "COUNTERS" and text.endswith(
        words.evading, one.parsed.sentence.start, subject.start
    ):
        return "evaded"
    if one.type == "PART_OF" and _is_besides(text, subject, target, words):
        return "besides"
    if one.type == "PROHIBITS" and _JOINED.fullmatch(text, subject.end, target.start):
        return "beside the law"
    if one.type == "PROHIBITS" and _is_of_another_article(text, one, mentions):
        return "another article's"
    return ""


def _not_officially(text: str, one: Candidate, mentions: Sequence[Mention], words: Telling) -> str:
    """Nobody sentences but courts, who reports to the police (到公安局报案) is neither arrested
    nor investigated by that, nor is who was only beside (甲向乙出售时被抓获). What another agency
    did is not done by one that reports it or helps, to end a measure (解除取保候审) is no arrest,
    and a document about an act (扣押清单) is not the act."""
    subject, target = ends = mentions[one.subject], mentions[one.object]
    if one.type == "SENTENCED_BY" and not any(word in target.name for word in words.courts):
        return "no court"
    if one.type in _RAIDS and is_anothers_act(text, *ends, one.parsed, mentions, words.offices):
        return "another agency's act"
    if one.type == "ARRESTS" and is_lifted(text, one.start, one.parsed.sentence.end, words.offices):
        return "a measure that is ended"
    if one.type == "ARRESTS" and is_taken_with(text, *ends, one.parsed, mentions):
        return "another is caught"
    if is_paper(text, one.type, (one.start, one.end), target, words.offices):
        return "a document"
    if one.type in _PURSUING and (
        text.startswith(words.reporting, subject.end)
        or (_is_guess(one) and is_reporter(text, *ends, one.parsed, mentions, words.reporting))
        or is_reporters_pronoun(text, target, one.parsed, mentions, words.reporting)
    ):
        return "reports to it"
    return ""


def _not_personally(text: str, one: Candidate, mentions: Sequence[Mention], words: Telling) -> str:
    """A role or a firm is that of whom it is said of, not of those who belong to him, neither the
    law nor a trade with a man's kin (抓获李某的同伙, 卖给李某的妻子) deals with him, and who
    forbids an act (公司严禁员工出售) does not do it."""
    ends = mentions[one.subject], mentions[one.object]
    if one.type in STANDINGS and (
        is_his(text, one, mentions) or (_is_guess(one) and is_of_next(text, one, mentions))
    ):
        return "another's standing"
    if one.type in words.deeds and _forbids(text, ends[0], ends[1].start, words):
        return "forbids it"
    theirs = one.type in _PERSONAL or one.type in words.trades
    if theirs and any(_has_kin(text, mention, words) for mention in ends):
        return "another's kin"
    return ""


def _unproven(text: str, one: Candidate, mentions: Sequence[Mention], words: Telling) -> str:
    """That two names stand near each other is no ground for collusion or guilt. Observers, and who
    passes for somebody else, need a word that says that they collude, for to get in touch is their
    trade. An offence before a person who has a charge of his own (甲犯A罪、乙犯B罪) is another's;
    so is one that another person stands in front of."""
    ends = mentions[one.subject], mentions[one.object]
    if one.type == "COLLUDES_WITH" and _deceives(text, one, ends, words):
        return "deceived"
    if one.type == "COLLUDES_WITH" and any(_observes(text, m, words) for m in ends):
        said = text[one.parsed.sentence.start : one.parsed.sentence.end]
        if not any(word in said for word in words.conspiring):
            return "an observer"
    if _is_guess(one):
        return "nearness alone"
    if one.type != "CONVICTED_OF":
        return ""
    person, offence = ends
    if offence.end <= person.start:
        return "a charge of his own" if _OWN_CHARGE.match(text, person.end) else ""
    nearer = [
        m
        for m in (mentions[index] for index in one.parsed.mentions)
        if m.type == "Person" and person.end <= m.start and m.end <= offence.start
    ]
    charged = any(_OWN_CHARGE.match(text, m.end) for m in nearer)
    return "another's charge" if charged and _OWN_CHARGE.match(text, person.end) else ""
