"""Pages from a data set: what they show, whatever the data hold and wherever they are."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from string import Formatter
from urllib.parse import parse_qs, unquote, urlsplit

import html5lib
import lxml.html
import pyoxigraph
import pytest
import rdflib

from coopdec.dataset import Dataset
from coopdec.media import media_type
from coopdec.messages import LANGS, Lang
from coopdec.pipeline import Summary
from coopdec.release import ReleasedFile
from coopdec.text import fold
from coopdec.vocab import BASE as OURS
from coopdec.web.pages import Pages
from coopdec.web.pages.addresses import own_identifier
from coopdec.web.pages.documents import what
from coopdec.web.pages.facets import selection
from coopdec.web.pages.words import table
from tests.servers import sparql_server
from tests.web.made import BASE, HARD_TITLES, hard_release

WEB = Path(__file__).parent.parent.parent / "src/coopdec/web"


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder = hard_release(tmp_path_factory.mktemp("hard"))
    with Dataset(folder) as data:
        yield Pages(data, base=BASE, live=True)


@pytest.fixture(scope="module")
def real(release: Summary) -> Iterator[Pages]:
    with Dataset(release.output) as data:
        yield Pages(data, base=OURS, live=True)


def faults(html: str) -> list[str]:
    """What a strict parser and a careful reader find wrong with a page."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    found = [f"{code} {params}" for _, code, params in parser.errors]
    page = lxml.html.fromstring(html)
    found += [f"id {i}" for i, n in Counter(page.xpath("//@id")).items() if n > 1]
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4")]
    if levels.count(1) != 1 or levels[0] != 1 or any(
            b - a > 1 for a, b in pairwise(levels)):
        found.append(f"headings {levels}")
    found += [f"inline {a}" for a in page.xpath("//@style|//@onclick|//style|//script[not(@src) "
                                                "and not(@type='application/ld+json')]")]
    found += [f"no alt {i}" for i in page.xpath("//img[not(@alt)]")]
    return found


def every_path(pages: Pages) -> list[str]:
    lists = ["", "project/", "country/", "collectivity/", "territory/", "institution/", "goal/",
             "call/", "source/", "organisation/", "query/", "data", "about", "ontology"]
    return list(dict.fromkeys([*lists, *(path for _, path, _ in pages.index.paths())]))


def test_every_page_of_hard_data_is_sound(hard: Pages) -> None:
    # The sixtieth partner is like the first; a strict parser takes its time.
    paths = [p for p in every_path(hard) if not re.search(r"/p-\d|/own/", p)]
    for n, path in enumerate(paths):
        page = hard.page(path, LANGS[n % 2])
        assert page is not None, path
        found = faults(page.html)
        assert not found, (path, found[:3])
        assert not re.findall(r"<script(?! type)[^>]*>[^<]", page.html)


def test_titles_are_shown_as_they_are(hard: Pages) -> None:
    for n, title in enumerate(HARD_TITLES):
        page = hard.page(f"project/x/{n}", "fr")
        assert page is not None
        heading = lxml.html.fromstring(page.html).xpath("//h1")[0].text_content().strip()
        visible = "".join(c for c in title if c.isprintable())
        assert heading == (visible.strip() or f"project/x/{n}")


def test_json_ld_in_pages_reads_and_names_the_resource(hard: Pages) -> None:
    for n in range(len(HARD_TITLES)):
        page = hard.page(f"project/x/{n}", "en")
        assert page is not None
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.html,
                            re.DOTALL)
        said = json.loads(blocks[0])
        assert said["@id"] == f"{BASE}project/x/{n}"
        assert "cd:Project" in said["@type"]


