"""Rows: by name, by place, as dictionaries, data frames, CSV, JSON and Markdown."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from coopdec.dataset import Rows
from coopdec.dataset.results import python_value, truth
from coopdec.dataset.writers import short
from coopdec.errors import EndpointError

XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = Rows(["title", "count", "place"], [
    {"title": {"type": "literal", "value": 'L\'eau | "pure"\n<b>', "xml:lang": "fr"},
     "count": {"type": "literal", "value": "3", "datatype": XSD + "integer"},
     "place": {"type": "uri", "value": "https://w3id.org/coopdec/country/ML"}},
    {"title": {"type": "literal", "value": "=1+1"},
     "count": {"type": "literal", "value": "-2", "datatype": XSD + "integer"}},
])


def test_a_row_by_name_by_place_and_as_a_dictionary() -> None:
    row = ROWS[0]
    assert (row.count, row["count"], row[1]) == (3, 3, 3)
    assert dict(ROWS[1]) == {"title": "=1+1", "count": -2, "place": None}
    assert list(row)[1:] == [3, "https://w3id.org/coopdec/country/ML"]
    assert ROWS.dicts()[1]["place"] is None
    assert ROWS.column("count") == [3, -2]
    with pytest.raises(AttributeError, match="title"):
        _ = row.nothing
    with pytest.raises(KeyError):
        row["nothing"]
    assert ROWS[-1:][0] == ROWS[1]
    assert len({ROWS[0], ROWS[0], ROWS[1]}) == 2


def test_rows_compare_and_show_themselves() -> None:
    assert Rows(ROWS.columns, list(ROWS.terms)) == ROWS
    assert ROWS[:1] != ROWS
    assert repr(ROWS) == "<Rows: 2 × title, count, place>"
    assert repr(ROWS[1]) == "Row(title='=1+1', count=-2, place=None)"


@pytest.mark.parametrize(("value", "datatype", "expected"), [
    ("3", "integer", 3), ("0.95", "decimal", Decimal("0.95")), ("1e3", "double", 1000.0),
    ("true", "boolean", True), ("2020-06-23", "date", date(2020, 6, 23)),
    ("2020-06-23T10:00:00Z", "dateTime", datetime(2020, 6, 23, 10, tzinfo=UTC)),
    ("x", "integer", "x"), ("2020-13-45", "date", "2020-13-45"), ("2020", "gYear", "2020"),
    ("maybe", "boolean", "maybe"), ("x", "decimal", "x"),
])
def test_values(value: str, datatype: str, expected: object) -> None:
    term = {"type": "literal", "value": value, "datatype": XSD + datatype}
    assert python_value(term) == expected


def test_csv_keeps_numbers_and_disarms_formulas() -> None:
    lines = list(csv.reader(io.StringIO(ROWS.to_csv())))
    assert lines[0] == ["title", "count", "place"]
    assert lines[1] == ['L\'eau | "pure"\n<b>', "3", "https://w3id.org/coopdec/country/ML"]
    assert lines[2] == ["'=1+1", "-2", ""]


def test_json_is_sparql_results_again() -> None:
    assert Rows.from_json(ROWS.to_json()) == ROWS
    assert set(json.loads(ROWS.to_json())) == {"head", "results"}


def test_markdown_stays_one_line_a_row() -> None:
    lines = ROWS.to_markdown().splitlines()
    assert lines[0] == "| title | count | place |"
    assert lines[2] == (r"| L'eau \| "
                        r'"pure" \<b\> | 3 | [country/ML](<https://w3id.org/coopdec/country/ML>) |')
    assert len(lines) == 4


def test_data_frames() -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    one, two = ROWS.to_pandas(), ROWS.to_polars()
    assert isinstance(one, pandas.DataFrame)
    assert isinstance(two, polars.DataFrame)
    assert list(one.columns) == list(two.columns) == ["title", "count", "place"]
    assert one["count"].sum() == two["count"].sum() == 1
    assert Rows(["a"], []).to_pandas().shape == (0, 1)
    assert Rows(["a"], []).to_polars().shape == (0, 1)


@pytest.mark.parametrize("answer", [
    b"", b"<html>", b"[]", b"{}", b'{"head":{"vars":["x"]}}', b'{"head":{"vars":["x"]},"results":',
    b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":"a"}]}}',
    b'{"head":null,"results":{"bindings":[]}}', b"[" * 100_000, b"\xff\xfe"])
def test_answers_that_are_no_results(answer: bytes) -> None:
    with pytest.raises(EndpointError):
        Rows.from_json(answer)
    with pytest.raises(EndpointError):
        truth(answer)


@pytest.mark.parametrize(("iri", "shown"), [
    ("https://sws.geonames.org/2451478/", "2451478"),
    ("http://publications.europa.eu/resource/authority/country/MLI", "MLI"),
    ("https://example.org/data/territory/ML/gn-2451478", "territory/ML/gn-2451478"),
    ("http://metadata.un.org/sdg/6.1", "sdg/6.1"),
    ("http://www.w3.org/2004/02/skos/core#exactMatch", "exactMatch"),
    ("https://example.org/", "example.org"), ("urn:x", "urn:x"),
])
def test_short_iris(iri: str, shown: str) -> None:
    assert short(iri) == shown
