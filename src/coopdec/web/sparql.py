"""The SPARQL 1.1 Protocol at ``/sparql`` (https://www.w3.org/TR/sparql11-protocol/).

Read-only. A browser that comes without a query, or with one but without saying a format,
gets the editor; any other client without a query gets the description of the service.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from coopdec.dataset.serial import RESULTS, Answer, graph_as
from coopdec.dataset.tokens import form_of, graphs, is_update
from coopdec.errors import QuerySyntaxError
from coopdec.media import GRAPHS
from coopdec.web import editor
from coopdec.web.conditional import caching, etag, unchanged
from coopdec.web.description import service_description
from coopdec.web.negotiate import best
from coopdec.web.notes import marked
from coopdec.web.observe import note
from coopdec.web.problem import lang_of, problem, said
from coopdec.web.results import results_page
from coopdec.web.services import Services

__all__ = ["routes"]

_HTML = "text/html"
#: Media types that also mean a format, besides its own.
_ALSO = {"json": ("application/json",), "xml": ("application/xml", "text/xml"),
         "nt": ("text/plain",), "ttl": ("application/x-turtle",)}
#: Formats whose text may be taken for another encoding.
_CHARSET = {"csv": "; charset=utf-8", "tsv": "; charset=utf-8"}
_FORM = "application/x-www-form-urlencoded"

Pairs = Sequence[tuple[str, str]]


def routes() -> list[BaseRoute]:
    return [Route("/sparql", _sparql, methods=["GET", "POST"], name="sparql"),
            Route("/en/sparql", _sparql, methods=["GET", "POST"])]


async def _sparql(request: Request) -> Response:
    pairs: list[tuple[str, str]] = request.query_params.multi_items()
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-update":
            return problem(request, 403, "web-read-only")
        if kind not in (_FORM, "application/sparql-query"):
            return problem(request, 415, "web-wrong-body", headers={
                "Accept-Post": f"{_FORM}, application/sparql-query"})
        try:
            body = (await request.body()).decode("utf-8-sig")
        except UnicodeDecodeError:
            return problem(request, 400, "web-not-utf8")
        pairs += _form(body) if kind == _FORM else [("query", body)]
    return await _answer(request, pairs)


def _form(body: str) -> list[tuple[str, str]]:
    return parse_qsl(body, keep_blank_values=True)


async def _answer(request: Request, pairs: Pairs) -> Response:
    services: Services = request.app.state.services
    queries = [value for key, value in pairs if key == "query"]
    if any(key == "update" for key, _ in pairs):
        return problem(request, 403, "web-read-only")
    if len(queries) > 1:
        return problem(request, 400, "web-one-query")
    if not queries:
        if request.method == "POST":
            return problem(request, 400, "web-no-query")
        return await _without_query(request, services)
    query, form = queries[0], form_of(queries[0])
    refused = _wrong_graph(request, services, pairs, query)
    if refused is not None:
        return refused
    offered = GRAPHS if form in ("CONSTRUCT", "DESCRIBE") else RESULTS
    asked = next((value for key, value in pairs if key in ("format", "output") and value), None)
    wanted = _format(request, asked, offered)
    if wanted is None:
        media = [*offered.values(), _HTML]
        return problem(request, 406, "web-not-acceptable", offered=media)
    name, media_type = wanted
    if name == "html" and asked is None and request.method == "GET":
        return await editor.page(request)
    return await _run(request, services, query, name, media_type)


async def _run(request: Request, services: Services, query: str, name: str,
               media_type: str) -> Response:
    settings = request.app.state.settings
    note(request, query=query if settings.log_queries
         else hashlib.sha256(query.encode("utf-8", "replace")).hexdigest()[:12])
    graph = form_of(query) in ("CONSTRUCT", "DESCRIBE")
    served = name if name != "html" else "nt" if graph else "json"
    try:
        found = await services.pool.ask(query, served)
    except QuerySyntaxError:
        if is_update(query):
            return problem(request, 403, "web-read-only")
        raise
    note(request, rows=found.rows, cut=found.cut)
    lang, words = lang_of(request), _words(request, services, found)
    headers = {"Vary": "Accept, Accept-Language"}
    if found.cut:
        headers["X-Coopdec-Cut"] = f"{found.cut}={_cap(services, found)}"
    if name == "html":
        page = await run_in_threadpool(
            results_page, services, lang, query, found, words, graph=graph)
        return Response(page.html, 200, headers, _HTML)
    data = found.data
    if found.cut:
        link = f"{request.url_for('sparql')}?cut={found.cut}#{_cap(services, found)}"
        data = await run_in_threadpool(marked, data, name, words, link)
    headers |= caching(etag(data, media_type), None, 0)
    return unchanged(request, headers) or Response(
        data, 200, {**headers, "Content-Type": media_type})


def _cap(services: Services, found: Answer) -> int | None:
    caps = services.pool.terms.caps
    return caps.rows if found.cut == "rows" else caps.size


def _words(request: Request, services: Services, found: Answer) -> str:
    if found.cut is None:
        return ""
    code = "web-cut-rows" if found.cut == "rows" else "web-cut-bytes"
    return said(code, lang_of(request), rows=found.rows, limit=_cap(services, found))


# -- what is asked for


def _format(request: Request, asked: str | None, offered: Mapping[str, str]
            ) -> tuple[str, str] | None:
    """Name and media type of the format to answer in."""
    media = {m: (name, m) for name, own in offered.items()
             for m in (own, *_ALSO.get(name, ()))} | {_HTML: ("html", _HTML)}
    accept = request.headers.get("accept")
    if asked is not None:
        known = {**offered, **{m: m for m in media}, "html": _HTML}
        wanted = known.get(asked.lower())
        if wanted is None and accept and "*" not in accept:
            # A client's own name for what it accepts (SPARQLWrapper's « rdf+xml »).
            wanted = best(accept, list(media))
    else:
        wanted = best(accept, list(media))
    if wanted is None:
        return None
    name, own = media[wanted]
    return name, own + _CHARSET.get(name, "")


def _wrong_graph(request: Request, services: Services, pairs: Pairs, query: str
                 ) -> Response | None:
    """There is one graph, without a name or with those that people may call it by; no
    other is loaded for a query."""
    own = {f"{services.base}dataset", services.base, str(request.url_for("sparql")) + "#graph",
           "urn:x-arq:DefaultGraph"}
    named = [value for key, value in pairs if key == "named-graph-uri"]
    others = named or [v for k, v in pairs if k == "default-graph-uri" and v and v not in own]
    if not others and services.release is not None:
        others = [name for name in graphs(query) if name not in own]
    if not others:
        return None
    return problem(request, 400, "web-no-such-graph", graph=others[0][:200],
                   known=f"{services.base}dataset")


async def _without_query(request: Request, services: Services) -> Response:
    wanted = best(request.headers.get("accept"), [*GRAPHS.values(), _HTML])
    if wanted is None:
        return problem(request, 406, "web-not-acceptable", offered=[*GRAPHS.values(), _HTML])
    if wanted == _HTML:
        return await editor.page(request)
    data = service_description(str(request.url_for("sparql")), services.base,
                               federated=bool(services.pool.terms.services))
    name = next(n for n, media in GRAPHS.items() if media == wanted)
    body = await run_in_threadpool(graph_as, data, name)
    headers = {"Vary": "Accept", **caching(etag(body, wanted), None, 300)}
    return unchanged(request, headers) or Response(body, 200, headers, wanted)
