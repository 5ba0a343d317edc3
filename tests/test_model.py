"""Ids and digests look like nobody's number; a mention says how it was proposed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Level, Mention, Way, in_letters, make_id, mention_rule

digests = st.binary(min_size=8, max_size=16)


@given(digests)
def test_a_digest_is_written_without_a_digit(digest: bytes) -> None:
    written = in_letters(digest)
    assert len(written) == 2 * len(digest)
    assert written.isalpha()
    assert written.islower()


@given(digests, digests)
def test_different_digests_are_written_differently(one: bytes, other: bytes) -> None:
    assert (in_letters(one) == in_letters(other)) == (one == other)


@given(st.lists(st.text(), max_size=3))
def test_an_id_hangs_on_its_kind_and_its_parts_alone(parts: list[str]) -> None:
    assert make_id("e", *parts) == make_id("e", *parts)
    assert make_id("e", *parts)[1:] == make_id("d", *parts)[1:]


@pytest.mark.parametrize("way", Way)
def test_a_mention_is_of_the_way_that_its_rule_is_called(way: Way) -> None:
    assert _by(mention_rule("Good", way)).way is way


@pytest.mark.parametrize("rule", [mention_rule("Agency", "station"), "llm/some-model", ""])
def test_a_mention_by_a_rule_with_a_name_of_its_own_is_one_by_pattern(rule: str) -> None:
    assert _by(rule).way is Way.PATTERN


def _by(rule: str) -> Mention:
    return Mention(0, 2, "卡商", "Role", "卡商", Level.TYPE, rule)
