"""Dates, years, durations, statuses, organisations and coordinates of cells."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.model import Day, Point, Status
from coopdec.read.values import (
    Unclear,
    parse_coordinate,
    parse_day,
    parse_duration,
    parse_end,
    parse_organisations,
    parse_period,
    parse_point,
    parse_status,
    parse_years,
)


def code(found: object) -> str:
    assert isinstance(found, Unclear), found
    return found.code


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("15/03/2021", "2021-03-15"), ("15.3.21", "2021-03-15"), ("2021-03-15", "2021-03-15"),
        ("2021-03-15 00:00:00", "2021-03-15"), ("2021-03-15T00:00:00Z", "2021-03-15"),
        ("20210315", "2021-03-15"), ("44270", "2021-03-15"), ("1er mars 2021", "2021-03-01"),
        ("lundi 15 mars 2021", "2021-03-15"), ("March 15, 2021", "2021-03-15"),
        ("15th of March 2021", "2021-03-15"), ("à partir du 15/03/2021", "2021-03-15"),
        ("mars 2021", "2021-03"), ("Sept. 2021", "2021-09"), ("03/2021", "2021-03"),
        ("2021-03", "2021-03"), ("août 2021", "2021-08"), ("2021", "2021"), ("fin 2021", "2021"),
        ("29/02/2020", "2020-02-29"), ("15-mars-21", "2021-03-15"), ("15 03 2021", "2021-03-15"),
        ("année 2021", "2021"),
    ],
)
def test_a_date_at_its_precision(cell: str, iso: str) -> None:
    found = parse_day(cell)
    assert isinstance(found, Day)
    assert found.iso == iso


@pytest.mark.parametrize("cell", ["31/02/2021", "29/02/2021", "03/15/2021", "2021-13", "1820"])
def test_an_impossible_date(cell: str) -> None:
    assert code(parse_day(cell)) == "date-impossible"


@pytest.mark.parametrize("cell", ["bientôt", "T5 2021", "3e semestre 2021", "2020-2022", "12h30",
                                  "01/01 - 31/12"])
def test_no_date(cell: str) -> None:
    assert code(parse_day(cell)) == "date-unreadable"


def test_surely_later() -> None:
    assert Day(2022).after(Day(2021, 12, 31))
    assert not Day(2021).after(Day(2021, 3))
    assert Day(2021, 4).after(Day(2021, 3, 31))
    assert not Day(2021, 3, 1).after(Day(2021, 3))


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_dates_are_read_back(day: date) -> None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"):
        found = parse_day(day.strftime(form))
        assert isinstance(found, Day)
        assert found.iso == day.isoformat()


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("2020", (2020,)), ("2020-2022", (2020, 2021, 2022)), ("2021/2022", (2021, 2022)),
        ("2021/22", (2021, 2022)), ("2020, 2022", (2020, 2022)), ("2020 et 2021", (2020, 2021)),
        ("Exercice 2020", (2020,)), ("2020.0", (2020,)), ("15/03/2021", (2021,)),
    ],
)
def test_years(cell: str, years: tuple[int, ...]) -> None:
    assert parse_years(cell) == years


@pytest.mark.parametrize("cell", ["2022-2020", "20", "1950-2020", "un jour", "20222"])
def test_no_years(cell: str) -> None:
    assert code(parse_years(cell)) == "year-unreadable"


@pytest.mark.parametrize(
    ("cell", "header", "iso"),
    [
        ("24 mois", "", "P24M"), ("3 ans", "", "P3Y"), ("18 months", "", "P18M"),
        ("2 ans et 6 mois", "", "P2Y6M"), ("deux ans", "", "P2Y"), ("1,5 an", "", "P1Y6M"),
        ("1 an et demi", "", "P1Y6M"), ("6 semaines", "", "P42D"), ("90 jours", "", "P90D"),
        ("36", "Durée (mois)", "P36M"), ("36.0", "Durée en mois", "P36M"),
        ("3", "Nombre d'années", "P3Y"), ("3 ans (2020-2022)", "", "P3Y"),
    ],
)
def test_a_duration(cell: str, header: str, iso: str) -> None:
    assert parse_duration(cell, header) == iso


@pytest.mark.parametrize("cell", ["12 mois renouvelables", "0 mois", "12 à 18 mois", "triennal",
                                  "environ 2 ans", "900 ans"])
def test_no_duration(cell: str) -> None:
    assert code(parse_duration(cell)) == "duration-unreadable"
    assert code(parse_duration("36", "Durée")) == "duration-no-unit"


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("En cours", Status.ONGOING), ("TERMINÉS", Status.COMPLETED),
        ("terminée", Status.COMPLETED),
        ("En sommeil", Status.SUSPENDED), ("Annulé", Status.CANCELLED), ("Signed", Status.SIGNED),
        ("En instruction", Status.PLANNED), ("Implementation", Status.ONGOING),
    ],
)
def test_a_status(cell: str, status: Status) -> None:
    assert parse_status(cell) is status
    assert code(parse_status("Bof")) == "status-unknown"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Région Bretagne, AFD, Agence de l'eau Loire-Bretagne",
         ("Région Bretagne", "AFD", "Agence de l'eau Loire-Bretagne")),
        ("Région Bretagne (5 000 €), AFD (12,500 EUR)", ("Région Bretagne", "AFD")),
        ("AFD et Région Bretagne", ("AFD", "Région Bretagne")),
        ("Ministère de l'Europe et des Affaires étrangères",
         ("Ministère de l'Europe et des Affaires étrangères",)),
        ("Eau et Vie ; Gret", ("Eau et Vie", "Gret")), ("- AFD\n- Gret\n- AFD", ("AFD", "Gret")),
        ("AFD 50 %, UE 50 %", ("AFD", "UE")), ("SIAAP / SEDIF", ("SIAAP", "SEDIF")),
        ("ESF (Électriciens, section Bretagne)", ("ESF (Électriciens, section Bretagne)",)),
    ],
)
def test_organisations(cell: str, names: tuple[str, ...]) -> None:
    assert parse_organisations(cell) == names
    assert code(parse_organisations("12 500 €")) == "organisation-unreadable"
    assert parse_organisations("néant") is None


@pytest.mark.parametrize(
    "cell",
    ["14.5, -17.5", "14,5 ; -17,5", "14,5, -17,5", "14.5,-17.5", "14.5 -17.5", "14,5,-17,5",
     "14°30'00\"N 17°30'00\"W", "14°30′ N, 17°30′ O", "N 14.5 W 17.5", "17.5 W, 14.5 N",
     "POINT(-17.5 14.5)", "lat: 14.5, lon: -17.5", "(14.5; -17.5)"],
)
def test_a_point_in_one_cell(cell: str) -> None:
    assert parse_point(cell) == Point(14.5, -17.5)


@pytest.mark.parametrize(
    ("cell", "why"),
    [("48,2", "point-unreadable"), ("Dakar", "point-unreadable"),
     ("14°65'N 17°W", "point-unreadable"), ("914.6, 17", "point-out-of-range"),
     ("-14,5 S 17 E", "point-unreadable")],
)
def test_no_point(cell: str, why: str) -> None:
    assert code(parse_point(cell)) == why


def test_a_coordinate() -> None:
    assert parse_coordinate("17°26'24\" O", "lon") == pytest.approx(-17.44)
    assert parse_coordinate("−17,44", "lon") == -17.44
    assert code(parse_coordinate("17.4 W", "lat")) == "point-unreadable"
    assert code(parse_coordinate("14.693.425", "lat")) == "point-unreadable"
    assert parse_coordinate("n.c.", "lat") is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_points_are_read_back(lat: float, lon: float) -> None:
    for form in ("{:.5f}, {:.5f}", "{:.5f};{:.5f}", "POINT({1:.5f} {0:.5f})"):
        found = parse_point(form.format(lat, lon))
        assert isinstance(found, Point)
        assert (found.lat, found.lon) == pytest.approx((lat, lon), abs=1e-5)


@given(st.text(alphabet=st.sampled_from("0123456789 .,;/°'\"NSEOWmarsà-–()é2020\n²"), max_size=25))
def test_nothing_makes_them_fail(cell: str) -> None:
    for parse in (parse_day, parse_years, parse_duration, parse_status, parse_organisations,
                  parse_point):
        parse(cell)
    parse_coordinate(cell, "lat")


@pytest.mark.parametrize(("cell", "first", "last"), [
    ("T1 2021", "2021-01", "2021-03"), ("Q4 2021", "2021-10", "2021-12"),
    ("3e trimestre 2020", "2020-07", "2020-09"), ("1er semestre 2020", "2020-01", "2020-06"),
    ("second semestre 2020", "2020-07", "2020-12"), ("2021-Q2", "2021-04", "2021-06"),
    ("début 2e trimestre de 2022", "2022-04", "2022-06"), ("1T2021", "2021-01", "2021-03")])
def test_parts_of_a_year(cell: str, first: str, last: str) -> None:
    start, end = parse_day(cell), parse_end(cell)
    assert isinstance(start, Day)
    assert isinstance(end, Day)
    assert (start.iso, end.iso) == (first, last)


def test_a_period_of_parts_of_years() -> None:
    found = parse_period("T2 2020 - 1er semestre 2022")
    assert isinstance(found, tuple)
    assert [d.iso for d in found if d] == ["2020-04", "2022-06"]


@pytest.mark.parametrize(("cell", "first", "last"), [
    ("depuis 2019", "2019", None), ("2021 - en cours", "2021", None),
    ("jusqu'en 2024", None, "2024"), ("à partir de mars 2021", "2021-03", None),
    ("2021, 2022, 2023", "2021", "2023"), ("triennal 2022-2024", "2022", "2024"),
    ("2022-24", "2022", "2024"), ("2010-12", "2010-12", "2010-12"), ("2021 > 2023", "2021", "2023"),
    ("janvier-décembre 2021", "2021-01", "2021-12"), ("mars 2021/juin 2022", "2021-03", "2022-06")])
def test_periods_open_at_one_end_and_in_years(cell: str, first: str | None, last: str | None
                                              ) -> None:
    found = parse_period(cell)
    assert isinstance(found, tuple)
    assert tuple(day and day.iso for day in found) == (first, last)


@pytest.mark.parametrize(("cell", "status"), [
    ("Projet clôturé", Status.COMPLETED), ("Terminée en 2021", Status.COMPLETED),
    ("Lancé en mars 2022", Status.ONGOING), ("En cours de clôture", Status.ONGOING)])
def test_a_status_with_words_around_it(cell: str, status: Status) -> None:
    assert parse_status(cell) is status


def test_who_pays_itself_is_no_co_funder() -> None:
    assert parse_organisations("Autofinancement ; AFD") == ("AFD",)
    assert parse_organisations("Fonds propres") is None
