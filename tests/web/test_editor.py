"""The SPARQL editor in a real browser, and the form for whoever has no JavaScript."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from coopdec.web.editor import built
from tests.web.conftest import Server, serious, visiting

_POINTS = """SELECT ?place ?label ?wkt { ?place a cd:Commune ; rdfs:label ?label ;
  geo:hasGeometry/geo:asWKT ?wkt FILTER(LANG(?label) = "fr") }"""
_COUNTS = """SELECT ?label (COUNT(?p) AS ?n) { ?p cd:partnerCountry/rdfs:label ?label
  FILTER(LANG(?label) = "fr") } GROUP BY ?label ORDER BY DESC(?n) ?label"""


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    if not built():
        pytest.skip("the editor is not built: make editor")
    with visiting(browser, server.url) as opened:
        yield opened


def rows(page: Page) -> int:
    page.wait_for_selector("#yasr .table-wrap")
    return page.locator("#yasr tbody tr").count()


def test_a_query_is_run_shown_sorted_and_downloaded(page: Page) -> None:
    page.goto(f"sparql.html#query={quote(_COUNTS)}")
    number = rows(page)
    assert number > 20
    assert page.locator(".yasr_response_chip").inner_text().startswith(f"{number} lignes")
    page.get_by_role("button", name="label", exact=True).click()
    first = page.locator("#yasr tbody tr td").first.inner_text()
    assert first == min((t.inner_text() for t in page.locator(
        "#yasr tbody tr td:first-child").all()), key=str.casefold)
    assert not serious(page)
    page.get_by_role("button", name="Graphique").click()
    assert page.locator(".editor-bar").count() == number
    assert not serious(page)
    page.get_by_role("button", name="Réponse brute").click()
    assert json.loads(page.locator(".editor-text").inner_text())["head"]["vars"] == ["label", "n"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger en CSV").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert lines[0] == "label,n"
    assert len(lines) == number + 1


def test_places_stand_on_a_map_on_a_telephone_in_the_dark(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.goto(f"sparql.html#query={quote(_POINTS)}")
    number = rows(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_text("Réponse brute")).to_be_visible()
    page.get_by_role("button", name="Carte").click()
    dots = page.locator(".editor-map circle")
    assert dots.count() == number
    assert page.locator(".editor-map a").first.get_attribute("href").startswith(  # type: ignore[union-attr]
        "/collectivity/commune/")
    expect(page.locator(".editor-map image")).to_be_visible()
    assert not serious(page)
    page.get_by_role("button", name="Monde entier").click()
    assert page.locator(".editor-map").get_attribute("viewBox", timeout=5000).startswith("0 0 ")  # type: ignore[union-attr]


def test_the_query_behind_a_page_opens_and_runs(page: Page) -> None:
    page.goto("project/?country=ML")
    shown = page.locator("#cards > li").count()
    asked = page.locator("details.sparql")
    asked.locator("summary").first.click()
    asked.locator("a[href*='sparql']").first.click()
    assert rows(page) == shown > 0
    assert "/country/ML>" in page.evaluate(
        "document.querySelector('.CodeMirror').CodeMirror.getValue()")


def test_an_example_is_filled_in_asked_and_linked(page: Page) -> None:
    page.goto("sparql.html")
    page.locator("main summary").first.click()
    page.get_by_text("Projets menés avec un pays").click()
    form = page.locator("form[data-query*='projects-by-country.rq']")
    form.locator("input").fill("Arménie")
    form.get_by_role("button").click()
    number = rows(page)
    assert number > 0
    assert '"AM"' in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    assert rows(page) == number
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("button", name="Run", exact=True).is_visible()


def test_our_terms_and_prefixes_are_offered(page: Page) -> None:
    page.goto("sparql.html")
    editor = "document.querySelector('.CodeMirror').CodeMirror"
    page.evaluate(f"(text) => {{ const e = {editor}; e.setValue(text); e.focus();"
                  " e.setCursor({line: 1, ch: 99}); }",
                  "PREFIX cd: <https://w3id.org/coopdec/ontology#>\nSELECT ?s { ?s a cd:Comm")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hint")
    assert page.locator(".CodeMirror-hint").all_inner_texts() == ["cd:Commune – commune"]
    page.keyboard.press("Enter")
    assert page.evaluate(f"{editor}.getValue()").endswith("a cd:Commune")


def test_a_query_that_is_wrong_is_said_where(server: Server, browser: Browser) -> None:
    if not built():
        pytest.skip("the editor is not built: make editor")
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    page.goto(f"sparql.html#query={quote('SELECT ?x { ?x ')}")
    alert = page.locator("#yasr [role=alert]")
    assert "ligne 1" in alert.inner_text()
    context.close()


def test_without_javascript_a_form_gives_a_table(server: Server, browser: Browser) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("sparql.html")
    page.locator("#plain-query").fill(_COUNTS)
    page.get_by_role("button", name="Exécuter").click()
    assert page.locator("main table tbody tr").count() > 20
    context.close()


# -- without a browser

def test_browsers_get_the_editor_and_programs_the_description(server: Server) -> None:
    assert 'id="plain-query"' in server.get("sparql", "text/html").text
    assert "sparql-service-description#" in server.get("sparql", "text/turtle").text
    page = server.get("sparql.html?query=ASK%20%7B%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page.text
    assert "unsafe-inline" not in page.headers["content-security-policy"]


def test_the_words_of_the_script_cannot_end_their_block(server: Server) -> None:
    page = server.get("en/sparql.html").text
    if not built():
        pytest.skip("the editor is not built: make editor")
    block = page.partition('id="editor-words">')[2].partition("</script>")[0]
    assert "<" not in block
    said = json.loads(block)
    assert said["words"]["run"] == "Run"
    assert said["prefixes"]["cd"] == "https://w3id.org/coopdec/ontology#"


def test_without_npm_the_build_says_so_and_breaks_nothing(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "src/coopdec/web/editor"
    folder = tmp_path / "web" / "editor"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run([sys.executable, "-I", "-S", str(folder / "build.py")],
                          env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "npm" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "web" / "static").exists()


def test_the_lock_names_no_registry() -> None:
    lock = Path(__file__).parents[2] / "src/coopdec/web/editor/package-lock.json"
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    assert all("resolved" not in p for p in packages.values())
    assert all(p.get("integrity", "").startswith("sha512-")
               for name, p in packages.items() if name)
