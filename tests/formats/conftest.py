"""One release in every format: a published list, and some that are out to break it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from coopdec.formats import further_formats
from coopdec.pipeline import Options, Summary, build

ROOT = Path(__file__).parents[2]

#: Titles that break what is written carelessly.
NASTY = (
    'Dit « "oui" » & <b>non</b> ]]> <!-- -->',
    "=HYPERLINK(\"http://exemple.example\";\"cliquez\")",
    "'=1+1 déjà gardé",
    "</script><script>alert(1)</script>",
    "a\\b\\u0041 \\\" {accolades} ${x} %s",
    "مشروع التعاون \u200fاللامركزي\u200e (عربي)",
    "Étoile 🌟𝕬 et e\u0301 combiné",
    "contrôle \x01 \x0b \x1f \x7f fin",
    "non caractère \ufffe et \uffff",
    "barre | oblique | et ; point-virgule, virgule",
)


_ROW = {"Région": "Grand Est", "Collectivité chef de file": "Metz",
        "Collectivité partenaire": "Sikasso (Mali)"}
#: Rows that say more of their project.
FACTS = [
    {**_ROW, "Titre du projet": "Eau potable, phase 2", "Montant accordé": "12 500,50 €",
     "Coût total": "25 000 €", "Date de début": "01/02/2023", "Date de fin": "31/12/2023",
     "Statut": "En cours", "Cofinanceurs": "AFD", "Opérateur": "GRET",
     "Description": "Deux forages & une borne-fontaine."},
    {**_ROW, "Titre du projet": "Lecture publique", "Montant accordé": "",
     "Coût total": "90 000 €", "Date de début": "03/2021", "Date de fin": "2024",
     "Statut": "Terminé", "Cofinanceurs": "", "Opérateur": "", "Description": ""},
]


def _list(folder: Path, name: str, titles: tuple[str, ...], session: int) -> None:
    rows = [{"Région": "Grand Est", "Collectivité chef de file": "Metz",
             "Collectivité partenaire": "Sikasso (Mali)", "Titre du projet": title}
            for title in titles]
    (folder / f"{name}.json").write_text(json.dumps(rows), "utf-8")
    (folder / f"{name}.toml").write_text(
        f'title = "Liste {name}"\npublisher = "Ministère <&\\"> de l\'Essai"\n'
        f'call = "essai"\ncall_title = "Essai 2024"\nissued = 2024-05-0{session}\n'
        f'url = "https://exemple.example/liste?a=1&b={session}"\n', "utf-8")


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    folder = tmp_path_factory.mktemp("formats")
    sources = folder / "sources"
    sources.mkdir()
    for suffix in ("txt", "toml"):
        shutil.copy(ROOT / "sources" / f"laureats-session-2.{suffix}", sources)
    _list(sources, "nasty", NASTY, 1)
    (sources / "facts.json").write_text(json.dumps(FACTS), "utf-8")
    (sources / "facts.toml").write_text(
        'title = "Liste avec faits"\npublisher = "Agence"\ncall = "faits"\n'
        'call_title = "Faits"\nissued = 2024-05-03\n', "utf-8")
    # Announced in two lists: one project, two rows.
    _list(sources, "nasty-again", NASTY[:2], 2)
    return build([sources], folder / "output", Options(formats=tuple(further_formats())),
                 decisions=ROOT / "decisions")
