from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

IDENTIFIER = re.compile(r"\d{15,19}|(?<!\d)\d{11}(?!\d)")
SOUND = "卡商把电话卡卖给号商。号商再把账号卖给诈骗分子。"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(f"一张电话卡\n\n{SOUND}\n", "utf-8")
    return path


def test_extract_prints_one_line_a_document(run: Any, samples: Path) -> None:
    result = run("extract", samples)
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(lines) == 8
    for line in lines:
        assert list(line) == ["document", "entities", "relations"]
        assert line["relations"]
    paths = {line["document"]["path"].partition("#")[0] for line in lines}
    assert len(paths) == 7


def test_extract_names_both_ends_of_every_relation_and_quotes_them(run: Any, samples: Path) -> None:
    for text in run("extract", samples).stdout.splitlines():
        line = json.loads(text)
        known = {entity["id"] for entity in line["entities"]}
        for relation in line["relations"]:
            assert {relation["subject"], relation["object"]} <= known
            assert relation["evidence"]
            assert relation["rule"]


def test_no_output_has_a_personal_identifier_or_the_watermark(run: Any, samples: Path) -> None:
    printed = run("extract", samples).stdout
    assert not IDENTIFIER.search(printed)
    assert "news.example.com" not in printed


def test_extract_reads_standard_input(shell: Any) -> None:
    done = shell("extract", "-", stdin=SOUND.encode("gb18030"))
    assert done.returncode == 0
    assert json.loads(done.stdout)["document"]["path"] == "-"


