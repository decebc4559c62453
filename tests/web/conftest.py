"""One real server process on the two lists' release, asked over a real socket."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from coopdec.pipeline import Summary

CHROMIUM = Path("/usr/bin/chromium")
# With nothing of its own to ask anybody for.
_CHROMIUM_OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"]


class Server:
    """``url`` ends in ``/``; ``get`` and ``post`` take paths under it, or whole addresses."""

    def __init__(self, url: str, process: subprocess.Popen[str], log: Path) -> None:
        self.url = url
        self.process = process
        self.log = log
        self.client = httpx.Client(base_url=url, timeout=30)

    def get(self, path: str, accept: str | None = None, **more: Any) -> httpx.Response:
        headers = {"Accept": accept} if accept else {}
        headers |= more.pop("headers", {})
        return self.client.get(path, headers=headers, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.client.post(path, **more)


@contextmanager
def serving(folder: Path | str, cache: Path, *options: str,
            env: dict[str, str] | None = None) -> Iterator[Server]:
    """``coopdec serve`` on a free port, until the block ends."""
    source = ["--endpoint", folder] if isinstance(folder, str) else [str(folder)]
    log = cache / f"log-{uuid4().hex}"  # a pipe that nobody reads would fill, and stop it
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "coopdec", "serve", *source, "--port", "0", *options],
            stdout=subprocess.PIPE, stderr=errors, text=True,
            env={**os.environ, "COOPDEC_CACHE": str(cache), **(env or {})})
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http"), f"no address: {url} {process.poll()} {log.read_text()}"
        server = Server(url, process, log)
        yield server
        server.client.close()
    finally:
        process.terminate()
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@pytest.fixture(scope="session")
def web_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web-cache")


@pytest.fixture(scope="session")
def server(release: Summary, web_cache: Path) -> Iterator[Server]:
    """The two lists' release, served with all defaults. No test may change it."""
    with serving(release.output, web_cache) as found:
        yield found


def serious(page: Any) -> list[str]:
    """What axe finds on a page that keeps somebody out."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found
            if v["impact"] in ("serious", "critical")]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real browser (playwright's ``Browser``). Its event loop goes on in this thread: a
    test that runs its own does so in another."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=str(CHROMIUM), args=_CHROMIUM_OPTIONS)
        yield found
        found.close()


@contextmanager
def visiting(browser: Any, start: str, **options: Any) -> Iterator[Any]:
    """A page (playwright's ``Page``) on the site at ``start`` that may not complain, meet what
    is not there, open a dialog, or ask anybody else."""
    context = browser.new_context(base_url=start, accept_downloads=True, **options)
    page = context.new_page()
    said: list[str] = []

    def refuse(dialog: Any) -> None:
        said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda m: said.append(f"{m.type} {m.text}"))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("dialog", refuse)
    page.on("request", lambda r: None if r.url.startswith((start, "blob:", "data:"))
            else said.append(f"outside: {r.url}"))
    page.on("response", lambda r: said.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    try:
        yield page
    finally:
        context.close()
    assert not said
