from __future__ import annotations

import errno
import json
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kg.errors import RecordError
from kg.model import Extraction, Graph, Relation
from kg.record import Record, decode, encode
from kg.record.codec import from_line, to_line
from kg.record.lines import Lines, read_lines
from kg.resolve import Decision, Verdict, resolve

from .strategies import SCHEMA, Fact, Named, article, extractions, graphs, pure_collections

CARD = Named("Good", "黑卡")
DEALER = Named("Role", "卡商")
ROOT = Path(__file__).parent.parent


def articles(count: int, word: str = "") -> list[Extraction]:
    return [article(Fact(DEALER, "SELLS", CARD), opening=f"{word}{n}") for n in range(count)]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below, hidden ones too, by path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def fill(path: Path, items: list[Extraction], version: str = "v1") -> Record:
    record = Record.open(path, version, create=True)
    with record.lock():
        for item in items:
            record.add(item)
        record.commit()
        record.write_graph(resolve(record.extractions(), (), SCHEMA))
    return record


# JSON


@settings(deadline=None)
@given(extractions)
def test_an_extraction_survives_json(item: Extraction) -> None:
    assert decode(Extraction, json.loads(json.dumps(encode(item)))) == item


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_a_graph_survives_json(graph: Graph) -> None:
    assert decode(Graph, json.loads(json.dumps(encode(graph)))) == graph


def test_a_decision_survives_json() -> None:
    decision = Decision(Verdict.MERGE, ("甲", "乙"), "分析员", "2024-01-01", "同一人")
    assert decode(Decision, json.loads(json.dumps(encode(decision)))) == decision


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"text": 3}, "text: not str"),
        ({"start": True}, "start: not int"),
        ({"extra": ""}, "unknown extra"),
        ({"level": "kind"}, "level: 'kind' is none of"),
        ({"attrs": {"good": 3}}, "attrs: not an object of strings"),
    ],
)
def test_what_is_not_of_the_type_is_refused_with_its_place(
    change: dict[str, object], what: str
) -> None:
    data = encode(articles(1)[0])
    data["mentions"][0] |= change
    with pytest.raises(RecordError, match=what) as caught:
        decode(Extraction, data, "shard.jsonl:7")
    assert "shard.jsonl:7.mentions" in str(caught.value)


def test_a_line_is_json_that_can_be_read_and_holds_whatever_a_text_may() -> None:
    assert to_line({"名": "卡\n", "n": 0.5}) == '{"名":"卡\\n","n":0.5}\n'.encode()
    assert from_line(to_line("\ud800"), "here") == "\ud800"
    with pytest.raises(ValueError, match="JSON"):
        to_line(float("nan"))


def test_a_missing_field_is_refused() -> None:
    data = encode(articles(1)[0])
    del data["document"]["sha256"]
    with pytest.raises(RecordError, match="without sha256"):
        decode(Extraction, data)


# The folder


def test_what_went_in_comes_out_sorted(tmp_path: Path) -> None:
    items = articles(20)
    record = fill(tmp_path / "out", items)
    assert list(record.extractions()) == sorted(items, key=lambda item: item.document.id)
    assert record.graph() == resolve(items, (), SCHEMA)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pure_collections)
def test_the_graph_on_disk_is_the_graph(
    tmp_path_factory: pytest.TempPathFactory, items: list[Extraction]
) -> None:
    record = fill(tmp_path_factory.mktemp("any") / "out", items)
    assert record.graph() == resolve(items, (), SCHEMA)


def test_the_files_hang_on_neither_order_nor_steps(tmp_path: Path) -> None:
    items = articles(20)
    fill(tmp_path / "a", items)
    fill(tmp_path / "b", items[:7])
    fill(tmp_path / "b", items[::-1])
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_there_is_nothing_in_it_but_the_record(tmp_path: Path) -> None:
    fill(tmp_path / "out", articles(3))
    tops = {path.split("/")[0] for path in tree(tmp_path / "out")}
    assert tops == {"manifest.json", "extractions", "graph"}
    assert str(tmp_path).encode() not in b"".join(tree(tmp_path / "out").values())


def test_without_a_document_it_is_as_if_built_without(tmp_path: Path) -> None:
    items = articles(20)
    fill(tmp_path / "a", items[1:])
    record = fill(tmp_path / "b", items)
    with record.lock():
        record.remove(items[0].document.id)
        assert not record.is_current()
        record.write_graph(resolve(record.extractions(), (), SCHEMA))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_decisions_are_kept_in_order(tmp_path: Path) -> None:
    record = fill(tmp_path / "out", articles(2))
    made = [Decision(Verdict.MERGE, ("甲", "乙"), when=str(n)) for n in range(3)]
    with record.lock():
        record.decide(made[0])
        record.decide(*made[1:])
    assert record.decisions(Decision) == tuple(made)
    assert not record.is_current()


