"""The Reconciliation Service API over HTTP, version 0.2, as OpenRefine and others ask it.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. The service
stands at ``/reconcile`` in French and at ``/en/reconcile`` in English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from coopdec import __version__
from coopdec.messages import Lang, sentence
from coopdec.reference import gazetteer
from coopdec.vocab import CD
from coopdec.web.conditional import caching, etag, unchanged
from coopdec.web.problem import problem
from coopdec.web.reconcile import queries, suggest
from coopdec.web.reconcile.answers import answers
from coopdec.web.reconcile.extend import extended, look_up
from coopdec.web.reconcile.own import Own
from coopdec.web.reconcile.previews import flyout, preview
from coopdec.web.reconcile.properties import of_type
from coopdec.web.reconcile.types import DEFAULT, TYPES, as_json, known
from coopdec.web.services import Services

__all__ = ["routes"]

_CORS = {"Access-Control-Allow-Origin": "*"}
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,127}")
#: Batches that are worked on at the same time: the rest of the server goes on answering.
_threads: CapacityLimiter | None = None

Handler = Callable[[Request], Awaitable[Response]]


def routes() -> list[BaseRoute]:
    def both(path: str, handler: Handler, *methods: str) -> list[BaseRoute]:
        return [Route(start + path, _open(handler), methods=[*(methods or ("GET",)), "OPTIONS"])
                for start in ("/reconcile", "/en/reconcile")]

    return [
        *both("", _service, "GET", "POST"),
        *both("/suggest/{what:str}", _suggest),
        *both("/flyout/{what:str}", _flyout),
        *both("/properties", _properties),
        *both("/preview", _preview),
        *both("/view", _view),
    ]


def _open(handler: Handler) -> Handler:
    """Every address answers every origin (§3.3), errors too."""
    @wraps(handler)
    async def opened(request: Request) -> Response:
        if request.method == "OPTIONS":
            asked = request.headers.get("access-control-request-headers", "")
            return Response(None, 204, {
                **_CORS, "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
                "Access-Control-Max-Age": "86400",
                **({"Access-Control-Allow-Headers": asked} if re.fullmatch(
                    r"[A-Za-z0-9, -]{1,500}", asked) else {})})
        try:
            answer = await handler(request)
        except queries.Refused as refused:
            answer = _refused(request, refused)
        for name, value in _CORS.items():
            answer.headers[name] = value
        return answer

    return opened


def _refused(request: Request, refused: queries.Refused) -> Response:
    said = [sentence(p, _lang(request)) for p in refused.problems]
    large = any(p.code in ("reconcile-too-many", "reconcile-too-long") for p in refused.problems)
    return problem(request, 413 if large else 400, refused.code, n=len(said),
                   members={"problems": said})


async def _service(request: Request) -> Response:
    """The manifest, a batch (``queries``), one query (``query``) or an extension
    (``extend``), whichever the parameters ask for."""
    given = await _parameters(request)
    services, lang = _services(request), _lang(request)
    if "extend" in given:
        asked = queries.extension(given["extend"])
        own = await _off(_own, services)
        return _json(request, given, await extended(asked, own, services, services.base, lang))
    if "queries" in given:
        batch = queries.batch(given["queries"])
        return _json(request, given, await _off(_answered, services, batch, lang))
    if "query" in given:
        one = {"query": queries.single(given["query"])}
        found = await _off(_answered, services, one, lang)
        return _json(request, given, found["query"])
    if request.method == "POST":
        return problem(request, 400, "reconcile-nothing-asked")
    return _json(request, given, _manifest(request, services, lang), age=3600)


async def _parameters(request: Request) -> dict[str, str]:
    """Of the address, and of a form (or a JSON object) in the body, which goes first."""
    given = dict(request.query_params)
    if request.method == "POST":
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > 3 * queries.MOST_BYTES:  # percent-encoded, each byte is three
                raise queries.too_long()
        if request.headers.get("content-type", "").startswith("application/json"):
            return given | queries.of_body(bytes(body))
        given |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True,
                                max_num_fields=100))
    return given


async def _suggest(request: Request) -> Response:
    services, lang, what = _services(request), _lang(request), request.path_params["what"]
    given = request.query_params
    prefix = queries.required(given.get("prefix", given.get("query")), "prefix")[:500]
    cursor = queries.number(given.get("cursor"), "cursor")
    if what == "entity":
        type_ = queries.one_type(given.get("type"))

        def found() -> list[dict[str, Any]]:
            return suggest.entities(prefix, _own(services), services.base, lang, cursor=cursor,
                                    type_=type_)

        result = await _off(found)
    elif what in ("type", "property"):
        of = suggest.types if what == "type" else suggest.properties
        result = of(prefix, lang, cursor=cursor)
    else:
        return problem(request, 404, "web-not-found")
    return _json(request, given, {"result": result}, age=300)


async def _flyout(request: Request) -> Response:
    services, given = _services(request), request.query_params
    id_, what = given.get("id", ""), request.path_params["what"]
    html = await _off(lambda: flyout(what, id_, _own(services), services, _lang(request)))
    if html is None:
        return problem(request, 404, "reconcile-unknown-id", id=id_[:200])
    return _json(request, given, {"id": id_, "html": html}, age=300)


async def _properties(request: Request) -> Response:
    given, lang = request.query_params, _lang(request)
    name = given.get("type", "")
    limit = queries.number(given.get("limit"), "limit")
    if name and known(name) is None:
        return problem(request, 404, "reconcile-unknown-type", name=name[:200], known=TYPES)
    found = of_type(known(name))[: limit or None]
    said: dict[str, Any] = {"properties": [{"id": p.id, "name": p.name(lang)} for p in found]}
    said |= {"type": name} if name else {}
    said |= {"limit": limit} if limit else {}
    return _json(request, given, said, age=3600)


async def _preview(request: Request) -> Response:
    """A small page that others may frame: OpenRefine shows it beside a candidate."""
    services, lang = _services(request), _lang(request)
    id_ = request.query_params.get("id", "")
    html = await _off(lambda: preview(id_, _own(services), services, lang))
    if html is None:
        return problem(request, 404, "reconcile-unknown-id", id=id_[:200])
    return Response(html, 200, {
        "Content-Security-Policy":
            "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors *",
        "Content-Language": lang, "Cache-Control": "public, max-age=300"}, "text/html")


async def _view(request: Request) -> Response:
    """From an identifier to its page. Identifiers hold slashes, which clients encode and
    proxies refuse in a path; and what only the reference knows has no page of ours."""
    services, lang = _services(request), _lang(request)
    id_ = request.query_params.get("id", "").removeprefix(services.base)
    found = await _off(lambda: look_up(id_, _own(services)))
    if found is None:
        return problem(request, 404, "reconcile-unknown-id", id=id_[:200])
    if found.projects is None and found.type != "Project":
        path = "en/reconcile" if lang == "en" else "reconcile"
        return RedirectResponse(f"{services.root}{path}/preview?id={quote(found.id, safe='')}", 303)
    return RedirectResponse(services.pages.addresses.page(found.id, lang), 303)


def _manifest(request: Request, services: Services, lang: Lang) -> dict[str, Any]:
    from coopdec.messages import render

    here = str(request.url.replace(query="", fragment=""))
    settings = [
        {"name": "limit", "type": "number", "default": 0,
         "label": render("reconcile-limit", {}, lang),
         "help_text": render("reconcile-limit-help", {}, lang)},
        {"name": "content", "type": "select", "default": "entity",
         "label": render("reconcile-content", {}, lang),
         "help_text": render("reconcile-content-help", {}, lang),
         "choices": [{"value": "entity", "name": render("reconcile-as-entity", {}, lang)},
                     {"value": "name", "name": render("reconcile-as-name", {}, lang)},
                     {"value": "id", "name": render("reconcile-as-id", {}, lang)},
                     {"value": "iri", "name": "IRI"}]}]
    root = here.removesuffix("/en/reconcile").removesuffix("/reconcile")
    return {
        "versions": ["0.1", "0.2"],
        "name": render("reconcile-service", {}, lang),
        "identifierSpace": services.base,
        "schemaSpace": CD,
        "documentation": f"{root}/{'en/' if lang == 'en' else ''}api/",
        "serviceVersion": __version__,
        "logo": f"{root}/static/favicon.svg",
        "defaultTypes": [as_json(t, lang) for t in DEFAULT],
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": 420, "height": 220},
        "suggest": {what: {
            "service_url": here, "service_path": f"/suggest/{what}",
            "flyout_service_url": here, "flyout_service_path": f"/flyout/{what}?id=${{id}}"}
            for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": settings},
        "batchSize": queries.MOST,
    }


# -- parts

def _answered(services: Services, batch: Mapping[str, queries.Asked], lang: Lang
              ) -> dict[str, Any]:
    return answers(batch, _own(services), services.base, lang)


def _own(services: Services) -> Own:
    return Own(services.pages.index, gazetteer())


async def _off(work: Callable[..., Any], *values: Any) -> Any:
    """Work in a thread, a few at a time."""
    global _threads  # noqa: PLW0603  (a limiter belongs to a running loop)
    if _threads is None:
        _threads = CapacityLimiter(2)
    return await to_thread.run_sync(work, *values, limiter=_threads)


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def _lang(request: Request) -> Lang:
    return "en" if "/en/reconcile" in request.url.path else "fr"


def _json(request: Request, given: Mapping[str, str], said: Any, *, age: int = 0) -> Response:
    """JSON, or a call of a function around it for clients that are older than CORS."""
    callback = given.get("callback")
    body = json.dumps(said, ensure_ascii=False)
    headers = {"Content-Language": _lang(request), "X-Content-Type-Options": "nosniff",
               "Cache-Control": "no-cache"}
    if callback is None:
        if age and request.method != "POST":
            headers |= {**caching(etag(body), None, age), "Vary": "Accept-Language"}
        return unchanged(request, headers) or Response(body, 200, headers, "application/json")
    if not _CALLBACK.fullmatch(callback):
        return problem(request, 400, "reconcile-callback")
    safe = body.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Response(f"/**/{callback}({safe});", 200, headers, "text/javascript")
