"""Data extension: values of properties for identifiers that a table was matched to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol
from urllib.parse import unquote

from coopdec.batches import batched
from coopdec.dataset.binding import encode_iri
from coopdec.dataset.results import Rows
from coopdec.errors import UsageError
from coopdec.messages import Lang
from coopdec.vocab import WIKIDATA_ENTITY
from coopdec.web.reconcile.entities import Known, in_reference, of_reference
from coopdec.web.reconcile.own import Own
from coopdec.web.reconcile.properties import PROPERTIES, WIKIDATA, Property
from coopdec.web.reconcile.queries import Extension
from coopdec.web.reconcile.types import as_json

__all__ = ["Asks", "extended", "look_up"]

#: Entities in one SPARQL query: well under every endpoint's limit on its length.
_AT_ONCE = 200


class Asks(Protocol):
    """SPARQL JSON of a SELECT."""

    async def results(self, sparql: str, *, limit: int | None = None) -> bytes: ...


def look_up(path: str, own: Own) -> Known | None:
    """What an identifier stands for: in our data, or in the reference alone."""
    found = own.get(path) or own.get(unquote(path))
    if found is not None:
        return found
    entity = in_reference(unquote(path), own.places)
    return of_reference(entity) if entity is not None else None


async def extended(asked: Extension, own: Own, asks: Asks, base: str, lang: Lang
                   ) -> dict[str, Any]:
    """The answer of the data extension service; an identifier or property that nobody
    knows has empty cells."""
    known = {i: look_up(i.removeprefix(base), own) for i in asked.ids}
    rows: dict[str, dict[str, list[Any]]] = {i: {} for i in asked.ids}
    for pid, settings in asked.properties:
        one = PROPERTIES.get(pid)
        from_data = await _from_data(one, known, asks, base, lang) if one and one.path else {}
        for given, found in known.items():
            cells: list[Any] = []
            if one is not None and found is not None and found.type in one.types:
                cells = list(one.values(found, own.places, lang)) if one.values else []
                cells = from_data.get(base + found.id, []) or cells
                if pid == "iri":
                    cells = [{"str": base + found.id}]
            rows[given][pid] = _shown(cells, settings, base) or [{}]
    return {"meta": [_meta(PROPERTIES.get(pid), pid, lang) for pid, _ in asked.properties],
            "rows": rows}


def _meta(one: Property | None, pid: str, lang: Lang) -> dict[str, Any]:
    if one is None:
        return {"id": pid, "name": pid}
    found: dict[str, Any] = {"id": pid, "name": one.name(lang)}
    if one.entity is not None:
        found["type"] = as_json(one.entity, lang, broader=False)
    if one.service:
        found["service"] = WIKIDATA[lang]
    return found


def _shown(cells: Sequence[Mapping[str, Any]], settings: Mapping[str, str], base: str
           ) -> list[Mapping[str, Any]]:
    limit = settings.get("limit", "")
    number = int(float(limit)) if limit.replace(".", "", 1).isdecimal() and limit.isascii() else 0
    content = settings.get("content", "")
    return [_as(content, c, base) for c in list(cells)[: number or None]]


def _as(content: str, cell: Mapping[str, Any], base: str) -> Mapping[str, Any]:
    """A value in the form that the settings wish. What stands under another base (a goal of
    the UN's) is text unless its IRI or identifier is wished for."""
    if "outside" in cell:
        iri = str(cell["outside"])
        return {"str": {"iri": iri, "id": iri.rpartition("/")[2]}.get(content, cell["str"])}
    if "id" not in cell or content not in ("id", "name", "iri"):
        return cell
    if content != "iri":
        return {"str": str(cell[content])}
    return {"str": (base if "/" in cell["id"] else WIKIDATA_ENTITY) + cell["id"]}


async def _from_data(one: Property, known: Mapping[str, Known | None], asks: Asks, base: str,
                     lang: Lang) -> dict[str, list[Any]]:
    """Cells by IRI, as the data hold them."""
    iris = [base + k.id for k in known.values()
            if k is not None and k.type in one.types
            and (k.projects is not None or k.type == "Project")]
    found: dict[str, list[Any]] = {}
    for some in batched(_safe(dict.fromkeys(iris)), _AT_ONCE):
        answer = await asks.results(
            f"SELECT DISTINCT ?e ?v ?label WHERE {{ VALUES ?e {{ {' '.join(some)} }}"
            f" {{ {one.path} }} OPTIONAL {{ ?v rdfs:label ?fr FILTER(LANG(?fr) = \"fr\") }}"
            f" OPTIONAL {{ ?v rdfs:label ?own FILTER(LANG(?own) = \"{lang}\") }}"
            " BIND(COALESCE(?own, ?fr) AS ?label) } ORDER BY ?e ?v")
        for term in Rows.from_json(answer).terms:
            found.setdefault(str(term["e"]["value"]), []).append(_cell(term, base))
    return found


def _cell(term: Mapping[str, Any], base: str) -> dict[str, Any]:
    value = str(term["v"]["value"])
    label = str(term["label"]["value"]) if "label" in term else ""
    if term["v"]["type"] == "uri" and value.startswith(base):
        return {"id": value.removeprefix(base), "name": label or value.removeprefix(base)}
    return {"str": label or value, **({"outside": value} if term["v"]["type"] == "uri" else {})}


def _safe(iris: Iterable[str]) -> Iterator[str]:
    for iri in iris:
        with suppress(UsageError):
            yield encode_iri(iri)
