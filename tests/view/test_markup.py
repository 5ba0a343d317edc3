"""Nothing that comes from outside can be taken for markup."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.markup import clean, element, escaped, safe_url

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(deadline=None)
@given(ANY, ANY)
def test_any_text_comes_back_from_an_element_and_from_an_attribute(text: str, value: str) -> None:
    parsed = ElementTree.fromstring(element("text", escaped(text), data_x=value))
    said = (parsed.text or "").replace("\r\n", "\n")
    assert said.split() == clean(text).split()
    assert parsed.get("data-x", "").split() == clean(value).split()


@settings(deadline=None)
@given(ANY)
def test_escaped_text_holds_no_mark_of_markup(text: str) -> None:
    assert not set(escaped(text)) & set("<>\"'")
    escaped(text).encode("utf-8")


def test_controls_of_writing_direction_are_taken_out() -> None:
    assert clean("卡\u202e商\u2066\x00\ud800") == "卡商"


def test_a_name_of_an_attribute_cannot_carry_markup() -> None:
    with pytest.raises(ValueError, match="no name"):
        element("text", **{"x onload=alert(1)": "1"})


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//a.b/c", "http://", " x", "https://a b/"]
)
def test_what_is_no_address_of_the_web_is_no_link(url: str) -> None:
    assert safe_url(url) == ""


def test_an_address_of_the_web_is_kept() -> None:
    assert safe_url("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"
