"""What a project of a text holds beside its title and its names is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from .written import read_text

ROWS = (("Ville de Brest", "Saponé (Burkina Faso)", "Gestion des déchets", "Bretagne"),
        ("Ville de Metz", "Kayes (Mali)", "Eau potable", "Grand Est"),
        ("Ville de Nantes", "Dschang (Cameroun)", "Patrimoine urbain", "Pays de la Loire"))


@pytest.mark.parametrize("layout", [
    "{} – {} : {}; 9 000 € ({}); 12 mois", "{} – {} : {} > 9 000 €", "{} – {} : {} [9 000 €]",
    "{} – {} : II. {}", "{} – {} : Projet 2 : {}", "{} – {} – Objet : {}", "{} – {} : {} ·",
    "{} – {} : {} Porteur", "{0} – {2} : {1} (9 000 €) ({3})"])
def test_parts_that_are_not_taken_apart(layout: str, tmp_path: Path) -> None:
    text = "\n".join(layout.format(*row) for row in ROWS)
    _, findings = read_text(tmp_path, "a.txt", text)
    assert [f.where.line for f in findings if f.code == "part-left" and f.where] == [1, 2, 3]


@pytest.mark.parametrize("layout", ["{} – {} : {}; 9 000 €; {}", "{} – {} : {}; {}",
                                    "{} – {} : {} : 9 000 € : {}"])
def test_regions_at_the_end_of_all_titles(layout: str, tmp_path: Path) -> None:
    text = "\n".join(layout.format(*row) for row in ROWS)
    rows, _ = read_text(tmp_path, "a.txt", text)
    assert [(r.title, r.region) for r in rows] == [row[2:] for row in ROWS]


def test_a_title_that_begins_with_a_small_letter(tmp_path: Path) -> None:
    text = "\n".join("{} – {} : {}".format(*row) for row in ROWS)
    more = f"{text}\nVille de Pau – Thiès (Sénégal) : et sport\n"
    _, findings = read_text(tmp_path, "a.txt", more)
    assert [f.where and f.where.line for f in findings if f.code == "cell-cut"] == [3]
    _, findings = read_text(tmp_path, "a.txt", text)
    assert not [f for f in findings if f.code == "cell-cut"]


def test_a_plain_list_says_nothing(tmp_path: Path) -> None:
    text = "\n".join("{} – {} : {} (9 000 €)".format(*row) for row in ROWS)
    _, findings = read_text(tmp_path, "a.txt", text)
    assert {f.code for f in findings} == {"prose-read"}


def test_a_region_below_a_project_is_not_that_of_the_next(tmp_path: Path) -> None:
    text = "\n\n".join("- {}\n{}\n{}\n{}".format(*(row[i] for i in (0, 2, 1, 3))) for row in ROWS)
    rows, findings = read_text(tmp_path, "a.txt", text)
    assert all(row.region in (None, own[3]) for row, own in zip(rows, ROWS, strict=False))
    said = {f.where.line for f in findings if f.code == "part-left" and f.where}
    assert said or [row.region for row in rows] == [own[3] for own in ROWS]


def test_the_place_comes_last_below_a_country(tmp_path: Path) -> None:
    text = ("Maroc\n\n- Ville de Sète | Tri : vers un plan – Ville de Nador\n"
            "- Ville d'Agen | Arganier – Commune de Tiznit\n")
    rows, _ = read_text(tmp_path, "a.txt", text)
    assert [(row.partners[0].own_name, row.title) for row in rows] == [
        ("Nador", "Tri : vers un plan"), ("Tiznit", "Arganier")]


@pytest.mark.parametrize(("cut", "said"), [("lit-\ntoral", 1), ("savoir-\nfaire", 0)])
def test_hyphens_at_the_ends_of_lines(cut: str, said: int, tmp_path: Path) -> None:
    text = (f"- Ville de Brest – Saponé (Burkina Faso) : préserver un {cut} commun\n"
            "- Ville de Metz – Kayes (Mali) : Eau potable\n")
    _, findings = read_text(tmp_path, "a.txt", text)
    assert sum(f.code == "hyphen-unsure" for f in findings) == said
