"""Terms of RDF as people read them."""

from __future__ import annotations

from coopdec.dataset.writers import short
from coopdec.messages import Lang, number
from coopdec.vocab import CD, DCTERMS, XSD
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.dates import long_date
from coopdec.web.pages.index import Index
from coopdec.web.pages.models import Entity, Value
from coopdec.web.pages.terms import ontology, term_label
from coopdec.web.pages.triples import Term
from coopdec.web.pages.words import Words

__all__ = ["authority", "entity_value", "value"]

_NUMBERS = frozenset(XSD + t for t in ("integer", "decimal", "double", "float", "int", "long"))
#: Properties whose values are codes: shown as they are, in fixed width.
_CODED = frozenset({CD + c for c in ("inseeCode", "siren", "iso2", "iso3", "iso3166_2", "sha256",
                                     "rule")} | {DCTERMS + "identifier"})
#: Numbers that are names: no thousands are set apart.
_PLAIN = frozenset({CD + "sessionNumber", CD + "line", CD + "lastLine", CD + "page"})
#: Whose address it is, by the start of the address, in French and English.
_AUTHORITIES = {
    "http://www.wikidata.org/entity/": ("Wikidata", "Wikidata"),
    "https://sws.geonames.org/": ("GeoNames", "GeoNames"),
    "http://publications.europa.eu/resource/": ("Office des publications (UE)",
                                                "Publications Office (EU)"),
    "http://metadata.un.org/sdg/": ("Nations unies", "United Nations"),
}


def authority(iri: str, lang: Lang) -> str:
    return next((names[lang == "en"] for start, names in _AUTHORITIES.items()
                 if iri.startswith(start)), iri.split("/")[2] if iri.count("/") > 2 else iri)


def entity_value(entity: Entity, lang: Lang, note: str = "") -> Value:
    return Value(entity.label(lang), entity.label_lang(lang), entity.path, note=note)


def value(term: Term, predicate: str, lang: Lang, addresses: Addresses, index: Index,
          t: Words) -> Value:
    if term.iri:
        return _resource(term.text, lang, addresses, index)
    if term.lang:
        return Value(term.text, None if term.lang == lang else term.lang)
    if term.datatype == XSD + "boolean":
        return Value(t("yes") if term.text in ("true", "1") else t("no"))
    if term.datatype in (XSD + "date", XSD + "dateTime"):
        return Value(long_date(term.text, lang))
    if term.datatype in _NUMBERS and predicate not in _PLAIN:
        return Value(_number(term.text, lang))
    return Value(term.text, "" if predicate not in _CODED else None, code=predicate in _CODED)


def _number(text: str, lang: Lang) -> str:
    try:
        return number(int(text), lang)
    except ValueError:
        pass
    try:
        amount = float(text)
    except ValueError:
        return text
    return number(amount, lang) if abs(amount) < 1e15 else text


def _resource(iri: str, lang: Lang, addresses: Addresses, index: Index) -> Value:
    path = addresses.path_of(iri)
    if iri in ontology():
        return Value(term_label(iri, lang), path=path if path == "ontology" else None)
    if path is not None and (entity := index.entity(path)) is not None:
        return entity_value(entity, lang)
    if iri.startswith(("http://", "https://")):
        return Value(short(iri), url=iri, note=authority(iri, lang))
    return Value(iri)
