"""Lists to edit, and what is built of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

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

Made = Callable[..., Summary]


def maker(home: Path) -> Made:
    """Builds rows into a folder of ``home`` under a name; decisions of its own."""
    sources, decisions = home / "sources", home / "decisions"
    sources.mkdir()
    decisions.mkdir()

    def make(name: str, rows: list[str], call: str = "appel-2020", **options: Any) -> Summary:
        (sources / "laureats.txt").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
        (sources / "laureats.toml").write_text(TOML.format(call=call), "utf-8")
        return build([sources], home / name, Options(**options), decisions=decisions)

    return make


@pytest.fixture
def made(tmp_path: Path, unjudged: None) -> Made:
    return maker(tmp_path)
