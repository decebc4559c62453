"""What a request may be, and how many a client may send."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coopdec.web.place import client_of
from coopdec.web.problem import problem

__all__ = ["LARGEST_BODY", "LONGEST_URL", "Guard", "Rate"]

#: Characters of an address with its query string; longer queries go by POST.
LONGEST_URL = 16_384
#: Bytes of a body: the longest query that is read, each character written as %XX.
LARGEST_BODY = 4 << 20

# https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2, without percent-encoding.
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d*)?")


class Rate:
    """A bucket of tokens for each client: ``burst`` at first, ``per_second`` new ones.

    Clients who have not asked for a while are forgotten, and so are the oldest when there
    are too many to remember.
    """

    def __init__(self, per_second: float, burst: int, *, remembered: int = 20_000,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = per_second, burst, clock
        self._remembered = remembered
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Seconds that the client must wait before this request; 0: it may be answered."""
        now = self._clock()
        left, then = self._left.pop(client, (float(self._burst), now))
        left = min(self._burst, left + (now - then) * self._rate)
        wait = 0.0 if left >= 1 else (1 - left) / self._rate
        self._left[client] = (left if wait else left - 1, now)
        while len(self._left) > self._remembered:
            self._left.popitem(last=False)
        return wait


class Guard:
    """Refuses what no part of the site should see. ``rate`` None: any number of requests;
    this machine itself may always send as many as it likes."""

    def __init__(self, app: ASGIApp, *, rate: Rate | None) -> None:
        self._app = app
        self._rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(Request(scope, receive))
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self._app(scope, _counted(receive), send)

    def _refused(self, request: Request) -> Response | None:
        scope, headers = request.scope, Headers(scope=request.scope)
        client = client_of(scope)
        if self._rate is not None and client is not None:
            wait = self._rate.wait(client)
            if wait:
                again = {"Retry-After": str(ceil(wait))}
                return problem(request, 429, "web-too-many", headers=again, seconds=ceil(wait))
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_URL:
            return problem(request, 414, "web-url-too-long", limit=LONGEST_URL)
        if not _HOST.fullmatch(headers.get("host", "-")):
            return problem(request, 400, "web-bad-host")
        length = headers.get("content-length", "0")
        if int(length) > LARGEST_BODY:
            return too_large(request)
        return None


def too_large(request: Request) -> Response:
    """The 413. The rest of the body is not read, so that the connection cannot go on."""
    return problem(request, 413, "web-body-too-large", headers={"Connection": "close"},
                   limit=LARGEST_BODY >> 20)


def _counted(receive: Receive) -> Receive:
    size = 0

    async def counting() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            raise HTTPException(413)
        return message

    return counting