def test_json_ld_in_pages_is_read_without_a_network(real: Pages) -> None:
    schema = "https://schema.org/"
    read = rdflib.Graph()
    for path in ("", "data", "country/ML"):
        page = real.page(path, "fr")
        assert page is not None
        for block in lxml.html.fromstring(page.html).xpath(
                "//script[@type='application/ld+json']/text()"):
            said = json.loads(block)
            assert isinstance(said["@context"], dict), (path, said["@context"])
            read.parse(data=block, format="json-ld")
    mali = rdflib.URIRef(OURS + "country/ML")
    assert (mali, rdflib.URIRef(schema + "sameAs"),
            rdflib.URIRef("http://www.wikidata.org/entity/Q912")) in read
    assert set(read.objects(None, rdflib.URIRef(schema + "contentUrl"))) >= {
        rdflib.URIRef(OURS + name) for name in ("coopdec.ttl", "projects.csv")}


def test_a_page_says_where_each_fact_comes_from(real: Pages) -> None:
    found = real.index.search("Uvrukhangai")
    assert found is not None
    card = real.index.cards(real.index.order(found, "title", 0, 1))[0]
    page = real.page(card["path"], "fr")
    assert page is not None
    text = " ".join(lxml.html.fromstring(page.html).text_content().split())
    assert "Province de l'Uvrukhangai (Mongolie)" in text
    assert "ligne 15" in text
    assert "<mark>nutrition</mark>" in page.html
    assert "https://sws.geonames.org/2029546/" in page.html


def test_the_reason_of_a_link_keeps_its_quotes_together(real: Pages) -> None:
    page = real.page("territory/ML/gn-2460596", "fr")
    assert page is not None
    said = " ".join(lxml.html.fromstring(page.html).xpath(
        "//ul[@class='evidence']//span[@class='note']/text()"))
    assert "«\u00a0" in said
    assert "« " not in said


def test_a_name_that_nobody_identified_is_said_to_be_as_printed(real: Pages) -> None:
    said = "faute d'avoir été identifié"
    for path, unknown in (("territory/MD/mairie-de-verejeni", True), ("country/ML", False)):
        page = real.page(path, "fr")
        assert page is not None
        assert (said in lxml.html.fromstring(page.html).text_content()) is unknown


def test_language_switch_stays_on_the_page(real: Pages) -> None:
    page = real.page("project/", "fr", {"country": ["ML"], "theme": ["16"]})
    assert page is not None
    other = lxml.html.fromstring(page.html).xpath("//a[@hreflang='en']/@href")[0]
    assert urlsplit(other).path == "/en/project/"
    assert parse_qs(urlsplit(other).query) == {"country": ["ML"], "theme": ["16"]}


def test_columns_of_an_answer_are_in_the_language_of_the_page(real: Pages) -> None:
    def columns(lang: Lang) -> list[str]:
        page = real.page("query/projects-by-country", lang)
        assert page is not None
        return [str(c) for c in lxml.html.fromstring(page.html).xpath("//th[@scope='col']/text()")]

    assert columns("fr")[:4] == ["titre", "chefs de file", "partenaires", "pays"]
    assert columns("en")[:4] == ["title", "leads", "partners", "countries"]


def test_a_search_without_an_answer_offers_nothing_to_refine_or_download(real: Pages) -> None:
    found, none = (real.page("project/", "fr", {"q": [words]}) for words in ("eau", "zzz"))
    assert found is not None
    assert none is not None
    for part in ('class="facets"', 'class="with-facets"', ".csv?"):
        assert part in found.html
        assert part not in none.html
    assert "Aucun projet ne répond" in none.html
    rows = real.page("territory/", "fr", {"q": ["zzz <b>"]})
    assert rows is not None
    assert "Rien dans cette liste ne répond à «\u00a0zzz &lt;b&gt;\u00a0»" in rows.html


