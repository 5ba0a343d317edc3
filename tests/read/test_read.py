from __future__ import annotations

import gzip
import io
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import Unreadable, read
from kg.read import files as files_module

from .helpers import read_one, refused

TEXT = "卡商向号商出售电话卡。号商用它们注册账号。\n"


def paths(found: list[Document | Unreadable]) -> list[str]:
    return [Path(item.path).name for item in found]


def test_folders_are_read_sorted_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.html", ".hidden.txt", ".git/x.txt", "pic.png", "s.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    found = list(read([tmp_path]))
    assert paths(found) == ["y.html", "z.md", "b.txt"]
    assert found == list(read([tmp_path, tmp_path / "b.txt"]))


def test_a_path_alone_is_that_path_and_not_its_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("ab/z.md", "a/x.txt"):
        Path(name).parent.mkdir()
        Path(name).write_text(TEXT)
    assert paths(list(read("ab"))) == ["z.md"]


def test_a_link_that_points_up_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = list(read([tmp_path]))
    assert [type(item) for item in found] == [Document, Unreadable]


def test_a_link_that_leads_out_of_a_folder_is_listed_and_read_only_where_it_is_named(
    tmp_path: Path,
) -> None:
    home, far = tmp_path / "home", tmp_path / "far"
    home.mkdir()
    far.mkdir()
    (far / "y.txt").write_text(f"{TEXT}又一句。")
    (home / "x.txt").write_text(TEXT)
    (home / "inner.txt").symlink_to(home / "x.txt")
    (home / "other").symlink_to(far, target_is_directory=True)
    (home / "y.txt").symlink_to(Path("..", "far", "y.txt"))
    (tmp_path / "way").symlink_to(home, target_is_directory=True)

    def parted(given: list[Path]) -> tuple[list[Path], list[Path]]:
        found = list(read(given))
        documents = [Path(item.path) for item in found if isinstance(item, Document)]
        return documents, [Path(item.path) for item in found if isinstance(item, Unreadable)]

    out = [home / "other", home / "y.txt"]
    for folder in (home, tmp_path / "way"):
        documents, links = parted([folder])
        assert [path.name for path in documents] == ["inner.txt", "x.txt"]
        assert links == [folder / path.name for path in out]
    for given in ([home, *out], [*out, home]):
        documents, links = parted(given)
        inside = [home / name for name in ("inner.txt", "other/y.txt", "x.txt", "y.txt")]
        assert (documents, links) == (inside, [])


def test_a_manifest_of_somebody_else_that_nests_too_deep_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("[" * 100_000)
    (tmp_path / "x.txt").write_text(TEXT)
    assert paths(list(read([tmp_path])))[-1:] == ["x.txt"]


def test_one_bad_file_neither_stops_the_run_nor_vanishes(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(TEXT)
    (tmp_path / "2.txt").write_bytes(b"")
    (tmp_path / "3.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "4.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "5.txt.gz").write_bytes(gzip.compress(TEXT.encode() * 99)[:40])
    (tmp_path / "6.txt").write_text(TEXT)
    found = list(read([tmp_path, tmp_path / "none.txt"]))
    reasons = {Path(i.path).name: i.reason for i in found if isinstance(i, Unreadable)}
    assert sorted(reasons) == ["2.txt", "3.txt", "4.pdf", "5.txt.gz", "none.txt"]
    assert "empty" in reasons["2.txt"] and "binary" in reasons["3.txt"]
    assert "save as" in reasons["4.pdf"] and "damaged gzip" in reasons["5.txt.gz"]
    assert "no such file" in reasons["none.txt"]
    assert sum(isinstance(item, Document) for item in found) == 2


def test_a_compressed_file_reads_like_the_plain_one(tmp_path: Path) -> None:
    plain = read_one(tmp_path, "a.txt", TEXT)
    packed = read_one(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode()))
    assert packed.text == plain.text and packed.sha256 == plain.sha256 and packed.id == plain.id


def test_an_article_over_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "LIMIT", 100)
    assert "split it" in refused(tmp_path, "a.txt", TEXT.encode() * 10).reason
    assert "split it" in refused(tmp_path, "b.txt.gz", gzip.compress(b"x" * 10_000)).reason
    good = json.dumps({"text": "甲出售卡。"})
    (tmp_path / "c.jsonl").write_text(f'{{"text": "{"x" * 300}"}}\n{good}\n')
    first, second = read([tmp_path / "c.jsonl"])
    assert isinstance(first, Unreadable) and "line 1" in first.reason
    assert isinstance(second, Document)


