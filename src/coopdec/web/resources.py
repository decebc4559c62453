"""Linked data: every IRI of ours dereferences, to a page or to data."""

from __future__ import annotations

from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from coopdec.dataset.serial import GRAPHS, graph_as
from coopdec.messages import Lang
from coopdec.web.negotiate import best
from coopdec.web.problem import lang_of, problem
from coopdec.web.services import Services

__all__ = ["routes"]


def routes() -> list[BaseRoute]:
    return [Route("/{path:path}", _get)]


async def _get(request: Request) -> Response:
    services: Services = request.app.state.services
    path = request.path_params["path"]
    lang = cast(Lang, "en" if path.startswith("en/") else "fr")
    path = path.removeprefix("en/")
    stem, dot, suffix = path.rpartition(".")
    if dot and suffix in GRAPHS:
        data = await run_in_threadpool(services.pages.describe, stem)
        if data is None:
            return problem(request, 404, "web-not-found")
        return Response(graph_as(data, suffix), media_type=GRAPHS[suffix])
    stem = path.removesuffix(".html")
    params = {k: request.query_params.getlist(k) for k in request.query_params}
    if path.endswith((".html", "/")) or not path:
        page = await run_in_threadpool(services.pages.page, stem, lang, params)
        if page is None:
            return problem(request, 404, "web-not-found")
        return HTMLResponse(page.html, page.status)
    wanted = best(request.headers.get("accept"), ["text/html", *GRAPHS.values()])
    kinds = {"text/html": "html", **{m: s for s, m in GRAPHS.items()}}
    lang = lang_of(request)
    prefix = services.root + ("en/" if lang == "en" and wanted == "text/html" else "")
    if wanted is None:
        return problem(request, 406, "web-not-acceptable", offered=list(kinds))
    return RedirectResponse(f"{prefix}{path}.{kinds[wanted]}", 303,
                            {"Vary": "Accept, Accept-Language"})
