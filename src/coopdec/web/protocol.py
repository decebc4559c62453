"""uvicorn's HTTP/1.1 protocol with patience that ends: for a request's head, for its body,
and for a client that does not read its answer.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["HttpProtocol", "patient"]

#: As many connections at once; whoever comes then is asked to come again.
MOST_CONNECTIONS = 1000


def patient(seconds: float) -> type[HttpProtocol]:
    """The protocol with ``seconds`` for the whole head of a request, thrice that for the
    body after it, and thrice that for a client to take some of an answer that waits."""
    return type("Patient", (HttpProtocol,), {"patience": seconds})


class HttpProtocol(H11Protocol):
    patience = 10.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._patience: asyncio.TimerHandle | None = None
        self._waiting_for: object = None
        self._unread: asyncio.TimerHandle | None = None
        self._refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            self._refuse(503, b"Retry-After: 5\r\n")
            return
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._patience, self._unread):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def _watch(self) -> None:
        """Start the clock when something new is waited for; it does not start again with
        each byte."""
        state = self.conn.their_state
        waiting: object = None
        if not self.transport.is_closing():
            if state is h11.SEND_BODY:
                waiting = (h11.SEND_BODY, self.cycle)
            elif state is h11.IDLE and self.timeout_keep_alive_task is None:
                waiting = (h11.IDLE, self.cycle)
        if waiting == self._waiting_for:
            return
        self._waiting_for = waiting
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        if waiting is not None:
            seconds = self.patience * (1 if state is h11.IDLE else 3)
            self._patience = self.loop.call_later(seconds, self._too_slow)

    def _too_slow(self) -> None:
        self._refuse(408)

    def send_400_response(self, msg: str) -> None:
        """A head that is no HTTP, or longer than h11 may hold."""
        held = bytes(self.conn.trailing_data[0])
        if len(held) <= (self.config.h11_max_incomplete_event_size or 0):
            self._refuse(400)
        else:
            self._refuse(431 if b"\r\n" in held else 414)

    def _refuse(self, status: int, more: bytes = b"") -> None:
        """A last answer, unless one is under way already."""
        self._refused = True
        if self.cycle is not None and self.cycle.response_started \
                and not self.cycle.response_complete:
            self.transport.abort()
            return
        if not self.transport.is_closing():
            reason = HTTPStatus(status).phrase
            body = json.dumps({"type": "about:blank", "title": reason, "status": status}).encode()
            self.transport.write(
                b"HTTP/1.1 %d %s\r\nContent-Type: application/problem+json\r\n"
                b"Content-Length: %d\r\n%sConnection: close\r\n\r\n%s"
                % (status, reason.encode(), len(body), more, body))
            self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(3 * self.patience, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None
