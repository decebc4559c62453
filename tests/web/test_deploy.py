"""The example configurations of web servers, in the real servers.

``docs/deploy/``: each is started as it stands, but for its port and its folder.
"""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
SERVERS = ("nginx", "apache2", "caddy")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few files named as ``coopdec site`` names them."""
    root = tmp_path_factory.mktemp("site")
    # What web servers run as is not always who runs the tests.
    for folder in (root, *root.parents):
        if folder.owner() == root.owner() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    files = ["index", "404", "project/index"]
    for path in ("project/a/1", "call/c", "call/c/session-1", "goal/6.1", "ontology",
                 "project/a/é b", "territory/MD/old"):
        files.append(path)
        for form in ("ttl", "jsonld"):
            made = root / f"{path}.{form}"
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(f"{form} of {path}")
    for path in files:
        for start in ("", "en/"):
            made = root / f"{start}{path}.html"
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(f"{start or 'fr/'}page of {path}")
    (root / "territory/MD/old.gone").touch()
    (root / "coopdec.ttl").write_text("dump")
    return root


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def nginx(conf: str, room: Path) -> list[str]:
    temp = "".join(f"{kind}_temp_path {room}/{kind}; " for kind in (
        "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (room / "site.conf").write_text(conf)
    (room / "nginx.conf").write_text(
        f"pid {room}/pid; error_log {room}/log; daemon off; events {{}}\n"
        f"http {{ access_log off; {temp} include {room}/site.conf; }}")
    return ["nginx", "-e", f"{room}/log", "-c", f"{room}/nginx.conf"]


def apache2(conf: str, room: Path) -> list[str]:
    modules = "".join(
        f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so\n"
        for m in ("mpm_event", "authz_core", "mime", "rewrite", "headers", "setenvif", "dir"))
    (room / "apache.conf").write_text(
        f"ServerRoot {room}\nPidFile {room}/pid\nErrorLog {room}/log\nServerName localhost\n"
        f"DefaultRuntimeDir {room}\n{modules}TypesConfig /dev/null\n" + conf)
    return ["apache2", "-X", "-f", f"{room}/apache.conf"]


def caddy(conf: str, room: Path) -> list[str]:
    (room / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + conf)
    return ["caddy", "run", "--config", f"{room}/Caddyfile", "--adapter", "caddyfile"]


FILES: dict[str, tuple[str, Callable[[str, Path], list[str]], tuple[str, ...]]] = {
    "nginx": ("nginx.conf", nginx, ("listen 80;", "listen 127.0.0.1:{port};")),
    "apache2": ("apache.conf", apache2,
                ("<VirtualHost *:80>", "Listen 127.0.0.1:{port}\n<VirtualHost *:{port}>")),
    "caddy": ("Caddyfile", caddy, ("data.example.org {", "http://127.0.0.1:{port} {{")),
}


@pytest.fixture(scope="module", params=SERVERS)
def port(request: pytest.FixtureRequest, site: Path,
         tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    name: str = request.param
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    file, command, (old, new) = FILES[name]
    number, room = free_port(), tmp_path_factory.mktemp(name)
    text = (DEPLOY / file).read_text("utf-8")
    assert old in text
    conf = text.replace(old, new.format(port=number)).replace("/srv/coopdec/site", str(site))
    with started(command(conf, room), number, room):
        yield number


@contextmanager
def started(command: list[str], port: int, room: Path) -> Iterator[None]:
    """A server until the block ends."""
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(room)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          env=env) as process:
        assert process.stderr is not None
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                pytest.fail(process.stderr.read().decode())
            time.sleep(0.05)
        try:
            yield
        finally:
            process.terminate()
            process.stderr.close()


def ask(port: int, path: str, accept: str | None = None, language: str | None = None
        ) -> tuple[int, str, str, str]:
    """(status, path of Location, media type, body)."""
    talk = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {}
    if accept is not None:
        headers["Accept"] = accept
    if language is not None:
        headers["Accept-Language"] = language
    talk.request("GET", path, headers=headers)
    got = talk.getresponse()
    body = got.read().decode("utf-8", "replace")
    talk.close()
    to = got.getheader("Location", "").removeprefix(f"http://127.0.0.1:{port}")
    to = re.sub("%[0-9a-f]{2}", lambda m: m[0].upper(), to)
    kind = got.getheader("Content-Type", "").partition(";")[0]
    return got.status, to, kind, body


FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
RDFLIB = "application/rdf+xml;q=0.5, text/turtle;q=1.0, application/ld+json;q=0.9, */*;q=0.1"


@pytest.mark.parametrize(("accept", "form"), [
    (None, "html"), ("*/*", "html"), (FIREFOX, "html"), ("text/html", "html"),
    ("text/turtle", "ttl"), (RDFLIB, "ttl"), ("TEXT/Turtle", "ttl"),
    ("application/ld+json", "jsonld"), ("application/*", "jsonld"),
    ("text/html;q=0.5, text/turtle", "ttl"), ("text/html, text/turtle;q=0.5", "html"),
    ("text/turtle;q=0.4, application/ld+json;q=0.8, text/html;q=0.2", "jsonld"),
    ("text/turtle;q=0.9,application/ld+json;q=0.9", "ttl"),
    ("text/html;q=0, */*;q=0.1", "ttl"), ("text/turtle;q=0, */*", "html"),
    ("text/turtle; charset=utf-8; q=0.8, text/html; q=0.7", "ttl"),
    ("application/xml", "html"), ("text/turtle;q=1.000, text/html;q=0.9", "ttl"),
])
def test_forms(port: int, accept: str | None, form: str) -> None:
    assert ask(port, "/project/a/1", accept)[:2] == (303, f"/project/a/1.{form}")


@pytest.mark.parametrize(("language", "start"), [
    (None, ""), ("fr", ""), ("en", "/en"), ("en-GB,en;q=0.9,fr;q=0.8", "/en"),
    ("fr-FR,fr;q=0.9,en;q=0.5", ""), ("de", ""), ("de, en;q=0.7, fr;q=0.3", "/en"),
    ("en;q=0.5, fr;q=0.5", ""),
])
def test_languages(port: int, language: str | None, start: str) -> None:
    assert ask(port, "/ontology", "text/html", language)[:2] == (303, f"{start}/ontology.html")


def test_what_is_a_resource_and_a_folder_or_has_a_point(port: int) -> None:
    assert ask(port, "/call/c")[:2] == (303, "/call/c.html")
    assert ask(port, "/call/c/session-1", "text/turtle")[:2] == (303, "/call/c/session-1.ttl")
    assert ask(port, "/goal/6.1")[:2] == (303, "/goal/6.1.html")
    assert ask(port, "/en/goal/6.1")[:2] == (303, "/en/goal/6.1.html")
    assert ask(port, "/en/goal/6.1", "text/turtle")[:2] == (303, "/goal/6.1.ttl")
    assert ask(port, "/project/a/%C3%A9%20b", "text/turtle")[:2] == (
        303, "/project/a/%C3%A9%20b.ttl")
    assert ask(port, "/ontology?x=1", "text/turtle")[1].startswith("/ontology.ttl")
    assert ask(port, "/project")[:2] == (308, "/project/")


def test_files_and_lists(port: int) -> None:
    assert ask(port, "/")[::3] == (200, "fr/page of index")
    assert ask(port, "/project/")[::3] == (200, "fr/page of project/index")
    assert ask(port, "/en/project/")[::3] == (200, "en/page of project/index")
    assert ask(port, "/project/a/1.ttl")[::2] == (200, "text/turtle")
    assert ask(port, "/project/a/1.jsonld")[::2] == (200, "application/ld+json")
    assert ask(port, "/en/project/a/1.html")[::2] == (200, "text/html")
    assert ask(port, "/coopdec.ttl")[2:] == ("text/turtle", "dump")
    assert ask(port, "/project/a/%C3%A9%20b.ttl")[0] == 200
    assert ask(port, "/nothing")[::3] == (404, "fr/page of 404")
    assert ask(port, "/nothing.ttl")[0] == 404
    assert ask(port, "/territory/MD/old.gone")[0] == 404


def test_what_was_withdrawn(port: int) -> None:
    path = "/territory/MD/old"
    assert ask(port, path)[::3] == (410, "fr/page of territory/MD/old")
    assert ask(port, path, language="en")[::3] == (410, "en/page of territory/MD/old")
    assert ask(port, path, "text/turtle")[::2] == (410, "text/turtle")
    assert ask(port, path, "application/ld+json")[3] == "jsonld of territory/MD/old"
    assert ask(port, f"{path}.html")[::3] == (410, "fr/page of territory/MD/old")
    assert ask(port, f"/en{path}.html", "text/turtle")[::3] == (
        410, "en/page of territory/MD/old")
    assert ask(port, f"{path}.ttl")[::3] == (410, "ttl of territory/MD/old")


@pytest.fixture(scope="module")
def w3id(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Apache as w3id.org has it: folders with an ``.htaccess``."""
    if shutil.which("apache2") is None:
        pytest.skip("apache2 is not installed")
    room, number = tmp_path_factory.mktemp("w3id"), free_port()
    for folder in (room, *room.parents[:-1]):
        if folder.owner() == room.owner():
            folder.chmod(folder.stat().st_mode | 0o055)
    for name, file in (("coopdec", "w3id.htaccess"), ("files", "w3id-static.htaccess")):
        (room / "www" / name).mkdir(parents=True)
        shutil.copy(DEPLOY / file, room / "www" / name / ".htaccess")
    conf = (f'Listen 127.0.0.1:{number}\nDocumentRoot "{room}/www"\n<Directory "{room}/www">\n'
            "Require all granted\nAllowOverride All\n</Directory>\n")
    with started(apache2(conf, room), number, room):
        yield number


