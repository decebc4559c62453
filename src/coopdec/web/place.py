"""Where the site stands: the path it is under, and who really asks when a proxy is before it."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from coopdec.errors import UsageError
from coopdec.web.turns import ASKER

__all__ = ["Place", "client_of", "rooted"]

_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_ROOT = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_LOCAL = "127.0.0.1"


def rooted(path: str) -> str:
    """A path that a site stands under, as ``/…/``.

    >>> rooted("coopdec"), rooted("/")
    ('/coopdec/', '/')

    Raises:
        UsageError: it is not made of plain words.
    """
    inner = path.strip("/")
    found = f"/{inner}" if inner else ""
    if not _ROOT.fullmatch(found):
        raise UsageError("serve-bad-root", path=path)
    return f"{found}/"


class Place:
    """Puts the site under ``root`` (``/…/``), whether or not the proxy takes that prefix off:
    a path without it gets it. With ``trusted`` it believes what the nearest proxy says of the
    client (``X-Forwarded-For``, ``-Proto``, ``-Host``: the last value of each)."""

    def __init__(self, app: ASGIApp, *, root: str, trusted: bool) -> None:
        self._app = app
        self._prefix = root.rstrip("/")
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if self._trusted:
                _forwarded(scope, headers)
            if self._prefix:
                path: str = scope["path"]
                if path != self._prefix and not path.startswith(self._prefix + "/"):
                    scope["path"] = self._prefix + path
                    scope["raw_path"] = self._prefix.encode() + scope["raw_path"]
                scope["root_path"] = self._prefix
            ASKER.set(_asker(scope))
        await self._app(scope, receive, send)


def _forwarded(scope: Scope, headers: Headers) -> None:
    if client := _last(headers, "for"):
        address = client[1:-1] if client.startswith("[") else client
        try:
            scope["client"] = (str(ip_address(address)), 0)
        except ValueError:
            scope["client"] = ("unknown", 0)
    if (scheme := _last(headers, "proto")) in ("http", "https"):
        scope["scheme"] = scheme
    if (host := _last(headers, "host")) and _HOST.fullmatch(host):
        rest = [(k, v) for k, v in scope["headers"] if k != b"host"]
        scope["headers"] = [(b"host", host.encode()), *rest]


def _last(headers: Headers, name: str) -> str:
    values = headers.getlist(f"x-forwarded-{name}")
    return values[-1].rpartition(",")[2].strip() if values else ""


def _asker(scope: Scope) -> str:
    """Whose share of the workers a query takes: a client's, on this machine a connection's."""
    host, port = scope.get("client") or (_LOCAL, 0)
    return client_of(scope) or f"{host} {port}"


def client_of(scope: Scope) -> str | None:
    """Who asks, for counting: an address, or the /64 network of an IPv6 one (a household or
    a server has all of it); None for this machine itself."""
    host = (scope.get("client") or (_LOCAL, 0))[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return str(host)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            if address.is_loopback:
                return None
            return str(IPv6Address(int(address) >> 64 << 64))
        address = address.ipv4_mapped
    return None if address.is_loopback else str(address)
