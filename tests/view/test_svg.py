"""Static pictures: well-formed, legible, the same bytes for the same graph."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.model import Graph, Modality
from kg.schema import load_schema
from kg.view.lookup import Lookup
from kg.view.svg.chain import draw_around, draw_chain
from kg.view.svg.ink import elide, measure, wrap
from kg.view.svg.layers import Item, lay_out, spread
from kg.view.svg.ontology import draw_schema
from kg.view.svg.prices import draw_prices
from kg.view.svg.timeline import draw_timeline
from kg.view.text import Wording
from kg.view.views import load_views
from tests.conftest import GraphSketch
from tests.view.pictures import SVG, boxes, outside, overlaps, root_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCHEMA = load_schema()
VIEWS = load_views(SCHEMA)
HOSTILE = "</text><script>alert(1)</script>\"'&\u202e\x0b]]>"
TYPES = ("Role", "Good", "Person", "Organization", "Agency", "Activity", "Law")
EDGES = ("SUPPLIES", "SELLS", "OBTAINS", "ARRESTS", "USED_FOR", "COLLUDES_WITH", "SEIZES")

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=24)
nodes = st.builds("{}:{}".format, st.sampled_from(TYPES), names)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A graph of trade among a few entities with any names."""
    sketch = GraphSketch()
    known = draw(st.lists(nodes, min_size=2, max_size=12, unique=True))
    for _ in range(draw(st.integers(1, 18))):
        ends = draw(st.sampled_from(known)), draw(st.sampled_from(known))
        attrs = draw(st.dictionaries(st.sampled_from(("good", "quantity", "price")), names))
        modality = draw(st.sampled_from(sorted(Modality)))
        kind = draw(st.sampled_from(EDGES))
        if not any(
            r.subject == sketch.node(ends[0])
            and (r.type, r.object, r.modality) == (kind, sketch.node(ends[1]), modality)
            for r in (*sketch.relations, *sketch.negated)
        ):
            sketch.edge(ends[0], kind, ends[1], attrs=attrs, modality=modality)
    return sketch.graph()


def wording(graph: Graph, lang: str = "zh") -> Wording:
    return Wording(Lookup(graph), SCHEMA, lang)


def chain(graph: Graph, lang: str = "zh", top: int = 5) -> str:
    return draw_chain(wording(graph, lang), VIEWS, top=top)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs(), st.sampled_from(["zh", "en"]))
def test_no_two_labels_overlap_and_all_are_inside_the_picture(graph: Graph, lang: str) -> None:
    root = root_of(chain(graph, lang))
    assert overlaps(boxes(root)) == []
    assert outside(root) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs(), st.randoms(use_true_random=False))
def test_the_same_graph_gives_the_same_bytes(graph: Graph, chance: random.Random) -> None:
    shuffled = list(graph.relations)
    chance.shuffle(shuffled)
    assert chain(replace(graph, relations=tuple(shuffled))) == chain(graph)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_the_picture_around_an_entity_has_no_overlap(graph: Graph) -> None:
    root = root_of(draw_around(wording(graph), VIEWS, graph.entities[0]))
    assert overlaps(boxes(root)) == []
    assert outside(root) == []


def test_the_chain_reads_from_left_to_right(sketch: GraphSketch) -> None:
    names = ["电信运营商", "卡商", "号商", "诈骗分子"]
    for giver, taker in pairwise(names):
        sketch.edge(f"Role:{giver}", "SUPPLIES", f"Role:{taker}")
    found = {box.text: box.left for box in boxes(root_of(chain(sketch.graph())))}
    assert [found[name] for name in names] == sorted(found[name] for name in names)


def test_an_arrow_says_what_goes_along_it_how_much_and_for_how_much(sketch: GraphSketch) -> None:
    attrs = {"good": "手机黑卡", "quantity": "300张", "price": "每张90元"}
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", attrs=attrs)
    said = [box.text for box in boxes(root_of(chain(sketch.graph())))]
    assert "手机黑卡" in said
    assert "300张 · 每张90元" in said


def test_dashes_tell_the_modality_and_a_denial_is_no_arrow(sketch: GraphSketch) -> None:
    def dashes() -> set[str | None]:
        root = root_of(chain(sketch.graph()))
        arrows = [g for g in root.iter(f"{SVG}g") if g.get("stroke-width")]
        return {g[1].get("stroke-dasharray") for g in arrows}

    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", modality=Modality.NEGATED)
    assert dashes() == set()
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    assert dashes() == {None}
    sketch.edge("Role:料商", "SUPPLIES", "Role:号商", modality=Modality.ALLEGED)
    sketch.edge("Role:黑客", "SUPPLIES", "Role:料商", modality=Modality.HYPOTHETICAL)
    assert len(dashes()) == 3


