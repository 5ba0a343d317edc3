from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Document
from kg.read import Unreadable, read
from kg.read.article import draft_article
from kg.read.build import build

from .helpers import assert_true_offsets, read_one

WORDS = st.sampled_from(
    [
        "卡商出售电话卡。",
        "“黑卡”",
        "170号段",
        "13812345678",
        "QQ：1234567",
        "a b",
        "&amp;",
        "&#8226;",
        "&lt;p&gt;",
        "1&#51;812345678",
        "138/1234/5678",
        "⑴⑶⑻⑴⑵⑶⑷⑸⑹⑺⑻",
        "电话1&#51;8&nbsp;1234，5678",
        "车牌京A&#183;12345",
        "TG：@zhang&#95;san",
        "🐧12345678",
        "\xad",
        "\u200b",
        "\u3000\u3000",
        "\xa0",
        "&nbsp;",
        "\n",
        "\n\n",
        "来源：甲",
        "\x07",
        "\u202e",
        "𠮷",
        "&bad;",
        "&#xD800;",
        "5 < 6",
        "&#0;",
        "*",
        "#",
        "[",
        "]",
        "(",
        ")",
        "\\",
    ]
)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<b>",
        "</b>",
        "<font color=#F8F8F8>",
        "</font>",
        "<div style='display:none'>",
        "</div>",
        "<div>",
        "<h2>",
        "</h2>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<td>",
        "<li>",
        "<a href='http://a.cn/?x=1&copy=2'>",
        "</a>",
        "<nav>",
        "</nav>",
        "<pre>",
        "</pre>",
        "<",
        ">",
        "<img alt='x'>",
    ]
)
MARKS = st.sampled_from(
    [
        "**",
        "****",
        "# ",
        "## ",
        "* ",
        "> ",
        "[文](http://a.cn/(x))",
        "![](a.png)",
        "`",
        "---\n",
        "| a | b |\n",
        "\\*",
        "](http://b.cn)",
        "[![](x)](y)",
        "1. ",
        "```\n",
        "![",
        "__",
        "~~",
    ]
)


def check(source: str, suffix: str, purpose: str = "") -> None:
    try:
        draft = draft_article(source, suffix)
    except ReadError:
        return
    document = build(draft, path="p", sha256="s", encoding="utf-8", purpose=purpose)
    assert not any("\ud800" <= char <= "\udfff" for char in document.text)
    assert_true_offsets(document, source)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS | TAGS, max_size=40).map("".join))
def test_html_keeps_true_offsets(source: str) -> None:
    check(source, "html")


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS | MARKS | TAGS, max_size=40).map("".join))
def test_markdown_keeps_true_offsets(source: str) -> None:
    check(source, "md")


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=40).map("".join) | st.text(max_size=200))
def test_plain_text_keeps_true_offsets(source: str) -> None:
    check(source, "txt", purpose="a study")


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(WORDS | TAGS, max_size=20).map("".join),
    st.booleans(),
    st.sampled_from(["text", "html"]),
)
def test_json_lines_keep_offsets_into_the_file(
    tmp_path: Path, body: str, ascii_only: bool, key: str
) -> None:
    lines = [
        json.dumps({"id": "a", key: body + "甲\n乙", "title": '标"题\\'}, ensure_ascii=ascii_only),
        json.dumps({"title": "二", "id": "b", key: "第二篇。" + body}, ensure_ascii=ascii_only),
    ]
    source = "\n".join(lines)
    path = tmp_path / "x.jsonl"
    path.write_bytes(source.encode("utf-8", "surrogatepass"))
    for found in read([path]):
        if isinstance(found, Unreadable):
            assert "bug" not in found.reason
            continue
        for at, char in enumerate(found.text):
            start, end = found.source_span(at, at + 1)
            raw = source[start:end]
            if char not in "\n █":
                assert char in raw or "\\" in raw or "&" in raw, (char, raw)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(max_size=300), st.sampled_from(["md", "html", "txt", "jsonl", "md.gz", "jsonl.gz"])
)
def test_random_bytes_never_raise(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(data)
    for found in read([path]):
        if isinstance(found, Unreadable):
            assert found.reason and "bug" not in found.reason
        else:
            assert isinstance(found, Document)
            found.text.encode()


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<a ",
        '<a "',
        "<a '>",
        "</p",
        "<!--",
        "<p>",
        "<b>",
        "<script>",
        "<style>x",
        "&",
        "&#",
        "[",
        "![](",
        "**",
        "](",
        "<table><tr><td>",
        "<li>",
        "\\",
        "(",
        "a@",
        "1-",
        "> ",
        "<b><p>",
        "</b>",
        "图",
        "\u3000",
    ],
)
@pytest.mark.parametrize("suffix", ["html", "md", "txt"])
def test_repeated_markup_takes_linear_time(piece: str, suffix: str) -> None:
    import time

    start = time.process_time()
    check("卡商出售电话卡。" + piece * 5_000, suffix)
    assert time.process_time() - start < 2


def test_a_zero_byte_is_dropped_and_the_offsets_stay_true(tmp_path: Path) -> None:
    source = "卡商落网\n\n卡商向号商\0出售电\0话卡。\n他们都被抓获。\n"
    for name in ("a.txt", "a.md", "a.html"):
        document = read_one(tmp_path, name, source)
        assert "卡商向号商出售电话卡。" in document.text
        assert_true_offsets(document, source)
    line = json.dumps({"text": source}, ensure_ascii=False).replace("\\u0000", "\0")
    document = read_one(tmp_path, "a.jsonl", line)
    assert "卡商向号商出售电话卡。" in document.text
    assert_true_offsets(document, line)
