"""What a filtered list of projects shows, as a table or as points on a map."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from coopdec.errors import MissingExtra
from coopdec.formats._columns import guarded
from coopdec.media import MEDIA
from coopdec.messages import Lang
from coopdec.web.conditional import caching, etag, unchanged
from coopdec.web.services import Services

__all__ = ["TABLES", "send_rows"]

Rows = Iterable[Mapping[str, str]]

TABLES = {form: MEDIA[f".{form}"] for form in ("csv", "xlsx", "geojson")}
#: The column of a row's places: « long lat », parted by « | ».
_POINTS = "points"
#: Lists that are written at the same time: a large one takes seconds.
_turns: CapacityLimiter | None = None


async def send_rows(request: Request, lang: Lang, suffix: str) -> Response:
    """All rows of the list, not only those of a page, in the order of the page.

    Raises:
        MissingExtra: nothing is installed that writes workbooks.
    """
    services: Services = request.app.state.services
    tag = etag(services.stamp, request.url.path, request.url.query)
    headers = {**caching(tag, services.files.modified, 300 if services.release else 0),
               "Content-Language": lang,
               "Content-Disposition": f'attachment; filename="projects.{suffix}"'}
    if (held := unchanged(request, headers)) is not None:
        return held
    params = {key: request.query_params.getlist(key) for key in request.query_params}

    def made() -> bytes:
        rows = iter(services.pages.rows(params, lang))
        first = next(rows, None)
        columns = first or next(iter(services.pages.rows({}, lang)), {})
        return _WRITERS[suffix](list(columns), [] if first is None else chain((first,), rows))

    global _turns  # noqa: PLW0603 - made where the event loop runs
    _turns = _turns or CapacityLimiter(2)
    media = TABLES[suffix] + ("; charset=utf-8" if suffix == "csv" else "")
    return Response(await to_thread.run_sync(made, limiter=_turns), 200,
                    {**headers, "Content-Type": media})


def _csv(columns: Sequence[str], rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(str(row[c])) for c in columns] for row in rows)
    return out.getvalue().encode()


def _xlsx(columns: Sequence[str], rows: Rows) -> bytes:
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtra("missing-package", package="xlsxwriter", need="xlsx") from error
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False,
                                     "strings_to_urls": False})
    sheet = book.add_worksheet("projets")
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(columns):
        sheet.write_string(0, place, name, bold)
    for at, row in enumerate(rows, 1):
        for place, name in enumerate(columns):
            sheet.write_string(at, place, str(row[name])[:32_767])
    book.close()
    return out.getvalue()


def _geojson(columns: Sequence[str], rows: Rows) -> bytes:
    """https://www.rfc-editor.org/rfc/rfc7946: a row without a place is a feature without a
    geometry (§3.2)."""
    features = []
    for row in rows:
        places = [[float(n) for n in place.split(" ")]
                  for place in str(row.get(_POINTS, "")).split("|") if place]
        geometry: dict[str, Any] | None = None
        if places:
            geometry = {"type": "Point", "coordinates": places[0]} if len(places) == 1 else \
                {"type": "MultiPoint", "coordinates": places}
        said = {c: row[c] for c in columns if c != _POINTS and row[c] != ""}
        features.append({"type": "Feature", "geometry": geometry, "properties": said})
    return json.dumps({"type": "FeatureCollection", "features": features},
                      ensure_ascii=False).encode()


_WRITERS = {"csv": _csv, "xlsx": _xlsx, "geojson": _geojson}
