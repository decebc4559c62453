"""What is odd in a row is said, and nothing is said of rows that are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read import read
from tests.read.written import rows

HEADER = "Chef de file;Partenaire;Pays;Titre\n"
GOOD = "Ville de Metz;Kayes;Mali;Accès à l'eau\n"


def said(folder: Path, line: str) -> list[tuple[str, str | None]]:
    """Code and column of each finding, all of which concern this line."""
    found, findings = rows(folder, f"{HEADER}{GOOD}{line}\n")
    assert [row.title for row in found][:1] == ["Accès à l'eau"]
    assert all(f.where is not None and f.where.line == 3 for f in findings)
    return [(f.code, f.where.column) for f in findings if f.where is not None]


@pytest.mark.parametrize(("line", "code", "column"), [
    ("Ville de Riom;Nonsombougou;Mali;x", "title-doubtful", "Titre"),
    ("Ville de Riom;Nonsombougou;Mali;n.c.", "title-doubtful", "Titre"),
    ("Ville de Riom;Nonsombougou;Mali;Projet", "title-doubtful", "Titre"),
    ("Ville de Riom;Nonsombougou;Mali;Nonsombougou", "title-doubtful", "Titre"),
    ("Ville de Riom;Ville de Riom;Mali;Ville de Riom", "title-doubtful", "Titre"),
    ("Ville de Brest;Santé;Mali;Kayes", "title-doubtful", "Titre"),
    ("Ville de Brest;Santé;Mali;Commune de Kayes", "title-doubtful", "Titre"),
    ("Ville de Riom;;Mali;Kayes : moulin à mil", "title-doubtful", "Titre"),
    ("Ville de Nancy;Kanazi;Bénin;Marché au Sénégal", "title-of-other-country", "Titre"),
    ("Ville de Metz;Kayes;Mali;Éducation des", "cell-cut", "Titre"),
    ("Ville de Metz;Kayes;Mali;Schéma d'assai-", "cell-cut", "Titre"),
    ("Conseil départemental;Kayes;Mali;Petite enfance", "cell-cut", "Chef de file"),
    ("du Val-de-Marne;Kayes;Mali;Petite enfance", "cell-cut", "Chef de file"),
    ("Ville de Metz;voir ci-dessus;Mali;Petite enfance", "name-elsewhere", "Partenaire"),
    ("Commune de Sakal;Thiès;Sénégal;Maraîchage", "side-doubtful", "Chef de file"),
    ("Ville de Metz;Rennes;Maroc;Filière laitière", "side-doubtful", "Partenaire"),
    ("Ville de Metz;Soltau;Togo;Jumelage", "side-doubtful", "Partenaire"),
    ("60;Kayes;Mali;Petite enfance", "name-none", "Chef de file"),
    ("—;Kayes;Mali;Petite enfance", "name-none", "Chef de file"),
    ("Ville de Metz;Kayes, via l'ONG Protos;Mali;Petite enfance", "name-none", "Partenaire"),
    ("Ville de Metz;Kayes;Mali;Alimentation en eau potable de 4 villag...", "cell-cut", "Titre"),
    ("Ville de Metz;Rennes;France;Filière laitière", "partner-in-france", "Partenaire"),
])
def test_what_is_odd_is_said(tmp_path: Path, line: str, code: str, column: str) -> None:
    assert (code, column) in said(tmp_path, line)


@pytest.mark.parametrize("line", [
    "Metz;Kayes;Mali;Eau",
    "Metz;Kayes;Mali;Eau D",
    "Metz;Sainte-Marie;Madagascar;Tourisme",
    "Metz;Dakhla;Maroc;Dessalement",
    "Metz;Jérusalem;Palestine;Archives",
    "Ville de Saint-Louis;Kayes;Mali;Santé",
    "Région Bretagne;Région Centre;Burkina Faso;Développement, agro-écologie",
    "Ville de Metz;Saint-Louis;Sénégal;Échanges entre Saint-Louis et Metz",
    "Ville de Metz;Kayes;Mali;Partage entre le Mali et le Sénégal",
    "Ville de Metz;Kinshasa;République démocratique du Congo;Jeunes du Congo",
    "Ville de Metz;Ségou;Mali;La boucle du Niger",
    "Ville de Metz;Togo;Cameroun;Eau potable à Togo",
    "Ville de Metz;Kayes;Mali, France;Accueil de stagiaires",
    "L'Haÿ-les-Roses;Kayes;Mali;Ville de demain : Kayes",
])
def test_what_is_right_raises_no_doubt(tmp_path: Path, line: str) -> None:
    assert {code for code, _ in said(tmp_path, line)} <= {"names-placed"}


@pytest.mark.parametrize("cell", [
    "id", "Id.", "ibid.", "Idem ci-dessus", "IDEM.", "comme ci-dessus"])
def test_a_cell_that_means_the_one_above(tmp_path: Path, cell: str) -> None:
    found, findings = rows(tmp_path, f"{HEADER}{GOOD}Ville de Lille;Ségou;{cell};Marché\n")
    assert (found[1].partners[0].country, findings) == ("ML", [])


def test_codes_are_not_taken_for_it(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, f"{HEADER}Ville de Metz;Fès;ma;Eau\nVille de Lille;Bandung;id;Bus\n")
    assert [row.partners[0].country for row in found] == ["MA", "ID"]


@pytest.mark.parametrize("heading", [
    "Liste 2 – Projets non retenus", "Dossiers rejetés :", "Liste d'attente",
    "PROJETS EN LISTE COMPLÉMENTAIRE"])
@pytest.mark.parametrize("again", ["", HEADER])
def test_lines_of_another_list_are_left_out_and_said(
        tmp_path: Path, heading: str, again: str) -> None:
    text = (f"Liste 1 – Projets retenus\n{HEADER}{GOOD}{heading}\n{again}"
            "Ville de Lille;Ségou;Mali;Marché\nProjets retenus\nVille de Nancy;Kita;Mali;Miel\n")
    found, findings = rows(tmp_path, text)
    assert [row.title for row in found] == ["Accès à l'eau", "Miel"]
    other = [f for f in findings if f.code == "lines-other-list"]
    assert [(f.where and f.where.line, f.params["n"]) for f in other] == [(4, 2 if again else 1)]


@pytest.mark.parametrize("heading", [
    "Projets retenus et non retenus", "Réhabilitation de friches abandonnées", "Écarts de revenus",
    "Le projet de Dole avec Fatick a été abandonné", "Les projets refusés sont en annexe."])
def test_other_headings_leave_nothing_out(tmp_path: Path, heading: str) -> None:
    found, _ = rows(tmp_path, f"{HEADER}{GOOD}{heading}\nVille de Lille;Ségou;Mali;Marché\n")
    assert len(found) == 2


def test_items_of_another_list_are_left_out_and_said(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, """Lauréats

