"""Entity tags and conditional requests (RFC 9110 §8.8 and §13)."""

from __future__ import annotations

import hashlib
from email.utils import formatdate

from starlette.requests import Request
from starlette.responses import Response
from werkzeug.http import parse_date, parse_etags

__all__ = ["caching", "etag", "unchanged"]


def etag(*parts: str | bytes) -> str:
    """A strong entity tag of everything that decides a representation's bytes.

    >>> etag("release", "/a.ttl") == etag("release", "/a.ttl"), etag("a", "b") == etag("ab")
    (True, False)
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(data) + data)
    return f'"{digest.hexdigest()[:32]}"'


def caching(tag: str, modified: float | None, max_age: int) -> dict[str, str]:
    """The headers by which a client keeps an answer and asks again. ``max_age`` 0: it asks
    every time."""
    kept = f"public, max-age={max_age}" if max_age else "no-cache"
    headers = {"ETag": tag, "Cache-Control": kept}
    if modified is not None:
        headers["Last-Modified"] = formatdate(modified, usegmt=True)
    return headers


def unchanged(request: Request, headers: dict[str, str]) -> Response | None:
    """The 304 for a client that holds this representation already, or the 412 for one whose
    precondition fails; None: answer in full, as what has no tag. Only for what exists. What a
    POST gives is no representation of the address, so that no client holds it."""
    tag = headers.get("ETag")
    if tag is None or request.method not in ("GET", "HEAD"):
        return None
    asked = request.headers
    modified = parse_date(headers.get("Last-Modified"))
    if (match := asked.get("if-match")) is not None:
        failed = not parse_etags(match).contains(_bare(tag))
    else:
        since = parse_date(asked.get("if-unmodified-since"))
        failed = modified is not None and since is not None and modified > since
    if failed:
        return Response(status_code=412, headers=headers)
    if (none := asked.get("if-none-match")) is not None:
        held = parse_etags(none).contains_weak(_bare(tag))
    else:
        since = parse_date(asked.get("if-modified-since"))
        held = modified is not None and since is not None and modified <= since
    return Response(status_code=304, headers=headers) if held else None


def _bare(tag: str) -> str:
    return tag.strip('"')
