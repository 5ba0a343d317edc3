"""The viewer in a real browser: search, presets, filters, addresses, paths."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest

from kg.model import Graph
from kg.schema import load_schema
from kg.view.html import fold_script
from kg.view.paths import find_paths
from tests.conftest import GraphSketch
from tests.view.conftest import CHAIN, Show
from tests.view.viewing import click, drawn, node_at, search, settled

if TYPE_CHECKING:
    pass


# Search, presets, filters


def test_search_offers_names_aliases_and_sentences_at_each_keystroke(
    show: Show, chain: Graph
) -> None:
    tab = show(chain)
    assert any(hit.startswith("卡商") for hit in search(tab, "卡"))
    tab.keyboard.type("商")
    hits = tab.locator("#hits [role=option]").all_inner_texts()
    assert hits[0].startswith("卡商")
    assert "卡商与号商。" in hits
    assert [hit for hit in search(tab, "澜舟公") if "澜舟鹿公司" in hit]
    assert search(tab, "没有的东西") == []
    assert "没有找到" in tab.locator("#hits").inner_text()


def test_a_name_is_found_by_the_initials_of_its_pinyin(show: Show, chain: Graph) -> None:
    tab = show(chain)
    assert [hit.splitlines()[0] for hit in search(tab, "dxyys")] == ["电信运营商"]
    tab.fill("#search", "")
    assert "澜舟鹿公司" in search(tab, "LGS")[0]
    tab.fill("#search", "")
    assert search(tab, "k") == []  # of too many


def test_each_letter_begins_where_the_browser_sorts_it(show: Show, chain: Graph) -> None:
    tab = show(chain)
    script = f"([...words]) => {{ {fold_script()}; const at = pinyin();"
    words = "啊版错大额付个好境卡鹿买年欧赔其日送他王线押账"
    letters = tab.evaluate(
        script + "return words.map((one) => [...'abcdefghijklmnopqrstuvwxyz']"
        ".filter((letter) => at(one + one, letter + letter) === 0).join('')); }",
        words,
    )
    assert "".join(letters) == "abcdefghjklmnopqrstwxyz"


def test_width_case_script_space_and_marks_do_not_matter_in_a_search(
    show: Show, sketch: GraphSketch
) -> None:
    quote = "卡商把“VX 号”卖给号商。"
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote=quote)
    sketch.edge("Role:电信運營商", "SUPPLIES", "Role:卡商")
    tab = show(sketch.graph())
    for typed in ("号 商", "號商", "「号商」"):
        assert search(tab, typed)[0].startswith("号商"), typed
    assert search(tab, "电信运营商")[0].startswith("电信運營商")
    search(tab, "ｖｘ號")
    assert tab.locator("#hits mark").inner_text() == "VX 号"
    assert search(tab, " ") == []


def test_several_words_find_what_has_all_of_them(show: Show, sketch: GraphSketch) -> None:
    quote = "卡商加价以后，把卡卖给号商。"
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote=quote)
    sketch.edge("Role:卡商", "SUPPLIES", "Role:诈骗分子")
    tab = show(sketch.graph())
    assert search(tab, "號商  加价") == [quote]
    assert tab.locator("#hits mark").inner_text() == "号商"
    assert search(tab, "号商 诈骗") == []


def test_a_name_that_is_not_drawn_is_found_and_shown_with_its_neighbours(
    show: Show, chain: Graph
) -> None:
    tab = show(chain)
    assert "9元" not in drawn(tab)
    search(tab, "9元")
    tab.keyboard.press("Enter")
    assert drawn(tab) == {"9元", "电话卡"}
    assert tab.locator("#card h3").inner_text() == "9元"
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    assert set(CHAIN) <= drawn(tab)


def test_a_sentence_that_is_found_shows_what_rests_on_it(show: Show, chain: Graph) -> None:
    tab = show(chain)
    search(tab, "卡商与号商")
    tab.keyboard.press("Enter")
    assert drawn(tab) == {"卡商", "号商"}
    assert "卡商与号商。" in tab.locator("#card blockquote").inner_text()


def test_presets_change_what_is_drawn(show: Show, chain: Graph) -> None:
    tab = show(chain)
    assert "9元" not in drawn(tab)
    tab.get_by_role("button", name="价格", exact=True).click()
    assert drawn(tab) == {"9元", "电话卡", "澜舟鹿公司"}
    tab.get_by_role("button", name="案件与法律", exact=True).click()
    assert drawn(tab) == {"江州市公安局", "王某"}
    tab.get_by_role("button", name="全部", exact=True).click()
    assert len(drawn(tab)) == 9


@pytest.mark.parametrize(
    ("label", "lost"),
    [("据称", {"澜舟鹿公司", "电话卡"}), ("人物", {"王某", "江州市公安局"}),
     ("供应", set(CHAIN)), ("机关", {"王某", "江州市公安局"})],
)  # fmt: skip
def test_a_box_that_is_unticked_takes_its_kind_away(
    show: Show, chain: Graph, label: str, lost: set[str]
) -> None:
    tab = show(chain)
    before = drawn(tab)
    tab.keyboard.press("f")
    box = tab.locator("#filters .check", has_text=re.compile(rf"^{label}\d+$"))
    box.locator("input").uncheck()
    assert before - drawn(tab) == lost
    tab.get_by_role("button", name="恢复默认").click()
    assert drawn(tab) == before


def test_confidence_origins_and_dates_filter(show: Show, chain: Graph) -> None:
    everything = "#view=everything"
    assert "澜舟鹿公司" not in drawn(show(chain, f"{everything}&confidence=50"))
    assert drawn(show(chain, f"{everything}&origins=2")) == {"电信运营商", "卡商"}
    assert len(drawn(show(chain, f"{everything}&from=2020-06&to=2020-06"))) == 9
    assert drawn(show(chain, f"{everything}&from=2020-07")) == set()
    assert drawn(show(chain, f"{everything}&to=2020-05")) == set()


def test_a_slider_says_what_it_does_and_goes_into_the_address(show: Show, chain: Graph) -> None:
    tab = show(chain)
    tab.keyboard.press("f")
    slider = tab.get_by_label("可信度不低于")
    slider.fill("50")
    assert "confidence=50" in tab.evaluate("kgView.hash()")
    assert "澜舟鹿公司" not in drawn(tab)


# The address


def test_the_address_restores_what_was_shown(show: Show, chain: Graph) -> None:
    tab = show(chain, "#view=everything&confidence=30&lang=en")
    click(tab, node_at(tab, "卡商"))
    tab.keyboard.press("2")
    settled(tab)
    first = tab.evaluate("[kgView.hash(), kgView.labels()]")
    assert "focus=" in first[0]
    again = show(chain, f"#{first[0]}")
    settled(again)
    assert again.evaluate("[kgView.hash(), kgView.labels()]") == first
    assert again.locator("#card h3").inner_text() == "卡商"


@pytest.mark.parametrize(
    "hash_",
    ["#view=nonsense", "#focus=nobody&hops=9", "#path=a,b", "#top=-1&confidence=x", "#node=%00",
     "#edge=<img src=x onerror=window.PWN=1>", "#lang=fr&theme=__proto__", "#__proto__=1"],
)  # fmt: skip
def test_an_address_that_says_nonsense_opens_the_page(show: Show, chain: Graph, hash_: str) -> None:
    tab = show(chain, hash_)
    assert tab.locator("#presets button").count() == 6


def test_the_browsers_way_back_leads_back(show: Show, chain: Graph) -> None:
    tab = show(chain)
    before = drawn(tab)
    tab.get_by_role("button", name="价格", exact=True).click()
    assert drawn(tab) != before
    tab.go_back()
    assert drawn(tab) == before


# Neighbourhoods and paths


def test_a_neighbourhood_of_one_or_two_hops_is_laid_out_anew(show: Show, chain: Graph) -> None:
    tab = show(chain)
    click(tab, node_at(tab, "电信运营商"))
    tab.keyboard.press("1")
    assert drawn(tab) == {"电信运营商", "卡商"}
    tab.keyboard.press("2")
    assert drawn(tab) == {"电信运营商", "卡商", "号商"}
    size = tab.viewport_size
    assert size
    assert all(0 <= node["at"][0] <= size["width"] for node in tab.evaluate("kgView.nodes()"))


def test_a_path_gives_every_hop_with_its_sentence(show: Show, chain: Graph) -> None:
    tab = show(chain)
    tab.keyboard.press("p")
    tab.keyboard.type("电信运营商")
    tab.keyboard.press("Enter")
    tab.keyboard.type("诈骗分子")
    tab.keyboard.press("Enter")
    assert drawn(tab) == set(CHAIN)
    quotes = [f"{start}与{end}。" for start, end in itertools.pairwise(CHAIN)]
    assert tab.locator("#ways .path blockquote").all_inner_texts() == quotes
    across = [node_at(tab, name)[0] for name in CHAIN]
    assert across == sorted(across)
    assert show(chain, f"#{tab.evaluate('kgView.hash()')}").locator("#ways .path").count() == 1


def test_a_path_whose_ends_are_chosen_on_cards_shows_its_sentences(
    show: Show, chain: Graph
) -> None:
    tab = show(chain)
    for name, button in ((CHAIN[0], "路径起点"), (CHAIN[-1], "路径终点")):
        search(tab, name)
        tab.keyboard.press("Enter")
        tab.locator("#card .actions button", has_text=button).click()
    quotes = [f"{start}与{end}。" for start, end in itertools.pairwise(CHAIN)]
    assert tab.locator("#ways .path blockquote").first.is_visible()
    assert tab.locator("#ways .path blockquote").all_inner_texts() == quotes


def test_the_page_finds_the_chains_that_kg_path_finds(
    show: Show, sample_page: str, sample_graph: Graph
) -> None:
    by_name = {entity.name: entity for entity in sample_graph.entities}
    ends = [by_name[name] for name in (*CHAIN, "料商", "黑客", "受害人") if name in by_name]
    tab = show(sample_page)
    checked = 0
    for start, end in itertools.permutations(ends, 2):
        best = find_paths(sample_graph, load_schema(), [start], [end])
        tab.goto(tab.url.partition("#")[0] + f"#path={start.id},{end.id}")
        steps = tab.locator("#ways .path").first.locator("ol > li")
        found = steps.count() if tab.locator("#ways .path").count() else 0
        assert found == (len(best[0].hops) if best else 0), (start.name, end.name)
        checked += bool(best)
    assert checked > 3
