"""Loading dumps, and keeping the stores of large ones on disk between runs.

A kept store lies in the user's cache under the dump's fingerprint; a changed dump gets
a new one, and those before the last are removed.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import shutil
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from coopdec.errors import UsageError
from coopdec.media import RDF_SUFFIXES, is_gzipped, rdf_suffix
from coopdec.paths import cache_folder
from coopdec.scratch import scratch
from coopdec.storage import SUMS, listed

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["fingerprint", "is_kept", "keep", "kept_store", "load"]

_DONE = "coopdec-complete"
#: How often a dump is read that is replaced while it is read.
_TRIES = 5


def load(store: Store, path: Path) -> None:
    """Put a dump into the default graph, quickly.

    Raises:
        UsageError: the suffix is of no RDF format.
        SyntaxError, OSError: from the parser and the disk.
    """
    from pyoxigraph import Quad, RdfFormat, parse

    suffix = rdf_suffix(path)
    form = RdfFormat.from_extension(suffix[1:]) if suffix else None
    if form is None:
        raise UsageError("dump-unknown-format", path=str(path),
                         known=" ".join([*RDF_SUFFIXES, ".gz"]))
    if path.is_dir() or not os.access(path, os.R_OK):
        raise PermissionError(13, "Permission denied")
    packed = is_gzipped(path)
    try:
        with cast("IO[bytes]", gzip.open(path) if packed else path.open("rb")) as dump:
            if form.supports_datasets:  # what stands in named graphs would answer no query
                store.bulk_extend(Quad(q.subject, q.predicate, q.object)
                                  for q in parse(dump, form))
            elif packed:
                store.bulk_load(dump, form)
            else:
                store.bulk_load(path=str(path), format=form)
    except (EOFError, zlib.error) as error:
        raise OSError(str(error)) from error


def kept_store(path: Path) -> Store:
    """The store of a dump, opened read-only; made first when there is none yet. ``path``
    is the dump, or what :func:`keep` gave."""
    from pyoxigraph import Store

    return Store.read_only(str(path if is_kept(path) else keep(path)))


def is_kept(path: Path) -> bool:
    """Whether a folder is a store that :func:`keep` made."""
    return (path / _DONE).exists()


def keep(path: Path) -> Path:
    """The folder of a dump's store, made now unless it is there already: to be opened
    read-only, by as many processes as like.

    Raises:
        SyntaxError, OSError: the dump is broken, cannot be read, or never holds still.
    """
    for _ in range(_TRIES):
        if (target := _kept(path)) is not None:
            return target
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))


def _kept(path: Path) -> Path | None:
    """None where the dump was replaced meanwhile: what was read is not of its checksum."""
    from pyoxigraph import Store

    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
    home = cache_folder() / "stores"
    before, named = path.stat(), fingerprint(path)
    target = home / f"{place}-{named}"
    if not (target / _DONE).exists():
        home.mkdir(parents=True, exist_ok=True)
        with scratch(f".{place}-", home) as folder:  # killed meanwhile, it goes next time
            aside = folder / "store"
            store = Store(str(aside))
            load(store, path)
            # One sorted run for each index instead of one for each million statements: what
            # looks much up is three times as fast for half of the loading time.
            store.optimize()
            store.flush()
            del store
            if fingerprint(path) != named or not os.path.samestat(before, path.stat()):
                return None
            (aside / _DONE).touch()
            try:
                aside.rename(target)
            except OSError:  # another process was quicker
                if not (target / _DONE).exists():
                    raise
        _forget(home, place)
    return target


def _forget(home: Path, place: str) -> None:
    """Remove the stores of former dumps but the last, which a process may still read."""
    stores = [s for s in home.glob(f"{place}-*") if (s / _DONE).exists()]
    stores.sort(key=lambda s: (s / _DONE).stat().st_mtime_ns)
    for old in stores[:-2]:
        shutil.rmtree(old, ignore_errors=True)


def fingerprint(path: Path) -> str:
    """Of a dump's content, as its release states it in SHA256SUMS, where the dump is not
    younger than that; otherwise of its size and time."""
    stat = path.stat()
    sums = path.with_name(SUMS)
    if sums.is_file() and sums.stat().st_mtime_ns >= stat.st_mtime_ns:
        digest = listed(sums.read_text("utf-8", "replace")).get(path.name, "")
        if len(digest) == 64:
            return digest[:24]
    return hashlib.sha256(f"{stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:24]
