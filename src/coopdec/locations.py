"""Lists and releases that lie elsewhere: any address that fsspec knows (s3://, gs://, hdfs://,
memory://, file://…).

A list is brought here as a whole before it is read, with its ``.toml``; a release is made here
and sent when it is finished, ``SHA256SUMS`` last: whoever reads there knows by it that the
rest is whole. Object stores rename nothing: between the first file and the last, readers who
do not look at the checksums see files of both releases.

Each address has a folder of its own in the cache while its release is made: a build that was
interrupted goes on from there, as one does beside a folder of this machine.
"""

from __future__ import annotations

import posixpath
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from coopdec.errors import CoopdecError, MissingExtra, StorageError, UsageError
from coopdec.paths import cache_folder
from coopdec.storage import SUMS, locked

__all__ = ["is_address", "published_at", "reached"]


def is_address(location: str | Path) -> bool:
    """Whether this is no path of this machine: ``scheme://…``."""
    return "://" in str(location)


def _filesystem(address: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtra("missing-extra-cluster", extra="cluster", need=address) from error
    try:
        # What follows file:// is percent-encoded (RFC 8089); fsspec takes it as it stands.
        system, path = fsspec.core.url_to_fs(
            unquote(address) if address.startswith("file:") else address)
    except ImportError as error:
        raise MissingExtra("address-unknown", address=address, why=str(error)) from error
    except ValueError as error:
        raise UsageError("address-unknown", address=address, why=str(error)) from error
    return system, path


@contextmanager
def reached(locations: Sequence[str | Path]) -> Iterator[list[Path]]:
    """Paths of this machine for all of these; what was brought goes when the block ends.

    Raises:
        UsageError: nothing there, or no such kind of address.
        StorageError: it does not answer.
    """
    with ExitStack() as stack:
        paths = []
        for location in locations:
            if not is_address(location):
                paths.append(Path(location))
                continue
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="coopdec-"))
            paths.append(_brought(str(location), Path(folder)))
        yield paths


@contextmanager
def _answered(code: str, address: str, **more: object) -> Iterator[None]:
    """What the other end refuses, in our words. Not all that its libraries raise is an OSError:
    missing credentials, an endpoint that does not answer."""
    try:
        yield
    except (CoopdecError, MemoryError):
        raise
    except Exception as error:
        raise StorageError(code, path=address, why=str(error) or type(error).__name__,
                           **more) from error


def _brought(address: str, folder: Path) -> Path:
    system, path = _filesystem(address)
    with _answered("cannot-read", address):
        if system.isdir(path):
            home = folder / posixpath.basename(path.rstrip("/"))
            home.mkdir()
            for entry in system.ls(path, detail=True):
                if entry["type"] == "file":
                    _copy(system, entry["name"], home)
            return home
        if not system.exists(path):
            raise UsageError("no-such-file", path=address)
        # The folder's name is told in reports.
        home = folder / (posixpath.basename(posixpath.dirname(path)) or "sources")
        home.mkdir()
        stem = posixpath.splitext(path)[0]
        beside = [path, f"{stem}.toml"]
        if path.endswith(".toml"):
            beside = [e for e in system.ls(posixpath.dirname(path), detail=False)
                      if posixpath.splitext(e)[0] == stem]
        for name in dict.fromkeys(beside):
            if system.exists(name):
                _copy(system, name, home)
        return home / posixpath.basename(path)


def _copy(system: Any, name: str, folder: Path) -> None:
    with (system.open(name, "rb") as source,
          (folder / posixpath.basename(name)).open("wb") as target):
        shutil.copyfileobj(source, target, 1 << 20)


@contextmanager
def published_at(location: str | Path) -> Iterator[Path]:
    """The folder in which to make a release; it is sent to its address, if it has one, when
    the block ends well.

    Raises:
        UsageError: files lie there that are no release of ours.
        StorageError: it cannot be written; the release is made, and says where it lies.
        OutsideError: another build for this address runs on this machine.
    """
    if not is_address(location):
        yield Path(location)
        return
    address = str(location)
    system, path = _filesystem(address)
    home = cache_folder() / "releases" / blake2b(address.encode(), digest_size=8).hexdigest()
    # Until it is sent: who comes next must not clear away what is on its way.
    with locked(home, address):
        yield from _published(address, system, path, home)


def _published(address: str, system: Any, path: str, home: Path) -> Iterator[Path]:
    with _answered("cannot-read", address):
        there = {posixpath.basename(name.rstrip("/")) for name in system.ls(path, detail=False)
                 } if system.isdir(path) else set()
    begun = home / "begun"
    ours = set(begun.read_text("utf-8").splitlines()) if begun.exists() else set()
    if SUMS not in there and not there <= ours:
        raise UsageError("output-not-ours", path=address)
    made = home / (posixpath.basename(path.rstrip("/")) or "output")
    shutil.rmtree(made, ignore_errors=True)  # one that could not be sent
    yield made
    with _answered("cannot-send", address, folder=str(made)):
        names = sorted(p.name for p in made.iterdir())
        # Without SHA256SUMS yet, the next build knows by it what it may replace there.
        begun.write_text("\n".join([*names, *there]), "utf-8")
        _send(made, names, system, path, there)
    shutil.rmtree(home, ignore_errors=True)


def _send(made: Path, names: list[str], system: Any, path: str, there: set[str]) -> None:
    system.makedirs(path, exist_ok=True)
    for name in [*(n for n in names if n != SUMS), SUMS]:
        system.put_file(str(made / name), posixpath.join(path, name))
    for name in sorted(there - set(names)):
        system.rm_file(posixpath.join(path, name))
