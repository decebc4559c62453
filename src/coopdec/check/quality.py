"""How complete a data set is: what share of its resources is linked, themed, placed.

Measures of the Data Quality Vocabulary (DQV), for the catalogue and for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coopdec.check.facts import TYPE, Facts, prop, term
from coopdec.vocab import DQV, GEO, OWL, RDF, RDFS, SKOS, WIKIDATA_ENTITY, XSD

__all__ = ["METRICS", "Measure", "measure", "shown_trend", "statements", "total"]


#: Metric → (fr, en), in the order in which they are told.
METRICS: dict[str, tuple[str, str]] = {
    "themes": ("projets dont les mots énoncent un thème", "projects whose words state a theme"),
    "countries": ("pays reliés à Wikidata", "countries linked to Wikidata"),
    "collectivities": ("collectivités identifiées par un code",
                       "collectivities identified by a code"),
    "partners": ("partenaires reliés à une autre autorité",
                 "partners linked to another authority"),
    "coordinates": ("partenaires situés par des coordonnées",
                    "partners placed by coordinates"),
}
#: Metric → the classes of what it is about, and what it looks for: a property, and how one of
#: its values begins.
_ABOUT = {
    "themes": ("Project",), "countries": ("Country",),
    "collectivities": (
        "Collectivity", "Commune", "DelegatedCommune", "Intercommunality", "Department", "Region",
        "SingleTerritorialCollectivity", "MixedSyndicate"),
    "partners": ("PartnerTerritory", "PartnerInstitution"),
    "coordinates": ("PartnerTerritory", "PartnerInstitution"),
}
Sign = tuple[bytes, bytes]
_SIGNS: dict[str, list[Sign]] = {
    "themes": [(term("theme"), b"")],
    "countries": [(prop(OWL + "sameAs"), prop(WIKIDATA_ENTITY)[:-1])],
    "collectivities": [(term("inseeCode"), b""), (term("siren"), b"")],
    "partners": [(prop(SKOS + "exactMatch"), b""), (prop(SKOS + "closeMatch"), b"")],
    "coordinates": [(prop(GEO + "hasGeometry"), b"")],
}
_METRICS_OF = {term(name): [m for m in METRICS if name in _ABOUT[m]]
               for names in _ABOUT.values() for name in names}


@dataclass(frozen=True, slots=True)
class Measure:
    """``count`` of ``total`` resources; ``share`` of none is 1, since nothing is missing."""

    metric: str
    count: int
    total: int

    @property
    def share(self) -> float:
        return self.count / self.total if self.total else 1.0

    def name(self, lang: str) -> str:
        return METRICS[self.metric][lang == "en"]


def shown_trend(points: float) -> str:
    """A change of a share as people read it: an arrow and its size in points of a hundred.

    >>> shown_trend(0.0281), shown_trend(-0.5), shown_trend(0.0)
    ('▲ 2.8 %', '▼ 50.0 %', '=')
    """
    if abs(points) < 0.0005:
        return "="
    return f"{'▲' if points > 0 else '▼'} {abs(points):.1%}".replace("%", " %")


def measure(facts: Facts) -> tuple[Measure, ...]:
    """One measure of each metric."""
    kinds: dict[str, set[bytes]] = {m: set() for m in METRICS}
    for subject, classes in facts.columns.get(TYPE, {}).items():
        for name in classes:
            for metric in _METRICS_OF.get(name, ()):
                kinds[metric].add(subject)
    return tuple(
        Measure(metric, sum(any(_says(facts, s, sign) for sign in _SIGNS[metric])
                            for s in kinds[metric]), len(kinds[metric]))
        for metric in METRICS)


def _says(facts: Facts, subject: bytes, sign: Sign) -> bool:
    predicate, start = sign
    return any(v.startswith(start) for v in facts.columns.get(predicate, {}).get(subject, ()))


def total(parts: Iterable[tuple[Measure, ...]]) -> tuple[Measure, ...]:
    """Measures of parts that share no resource, added up."""
    counts = dict.fromkeys(METRICS, (0, 0))
    for part in parts:
        for found in part:
            count, of = counts[found.metric]
            counts[found.metric] = count + found.count, of + found.total
    return tuple(Measure(metric, *counts[metric]) for metric in METRICS)


def statements(
    measures: Iterable[Measure], dataset: str, base: str
) -> Iterator[tuple[str, str, str]]:
    """DQV as N-Triples terms (subject, predicate, object). ``dataset``: the IRI that they
    are about; measures stand at ``{base}catalog#quality-{metric}``."""
    for found in measures:
        subject = f"<{base}catalog#quality-{found.metric}>"
        metric = f"<{base}catalog#metric-{found.metric}>"
        label = f"<{RDFS}label>"
        yield f"<{dataset}>", f"<{DQV}hasQualityMeasurement>", subject
        yield subject, f"<{RDF}type>", f"<{DQV}QualityMeasurement>"
        yield subject, f"<{DQV}computedOn>", f"<{dataset}>"
        yield subject, f"<{DQV}isMeasurementOf>", metric
        yield subject, f"<{DQV}value>", f'"{found.share:.4f}"^^<{XSD}decimal>'
        yield subject, label, f'"{found.count} / {found.total}"@fr'
        yield metric, f"<{RDF}type>", f"<{DQV}Metric>"
        yield metric, f"<{DQV}expectedDataType>", f"<{XSD}decimal>"
        for lang in ("fr", "en"):
            yield metric, label, f'"{found.name(lang)}"@{lang}'