def test_a_line_is_wider_the_more_independent_documents_say_so(sketch: GraphSketch) -> None:
    def width(origins: int) -> float:
        relation = replace(sketch.relations[0], origins=origins)
        root = root_of(chain(replace(sketch.graph(), relations=(relation,))))
        [line] = [g for g in root.iter(f"{SVG}g") if g.get("stroke-width")]
        return float(line.get("stroke-width", "0"))

    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    assert width(1) < width(2) < width(8)


def test_who_obtains_stands_at_the_end_of_the_arrow(sketch: GraphSketch) -> None:
    sketch.edge("Role:号商", "OBTAINS", "Good:电话卡")
    found = {box.text: box.left for box in boxes(root_of(chain(sketch.graph())))}
    assert found["电话卡"] < found["号商"]


def test_a_name_that_is_too_long_is_cut_and_kept_whole_beside_it(sketch: GraphSketch) -> None:
    name = "山东某某信息科技股份有限公司济南高新区第一分公司"
    sketch.edge(f"Organization:{name}", "SUPPLIES", "Role:号商")
    svg = chain(sketch.graph())
    assert any(box.text.endswith("…") for box in boxes(root_of(svg)))
    assert any(name in (title.text or "") for title in root_of(svg).iter(f"{SVG}title"))


def test_top_bounds_the_entities_of_a_column(sketch: GraphSketch) -> None:
    for number in range(12):
        sketch.edge("Role:卡商", "SUPPLIES", f"Person:冯{number}")
    shown = [box for box in boxes(root_of(chain(sketch.graph(), top=3))) if "冯" in box.text]
    assert 0 < len(shown) <= 12
    assert len(shown) < len(
        [box for box in boxes(root_of(chain(sketch.graph(), top=12))) if "冯" in box.text]
    )


def hostile(sketch: GraphSketch) -> Graph:
    attrs = {"good": HOSTILE, "price": "每张9元", "time": HOSTILE, "time_value": "2020-06-08"}
    sketch.edge(f"Role:{HOSTILE}", "SUPPLIES", f"Person:{HOSTILE}", attrs=attrs)
    sketch.edge(f"Good:{HOSTILE}", "HAS_PRICE", "Price:13元")
    sketch.edge(f"Agency:{HOSTILE}", "ARRESTS", f"Person:{HOSTILE}", attrs=attrs)
    return sketch.graph()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_stay_text_in_every_picture(sketch: GraphSketch, lang: str) -> None:
    words = wording(hostile(sketch), lang)
    for svg in (draw_chain(words, VIEWS), draw_prices(words), draw_timeline(words)):
        root = root_of(svg)
        assert not [one for one in root.iter() if one.tag == f"{SVG}script"]
        assert "\u202e" not in svg
        assert overlaps(boxes(root)) == []
        assert outside(root) == []


def test_an_empty_graph_is_said_to_be_empty() -> None:
    empty = Graph((), (), ())
    assert "没有可画的关系" in chain(empty)
    assert "没有价格" in draw_prices(wording(empty))
    root_of(draw_timeline(wording(empty)))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("ends", [("1分", "3亿元"), ("5000元", "30亿元"), ("2亿元", "6亿元")])
def test_the_figures_of_a_price_axis_do_not_touch(
    sketch: GraphSketch, ends: tuple[str, str], lang: str
) -> None:
    for at, price in enumerate(ends):
        sketch.edge(f"Good:货{at}", "HAS_PRICE", f"Price:{price}", quote=f"货{at}{price}。")
    root = root_of(draw_prices(wording(sketch.graph(), lang)))
    assert overlaps(boxes(root)) == []


def test_prices_stand_as_printed_beside_what_was_read(sketch: GraphSketch) -> None:
    sketch.edge("Good:165号段电话卡", "HAS_PRICE", "Price:每张12元")
    sketch.edge("Good:验证码", "HAS_PRICE", "Price:0.2元至3元")
    sketch.edge("Good:四件套", "HAS_PRICE", "Price:1200元")
    sketch.edge("Good:165号段电话卡", "HAS_SEGMENT", "NumberSegment:165号段")
    root = root_of(draw_prices(wording(sketch.graph())))
    found = {box.text: box for box in boxes(root)}
    assert {"每张12元", "12 / 张", "0.2元至3元", "0.2–3", "元，对数刻度"} <= found.keys()
    assert found["165号段电话卡"].top < found["验证码"].top  # segments first
    assert overlaps(boxes(root)) == []


