from __future__ import annotations

import re
from pathlib import Path
from typing import Any

README = Path(__file__).parent.parent.parent / "README.md"


def test_the_chain_of_the_readme_is_what_demo_prints(run: Any, tmp_path: Path) -> None:
    printed = run("demo", "-r", tmp_path / "r", lang="zh").stdout.splitlines()
    blocks = re.findall(r"```\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    [chain] = [block for block in blocks if block.startswith("电信运营商 →")]
    told = [line for line in chain.splitlines() if "「" in line or line.count("→") > 1]
    assert len(told) == 4
    assert set(chain.splitlines()) <= set(printed)


def test_the_edges_of_the_readme_are_what_find_prints(run: Any, record: Path) -> None:
    blocks = re.findall(r"```\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    [edges] = [block for block in blocks if block.startswith("开卡团伙 —获取→")]
    printed = run("find", "开卡团伙", "-r", record, lang="zh").stdout.splitlines()
    assert set(edges.splitlines()) <= set(printed)


def test_the_card_of_the_readme_is_what_show_prints(run: Any, record: Path) -> None:
    [card] = re.findall(r"```\n\$ kg show (\S+)\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert run("show", card[0], "-r", record, lang="zh").stdout == card[1]


def test_the_readme_names_every_command_and_no_other(run: Any) -> None:
    told = set(re.findall(r"^\| `kg (\w+)", README.read_text("utf-8"), re.MULTILINE))
    offered = set(re.findall(r"^│ (\w+)  ", run("--help").stdout, re.MULTILINE))
    assert told == offered


def test_the_readme_names_every_kind_of_export(run: Any) -> None:
    [row] = re.findall(r"^\| `kg export .*$", README.read_text("utf-8"), re.MULTILINE)
    told = row.split(": ")[1].removesuffix(" |").split(", ")
    offered = re.search(r"\{(graphml\|[^}]*)\}", run("export", "--help").stdout.replace("\n", ""))
    assert offered
    assert sorted(told) == sorted(re.sub(r"\s", "", offered[1]).split("|"))
