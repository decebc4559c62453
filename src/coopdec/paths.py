"""Where the files of coopdec stand: in a checkout, or inside the installed package."""

from __future__ import annotations

import os
import sys
from functools import cache, lru_cache
from pathlib import Path

__all__ = ["cache_folder", "data_folder", "decisions_folder", "project_folder", "short_path"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def data_folder(name: str) -> Path:
    """``ontology``, ``shapes``, ``sources`` or ``decisions``: the checkout's folder when
    run from one, otherwise the copy that was installed."""
    root = _PACKAGE.parent.parent
    checkout = root / name
    if (root / "pyproject.toml").exists() and checkout.is_dir():
        return checkout
    return _PACKAGE / "data" / name


def project_folder(name: str) -> Path:
    """The folder a user means by ``sources`` or ``decisions``: theirs in the working
    directory if there is one, else ours."""
    own = Path(name)
    return own if own.is_dir() else data_folder(name)


def decisions_folder(named: str | Path | None = None) -> Path:
    """The folder that decisions are read from, unless one is named: see
    :func:`project_folder`."""
    return project_folder("decisions") if named is None else Path(named)


def cache_folder() -> Path:
    """Where what can be made again is kept; ``COOPDEC_CACHE`` names another."""
    if named := os.environ.get("COOPDEC_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "coopdec"


@lru_cache(maxsize=1 << 10)
def short_path(path: str) -> str:
    """A file by its folder and name only: what is said of it says nothing of the machine.

    >>> short_path("/home/anne/sources/liste.csv"), short_path("liste.csv")
    ('sources/liste.csv', 'liste.csv')
    """
    found = Path(path)
    return path if found.parent == Path() else f"{found.parent.name}/{found.name}"
