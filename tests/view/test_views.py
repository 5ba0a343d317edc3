from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SchemaError
from kg.schema import load_schema, schema_folder
from kg.view.views import load_views


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """A folder whose views.yaml has `new` in place of `old`."""
    text = (schema_folder() / "views.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "views.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_the_views_of_the_ontology_are_six_presets_over_seven_columns_and_two_lanes() -> None:
    views = load_views(load_schema())
    assert [preset.id for preset in views.presets] == [
        "chain", "prices", "cases", "data", "techniques", "everything",
    ]  # fmt: skip
    assert len(views.headings) == 9
    assert all(label.zh and label.en for label in views.headings)


def test_every_group_of_edge_types_has_a_label() -> None:
    schema = load_schema()
    assert {edge.group for edge in schema.edges.values()} <= set(load_views(schema).groups)


@pytest.mark.parametrize(
    ("old", "new", "where", "remedy"),
    [
        ("[电信运营商,", "[电信运营,", "views.yaml:10: unknown term", "Did you mean 电信运营商?"),
        ("[SUPPLIES,", "[SUPLIES,", "unknown edge type SUPLIES", "Did you mean SUPPLIES?"),
        ("nodes: [Role,", "nodes: [Rolle,", "unknown node type Rolle", "Did you mean Role?"),
        ("id: prices", "id: chain", "the preset chain also stands at", "Keep one of the two."),
        ("id: prices", "id: 价格", "is no id", "Use small letters"),
        ("虚拟运营商, 网络", "虚拟运营商, 卡商, 网络", "also stands at", "Keep one"),
        ("  - {zh: 警方与法院, en: police and courts}\n", "", "1 lanes", "Describe 2."),
        ("    en: lures, platforms\n", "", "en is missing", "Add en"),
        ("facts: {zh", "fact: {zh", "unknown key fact", "Did you mean facts?"),
    ],
)
def test_a_views_file_that_cannot_be_used_says_where_and_what_to_do(
    tmp_path: Path, old: str, new: str, where: str, remedy: str
) -> None:
    with pytest.raises(SchemaError) as error:
        load_views(load_schema(), changed(tmp_path, old, new))
    assert "views.yaml:" in str(error.value)
    assert where in str(error.value)
    assert remedy in str(error.value)


def test_a_missing_views_file_is_a_schema_error(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"views\.yaml"):
        load_views(load_schema(), tmp_path)
