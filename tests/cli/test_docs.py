"""What docs/ shows is what happens: its commands, its Cypher, its YAML.

In a block ```console a line `$ kg …` is run in a folder that has the sample articles in
`articles/`, and a record of them in `out/`; each line below it stands somewhere in what is
printed, and `[exit 2]` is the exit code, else 0.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.errors import SchemaError
from kg.pipeline import extraction_json
from kg.record import Record
from kg.schema import Schema, load_schema, schema_folder
from kg.view.paths import find_paths
from tests.conftest import GraphSketch

if TYPE_CHECKING:
    from neo4j import Session

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))
NOT_OURS = ("docker", "pip", "export")


def blocks(page: str, language: str) -> list[str]:
    found: list[str] = re.findall(
        rf"^```{language}\n(.*?)^```$", (DOCS / page).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return found


def commands(page: str) -> Iterator[tuple[list[str], list[str]]]:
    """The words of each `kg` command, and the lines shown below it."""
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *shown = part.splitlines()
            program, *words = shlex.split(line)
            assert program == "kg" or program in NOT_OURS, line
            if program == "kg":
                yield words, [one.strip() for one in shown if one.strip()]


def plain(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text)


@pytest.fixture
def folder(samples: Path, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(samples, tmp_path / "articles")
    shutil.copytree(record, tmp_path / "out")
    shutil.copytree(ROOT / "notebooks" / "data", tmp_path / "notebooks" / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check_commands(page: str, run: Any) -> None:
    for words, shown in commands(page):
        code = 0
        result = run(*words)
        for line in shown:
            if found := re.fullmatch(r"\[exit (\d)\]", line):
                code = int(found[1])
            else:
                assert plain(line) in plain(result.output), (words, line)
        assert result.exit_code == code, (words, result.output)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "neo4j.md"])
def test_every_command_of_a_page_does_what_the_page_shows(
    page: str, run: Any, folder: Path
) -> None:
    check_commands(page, run)


def test_the_commands_of_the_neo4j_page_do_what_the_page_shows(
    run: Any, folder: Path, neo4j: Any, database: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)

    def there(*words: str) -> Any:
        return run(*(word.replace("neo4j://localhost:7687", neo4j.uri) for word in words))

    check_commands("neo4j.md", there)
    check_answers(lambda text: [list(row) for row in database.run(text).values()])


def test_the_embedded_engine_gives_the_same_answers_to_the_queries_of_the_page(
    record: Path,
) -> None:
    from kg.store.cypher.embedded import embedded

    opened = Record.open(record)
    with embedded(opened.edition(), opened.graph) as found:
        check_answers(lambda text: [list(row) for row in found.ask(text).rows])


def check_answers(ask: Any) -> None:
    page = (DOCS / "neo4j.md").read_text("utf-8")
    answers = re.findall(
        r"^```cypher\n(.*?)^```\n\n((?:\|[^\n]*\n)+)", page, re.DOTALL | re.MULTILINE
    )
    assert len(answers) == 5
    for text, table in answers:
        _, _, *rows = [[cell.strip() for cell in line.strip("|\n").split("|")]
                       for line in table.splitlines()]  # fmt: skip
        assert [[_cell(value) for value in row] for row in ask(text)] == rows, text


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


@pytest.fixture(scope="module")
def own_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of schemas/ with the types that the page adds."""
    target = tmp_path_factory.mktemp("own") / "schemas"
    shutil.copytree(schema_folder(), target)
    for text in blocks("add-a-type.md", "yaml"):
        [name] = re.findall(r"^type: (\w+)", text, re.MULTILINE)
        kind = "edges" if "\nsource: " in text else "nodes"
        (target / kind / f"{name}.yaml").write_text(text, encoding="utf-8")
    return target


def found_in(text: str, schema: Schema, folder: Path) -> dict[str, Any]:
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    [document] = kg.read.read([path])
    assert isinstance(document, kg.Document)
    return extraction_json(kg.extract(document, schema))


