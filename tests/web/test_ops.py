"""What whoever runs the server counts on: health, counters, logs, limits, a new release."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from coopdec.pipeline import Summary
from coopdec.storage import replaced_folder
from coopdec.web import opening
from coopdec.web.limits import Rate
from coopdec.web.place import client_of
from tests.servers import free_port, sparql_server
from tests.web.conftest import Server, serving


@pytest.fixture(scope="module")
def guarded(release: Summary, web_cache: Path) -> Iterator[Server]:
    """A server behind a proxy, under a path, with little patience and a low rate."""
    with serving(release.output, web_cache, "--proxy", "--root-path", "/donnees",
                 "--rate", "2", "--patience", "1", "--workers", "1") as found:
        yield found


# -- health, counters, logs


def test_health(server: Server) -> None:
    for path in ("health", "health/live", "health/ready"):
        found = server.get(path)
        assert (found.status_code, found.json()["status"]) == (200, "ok")
        assert found.headers["cache-control"] == "no-store"


def test_counters_grow(server: Server) -> None:
    def count() -> float:
        from prometheus_client.parser import text_string_to_metric_families

        families = text_string_to_metric_families(server.get("metrics").text)
        return sum(s.value for f in families for s in f.samples
                   if s.name == "coopdec_requests_total"
                   and (s.labels["part"], s.labels["status"]) == ("sparql", "200"))

    before = count()
    server.get("sparql", params={"query": "ASK { ?counted ?in ?metrics }"})
    assert count() == before + 1


def test_logs_hold_nothing_of_a_person(server: Server) -> None:
    server.get("sparql", params={"query": "ASK { ?secretvariable ?p ?o }"},
               headers={"User-Agent": "secretbrowser", "Referer": "http://secret.example/"})
    server.get("project/?q=secretsearch")
    # Where the editor was not built, a word for whoever starts the server goes before.
    lines = [json.loads(line) for line in server.log.read_text("utf-8").splitlines()
             if line.startswith("{")]
    last = next(x for x in reversed(lines) if x.get("path") == "sparql")
    assert {"time", "level", "event", "request", "method", "path", "status", "ms", "bytes",
            "query"} <= last.keys()
    assert len(last["query"]) == 12
    text = server.log.read_text("utf-8")
    assert "secret" not in text
    assert "127.0.0.1" not in text


# -- behind a proxy


def test_a_site_under_a_path(guarded: Server) -> None:
    root = urlsplit(guarded.url).path
    assert root == "/donnees/"
    here = guarded.get("country/ML", "text/turtle")
    assert here.headers["location"] == f"{root}country/ML.ttl"
    place = guarded.url.removesuffix("donnees/")
    # A proxy that takes the prefix off, and one that leaves it.
    for address in (f"{place}country/ML.html", f"{guarded.url}country/ML.html"):
        page = guarded.get(address)
        assert page.status_code == 200
        told = guarded.get(address, headers={"X-Forwarded-Prefix": "/donnees"})
        assert told.text == page.text
        assert f'href="{root}static/' in page.text
    told = guarded.get("sparql", "text/turtle", headers={
        "X-Forwarded-Proto": "https", "X-Forwarded-Host": "data.example.org",
        "X-Forwarded-For": "203.0.113.9"})
    assert "<https://data.example.org/donnees/sparql>" in told.text
    odd = guarded.get("sparql", "text/turtle", headers={"X-Forwarded-Host": "a\"><b"})
    assert '"><b' not in odd.text


def test_nobody_believes_a_stranger_s_headers(server: Server) -> None:
    told = server.get("sparql", "text/turtle", headers={
        "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"})
    assert "evil" not in told.text


def test_a_client_that_asks_too_often_waits(guarded: Server) -> None:
    def ask(client: str) -> int:
        found = guarded.get("health/live", headers={"X-Forwarded-For": f"1.1.1.1, {client}"})
        if found.status_code == 429:
            assert int(found.headers["retry-after"]) >= 1
            assert found.headers["content-type"] == "application/problem+json"
        return found.status_code

    answers = [ask("203.0.113.1") for _ in range(16)]
    assert answers[0] == 200
    assert 429 in answers
    assert ask("203.0.113.2") == 200
    network = [ask(f"2001:db8::{n:x}") for n in range(16)]  # one household
    assert 429 in network
    assert {ask("127.0.0.1") for _ in range(20)} == {200}


def test_the_bucket_fills_again() -> None:
    now = [0.0]
    rate = Rate(2, 4, remembered=3, clock=lambda: now[0])
    assert [rate.wait("a") > 0 for _ in range(5)] == [False] * 4 + [True]
    now[0] += 0.5
    assert [rate.wait("a") > 0 for _ in range(2)] == [False, True]
    for other in "bcd":
        rate.wait(other)
    assert rate.wait("a") == 0  # forgotten
    assert client_of({"client": ("2001:db8:1:2:3::4", 1)}) == "2001:db8:1:2::"
    assert client_of({"client": ("::ffff:192.0.2.1", 1)}) == "192.0.2.1"
    assert client_of({"client": ("::1", 1)}) is None


# -- what is sent too slowly, too large, or is no HTTP


def raw(server: Server, data: bytes, more: Iterable[bytes] = (), pause: float = 0.0) -> bytes:
    """What comes back for these bytes, until the server closes or is silent."""
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname, place.port), timeout=8) as wire:
        got = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            wire.sendall(data)
            for part in more:
                time.sleep(pause)
                wire.sendall(part)
            while part := wire.recv(1 << 16):
                got += part
        return got


def test_slow_requests_are_given_up(guarded: Server) -> None:
    """Drop by drop, as long as anybody listens: a head, and the body of a question."""
    def drops() -> Iterator[bytes]:
        yield from repeat(b"a", 600)
        pytest.fail("still listening after a minute")

    starts = (b"GET /donnees/ HTTP/1.1\r\nHost: a\r\nX-",
              b"POST /donnees/sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n"
              b"Content-Type: application/sparql-query\r\n\r\n")
    with ThreadPoolExecutor(len(starts)) as clients:
        answers = list(clients.map(lambda start: raw(guarded, start, drops(), 0.1), starts))
    for answer in answers:
        assert answer.startswith(b"HTTP/1.1 408") or answer == b""
    assert guarded.get("health/live").status_code == 200


@pytest.mark.parametrize(("request_", "status"), [
    (b"nonsense\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", b"400"),
    (b"GET / HTTP/1.1\r\nHost: a\"><script>\r\nConnection: close\r\n\r\n", b"400"),
    (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"414"),
    (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", b"414"),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", b"431"),
    (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", b"400"),
    (b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
    (b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", b"400"),
    (b"BREW / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", b"405"),
    (b"GET http://evil.example/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", b"404"),
])
def test_what_is_no_request(server: Server, request_: bytes, status: bytes) -> None:
    got = raw(server, request_)
    assert got.startswith(b"HTTP/1.1 " + status), got[:200]
    assert b"problem+json" in got
    assert b"Traceback" not in got


def test_a_chunked_body_is_measured_as_it_comes(server: Server) -> None:
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    got = raw(server, b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
              b"Content-Type: application/sparql-query\r\n\r\n", [chunk] * 80)
    assert got.startswith(b"HTTP/1.1 413") or got == b""
    assert server.get("health/live").status_code == 200


def test_values_cannot_become_headers_or_queries(server: Server) -> None:
    for value in ("ML\r\nSet-Cookie: a=b", "ML' } DROP ALL #", '"><script>alert(1)</script>',
                  "ML\" UNION SELECT 1", "%0d%0aX: y", "\u0000"):
        for path in ("project/", "project.csv", "api/queries/projects-by-country"):
            found = server.get(path, "text/html, */*;q=0.5", params={"country": value, "q": value})
            assert found.status_code < 500, (path, value, found.text)
            assert "set-cookie" not in found.headers
            assert "<script>alert" not in found.text


# -- a new release, and the end


def changed(folder: Path, extra: str) -> None:
    """Put another release in the folder's place, as a build does."""
    with replaced_folder(folder) as new:
        for file in folder.iterdir():
            shutil.copy2(file, new)
        with (new / "coopdec.nt").open("a", encoding="utf-8") as dump:
            dump.write(extra)
        names = sorted(p.name for p in new.iterdir() if p.name != "SHA256SUMS")
        (new / "SHA256SUMS").write_text("".join(
            f"{hashlib.sha256((new / n).read_bytes()).hexdigest()}  {n}\n" for n in names))


