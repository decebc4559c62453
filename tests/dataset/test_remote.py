"""A real endpoint, and one that is slow, busy, confused or gone: clear errors, no waiting
beyond the limit, no exception of another library."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest
import rdflib

from coopdec import __version__
from coopdec.dataset import Dataset, retries
from coopdec.dataset.remote import Endpoint
from coopdec.dataset.retries import wait_asked
from coopdec.errors import (
    CoopdecError,
    EndpointError,
    QuerySyntaxError,
    QueryTimeout,
    UsageError,
)
from tests.servers import Talk, free_port, misbehaving, send

JSON = "application/sparql-results+json"
ONE = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
ANY = "SELECT ?x { ?x ?p ?o }"


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "_FIRST", 0.02)
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"COOPDEC_ENDPOINT_{name}", raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def test_everything_works_on_a_real_endpoint(endpoint: str, data: Dataset) -> None:
    with Dataset(endpoint) as remote:
        assert len(remote.query("projects-by-country", country="Mali")) == 6
        assert remote.ask("ASK { ?c cd:iso2 $code }", code="ML")
        query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s cd:iso2 'ML' ; ?p ?o }"
        assert set(remote.construct(query)) == set(data.construct(query))
        assert set(remote.graph()) == set(data.graph())
        iri = "https://w3id.org/coopdec/country/ML"
        assert isinstance(remote.describe(iri), rdflib.Graph)


@pytest.mark.parametrize("method", ["get", "post", "auto"])
def test_get_and_post(endpoint: str, method: str) -> None:
    assert b"true" in Endpoint(endpoint, method=method).results("ASK { ?s ?p ?o }")


def test_long_queries_go_by_post(talk: Talk) -> None:
    data = Dataset(talk.url)
    data.select(ANY)
    data.select(ANY + " #" + "x" * 3000)
    assert [r[0] for r in talk.requests] == ["GET", "POST"]
    assert talk.requests[1][3]["query"][0].endswith("xxx")


def test_who_asks_and_for_what(talk: Talk) -> None:
    Dataset(talk.url + "?key=1&default-graph-uri=http%3A%2F%2Fa%2F").select(ANY)
    _, path, headers, form = talk.requests[0]
    assert f"coopdec/{__version__}" in headers["User-Agent"]
    assert headers["Accept"].startswith(JSON)
    assert "Authorization" not in headers
    assert form["key"] == ["1"]
    assert form["default-graph-uri"] == ["http://a/"]
    assert form["query"] == [ANY]
    assert path.count("?") == 1


def test_credentials_come_from_the_environment(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPDEC_ENDPOINT_USER", "zoé")
    monkeypatch.setenv("COOPDEC_ENDPOINT_PASSWORD", "s3:cret")
    Dataset(talk.url).select(ANY)
    sent = talk.requests[0][2]["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent).decode() == "zoé:s3:cret"
    monkeypatch.setenv("COOPDEC_ENDPOINT_TOKEN", "abc")
    Dataset(talk.url).select(ANY)
    assert talk.requests[1][2]["Authorization"] == "Bearer abc"


def test_credentials_do_not_follow_a_redirection(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPDEC_ENDPOINT_TOKEN", "abc")
    with misbehaving() as other:
        talk.answer = lambda h, _: send(h, 302, "text/plain", b"", Location=other.url)
        Dataset(talk.url).select(ANY)
        assert "Authorization" in talk.requests[0][2]
        assert "Authorization" not in other.requests[0][2]


def answering(status: int, media: str, body: bytes, **headers: str
              ) -> Callable[[BaseHTTPRequestHandler, int], None]:
    return lambda handler, number: send(handler, status, media, body, None, **headers)


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_busy_server_is_asked_again(talk: Talk, status: int) -> None:
    def answer(handler: BaseHTTPRequestHandler, number: int) -> None:
        if number < 3:
            send(handler, status, "text/plain", b"busy")
        else:
            send(handler, 200, JSON, ONE)

    talk.answer = answer
    assert len(Dataset(talk.url).select(ANY)) == 1
    assert len(talk.requests) == 3


def test_retry_after_is_heeded(talk: Talk) -> None:
    times: list[float] = []

    def answer(handler: BaseHTTPRequestHandler, number: int) -> None:
        times.append(time.monotonic())
        if number == 1:
            send(handler, 429, "text/plain", b"", Retry_After="1")
        else:
            send(handler, 200, JSON, ONE)

    talk.answer = answer
    assert len(Dataset(talk.url).select(ANY)) == 1
    assert times[1] - times[0] >= 1


def test_a_server_that_stays_busy_is_left_alone(talk: Talk) -> None:
    talk.answer = answering(503, "text/html", b"<html>busy</html>")
    with pytest.raises(EndpointError, match="503"):
        Dataset(talk.url).select(ANY)
    assert len(talk.requests) == retries.TRIES


@pytest.mark.parametrize("asked", ["3600", "soon"])
def test_a_long_wait_is_told_and_not_waited_for(talk: Talk, asked: str) -> None:
    if asked == "soon":
        asked = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    talk.answer = answering(429, "text/plain", b"", Retry_After=asked)
    with pytest.raises(EndpointError, match=r"36\d\d|359\d"):
        Dataset(talk.url).select(ANY)
    assert len(talk.requests) == 1


def test_retry_after_in_all_its_forms() -> None:
    now = datetime(2020, 6, 23, tzinfo=UTC)
    assert wait_asked("Tue, 23 Jun 2020 00:00:07 GMT", now) == 7
    assert wait_asked("Mon, 22 Jun 2020 00:00:00 GMT", now) == 0
    assert wait_asked("demain") is None
    assert wait_asked(None) is None


@pytest.mark.parametrize(("status", "media", "body", "words"), [
    (200, "text/html", b"<!DOCTYPE html><html><body>Bonjour</body></html>", "page"),
    (200, JSON, b"<html><body>maintenance</body></html>", "page"),
    (200, JSON, ONE[:-20], "incomplete"),
    (200, JSON, ONE + b"\njava.util.concurrent.TimeoutException\n\tat x", "TimeoutException"),
    (200, JSON, b'{"error": "no"}', "SPARQL results"),
    (200, JSON, b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":3}]}}', "SPARQL results"),
    (200, JSON, b"", "incomplete"),
    (200, "text/plain", b"hello", "SPARQL results"),
    (200, "application/sparql-results+xml", b"<sparql><head>", "incomplete"),
    (200, "application/sparql-results+xml", b"<rss></rss>", "SPARQL results"),
    (204, JSON, b"", "incomplete"),
    (401, "text/plain", b"", "credentials"),
    (403, "text/html", b"<html>", "credentials"),
    (404, "text/html", b"<html>", "404"),
    (406, "text/plain", b"", "406"),
    (414, "text/plain", b"", "414"),
    (418, "text/plain", b"", "418"),
    (500, "text/html", b"<html>oops</html>", "500"),
])
def test_wrong_answers(talk: Talk, status: int, media: str, body: bytes, words: str) -> None:
    talk.answer = answering(status, media, body)
    with pytest.raises(EndpointError) as caught:
        Dataset(talk.url).select(ANY)
    assert words in str(caught.value)
    assert caught.value.exit_code == 3
    assert len(talk.requests) == 1


def test_fewer_bytes_than_announced(talk: Talk) -> None:
    talk.answer = lambda h, _: send(h, 200, JSON, ONE, length=len(ONE) + 100)
    with pytest.raises(EndpointError, match="incomplete"):
        Dataset(talk.url).select(ANY)


def test_virtuoso_s_partial_results_are_no_results(talk: Talk) -> None:
    talk.answer = answering(200, JSON, ONE, X_SQL_State="S1TAT")
    with pytest.raises(EndpointError, match="incomplete"):
        Dataset(talk.url).select(ANY)


def test_half_a_graph_is_no_graph(talk: Talk) -> None:
    for media, body in (("text/turtle", b"<http://a/> <http://b/> <http://c"),
                        ("application/n-triples", b"<http://a/> <http://b/> "),
                        ("text/html", b"<html></html>"), ("image/png", b"\x89PNG")):
        talk.answer = answering(200, media, body)
        with pytest.raises(EndpointError):
            Dataset(talk.url).construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(("media", "body"), [
    ("application/n-triples", b"<http://a/> <http://b/> <http://c/> .\n"),
    ("text/turtle; charset=utf-8", b"@prefix : <http://> . :a <http://b/> <http://c/> ."),
    ("application/rdf+xml",
     b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about='
     b'"http://a/"><b xmlns="http://b/">c</b></r:Description></r:RDF>'),
])
def test_graphs_in_the_formats_that_servers_send(talk: Talk, media: str, body: bytes) -> None:
    talk.answer = answering(200, media, body)
    assert len(Dataset(talk.url).construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")) == 1


def test_results_as_xml_are_read_too(talk: Talk) -> None:
    head = b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    talk.answer = answering(200, "application/sparql-results+xml", head + (
        b'<variable name="x"/></head><results><result><binding name="x">'
        b'<literal xml:lang="fr">eau</literal></binding></result></results></sparql>'))
    assert Dataset(talk.url).select(ANY).column("x") == ["eau"]
    talk.answer = answering(200, "application/sparql-results+xml",
                            head + b"</head><boolean>true</boolean></sparql>")
    assert Dataset(talk.url).ask("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("drip", [False, True])
def test_a_slow_server_is_given_up_in_time(talk: Talk, drip: bool) -> None:
    def answer(handler: BaseHTTPRequestHandler, number: int) -> None:
        if drip:
            handler.send_response(200)
            handler.send_header("Content-Type", JSON)
            handler.end_headers()
            for _ in range(600):  # as long as anybody listens, and no more than a minute
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.1)
        else:
            handler.connection.settimeout(60)
            handler.rfile.read(1)  # until the client leaves

    talk.answer = answer
    with pytest.raises(QueryTimeout, match=r"0\.6"):
        Dataset(talk.url, timeout=0.6).select(ANY)


@pytest.mark.parametrize(("status", "body"), [
    (504, b""), (500, b"java.util.concurrent.TimeoutException")])
def test_a_server_s_own_time_limit(talk: Talk, status: int, body: bytes) -> None:
    talk.answer = answering(status, "text/plain", body)
    with pytest.raises(QueryTimeout):
        Dataset(talk.url).select(ANY)


def test_nobody_there() -> None:
    with pytest.raises(EndpointError, match="does not answer"):
        Dataset(f"http://127.0.0.1:{free_port()}/sparql").select(ANY)
    with pytest.raises(EndpointError, match="does not answer"):
        Dataset("http://does-not-exist.invalid/sparql", timeout=5).select(ANY)


def test_no_http_at_all(talk: Talk) -> None:
    def answer(handler: BaseHTTPRequestHandler, number: int) -> None:
        handler.wfile.write(b"220 ftp ready\r\n")

    talk.answer = answer
    with pytest.raises(EndpointError):
        Dataset(talk.url).select(ANY)


def test_a_query_that_the_server_refuses(endpoint: str, talk: Talk) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        Dataset(endpoint).select("SELECT ?x {\n ?x ?y")
    assert (caught.value.line, caught.value.exit_code) == (2, 2)
    talk.answer = answering(400, "text/plain", b"Parse error: line 3, column 14: no such function")
    with pytest.raises(QuerySyntaxError, match="no such function") as caught:
        Dataset(talk.url).select(ANY)
    assert (caught.value.line, caught.value.column) == (3, 14)


@pytest.mark.parametrize("url", [
    "ftp://a/", "file:///etc/passwd", "http://", "http:///x", "https://a b/", "http://a:99999/",
    "http://user:pass@example.org/sparql", "javascript://x", "http://\udcff/", "http://..é/",
    "http://[::1/"])
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        Dataset(url)
    assert "pass@" not in str(caught.value)


def test_no_foreign_exception_crosses(talk: Talk) -> None:
    """Whatever bytes come, it is an answer or an error of ours."""
    for body in (b"\x00" * 100, b"{" * 5000, b'{"head":{"vars":[1]},"results":{"bindings":[]}}',
                 '{"head":{"vars":["é"]},"results":{"bindings":[]}}'.encode("latin-1")):
        talk.answer = answering(200, JSON, body)
        with suppress(CoopdecError):
            list(Dataset(talk.url).select(ANY))
