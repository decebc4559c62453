"""Named queries over HTTP: the questions that the command line asks, as addresses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import wraps
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from coopdec.dataset import Rows, queries
from coopdec.dataset.binding import with_prefixes
from coopdec.dataset.named import LEADS, find
from coopdec.dataset.shown import as_json
from coopdec.dataset.tokens import services as asked_services
from coopdec.errors import UnknownName
from coopdec.messages import Lang
from coopdec.web.api import pages
from coopdec.web.api.asked import FORMS, Asked, Refused, read, refusal
from coopdec.web.api.forms import json_text
from coopdec.web.api.openapi import document
from coopdec.web.conditional import caching, etag, unchanged
from coopdec.web.negotiate import best
from coopdec.web.problem import lang_of, problem
from coopdec.web.services import Services, part

__all__ = ["routes"]

_CORS = {"Access-Control-Allow-Origin": "*",
         "Access-Control-Expose-Headers": "Link, X-Rows, X-Rows-Cut"}
_AGE = 60


def routes() -> list[BaseRoute]:
    found: list[BaseRoute] = [Route("/api/openapi.json", _open(_openapi))]
    for start in ("", "/en"):
        found += [
            Route(f"{start}/api", _to_api), Route(f"{start}/api/", _open(_home)),
            Route(f"{start}/api/queries", _open(_list)),
            Route(f"{start}/api/queries/", _to_queries),
            Route(f"{start}/api/queries/{{name}}", _open(_query)),
        ]
    return found


def _open(handler: Any) -> Any:
    @wraps(handler)
    async def opened(request: Request) -> Response:
        answer: Response = await handler(request)
        for name, value in _CORS.items():
            answer.headers[name] = value
        return answer

    return opened


async def _to_api(request: Request) -> Response:
    return _to_page(request, "api/", 308)


async def _to_queries(request: Request) -> Response:
    return _to_page(request, "query/", 308, _lang(request))


def _to_page(request: Request, path: str, status: int = 303, lang: Lang | None = None) -> Response:
    """A page's own address says its language."""
    address = _services(request).pages.addresses.page(path, lang or lang_of(request))
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(address + query, status, {"Vary": "Accept, Accept-Language"})


def _lang(request: Request) -> Lang:
    """Of a page: its path's."""
    return "en" if request.url.path.removeprefix(_services(request).root).startswith("en/") else (
        "fr")


async def _home(request: Request) -> Response:
    html = await run_in_threadpool(pages.home, _services(request), _lang(request), _host(request))
    return _page(request, html)


def _page(request: Request, html: str, status: int = 200) -> Response:
    return _sent(request, html.encode(), "text/html", status=status, lang=_lang(request))


async def _openapi(request: Request) -> Response:
    services = _services(request)
    said = await run_in_threadpool(document, services, _host(request), lang_of(request))
    return _sent(request, json.dumps(said, ensure_ascii=False).encode(), "application/json")


async def _list(request: Request) -> Response:
    services = _services(request)
    offered = ["application/json", "text/html"]
    wanted = best(request.headers.get("accept"), offered)
    if wanted is None:
        return problem(request, 406, "web-not-acceptable", offered=offered)
    if wanted == "text/html":
        return _to_page(request, "query/")
    said = [{**as_json(q), "url": f"{services.root}api/queries/{q.name}"}
            for q in queries().values()]
    return _sent(request, json.dumps({"queries": said}, ensure_ascii=False).encode(),
                 "application/json")


async def _query(request: Request) -> Response:
    services = _services(request)
    name, suffix = request.path_params["name"], ""
    if "." in name:
        name, _, suffix = name.rpartition(".")
        if suffix not in FORMS:
            return problem(request, 404, "web-not-found")
    try:
        query = find(name)
    except UnknownName as error:
        return problem(request, 404, "api-unknown-query", name=name[:200],
                       members={"suggestions": list(error.suggestions)})
    empty = not any(v.strip() for v in request.query_params.values())
    if suffix == "html" and empty and any(p.required for p in query.parameters):
        html = await run_in_threadpool(pages.form, services, query, _lang(request))
        return _page(request, html)
    try:
        asked = await run_in_threadpool(read, request, query, suffix)
        if asked is None:
            return problem(request, 406, "web-not-acceptable", offered=list(FORMS.values()))
        if asked.form == "html" and not suffix:
            return _to_page(request, f"api/queries/{name}")
        return await _answered(request, services, asked)
    except Refused as refused:
        if suffix != "html":
            return refusal(request, refused)
        html = await run_in_threadpool(pages.form, services, query, _lang(request),
                                       dict(request.query_params), refused)
        return _page(request, html, refused.status)


