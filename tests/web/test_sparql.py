"""The SPARQL 1.1 Protocol over a real socket."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph
import pytest
import rdflib
from SPARQLWrapper import SPARQLWrapper

from coopdec.pipeline import Summary
from tests.web.conftest import Server, serving

MALI = "SELECT ?c { ?c cd:iso2 'ML' }"
ALL = "SELECT * { ?s ?p ?o }"
GRAPH = "CONSTRUCT WHERE { <https://w3id.org/coopdec/country/ML> ?p ?o }"
JSON = "application/sparql-results+json"
ML = "https://w3id.org/coopdec/country/ML"


def test_the_three_ways_to_ask(server: Server) -> None:
    bodies = [
        server.get("sparql", params={"query": MALI}),
        server.post("sparql", data={"query": MALI}),
        server.post("sparql", content=MALI, headers={"Content-Type": "application/sparql-query"}),
        server.post("sparql", content=MALI, headers={
            "Content-Type": "Application/SPARQL-query; charset=UTF-8"}),
    ]
    for found in bodies:
        assert found.status_code == 200
        assert found.headers["content-type"] == JSON
        assert found.json()["results"]["bindings"] == [{"c": {"type": "uri", "value": ML}}]


@pytest.mark.parametrize(("accept", "media", "form"), [
    ("application/sparql-results+xml", "application/sparql-results+xml", "XML"),
    ("text/csv", "text/csv; charset=utf-8", "CSV"),
    ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "TSV"),
    ("application/json", "application/json", "JSON"),
    (f"text/csv;q=0.4, {JSON};q=0.5, image/png", JSON, "JSON"),
    ("text/*;q=0.9, text/csv;q=0, text/tab-separated-values;q=0, */*;q=0.1", "text/xml", "XML"),
    ("*/*", JSON, "JSON"),
    ("text/csv;charset=utf-8, */*;q=0.1", "text/csv; charset=utf-8", "CSV"),
])
def test_results_are_negotiated(server: Server, accept: str, media: str, form: str) -> None:
    found = server.get("sparql", accept, params={"query": MALI})
    assert found.headers["content-type"] == media
    assert "Accept" in found.headers["vary"]
    if form == "CSV":
        assert list(csv.reader(io.StringIO(found.text))) == [["c"], [ML]]
    else:
        parsed = pyoxigraph.parse_query_results(
            found.content, getattr(pyoxigraph.QueryResultsFormat, form))
        assert isinstance(parsed, pyoxigraph.QuerySolutions)
        assert [str(row["c"]) for row in parsed] == [f"<{ML}>"]


@pytest.mark.parametrize("accept", [
    "text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"])
@pytest.mark.parametrize("query", [GRAPH, f"DESCRIBE <{ML}>"])
def test_graphs_are_negotiated(server: Server, accept: str, query: str) -> None:
    found = server.get("sparql", accept, params={"query": query})
    assert found.headers["content-type"].partition(";")[0] == accept
    graph = rdflib.Graph().parse(data=found.content, format={
        "application/n-triples": "nt", "application/ld+json": "json-ld"}.get(accept, accept))
    assert len(graph) >= 7
    assert (rdflib.URIRef(ML), rdflib.OWL.sameAs,
            rdflib.URIRef("http://www.wikidata.org/entity/Q912")) in graph


@pytest.mark.parametrize("form", ["turtle", "n3", "rdf+xml", "json-ld", "xml"])
def test_graphs_for_sparqlwrapper(server: Server, form: str) -> None:
    """It names a format in its own words, and in full in its Accept header."""
    client = SPARQLWrapper(f"{server.url}sparql", returnFormat=form)
    client.setQuery(GRAPH)
    data = client.queryAndConvert()
    graph = rdflib.Graph().parse(data) if isinstance(data, bytes) else data
    assert isinstance(graph, rdflib.Graph)
    assert len(graph) >= 7


def test_ask_in_every_format(server: Server) -> None:
    for form, said in (("json", '"boolean":true'), ("xml", "<boolean>true</boolean>"),
                       ("csv", "true"), ("tsv", "true"), ("html", "Oui")):
        assert said in server.get("sparql", params={"query": "ASK {}", "format": form}).text


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "nonsense"])
def test_nothing_fits(server: Server, accept: str) -> None:
    found = server.get("sparql", accept, params={"query": MALI})
    assert found.status_code == 406
    assert found.headers["content-type"] == "application/problem+json"
    assert "text/csv" in found.json()["detail"]


def test_a_wrong_query_says_where_in_the_language_asked(server: Server) -> None:
    wrong = "SELECT * {\n  ?s ?p }"
    said = server.get("sparql", params={"query": wrong}, headers={"Accept-Language": "en-GB"})
    assert said.status_code == 400
    assert said.headers["content-type"] == "application/problem+json"
    assert said.headers["content-language"] == "en"
    told = said.json()
    assert (told["status"], told["line"]) == (400, 2)
    assert told["column"] in (9, 10)
    assert "line 2" in told["detail"]
    french = server.get("sparql", params={"query": wrong}).json()
    assert "ligne 2" in french["detail"]
    page = server.get("sparql", "text/html", params={"query": wrong, "format": "html"})
    assert page.status_code == 400
    assert "ligne 2" in page.text


@pytest.mark.parametrize(("params", "status"), [
    ({"query": "INSERT DATA { <a:a> <a:a> <a:a> }"}, 403),
    ({"query": "DROP ALL"}, 403),
    ({"update": "CLEAR ALL"}, 403),
    ({"query": ["ASK {}", "ASK {}"]}, 400),
    ({"query": ""}, 400),
    ({"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, 400),
    ({"query": "SELECT * { SERV\\u0049CE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, 400),
    ({"query": "SELECT * FROM <http://e.org/other> { ?s ?p ?o }"}, 400),
    ({"query": MALI, "default-graph-uri": "http://e.org/other"}, 400),
    ({"query": MALI, "named-graph-uri": "https://w3id.org/coopdec/dataset"}, 400),
    ({"query": MALI, "format": "exe"}, 406),
    ({"query": "(" * 500}, 400),
])
def test_refused(server: Server, params: dict[str, str], status: int) -> None:
    for found in (server.get("sparql", params=params), server.post("sparql", data=params)):
        assert found.status_code == status, found.text
        assert found.headers["content-type"] == "application/problem+json"
        assert found.json()["status"] == status


def test_the_one_graph_by_its_name(server: Server) -> None:
    name = "https://w3id.org/coopdec/dataset"
    plain = server.get("sparql", params={"query": MALI}).json()
    assert server.get("sparql", params={"query": MALI, "default-graph-uri": name}).json() == plain
    named = MALI.replace("?c {", f"?c FROM <{name}> {{")
    assert server.get("sparql", params={"query": named}).json() == plain


def test_methods_and_bodies(server: Server) -> None:
    assert server.client.put("sparql").status_code == 405
    assert "POST" in server.client.delete("sparql").headers["allow"]
    update = server.post("sparql", content="CLEAR ALL",
                         headers={"Content-Type": "application/sparql-update"})
    assert update.status_code == 403
    strange = server.post("sparql", content="ASK {}", headers={"Content-Type": "text/plain"})
    assert strange.status_code == 415
    latin = server.post("sparql", content="ASK { ?s ?p 'é' }".encode("latin-1"),
                        headers={"Content-Type": "application/sparql-query"})
    assert latin.status_code == 400
    head = server.client.head("sparql", params={"query": MALI})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 100


def test_other_origins_may_ask(server: Server) -> None:
    asked = server.client.options("sparql", headers={
        "Origin": "https://e.org", "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type"})
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "POST" in asked.headers["access-control-allow-methods"]
    found = server.get("sparql", params={"query": MALI}, headers={"Origin": "https://e.org"})
    assert found.headers["access-control-allow-origin"] == "*"
    assert "X-Coopdec-Cut" in found.headers["access-control-expose-headers"]


def test_the_service_describes_itself(server: Server) -> None:
    found = server.get("sparql", "text/turtle")
    graph = rdflib.Graph().parse(data=found.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(f"{server.url}sparql")
    assert (service, sd.endpoint, service) in graph
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert not list(graph.subjects(sd.feature, sd.BasicFederatedQuery))
    assert server.get("sparql", "image/png").status_code == 406


def test_a_page_of_results_escapes_what_it_shows(server: Server) -> None:
    query = "SELECT ('<script>alert(1)</script>' AS ?x) ?c { ?c cd:iso2 'ML' }"
    page = server.get("sparql", params={"query": query, "format": "html"})
    assert page.headers["content-type"].startswith("text/html")
    assert "<script>alert" not in page.text
    assert '<a href="/country/ML.html">' in page.text


# -- what is stopped, cut, or kept waiting

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def small(release: Summary, web_cache: Path) -> Iterator[Server]:
    """A server with little patience and small caps."""
    with serving(release.output, web_cache, "--time-limit", "1", "--row-limit", "5",
                 "--workers", "2", "--queue", "2", "--memory-limit", "4096") as found:
        yield found


def patient(server: Server, query: str) -> int:
    """The status in the end, for a client that comes back when it is told to."""
    for _ in range(20):
        status = server.get("sparql", params={"query": query}).status_code
        if status != 503:
            return status
        time.sleep(0.5)
    return 503


def test_an_endless_query_is_stopped_while_others_go_on(small: Server) -> None:
    import threading

    ended: list[tuple[int, str]] = []

    def endless() -> None:
        found = small.get("sparql", params={"query": ENDLESS})
        ended.append((found.status_code, found.json()["code"]))
        assert "retry-after" in found.headers

    thread = threading.Thread(target=endless)
    thread.start()
    others = 0
    while thread.is_alive():
        assert small.get("sparql", params={"query": MALI}).status_code == 200
        assert small.get("country/ML.html").status_code == 200
        others += 1
    thread.join()
    assert ended == [(503, "web-query-timeout")]
    assert others >= 1
    assert patient(small, MALI) == 200


def test_a_full_queue_says_when_to_come_back(small: Server) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(
            lambda _: small.get("sparql", params={"query": ENDLESS}), range(8)))
    codes = [f.json()["code"] for f in found]
    assert {f.status_code for f in found} == {503}
    assert all("retry-after" in f.headers for f in found)
    assert "web-overloaded" in codes
    assert "web-query-timeout" in codes
    assert patient(small, MALI) == 200


def test_a_query_that_takes_all_memory_is_stopped(release: Summary, web_cache: Path) -> None:
    with serving(release.output, web_cache, "--workers", "2", "--memory-limit", "1024",
                 "--time-limit", "60") as server:
        found = server.get("sparql", params={
            "query": "SELECT DISTINCT ?a ?c ?d ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c"})
        assert found.status_code == 503
        assert found.json()["code"] == "web-query-too-large"
        assert patient(server, MALI) == 200


@pytest.mark.parametrize(("form", "note"), [
    ("json", '"link":["'), ("xml", '<link href="'), ("csv", '"# Résultat incomplet'),
    ("tsv", '"# Résultat incomplet'), ("html", "Résultat incomplet")])
def test_a_cut_result_says_so(small: Server, form: str, note: str) -> None:
    found = small.get("sparql", params={"query": ALL, "format": form})
    assert found.headers["x-coopdec-cut"] == "rows=5"
    assert note in found.text
    if form == "csv":
        rows = list(csv.reader(io.StringIO(found.text)))
        assert [len(row) for row in rows] == [3] * 7
    elif form != "html":
        parsed = pyoxigraph.parse_query_results(
            found.content, getattr(pyoxigraph.QueryResultsFormat, form.upper()))
        assert isinstance(parsed, pyoxigraph.QuerySolutions)
        assert len(list(parsed)) == (6 if form == "tsv" else 5)
    whole = small.get("sparql", params={"query": f"{ALL} LIMIT 5", "format": form})
    assert "x-coopdec-cut" not in whole.headers


@pytest.mark.parametrize(("form", "name"), [
    ("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdf", "xml")])
def test_a_cut_graph_says_so(small: Server, form: str, name: str) -> None:
    found = small.get("sparql", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }", "format": form})
    assert found.headers["x-coopdec-cut"] == "rows=5"
    assert "Résultat incomplet" in found.text
    assert len(rdflib.Graph().parse(data=found.text, format=name)) == 5


def test_a_long_query_goes_by_post(server: Server) -> None:
    long = MALI + "#" + "é" * 3000
    assert server.get(f"sparql?query={quote(long)}").status_code == 414
    assert server.post("sparql", data={"query": long}).status_code == 200
    huge = server.post("sparql", data={"query": MALI + "#" + "x" * 5_000_000})
    assert huge.status_code == 413


def test_columns_of_a_star_stand_as_written(server: Server) -> None:
    query = "SELECT * { ?z a cd:Country ; cd:iso2 ?m ; rdfs:label ?a } ORDER BY ?m ?a LIMIT 2"
    csv = server.get("sparql", params={"query": query, "format": "csv"}).text
    assert csv.splitlines()[0] == "z,m,a"
    said = server.get("sparql", params={"query": query, "format": "json"}).json()
    assert said["head"]["vars"] == ["z", "m", "a"]
    assert said["results"]["bindings"][0]["z"]["type"] == "uri"
