"""The OpenAPI 3.1 document of the server, made from the named queries and the routes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coopdec import __version__
from coopdec.dataset import NamedQuery, Parameter, queries
from coopdec.dataset.serial import RESULTS
from coopdec.dataset.tokens import services as asked_services
from coopdec.goals import goals, targets
from coopdec.media import GRAPHS
from coopdec.messages import LANGS, Lang, render
from coopdec.reference import gazetteer
from coopdec.web.api.asked import FORMS
from coopdec.web.api.openapi_reconcile import components as reconcile_components
from coopdec.web.api.openapi_reconcile import paths as reconcile_paths
from coopdec.web.services import Services

__all__ = ["document"]

Json = dict[str, Any]


def document(services: Services, host: str, lang: Lang) -> Json:
    """``host``: the address of the site, ends in ``/``. Queries that ask other servers are
    left out unless this server lets them."""
    allowed = services.pool.terms.services
    shown = [q for q in queries().values() if all(s in allowed for s in asked_services(q.sparql))]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": render("reconcile-service", {}, lang), "version": __version__,
            "summary": render("api-title", {}, lang),
            "description": render("api-about", {}, lang).rpartition(". ")[0] + ".",
            "license": {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"}},
        "servers": [{"url": host.rstrip("/")}],
        "tags": [{"name": "queries", "description": render("api-queries-about", {}, lang)},
                 {"name": "sparql", "description": render("api-sparql-about", {}, lang)},
                 {"name": "reconcile", "description": render("api-reconcile-about", {}, lang)},
                 {"name": "data", "description": render("api-linked-data-about", {}, lang)}],
        "paths": {
            "/api/queries": {"get": _list(lang)},
            **{f"/api/queries/{q.name}": {"get": _query(q, lang)} for q in shown},
            "/sparql": _sparql(lang),
            **reconcile_paths(lang),
            **_data(lang)},
        "components": {"schemas": _SCHEMAS | reconcile_components(),
                       "responses": _RESPONSES, "parameters": _parameters(lang)},
    }


def _list(lang: Lang) -> Json:
    return {"operationId": "queries", "tags": ["queries"],
            "summary": render("api-queries", {}, lang),
            "responses": {"200": _json("#/components/schemas/Queries"), "303": _see(),
                          **_errors(406)}}


def _query(query: NamedQuery, lang: Lang) -> Json:
    own = [{
        "name": p.name, "in": "query", "required": p.required, "description": p.help[lang],
        "schema": _schema(p), "example": _example(p)} for p in query.parameters]
    shared = [{"$ref": f"#/components/parameters/{n}"} for n in ("lang", "limit", "offset")]
    rows = {media: {"schema": {"type": "string"}} for media in FORMS.values()
            if media != "text/html"}
    rows |= {FORMS["json"]: {"schema": {"$ref": "#/components/schemas/Answer"}},
             FORMS["srj"]: {"schema": {"$ref": "#/components/schemas/Results"}}}
    return {"operationId": query.name, "tags": ["queries"], "summary": query.title[lang],
            "description": query.description[lang], "parameters": [*own, *shared],
            "responses": {"200": {"description": "OK", "content": rows}, "303": _see(),
                          **_errors(400, 404, 406, 503)}}


def _schema(parameter: Parameter) -> Json:
    """What a value must be. Beside the codes listed here, people may write names (« Mali »,
    « PACA », « ODD 6 »): the description says so."""
    text = {"type": "string", "minLength": 1}
    whole = 10**18 - 1
    kinds: Mapping[str, Json] = {
        "integer": {"type": "integer", "minimum": -whole, "maximum": whole},
        "decimal": {"type": "number", "exclusiveMinimum": -1e18,
                    "exclusiveMaximum": 1e18},
        "date": {"type": "string", "format": "date"},
        "code": {"type": "string", "pattern": "^[A-Za-z0-9-]{1,20}$"},
        "iri": {"type": "string",
                "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20<>\"{}|^`\\\\\\x7f]+$"},
    }
    found: Json = dict(kinds.get(parameter.type, text))
    if parameter.choices:
        found = {"type": "string", "enum": list(parameter.choices)}
    elif parameter.type == "country":
        found = {"type": "string", "enum": [c.ids["iso2"] for c in gazetteer().countries()]}
    elif parameter.type == "region":
        found = {"type": "string", "enum": _regions()}
    elif parameter.type == "theme":
        found = {"type": "string", "enum": [*map(str, goals()), *targets()]}
    if parameter.default is not None:
        found["default"] = _typed(parameter, parameter.default)
    return found


def _example(parameter: Parameter) -> Any:
    if parameter.type == "country":
        found = gazetteer().country(parameter.example)
        return found.ids["iso2"] if found else "ML"
    if parameter.type == "region":
        region = gazetteer().french_region(parameter.example)
        return region.ids["insee"] if region else "84"
    if parameter.type == "theme":
        return "6"
    return _typed(parameter, parameter.example)


def _typed(parameter: Parameter, value: str) -> Any:
    convert = {"integer": int, "decimal": float}.get(parameter.type, str)
    return convert(value)


def _regions() -> list[str]:
    keys = (f"region/{n:02}" for n in range(1, 100))
    return [r.ids["insee"] for k in keys
            if (r := gazetteer().entity(k)) is not None and r.until is None]


def _sparql(lang: Lang) -> Json:
    summary = render("api-sparql-about", {}, lang)
    medias = [*RESULTS.values(), *GRAPHS.values()]
    responses = {"200": {"description": "OK", "content": {
        m: {"schema": {} if m.endswith("json") else {"type": "string"}} for m in medias}},
        **_errors(400, 403, 406, 413, 415, 503)}
    how = render("api-sparql-how", {}, lang)
    protocol = {"url": "https://www.w3.org/TR/sparql11-protocol/"}
    # No JSON Schema can say what a SPARQL query is: what is listed is taken for certain, and
    # the description says that any query is.
    samples = [q.sparql for q in queries().values() if not q.parameters
               and not asked_services(q.sparql) and "$lang" not in q.sparql]
    body = {"type": "object", "required": ["query"], "properties": {
        "query": {"type": "string", "description": how, "enum": samples}}}
    return {
        "get": {"operationId": "sparql", "tags": ["sparql"], "summary": summary,
                "description": how, "externalDocs": protocol, "responses": responses},
        "post": {"operationId": "sparqlPost", "tags": ["sparql"], "summary": summary,
                 "description": how, "externalDocs": protocol, "responses": responses,
                 "requestBody": {"required": True, "content": {
                     "application/x-www-form-urlencoded": {
                         "schema": body, "example": {"query": samples[0]}}}}}}


def _data(lang: Lang) -> Json:
    content = {m: {"schema": {} if m.endswith("json") else {"type": "string"}}
               for m in GRAPHS.values()}
    found: Json = {}
    for path, names in (("/country/{iso2}", ("iso2",)),
                        ("/collectivity/{level}/{code}", ("level", "code")),
                        ("/project/{scheme}/{id}", ("scheme", "id"))):
        for suffix, responses in (
                ("", {"303": _see()}),
                (".ttl", {"200": {"description": "OK", "content": {
                    "text/turtle": content["text/turtle"]}}}),
                (".jsonld", {"200": {"description": "OK", "content": {
                    "application/ld+json": content["application/ld+json"]}}})):
            found[path + suffix] = {"get": {
                "operationId": "data" + path.split("/")[1].title() + suffix.removeprefix(".")
                .title(),
                "tags": ["data"], "summary": render("api-linked-data-about", {}, lang),
                "parameters": [{"name": n, "in": "path", "required": True,
                                "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{1,60}$"},
                                "example": _EXAMPLES[n]} for n in names],
                "responses": {**responses, **_errors(404, 406, 410)}}}
    return found


_EXAMPLES = {"iso2": "ML", "level": "region", "code": "84", "scheme": "generaliste-2020-2021",
             "id": "0d5330e7a891fc7d"}


def _json(schema: str) -> Json:
    return {"description": "OK", "content": {"application/json": {"schema": {"$ref": schema}}}}


def _see() -> Json:
    return {"$ref": "#/components/responses/SeeOther"}


def _errors(*statuses: int) -> Json:
    return {str(s): {"$ref": "#/components/responses/Problem"} for s in (*statuses, 414, 429)}


def _parameters(lang: Lang) -> Json:
    number = {"type": "integer", "maximum": 100_000}
    return {
        "lang": {"name": "lang", "in": "query", "schema": {"type": "string", "enum": list(LANGS)},
                 "description": render("api-lang-about", {}, lang)},
        "limit": {"name": "limit", "in": "query", "schema": {**number, "minimum": 1},
                  "description": render("api-limit-about", {}, lang)},
        "offset": {"name": "offset", "in": "query", "schema": {**number, "minimum": 0},
                   "description": render("api-limit-about", {}, lang)}}


_BOTH = {"type": "object", "required": ["fr", "en"],
         "properties": {"fr": {"type": "string"}, "en": {"type": "string"}}}
_RESPONSES: Json = {
    "SeeOther": {"description": "See other", "headers": {
        "Location": {"required": True, "schema": {"type": "string"}}}},
    "Problem": {"description": "RFC 9457 problem details", "content": {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
        "text/html": {"schema": {"type": "string"}}}}}
_SCHEMAS: Json = {
    "Problem": {
        "type": "object", "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"}, "title": {"type": "string"},
            "status": {"type": "integer"}, "detail": {"type": "string"},
            "code": {"type": "string"}, "problems": {"type": "array"},
            "suggestions": {"type": "array", "items": {"type": "string"}}}},
    "Queries": {
        "type": "object", "required": ["queries"], "properties": {"queries": {
            "type": "array", "items": {
                "type": "object",
                "required": ["name", "title", "description", "parameters", "url"],
                "properties": {
                    "name": {"type": "string"}, "title": _BOTH, "description": _BOTH,
                    "federated": {"type": "boolean"}, "url": {"type": "string"},
                    "parameters": {"type": "array", "items": {
                        "type": "object", "required": ["name", "type", "required", "help"],
                        "properties": {"name": {"type": "string"}, "type": {"type": "string"},
                                       "required": {"type": "boolean"}, "help": _BOTH}}}}}}}},
    "Value": {"oneOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "object", "required": ["iri", "label"], "additionalProperties": False,
         "properties": {"iri": {"type": "string"}, "label": {"type": "string"}}}]},
    "Answer": {
        "type": "object",
        "required": ["query", "title", "parameters", "count", "offset", "limit", "cut", "next",
                     "columns", "rows"],
        "properties": {
            "query": {"type": "string"}, "title": {"type": "string"},
            "lang": {"enum": list(LANGS)},
            "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
            "count": {"type": "integer"}, "offset": {"type": "integer"},
            "limit": {"type": ["integer", "null"]}, "cut": {"type": "boolean"},
            "next": {"type": ["string", "null"]},
            "columns": {"type": "array", "items": {
                "type": "object", "required": ["name", "title"],
                "properties": {"name": {"type": "string"}, "title": {"type": "string"}}}},
            "rows": {"type": "array", "items": {
                "type": "object",
                "additionalProperties": {"$ref": "#/components/schemas/Value"}}}}},
    "Results": {"type": "object", "required": ["head", "results"]},
}
