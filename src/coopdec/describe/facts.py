"""What a project may say beside who, with whom and what: money, time, place, words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from coopdec.describe.geometry import Said, degrees, geometry, located
from coopdec.iris import Iris
from coopdec.model import OWN, Amount, Description, Facts, SharedEntity, Status
from coopdec.terms import describe, iri, labels, text, typed
from coopdec.vocab import CD, DCTERMS, RDF, SKOS, XSD, cd

__all__ = ["DescribedFacts", "describe_facts", "flat_facts"]

_TYPE = iri(RDF + "type")
_P = {name: iri(cd(name)) for name in (
    "grant", "totalCost", "value", "currency", "startDate", "endDate", "duration", "year", "status",
    "coFunder", "operator")}
_AMOUNT, _ORGANISATION, _STATUS = (
    iri(cd(name)) for name in ("Amount", "Organisation", "ProjectStatus"))
_DESCRIPTION = iri(DCTERMS + "description")
#: Property, the end of the amount's IRI, its words.
_AMOUNTS = {
    "grant": ("grant", "grant", "Montant accordé", "Grant"),
    "cost": ("totalCost", "total-cost", "Coût total", "Total cost"),
}
_STATUSES = {
    Status.PLANNED: ("prévu", "planned"), Status.SIGNED: ("signé", "signed"),
    Status.ONGOING: ("en cours", "ongoing"), Status.SUSPENDED: ("en sommeil", "suspended"),
    Status.COMPLETED: ("terminé", "completed"), Status.CANCELLED: ("annulé", "cancelled"),
}


class DescribedFacts(NamedTuple):
    """What is ``said`` of the project itself, the ``parts`` that it alone has (amounts, its
    geometry), and the shared entities that it names."""

    said: tuple[Description, ...] = ()
    parts: Sequence[Description] = ()
    shared: tuple[SharedEntity, ...] = ()


def describe_facts(iris: Iris, title: str, facts: Facts) -> DescribedFacts:
    """``title`` names the project's geometry."""
    said: Said = []
    parts: list[Description] = []
    shared: list[SharedEntity] = []
    if facts.description:
        said.append((_DESCRIPTION, text(facts.description, "fr")))
    for name, amount in (("grant", facts.grant), ("cost", facts.cost)):
        if amount is not None:
            term, end, fr, en = _AMOUNTS[name]
            subject = iris.amount(OWN, end)
            said.append((_P[term], iri(subject)))
            parts.append(describe(subject, _amount(amount, fr, en)))
    for term, day in (("startDate", facts.start), ("endDate", facts.end)):
        if day is not None:
            said.append((_P[term], typed(day.iso, XSD + day.datatype)))
    if facts.duration:
        said.append((_P["duration"], typed(facts.duration, XSD + "duration")))
    said += [(_P["year"], typed(str(year), XSD + "gYear")) for year in facts.years]
    if facts.status is not None:
        said.append((_P["status"], iri(CD + facts.status)))
        shared.append(_status(facts.status))
    for term, names in (("coFunder", facts.cofunders), ("operator", facts.operators)):
        for organisation in (_organisation(iris, name) for name in names):
            said.append((_P[term], iri(organisation.iri)))
            shared.append(organisation)
    if facts.point is not None:
        lat, lon = facts.point.lat, facts.point.lon
        said += located(iris, OWN, lat, lon)
        parts.append(describe(iris.geometry(OWN), geometry(lat, lon, title, title)))
    return DescribedFacts((describe(OWN, said),) if said else (), parts, tuple(shared))


def _amount(amount: Amount, fr: str, en: str) -> Said:
    value = f"{amount.value:f}"
    words = f"{value} {amount.currency or ''}".strip()
    said = [(_TYPE, _AMOUNT), *labels(f"{fr} : {words}", f"{en}: {words}"),
            (_P["value"], typed(value if "." in value else f"{value}.0", XSD + "decimal"))]
    if amount.currency:
        said.append((_P["currency"], text(amount.currency)))
    return said


def _status(status: Status) -> SharedEntity:
    """The term of the ontology with its labels: who has only the data can read it."""
    fr, en = _STATUSES[status]
    subject = CD + status
    return SharedEntity(subject, "status", {subject: frozenset(
        {(_TYPE, _STATUS), *labels(fr, en), (iri(SKOS + "prefLabel"), text(fr, "fr")),
         (iri(SKOS + "prefLabel"), text(en, "en"))})})


def _organisation(iris: Iris, name: str) -> SharedEntity:
    subject = iris.organisation(name)
    return SharedEntity(subject, "organisation", {
        subject: frozenset({(_TYPE, _ORGANISATION), *labels(name)})})


def flat_facts(facts: Facts) -> Iterator[tuple[str, Any]]:
    """The facts as columns of a table (:mod:`coopdec.formats._columns`), by name."""
    for amount, value, currency in ((facts.grant, "grant", "currency"),
                                    (facts.cost, "total_cost", "cost_currency")):
        if amount is not None:
            yield value, f"{amount.value:f}"
            yield currency, amount.currency
    yield "start", facts.start.iso if facts.start else None
    yield "end", facts.end.iso if facts.end else None
    yield "duration", facts.duration
    yield "years", list(facts.years)
    yield "status", facts.status
    yield "co_funders", list(facts.cofunders)
    yield "operator", list(facts.operators)
    if facts.point is not None:
        yield "lat", degrees(facts.point.lat)
        yield "long", degrees(facts.point.lon)
    yield "description", facts.description
