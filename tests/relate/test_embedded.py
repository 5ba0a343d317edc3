from __future__ import annotations

from pathlib import Path

import pytest

from tests.relate.test_guards import claims


@pytest.mark.parametrize(
    ("text", "edge", "found"),
    [
        ("程某攻击谢某经营的跑分平台。", "CONTROLS", {("谢某", "跑分平台")}),
        ("程某从谢某经营管理的云泽公司内窃取名单。", "CONTROLS", {("谢某", "云泽公司")}),
        ("程某向谢某实际控制的云泽公司转账。", "CONTROLS", {("谢某", "云泽公司")}),
        (
            "程某与谢某经营的跑分平台被查。",
            "CONTROLS",
            {("程某", "跑分平台"), ("谢某", "跑分平台")},
        ),
        ("程某开设的跑分平台被查。", "CONTROLS", {("程某", "跑分平台")}),
        (
            "云泽市公安局通报了江州警方侦破的程某诈骗案。",
            "INVESTIGATES",
            {("江州警方", "程某诈骗案")},
        ),
    ],
)
def test_what_is_said_of_somebody_in_a_clause_about_a_thing_is_not_said_of_who_deals_with_it(
    tmp_path: Path, text: str, edge: str, found: set[tuple[str, str]]
) -> None:
    assert claims(tmp_path, text, edge) == found
