"""The options of a language model, and what it will cost: for extract and build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.talk import note, print_json, print_lines, say, table, told
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.llm import LanguageModel
    from kg.model import Document, Extraction
    from kg.read import Unreadable
    from kg.record import Record


class Mode(StrEnum):
    """Whether a model extracts beside the default extractor, or alone."""

    ADD = "add"
    ONLY = "only"


_PANEL = say("语言模型（可选，默认不用）", "Language model (optional, never used by default)")

LlmOption = Annotated[
    str,
    typer.Option(
        envvar="KG_LLM",
        metavar="MODEL",
        show_default=False,
        rich_help_panel=_PANEL,
        help=say(
            "让此模型也来抽取；遮盖后的正文会发给它，密钥取自 KG_LLM_KEY",
            "let this model extract, too: it is sent the masked text; key: KG_LLM_KEY",
        ),
    ),
]
LlmUrlOption = Annotated[
    str,
    typer.Option(
        envvar=["KG_LLM_URL", "OPENAI_BASE_URL"],
        metavar="URL",
        show_default=False,
        rich_help_panel=_PANEL,
        help=say(
            "兼容 OpenAI 的服务地址，如 http://localhost:11434/v1",
            "an OpenAI-compatible service: http://localhost:11434/v1, say",
        ),
    ),
]
LlmModeOption = Annotated[
    Mode,
    typer.Option(
        rich_help_panel=_PANEL,
        help=say("add 与默认抽取并用，only 只用模型", "add to the default extractor, or only it"),
    ),
]
LlmCacheOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        show_default=False,
        rich_help_panel=_PANEL,
        help=say("回答的缓存目录", "where answers are kept (the user's cache folder)"),
    ),
]
LlmTimeoutOption = Annotated[
    float,
    typer.Option(
        min=1, rich_help_panel=_PANEL, help=say("等一个回答多少秒", "seconds to wait for an answer")
    ),
]
DryRunOption = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        rich_help_panel=_PANEL,
        help=say("只估计请求数、词元数和费用", "only say how many requests and tokens it takes"),
    ),
]
PriceInOption = Annotated[
    float,
    typer.Option(
        min=0,
        show_default=False,
        rich_help_panel=_PANEL,
        help=say("每百万输入词元的价格", "price of a million prompt tokens, for --dry-run"),
    ),
]
PriceOutOption = Annotated[
    float,
    typer.Option(
        min=0,
        show_default=False,
        rich_help_panel=_PANEL,
        help=say("每百万输出词元的价格", "price of a million completion tokens, for --dry-run"),
    ),
]


def language_model(
    name: str, url: str, mode: Mode, cache: Path | None, timeout: float, *, pii: str, dry_run: bool
) -> LanguageModel | None:
    """The extractor that the options ask for; None without --llm.

    Raises UsageError where an option is missing, or identifiers are to be kept.
    """
    if not name:
        if dry_run:
            raise UsageError(
                say("--dry-run 只与 --llm 同用", "--dry-run goes with --llm MODEL only")
            )
        return None
    if pii == "keep":
        raise UsageError(
            say(
                "--llm 不能与 --pii keep 同用：模型只能读到遮盖后的文本",
                "--llm does not go with --pii keep: a model reads masked text only",
            )
        )
    if not url:
        raise UsageError(
            say(
                "请用 --llm-url 或 KG_LLM_URL 说明模型在哪里，如 http://localhost:11434/v1",
                "say where the model is, with --llm-url or KG_LLM_URL: http://localhost:11434/v1 "
                "for Ollama, https://api.openai.com/v1 for OpenAI",
            )
        )
    from kg.llm import Cache, LanguageModel, Service, answers_folder
    from kg.pipeline import extract

    return LanguageModel(
        Service(url, name, timeout=timeout),
        Cache(cache or answers_folder()),
        extract if mode is Mode.ADD else None,
    )


def announce(model: LanguageModel) -> None:
    """Say where the text goes."""
    service = model.service
    note(
        say(
            f"遮盖后的正文将发给 {service.url} 的模型 {service.model}",
            f"the masked text goes to the model {service.model} at {service.url}",
        )
    )


def print_estimate(
    model: LanguageModel,
    documents: Iterable[Document],
    price_in: float,
    price_out: float,
    as_json: bool = False,
) -> None:
    """What extracting the documents will take."""
    estimate = model.estimate(documents)
    price = round(estimate.price(price_in, price_out), 4)
    if as_json:
        print_json(asdict(estimate) | {"price": price})
        return
    rows: list[tuple[str, float]] = [
        (say("文章", "documents"), estimate.documents),
        (say("请求", "requests"), estimate.requests),
        (say("缓存中已有的回答", "answers in the cache"), estimate.cached),
        (say("输入词元（估计）", "prompt tokens, about"), estimate.prompt_tokens),
        (say("输出词元（估计）", "completion tokens, about"), estimate.completion_tokens),
    ]
    if price_in or price_out:
        rows.append((say("费用（估计）", "price, about"), price))
    print_lines(table(rows, indent=""))


def readable(
    items: Iterable[Document | Unreadable], failed: list[Unreadable]
) -> Iterator[Document]:
    """The documents among what was read; the rest goes to `failed`."""
    from kg.read import Unreadable

    for item in items:
        if isinstance(item, Unreadable):
            failed.append(item)
        else:
            yield item


def record_for(path: Path, model: LanguageModel) -> Record:
    """The record at `path`, a new one where there is none, for a build by a model.

    Its version names the model, so that what another extractor put there is extracted anew.
    Raises UsageError where documents of the record keep their identifiers.
    """
    from kg.pipeline import version
    from kg.record import Record

    record = Record.open(path, f"{version()} {model.version}", create=True)
    # without a version, a record shows what any extractor put there
    for document in Record(path).documents().values():
        if document.purpose:
            raise UsageError(
                say(
                    f"{path} 中的 {document.path} 保留了个人标识，模型不得读取：请另建一个记录",
                    f"{path}: {document.path} keeps its identifiers, which no model may read. "
                    "Name another record.",
                )
            )
    return record


def to_extract(
    paths: Iterable[Path], folder: Path, model: LanguageModel, failed: list[Unreadable]
) -> Iterator[Document]:
    """The documents that a build would extract: those of the input that the record does not
    have from this model, and those of the record that it has from another extractor. What
    cannot be read goes to `failed`."""
    from kg.read import read
    from kg.record import Record

    documents = readable(read(paths), failed)
    if not Record(folder).exists():
        yield from documents
        return
    record = record_for(folder, model)
    known = record.documents()
    seen: set[str] = set()
    for document in documents:
        if document.id not in seen | known.keys():
            yield document
        seen.add(document.id)
    yield from (document for document in record.outdated() if document.id not in seen)


def count_rejects(extraction: Extraction, counts: Counter[str]) -> None:
    """Add the reasons for which answers of a model were not taken."""
    counts.update(one.reason for one in extraction.rejects if one.rule.startswith("llm/"))


def rejects_of(record: Path) -> Counter[str]:
    """The reasons for which answers of a model were not taken, in a whole record."""
    from kg.record import Record

    counts = Counter[str]()
    for extraction in Record.open(record).extractions():
        count_rejects(extraction, counts)
    return counts


def tell_rejects(counts: Counter[str]) -> None:
    """Say what of the answers was not taken, the most frequent reason first."""
    for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        note(say("模型的回答中不予采纳：", "not taken: ") + f"{count} × {told(reason)}")
