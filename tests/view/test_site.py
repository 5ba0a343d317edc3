from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from kg.errors import StoreError, UsageError
from kg.model import Document, Graph, Modality
from kg.record import Record
from kg.schema import load_schema
from kg.view.markup import Markup
from kg.view.site import Site, SiteReport, write_site
from kg.view.site.folder import MANIFEST
from kg.view.site.marks import marked, mention, sentence
from kg.view.views import load_views
from tests.strategies import graphs, hostile, small_schema

VIEWS = load_views(load_schema())
VIEWER = "<!DOCTYPE html><title>viewer</title>"


def site_of(graph: Graph, lang: str = "zh") -> Site:
    return Site(graph, load_schema(), VIEWS, VIEWER, lang=lang)


def pages_of(graph: Graph, documents: Any = None, lang: str = "zh") -> dict[str, str]:
    return dict(site_of(graph, lang).pages(graph.documents if documents is None else documents))


def put(folder: Path, graph: Graph) -> SiteReport:
    site = site_of(graph)
    return write_site(folder, site.names(), site.pages(graph.documents))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def sample(sample_record: Record) -> tuple[Graph, list[Document]]:
    documents = [extraction.document for extraction in sample_record.extractions()]
    return sample_record.graph(), documents


@pytest.fixture
def chain(sketch: Any) -> Graph:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", source="老周")
    sketch.edge("Role:号商", "SUPPLIES", "Role:诈骗分子", modality=Modality.NEGATED)
    sketch.edge("Person:王某", "SELLS", "Good:电话卡", modality=Modality.ALLEGED)
    graph: Graph = sketch.graph()
    return graph


def elements(page: str) -> Iterator[Any]:
    yield from html.fromstring(page.encode()).iter(html.etree.Element)


def test_the_same_graph_gives_the_same_pages(sample: tuple[Graph, list[Document]]) -> None:
    graph, documents = sample
    assert pages_of(graph, documents) == pages_of(graph, documents[::-1])


def test_every_entity_document_and_type_has_a_page(sample: tuple[Graph, list[Document]]) -> None:
    graph, documents = sample
    pages = pages_of(graph, documents)
    assert {f"entity/{entity.id}.html" for entity in graph.entities} <= pages.keys()
    assert {f"document/{document.id}.html" for document in documents} <= pages.keys()
    assert {f"node/{name}.html" for name in load_schema().nodes} <= pages.keys()
    assert {f"edge/{name}.html" for name in load_schema().edges} <= pages.keys()
    assert sorted(pages) == site_of(graph).names()


def test_every_link_inside_leads_to_a_page_and_a_place(
    sample: tuple[Graph, list[Document]],
) -> None:
    pages = pages_of(*sample)
    parsed = {name: list(elements(text)) for name, text in pages.items() if name[-5:] == ".html"}
    anchors = {name: {one.get("id") for one in found} for name, found in parsed.items()}
    for name, found in parsed.items():
        for link in (one.get("href") for one in found if one.tag == "a"):
            if urlsplit(link).scheme:
                continue
            path, anchor = urldefrag(link)
            goal = os.path.normpath(str(Path(name).parent / path)) if path else name
            assert goal in pages, (name, link)
            if anchor and goal != "viewer.html":
                assert anchor in anchors[goal], (name, link)


def test_two_entities_of_one_mention_share_its_id_and_no_page_has_an_id_twice(sketch: Any) -> None:
    text = "该公司向号商供货。"
    for name in ("澜舟公司", "鹿鸣公司"):
        node = sketch.node(f"Organization:{name}", text=name)
        document = sketch.document(text)
        place = replace(sketch.entities[node].places[0], document=document.id, start=0, end=3)
        sketch.entities[node] = replace(sketch.entities[node], places=(place,))
    graph = sketch.graph()
    pages = pages_of(graph)
    ids = [one.get("id") for one in elements(pages[f"document/{document.id}.html"])]
    assert ids.count("m0-3") == 1
    assert not [name for name in ids if name and ids.count(name) > 1]


