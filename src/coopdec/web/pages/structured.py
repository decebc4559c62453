"""JSON-LD in the page: schema.org for search engines, our own terms beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from coopdec.messages import Lang
from coopdec.vocab import CD, SCHEMA_CONTEXT
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.models import Crumb, Entity
from coopdec.web.pages.resource import Resource

__all__ = ["about_resource", "as_script", "breadcrumbs", "dataset"]

_CONTEXT: dict[str, Any] = {**SCHEMA_CONTEXT, "cd": CD}
_TYPES = {"project": "Project", "country": "Country", "territory": "AdministrativeArea",
          "institution": "GovernmentOrganization", "goal": "DefinedTerm", "target": "DefinedTerm",
          "call": "FundingScheme", "session": "Event", "source": "DigitalDocument",
          "organisation": "Organization", "collectivity": "GovernmentOrganization"}


def as_script(data: dict[str, Any]) -> str:
    """JSON that is safe inside ``<script>``: no ``<``, ``>`` or ``&`` stands in it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def about_resource(resource: Resource, addresses: Addresses, page: str,
                   lang: Lang) -> dict[str, Any]:
    """A resource as schema.org knows such things, typed with our class as well."""
    entity = resource.entity
    types = [_TYPES.get(entity.kind, "Thing")]
    if entity.type and entity.kind not in ("goal", "target", "document"):
        types.append(f"cd:{entity.type}")
    made: dict[str, Any] = {
        "@context": _CONTEXT, "@id": resource.iri, "@type": types, "url": page,
        "name": [{"@value": text, "@language": tag} if tag else text
                 for tag, text in sorted(entity.labels.items())]}
    if entity.code and entity.kind != "source":
        made["identifier"] = entity.code
    if entity.at is not None:
        made["location" if "Organization" in types[0] or types[0] == "Project" else "geo"] = (
            _where(entity, "Organization" in types[0] or types[0] == "Project"))
    same = [one.target for one in resource.links if one.exact]
    if same:
        made["sameAs"] = same
    if entity.kind == "project":
        made |= _project(resource, addresses, lang)
    return made


def _where(entity: Entity, wrapped: bool) -> dict[str, Any]:
    assert entity.at is not None
    point = {"@type": "GeoCoordinates", "latitude": entity.at[0], "longitude": entity.at[1]}
    return {"@type": "Place", "geo": point} if wrapped else point


def _project(resource: Resource, addresses: Addresses, lang: Lang) -> dict[str, Any]:
    def named(*predicates: str) -> list[dict[str, str]]:
        return [{"@id": term.text} for p in predicates for term in resource.said.get(CD + p, ())
                if term.iri]

    found: dict[str, Any] = {}
    for key, values in (("member", named("lead", "partner")),
                        ("areaServed", named("partnerCountry")), ("knowsAbout", named("theme")),
                        ("cd:lead", named("lead")), ("cd:partner", named("partner")),
                        ("subjectOf", [{"@id": addresses.iri_of(p.document.path)}
                                       for p in resource.printed if p.document])):
        if values:
            found[key] = values
    return found


def breadcrumbs(crumbs: Iterable[Crumb], address: Any) -> dict[str, Any]:
    """https://schema.org/BreadcrumbList"""
    items = [{"@type": "ListItem", "position": n, "name": c.label,
              **({"item": address(c.path)} if c.path is not None else {})}
             for n, c in enumerate(crumbs, 1)]
    return {"@context": SCHEMA_CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def dataset(base: str, name: str, description: str, version: str, licence: str,
            files: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """https://schema.org/Dataset; ``files``: address, media type, size in bytes."""
    return {
        "@context": SCHEMA_CONTEXT, "@type": "Dataset", "@id": base + "dataset",
        "name": name, "description": description, "license": licence, "isAccessibleForFree": True,
        "inLanguage": ["fr", "en"], "spatialCoverage": "World",
        **({"version": version} if version else {}),
        "distribution": [{"@type": "DataDownload", "contentUrl": url, "encodingFormat": media,
                          "contentSize": size} for url, media, size in files]}
