from __future__ import annotations

import gc
import os
import random
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from threadpoolctl import ThreadpoolController

from kg.errors import RecordError, UsageError
from kg.model import Claim, Document, Extraction, Graph, Level, Mention
from kg.pipeline import _PARTS, build, decide, extract, rebuild_graph, remove
from kg.read import read
from kg.record import Record
from kg.relate import relate
from kg.resolve import Decision, Verdict

from .test_record import tree

ROOT = Path(__file__).parent.parent


def fake_extract(document: Document, version: int = 1) -> Extraction:
    """Every A卖B is a claim; as good as the real one for all that is not about language."""
    mentions: list[Mention] = []
    claims = []
    for match in re.finditer(r"(\w+)卖(\w+)", document.text):
        for group, type_ in ((1, "Role"), (2, "Good")):
            start, end = match.span(group)
            text = match[group]
            mentions.append(Mention(start, end, text, type_, text, Level.TYPE, f"x#{version}"))
        at = len(mentions)
        claims.append(Claim(at - 2, "SELLS", at - 1, match.start(), match.end(), rule="x#x"))
    return Extraction(document, tuple(mentions), tuple(claims))


def slow_extract(document: Document) -> Extraction:
    time.sleep(0.02)
    return fake_extract(document)


def poisoned_extract(document: Document) -> Extraction:
    if "毒" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "错" in document.text:
        raise ValueError("no such thing")
    return fake_extract(document)