def test_a_price_of_an_article_without_outlet_and_title_has_the_name_of_its_file(
    sketch: GraphSketch,
) -> None:
    sketch.edge("Good:卡", "HAS_PRICE", "Price:9元", quote="卡9元。")
    document = sketch.document("卡9元。")
    bare = replace(document, path="/a/very/long/way/to/the/folder/九元卡.txt", outlet="", title="")
    graph = sketch.graph()
    graph = replace(graph, documents=tuple(bare if d == document else d for d in graph.documents))
    shown = {box.text for box in boxes(root_of(draw_prices(wording(graph))))}
    assert "2020-06-09 · 九元卡.txt" in shown


def test_each_price_of_a_sale_has_the_sentence_that_names_it(sketch: GraphSketch) -> None:
    sketch.edge("Person:甲", "SUPPLIES", "Person:乙", attrs={"good": "卡", "price": "9元"},
                quote="甲卖卡给乙，每张9元。")  # fmt: skip
    sketch.edge("Person:甲", "SUPPLIES", "Person:乙", attrs={"good": "卡", "price": "80元"},
                quote="甲卖卡给乙，后来80元。")  # fmt: skip
    first, second = sketch.relations
    both = replace(first, evidence=(*first.evidence, *second.evidence))
    root = root_of(draw_prices(wording(replace(sketch.graph(), relations=(both,)))))
    titles = {one.text for one in root.iter(f"{SVG}title")}
    assert {"卡 9元「甲卖卡给乙，每张9元。」", "卡 80元「甲卖卡给乙，后来80元。」"} <= titles


def test_what_cannot_be_read_as_money_is_no_price(sketch: GraphSketch) -> None:
    sketch.edge("Good:佣金", "HAS_PRICE", "Price:2%")
    sketch.edge("Good:卡", "HAS_PRICE", "Price:免费")
    assert "没有价格" in draw_prices(wording(sketch.graph()))


def test_an_event_stands_at_the_date_of_the_text_else_at_that_of_the_article(
    sketch: GraphSketch,
) -> None:
    told = {"time": "2019年3月", "time_value": "2019-03"}
    sketch.edge("Agency:江州市公安局", "ARRESTS", "Person:陆某", attrs=told)
    sketch.edge("Agency:云泽市公安局", "ARRESTS", "Person:范某")
    said = [box.text for box in boxes(root_of(draw_timeline(wording(sketch.graph()))))]
    assert "2019-03" in said
    assert "报道 2020-06-09" in said


def test_what_an_agency_did_at_once_is_one_event(sketch: GraphSketch) -> None:
    told = {"time": "2019年3月", "time_value": "2019-03"}
    for name in ("陆某", "范某"):
        sketch.edge("Agency:江州市公安局", "ARRESTS", f"Person:{name}", attrs=told)
    said = [box.text for box in boxes(root_of(draw_timeline(wording(sketch.graph()))))]
    assert any("陆某" in text and "范某" in text for text in said)


def test_events_of_one_day_do_not_cover_one_another(sketch: GraphSketch) -> None:
    told = {"time": "2019年3月8日", "time_value": "2019-03-08"}
    for number in range(20):
        sketch.edge(f"Agency:第{number}分局", "ARRESTS", f"Person:陆{number}", attrs=told)
    root = root_of(draw_timeline(wording(sketch.graph())))
    assert overlaps(boxes(root)) == []
    assert outside(root) == []


def test_the_words_of_an_event_stand_beside_its_mark_and_within_its_year(
    sketch: GraphSketch,
) -> None:
    days = [f"{year}-12-{day}" for year in (2019, 2020) for day in range(11, 31)]
    for number, day in enumerate(days):
        told = {"time": day, "time_value": day}
        sketch.edge(f"Agency:第{number}分局", "ARRESTS", f"Person:陆{number}", attrs=told)
    root = root_of(draw_timeline(wording(sketch.graph())))
    said = {box.text: box for box in boxes(root)}
    line = {year: (said[year].top + said[year].bottom) / 2 for year in ("2019", "2020", "2021")}
    for number, day in enumerate(days):
        [words] = [box for text, box in said.items() if text.endswith(f" 陆{number}")]
        assert line[day[:4]] < said[day].top
        assert words.bottom < line[str(int(day[:4]) + 1)]
    bends = [
        [float(figure) for figure in re.findall(r"[\d.]+", path.get("d", ""))]
        for group in root.iter(f"{SVG}g")
        if group.find(f"{SVG}title") is not None
        for path in group.findall(f"{SVG}path")[:1]
    ]
    assert len(bends) == len(days)
    assert all(abs(bend[1] - bend[-1]) < 1 for bend in bends)


