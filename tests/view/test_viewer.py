"""The viewer in a real browser: pictures, cards, files to keep, hostile input."""

from __future__ import annotations

import csv
import io
import itertools
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from kg.model import Evidence, Graph
from kg.schema import load_schema
from kg.view.page import contexts, page
from kg.view.views import load_views
from tests.view.conftest import CHAIN, Show
from tests.view.viewing import click, drawn, edges, node_at, search, settled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


# The picture


def test_the_chain_reads_from_left_to_right_at_once(show: Show, sample_page: str) -> None:
    tab = show(sample_page)
    at = {node["name"]: node["at"][0] for node in tab.evaluate("kgView.nodes()")}
    across = [at[name] for name in CHAIN]
    assert across == sorted(set(across))
    lanes = [node["at"][1] for node in tab.evaluate("kgView.nodes()") if node["column"] > 6]
    rest = [node["at"][1] for node in tab.evaluate("kgView.nodes()") if node["column"] <= 6]
    assert min(lanes) > max(rest)


@pytest.mark.parametrize("hash_", ["", "#view=everything", "#view=everything&top=0", "#lang=en"])
@pytest.mark.parametrize("size", [(1280, 800), (420, 800)])
def test_labels_never_overlap(
    show: Show, sample_page: str, hash_: str, size: tuple[int, int]
) -> None:
    tab = show(sample_page, hash_, size=size)
    for key in ("", "-", "-", "+", "+", "+"):
        if key:
            tab.keyboard.press(key)
        settled(tab)
        labels = tab.evaluate("kgView.labels()")
        assert labels
        for one, other in itertools.combinations(labels, 2):
            assert (
                one["x"] + one["w"] <= other["x"]
                or other["x"] + other["w"] <= one["x"]
                or one["y"] + one["h"] <= other["y"]
                or other["y"] + other["h"] <= one["y"]
            ), (one, other)


@pytest.mark.parametrize("size", [(1280, 800), (420, 800)])
def test_the_first_view_of_a_picture_too_large_for_the_window_is_not_empty(
    show: Show, sample_page: str, size: tuple[int, int]
) -> None:
    tab = show(sample_page, "#view=everything&top=0", size=size)
    settled(tab)
    assert len(tab.evaluate("kgView.labels()")) > 3


def test_at_first_every_node_has_its_label(show: Show, sample_page: str) -> None:
    tab = show(sample_page, size=(1500, 900))
    settled(tab)
    labelled = [label for label in tab.evaluate("kgView.labels()") if label["kind"] == "node"]
    assert len(labelled) == len(tab.evaluate("kgView.nodes()"))


def test_words_of_a_line_do_not_stand_on_another_where_there_is_room(
    show: Show, sample_page: str
) -> None:
    tab = show(sample_page, size=(1400, 900))
    level = node_at(tab, "群控软件")[1]
    assert abs(level - node_at(tab, "养号")[1]) < 10  # a level line goes from one to the other
    [words] = [one for one in tab.evaluate("kgView.labels()") if one["text"] == "缴获 2.6万余张"]
    assert not words["y"] <= level <= words["y"] + words["h"]


def test_each_tier_shows_at_most_its_top(show: Show, sample_page: str) -> None:
    tab = show(sample_page, "#view=everything&top=3")
    columns = [node["column"] for node in tab.evaluate("kgView.nodes()")]
    assert max(columns.count(column) for column in columns) <= 3


def test_negated_claims_are_drawn_on_request_only(show: Show, chain: Graph) -> None:
    [denied] = [relation.id for relation in chain.negated]
    assert denied not in edges(show(chain, "#view=everything"))
    tab = show(chain, "#view=everything&modes=asserted,negated")
    assert denied in edges(tab)
    tab.goto(tab.url + f"&edge={denied}")
    assert "line-through" in tab.locator("#card h3 bdi").first.evaluate(
        "(name) => getComputedStyle(name).textDecorationLine"
    )


# Cards


def test_a_click_on_a_line_shows_its_sentence_who_says_so_and_where(
    show: Show, chain: Graph
) -> None:
    tab = show(chain)
    relation = chain.relations[[r.subject for r in chain.relations].index(entity(chain, "卡商"))]
    [line] = [one for one in tab.evaluate("kgView.lines()") if relation.id in one["edges"]]
    click(tab, line["at"])
    card = tab.locator("#card")
    assert card.locator("blockquote").inner_text() == relation.evidence[0].quote
    assert "据江州警方 · 江州晚报 · 2020-06-09" in card.locator("footer").inner_text()


def entity(graph: Graph, name: str) -> str:
    [found] = [entity.id for entity in graph.entities if entity.name == name]
    return found


