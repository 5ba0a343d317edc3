from __future__ import annotations

import pytest

from tests.relate.claimed import claims

PROSECUTORS = ("江州检察院", "Agency")
PEOPLE = [("柏某", "Person"), ("秦某", "Person")]
CHARGE = ("诈骗罪", "Offence")


@pytest.mark.parametrize(
    "text",
    [
        "江州检察院以诈骗罪对柏某、秦某提起公诉。",
        "江州检察院对被告人柏某、秦某以涉嫌诈骗罪提起公诉。",
        "江州检察院以被告人柏某、秦某犯诈骗罪，向法院提起公诉。",
    ],
)
def test_each_of_those_who_are_charged_is_charged_with_the_offence(text: str) -> None:
    assert claims(text, PROSECUTORS, *PEOPLE, CHARGE) == {
        *(("江州检察院", "INVESTIGATES", name) for name, _ in PEOPLE),
        *((name, "CONVICTED_OF", "诈骗罪") for name, _ in PEOPLE),
    }


@pytest.mark.parametrize(
    ("text", "suspects"),
    [
        ("目前，柏某、秦某因涉嫌诈骗罪被刑拘。", "柏某 秦某"),
        ("柏某、秦某已被以诈骗罪移送起诉。", "柏某 秦某"),
        ("柏某的同学秦某涉嫌诈骗罪。", "秦某"),
        ("对方自称民警，称柏某、秦某涉嫌诈骗罪。", ""),
        ("柏某、秦某不涉嫌诈骗罪。", ""),
        ("柏某、秦某可能涉嫌诈骗罪。", ""),
    ],
)
def test_who_is_suspected_of_what(text: str, suspects: str) -> None:
    found = claims(text, *PEOPLE, CHARGE)
    assert found == {(name, "CONVICTED_OF", "诈骗罪") for name in suspects.split()}