- Ville de Metz – Kayes (Mali) : Accès à l'eau
- Ville de Nancy – Kanazi (Bénin) : Marché municipal

Projets non retenus

- Ville de Lille – Ségou (Mali) : Transports
""", ".txt")
    assert [row.lead for row in found] == ["Ville de Metz", "Ville de Nancy"]
    assert "lines-other-list" in {f.code for f in findings}


@pytest.mark.parametrize("cell", ["Partenaires divers", "plusieurs communes", "Diverses communes"])
def test_words_that_name_no_partner_leave_the_country(tmp_path: Path, cell: str) -> None:
    found, findings = rows(tmp_path, f"{HEADER}{GOOD}Ville de Lille;{cell};Liban;Relèvement\n")
    assert [(m.name, m.country) for m in found[1].partners] == [(None, "LB")]
    assert findings == []


UNREAD = "text-unread"


def test_a_row_above_the_header_is_said(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, f"Liste 2021;;;\nVille de Lille;Ségou;Mali;Marché\n{HEADER}{GOOD}")
    assert len(found) == 1
    assert [(f.code, f.where and f.where.line) for f in findings] == [(UNREAD, 2)]


def test_items_beside_a_table_are_said(tmp_path: Path) -> None:
    table = "".join(f"<tr><td>{line.replace(';', '<td>')}" for line in (HEADER, GOOD))
    found, findings = rows(tmp_path, f"""<h1>Région Bretagne – Maroc : appel à projets</h1>
<table>{table}</table><p>Hors tableau :<ul>
<li>Ville de Nancy – Kanazi (Bénin) : Marché municipal</ul>
<p>Le projet de la Ville de Valence avec Batroun (Liban) est retenu sous réserve.""", ".html")
    assert len(found) == 1
    assert [(f.code, f.params["words"]) for f in findings] == [
        (UNREAD, "Ville de Nancy – Kanazi (Bénin) : Marché municipal"),
        (UNREAD, "Le projet de la Ville de Valence avec Batroun (Liban) est retenu sous réserve.")]


def test_a_sentence_between_items_is_said(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, """La Région Bretagne soutient deux projets :

