"""Lists without a table: fiches, items of a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.model import Row
from coopdec.read.texts.items import item_of
from coopdec.reference import gazetteer

from .written import read_text as _read

WANTED = [("Ville de Rennes", "Eau et assainissement : phase 2", [("Sétif", "DZ")]),
          ("Ville de Metz", "École", [("Kayes", "ML"), ("Thiès", "SN")])]


def _said(rows: list[Row]) -> list[tuple[str, str, list[tuple[str | None, str | None]]]]:
    return [(r.lead, r.title, [(m.name, m.country) for m in r.partners]) for r in rows]


@pytest.mark.parametrize(("name", "text"), [
    ("a.txt", """PROJETS RETENUS

Projet n° 1
Titre : Eau et assainissement : phase 2
Chef de file : Ville de Rennes
Partenaire : Ville de Sétif (Algérie)

Projet n° 2
Titre : École
Chef de file : Ville de Metz
Partenaires : Kayes (Mali), Thiès (Sénégal)
"""),
    ("a.md", """# Nos projets

### Eau et assainissement : phase 2

- **Porteur** : Ville de Rennes
- **Pays** : Algérie
- **Partenaire** : Ville de Sétif

### École

- **Porteur** : Ville de Metz
- **Pays** : Mali, Sénégal
- **Partenaire** : Kayes, Thiès
"""),
    ("a.html", """<html><nav><ul><li>Accueil<li>Plan du site</ul></nav>
<h2>Eau et assainissement : phase 2</h2><p>Un projet de longue haleine.</p>
<dl><dt>Collectivité<dd>Ville de Rennes<dt>Partenaire<dd>Ville de Sétif<dt>Pays<dd>Algérie</dl>
<h2>École</h2>
<dl><dt>Collectivité<dd>Ville de Metz<dt>Partenaires<dd>Kayes<dd>Thiès<dt>Pays<dd>Mali, Sénégal</dl>
</html>"""),
    ("b.md", """## Algérie

* Ville de Rennes – Ville de Sétif : Eau et assainissement : phase 2

## Mali et ailleurs

* Ville de Metz / Kayes (Mali), Thiès (Sénégal) : « École »
"""),
    ("b.txt", """Les lauréats

• Ville de Rennes, avec Ville de Sétif (Algérie) :
  Eau et assainissement : phase 2
