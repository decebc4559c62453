"""The reconciliation service's part of the OpenAPI document: the shapes of version 0.2."""

from __future__ import annotations

from typing import Any

from coopdec.messages import Lang, render
from coopdec.vocab import CD
from coopdec.web.reconcile.queries import MOST, MOST_SKIPPED
from coopdec.web.reconcile.types import TYPES

__all__ = ["components", "paths"]

Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
#: By its name, prefixed name or IRI; another is refused, none leaves the choice to us.
_TYPE: Json = {"type": "string", "pattern": f"^((cd:|{CD})?({'|'.join(TYPES)}))?$"}


def paths(lang: Lang) -> Json:
    summary = render("api-reconcile", {}, lang)

    def operation(name: str, schema: Json, parameters: list[Json], *errors: int) -> Json:
        return {
            "operationId": name, "tags": ["reconcile"], "summary": summary,
            "parameters": parameters,
            "responses": {"200": {"description": "OK", "content": {
                "application/json": {"schema": schema}}},
                **{str(e): {"$ref": "#/components/responses/Problem"}
                   for e in (*errors, 414, 429)}}}

    batch = {"schema": _ref("ReconciliationBatch"),
             "example": {"q0": {"query": "Lyon", "type": "Commune", "limit": 3}}}
    service = {"anyOf": [_ref("ReconciliationResults"), _ref("ExtensionAnswer")]}
    get = operation("reconcile", _ref("Manifest"), [])
    post = operation("reconcilePost", service, [], 400, 413)
    # The specification's own form (queries= in a form's body) says JSON inside a field, which
    # OpenAPI cannot tell to most of its readers; the same as a JSON object is taken too.
    post["requestBody"] = {"required": True, "content": {"application/json": {
        "schema": {"oneOf": [
            {"type": "object", "required": [name], "additionalProperties": False,
             "properties": {name: _ref(kind)}}
            for name, kind in (("queries", "ReconciliationBatch"), ("extend", "Extension"))]},
        "example": {"queries": batch["example"]}}}}
    prefix = {"name": "prefix", "in": "query", "required": True, "schema": _TEXT,
              "example": "Lyo"}
    cursor = {"name": "cursor", "in": "query", "schema": {
        "type": "integer", "minimum": 0, "maximum": MOST_SKIPPED}}
    # OpenRefine and others send more than the specification has; it is left aside.
    more = {"name": "more", "in": "query", "style": "form", "explode": True,
            "schema": {"type": "object", "additionalProperties": True}}
    type_ = {"name": "type", "in": "query", "schema": {"type": "string", "enum": [*TYPES, ""]}}
    items = {"type": "object", "required": ["result"],
             "properties": {"result": {"type": "array", "items": _ref("Named")}}}
    line = {"type": "object", "required": ["id", "html"], "properties": {
        "id": _TEXT, "html": _TEXT}}
    known_id = {"name": "id", "in": "query", "required": True, "schema": _TEXT,
                "example": "country/ML"}
    preview = operation("reconcilePreview", {}, [known_id], 404)
    preview["responses"]["200"]["content"] = {"text/html": {"schema": _TEXT}}
    view = operation("reconcileView", {}, [known_id], 404)
    del view["responses"]["200"]
    view["responses"]["303"] = {"$ref": "#/components/responses/SeeOther"}
    found: Json = {"/reconcile": {"get": get, "post": post}}
    for what in ("entity", "type", "property"):
        found[f"/reconcile/suggest/{what}"] = {"get": operation(
            f"suggest{what.title()}", items, [prefix, cursor, more, *([type_] if what == "entity"
                                                                      else [])], 400)}
        example = {"entity": "country/ML", "type": "Commune", "property": "iso3"}[what]
        found[f"/reconcile/flyout/{what}"] = {"get": operation(
            f"flyout{what.title()}", line, [{**known_id, "example": example}], 404)}
    found["/reconcile/properties"] = {"get": operation(
        "reconcileProperties", _ref("Proposal"), [type_, {
            "name": "limit", "in": "query",
            "schema": {"type": "integer", "minimum": 0, "maximum": MOST_SKIPPED}}], 400, 404)}
    found["/reconcile/preview"] = {"get": preview}
    found["/reconcile/view"] = {"get": view}
    return found


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def components() -> Json:
    value = {"oneOf": [_TEXT, {"type": "number"}, {"type": "boolean"},
                       {"type": "object", "required": ["id"],
                        "properties": {"id": _TEXT, "name": {}}}]}
    cell = {"type": "object", "properties": {
        "id": _TEXT, "name": _TEXT, "str": _TEXT, "int": {"type": "integer"},
        "float": {"type": "number"}}}
    return {
        "Named": {"type": "object", "required": ["id", "name"], "properties": {
            "id": _TEXT, "name": _TEXT, "description": _TEXT}},
        "Manifest": {
            "type": "object", "required": ["versions", "name", "identifierSpace", "schemaSpace"],
            "properties": {"versions": {"type": "array", "items": _TEXT}, "name": _TEXT,
                           "identifierSpace": _TEXT, "schemaSpace": _TEXT,
                           "batchSize": {"type": "integer"}}},
        "ReconciliationBatch": {
            # More get 413, as the specification has it; an empty one gets an empty answer.
            "type": "object", "description": f"≤ {MOST}",
            "additionalProperties": {
                "type": "object", "required": ["query"], "additionalProperties": False,
                "properties": {
                    "query": {"type": "string", "pattern": "\\S"},
                    "type": {"oneOf": [_TYPE, {"type": "null"}, {"type": "array", "items": {
                        "oneOf": [_TYPE, {"type": "object", "required": ["id"],
                                          "properties": {"id": _TYPE}}]}}]},
                    "limit": {"type": "number", "minimum": 0, "exclusiveMaximum": 10**9},
                    "type_strict": {"type": "string", "enum": ["any", "all", "should"]},
                    "properties": {"type": "array", "items": {
                        "type": "object", "required": ["pid", "v"], "properties": {
                            "pid": _TEXT,
                            "v": {"oneOf": [value, {"type": "array", "items": value}]}}}}}}},
        "ReconciliationResults": {"type": "object", "additionalProperties": {
            "type": "object", "required": ["result"], "properties": {"result": {
                "type": "array", "items": {
                    "type": "object", "required": ["id", "name", "score", "match"],
                    "properties": {
                        "id": _TEXT, "name": _TEXT, "description": _TEXT,
                        "score": {"type": "number", "minimum": 0, "maximum": 100},
                        "match": {"type": "boolean"},
                        "type": {"type": "array", "items": _ref("Named")},
                        "features": {"type": "array", "items": {
                            "type": "object", "required": ["id", "value"], "properties": {
                                "id": _TEXT,
                                "value": {"type": ["number", "boolean"]}}}}}}}}}},
        "Extension": {
            "type": "object", "required": ["ids", "properties"], "properties": {
                "ids": {"type": "array", "items": _TEXT, "maxItems": 1000},
                "properties": {"type": "array", "maxItems": 30, "items": {
                    "type": "object", "required": ["id"],
                    "properties": {"id": _TEXT, "settings": {"type": ["object", "null"]}}}}}},
        "ExtensionAnswer": {"type": "object", "required": ["meta", "rows"], "properties": {
            "meta": {"type": "array", "items": _ref("Named")},
            "rows": {"type": "object", "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": cell}}}}},
        "Proposal": {"type": "object", "required": ["properties"], "properties": {
            "properties": {"type": "array", "items": _ref("Named")},
            "type": _TEXT, "limit": {"type": "integer"}}},
    }
