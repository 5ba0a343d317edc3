from __future__ import annotations

import pytest

from tests.relate.claimed import claims

PARTNERS = [("张某", "Person"), ("李某", "Person"), ("王某", "Person")]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("张某、李某和王某合谋倒卖手机卡。", "张某-李某 张某-王某"),
        ("张某、李某经事先商议，从王某处收卡。", "张某-李某"),
        ("去年张某与同乡李某、王某商定，合开一家店收卡。", "张某-李某 张某-王某"),
        ("去年张某又与被告人李某、王某结伙收卡。", "张某-李某 张某-王某"),
        ("张某受上家李某指使取款，王某报案。", "张某-李某"),
        ("张某招募李某、王某合伙收卡。", ""),  # all three, and no two of them first
        ("张某与李某商量晚饭，王某在旁。", ""),  # not to any end
        ("张某与李某并未合谋，王某在旁。", ""),
        ("张某与李某是否合谋，王某不知。", ""),
        ("张某、李某被骗后，王某报案。", ""),
    ],
)
def test_those_who_agree_on_something_are_partners_of_the_first(text: str, pairs: str) -> None:
    found = claims(text, *PARTNERS)
    assert found == {
        (one, "COLLUDES_WITH", other) for one, other in (pair.split("-") for pair in pairs.split())
    }
