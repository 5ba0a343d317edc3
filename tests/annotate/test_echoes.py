"""A name given surely in one place is found in the others."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.echoes import echoes
from kg.model import Level, Mention
from kg.text import words

TEXT = "黑兔子工作室卖号。号商说，黑兔子工作室的号不贵，卖号的不只黑兔子工作室。"


def mention(text: str, name: str, kind: str = "Group", confidence: float = 0.9) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, kind, name, Level.INSTANCE, "x#tagger",
                   confidence=confidence)  # fmt: skip


def places(text: str, *mentions: Mention) -> list[int]:
    return sorted(one.start for one in echoes(text, mentions, words(text)))


def test_a_sure_name_is_a_mention_wherever_it_stands_again() -> None:
    name = "黑兔子工作室"
    first = TEXT.index(name)
    second = TEXT.index(name, first + 1)
    assert places(TEXT, mention(TEXT, name)) == [second, TEXT.index(name, second + 1)]


def test_a_doubtful_name_has_no_echo() -> None:
    assert places(TEXT, mention(TEXT, "黑兔子工作室", confidence=0.7)) == []


def test_an_echo_is_less_sure_than_what_it_repeats() -> None:
    (one, *_) = echoes(TEXT, [mention(TEXT, "黑兔子工作室")], words(TEXT))
    assert one.confidence < 0.8


def test_characters_of_two_other_words_are_no_echo() -> None:
    text = "平台卖号。水平台阶都不高。"
    assert text.count("平台") == 2
    assert places(text, mention(text, "平台", "Platform")) == []


def test_an_amount_that_stands_twice_is_two_amounts() -> None:
    text = "甲收了3000元，乙也收了3000元。"
    assert places(text, mention(text, "3000元", "Price")) == []


def test_a_thing_may_stand_again_inside_an_act_but_not_inside_another_thing() -> None:
    text = "他有手机卡，还贩卖手机卡。"
    act = mention(text, "贩卖手机卡", "Activity")
    assert places(text, mention(text, "手机卡", "Good"), act) == [text.rindex("手机卡")]
    thing = mention(text, "贩卖手机卡", "Good")
    assert places(text, mention(text, "手机卡", "Good"), thing) == []


@given(
    st.lists(st.sampled_from(["卡商", "卖", "手机卡", "号", "，", "。"]), max_size=12), st.data()
)
def test_echoes_repeat_a_name_and_overlap_nothing(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cut = words(text)
    chosen = data.draw(st.lists(st.sampled_from(cut), max_size=3, unique=True)) if cut else []
    given_ = [
        replace(mention(text, word.text), start=word.start, end=word.end)
        for word in chosen
    ]  # fmt: skip
    found = list(echoes(text, given_, cut))
    taken = sorted((m.start, m.end) for m in [*given_, *found])
    assert all(a[1] <= b[0] for a, b in pairwise(taken))
    assert {text[m.start : m.end] for m in found} <= {m.text for m in given_}
