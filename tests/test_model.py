"""Ids and digests look like nobody's number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import in_letters, make_id

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
