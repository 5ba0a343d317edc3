"""The answers of queries as people and programs read them: a table, JSON, CSV."""

from __future__ import annotations

import csv
import json
import math
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from io import StringIO

from kg.cli.talk import note, print_json, print_lines, say, table
from kg.store.cypher.answer import Answer, EdgeValue, NodeValue, PathValue, Value
from kg.text import width

_HIDDEN = frozenset(
    ["id", "quote", "sources", "confidence", "origins", "documents", "aliases", "kg"]
)
_CAPTIONS = ("name", "title", "quote", "id")
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
"""How a text begins that a spreadsheet takes for a formula, and runs; articles are by others."""
_WIDEST = 40  # columns of a caption


def print_answer(answer: Answer, *, as_json: bool = False, as_csv: bool = False) -> None:
    """Print an answer as a table, or for programs."""
    if as_json:
        print_json([dict(zip(answer.columns, map(plain, row), strict=True)) for row in answer.rows])
        return
    if as_csv:
        sys.stdout.writelines(csv_lines(answer))
        return
    print_lines(lines(answer, wide=_terminal_width()))
    if not answer.rows:
        note(say("没有结果", "no rows"))


def _terminal_width() -> int:
    """Columns of the terminal; 0 where the output goes elsewhere and need not fit."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def lines(answer: Answer, *, wide: int = 0) -> Iterator[str]:
    """The answer as an aligned table, or as a block a row where that is wider than `wide`."""
    rows = [[_cell(value) for value in row] for row in answer.rows]
    found = [*table([answer.columns, *rows], indent="")] if answer.columns else []
    if not wide or all(width(line) <= wide for line in found):
        yield from found
        return
    for number, row in enumerate(rows, 1):
        yield f"── {number}"
        filled = [pair for pair in zip(answer.columns, row, strict=True) if pair[1] != ""]
        yield from table([(name, str(cell)) for name, cell in filled])


def csv_lines(answer: Answer) -> Iterator[str]:
    """The answer as CSV with a header; what is no scalar is JSON.

    It is for spreadsheets: a ' stands before a text that one would run. JSON has it verbatim.
    """
    for row in (answer.columns, *answer.rows):
        buffer = StringIO()
        # before Python 3.13 the writer quotes only the line ends that it writes itself
        csv.writer(buffer, lineterminator="\r\n").writerow(map(_field, row))
        yield buffer.getvalue().removesuffix("\r\n") + "\n"


def _field(value: Value) -> str:
    shown = plain(value)
    if isinstance(shown, str):
        return f"'{shown}" if shown.startswith(_FORMULA) else shown
    if shown is None:
        return ""
    return json.dumps(shown, ensure_ascii=False)


def plain(value: Value) -> object:
    """A value as JSON has it, which knows no infinity and no NaN: they become text."""
    if isinstance(value, float) and not math.isfinite(value):
        return json.dumps(value)
    if isinstance(value, NodeValue):
        return {"labels": list(value.labels), "properties": plain(dict(value.properties))}
    if isinstance(value, EdgeValue):
        return {"type": value.type, "properties": plain(dict(value.properties))}
    if isinstance(value, PathValue):
        steps = zip(value.edges, value.along, strict=True)
        return {
            "nodes": [plain(node) for node in value.nodes],
            "edges": [{**_plain_edge(edge), "along": along} for edge, along in steps],
        }
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value


def _plain_edge(edge: EdgeValue) -> dict[str, object]:
    return {"type": edge.type, "properties": plain(dict(edge.properties))}


def _cell(value: Value) -> str | int | float:
    """A value in a table; numbers stay numbers, which stand to the right."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return text(value)


def text(value: Value, *, inside: bool = False) -> str:
    """A value in words: (卡商:Role)-[:SUPPLIES]->(号商:Role). `inside` a list or a map."""
    if isinstance(value, NodeValue):
        return _node(value)
    if isinstance(value, EdgeValue):
        return f"[{_edge(value)}]"
    if isinstance(value, PathValue):
        return _path(value)
    if isinstance(value, list):
        joined = ", ".join(text(item, inside=True) for item in value)
        return f"[{joined}]" if inside else joined
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {text(v, inside=True)}" for k, v in value.items()) + "}"
    if value is None:
        return "null" if inside else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return visible(str(value))


def visible(line: str) -> str:
    """One line in which nothing moves the cursor, changes colours or turns the text around."""
    return "".join(
        " " if char in "\n\t\r" else f"\\u{ord(char):04x}" if _is_control(char) else char
        for char in line
    )


def _is_control(char: str) -> bool:
    category = unicodedata.category(char)
    return category == "Cc" or (category == "Cf" and unicodedata.bidirectional(char) != "BN")


def _node(node: NodeValue) -> str:
    caption = next((node.properties[name] for name in _CAPTIONS if node.properties.get(name)), "")
    label = node.labels[0] if node.labels else ""
    return f"({_short(visible(str(caption)))}{visible(f':{label}') if label else ''})"


def _edge(edge: EdgeValue) -> str:
    shown = ", ".join(
        f"{visible(name)}: {_short(text(value, inside=True))}"
        for name, value in edge.properties.items()
        if name not in _HIDDEN and not name.endswith(("_value", "_unit"))
    )
    return f":{visible(edge.type)}" + (f" {{{shown}}}" if shown else "")


def _path(path: PathValue) -> str:
    parts = [_node(path.nodes[0])]
    for edge, along, node in zip(path.edges, path.along, path.nodes[1:], strict=True):
        modality = edge.properties.get("modality", "asserted")
        mark = "" if modality == "asserted" else f" {modality}"
        step = f"[:{visible(edge.type)}{visible(mark)}]"
        parts.append(f"-{step}->" if along else f"<-{step}-")
        parts.append(_node(node))
    return "".join(parts)


def _short(line: str) -> str:
    if width(line) <= _WIDEST:
        return line
    kept: list[str] = []
    room = _WIDEST - 1
    for char in line:
        room -= width(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept) + "…"