def test_a_document_shows_its_whole_text_with_every_mention_and_sentence_marked(
    sample: tuple[Graph, list[Document]],
) -> None:
    graph, documents = sample
    pages = pages_of(graph, documents)
    texts = {document.id: document.text for document in documents}
    for document in documents:
        article = html.fromstring(pages[f"document/{document.id}.html"].encode()).find(".//article")
        for note in article.xpath(".//sup | .//ol | .//p[@class='about']"):
            note.drop_tree()
        shown = "".join(article.itertext())
        assert shown == "".join(line for line in document.text.split("\n") if line.strip())
        marks = {one.get("id"): one.text_content() for one in article.iter("span") if one.get("id")}
        for relation in (*graph.relations, *graph.negated):
            for one in relation.evidence:
                if one.document == document.id:
                    # of a sentence that a name crosses, the first piece has the id
                    assert one.quote.startswith(marks[f"s{one.start}-{one.end}"])
        for entity in graph.entities:
            for place in entity.places:
                if place.document == document.id:
                    text = texts[document.id][place.start : place.end]
                    assert text.startswith(marks[f"m{place.start}-{place.end}"])


spans = st.tuples(st.integers(0, 30), st.integers(1, 12), st.booleans())


@given(st.lists(spans, max_size=12), st.integers(0, 10), st.integers(15, 40))
def test_marks_that_cross_are_cut_so_that_elements_nest_and_no_character_is_lost(
    drawn: list[tuple[int, int, bool]], start: int, end: int
) -> None:
    text = "".join(chr(0x4E00 + at) for at in range(45))
    marks = [
        mention(at, at + size, href="e.html", entity="e", kind="Role", title="t")
        if is_mention
        else sentence(at, at + size, Markup(""))
        for at, size, is_mention in drawn
    ]
    tree = html.fragment_fromstring(marked(text, start, end, marks), create_parent="div")
    assert tree.text_content() == text[start:end]
    assert not tree.xpath(".//a//a")
    for mark in marks:
        inside = text[max(start, mark.start) : min(end, mark.end)]
        kind = "mention" if mark.is_mention else "sentence"
        covered = {c for one in tree.xpath(f".//span[contains(@class, '{kind}')]")
                   for c in one.text_content()}  # fmt: skip
        assert set(inside) <= covered


def test_a_page_says_what_is_alleged_and_what_is_denied(chain: Graph, sketch: Any) -> None:
    pages = pages_of(chain)
    alleged = pages[f"entity/{sketch.node('Person:王某')}.html"]
    denied = pages[f"entity/{sketch.node('Role:号商')}.html"]
    assert "据称" in alleged
    assert "否定" in denied
    assert 'class="denied"' in denied
    assert "据老周" in denied


def test_pages_speak_the_language_they_are_asked_for(chain: Graph) -> None:
    english = pages_of(chain, lang="en")["index.html"]
    assert 'lang="en"' in english
    assert "Node types" in english
    assert 'lang="zh-CN"' in pages_of(chain)["index.html"]
    assert "、" in pages_of(chain)["edge/SUPPLIES.html"]
    assert "、" not in pages_of(chain, lang="en")["edge/SUPPLIES.html"]


@settings(deadline=None, max_examples=25)
@given(graphs(), hostile)
def test_hostile_strings_make_no_element_no_handler_and_no_link_but_to_the_web(
    graph: Graph, url: str
) -> None:
    documents = tuple(replace(document, url=url) for document in graph.documents)
    site = Site(replace(graph, documents=documents), small_schema(), VIEWS, VIEWER)
    for name, text in site.pages(documents):
        text.encode("utf-8")
        if name == "viewer.html" or not name.endswith(".html"):
            continue
        assert not {"\x00", "\x1b", "\u202e"} & set(text)
        for one in elements(text):
            assert one.tag not in ("img", "iframe", "object", "style", "svg", "base")
            assert not [key for key in one.keys() if key.startswith("on") or key == "style"]  # noqa: SIM118
            if one.tag == "script":
                assert one.get("src") is None
            link = one.get("href") or ""
            assert urlsplit(link).scheme in ("", "http", "https", "data")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//evil.example", "file:///x"],
)
def test_an_address_that_is_not_of_the_web_is_no_link(sketch: Any, url: str) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    graph = sketch.graph()
    documents = tuple(replace(document, url=url) for document in graph.documents)
    for text in pages_of(replace(graph, documents=documents)).values():
        assert url not in text


