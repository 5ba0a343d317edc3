"""kg draw, kg report, kg export dot and mermaid."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Run
from tests.conftest import missing


@pytest.mark.parametrize("command", [["draw", "schema"], ["report"], ["view"], ["export", "dot"]])
def test_an_output_that_cannot_be_a_file_is_told_with_what_to_do(
    run: Run, record: Path, tmp_path: Path, command: list[str]
) -> None:
    words = [*command, "-r", record] if command[0] != "draw" else command
    to = tmp_path / "missing" / "x.html"
    to = to.with_suffix(".svg") if command[0] == "draw" else to
    result = run(*words, "-o", to)
    assert result.exit_code == 1
    assert result.stderr == f"kg: error: {to}: there is no folder {to.parent}; make it first\n"
    to.mkdir(parents=True)
    assert "this is a folder; name a file" in run(*words, "-o", to).stderr
    assert "请写文件名" in run(*words, "-o", to, lang="zh").stderr


@pytest.mark.parametrize("picture", ["chain", "prices", "timeline", "schema"])
def test_draw_writes_a_picture(run: Run, record: Path, tmp_path: Path, picture: str) -> None:
    file = tmp_path / "x.svg"
    assert run("draw", picture, "-r", record, "-o", file).exit_code == 0
    assert ElementTree.parse(file).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    again = run("draw", picture, "-r", record)
    assert again.stdout == file.read_text(encoding="utf-8")


def test_draw_writes_pixels(run: Run, record: Path, tmp_path: Path) -> None:
    if importlib.util.find_spec("resvg_py") is None:
        missing("no resvg-py: pip install 'fraudchain-kg[png]'")
    file = tmp_path / "x.png"
    assert run("draw", "chain", "-r", record, "-o", file).exit_code == 0
    assert file.read_bytes().startswith(b"\x89PNG")


def test_without_resvg_the_error_says_what_to_install(
    run: Run, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    result = run("draw", "schema", "-o", tmp_path / "x.png")
    assert result.exit_code == 1
    assert "fraudchain-kg[png]" in result.stderr


def test_draw_refuses_other_kinds_of_file(run: Run, tmp_path: Path) -> None:
    assert run("draw", "schema", "-o", tmp_path / "x.pdf").exit_code == 2


def test_the_schema_needs_no_record(run: Run, tmp_path: Path) -> None:
    assert run("draw", "schema", "-r", tmp_path / "none").exit_code == 0


def test_the_language_is_that_of_the_command_line(run: Run, record: Path) -> None:
    assert "供应链" in run("draw", "chain", "-r", record, lang="zh").stdout
    assert "documents" in run("draw", "chain", "-r", record, lang="en").stdout


@pytest.mark.parametrize("name", [(), ("卡商",), ("断卡行动",)])
@pytest.mark.parametrize("suffix", ["html", "md"])
def test_report_writes_a_dossier(
    run: Run, record: Path, tmp_path: Path, name: tuple[str, ...], suffix: str
) -> None:
    file = tmp_path / f"x.{suffix}"
    assert run("report", *name, "-r", record, "-o", file).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert all(word in text for word in name)


def test_a_name_of_several_entities_is_answered_with_a_list(run: Run, record: Path) -> None:
    result = run("report", "公司", "-r", record)
    assert result.exit_code == 2
    assert "may mean" in result.stderr


def test_a_name_of_nobody_is_an_error(run: Run, record: Path) -> None:
    assert run("report", "无此人也", "-r", record).exit_code == 1


def test_a_report_goes_to_standard_output_with_and_without_a_dash(run: Run, record: Path) -> None:
    bare, dash = run("report", "-r", record), run("report", "-r", record, "-o", "-")
    assert dash.exit_code == 0
    assert dash.stdout == bare.stdout


def test_a_report_is_html_or_markdown(run: Run, record: Path, tmp_path: Path) -> None:
    assert run("report", "-r", record, "-o", tmp_path / "x.docx").exit_code == 2


@pytest.mark.parametrize(("form", "head"), [("dot", "digraph"), ("mermaid", "flowchart LR")])
def test_the_chain_and_the_whole_graph_as_text(
    run: Run, record: Path, form: str, head: str
) -> None:
    chain = run("export", form, "-r", record)
    every = run("export", form, "-r", record, "--top", 0)
    assert chain.stdout.startswith(head)
    assert len(every.stdout) > len(chain.stdout)


def test_top_is_for_pictures_only(run: Run, record: Path) -> None:
    assert run("export", "jsonl", "-r", record, "--top", 3).exit_code == 2
