"""JSON-LD 1.1, one project after the other with its rows and themes inside it.

The context is ours and stands in the file, so that it is read with no network. Streams:
an N-Triples literal's quoted part is a JSON string as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from coopdec.formats import BlockFormat, Entry, Heading
from coopdec.model import Description
from coopdec.vocab import (
    CD,
    CLASSES,
    DCTERMS,
    GEO,
    OWL,
    PREFIXES,
    PROPERTIES,
    PROV,
    RDF,
    RDFS,
    SKOS,
    SSSOM,
    WGS84,
)

__all__ = ["FORMAT", "context"]

_IRI = {"@type": "@id"}
_BY_LANGUAGE = {"@container": "@language"}
_FRENCH = {"@language": "fr"}
#: Terms of other vocabularies, by the key that people read.
_OTHERS: dict[str, tuple[str, Mapping[str, str]]] = {
    "label": (RDFS + "label", _BY_LANGUAGE),
    "title": (DCTERMS + "title", _FRENCH),
    "identifier": (DCTERMS + "identifier", {}),
    "description": (DCTERMS + "description", _BY_LANGUAGE),
    "publisher": (DCTERMS + "publisher", _FRENCH),
    "issued": (DCTERMS + "issued", {"@type": "xsd:date"}),
    "license": (DCTERMS + "license", _IRI),
    "source": (DCTERMS + "source", _IRI),
    "isPartOf": (DCTERMS + "isPartOf", _IRI),
    "isReplacedBy": (DCTERMS + "isReplacedBy", _IRI),
    "wasDerivedFrom": (PROV + "wasDerivedFrom", _IRI),
    "invalidatedAtTime": (PROV + "invalidatedAtTime", {"@type": "xsd:dateTime"}),
    "sameAs": (OWL + "sameAs", _IRI),
    "prefLabel": (SKOS + "prefLabel", _BY_LANGUAGE),
    "altLabel": (SKOS + "altLabel", _BY_LANGUAGE),
    "notation": (SKOS + "notation", {}),
    "broader": (SKOS + "broader", _IRI),
    "exactMatch": (SKOS + "exactMatch", _IRI),
    "closeMatch": (SKOS + "closeMatch", _IRI),
    "lat": (WGS84 + "lat", {"@type": "xsd:decimal"}),
    "long": (WGS84 + "long", {"@type": "xsd:decimal"}),
    "hasGeometry": (GEO + "hasGeometry", _IRI),
    "asWKT": (GEO + "asWKT", {"@type": "geo:wktLiteral"}),
    "subjectId": (SSSOM + "subject_id", _IRI),
    "predicateId": (SSSOM + "predicate_id", _IRI),
    "objectId": (SSSOM + "object_id", _IRI),
    "mappingJustification": (SSSOM + "mapping_justification", _IRI),
    "mappingConfidence": (SSSOM + "confidence", {"@type": "xsd:decimal"}),
    "comment": (SSSOM + "comment", _BY_LANGUAGE),
}
_INTEGER, _DECIMAL, _DATE = ({"@type": f"xsd:{name}"} for name in ("integer", "decimal", "date"))
_OURS: dict[str, Mapping[str, str]] = {
    **dict.fromkeys(("lead", "partner", "partnerCountry", "region", "theme", "themeAssignment",
                     "session", "call", "country", "within", "goal", "target", "grant",
                     "totalCost", "status", "coFunder", "operator"), _IRI),
    **dict.fromkeys(("line", "lastLine", "page", "regionCellLine", "declaredProjects",
                     "sessionNumber", "evidenceStart"), _INTEGER),
    **dict.fromkeys(("confidence", "value"), _DECIMAL),
    # Coarser dates (a year, a month) say their type themselves.
    **dict.fromkeys(("startDate", "endDate"), _DATE),
    "duration": {"@type": "xsd:duration"},
    "year": {"@type": "xsd:gYear"},
    "noThemeStated": {"@type": "xsd:boolean"},
    "evidence": _FRENCH,
    "printedType": _FRENCH,
}


@lru_cache(maxsize=1)
def context() -> dict[str, Any]:
    """The context, without a base."""
    found: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type", **PREFIXES}
    found |= {name: CD + name for name in sorted(CLASSES)}
    found |= {name: {"@id": CD + name, **_OURS.get(name, {})} for name in sorted(PROPERTIES)}
    found |= {name: {"@id": iri, **how} for name, (iri, how) in _OTHERS.items()}
    return found


@lru_cache(maxsize=1)
def _keys() -> dict[str, tuple[str, Mapping[str, str]]]:
    """Encoded predicate → key and coercion."""
    keys: dict[str, tuple[str, Mapping[str, str]]] = {
        f"<{CD}{name}>": (name, _OURS.get(name, {})) for name in PROPERTIES}
    return keys | {f"<{iri}>": (name, how) for name, (iri, how) in _OTHERS.items()}


_TYPE = f"<{RDF}type>"
_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda p: -len(p[1]))


def _compact(iri: str, base: str) -> str:
    """An IRI as ``@id`` values hold it: relative under the base, under a prefix, or whole."""
    if iri.startswith(base) and iri != base:
        path = iri[len(base) :]
        if ":" not in path.partition("/")[0]:
            return path
    return _prefixed(iri)


@lru_cache(maxsize=1 << 14)
def _prefixed(iri: str) -> str:
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            if local and not local.startswith("//"):
                return f"{prefix}:{local}"
    return iri


@lru_cache(maxsize=1 << 10)
def _key(predicate: str, base: str) -> tuple[str, Mapping[str, str]]:
    """The key of an encoded predicate, and its coercion."""
    return _keys().get(predicate) or (_compact(predicate[1:-1], base), {})


@lru_cache(maxsize=1 << 12)
def _marks(predicate: str, tail: str, base: str) -> tuple[str, str, Mapping[str, str] | None]:
    """For a literal that ends in ``tail`` (``@fr``, ``^^<…>`` or nothing): its key; the
    language it stands under in a language map; what marks it where the coercion does not."""
    key, how = _key(predicate, base)
    language = tail[1:] if tail.startswith("@") else None
    datatype = tail[3:-1] if tail.startswith("^^") else None
    if how is _BY_LANGUAGE and language:
        return key, language, None
    if language != how.get("@language") or _expanded(how.get("@type")) != datatype:
        marks = {"@language": language, "@type": datatype}
        return key, "", {k: v for k, v in marks.items() if v}
    return key, "", None


def _node(description: Description, base: str) -> dict[str, Any]:
    node: dict[str, Any] = {"id": _compact(description.subject[1:-1], base)}
    for predicate, encoded in description.statements:
        if encoded[0] == "<":
            iri = encoded[1:-1]
            if predicate == _TYPE:
                name = iri.removeprefix(CD)
                _add(node, "type", name if name in CLASSES else _compact(iri, base))
            else:
                key, how = _key(predicate, base)
                short = _compact(iri, base)
                _add(node, key, short if how is _IRI else {"id": short})
            continue
        end = encoded.rindex('"')
        value: Any = encoded[1:end]
        if "\\" in value:  # the quoted part of an N-Triples literal is a JSON string
            value = json.loads(encoded[: end + 1])
        key, language, marks = _marks(predicate, encoded[end + 1 :], base)
        if language:
            _add(node.setdefault(key, {}), language, value)
        else:
            _add(node, key, value if marks is None else {"@value": value, **marks})
    return node


def _expanded(name: str | None) -> str | None:
    if name is None or ":" not in name:
        return None
    prefix, local = name.split(":", 1)
    return PREFIXES[prefix] + local


def _add(node: dict[str, Any], key: str, value: Any) -> None:
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
#: Where the parts of a project stand inside it, by the key that points to them.
_INSIDE = ("themeAssignment", "wasDerivedFrom", "grant", "totalCost", "hasGeometry")


def _block(entry: Entry, heading: Heading) -> bytes:
    nodes = [_node(d, heading.base) for d in entry.descriptions]
    by_id = {n["id"]: n for n in nodes[1:]}
    main = nodes[0]
    for key in _INSIDE:
        if key in main:
            ids = main[key] if isinstance(main[key], list) else [main[key]]
            found = [by_id.pop(i, i) for i in ids]
            main[key] = found if isinstance(main[key], list) else found[0]
    rest = [main, *by_id.values()]
    # One node a line: a change shows as one line, and the encoder is the fast one.
    return ",\n".join(map(_encode, rest)).encode()


def _head(heading: Heading) -> str:
    own = {"@base": heading.base, **context()}
    return ('{"@context": ' + json.dumps(own, ensure_ascii=False, indent=1)
            + ',\n"@graph": [\n')


FORMAT = BlockFormat("jsonld", ".jsonld", "application/ld+json", block=_block, head=_head,
                     foot="\n]}\n", separator=",\n")
