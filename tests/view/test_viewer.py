"""The viewer in a real browser. Whatever a test does: no error, and no request leaves the page."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree

import pytest

from kg.model import Evidence, Graph, Modality
from kg.record import Record
from kg.schema import load_schema
from kg.view.page import contexts, page
from kg.view.paths import find_paths
from kg.view.views import load_views

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Show = Callable[..., "Page"]
CHAIN = ("电信运营商", "卡商", "号商", "诈骗分子")


class Watched:
    """A tab of the browser that notes what must never happen; one for all tests."""

    def __init__(self, browser: Browser) -> None:
        self.told: list[str] = []
        self.own = ""
        self.tab = browser.new_page()
        self.tab.set_default_timeout(120_000)
        self.tab.on("console", lambda message: self.told.append(f"console: {message.text}"))
        self.tab.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        self.tab.on("request", lambda request: self.asked(request.url))

    def asked(self, url: str) -> None:
        if not url.startswith((self.own, "data:", "blob:", "about:")):
            self.told.append(f"request: {url}")


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[Watched]:
    watched = Watched(browser)
    yield watched
    watched.tab.close()


@pytest.fixture
def show(watched: Watched, tmp_path: Path) -> Iterator[Show]:
    """Open a graph's page: `show(graph, "#list=1", size=(420, 800), scheme="dark")`."""
    path = tmp_path / "graph.html"
    watched.own = path.as_uri()
    watched.told.clear()
    tab = watched.tab

    def call(
        graph: Graph | str,
        hash_: str = "",
        size: tuple[int, int] = (1280, 800),
        scheme: Literal["light", "dark"] = "light",
    ) -> Page:
        if isinstance(graph, Graph):
            schema = load_schema()
            graph = page(graph, schema, load_views(schema))
        path.write_text(graph, encoding="utf-8")
        tab.goto("about:blank")
        tab.set_viewport_size({"width": size[0], "height": size[1]})
        tab.emulate_media(media="screen", color_scheme=scheme)
        tab.goto(path.as_uri() + hash_)
        tab.wait_for_function("window.kgView")
        return tab

    yield call
    assert tab.evaluate("window.PWN") is None
    assert watched.told == []


@pytest.fixture(scope="session")
def sample_graph(sample_record: Record) -> Graph:
    return sample_record.graph()


@pytest.fixture(scope="session")
def sample_page(sample_graph: Graph) -> str:
    schema = load_schema()
    return page(sample_graph, schema, load_views(schema))


@pytest.fixture
def chain(sketch: Any) -> Graph:
    """The chain, an alleged seller with an alias, a denial, a repost of ten origins."""
    for start, end in itertools.pairwise(CHAIN):
        sketch.edge(f"Role:{start}", "SUPPLIES", f"Role:{end}", source="江州警方")
    sketch.node("Organization:澜舟鹿公司", aliases=("澜舟公司",))
    sketch.edge(
        "Organization:澜舟鹿公司", "SELLS", "Good:电话卡", modality=Modality.ALLEGED,
        confidence=0.4, attrs={"price": "9元"},
    )  # fmt: skip
    sketch.edge("Role:卡商", "SUPPLIES", "Role:受害人", modality=Modality.NEGATED)
    sketch.edge("Agency:江州市公安局", "ARRESTS", "Person:王某")
    sketch.edge("Good:电话卡", "HAS_PRICE", "Price:9元")
    sketch.relations[0] = replace(sketch.relations[0], origins=10)
    graph: Graph = sketch.graph()
    return graph


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


def test_the_page_finds_the_chains_that_kg_path_finds(
    show: Show, sample_page: str, sample_graph: Graph
) -> None:
    by_name = {entity.name: entity for entity in sample_graph.entities}
    ends = [by_name[name] for name in (*CHAIN, "料商") if name in by_name]
    tab = show(sample_page)
    checked = 0
    for start, end in itertools.permutations(ends, 2):
        best = find_paths(sample_graph, [start], [end])
        tab.goto(tab.url.partition("#")[0] + f"#path={start.id},{end.id}")
        steps = tab.locator("#ways .path").first.locator("ol > li")
        found = steps.count() if tab.locator("#ways .path").count() else 0
        assert found == (len(best[0].hops) if best else 0), (start.name, end.name)
        checked += bool(best)
    assert checked > 3


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


def test_print_has_the_picture_and_the_card_and_no_controls(show: Show, chain: Graph) -> None:
    tab = show(chain, f"#edge={chain.relations[0].id}")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert tab.locator("#print svg").is_visible()
    assert tab.locator("#card blockquote").is_visible()
    assert not tab.locator("header").is_visible()


# Files to keep


def saved(tab: Page, button: str) -> bytes:
    tab.locator("#save summary").click()
    with tab.expect_download() as waiting:
        tab.locator(button).click()
    return Path(waiting.value.path()).read_bytes()


def test_the_svg_has_every_name_and_is_well_formed(show: Show, chain: Graph) -> None:
    tab = show(chain)
    root = ElementTree.fromstring(saved(tab, "#save-svg"))
    text = " ".join(root.itertext())
    assert all(name in text for name in drawn(tab))
    assert not root.findall(".//{http://www.w3.org/2000/svg}script")


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
