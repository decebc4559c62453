"""Headers that every answer bears, and entity tags that tell a compressed one apart."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from werkzeug.http import parse_accept_header

__all__ = ["CSP", "SMALLEST", "Secure", "Tagged"]

#: Bytes from which an answer is compressed.
SMALLEST = 1000

#: Nothing from elsewhere, nothing inline. Images in data: are drawn by the editor's styles.
CSP = ("default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
       "form-action 'self'; frame-ancestors 'none'")
_SECURE = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_GZIPPED = "-gzip"


class Secure:
    """Puts the headers of browsers' defences on every answer that does not set its own (a
    preview that others may frame, a page of the release with its own policy)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "content-security-policy" not in headers:
                    headers["X-Frame-Options"] = "DENY"
                for name, value in _SECURE.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, dressed if scope["type"] == "http" else send)


class Tagged:
    """A compressed answer is another representation and bears another strong entity tag;
    a client that sends it back is understood. Stands around the compressing layer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        gzipped_held = f'{_GZIPPED}"' in asked.get("if-none-match", "")
        if not parse_accept_header(asked.get("accept-encoding")).quality("gzip"):
            scope["headers"] = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        if gzipped_held:
            mark = f'{_GZIPPED}"'.encode()
            scope["headers"] = [(k, v.replace(mark, b'"') if k == b"if-none-match" else v)
                                for k, v in scope["headers"]]

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                tag = headers.get("etag", "")
                if scope["method"] == "HEAD" and message["status"] == 200 and _large(headers):
                    # As to GET, though there is no body to compress.
                    if "accept-encoding" not in headers.get("vary", "").lower():
                        headers.add_vary_header("Accept-Encoding")
                    if "gzip" in Headers(scope=scope).get("accept-encoding", ""):
                        headers["content-encoding"] = "gzip"
                        del headers["content-length"]
                compressed = headers.get("content-encoding") == "gzip"
                if tag.startswith('"') and (
                        compressed or (message["status"] == 304 and gzipped_held)):
                    headers["etag"] = tag[:-1] + _GZIPPED + '"'
            await send(message)

        await self._app(scope, receive, tagged)


def _large(headers: MutableHeaders) -> bool:
    """Whether an answer is worth compressing, and is not yet."""
    return ("content-encoding" not in headers and "content-range" not in headers
            and int(headers.get("content-length", "0")) >= SMALLEST
            and not headers.get("content-type", "").startswith(DEFAULT_EXCLUDED_CONTENT_TYPES))
