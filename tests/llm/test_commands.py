"""`kg extract --llm` and `kg build --llm`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kg.cli.app import app
from kg.errors import ServiceError
from kg.llm import LanguageModel
from kg.pipeline import build
from kg.record import Record

from .conftest import Model, Reply, answer, mention, relation

TEXT = "卡商把电话卡卖给号商。\n"
Kg = Callable[..., Result]


def supply(_: object) -> dict[str, object]:
    return answer(
        [mention(1, "卡商", "Role"), mention(2, "电话卡", "Good"), mention(3, "骗子", "Role")],
        [relation(1, "SELLS", 2, "卡商把电话卡卖给号商")],
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def kg(model: Model, tmp_path: Path) -> Kg:
    model.says = supply

    def call(command: str, *words: object) -> Result:
        common = ["--llm", "m", "--llm-url", model.url, "--llm-cache", str(tmp_path / "answers")]
        return CliRunner().invoke(app, ["--lang", "en", command, *map(str, words), *common])

    return call


def rules(record: Path) -> set[str]:
    return {claim.rule for one in Record.open(record).extractions() for claim in one.claims}


def test_extract_prints_what_the_model_says_and_what_was_not_taken(kg: Kg, article: Path) -> None:
    result = kg("extract", article, "--llm-mode", "only")
    assert result.exit_code == 0, result.output
    [relation] = json.loads(result.stdout)["relations"]
    assert (relation["type"], relation["rule"]) == ("SELLS", "llm/m")
    assert "the masked text goes to the model m at http://127.0.0.1" in result.stderr
    assert "not taken: 1 × mention: not verbatim" in result.stderr


def test_a_build_says_what_was_not_taken_whatever_the_number_of_processes(
    kg: Kg, article: Path, tmp_path: Path
) -> None:
    article.with_name("b.txt").write_text(f"次日，{TEXT}", "utf-8")
    for jobs in (1, 2):
        result = kg("build", article.parent, "-r", tmp_path / f"r{jobs}", "-j", jobs, "--json")
        assert "not taken: 2 × mention: not verbatim" in result.stderr
        assert json.loads(result.stdout)["read"] == 2


def test_by_default_the_model_is_beside_the_default_extractor(kg: Kg, article: Path) -> None:
    found = json.loads(kg("extract", article).stdout)["relations"]
    alone = json.loads(kg("extract", article, "--llm-mode", "only").stdout)["relations"]
    by_rules = CliRunner().invoke(app, ["--lang", "en", "extract", str(article)])
    assert len(found) >= len(json.loads(by_rules.stdout)["relations"])
    assert {(one["type"], one["modality"]) for one in alone} <= {
        (one["type"], one["modality"]) for one in found
    }


def test_a_record_says_who_extracted_it_and_another_extractor_does_it_anew(
    kg: Kg, article: Path, tmp_path: Path, model: Model
) -> None:
    record = tmp_path / "r"
    assert kg("build", article, "-r", record, "--llm-mode", "only").exit_code == 0
    version = json.loads((record / "manifest.json").read_text("utf-8"))["version"]
    assert " llm m only code " in version
    assert rules(record) == {"llm/m"}
    assert kg("build", article, "-r", record, "--llm-mode", "only").exit_code == 0
    assert CliRunner().invoke(app, ["build", str(article), "-r", str(record)]).exit_code == 0
    assert "llm" not in json.loads((record / "manifest.json").read_text("utf-8"))["version"]
    assert "llm/m" not in rules(record)
    assert kg("build", article, "-r", record, "--llm-mode", "only").exit_code == 0
    assert rules(record) == {"llm/m"}
    assert len(model.asked) == 1  # the rest was remembered


def test_two_records_by_one_model_are_the_same_bytes(kg: Kg, article: Path, tmp_path: Path) -> None:
    for number in range(3):
        (article.parent / f"{number}.txt").write_text(f"第{number}天，{TEXT}", "utf-8")
    trees = []
    for name, jobs in (("x", 1), ("y", 2)):
        assert kg("build", article.parent, "-r", tmp_path / name, "-j", jobs).exit_code == 0
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        trees.append([(path.relative_to(tmp_path / name), path.read_bytes()) for path in files])
    assert trees[0] == trees[1]


@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_dry_run_asks_nothing_and_writes_nothing(
    command: str, kg: Kg, article: Path, tmp_path: Path, model: Model
) -> None:
    words = ["-r", tmp_path / "r"] if command == "build" else []
    result = kg(command, article, *words, "--dry-run", "--price-in", 2, "--price-out", 8)
    assert result.exit_code == 0, result.output
    for line in ("requests", "prompt tokens, about", "completion tokens, about", "price, about"):
        assert line in result.stdout
    assert not model.asked
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_dry_run_says_what_it_could_not_read_and_did_not_count(
    command: str, kg: Kg, article: Path, tmp_path: Path
) -> None:
    words = ["-r", tmp_path / "r"] if command == "build" else []
    result = kg(command, tmp_path / "mistyped.txt", article, *words, "--dry-run")
    assert result.exit_code == 4
    assert "mistyped.txt: no such file" in result.stderr
    assert "requests" in result.stdout


def test_a_dry_run_of_a_build_counts_what_the_build_would_ask(
    kg: Kg, article: Path, tmp_path: Path, model: Model
) -> None:
    record = tmp_path / "r"
    assert CliRunner().invoke(app, ["build", str(article), "-r", str(record)]).exit_code == 0
    before = {path: path.read_bytes() for path in record.rglob("*") if path.is_file()}
    other = article.with_name("b.txt")
    other.write_text("号商卖账号。", "utf-8")
    estimate = json.loads(kg("build", other, "-r", record, "--dry-run", "--json").stdout)
    assert (estimate["documents"], estimate["requests"]) == (2, 2)
    assert before == {path: path.read_bytes() for path in record.rglob("*") if path.is_file()}
    assert kg("build", other, "-r", record).exit_code == 0
    assert len(model.asked) == 2
    again = json.loads(kg("build", other, "-r", record, "--dry-run", "--json").stdout)
    assert again["documents"] == 0


def test_a_service_that_is_not_there_is_exit_code_five_with_advice(
    model: Model, article: Path, tmp_path: Path
) -> None:
    words = ["--llm", "m", "--llm-url", "http://127.0.0.1:9/v1", "--llm-cache", str(tmp_path / "c")]
    for command in (["extract"], ["build", "-r", str(tmp_path / "r")]):
        result = CliRunner().invoke(app, ["--lang", "en", *command, str(article), *words])
        assert result.exit_code == 5
        assert "nothing answers there" in result.stderr
        assert "http://localhost:11434/v1" in result.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_service_that_fails_on_the_way_loses_nothing(
    jobs: int, extract: LanguageModel, model: Model, article: Path, tmp_path: Path
) -> None:
    for number in range(4):
        (article.parent / f"{number}.txt").write_text(f"第{number}天，{TEXT}", "utf-8")
    model.says = supply
    fine = Reply(json.dumps(supply(None)))
    model.first = [fine, fine, *[Reply(status=500)] * 30]
    record = Record.open(tmp_path / "r", "v", create=True)
    with pytest.raises(ServiceError, match="500"):
        build([article.parent], record, jobs=jobs, extract=extract)
    model.first.clear()
    report = build([article.parent], record, jobs=jobs, extract=extract)
    assert report.documents == 5
    # what was answered before is not asked again
    assert sum(asked == model.asked[0] for asked in model.asked) == 1


@pytest.mark.parametrize("words", [["extract"], ["build", "-r", "r"], ["build", "-r", "r", "-j2"]])
def test_what_fails_for_every_article_stops_the_run_at_the_first(
    words: list[str], kg: Kg, model: Model, article: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(9):
        (article.parent / f"{number}.txt").write_text(f"第{number}天，{TEXT}", "utf-8")
    blocked = tmp_path / "answers"
    blocked.write_text("a file", "utf-8")
    result = kg(words[0], article.parent, *words[1:])
    assert result.exit_code == 2
    assert result.stderr.count("--llm-cache DIR") == 1
    assert len(model.asked) < 10
    monkeypatch.setenv("KG_LLM_KEY", "密钥")
    result = kg(words[0], article.parent, *words[1:])
    assert result.exit_code == 2
    assert result.stderr.count("holds a character") == 1


def test_a_text_that_is_refused_does_not_stop_the_run(
    kg: Kg, model: Model, article: Path, tmp_path: Path
) -> None:
    article.with_name("b.txt").write_text(f"次日，{TEXT}", "utf-8")
    model.first = [Reply(status=400, body='{"error": {"message": "too long"}}')]
    result = kg("build", article.parent, "-r", tmp_path / "r")
    assert result.exit_code == 4
    assert "a.txt: not extracted: m does not take this text: 400 too long" in result.stderr
    assert "report this article" not in result.stderr
    again = kg("build", article.parent, "-r", tmp_path / "r", "--json")
    assert json.loads(again.stdout)["extracted"] == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--llm", "m"], "--llm-url"),
        (["--dry-run"], "--dry-run goes with --llm"),
        (["--llm", "m", "--llm-url", "x"], "no address"),
        (["--llm", "m", "--llm-url", "http://x/v1", "--pii", "keep", "--purpose", "p"], "masked"),
    ],
)
def test_options_that_do_not_fit_are_usage_errors(
    words: list[str], message: str, model: Model, article: Path
) -> None:
    for command in ("extract", "build"):
        result = CliRunner().invoke(app, ["--lang", "en", command, str(article), *words])
        assert result.exit_code == 2
        assert message in result.stderr


def test_a_record_that_keeps_identifiers_is_refused_and_untouched(
    kg: Kg, article: Path, tmp_path: Path, model: Model
) -> None:
    record = tmp_path / "r"
    keep = ["--pii", "keep", "--purpose", "办案"]
    assert CliRunner().invoke(app, ["build", str(article), "-r", str(record), *keep]).exit_code == 0
    before = {path: path.read_bytes() for path in record.rglob("*") if path.is_file()}
    for more in ([], ["--dry-run"]):
        result = kg("build", article, "-r", record, *more)
        assert result.exit_code == 2
        assert "keeps its identifiers" in result.stderr
    assert before == {path: path.read_bytes() for path in record.rglob("*") if path.is_file()}
    assert not model.asked


def test_without_the_option_no_model_and_no_http_is_touched(
    model: Model, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_LLM_URL", model.url)
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    script = (
        "import sys; from typer.testing import CliRunner; from kg.cli.app import app;"
        "print(CliRunner().invoke(app, ['extract', sys.argv[1]]).exit_code,"
        "      'httpx' in sys.modules, 'kg.llm' in sys.modules)"
    )
    done: Any = subprocess.run(
        [sys.executable, "-c", script, article], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "False", "False"]
    assert not model.asked
