"""Where the index lies: in a cache, by what it was made of, or in a temporary folder."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path

from coopdec.dataset import Dataset
from coopdec.errors import StorageError
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.index.build import build, fingerprint
from coopdec.web.pages.index.index import Index

__all__ = ["kept"]


def kept(data: Dataset, addresses: Addresses, cache: Path | None) -> Index:
    """The index of ``data``: opened if it was built before, else built.

    Raises:
        StorageError: the cache cannot be written.
        EndpointError: the endpoint cannot be asked.
    """
    key = fingerprint(data, addresses.base) if cache is not None else None
    try:
        if cache is None or key is None:
            folder = Path(tempfile.mkdtemp(prefix="coopdec-pages-"))
            index = _built(data, addresses, folder / "pages.sqlite")
            weakref.finalize(index, shutil.rmtree, folder, True)
            return index
        cache.mkdir(parents=True, exist_ok=True)
        file = cache / f"pages-{key}.sqlite"
        if not file.exists():
            _built(data, addresses, file).close()
            _forget(cache, file)
        return Index(file)
    except OSError as error:
        raise StorageError("cannot-write", path=str(cache or tempfile.gettempdir()),
                           why=error.strerror or str(error)) from error


def _built(data: Dataset, addresses: Addresses, file: Path) -> Index:
    # Written aside and renamed: another process may be building the same one.
    aside = file.with_name(f"{file.name}.{os.getpid()}.new")
    aside.unlink(missing_ok=True)
    try:
        build(data, addresses, aside)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)
    return Index(file)


def _forget(cache: Path, current: Path) -> None:
    """Only the newest few are of use."""
    others = sorted((p for p in cache.glob("pages-*.sqlite") if p != current),
                    key=lambda p: p.stat().st_mtime, reverse=True)
    for old in others[3:]:
        old.unlink(missing_ok=True)
