"""Linked data: every IRI of ours dereferences, to a page for people or to data.

``P`` redirects by negotiation (303) to ``P.html``, ``en/P.html``, ``P.ttl``, ``P.jsonld``,
``P.nt`` or ``P.rdf``, which answer outright; what was withdrawn answers 410 in each form.
A list (``project/``) also stands as ``project.csv``, ``.xlsx``, ``.geojson``, with the same
query string as its page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from coopdec.dataset.binding import encode_iri
from coopdec.dataset.serial import graph_as
from coopdec.media import GRAPHS
from coopdec.messages import Lang
from coopdec.vocab import DCTERMS
from coopdec.web.conditional import caching, etag, unchanged
from coopdec.web.files import send_file
from coopdec.web.lists import TABLES, send_rows
from coopdec.web.negotiate import best, language
from coopdec.web.problem import problem, said
from coopdec.web.services import Services

if TYPE_CHECKING:
    from coopdec.web.pages import Page, Tombstone

__all__ = ["routes"]

_HTML = "text/html"
_MAX_AGE = 300
_VARY = "Accept, Accept-Language"
_NOT_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")

T = TypeVar("T")


def routes() -> list[BaseRoute]:
    """The last routes of the site: they take every path that is left."""
    return [Route("/.well-known/void", _void), Route("/{path:path}", _get)]


async def _void(request: Request) -> Response:
    """Where VoID wants its description to be looked for (https://www.w3.org/TR/void/#well-known)."""
    return _moved(f"{request.app.state.services.root}dataset", 303)


@dataclass(frozen=True)
class _Asked:
    """``raw``: the path as it was sent, under the root; ``path``: without the language."""

    services: Services
    raw: str
    path: str
    lang: Lang


async def _get(request: Request) -> Response:
    services: Services = request.app.state.services
    raw = request.scope["raw_path"].decode("ascii", "replace")
    raw = raw.removeprefix(request.scope.get("root_path", "")).removeprefix("/")
    english = raw == "en" or raw.startswith("en/")
    asked = _Asked(services, raw, raw[3:] if english else raw, "en" if english else "fr")
    if raw in services.files:
        return await send_file(request, services.files, raw)
    stem, dot, suffix = asked.path.rpartition(".")
    if dot and suffix == "html":
        return await _page(request, asked, stem)
    if not asked.path or asked.path.endswith("/"):
        return await _page(request, asked, asked.path)
    if dot and suffix in TABLES and stem == "project":
        return await send_rows(request, asked.lang, suffix)
    if dot and suffix in GRAPHS:
        found = await _data(request, asked, stem, suffix)
        if found is not None and english:  # data are in all languages
            return _moved(f"{services.root}{asked.path}", 308)
        if found is not None:
            return found
    return await _negotiated(request, asked)


# -- what is there


def _spellings(path: str) -> Iterator[str]:
    """The ways in which the IRI may be written that a request's path came from: as sent,
    with its letters beyond ASCII, with each escape as we mint it."""
    yield path
    iri = _NOT_ASCII.sub(lambda m: _decoded(m.group()), path)
    if iri != path:
        yield iri
    minted = "/".join(quote(unquote(part), safe="") for part in path.split("/"))
    if minted not in (path, iri):
        yield minted


def _decoded(escaped: str) -> str:
    try:
        return unquote(escaped, errors="strict")
    except UnicodeDecodeError:
        return escaped


async def _first(path: str, look: Callable[[str], T | None]) -> T | None:
    """What the first spelling of a path that is known gives."""
    def go() -> T | None:
        return next((f for p in _spellings(path) if (f := look(p)) is not None), None)

    return await run_in_threadpool(go)


# -- answers


async def _page(request: Request, asked: _Asked, path: str) -> Response:
    services, query = asked.services, request.url.query
    headers = {**_kept(asked, query), "Content-Language": asked.lang}
    if not path and not asked.raw and (moved := _home_as_data(request, services)) is not None:
        return moved
    if path.endswith("/") and best(request.headers.get("accept"), [_HTML]) is None:
        return _list_as_data(request, asked, path)
    tagged = request.headers.get("if-none-match", "*").strip() != "*"
    if tagged and (held := unchanged(request, headers)) is not None:  # nothing need be made
        return held
    if path.startswith("query/") and not await services.example(
            path.removeprefix("query/"), asked.lang):
        headers = {"Cache-Control": "no-store", "Content-Language": asked.lang}
    params = {key: request.query_params.getlist(key) for key in request.query_params}
    page = await _first(path, lambda p: services.pages.page(p, asked.lang, params))
    if (page is None or page.status == 410) and (
            gone := await _first(path, services.pages.tombstone)) is not None:
        return _gone_page(asked, gone, page)
    if page is None:
        return await _without_slash(request, asked, path)
    if page.status != 200:
        return Response(page.html, page.status, {"Content-Language": asked.lang}, _HTML)
    return unchanged(request, headers) or Response(page.html, 200, headers, _HTML)


async def _without_slash(request: Request, asked: _Asked, path: str) -> Response:
    """Neither a resource nor a service is a folder: who writes ``country/ML/`` or ``sparql/``
    is sent to it, with what was asked."""
    bare = path.rstrip("/")
    if bare == path or not (any(getattr(r, "path", "") == f"/{bare}" for r in request.app.routes)
                            or await _first(bare, asked.services.pages.describe) is not None):
        return problem(request, 404, "web-not-found")
    moved = _moved(f"{asked.services.root}{asked.raw.rstrip('/')}", 308)
    if request.url.query:
        moved.headers["Location"] += f"?{request.url.query}"
    return moved


async def _data(request: Request, asked: _Asked, path: str, suffix: str) -> Response | None:
    """A resource's statements; None where nothing is known of it."""
    pages = asked.services.pages
    gone = await _first(path, pages.tombstone)
    data = await _first(path, pages.describe)
    if data is None:
        if gone is None:
            return None
        data = _said_of(gone, asked.services)
    body = await run_in_threadpool(graph_as, data, suffix, asked.services.base)
    if gone is not None:
        return Response(body, 410, _successors(gone), GRAPHS[suffix])
    headers = _kept(asked, "")
    return unchanged(request, headers) or Response(body, 200, headers, GRAPHS[suffix])


async def _negotiated(request: Request, asked: _Asked) -> Response:
    """The 303 of an IRI to the form that the client likes best."""
    services, path = asked.services, asked.path
    gone = await _first(path, services.pages.tombstone)
    known = gone is not None or await _first(path, services.pages.describe) is not None \
        or await _first(path, lambda p: services.pages.page(p, asked.lang)) is not None
    if not known:
        if await _first(f"{path}/", lambda p: services.pages.page(p, asked.lang)) is not None:
            return _moved(f"{services.root}{asked.raw}/", 308)
        return problem(request, 404, "web-not-found")
    kinds = {_HTML: "html", **{media: suffix for suffix, media in GRAPHS.items()},
             "application/json": "jsonld", "text/plain": "nt", "application/xml": "rdf"}
    wanted = best(request.headers.get("accept"), list(kinds))
    if wanted is None:
        return problem(request, 406, "web-not-acceptable", offered=[_HTML, *GRAPHS.values()])
    lang = asked.lang if asked.raw != path else language(request.headers.get("accept-language"))
    if gone is not None:
        data = await _first(path, services.pages.describe) or _said_of(gone, services)
        if wanted == _HTML:
            page = await _first(path, lambda p: services.pages.page(p, lang))
            return _gone_page(_Asked(services, asked.raw, path, lang), gone, page)
        return Response(await run_in_threadpool(
            graph_as, data, kinds[wanted], services.base), 410,
                        {"Vary": _VARY, **_successors(gone)}, GRAPHS[kinds[wanted]])
    start = "en/" if lang == "en" and wanted == _HTML else ""
    return _moved(f"{services.root}{start}{path}.{kinds[wanted]}", 303)


def _moved(address: str, status: int) -> Response:
    # A path under our root: « //elsewhere » never gets here, since nothing is known there.
    return Response(status_code=status, headers={
        "Location": quote(address, safe="/%:@!$&'()*+,;=~"), "Vary": _VARY,
        "Cache-Control": f"public, max-age={_MAX_AGE}"})


def _home_as_data(request: Request, services: Services) -> Response | None:
    """Who asks the root for data is sent to the data set's description."""
    kinds = {_HTML: "", **{media: suffix for suffix, media in GRAPHS.items()}}
    wanted = best(request.headers.get("accept"), list(kinds))
    if wanted is None:
        return problem(request, 406, "web-not-acceptable", offered=list(kinds))
    return _moved(f"{services.root}dataset.{kinds[wanted]}", 303) if kinds[wanted] else None


def _list_as_data(request: Request, asked: _Asked, path: str) -> Response:
    media = {media: suffix for suffix, media in TABLES.items()} if path == "project/" else {}
    wanted = best(request.headers.get("accept"), list(media)) if media else None
    if wanted is None:
        return problem(request, 406, "web-not-acceptable", offered=[_HTML, *media])
    query = f"?{request.url.query}" if request.url.query else ""
    moved = _moved(f"{asked.services.root}{asked.raw.rstrip('/')}.{media[wanted]}", 303)
    moved.headers["Location"] += query
    return moved


def _kept(asked: _Asked, query: str) -> dict[str, str]:
    """A page is made of the release, of our code, and of nothing else."""
    services = asked.services
    tag = etag(services.stamp, services.root, asked.raw, query)
    return caching(tag, services.files.modified, _MAX_AGE if services.release else 0)


def _gone_page(asked: _Asked, gone: Tombstone, page: Page | None) -> Response:
    """410, with the page that speaks of it where there is one."""
    if page is None or page.status != 410:
        instead = ", ".join(gone.replaced_by) or "—"
        page = asked.services.pages.error(410, asked.lang, path=asked.raw,
                                          detail=said("web-gone", asked.lang, instead=instead))
    headers = {"Content-Language": asked.lang, "Vary": _VARY, **_successors(gone)}
    return Response(page.html, 410, headers, _HTML)


def _successors(gone: Tombstone) -> dict[str, str]:
    links = [f'<{quote(iri, safe="/%:@!$&()*+,;=~#?")}>; rel="successor-version"'
             for iri in gone.replaced_by]
    return {"Link": ", ".join(links)} if links else {}


def _said_of(gone: Tombstone, services: Services) -> bytes:
    """What there is to say of a withdrawn resource where the release itself says nothing."""
    subject = encode_iri(services.base + gone.path)
    return "".join(f"{subject} <{DCTERMS}isReplacedBy> {encode_iri(iri)} .\n"
                   for iri in gone.replaced_by).encode()
