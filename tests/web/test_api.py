"""Named queries over HTTP, and the document that describes the server."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from coopdec.dataset import Dataset, Rows, queries
from coopdec.dataset.named import queries as named
from coopdec.pipeline import Summary
from tests.web.conftest import Server

_FREE = sorted(name for name, q in named().items() if not q.federated)
_MALI = "api/queries/projects-by-country"


def examples(name: str) -> dict[str, str]:
    return {p.name: p.example for p in queries()[name].parameters if p.required}


# -- the same answers as the command line

@pytest.mark.parametrize("name", _FREE)
def test_every_query_answers_like_the_command_line(
    server: Server, release: Summary, name: str
) -> None:
    asked = examples(name)
    answer = server.get(f"api/queries/{name}.csv", params=asked)
    with Dataset(release.output) as data:
        assert answer.text == data.query(name, **asked).to_csv()
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_json_has_typed_values_and_labels(server: Server) -> None:
    said = server.get(f"{_MALI}?country=Mali", "application/json").json()
    row = said["rows"][0]
    assert said["parameters"] == {"country": "Mali"}
    assert {"name": "leads", "title": "chefs de file"} in said["columns"]
    assert type(row["session"]) is int
    assert row["project"]["iri"].startswith("https://w3id.org/coopdec/project/")
    assert row["project"]["label"] == row["title"]
    english = server.get(f"{_MALI}?country=Mali&lang=en").json()
    assert english["title"] == "Projects with a country"


@pytest.mark.parametrize(("accept", "media"), [
    ("text/csv", "text/csv; charset=utf-8"),
    ("application/sparql-results+json", "application/sparql-results+json"),
    ("text/markdown", "text/markdown; charset=utf-8"),
    ("application/sparql-query", "application/sparql-query"),
    ("*/*", "application/json"),
    ("text/csv;q=0.2, application/json;q=0.9", "application/json"),
])
def test_a_client_gets_what_it_likes_best(server: Server, accept: str, media: str) -> None:
    answer = server.get(f"{_MALI}?country=ML", accept)
    assert answer.headers["content-type"] == media
    assert "Accept" in answer.headers["vary"]


def test_the_bound_query_asks_the_same(server: Server) -> None:
    sparql = server.get(f"{_MALI}.rq?country=Mali").text
    assert "$" not in sparql
    rows = Rows.from_json(server.post("sparql", data={"query": sparql}).content)
    assert len(rows) == server.get(f"{_MALI}?country=Mali").json()["count"] > 0


def test_rows_come_in_parts_and_each_says_where_the_next_is(server: Server) -> None:
    address: str | None = f"{_MALI}.csv?country=Mali&limit=4"
    found = []
    while address:
        answer = server.get(address)
        found += list(csv.DictReader(io.StringIO(answer.text)))
        address = answer.links["next"]["url"] if "next" in answer.links else None
    whole = list(csv.DictReader(io.StringIO(server.get(f"{_MALI}.csv?country=Mali").text)))
    assert found == whole
    assert len(found) > 4


def test_without_a_limit_a_part_comes_and_csv_is_whole(server: Server) -> None:
    said = server.get("api/queries/projects.json").json()
    assert said["limit"] == 1000
    assert said["next"] is None
    part = server.get("api/queries/projects.srj?limit=3&offset=2")
    assert part.headers["x-rows"] == "3"
    assert part.links["next"]["url"].endswith("limit=3&offset=5")
    whole = list(csv.DictReader(io.StringIO(server.get("api/queries/projects.csv").text)))
    assert [r["project"]["value"] for r in part.json()["results"]["bindings"]] == [
        r["project"] for r in whole[2:5]]
    beyond = server.get(f"api/queries/projects.json?offset={len(whole)}").json()
    assert (beyond["count"], beyond["next"]) == (0, None)


def test_an_answer_that_is_held_is_not_sent_again(server: Server) -> None:
    first = server.get(f"{_MALI}?country=Mali")
    again = server.get(f"{_MALI}?country=Mali", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


# -- what is wrong

def test_everything_wrong_is_said_at_once_with_what_comes_near(server: Server) -> None:
    answer = server.get(f"{_MALI}?country=Malli&limit=0&contry=x&lang=de")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problems = {p["code"]: p for p in answer.json()["problems"]}
    assert problems.keys() == {"query-unknown-country", "api-bad-number", "query-bad-lang",
                               "query-no-such-parameter"}
    assert "Mali" in problems["query-unknown-country"]["suggestions"]
    assert problems["query-no-such-parameter"]["suggestions"] == ["country"]
    assert "--" not in answer.json()["detail"], "no advice for the command line"


@pytest.mark.parametrize(("path", "status"), [
    ("api/queries/nope", 404), ("api/queries/projects-by-country.xyz", 404), (_MALI, 400),
    (f"{_MALI}?country=", 400), (f"{_MALI}?country=ML&country=BF", 400),
    (f"{_MALI}?country=ML&format=pdf", 400),
    ("api/queries/projects-by-collectivity?collectivity=Chapponost", 404),
    ("api/queries/projects-by-words?words=!!!", 404), ("api/queries/country-facts", 403),
    ("api/queries/_project-find?project=x", 404), ("api/queries/../../etc/passwd", 404),
])
def test_refusals(server: Server, path: str, status: int) -> None:
    answer = server.get(path)
    assert answer.status_code == status
    assert answer.json()["status"] == status


@pytest.mark.parametrize("value", [
    'x" } INSERT DATA { <a> <b> <c> }', "$lang", "\\u0022 . ?s ?p ?o", "a\n#", "ML'); DROP--"])
def test_values_are_bound_and_never_pasted(server: Server, value: str) -> None:
    answer = server.get("api/queries/projects-by-words", params={"words": value})
    assert answer.status_code in (200, 404)
    answer = server.get("api/queries/projects-by-collectivity.rq",
                        params={"collectivity": value})
    assert answer.status_code == 200
    assert server.post("sparql", data={"query": answer.text}).status_code == 200


# -- pages

def test_the_list_is_for_programs_and_for_people(server: Server) -> None:
    said = server.get("api/queries").json()["queries"]
    assert {q["name"] for q in said} == set(queries())
    page = server.get("api/queries", "text/html", headers={"Accept-Language": "en"},
                      follow_redirects=True)
    assert str(page.url).endswith("/en/query/")
    assert "Projects with a country" in page.text
    assert "/en/query/projects-by-country.html" in page.text
    former = server.get("en/api/queries/")
    assert former.headers["location"] == "/en/query/"
    asks = server.get("en/query/projects-by-country.html").text
    assert 'action="/en/api/queries/projects-by-country.html"' in asks
    assert 'href="/api/queries/projects-by-country.csv?country=Mali&amp;lang=en"' in asks


def test_a_page_shows_form_rows_and_ways_on(server: Server) -> None:
    empty = server.get(f"{_MALI}.html").text
    assert 'name="country"' in empty
    assert "<table>" not in empty
    page = server.get(f"{_MALI}.html?country=Mali").text
    assert 'value="Mali"' in page
    assert "/sparql.html#query=" in page
    assert f"/{_MALI}.csv?country=Mali" in page
    wrong = server.get(f"{_MALI}.html?country=%3Cscript%3E")
    assert wrong.status_code == 400
    assert "&lt;script&gt;" in wrong.text
    assert "<script>" not in wrong.text
    assert server.get(f"{_MALI}?country=Mali", "text/html").headers["location"].endswith(
        ".html?country=Mali")


@pytest.mark.parametrize("path", ["api/", "en/api/"])
def test_the_api_has_a_page(server: Server, path: str) -> None:
    page = server.get(path).text
    assert "openapi.json" in page
    assert f"{server.url}{path.removesuffix('api/')}reconcile" in page


# -- OpenAPI

def test_the_document_is_valid_and_names_all_that_is_served(server: Server) -> None:
    from openapi_spec_validator import validate

    document = server.get("api/openapi.json").json()
    validate(document)
    assert {f"/api/queries/{name}" for name in _FREE} <= set(document["paths"])
    assert "/api/queries/country-facts" not in document["paths"], "it asks another server"
    for path, item in document["paths"].items():
        asked = {p["name"]: p["example"] for p in item["get"].get("parameters", ())
                 if "name" in p and p["in"] == "query" and p.get("required")}
        inside = {p["name"]: p["example"] for p in item["get"].get("parameters", ())
                  if p.get("in") == "path"}
        answer = server.get(path.format(**inside).lstrip("/"), params=asked)
        assert str(answer.status_code) in item["get"]["responses"], path
        assert answer.status_code < 400, path


@pytest.fixture(scope="module")
def document(server: Server) -> Any:
    import schemathesis  # by which it takes a second, in each worker

    return schemathesis.openapi.from_url(f"{server.url}api/openapi.json")


@pytest.mark.parametrize("path", [
    "/api/queries/links", "/api/queries/projects-by-words", "/reconcile", "/sparql",
    "/reconcile/suggest/entity", "/country/{iso2}.ttl"])
def test_generated_requests_find_nothing(document: Any, path: str) -> None:
    """A few requests of schemathesis to each kind of operation; by hand, thousands."""
    method = "post" if path in ("/reconcile", "/sparql") else "get"

    @given(document[path][method].as_strategy())
    @settings(max_examples=5, deadline=None, phases=[Phase.generate], database=None,
              suppress_health_check=list(HealthCheck))
    def answers(case: Any) -> None:
        case.call_and_validate()

    answers()


def test_the_page_of_a_query_shows_what_the_server_asked(server: Server) -> None:
    page = server.get("query/projects-by-country.html")
    assert page.status_code == 200
    assert page.text.count("<tr>") > 3
    moved = server.get("query/projects-by-country", accept="text/html")
    assert moved.status_code == 303
    assert moved.headers["location"] == "/query/projects-by-country.html"
    assert server.get("query/no-such-query.html").status_code == 404
