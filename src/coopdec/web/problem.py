"""What went wrong, for machines (RFC 9457 problem details) and for people (a page)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from coopdec.errors import (
    CoopdecError,
    MissingExtra,
    QuerySyntaxError,
    QueryTimeout,
    UnknownName,
    UsageError,
)
from coopdec.messages import Lang, advice, render
from coopdec.web.negotiate import best, language

__all__ = ["MEDIA", "lang_of", "of_error", "problem", "said"]

MEDIA = "application/problem+json"


def lang_of(request: Request) -> Lang:
    """The language of the answer: the path's (``/en/…``), otherwise Accept-Language's."""
    if request.scope["path"].removeprefix(request.scope.get("root_path", "")).startswith("/en/"):
        return "en"
    return language(request.headers.get("accept-language"))


def problem(request: Request, status: int, code: str, /, *, headers: dict[str, str] | None = None,
            members: dict[str, Any] | None = None, **params: Any) -> Response:
    """An answer of ``status`` that says what message ``code`` says, filled with ``params``:
    problem details, or a page for whoever prefers HTML. ``members``: further members of the
    problem details (``line``, ``column``)."""
    lang = lang_of(request)
    detail = said(code, lang, **params)
    sent = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language",
            "Content-Language": lang, **(headers or {})}
    services = getattr(request.app.state, "services", None)
    wanted = best(request.headers.get("accept"), [MEDIA, "application/json", "text/html"])
    if wanted == "text/html" and services is not None:
        page = services.pages.error(status, lang, path=request.url.path, detail=detail)
        return Response(page.html, status, sent, "text/html")
    body = {"type": f"urn:coopdec:problem:{code}", "title": HTTPStatus(status).phrase,
            "status": status, "detail": detail, "code": code, **(members or {})}
    return Response(json.dumps(body, ensure_ascii=False).encode(), status, sent, MEDIA)


def said(code: str, lang: Lang, /, **params: Any) -> str:
    """The words of a message and what to do about it, as sentences."""
    words = " ".join(p for p in (render(code, params, lang), advice(code, params, lang)) if p)
    return words[:1].upper() + words[1:]


def of_error(request: Request, error: CoopdecError) -> Response:
    """The answer to what the core raised. What could tell of this machine (a path, an
    address) stays in the log: only errors of use are repeated."""
    if isinstance(error, QuerySyntaxError):
        where = {"line": error.line, "column": error.column}
        return problem(request, 400, error.code, members=where, **_words(error))
    if isinstance(error, UnknownName):
        members = {"suggestions": list(error.suggestions)}
        return problem(request, 404, error.code, members=members, **_words(error))
    if isinstance(error, UsageError):
        return problem(request, 400, error.code, **_words(error))
    if isinstance(error, QueryTimeout):
        return problem(request, 503, "web-query-timeout", headers={"Retry-After": "60"},
                       seconds=f"{error.params.get('seconds', 0):g}")
    if error.code == "query-worker-died":
        return problem(request, 503, "web-query-too-large", headers={"Retry-After": "60"})
    if isinstance(error, MissingExtra):
        return problem(request, 501, "web-not-installed")
    return problem(request, 503, "web-store-failed", headers={"Retry-After": "10"})


def _words(error: CoopdecError) -> dict[str, Any]:
    return dict(error.params)
