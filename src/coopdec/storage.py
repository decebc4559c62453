"""A folder that changes all at once or not at all: written aside, then renamed."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from coopdec.errors import OutsideError, StorageError, UsageError

__all__ = ["SUMS", "replaced_folder"]

#: The file by which we know a folder as a release of ours.
SUMS = "SHA256SUMS"


@contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """A new empty folder that takes the place of ``target`` when the block ends well;
    ``target`` stays as it was when it does not.

    Raises:
        UsageError: ``target`` holds files and is no release of ours: nobody's folder is
            replaced by accident.
        StorageError: the disk is full, read-only, or another build is at work.
    """
    target = target.resolve()
    if target.exists() and not target.is_dir():
        raise UsageError("output-is-file", path=str(target))
    if target.is_dir() and any(target.iterdir()) and not (target / SUMS).exists():
        raise UsageError("output-not-ours", path=str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _lock(target):
            aside = Path(mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
            try:
                yield aside
                aside.chmod(0o755)
                _swap(aside, target)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise StorageError("cannot-write", path=str(target), why=error.strerror or str(error)
                           ) from error


@contextmanager
def _lock(target: Path) -> Iterator[None]:
    # Beside the folder and not in it: the folder itself is replaced. The name is kept for
    # good, since removing a lock file that another process waits on would split the lock.
    path = target.parent / f".{target.name}.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutsideError("build-running", path=str(target)) from error
        for stale in target.parent.glob(f".{target.name}.new-*"):
            shutil.rmtree(stale, ignore_errors=True)
        _recover(target)
        yield
    finally:
        os.close(handle)


def _swap(aside: Path, target: Path) -> None:
    old = target.parent / f".{target.name}.old"
    if target.exists():
        target.rename(old)
    aside.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _recover(target: Path) -> None:
    """A build that was killed between the two renames left the former release aside."""
    old = target.parent / f".{target.name}.old"
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)
