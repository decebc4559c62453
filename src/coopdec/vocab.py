"""Namespaces and terms, as plain IRI strings. A test holds each against ``ontology/``.

``CD`` terms are our own; the others name the vocabularies we publish with.
"""

from __future__ import annotations

__all__ = ["BASE", "CD", "CLASS_OF_LEVEL", "OF_OUR_CLASS", "PREFIXES",
           "SCHEMA_CONTEXT", "WIKIDATA_ENTITY", "cd"]

#: Where resources live unless the user sets another base.
BASE = "https://w3id.org/coopdec/"

CD = "https://w3id.org/coopdec/ontology#"
ADMS = "http://www.w3.org/ns/adms#"
DCAT = "http://www.w3.org/ns/dcat#"
DCATAP = "http://data.europa.eu/r5r/"
DCTERMS = "http://purl.org/dc/terms/"
DQV = "http://www.w3.org/ns/dqv#"
EURIO = "http://data.europa.eu/s66#"
FOAF = "http://xmlns.com/foaf/0.1/"
GEO = "http://www.opengis.net/ont/geosparql#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SDG = "http://metadata.un.org/sdg/"
SDGO = "http://metadata.un.org/sdg/ontology#"
SEMAPV = "https://w3id.org/semapv/vocab/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SPDX = "http://spdx.org/rdf/terms#"
SSSOM = "https://w3id.org/sssom/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
VOID = "http://rdfs.org/ns/void#"
WGS84 = "http://www.w3.org/2003/01/geo/wgs84_pos#"
XSD = "http://www.w3.org/2001/XMLSchema#"

#: Wikidata's entity namespace: http, ``/entity/`` (the concept, not the page).
WIKIDATA_ENTITY = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
EU_COUNTRY = "http://publications.europa.eu/resource/authority/country/"

SCHEMA = "https://schema.org/"

#: The ``@context`` of what search engines read. schema.org's own one would have to be fetched,
#: 200 kB from elsewhere, before anybody else could read a line.
SCHEMA_CONTEXT: dict[str, str | dict[str, str]] = {
    "@vocab": SCHEMA,
    **{term: {"@type": "@id"} for term in ("contentUrl", "item", "license", "sameAs", "url")},
}

#: Prefixes of every Turtle file and query that we write, in order.
PREFIXES: dict[str, str] = {
    "adms": ADMS,
    "cd": CD,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dcterms": DCTERMS,
    "dqv": DQV,
    "eucountry": EU_COUNTRY,
    "eurio": EURIO,
    "foaf": FOAF,
    "geo": GEO,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "sdg": SDG,
    "sdgo": SDGO,
    "semapv": SEMAPV,
    "skos": SKOS,
    "spdx": SPDX,
    "sssom": SSSOM,
    "vcard": VCARD,
    "void": VOID,
    "wd": WIKIDATA_ENTITY,
    "wgs84": WGS84,
    "xsd": XSD,
}

CLASSES = frozenset({
    "Project", "Call", "Session",
    "Collectivity", "Commune", "Intercommunality", "Department", "Region",
    "SingleTerritorialCollectivity", "MixedSyndicate", "DelegatedCommune",
    "Partner", "PartnerTerritory", "PartnerInstitution", "Country",
    "ThemeAssignment", "SourceRow", "SourceDocument", "Tombstone",
    "Amount", "Organisation", "ProjectStatus",
})

#: The class of a French collectivity by its level in the reference.
CLASS_OF_LEVEL: dict[str, str] = {
    "commune": "Commune",
    "delegated-commune": "DelegatedCommune",
    "associated-commune": "DelegatedCommune",
    "former-commune": "Commune",
    "intercommunality": "Intercommunality",
    "department": "Department",
    "region": "Region",
    "single-territorial-collectivity": "SingleTerritorialCollectivity",
    "syndicate": "MixedSyndicate",
}

#: Our properties. Domain → range stands in ``ontology/coopdec.ttl``.
PROPERTIES = frozenset({
    # project
    "lead", "partner", "partnerCountry", "region", "theme", "noThemeStated",
    "themeAssignment", "session", "call",
    # partner, collectivity, country
    "country", "within", "printedType", "inseeCode", "siren", "iso2", "iso3", "iso3166_2",
    # theme assignment
    "goal", "target", "confidence", "evidence", "evidenceStart", "rule",
    # what a project may say besides
    "grant", "totalCost", "startDate", "endDate", "duration", "year", "status", "coFunder",
    "operator",
    # amount
    "value", "currency",
    # source row: cells as printed, and their place
    "regionCell", "leadCell", "partnerCell", "countryCell", "titleCell", "idCell", "themeCell",
    "descriptionCell", "grantCell", "costCell", "cofundersCell", "operatorCell", "startCell",
    "endCell", "periodCell", "durationCell", "yearCell", "statusCell", "latCell", "lonCell",
    "coordinatesCell",
    "line", "lastLine", "page", "sheet", "regionCellLine",
    # source document and session
    "declaredProjects", "sessionNumber", "sha256",
    # shape
    "remedy",
})

#: How far a project is: the closed list of ``cd:status``.
STATUSES = frozenset({"planned", "signed", "ongoing", "suspended", "completed", "cancelled"})


#: What stands in each line of N-Triples, and in no other, that makes a resource one of ours.
OF_OUR_CLASS = f" <{RDF}type> <{CD}".encode()


def cd(term: str) -> str:
    """IRI of one of our terms; a misspelt term is a KeyError at import time.

    >>> cd("lead")
    'https://w3id.org/coopdec/ontology#lead'
    """
    if term not in CLASSES and term not in PROPERTIES and term not in STATUSES:
        raise KeyError(term)
    return CD + term