def test_a_text_longer_than_any_article_is_refused_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("kg.read.build"), "LONGEST", 100)
    assert "100 characters" in refused(tmp_path, "a.txt", TEXT.encode() * 10).reason
    lines = (json.dumps({"text": text}) for text in ("甲出售卡。" * 50, "甲出售卡。"))
    (tmp_path / "c.jsonl").write_text("\n".join(lines))
    first, second = read([tmp_path / "c.jsonl"])
    assert isinstance(first, Unreadable) and "line 1" in first.reason
    assert isinstance(second, Document)


SAVED = "From: <Saved by Blink>\r\nSubject: a\r\n\tb\r\nMIME-Version: 1.0\r\n\r\n=E5=8D=A1\r\n"


@pytest.mark.parametrize(
    ("kind", "content"),
    [("rtf", r"{\rtf1\ansi \'bf\'a8\'c9\'cc}"), ("pdf", "%PDF-1.4\n1 0 obj\n"), ("mht", SAVED)],
)
@pytest.mark.parametrize("name", ["a.txt", "a", "a.{}"])
def test_a_document_whose_bytes_are_letters_is_no_article_whatever_it_is_called(
    tmp_path: Path, kind: str, content: str, name: str
) -> None:
    assert f".{kind} files" in refused(tmp_path, name.format(kind), content.encode()).reason


def test_a_text_that_begins_with_lines_of_names_and_values_is_one(tmp_path: Path) -> None:
    text = "标题: 开卡团伙\nDate: 2021-01-02\n\nMIME-Version: 甲出售电话卡。\n"
    assert "甲出售电话卡" in read_one(tmp_path, "a.txt", text).text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    (found,) = read([path])
    assert isinstance(found, Unreadable) and "ermission" in found.reason


def test_a_device_or_pipe_is_refused(tmp_path: Path) -> None:
    (found,) = read(["/dev/null"])
    assert isinstance(found, Unreadable) and "regular file" in found.reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