def test_words_that_find_nothing_together_are_offered_by_themselves(real: Pages) -> None:
    page = real.page("project/", "fr", {"q": ["l'épidémie à Chaponost"], "country": ["BF"]})
    assert page is not None
    alone = lxml.html.fromstring(page.html).xpath("//a[@href='/project/?q=chaponost']")
    assert [a.getparent().text_content() for a in alone] == [
        "Chaque mot seul\u00a0: epidemie (1 projet), chaponost (1 projet)"]
    alike = [real.page("project/", "fr", {"q": [q]}) for q in ("à l'eau", "eau")]
    assert len({real.index.search(q) for q in ("à l'eau", "eau")}) == 1
    assert all(page is not None and "Chaque mot seul" not in page.html for page in alike)


@pytest.mark.parametrize("words", ["ODD 6", "odd6", "SDG 6", "l'ODD n° 6"])
def test_a_goal_is_found_by_its_number(real: Pages, words: str) -> None:
    page = real.page("project/", "fr", {"q": [words]})
    assert page is not None
    hits = lxml.html.fromstring(page.html).xpath("//section[@class='hits']//a/@href")
    assert hits[0] == "/goal/6.html"


@pytest.mark.parametrize(("path", "words", "offered"), [
    ("project/", "épidémei", {"epidemie": "1 projet"}),
    ("project/", "epidemei Chaponost", {"epidemie": "1 projet"}),
    ("project/", "Argentien", {"argentine": "3 projets", "argentina": "3 projets"}),
    ("country/", "Arménei", {"armenie": "1 entrée"}),
    ("project/", "zzz", {}), ("project/", "12345", {}), ("project/", "ma", {})])
def test_words_near_to_those_that_find_nothing_are_offered(
        real: Pages, path: str, words: str, offered: dict[str, str]) -> None:
    page = real.page(path, "fr", {"q": [words]})
    assert page is not None
    said = lxml.html.fromstring(page.html).xpath("//p[starts-with(., 'Vouliez-vous dire')]/a")
    assert {a.text: a.getnext().text.strip("()") for a in said} == offered
    assert all(a.get("href") == f"/{path}?q={a.text}" for a in said)


def test_pages_tell_who_publishes_and_offer_no_letter_to_nobody(real: Pages) -> None:
    about, mali, region, partners = (p.html if (p := real.page(path, "fr")) else "" for path in (
        "about", "country/ML", "collectivity/region/84", "territory/"))
    assert "Ces données sont publiées par\u00a0: L&#39;équipe coopdec." in about
    assert "mailto:" not in about + mali
    reached = Pages(real.data, base=OURS, contact="https://example.org/new?kind=data",
                    index=real.index).page("country/ML", "fr")
    assert reached is not None
    assert "https://example.org/new?kind=data&title=Erreur" in reached.html.replace("&amp;", "&")
    facts = lxml.html.fromstring(region).xpath("//dl[@class='facts']//@href")
    assert "/collectivity/region/84.html" not in facts, "a region is in itself"
    assert "Ministère des Affaires Sociales" in partners


@pytest.mark.parametrize(("name", "said"), [
    ("coopdec.ttl", "Turtle"), ("coopdec.ttl.gz", "Turtle"), ("coopdec.nq.zst", "N-Quads"),
    ("part-00001.nt.zst", "Une part des données"), ("projects.csv", "Un projet par ligne"),
    ("links.sssom.tsv", "Wikidata"), ("coopdec.xlsx", "classeur"),
    ("catalog.jsonld", "schema.org"), ("context.jsonld", "clés du JSON-LD"),
    ("frame.jsonld", "Cadre"), ("report.ttl", "pour les machines"),
    ("report.jsonl", "pour les machines"), ("report.html", "Rapport de vérification"),
    ("projects.csv-metadata.json", "CSVW"), ("coopdec.iati.xml", "IATI"),
    ("datapackage.json", "Data Package"), ("x.bin", "Un fichier du jeu")])
def test_a_file_is_told_for_what_it_is(name: str, said: str) -> None:
    file = ReleasedFile(name, media_type(name) or "application/octet-stream", 1, "")
    assert said in what(file, "fr")


