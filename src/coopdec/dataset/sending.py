"""Statements on their way into a store over HTTP, and what the store says to that."""

from __future__ import annotations

import errno
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from coopdec.dataset.binding import encode_iri
from coopdec.dataset.remote import AGENT, checked_address, credentials, login
from coopdec.dataset.retries import Busy, patiently
from coopdec.errors import EndpointError, QueryTimeout

__all__ = ["Sender", "TooLarge", "query_address"]

#: Last word of an address for statements → of the one for queries, at the same server.
_QUERY = {"store": "query", "data": "query", "update": "query", "get": "query",
          "statements": "", "sparql-graph-crud-auth": "sparql", "sparql-graph-crud": "sparql",
          "sparql-auth": "sparql", "rdf-graphs": ""}

_ESCAPE = re.compile(rb"\\\\([uU])|\\.")

#: What servers say of a part that is too much for them, under statuses of other meaning.
_ENOUGH = re.compile(r"memory exhausted|too (?:large|long|big|many)|10000 lines", re.I)


def _plain(match: re.Match[bytes]) -> bytes:
    """A letter after a backslash that some servers would take for the start of an escape:
    see :func:`coopdec.dataset.binding.literal`."""
    return rb"\\\U%08X" % ord(match[1]) if match[1] else match[0]


class TooLarge(Exception):
    """The store takes no body of this size (413)."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer to read: credentials go where they were meant to."""

    def redirect_request(self, *_: Any) -> None:
        return None


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Answers a server's challenge, and from then on sends the answer with each request."""

    challenge: dict[str, str] | None = None

    def retry_http_digest_auth(self, req: urllib.request.Request, auth: str
                               ) -> HTTPResponse | None:
        words = urllib.request.parse_http_list(auth.partition(" ")[2])
        self.challenge = urllib.request.parse_keqv_list([w for w in words if w])
        return super().retry_http_digest_auth(req, auth)

    def http_request(self, req: urllib.request.Request) -> urllib.request.Request:
        if self.challenge is not None:
            said = self.get_authorization(req, self.challenge)
            req.add_unredirected_header("Authorization", f"Digest {said}")
        return req

    https_request = http_request


