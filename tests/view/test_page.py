"""The viewer's file as text; tests/view/test_viewer.py looks at it in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Extraction, Graph, Sentence
from kg.record import Record
from kg.schema import load_schema
from kg.view.page import Context, contexts, page
from kg.view.page.assemble import SCRIPTS
from kg.view.page.data import to_json
from kg.view.views import load_views

HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def html(graph: Graph, around: Any = None, **options: Any) -> str:
    schema = load_schema()
    return page(graph, schema, load_views(schema), around, **options)


def data_of(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return json.loads(found[1])


def parts(text: str, tag: str) -> list[str]:
    return re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)


def test_the_policy_lets_in_the_pages_own_script_and_style_and_nothing_else(sketch: Any) -> None:
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    text = html(sketch.graph())
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    policy = dict(rule.split(" ", 1) for rule in found[1].split("; "))
    assert policy["default-src"] == "'none'"
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        [part] = parts(text, tag)
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert policy[rule] == f"'sha256-{digest}'"
    assert policy["img-src"] == "data: blob:"
    assert policy["base-uri"] == policy["form-action"] == "'none'"


def test_the_page_names_no_address_outside_its_data(sketch: Any) -> None:
    text = html(sketch.graph())
    [script] = parts(text, "script")
    addresses = re.findall(r"https?://[^'\"\s]+", text)
    assert addresses == ["http://www.w3.org/2000/svg"]  # a name space; nothing is fetched
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!data:,)", text.replace(script, ""))
    for word in (
        "innerHTML",
        "insertAdjacentHTML",
        "eval(",
        "Function(",
        "document.write",
        "fetch(",
    ):
        assert word not in script


def test_a_sentence_is_stored_once_however_many_edges_rest_on_it(sketch: Any) -> None:
    quote = "卡商把电话卡卖给号商，号商再卖给诈骗分子。"
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商", quote=quote)
    sketch.edge("Role:号商", "SUPPLIES", "Role:诈骗分子", quote=quote)
    assert html(sketch.graph()).count(quote) == 1


def test_the_sentences_around_a_quote_come_with_it(sketch: Any) -> None:
    text = "先说别的。老李向号商提供电话卡，每张九元。再说别的。"
    document = sketch.document(text)
    cuts = [0, 5, 21, len(text)]
    sentences = tuple(Sentence(a, b, 0) for a, b in pairwise(cuts))
    relation = sketch.edge("Person:老李", "SUPPLIES", "Role:号商", quote=text)
    evidence = replace(relation.evidence[0], start=5, end=15, quote=text[5:15])
    sketch.relations[:] = [replace(relation, evidence=(evidence,))]
    around = contexts(sketch.graph(), [replace(document, sentences=sentences)])
    assert around == {(document.id, 5, 15): Context(5, "老李向号商提供电话卡，每张九元。")}
    data = data_of(html(sketch.graph(), around))
    [sentence, start, end, *_] = data["relations"][0][10][0]
    assert data["sentences"][sentence][start:end] == text[5:15]


def test_what_stands_in_the_data_cannot_take_the_place_of_another_part(sketch: Any) -> None:
    sketch.edge("Role:{{script}}卡商", "SUPPLIES", "Role:{{policy}}号商")
    text = html(sketch.graph())
    assert "{{script}}卡商" in data_of(text)["entities"][0][2] + data_of(text)["entities"][1][2]
    assert text.count("class App") == 1


_JSON = st.recursive(
    st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(_JSON)
def test_data_comes_back_and_can_neither_close_its_element_nor_hide_anything(value: Any) -> None:
    text = to_json(value)
    assert json.loads(text) == value
    assert "<" not in text
    assert not HIDDEN.search(text)
    text.encode("utf-8")


def test_half_a_character_does_not_keep_the_page_from_being_utf_8() -> None:
    assert to_json("\ud800") == '"\\ud800"'


def test_the_same_graph_gives_the_same_page_whatever_the_hash_seed(
    sketch: Any, tmp_path: Path, kg: Callable[..., Any]
) -> None:
    for kind, name in (("Role", "卡商"), ("Group", "夜鹭工作室"), ("Organization", "鹿鸣公司")):
        sketch.edge(f"{kind}:{name}", "SUPPLIES", "Role:号商", attrs={"price": "9元", "good": "卡"})
    record = tmp_path / "record"
    write_record(sketch.graph(), record)
    pages = []
    for seed in "01":
        out = tmp_path / f"{seed}.html"
        done = kg("view", "-r", record, "-o", out, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        pages.append(out.read_bytes())
    assert pages[0] == pages[1]


def test_no_module_of_the_script_is_left_out() -> None:
    folder = Path(__file__).parents[2] / "kg" / "view" / "page" / "parts"
    assert {path.stem for path in folder.glob("*.js")} == set(SCRIPTS)
    assert all(len(path.read_text("utf-8").splitlines()) <= 400 for path in folder.glob("*.js"))


def test_every_word_of_the_page_is_said_somewhere() -> None:
    folder = Path(__file__).parents[2] / "kg" / "view" / "page" / "parts"
    words = (folder / "words.js").read_text("utf-8")
    known = set(re.findall(r"^  (\w+): \[", words, re.M))
    others = [path.read_text("utf-8") for path in folder.iterdir() if path.name != "words.js"]
    code = "".join(others)
    assert set(re.findall(r"say\('(\w+)'", code)) <= known
    assert {word for word in known if f"'{word}'" not in code and f'"{word}"' not in code} == set()


@pytest.fixture
def kg() -> Callable[..., Any]:
    """`python -m kg` in a process of its own."""

    def run(*words: object, **env: str) -> Any:
        command = [sys.executable, "-m", "kg", *map(str, words)]
        return subprocess.run(command, capture_output=True, env=os.environ | env, check=False)

    return run


def write_record(graph: Graph, path: Path) -> None:
    """A record with this graph, whose documents say nothing else."""
    record = Record.open(path, "test", create=True)
    with record.lock():
        for document in graph.documents:
            record.add(Extraction(document, (), ()))
        record.commit()
        record.write_graph(graph)
