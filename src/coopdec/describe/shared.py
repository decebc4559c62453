"""Shared entities: collectivities, partners, countries, calls, sources, goals.

Many projects refer to one entity, from many chunks. What each chunk knows of it is a
:class:`coopdec.model.SharedEntity`; :func:`merge` joins two of them the same way in any
order, so that neither the chunk size nor the number of workers shows in the output.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from coopdec.formats import Entry
from coopdec.model import Description, LinkEvidence, SharedEntity
from coopdec.terms import LABEL, decimal, iri, text
from coopdec.vocab import CD, DCTERMS, GEO, OWL, RDF, RDFS, SKOS, SSSOM, WGS84

__all__ = ["entry", "label_of", "merge", "merge_all"]


def merge(one: SharedEntity, other: SharedEntity) -> SharedEntity:
    """What both know. Associative and commutative; equal entities merge to themselves."""
    if one is other or one == other:
        return one
    about = {
        subject: one.about.get(subject, frozenset()) | other.about.get(subject, frozenset())
        for subject in one.about.keys() | other.about.keys()
    }
    links = dict(one.links)
    for link, evidence in other.links.items():
        links[link] = max(evidence, links.get(link, evidence))
    return SharedEntity(one.iri, one.kind, about, links, one.found | other.found)


def merge_all(into: dict[str, SharedEntity], more: Iterable[SharedEntity]) -> None:
    """Add entities to ``into``, which is by IRI."""
    for entity in more:
        known = into.get(entity.iri)
        into[entity.iri] = entity if known is None else merge(known, entity)


def label_of(entity: SharedEntity) -> str:
    """The French label that will be published, as bare text."""
    found = sorted(v for p, v in entity.about[entity.iri] if p == LABEL and v.endswith("@fr"))
    return found[0][1:-4].replace('\\"', '"').replace("\\\\", "\\") if found else ""


_OTHER_LABEL = f"<{SKOS}altLabel>"
# What a reader wants first; the rest follows by name.
_ORDER = {
    f"<{p}>": n
    for n, p in enumerate([
        RDF + "type", RDFS + "label", DCTERMS + "title", SKOS + "prefLabel", SKOS + "altLabel",
        DCTERMS + "identifier", SKOS + "notation", CD + "inseeCode", CD + "siren", CD + "iso2",
        CD + "iso3", CD + "iso3166_2", CD + "printedType", CD + "country", CD + "within",
        CD + "region", CD + "call", CD + "sessionNumber", OWL + "sameAs", SKOS + "exactMatch",
        SKOS + "closeMatch", WGS84 + "lat", WGS84 + "long", GEO + "hasGeometry",
    ])
}


def entry(entity: SharedEntity) -> Entry:
    """The entity as formats write it: itself first, then its geometry, then its links."""
    about = {subject: _one_label_each(said) for subject, said in entity.about.items()}
    own = set(about.get(entity.iri, frozenset()))
    own.update((iri(e.predicate), iri(e.target)) for e in entity.links.values())
    about[entity.iri] = own
    subjects = sorted(about, key=lambda s: (s != entity.iri, s))
    descriptions = [Description(iri(s), _sorted(about[s])) for s in subjects]
    descriptions += [
        _link(entity.iri, link, entity.links[link]) for link in sorted(entity.links)
    ]
    return Entry(entity.iri, entity.kind, descriptions)


def _one_label_each(said: frozenset[tuple[str, str]]) -> Set[tuple[str, str]]:
    """Two lists may spell a name that nobody identified differently: one label a
    language stays, the others become alternative labels."""
    found = [value for predicate, value in said if predicate == LABEL]
    if (len({value.rpartition("@")[2] for value in found}) == len(found)
            and not any((_OTHER_LABEL, value) in said for value in found)):
        return said  # nearly always
    first: dict[str, str] = {}
    rest: set[tuple[str, str]] = set()
    for predicate, value in sorted(said):
        language = value.rpartition("@")[2]
        if predicate == LABEL and language in first:
            rest.add((_OTHER_LABEL, value))
        elif predicate == LABEL:
            first[language] = value
        else:
            rest.add((predicate, value))
    labels = set(first.values())
    rest = {(p, v) for p, v in rest if p != _OTHER_LABEL or v not in labels}
    return rest | {(LABEL, value) for value in labels}


def _sorted(said: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(said, key=lambda s: (_ORDER.get(s[0], len(_ORDER)), s)))


def _link(subject: str, link: str, e: LinkEvidence) -> Description:
    name = f"{_AUTHORITIES.get(e.authority, e.authority)} {e.identifier}"
    return Description(iri(link), (
        (iri(RDF + "type"), iri(SSSOM + "Mapping")),
        (LABEL, text(f"Lien vers {name}", "fr")),
        (LABEL, text(f"Link to {name}", "en")),
        (iri(SSSOM + "subject_id"), iri(subject)),
        (iri(SSSOM + "predicate_id"), iri(e.predicate)),
        (iri(SSSOM + "object_id"), iri(e.target)),
        (iri(SSSOM + "mapping_justification"), iri(e.justification)),
        (iri(SSSOM + "confidence"), decimal(e.confidence)),
        (iri(SSSOM + "comment"), text(e.reason_fr, "fr")),
        (iri(SSSOM + "comment"), text(e.reason_en, "en")),
    ))


_AUTHORITIES = {"wikidata": "Wikidata", "geonames": "GeoNames", "eu": "EU Country"}