# -- search and facets: held against a plain count of the same data

def plain(pages: Pages) -> list[dict[str, set[str]]]:
    """Facets of every project, straight from its statements."""
    found = []
    for _, path, kind in pages.index.paths():
        if kind == "project":
            said = (pages.describe(path) or b"").decode()
            own = {}
            for facet, predicate in (("country", "partnerCountry"), ("region", "region"),
                                     ("theme", "theme")):
                own[facet] = {o.rsplit("/", 1)[-1] for o in re.findall(
                    rf"^<[^#>]*> <[^>]*#{predicate}> <([^>]*)>", said, re.MULTILINE)}
            found.append(own)
    return found


@pytest.mark.parametrize("params", [
    {}, {"country": ["ML"]}, {"country": ["ML", "BF"]}, {"theme": ["8"], "country": ["ML", "AR"]},
    {"region": ["84"]}, {"region": ["84"], "theme": ["2", "16"]}, {"country": ["ZZ"]}])
def test_facets_combine_and_count(real: Pages, params: dict[str, list[str]]) -> None:
    projects = plain(real)

    def count(chosen: dict[str, list[str]]) -> int:
        return sum(all(set(values) & p[f] for f, values in chosen.items()) for p in projects)

    assert selection(params, real.index).total == count(params)
    page = real.page("project/", "fr", params)
    assert page is not None
    html = lxml.html.fromstring(page.html)
    for link in html.xpath("//*[@data-facet='theme' or @data-facet='country']//a[@data-value]"):
        facet = link.xpath("ancestor::*[@data-facet]")[0].get("data-facet")
        value, n = link.get("data-value"), int(link.xpath(".//span[@class='n']")[0].text)
        if value != "none":
            assert n == count({**params, facet: [value]}), (facet, value)


@pytest.mark.parametrize(("words", "expected"), [
    ("sante", "santé"), ("SANTÉ", "santé"), ("economie", "conomie"), ("uvrukh", "Uvrukhangai")])
def test_search_ignores_accents_and_case(real: Pages, words: str, expected: str) -> None:
    found = list(real.rows({"q": [words]}, "fr"))
    assert any(expected in row["title"] for row in found)
    assert all(fold(words) in fold(" ".join(row.values()) + _labels(real, row)) for row in found)


def _labels(pages: Pages, row: object) -> str:
    """The search also knows the English names of what a project is tied to."""
    assert isinstance(row, dict)
    return " ".join(pages.describe(p.removeprefix(OURS)).decode()  # type: ignore[union-attr]
                    for p in [row["iri"]])


def test_a_number_does_not_find_digits_of_identifiers(real: Pages, hard: Pages) -> None:
    paths = [path for _, path, kind in real.index.paths() if kind == "project"]
    assert len(paths) == 36
    for path in paths:
        assert not real.index.search(path.rpartition("/")[2]), path
    assert not real.index.search("project")
    # What the list itself calls its projects is found.
    assert own_identifier("project/afd/CFR%201234") == "CFR 1234"
    assert any(row["iri"].endswith("project/own/a%2Fb") for row in hard.rows({"q": ["a/b"]}, "fr"))


@pytest.mark.parametrize("words", ['"', "AND", "a* OR b", "NEAR(", "'; DROP TABLE words --",
                                   "x" * 5000, "\x00", "-", "text:x", "%", "é" * 300])
def test_no_search_is_an_error(real: Pages, words: str) -> None:
    page = real.page("project/", "en", {"q": [words], "page": ["1"], "sort": [words]})
    assert page is not None
    assert not faults(page.html)


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999", "x", "²", "3"])
def test_a_part_that_is_not_there(real: Pages, page: str) -> None:
    found = real.page("project/", "fr", {"page": [page]})
    assert found is None or "<h1>" in found.html