def test_every_edge_of_the_samples_opens_its_sentences(
    show: Show, sample_page: str, sample_graph: Graph
) -> None:
    tab = show(sample_page)
    relations = [*sample_graph.relations, *sample_graph.negated]
    shown = tab.evaluate(
        """async (ids) => {
          const quotes = [];
          for (const id of ids) {
            location.hash = `#list=1&edge=${id}`; // no picture to paint
            await new Promise((done) => addEventListener('hashchange', done, { once: true }));
            quotes.push([...document.querySelectorAll('#card mark')].map((m) => m.textContent));
          }
          return quotes;
        }""",
        [relation.id for relation in relations],
    )
    for relation, quotes in zip(relations, shown, strict=True):
        assert quotes == [one.quote.replace("\n", " ") for one in relation.evidence][:12]


def test_the_quote_is_marked_within_its_sentence_beyond_the_basic_plane_too(
    show: Show, sketch: Any
) -> None:
    text = "𠮷某说，😀老李把卡卖给号商，每张9元。"
    relation = sketch.edge("Person:老李", "SUPPLIES", "Role:号商", quote=text)
    start, end = text.index("老李"), text.index("，每张")
    evidence: Evidence = replace(relation.evidence[0], start=start, end=end, quote=text[start:end])
    sketch.relations[:] = [replace(relation, evidence=(evidence,))]
    graph, schema = sketch.graph(), load_schema()
    around = contexts(graph, sketch.documents.values())
    tab = show(page(graph, schema, load_views(schema), around), f"#edge={relation.id}")
    assert tab.locator("#card blockquote").inner_text() == text
    assert tab.locator("#card mark").inner_text() == "老李把卡卖给号商"
    assert tab.locator("#card mark strong").all_inner_texts() == ["老李", "号商"]


def test_a_click_on_a_node_shows_names_roles_prices_and_relations(show: Show, sketch: Any) -> None:
    sketch.node("Organization:澜舟鹿公司", aliases=("澜舟公司",))
    sketch.edge("Organization:澜舟鹿公司", "HAS_ROLE", "Role:卡商")
    sketch.edge("Organization:澜舟鹿公司", "SELLS", "Good:电话卡", attrs={"price": "9元"})
    tab = show(sketch.graph())
    click(tab, node_at(tab, "澜舟鹿公司"))
    card = tab.locator("#card").inner_text()
    for words in ("机构", "又称", "澜舟公司", "角色", "卡商", "2 条关系", "出售", "电话卡", "9元"):
        assert words in card
    tab.locator("#card .row", has_text="电话卡").click()
    assert "澜舟鹿公司与电话卡。" in tab.locator("#card blockquote").inner_text()
    tab.keyboard.press("Escape")
    assert "又称" in tab.locator("#card").inner_text()


def test_only_web_addresses_become_links(show: Show, sketch: Any) -> None:
    addresses = {
        "javascript:window.PWN=1": None,
        "JaVaScRiPt://example.org/%0awindow.PWN=1": None,
        "data:text/html,<script>window.PWN=1</script>": None,
        "file:///etc/passwd": None,
        "": None,
        "https://example.org/a?b=<c>": "https://example.org/a?b=%3Cc%3E",
    }
    for number, address in enumerate(addresses):
        relation = sketch.edge("Role:卡商", "SUPPLIES", f"Role:下家{number}")
        text = f"卡商与下家{number}。"
        sketch.documents[text] = replace(sketch.documents[text], url=address)
    tab = show(sketch.graph(), "#view=everything&top=0")
    hrefs = []
    for relation in sketch.relations:
        tab.goto(tab.url.partition("#")[0] + f"#edge={relation.id}")
        links = tab.locator("#card footer a")
        hrefs.append(links.get_attribute("href") if links.count() else None)
    assert hrefs == list(addresses.values())


# Files to keep


def saved(tab: Page, button: str) -> bytes:
    tab.locator("#save summary").click()
    with tab.expect_download() as waiting:
        tab.locator(button).click()
    return Path(waiting.value.path()).read_bytes()


def test_a_heading_without_room_goes_on_in_a_second_line(show: Show, chain: Graph) -> None:
    schema = load_schema()
    tab = show(page(chain, schema, load_views(schema), lang="en"), size=(420, 700))
    root = ElementTree.fromstring(saved(tab, "#save-svg"))
    texts = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")
             if one.get("font-weight") == "600"]  # fmt: skip
    assert "sources of cards and data" not in texts
    assert "sources of cards and data" in " ".join(texts)


def test_the_svg_has_every_name_and_is_well_formed(show: Show, chain: Graph) -> None:
    tab = show(chain)
    root = ElementTree.fromstring(saved(tab, "#save-svg"))
    text = " ".join(root.itertext())
    assert all(name in text for name in drawn(tab))
    assert not root.findall(".//{http://www.w3.org/2000/svg}script")


def test_the_picture_that_is_saved_beside_the_list_is_that_of_its_relations(
    show: Show, chain: Graph
) -> None:
    tab = show(chain, "#list=1")
    assert "卡商" in saved(tab, "#save-svg").decode()
    tab.locator("#presets button", has_text="价格").click()
    assert "9元" in tab.locator("#table").inner_text()
    assert "9元" in saved(tab, "#save-svg").decode()