async def _answered(request: Request, services: Services, asked: Asked) -> Response:
    query = asked.query
    sparql = asked.sparql()
    if asked.form == "rq":
        return _sent(request, with_prefixes(sparql)[0].encode(), FORMS["rq"], asked)
    off = [s for s in asked_services(sparql) if s not in services.pool.terms.services]
    if off:
        return problem(request, 403, "api-federation-off", url=off[0])
    end = None if asked.limit is None else asked.offset + asked.limit
    # The first rows alone, where they are enough; who goes on reading has the whole kept.
    begin = None
    if end is not None and not asked.offset and query.in_parts:
        begin = asked.sparql(end + 1)
    found = await services.table(sparql, None if end is None else end + 1, begin)
    rows, number = await run_in_threadpool(part, found.data, asked.offset, end)
    if not number and query.asks_for(asked.values, "collectivity"):
        leads = Rows.from_json(await services.results(LEADS)).column("n")
        try:
            query.refuse_unknown(asked.values, leads)
        except UnknownName as error:
            raise Refused([error], 404) from error
    more = end is not None and number > end
    cut = found.cut is not None and not more and (end is None or number <= end)
    body = await run_in_threadpool(_made, services, asked, rows, more, cut)
    headers = {"X-Rows": str(len(rows)), **({"X-Rows-Cut": "true"} if cut else {})}
    if more:
        headers["Link"] = f'<{next_address(services, asked)}>; rel="next"'
    return _sent(request, body, FORMS[asked.form], asked, headers)


def _made(services: Services, asked: Asked, rows: Rows, more: bool, cut: bool) -> bytes:
    """The body, in the form asked for."""
    if asked.form == "csv":
        return rows.to_csv().encode()
    if asked.form == "srj":
        return rows.to_json().encode()
    if asked.form == "md":
        return rows.to_markdown().encode()
    if asked.form == "html":
        return pages.answer(services, asked, rows, more=more, cut=cut).encode()
    about: dict[str, Any] = {
        "query": asked.query.name, "title": asked.query.title[asked.lang], "lang": asked.lang,
        "parameters": asked.query.asked(asked.values), "count": len(rows),
        "offset": asked.offset, "limit": asked.limit, "cut": cut,
        "next": next_address(services, asked) if more else None}
    return json_text(rows, about, services.pages, asked.lang).encode()


def next_address(services: Services, asked: Asked) -> str:
    """Where the rows go on."""
    return pages.address(services, asked.query, asked.form, {
        **asked.values, "lang": asked.lang, "limit": str(asked.limit),
        "offset": str(asked.offset + (asked.limit or 0))})


def _sent(request: Request, body: bytes, media: str, asked: Asked | None = None,
          more: Mapping[str, str] | None = None, *, status: int = 200,
          lang: Lang | None = None) -> Response:
    """With an entity tag, and so that a client who holds it gets it no second time."""
    headers = caching(etag(media, body), None, _AGE) if status == 200 else {
        "Cache-Control": "no-store"}
    headers |= {"Vary": "Accept, Accept-Language",
                "Content-Language": asked.lang if asked else lang or lang_of(request),
                **(more or {})}
    if status == 200 and (same := unchanged(request, headers)) is not None:
        return same
    if asked is not None and asked.form in ("csv", "md", "rq"):
        headers["Content-Disposition"] = f'inline; filename="{asked.query.name}.{asked.form}"'
    kind = f"{media}; charset=utf-8" if media.startswith("text/") else media
    return Response(body, status, {**headers, "Content-Type": kind})


def _host(request: Request) -> str:
    """The address of the site as the client sees it, ends in « / »."""
    return str(request.url.replace(path=_services(request).root, query="", fragment=""))


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services

