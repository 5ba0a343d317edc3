"""What a sentence says of one member of a list it says of the others, too.

Of 1,600 annotated facts about a member of a list (A、B和C) nine in ten hold for each of its
fellows. So the ranker's doubt about one is weighed against what it thinks of the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.relate.cut import ALWAYS, NEVER
from kg.relate.pairs import Surveyed
from kg.rows import Matrix, Whole

_FELLOWS = 0.6
"""Share of the likeliest fellow in the log odds of a pair, the pair's own the rest: fitted on
pairs of annotated articles that the ranker was not taught."""
_ITS_OWN = frozenset({"HAS_PRICE", "PROVIDED_BY", "MEASURES"})
"""What each member of a list may have of its own: 三张卡分别卖10元、20元、30元."""


def levelled(chances: Matrix, surveyed: Surveyed, edges: Sequence[str]) -> Matrix:
    """The chances of all pairs (pairs, edges), those of members of lists drawn to each other's."""
    rows, starts = _fellows(surveyed)
    if not len(rows):
        return chances
    shared = np.flatnonzero([edge not in _ITS_OWN for edge in edges])
    here = np.ix_(rows, shared)
    bounded = np.clip(chances[here], NEVER, ALWAYS)
    own = np.log(bounded / (1 - bounded))
    others = _likeliest_other(own, starts)
    found = chances.copy()
    odds = (1 - _FELLOWS) * own + _FELLOWS * others
    found[here] = np.round(1 / (1 + np.exp(-odds)), 2)
    return found


def _fellows(surveyed: Surveyed) -> tuple[Whole, Whole]:
    """The pairs that have fellows, those of one list after another, and where each list begins.

    Fellows are pairs of one sentence whose ends are the same or members of one list, of one type.
    """
    every, ends = surveyed.every, surveyed.ends
    first = np.arange(len(every))
    listed = np.zeros(len(every), dtype=np.bool_)
    for sight in surveyed.sights:
        for index, members in sight.lists.items():
            if len(members) > 1:
                kind = every[index].type
                first[index] = next(one for one in members if every[one].type == kind)
                listed[index] = True
    rows = np.flatnonzero(listed[ends].any(axis=1) & (first[ends[:, 0]] != first[ends[:, 1]]))
    sentence = surveyed.scenes[rows]
    subject, target = first[ends[rows]].T
    _, which, size = np.unique(
        (sentence * len(every) + subject) * len(every) + target,
        return_inverse=True, return_counts=True,
    )  # fmt: skip
    order = np.argsort(which, kind="stable")
    order = order[size[which[order]] > 1]
    return rows[order], np.flatnonzero(np.diff(which[order], prepend=-1))


def _likeliest_other(own: Matrix, starts: Whole) -> Matrix:
    """For each row the highest of the other rows of its list, column by column."""
    many = np.diff(starts, append=len(own))
    highest = np.repeat(np.maximum.reduceat(own, starts), many, axis=0)
    top = own == highest
    alone = np.repeat(np.add.reduceat(top, starts, dtype=np.int64), many, axis=0) == 1
    next_best = np.maximum.reduceat(np.where(top, -np.inf, own), starts)
    return np.where(top & alone, np.repeat(next_best, many, axis=0), highest)
