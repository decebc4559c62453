"""Real servers on loopback for tests: Oxigraph's own, and one that misbehaves on purpose."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

#: Wikidata-shaped: direct properties, labels in several languages, one country with two
#: populations and two capitals' names, one that we have no project with.
WIKIDATA = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
wd:Q912 wdt:P297 "ML" ; wdt:P1082 22395489 , 14528662 ; wdt:P36 wd:Q3703 ;
  wdt:P41 <http://commons.wikimedia.org/wiki/Special:FilePath/Flag%20of%20Mali.svg> .
wd:Q3703 rdfs:label "Bamako"@fr , "Bamako"@en .
wd:Q399 wdt:P297 "AM" ; wdt:P1082 2930450 ; wdt:P36 wd:Q1953 .
wd:Q1953 rdfs:label "Erevan"@fr , "Yerevan"@en .
wd:Q35 wdt:P297 "DK" ; wdt:P1082 5827463 .
wd:Q1289 wdt:P374 "38185" ; wdt:P1082 158240 ; wdt:P2046 18.13 ;
  wdt:P856 <https://www.grenoble.fr/> ; wdt:P625 "Point(5.7224 45.1715)" .
wd:Q44829 wdt:P300 "AR-T" ; wdt:P1082 1731820 .
wd:Q333476 wdt:P1566 "2451478" ; wdt:P1082 130690 .
"""


def oxigraph() -> str:
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    assert found, "the package oxigraph (dev extra) brings the server"
    return found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def sparql_server(data: bytes, media: str) -> Iterator[str]:
    """The query address of an Oxigraph server process that holds ``data``."""
    port = free_port()
    process = subprocess.Popen(
        [oxigraph(), "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(port, process)
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/store?default", data=data, method="PUT",
            headers={"Content-Type": media})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status in (200, 201, 204)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.kill()
        process.wait()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        assert process.poll() is None, "the server ended"
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the server did not start")


class Talk:
    """What the misbehaving server saw, and how it is to answer."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, dict[str, str], dict[str, list[str]]]] = []
        self.answer: Callable[[BaseHTTPRequestHandler, int], None] = _nothing
        self.url = ""


def _nothing(handler: BaseHTTPRequestHandler, number: int) -> None:
    send(handler, 200, "application/sparql-results+json",
         b'{"head":{"vars":["x"]},"results":{"bindings":[]}}')


def send(handler: BaseHTTPRequestHandler, status: int, media: str, body: bytes,
         length: int | None = None, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", media)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def misbehaving() -> Iterator[Talk]:
    """An HTTP server that answers as ``Talk.answer`` says and remembers what it was asked."""
    talk = Talk()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def _serve(self, form: dict[str, list[str]]) -> None:
            talk.requests.append((self.command, self.path, dict(self.headers.items()), form))
            try:
                talk.answer(self, len(talk.requests))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def do_GET(self) -> None:
            self._serve(parse_qs(urlsplit(self.path).query))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._serve(parse_qs(body.decode()))

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    talk.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    try:
        yield talk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