def test_a_link_out_does_not_say_where_it_comes_from(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    graph = sketch.graph()
    documents = tuple(
        replace(document, url="https://news.example.com/a?b=1&c") for document in graph.documents
    )
    page = pages_of(replace(graph, documents=documents))[f"document/{documents[0].id}.html"]
    [link] = [one for one in elements(page) if (one.get("href") or "").startswith("https")]
    assert link.get("rel") == "noopener noreferrer"
    assert link.get("href") == "https://news.example.com/a?b=1&c"


def test_a_second_run_writes_nothing(tmp_path: Path, chain: Graph) -> None:
    first = put(tmp_path / "site", chain)
    before = files(tmp_path / "site")
    second = put(tmp_path / "site", chain)
    assert (second.written, second.unchanged, second.removed) == (0, first.written, 0)
    assert files(tmp_path / "site") == before


def test_pages_of_what_is_gone_go_and_what_is_not_ours_stays(
    tmp_path: Path, chain: Graph, sketch: Any
) -> None:
    folder = tmp_path / "site"
    put(folder, chain)
    gone = folder / "entity" / f"{sketch.node('Person:王某')}.html"
    own = folder / "entity" / "notes.html"
    own.write_text("mine", encoding="utf-8")
    assert gone.exists()
    smaller = type(sketch)()
    smaller.edge("Role:卡商", "SUPPLIES", "Role:号商", source="老周")
    report = put(folder, smaller.graph())
    assert report.removed > 0
    assert not gone.exists()
    assert own.read_text("utf-8") == "mine"
    fresh = tmp_path / "fresh"
    put(fresh, smaller.graph())
    own.unlink()
    assert files(folder) == files(fresh)


@pytest.mark.parametrize("after", [0, 1, 5, 20])
def test_a_run_that_is_killed_leaves_no_half_page_and_the_next_one_makes_it_good(
    tmp_path: Path, chain: Graph, sketch: Any, after: int
) -> None:
    folder = tmp_path / "site"
    put(folder, type(sketch)().graph())

    def killed() -> Iterator[tuple[str, str]]:
        for number, page in enumerate(site_of(chain).pages(chain.documents)):
            if number == after:
                (folder / f".{page[0].rpartition('/')[2]}.part").write_bytes(b"<!DOC")
                raise KeyboardInterrupt
            yield page

    with pytest.raises(KeyboardInterrupt):
        write_site(folder, site_of(chain).names(), killed())
    whole = pages_of(chain) | pages_of(type(sketch)().graph())
    for name, content in files(folder).items():
        if name.endswith(".html"):
            assert content.endswith(b"</html>\n") or content.decode() in whole.values()
    put(folder, chain)
    put(tmp_path / "fresh", chain)
    assert {n: c for n, c in files(folder).items() if not n.endswith(".part")} == files(
        tmp_path / "fresh"
    )


def test_where_a_page_cannot_be_written_the_error_names_it_and_nothing_half_is_left(
    tmp_path: Path, chain: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    put(tmp_path / "site", chain)
    (tmp_path / "site" / "index.html").unlink()
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match=r"site/index\.html"):
        put(tmp_path / "site", chain)
    assert not [*tmp_path.rglob("*.part")]


def test_a_first_run_that_was_killed_at_once_is_no_obstacle(tmp_path: Path, chain: Graph) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / f".{MANIFEST}.part").write_bytes(b"{")
    put(folder, chain)
    assert not (folder / f".{MANIFEST}.part").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")
def test_a_second_run_is_kept_out_while_one_writes(
    tmp_path: Path, chain: Graph, sketch: Any
) -> None:
    def at_once() -> Iterator[tuple[str, str]]:
        with pytest.raises(StoreError, match="another kg"):
            put(tmp_path / "site", type(sketch)().graph())
        yield from site_of(chain).pages(chain.documents)

    write_site(tmp_path / "site", site_of(chain).names(), at_once())
    put(tmp_path / "fresh", chain)
    assert files(tmp_path / "site") == files(tmp_path / "fresh")


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(
    tmp_path: Path, chain: Graph
) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        put(tmp_path, chain)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("name", ["../thesis.txt", "/etc/passwd", "entity/../../x.html", "a.txt"])
def test_a_list_of_files_that_names_others_is_refused(
    tmp_path: Path, chain: Graph, name: str
) -> None:
    folder = tmp_path / "site"
    put(folder, chain)
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["files"].append(name)
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"site\.json"):
        put(folder, chain)
    assert (tmp_path / "thesis.txt").exists()


def test_ids_from_elsewhere_are_no_paths(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    graph = sketch.graph()
    entities = tuple(
        replace(entity, id="../../" + entity.id, type="../x") for entity in graph.entities
    )
    names = site_of(replace(graph, entities=entities)).names()
    assert not [name for name in names if ".." in name]


def test_one_of_a_thing_is_singular_in_english(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    front = pages_of(sketch.graph(), lang="en")["index.html"]
    assert "1 document, 2 entities, 1 relation; denied besides: 0." in front
    assert "1 fact<" in front