def test_a_name_is_found_in_a_page_that_opens_with_the_list(show: Show, chain: Graph) -> None:
    tab = show(chain, "#list=1")
    search(tab, "卡商")
    tab.keyboard.press("Enter")
    assert tab.locator("#card h3").inner_text() == "卡商"


def test_the_png_is_one(show: Show, chain: Graph) -> None:
    assert saved(show(chain), "#save-png").startswith(b"\x89PNG")


def test_the_csv_has_a_row_for_each_sentence_and_no_formula(show: Show, sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Organization:=HYPERLINK(1)", quote='=HYPERLINK(1),"卡商"')
    text = saved(show(sketch.graph()), "#save-csv").decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row["subject"] == "卡商"
    assert row["object"] == "'=HYPERLINK(1)"
    assert row["sentence"] == '\'=HYPERLINK(1),"卡商"'
    assert row["outlet"] == "江州晚报"


# Hostile input


HOSTILE = (
    "</script><script>window.PWN=1</script>",
    "<img src=x onerror=window.PWN=1>",
    "<!--<script>",
    "javascript:window.PWN=1",
    "'\"`;window.PWN=1;//${window.PWN=1}",
    "\u202e诈骗\u202c\u2066名称\u2069\u200b",
    "控\x00制\x07符\x1b[31m",
    "__proto__",
    "constructor",
    "长" * 10_000,
)


def test_hostile_names_and_sentences_do_nothing(show: Show, sketch: Any) -> None:
    for name in HOSTILE:
        sketch.node(f"Role:{name}", aliases=(name,))
        quote = f"卡商把卡卖给{name}。"
        sketch.edge("Role:卡商", "SUPPLIES", f"Role:{name}", quote=quote, source=name,
                    attrs={"good": name, "price": name})  # fmt: skip
        sketch.documents[quote] = replace(
            sketch.documents[quote], url=name, title=name, outlet=name, published=name
        )
    graph = sketch.graph()
    tab = show(graph, "#top=0&thin=0")
    assert len(drawn(tab)) == len(HOSTILE) + 1
    for relation in graph.relations:
        tab.goto(tab.url.partition("#")[0] + f"#top=0&edge={relation.id}")
        assert tab.locator("#card blockquote").count() == 1
        assert tab.locator("#card a[href^=javascript]").count() == 0
    for found in graph.entities:
        tab.goto(tab.url.partition("#")[0] + f"#top=0&node={found.id}")
    for text in ("<", "script", "window.PWN", "__proto__", "长长"):
        search(tab, text)
    tab.keyboard.press("Escape")
    tab.goto(tab.url.partition("#")[0] + "#top=0&list=1")
    assert tab.locator("#table tbody tr").count() == len(HOSTILE)
    assert tab.evaluate("document.querySelectorAll('img, script').length") == 2


def test_marks_that_hide_or_turn_text_are_made_visible(show: Show, sketch: Any) -> None:
    name = "\u202e商卡\u202c\x07"
    relation = sketch.edge(f"Role:{name}", "SUPPLIES", "Role:号商", quote=f"{name}\n卖卡")
    tab = show(sketch.graph(), f"#edge={relation.id}")
    shown = tab.locator("#card").inner_text()
    assert "�商卡�␇" in shown
    assert not set("\u202e\u202c\x07") & set(shown)


def test_a_script_that_gets_into_the_page_is_not_run(browser: Browser, tmp_path: Path) -> None:
    schema = load_schema()
    text = page(Graph((), (), ()), schema, load_views(schema))
    path = tmp_path / "graph.html"
    path.write_text(text.replace("</body>", "<script>window.PWN=1</script></body>"), "utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    tab.wait_for_function("window.kgView")
    assert tab.evaluate("window.PWN") is None
    with pytest.raises(Exception, match="TrustedHTML"):
        tab.evaluate("document.body.innerHTML = '<b>x</b>'")
    tab.close()


def test_an_empty_graph_says_that_there_is_nothing(show: Show) -> None:
    tab = show(Graph((), (), ()))
    assert tab.locator("#empty").is_visible()


def test_five_thousand_nodes_and_twenty_thousand_edges_open(show: Show, sketch: Any) -> None:
    roles = [
        f"Role:{word}{number}" for number in range(500) for word in ("卡商", "号商", "诈骗分子")
    ]
    for number, start in enumerate(roles):
        for step in (1, 7, 31, 101):
            sketch.edge(start, "SUPPLIES", roles[(number + step) % len(roles)], quote="卡商号商。")
    tab = show(sketch.graph(), "#view=everything&top=0&thin=0")
    settled(tab)
    assert len(drawn(tab)) == len(roles)
    assert tab.evaluate("kgView.labels()")
