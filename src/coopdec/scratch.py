"""Folders for what is made on the way, which do not outlive the process that made them."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["Scratch", "marked", "removed", "scratch", "sees"]

_LOCK = ".lock"
_TOKEN = "token"


class Scratch:
    """A new folder in ``home`` (the system's temporary folder unless given) whose name begins
    with ``prefix``. Those of the same prefix whose process was killed are removed first: the
    system lets go of the lock that each holds on its folder.

    Raises:
        OSError: ``home`` cannot be written.
    """

    def __init__(self, prefix: str, home: Path | None = None) -> None:
        home = Path(tempfile.gettempdir()) if home is None else home
        _sweep(home, prefix)
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=home))
        # Locked before it bears the name by which others look at it.
        aside = self.path / f"{_LOCK}.new"
        self._lock = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        aside.rename(self.path / _LOCK)

    def remove(self) -> None:
        """The folder goes with all that is in it, unless it was renamed; a second time does
        nothing."""
        if self._lock >= 0:
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self._lock)
            self._lock = -1


@contextmanager
def scratch(prefix: str, home: Path | None = None) -> Iterator[Path]:
    """A :class:`Scratch` folder until the block ends."""
    folder = Scratch(prefix, home)
    try:
        yield folder.path
    finally:
        folder.remove()


def _sweep(home: Path, prefix: str) -> None:
    for folder in home.glob(f"{prefix}*"):
        with suppress(OSError):  # another's, or gone meanwhile
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)


def removed(path: Path) -> None:
    """Whatever lies there goes, if it can: a folder with all that is in it; of a link, the link."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def marked(folder: Path) -> str:
    """Leave a token by which another process, perhaps on another machine, knows the folder."""
    token = secrets.token_hex(16)
    (folder / _TOKEN).write_text(token, "utf-8")
    return token


def sees(folder: Path, token: str) -> bool:
    """Whether this process sees the folder that was marked with the token."""
    try:
        return (folder / _TOKEN).read_text("utf-8") == token
    except OSError:
        return False