def test_a_new_release_takes_over_and_no_request_fails(
        release: Summary, tmp_path: Path) -> None:
    folder = tmp_path / "output"
    shutil.copytree(release.output, folder)
    new = "https://w3id.org/coopdec/country/XX"
    gone = "https://w3id.org/coopdec/project/appel/00000000deadbeef"
    ask = {"query": f"ASK {{ <{new}> ?p ?o }}"}
    with serving(folder, tmp_path, "--workers", "2") as server:
        assert server.get("sparql", params=ask).json()["boolean"] is False
        old = server.get("health").json()["release"]
        failed: list[str] = []
        stop = threading.Event()

        def keep_asking() -> None:
            import httpx

            with httpx.Client(base_url=server.url, timeout=30) as client:
                while not stop.is_set():
                    for path in ("country/ML.html", "coopdec.ttl", "sparql?query=ASK%7B%7D"):
                        found = client.get(path)
                        if found.status_code != 200:
                            failed.append(f"{path} {found.status_code} {found.text[:200]}")

        threads = [threading.Thread(target=keep_asking) for _ in range(3)]
        for thread in threads:
            thread.start()
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        changed(folder, f"<{new}> <{rdf}> <https://w3id.org/coopdec/ontology#Country> .\n"
                f'<{new}> <http://www.w3.org/2000/01/rdf-schema#label> "Neuland"@fr .\n'
                f"<{gone}> <{rdf}> <https://w3id.org/coopdec/ontology#Tombstone> .\n"
                f'<{gone}> <http://www.w3.org/2000/01/rdf-schema#label> "Ancien"@fr .\n'
                f"<{gone}> <http://purl.org/dc/terms/isReplacedBy> <{new}> .\n")
        os.kill(server.process.pid, signal.SIGHUP)
        deadline = time.monotonic() + 60
        while server.get("health").json()["release"] == old and time.monotonic() < deadline:
            time.sleep(0.1)
        assert server.get("sparql", params=ask).json()["boolean"] is True
        assert "Neuland" in server.get("country/XX.html").text
        stop.set()
        for thread in threads:
            thread.join()
        assert failed == []
        # What was withdrawn says so in every form, and what stands in its place.
        path = "project/appel/00000000deadbeef"
        for address, accept, media in (
            (path, "text/html", "text/html"), (path, "text/turtle", "text/turtle"),
            (f"{path}.html", "*/*", "text/html"), (f"en/{path}.html", "*/*", "text/html"),
            (f"{path}.nt", "*/*", "application/n-triples"),
            (f"{path}.jsonld", "*/*", "application/ld+json")):
            found = server.get(address, accept)
            assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (
                410, media), address
            assert "country/XX" in found.text, address
            assert f'<{new}>; rel="successor-version"' in found.headers["link"], address
        # What cannot be read does not take the place of what can.
        (folder / "coopdec.nt").write_text("nonsense")
        (folder / "SHA256SUMS").write_text("")
        os.kill(server.process.pid, signal.SIGHUP)
        while "reload failed" not in server.log.read_text("utf-8"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert server.get("sparql", params=ask).json()["boolean"] is True


def test_a_release_replaced_while_it_is_opened_is_opened_again(
        release: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its statements would stand beside the files of the other."""
    folder = tmp_path / "output"
    shutil.copytree(release.output, folder)

    class Opened:
        closed = False

        def close(self) -> None:
            self.closed = True

    opened: list[Opened] = []

    def open_(*_: object) -> Opened:
        opened.append(Opened())
        if len(opened) == 1:
            changed(folder, "")
        return opened[-1]

    monkeypatch.setattr(opening, "_opened", open_)
    found: object = opening._of_one_release(opening.Settings(folder), lambda *_: None)
    assert found is opened[1]
    assert [o.closed for o in opened] == [True, False]


def test_the_end_is_graceful(release: Summary, web_cache: Path) -> None:
    """A query that runs is answered; no process is left."""
    query = ("SELECT (COUNT(*) AS ?n) { ?a a ?b . ?c a ?d . ?e a cd:Country ."
             " FILTER(?a != ?c) }")
    with serving(release.output, web_cache, "--time-limit", "2", "--workers", "1") as server:
        got: list[int] = []
        thread = threading.Thread(
            target=lambda: got.append(server.get("sparql", params={"query": query}).status_code))
        thread.start()
        time.sleep(0.5)
        workers = children(server.process.pid)
        assert workers
        server.process.terminate()
        thread.join()
        assert got[0] in (200, 503)
        server.process.wait(15)
        assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def children(pid: int) -> list[int]:
    return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()
            and _parent(p) == pid]


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


# -- before another endpoint, and what the command says


def test_before_another_endpoint(release: Summary, tmp_path: Path) -> None:
    data = (release.output / "coopdec.nt").read_bytes()
    with sparql_server(data, "application/n-triples") as url, \
            serving(url, tmp_path, "--row-limit", "7") as server:
        found = server.get("sparql", params={"query": "SELECT ?c { ?c cd:iso2 'ML' }"})
        assert found.json()["results"]["bindings"][0]["c"]["value"].endswith("country/ML")
        assert "Mali" in server.get("country/ML.html").text
        assert server.get("country/ML.ttl").status_code == 200
        cut = server.get("sparql", params={"query": "SELECT * { ?s ?p ?o }", "format": "csv"})
        assert cut.headers["x-coopdec-cut"] == "rows=7"
        wrong = server.get("sparql", params={"query": "SELECT * {"})
        assert (wrong.status_code, wrong.json()["line"]) == (400, 1)
        assert server.get("coopdec.nt").status_code == 404


@pytest.mark.parametrize(("options", "said"), [
    (["--host", "203.0.113.77"], "adresse de cette machine"),
    (["--root-path", "/a b"], "chemin"),
    (["--allow-service", "ftp://x"], "adresse"),
])
def test_what_cannot_be_served_is_said(
        release: Summary, options: list[str], said: str, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str]) -> None:
    from coopdec.cli import main

    monkeypatch.chdir(release.output.parent)  # where output/ is what is served
    monkeypatch.setattr("coopdec.web.editor.built", lambda: False)
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", str(free_port()), "--lang", "fr", *options])
    shown = capsys.readouterr()
    assert (ended.value.code, shown.out) == (2, "")
    assert said in one_line(shown.err)


def one_line(errors: str) -> str:
    """All that was said: the fault, and nothing of an editor that nobody will see."""
    (line,) = errors.splitlines()
    return line


def refused(tmp_path: Path, code: int, *options: str) -> str:
    """What the command says where something that it needs is not to be had."""
    done = subprocess.run(
        [sys.executable, "-m", "coopdec", "serve", *options], capture_output=True, text=True,
        timeout=60, check=False,
        env={**os.environ, "COOPDEC_CACHE": str(tmp_path), "COOPDEC_LANG": "fr"})
    assert (done.returncode, done.stdout) == (code, "")
    return one_line(done.stderr)


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    port = ("--port", str(free_port()))
    assert "n'existe pas. « coopdec build »" in refused(tmp_path, 2, "/nowhere/at/all", *port)
    assert "127.0.0.1:1" in refused(tmp_path, 3, "--endpoint", "http://127.0.0.1:1/", *port)


def test_a_port_that_is_taken(server: Server, release: Summary, tmp_path: Path) -> None:
    port = str(urlsplit(server.url).port)
    said = refused(tmp_path, 3, str(release.output), "--port", port)
    assert f"le port {port} est déjà pris" in said