def test_extract_writes_a_file_and_says_so_on_stderr(
    run: Any, article: Path, tmp_path: Path
) -> None:
    result = run("extract", article, "-o", tmp_path / "out.jsonl")
    assert result.stdout == ""
    assert "out.jsonl" in result.stderr
    assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["document"]["path"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are UTF-8 elsewhere")
def test_an_article_whose_file_name_is_not_utf8_is_extracted_to_a_file(
    run: Any, tmp_path: Path
) -> None:
    (tmp_path / os.fsdecode("通报.txt".encode("gbk"))).write_text("卡商向号商出售电话卡。", "utf-8")
    assert run("extract", tmp_path, "-o", tmp_path / "out.jsonl").exit_code == 0
    assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["relations"]


@pytest.mark.parametrize(("to", "remedy"), [(".", "name a file"), ("no/x.jsonl", "make it first")])
def test_a_file_that_cannot_be_written_is_named_with_what_to_do(
    run: Any, article: Path, tmp_path: Path, to: str, remedy: str
) -> None:
    result = run("--lang", "en", "extract", article, "-o", tmp_path / to)
    assert result.exit_code == 1
    assert f"error: {tmp_path / to}: " in result.stderr
    assert remedy in result.stderr


def test_nothing_readable_leaves_with_three(run: Any, tmp_path: Path) -> None:
    result = run("extract", tmp_path / "nowhere.txt")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "nowhere.txt" in result.stderr
    assert run("build", tmp_path / "nowhere.txt", "-r", tmp_path / "r").exit_code == 3


def test_where_nothing_is_readable_no_record_is_made_and_no_file_replaced(
    run: Any, tmp_path: Path
) -> None:
    result = run("build", tmp_path / "nowhere", "-r", tmp_path / "r")
    assert result.exit_code == 3
    assert "nowhere" in result.stderr
    assert not (tmp_path / "r").exists()
    (tmp_path / "out.jsonl").write_text("{}\n", "utf-8")
    assert run("extract", tmp_path / "nowhere", "-o", tmp_path / "out.jsonl").exit_code == 3
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "{}\n"


def test_one_unreadable_input_is_listed_and_the_rest_is_done(
    run: Any, article: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("build", article, tmp_path / "empty.txt", "-r", tmp_path / "r", "--json")
    assert result.exit_code == 4
    assert "empty.txt" in result.stderr
    report = json.loads(result.stdout)
    assert report["documents"] == 1
    assert [item["path"] for item in report["unreadable"]] == [str(tmp_path / "empty.txt")]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such names")
def test_a_file_name_can_neither_forge_a_line_nor_command_the_terminal(
    run: Any, tmp_path: Path
) -> None:
    (tmp_path / "a\nkg: all\x1b[2J\u202e is well.txt").write_bytes(b"")
    told = run("extract", tmp_path).stderr
    assert "a\\nkg: all\\x1b[2J\\u202e is well.txt: the file is empty" in told
    assert "\x1b" not in told and "\nkg: all" not in told


@pytest.mark.parametrize(
    "options",
    [["--pii", "keep"], ["--pii", "keep", "--purpose", " "], ["--purpose", "x"], ["--pii", "no"]],
)
def test_keeping_identifiers_needs_a_purpose_and_a_purpose_needs_keeping(
    run: Any, article: Path, tmp_path: Path, options: list[str]
) -> None:
    result = run("build", article, "-r", tmp_path / "r", *options)
    assert result.exit_code == 2
    assert not (tmp_path / "r").exists()


def test_the_purpose_goes_on_record(run: Any, article: Path, tmp_path: Path) -> None:
    result = run("extract", article, "--pii", "keep", "--purpose", "案件 12")
    assert json.loads(result.stdout)["document"]["purpose"] == "案件 12"


def test_building_twice_changes_nothing(run: Any, samples: Path, tmp_path: Path) -> None:
    def tree() -> dict[str, bytes]:
        root = tmp_path / "r"
        return {
            str(path.relative_to(root)): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }

    assert run("build", samples, "-r", tmp_path / "r").exit_code == 0
    once = tree()
    assert run("build", samples, "-r", tmp_path / "r").exit_code == 0
    assert tree() == once


def test_a_record_of_the_samples_passes_the_check(run: Any, record: Path) -> None:
    result = run("check", "-r", record)
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_quote_that_was_edited_is_found_by_check(run: Any, record: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(record, copy)
    for shard in (copy / "extractions").glob("*.jsonl"):
        edited = shard.read_text("utf-8").replace("电信运营商向卡商供应", "电信运营商给卡商供应")
        shard.write_text(edited, "utf-8")
    assert run("check", "-r", copy).exit_code in (1, 2)


def test_the_samples_give_the_chain_from_the_operator_to_the_fraudster(
    run: Any, record: Path
) -> None:
    result = run("path", "电信运营商", "诈骗分子", "-r", record)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "电信运营商 → 卡商 → 号商 → 诈骗分子"


@pytest.mark.parametrize("form", ["graphml", "jsonl"])
def test_an_export_to_a_file_is_what_goes_to_stdout(
    run: Any, record: Path, tmp_path: Path, form: str
) -> None:
    printed = run("export", form, "-r", record).stdout
    assert run("export", form, "-r", record, "-o", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out").read_text("utf-8") == printed
    assert not IDENTIFIER.search(printed)


def test_an_unknown_export_format_is_a_usage_error(run: Any, record: Path) -> None:
    assert run("export", "docx", "-r", record).exit_code == 2


def test_a_file_that_cannot_be_written_is_one_message(run: Any, record: Path) -> None:
    result = run("export", "jsonl", "-r", record, "-o", "/nowhere/at/all/out.jsonl")
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
    assert "nowhere" in result.stderr


def test_removing_a_document_takes_its_relations_with_it(
    run: Any, record: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(record, copy)
    before = json.loads(run("stats", "-r", copy, "--json").stdout)
    lines = run("export", "jsonl", "-r", copy).stdout.splitlines()
    document = json.loads(lines[0])
    assert run("remove", document["id"], "-r", copy).exit_code == 0
    after = json.loads(run("stats", "-r", copy, "--json").stdout)
    assert after["documents"] == before["documents"] - 1
    assert after["relations"] < before["relations"]
    assert run("remove", document["id"], "-r", copy).exit_code == 2


def test_demo_prints_the_chain_and_what_to_type_next(run: Any, tmp_path: Path) -> None:
    result = run("demo", "-r", tmp_path / "r", lang="zh")
    assert result.exit_code == 0
    assert "电信运营商 → 卡商 → 号商 → 诈骗分子" in result.stdout
    assert f"kg show 172号段 -r {tmp_path / 'r'}" in result.stdout


def test_every_command_that_demo_proposes_works(run: Any, tmp_path: Path) -> None:
    printed = run("demo", "-r", tmp_path / "r", lang="zh").stdout
    proposed = [line.split()[1:] for line in printed.splitlines() if str(tmp_path) in line]
    assert len(proposed) == 3
    for words in proposed:
        assert run(*words).exit_code == 0, words


def test_a_folder_with_a_space_in_its_name_can_be_copied_from_what_demo_proposes(
    run: Any, tmp_path: Path
) -> None:
    printed = run("demo", "-r", tmp_path / "my record").stdout
    assert f'kg show 澜舟鹿公司 -r "{tmp_path / "my record"}"\n' in printed
