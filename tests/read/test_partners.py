"""Partner cells: what they can hold, told apart. Names that stand in no list of ours too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.model import Mention, Severity
from coopdec.read.cells.partners import PartnerCell, parse_partner_cell
from coopdec.reference import gazetteer


def parse(cell: str, country: str = "") -> PartnerCell:
    return parse_partner_cell(cell, gazetteer(), country)


def short(mention: Mention) -> tuple[str | None, str | None, str | None]:
    return mention.name, mention.type, mention.country


CASES = [
    ("Cercle de Niafunké (Mali)", [("Niafunké", "Cercle", "ML")]),
    ("Province de l'Uvrukhangai (Mongolie)", [("Uvrukhangai", "Province", "MN")]),
    ("Région centrale (Togo), Borgou (Bénin)",
     [("Centrale", "Région", "TG"), ("Borgou", None, "BJ")]),
    ("Gouvernement autonome municipal de Sacaba (Bolivie)",
     [("Sacaba", "Gouvernement autonome municipal", "BO")]),
    ("Ministère des Affaires Sociales (Suriname)",
     [("Ministère des Affaires Sociales", "Ministère", "SR")]),
    ("Douala, Yaoundé (Cameroun)", [("Douala", None, "CM"), ("Yaoundé", None, "CM")]),
    ("Dakar et Thiès (Sénégal)", [("Dakar", None, "SN"), ("Thiès", None, "SN")]),
    ("Ville de Dakar (Sénégal) ; Ville de Bamako (Mali)",
     [("Dakar", "Ville", "SN"), ("Bamako", "Ville", "ML")]),
    ("Dakar (Sénégal) / Bamako (Mali)", [("Dakar", None, "SN"), ("Bamako", None, "ML")]),
    ("Dakar (Sénégal) et Bamako (Mali)", [("Dakar", None, "SN"), ("Bamako", None, "ML")]),
    ("Dakar (Sénégal) + Bamako (Mali)", [("Dakar", None, "SN"), ("Bamako", None, "ML")]),
    ("Dakar (Sénégal) & Bamako (Mali)", [("Dakar", None, "SN"), ("Bamako", None, "ML")]),
    ("Dakar (Sénégal)\nBamako (Mali)", [("Dakar", None, "SN"), ("Bamako", None, "ML")]),
    ("Kayes (région) (Mali)", [("Kayes", "région", "ML")]),
    ("Kayes (Cercle de) (Mali)", [("Kayes", "Cercle", "ML")]),
    ("Ville de Tripoli (caza) (Liban)", [("Tripoli", "Ville", "LB")]),  # the word before it stays
    ("Canton (Chine)", [("Canton", None, "CN")]),  # the town
    ("Bamako, Mali", [("Bamako", None, "ML")]),
    ("Bamako - Mali", [("Bamako", None, "ML")]),
    ("Mali : Bamako", [("Bamako", None, "ML")]),
    ("Kinshasa (Congo, République démocratique du)", [("Kinshasa", None, "CD")]),
    ("Mali", [(None, None, "ML")]),
    ("Mali, Niger", [(None, None, "ML"), (None, None, "NE")]),
    ("Plusieurs villes (Mali, Niger et Tchad)",
     [(None, None, "ML"), (None, None, "NE"), (None, None, "TD")]),
    ("BAMAKO (MALI)", [("BAMAKO", None, "ML")]),
    ("Cercle de Kita, Mali Commune de Bignona, Sénégal",
     [("Kita", "Cercle", "ML"), ("Bignona", "Commune", "SN")]),
    ("Bamako\u00a0(Mali) *", [("Bamako", None, "ML")]),
]


@pytest.mark.parametrize(("cell", "mentions"), CASES)
def test_a_cell(cell: str, mentions: list[tuple[str | None, str | None, str | None]]) -> None:
    found = parse(cell)
    assert [short(m) for m in found.mentions] == mentions
    assert not [p for p in found.problems if p.severity is Severity.FATAL]


def test_a_town_in_its_department_is_one_partner() -> None:
    (only,) = parse("Manizales, Caldas (Colombie)").mentions
    assert only.name == "Manizales, Caldas"
    assert only.own_name == "Manizales"
    assert [p.name for p in only.within] == ["Caldas"]


@pytest.mark.parametrize("cell", ["Benkadi, cercle et région de Sikasso (Mali)",
                                  "Benkadi (cercle et région de Sikasso) (Mali)"])
def test_parents_with_type_words(cell: str) -> None:
    (only,) = parse(cell).mentions
    assert short(only) == ("Benkadi", None, "ML")
    assert [(p.name, p.type) for p in only.within] == [("Sikasso", "cercle"), ("Sikasso", "région")]


def test_a_list_of_countries_is_counted() -> None:
    right = parse("Collectivités de 3 pays (Mali, Niger, Tchad)")
    assert [m.country for m in right.mentions] == ["ML", "NE", "TD"]
    assert all(m.name is None for m in right.mentions)
    assert not right.problems
    wrong = parse("Collectivités de 4 pays (Mali, Niger, Tchad)")
    assert [p.code for p in wrong.problems] == ["country-count"]


def test_names_in_a_line_without_a_mark() -> None:
    found = parse("Ville de Tanger Ville de Sfax", "Maroc Tunisie")
    assert [short(m) for m in found.mentions] == [("Tanger", "Ville", "MA"),
                                                  ("Sfax", "Ville", "TN")]
    (only,) = parse("Commune urbaine de Ville Nouvelle", "Maroc").mentions
    assert only.name == "Ville Nouvelle"


def test_a_country_in_a_cell_of_its_own() -> None:
    assert [short(m) for m in parse("Commune de Zapatoca", "Colombie").mentions] == [
        ("Zapatoca", "Commune", "CO")]
    assert [m.country for m in parse("", "Mali, Niger").mentions] == ["ML", "NE"]
    assert [m.name for m in parse("Mexico", "Mexique").mentions] == ["Mexico"]  # the city
    assert [m.name for m in parse("État de Mexico", "Mexique").mentions] == ["Mexico"]
    assert [m.name for m in parse("Mexico", "Mexico").mentions] == [None]
    paired = parse("Dakar, Bamako", "Sénégal, Mali")
    assert [m.country for m in paired.mentions] == ["SN", "ML"]


@pytest.mark.parametrize(
    ("cell", "country", "code"),
    [
        ("Bamako (Malli)", "", "unknown-country"),
        ("Sarajevo (Yougoslavie)", "", "country-former"),
        ("Bamako", "Atlantide", "unknown-country"),
        ("Zzyzx", "", "no-country"),
        ("", "", "no-country"),
    ],
)
def test_what_nobody_knows_is_said(cell: str, country: str, code: str) -> None:
    problems = parse(cell, country).problems
    assert [p.code for p in problems] == [code]
    assert problems[0].severity is Severity.FATAL


def test_a_slip_gets_did_you_mean() -> None:
    assert "Mali" in parse("Bamako (Malli)").problems[0].params["near"]
    assert parse("Bethléem", "Palestien").problems[0].params["near"] == ["Territoires palestiniens"]


@given(st.text(alphabet=st.sampled_from("aé (),;/-–et:\n\t'’«»[]*1Mali"), max_size=60))
def test_nothing_makes_it_fail(cell: str) -> None:
    found = parse(cell)
    for mention in found.mentions:
        assert mention.country
    assert found.mentions or found.problems


@pytest.mark.parametrize(("cell", "country", "said"), [
    ("Cres (Croatie)", "Italie", ["country-differs"]), ("Cres (Croatie)", "Croatie", []),
    ("Luxembourg", "Belgique", []), ("Cres (Croatie), Pise", "Italie", []), ("Kayes", "Mali", []),
    ("Cres (Croatie)", "Italie, Croatie", [])])
def test_a_cell_that_names_another_country_than_its_column(
    cell: str, country: str, said: list[str]
) -> None:
    found = parse_partner_cell(cell, gazetteer(), country)
    assert [p.code for p in found.problems] == said


@pytest.mark.parametrize(("cell", "country", "named"), [
    ("Trois-Rivières (Québec)", "", [("Trois-Rivières", "CA")]),
    ("Montréal (Québec), Laval (Québec)", "", [("Montréal", "CA"), ("Laval", "CA")]),
    ("Commune de Diéma (région de Kayes)", "", [("Diéma", "ML")]),
    ("Trois-Rivières", "Québec", [("Trois-Rivières", "CA")]),
    ("", "Québec", [(None, "CA")]),
])
def test_a_first_level_unit_tells_its_country(
    cell: str, country: str, named: list[tuple[str | None, str]]
) -> None:
    found = parse(cell, country)
    assert [(m.name, m.country) for m in found.mentions] == named
    assert [(p.code, p.severity) for p in found.problems] == [
        ("country-of-unit", Severity.WARNING)]


@pytest.mark.parametrize(("cell", "country"), [
    ("Port-Louis (Centre)", ""),  # many countries have one
    ("Hasselt (Limbourg)", ""),  # in Belgium and in the Netherlands
    ("Ville de Metz (Grand Est)", ""),
    ("Région Normandie", "Région Atsinanana"),  # cells that slipped: no Normandie there
    ("Collectivités de 3 régions (Kayes, Ségou, Mopti)", ""),
    ("Diéma (Cayes)", ""),
])
def test_what_may_be_another_unit_tells_none(cell: str, country: str) -> None:
    found = parse(cell, country)
    assert "unknown-country" in {p.code for p in found.problems}
    assert not found.countries


def test_what_follows_a_type_word_is_of_it() -> None:
    (island,) = parse("Île autonome d'Anjouan", "Comores").mentions
    assert (island.name, island.type) == ("Anjouan", "Île autonome")
