"""The elements of an IATI activity that take more than a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from coopdec.formats._nodes import Node, expand, identifier, label, listed
from coopdec.formats.rdfxml import in_xml
from coopdec.messages import render
from coopdec.vocab import GEONAMES

__all__ = ["add", "budget", "dates", "documents", "locations", "narratives", "organisations",
           "said", "shares", "transaction"]

Words = tuple[str, str]
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def add(parent: Any, tag: str, *, text: str = "", **attributes: str) -> Any:
    """A new last child."""
    from lxml import etree

    element = etree.SubElement(parent, tag, {k: in_xml(v) for k, v in attributes.items()})
    if text:
        element.text = in_xml(text)
    return element


def narratives(parent: Any, fr: str, en: str = "") -> None:
    """The text in French, the activity's language, and in English where that differs."""
    add(parent, "narrative", text=fr)
    if en and en != fr:
        add(parent, "narrative", text=en).set(_LANG, "en")


def said(code: str, params: Mapping[str, Any]) -> Words:
    return render(code, params, "fr"), render(code, params, "en")


def shares(several: int) -> list[str]:
    """Equal percentages that sum to 100 exactly.

    >>> shares(3), shares(1)
    (['33.34', '33.33', '33.33'], ['100'])
    """
    if several < 2:
        return ["100"] * several
    least, more = divmod(10_000, several)
    return [f"{(least + (n < more)) / 100:.2f}" for n in range(several)]


def _edge(printed: str, *, last: bool = False) -> date:
    """The first or the last day of a date printed to the day, the month or the year."""
    year, month, day = (int(p) for p in (*printed.split("-"), "0", "0")[:3])
    if not last:
        return date(year, month or 1, day or 1)
    if day:
        return date(year, month, day)
    after = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return after - timedelta(days=1)


def dates(record: Mapping[str, Any], source: Node, known: Mapping[str, Node]
          ) -> tuple[date | None, list[tuple[str, date, Words | None]]]:
    """(the day it was announced or begins, [(ActivityDateType, day, words)]); None and
    nothing where not even a year is known."""
    started = record.get("status") in ("ongoing", "completed", "suspended")
    issued = next(iter(listed(source.get("issued"))), None)
    day_of_issue = date.fromisoformat(issued) if issued else None
    found: list[tuple[str, date, Words | None]] = []
    if start := record.get("start"):
        found.append(("2" if started else "1", _edge(start), _imprecise(start)))
    elif years := record.get("years"):
        found.append(("1", date(min(years), 1, 1), said("iati-year", {"year": min(years)})))
    elif day_of_issue:
        found.append(("1", day_of_issue, said("iati-announced", {})))
    else:
        call = label(known.get(next(iter(listed(source.get("call"))), ""), {}), "fr")
        for year in re.findall(r"\b(?:19|20)\d\d\b", call)[:1]:
            found.append(("1", date(int(year), 1, 1), said("iati-call", {"call": call})))
    if end := record.get("end"):
        found.append(("4" if record.get("status") == "completed" else "3",
                      _edge(end, last=True), _imprecise(end)))
    return day_of_issue or (found[0][1] if found else None), found


def _imprecise(printed: str) -> Words | None:
    return None if len(printed) == 10 else said("iati-imprecise", {"printed": printed})


def organisations(activity: Any, record: Mapping[str, Any], source: Node,
                  known: Mapping[str, Node], base: str) -> None:
    """Who funds (1), who answers for it (2), who carries it out (4)."""
    for publisher in listed(source.get("publisher")):
        narratives(add(activity, "participating-org", role="1", type="10"), publisher)
    for name in record.get("co_funders") or []:
        narratives(add(activity, "participating-org", role="1"), name)
    for name in record["lead"]:
        narratives(add(activity, "participating-org", role="2", type="11"), name)
    for name in record.get("operator") or []:
        narratives(add(activity, "participating-org", role="4"), name)
    for iri in record["partner_iri"]:
        node = known.get(iri.removeprefix(base))
        if name := label(node, "fr"):
            kind = {} if "/institution/" in iri else {"type": "11"}
            narratives(add(activity, "participating-org", role="4", **kind), name)


def locations(activity: Any, record: Mapping[str, Any], known: Mapping[str, Node],
              base: str) -> None:
    """The project's own point, and each partner territory that is identified."""
    if record.get("lat") is not None and record.get("long") is not None:
        _location(activity, f"{record['lat']:f} {record['long']:f}", None, "", exactness="1")
    for iri in record["partner_iri"]:
        node = known.get(iri.removeprefix(base))
        lat, long = (listed(node.get(k)) if node else [] for k in ("lat", "long"))
        if node and lat and long:
            _location(activity, f"{lat[0]} {long[0]}", identifier(node, GEONAMES, base),
                      label(node, "fr"), exactness="2")


def _location(activity: Any, position: str, geonames: str | None, name: str, *,
              exactness: str) -> None:
    location = add(activity, "location")
    add(location, "location-reach", code="1")
    if geonames:
        add(location, "location-id", vocabulary="G1", code=geonames)
    if name:
        narratives(add(location, "name"), name)
    point = add(location, "point", srsName="http://www.opengis.net/def/crs/EPSG/0/4326")
    add(point, "pos", text=position)
    add(location, "exactness", code=exactness)


def budget(activity: Any, record: Mapping[str, Any]) -> None:
    """The total cost as a budget where the project is printed to last a year at most: the
    standard takes no longer one, and no list says what each year costs."""
    cost: Decimal | None = record.get("total_cost")
    start, end, currency = (record.get(k) for k in ("start", "end", "cost_currency"))
    if cost is None or not (start and end and currency):
        return
    first, last = _edge(start), _edge(end, last=True)
    if not timedelta(0) < last - first <= timedelta(days=366):
        return
    element = add(activity, "budget", type="1", status="1")
    add(element, "period-start", **{"iso-date": first.isoformat()})
    add(element, "period-end", **{"iso-date": last.isoformat()})
    add(element, "value", text=f"{cost:f}", currency=currency, **{"value-date": first.isoformat()})


def transaction(activity: Any, record: Mapping[str, Any], source: Node, day: date) -> None:
    """The grant as what the publisher of the list commits to the lead (type 2)."""
    grant: Decimal | None = record.get("grant")
    currency = record.get("currency")
    if grant is None or not currency:
        return
    element = add(activity, "transaction")
    add(element, "transaction-type", code="2")
    add(element, "transaction-date", **{"iso-date": day.isoformat()})
    add(element, "value", text=f"{grant:f}", currency=currency, **{"value-date": day.isoformat()})
    for publisher in listed(source.get("publisher"))[:1]:
        narratives(add(element, "provider-org", type="10"), publisher)
    for lead in record["lead"][:1]:
        narratives(add(element, "receiver-org", type="11"), lead)


def documents(activity: Any, record: Mapping[str, Any], source: Node, base: str) -> None:
    """The project's page (A12, activity web page), and the list that announces it."""
    _document(activity, record["iri"], said("iati-page", {}))
    for url in listed(source.get("source")):
        title = str(source.get("title", ""))
        _document(activity, expand(url, base), (title, title))


def _document(activity: Any, url: str, title: Words) -> None:
    link = add(activity, "document-link", url=url, format="text/html")
    narratives(add(link, "title"), *title)
    add(link, "category", code="A12")
    add(link, "language", code="fr")
