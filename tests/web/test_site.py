"""The static site as files, and in a real browser."""

from __future__ import annotations

import functools
import hashlib
import http.server
import io
import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import html5lib
import lxml.html
import pdfplumber
import pyoxigraph
import pytest

from coopdec.errors import StorageError, UsageError
from coopdec.pipeline import Options, Summary, build
from coopdec.vocab import BASE as OURS
from coopdec.web.pages.addresses import file_name
from coopdec.web.site import SiteOptions, write_site
from tests.conftest import Once
from tests.web.conftest import Server, serious, visiting
from tests.web.made import BASE, hard_release


@pytest.fixture(scope="module")
def site(release: Summary, once: Once) -> Path:
    return once("site", lambda folder: write_site(release.output, folder / "www")) / "www"


@pytest.fixture(scope="module")
def hard_site(once: Once) -> Path:
    def make(folder: Path) -> None:
        release = hard_release(folder / "release")
        write_site(release, folder / "www", SiteOptions(base=BASE, root="/sous/"))

    return once("hard-site", make) / "www"


def dead_links(site: Path, base: str, root: str) -> set[str]:
    """Addresses on the site's pages that lead to no file of it."""
    stated: dict[str, Path] = {}  # where an address stands first
    for file in sorted(site.rglob("*.html")):
        page = lxml.html.fromstring(file.read_bytes())
        for found in page.xpath("//@href|//@src"):
            stated.setdefault(str(found), file.relative_to(site))
    dead = set()
    for found, page in stated.items():
        parts = urlsplit(root + found[len(base):] if found.startswith(base) else found)
        if parts.scheme or not parts.path:
            continue
        path = unquote(parts.path)
        if not path.startswith(root):
            dead.add(f"{found} outside {root}")
            continue
        target = site / path[len(root):]
        if not (target / "index.html" if path.endswith("/") else target).is_file():
            dead.add(f"{found} on {page}")
    return dead


def test_every_internal_link_resolves(site: Path, hard_site: Path) -> None:
    assert not dead_links(site, OURS, "/")
    assert not dead_links(hard_site, BASE, "/sous/")


@pytest.mark.parametrize("name", ["site", "hard_site"])
def test_every_iri_of_the_dumps_has_a_page_and_data(
        name: str, request: pytest.FixtureRequest, release: Summary) -> None:
    site: Path = request.getfixturevalue(name)
    base = OURS if name == "site" else BASE
    dumps = ([*release.output.glob("*.nt"), *release.output.glob("*.ttl")] if name == "site"
             else [site.parent / "release/coopdec.nt"])
    iris = {t.value for dump in dumps for quad in pyoxigraph.parse(path=str(dump))
            for t in (quad.subject, quad.predicate, quad.object)
            if isinstance(t, pyoxigraph.NamedNode) and t.value.startswith(base)}
    documents = {iri[len(base):].partition("#")[0] for iri in iris} - {""}
    assert len(documents) > 60
    missing = [d for d in documents if not os.path.isfile(site / d) and not all(  # noqa: PTH113
        (site / f"{file_name(d)}{suffix}").is_file() for suffix in (".html", ".ttl", ".jsonld"))]
    assert not missing
    # What a page's data say is what the dump says of the resource.
    for suffix, form in ((".ttl", pyoxigraph.RdfFormat.TURTLE),
                         (".jsonld", pyoxigraph.RdfFormat.JSON_LD)):
        path = "country/ML"
        said = set(map(str, pyoxigraph.parse(
            (site / f"{path}{suffix}").read_bytes(), format=form)))
        dump = {str(q) for q in pyoxigraph.parse(path=str(dumps[0]))
                if str(q.subject).strip("<>").partition("#")[0] == base + path}
        assert said == dump


def test_pages_parse_strictly_and_are_light(site: Path) -> None:
    kinds: dict[str, int] = {}
    for file in sorted(site.rglob("*.html")):
        if file.name == "report.html":  # a file of the release, checked where it is made
            continue
        assert file.stat().st_size < 150_000, file
        kind = str(file.parent)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] == 1:  # the strict parser takes its time
            html5lib.HTMLParser(strict=True).parse(file.read_bytes())
    assert (site / "static/world.svg").stat().st_size < 200_000


