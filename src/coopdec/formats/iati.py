"""``coopdec.iati.xml``: the projects as IATI 2.03 activities
(https://iatistandard.org/en/iati-standard/203/), for what the lists say of them.

Streams. What the standard demands and no list prints is stated as such, in a narrative:
a start that is not printed is the day of the announcement, shares of several countries or
goals are equal. A project of which not even a year is known has no place in IATI, which
demands a date: it is left out, and a comment at the end of the file counts such projects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from coopdec.formats import Heading, WholeFormat
from coopdec.formats._columns import records
from coopdec.formats._iati_parts import (
    add,
    budget,
    dates,
    documents,
    locations,
    narratives,
    organisations,
    said,
    shares,
    transaction,
)
from coopdec.formats._nodes import Node, label, listed, projects, shared
from coopdec.model import Publisher
from coopdec.text import slug

__all__ = ["FORMAT", "reporter"]

_FILE, _MEDIA_TYPE = "coopdec.iati.xml", "application/xml"
#: ActivityStatus: what is announced without a status is to be carried out.
_STATUS = {"planned": "1", "signed": "2", "ongoing": "2", "suspended": "6", "completed": "4",
           "cancelled": "5"}
#: OrganisationType, by the kind of the publisher.
_KINDS = {"national-authority": "10", "regional-authority": "11", "local-authority": "11",
          "non-governmental-organisation": "22", "non-profit-organisation": "22",
          "academia": "80", "company": "70", "private-individuals": "90"}
_KINDS_OF_NODES = ("territory/", "institution/", "country/", "source/", "call/", "sdg:")
#: DAC sector « Sectors not specified »; region « Developing countries, unspecified ».
_NO_SECTOR, _NO_REGION = "99810", "998"


def reporter(publisher: Publisher) -> str:
    """The identifier that activities begin with: the publisher's own at IATI, else one made
    from its name, which the schema takes and IATI's registry does not."""
    return publisher.iati or f"COOPDEC-{slug(publisher.name_en).upper()}"


def _make(folder: Path, heading: Heading) -> Sequence[tuple[str, str]]:
    from lxml import etree

    known = {p: n for p, n in shared(folder).items() if p.startswith(_KINDS_OF_NODES)}
    left_out = 0
    with (folder / _FILE).open("wb") as file, etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("iati-activities", {"version": "2.03"}):
            xml.write("\n")
            for record, node in zip(records(folder), projects(folder), strict=True):
                activity = _activity(record, node, known, heading)
                if activity is None:
                    left_out += 1
                    continue
                etree.indent(activity)
                xml.write(activity)
                xml.write("\n")
            if left_out:
                xml.write(etree.Comment(f" left out, since nothing dates them: {left_out} "))
    return [(_FILE, _MEDIA_TYPE)]


def _activity(record: Mapping[str, Any], node: Node, known: Mapping[str, Node],
              heading: Heading) -> Any:
    """One project, as its line of the table and as its resource; None where nothing dates
    it. The order of elements is the schema's."""
    from lxml import etree

    source = known.get(f"source/{slug(record['source'])}", {})
    announced, when = dates(record, source, known)
    if announced is None:
        return None
    currency = record.get("currency") or record.get("cost_currency")
    activity = etree.Element("iati-activity", {
        "{http://www.w3.org/XML/1998/namespace}lang": "fr",
        **({"default-currency": currency} if currency else {}),
        "linked-data-uri": record["iri"]})
    publisher = heading.publisher
    own = re.sub(r"[/&|?\s]+", "-", record["identifier"])
    add(activity, "iati-identifier", text=f"{reporter(publisher)}-{own}")
    # Whoever turns a ministry's list into IATI reports at second hand.
    org = add(activity, "reporting-org", ref=reporter(publisher), type=_KINDS[publisher.kind],
              **{"secondary-reporter": "0" if publisher.iati else "1"})
    narratives(org, publisher.name_fr, publisher.name_en)
    narratives(add(activity, "title"), record["title"])
    _descriptions(activity, record, source)
    organisations(activity, record, source, known, heading.base)
    add(activity, "other-identifier", ref=record["identifier"], type="A1")
    add(activity, "activity-status", code=_status(record, announced))
    for kind, day, words in when:
        element = add(activity, "activity-date", **{"iso-date": day.isoformat(), "type": kind})
        if words:
            narratives(element, *words)
    _where(activity, record, known, heading.base)
    _what_for(activity, record, node, known)
    budget(activity, record)
    transaction(activity, record, source, announced)
    documents(activity, record, source, heading.base)
    return activity


def _status(record: Mapping[str, Any], announced: date) -> str:
    if code := _STATUS.get(record.get("status") or ""):
        return code
    end = (record.get("end") or "")[:4]
    return "4" if end and int(end) < announced.year else "2"


def _descriptions(activity: Any, record: Mapping[str, Any], source: Node) -> None:
    """What the list says of the project; where it says nothing, who does what with whom."""
    general = add(activity, "description", type="1")
    if text := record.get("description"):
        narratives(general, text)
    else:
        params = {"lead": ", ".join(record["lead"]), "source": source.get("title", ""),
                  "partner": ", ".join(record["partner"] or record["country"])}
        narratives(general, *said("iati-description", params))
    cost: Decimal | None = record.get("total_cost")
    if cost is not None:
        amount = f"{cost:f} {record.get('cost_currency') or ''}".strip()
        narratives(add(activity, "description", type="4"),
                   *said("iati-cost", {"amount": amount}))


def _where(activity: Any, record: Mapping[str, Any], known: Mapping[str, Node],
           base: str) -> None:
    countries = list(dict.fromkeys(c for c in record["iso2"] if c))
    if len(countries) > 1:
        add(activity, "activity-scope", code="3")  # multi-national
    for code, share in zip(countries, shares(len(countries)), strict=True):
        node = known.get(f"country/{code}")
        narratives(add(activity, "recipient-country", code=code, percentage=share),
                   *_shared(label(node, "fr"), label(node, "en"), len(countries)))
    if not countries:
        add(activity, "recipient-region", code=_NO_REGION, vocabulary="1", percentage="100")
    locations(activity, record, known, base)


def _what_for(activity: Any, record: Mapping[str, Any], project: Node,
              known: Mapping[str, Node]) -> None:
    """Goals as sectors with shares (vocabulary 7), goals and targets as tags (2 and 3)."""
    goals = record["sdg"]
    for goal, share in zip(goals, shares(len(goals)), strict=True):
        element = add(activity, "sector", vocabulary="7", code=str(goal), percentage=share)
        node = known.get(f"sdg:{goal}")
        narratives(element, *_shared(label(node, "fr"), label(node, "en"), len(goals)))
    if not goals:
        add(activity, "sector", vocabulary="1", code=_NO_SECTOR, percentage="100")
    for goal in goals:
        add(activity, "tag", vocabulary="2", code=str(goal))
    for assignment in listed(project.get("themeAssignment")):
        for target in listed(assignment.get("target") if isinstance(assignment, dict) else None):
            add(activity, "tag", vocabulary="3", code=target.removeprefix("sdg:"))


def _shared(fr: str, en: str, several: int) -> tuple[str, str]:
    """The name; of several, that shares are equal because none are printed."""
    if several < 2:
        return fr, en
    words = said("iati-equal-shares", {})
    return f"{fr} ({words[0]})", f"{en} ({words[1]})"


FORMAT = WholeFormat("iati", ".xml", _MEDIA_TYPE, make=_make, of=("csv", "jsonld"))
