"""Make the pictures of the README: `python scripts/pictures.py`.

Needs Chromium (apt-get install chromium fonts-noto-cjk) and `pip install -e '.[dev]'`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import kg
from kg.schema import load_schema
from kg.view.lookup import Lookup
from kg.view.page import contexts, page
from kg.view.svg.chain import draw_chain
from kg.view.text import Wording
from kg.view.views import load_views

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "kg" / "_samples"
WINDOW = {"width": 1160, "height": 680}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record"
        kg.build([SAMPLES], record)
        viewer(record, ROOT / "docs" / "viewer.png")
        chain(record, ROOT / "docs" / "chain.svg")


def chain(record: Path, picture: Path) -> None:
    """The supply chain of the sample articles, few enough to read in a README."""
    schema = load_schema()
    wording = Wording(Lookup(kg.Record.open(record).graph()), schema)
    picture.write_text(draw_chain(wording, load_views(schema), top=2) + "\n", encoding="utf-8")


def viewer(record: Path, picture: Path) -> None:
    """The viewer with the sentence behind one edge of the chain."""
    source = kg.Record.open(record)
    graph, schema = source.graph(), load_schema()
    around = contexts(graph, (extraction.document for extraction in source.extractions()))
    html = record / "graph.html"
    html.write_text(page(graph, schema, load_views(schema), around), encoding="utf-8")
    ids = {entity.name: entity.id for entity in graph.entities}
    [edge] = [
        relation.id
        for relation in graph.relations
        if (relation.subject, relation.object) == (ids["卡商"], ids["号商"])
        and relation.type == "SUPPLIES"
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(viewport=WINDOW, color_scheme="light", reduced_motion="reduce")
        tab.goto(f"{html.as_uri()}#edge={edge}")
        tab.wait_for_function("window.kgView && kgView.labels().length > 0")
        picture.parent.mkdir(exist_ok=True)
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
