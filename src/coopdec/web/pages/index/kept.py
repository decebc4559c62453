"""Where the index lies: in a cache, by what it was made of, or in a temporary folder."""

from __future__ import annotations

import tempfile
import weakref
from pathlib import Path

from coopdec.dataset import Dataset
from coopdec.errors import StorageError
from coopdec.scratch import Scratch, scratch
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
            folder = Scratch("coopdec-pages-")
            try:
                build(data, addresses, folder.path / "pages.sqlite")
                index = Index(folder.path / "pages.sqlite", folder.remove)
            except BaseException:
                folder.remove()
                raise
            weakref.finalize(index, folder.remove)  # for whoever forgets to close
            return index
        cache.mkdir(parents=True, exist_ok=True)
        file = cache / f"pages-{key}.sqlite"
        if not file.exists():
            with scratch(".pages-", cache) as aside:  # another process may be building it too
                build(data, addresses, aside / file.name)
                (aside / file.name).replace(file)
            _forget(cache, file)
        return Index(file)
    except OSError as error:
        raise StorageError("cannot-write", path=str(cache or tempfile.gettempdir()),
                           why=error.strerror or str(error)) from error


def _forget(cache: Path, current: Path) -> None:
    """Only the newest few are of use."""
    others = sorted((p for p in cache.glob("pages-*.sqlite") if p != current),
                    key=lambda p: p.stat().st_mtime, reverse=True)
    for old in others[3:]:
        old.unlink(missing_ok=True)
