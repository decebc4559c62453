"""``catalog.jsonld``: the data set for search engines, in schema.org's words
(https://schema.org/Dataset; what Google's data set search reads)."""

from __future__ import annotations

from typing import Any

from coopdec.catalogue.about import About, plain_media_type
from coopdec.formats._columns import COLUMNS
from coopdec.vocab import SCHEMA_CONTEXT

__all__ = ["schema_org"]


def schema_org(about: About) -> dict[str, Any]:
    """As JSON-LD; nothing in it needs the network to read."""
    heading, coverage = about.release.heading, about.coverage
    publisher = heading.publisher
    organisation = {
        "@type": "Organization", "@id": about.dataset + "#publisher",
        "name": publisher.name_fr, "alternateName": publisher.name_en,
        "url": publisher.homepage or about.base,
    }
    if publisher.contact.startswith("mailto:"):
        organisation["email"] = publisher.contact.removeprefix("mailto:")
    found: dict[str, Any] = {
        "@context": SCHEMA_CONTEXT,
        "@type": "Dataset",
        "@id": about.dataset,
        "name": about.words("dataset-title", "fr"),
        "alternateName": about.words("dataset-title", "en"),
        "description": about.words("dataset-about", "fr") + "\n\n"
                       + about.words("dataset-about", "en"),
        "url": about.base,
        "identifier": about.dataset,
        "sameAs": about.dataset,
        "version": heading.version,
        "license": heading.licence,
        "isAccessibleForFree": True,
        "inLanguage": ["fr", "en"],
        "keywords": [*about.keywords("fr"), *about.keywords("en")],
        "creator": organisation,
        "publisher": {"@id": organisation["@id"]},
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": about.base + "catalog",
                                  "name": about.words("catalogue-title", "fr")},
        "spatialCoverage": [{"@type": "Country", "@id": country, "name": fr,
                             "alternateName": en}
                            for country, (fr, en) in coverage.countries.items()],
        "isBasedOn": [
            {"@type": "CreativeWork", "@id": address,
             "name": s.title or s.name, **({"url": s.url} if s.url else {}),
             **({"datePublished": s.issued.isoformat()} if s.issued else {}),
             **({"publisher": {"@type": "Organization", "name": s.publisher}}
                if s.publisher else {})}
            for address, s in about.sources],
        "variableMeasured": [{"@type": "PropertyValue", "name": c.name, "description": c.fr}
                             for c in COLUMNS],
        "distribution": [
            {"@type": "DataDownload", "@id": about.base + f.name, "name": f.name,
             "contentUrl": about.base + f.name, "encodingFormat": plain_media_type(f)[0],
             "contentSize": f"{f.size} B", "sha256": f.sha256}
            for f in about.files],
    }
    if coverage.first and coverage.last:
        found["temporalCoverage"] = f"{coverage.first}/{coverage.last}"
    if issued := about.issued():
        found["datePublished"] = issued
    return found
