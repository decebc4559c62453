from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.errors import UsageError
from coopdec.iris import Iris

SAME: dict[str, Any] = {
    "call": "c", "session": 1, "lead": "Metz", "partner": "Manizales (Colombie)", "title": "T",
}


def test_a_project_is_named_by_what_is_printed() -> None:
    path = Iris.project_path(**SAME)
    expected = hashlib.sha256(b"1\x1fmetz\x1fmanizales colombie\x1ft").hexdigest()[:16]
    assert path == f"project/c/{expected}"


@pytest.mark.parametrize(
    ("field", "value"),
    [("lead", "METZ "), ("partner", "manizales  (COLOMBIE)"), ("title", "t.")],
)
def test_case_accents_and_spaces_do_not_change_it(field: str, value: str) -> None:
    assert Iris.project_path(**{**SAME, field: value}) == Iris.project_path(**SAME)


@pytest.mark.parametrize(
    ("field", "value"),
    [("session", 2), ("lead", "Nancy"), ("partner", "Manizales (Chili)"), ("title", "U")],
)
def test_each_field_counts(field: str, value: object) -> None:
    assert Iris.project_path(**{**SAME, field: value}) != Iris.project_path(**SAME)


def test_own_identifiers_are_kept_and_escaped() -> None:
    path = Iris.project_path(**SAME, scheme="afd", own_id="CZZ 12/3#é")
    assert path == "project/afd/CZZ%2012%2F3%23%C3%A9"


@given(st.text(min_size=1))
def test_an_own_identifier_never_breaks_out_of_its_segment(own_id: str) -> None:
    path = Iris.project_path(**SAME, scheme="afd", own_id=own_id.replace("\ud800", ""))
    assert path.count("/") == 2 or own_id == ""
    assert not set(path) & set(' <>"{}|\\^`#?')


@pytest.mark.parametrize("base", ["https://x.org", "ftp://x.org/", "https://x.org/ a/", "", "x/"])
def test_a_bad_base_is_refused(base: str) -> None:
    with pytest.raises(UsageError):
        Iris(base)


def test_the_design_s_examples() -> None:
    iris = Iris()
    assert iris.territory("ML", "iso/ML-3").endswith("/territory/ML/iso-ML-3")
    assert iris.territory("ML", "gn/2451478").endswith("/territory/ML/gn-2451478")
    assert iris.collectivity("commune/69043").endswith("/collectivity/commune/69043")
    assert iris.link("s", "wikidata", "Q1") == "s#link-wikidata-Q1"
    assert iris.theme("p", "6.1") == "p#theme-6.1"
    assert iris.row("p", "laureats-session-2") == "p#row-laureats-session-2"
