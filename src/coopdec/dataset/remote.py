"""A SPARQL 1.1 endpoint over HTTP, asked politely through SPARQLWrapper.

From the environment: ``COOPDEC_ENDPOINT_USER`` and ``COOPDEC_ENDPOINT_PASSWORD`` (Basic)
or ``COOPDEC_ENDPOINT_TOKEN`` (Bearer), sent to the endpoint and to no one it redirects to.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from SPARQLWrapper import GET, JSON, POST, SPARQLWrapper
from SPARQLWrapper import SPARQLExceptions as Foreign

from coopdec import __version__
from coopdec.dataset.answers import graph_of, results_of
from coopdec.dataset.aside import run_aside
from coopdec.dataset.retries import Busy, patiently
from coopdec.dataset.tokens import form_of, services
from coopdec.errors import (
    CoopdecError,
    EndpointError,
    QuerySyntaxError,
    QueryTimeout,
    UsageError,
)

__all__ = ["AGENT", "Endpoint", "checked_address", "credentials", "login"]

AGENT = f"coopdec/{__version__} (https://w3id.org/coopdec/) SPARQLWrapper"
#: Longer addresses are refused by many servers and proxies: such queries go by POST.
_LONGEST_GET = 2000
_LARGEST = 512 << 20

_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_GRAPH = ("application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7, "
          "application/ld+json;q=0.5")


class _Request(SPARQLWrapper):
    """SPARQLWrapper with our notion of a query's form, which no comment or string
    deceives, and credentials that do not follow a redirection."""

    accept = _RESULTS

    def _getAcceptHeader(self) -> str:  # noqa: N802 - its name
        return self.accept

    def _parseQueryType(self, query: str) -> str:  # noqa: N802 - its name
        return form_of(query) or "SELECT"

    def _createRequest(self) -> urllib.request.Request:  # noqa: N802 - its name
        request: urllib.request.Request = super()._createRequest()
        secret = credentials()
        if secret:
            request.add_unredirected_header("Authorization", secret)
        return request


class Endpoint:
    """Answers like :class:`coopdec.dataset.local.LocalStore`, from a server.

    ``method``: "auto" sends short queries by GET (which caches may keep) and long ones
    by POST. Raises EndpointError, QueryTimeout or QuerySyntaxError, nothing else.
    """

    def __init__(self, url: str, *, method: str = "auto") -> None:
        self.url = checked_address(url)
        self._method = method

    def results(self, sparql: str, timeout: float | None = None) -> bytes:
        """SPARQL JSON, whatever of the result formats the server chose."""
        data, media = self._ask(sparql, _RESULTS, timeout)
        return results_of(data, media, self.url)

    def triples(self, sparql: str, timeout: float | None = None) -> bytes:
        """N-Triples, whatever RDF format the server chose."""
        data, media = self._ask(sparql, _GRAPH, timeout)
        return graph_of(data, media, self.url)

    def close(self) -> None:
        """Nothing stays open between queries."""

    def _ask(self, sparql: str, accept: str, timeout: float | None) -> tuple[bytes, str]:
        limit = 60.0 if timeout is None else timeout
        deadline = time.monotonic() + limit

        def attempt() -> tuple[bytes, str]:
            left = deadline - time.monotonic()
            if left <= 0:
                raise QueryTimeout("query-timeout", seconds=limit)
            return _within(left, limit, lambda: self._once(sparql, accept, left, limit))

        return patiently(attempt, deadline, self.url)

    def _once(self, sparql: str, accept: str, left: float, limit: float) -> tuple[bytes, str]:
        parts = urlsplit(self.url)
        request = _Request(urlunsplit((*parts[:3], "", "")), agent=AGENT)
        for key, value in parse_qsl(parts.query, keep_blank_values=True):
            request.addParameter(key, value)
        request.setQuery(sparql)
        request.setReturnFormat(JSON)
        request.setOnlyConneg(True)
        request.accept = accept
        request.timeout = left  # type: ignore[assignment]  # setTimeout would cut it to whole seconds
        short = len(sparql.encode()) * 1.5 + len(self.url) < _LONGEST_GET
        request.setMethod(
            {"get": GET, "post": POST}.get(self._method, GET if short else POST))
        try:
            with request.query().response as response:
                return _body(response, self.url), response.headers.get("Content-Type", "")
        except CoopdecError:
            raise
        except Exception as error:
            raise self._mapped(error, sparql, limit) from error

    def _mapped(self, error: Exception, sparql: str, limit: float) -> Exception:
        """An exception of SPARQLWrapper or urllib as one of ours."""
        url = self.url
        if isinstance(error, Foreign.QueryBadFormed):
            return _refused(sparql, _said(error), url)
        if isinstance(error, Foreign.EndPointNotFound):
            return EndpointError("endpoint-not-found", url=url)
        if isinstance(error, Foreign.Unauthorized):
            return EndpointError("endpoint-refused", url=url, status=401)
        if isinstance(error, Foreign.EndPointInternalError):
            if re.search(r"time.?out", _said(error), re.I):
                return QueryTimeout("query-timeout", seconds=limit)
            return EndpointError("endpoint-status", url=url, status=500)
        if isinstance(error, Foreign.URITooLong):
            return EndpointError("endpoint-status", url=url, status=414)
        if isinstance(error, urllib.error.HTTPError):
            with error:
                if error.code == 503 and b"timeout" in error.read(4000).lower():
                    return QueryTimeout("query-timeout", seconds=limit)
                if error.code in (429, 502, 503):
                    return Busy(error.code, error.headers.get("Retry-After"))
                if error.code in (403, 407):
                    return EndpointError("endpoint-refused", url=url, status=error.code)
                if error.code == 504:
                    return QueryTimeout("query-timeout", seconds=limit)
                code = ("endpoint-elsewhere" if error.code in (405, 406, 415) else
                        "endpoint-status")
                return EndpointError(code, url=url, status=error.code)
        why = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(why, TimeoutError | socket.timeout):
            return QueryTimeout("query-timeout", seconds=limit)
        if isinstance(why, http.client.IncompleteRead):
            return EndpointError("endpoint-cut", url=url, why=str(why))
        words = getattr(why, "strerror", None) or str(why) or type(why).__name__
        return EndpointError("endpoint-down", url=url, why=words)


def checked_address(url: str) -> str:
    """An address as it is asked: in ASCII, without a fragment.

    Raises:
        UsageError: not http, or it holds a name and password.
    """
    try:
        parts = urlsplit(url)
        port_ok = parts.port is None or parts.port > 0
    except ValueError as error:
        raise UsageError("endpoint-bad-address", url=url) from error
    if (parts.scheme not in ("http", "https") or not parts.hostname or not port_ok
            or "@" in parts.netloc or re.search(r"[\x00-\x20\x7f<>\"]", url)):
        shown = re.sub(r"//[^/@]*@", "//…@", url)  # never repeat a password
        raise UsageError("endpoint-bad-address", url=shown[:200])
    try:
        return urlunsplit((*parts[:4], "")) if url.isascii() else _ascii(url)
    except UnicodeError as error:
        raise UsageError("endpoint-bad-address", url=url[:200]) from error


def _ascii(url: str) -> str:
    from urllib.parse import quote

    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    place = f"{host}:{parts.port}" if parts.port else host
    return urlunsplit((parts.scheme, place, quote(parts.path, safe="/%:@"),
                       quote(parts.query, safe="=&%+/:@"), ""))


def login() -> tuple[str, str] | None:
    """Name and password from the environment."""
    user = os.environ.get("COOPDEC_ENDPOINT_USER")
    return (user, os.environ.get("COOPDEC_ENDPOINT_PASSWORD", "")) if user else None


def credentials() -> str | None:
    """What goes into ``Authorization``, from the environment."""
    token = os.environ.get("COOPDEC_ENDPOINT_TOKEN")
    if token:
        return f"Bearer {token.strip()}"
    pair = login()
    if pair is not None:
        return "Basic " + base64.b64encode(":".join(pair).encode()).decode()
    return None


def _within(left: float, limit: float, work: Callable[[], tuple[bytes, str]]
            ) -> tuple[bytes, str]:
    """Run in a thread and stop waiting at the deadline: neither looking a name up nor an
    answer that drips in byte by byte heeds the time limit of a socket."""
    try:
        return run_aside(work, left)
    except TimeoutError as error:
        raise QueryTimeout("query-timeout", seconds=limit) from error


def _body(response: http.client.HTTPResponse, url: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    while data := response.read1(1 << 18):
        parts.append(data)
        size += len(data)
        if size > _LARGEST:
            raise EndpointError("endpoint-too-large", url=url, limit=_LARGEST >> 20)
    if response.length:  # fewer bytes came than were announced
        raise EndpointError("endpoint-cut", url=url, why=f"-{response.length} B")
    if response.headers.get("X-SQL-State") == "S1TAT":  # Virtuoso: time was up, half is here
        raise EndpointError("endpoint-cut", url=url, why="S1TAT")
    return b"".join(parts)


def _said(error: Exception) -> str:
    """What the server wrote beside the status. SPARQLWrapper keeps it as bytes' repr."""
    raw = error.args[0] if error.args else b""
    raw = raw.split(b"Response:\n", 1)[-1] if isinstance(raw, bytes) else str(raw)
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    text = text.rpartition("Response:\n")[2].removeprefix("b'").removesuffix("'")
    return " ".join(re.sub(r"<[^>]*>|\\n", " ", text).split())


def _refused(sparql: str, said: str, url: str) -> CoopdecError:
    """A refused query: our own parser says where it is wrong, unless it is only the
    server that does not understand."""
    from pyoxigraph import Store

    from coopdec.dataset.local import syntax_error

    if not services(sparql):
        try:
            Store().query(sparql)
        except SyntaxError as error:
            return syntax_error(str(error), sparql)
        except (OSError, ValueError):
            pass
    match = re.search(r"line:?\s*(\d+),?\s*col(?:umn)?:?\s*(\d+)|\bat (\d+):(\d+)", said)
    line, column = (int(match[1] or match[3]), int(match[2] or match[4])) if match else (None, None)
    return QuerySyntaxError("query-syntax-remote", line, column, url=url, why=said[:200] or "400")
