"""The files of a release as they were when it was opened, even while a build replaces it.

Only what ``SHA256SUMS`` lists is served, looked up by name: no request reaches a path of
its own making. Each file stays open, so that its bytes, size and checksum belong together.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from werkzeug.http import parse_if_range_header, parse_range_header

from coopdec.errors import StorageError
from coopdec.media import media_type
from coopdec.storage import SUMS, listed
from coopdec.web.conditional import caching, unchanged

__all__ = ["Files", "send_file"]

_CHUNK = 256 << 10
#: Media types whose character set is to be said; Turtle's is known.
_CHARSET = frozenset({"text/csv", "text/tab-separated-values", "text/html", "text/markdown",
                      "text/plain"})
_INLINE = re.compile(rb"<(script|style)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class _File:
    name: str
    handle: IO[bytes]
    size: int
    sha256: str
    modified: float
    media_type: str


class Files:
    """``stamp``: one word for the whole release, another when any of it changes."""

    def __init__(self, found: Mapping[str, _File], stamp: str, modified: float | None) -> None:
        self._found = found
        self.stamp = stamp
        self.modified = modified

    @classmethod
    def none(cls, stamp: str) -> Files:
        """Before an endpoint: there is no release at hand."""
        return cls({}, stamp, None)

    @classmethod
    def of(cls, folder: Path) -> Files:
        """
        Raises:
            StorageError: a file that the release lists cannot be read.
        """
        found: dict[str, _File] = {}
        try:
            sums = folder / SUMS
            data = sums.read_bytes() if sums.is_file() else b""
            names = listed(data.decode("utf-8", "replace"))
            for name, digest in {**names, SUMS: hashlib.sha256(data).hexdigest()}.items():
                if (folder / name).is_file():
                    found[name] = _opened(folder, name, digest)
        except OSError as error:
            for file in found.values():
                file.handle.close()
            raise StorageError("cannot-read", path=str(folder), why=error.strerror or str(error)
                               ) from error
        modified = found[SUMS].modified if SUMS in found else None
        return cls(found, hashlib.sha256(data).hexdigest()[:16], modified)

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def get(self, name: str) -> _File | None:
        return self._found.get(name)

    def close(self) -> None:
        """Downloads that run keep handles of their own."""
        for file in self._found.values():
            with suppress(OSError):
                file.handle.close()


def _opened(folder: Path, name: str, digest: str) -> _File:
    handle = (folder / name).open("rb")
    stat = os.fstat(handle.fileno())
    media = media_type(name) or mimetypes.guess_type(name)[0] or "text/plain"
    if media in _CHARSET:
        media += "; charset=utf-8"
    return _File(name, handle, stat.st_size, digest, stat.st_mtime, media)


async def send_file(request: Request, files: Files, name: str) -> Response:
    """A file of the release, whole or the range that was asked for (RFC 9110 §14)."""
    file = files.get(name)
    assert file is not None
    headers = {**caching(f'"{file.sha256[:32]}"', file.modified, 300), "Accept-Ranges": "bytes",
               "Content-Type": file.media_type}
    if (answer := unchanged(request, headers)) is not None:
        return answer
    start, stop, status = 0, file.size, 200
    wanted = _range(request, headers, file.size)
    if wanted is not None:
        start, stop = wanted
        if start >= stop:
            return Response(status_code=416, headers={"Content-Range": f"bytes */{file.size}"})
        status = 206
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
    headers["Content-Length"] = str(stop - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    if file.media_type.startswith("text/html"):
        headers["Content-Security-Policy"] = await run_in_threadpool(_policy, file)
    if stop - start <= _CHUNK:  # in one piece: no thread to and fro
        return Response(os.pread(file.handle.fileno(), stop - start, start), status, headers)
    return StreamingResponse(_read(file, start, stop), status, headers)


async def _read(file: _File, start: int, stop: int) -> AsyncIterator[bytes]:
    handle = os.dup(file.handle.fileno())  # so that a new release may close the old one's
    try:
        while start < stop:
            data = await run_in_threadpool(os.pread, handle, min(_CHUNK, stop - start), start)
            if not data:
                break
            start += len(data)
            yield data
    finally:
        os.close(handle)


def _range(request: Request, headers: dict[str, str], size: int) -> tuple[int, int] | None:
    """The one range that is asked for; several are answered with the whole, as may be."""
    asked = parse_range_header(request.headers.get("range"))
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or not size:
        return None
    condition = parse_if_range_header(request.headers.get("if-range"))
    if condition.etag is not None and f'"{condition.etag}"' != headers["ETag"]:
        return None
    if condition.date is not None and (
            parse_if_range_header(headers["Last-Modified"]).date != condition.date):
        return None
    start, stop = asked.ranges[0]
    if start < 0:  # the last so many bytes
        return max(0, size + start), size
    return start, size if stop is None else min(stop, size)


def _policy(file: _File) -> str:
    """For a page of the release, which brings its own styles and scripts: those, by their
    checksums, and no others."""
    data = os.pread(file.handle.fileno(), file.size, 0)
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, text in _INLINE.findall(data):
        digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
        hashes[kind.decode().lower()].append(f"'sha256-{digest}'")
    return ("default-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'; "
            f"script-src 'self' {' '.join(hashes['script'])}; "
            f"style-src 'self' {' '.join(hashes['style'])}")