def test_a_decision_without_a_line_feed_counts_and_is_not_run_into(tmp_path: Path) -> None:
    record = fill(tmp_path / "out", articles(2))
    made = tuple(Decision(Verdict.MERGE, ("甲", "乙"), when=str(n)) for n in range(2))
    record.decide(made[0])
    path = record.path / "decisions.jsonl"
    path.write_bytes(path.read_bytes().rstrip())
    assert record.decisions(Decision) == made[:1]
    record.decide(made[1])
    assert record.decisions(Decision) == made


@pytest.mark.parametrize("line", ["", "{", '{"verdict":"merge"}'])
def test_a_bad_decision_is_to_be_corrected_and_not_deleted_with_all_others(
    tmp_path: Path, line: str
) -> None:
    record = fill(tmp_path / "out", articles(2))
    record.decide(Decision(Verdict.MERGE, ("甲", "乙")))
    with (record.path / "decisions.jsonl").open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(RecordError, match=r"jsonl:2.*take its line out") as caught:
        record.decisions(Decision)
    assert "delete" not in str(caught.value)


def test_a_document_can_be_said_to_have_another_path(tmp_path: Path) -> None:
    record = fill(tmp_path / "out", articles(20))
    wanted = next(record.extractions())
    with record.lock():
        record.move(wanted.document.id, "elsewhere.txt")
        record.commit()
    assert record.documents()[wanted.document.id].path == "elsewhere.txt"
    assert len(list(record.extractions())) == 20


def test_documents_are_known_by_their_heads(tmp_path: Path) -> None:
    items = articles(5)
    record = fill(tmp_path / "out", items)
    for item in items:
        head = replace(item.document, text="", sentences=(), runs=())
        assert record.documents()[item.document.id] == head


# Versions


def test_what_another_version_extracted_is_outdated_until_it_is_extracted_again(
    tmp_path: Path,
) -> None:
    items = articles(20)
    fill(tmp_path / "out", items, "v1")
    record = Record.open(tmp_path / "out", "v2")
    assert record.documents() == {}
    assert len(list(record.outdated())) == 20
    with record.lock():
        record.add(items[0])
        assert len(record.documents()) == 1
        assert len(list(record.outdated())) == 19
        for item in items[1:]:
            record.add(item)
        record.commit()
        record.write_graph(resolve(record.extractions(), (), SCHEMA))
    assert tree(tmp_path / "out") == tree(fill(tmp_path / "new", items, "v2").path)


def test_what_a_new_version_cannot_extract_does_not_stay_in_its_old_form(tmp_path: Path) -> None:
    items = articles(20)
    fill(tmp_path / "out", items, "v1")
    fill(tmp_path / "out", items[1:], "v2")
    assert tree(tmp_path / "out") == tree(fill(tmp_path / "new", items[1:], "v2").path)


def test_a_journal_of_another_version_is_not_believed(tmp_path: Path) -> None:
    items = articles(4)
    record = Record.open(tmp_path / "out", "v1", create=True)
    with record.lock():
        record.add(items[0])
    other = Record.open(tmp_path / "out", "v2")
    assert other.documents() == {}
    fill(tmp_path / "out", items[1:], "v2")
    assert tree(tmp_path / "out") == tree(fill(tmp_path / "new", items[1:], "v2").path)


def test_a_record_of_another_format_says_to_build_anew(tmp_path: Path) -> None:
    fill(tmp_path / "out", articles(1))
    manifest = tmp_path / "out" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 99'))
    with pytest.raises(RecordError, match=r"format 99.*Build it anew"):
        Record.open(tmp_path / "out")


# What goes wrong