def test_the_release_is_there_whole(site: Path, release: Summary) -> None:
    for line in (site / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((site / name).read_bytes()).hexdigest() == digest
        assert (site / name).read_bytes() == (release.output / name).read_bytes()


def test_sitemap_names_every_page_and_robots_names_it(site: Path) -> None:
    assert f"Sitemap: {OURS}sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    listed = set()
    for part in site.glob("sitemap-*.xml"):
        listed |= set(re.findall(r"<loc>([^<]*)</loc>", part.read_text("utf-8")))
    assert f"{OURS}en/country/ML.html" in listed
    for address in listed:
        path = unquote(address[len(OURS):])
        file = site / (path + "index.html" if not path or path.endswith("/") else path)
        assert file.is_file(), address


def test_the_same_bytes_whatever_the_workers(
        hard_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coopdec.web.site._STRETCH", 20)
    write_site(hard_site.parent / "release", tmp_path / "www",
               SiteOptions(base=BASE, root="/sous/", workers=2))
    one, other = ({p.relative_to(f): hashlib.sha256(p.read_bytes()).digest()
                   for p in f.rglob("*") if p.is_file()} for f in (hard_site, tmp_path / "www"))
    assert one == other


# -- bad input

def test_what_is_not_ours_is_left_alone(release: Summary, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(UsageError) as error:
        write_site(release.output, theirs)
    assert error.value.code == "site-not-ours"
    assert [p.name for p in theirs.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("target", [".", "..", "inside/site"])
def test_a_site_never_takes_the_release_with_it(
        release: Summary, tmp_path: Path, target: str) -> None:
    folder = tmp_path / "a" / "output"
    shutil.copytree(release.output, folder)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError):
        write_site(folder, folder / target)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_site_that_cannot_be_written_leaves_the_former_one(
        hard_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coopdec.web.pages.written import Writer

    shutil.copytree(hard_site, tmp_path / "www")
    before = sorted(tmp_path.rglob("*"))

    def full(self: Writer, name: str, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Writer, "write", full)
    with pytest.raises(StorageError):
        write_site(hard_site.parent / "release", tmp_path / "www", SiteOptions(base=BASE))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(("arguments", "said"), [
    (["nowhere"], "nowhere"), (["--root-path", "x"], "« x »"),
    (["--address", "example.org"], "example.org")])
def test_one_clear_line_for_wrong_use(arguments: list[str], said: str, tmp_path: Path,
                                      capsys: pytest.CaptureFixture[str]) -> None:
    from coopdec.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["site", *arguments, "-o", str(tmp_path / "www"), "--lang", "fr"])
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert not (tmp_path / "www").exists()


# -- in a browser


@contextmanager
def visit(browser: Any, folder: Path, root: str, width: int, **options: Any) -> Iterator[Any]:
    """A page on the site, which is served over loopback under ``root``."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.root = root  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with visiting(browser, f"http://127.0.0.1:{server.server_port}{root}",
                          viewport={"width": width, "height": 900}, **options) as page:
                yield page
        finally:
            server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        root = self.server.root  # type: ignore[attr-defined]
        return super().translate_path("/" + path.removeprefix(root))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def _serious(page: Any) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return serious(page)


def test_pages_are_accessible_and_stay_at_home(browser: Any, site: Path) -> None:
    project = next((site / "project").rglob("*.html"))
    while project.name == "index.html" or project.name.startswith("page-"):
        project = next(p for p in (site / "project").rglob("*.html") if p.parent.name != "project")
    paths = ["", "en/project/", str(project.relative_to(site)), "country/ML.html", "goal/",
             "data.html", "query/projects-by-country.html"]
    with visit(browser, site, "/", 390) as page:
        for path in paths:
            page.goto(path)
            assert not _serious(page), path
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_hard_data_break_no_page(browser: Any, hard_site: Path) -> None:
    with visit(browser, hard_site, "/sous/", 390) as page:
        for path in ("project/x/0.html", "project/x/1.html", "project/x/2.html",
                     "project/x/4.html", "project/x/5.html", "project/"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert not _serious(page)


def test_search_facet_language_and_csv_in_the_browser(browser: Any, site: Path) -> None:
    from playwright.sync_api import expect

    with visit(browser, site, "/", 1280) as page:
        page.goto("")
        page.fill("#q", "SANTE nutrition")
        page.press("#q", "Enter")
        expect(page.locator(".card")).to_have_count(1)
        page.goto("project/")
        page.click("[data-facet=country] a[data-value=ML]")
        page.wait_for_url("**/project/?country=ML")
        expect(page.locator(".card")).to_have_count(6)
        page.click("[data-facet=theme] a[data-value='16']")
        expect(page.locator(".card")).to_have_count(2)
        with page.expect_download() as download:
            page.click("#csv")
        lines = Path(download.value.path()).read_text("utf-8").splitlines()
        assert len(lines) == 3
        assert all("Mali" in line for line in lines[1:])
        page.go_back()
        expect(page.locator(".card")).to_have_count(6)
        expect(page.locator("[data-facet=country] .more > summary")).to_have_text("31 autres")
        page.fill("#q", "l'eau à Ségou")
        page.press("#q", "Enter")
        expect(page.locator("#results-title")).to_have_text("Aucun projet ne répond à ces choix.")
        for hidden in (".sparql", "#csv", "[data-facet=theme]"):  # they told of the whole list
            expect(page.locator(hidden)).to_be_hidden()
        page.click("text=English")
        page.wait_for_url("**/en/project/?q=*&country=ML")
        page.click("#clear a")
        expect(page.locator(".card")).to_have_count(25)
        page.goto("country/ML.html")
        page.click("text=English")
        page.wait_for_url("**/en/country/ML.html")
        page.focus(".map a.dot")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/territory/**")


def test_the_browser_finds_what_the_server_finds(browser: Any, site: Path, server: Server
                                                 ) -> None:
    """Projects, pages of the words, words that were meant, each word by itself."""
    from playwright.sync_api import expect

    told = """() => [...document.querySelectorAll(".hits li a, .results p a, .card h3 a")]
      .filter(e => e.checkVisibility() && !e.closest("#clear, .actions"))
      .map(e => e.textContent.trim())"""
    searches = ("ODD 6", "odd n°11", "eau", "Germany", "assanissement", "potable", "culture",
                "l'eau à Ségou", "Bamakoo jeunesse", "zzzz")
    found: dict[str, list[str]] = {}
    with visit(browser, site, "/", 1280) as page:
        for words in searches:
            page.goto(f"project/?q={quote(words)}")
            expect(page.locator("#q")).to_have_value(words)
            found[words] = page.evaluate(told)
    with visiting(browser, server.url) as page:
        for words in searches:
            page.goto(f"project/?q={quote(words)}")
            assert sorted(found[words]) == sorted(page.evaluate(told)), words
    assert found["assanissement"] == ["assainissement"]
    assert "Eau propre et assainissement" in found["ODD 6"]
    assert not found["zzzz"]


@pytest.mark.usefixtures("unjudged")
def test_a_list_with_nothing_to_refine_is_searched(browser: Any, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    (tmp_path / "liste.csv").write_text(
        "Chef de file;Partenaire;Pays;Titre\nBrest;Ségou;Mali;Lecture\n", "utf-8")
    build([tmp_path / "liste.csv"], tmp_path / "out", Options())
    write_site(tmp_path / "out", tmp_path / "www")
    with visit(browser, tmp_path / "www", "/", 1280) as page:
        page.goto("project/?q=eau")
        expect(page.locator("#results-title")).to_have_text("Aucun projet ne répond à ces choix.")
        expect(page.locator(".facets")).to_have_count(0)
        page.fill("#q", "lecture")
        page.press("#q", "Enter")
        expect(page.locator("#results-title")).to_have_text("1 projet")
        expect(page.locator(".sparql")).to_be_hidden()


def test_everything_reads_without_javascript(browser: Any, site: Path) -> None:
    with visit(browser, site, "/", 1280, java_script_enabled=False) as page:
        page.goto("project/")
        assert page.locator(".card").count() == 25
        page.click("a[rel=next]")
        assert page.locator(".card").count() == 11
        page.click("[data-facet=country] a[data-value=ML]")
        assert page.url.endswith("/country/ML.html")
        assert page.locator(".card").count() == 6


def test_the_keyboard_shows_where_it_is(browser: Any, site: Path) -> None:
    """Each stop has a ring, or on the map another colour; no stop is a trap."""
    shown = """() => { const e = document.activeElement; if (e === document.body) return null;
      const s = getComputedStyle(e), part = e.querySelector("path, circle");
      return [e.textContent.trim(), s.outlineStyle !== "none" && s.outlineWidth !== "0px"
        || e.closest("svg") !== null && getComputedStyle(part).fill]; }"""
    with visit(browser, site, "/", 1280) as page:
        for path, most in (("", 150), ("country/ML.html", 150)):
            page.goto(path)
            stops = []
            for _ in range(most):
                page.keyboard.press("Tab")
                if (stop := page.evaluate(shown)) is None:
                    break
                stops.append(stop)
            assert 30 < len(stops) < most
            assert stops[0] == ["Aller au contenu", True]
            on_map = {ring for _, ring in stops if isinstance(ring, str)}
            assert len(on_map) == 1, on_map
            assert all(ring for _, ring in stops), [t for t, ring in stops if not ring]
        page.goto("")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_paper_shows_what_the_screen_scrolls(browser: Any, site: Path) -> None:
    cut = """() => [...document.querySelectorAll("main *")].filter(e => e.checkVisibility()
      && e.clientWidth > 2 && e.scrollWidth > e.clientWidth + 2
      && (getComputedStyle(e).overflowX !== "visible" || e.tagName === "PRE"))
      .map(e => e.outerHTML.slice(0, 80))"""
    with visit(browser, site, "/", 718) as page:  # A4 without its margins
        page.emulate_media(media="print")
        for path in ("project/", "country/ML.html", "query/projects-by-country.html",
                     "ontology.html", "data.html"):
            page.goto(path)
            assert page.evaluate(cut) == [], path
        page.goto("project/")
        title = page.locator(".card h3").first.inner_text()
        with pdfplumber.open(io.BytesIO(page.pdf(format="A4"))) as printed:
            first = printed.pages[0].extract_text()
        assert title.split()[0] in first.partition("36 projets")[2]


def test_the_search_file_holds_every_project(site: Path) -> None:
    for lang in ("fr", "en"):
        said = json.loads((site / f"search-{lang}.json").read_text("utf-8"))
        assert len(said["projects"]) == 36
        assert all(len(p) == 4 + len(said["facets"]) for p in said["projects"])