def test_a_named_pipe_in_a_folder_does_not_hold_up_the_others(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(TEXT)
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(lambda: list(read([tmp_path])))
        try:
            pipe, article = reading.result(timeout=20)
        finally:  # one that waits is let go
            os.close(os.open(tmp_path / "a.txt", os.O_RDWR))
    assert isinstance(pipe, Unreadable) and "regular file" in pipe.reason
    assert isinstance(article, Document)


@pytest.mark.parametrize("content", [TEXT, json.dumps({"id": "1", "text": TEXT})])
def test_standard_input_is_read_by_content(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(content.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    (found,) = read(["-"])
    assert isinstance(found, Document)
    assert found.text == TEXT.strip() and found.path in ("-", "-#1")


def test_digest_has_no_run_that_looks_like_an_identifier(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", TEXT)
    groups = document.sha256.split("-")
    assert [len(group) for group in groups] == [8] * 8
    assert document.id.startswith("d") and document.id[1:].isalpha()


def test_personal_identifiers_are_masked_in_all_fields(tmp_path: Path) -> None:
    source = (
        "---\ntitle: 加微信：abc_123\nauthor: 13812345678\nurl: https://a.cn/13812345678\n---\n\n"
        "卡商的电话是1&#51;812345678，也可加QQ：1234567。\n"
    )
    document = read_one(tmp_path, "13912345678.md", source)
    everything = repr(document)
    for secret in ("abc_123", "13812345678", "1234567", "13912345678"):
        assert secret not in everything
    start = document.text.index("█", document.text.index("电话"))
    assert document.source_span(start, start + 11) == (
        source.index("1&#51;"), source.index("，也可加QQ")
    )  # fmt: skip


def test_identifiers_stay_only_for_a_stated_purpose(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", "电话13812345678。", keep="case 7")
    assert document.text == "电话13812345678。" and document.purpose == "case 7"


def test_invisible_characters_and_surrogates_never_get_into_a_text(tmp_path: Path) -> None:
    body = "卡\u200b商\u202e出\x07售\ufeff卡\\ud800。"
    (tmp_path / "a.jsonl").write_text(
        f'{{"id": "../../x\\u0007", "text": "{body.replace(chr(7), "")}"}}'
    )
    (found,) = read([tmp_path / "a.jsonl"])
    assert isinstance(found, Document)
    assert found.text == "卡商出售卡。"
    assert Path(found.path).name == "a.jsonl#x" or ".." not in found.path


def test_broken_lines_are_reported_with_their_number(tmp_path: Path) -> None:
    lines = [
        '{"id": 1, "text": "甲出售卡。"}',
        "{broken",
        "",
        "[1]",
        '{"id": 2}',
        '{"text": "乙。"}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    found = list(read([tmp_path / "a.jsonl"]))
    assert paths(found) == [f"a.jsonl#{name}" for name in ("1", "2", "4", "5", "6")]
    assert [type(item) for item in found] == [
        Document,
        Unreadable,
        Unreadable,
        Unreadable,
        Document,
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.json"])
def test_json_lines_in_wide_encodings_are_read_line_by_line(
    tmp_path: Path, name: str, encoding: str
) -> None:
    lines = [
        json.dumps({"id": i, "text": TEXT.strip() + str(i)}, ensure_ascii=False) for i in "甲乙"
    ]
    source = "\n".join(lines) + "\n"
    data = source.encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    first, second = read([tmp_path / name])
    assert isinstance(first, Document) and isinstance(second, Document)
    assert second.text == TEXT.strip() + "乙" and second.encoding.startswith(encoding[:6])
    start, end = second.source_span(0, len(second.text))
    assert source[start:end] == second.text


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("name", ["a.json", "a.txt"])
def test_a_json_array_is_refused_and_no_article(
    tmp_path: Path, name: str, indent: int | None
) -> None:
    whole = json.dumps([{"id": 1, "text": TEXT}], indent=indent).encode()
    assert "one object a line" in refused(tmp_path, name, whole).reason


def test_json_members_are_metadata(tmp_path: Path) -> None:
    item = {
        "id": "x1", "title": "卡商落网", "url": "https://a.cn/1", "published": "2021年4月26日",
        "source": "甲报", "html": "<h1>卡商落网</h1><p>警方抓获卡商。</p><p>来源：乙报</p>",
    }  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(item))
    (found,) = read([tmp_path / "a.jsonl"])
    assert isinstance(found, Document)
    assert found.text == "卡商落网\n警方抓获卡商。"
    assert (found.title, found.url, found.published, found.outlet) == (
        "卡商落网", "https://a.cn/1", "2021-04-26", "甲报",
    )  # fmt: skip


def test_a_line_about_the_source_is_no_title(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", f"来源：江州晚报\n时间：2021-04-26\n\n{TEXT * 2}")
    assert (document.title, document.outlet) == ("", "江州晚报")
    assert document.published == "2021-04-26" and "江州晚报" not in document.text


def test_a_header_line_gives_outlet_date_and_reporter_apart(tmp_path: Path) -> None:
    source = f"卡商落网记\n\n来源：甲地日报　2021年1月18日　记者 张三\n\n{TEXT}"
    document = read_one(tmp_path, "a.txt", source)
    assert (document.outlet, document.published, document.author) == (
        "甲地日报", "2021-01-18", "张三",
    )  # fmt: skip
    assert "甲地日报" not in document.text


def test_the_name_of_an_outlet_may_hold_a_space(tmp_path: Path) -> None:
    source = f"卡商落网记\n\n来源：甲地 110\n\n{TEXT}"
    assert read_one(tmp_path, "a.txt", source).outlet == "甲地 110"


def test_a_record_of_kg_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    record = tmp_path / "kg-record"
    (record / "extractions").mkdir(parents=True)
    (record / "manifest.json").write_text('{"format": 1, "version": "1"}')
    (record / "extractions" / "ab.jsonl").write_text(json.dumps({"text": TEXT}))
    (tmp_path / "manifest.json").write_text(json.dumps({"id": "1", "text": TEXT}))
    assert [item.path for item in read([tmp_path])] == [
        str(tmp_path / "a.txt"), f"{tmp_path / 'manifest.json'}#1",
    ]  # fmt: skip
    (refusal,) = read([record])
    assert isinstance(refusal, Unreadable) and "record" in refusal.reason


def test_a_line_with_date_and_source_is_no_title(tmp_path: Path) -> None:
    text = "卡商以每张100元的价格收购手机卡，再转卖给诈骗团伙。"
    document = read_one(tmp_path, "a.txt", f"2021-03-05 来源：江州晚报\n{text}\n{text}")
    assert (document.title, document.published, document.outlet) == ("", "2021-03-05", "江州晚报")
    document = read_one(tmp_path, "b.txt", f"2021年3月5日（周五）全市收网\n{text}\n{text}")
    assert document.title == "2021年3月5日（周五）全市收网"


@pytest.mark.parametrize(
    ("content", "command"),
    [(b'[{"text": "x"}]', "jq -c '.[]'"), (b'{\n"text": "x"\n}\n', "jq -c '.'")],
)
def test_json_that_is_not_lines_is_refused_with_the_command_that_makes_lines(
    tmp_path: Path, content: bytes, command: str
) -> None:
    assert command in refused(tmp_path, "a.json", content).reason