- Ville de Metz – Kayes (Mali) : Accès à l'eau
La Ville de Metz y forme des agents avec son partenaire.

- Ville de Nancy – Kanazi (Bénin) : Marché municipal

Une subvention va aussi à la Ville de Lille pour son projet à Saint-Louis.
""", ".txt")
    assert len(found) == 2
    assert [f.where and f.where.line for f in findings if f.code == UNREAD] == [8]


@pytest.mark.parametrize(("text", "column"), [
    ("Bénéficiaire;Signature par;Pays;Lieu;Action\nGRDR;Département de la Savoie;Mali;Kayes;Eau\n"
     "Amitiés Mali;Ville de Metz;Mali;Gao;Routes\nVille de Brest;Ville de Brest;Mali;Ségou;Bus\n",
     "Signature par"),
    ("Collectivité;Pays;Titre;xyz\nVille de Metz;Mali;Eau;Kayes\nVille de Brest;Mali;Bus;Ségou\n",
     "xyz"),
])
def test_a_column_without_a_role_that_names_whom_the_rows_lack(
        tmp_path: Path, text: str, column: str) -> None:
    _, findings = rows(tmp_path, text)
    columns = {f.where and f.where.column for f in findings if f.code == "column-without-role"}
    assert columns <= {column}
    assert {f.code for f in findings} & {"column-without-role", "column-guessed"}


def test_other_columns_without_a_role_are_only_said(tmp_path: Path) -> None:
    _, findings = rows(tmp_path, "Collectivité;Partenaire;Pays;Titre;xyz\n"
                                 "Ville de Metz;Kayes;Mali;Eau;Ville de Lyon\n"
                                 "Ville de Brest;Ségou;Mali;Bus;Gao\n")
    assert {f.code for f in findings} == {"cell-unused"}


@pytest.mark.parametrize(("column", "unit"), [
    ("Accordée", " €"), ("Accordée (€)", ""), ("Accordée (EUR)", " €")])
def test_amounts_without_a_role_where_no_other_is_read(
        tmp_path: Path, column: str, unit: str) -> None:
    text = f"Collectivité;Partenaire;Pays;Titre;{column}{{}}\n" \
           f"Ville de Metz;Kayes;Mali;Eau;9 000{unit}{{}}\n" \
           f"Ville de Brest;Ségou;Mali;Bus;7 500{unit}{{}}\n"
    _, findings = rows(tmp_path, text.format("", "", ""))
    (said,) = (f for f in findings if f.code == "column-without-role")
    assert said.where is not None
    assert (said.where.column, said.params["key"]) == (column, "grant")
    _, findings = rows(tmp_path, text.format(";Subvention", ";1 000 €", ";2 000 €"))
    assert "column-without-role" not in {f.code for f in findings}


def test_a_text_that_is_not_read_shows_where_to_begin(tmp_path: Path) -> None:
    path = tmp_path / "lettre.txt"
    path.write_text("Lettre n° 4\n\n► Limoges : la Ville poursuit avec Fuling (Chine) son projet"
                    " « Porcelaine ».\nVoici trente ans de jumelage.\n", "utf-8")
    reading = read(path)
    assert not list(reading)
    assert [(f.code, f.where and f.where.line) for f in reading.findings] == [
        ("no-header", None), ("text-unread", 3)]
    table = tmp_path / "t.csv"
    table.write_text("a;b;c\nVille de Metz;Kayes (Mali);un projet\n", "utf-8")
    reading = read(table)
    assert not list(reading)
    assert "text-unread" not in {f.code for f in reading.findings}  # cells, no sentences


def test_a_line_with_a_title_only_that_may_be_a_note(tmp_path: Path) -> None:
    text = "Titre;Collectivité;Partenaire;Pays\nEau potable et;Ville de Metz;Kayes;Mali\n" \
           "assainissement;;;\nBus;Ville de Brest;Ségou;Mali\nContact : la direction.;;;\n"
    found, findings = rows(tmp_path, text)
    assert found[0].title == "Eau potable et assainissement"
    assert [(f.where.line, f.params["words"]) for f in findings
            if f.code == "title-goes-on" and f.where] == [(5, "Contact : la direction.")]