def brightness(colour: str) -> float:
    """The relative luminance of `#rrggbb`, as WCAG 2 has it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_text_stands_out_from_its_paper(sketch: GraphSketch) -> None:
    sketch.edge("Agency:江州市公安局", "ARRESTS", "Person:陆某", modality=Modality.ALLEGED)
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", attrs={"price": "9元", "good": "电话卡"})
    words = wording(sketch.graph())
    for svg in (draw_chain(words, VIEWS), draw_prices(words), draw_timeline(words)):
        for text in root_of(svg).iter(f"{SVG}text"):
            contrast = 1.05 / (brightness(text.get("fill", "")) + 0.05)
            assert contrast >= 4.5, (text.text, text.get("fill"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_ontology_shows_every_type_once(lang: str) -> None:
    root = root_of(draw_schema(SCHEMA, VIEWS, lang))
    said = [box.text for box in boxes(root)]
    for name in SCHEMA.edges:
        assert said.count(name) == 1
    assert overlaps(boxes(root)) == []
    assert outside(root) == []


def test_pictures_need_no_style_no_script_and_nothing_from_outside(sketch: GraphSketch) -> None:
    words = wording(hostile(sketch))
    schema = draw_schema(SCHEMA, VIEWS)
    for svg in (draw_chain(words, VIEWS), draw_prices(words), draw_timeline(words), schema):
        for one in root_of(svg).iter():
            assert one.tag not in (f"{SVG}style", f"{SVG}image", f"{SVG}script")
            assert not {"style", "href"} & set(one.keys())


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(1, 50), st.floats(-200, 200)), max_size=12))
def test_spread_things_keep_their_order_and_their_distance(
    things: list[tuple[float, float]],
) -> None:
    sizes, wanted = [size for size, _ in things], [want for _, want in things]
    at = spread(sizes, wanted, [1.0] * len(things))
    for one in range(len(at) - 1):
        assert at[one + 1] - at[one] >= (sizes[one] + sizes[one + 1]) / 2 - 1e-6


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=24),
)
def test_no_two_things_of_a_layer_stand_in_one_place(
    places: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> None:
    items = [Item(2 * layer, lane, 80, 30) for layer, lane in places]
    links = [
        (items[one], items[other], 50.0, 16.0)
        for one, other in pairs
        if one != other and one < len(items) and other < len(items)
    ]
    layout = lay_out(items, links)
    everything = {*items, *(item for line in layout.lines for item in line.items)}
    for one in everything:
        for other in everything:
            if one is not other and one.layer == other.layer:
                assert abs(one.y - other.y) >= (one.height + other.height) / 2 - 1e-6


@settings(deadline=None)
@given(names, st.floats(20, 200))
@example("000/", 22.0)
def test_a_cut_text_fits_its_room(text: str, room: float) -> None:
    said = elide(text, 12, room)
    assert said == text or measure(said, 12) <= max(room, measure(text[0] + "…", 12))
    assert all(measure(line, 12) <= max(room, 24.1) for line in wrap(text, 12, room, 3))


def test_real_text_is_never_wider_than_was_measured(browser: Browser, sketch: GraphSketch) -> None:
    attrs = {"good": "实名登记、电话卡", "quantity": "1800余万张", "price": "每张0.5元—3元"}
    sketch.edge("Role:电信运营商", "SUPPLIES", "Organization:“蓝禾” ABC·WM 公司", attrs=attrs)
    errors: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(chain(sketch.graph()))
    found = page.evaluate(
        "[...document.querySelectorAll('text')].map(one => [one.lastChild.textContent,"
        " one.getComputedTextLength(), +one.getAttribute('font-size'),"
        " one.getAttribute('font-weight') === '600'])"
    )
    page.close()
    assert errors == []
    assert found
    for text, wide, size, bold in found:
        assert wide <= measure(text, size, bold=bold) + 0.5, text
