"""The viewer in a real browser: keyboard, languages, themes, other ways to read."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model import Graph
from kg.record import Record
from kg.schema import load_schema
from kg.view.page import page
from kg.view.views import load_views
from tests.view.conftest import Show
from tests.view.viewing import click, node_at

# Keyboard, languages, themes, other ways to read


def test_everything_can_be_done_with_the_keyboard(show: Show, chain: Graph) -> None:
    tab = show(chain)
    tab.locator("#over").focus()
    tab.keyboard.press("ArrowDown")  # nothing chosen: the most telling node
    first = tab.locator("#card h3").inner_text()
    assert first
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#card h3").inner_text() != first
    assert tab.locator("#live").inner_text() != ""
    tab.keyboard.press("Enter")
    assert "focus=" in tab.evaluate("kgView.hash()")
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    assert "focus=" not in tab.evaluate("kgView.hash()")
    tab.keyboard.press("?")
    assert tab.locator("#help").is_visible()
    tab.keyboard.press("Escape")
    assert not tab.locator("#help").is_visible()
    zoom = tab.evaluate("kgView.camera().zoom")
    tab.keyboard.press("+")
    assert tab.evaluate("kgView.camera().zoom") > zoom
    tab.keyboard.press("l")
    assert tab.locator("#table").is_visible()


def test_the_tab_key_goes_through_the_page_in_reading_order(show: Show, chain: Graph) -> None:
    tab = show(chain)
    reached = []
    for _ in range(18):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.id || document.activeElement.tagName"))
    wanted = ["search", "filters-button", "path-button", "list-button", "SUMMARY",
              "language-button", "theme-button", "help-button", "over", "zoom-out"]  # fmt: skip
    assert [name for name in reached if name in wanted] == wanted


def test_what_is_done_with_a_key_does_not_lose_the_focus(show: Show, chain: Graph) -> None:
    tab = show(chain)
    focus = "(document.activeElement.closest('label') || document.activeElement).textContent"
    tab.get_by_role("button", name="价格", exact=True).press("Enter")
    assert tab.evaluate(focus) == "价格"
    tab.get_by_role("button", name="供应链", exact=True).click()
    tab.keyboard.press("f")
    tab.get_by_label("可信度不低于").press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    assert "confidence=10" in tab.evaluate("kgView.hash()")
    tab.get_by_role("checkbox", name="物料").press("Space")
    assert tab.evaluate(focus).startswith("物料")
    tab.get_by_role("button", name="恢复默认").press("Enter")
    assert tab.evaluate(focus) == "恢复默认"
    assert tab.get_by_role("checkbox", name="物料").is_checked()
    click(tab, node_at(tab, "卡商"))
    tab.locator("#card .row").first.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "panel"
    tab.locator("#panel-close").press("Enter")
    assert tab.evaluate("document.activeElement.id") == "over"


def test_the_status_line_counts_what_texts_deny_apart(show: Show, chain: Graph) -> None:
    count = show(chain).locator("#count").inner_text()
    assert count.endswith(f"/ {len(chain.relations)} 条关系")
    count = show(chain, "#view=everything&modes=asserted,negated").locator("#count").inner_text()
    assert count.endswith(f"/ {len(chain.relations)} 条关系 · 1 / 1 条被否定")


def test_what_is_alleged_is_told_by_the_legend_however_little_room_it_has(
    show: Show, sample_page: str
) -> None:
    tab = show(sample_page, size=(800, 700))
    legend = tab.locator("#legend").bounding_box()
    word = tab.locator("#legend span", has_text="据称").bounding_box()
    assert legend and word
    assert word["y"] + word["height"] <= legend["y"] + legend["height"] + 1


def test_the_commonest_type_of_the_picture_is_told_first(
    show: Show, sample_page: str, sample_record: Record
) -> None:
    tab = show(sample_page, size=(1280, 800))
    labels = {name: node.label.zh for name, node in load_schema().nodes.items()}
    type_of = {entity.id: labels[entity.type] for entity in sample_record.graph().entities}
    drawn = [type_of[node["id"]] for node in tab.evaluate("kgView.nodes()")]
    told = [word for word in tab.locator("#legend span").all_inner_texts() if word in drawn]
    assert told == sorted(told, key=drawn.count, reverse=True)
    assert len(told) > 3


def test_on_a_narrow_screen_the_legend_has_a_line_of_its_own(show: Show, sample_page: str) -> None:
    tab = show(sample_page, size=(420, 700))
    word = tab.locator("#legend span", has_text="据称").bounding_box()
    assert word
    assert 0 <= word["x"] < word["x"] + word["width"] <= 420
    assert word["y"] + word["height"] <= 700
    assert tab.evaluate("document.documentElement.scrollWidth") <= 420


def test_both_languages_say_everything(show: Show, chain: Graph) -> None:
    tab = show(chain)
    assert tab.evaluate("document.documentElement.lang") == "zh-CN"
    assert tab.get_by_role("button", name="供应链").count() == 1
    tab.get_by_role("button", name="English").click()
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert tab.get_by_role("button", name="chain", exact=True).count() == 1
    click(tab, node_at(tab, "卡商"))
    assert "mentions" in tab.locator("#card").inner_text()
    tab.keyboard.press("f")
    header = tab.locator("header").inner_text() + tab.locator("#filters").inner_text()
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in header.replace("中文", ""))


def test_the_page_opens_in_the_language_it_was_made_in(show: Show, chain: Graph) -> None:
    schema = load_schema()
    tab = show(page(chain, schema, load_views(schema), lang="en", top=1))
    assert tab.title() == "Telecom-fraud chain"
    assert tab.evaluate("kgView.hash()") == ""


def test_light_and_dark_follow_the_system_and_the_button(show: Show, chain: Graph) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = show(chain).evaluate(ground)
    tab = show(chain, scheme="dark")
    assert tab.evaluate(ground) != light
    tab.locator("#theme-button").click()
    assert tab.evaluate(ground) == light
    assert "theme=light" in tab.evaluate("kgView.hash()")


def test_the_table_says_what_the_picture_shows(show: Show, chain: Graph) -> None:
    tab = show(chain, "#list=1")
    rows = tab.locator("#table tbody tr")
    assert rows.count() == 5
    assert "卡商与号商。" in tab.locator("#table").inner_text()
    rows.first.get_by_role("button").nth(1).click()
    assert tab.locator("#card blockquote").count() == 1


@pytest.mark.parametrize("size", [(1000, 700), (420, 800)])
def test_a_card_stands_beside_the_table_and_not_over_it(
    show: Show, chain: Graph, size: tuple[int, int]
) -> None:
    tab = show(chain, f"#list=1&edge={chain.relations[0].id}", size=size)
    table, panel = (tab.locator(one).bounding_box() for one in ("#table", "#panel"))
    assert table and panel
    is_beside = table["x"] + table["width"] <= panel["x"] + 1
    assert is_beside or table["y"] + table["height"] <= panel["y"] + 1


def test_what_has_no_room_is_cut_with_an_ellipsis_and_the_way_back_stays(
    show: Show, sketch: Any
) -> None:
    name = "江州市" + "东湖" * 12 + "公司"
    quote = f"{name}与卡商" + "，又说" * 60
    relation = sketch.edge(f"Organization:{name}", "SUPPLIES", "Role:卡商", quote=quote)
    tab = show(sketch.graph(), f"#list=1&lang=en&focus={relation.subject}", size=(420, 800))
    assert "…" in tab.locator("#table .quote").inner_text()
    assert "东湖…" in tab.locator("#crumb bdi").inner_text()
    for part in ("#crumb button", "#crumb bdi"):
        box = tab.locator(part).bounding_box()
        assert box
        assert box["x"] + box["width"] <= 420


def test_print_has_the_picture_and_the_card_and_no_controls(show: Show, chain: Graph) -> None:
    tab = show(chain, f"#edge={chain.relations[0].id}")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert tab.locator("#print svg").is_visible()
    assert tab.locator("#card blockquote").is_visible()
    assert not tab.locator("header").is_visible()


def test_one_of_a_thing_is_singular_in_english(show: Show, chain: Graph) -> None:
    schema = load_schema()
    tab = show(page(chain, schema, load_views(schema), lang="en"))
    click(tab, node_at(tab, "电信运营商"))
    facts = tab.locator("#card .fact").all_inner_texts()
    assert {"mentions: 1", "1 document", "1 relation"} <= set(facts)
    click(tab, node_at(tab, "卡商"))
    assert "3 relations" in tab.locator("#card .fact").all_inner_texts()
