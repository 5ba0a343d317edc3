from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Level, Mention
from kg.relate.coded import pattern, write

TEXT = "甲乙丙丁戊己庚辛，壬癸“子丑”寅卯"


def mention(start: int, end: int, kind: str) -> Mention:
    return Mention(start, end, TEXT[start:end], kind, TEXT[start:end], Level.TYPE, "t#t")


spans = st.tuples(
    st.integers(0, len(TEXT) - 1), st.integers(1, 5), st.sampled_from(["Good", "Person"])
).map(lambda t: mention(t[0], min(len(TEXT), t[0] + t[1]), t[2]))


@given(st.lists(spans, max_size=8))
def test_every_character_of_the_line_stands_where_its_span_says(found: list[Mention]) -> None:
    line = write(TEXT, 0, len(TEXT), range(len(found)), found)
    assert len(line.code) == len(line.spans)
    for char, (start, end) in zip(line.code, line.spans, strict=True):
        assert TEXT[start:end] == char or "\ue000" <= char <= "\uf8ff"
    assert list(line.spans) == sorted(line.spans)


def test_a_list_slot_takes_all_its_members_in_order() -> None:
    text = "甲、乙和丙走"
    people = [
        Mention(at, at + 1, text[at], "Person", text[at], Level.TYPE, "t#t") for at in (0, 2, 4)
    ]
    line = write(text, 0, len(text), range(3), people)
    match = pattern(r"{S*:Person}走").fullmatch(line.code)
    assert match and line.members(match, "S") == [0, 1, 2]
    assert line.span(match) == (0, 6)


def test_a_gap_does_not_leap_over_a_mention() -> None:
    line = write("甲爱乙恨丙", 0, 5, [0], [Mention(2, 3, "乙", "Good", "乙", Level.TYPE, "t#t")])
    assert pattern("甲[^，]*丙").search(line.code) is None
    assert pattern("甲爱{:Good}恨丙").search(line.code) is not None


def test_an_icon_of_a_page_stands_for_no_mention() -> None:
    text = "甲爱\ue100\ue101乙恨丙"
    line = write(text, 0, 7, [0], [Mention(4, 5, "乙", "Good", "乙", Level.TYPE, "t#t")])
    match = pattern("甲爱{S:*}恨丙").fullmatch(line.code)
    assert match and line.members(match, "S") == [0]
    assert line.span(match) == (0, 7)
