"""Lists to edit, and what is built of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coopdec.pipeline import Options, Summary, build

HEAD = "Région française\tCollectivité chef de file\tCollectivité partenaire\tTitre du projet\n"
ROWS = [
    "Bretagne\tConseil régional de Bretagne\tRégion Centre (Burkina Faso)\tDéveloppement agricole",
    "Grand Est\tMetz\tManizales, Caldas (Colombie)\tAccès à leau potable dans les écoles",
    "Nouvelle-Aquitaine\tAngoulême\tSégou (Mali)\tRenforcement des capacités locales",
    "Occitanie\tConseil régional d'Occitanie\tProvince de Battambang (Cambodge)\tPatrimoines",
]
TOML = ('title = "Lauréats"\npublisher = "Ministère"\ncall = "{call}"\n'
        'call_title = "Appel 2020"\nissued = 2020-06-23\n')

Lists = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Lists:
    """Writes a list of these rows; gives its folder."""

    def written(rows: list[str], call: str = "appel-2020") -> Path:
        folder = tmp_path / "sources"
        folder.mkdir(exist_ok=True)
        (folder / "laureats.txt").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
        (folder / "laureats.toml").write_text(TOML.format(call=call), "utf-8")
        return folder

    return written


@pytest.fixture
def made(tmp_path: Path, write: Lists) -> Callable[..., Summary]:
    """Builds rows into a folder under a name; decisions of the test's own folder."""

    def make(name: str, rows: list[str], call: str = "appel-2020", **options: object) -> Summary:
        decisions = tmp_path / "decisions"
        decisions.mkdir(exist_ok=True)
        previous = options.pop("previous", None)
        return build([write(rows, call)], tmp_path / name,
                     Options(**options, **({"previous": previous} if previous else {})),  # type: ignore[arg-type]
                     decisions=decisions)

    return make
