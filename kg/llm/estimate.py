"""What a run will take, before it runs: rough, and rather too much than too little."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

_OTHERS = 3
"""Letters, digits and signs a token."""
_ANSWER = 4
"""Tokens of an answer for each of its text: 3.7 on 203 articles, with what the default extractor
finds written down as an answer."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Documents; questions to ask, and those whose answers are kept; tokens of the former."""

    documents: int = 0
    requests: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(
            self.documents + other.documents,
            self.requests + other.requests,
            self.cached + other.cached,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )

    def price(self, price_in: float, price_out: float) -> float:
        """The price at so much for a million tokens of prompt and of completion."""
        return (self.prompt_tokens * price_in + self.completion_tokens * price_out) / 1_000_000


def tokens(text: str) -> int:
    """About how many tokens a text has: one a Chinese character, fewer of the rest."""
    ascii_ = sum(char.isascii() for char in text)
    return len(text) - ascii_ + ceil(ascii_ / _OTHERS)


def answer_tokens(asked: str) -> int:
    """About how many tokens the answer to a question has."""
    return tokens(asked) * _ANSWER
