"""The command that scores: eval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.making import leave
from kg.cli.options import JobsOption, JsonOption
from kg.cli.talk import language, output, print_json, print_lines, progress, say, table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.evaluate import Evaluation, Score
    from kg.evaluate.articles import Extracted
    from kg.evaluate.intervals import Interval, Intervals, Ratios

ArticlesOption = Annotated[
    str,
    typer.Option(
        metavar="IDS",
        help=say(
            "文章编号（逗号分隔），或列出编号的文件", "article ids (a,b,c), or a file of them"
        ),
    ),
]


def evaluate(
    gold: Annotated[
        Path, typer.Argument(help=say("含 gold/ 和 articles/ 的目录", "holds gold/ and articles/"))
    ],
    per_type: Annotated[
        bool, typer.Option("--per-type", help=say("按类型、按文章", "by type and by article"))
    ] = False,
    errors: Annotated[
        bool,
        typer.Option(
            "--errors", help=say("列出漏掉和多出的关系及原文", "list misses and false edges")
        ),
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help=say("把它们写成一个网页", "write them as one HTML page")
        ),
    ] = None,
    only: ArticlesOption = "",
    skip: ArticlesOption = "",
    jobs: JobsOption = 1,
    as_json: JsonOption = False,
) -> None:
    """Extract gold articles and score the result."""
    from kg.evaluate import evaluate as score
    from kg.evaluate import load_gold
    from kg.evaluate.articles import extract_all
    from kg.read import Unreadable

    articles = load_gold(gold, _listed(skip, gold), _listed(only, gold) if only else None)
    files = [file for _, file in articles.values()]
    running = progress(extract_all(files, jobs), len(files), say("抽取", "extracting"))
    found = dict(zip(articles, running, strict=True))
    result = score((name, articles[name][0], one.plain) for name, one in found.items())
    if html is not None:
        _write_page(html, result, found)
    if as_json:
        print_json(_plain(result, errors=errors))
    else:
        print_lines(_report(result, per_type=per_type))
        if errors:
            print_lines(_errors(result, found))
    failed = [
        Unreadable(str(file), one.problem)
        for file, one in zip(files, found.values(), strict=True)
        if one.problem
    ]
    leave(len(found) - len(failed), failed)


def _listed(ids: str, gold: Path) -> set[str]:
    """The ids of a list or of a file of them.

    A file may be about more than `gold` has. Raises UsageError for an id that is typed and not
    annotated: it may be the name of a file, mistyped, and nothing of it would be left out.
    """
    names = {name.strip() for name in ids.split(",")} - {""}
    unknown = sorted(one for one in names if not (gold / "gold" / f"{one}.json").is_file())
    if not unknown:
        return names
    try:
        return set(Path(ids).read_text("utf-8-sig").split())
    except UnicodeDecodeError:
        raise UsageError(say(f"{ids}：请存为 UTF-8", f"{ids}: save it as UTF-8")) from None
    except OSError:  # no such file, or too long a list for a name
        raise UsageError(
            say(
                f"{unknown[0]}：既不是列出编号的文件，也不是 {gold / 'gold'} 中的标注",
                f"{unknown[0]}: neither a file of ids nor an annotation in {gold / 'gold'}",
            )
        ) from None


def _report(result: Evaluation, *, per_type: bool) -> Iterator[str]:
    from kg.evaluate import AVERAGED, MEASURES, intervals
    from kg.evaluate.words import ACCURACY, MEASURE

    count = len(result.articles)
    spread = intervals(result) if count > 1 else None
    yield say(f"{count} 篇文章", f"{count} articles")
    yield from _ratios(
        (say(*MEASURE[name]), result.measures[name], spread.measures[name] if spread else None)
        for name in MEASURES
    )
    means = []
    for name in AVERAGED:
        ratios = (f"{key} {value:.3f}" for key, value in result.mean(name).items())
        label = f"{say('每篇平均', 'article mean')}: {say(*MEASURE[name])}"
        means.append((label, *ratios, _bounds(spread.means[name]["f1"] if spread else None)))
    yield from table(means, indent="")
    rows = [
        (
            say(*ACCURACY[name]),
            "" if share.value is None else f"{share.value:.3f}",
            _bounds(spread.accuracies[name] if spread else None) if share.of else "",
            f"{share.right}/{share.of}",
        )
        for name, share in result.accuracies.items()
    ]
    yield say("找到的关系里正确的比例", "of the relations found, right in")
    yield from table(rows)
    if spread:
        yield say("区间：F1 的 95 % 自助法区间（按文章）", "95 %: bootstrap over articles, of F1")
    if per_type:
        yield from _by_type(result, spread)
        yield from _by_article(result)


def _by_type(result: Evaluation, spread: Intervals | None) -> Iterator[str]:
    for title, types, ranges in (
        (say("实体 宽松", "entity relaxed"), result.entity_types,
         spread.entity_types if spread else None),
        (say("关系 类型", "relation typed"), result.relation_types,
         spread.relation_types if spread else None),
    ):  # fmt: skip
        yield ""
        yield from _ratios(
            ((name, score, ranges[name] if ranges else None) for name, score in types.items()),
            title,
        )


def _by_article(result: Evaluation) -> Iterator[str]:
    yield ""
    yield from table(
        (
            (
                article.id,
                f"E {article.measures['entity relaxed'].f1:.2f}",
                f"R {article.measures['relation typed'].f1:.2f}",
            )
            for article in result.articles
        ),
        indent="",
    )


def _ratios(rows: Iterable[tuple[str, Score, Ratios | None]], title: str = "") -> Iterator[str]:
    """Scores as a table; the interval is that of F1."""
    head = (title, "P", "R", "F1", "95 %", say("正确", "tp"), say("多出", "fp"), say("漏掉", "fn"))
    lines: list[tuple[object, ...]] = [head]
    for name, score, spread in rows:
        ratios = (f"{ratio:.3f}" for ratio in (score.precision, score.recall, score.f1))
        bounds = _bounds(spread["f1"] if spread else None)
        lines.append((name, *ratios, bounds, score.right, score.surplus, score.missed))
    yield from table(lines, indent="")


def _bounds(interval: Interval | None) -> str:
    return f"{interval.low:.3f}-{interval.high:.3f}" if interval else ""


def _errors(result: Evaluation, found: dict[str, Extracted]) -> Iterator[str]:
    """Misses (-) and false edges (+) by article and type, with the sentence, its quote in 【】."""
    from kg.evaluate.differences import passage
    from kg.evaluate.reading import Quote
    from kg.evaluate.words import why
    from kg.schema import load_schema
    from kg.view.markup import clean

    schema = load_schema()
    for article in result.articles:
        document = found[article.id].document
        title = document.title if document else ""
        yield ""
        yield clean(f"{article.id}  {title}").rstrip()
        for one in sorted(article.differences, key=lambda one: (one.type, one.surplus)):
            sign = "+" if one.surplus else "-"
            manner = "" if one.modality == "asserted" else f" [{one.modality}]"
            reason = why(one, language(), schema)
            yield clean(f"{sign} {one.subject} {one.type} {one.object}{manner}  ({reason})")
            said = passage(document, Quote(one.evidence, one.start))
            is_part = said.before or said.after
            quote = f"【{said.quote}】" if is_part else said.quote
            sentence = " ".join(clean(f"{said.before}{quote}{said.after}").split())
            if sentence:
                yield f"     {sentence}"


def _write_page(path: Path, result: Evaluation, found: dict[str, Extracted]) -> None:
    from kg.evaluate.page import errors_page
    from kg.schema import load_schema

    documents = {name: one.document for name, one in found.items() if one.document}
    with output(path) as stream:
        stream.write(errors_page(result, documents, load_schema(), lang=language()))


def _plain(result: Evaluation, *, errors: bool) -> dict[str, Any]:
    from dataclasses import asdict

    from kg.evaluate import AVERAGED, intervals

    plain = {
        "articles": len(result.articles),
        "measures": {name: score.plain() for name, score in result.measures.items()},
        "article_mean": {name: result.mean(name) for name in AVERAGED},
        "accuracies": {
            name: {"value": share.value, "right": share.right, "of": share.of}
            for name, share in result.accuracies.items()
        },
        "entity_types": {name: score.plain() for name, score in result.entity_types.items()},
        "relation_types": {name: score.plain() for name, score in result.relation_types.items()},
        "intervals": asdict(intervals(result)) if len(result.articles) > 1 else None,
        "by_article": {
            article.id: {name: score.plain() for name, score in article.measures.items()}
            for article in result.articles
        },
    }
    if errors:
        plain["differences"] = {
            article.id: [asdict(one) for one in article.differences] for article in result.articles
        }
    return plain


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("eval", help=say("用人工标注评分", "score against gold annotations"))(evaluate)
