"""The page that Neo4j serves, opened as a person would, over a database that `kg load` filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.record import Record
from kg.store.cypher.load import load

if TYPE_CHECKING:
    from neo4j import Session
    from playwright.sync_api import Page

CHAIN = "MATCH p = (:Role {name: '卡商'})-[:SUPPLIES]-(:Role)"


def test_neo4j_browser_draws_what_a_load_put_there(
    page: Page, database: Session, sample_record: Record
) -> None:
    load(database, sample_record.graph(), sample_record.edition())
    page.get_by_test_id("activeEditor").click()
    page.keyboard.insert_text(f"{CHAIN} RETURN p")
    page.get_by_test_id("editor-Run").click()
    page.locator("svg g.node", has_text="卡商").first.wait_for()
    counted = database.run(f"{CHAIN} UNWIND nodes(p) AS n RETURN count(DISTINCT n)")
    assert page.locator("svg g.node").count() == counted.single(strict=True)[0] > 1
