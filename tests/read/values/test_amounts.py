"""Amounts as lists write them, and what is no amount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.model import Amount
from coopdec.read.values import Unclear, parse_amount, unit_of_header

MALI, CAMEROON = ("ML",), ("CM",)


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("12 500 €", "12500", "EUR"), ("12\u202f500\u00a0€", "12500", "EUR"),
        ("12.500,50 €", "12500.50", "EUR"), ("64.039 €", "64039", "EUR"),
        ("64,039 €", "64039", "EUR"), ("1.234.567", "1234567", None),
        ("1 234 567,89 €", "1234567.89", "EUR"), ("EUR 12,500.00", "12500", "EUR"),
        ("€12,500", "12500", "EUR"), ("12500.5", "12500.50", None), ("12,5", "12.50", None),
        ("1,2 M€", "1200000", "EUR"), ("1,250 M€", "1250000", "EUR"),
        ("350 k€", "350000", "EUR"), ("150 KEUR", "150000", "EUR"), ("2 Md€", "2000000000", "EUR"),
        ("1,2 million d'euros", "1200000", "EUR"), ("12 mille euros", "12000", "EUR"),
        ("USD 5000", "5000", "USD"), ("US$ 5,000", "5000", "USD"), ("12'500.- CHF", "12500", "CHF"),
        ("20 000 MAD", "20000", "MAD"), ("1 000 000 ariary", "1000000", "MGA"),
        ("Subvention de 12 500 € TTC", "12500", "EUR"), ("12 500 (euros)", "12500", "EUR"),
        ("12 500 € dont 5 000 € pour l'étude", "12500", "EUR"),
        ("12 500 € (soit 8 200 000 FCFA)", "12500", "EUR"), ("12 500 € (2021)", "12500", "EUR"),
        ("45 000 € sur 3 ans", "45000", "EUR"), ("45833.3333333", "45833.33", None),
    ],
)
def test_an_amount(cell: str, value: str, currency: str | None) -> None:
    assert parse_amount(cell) == Amount(Decimal(value), currency)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("environ 12 000 €", "amount-about"), ("~5000", "amount-about"),
        ("jusqu'à 5 000 €", "amount-about"), ("max. 5000 €", "amount-about"),
        ("10 000 - 20 000 €", "amount-range"), ("10 000 à 15 000 €", "amount-range"),
        ("5 000 € + 3 000 €", "amount-several"), ("3 M€ 200 k€", "amount-several"),
        ("dont 5 000 €", "amount-part"), ("12 500 € par an", "amount-period"),
        ("-500 €", "amount-not-positive"), ("(12 500) €", "amount-not-positive"),
        ("0 €", "amount-not-positive"), ("12 50", "amount-unreadable"),
        ("50 %", "amount-unreadable"), ("beaucoup", "amount-unreadable"),
        ("1.200 k€", "amount-ambiguous"), ("12 500 € X", "amount-unreadable"),
        ("₣ 500", "amount-unreadable"),
    ],
)
def test_no_amount_is_said(cell: str, code: str) -> None:
    found = parse_amount(cell)
    assert isinstance(found, Unclear)
    assert found.code == code


@pytest.mark.parametrize("cell", ["", "–", "n.c.", "N/A", "à définir", "néant"])
def test_a_cell_that_says_nothing(cell: str) -> None:
    assert parse_amount(cell) is None


@pytest.mark.parametrize(
    ("countries", "currency"),
    [(MALI, "XOF"), (CAMEROON, "XAF"), (("ML", "SN"), "XOF"), (("ML", "CM"), None),
     (("FR",), None)],
)
def test_the_country_tells_the_cfa_franc(countries: tuple[str, ...], currency: str | None) -> None:
    assert parse_amount("15 000 000 FCFA", countries=countries) == Amount(
        Decimal(15_000_000), currency)
    assert parse_amount("15", "Coût (millions de F CFA)", countries) == Amount(
        Decimal(15_000_000), currency)


def test_shared_words_are_not_guessed() -> None:
    assert parse_amount("100 $", countries=("CA",)) == Amount(Decimal(100), None)
    assert parse_amount("20 000 DH", countries=("MA",)) == Amount(Decimal(20_000), "MAD")
    assert parse_amount("500 dinars", countries=("TN",)) == Amount(Decimal(500), "TND")


@pytest.mark.parametrize(
    ("header", "currency", "scale"),
    [
        ("Montant (€)", "€", 1), ("Engagements bruts (euro)", "euro", 1),
        ("Montant (k€)", "€", 1000),
        ("Montant en M€", "€", 10**6), ("Montant en milliers d'euros", "euros", 1000),
        ("Cofinancement MEAE", None, 1), ("MONTANT TOTAL DE L'AIDE", None, 1),
    ],
)
def test_what_a_header_says(header: str, currency: str | None, scale: int) -> None:
    unit = unit_of_header(header)
    assert (unit.currency, unit.scale) == (currency, scale)


def test_a_header_speaks_where_the_cell_does_not() -> None:
    assert parse_amount("64,5", "Montant (k€)") == Amount(Decimal(64_500), "EUR")
    assert parse_amount("12 500 €", "Montant (k€)") == Amount(Decimal(12_500), "EUR")
    assert parse_amount("5000", default="EUR") == Amount(Decimal(5000), "EUR")


def test_a_spreadsheets_number_has_a_decimal_point() -> None:
    assert parse_amount("64.039", "Montant (k€)", typed=True) == Amount(Decimal(64_039), "EUR")
    found = parse_amount("64.039", "Montant", typed=True)
    assert isinstance(found, Unclear)
    assert found.code == "amount-ambiguous"
    assert parse_amount("64.039 €", typed=True) == Amount(Decimal(64_039), "EUR")


@given(st.integers(1, 10**12), st.sampled_from(" .,'\u202f"), st.sampled_from(["€", "EUR", "k€"]))
def test_grouped_numbers_are_read_back(number: int, mark: str, unit: str) -> None:
    cell = f"{number:,}".replace(",", mark) + f" {unit}"
    found = parse_amount(cell)
    if unit == "k€" and mark in ".," and 1000 <= number < 10**6:
        assert isinstance(found, Unclear)
    else:
        assert isinstance(found, Amount)
        assert found.value == number * (1000 if unit == "k€" else 1)


@given(st.text(alphabet=st.sampled_from("0123456789 .,'€$kMFCA-–()àdont/%\u202f\n²٣"), max_size=25))
def test_nothing_makes_it_fail(cell: str) -> None:
    found = parse_amount(cell, countries=MALI)
    assert found is None or isinstance(found, Unclear) or found.value > 0


@pytest.mark.parametrize(("cell", "header", "value", "currency"), [
    ("45", "Subvention (x 1 000 €)", "45000", "EUR"), ("45", "Montant (€ 000)", "45000", "EUR"),
    ("45", "grantAmountKEUR", "45000", "EUR"), ("45", "montant_eur", "45", "EUR"),
    ("12 000 € (50 %)", "", "12000", "EUR"), ("12 500 € ¹", "", "12500", "EUR"),
    ("12 500 € accordés", "", "12500", "EUR")])
def test_thousands_and_words_beside_an_amount(cell: str, header: str, value: str, currency: str
                                              ) -> None:
    assert parse_amount(cell, header) == Amount(Decimal(value), currency)
