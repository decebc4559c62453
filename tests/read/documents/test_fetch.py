"""Lists from addresses: served by a small server on this machine."""

from __future__ import annotations

import contextlib
import http.server
import threading
import time
from collections.abc import Iterator

import pytest

from coopdec.errors import CoopdecError, EndpointError, UsageError
from coopdec.messages import LANGS, render
from coopdec.read.fetch import fetch


class Handler(http.server.BaseHTTPRequestHandler):
    """/list.csv, /named, /big, /slow, /short, /missing, /loop, /jump/URL"""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        name, _, rest = self.path.lstrip("/").partition("/")
        body = b"Pays;Titre\nMali;Eau\n"
        if name == "loop":
            return self.answer(302, {"Location": "/loop"})
        if name == "jump":
            return self.answer(301, {"Location": rest})
        if name == "missing":
            return self.answer(404, {})
        if name == "big":
            return self.answer(200, {}, b"x" * 3_000_000)
        if name == "short":
            return self.answer(200, {"Content-Length": "9999"}, body)
        if name == "slow":
            self.answer(200, {"Content-Length": "9999"})
            with contextlib.suppress(OSError):  # who asked has left
                while True:
                    time.sleep(0.1)
                    self.wfile.write(b"x")
            return None
        headers = {"Content-Type": "text/csv; charset=utf-8"}
        if name == "named":
            headers["Content-Disposition"] = 'attachment; filename="../../liste été.csv"'
        return self.answer(200, headers, body)

    def answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()


def test_a_list_is_fetched_and_its_file_goes_away(server: str) -> None:
    steps: list[tuple[int, int | None]] = []
    with fetch(f"{server}/jump/{server}/export", allow_private=True,
               progress=lambda read, total: steps.append((read, total))) as fetched:
        assert fetched.path.name == "export.csv"
        assert fetched.url == f"{server}/export"
        assert fetched.media_type == "text/csv"
        assert fetched.path.read_bytes().startswith(b"Pays;")
        path = fetched.path
    assert not path.exists()
    assert steps[-1][0] == 20


def test_the_servers_name_does_not_leave_the_folder(server: str) -> None:
    with fetch(f"{server}/named", allow_private=True) as fetched:
        assert fetched.path.name == "liste été.csv"
        assert fetched.path.parent.name.startswith("coopdec-")


def code(url: str, **options: object) -> str:
    with pytest.raises(CoopdecError) as caught, fetch(url, **options):  # type: ignore[arg-type]
        pass
    for lang in LANGS:
        assert render(caught.value.code, caught.value.params, lang)
    kind = UsageError if caught.value.code in {"fetch-scheme", "fetch-private"} else EndpointError
    assert isinstance(caught.value, kind)
    return caught.value.code


@pytest.mark.parametrize(
    ("path", "expected"),
    [("missing", "fetch-status"), ("loop", "fetch-redirects"), ("big", "fetch-too-large"),
     ("short", "fetch-failed"), ("jump/file:///etc/passwd", "fetch-scheme")],
)
def test_bounds(server: str, path: str, expected: str) -> None:
    assert code(f"{server}/{path}", allow_private=True, max_bytes=1_000_000) == expected


def test_a_slow_drip_is_cut_off(server: str) -> None:
    """The server goes on as long as anybody listens."""
    assert code(f"{server}/slow", allow_private=True, seconds=0.6) == "fetch-too-slow"


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/x", "http://localhost/x", "http://[::1]/x", "http://10.0.0.1/x",
     "http://169.254.169.254/latest", "http://0.0.0.0/x", "http://[::ffff:10.0.0.1]/x"],
)
def test_private_machines_are_refused(url: str) -> None:
    assert code(url) == "fetch-private"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/x", "http:///x",
                                 "http://name:word@example.org/x", "http://example.org:99999/"])
def test_other_addresses_are_refused(url: str) -> None:
    assert code(url) == "fetch-scheme"


def test_no_server() -> None:
    assert code("http://127.0.0.1:1/x", allow_private=True) == "fetch-failed"
