"""The whole way of a visitor, in a real browser on a real server: search, facet, map, the query
behind a page, the other language, a download; with no complaint and no word to anyone else.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Server, visiting


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    with visiting(browser, server.url, locale="fr-FR") as opened:
        yield opened


def test_a_visit(page: Page, tmp_path: Path) -> None:
    page.goto("")
    assert page.locator("html").get_attribute("lang") == "fr"
    # The map of the world leads to a country's page.
    page.locator("svg a[href$='country/ML.html']").first.click()
    page.wait_for_url("**/country/ML.html")
    expect(page.locator("h1")).to_contain_text("Mali")
    page.goto("")
    page.get_by_role("searchbox").first.fill("dechets")
    page.get_by_role("searchbox").first.press("Enter")
    page.wait_for_url("**/project/?*q=dechets*")
    found = page.locator("#cards > li").count()
    assert found >= 1
    page.goto("project/")
    page.locator("details.facet[data-facet=country] a", has_text="Mali").first.click()
    page.wait_for_url("**/project/?*country=ML*")
    expect(page.locator("#results-title")).to_contain_text("6")
    expect(page.locator("#cards > li")).to_have_count(6)
    with page.expect_download() as waiting:
        page.locator("a[href*='project.csv']").click()
    target = tmp_path / "mali.csv"
    waiting.value.save_as(target)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["iso2"] for row in rows} == {"ML"}
    assert len(rows) == 6
    # The other language keeps what was chosen.
    page.locator("nav.langs a[hreflang=en]").click()
    page.wait_for_url("**/en/project/?*country=ML*")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("#cards > li")).to_have_count(6)
    page.locator("#cards a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "/en/project/" in page.url


def test_the_query_behind_a_page_runs(page: Page) -> None:
    page.goto("project/?country=ML")
    link = page.locator("main a[href*='sparql']").first
    address = link.get_attribute("href") or ""
    assert "query=" in address
    page.goto(address.replace("sparql.html", "sparql").partition("#")[0] + "&format=html")
    expect(page.locator("table tbody tr")).to_have_count(6)
