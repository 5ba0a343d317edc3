"""kg.schema: the ontology that kg brings, and what a bad schema file is told."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import _schema_cache
from kg.errors import SchemaError
from kg.model import Document, Level, Modality, Sentence
from kg.pipeline import extract
from kg.read.chrome import is_chrome
from kg.resolve import resolve
from kg.schema import NodeType, Pattern, Schema, load_schema

NODES = (
    *("Person", "Organization", "Group", "Agency", "Role", "Platform", "Service", "Tool"),
    *("Good", "NumberSegment", "Activity", "Industry", "Control", "Location", "Law"),
    *("Offence", "Case", "Report", "Price", "Statistic"),
)

ROLE = """\
type: Role
label: {zh: 角色, en: role}
description: {zh: 一类人, en: a kind of actor}
colour: "#8c564b"
shape: ellipse
tier: 2
group: actor
level: type
terms:
  卡商: [卡贩子]
  360: {level: instance}
parts: {num: '\\d{3}'}
patterns:
  - {id: segment, regex: '(?P<n>{num})号段', name: '{n}段', scoped: true}
examples:
  - {text: 警方抓获卡商。, finds: [卡商]}
"""
GOOD = (
    ROLE.replace("Role", "Good").replace("卡商: [卡贩子]", "黑卡: []").replace("  360:", "  361:")
)
SELLS = """\
type: SELLS
label: {zh: 出售, en: sells}
description: {zh: 卖, en: to sell}
group: trade
source: [Role]
target: [Good]
properties:
  price: {type: money, zh: 价格, en: price}
  how: {type: text, zh: 方式, en: how, words: [零售, 批发]}
modalities: [alleged]
downstream: {direction: along, cost: 2.5}
frames:
  - {id: sell, triggers: [出售], subject: agent, object: patient, attrs: {price: price}}
templates:
  - {id: of, pattern: '{S}的{O}', modality: hypothetical}
examples:
  - {text: 卡商出售黑卡。, edge: [卡商, 黑卡], modality: asserted}
  - {text: 卡商没有来。, none: true}
