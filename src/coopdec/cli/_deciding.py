"""Which folder decisions are written to; :func:`coopdec.paths.decisions_folder` says which
they are read from."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from coopdec.errors import StorageError
from coopdec.messages import Lang
from coopdec.paths import data_folder

__all__ = ["OURS", "write_to"]

#: Where decisions are written unless ``--decisions`` says another folder.
OURS = Path("decisions")
_MADE = {"fr": "{path}/ créé, avec ce qui est décidé dans coopdec",
         "en": "{path}/ made, with what is decided in coopdec"}


def write_to(decisions: Path | None, lang: Lang) -> Path:
    """Never the installed package: the working folder's ``decisions/``. It takes the place of
    the installed one from then on, so it starts as a copy of it.

    Raises:
        StorageError: it cannot be made.
    """
    if decisions is not None or OURS.is_dir():
        return decisions or OURS
    try:
        with TemporaryDirectory(prefix=".decisions-", dir=OURS.parent) as aside:
            copied = Path(aside) / "made"
            # Contents only: an installed package may be read-only.
            copied.mkdir()
            for path in sorted(data_folder("decisions").iterdir()):
                if path.is_file():
                    shutil.copyfile(path, copied / path.name)
            copied.rename(OURS)
    except OSError as error:
        if not OURS.is_dir():  # another process made it meanwhile
            raise StorageError("cannot-write", path=str(OURS),
                               why=error.strerror or "") from error
    click.echo(_MADE[lang].format(path=OURS), err=True)
    return OURS
