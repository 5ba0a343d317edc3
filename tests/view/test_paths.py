from __future__ import annotations

import itertools
from typing import Any

from kg.model import Modality
from kg.schema import load_schema
from kg.view.paths import Chain, find_paths

CHAIN = ["Role:电信运营商", "Role:卡商", "Role:号商", "Role:诈骗分子"]


def names(chain: Chain) -> list[str]:
    return [entity.name for entity in chain.stations]


def search(sketch: Any, start: str, end: str, **options: Any) -> list[list[str]]:
    graph = sketch.graph()
    return [
        names(c)
        for c in find_paths(
            graph, load_schema(), [sketch.entity(start)], [sketch.entity(end)], **options
        )
    ]


def role_chain(sketch: Any) -> None:
    for start, end in itertools.pairwise(CHAIN):
        sketch.edge(start, "SUPPLIES", end)


def test_a_chain_follows_trade_from_giver_to_receiver(sketch: Any) -> None:
    role_chain(sketch)
    assert search(sketch, CHAIN[0], CHAIN[3]) == [["电信运营商", "卡商", "号商", "诈骗分子"]]


def test_no_chain_goes_upstream_unless_asked(sketch: Any) -> None:
    role_chain(sketch)
    assert search(sketch, CHAIN[3], CHAIN[0]) == []
    assert search(sketch, CHAIN[3], CHAIN[0], undirected=True) == [
        ["诈骗分子", "号商", "卡商", "电信运营商"]
    ]


def test_a_chain_goes_through_the_stations_that_a_shortcut_skips(sketch: Any) -> None:
    role_chain(sketch)
    sketch.edge("Role:卡商", "SUPPLIES", "Role:诈骗分子")
    sketch.edge("Role:电信运营商", "SUPPLIES", "Role:号商")
    found = search(sketch, CHAIN[0], CHAIN[3], limit=3)
    assert found[0] == ["电信运营商", "卡商", "号商", "诈骗分子"]
    assert len(found) == 3