"""
FILES = {"nodes/Role.yaml": ROLE, "nodes/Good.yaml": GOOD, "edges/SELLS.yaml": SELLS}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def test_a_small_ontology_loads_as_it_was_written(tmp_path: Path) -> None:
    schema = load_schema(write(tmp_path / "s", FILES))
    role, sells = schema.nodes["Role"], schema.edges["SELLS"]
    assert [(term.name, term.variants, term.level) for term in role.terms] == [
        ("卡商", ("卡贩子",), Level.TYPE),
        ("360", (), Level.INSTANCE),
    ]
    assert role.patterns == (Pattern("segment", r"(?P<n>\d{3})号段", Level.TYPE, True, "{n}段"),)
    assert role.examples[0].where == "nodes/Role.yaml:16"
    assert sells.frames[0].triggers == ("出售",)
    assert sells.templates[0].modality is Modality.HYPOTHETICAL
    assert sells.examples[0].edge == ("卡商", "黑卡")
    assert sells.examples[1].edge is None
    assert sells.properties["how"].words == ("零售", "批发")
    assert sells.modalities == {Modality.ALLEGED}
    assert sells.directions == (True,)


def test_an_edge_type_that_says_nothing_of_it_may_be_put_in_any_way_and_is_no_way_of_goods(
    tmp_path: Path,
) -> None:
    plain = SELLS.replace("modalities: [alleged]\n", "").replace(
        "downstream: {direction: along, cost: 2.5}\n", ""
    )
    [sells] = load_schema(write(tmp_path / "s", FILES | {"edges/SELLS.yaml": plain})).edges.values()
    assert sells.modalities == set(Modality) - {Modality.ASSERTED, Modality.NEGATED}
    assert sells.is_deed
    assert sells.directions == ()


BAD = [
    ("nodes/Role.yaml", "tier: 2", "teir: 2", 6, "Did you mean tier"),
    ("nodes/Role.yaml", "tier: 2\n", "", 1, "Add tier"),
    ("nodes/Role.yaml", "tier: 2", "tier: 9", 6, "from 0 to 8"),
    ("nodes/Role.yaml", '"#8c564b"', "brown", 4, "Write it as"),
    ("nodes/Role.yaml", "group: actor", "group: actors", 7, "Did you mean actor"),
    ("nodes/Role.yaml", "level: type", "level: kind", 8, "Known: instance, type"),
    ("nodes/Role.yaml", "[卡贩子]", "[卡商]", 10, "Keep one"),
    ("nodes/Role.yaml", "[卡贩子]", "[卡贩子, 卡贩子]", 10, "Remove one"),
    ("nodes/Role.yaml", "(?P<n>{num})", "(?P<n>{num}", 14, "Correct it"),
    ("nodes/Role.yaml", "'(?P<n>{num})号段'", "'(?P<n>{num})?'", 14, "Make a part"),
    ("nodes/Role.yaml", "{n}段", "{m}段", 14, "(?P<m>"),
    ("nodes/Role.yaml", "finds: [卡商]", "none: [号商]", 16, "Copy it from the text"),
    ("nodes/Role.yaml", ", finds: [卡商]", "", 16, "Give finds"),
    ("nodes/Role.yaml", "type: Role", "type: Rolle", 1, "Rename the file"),
    ("nodes/Role.yaml", "shape: ellipse", "shape: ellipse\nshape: ellipse", 6, "Remove one"),
    ("nodes/Role.yaml", "label: {zh", "label: [zh", 2, "Correct the YAML"),
    ("nodes/Role.yaml", "[卡贩子]", "[黑卡]", 10, "nodes/Good.yaml:10"),
    ("nodes/Good.yaml", GOOD, "", 1, "Define its type"),
    ("edges/SELLS.yaml", "source: [Role]", "source: [Rolle]", 5, "Did you mean Role"),
    ("edges/SELLS.yaml", "subject: agent", "subject: agnet", 13, "Did you mean agent"),
    ("edges/SELLS.yaml", "{price: price}}", "{price: cost}}", 13, "Known: agent"),
    ("edges/SELLS.yaml", "{price: price}}", "{prise: price}}", 13, "Declare it"),
    ("edges/SELLS.yaml", "type: money", "type: coins", 8, "Known: text"),
    ("edges/SELLS.yaml", "'{S}的{O}'", "'{S}的'", 15, "Mark both mentions"),
    ("edges/SELLS.yaml", "'{S}的{O}'", "'{S}的({O}'", 15, "Correct it"),
    ("edges/SELLS.yaml", "[卡商, 黑卡]", "[卡商]", 17, "Write edge"),
    ("edges/SELLS.yaml", ", none: true", "", 18, "none: true"),
    ("edges/SELLS.yaml", "id: sell, ", "", 13, "Add id"),
    ("edges/SELLS.yaml", "'{S}的{O}'", "'(?P<S>从){S}的{O}'", 15, "Correct it"),
    ("nodes/Role.yaml", "id: segment, ", "", 14, "Add id"),
    ("nodes/Role.yaml", "{n}段", "{n段", 14, "Write {0}"),
    ("edges/SELLS.yaml", "modality: asserted", "modality: sure", 17, "Known: asserted"),
    ("edges/SELLS.yaml", "[alleged]", "[negated]", 10, "Known: alleged, hypothetical"),
    ("edges/SELLS.yaml", "direction: along", "direction: down", 11, "Known: along, against, both"),
    ("edges/SELLS.yaml", "cost: 2.5", "cost: 0", 11, "Write one"),
    ("edges/SELLS.yaml", "cost: 2.5", "cost: nan", 11, "Write one"),
    ("edges/SELLS.yaml", "how: {type: text", "how: {type: money", 9, "Write type: text"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "remedy"), BAD)
def test_a_bad_file_stops_with_its_name_the_line_and_a_remedy(
    tmp_path: Path, name: str, old: str, new: str, line: int, remedy: str
) -> None:
    assert old in FILES[name]
    folder = write(tmp_path / "s", {**FILES, name: FILES[name].replace(old, new, 1)})
    with pytest.raises(SchemaError, match=re.escape(remedy)) as caught:
        load_schema(folder)
    assert str(caught.value).startswith(f"{name}:{line}: ")


def test_an_empty_folder_and_an_unknown_one_are_told_apart_from_a_schema(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="no schema files"):
        load_schema(tmp_path)
    with pytest.raises(SchemaError, match="Use nodes, edges, words"):
        load_schema(write(tmp_path / "s", {**FILES, "notes/Role.yaml": ROLE}))


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "s", FILES)
    (folder / "nodes/Role.yaml").write_bytes(ROLE.encode("gb18030"))
    with pytest.raises(SchemaError, match=r"nodes/Role\.yaml: .*UTF-8"):
        load_schema(folder)


def test_the_version_follows_the_content_and_not_the_line_ends(tmp_path: Path) -> None:
    base = load_schema(write(tmp_path / "a", FILES))
    windows = {name: text.replace("\n", "\r\n") for name, text in FILES.items()}
    changed = {**FILES, "nodes/Role.yaml": ROLE.replace("卡贩子", "卡贩")}
    assert load_schema(write(tmp_path / "b", windows)).version == base.version
    assert load_schema(write(tmp_path / "c", changed)).version != base.version


def test_what_the_cache_gives_back_equals_what_was_parsed(tmp_path: Path) -> None:
    schema = load_schema(write(tmp_path / "s", FILES))
    assert _schema_cache.kept(schema.version) == schema
    assert pickle.loads(pickle.dumps(schema)) == schema


def test_a_damaged_cache_is_parsed_again(tmp_path: Path) -> None:
    schema = load_schema(write(tmp_path / "s", FILES))
    for file in (tmp_path / "cache/kg").iterdir():
        file.write_text(file.read_text()[:-20])
    assert _schema_cache.kept(schema.version) is None


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load_schema(write(tmp_path / "s", FILES)).nodes


def test_the_ontology_that_kg_brings_has_its_20_node_types(schema: Schema) -> None:
    assert sorted(schema.nodes) == sorted(NODES)
    assert schema.edges
    assert schema.words


class _Read(dict[str, tuple[str, ...]]):
    """Word classes that note which of them are looked up."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(words)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> tuple[str, ...]:
        self.seen.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.seen.add(name)
        return super().get(name, default)