def test_no_record_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="kg build"):
        Record.open(tmp_path / "nothing")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("x")
    with pytest.raises(RecordError, match="not empty"):
        Record.open(tmp_path, create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize("create", [True, False])
def test_a_record_without_its_manifest_says_so_to_readers_and_writers(
    tmp_path: Path, create: bool
) -> None:
    fill(tmp_path, articles(1))
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(RecordError, match=r"manifest\.json is missing.*but decisions\.jsonl"):
        Record.open(tmp_path, create=create)


def test_a_record_is_built_anew_around_its_decisions(tmp_path: Path) -> None:
    decision = Decision(Verdict.REJECT, ("e1",))
    record = fill(tmp_path, articles(1))
    record.decide(decision)
    (tmp_path / "manifest.json").unlink()
    for folder in ("extractions", "graph"):
        for path in (tmp_path / folder).iterdir():
            path.unlink()
        (tmp_path / folder).rmdir()
    assert fill(tmp_path, articles(2)).decisions(Decision) == (decision,)


def test_a_second_writer_is_kept_out(tmp_path: Path) -> None:
    record = fill(tmp_path / "out", articles(1))
    with (
        record.lock(),
        pytest.raises(RecordError, match="another kg"),
        Record.open(tmp_path / "out").lock(),
    ):
        pass
    with Record.open(tmp_path / "out").lock():
        pass


def test_what_an_interrupted_write_left_is_swept_up(tmp_path: Path) -> None:
    record = fill(tmp_path / "out", articles(3))
    before = tree(record.path)
    for folder in ("", "extractions", "graph"):
        (record.path / folder / ".x.jsonl.tmp").write_text("half")
    with record.lock():
        pass
    assert tree(record.path) == before


def test_a_torn_last_line_of_the_journal_costs_only_that_line(tmp_path: Path) -> None:
    items = articles(5)
    record = Record.open(tmp_path / "out", "v1", create=True)
    with record.lock():
        for item in items[:3]:
            record.add(item)
    journal = record.path / ".journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    assert len(record.documents()) == 2
    fill(tmp_path / "out", items[2:])
    assert tree(tmp_path / "out") == tree(fill(tmp_path / "new", items).path)


def test_a_graph_that_was_not_finished_is_not_shown(tmp_path: Path) -> None:
    record = fill(tmp_path / "out", articles(3))
    (record.path / "graph" / "evidence.jsonl").write_bytes(b"")
    with pytest.raises(RecordError, match="Run kg build again"):
        record.graph()


def test_a_graph_that_is_written_while_it_is_read_is_not_shown_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    record = fill(path, articles(2))

    def read_and_build(file: Path) -> Lines:
        if file.name == "entities.jsonl":
            fill(path, articles(3))
        return read_lines(file)

    monkeypatch.setattr("kg.record.folder.read_lines", read_and_build)
    with pytest.raises(RecordError, match="Run the command again"):
        record.graph()
    monkeypatch.undo()
    assert len(record.graph().documents) == 3


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    record = fill(tmp_path / "out", articles(1))
    (shard,) = (record.path / "extractions").iterdir()
    shard.write_bytes(shard.read_bytes().replace(b'"text":', b'"test":', 1))
    with pytest.raises(RecordError, match=r"jsonl:1.*build again"):
        list(record.extractions())


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("manifest.json", "[]"),
        ("manifest.json", '{"format": 1, "documents": "one"}'),
        ("extractions/{}.jsonl", '{"entity": {}}'),
    ],
)
def test_whatever_is_damaged_the_decisions_are_not_to_be_deleted(
    tmp_path: Path, file: str, content: str
) -> None:
    record = fill(tmp_path, articles(1))
    (shard,) = (tmp_path / "extractions").iterdir()
    (tmp_path / file.format(shard.stem)).write_text(content + "\n")
    with pytest.raises(RecordError, match=r"everything but decisions\.jsonl"):
        record.documents()
        list(record.extractions())


@pytest.mark.parametrize("shard", ["same", "zz"])
def test_a_document_that_is_there_twice_or_in_the_wrong_shard_is_named(
    tmp_path: Path, shard: str
) -> None:
    record = fill(tmp_path, articles(1))
    path = next((tmp_path / "extractions").iterdir())
    line = path.read_bytes()
    if shard == "same":
        path.write_bytes(line + line)
    else:
        path.rename(path.with_name(f"{shard}.jsonl"))
    with pytest.raises(RecordError, match="not the place of this document"):
        list(record.extractions())


def test_a_line_that_nests_too_deep_is_named(tmp_path: Path) -> None:
    record = fill(tmp_path / "out", articles(1))
    (shard,) = (record.path / "extractions").iterdir()
    shard.write_bytes(shard.read_bytes().replace(b'"text":', b'"text":' + b"[" * 100_000, 1))
    with pytest.raises(RecordError, match=r"jsonl:1.*build again"):
        list(record.extractions())


