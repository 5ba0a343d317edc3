"""What a sentence calls untrue, and what it only stands beside."""

from __future__ import annotations

import pytest

from kg.model import Sentence
from kg.relate.rumours import is_refuted

CLAIM = "程某卖卡给谢某"


@pytest.mark.parametrize(
    ("text", "refuted"),
    [
        ("网传程某卖卡给谢某，系谣言。", True),
        ("传言程某卖卡给谢某，警方予以否认。", True),
        ("传言程某卖卡给谢某，毫无事实根据。", True),
        ("程某卖卡给谢某的说法不属实。", True),
        ("“程某卖卡给谢某”的消息与事实不符。", True),
        ("程某卖卡给谢某一事系捏造。", True),
        ("程某卖卡给谢某，这一说法被法院否定。", True),
        ("程某卖卡给谢某牟利，上述传闻没有任何依据。", True),
        ("程某卖卡给谢某，该说法不实。", True),
        ("“程某卖卡给谢某”的情况不属实。", True),
        ("网传程某卖卡给谢某，警方辟谣。", True),
        ("网传程某卖卡给谢某，警方已证实。", False),
        ("程某卖卡给谢某时发布的消息不实。", False),
        ("警方辟谣后，程某卖卡给谢某。", False),
        ("程某卖卡给谢某，警方辟谣。", False),
        ("程某卖卡给谢某，并发布不实消息。", False),
        ("程某卖卡给谢某，谢某散布的消息不属实。", False),
        ("程某卖卡给谢某并编造谣言，该说法被采信。", False),
        ("程某卖卡给谢某。网传的说法不属实。", False),
        ("网传此事。程某卖卡给谢某，有关帖子系谣言。", False),
    ],
)
def test_a_claim_is_refuted_by_what_is_said_of_it_and_not_of_another(
    text: str, *, refuted: bool
) -> None:
    start = text.index(CLAIM)
    begin = text.rfind("。", 0, start) + 1
    sentence = Sentence(begin, text.index("。", start) + 1, 0)
    assert is_refuted(text, sentence, (start, start + len(CLAIM))) is refuted
