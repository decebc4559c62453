"""The process: a socket, uvicorn on it, and one line that says the address."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Callable

import uvicorn

from coopdec.dataset.memory import few_arenas
from coopdec.errors import OutsideError, UsageError
from coopdec.web.app import create_app
from coopdec.web.limits import LONGEST_URL
from coopdec.web.metrics import Metrics
from coopdec.web.observe import configure_logs
from coopdec.web.opening import Settings, open_services
from coopdec.web.protocol import patient
from coopdec.web.services import Services

__all__ = ["bound", "serve"]


def serve(settings: Settings, host: str, port: int, say: Callable[[str], None],
          level: int = logging.INFO) -> None:
    """Answer until told to stop; ``say`` is given the address once answers are ready.

    Raises:
        OutsideError: the port is taken, or may not be used.
        UsageError, StorageError, EndpointError: there is nothing to serve, or it cannot be
            read.
    """
    listening = bound(host, port)
    configure_logs(level)
    few_arenas()
    metrics = Metrics()
    try:
        services = asyncio.run(open_services(settings, metrics.ended))
    except BaseException:
        listening.close()
        raise
    app = create_app(settings, services, metrics)
    config = uvicorn.Config(
        app, log_config=None, access_log=False,
        server_header=False, proxy_headers=False, lifespan="on", loop="asyncio", ws="none",
        http=patient(settings.patience),
        timeout_keep_alive=15, h11_max_incomplete_event_size=4 * LONGEST_URL,
        timeout_graceful_shutdown=int(settings.terms.seconds) + 5)

    def stopping() -> None:
        now: Services = app.state.services  # those of a later release, perhaps
        now.pool.drain()

    server = _Server(config, lambda: say(_address(listening, settings.root)), stopping)
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None],
                 stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready, self._stopping = ready, stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping()
        await super().shutdown(sockets)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        UsageError: no address of this machine.
        OutsideError: the port is taken, or may not be used.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        made = socket.socket(family, kind, proto)
    except OSError as error:
        raise UsageError("serve-bad-host", host=host) from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(2048)
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise OutsideError("serve-port-taken", port=port) from error
        if error.errno == errno.EADDRNOTAVAIL:
            raise UsageError("serve-bad-host", host=host) from error
        raise OutsideError("serve-port-refused", port=port, why=error.strerror) from error
    return made


def _address(listening: socket.socket, root: str) -> str:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{root}"
