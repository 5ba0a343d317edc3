"""What a sentence calls untrue."""

from __future__ import annotations

import re

from kg.model import Sentence

_UNTRUE = (
    "(?:不实|不属实|不符|谣言|捏造|子虚乌有|并无此事|(?:没有|毫无|并无|缺乏)(?:任何|事实)?[依根]据)"
)
_REFUTED = re.compile(
    r"(?:[^，。；：！？\n]{0,8}，(?=[该此]|这一|这种|上述|以上))?(?:(?!发布|发出|发送|传播|散布|编造)[^，。；：！？\n]){0,8}?"
    r"(?:[”的]?(?:说法|消息|传言|传闻|言论|报道|帖子)|一事|[”的]情况)"
    rf"[^，。；：！？\n]{{0,8}}?(?:{_UNTRUE}|被[^，。；：！？\n]{{0,8}}?(?:否定|推翻|否认))"
)
"""Behind a claim, what says that it is none: …的说法不属实, …一事系谣言."""
_DENIED = re.compile(f"{_UNTRUE}|辟谣|予以否认")
_RUMOUR = re.compile("网传|谣传|误传|传言|传闻|网上流传|网上所说")


def is_refuted(text: str, sentence: Sentence, claim: tuple[int, int]) -> bool:
    """Whether the sentence calls untrue what stands in `claim`: 网传……，系谣言."""
    start, end = claim
    if _REFUTED.match(text, end, sentence.end):
        return True
    rumour = _RUMOUR.search(text, sentence.start, start)
    return rumour is not None and _DENIED.search(text, end, sentence.end) is not None
