"""How much, at what price, when, where, as what: the properties of an edge.

A qualifier is taken only from where it stands: a quantity at its own noun, a price and a
place in the clause, a date in the clause or at the head of a clause before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import ACTS, Document, Mention, Sentence, Way
from kg.relate.amounts import Amounts
from kg.relate.circumstances import Circumstances
from kg.relate.page import Page, Span
from kg.relate.penalties import Penalties
from kg.relate.standing import Standing
from kg.schema import EdgeType, Schema
from kg.text import strip_quotes


class Qualifiers:
    """The qualifiers of one document."""

    def __init__(self, document: Document, mentions: Sequence[Mention], schema: Schema) -> None:
        self._text = document.text
        page = Page(document, mentions)
        self._amounts = Amounts(page)
        self._circumstances = Circumstances(page)
        self._penalties = Penalties(page)
        self._standing = Standing(page, schema)

    def attrs(
        self, edge: EdgeType, sentence: Sentence, clause: Span, verb: Span | None,
        subject: Mention, target: Mention, good: Sequence[Mention] = (),
    ) -> dict[str, str]:  # fmt: skip
        """The properties of `edge` that the text gives for this claim, as printed, with the
        normalised value beside (`p_value`, `p_unit`) where it can be read.

        `clause` and `verb` are spans in `sentence`; `good` is what fills the patient slot
        when neither end is what is traded.
        """
        wanted = edge.properties
        found: dict[str, str] = {}
        good = _dealt(self._text, good)
        if "good" in wanted and good:
            found["good"] = "、".join(dict.fromkeys(map(_printed, good)))
        if "quantity" in wanted:
            counted = (target, subject) if target.type in {"Location", "Agency"} else (target,)
            counts = [self._amounts.quantity(clause, verb, thing) for thing in good or counted]
            told = [count for count in counts if count]
            if good and any(count != told[0] for count in told):
                # 银行卡4张、手机卡2张: each good has its own, and told are all or none
                each = [count.get("quantity", "") for count in counts]
                found |= {"quantity": "、".join(each)} if all(each) else {}
            elif told:
                found |= told[0]
        if "price" in wanted:
            found |= self._amounts.price(sentence, clause, target)
        if "time" in wanted:
            found |= self._circumstances.time(sentence, clause, verb, lasting=edge.lasting)
        if "place" in wanted:
            found |= self._circumstances.place(edge.group, clause, subject, target)
        if "penalty" in wanted:
            found |= self._penalties.penalty(sentence, clause, subject, target)
        if "title" in wanted:
            found |= self._standing.title(sentence, subject, target)
        for name, listed in wanted.items():
            if listed.words:
                word = self._standing.role(listed, sentence, clause, verb, (subject, target))
                found |= {name: word} if word else {}
        return found


_MADE = re.compile("[好过完]?的")


def _dealt(text: str, good: Sequence[Mention]) -> Sequence[Mention]:
    """What changes hands, without what was done to it before: 将注册好的账号出售."""
    starts = {m.start for m in good}

    def made(mention: Mention) -> bool:
        done = _MADE.match(text, mention.end) if mention.type in ACTS else None
        return done is not None and done.end() in starts

    return [mention for mention in good if not made(mention)]


def _printed(good: Mention) -> str:
    """As in the text, but with a name for a pronoun and for a part (淘宝、京东账号: 淘宝账号)."""
    text = strip_quotes(good.text)
    return good.name if good.way is Way.ANAPHOR or good.name.startswith(text) else text
