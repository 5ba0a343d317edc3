"""Numbers of things in English; Chinese needs nothing of the kind."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`1 document`, `2 documents`; `many` where it is not `one` with an s."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
