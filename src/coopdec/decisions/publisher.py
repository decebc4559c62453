"""``publisher.toml``: who publishes, for the catalogue and for IATI. Optional."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from coopdec.errors import DataError, StorageError
from coopdec.model import PUBLISHER_KINDS, Finding, Position, Publisher, Severity
from coopdec.spelling import close_matches

__all__ = ["load_publisher"]

_KEYS = ("name", "kind", "homepage", "contact", "iati", "sparql")
_SCHEMES = {"homepage": ("http://", "https://"), "sparql": ("http://", "https://"),
            "contact": ("http://", "https://", "mailto:")}


def load_publisher(folder: Path) -> Publisher:
    """What ``publisher.toml`` of a folder of decisions says; the defaults without it.

    Raises:
        DataError: it cannot be understood; carries every problem.
        StorageError: it cannot be read.
    """
    path = folder / "publisher.toml"
    try:
        said = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return Publisher()
    except OSError as error:
        raise StorageError("cannot-read", path=str(path), why=error.strerror or "") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError([_wrong(path, "publisher-broken", why=str(error))]) from error
    findings = [
        _wrong(path, "publisher-key", key=key, known=list(_KEYS), near=close_matches(key, _KEYS))
        for key in said if key not in _KEYS
    ]
    name = said.pop("name", {})
    if not isinstance(name, dict) or not all(isinstance(n, str) for n in name.values()):
        findings.append(_wrong(path, "publisher-value", key="name", value=name))
        name = {}
    for key, value in said.items():
        if key in _KEYS and not _fits(key, value):
            findings.append(_wrong(path, "publisher-value", key=key, value=value))
    if findings:
        raise DataError(findings)
    default = Publisher()
    fr = name.get("fr") or name.get("en") or default.name_fr
    return Publisher(fr, name.get("en") or name.get("fr") or default.name_en, **said)


def _fits(key: str, value: Any) -> bool:
    if not isinstance(value, str) or any(c in ' <>"{}|\\^`' or ord(c) < 33 for c in value):
        return False
    if key == "kind":
        return value in PUBLISHER_KINDS
    if key == "iati":
        # https://iatistandard.org: identifiers bear none of « / & | ? ».
        return "-" in value and not set(value) & set("/&|?")
    return not value or value.startswith(_SCHEMES[key])


def _wrong(path: Path, code: str, **params: Any) -> Finding:
    return Finding(code, Severity.FATAL, Position(str(path)), params)