• Ville de Dax et la ville de Sétif (Algérie)
• Kayes (Mali), Thiès (Sénégal) – Ville de Metz : École (12 000 €).
"""),
])
def test_what_is_no_table(tmp_path: Path, name: str, text: str) -> None:
    rows, findings = _read(tmp_path, name, text)
    assert _said(rows) == WANTED
    assert "prose-read" in {f.code for f in findings}
    assert not [f for f in findings if f.fatal]
    if name == "b.txt":
        assert "row-no-project" in {f.code for f in findings}
        assert rows[1].facts is not None
        assert str(rows[1].facts.grant and rows[1].facts.grant.value) == "12000"


@pytest.mark.parametrize("text", [
    "Bonjour,\n\nObjet : réunion du 3 mai\nÀ : la Ville de Metz\nLieu : Kayes (Mali)\n",
    "Ville de Metz – service des relations internationales : 03 87 00 00 00\n",
    "- Ville de Metz\n- Ville de Nancy : Kayes\n- Mali\n",
])
def test_a_letter_is_no_list(tmp_path: Path, text: str) -> None:
    rows, findings = _read(tmp_path, "a.txt", text)
    assert not rows
    assert "no-header" in {f.code for f in findings}


@pytest.mark.parametrize(("line", "cells"), [
    ("Région Bretagne – Analanjirofo (Madagascar) – Filière lait, 85 k€",
     ("Région Bretagne", "Analanjirofo (Madagascar)", "Filière lait", "85 k€", "")),
    ("« Filière lait » : Région Bretagne / Analanjirofo (Madagascar)",
     ("Région Bretagne", "Analanjirofo (Madagascar)", "Filière lait", "", "")),
    ("Ville de Metz – Kayes (Mali) : Grands Moulins Subvention du MEAE : 8 000 €",
     ("Ville de Metz", "Kayes (Mali)", "Grands Moulins", "8 000 €", "")),
    ("Ville de Metz – Kayes (Mali) : Une École. Coût total du projet : 8 000 euros.",
     ("Ville de Metz", "Kayes (Mali)", "Une École", "", "8 000 euros")),
    ("Ville de Metz – Nancy : École", None),
    ("Ville de Metz – Kayes (Mali) : appui à la maîtrise d'ouvrage communale",
     ("Ville de Metz", "Kayes (Mali)", "appui à la maîtrise d'ouvrage communale", "", "")),
    ("Chef de file : Ville de Metz – Kayes (Mali)", None),
    ("Le projet « Filière lait », porté par la Région Bretagne, avec Analanjirofo (Madagascar)",
     ("Région Bretagne", "Analanjirofo (Madagascar)", "Filière lait", "", "")),
])
def test_an_item(line: str, cells: tuple[str, ...] | None) -> None:
    item = item_of(line, gazetteer())
    assert (item and item.cells) == cells


def test_labels_alone_on_their_lines(tmp_path: Path) -> None:
    fiche = "## {}\n\nChef de file\n\n{}\n\nPartenaire\n\n{}\n\nSubvention\n\n{} €\n\n- Voir\n\n"
    text = "".join(fiche.format(title, lead, partner, 12000) for title, lead, partner in (
        ("Eau et assainissement : phase 2", "Ville de Rennes", "Ville de Sétif (Algérie)"),
        ("École", "Ville de Metz", "Kayes (Mali), Thiès (Sénégal)")))
    rows, findings = _read(tmp_path, "a.md", text)
    assert _said(rows) == WANTED
    assert not [f for f in findings if f.fatal]
    assert [str(r.facts and r.facts.grant and r.facts.grant.value) for r in rows] == ["12000"] * 2


def test_an_item_under_another_heading_that_is_none_is_said(tmp_path: Path) -> None:
    rows, findings = _read(tmp_path, "liste.md", "# Liste\n## Mali\n- Des puits, sans suite"
                           "\n## Bénin\n- Ville de Metz – Abomey : École\n"
                           "- Ville de Lyon – Abomey : Livres\n")
    assert [row.lead for row in rows] == ["Ville de Metz", "Ville de Lyon"]
    assert any("puits" in str(f.params) for f in findings)


def test_a_title_of_one_project_tells_no_country_of_others(tmp_path: Path) -> None:
    text = ("Liste\nVille d'Amiens – Görlitz (Allemagne)\nOrchestre franco-allemand\n"
            "Ville de Metz – Kayes (Mali)\nÉcole\nVille de Lyon – Thiès (Sénégal)\nPuits\n")
    rows, findings = _read(tmp_path, "liste.txt", text)
    assert not any(f.code == "country-of-title" for f in findings)
    assert {m.country for row in rows for m in row.partners} <= {"DE", "ML", "SN"}


def test_both_sides_under_a_country_have_their_title_below(tmp_path: Path) -> None:
    page = "<html><body>" + "".join(
        f"<h2>{country}</h2><p><b>{sides}</b><br>{title}</p><span>En savoir plus</span>"
        for country, sides, title in (
            ("Algérie", "Ville de Rennes – Ville de Sétif", "Espaces publics"),
            ("Bénin", "Ville de Metz – Commune d'Abomey", "Patrimoine royal"))) + "</body></html>"
    rows, _ = _read(tmp_path, "a.html", page)
    assert _said(rows) == [("Ville de Rennes", "Espaces publics", [("Sétif", "DZ")]),
                           ("Ville de Metz", "Patrimoine royal", [("Abomey", "BJ")])]


def test_the_amount_at_the_end_of_a_title_below_its_sides(tmp_path: Path) -> None:
    rows, _ = _read(tmp_path, "a.html", """<html><body>
    <p>Ville de Rennes – Sétif (Algérie)</p><p>Espaces publics (18 500 €)</p>
    <p>Ville de Metz – Kayes (Mali)</p><p>École (9 000 €)</p><p>Service international</p>
    <p>Ville de Lyon – Thiès (Sénégal)</p><p>Puits (7 000 €)</p></body></html>""")
    assert [(r.title, int(r.facts.grant.value)) for r in rows if r.facts and r.facts.grant] == [
        ("Espaces publics", 18500), ("École", 9000), ("Puits", 7000)]


def test_sides_below_a_title_are_said_and_no_part_of_it(tmp_path: Path) -> None:
    rows, findings = _read(tmp_path, "a.html", "<html><body>" + "".join(
        f"<p>Normandie | {country}</p><p><b>{title}</b></p><p>{sides}</p><p>9 000 €</p>"
        for country, title, sides in (
            ("Mali", "Une école ouverte à tous", "Ville de Caen / Commune de Bougouni"),
            ("Maroc", "Espaces publics du centre", "Ville de Rouen / Ville de Fès"))
        ) + "</body></html>")
    assert not any("Ville" in row.title for row in rows)
    assert all(any(lead in str(f.params) for f in findings) for lead in ("Caen", "Rouen"))


def test_amounts_are_no_titles(tmp_path: Path) -> None:
    """What a PDF leaves of a table whose titles stand elsewhere: refused, not half read."""
    rows, findings = _read(tmp_path, "a.txt", "".join(
        f"Normandie\nVille de {place} {n} 500 €\n" for n, place in enumerate(
            ("Tlemcen (Algérie)", "Fès (Maroc)", "Naplouse (Palestine)", "Kayes (Mali)"), 20)))
    assert rows == []
    assert "no-header" in {f.code for f in findings}
