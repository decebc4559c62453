"""The site as an ASGI application: every part's routes, composed; nothing else does that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from coopdec.errors import CoopdecError
from coopdec.vocab import BASE
from coopdec.web import resources, sparql
from coopdec.web.pool import Overloaded, Pool, Terms
from coopdec.web.problem import of_error, problem
from coopdec.web.services import Services

if TYPE_CHECKING:
    from coopdec.web.pool import Asked

__all__ = ["Settings", "create_app"]


@dataclass(frozen=True)
class Settings:
    """How a site is served. ``source``: the folder of a release, or the address of an
    endpoint; ``root``: the path it stands under."""

    source: Path | str
    base: str = BASE
    root: str = "/"
    terms: Terms = field(default_factory=Terms)


def create_app(settings: Settings) -> Starlette:
    """
    Raises, when it starts:
        UsageError, StorageError: there is no release, or it cannot be read.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.services = await opened(settings)
        try:
            yield
        finally:
            app.state.services.pool.close()

    return Starlette(routes=_routes(), lifespan=lifespan, exception_handlers={
        404: lambda request, _: problem(request, 404, "web-not-found"),
        405: _wrong_method, CoopdecError: _of_ours,
        Exception: lambda request, _: problem(request, 500, "web-failed")})


async def opened(settings: Settings) -> Services:
    """Everything that answers, ready."""
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(_opened, settings)


def _opened(settings: Settings) -> Services:
    from coopdec.dataset import Dataset
    from coopdec.dataset.kept import keep
    from coopdec.dataset.local import find_dump
    from coopdec.dataset.worker import Worker
    from coopdec.paths import cache_folder
    from coopdec.web.pages import Pages

    release = Path(settings.source)
    store = keep(find_dump(release))

    def make() -> Asked:
        return Worker(store)

    pages = Pages(Dataset(store), base=settings.base, root=settings.root, live=True,
                  cache=cache_folder() / "pages")
    return Services(base=settings.base, root=settings.root, pages=pages, release=release,
                    pool=Pool(make, settings.terms))


def _routes() -> list[BaseRoute]:
    found: list[BaseRoute] = []
    for part in ("editor", "api", "reconcile"):
        if find_spec(f"coopdec.web.{part}").origin is not None:  # type: ignore[union-attr]
            found += import_module(f"coopdec.web.{part}").routes()
    static = StaticFiles(packages=[("coopdec.web", "static")])
    return [*sparql.routes(), *found, Mount("/static", static), *resources.routes()]


def _of_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, CoopdecError)
    if isinstance(error, Overloaded):
        return problem(request, 503, error.code,
                       headers={"Retry-After": str(error.retry_after)})
    return of_error(request, error)


def _wrong_method(request: Request, error: Exception) -> Response:
    headers = getattr(error, "headers", None)
    return problem(request, 405, "web-wrong-method", headers=headers, method=request.method)
