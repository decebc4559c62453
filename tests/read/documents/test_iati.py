"""IATI activities: what stands for a cell, versions, and files made to do harm."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from coopdec.errors import DataError
from coopdec.model import Row
from coopdec.read import profile_used, read
from coopdec.read.documents import format_of
from coopdec.read.documents.iati import FORMAT

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="{}">\n'
ONE = """\
 <iati-activity xml:lang="fr" default-currency="EUR">
  <iati-identifier>FR-COG-{n}</iati-identifier>
  <reporting-org ref="FR-6" type="10"><narrative>Ministère</narrative></reporting-org>
  <title><narrative xml:lang="en">Water</narrative><narrative>Eau à Tsévié</narrative></title>
  <description type="1"><narrative>Six forages.</narrative></description>
  <participating-org role="1" type="10"><narrative>MEAE</narrative></participating-org>
  <participating-org role="2" type="11" ref="FR-SIREN-200046977"><narrative>Métropole de Lyon\
</narrative></participating-org>
  <participating-org role="4" type="11" ref="TG-COM-1"><narrative>Commune de Tsévié</narrative>\
</participating-org>
  <participating-org role="4" type="22"><narrative>Hydraulique</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2020-01-01"/><activity-date type="2" iso-date="2020-03-15"/>
  <activity-date type="3" iso-date="2022-12-31"/>
  <contact-info><person-name><narrative>Jean Dupont</narrative></person-name></contact-info>
  <recipient-country code="BJ" percentage="40"/><recipient-country code="TG" percentage="60"/>
  <location><name><narrative>Tsévié</narrative></name><point><pos>6.426 1.213</pos></point>\
</location>
  <sector vocabulary="1" code="14030"/><sector vocabulary="7" code="6"/>
  <tag vocabulary="3" code="6.1"/>
  <budget type="1"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>\
<value>1000</value></budget>
  <budget type="2"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>\
<value>1500.50</value></budget>
  <transaction><transaction-type code="2"/><value>12500</value></transaction>
  <transaction><transaction-type code="3"/><value>5000</value></transaction>
  <result/>
 </iati-activity>
