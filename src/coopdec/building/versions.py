"""Which coopdec this is: what runs were made by, and what all workers of a build must be."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from coopdec import __version__
from coopdec.reference.edition import edition

__all__ = ["this_coopdec"]

#: What runs are made with: names are compared by the first, pieces checked by the others.
_LIBRARIES = ("rapidfuzz", "pyoxigraph", "pyshacl", "shacl")


@cache
def this_coopdec() -> str:
    """Tells whether two processes, perhaps on two machines, give the same bytes: the version,
    then digests of our code and of the reference, then Python's version and those of the
    libraries that a run is made with."""
    python = ".".join(map(str, sys.version_info[:2]))
    libraries = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    return f"{__version__} ({_our_sources()}, {edition()}, Python {python}, {libraries})"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # of an extra
        return "-"


def _our_sources() -> str:
    """Of their content: wherever and whenever they were installed. The tables of the reference
    are told by its edition, and are most of all bytes."""
    digest = blake2b(digest_size=6)
    root = Path(__file__).parent.parent
    for path in sorted(root.rglob("*.*")):
        name = path.as_posix().removeprefix(root.as_posix())
        if name.endswith((".py", ".toml", ".rq")) or (
                name.endswith(".tsv") and not name.startswith("/reference/")):
            digest.update(f"{name}\n".encode() + path.read_bytes())
    return digest.hexdigest()
