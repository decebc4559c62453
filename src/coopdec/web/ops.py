"""For whoever runs the server: is it alive, is it ready, what has it done."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from coopdec import __version__
from coopdec.errors import CoopdecError
from coopdec.web.metrics import Metrics
from coopdec.web.services import Services

__all__ = ["routes"]

_FRESH = {"Cache-Control": "no-store"}


def routes() -> list[BaseRoute]:
    return [Route("/health", _ready), Route("/health/live", _live), Route("/health/ready", _ready),
            Route("/metrics", _metrics), Route("/robots.txt", _robots)]


async def _live(_: Request) -> Response:
    """200 as long as the process answers."""
    return JSONResponse({"status": "ok"}, headers=_FRESH)


async def _ready(request: Request) -> Response:
    """200 when the data answer a query, 503 when they do not."""
    services: Services = request.app.state.services
    said = {"status": "ok", "version": __version__, "release": services.files.stamp}
    try:
        await services.results("ASK { ?s ?p ?o }")
    except CoopdecError as error:
        return JSONResponse({**said, "status": "failing", "why": error.code}, 503,
                            {**_FRESH, "Retry-After": "10"})
    return JSONResponse(said, headers=_FRESH)


async def _robots(request: Request) -> Response:
    """Pages may be gathered; what is made for each question anew is not for robots."""
    root = request.app.state.services.root
    ways = ("sparql?", "sparql.html?", "project/?", "project.", "api/queries/", "reconcile")
    lines = [f"Disallow: {root}{start}{way}" for way in ways for start in ("", "en/")]
    return Response("\n".join(["User-agent: *", *lines, ""]), media_type="text/plain",
                    headers={"Cache-Control": "public, max-age=86400"})


async def _metrics(request: Request) -> Response:
    metrics: Metrics = request.app.state.metrics
    services: Services = request.app.state.services
    metrics.serves(services.files.stamp, __version__)
    return Response(metrics.text(services.pool),
                    headers={**_FRESH, "Content-Type": CONTENT_TYPE_LATEST})
