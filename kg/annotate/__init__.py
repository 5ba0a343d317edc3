"""Document -> Mentions: what a text names, and where.

Each way of finding is one module: `terms` (the term lists of schemas/), `patterns` (its
regular expressions), `phrases` (noun phrases by their head, verb phrases as activities),
`accounts` (淘宝、京东账号), `aliases` (以下简称). `overlap` decides between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.accounts import split_accounts
from kg.annotate.aliases import aliases
from kg.annotate.overlap import settle
from kg.annotate.patterns import find_patterns
from kg.annotate.phrases import find_phrases
from kg.annotate.terms import lexicon
from kg.model import Document, Mention
from kg.schema import Schema
from kg.text import Word

__all__ = ["annotate"]


def annotate(
    document: Document, words: Sequence[Word], schema: Schema
) -> tuple[tuple[Mention, ...], tuple[tuple[int, int], ...]]:
    """The mentions of `document` in text order, and the pairs of them that it equates.

    Things do not overlap one another, nor do activities; an activity may hold things (贩卖
    手机卡 holds 手机卡). `words` are the words of `document.text`.
    """
    text = document.text
    found = [*lexicon(schema).find(text, words), *find_patterns(text, schema)]
    found += find_phrases(text, words, found, schema)
    found, equal = aliases(text, settle(found))
    mentions = settle([*found, *split_accounts(text, found)])
    place = {(m.start, m.end, m.name): at for at, m in enumerate(mentions)}
    links = [
        (place[key], place[other])
        for key, other in equal
        if key in place and other in place and place[key] != place[other]
    ]
    return mentions, tuple(links)
