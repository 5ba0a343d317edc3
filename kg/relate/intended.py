"""Official acts that a text does not tell as done: they are planned, possible, or demanded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.model import Modality
from kg.schema import EdgeType, Schema, any_in, any_of

_PREPOSITION = "(?:对(?![方手某])|[于向](?!某)|在(?![逃押])|被(?![告害])|由|赴|前往|联合|会同)"
_WHERETO = f"{_PREPOSITION}(?:(?![时后](?:就|即|便)?[被遭])[^，。；：的将]){{1,24}}?"
"""What a preposition puts before the act: 对王某, 于6月上旬, 会同工信部, 被警方. No names begin so:
将被告人王某抓获. What was done to somebody when he was about to act (准备向王某出售时被抓获) is
not to come."""
_ATTRIBUTE = "[^，。；：]{0,3}的"
_BY_RULE = re.compile("的，(?:应当|应|可以|可)?由$")
"""Before an agency of which a statute says what it does: 买卖银行卡的，由公安机关……"""


Signs = Mapping[str, re.Pattern[str]]
"""For each official edge, what makes such acts ones to come (`planned`) or `demanded`."""


def intended(text: str, part: tuple[int, int], agency: int, edge: EdgeType, signs: Signs) -> (
    Modality | None
):  # fmt: skip
    """How the clause at `part` puts the official act that `edge` says, None where it tells it as
    done. The agency stands at `agency`."""
    if _BY_RULE.search(text, max(agency - 8, 0), agency):
        return Modality.PRESCRIPTIVE
    for match in signs[edge.name].finditer(text, *part):
        if match["planned"]:
            return Modality.HYPOTHETICAL
        if match["demanded"] and Modality.PRESCRIPTIVE in edge.modalities:
            return Modality.PRESCRIPTIVE
    return None


@lru_cache(maxsize=4)
def signs_of(schema: Schema) -> Signs:
    """The Signs of a schema, false ones swallowed. The act stands behind the words at once, and is
    no attribute: 将侦查终结的案件移送."""
    adverbs, planned, demanded, not_planned, not_demanded = any_in(
        schema, "before-act", "planned", "prescriptive", "planned-false", "prescriptive-false"
    )
    before = f"(?:{adverbs})*(?:{_WHERETO}(?:{adverbs})*){{0,2}}"
    signs: dict[str, re.Pattern[str]] = {}
    for edge in schema.edges.values():
        if edge.official:
            verbs = any_of({v for one in edge.frames for v in one.triggers if len(v) > 1})
            act = f"{before}(?:{verbs})(?!{_ATTRIBUTE})"
            either = f"(?P<planned>(?:{planned}){act})|(?P<demanded>(?:{demanded}){act})"
            signs[edge.name] = re.compile(f"{not_planned}|{not_demanded}|{either}")
    return signs