@pytest.mark.parametrize("path", ["", "project/a/1", "en/goal/6.1", "coopdec.ttl"])
def test_w3id_passes_on(w3id: int, path: str) -> None:
    assert ask(w3id, f"/coopdec/{path}", "text/turtle")[:2] == (
        302, f"https://data.example.org/{path}")


@pytest.mark.parametrize(("path", "accept", "language", "status", "to"), [
    ("", None, None, 302, ""), ("project/", None, None, 302, "project/"),
    ("coopdec.ttl", "text/html", None, 302, "coopdec.ttl"),
    ("SHA256SUMS", None, None, 302, "SHA256SUMS"),
    ("goal/6.1", FIREFOX, None, 303, "goal/6.1.html"),
    ("goal/6.1", FIREFOX, "en,fr;q=0.5", 303, "en/goal/6.1.html"),
    ("en/goal/6.1", FIREFOX, "fr", 303, "en/goal/6.1.html"),
    ("en/goal/6.1", RDFLIB, "fr", 303, "goal/6.1.ttl"),
    ("ontology", "application/ld+json, text/turtle;q=0.5", None, 303, "ontology.jsonld"),
    ("project/a/%C3%A9%20b", "text/turtle", None, 303, "project/a/%C3%A9%20b.ttl"),
])
def test_w3id_negotiates_for_files(w3id: int, path: str, accept: str | None, language: str | None,
                                   status: int, to: str) -> None:
    assert ask(w3id, f"/files/{path}", accept, language)[:2] == (
        status, f"https://data.example.org/{to}")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_the_unit_is_one_and_bounds_what_it_runs(tmp_path: Path) -> None:
    program = shutil.which("true")
    assert program is not None
    unit = tmp_path / "coopdec.service"
    unit.write_text((DEPLOY / "coopdec.service").read_text("utf-8").replace(
        "/opt/coopdec/bin/coopdec", program), "utf-8")
    said = subprocess.run(["systemd-analyze", "verify", str(unit)], check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert (said.returncode, said.stdout) == (0, "")
