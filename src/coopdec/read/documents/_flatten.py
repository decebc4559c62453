"""One JSON object as one line of cells."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["flat"]

# What open-data portals wrap a record's own fields in.
_CONTAINERS = ("properties", "fields", "attributes")


def flat(value: Any) -> dict[str, str]:
    """Column → text. A nested object's keys are joined by a dot, the elements of a list by
    a newline; a GeoJSON point gives two columns.

    >>> flat({"titre": "Eau", "pays": {"code": "ML"}, "odd": [6, 13], "clos": None})
    {'titre': 'Eau', 'pays.code': 'ML', 'odd': '6\\n13', 'clos': ''}
    """
    if not isinstance(value, dict):
        return {"value": _text(value)}
    out: dict[str, str] = {}
    for key, inner in value.items():
        if isinstance(inner, str):
            if key != "type" or inner != "Feature":
                out[key] = inner
        elif key in _CONTAINERS and isinstance(inner, dict):
            _put(out, "", inner)
        elif key == "geometry" and isinstance(inner, dict):
            _point(out, inner)
        else:
            _put(out, key, inner)
    return out


def _put(out: dict[str, str], key: str, value: Any) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _put(out, f"{key}.{name}" if key else str(name), inner)
    elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        parts: dict[str, list[str]] = {}
        for inner in value:
            for name, text in flat(inner).items():
                parts.setdefault(name, []).append(text)
        for name, texts in parts.items():
            out[f"{key}.{name}"] = "\n".join(filter(None, texts))
    else:
        out[key] = _text(value)


def _point(out: dict[str, str], geometry: dict[str, Any]) -> None:
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "Point" and isinstance(coordinates, list) and len(coordinates) > 1:
        out["longitude"], out["latitude"] = _text(coordinates[0]), _text(coordinates[1])
    elif coordinates:
        out["geometry"] = json.dumps(geometry, ensure_ascii=False)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e22:
        return str(int(value))
    if isinstance(value, list) and not any(isinstance(v, list | dict) for v in value):
        return "\n".join(filter(None, map(_text, value)))
    return json.dumps(value, ensure_ascii=False)