"""
TAIL = "</iati-activities>\n"


def read_text(tmp_path: Path, text: str) -> tuple[list[Row], list[str]]:
    path = tmp_path / "a.xml"
    path.write_text(text, "utf-8")
    reading = read(path)
    rows = list(reading)
    used = profile_used(reading)
    assert used is not None
    assert used.params["name"] == "iati-activities"
    return rows, [f.code for f in reading.findings]


def test_an_activity(tmp_path: Path) -> None:
    rows, codes = read_text(tmp_path, HEAD.format("2.03") + ONE.format(n=1) * 2 + TAIL)
    first, second = rows
    assert (first.position.line, second.position.line) == (3, 3 + ONE.count("\n"))
    assert (first.own_id, first.title, first.lead) == (
        "FR-COG-1", "Eau à Tsévié", "Métropole de Lyon")
    assert [(m.name, m.country) for m in first.partners] == [("Tsévié", "TG"), (None, "BJ")]
    assert first.cells["country"] == "TG ; BJ"  # the greater share first
    assert first.cells["theme"] == "14030 ; ODD 6 ; ODD 6.1"
    facts = first.facts
    assert facts is not None
    assert facts.grant is not None
    assert facts.cost is not None
    assert (str(facts.grant.value), str(facts.cost.value)) == ("12500", "1500.50")
    assert (facts.start and facts.start.iso, facts.end and facts.end.iso) == (
        "2020-03-15", "2022-12-31")
    assert (str(facts.status), facts.operators, facts.cofunders) == (
        "ongoing", ("Hydraulique",), ("MEAE",))
    assert facts.point is not None
    assert "Jean Dupont" not in repr(rows)
    assert {"personal-data", "iati-unused"} <= set(codes)


def one(*elements: str) -> str:
    return (HEAD.format("2.02") + "<iati-activity><iati-identifier>X-1</iati-identifier>"
            "<title><narrative>Water</narrative></title>" + "".join(elements)
            + "</iati-activity>" + TAIL)


def org(role: int, name: str, kind: int = 10, ref: str = "") -> str:
    return (f'<participating-org role="{role}" type="{kind}" ref="{ref}"><narrative>{name}'
            "</narrative></participating-org>")


MALI = '<recipient-country code="ML"/>'


@pytest.mark.parametrize(("elements", "lead", "outside"), [
    ((org(1, "MEAE"), org(4, "Ville de Brest", 11, "FR-29"), MALI), "Ville de Brest", False),
    ((org(2, "AFD"), org(3, "Région Bretagne", 11), MALI), "Région Bretagne", False),
    ((org(2, "AFD"), org(4, "Commune de Kita", 11, "ML-1"), MALI), "AFD", True),
    ((org(2, "Ville de Brest"), MALI), "Ville de Brest", False),
    ((org(2, "Ville de Brest", 11), '<recipient-region code="298"/>'), "Ville de Brest", True),
    ((MALI,), "", True),
])
def test_who_leads(tmp_path: Path, elements: tuple[str, ...], lead: str, outside: bool) -> None:
    path = tmp_path / "a.xml"
    path.write_text(one(*elements), "utf-8")
    reading = read(path)
    rows = list(reading)
    if not lead:
        assert not rows
        assert "empty-cell" in {f.code for f in reading.findings}
        return
    assert [(r.lead, r.outside) for r in rows] == [(lead, outside)]


def test_several_currencies_give_no_sum(tmp_path: Path) -> None:
    pay = ('<transaction><transaction-type code="2"/><value currency="{}">5</value>'
           "</transaction>")
    rows, _ = read_text(tmp_path, one(org(2, "Ville de Brest"), MALI, pay.format("EUR"),
                                      pay.format("USD")))
    assert rows[0].facts is None


@pytest.mark.parametrize(("text", "code"), [
    (HEAD.format("1.05") + TAIL, "iati-version"),
    ('<iati-organisations version="2.03"></iati-organisations>', "iati-organisations"),
    (HEAD.format("2.03") + ONE.format(n=1)[:300], "document-truncated"),
    (HEAD.format("2.03") + "<a><b></a></b>" + TAIL, "document-truncated"),
    ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
     '<iati-activities version="2.03"><iati-activity><title><narrative>&b;</narrative></title>'
     "</iati-activity></iati-activities>", "xml-entities"),
    ('<!DOCTYPE iati-activities SYSTEM "file:///etc/passwd"><iati-activities version="2.03">'
     "</iati-activities>", "xml-entities"),
])
def test_what_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        list(read(path))
    assert [f.code for f in caught.value.findings] == [code]


def test_the_bytes_decide() -> None:
    for text in (HEAD.format("2.03"), "<!-- x -->\n<iati-activities>"):
        found = format_of(".txt", text.encode())
        assert found is not None
        assert found.name == "iati"
    other = format_of(".xml", b"<note>iati-activities</note>")
    assert other is None or other.name != "iati"


class Endless:
    """A file of so many activities that is never whole in memory."""

    def __init__(self, n: int) -> None:
        self._parts: Iterator[bytes] = iter([
            HEAD.format("2.03").encode(), *(ONE.format(n=i).encode() for i in range(n)),
            TAIL.encode()])
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (more := next(self._parts, b"")):
            self._left += more
        out, self._left = self._left[:size], self._left[size:]
        return out


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(n: int) -> int:
        tracemalloc.start()
        (table,) = FORMAT.parse(cast("BinaryIO", Endless(n)), "a.xml").tables
        assert sum(1 for _ in table.lines) == n + 1
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    small, large = peak(20), peak(400)
    assert large < small * 1.5 + 2_000_000