def test_the_types_of_the_page_find_what_their_examples_say(
    own_schema: Path, tmp_path: Path
) -> None:
    schema = load_schema(own_schema)
    recruits, venue = schema.edges["RECRUITS"], schema.nodes["Venue"]
    for example in recruits.examples:
        found = found_in(example.text, schema, tmp_path)
        names = {entity["id"]: entity["name"] for entity in found["entities"]}
        edges = {
            (names[one["subject"]], names[one["object"]])
            for one in found["relations"]
            if one["type"] == "RECRUITS"
        }
        assert edges == ({example.edge} if example.edge else set()), example.text
    for example in venue.examples:
        mentions = {
            mention["text"]
            for entity in found_in(example.text, schema, tmp_path)["entities"]
            if entity["type"] == "Venue"
            for mention in entity["mentions"]
        }
        assert set(example.finds) <= mentions
        assert not set(example.none) & mentions


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("经查，犯罪嫌疑人王某招募卡商3人。", "alleged"),
        ("王某犯诈骗罪，被判处有期徒刑三年。经审理查明，王某招募卡商3人。", "asserted"),
        ("诈骗团伙可能招募卡商。", "hypothetical"),
        ("王某没有招募卡商。", "negated"),
    ],
)
def test_a_type_of_ones_own_is_put_as_the_text_puts_it(
    own_schema: Path, tmp_path: Path, text: str, modality: str
) -> None:
    relations = found_in(text, load_schema(own_schema), tmp_path)["relations"]
    assert [one["modality"] for one in relations if one["type"] == "RECRUITS"] == [modality]


def test_the_examples_of_the_page_have_the_properties_that_they_say(
    own_schema: Path, tmp_path: Path
) -> None:
    schema = load_schema(own_schema)
    told = [example for example in schema.edges["RECRUITS"].examples if example.attrs]
    for example in told:
        assert example.attrs.items() <= attrs_in(example.text, schema, tmp_path).items()
    values = attrs_in(told[1].text, schema, tmp_path)
    assert (values["pay_value"], values["pay_unit"]) == ("300", "CNY/天")
    assert (values["term_value"], values["term_unit"]) == ("6", "月")
    assert attrs_in(told[2].text, schema, tmp_path)["share_value"] == "0.3"


def attrs_in(text: str, schema: Schema, folder: Path) -> dict[str, str]:
    """The properties of the only RECRUITS in a text."""
    [attrs] = [
        relation["attrs"]
        for relation in found_in(text, schema, folder)["relations"]
        if relation["type"] == "RECRUITS"
    ]
    assert isinstance(attrs, dict)
    return attrs


@pytest.mark.parametrize(
    ("text", "attrs"),
    [
        ("王某招募卡商20余人。", {"n": "20余人", "n_value": "20-30", "n_unit": "人"}),
        ("王某用Telegram招募卡商。", {"via": "Telegram"}),
        ("2020年3月，王某招募卡商。", {"since": "2020年3月", "since_value": "2020-03"}),
        ("王某线下招来卡商。", {"via": "线下"}),
    ],
)
def test_a_property_is_filled_by_what_the_frame_or_template_says(
    own_schema: Path, tmp_path: Path, text: str, attrs: dict[str, str]
) -> None:
    folder = shutil.copytree(own_schema, tmp_path / "schemas")
    path = folder / "edges" / "RECRUITS.yaml"
    page = path.read_text("utf-8").replace("attrs: {quantity: patient.quantity, place: place, "
        "pay: price", "attrs: {n: patient.quantity, via: by, since: time, pay: price")  # fmt: skip
    page = page.replace(
        "properties:\n",
        """properties:
  n: {type: number, unit: 人, zh: 人数, en: number}
  via: {type: text, zh: 渠道, en: by what}
  since: {type: date, zh: 起始, en: since}
""",
    )
    page = page[: page.index("examples:")] + (
        "templates:\n  - {id: cut, pattern: '{S}(?P<via>线上|线下)招来{O}'}\n"
    )
    path.write_text(page, "utf-8")
    found = attrs_in(text, load_schema(folder), tmp_path)
    assert attrs.items() <= found.items()


def test_a_chain_goes_through_a_type_of_ones_own(own_schema: Path, sketch: GraphSketch) -> None:
    sketch.edge("Group:诈骗团伙", "RECRUITS", "Role:号商")
    sketch.edge("Role:卡商", "SUPPLIES", "Role:号商")
    ends = [sketch.entity("Role:卡商")], [sketch.entity("Group:诈骗团伙")]
    [chain] = find_paths(sketch.graph(), load_schema(own_schema), *ends)
    assert [hop.relation.type for hop in chain.hops] == ["SUPPLIES", "RECRUITS"]
    assert find_paths(sketch.graph(), load_schema(), *ends) == []


def test_the_mistake_that_the_page_shows_is_told_in_these_words(
    own_schema: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(own_schema, tmp_path / "schemas")
    path = folder / "edges" / "RECRUITS.yaml"
    path.write_text(path.read_text("utf-8").replace("subject: agent", "subject: boss"), "utf-8")
    with pytest.raises(SchemaError) as told:
        load_schema(folder)
    assert str(told.value) in (DOCS / "add-a-type.md").read_text("utf-8")


def test_every_link_of_a_page_leads_to_a_file() -> None:
    for page in PAGES:
        for link in re.findall(r"\]\(([^)#:]+)\)", (DOCS / page).read_text("utf-8")):
            assert (DOCS / link).exists(), (page, link)
