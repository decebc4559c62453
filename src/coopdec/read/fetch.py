"""A list at an http(s) address → a temporary file, with bounds on size, time and redirects.

An address that leads to a machine of the private network is refused unless allowed: a list
may come from a service's user, and must not make the service read its own neighbours. The
name is resolved once and that very address is connected to, so that a second answer of the
name server cannot change it.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO
from urllib.parse import unquote, urljoin, urlsplit

from coopdec import __version__
from coopdec.errors import CoopdecError, EndpointError, UsageError

__all__ = ["Fetched", "fetch", "is_url"]

_MIB = 1 << 20
_BLOCK = 1 << 16
_REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
# What servers call the formats that we read, for addresses without a suffix.
_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/geo+json": ".geojson",
    "application/x-ndjson": ".jsonl",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.text": ".odt",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """``path`` lives as long as the ``with`` block, under the name that the server or the
    address gives; ``url`` is where the redirects ended."""

    path: Path
    url: str
    media_type: str


@dataclass(frozen=True, slots=True)
class _Bounds:
    allow_private: bool
    max_bytes: int
    seconds: float
    deadline: float

    def left(self, url: str) -> float:
        """Seconds to go; none are an error."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise EndpointError("fetch-too-slow", url=url, limit=round(self.seconds))
        return left


def is_url(text: str) -> bool:
    """Whether a source is an address and not a path.

    >>> is_url("https://example.org/liste.csv"), is_url("sources/liste.csv")
    (True, False)
    """
    return re.match(r"https?://", text, re.IGNORECASE) is not None


@contextmanager
def fetch(
    url: str,
    *,
    allow_private: bool = False,
    max_bytes: int = 200 * _MIB,
    seconds: float = 120.0,
    progress: Callable[[int, int | None], None] | None = None,
) -> Iterator[Fetched]:
    """Download to a temporary file, removed at the end of the ``with`` block. ``seconds``
    bound the whole; ``progress(read, total)`` is called as bytes come in.

    Raises:
        UsageError: not an http(s) address, or one that leads to a private machine.
        EndpointError: the server cannot be reached, answers with an error, redirects too
            often, sends too much, or is too slow.
    """
    bounds = _Bounds(allow_private, max_bytes, seconds, time.monotonic() + seconds)
    with tempfile.TemporaryDirectory(prefix="coopdec-") as folder:
        with _opened(url, bounds) as (answer, final):
            media_type = answer.headers.get_content_type()
            path = Path(folder) / _file_name(final, answer, media_type)
            with path.open("wb") as file:
                _copy(answer, file, final, bounds, progress)
        yield Fetched(path, final, media_type)


@contextmanager
def _opened(url: str, bounds: _Bounds) -> Iterator[tuple[http.client.HTTPResponse, str]]:
    """The answer at the end of the redirects, each of which is checked like the first."""
    current = url
    for _ in range(_REDIRECTS + 1):
        connection = _connected(current, bounds)
        # The socket's own time limit starts anew with every byte; this one does not.
        alarm = Timer(bounds.left(current), _hang_up, [connection])
        alarm.daemon = True
        alarm.start()
        answer = None
        try:
            answer = _asked(connection, current, bounds)
            if answer.status in _MOVED:
                target = urljoin(current, answer.headers.get("Location", ""))
                # From an encrypted to an open connection is no way to go on.
                if current.startswith("https:") and not target.startswith("https:"):
                    break
                current = target
                continue
            if answer.status != 200:
                status = f"{answer.status} {answer.reason}".strip()
                raise EndpointError("fetch-status", url=current, status=status)
            yield answer, current
            return
        finally:
            alarm.cancel()
            if answer is not None:
                answer.close()
            connection.close()
    raise EndpointError("fetch-redirects", url=url)


def _hang_up(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _connected(url: str, bounds: _Bounds) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    try:
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError("fetch-scheme", url=url) from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise UsageError("fetch-scheme", url=url)
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    address = _address(host, port, url, bounds)
    timeout = min(30.0, bounds.left(url))
    connection = (
        http.client.HTTPSConnection(host, port, timeout=timeout)
        if secure
        else http.client.HTTPConnection(host, port, timeout=timeout)
    )
    try:
        plain = socket.create_connection((address, port), timeout)
        connection.sock = plain
        if secure:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=host)
    except OSError as error:
        connection.close()
        raise _failed(url, error) from error
    return connection


def _address(host: str, port: int, url: str, bounds: _Bounds) -> str:
    """The address to connect to; every address of the name must be public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _failed(url, error) from error
    addresses = [str(entry[4][0]) for entry in found]
    if not bounds.allow_private:
        for address in addresses:
            if not _public(address):
                raise UsageError("fetch-private", url=url, address=address)
    return addresses[0]


def _public(address: str) -> bool:
    """
    >>> [_public(a) for a in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "8.8.8.8")]
    [False, False, False, False, True]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # An IPv4 address may hide in one of IPv6.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return _public(str(inner))
    return ip.is_global and not ip.is_multicast


def _asked(
    connection: http.client.HTTPConnection, url: str, bounds: _Bounds
) -> http.client.HTTPResponse:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = re.sub(r"[^!-~]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), target)
    headers = {
        "User-Agent": f"coopdec/{__version__}",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
    }
    bounds.left(url)
    try:
        connection.request("GET", target, headers=headers)
        return connection.getresponse()
    except TimeoutError as error:
        raise EndpointError("fetch-too-slow", url=url, limit=round(bounds.seconds)) from error
    except (OSError, http.client.HTTPException) as error:
        bounds.left(url)
        raise _failed(url, error) from error


def _copy(
    answer: http.client.HTTPResponse,
    file: IO[bytes],
    url: str,
    bounds: _Bounds,
    progress: Callable[[int, int | None], None] | None,
) -> None:
    limit = f"{bounds.max_bytes // _MIB} MiB"
    length = answer.headers.get("Content-Length", "")
    total = int(length) if length.isdigit() else None
    if total is not None and total > bounds.max_bytes:
        raise EndpointError("fetch-too-large", url=url, limit=limit)
    read = 0
    while True:
        bounds.left(url)
        try:
            # read1 gives what has come: a slow drip cannot hold us beyond the deadline.
            block = answer.read1(_BLOCK)
        except TimeoutError as error:
            raise EndpointError("fetch-too-slow", url=url, limit=round(bounds.seconds)) from error
        except (OSError, http.client.HTTPException) as error:
            bounds.left(url)
            raise _failed(url, error) from error
        if not block:
            bounds.left(url)
            break
        read += len(block)
        if read > bounds.max_bytes:
            raise EndpointError("fetch-too-large", url=url, limit=limit)
        file.write(block)
        if progress is not None:
            progress(read, total)
    if total is not None and read < total:
        raise EndpointError("fetch-failed", url=url, reason=f"{read}/{total} bytes")


def _failed(url: str, error: Exception) -> CoopdecError:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return EndpointError("fetch-failed", url=url, reason=reason)


def _file_name(url: str, answer: http.client.HTTPResponse, media_type: str) -> str:
    """The name that the server gives, or the end of the address; never a way out of the
    folder; with a suffix that says the format where there is none."""
    given = answer.headers.get_filename() or unquote(urlsplit(url).path.rpartition("/")[2])
    safe = re.sub(r"[^\w.,() -]+", "_", given.replace("\\", "/").rpartition("/")[2]).strip(". ")
    name = safe[-120:] or "document"
    return name if Path(name).suffix else name + _SUFFIXES.get(media_type, "")