def test_orders_hold_the_same_projects(real: Pages) -> None:
    every = {row["iri"] for row in real.rows({}, "fr")}
    for sort in ("title", "recent", "lead", "country"):
        rows = [row["iri"] for row in real.rows({"sort": [sort]}, "fr")]
        assert len(rows) == len(set(rows)) == 36
        assert set(rows) == every
    titles = [fold(row["title"]) for row in real.rows({}, "fr")]
    assert titles == sorted(titles)


def test_the_query_behind_a_list_gives_the_list(real: Pages) -> None:
    params = {"country": ["ML", "BF"], "theme": ["16", "none"], "type": ["commune"], "q": ["de"]}
    for some in ({}, *({k: params[k]} for k in params), params):
        page = real.page("project/", "fr", some)
        assert page is not None
        query = lxml.html.fromstring(page.html).xpath(
            "//details[contains(@class,'sparql')]//code")[0].text_content()
        found = set(real.data.select(query).column("project"))
        shown = {row["iri"] for row in real.rows(some, "fr")}
        assert found == shown, some


def test_the_query_behind_a_page_answers(real: Pages) -> None:
    for path in ("country/ML", "collectivity/commune/69043", "goal/6",
                 "call/generaliste-2020-2021"):
        page = real.page(path, "fr")
        assert page is not None
        query = lxml.html.fromstring(page.html).xpath(
            "//details[contains(@class,'sparql')]//code")[0].text_content()
        described = (real.describe(path) or b"").count(b"\n")
        assert len(real.data.select(query)) == described


# -- what is not there

def test_a_withdrawn_identifier_says_what_replaced_it(hard: Pages) -> None:
    page = hard.page("project/x/old", "en")
    assert page is not None
    assert page.status == 410
    assert "/en/project/x/0.html" in page.html
    gone = hard.tombstone("project/x/old")
    assert gone is not None
    assert gone.replaced_by == (BASE + "project/x/0",)
    assert hard.tombstone("project/x/0") is None


@pytest.mark.parametrize(("path", "near"), [
    ("country/ml", "country/ML"), ("en/country/Mali.html", "country/ML"),
    ("country/mli", "country/ML"),
    ("collectivity/commune/69044", "collectivity/commune/69043"), ("commune/chaponost",
     "collectivity/commune/69043")])
def test_a_page_that_is_not_there_suggests_near_ones(real: Pages, path: str, near: str) -> None:
    assert real.page(path, "fr") is None
    page = real.error(404, "fr", path=path)
    assert page.status == 404
    assert f'href="/{near}.html"' in page.html
    assert not faults(page.html)


def test_paths_as_servers_decode_them(hard: Pages) -> None:
    for path in ("project/own/a%2Fb", "project/own/a/b", "project/own/a b", "project/own/a%20b"):
        page = hard.page(path, "fr")
        assert page is not None, path
    assert hard.describe("project/own/a b") == hard.describe("project/own/a%20b")


def test_home_tells_what_changed(tmp_path: Path) -> None:
    folder = hard_release(tmp_path / "release")
    (folder / "CHANGES.md").write_text(
        "# Ce qui change\n\n**1 projet <modifié>**.\n\n## Projets\n\n- **« Un »**\n  - `x`\n"
        "# What changed\n\n**1 project changed**.\n", "utf-8")
    with Dataset(folder) as data:
        pages = Pages(data, base=BASE)
        french, english = pages.page("", "fr"), pages.page("", "en")
        assert french is not None
        assert english is not None
        assert "<li>1 projet &lt;modifié&gt;.</li><li>« Un »</li>" in french.html
        assert "<li>1 project changed.</li>" in english.html
        assert "projet &lt;modifié" not in english.html


# -- any data set

