from __future__ import annotations

from typing import Any

import pytest

from kg.model import Modality
from kg.schema import load_schema
from kg.view.columns import place_entities
from kg.view.views import load_views


@pytest.fixture
def place(sketch: Any) -> Any:
    """The column of `Type:name` in the graph of the sketch."""
    schema = load_schema()

    def column(spec: str) -> int:
        columns = place_entities(sketch.graph(), schema, load_views(schema))
        return columns[sketch.entity(spec).id]

    return column


def test_the_chain_reads_from_left_to_right(sketch: Any, place: Any) -> None:
    stations = ["电信运营商", "卡商", "号商", "诈骗分子", "受害人"]
    for station in stations:
        sketch.node(f"Role:{station}")
    columns = [place(f"Role:{station}") for station in stations]
    assert columns == sorted(set(columns))


def test_a_longer_name_stands_where_the_role_stands_that_it_ends_with(
    sketch: Any, place: Any
) -> None:
    sketch.node("Role:下游号商")
    sketch.node("Role:号商")
    assert place("Role:下游号商") == place("Role:号商")


def test_who_plays_a_role_stands_with_it_and_the_surest_role_wins(sketch: Any, place: Any) -> None:
    sketch.edge("Person:老李", "HAS_ROLE", "Role:卡商", confidence=0.9)
    sketch.edge("Person:老李", "HAS_ROLE", "Role:受害人", confidence=0.2)
    assert place("Person:老李") == place("Role:卡商")


def test_a_thing_stands_with_who_sells_it_and_before_who_gets_it(sketch: Any, place: Any) -> None:
    sketch.edge("Role:号商", "SELLS", "Good:微信号")
    sketch.edge("Role:诈骗分子", "OBTAINS", "Good:微信号")
    assert place("Role:号商") <= place("Good:微信号") < place("Role:诈骗分子")


def test_what_ought_not_to_be_moves_nothing(sketch: Any, place: Any) -> None:
    sketch.node("Good:微信号")
    before = place("Good:微信号")
    sketch.edge("Role:受害人", "SELLS", "Good:微信号", modality=Modality.PRESCRIPTIVE)
    assert place("Good:微信号") == before


def test_a_price_stands_with_what_it_is_the_price_of(sketch: Any, place: Any) -> None:
    sketch.edge("Role:号商", "SELLS", "Good:微信号")
    sketch.edge("Good:微信号", "HAS_PRICE", "Price:9元")
    assert place("Price:9元") == place("Good:微信号")


def test_police_and_law_stand_in_lanes(sketch: Any, place: Any) -> None:
    sketch.edge("Agency:江州市公安局", "ARRESTS", "Person:王某")
    sketch.edge("Law:网络安全法", "PROHIBITS", "Activity:出售个人信息")
    assert place("Agency:江州市公安局") == 8
    assert place("Law:网络安全法") == 7
    assert place("Person:王某") < 7


def test_a_type_that_the_schema_does_not_know_stands_somewhere(sketch: Any, place: Any) -> None:
    sketch.edge("Martian:某火星人", "LIKES", "Role:卡商")
    assert 0 <= place("Martian:某火星人") < 7
