"""What a format module hands on: blocks, the title, and what the source says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.read.blocks import Block


@dataclass(slots=True)
class Draft:
    """An article before cleaning.

    `title` is None where the source does not mark one. `fields` may hold url, outlet, author
    and published (ISO); the first one to say something wins, see `note`.
    """

    blocks: list[Block]
    title: Block | None = None
    fields: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, value: str) -> None:
        """Record a value unless a better source has given one."""
        value = value.strip()
        if value and not self.fields.get(name):
            self.fields[name] = value[:500]
