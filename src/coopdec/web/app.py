"""The site as an ASGI application: every part's routes, composed; nothing else does that."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from coopdec.errors import CoopdecError
from coopdec.web import api, editor, ops, reconcile, resources, sparql
from coopdec.web.headers import SMALLEST, Secure, Tagged
from coopdec.web.limits import Guard, Rate, too_large
from coopdec.web.metrics import Metrics
from coopdec.web.observe import Observer
from coopdec.web.opening import Settings, tidy, watch
from coopdec.web.place import Place
from coopdec.web.problem import of_error, problem
from coopdec.web.services import Services
from coopdec.web.turns import Overloaded

__all__ = ["create_app"]

#: Threads that make pages. One interpreter runs them one after the other: more would only wait
#: for each other, each with its own connection to the index. An endpoint's answers are waited
#: for, so that before one there are as many as anyio gives.
_THREADS = 6
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_EXPOSED = ("Content-Disposition", "ETag", "Link", "Location", "Retry-After", "X-Coopdec-Cut",
            "X-Request-Id")


def create_app(settings: Settings, services: Services, metrics: Metrics) -> Starlette:
    """The site over ``services``, which it closes when it ends."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.settings, app.state.metrics = settings, metrics
        app.state.services = services
        if services.release is not None:
            current_default_thread_limiter().total_tokens = _THREADS
        asked = asyncio.Event()
        with suppress(NotImplementedError, RuntimeError):  # no signals here, or not our thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, asked.set)
        tasks = [asyncio.create_task(watch(app, settings, asked, metrics)),
                 asyncio.create_task(tidy(app))]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.to_thread(app.state.services.close)

    rate = Rate(settings.rate, int(settings.rate * 5)) if settings.rate else None
    return Starlette(routes=_routes(), lifespan=lifespan, middleware=[
        Middleware(Observer, metrics=metrics),
        Middleware(Place, root=settings.root, trusted=settings.trusted),
        Middleware(Secure),
        Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=_METHODS,
                   allow_headers=["*"], expose_headers=_EXPOSED, max_age=86_400),
        Middleware(Guard, rate=rate),
        Middleware(Tagged),
        Middleware(GZipMiddleware, minimum_size=SMALLEST, compresslevel=5),
    ], exception_handlers={HTTPException: _of_starlette, CoopdecError: _of_ours})


def _routes() -> list[BaseRoute]:
    static = StaticFiles(packages=[("coopdec.web", "static")])
    return [*ops.routes(), *sparql.routes(), *editor.routes(), *api.routes(),
            *reconcile.routes(), Mount("/static", static), *resources.routes()]


def _of_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, CoopdecError)
    if isinstance(error, Overloaded):
        return problem(request, 503, error.code,
                       headers={"Retry-After": str(error.retry_after)})
    return of_error(request, error)


def _of_starlette(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
        return problem(request, 405, "web-wrong-method", headers=headers, method=request.method)
    if error.status_code == 413:
        return too_large(request)
    if error.status_code == 404:
        return problem(request, 404, "web-not-found")
    return problem(request, error.status_code, "web-bad-request", headers=headers)
