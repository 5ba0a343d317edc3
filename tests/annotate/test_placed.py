"""Which mentions stand over a span."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.placed import Placed
from kg.model import Level, Mention


def mention(start: int, size: int) -> Mention:
    return Mention(start, start + size, "号" * size, "Good", "号", Level.TYPE, "t#t")


MENTIONS = st.lists(st.builds(mention, st.integers(0, 20), st.integers(1, 9)), max_size=12)


@given(MENTIONS, st.integers(0, 25), st.integers(1, 9))
def test_those_over_a_span_are_all_that_share_a_character_with_it_as_given(
    mentions: list[Mention], start: int, size: int
) -> None:
    end = start + size
    expected = [m for m in mentions if m.start < end and start < m.end]
    assert list(map(id, Placed(mentions).over(start, end))) == list(map(id, expected))
