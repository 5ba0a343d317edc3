"""What a tab with the viewer shows, and how to use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def drawn(tab: Page) -> set[str]:
    return {node["name"] for node in tab.evaluate("kgView.nodes()")}


def edges(tab: Page) -> list[str]:
    return [edge for line in tab.evaluate("kgView.lines()") for edge in line["edges"]]


def click(tab: Page, at: list[float]) -> None:
    """Click on a point of the stage."""
    box = tab.locator("#over").bounding_box()
    assert box
    tab.mouse.click(box["x"] + at[0], box["y"] + at[1])


def node_at(tab: Page, name: str) -> list[float]:
    [at] = [node["at"] for node in tab.evaluate("kgView.nodes()") if node["name"] == name]
    return list(at)


def settled(tab: Page) -> None:
    """Wait until what was asked for is painted."""
    tab.evaluate("() => new Promise((r) => requestAnimationFrame(() => setTimeout(r, 0)))")


def search(tab: Page, text: str) -> list[str]:
    """Type into the search; what it offers."""
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("/")
    tab.keyboard.type(text)
    return tab.locator("#hits [role=option]").all_inner_texts()
