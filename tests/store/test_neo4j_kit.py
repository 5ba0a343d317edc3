"""The kit for Neo4j Browser: what is in it, and that the Browser takes it."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg._folders import whole_file
from kg.errors import StoreError
from kg.record import Record
from kg.schema import load_schema
from kg.store.cypher.load import load
from kg.store.cypher.queries import load_queries
from kg.store.neo4j_kit import kit_files, script, write_kit

if TYPE_CHECKING:
    from neo4j import Session
    from playwright.sync_api import Page

SCHEMA, QUERIES = load_schema(), load_queries()
FILES = kit_files(SCHEMA, QUERIES)
_DROP = """({name, data}) => {
  const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  const zone = document.querySelector('.filedrop');
  for (const kind of ['dragenter', 'drop'])
    zone.dispatchEvent(
      new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
}"""


def rules() -> dict[str, dict[str, str]]:
    """The style sheet by selector, read as simply as the Browser does."""
    text = FILES["style.grass"].decode()
    found = re.findall(r"(\S+) \{\n((?:  \S+: .*;\n)*)\}\n", text)
    assert "".join(f"{name} {{\n{body}}}\n" for name, body in found) == text
    return {name: dict(re.findall(r"  (\S+): (.*);\n", body)) for name, body in found}


def test_the_style_has_a_rule_for_every_type() -> None:
    style = rules()
    for node in SCHEMA.nodes.values():
        rule = style[f"node.{node.name}"]
        assert rule["color"] == node.colour
        assert rule["caption"] == '"{name}"'
    assert {f"relationship.{name}" for name in SCHEMA.edges} <= set(style)
    assert {"node.Document", "node.Evidence", "relationship.MENTIONS"} <= set(style)


def test_captions_can_be_read_on_every_colour() -> None:
    def light(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for name, rule in rules().items():
        if name.startswith("node.") and "color" in rule:
            high, low = sorted((light(rule["color"]), light(rule["text-color-internal"])))[::-1]
            assert (high + 0.05) / (low + 0.05) >= 3, name


def test_there_is_a_saved_script_for_every_question() -> None:
    with zipfile.ZipFile(io.BytesIO(FILES["favorites.zip"])) as archive:
        names = archive.namelist()
        assert sorted(names) == sorted(f"kg/{name}.cypher" for name in QUERIES)
        for name, query in QUERIES.items():
            text = archive.read(f"kg/{name}.cypher").decode()
            assert text == script(query) == FILES[f"favorites/{name}.cypher"].decode()
            assert text.startswith(f"// {query.title.zh}")


def test_the_guide_shows_queries_as_text() -> None:
    guide = FILES["guide.html"].decode()
    assert guide.count("<slide") == len(QUERIES) + 1
    assert "-[:SUPPLIES|SELLS" in guide
    assert "]-&gt;(" in guide
    assert "<script" not in guide


def test_the_kit_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("a", "b", "a.zip", "b.zip"):
        write_kit(SCHEMA, QUERIES, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    for folder in ("a", "b"):
        found = {
            path.relative_to(tmp_path / folder).as_posix(): path.read_bytes()
            for path in (tmp_path / folder).rglob("*")
            if path.is_file()
        }
        assert found == packed == FILES


def test_a_name_that_ends_in_capitals_is_one_file_too(tmp_path: Path) -> None:
    write_kit(SCHEMA, QUERIES, tmp_path / "KIT.ZIP")
    assert zipfile.is_zipfile(tmp_path / "KIT.ZIP")


def test_a_place_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for name in ("file/kit", "file/kit.zip"):
        with pytest.raises(StoreError):
            write_kit(SCHEMA, QUERIES, tmp_path / name)


def test_a_readme_that_is_not_of_the_kit_is_not_replaced(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("of something else")
    with pytest.raises(StoreError, match=r"README\.md"):
        write_kit(SCHEMA, QUERIES, tmp_path)
    assert [*tmp_path.iterdir()] == [readme]
    assert readme.read_text() == "of something else"


@pytest.mark.parametrize("readme", [None, "# Neo4j Browser of ours\n"])
@pytest.mark.parametrize("name", ["style.grass", "guide.html", "favorites/chain.cypher"])
def test_no_file_that_is_not_of_the_kit_is_replaced(
    tmp_path: Path, name: str, readme: str | None
) -> None:
    own = tmp_path / name
    own.parent.mkdir(exist_ok=True)
    own.write_text("mine")
    if readme:
        (tmp_path / "README.md").write_text(readme)
    with pytest.raises(StoreError, match="not of the kit"):
        write_kit(SCHEMA, QUERIES, tmp_path)
    assert own.read_text() == "mine"


def test_a_kit_whose_writing_was_killed_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for written in range(3):
        writing = iter([whole_file] * written)
        with monkeypatch.context() as patch:
            patch.setattr("kg.store.neo4j_kit.whole_file", lambda path, w=writing: next(w)(path))
            with pytest.raises(StopIteration):
                write_kit(SCHEMA, QUERIES, tmp_path)
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == written
    write_kit(SCHEMA, QUERIES, tmp_path)


def test_a_kit_may_be_written_again(tmp_path: Path) -> None:
    for _ in range(2):
        write_kit(SCHEMA, QUERIES, tmp_path)
    assert (tmp_path / "style.grass").exists()


def drop(page: Page, name: str) -> None:
    """Drop a file of the kit onto the page."""
    page.evaluate(_DROP, {"name": name, "data": base64.b64encode(FILES[name]).decode()})


def test_neo4j_browser_takes_the_style_and_the_saved_scripts(
    page: Page, database: Session, sample_record: Record
) -> None:
    load(database, sample_record.graph(), sample_record.edition())
    drop(page, "style.grass")
    page.get_by_text("node.Organization {").wait_for()
    drop(page, "favorites.zip")
    page.get_by_test_id("activeEditor").click()
    page.keyboard.insert_text(script(QUERIES["draw-chain"]))
    page.get_by_test_id("editor-Run").click()
    dealer = page.locator("svg g.node", has_text="卡商").first
    dealer.wait_for()
    assert dealer.locator("circle.b-outline").get_attribute("fill") == SCHEMA.nodes["Role"].colour
    saved = page.evaluate("JSON.stringify(localStorage)")
    assert QUERIES["draw-chain"].title.zh in saved
