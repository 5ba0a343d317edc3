"""What a text only asks: 他会不会卖卡？, and the questions that it quotes or names as a title."""

from __future__ import annotations

import re

_END = re.compile(r"(?:[？?]|吗|呢)[”’」』）)\"]*$")
_WORD = re.compile(r"会不会|能不能|是不是|(?<!必)要不要|为什么|为何|难道|谁在|怎么办|如何才能")
_QUOTED = re.compile(r"[“‘「『《][^“”‘’「」『』《》。！；\n]*[？?][”’」』》]")


def quoted_questions(text: str) -> list[tuple[int, int]]:
    """Where a text has a quotation or a title that is one question: 《你的卡在谁手里？》."""
    return [match.span() for match in _QUOTED.finditer(text)]


def is_asked(clause: str) -> bool:
    """Whether a clause is a question, apart from those that it quotes."""
    own = _QUOTED.sub("", clause)
    return bool(_WORD.search(own) or _END.search(own.rstrip("。 ")))
