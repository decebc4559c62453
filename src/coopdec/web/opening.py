"""A release, or an endpoint, made ready to answer; and another in its place, with no
request lost."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from coopdec import __version__
from coopdec.dataset import Dataset
from coopdec.dataset.kept import keep
from coopdec.dataset.local import find_dump
from coopdec.dataset.memory import give_back
from coopdec.dataset.remote import Endpoint
from coopdec.dataset.worker import Worker
from coopdec.errors import CoopdecError, StorageError
from coopdec.paths import cache_folder
from coopdec.reference import gazetteer
from coopdec.storage import SUMS
from coopdec.vocab import BASE
from coopdec.web.files import Files
from coopdec.web.metrics import Metrics
from coopdec.web.observe import LOG
from coopdec.web.pages import Pages
from coopdec.web.pool import Pool, Terms
from coopdec.web.remote import Afar
from coopdec.web.services import Services

if TYPE_CHECKING:
    from coopdec.web.pool import Asked

__all__ = ["Settings", "open_services", "tidy", "watch"]

#: Seconds between two looks at the release's folder.
LOOK_SECONDS = 2.0
_GRACE = 30.0
#: Bytes that a query's process may keep for the next one; an idle one holds some 20 MB.
_KEPT = 96 << 20
#: Seconds between two clearings, and for which an answer is kept for who asks for the rest.
_CLEARING, _UNUSED = 30.0, 60.0


@dataclass(frozen=True)
class Settings:
    """How a site is served. ``source``: the folder of a release, or the address of an
    endpoint; ``root``: the path it stands under; ``trusted``: whether a proxy's headers are
    believed; ``rate``: requests a second and client, None for any number; ``log_queries``:
    whether the log holds the text of queries; ``memory``: bytes a query's process may hold;
    ``patience``: seconds for a client to send a request's head."""

    source: Path | str
    base: str = BASE
    root: str = "/"
    terms: Terms = field(default_factory=Terms)
    trusted: bool = False
    rate: float | None = 100.0
    log_queries: bool = False
    memory: int | None = None
    patience: float = 10.0


async def open_services(settings: Settings, ended: Callable[[str, float], None]) -> Services:
    """Everything that answers, ready: store, workers, pages, files.

    Raises:
        UsageError: there is no release.
        StorageError, EndpointError: it cannot be read.
    """
    services = await run_in_threadpool(_of_one_release, settings, ended)
    try:
        await services.pool.start()
    except BaseException:
        services.close()
        raise
    return services


def _of_one_release(settings: Settings, ended: Callable[[str, float], None]) -> Services:
    """All of it from one release: what a build replaced meanwhile is opened again."""
    while True:
        before = _seen(settings.source)
        services = _opened(settings, ended)
        if before == _seen(settings.source):
            return services
        services.close()


def _opened(settings: Settings, ended: Callable[[str, float], None]) -> Services:
    gazetteer()  # names are looked up in it: where it must be compiled, now, under no request
    cache, terms = cache_folder(), settings.terms
    if isinstance(settings.source, str):
        url = settings.source
        files, release = Files.none(hashlib.sha256(url.encode()).hexdigest()[:16]), None
        data = Dataset(url)
        terms = replace(terms, moment=None)  # over there, nothing can be stopped

        def make() -> Asked:
            return Afar(Endpoint(url))
    else:
        release = settings.source
        store = _store(release)
        files = Files.of(release if release.is_dir() else release.parent)
        data = Dataset(release, in_memory=False)

        def make() -> Asked:
            # Pages go before queries.
            return Worker(store, memory=settings.memory, nice=5, keeps=_KEPT)

    pages = Pages(data, base=settings.base, root=settings.root, live=True,
                  cache=cache / "pages", examples=False)
    pages.prepare()
    return Services(base=settings.base, root=settings.root, pages=pages, release=release,
                    pool=Pool(make, terms, ended), files=files,
                    stamp=f"{files.stamp} {_code()}")


def _store(release: Path) -> Path:
    dump = find_dump(release)
    try:
        return keep(dump)
    except SyntaxError as error:
        raise StorageError("dump-broken", path=str(dump), why=str(error)[:300]) from error
    except OSError as error:
        raise StorageError("cannot-read", path=str(dump), why=error.strerror or str(error)
                           ) from error


def _code() -> str:
    """What pages are made with: they change with it even where the version does not."""
    here = Path(__file__).parent
    times = sorted((str(p.relative_to(here)), p.stat().st_mtime_ns) for p in here.rglob("*")
                   if p.suffix in (".py", ".html", ".css", ".js", ".toml"))
    return hashlib.sha256(f"{__version__} {times}".encode()).hexdigest()[:16]


async def watch(app: Starlette, settings: Settings, asked: asyncio.Event, metrics: Metrics
                ) -> None:
    """Put the new release in place whenever there is one, or ``asked`` says so; what is
    served stays as it is while the new one is made ready, and when that fails."""
    state = _seen(settings.source)
    old: list[asyncio.Task[None]] = []
    while True:
        try:
            await asyncio.wait_for(asked.wait(), LOOK_SECONDS)
        except TimeoutError:
            now = _seen(settings.source)
            if now is None or now == state:
                continue
        asked.clear()
        state = _seen(settings.source) or state
        try:
            services = await open_services(settings, metrics.ended)
        except CoopdecError as error:
            LOG.error("reload failed", extra={"fields": {"why": str(error)}})
            metrics.reloads.labels("failed").inc()
            continue
        former, app.state.services = app.state.services, services
        old = [t for t in old if not t.done()]
        old.append(asyncio.create_task(_retire(former, settings.terms.seconds + _GRACE)))
        LOG.log(logging.INFO, "reloaded", extra={"fields": {"release": services.files.stamp}})
        metrics.reloads.labels("ok").inc()


async def tidy(app: Starlette) -> None:
    """Now and then, forget answers that nobody asked for again, and give freed memory back."""
    while True:
        app.state.services.kept.forget(_UNUSED)
        await asyncio.to_thread(give_back)
        await asyncio.sleep(_CLEARING)


def _seen(source: Path | str) -> tuple[int, ...] | None:
    """What tells a release from the one before; None while there is none to see."""
    if isinstance(source, str):
        return ()
    try:
        stat = (source / SUMS if source.is_dir() else source).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


async def _retire(services: Services, seconds: float) -> None:
    """Let go of a former release when whoever asked it has been answered."""
    try:
        await asyncio.sleep(seconds)
    finally:
        await asyncio.shield(asyncio.to_thread(services.close))
