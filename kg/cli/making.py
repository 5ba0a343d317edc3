"""Commands that make a record, or what goes into it: demo, extract, build, remove."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.llm import (
    DryRunOption,
    LlmCacheOption,
    LlmModeOption,
    LlmOption,
    LlmTimeoutOption,
    LlmUrlOption,
    Mode,
    PriceInOption,
    PriceOutOption,
    announce,
    count_rejects,
    language_model,
    print_estimate,
    readable,
    record_for,
    rejects_of,
    tell_rejects,
    to_extract,
)
from kg.cli.options import (
    DEFAULT_RECORD,
    JobsOption,
    JsonOption,
    OutputOption,
    PathsArgument,
    PiiOption,
    PurposeOption,
    RecordOption,
    kept_for,
    path,
)
from kg.cli.talk import (
    counter,
    note,
    one_line,
    output,
    print_json,
    print_lines,
    progress,
    say,
    table,
    told,
)
from kg.errors import ServiceError, UsageError
from kg.view.plural import counted

if TYPE_CHECKING:
    from kg.llm import LanguageModel
    from kg.pipeline import BuildReport
    from kg.read import Unreadable

NOTHING_READABLE = 3
SOME_FAILED = 4
SAMPLES = Path(__file__).parent.parent / "_samples"


def lines_of(
    paths: Iterable[Path],
    *,
    purpose: str = "",
    model: LanguageModel | None = None,
    failed: list[Unreadable],
    refused: Counter[str],
) -> Iterator[dict[str, Any]]:
    """The line of `kg extract` for each document.

    What cannot be read goes to `failed`, why answers of a model were not taken to `refused`.
    """
    from kg.pipeline import extract as extract_by_rules
    from kg.pipeline import extraction_json
    from kg.read import Unreadable, read
    from kg.workers import why_not

    extract_one = model or extract_by_rules
    for item in readable(read(paths, keep_pii_for=purpose), failed):
        try:
            extraction = extract_one(item)
            count_rejects(extraction, refused)
            yield extraction_json(extraction)
        except (ServiceError, UsageError):  # the next article would fare no better
            raise
        except Exception as error:  # no article may stop a run
            if os.environ.get("KG_DEBUG") == "1":
                raise
            failed.append(Unreadable(item.path, why_not(error)))


def leave(read: int, failed: Sequence[Unreadable]) -> None:
    """List what could not be read, and leave with 3 or 4 when there was any."""
    _list_failed(failed)
    if not read:
        note(say("没有可读的文章", "nothing readable"))
        raise typer.Exit(NOTHING_READABLE)
    if failed:
        note(
            say(
                f"{len(failed)} 个输入失败，读取了 {read} 篇文章",
                f"{counted(len(failed), 'input')} failed; read: {counted(read, 'document')}",
            )
        )
        raise typer.Exit(SOME_FAILED)


def leave_estimate(failed: Sequence[Unreadable]) -> None:
    """List what could not be read and is not in the estimate; then leave with 4."""
    _list_failed(failed)
    if failed:
        raise typer.Exit(SOME_FAILED)


def _list_failed(failed: Sequence[Unreadable]) -> None:
    for item in failed:
        note(f"kg: {one_line(item.path)}: {one_line(told(item.reason))}")


def extract(
    paths: PathsArgument,
    to: OutputOption = None,
    pii: PiiOption = "mask",
    purpose: PurposeOption = "",
    llm: LlmOption = "",
    llm_url: LlmUrlOption = "",
    llm_mode: LlmModeOption = Mode.ADD,
    llm_cache: LlmCacheOption = None,
    llm_timeout: LlmTimeoutOption = 300,
    dry_run: DryRunOption = False,
    price_in: PriceInOption = 0,
    price_out: PriceOutOption = 0,
) -> None:
    """One JSON object a line, one line a document."""
    from kg.read import read

    kept = kept_for(pii, purpose)
    model = language_model(llm, llm_url, llm_mode, llm_cache, llm_timeout, pii=pii, dry_run=dry_run)
    failed: list[Unreadable] = []
    if model and dry_run:
        print_estimate(model, readable(read(paths), failed), price_in, price_out)
        leave_estimate(failed)
        return
    if model:
        announce(model)
    count, refused = 0, Counter[str]()
    lines = lines_of(paths, purpose=kept, model=model, failed=failed, refused=refused)
    with output(to) as stream:
        for line in progress(lines, None, say("抽取", "extracting")):
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
        if not count:  # what the file of -o held stays
            leave(count, failed)
    tell_rejects(refused)
    leave(count, failed)


def build(
    paths: PathsArgument,
    record: RecordOption = DEFAULT_RECORD,
    jobs: JobsOption = 1,
    pii: PiiOption = "mask",
    purpose: PurposeOption = "",
    as_json: JsonOption = False,
    llm: LlmOption = "",
    llm_url: LlmUrlOption = "",
    llm_mode: LlmModeOption = Mode.ADD,
    llm_cache: LlmCacheOption = None,
    llm_timeout: LlmTimeoutOption = 300,
    dry_run: DryRunOption = False,
    price_in: PriceInOption = 0,
    price_out: PriceOutOption = 0,
) -> None:
    """Articles into a record; what is in it already is not read again."""
    from dataclasses import asdict

    kept = kept_for(pii, purpose)
    model = language_model(llm, llm_url, llm_mode, llm_cache, llm_timeout, pii=pii, dry_run=dry_run)
    if model and dry_run:
        failed: list[Unreadable] = []
        documents = to_extract(paths, record, model, failed)
        print_estimate(model, documents, price_in, price_out, as_json)
        leave_estimate(failed)
        return
    if model:
        announce(model)
    try:
        report = _build(paths, record, jobs=jobs, purpose=kept, model=model)
    except KeyboardInterrupt:
        _tell_kept(record)
        raise
    if model and report.extracted:
        tell_rejects(rejects_of(record))
    if as_json:
        print_json(asdict(report) | {"record": str(record)})
    else:
        print_lines(table(_counts(report), indent=""))
        if record.is_dir():
            note(say(f"记录在 {record}", f"record: {record}"))
    leave(report.read, report.unreadable)


def _build(
    paths: Iterable[Path],
    record: Path,
    *,
    jobs: int,
    purpose: str,
    model: LanguageModel | None = None,
) -> BuildReport:
    from kg.pipeline import build as build_record
    from kg.pipeline import extract as extract_by_rules

    with counter(say("构建", "building"), ends=False) as bar:
        return build_record(
            paths,
            record_for(record, model) if model else record,
            jobs=jobs,
            keep_pii_for=purpose,
            progress=bar,
            extract=model or extract_by_rules,
        )


def _tell_kept(record: Path) -> None:
    """What an interrupted build leaves, and how to go on."""
    from kg.pipeline import version
    from kg.record import Record

    opened = Record(record, version())
    kept = len(opened.documents()) if opened.exists() else 0
    note(
        say(
            f"已中断。{record} 中已有 {kept} 篇文章的抽取结果；再运行同一命令会接着做",
            f"interrupted; {record} keeps what was extracted of {counted(kept, 'document')}: "
            "run the same command again, and it goes on from there",
        )
    )


def _counts(report: BuildReport) -> list[tuple[str, int]]:
    return [
        (say("读取文章", "documents read"), report.read),
        (say("其中已在记录中", "of these on record"), report.reused),
        (say("记录中的文章", "documents on record"), report.documents),
        (say("实体", "entities"), report.entities),
        (say("关系", "relations"), report.relations),
        (say("被否定的说法", "negated"), report.negated),
    ]


def remove(
    document: Annotated[
        str,
        typer.Argument(metavar="DOC", help=say("文章的 id、路径或网址", "its id, path or URL")),
    ],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Take a document out of a record."""
    from kg.pipeline import remove as remove_document

    found = remove_document(record, document)
    note(say(f"已移除 {found.id} {found.title}", f"removed {found.id} {found.title}"))


