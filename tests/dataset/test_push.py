"""``coopdec push`` into a real store, and into servers that refuse in every way."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from coopdec.dataset import push as pushing
from coopdec.dataset.push import push
from coopdec.dataset.sending import query_address
from coopdec.errors import CoopdecError, EndpointError, QueryTimeout, UsageError
from tests.servers import Talk, free_port, send, sparql_server

SIZE = 1000
GRAPH = "http://example.org/graphe/é"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small release that must be sent in ten parts."""
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(pushing, "PART_LINES", SIZE // 10)
    lines = [f'<http://e.org/{n}> <http://e.org/p> "a\\\\u0041 \\"é\\" {n}"@fr .\n'
             for n in range(SIZE)]
    (tmp_path / "coopdec.nt").write_text("".join(lines), "utf-8")
    return tmp_path


@pytest.fixture
def store() -> Iterator[str]:
    """The root of a real server that holds something else already."""
    with sparql_server(b"<http://old/a> <http://old/b> <http://old/c> .",
                       "application/n-triples") as url:
        yield url.removesuffix("query")


def held(store: str, query: str) -> str:
    request = urllib.request.Request(f"{store}query", query.encode(), {
        "Content-Type": "application/sparql-query", "Accept": "text/csv"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("graph", [None, GRAPH])
@pytest.mark.parametrize("update", [False, True])
def test_a_release_takes_the_place_of_what_was_there(
        folder: Path, store: str, graph: str | None, update: bool) -> None:
    address = store + ("update" if update else "store")
    for _ in range(2):  # a second time changes nothing
        done = push(folder, address, graph=graph, update=update)
        assert (done.statements, done.resumed) == (SIZE, 0)
    where = f"GRAPH <{graph}> {{ <http://e.org/7> ?p ?o }}" if graph else "<http://e.org/7> ?p ?o"
    assert held(store, f"SELECT ?o {{ {where} }}").splitlines()[1:] == ['"a\\u0041 ""é"" 7"']
    old = held(store, "SELECT * { <http://old/a> ?p ?o }").splitlines()[1:]
    assert bool(old) == (graph is not None)


@pytest.mark.parametrize("update", [False, True])
def test_a_push_that_was_stopped_goes_on(folder: Path, store: str, update: bool,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    address = store + ("update" if update else "store")

    def killed(done: int, size: int) -> None:
        if done > size / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(folder, address, update=update, progress=killed)
    seen: list[int] = []
    done = push(folder, address, update=update, progress=lambda at, _: seen.append(at))
    assert done.statements == SIZE
    assert SIZE / 2 <= done.resumed < SIZE
    assert len(seen) < 6
    # A store that was emptied meanwhile gets all of it.
    with pytest.raises(KeyboardInterrupt):
        push(folder, address, update=update, progress=killed)
    urllib.request.urlopen(urllib.request.Request(f"{store}store?default", method="DELETE"))
    assert push(folder, address, update=update).resumed == 0


@pytest.mark.parametrize(("status", "code"), [
    (401, "push-unauthorised"), (403, "push-forbidden"), (404, "push-not-found"),
    (405, "push-not-allowed"), (500, "push-failed"), (302, "push-moved"), (504, "push-timeout")])
def test_refusals_are_told_apart(folder: Path, talk: Talk, status: int, code: str) -> None:
    talk.answer = lambda handler, _: send(
        handler, status, "text/plain", b"no", Location="http://elsewhere.example/",
        WWW_Authenticate="Odd realm=x")
    with pytest.raises(CoopdecError) as caught:
        push(folder, talk.url, update=True)
    assert caught.value.code == code
    assert isinstance(caught.value, QueryTimeout if status == 504 else EndpointError)


def test_a_part_that_is_too_large_is_halved(folder: Path, talk: Talk) -> None:
    def small(handler: BaseHTTPRequestHandler, _: int) -> None:
        size = int(handler.headers.get("Content-Length", 0))
        if handler.command == "GET":
            send(handler, 200, "application/sparql-results+json",
                 b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal",'
                 b'"datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"1000"}}]}}')
        else:
            send(handler, 413 if size > 2000 else 204, "text/plain", b"")

    talk.answer = small
    assert push(folder, talk.url, update=True).statements == SIZE
    talk.answer = lambda handler, _: send(handler, 413, "text/plain", b"")
    with pytest.raises(EndpointError) as caught:
        push(folder, talk.url, update=True, restart=True)
    assert caught.value.code == "push-too-large"


def test_a_wrong_count_is_an_error(folder: Path, store: str) -> None:
    """Whoever counts another graph finds another number."""
    with pytest.raises(EndpointError) as caught:
        push(folder, f"{store}store", graph=GRAPH, query=f"{store}query?default-graph-uri=x:y"
             "&named-graph-uri=x:y")
    assert caught.value.code == "push-wrong-count"


def test_credentials_come_from_the_environment(folder: Path, talk: Talk,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    talk.answer = lambda handler, _: send(handler, 403, "text/plain", b"")
    monkeypatch.setenv("COOPDEC_ENDPOINT_USER", "moi")
    monkeypatch.setenv("COOPDEC_ENDPOINT_PASSWORD", "secret")
    with pytest.raises(EndpointError) as caught:
        push(folder, talk.url, update=True)
    assert talk.requests[-1][2]["Authorization"].startswith("Basic ")
    assert "secret" not in str(caught.value)
    monkeypatch.setenv("COOPDEC_ENDPOINT_TOKEN", "jeton")
    with pytest.raises(EndpointError):
        push(folder, talk.url, update=True)
    assert talk.requests[-1][2]["Authorization"] == "Bearer jeton"


def test_what_cannot_be_sent(folder: Path) -> None:
    with pytest.raises(UsageError, match="http"):
        push(folder, "ftp://e.org/store")
    with pytest.raises(UsageError):
        push(folder, "http://127.0.0.1:1/store", graph="no iri")
    with pytest.raises(UsageError):
        push(folder / "nowhere", "http://127.0.0.1:1/store")
    with pytest.raises(EndpointError) as caught:
        push(folder, f"http://127.0.0.1:{free_port()}/store")
    assert caught.value.code == "push-unreachable"


def test_a_connection_that_breaks_off_is_no_missing_server(folder: Path, talk: Talk) -> None:
    def hang_up(handler: BaseHTTPRequestHandler, _: int) -> None:
        handler.close_connection = True

    talk.answer = hang_up
    with pytest.raises(EndpointError) as caught:
        push(folder, talk.url, update=True)
    assert caught.value.code == "push-cut-off"
    with pytest.raises(EndpointError) as caught:
        push(folder, "http://no-such-host.invalid/store")
    assert caught.value.code == "push-unreachable"


@pytest.mark.parametrize(("url", "query"), [
    ("http://h/repositories/r/statements", "http://h/repositories/r"),
    ("http://h/sparql-graph-crud-auth", "http://h/sparql"),
    ("http://h/sparql", "http://h/sparql"), ("http://h/", "http://h/")])
def test_where_the_usual_stores_answer(url: str, query: str) -> None:
    assert query_address(url) == query


