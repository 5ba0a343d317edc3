"""A sieve never holds back an expression that matches."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.schema import load_schema
from kg.sieve import Sieve, needs

LETTERS = "甲乙丙"
atoms = st.one_of(
    st.sampled_from(LETTERS), st.sampled_from(["[甲乙]", "[^甲]", ".", r"\d", "^", "$", r"\b"])
)
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda ways: f"(?:{'|'.join(ways)})"),
        inner.map(lambda one: f"({one})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,1}?", "{1,2}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda one: f"(?={one})"),
        inner.map(lambda one: f"(?!{one})"),
        st.sampled_from(LETTERS).map(lambda one: f"(?<={one})"),
    ),
    max_leaves=8,
)
texts = st.text(LETTERS + "1\n", max_size=10)


@given(st.lists(expressions, max_size=4), texts)
def test_what_matches_is_possible(several: list[str], text: str) -> None:
    matching = {at for at, regex in enumerate(several) if re.search(regex, text, re.MULTILINE)}
    possible = Sieve(several).possible(text)
    assert matching <= set(possible)
    assert possible == sorted(set(possible))


@given(st.lists(expressions, max_size=4), texts)
def test_what_matches_in_a_line_is_looked_for_in_this_line(several: list[str], text: str) -> None:
    compiled = [re.compile(regex, re.MULTILINE) for regex in several]
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n"), len(text)]
    lines = [*pairwise(starts)]
    told = dict(Sieve(several).lines(text))
    for at, regex in enumerate(compiled):
        assert set(told.get(at, [])) <= set(lines)
        for line in lines:
            if any(match.end() > match.start() for match in regex.finditer(text, *line)):
                assert line in told.get(at, [])


@pytest.mark.parametrize(
    ("regex", "strings"),
    [
        ("(?:有限|股份)公司", {"有限公司", "股份公司"}),
        ("[^，]{2,9}公司(?:总部)?", {"公司"}),
        (r"\d+名(?=嫌疑人)", {"嫌疑人"}),
        ("(?:甲|乙)?丙", {"丙"}),
        (r"甲|\d", None),
        ("(?i)甲方", None),
        ("(?:甲方)*", None),
    ],
)
def test_the_strings_that_an_expression_needs(regex: str, strings: set[str] | None) -> None:
    assert needs(regex) == strings


def test_most_patterns_of_the_schema_are_looked_for_by_strings() -> None:
    patterns = [p.regex for node in load_schema().nodes.values() for p in node.patterns]
    assert len(Sieve(patterns).possible("")) < 0.1 * len(patterns)