def demo(
    record: Annotated[
        Path | None,
        typer.Option(
            "--record",
            "-r",
            parser=path,
            metavar="<path>",
            help=say("图谱记录目录（默认临时目录）", "folder (a temporary one)"),
        ),
    ] = None,
) -> None:
    """Build a record from the sample articles and show the chain."""
    import tempfile

    from kg.cli.asking import open_record
    from kg.schema import load_schema
    from kg.view.paths import find_paths

    folder = record or Path(tempfile.mkdtemp(prefix="kg-demo-")) / "record"
    report = _build([SAMPLES], folder, jobs=1, purpose="")
    lookup, wording = open_record(folder)
    ends = [lookup.named(name) for name in ("电信运营商", "诈骗分子")]
    for chain in find_paths(lookup.graph, load_schema(), *ends):
        print_lines([*wording.chain(chain), ""])
    print_lines(table([row for row in _counts(report) if row[1]][-4:]))
    shown = f'"{folder}"' if " " in str(folder) else folder  # as every shell takes it
    print_lines(
        [
            "",
            say("接下来可以试试:", "what to type next:"),
            f"  kg show 澜舟鹿公司 -r {shown}",
            f"  kg show 172号段 -r {shown}",
            f"  kg find 内鬼 -r {shown}",
            say("  kg build 你的文章目录 -r out", "  kg build YOUR-ARTICLES -r out"),
        ]
    )
    leave(report.read, report.unreadable)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(help=say("用自带的示例文章演示", "build a graph from the sample articles"))(demo)
    app.command(help=say("抽取：一篇文章一行 JSON", "extract: one JSON line a document"))(extract)
    app.command(help=say("把文章构建成图谱记录", "articles into a record"))(build)
    app.command(help=say("从记录中移除一篇文章", "take a document out of a record"))(remove)
