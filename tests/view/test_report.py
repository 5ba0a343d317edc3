"""A dossier: what a graph says of one entity, every row with its sentence, and how firm it is."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from kg.model import Graph, Modality
from kg.schema import load_schema
from kg.view.lookup import Lookup
from kg.view.report import html, markdown
from kg.view.report.dossier import MOST, Dossier, gather
from kg.view.text import Wording
from kg.view.views import load_views
from tests.conftest import GraphSketch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCHEMA = load_schema()
VIEWS = load_views(SCHEMA)
HOSTILE = "</td><script>alert(1)</script>|`x`[a](javascript:alert(1))\u202e"


def words(graph: Graph, lang: str = "zh") -> Wording:
    return Wording(Lookup(graph), SCHEMA, lang)


def dossier(sketch: GraphSketch, spec: str) -> Dossier:
    return gather(words(sketch.graph()), VIEWS, sketch.entity(spec))


def rows(found: Dossier, heading: str) -> list[tuple[str, str, str]]:
    tables = [*found.tables, *found.doubts]
    [table] = [one for one in tables if one.heading == heading]
    return [(row.subject, row.label, row.object) for row in table.rows]


def test_only_what_touches_the_entity_is_in_its_dossier(sketch: GraphSketch) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    sketch.edge("Role:料商", "SUPPLIES", "Role:黑客")
    found = dossier(sketch, "Role:卡商")
    assert rows(found, "交易") == [("卡商", "供应", "号商")]
    assert [document.title for document, _ in found.documents] == ["第1篇"]


def test_a_dossier_says_who_it_is(sketch: GraphSketch) -> None:
    sketch.node("Organization:亚飞达公司", aliases=("亚飞达",))
    sketch.edge("Organization:亚飞达公司", "HAS_ROLE", "Role:代理商")
    about = dict(dossier(sketch, "Organization:亚飞达公司").about)
    assert about["角色"] == "代理商"
    assert about["又称"] == "亚飞达"


def test_a_case_brings_what_its_own_document_says_of_those_it_touches(sketch: GraphSketch) -> None:
    quote = "江州市公安局侦破1·06专案，从夜鹭工作室缴获电话卡。"
    sketch.edge("Case:1·06专案", "INVOLVES", "Group:夜鹭工作室", quote=quote)
    sketch.edge("Group:夜鹭工作室", "OBTAINS", "Good:电话卡", quote=quote)
    sketch.edge("Group:夜鹭工作室", "OBTAINS", "Good:猫池", quote="另一篇：夜鹭工作室买猫池。")
    found = dossier(sketch, "Case:1·06专案")
    assert rows(found, "交易") == [("夜鹭工作室", "获取", "电话卡")]


def test_what_is_alleged_counts_as_doubtful_only_where_nobody_states_it(
    sketch: GraphSketch,
) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.ALLEGED)
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote="卡商卖给号商。")
    sketch.edge("Role:卡商", "SUPPLIES", "Role:黑客", modality=Modality.ALLEGED)
    assert rows(dossier(sketch, "Role:卡商"), "只是据称") == [("卡商", "供应", "黑客")]


def test_what_rests_on_one_origin_is_listed_apart(sketch: GraphSketch) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    sketch.edge("Role:卡商", "SUPPLIES", "Role:黑客")
    firm = replace(sketch.relations[0], origins=3)
    sketch.relations[0] = firm
    found = dossier(sketch, "Role:卡商")
    assert rows(found, "只有一个独立来源") == [("卡商", "供应", "黑客")]


def test_a_denial_is_told_as_one_and_is_no_fact(sketch: GraphSketch) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.NEGATED)
    found = dossier(sketch, "Role:卡商")
    assert rows(found, "被否定的说法") == [("卡商", "供应", "号商")]
    assert found.tables == ()


def test_a_sentence_has_one_number_however_many_rows_stand_on_it(sketch: GraphSketch) -> None:
    quote = "卡商向号商和黑客出售电话卡。"
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote=quote)
    sketch.edge("Role:卡商", "SUPPLIES", "Role:黑客", quote=quote)
    found = dossier(sketch, "Role:卡商")
    assert [one.evidence.quote for one in found.quotes] == [quote]
    assert {row.quotes for table in found.tables for row in table.rows} == {(1,)}


def test_the_report_of_a_record_says_how_much_it_leaves_out(sketch: GraphSketch) -> None:
    for number in range(MOST + 5):
        sketch.edge("Role:卡商", "SUPPLIES", f"Person:冯{number}")
    found = gather(words(sketch.graph()), VIEWS, None)
    [trade] = [table for table in found.tables if table.heading == "交易"]
    assert len(trade.rows) == MOST
    assert trade.left_out == 5
    assert "另有 5 条" in html.page(words(sketch.graph()), VIEWS)


def hostile(sketch: GraphSketch) -> Graph:
    sketch.edge(f"Role:{HOSTILE}", "SUPPLIES", "Role:号商", attrs={"good": HOSTILE})
    graph = sketch.graph()
    documents = tuple(
        replace(one, title=HOSTILE, url="javascript:alert(1)") for one in graph.documents
    )
    return replace(graph, documents=documents)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_and_addresses_do_nothing(sketch: GraphSketch, lang: str) -> None:
    graph = hostile(sketch)
    page = html.page(words(graph, lang), VIEWS)
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "\u202e" not in page
    text = "".join(markdown.lines(words(graph, lang), VIEWS))
    assert "<script" not in text.replace("\\<", "")
    assert "](javascript" not in text
    assert not re.search(r"(?<!\\)\|`", text)


def test_the_page_lets_in_its_own_style_and_nothing_else(sketch: GraphSketch) -> None:
    page = html.page(words(hostile(sketch)), VIEWS)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert "default-src &#39;none&#39;" in page
    assert digest in page.replace("&#43;", "+").replace("&#61;", "=")
    assert " style=" not in page


def test_the_same_graph_gives_the_same_report(sketch: GraphSketch) -> None:
    graph = hostile(sketch)
    assert html.page(words(graph), VIEWS) == html.page(words(graph), VIEWS)
    every = "".join(markdown.lines(words(graph), VIEWS))
    assert every == "".join(markdown.lines(words(graph), VIEWS))


def test_a_link_leads_to_the_document(sketch: GraphSketch) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    graph = sketch.graph()
    documents = tuple(replace(one, url="https://a.example/b") for one in graph.documents)
    graph = replace(graph, documents=documents)
    assert 'href="https://a.example/b"' in html.page(words(graph), VIEWS)
    assert "[第1篇](<https://a.example/b>)" in "".join(markdown.lines(words(graph), VIEWS))


def test_a_browser_shows_it_without_error_or_request(browser: Browser, sketch: GraphSketch) -> None:
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: complaints.append(request.url))
    page.set_content(html.page(words(hostile(sketch)), VIEWS))
    fill = page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")
    page.close()
    assert fill == "rgb(255, 255, 255)"  # the policy let the style in
    assert complaints == []


@pytest.mark.parametrize("media", ["screen", "print"])
def test_it_is_dark_where_the_system_is_and_white_on_paper(
    browser: Browser, sketch: GraphSketch, media: Literal["screen", "print"]
) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    page = browser.new_page()
    page.emulate_media(color_scheme="dark", media=media)
    page.set_content(html.page(words(sketch.graph()), VIEWS))
    look = "(name) => getComputedStyle(document.querySelector(name))"
    ground = page.evaluate(f"({look})('main').backgroundColor")
    text = page.evaluate(f"({look})('h1').color")
    picture = page.evaluate(f"({look})('figure svg').backgroundColor")
    page.close()
    assert [sum(map(int, re.findall(r"\d+", one))) > 384 for one in (ground, text)] == [
        media == "print", media == "screen",
    ]  # fmt: skip
    assert picture == "rgb(255, 255, 255)"


def test_on_a_narrow_screen_its_tables_scroll_and_not_the_page(
    browser: Browser, sketch: GraphSketch
) -> None:
    for number in range(3):
        ends = f"Organization:江州市第{number}通信器材经营部", f"Role:第{number}种卡商"
        sketch.edge(ends[0], "AFFILIATED_WITH", ends[1], modality=Modality.ALLEGED)
        sketch.edge(
            f"Good:第{number}种电话卡", "HAS_PRICE", f"Price:每张{number + 9}元至2000元不等"
        )
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.set_content(html.page(words(sketch.graph(), "en"), VIEWS))
    wide = page.evaluate("document.documentElement.scrollWidth")
    tables = page.evaluate(
        "Math.max(...[...document.querySelectorAll('table')].map(t => t.offsetWidth))"
    )
    page.close()
    assert tables > 360 >= wide


def test_on_a_narrow_screen_its_text_has_nearly_all_the_width(
    browser: Browser, sketch: GraphSketch
) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    page = browser.new_page(viewport={"width": 420, "height": 700})
    page.set_content(html.page(words(sketch.graph()), VIEWS))
    assert page.locator("h1").evaluate("one => one.clientWidth") > 380
    page.close()


def test_a_report_of_nothing_has_no_empty_brackets(sketch: GraphSketch) -> None:
    assert "（）" not in html.page(words(sketch.graph()), VIEWS)
    assert dict(gather(words(sketch.graph()), VIEWS, None).about)["实体"] == "0"


def test_an_english_report_has_no_chinese_punctuation(sketch: GraphSketch) -> None:
    sketch.edge("Role:Ann", "SUPPLIES", "Role:Bob", modality=Modality.ALLEGED, quote="Ann, Bob")
    graph = sketch.graph()
    documents = tuple(replace(one, title="One", outlet="Post") for one in graph.documents)
    wording = words(replace(graph, documents=documents), "en")
    page = html.page(wording, VIEWS).partition("</style>")[2]
    text = "".join(markdown.lines(wording, VIEWS))
    assert not set("（），、。；：") & set(page + text)
