"""What a filtered list of projects shows, as a table or as points on a map."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from coopdec.errors import MissingExtra
from coopdec.formats._columns import guarded
from coopdec.messages import Lang
from coopdec.web.conditional import caching, etag, unchanged
from coopdec.web.services import Services

__all__ = ["TABLES", "send_rows"]

TABLES = {"csv": "text/csv",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "geojson": "application/geo+json"}
#: Where the point of a row stands; a table has them as columns like the others.
_LAT, _LONG = "lat", "long"


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
        return _WRITERS[suffix](services.pages.rows(params, lang))

    media = TABLES[suffix] + ("; charset=utf-8" if suffix == "csv" else "")
    return Response(await run_in_threadpool(made), 200, {**headers, "Content-Type": media})


def _csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for at, row in enumerate(rows):
        if not at:
            writer.writerow(row)
        writer.writerow([guarded(str(value)) for value in row.values()])
    return out.getvalue().encode()


def _xlsx(rows: Iterable[Mapping[str, str]]) -> bytes:
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtra("extra-missing", extra="tables", need="xlsxwriter") from error
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False,
                                     "strings_to_urls": False})
    sheet = book.add_worksheet("projets")
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for at, row in enumerate(rows):
        if not at:
            for place, name in enumerate(row):
                sheet.write_string(0, place, name, bold)
        for place, value in enumerate(row.values()):
            sheet.write_string(at + 1, place, str(value)[:32_767])
    book.close()
    return out.getvalue()


def _geojson(rows: Iterable[Mapping[str, str]]) -> bytes:
    """https://www.rfc-editor.org/rfc/rfc7946: a row without a place is a feature without a
    geometry (§3.2)."""
    features = []
    for row in rows:
        said: dict[str, Any] = {k: v for k, v in row.items() if k not in (_LAT, _LONG) and v != ""}
        lat, long = row.get(_LAT), row.get(_LONG)
        point = {"type": "Point", "coordinates": [float(long), float(lat)]} \
            if lat and long else None
        features.append({"type": "Feature", "geometry": point, "properties": said})
    return json.dumps({"type": "FeatureCollection", "features": features},
                      ensure_ascii=False).encode()


_WRITERS = {"csv": _csv, "xlsx": _xlsx, "geojson": _geojson}
