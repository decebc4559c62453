"""The data set, its distributions and who publishes it: DCAT 3 as DCAT-AP 3 wants it.

Everything that is named has an IRI and says what it is, entries of the EU's authority
tables too, so that the catalogue validates as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from coopdec.catalogue.about import About, file_words, plain_media_type
from coopdec.messages import LANGS, render
from coopdec.model import PUBLISHER_KINDS, Description
from coopdec.release import ReleasedFile
from coopdec.terms import describe, iri, labels, text, typed
from coopdec.vocab import (
    ADMS,
    CD,
    DCAT,
    DCATAP,
    DCTERMS,
    FOAF,
    OWL,
    PROV,
    RDF,
    SKOS,
    SPDX,
    VCARD,
    VOID,
    XSD,
)

__all__ = ["catalogue", "dataset", "described"]

_TYPE = iri(RDF + "type")
_EU = "http://publications.europa.eu/resource/authority/"
_LICENCE = _EU + "licence/ETALAB_2_0"
_PUBLIC = _EU + "access-right/PUBLIC"
_IRREGULAR = _EU + "frequency/IRREG"
_AVAILABLE = _EU + "planned-availability/AVAILABLE"
_COMPLETED = _EU + "distribution-status/COMPLETED"
_THEMES = {"INTR": ("Questions internationales", "International issues"),
           "GOVE": ("Gouvernement et secteur public", "Government and public sector"),
           "REGI": ("Régions et villes", "Regions and cities")}
_LANGUAGES = {"FRA": ("français", "French"), "ENG": ("anglais", "English")}
_IANA = "https://www.iana.org/assignments/media-types/"
_SHAPES = "https://w3id.org/coopdec/shapes"
Pair = tuple[str, str]


def catalogue(about: About) -> Description:
    """The catalogue itself: one data set, and the service where one is told."""
    base, publisher = about.base, about.release.heading.publisher
    said = [
        (_TYPE, iri(DCAT + "Catalog")),
        *_label("catalogue-title", about),
        *_words(DCTERMS + "title", "catalogue-title", about),
        *_words(DCTERMS + "description", "catalogue-about", about),
        (iri(DCTERMS + "publisher"), iri(about.dataset + "#publisher")),
        (iri(DCTERMS + "license"), iri(_LICENCE)),
        (iri(FOAF + "homepage"), iri(base)),
        *((iri(DCTERMS + "language"), iri(f"{_EU}language/{code}")) for code in _LANGUAGES),
        (iri(DCAT + "themeTaxonomy"), iri(_EU + "data-theme")),
        *((iri(DCTERMS + "spatial"), iri(c)) for c in about.coverage.countries),
        *_issued(about),
        (iri(DCAT + "dataset"), iri(about.dataset)),
    ]
    if publisher.sparql:
        said.append((iri(DCAT + "service"), iri(about.dataset + "#sparql")))
    return describe(base + "catalog", said)


def dataset(about: About) -> Iterator[Pair]:
    """What DCAT says of the data set."""
    release, heading = about.release, about.release.heading
    subject = about.dataset
    yield _TYPE, iri(DCAT + "Dataset")
    yield _TYPE, iri(VOID + "Dataset")
    yield from _label("dataset-title", about)
    yield from _words(DCTERMS + "title", "dataset-title", about)
    yield from _words(DCTERMS + "description", "dataset-about", about)
    yield iri(DCTERMS + "identifier"), text(subject)
    yield iri(DCTERMS + "publisher"), iri(subject + "#publisher")
    yield iri(DCAT + "contactPoint"), iri(subject + "#contact")
    yield iri(DCAT + "landingPage"), iri(about.base)
    for name in _THEMES:
        yield iri(DCAT + "theme"), iri(f"{_EU}data-theme/{name}")
    for lang in LANGS:
        for keyword in about.keywords(lang):
            yield iri(DCAT + "keyword"), text(keyword, lang)
    for country in about.coverage.countries:
        yield iri(DCTERMS + "spatial"), iri(country)
    if about.coverage.first and about.coverage.last:
        yield iri(DCTERMS + "temporal"), iri(subject + "#period")
    yield iri(DCTERMS + "accrualPeriodicity"), iri(_IRREGULAR)
    for code in _LANGUAGES:
        yield iri(DCTERMS + "language"), iri(f"{_EU}language/{code}")
    yield iri(DCTERMS + "license"), iri(heading.licence)
    yield iri(DCTERMS + "license"), iri(_LICENCE)
    yield iri(DCTERMS + "accessRights"), iri(_PUBLIC)
    for number, _ in enumerate(release.attribution, 1):
        yield iri(DCTERMS + "rights"), iri(f"{subject}#attribution-{number}")
    yield iri(DCAT + "version"), text(heading.version)
    yield iri(OWL + "versionInfo"), text(heading.version)
    yield from _issued(about)
    if heading.previous:
        before = iri(f"{subject}#version-{heading.previous}")
        yield from ((iri(p), before) for p in (
            DCAT + "previousVersion", DCAT + "prev", OWL + "priorVersion"))
    yield iri(DCTERMS + "conformsTo"), iri(CD.rstrip("#"))
    yield iri(DCTERMS + "conformsTo"), iri(_SHAPES)
    yield iri(DCTERMS + "provenance"), iri(subject + "#provenance")
    for address, _ in about.sources:
        yield iri(PROV + "wasDerivedFrom"), iri(address)
    yield iri(PROV + "wasGeneratedBy"), iri(subject + "#build")
    for file in about.files:
        yield iri(DCAT + "distribution"), iri(about.base + file.name)


def described(about: About) -> Iterator[Description]:
    """Everything that catalogue and data set refer to, but what other modules describe."""
    yield from _people(about)
    yield from _periods_and_rights(about)
    if about.release.heading.publisher.sparql:
        yield _service(about)
    for file in about.files:
        yield from _distribution(about, file)
    yield from _authorities(about)


def _people(about: About) -> Iterator[Description]:
    publisher, subject = about.release.heading.publisher, about.dataset
    homepage = publisher.homepage or about.base
    kind = f"http://purl.org/adms/publishertype/{PUBLISHER_KINDS[publisher.kind]}"
    yield describe(subject + "#publisher", [
        (_TYPE, iri(FOAF + "Agent")),
        *labels(publisher.name_fr, publisher.name_en),
        (iri(FOAF + "name"), text(publisher.name_fr, "fr")),
        (iri(FOAF + "name"), text(publisher.name_en, "en")),
        (iri(DCTERMS + "type"), iri(kind)),
        (iri(FOAF + "homepage"), iri(homepage)),
    ])
    yield _concept(kind, publisher.kind, publisher.kind)
    for page in sorted({homepage, about.base}):
        yield describe(page, [(_TYPE, iri(FOAF + "Document")), *labels(page, page)])
    contact = publisher.contact or homepage
    reach = "hasEmail" if contact.startswith("mailto:") else "hasURL"
    yield describe(subject + "#contact", [
        (_TYPE, iri(VCARD + "Kind")), (_TYPE, iri(VCARD + "Organization")),
        *labels(publisher.name_fr, publisher.name_en),
        (iri(VCARD + "fn"), text(publisher.name_fr, "fr")),
        (iri(VCARD + "fn"), text(publisher.name_en, "en")),
        (iri(VCARD + reach), iri(contact)),
    ])


def _periods_and_rights(about: About) -> Iterator[Description]:
    subject, coverage, release = about.dataset, about.coverage, about.release
    if coverage.first and coverage.last:
        yield describe(subject + "#period", [
            (_TYPE, iri(DCTERMS + "PeriodOfTime")),
            *labels(f"Du {coverage.first} au {coverage.last}",
                    f"{coverage.first} to {coverage.last}"),
            (iri(DCAT + "startDate"), typed(coverage.first, XSD + "date")),
            (iri(DCAT + "endDate"), typed(coverage.last, XSD + "date")),
        ])
    for number, line in enumerate(release.attribution, 1):
        yield describe(f"{subject}#attribution-{number}", [
            (_TYPE, iri(DCTERMS + "RightsStatement")), *labels(line, line)])
    yield describe(subject + "#provenance", [
        (_TYPE, iri(DCTERMS + "ProvenanceStatement")),
        *_label("dataset-provenance", about)])
    if previous := release.heading.previous:
        yield describe(f"{subject}#version-{previous}", [
            (_TYPE, iri(DCAT + "Dataset")), *_label("dataset-title", about),
            *_words(DCTERMS + "title", "dataset-title", about),
            *_words(DCTERMS + "description", "dataset-about", about),
            (iri(DCAT + "version"), text(previous)),
        ])
    for standard, code in ((CD.rstrip("#"), "standard-ontology"), (_SHAPES, "standard-shapes")):
        yield describe(standard, [
            (_TYPE, iri(DCTERMS + "Standard")), *_label(code, about)])


def _service(about: About) -> Description:
    subject = about.dataset
    return describe(subject + "#sparql", [
        (_TYPE, iri(DCAT + "DataService")),
        *_label("service-title", about),
        *_words(DCTERMS + "title", "service-title", about),
        *_words(DCTERMS + "description", "service-about", about),
        (iri(DCAT + "endpointURL"), iri(about.release.heading.publisher.sparql)),
        (iri(DCAT + "servesDataset"), iri(subject)),
        (iri(DCTERMS + "publisher"), iri(subject + "#publisher")),
        (iri(DCAT + "contactPoint"), iri(subject + "#contact")),
        (iri(DCTERMS + "license"), iri(_LICENCE)),
        (iri(DCTERMS + "accessRights"), iri(_PUBLIC)),
        (iri(DCTERMS + "conformsTo"), iri("https://www.w3.org/TR/sparql11-protocol/")),
    ])


def _distribution(about: About, file: ReleasedFile) -> Iterator[Description]:
    subject = about.base + file.name
    checksum = f"{subject}#checksum"
    media_type, packing = plain_media_type(file)
    eu, code = file_words(file)
    said = [
        (_TYPE, iri(DCAT + "Distribution")),
        *labels(file.name, file.name),
        (iri(DCTERMS + "title"), text(file.name)),
        *((iri(DCTERMS + "description"), text(render(code, {}, lang), lang)) for lang in LANGS),
        (iri(DCAT + "downloadURL"), iri(subject)),
        (iri(DCAT + "accessURL"), iri(subject)),
        (iri(DCAT + "mediaType"), iri(_IANA + media_type)),
    ]
    if packing:
        said.append((iri(DCAT + "compressFormat"), iri(_IANA + packing)))
    if eu:
        said.append((iri(DCTERMS + "format"), iri(f"{_EU}file-type/{eu}")))
    said += [
        (iri(DCAT + "byteSize"), typed(str(file.size), XSD + "nonNegativeInteger")),
        (iri(DCTERMS + "license"), iri(_LICENCE)),
        (iri(DCATAP + "availability"), iri(_AVAILABLE)),
        (iri(ADMS + "status"), iri(_COMPLETED)),
        *_issued(about),
        (iri(SPDX + "checksum"), iri(checksum)),
    ]
    yield describe(subject, said)
    yield describe(checksum, [
        (_TYPE, iri(SPDX + "Checksum")),
        (iri(SPDX + "algorithm"), iri(SPDX + "checksumAlgorithm_sha256")),
        (iri(SPDX + "checksumValue"), typed(file.sha256, XSD + "hexBinary")),
    ])


def _authorities(about: About) -> Iterator[Description]:
    """The entries of authority tables that are referred to: what they are, by name."""
    yield describe(_LICENCE, [
        (_TYPE, iri(DCTERMS + "LicenseDocument")),
        *labels("Licence Ouverte / Open Licence 2.0 (Etalab)", "Open Licence 2.0 (Etalab)"),
        (iri(DCTERMS + "type"), iri("http://purl.org/adms/licencetype/Attribution")),
        (iri(SKOS + "exactMatch"), iri(about.release.heading.licence)),
    ])
    yield describe(about.release.heading.licence, [
        (_TYPE, iri(DCTERMS + "LicenseDocument")),
        *labels("Licence Ouverte 2.0 (Etalab), selon SPDX", "Open Licence 2.0 (Etalab), by SPDX")])
    yield _concept("http://purl.org/adms/licencetype/Attribution", "Mention de la source",
                   "Attribution")
    yield _named(_PUBLIC, DCTERMS + "RightsStatement", "public", "public")
    yield _named(_IRREGULAR, DCTERMS + "Frequency", "irrégulier", "irregular")
    yield describe(_EU + "data-theme", [
        (_TYPE, iri(SKOS + "ConceptScheme")), *labels("Thèmes de données", "Data themes"),
        (iri(DCTERMS + "title"), text("Thèmes de données", "fr")),
        (iri(DCTERMS + "title"), text("Data themes", "en"))])
    for name, (fr, en) in _THEMES.items():
        yield _concept(f"{_EU}data-theme/{name}", fr, en)
    for code, (fr, en) in _LANGUAGES.items():
        yield _named(f"{_EU}language/{code}", DCTERMS + "LinguisticSystem", fr, en)
    for country, (fr, en) in about.coverage.countries.items():
        yield _named(country, DCTERMS + "Location", fr, en)
    yield _concept(_AVAILABLE, "disponible", "available")
    yield _concept(_COMPLETED, "achevé", "completed")
    if about.release.heading.publisher.sparql:
        yield _named("https://www.w3.org/TR/sparql11-protocol/", DCTERMS + "Standard",
                     "Protocole SPARQL 1.1", "SPARQL 1.1 Protocol")
    yield _named(SPDX + "checksumAlgorithm_sha256", SPDX + "ChecksumAlgorithm", "SHA-256",
                 "SHA-256")
    media: dict[str, str] = {}
    for file in about.files:
        eu = file_words(file)[0]
        media |= {_IANA + m: DCTERMS + "MediaType" for m in plain_media_type(file) if m}
        media |= {f"{_EU}file-type/{eu}": DCTERMS + "MediaTypeOrExtent"} if eu else {}
    for media_type, kind in media.items():
        name = media_type.removeprefix(_IANA).removeprefix(_EU + "file-type/")
        yield _named(media_type, kind, name, name)


def _named(subject: str, kind: str, fr: str, en: str) -> Description:
    return describe(subject, [(_TYPE, iri(kind)), *labels(fr, en)])


def _concept(subject: str, fr: str, en: str) -> Description:
    return describe(subject, [
        (_TYPE, iri(SKOS + "Concept")), *labels(fr, en),
        (iri(SKOS + "prefLabel"), text(fr, "fr")), (iri(SKOS + "prefLabel"), text(en, "en"))])


def _issued(about: About) -> Iterator[Pair]:
    if issued := about.issued():
        kind = "date" if len(issued) == 10 else "gYearMonth"
        yield iri(DCTERMS + "issued"), typed(issued, XSD + kind)


def _words(predicate: str, code: str, about: About) -> Iterator[Pair]:
    for lang in LANGS:
        yield iri(predicate), text(about.words(code, lang), lang)


def _label(code: str, about: About) -> list[Pair]:
    return labels(about.words(code, "fr"), about.words(code, "en"))
