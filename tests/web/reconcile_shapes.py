"""The JSON shapes of the Reconciliation Service API 0.2, in words of our own: what its
specification (§2 to §7) says that answers hold, as strict JSON Schemas."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "minLength": 1}


def obj(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """An object with these members and no others."""
    return {"type": "object", "required": list(required), "additionalProperties": False,
            "properties": {**required, **(optional or {})}}


def many(of: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": of, **more}


BARE_TYPE = obj({"id": TEXT, "name": TEXT})
TYPE = obj({"id": TEXT, "name": TEXT}, {
    "description": {"type": "string"}, "broader": many(BARE_TYPE)})
TEMPLATE: Schema = {"type": "string", "pattern": r"\{\{id\}\}"}
SUGGEST = obj({"service_url": TEXT, "service_path": {"type": "string", "pattern": "^/"}}, {
    "flyout_service_url": TEXT, "flyout_service_path": {"type": "string",
                                                        "pattern": r"\$\{id\}"}})
SETTING: Schema = {"oneOf": [
    obj({"type": {"const": "number"}, "label": TEXT, "name": TEXT},
        {"default": {"type": "number"}, "help_text": TEXT}),
    obj({"type": {"const": "select"}, "label": TEXT, "name": TEXT,
         "choices": many(obj({"value": TEXT, "name": TEXT}), minItems=1)},
        {"default": TEXT, "help_text": TEXT})]}
MANIFEST = obj(
    {"versions": many(TEXT, contains={"const": "0.2"}, uniqueItems=True), "name": TEXT,
     "identifierSpace": {"type": "string", "pattern": "^https?://"},
     "schemaSpace": {"type": "string", "pattern": "^https?://"}},
    {"documentation": TEXT, "serviceVersion": TEXT, "logo": TEXT,
     "defaultTypes": many(TYPE, uniqueItems=True), "view": obj({"url": TEMPLATE}),
     "feature_view": obj({"url": TEMPLATE}), "batchSize": {"type": "integer", "minimum": 1},
     "preview": obj({"url": TEMPLATE, "width": {"type": "integer"},
                     "height": {"type": "integer"}}),
     "suggest": obj({}, {"entity": SUGGEST, "property": SUGGEST, "type": SUGGEST}),
     "extend": obj({}, {
         "propose_properties": obj({"service_url": TEXT, "service_path": TEXT}),
         "property_settings": many(SETTING)})})
CANDIDATE = obj(
    {"id": TEXT, "name": TEXT, "score": {"type": "number", "minimum": 0, "maximum": 100}},
    {"description": {"type": "string"}, "match": {"type": "boolean"}, "type": many(BARE_TYPE),
     "features": many(obj({"id": TEXT, "value": {"type": ["boolean", "number"]}}))})
RESULTS: Schema = {"type": "object", "additionalProperties": obj({"result": many(CANDIDATE)})}
ENTITIES = obj({"result": many(obj({"id": TEXT, "name": TEXT}, {
    "description": {"type": "string"}, "notable": many(BARE_TYPE)}))})
PROPERTIES = obj({"result": many(obj({"id": TEXT, "name": TEXT}, {"description": TEXT}))})
TYPES = obj({"result": many(TYPE)})
PROPOSAL = obj({"properties": many(BARE_TYPE)}, {"type": TEXT, "limit": {"type": "number"}})
CELL: Schema = {"oneOf": [
    obj({}), obj({"id": TEXT, "name": TEXT}, {"description": TEXT}), obj({"str": {
        "type": "string"}}), obj({"float": {"type": "number"}}),
    obj({"int": {"type": "integer"}})]}
EXTENSION = obj({
    "meta": many(obj({"id": TEXT, "name": TEXT}, {
        "type": BARE_TYPE, "service": {"type": "string", "pattern": "^https?://"}})),
    "rows": {"type": "object", "additionalProperties": {
        "type": "object", "additionalProperties": many(CELL, minItems=1)}}})
FLYOUT = obj({"id": TEXT, "html": TEXT})


def conforms(said: Any, schema: Schema) -> None:
    wrong = [f"{list(e.path)}: {e.message[:200]}" for e in
             Draft202012Validator(schema).iter_errors(said)]
    assert not wrong