def test_kinds_come_before_particular_gangs(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Group:夜鹭工作室")
    sketch.edge("Group:夜鹭工作室", "SUPPLIES", "Role:诈骗分子")
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    sketch.edge("Role:号商", "SUPPLIES", "Role:诈骗分子")
    assert search(sketch, "Role:卡商", "Role:诈骗分子", limit=2) == [
        ["卡商", "号商", "诈骗分子"],
        ["卡商", "夜鹭工作室", "诈骗分子"],
    ]


def test_what_a_receiver_obtains_is_walked_against_the_relation(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SELLS", "Good:手机黑卡")
    sketch.edge("Role:号商", "OBTAINS", "Good:手机黑卡")
    [chain] = find_paths(
        sketch.graph(), load_schema(), [sketch.entity("Role:卡商")], [sketch.entity("Role:号商")]
    )
    assert names(chain) == ["卡商", "手机黑卡", "号商"]
    assert [hop.along for hop in chain.hops] == [True, False]


def test_trade_between_known_parties_comes_before_a_common_good(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SELLS", "Good:手机黑卡")
    sketch.edge("Role:诈骗分子", "USES", "Good:手机黑卡")
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.ALLEGED, confidence=0.8)
    sketch.edge("Role:号商", "SUPPLIES", "Role:诈骗分子", modality=Modality.ALLEGED, confidence=0.8)
    assert search(sketch, "Role:卡商", "Role:诈骗分子") == [["卡商", "号商", "诈骗分子"]]


def test_money_that_goes_back_is_no_supply(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", attrs={"good": "佣金"})
    sketch.edge("Role:卡商", "SUPPLIES", "Role:中间商")
    sketch.edge("Role:中间商", "SUPPLIES", "Role:号商")
    assert search(sketch, "Role:卡商", "Role:号商") == [["卡商", "中间商", "号商"]]


def test_what_is_denied_or_only_ought_to_be_is_no_way(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.NEGATED)
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.PRESCRIPTIVE)
    assert search(sketch, "Role:卡商", "Role:号商") == []


def test_of_two_relations_between_the_same_ends_the_surer_one_is_shown(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.HYPOTHETICAL)
    sure = sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    [chain] = find_paths(
        sketch.graph(), load_schema(), [sketch.entity("Role:卡商")], [sketch.entity("Role:号商")]
    )
    assert chain.hops[0].relation == sure


def test_several_entities_of_one_name_are_tried_together(sketch: Any) -> None:
    sketch.edge("Role:电信运营商", "SUPPLIES", "Role:卡商")
    sketch.edge("Organization:电信运营商", "LOCATED_IN", "Location:江州市")
    starts = [sketch.entity("Organization:电信运营商"), sketch.entity("Role:电信运营商")]
    [chain] = find_paths(
        sketch.graph(), load_schema(), starts, [sketch.entity("Role:卡商")], limit=5
    )
    assert chain.stations[0].type == "Role"


def test_a_way_from_a_thing_to_itself_is_no_chain(sketch: Any) -> None:
    role_chain(sketch)
    assert search(sketch, "Role:卡商", "Role:卡商", undirected=True, limit=3) == []


def test_a_chain_of_kinds_comes_before_a_shorter_one_through_a_gang(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Group:某团伙", modality=Modality.ALLEGED)
    sketch.edge("Group:某团伙", "SUPPLIES", "Role:诈骗分子", modality=Modality.ALLEGED)
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    sketch.edge("Role:号商", "SUPPLIES", "Role:下游")
    sketch.edge("Role:诈骗分子", "IS_A", "Role:下游")
    assert search(sketch, "Role:卡商", "Role:诈骗分子", limit=2) == [
        ["卡商", "号商", "下游", "诈骗分子"],
        ["卡商", "某团伙", "诈骗分子"],
    ]


def test_no_chain_goes_through_a_victim_unless_asked(sketch: Any) -> None:
    sketch.edge("Role:黑客", "TARGETS", "Role:网民")
    sketch.edge("Role:网民", "SUPPLIES", "Role:诈骗分子", confidence=0.3)
    assert search(sketch, "Role:黑客", "Role:诈骗分子") == []
    assert search(sketch, "Role:黑客", "Role:网民") == [["黑客", "网民"]]
    assert search(sketch, "Role:网民", "Role:诈骗分子") == [["网民", "诈骗分子"]]
    assert search(sketch, "Role:黑客", "Role:诈骗分子", undirected=True) != []


def test_who_is_targeted_once_but_trades_is_a_station(sketch: Any) -> None:
    role_chain(sketch)
    sketch.edge("Group:黑客团伙", "TARGETS", CHAIN[1], confidence=0.4)
    assert search(sketch, CHAIN[0], CHAIN[3]) == [["电信运营商", "卡商", "号商", "诈骗分子"]]


def test_two_parts_of_one_industry_are_no_chain(sketch: Any) -> None:
    sketch.edge("Role:卡商", "PART_OF", "Industry:黑灰产业链")
    sketch.edge("Role:诈骗分子", "PART_OF", "Industry:黑灰产业链")
    assert search(sketch, "Role:卡商", "Role:诈骗分子") == []


def test_a_kind_of_people_stands_for_its_members_and_a_kind_of_things_does_not(sketch: Any) -> None:
    sketch.edge("Role:号商", "SUPPLIES", "Role:下游")
    sketch.edge("Role:诈骗分子", "IS_A", "Role:下游")
    assert search(sketch, "Role:号商", "Role:诈骗分子") == [["号商", "下游", "诈骗分子"]]
    sketch.edge("Role:料商", "SELLS", "Good:敏感信息")
    sketch.edge("Good:行踪轨迹", "IS_A", "Good:敏感信息")
    sketch.edge("Good:行踪轨迹", "USED_FOR", "Activity:绑架")
    assert search(sketch, "Role:料商", "Activity:绑架") == []
