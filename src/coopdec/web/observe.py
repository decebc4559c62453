"""The outermost layer: every request is counted and noted, and none ends in a trace.

A line of the log is JSON and holds nothing of a person: no address, no query string, no
browser. A query is known by the first letters of its checksum, unless its text is asked
for.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coopdec.web.metrics import Metrics
from coopdec.web.problem import problem

__all__ = ["LOG", "Observer", "configure_logs", "note"]

LOG = logging.getLogger("coopdec.serve")

#: First part of a path → what it is counted as.
_PARTS = {"sparql": "sparql", "api": "api", "reconcile": "reconcile", "static": "static",
          "health": "ops", "metrics": "ops"}


class Observer:
    """Counts, notes, and turns what nobody caught into a 500 without a trace."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = uuid4().hex[:16]
        status = size = 0

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"],
                                      (b"x-request-id", request_id.encode())]
            size += len(message.get("body", b""))
            await send(message)

        scope.setdefault("state", {})["request_id"] = request_id
        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            status = status or 499
        except asyncio.CancelledError:  # the server stops, and has waited long enough
            LOG.warning("stopped", extra={"fields": {"request": request_id}})
            if not status:
                await problem(Request(scope), 503, "web-stopping", headers={"Retry-After": "5"}
                              )(scope, receive, watched)
        except Exception:  # noqa: BLE001 - whatever it was, the client gets an answer
            LOG.error("failed", extra={"fields": {
                "request": request_id, "trace": traceback.format_exc()}})
            if not status:
                await problem(Request(scope), 500, "web-failed")(scope, receive, watched)
        finally:
            self._note(scope, request_id, status, size, time.perf_counter() - started)

    def _note(self, scope: Scope, request_id: str, status: int, size: int, took: float) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        part = _PARTS.get(path.removeprefix("en/").partition("/")[0].partition(".")[0], "pages")
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "?"
        self._metrics.requests.labels(part, method, str(status)).inc()
        self._metrics.seconds.labels(part).observe(took)
        fields = {"request": request_id, "method": scope["method"][:20], "path": path[:300],
                  "status": status, "ms": round(took * 1000, 1), "bytes": size,
                  **scope["state"].get("noted", {})}
        LOG.info("request", extra={"fields": fields})


def note(request: Request, **fields: Any) -> None:
    """Put something on the request's line of the log."""
    request.scope["state"].setdefault("noted", {}).update(fields)


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said: dict[str, Any] = {"time": when, "level": record.levelname.lower(),
                                "event": record.getMessage(), **getattr(record, "fields", {})}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def configure_logs(level: int) -> None:
    """JSON lines on standard error, uvicorn's few among them."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    for name in ("coopdec.serve", "uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level if name == "coopdec.serve" else logging.WARNING)
        logger.propagate = False