def write(folder: Path, count: int, start: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(start, start + count):
        (folder / f"{number:03}.txt").write_text(
            f"第{number}篇\n\n有人违法。卡商{number % 3}卖黑卡。号商卖账号{number % 5}。\n",
            encoding="utf-8",
        )
    return folder


def made(
    paths: list[Path], path: Path, jobs: int = 1, version: str = "v1"
) -> tuple[dict[str, bytes], Graph]:
    record = Record.open(path, version, create=True)
    build(paths, record, jobs=jobs, extract=fake_extract)
    return tree(path), record.graph()


def test_an_extraction_leaves_no_cycles_and_the_collector_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("卡商老李把手机黑卡卖给号商。", encoding="utf-8")
    (document,) = read([tmp_path / "a.txt"])
    assert isinstance(document, Document)
    extract(document)
    gc.collect()
    gc.disable()
    try:
        extract(document)
        assert not gc.isenabled()
        assert gc.collect() == 0
    finally:
        gc.enable()
    extract(document)
    assert gc.isenabled()


def test_an_extraction_multiplies_in_one_thread_and_leaves_the_others_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("卡商老李把手机黑卡卖给号商。", encoding="utf-8")
    (document,) = read([tmp_path / "a.txt"])
    assert isinstance(document, Document)
    libraries = ThreadpoolController().select(user_api="blas")
    assert libraries.lib_controllers
    during: list[int] = []

    def relate_and_look(*args: Any) -> Extraction:
        during.extend(one.num_threads for one in libraries.lib_controllers)
        return relate(*args)

    monkeypatch.setattr("kg.relate.relate", relate_and_look)
    with libraries.limit(limits=2):
        extract(document)
        assert {one.num_threads for one in libraries.lib_controllers} == {2}
    assert set(during) == {1}


def test_a_build_reports_what_it_did(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 12)
    (articles / "empty.txt").write_text("")
    calls: list[tuple[int, int]] = []
    record = Record.open(tmp_path / "out", "v1", create=True)
    report = build(
        [articles], record, extract=fake_extract, progress=lambda *now: calls.append(now)
    )
    assert (report.read, report.reused, report.extracted) == (12, 0, 12)
    assert [item.path for item in report.unreadable] == [str(articles / "empty.txt")]
    assert (report.documents, report.relations, report.negated) == (12, 8, 0)
    assert report.entities == 3 + 1 + 1 + 5
    assert len(calls) == 12
    assert all(done <= seen for done, seen in calls)


def test_building_twice_changes_nothing_and_extracts_nothing(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 5)
    before, _ = made([articles], tmp_path / "out")
    record = Record.open(tmp_path / "out", "v1")
    report = build([articles], record, extract=poisoned_extract)
    assert (report.reused, report.extracted) == (5, 0)
    assert tree(tmp_path / "out") == before


def test_the_record_hangs_on_neither_jobs_nor_order_nor_steps(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 30)
    files = sorted(articles.iterdir())
    whole, _ = made([articles], tmp_path / "whole")
    pool, _ = made([articles], tmp_path / "pool", jobs=2)
    random.Random(7).shuffle(files)
    made(files[:9], tmp_path / "steps")
    steps, _ = made(files[5:], tmp_path / "steps")
    assert whole == pool == steps


def test_the_record_does_not_hang_on_the_hash_seed(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 6)
    script = (
        "import sys; from pathlib import Path; from tests.test_pipeline import made;"
        "made([Path(sys.argv[1])], Path(sys.argv[2]))"
    )
    trees = []
    for seed in ("0", "1"):
        out = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", script, articles, out],
            cwd=ROOT,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        trees.append(tree(out))
    assert trees[0] == trees[1]


def test_removing_leaves_what_building_without_gives(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 8)
    files = sorted(articles.iterdir())
    for number in (0, 3, 7):
        made([articles], tmp_path / f"b{number}")
        gone = remove(tmp_path / f"b{number}", str(files[number]))
        assert gone.path == str(files[number])
        without, _ = made(files[:number] + files[number + 1 :], tmp_path / f"a{number}")
        assert tree(tmp_path / f"b{number}") == without


def test_a_document_is_found_by_the_path_or_url_that_was_masked(tmp_path: Path) -> None:
    url = "https://example.org/13812345678"
    path = tmp_path / "骗子QQ号12345678曝光.md"
    path.write_text(f"---\ntitle: 甲\nurl: {url}\n---\n\n卡商卖黑卡。\n")
    for name in (str(path), url):
        made([path, write(tmp_path / "in", 2)], tmp_path / "out")
        assert remove(tmp_path / "out", name).title == "甲"


def test_a_document_is_named_by_id_or_its_beginning_or_url(tmp_path: Path) -> None:
    articles = tmp_path / "in.md"
    articles.write_text("---\ntitle: 甲\nurl: https://example.org/a\n---\n\n卡商卖黑卡。\n")
    made([articles, write(tmp_path / "in", 3)], tmp_path / "out")
    record = Record.open(tmp_path / "out")
    wanted = next(item for item in record.documents().values() if item.url)
    assert remove(record, wanted.url).id == wanted.id
    other, *rest = record.documents()
    assert remove(record, other).id == other
    with pytest.raises(UsageError, match="no such document"):
        remove(record, "nowhere.txt")
    with pytest.raises(UsageError, match="2 documents are meant"):
        remove(record, "d")
    assert set(record.documents()) == set(rest) - {wanted.id}


def test_documents_that_left_the_input_stay(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 4)
    before, _ = made([articles], tmp_path / "out")
    (articles / "000.txt").unlink()
    again, _ = made([articles], tmp_path / "out")
    assert again == before


def test_one_text_under_two_paths_is_one_document_with_the_least_path(tmp_path: Path) -> None:
    articles = write(tmp_path / "b", 1)
    copy = write(tmp_path / "a", 1)
    both, graph = made([articles, copy], tmp_path / "both")
    assert [item.path for item in graph.documents] == [str(copy / "000.txt")]
    for order in ([articles, copy], [copy, articles]):
        out = tmp_path / f"then-{order[0].name}"
        made([order[0]], out)
        assert made([order[1]], out)[0] == both


def test_a_record_inside_the_input_is_not_read(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 4)
    first, graph = made([articles], articles / "kg-record")
    again, _ = made([articles], articles / "kg-record")
    assert len(graph.documents) == 4
    assert again == first


def test_the_version_knows_every_module_behind_an_extraction() -> None:
    code = "import sys, kg.annotate, kg.read, kg.relate, kg._schema_files; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    parts = {name.split(".")[1] for name in done.stdout.split() if name.startswith("kg.")}
    assert parts - {"errors", "_folders"} <= {*_PARTS}


def test_another_version_extracts_all_anew_from_what_is_recorded(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 6)
    made([articles], tmp_path / "out")
    (articles / "000.txt").unlink()
    record = Record.open(tmp_path / "out", "v2")
    report = build([articles], record, extract=partial(fake_extract, version=2))
    assert (report.read, report.reused, report.extracted, report.documents) == (5, 0, 6, 6)
    assert {m.rule for item in record.extractions() for m in item.mentions} == {"x#2"}


def test_what_was_masked_is_extracted_anew_when_it_is_kept_on_purpose(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("报案\n\n受害人的电话是13812345678。卡商卖黑卡。\n", encoding="utf-8")
    made([article], tmp_path / "out")
    record = Record.open(tmp_path / "out", "v1")
    masked = record.graph().documents[0]
    report = build([article], record, extract=fake_extract, keep_pii_for="研究")
    kept = record.graph().documents[0]
    assert report.extracted == 1
    assert (masked.purpose, kept.purpose) == ("", "研究")
    assert "13812345678" in kept.text
    assert "13812345678" not in masked.text


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_article_that_cannot_be_extracted_is_reported(tmp_path: Path, jobs: int) -> None:
    articles = write(tmp_path / "in", 4)
    (articles / "bad.txt").write_text("一篇错\n\n卡商卖黑卡。\n", encoding="utf-8")
    record = Record.open(tmp_path / "out", "v1", create=True)
    report = build([articles], record, jobs=jobs, extract=poisoned_extract)
    assert report.extracted == 4
    (failed,) = report.unreadable
    assert failed.path == str(articles / "bad.txt")
    assert "ValueError: no such thing" in failed.reason


def test_an_article_that_kills_its_worker_is_reported_and_all_others_are_done(
    tmp_path: Path,
) -> None:
    articles = write(tmp_path / "in", 25)
    for name in ("005x", "999"):
        (articles / f"{name}.txt").write_text(f"毒{name}\n\n卡商卖黑卡。\n", encoding="utf-8")
    record = Record.open(tmp_path / "out", "v1", create=True)
    report = build([articles], record, jobs=2, extract=poisoned_extract)
    assert report.extracted == 25
    assert [Path(item.path).name for item in report.unreadable] == ["005x.txt", "999.txt"]


def test_a_build_keeps_other_builds_out(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 1)
    made([articles], tmp_path / "out")
    with Record.open(tmp_path / "out").lock(), pytest.raises(RecordError, match="another kg"):
        made([articles], tmp_path / "out")


def test_decisions_outlive_a_rebuild_and_a_later_build(tmp_path: Path) -> None:
    articles = write(tmp_path / "in", 6)
    made([articles], tmp_path / "out")
    merge = Decision(Verdict.MERGE, ("卡商0", "卡商1"), "分析员", "2024-01-01", "同一伙")
    graph = decide(tmp_path / "out", merge)
    assert [e.aliases for e in graph.entities if e.name == "卡商0"] == [("卡商1",)]
    assert rebuild_graph(tmp_path / "out") == graph
    _, later = made([write(tmp_path / "in", 1, start=90)], tmp_path / "out")
    assert "卡商1" not in [entity.name for entity in later.entities]


KILLED = """
import sys
from pathlib import Path
from kg.pipeline import build
from kg.record import Record
from tests.test_pipeline import slow_extract
if __name__ == "__main__":
    record = Record.open(Path(sys.argv[2]), "v1", create=True)
    build([Path(sys.argv[1])], record, jobs=int(sys.argv[3]), extract=slow_extract)
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_is_killed_again_and_again_ends_in_the_same_record(
    tmp_path: Path, jobs: int
) -> None:
    articles = write(tmp_path / "in", 40)
    whole, _ = made([articles], tmp_path / "whole")
    chance = random.Random(jobs)
    out = tmp_path / "out"
    script = tmp_path / "run.py"
    script.write_text(KILLED)
    done = [0]
    for _ in range(4):
        run = subprocess.Popen(
            [sys.executable, script, articles, out, str(jobs)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        journal = out / ".journal.jsonl"
        deadline = time.monotonic() + 60
        while run.poll() is None and time.monotonic() < deadline:
            if journal.exists() and journal.read_bytes().count(b"\n") > done[-1] + 1:
                break
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.2))
        run.kill()
        run.wait()
        recorded = len(Record.open(out, "v1").documents())
        assert recorded >= done[-1]
        done.append(recorded)
    report = build([articles], Record.open(out, "v1"), jobs=jobs, extract=fake_extract)
    assert report.reused == done[-1] > 0
    assert tree(out) == whole
