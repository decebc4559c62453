"""Cells that hold for the lines below."""

from __future__ import annotations

from pathlib import Path

import pytest

from .written import rows

_TOML = 'title = "Liste"\npublisher = "Moi"\ncall = "appel"\n'


def test_countries_printed_once_above_their_group(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Pays;Porteur;Partenaire;Titre\nNiger;Ville de Dax;Torodi;Eau\n"
        ";Ville de Pau;Ber;Lait\nBénin;Ville d'Albi;Savè;Miel\n;Ville de Gap;Kpalimé (Togo);Sel\n")
    assert [[(p.own_name, p.country) for p in r.partners] for r in found] == [
        [("Torodi", "NE")], [("Ber", "NE")], [("Savè", "BJ")], [("Kpalimé", "TG")]]
    assert [(f.code, f.where and f.where.column) for f in findings] == [
        ("country-carried", "Pays")]


@pytest.mark.parametrize("text", [
    "Pays;Porteur;Partenaire;Titre\nNiger;Ville de Dax;Torodi;Eau\nNiger;Ville de Gap;Ber;Sel\n"
    ";Ville de Pau;Inconnu;Lait\n",  # each line says its own
    "Porteur;Pays;Partenaire;Titre\nVille de Dax;Niger;Torodi;Eau\nVille de Pau;;Ber;Lait\n",
])
def test_a_country_that_lacks_is_said(tmp_path: Path, text: str) -> None:
    _, findings = rows(tmp_path, text)
    assert {f.code for f in findings} == {"no-country"}


def test_a_region_that_each_line_says_is_not_that_of_the_next(tmp_path: Path) -> None:
    lines = ["Bretagne;Ville de Dinan", "Bretagne;Ville de Brest", ";Ville de Dax",
             "Occitanie;Ville d'Albi"]
    found, _ = rows(tmp_path, "\n".join(["Région;Porteur;Partenaire;Titre", *(
        f"{line};Sokodé (Togo);Eau {n}" for n, line in enumerate(lines))]))
    assert [r.region for r in found] == ["Bretagne", "Bretagne", None, "Occitanie"]


def test_a_region_behind_the_lead_heads_nothing(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Porteur;Région;Partenaire;Titre\nVille de Metz;Grand Est;Sokodé (Togo);Eau\n"
        "Ville de Saint-Denis;;Agadir (Maroc);Lait\nVille de Brest;Bretagne;Ber (Mali);Sel\n")
    assert [r.region for r in found] == ["Grand Est", None, "Bretagne"]
    assert [(f.code, f.where and f.where.column) for f in findings] == [
        ("region-empty", "Région")]


def test_regions_that_come_back_may_head_nothing(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, "Région;Porteur;Partenaire;Titre\n" + "".join(
        f"{region};Ville de Dax;Sokodé (Togo);{title}\n" for region, title in (
            ("Bretagne", "Eau"), ("", "Lait"), ("Normandie", "Miel"), ("Bretagne", "Sel"))))
    assert [r.region for r in found] == ["Bretagne", "Bretagne", "Normandie", "Bretagne"]
    assert [f.code for f in findings] == ["region-carried"]


@pytest.mark.parametrize(("carry", "said"), [("", None), ('carry = ["region"]\n', "Bretagne"),
                                             ("carry = []\n", None)])
def test_what_the_toml_says_goes_first(tmp_path: Path, carry: str, said: str | None) -> None:
    """Be it what is usual: a region that each line says holds for a line without one."""
    (tmp_path / "liste.toml").write_text(_TOML + carry, "utf-8")
    found, _ = rows(tmp_path, "Région;Porteur;Partenaire;Titre\n" + "".join(
        f"{region};Ville de Dax;Sokodé (Togo);{title}\n" for region, title in (
            ("Bretagne", "Eau"), ("Bretagne", "Lait"), ("", "Miel"))))
    assert [r.region for r in found] == ["Bretagne", "Bretagne", said]


def test_the_toml_keeps_a_country_from_the_lines_below(tmp_path: Path) -> None:
    (tmp_path / "liste.toml").write_text(_TOML + 'carry = ["region"]\n', "utf-8")
    _, findings = rows(tmp_path, "Pays;Porteur;Titre\nNiger;Ville de Dax;Eau\n"
                                 ";Ville de Pau;Lait\nBénin;Ville d'Albi;Miel\n")
    assert [(f.code, f.where and f.where.line) for f in findings] == [("empty-cell", 3)]


def test_a_country_that_holds_below_is_said_once(tmp_path: Path) -> None:
    """Though the header comes again, in another order."""
    found, findings = rows(
        tmp_path, "Pays;Porteur;Partenaire;Titre\nNiger;Ville de Dax;Torodi;Eau\n"
        ";Ville de Pau;Ber;Lait\nPays;Titre;Porteur;Partenaire\nBénin;Miel;Ville d'Albi;Savè\n"
        ";Sel;Ville de Gap;Bohicon\n")
    assert [[p.country for p in r.partners] for r in found] == [["NE"], ["NE"], ["BJ"], ["BJ"]]
    assert [f.code for f in findings if f.code == "country-carried"] == ["country-carried"]
