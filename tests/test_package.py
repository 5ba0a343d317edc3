from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parent.parent
HEAVY = ["jieba", "rjieba", "networkx", "numpy", "lxml", "bs4", "yaml", "opencc", "rich", "typer"]
PUBLIC = [
    "Document",
    "Extraction",
    "Graph",
    "KGError",
    "Record",
    "Schema",
    "__version__",
    "build",
    "extract",
    "load_schema",
    "read",
    "resolve",
]


def loaded_by(code: str) -> set[str]:
    script = f"import sys; {code}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_public_names_are_exactly_these_twelve() -> None:
    assert kg.__all__ == PUBLIC
    assert dir(kg) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(kg, name) is not None


@pytest.mark.parametrize("name", ["read", "resolve"])
def test_a_package_stays_a_package_whatever_was_imported_before(name: str) -> None:
    code = f"import kg.pipeline, kg; assert callable(kg.{name}.{name})"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = kg.nonsense


def test_importing_kg_loads_nothing_heavy() -> None:
    assert not loaded_by("import kg") & set(HEAVY)


def test_the_command_line_loads_nothing_heavy_before_a_command_runs() -> None:
    assert not loaded_by("import kg.cli") & (set(HEAVY) - {"rich", "typer"})


def test_the_command_line_does_not_need_click() -> None:
    assert "click" not in loaded_by("import kg.cli")


def test_the_version_is_the_one_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert kg.__version__ == project["version"]


def test_the_distribution_brings_the_command_kg() -> None:
    try:
        found = importlib.metadata.distribution("fraudchain-kg")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("run from a checkout that is not installed")
    scripts = found.entry_points.select(group="console_scripts")
    assert [(script.name, script.value) for script in scripts] == [("kg", "kg.cli:main")]


def test_the_changelog_names_the_version() -> None:
    assert f"## [{kg.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
