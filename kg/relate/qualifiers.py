"""How much, at what price, when, where, as what: the properties of an edge.

A qualifier is taken only from where it stands: a quantity at its own noun, a price and a
place in the clause, a date in the clause or at the head of a clause before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Never

from kg.model import ACTS, Document, Mention, Sentence, Way
from kg.relate.amounts import Amounts
from kg.relate.circumstances import Circumstances
from kg.relate.figures import figure
from kg.relate.page import Page, Span
from kg.relate.penalties import Penalties
from kg.relate.standing import Standing
from kg.schema import QUALIFIERS, SLOTS, EdgeType, Property, Schema
from kg.text import strip_quotes
from kg.values import spelled

_NOTHING: Mapping[str, Never] = MappingProxyType({})


class Qualifiers:
    """The qualifiers of one document."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text = document.text
        self._page = page = Page(document, mentions)
        self._amounts = Amounts(page, schema)
        self._circumstances = Circumstances(page, schema)
        self._penalties = Penalties(page)
        self._standing = Standing(page, schema)

    def attrs(
        self, edge: EdgeType, sentence: Sentence, clause: Span, verb: Span | None,
        subject: Mention, target: Mention, sources: Mapping[str, str] = _NOTHING,
        fillers: Mapping[str, Sequence[Mention]] = _NOTHING,
    ) -> dict[str, str]:  # fmt: skip
        """The properties of `edge` that the text gives for this claim, as printed, with the
        normalised value beside (`p_value`, `p_unit`) where it can be read.

        `clause` and `verb` are spans in `sentence`; `sources` says where the frame finds a
        property, `fillers` what stands there besides the ends, where it is a slot.
        """
        fillers = {name: _dealt(self._text, filled) for name, filled in fillers.items()}
        goods = next((filled for name, filled in fillers.items() if filled
                      and sources[name] == "patient"), ())  # fmt: skip
        around = _Around(edge, sentence, clause, verb, subject, target, goods)
        found: dict[str, str] = {}
        for name, kind in edge.properties.items():
            source = sources.get(name, name if name in QUALIFIERS else "")
            filled = fillers.get(name, ())
            if kind.words:
                word = self._standing.role(kind, sentence, clause, verb, (subject, target))
                found |= {name: word} if word else {}
            elif source in SLOTS:
                found |= self.read(edge, {name: _listed(filled)}) if filled else {}
            elif source.endswith(".quantity") and source != _DEALT_WITH:
                if filled:
                    found |= self._figure(name, kind, "quantity", around._replace(goods=filled))
            elif source:
                found |= self._figure(name, kind, source.rpartition(".")[2], around)
        return found

    def read(self, edge: EdgeType, printed: Mapping[str, str]) -> dict[str, str]:
        """Properties that are already found, with the normalised value beside."""
        found: dict[str, str] = {}
        for name, text in printed.items():
            kind = edge.properties[name]
            found |= spelled(name, kind.type, text, self._page.published, kind.unit)
        return found

    def _figure(self, name: str, kind: Property, source: str, around: _Around) -> dict[str, str]:
        """What a qualifier says, as the property `name`: of the type that is its own, else the
        figure of the type that the clause has."""
        if kind.type not in _OWN_TYPES.get(source, (kind.type,)):
            return figure(self._page, name, kind, around.clause, around.verb)
        found = self._qualifier(source, around)
        if kind.type == "number":
            found.pop("quantity_unit", None)
            found |= {"quantity_unit": kind.unit} if kind.unit and "quantity_value" in found else {}
        return {name + key.removeprefix(source): value for key, value in found.items()}

    def _qualifier(self, source: str, around: _Around) -> dict[str, str]:
        edge, sentence, clause, verb, subject, target, goods = around
        if source == "quantity":
            return self._quantity(clause, verb, subject, target, goods)
        if source == "price":
            return self._amounts.price(sentence, clause, target)
        if source == "time":
            return self._circumstances.time(sentence, clause, verb, lasting=edge.lasting)
        if source == "place":
            return self._circumstances.place(edge.group, clause, subject, target)
        if source == "penalty":
            return self._penalties.penalty(sentence, clause, subject, target)
        return self._standing.title(sentence, subject, target)

    def _quantity(
        self, clause: Span, verb: Span | None, subject: Mention, target: Mention,
        goods: Sequence[Mention],
    ) -> dict[str, str]:  # fmt: skip
        """How many: of the goods if there are any, else of the end that can be counted."""
        counted = (target, subject) if target.type in {"Location", "Agency"} else (target,)
        counts = [self._amounts.quantity(clause, verb, thing) for thing in goods or counted]
        told = [count for count in counts if count]
        if goods and any(count != told[0] for count in told):
            # 银行卡4张、手机卡2张: each good has its own, and told are all or none
            each = [count.get("quantity", "") for count in counts]
            return {"quantity": "、".join(each)} if all(each) else {}
        return dict(told[0]) if told else {}


class _Around(NamedTuple):
    """Where a claim stands, and what is dealt with in it besides its ends."""

    edge: EdgeType
    sentence: Sentence
    clause: Span
    verb: Span | None
    subject: Mention
    target: Mention
    goods: Sequence[Mention]


_DEALT_WITH = "patient.quantity"
_OWN_TYPES = {
    "quantity": ("quantity", "number", "text"), "price": ("money", "text"),
    "time": ("date", "text"),
}  # fmt: skip
"""What a qualifier is by itself; of another type it is whatever figure of it the clause has."""


def _listed(filled: Sequence[Mention]) -> str:
    return "、".join(dict.fromkeys(map(_printed, filled)))


_MADE = re.compile("[好过完]?的")
_NEEDED = re.compile("所[需用得要]")


def _dealt(text: str, good: Sequence[Mention]) -> Sequence[Mention]:
    """What changes hands, without what was done to it before (将注册好的账号出售) and what it is
    for (提供洗钱所需的银行卡)."""
    starts = {m.start for m in good}

    def made(mention: Mention) -> bool:
        if mention.type not in ACTS:
            return False
        done = _MADE.match(text, mention.end)
        return _NEEDED.match(text, mention.end) is not None or (
            done is not None and done.end() in starts
        )

    return [mention for mention in good if not made(mention)]


def _printed(good: Mention) -> str:
    """As in the text, but with a name for a pronoun and for a part (淘宝、京东账号: 淘宝账号)."""
    text = strip_quotes(good.text)
    return good.name if good.way is Way.ANAPHOR or good.name.startswith(text) else text