def test_every_word_class_is_read_on_the_way_to_the_graph(schema: Schema) -> None:
    words = _Read(schema.words)
    text = "警方发现张某向他人出售电话卡。"
    document = Document("d", "", "", text, (Sentence(0, len(text), 0),), ())
    noting = replace(schema, words=words, version="noted")
    is_chrome(text, noting)
    resolve([extract(document, noting)], schema=noting)
    assert sorted(words.seen) == sorted(schema.words)


def test_loading_twice_gives_the_same_object(schema: Schema) -> None:
    assert load_schema() is schema


def test_a_start_that_finds_the_cache_needs_no_yaml_parser(schema: Schema) -> None:
    code = "import sys, kg.schema as s; s.load_schema(); print('yaml' in sys.modules)"
    for expected in ("True", "False"):
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert run.stdout.strip() == expected, run.stderr


def test_every_surface_form_stands_once(schema: Schema) -> None:
    forms = [
        form
        for node in schema.nodes.values()
        for term in node.terms
        for form in (term.name, *term.variants)
    ]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("name", NODES)
def test_a_node_type_has_four_positive_and_two_negative_examples(schema: Schema, name: str) -> None:
    examples = schema.nodes[name].examples
    assert sum(bool(example.finds) for example in examples) >= 4
    assert sum(bool(example.none) for example in examples) >= 2


def test_no_two_node_types_share_their_look(schema: Schema) -> None:
    looks = [(node.colour, node.shape) for node in schema.nodes.values()]
    assert len(looks) == len(set(looks))


def test_every_person_found_by_pattern_is_scoped_to_its_document(schema: Schema) -> None:
    patterns = schema.nodes["Person"].patterns
    assert all(found.scoped and found.level is Level.INSTANCE for found in patterns)


def _patterns(schema: Schema) -> Iterator[tuple[NodeType, Pattern]]:
    for node in schema.nodes.values():
        for found in node.patterns:
            yield node, found


HARD = ("一", "1", "王某", "张三、", "“a", "江苏省", "某公司", "非法", "每张", "12,", "涉嫌和")


@pytest.mark.parametrize("unit", HARD)
def test_no_pattern_backtracks_without_end(schema: Schema, unit: str) -> None:
    text = (unit * 5000)[:5000]
    for node, found in _patterns(schema):
        regex = re.compile(found.regex)
        start = time.process_time()
        for _ in regex.finditer(text):
            pass
        assert time.process_time() - start < 0.5, f"nodes/{node.name}.yaml#{found.id}"


def test_every_modality_has_labels_of_its_own_in_both_languages() -> None:
    labels = [load_schema().modalities[modality] for modality in Modality]
    assert len({label.zh for label in labels}) == len({label.en for label in labels}) == 5


DOUBTED = "type: NAME\nlabel: {zh: 存疑, en: doubted}\ndescription: {zh: 存疑, en: doubted}\n"


def test_a_modality_is_called_as_its_file_says_also_from_the_cache(tmp_path: Path) -> None:
    files = {**FILES, "modalities/alleged.yaml": DOUBTED.replace("NAME", "alleged")}
    schema = load_schema(write(tmp_path / "s", files))
    assert schema.manner(Modality.ALLEGED).zh == "存疑"
    assert schema.manner(Modality.NEGATED).zh == "negated"
    assert _schema_cache.kept(schema.version) == schema


def test_a_modality_that_kg_does_not_know_is_a_mistake_in_its_file(tmp_path: Path) -> None:
    files = {**FILES, "modalities/doubted.yaml": DOUBTED.replace("NAME", "doubted")}
    with pytest.raises(SchemaError, match=r"modalities/doubted.yaml:1: unknown modality doubted"):
        load_schema(write(tmp_path / "s", files))
