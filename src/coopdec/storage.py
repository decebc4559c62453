"""A folder that changes all at once or not at all: written aside, then renamed."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from glob import escape
from pathlib import Path
from tempfile import mkdtemp

from coopdec.errors import OutsideError, StorageError, UsageError
from coopdec.scratch import removed

__all__ = ["SUMS", "held", "listed", "locked", "replaced_folder", "work_folder"]

#: The file by which we know a folder as a release of ours.
SUMS = "SHA256SUMS"


def listed(sums: str) -> dict[str, str]:
    """The files that the text of a ``SHA256SUMS`` names → their checksums, none outside of its
    folder."""
    pairs = (line.partition("  ") for line in sums.splitlines())
    names = ((name.strip().lstrip("*"), digest) for digest, _, name in pairs)
    return {name: digest for name, digest in names
            if name and not name.startswith("/") and ".." not in name.split("/")}


@contextmanager
def replaced_folder(target: Path, *, mine: bool = False) -> Iterator[Path]:
    """A new empty folder that takes the place of ``target`` when the block ends well;
    ``target`` stays as it was when it does not. ``mine``: the caller holds it already.

    Raises:
        UsageError: ``target`` holds files and is no release of ours: nobody's folder is
            replaced by accident.
        StorageError: the disk is full, read-only, or another build is at work.
    """
    whole = nullcontext(Path(os.path.realpath(target))) if mine else held(target)
    with whole as place, _said(place):
        aside = Path(mkdtemp(prefix=f".{place.name}.new-", dir=place.parent))
        try:
            yield aside
            aside.chmod(0o755)
            _swap(aside, place)
        finally:
            removed(aside)


@contextmanager
def held(target: Path) -> Iterator[Path]:
    """Nobody else builds ``target`` while the block runs. Gives the full path.

    Raises:
        UsageError, StorageError: as :func:`replaced_folder`, before any work is done.
    """
    target = Path(os.path.realpath(target))
    if target.is_symlink() or (target.exists() and not target.is_dir()):  # a link to itself
        raise UsageError("output-is-file", path=str(target))
    if target.is_dir() and any(target.iterdir()) and not (target / SUMS).exists():
        raise UsageError("output-not-ours", path=str(target))
    with locked(target, str(target)):
        yield target


@contextmanager
def locked(target: Path, known_as: str) -> Iterator[None]:
    """The same, whatever ``target`` holds. ``known_as``: what a person calls it.

    Raises:
        StorageError: the folder that it is in cannot be written.
        OutsideError: another build is at work.
    """
    with ExitStack() as stack:
        with _said(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(_lock(target, known_as))
        yield


@contextmanager
def work_folder(target: Path, keep: Callable[[Path], bool]) -> Iterator[Path]:
    """A folder beside ``target`` for what is made on the way. It goes when the block ends
    well; when it does not, it stays for the next run where ``keep`` says so of it.

    Raises:
        StorageError: the disk is full or read-only.
    """
    with held(target) as place, _said(place, "cannot-write-work"):
        folder = place.parent / f".{place.name}.work"
        folder.mkdir(exist_ok=True)
        try:
            yield folder
        except BaseException:
            if not keep(folder):
                _cleared(folder)
            raise
        _cleared(folder)


def _cleared(folder: Path) -> None:
    """It goes; where it is a link to a larger disk, or one itself, what is in it does."""
    with suppress(OSError):
        for path in folder.iterdir():
            removed(path)
        folder.rmdir()


@contextmanager
def _said(target: Path, code: str = "cannot-write") -> Iterator[None]:
    """What the disk refuses, in our words."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOMEM:
            raise MemoryError from error
        why = error.strerror or str(error)
        if error.filename is not None:  # beside the folder, and hidden
            why = f"{why} ({error.filename})"
        raise StorageError(code, path=str(target), why=why) from error


@contextmanager
def _lock(target: Path, known_as: str) -> Iterator[None]:
    # Beside the folder and not in it: the folder itself is replaced.
    path = target.parent / f".{target.name}.lock"
    handle = _locked(path)
    if handle is None:
        raise OutsideError("build-running", path=known_as)
    try:
        for stale in target.parent.glob(f".{escape(target.name)}.new-*"):
            removed(stale)
        _recover(target)
        yield
    finally:
        with suppress(OSError):  # one that stays locks nobody out
            path.unlink(missing_ok=True)
        os.close(handle)


def _locked(path: Path) -> int | None:
    """A handle on the lock file, None where another holds it. The file goes with its holder:
    who opened it just before has locked a file that is no longer there, and tries again."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except BlockingIOError:
            os.close(handle)
            return None
        except FileNotFoundError:
            pass
        os.close(handle)


def _swap(aside: Path, target: Path) -> None:
    if target.exists() and _exchanged(aside, target):
        return
    old = target.parent / f".{target.name}.old"
    try:
        if target.exists():
            target.rename(old)
        aside.rename(target)
    except BaseException:  # Ctrl-C between the two, too
        _recover(target)
        raise
    removed(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two have changed names in one step, so that who reads the release meanwhile
    always finds one: Linux can, on most file systems."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):
        return False
    here = ctypes.c_int(-100)  # AT_FDCWD
    exchange = ctypes.c_uint(2)
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _recover(target: Path) -> None:
    """A build that was killed between the two renames left the former release aside."""
    old = target.parent / f".{target.name}.old"
    if old.is_dir() and not target.exists():
        old.rename(target)
    removed(old)
