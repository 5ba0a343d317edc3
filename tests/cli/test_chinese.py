"""With --lang zh, everything that is said is Chinese, also what libraries say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli.chinese import _messages, in_chinese
from kg.errors import SchemaError
from kg.schema import load_schema
from kg.workers import DIED

ERRORS = ("UsageError", "RecordError", "StoreError", "ServiceError", "AccessError", "ReadError",
          "DamagedError", "RefusedError", "Unreadable", "SchemaError", "error",
          "UnwritableError")  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def raised() -> Iterator[str]:
    """The messages of errors outside the command line, `node.error` of schemas/ among them; X
    stands for what differs."""
    home = Path(kg.__file__).parent
    for path in sorted(home.rglob("*.py")):
        if home / "cli" in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node.func) in ERRORS:
                yield from (text for text in map(written, node.args) if has_words(text))


def reasons() -> Iterator[str]:
    """Why guards take no candidate for a claim, and what else `relate` says of one."""
    home = Path(kg.__file__).parent / "relate"
    for node in ast.walk(ast.parse((home / "guards.py").read_text("utf-8"))):
        if isinstance(node, ast.Return) and node.value is not None:
            yield from _texts(node.value)
    for node in ast.walk(ast.parse((home / "__init__.py").read_text("utf-8"))):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "why":
            yield from _texts(node.value)


def problems() -> Iterator[str]:
    """What else keeps an article, or an annotation of one, from being taken."""
    yield DIED
    home = Path(kg.__file__).parent / "evaluate"
    for node in ast.walk(ast.parse((home / "articles.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and _called(node.func) == "_nothing":
            yield from (
                text for one in ast.walk(node) if isinstance(one, ast.IfExp) for text in _texts(one)
            )
    for node in ast.walk(ast.parse((home / "gold.py").read_text("utf-8"))):
        if isinstance(node, ast.Yield) and node.value is not None:
            yield f"X.json: {written(node.value)}"


def _texts(value: ast.expr) -> Iterator[str]:
    """The texts that an expression can be."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and has_words(value.value):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from (*_texts(value.body), *_texts(value.orelse))
    elif isinstance(value, ast.BoolOp):
        yield from (text for one in value.values for text in _texts(one))


def _called(function: ast.expr) -> str:
    return str(getattr(function, "id", "") or getattr(function, "attr", ""))


def written(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else "X"


def has_words(text: str) -> bool:
    return bool(re.search(r"[a-z]{2}", text))


@pytest.mark.parametrize("message", sorted({*raised(), *reasons(), *problems()}))
def test_what_kg_says_below_the_command_line_has_chinese_words(message: str) -> None:
    assert CHINESE.search(in_chinese(message))


def test_every_wording_takes_what_its_message_brings() -> None:
    for message, wording in _messages():
        parts = [f"<{number}>" for number in range(message.groups)]
        assert wording.format(*parts)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("stats --josn", "没有选项 --josn（是否想用 --json）"),
        ("bulid", "没有命令 'bulid'；是否想用 'build'？"),
        ("show", "缺少参数"),
        ("load", "缺少选项 '--to'"),
        ("show a b", "多出的参数: b"),
        ("find x -n", "选项 '-n' 后面要有一个值"),
        ("find x -n 0", "不能小于 1"),
        ("find x -n one", "应为整数"),
        ("draw map", "不在可选的值之中"),
        ("ask chan", "没有问题 'chan'；是否想用 chain？"),
        ("load --to there", "不是 Neo4j 服务器的地址"),
    ],
)
def test_a_mistyped_line_is_explained_in_the_language_in_use(
    run: Any, record: Path, words: str, said: str
) -> None:
    end = ["-r", record] if words.startswith("load --to") else []
    result = run(*words.split(), *end, lang="zh")
    told = re.sub(r"\s*│?\n│?\s*", "", result.stderr)
    assert result.exit_code == 2
    assert said in told
    assert not re.search("Usage|Error|No such|Missing|Try ", told)


def test_a_file_that_cannot_be_read_is_explained_in_the_language_in_use(
    run: Any, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"text" "卡商"}\n', "utf-8")
    said = run("extract", broken, tmp_path / "none", lang="zh").stderr
    assert "不是有效的 JSON（此处缺少冒号（第 1 行第 9 列））" in said
    assert "没有这个文件" in said
    assert "没有这个文件" not in run("extract", tmp_path / "none").stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"entities": 1}', "缺少 entities，或者不是列表"),
        ('{"entities": [{"id": "e", "type": "Role", "name": "卡商", "aliases": 1}]}',
         "entities 1: aliases 应为文本的列表"),
        ('{"entities" []}', "不是 UTF-8 的 JSON（此处缺少冒号（第 1 行第 13 列））"),
    ],
)  # fmt: skip
def test_an_annotation_that_is_broken_is_explained_in_the_language_in_use(
    run: Any, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "x1.txt").write_text("文", "utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "x1.json").write_text(text, "utf-8")
    assert f"x1.json: {said}" in run("eval", tmp_path, lang="zh").stderr


@pytest.mark.parametrize("command", ["", "build", "path", "query", "draw"])
def test_a_help_page_is_of_one_language_and_whole_on_a_narrow_terminal(
    shell: Any, command: str
) -> None:
    page = shell(*command.split(), "--help", LANG="zh_CN.UTF-8", COLUMNS="40").stdout.decode()
    assert not re.search("Usage|Options|Arguments|Commands|default|required|Show this", page)
    assert "用法: " in page
    cut = re.findall(r"\S*…", page)
    assert set(cut) <= {"证件号…"}  # our own


def test_an_engine_of_cypher_explains_a_mistake_in_the_language_in_use(
    run: Any, record: Path
) -> None:
    said = run("query", "MATCH (n) RETURN m", "-r", record, lang="zh").stderr
    assert "没有定义变量 'm'" in said
    said = run("query", "MATCH (n", "-r", record, lang="zh").stderr
    assert "第 1 行" in said
    # and not by the names of hundreds of tokens that might stand there
    said = run("query", "MATCH (n) RETURN", "-r", record, lang="zh").stderr
    assert "查询没有写完，此处应有: 表达式" in said


ROLE = """\
type: Role
label: {zh: 角色, en: role}
description: {zh: 角色, en: role}
colour: "#8c564b"
shape: ellipse
tier: 2
group: actor
level: type
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("colour:", "color:", "nodes/Role.yaml:4: 没有键 color。是否想用 colour？"),
        ("tier: 2\n", "", "nodes/Role.yaml:1: 缺少 tier。请加上 tier: …。"),
        ("tier: 2", "tier: 99", "nodes/Role.yaml:6: 99 不是 0 到 8 的整数。请写一个。"),
        ("ellipse", "elipse", "nodes/Role.yaml:5: 没有值 elipse。是否想用 ellipse？"),
        (
            "type: Role",
            "type: Rolle",
            "Role 的文件定义的是 Rolle。请把文件改名为 Rolle.yaml",
        ),
        ("group: actor", "group: [actor", "请改正 YAML"),
        ("level: type", "level: type\nsuffixes: [商, 商]", "商 在这个列表里出现两次。请删去一个。"),
        ("level: type", "level: type\npatterns: [{id: a, regex: (卡}]", "正则表达式有误: 缺少 )"),
    ],
)
def test_an_author_of_schemas_is_told_in_the_language_in_use(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    (tmp_path / "nodes").mkdir()
    (tmp_path / "nodes/Role.yaml").write_text(ROLE.replace(old, new, 1), "utf-8")
    with pytest.raises(SchemaError) as error:
        load_schema(tmp_path)
    assert said in in_chinese(str(error.value))
