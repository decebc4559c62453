"""Shared entities: collectivities, partners, countries, calls, sources, goals.

Many projects refer to one entity, from many chunks. What each chunk knows of it is a
:class:`coopdec.model.SharedEntity`; :func:`merge` joins two of them the same way in any
order, so that neither the chunk size nor the number of workers shows in the output.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import lru_cache

from coopdec.formats import Entry
from coopdec.model import OWN, Description, LinkEvidence, SharedEntity, slot
from coopdec.terms import LABEL, decimal, describe, formed, iri, text
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
    f"<{p}>": chr(ord("0") + n)
    for n, p in enumerate([
        RDF + "type", RDFS + "label", DCTERMS + "title", SKOS + "prefLabel", SKOS + "altLabel",
        DCTERMS + "identifier", SKOS + "notation", CD + "inseeCode", CD + "siren", CD + "iso2",
        CD + "iso3", CD + "iso3166_2", CD + "printedType", CD + "country", CD + "within",
        CD + "region", CD + "call", CD + "sessionNumber", OWL + "sameAs", SKOS + "exactMatch",
        SKOS + "closeMatch", WGS84 + "lat", WGS84 + "long", GEO + "hasGeometry",
    ])
}


def entry(entity: SharedEntity, base: str) -> Entry:
    """The entity as formats write it: itself first, then its geometry, then its links.
    Thousands say as much of themselves: their parts are forms, filled in."""
    subject, links = entity.iri, entity.links
    about = dict(entity.about)
    about[subject] = about.get(subject, frozenset()).union(
        [(f"<{e.predicate}>", f"<{e.target}>") for e in links.values()])
    own = f"<{subject}>"
    subjects = [subject, *sorted(s for s in about if s != subject)] if len(about) > 1 else about
    parts = [formed(base, f"<{s}>", sorted(_one_label_each(about[s]), key=_place), own)
             for s in subjects]
    parts += [_link(link.removeprefix(subject), links[link]) for link in sorted(links)]
    return Entry(subject, entity.kind, parts)


def _one_label_each(said: frozenset[tuple[str, str]]) -> Set[tuple[str, str]]:
    """Two lists may spell a name that nobody identified differently: one label a
    language stays, the others become alternative labels."""
    found = [value for predicate, value in said if predicate == LABEL]
    if (len({value.rpartition("@")[2] for value in found}) == len(found)
            and said.isdisjoint([(_OTHER_LABEL, value) for value in found])):
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


def _place(statement: tuple[str, str]) -> str:
    """Sorts by order, predicate, value."""
    predicate, value = statement
    return _ORDER.get(predicate, "~") + predicate + value


def _link(end: str, e: LinkEvidence) -> Description:
    """The link whose IRI is the entity's and ``end``."""
    word, target = e.identifier, e.target
    before, found, after = target.rpartition(word)
    plain = word.isascii() and word.isalnum()
    if plain and found and after in ("", "/") and end.endswith(word):
        end, target, shown = end.removesuffix(word) + slot(0), before + slot(0) + after, slot(0)
    else:  # somebody's
        shown = text(word)[1:-1]
    form = _link_form(end, target, shown, e.authority, e.predicate, e.justification, e.confidence)
    return form.filled((word, text(e.reason_fr, "fr"), text(e.reason_en, "en")))


@lru_cache(maxsize=1 << 10)
def _link_form(end: str, target: str, identifier: str, authority: str, predicate: str,
               justification: str, confidence: float) -> Description:
    """For the identifier, and the reasons in French and English."""
    name = f"{_AUTHORITIES.get(authority, authority)} {identifier}"
    return describe(OWN + end, (
        (iri(RDF + "type"), iri(SSSOM + "Mapping")),
        (LABEL, f'"Lien vers {name}"@fr'),
        (LABEL, f'"Link to {name}"@en'),
        (iri(SSSOM + "subject_id"), iri(OWN)),
        (iri(SSSOM + "predicate_id"), iri(predicate)),
        (iri(SSSOM + "object_id"), iri(target)),
        (iri(SSSOM + "mapping_justification"), iri(justification)),
        (iri(SSSOM + "confidence"), decimal(confidence)),
        (iri(SSSOM + "comment"), slot(1)),
        (iri(SSSOM + "comment"), slot(2)),
    ), shared=True)


_AUTHORITIES = {"wikidata": "Wikidata", "geonames": "GeoNames", "eu": "EU Country"}