@pytest.mark.parametrize("kept", [-1, -5, 60])
def test_an_article_whose_line_was_cut_does_not_vanish(tmp_path: Path, kept: int) -> None:
    record = fill(tmp_path / "out", articles(1))
    (shard,) = (record.path / "extractions").iterdir()
    whole = shard.read_bytes()
    shard.write_bytes(whole[:kept])
    if kept == -1:  # only the line feed is gone
        assert list(record.extractions()) == articles(1)
        return
    with pytest.raises(RecordError, match=r"jsonl:1.*build again"):
        record.documents()
        list(record.extractions())


@pytest.mark.parametrize("damage", ["emptied", "deleted", "cut between articles"])
def test_a_record_that_lost_articles_says_so_and_does_not_go_on_without_them(
    tmp_path: Path, damage: str
) -> None:
    items = articles(300)  # so that some file has two
    record = fill(tmp_path / "out", items)
    shards = (record.path / "extractions").iterdir()
    shard = next(path for path in shards if path.read_bytes().count(b"\n") == 2)
    first = shard.read_bytes().splitlines(keepends=True)[0]
    if damage == "deleted":
        shard.unlink()
    else:
        shard.write_bytes(first if damage.startswith("cut") else b"")
    missing = 1 if damage.startswith("cut") else 2
    message = rf"extractions: {missing} of 300 documents are missing.*from a copy"
    with pytest.raises(RecordError, match=message):
        record.graph()
    with pytest.raises(RecordError, match=message):
        list(record.extractions())
    with pytest.raises(RecordError, match=message):
        fill(tmp_path / "out", articles(1, "new"))


def test_a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    record = fill(tmp_path / "out", articles(3))
    for name in ("listdir", "scandir"):
        monkeypatch.setattr(f"os.{name}", refuse)
    with pytest.raises(PermissionError, match="extractions"):
        record.graph()


def test_a_removal_that_was_killed_is_no_loss(tmp_path: Path) -> None:
    items = articles(3)
    record = fill(tmp_path / "out", items)
    with record.lock():
        record.remove(items[0].document.id)  # and no graph
    fill(tmp_path / "out", [])
    assert tree(tmp_path / "out") == tree(fill(tmp_path / "new", items[1:]).path)


def test_a_failed_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = fill(tmp_path / "out", articles(3))
    before = tree(record.path)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with record.lock():
        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(RecordError, match="free some space"):
            record.write_graph(Graph((), (), ()))
        monkeypatch.undo()
    assert tree(record.path) == before


FULL_DISK = """
import resource, sys
from pathlib import Path
from tests.test_record import articles, fill
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
fill(Path(sys.argv[1]), articles(40))
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="the system has no such limit")
@pytest.mark.parametrize("limit", [1000, 5_000, 9_001])
def test_where_the_disk_is_full_the_next_run_goes_on(tmp_path: Path, limit: int) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path / "out", str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "free some space and run the same command again" in run.stderr
    fill(tmp_path / "out", articles(40))
    assert tree(tmp_path / "out") == tree(fill(tmp_path / "new", articles(40)).path)


def test_a_kill_at_any_write_is_made_good_by_the_next_run(tmp_path: Path) -> None:
    """Kills the process before each single write, rename and removal in turn."""
    script = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "left = int(sys.argv[2])\n"
        "def audit(event, args):\n"
        "    global left\n"
        "    if event in ('open', 'os.rename', 'os.remove', 'os.mkdir') "
        "and str(args[0]).startswith(sys.argv[1]):\n"
        "        left -= 1\n"
        "        if left < 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from tests.test_record import articles, fill\n"
        "fill(Path(sys.argv[1]) , articles(4), 'v1')\n"
        "sys.addaudithook(audit)\n"
        "fill(Path(sys.argv[1]), articles(4) + articles(3, 'x'), 'v2')\n"
    )
    new = tree(fill(tmp_path / "new", articles(4) + articles(3, "x"), "v2").path)
    for number in range(0, 200, 7):
        path = tmp_path / str(number)
        run = subprocess.run([sys.executable, "-c", script, path, str(number)], cwd=ROOT)
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL
        fill(path, articles(4) + articles(3, "x"), "v2")
        assert tree(path) == new
    else:
        pytest.fail("the run never came to its end")


def test_evidence_has_a_file_of_its_own(tmp_path: Path) -> None:
    record = fill(tmp_path / "out", articles(3))
    lines = (record.path / "graph" / "evidence.jsonl").read_text().splitlines()
    (relation,) = record.graph().relations
    assert isinstance(relation, Relation)
    assert [json.loads(line)["relation"] for line in lines] == [relation.id] * 3
