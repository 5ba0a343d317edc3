from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import Document, Extraction

TEXT = "卡商把电话卡卖给号商。"
BESIDE = "今天天气很好，号商没有出门。"


def annotation(evidence: str) -> dict[str, Any]:
    return {
        "entities": [
            {"id": "e1", "type": "Role", "name": "卡商"},
            {"id": "e2", "type": "Role", "name": "号商"},
        ],
        "relations": [
            {"subject": "e1", "type": "SUPPLIES", "object": "e2", "evidence": evidence},
        ],
    }


def gold(folder: Path, **articles: str) -> Path:
    """A gold folder; each article is one text and says, by its annotation, TEXT."""
    (folder / "gold").mkdir()
    (folder / "articles").mkdir()
    for name, text in articles.items():
        (folder / "articles" / f"{name}.txt").write_text(text, "utf-8")
        plain = json.dumps(annotation(text[:6]), ensure_ascii=False)
        (folder / "gold" / f"{name}.json").write_text(plain, "utf-8")
    return folder


def test_eval_scores_a_folder_of_annotated_articles(run: Any, tmp_path: Path) -> None:
    folder = gold(tmp_path, g1=TEXT)
    result = run("eval", folder)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 articles")
    assert "article mean: relation typed" in result.stdout
    figures = json.loads(run("eval", folder, "--json").stdout)
    assert figures["measures"]["relation typed"]["recall"] == 1.0
    assert figures["accuracies"]["evidence"] == {"value": 1.0, "right": 1, "of": 1}
    assert figures["intervals"] is None, "one article gives no interval"
    assert "differences" not in figures


def test_eval_lists_what_was_missed_with_its_sentence(run: Any, tmp_path: Path) -> None:
    printed = run("eval", gold(tmp_path, g1=BESIDE), "--errors", "--per-type").stdout
    assert "- 卡商 SUPPLIES 号商  (" in printed
    assert "【今天天气很好】，号商没有出门。" in printed


def test_several_articles_have_intervals(run: Any, tmp_path: Path) -> None:
    folder = gold(tmp_path, g1=TEXT, g2=BESIDE)
    figures = json.loads(run("eval", folder, "--json", "--errors").stdout)
    low, high = figures["intervals"]["means"]["relation typed"]["recall"]
    assert (low, high) == (0.0, 1.0)
    assert [one["cause"] for one in figures["differences"]["g2"]][-1] in ("subject", "both ends")
    assert "95 %" in run("eval", folder).stdout
    assert "2 篇文章" in run("eval", folder, lang="zh").stdout


def test_a_part_of_the_articles_can_be_named_or_listed(run: Any, tmp_path: Path) -> None:
    folder = gold(tmp_path, g1=TEXT, g2=BESIDE, g3=TEXT)
    (tmp_path / "unread.txt").write_text("g1\ng3\n", "utf-8")
    (tmp_path / "gold" / "g2.json").write_text("what is not scored is not opened", "utf-8")
    assert run("eval", folder, "--only", tmp_path / "unread.txt").stdout.startswith("2 articles")
    assert run("eval", folder, "--skip", "g1,g2").stdout.startswith("1 articles")
    assert run("eval", folder, "--only", "g1,g9").exit_code == 2
    assert run("eval", folder).exit_code == 2


@pytest.mark.parametrize(("encoding", "code"), [("utf-8-sig", 0), ("utf-16", 2), ("gb18030", 2)])
def test_a_list_of_ids_is_read_or_refused_whatever_an_editor_made_of_it(
    encoding: str, code: int, run: Any, tmp_path: Path
) -> None:
    folder = gold(tmp_path, g1=TEXT, 第二篇=BESIDE)
    (tmp_path / "ids.txt").write_text("第二篇\n", encoding)
    result = run("eval", folder, "--skip", tmp_path / "ids.txt")
    assert result.exit_code == code
    assert result.stdout.startswith("1 articles") or "save it as UTF-8" in result.stderr


def test_an_id_that_is_typed_is_annotated_and_nothing_is_silently_not_left_out(
    run: Any, tmp_path: Path
) -> None:
    names = [f"article-{number:02}" for number in range(30)]
    folder = gold(tmp_path, **dict.fromkeys(names, TEXT))
    assert run("eval", folder, "--skip", ", ".join(names[2:])).stdout.startswith("2 articles")
    result = run("eval", folder, "--skip", "unreed.txt")
    assert result.exit_code == 2
    assert "unreed.txt: neither a file of ids nor an annotation" in result.stderr


def test_the_page_is_written_once_and_whole(run: Any, tmp_path: Path) -> None:
    folder = gold(tmp_path, g1=BESIDE)
    page = tmp_path / "errors.html"
    assert run("eval", folder, "--html", page).exit_code == 0
    text = page.read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert "<mark>今天天气很好</mark>，号商没有出门。" in text
    run("eval", folder, "--html", page)
    assert page.read_text("utf-8") == text


def test_processes_change_nothing(run: Any, tmp_path: Path) -> None:
    folder = gold(tmp_path, g1=TEXT, g2=BESIDE)
    one, two = (run("eval", folder, "--json", "-j", jobs).stdout for jobs in (1, 2))
    assert one == two


def test_an_article_that_cannot_be_extracted_is_reported_in_the_language_in_use(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(document: Document) -> Extraction:
        raise ZeroDivisionError

    monkeypatch.setattr("kg.evaluate.articles.extract", fails)
    said = run("eval", gold(tmp_path, g1=TEXT), lang="zh").stderr
    assert "g1.txt: 没有抽取（ZeroDivisionError: ）；请报告这篇文章" in said


def test_an_article_that_cannot_be_read_counts_as_empty_and_is_reported(
    run: Any, tmp_path: Path
) -> None:
    folder = gold(tmp_path, g1=TEXT, g2=TEXT)
    (folder / "articles" / "g2.txt").write_bytes(b"")
    result = run("eval", folder, "--json")
    assert result.exit_code == 4
    assert "g2.txt" in result.stderr
    figures = json.loads(result.stdout)
    assert figures["by_article"]["g2"]["relation typed"]["missed"] == 1


def test_a_folder_without_gold_is_a_usage_error(run: Any, tmp_path: Path) -> None:
    assert run("eval", tmp_path).exit_code == 2