class Sender:
    """Sends parts to ``url``. The first takes the place of the graph (PUT, or CLEAR), each
    other is added to it (POST, or INSERT DATA)."""

    def __init__(self, url: str, *, graph: str | None, update: bool, timeout: float) -> None:
        self.url = checked_address(url)
        self._graph = graph
        self._update = update
        self._timeout = timeout
        self._secret: str | None = None
        self._digest: _Digest | None = None
        handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
        if (pair := login()) is not None and not (credentials() or "").startswith("Bearer"):
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            parts = urlsplit(self.url)
            known.add_password(None, f"{parts.scheme}://{parts.netloc}/", *pair)
            self._digest = _Digest(known)
            handlers.append(self._digest)
        self._opener = urllib.request.build_opener(*handlers)
        self._greeted = credentials() is None

    def send(self, lines: Sequence[bytes], *, first: bool) -> None:
        """
        Raises:
            TooLarge: this many bytes are too many.
            EndpointError, QueryTimeout: the store refuses or fails.
        """
        if not self._greeted:
            self._greeted = True
            self._greet()
        if not self._update:
            self._try(self._address(), b"".join(lines), "application/n-triples",
                      "PUT" if first else "POST")
            return
        if first:
            graph = "DEFAULT" if self._graph is None else f"GRAPH {encode_iri(self._graph)}"
            self._try(self.url, f"CLEAR SILENT {graph}".encode(), "application/sparql-update")
        if lines:
            body = _ESCAPE.sub(_plain, b"".join(lines))
            if self._graph is not None:
                body = b"GRAPH %s {\n%s}" % (encode_iri(self._graph).encode(), body)
            self._try(self.url, b"INSERT DATA {\n%s}" % body, "application/sparql-update")

    def _greet(self) -> None:
        """Find out how the store wants to be told who we are, with nothing to write: some
        hang up on a large body before they ask, some say nothing of Digest to who tries
        Basic."""
        if self._digest is not None:
            with suppress(EndpointError):
                self._nothing()
        if self._digest is None or self._digest.challenge is None:
            self._secret = credentials()
            self._nothing()

    def _nothing(self) -> None:
        if self._update:
            self._try(self.url, b"INSERT DATA {}", "application/sparql-update")
        else:
            self._try(self._address(), b"", "application/n-triples")

    def _address(self) -> str:
        """The graph's, as the Graph Store Protocol has it."""
        graph = "default" if self._graph is None else f"graph={quote(self._graph, safe='')}"
        return self.url + ("&" if urlsplit(self.url).query else "?") + graph

    def _try(self, address: str, body: bytes, media: str, method: str = "POST") -> None:
        # A store that loads lets others wait: longer than a query would.
        deadline = time.monotonic() + 2 * self._timeout
        patiently(lambda: self._once(address, body, media, method), deadline, self.url)

    def _once(self, address: str, body: bytes, media: str, method: str) -> None:
        request = urllib.request.Request(address, body, {
            "Content-Type": media, "User-Agent": AGENT, "Accept": "*/*"}, method=method)
        if self._secret is not None:
            request.add_unredirected_header("Authorization", self._secret)
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                _read(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise self._said(error) from error
        except ValueError as error:  # a challenge of a kind that urllib does not know
            raise EndpointError("push-unauthorised", url=self.url, status=401) from error
        except (OSError, HTTPException) as error:
            why = getattr(error, "reason", error)
            if isinstance(why, TimeoutError):
                raise QueryTimeout("push-timeout", url=self.url, seconds=self._timeout
                                   ) from error
            words = getattr(why, "strerror", None) or str(why) or type(why).__name__
            code = "push-unreachable" if _never_met(why) else "push-cut-off"
            raise EndpointError(code, url=self.url, why=words) from error

    def _said(self, error: urllib.error.HTTPError) -> Exception:
        status, url = error.code, self.url
        if status == 413:
            return TooLarge()
        if status in (429, 502, 503):
            return Busy(status, error.headers.get("Retry-After"))
        if status == 504:
            return QueryTimeout("push-timeout", url=url, seconds=self._timeout)
        code = {401: "push-unauthorised", 403: "push-forbidden", 404: "push-not-found",
                405: "push-not-allowed", 415: "push-not-allowed", 501: "push-not-allowed"}
        if 300 <= status < 400:
            return EndpointError("push-moved", url=url, to=error.headers.get("Location", "?"))
        if status in code:
            return EndpointError(code[status], url=url, status=status)
        words = _words(error)
        if _ENOUGH.search(words):  # Virtuoso's compiler, for one
            return TooLarge()
        return EndpointError("push-failed", url=url, status=status, why=words)


def _never_met(why: object) -> bool:
    """Whether there was no connection at all: nobody listens, no such host, no way there."""
    return isinstance(why, ConnectionRefusedError | socket.gaierror) or (
        isinstance(why, OSError) and why.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH))


def _read(answer: HTTPResponse) -> None:
    while answer.read(1 << 16):
        pass


def _words(error: urllib.error.HTTPError) -> str:
    try:
        said = error.read(2000).decode("utf-8", "replace")
    except (OSError, HTTPException):
        said = ""
    return " ".join(said.split())[:200] or "—"


def query_address(url: str) -> str:
    """Where a store whose address for statements is ``url`` answers queries, as the common
    servers lay it out.

    >>> query_address("http://localhost:7878/store")
    'http://localhost:7878/query'
    >>> query_address("http://localhost:3030/ds/data")
    'http://localhost:3030/ds/query'
    """
    parts = urlsplit(checked_address(url))
    head, _, last = parts.path.rstrip("/").rpartition("/")
    path = "/".join(p for p in (head, _QUERY[last]) if p) if last in _QUERY else parts.path
    return urlunsplit((parts.scheme, parts.netloc, path or "/", "", ""))

