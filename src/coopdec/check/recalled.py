"""What the reference engine answers, kept in the cache by all that the answer depends on.

pySHACL takes a second for a few projects, most of which rdflib spends on parsing the queries of
the shapes. The same statements against the same shapes get the same answer from it: a build
of lists that did not change need not ask again. The other engine always runs.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from coopdec.check import pyshacl_engine, result
from coopdec.check.engines import get_engine
from coopdec.check.result import Raw
from coopdec.paths import cache_folder

__all__ = ["reference_says"]

#: Answers that are kept; one takes some kilobytes at most.
_KEPT = 64
_LIBRARIES = ("pyshacl", "rdflib", "pyparsing", "pyoxigraph")


def reference_says(data: bytes, shapes: bytes) -> list[Raw]:
    """As :meth:`coopdec.check.engines.Engine.validate` of the reference.

    Raises:
        UsageError: the shapes cannot be used.
    """
    key = blake2b(digest_size=16)
    for part in (_asked_of(), shapes, b"\n".join(sorted(data.splitlines()))):
        key.update(b"%d " % len(part) + part)
    path = cache_folder() / "check" / f"{key.hexdigest()}.json"
    with suppress(OSError, ValueError, TypeError):
        return [Raw(*fields) for fields in json.loads(path.read_text("utf-8"))]
    found = get_engine("pyshacl").validate(data, shapes)
    with suppress(OSError):  # it is only asked again
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps([astuple(raw) for raw in found]), "utf-8")
        aside.replace(path)
        known = sorted(path.parent.iterdir(), key=lambda p: p.stat().st_mtime_ns)
        for old in known[:-_KEPT]:
            old.unlink()
    return found


@cache
def _asked_of() -> bytes:
    """Who answers: the libraries, and how we ask them."""
    ours = [Path(module.__file__ or "").read_bytes() for module in (pyshacl_engine, result)]
    return repr((sys.version_info[:3], *map(version, _LIBRARIES), *ours)).encode()
