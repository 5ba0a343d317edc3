"""The page that Neo4j serves, opened as a person would, over a database that `kg load` filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.record import Record
from kg.store.cypher.load import load

if TYPE_CHECKING:
    from neo4j import Session
    from playwright.sync_api import Page

QUERY = "MATCH p = (:Role {name: '卡商'})-[:SUPPLIES]-(:Role) RETURN p"


def test_neo4j_browser_draws_what_a_load_put_there(
    page: Page, database: Session, sample_record: Record
) -> None:
    load(database, sample_record.graph(), sample_record.edition())
    page.get_by_test_id("activeEditor").click()
    page.keyboard.insert_text(QUERY)
    page.get_by_test_id("editor-Run").click()
    page.locator("svg g.node", has_text="卡商").first.wait_for()
    nodes = page.locator("svg g.node")
    counted = database.run(f"{QUERY} UNWIND nodes(p) AS n WITH DISTINCT n RETURN count(n) AS count")
    assert nodes.count() == counted.single(strict=True)["count"] > 1