def test_a_remote_endpoint_gives_the_same_pages(release: Summary) -> None:
    dump = (release.output / "coopdec.nt").read_bytes()
    told = pyoxigraph.serialize(
        (q.triple for q in pyoxigraph.parse(path=str(release.output / "catalog.ttl"))),
        format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    with sparql_server(dump + told, "application/n-triples") as url, \
            Dataset(url) as there, Dataset(release.output) as here:
        far, near = Pages(there, base=OURS, live=True), Pages(here, base=OURS, live=True)
        for path in ("", "project/", "country/ML", "goal/6", "collectivity/commune/69043",
                     next(p for _, p, k in near.index.paths() if k == "project")):
            one, other = far.page(path, "fr"), near.page(path, "fr")
            assert one is not None
            assert other is not None
            if path:
                assert one.html == other.html
            # A store writes numbers in its own way: « 18.0 » for « 18 ».
            assert len((far.describe(path) or b"").splitlines()) == len(
                (near.describe(path) or b"").splitlines())
        mali = {"country": ["ML"]}
        assert list(far.rows(mali, "en")) == list(near.rows(mali, "en"))


def test_lines_in_any_order_give_the_same_index(tmp_path: Path) -> None:
    tidy, mixed = hard_release(tmp_path / "a"), hard_release(tmp_path / "b")
    lines = (mixed / "coopdec.nt").read_bytes().splitlines(keepends=True)
    (mixed / "coopdec.nt").write_bytes(b"".join(lines[1::2] + lines[::2]))
    with Dataset(tidy) as one, Dataset(mixed) as other:
        first, second = Pages(one, base=BASE), Pages(other, base=BASE)
        for path in every_path(first):
            assert first.describe(path) == second.describe(path), path
        assert list(first.rows({}, "fr")) == list(second.rows({}, "fr"))


def test_an_index_is_kept_until_the_dump_changes(tmp_path: Path) -> None:
    folder = hard_release(tmp_path / "release")
    with Dataset(folder) as data:
        Pages(data, base=BASE, cache=tmp_path / "cache").prepare()
        kept = list((tmp_path / "cache").glob("*.sqlite"))
        assert len(kept) == 1
        before = kept[0].stat().st_mtime_ns
        Pages(data, base=BASE, cache=tmp_path / "cache").prepare()
        assert kept[0].stat().st_mtime_ns == before
        with (folder / "coopdec.nt").open("a") as file:
            file.write(f'<{BASE}call/y> <http://x/p> "1" .\n')
        pages = Pages(data, base=BASE, cache=tmp_path / "cache")
        assert pages.index.entity("call/y") is not None


def test_rows_hold_no_control_and_fit_a_table(hard: Pages) -> None:
    rows = list(hard.rows({}, "fr"))
    out = io.StringIO()
    csv.writer(out).writerows(row.values() for row in rows)
    assert len({tuple(row) for row in rows}) == 1
    assert all(unquote(row["iri"]).startswith(BASE) for row in rows)


# -- words

def used_words() -> str:
    return "\n".join(p.read_text("utf-8") for p in [*WEB.rglob("*.html"), *WEB.rglob("*.py")])


def test_every_word_is_used_and_in_both_languages() -> None:
    text = used_words()
    starts = set(re.findall(r"t\(f?\"([a-z]+-)[\"{]", text)) | {"fact-", "type-", "cell-"}
    for key, said in table().items():
        assert set(said) == set(LANGS), key
        forms = {lang: said[lang] if isinstance(said[lang], list) else [said[lang]]
                 for lang in LANGS}
        assert len(forms["fr"]) == len(forms["en"]), key
        fields = {lang: {name for form in some for _, name, _, _ in Formatter().parse(form) if name}
                  for lang, some in forms.items()}
        assert fields["fr"] == fields["en"], key
        assert f'"{key}"' in text or key.startswith(tuple(starts)), key


def test_every_word_that_templates_ask_for_is_there() -> None:
    asked = set(re.findall(r"\bt\(\"([a-z0-9]+(?:-[a-z0-9]+)+)\"", used_words()))
    assert asked <= set(table())
