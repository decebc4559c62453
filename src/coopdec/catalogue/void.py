"""VoID: what the data set holds, in numbers, and how it is linked to others
(https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections.abc import Iterator

from coopdec.catalogue.about import About
from coopdec.model import Description
from coopdec.tally import AUTHORITIES
from coopdec.terms import describe, integer, iri, labels, text
from coopdec.vocab import FOAF, PREFIXES, RDF, VOID

__all__ = ["dataset", "described"]

_TYPE = iri(RDF + "type")
_NAMES = {"wikidata": "Wikidata", "geonames": "GeoNames", "un": "UN SDG",
          "eu": "EU Publications Office"}
_HOMES = {"wikidata": "https://www.wikidata.org/", "geonames": "https://www.geonames.org/",
          "un": "http://metadata.un.org/sdg/",
          "eu": "http://publications.europa.eu/resource/authority/country"}
#: Dumps that are the whole data set in RDF, by suffix, packed or not.
_DUMPS = (".ttl", ".nt", ".jsonld", ".nq", ".trig", ".rdf")
#: Classes whose resources are good to look at first.
_EXAMPLES = ("Project", "Commune", "PartnerTerritory", "Country", "Call")
Pair = tuple[str, str]


def dataset(about: About) -> Iterator[Pair]:
    """What VoID says of the data set itself."""
    counted, base = about.statistics, about.base
    yield iri(VOID + "triples"), integer(counted.triples)
    yield iri(VOID + "entities"), integer(counted.entities)
    yield iri(VOID + "distinctSubjects"), integer(counted.subjects)
    if counted.objects is not None:
        yield iri(VOID + "distinctObjects"), integer(counted.objects)
    yield iri(VOID + "classes"), integer(len(counted.classes))
    yield iri(VOID + "properties"), integer(len(counted.properties))
    yield iri(VOID + "uriSpace"), text(base)
    for namespace in _vocabularies(about):
        yield iri(VOID + "vocabulary"), iri(namespace)
    for file in about.files:
        if any(file.name.endswith((s, f"{s}.gz", f"{s}.zst")) for s in _DUMPS):
            yield iri(VOID + "dataDump"), iri(base + file.name)
    for name in _EXAMPLES:
        if example := counted.examples.get(PREFIXES["cd"] + name):
            yield iri(VOID + "exampleResource"), iri(example)
    if sparql := about.release.heading.publisher.sparql:
        yield iri(VOID + "sparqlEndpoint"), iri(sparql)
    for cls in sorted(counted.classes):
        yield iri(VOID + "classPartition"), iri(f"{base}catalog#class-{_local(cls)}")
    for prop in sorted(counted.properties):
        yield iri(VOID + "propertyPartition"), iri(f"{base}catalog#property-{_local(prop)}")
    for authority, predicate in sorted(counted.links):
        yield iri(VOID + "subset"), iri(_linkset(base, authority, predicate))


def described(about: About) -> Iterator[Description]:
    """Partitions, linksets and the data sets that those lead to."""
    counted, base = about.statistics, about.base
    for cls, count in sorted(counted.classes.items()):
        yield describe(f"{base}catalog#class-{_local(cls)}", [
            (_TYPE, iri(VOID + "Dataset")),
            *labels(f"{_short(cls)} : {count}", f"{_short(cls)}: {count}"),
            (iri(VOID + "class"), iri(cls)), (iri(VOID + "entities"), integer(count))])
    for prop, count in sorted(counted.properties.items()):
        yield describe(f"{base}catalog#property-{_local(prop)}", [
            (_TYPE, iri(VOID + "Dataset")),
            *labels(f"{_short(prop)} : {count}", f"{_short(prop)}: {count}"),
            (iri(VOID + "property"), iri(prop)), (iri(VOID + "triples"), integer(count))])
    for (authority, predicate), count in sorted(counted.links.items()):
        name = f"{_NAMES[authority]}, {_short(predicate)}"
        yield describe(_linkset(base, authority, predicate), [
            (_TYPE, iri(VOID + "Linkset")),
            *labels(f"Liens vers {name} : {count}", f"Links to {name}: {count}"),
            (iri(VOID + "subjectsTarget"), iri(about.dataset)),
            (iri(VOID + "objectsTarget"), iri(f"{base}catalog#authority-{authority}")),
            (iri(VOID + "linkPredicate"), iri(predicate)),
            (iri(VOID + "triples"), integer(count))])
    for authority in sorted({a for a, _ in counted.links}):
        yield describe(f"{base}catalog#authority-{authority}", [
            (_TYPE, iri(VOID + "Dataset")), *labels(_NAMES[authority], _NAMES[authority]),
            (iri(VOID + "uriSpace"), text(AUTHORITIES[authority])),
            (iri(FOAF + "homepage"), iri(_HOMES[authority]))])


def _vocabularies(about: About) -> list[str]:
    used = [*about.statistics.classes, *about.statistics.properties]
    spaces = sorted(PREFIXES.values(), key=len, reverse=True)
    return sorted({next((s for s in spaces if term.startswith(s)), "") for term in used} - {""})


def _linkset(base: str, authority: str, predicate: str) -> str:
    return f"{base}catalog#links-{authority}-{_local(predicate).partition('-')[2]}"


def _short(term: str) -> str:
    """``cd:Project``; the whole IRI where no prefix of ours fits."""
    for prefix, namespace in sorted(PREFIXES.items(), key=lambda p: -len(p[1])):
        if term.startswith(namespace):
            return f"{prefix}:{term[len(namespace):]}"
    return term


def _local(term: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in _short(term))
