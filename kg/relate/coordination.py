"""Lists: A、B和C stand in one slot together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.model import ACTS, Mention

_JOINT = re.compile(
    r"\s*(?:等人?|”|\"|）)?\s*(?:、|和|与|及其?|以及|或者?|并|/|／|，以及|，或者?)\s*"
    r"(?:“|\"|各类|各种|其他|大量|部分|多个|多名|被告人|犯罪嫌疑人|嫌疑人)?\s*"
)
Lists = Mapping[int, tuple[int, ...]]
"""For each mention of a sentence the members of its list, itself included, in order."""


def siblings(
    text: str, inside: Sequence[int], mentions: Sequence[Mention], groups: dict[str, str]
) -> Lists:
    """The Lists of a sentence whose mentions are `inside`."""
    lists: dict[int, list[int]] = {}
    last: dict[bool, int] = {}
    for index in inside:
        mention = mentions[index]
        layer = mention.type in ACTS
        before = last.get(layer, -1)
        if before >= 0 and _same_kind(mentions[before], mention, groups):
            gap = text[mentions[before].end : mention.start]
            if len(gap) <= 8 and _JOINT.fullmatch(gap):
                lists[index] = lists.setdefault(before, [before])
                lists[before].append(index)
        last[layer] = index
    # One tuple a list: its members share it.
    whole = {first: tuple(several) for first, several in lists.items() if several[0] == first}
    return {index: whole[lists[index][0]] if index in lists else (index,) for index in inside}


def _same_kind(left: Mention, right: Mention, groups: dict[str, str]) -> bool:
    return groups.get(left.type) == groups.get(right.type)
