"""One document's statements → a row of ``entity``: the same from a dump or an endpoint."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping

from coopdec.text import fold
from coopdec.vocab import CD, DCTERMS, GEO, RDF, RDFS, SDGO, SSSOM, WGS84
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.index.examples import Examples
from coopdec.web.pages.triples import Block, Term

__all__ = ["Ingest", "kind_of"]

Said = Mapping[str, list[Term]]
_TYPE, _LABEL = RDF + "type", RDFS + "label"
#: Properties of a project by which lists filter, and the facet that each gives.
FACETS = {CD + "partnerCountry": "country", CD + "region": "region", CD + "theme": "theme",
          CD + "call": "call", CD + "session": "session", CD + "lead": "lead",
          CD + "partner": "partner", CD + "operator": "operator", CD + "coFunder": "cofunder"}
_CODES = (CD + "inseeCode", CD + "siren", CD + "iso2", CD + "iso3166_2", DCTERMS + "issued")
#: Pointers among shared resources that say nothing that a page would list.
_SILENT = {_TYPE, GEO + "hasGeometry", SSSOM + "predicate_id", SSSOM + "mapping_justification"}


def kind_of(path: str, type_: str) -> str:
    """The first part of the path, but for what hangs below another kind."""
    head = path.partition("/")[0]
    if type_ == "Tombstone":
        return "tombstone"
    if type_ == "Session":
        return "session"
    if type_ == "Target":
        return "target"
    return head if "/" in path else "document"


class Ingest:
    """Writes documents into an index that is being built."""

    def __init__(self, db: sqlite3.Connection, addresses: Addresses) -> None:
        self._db = db
        self._addresses = addresses
        self._examples = Examples()

    def document(self, iri: str, about: Block, block: bytes | None) -> None:
        """``about``: subject → predicate → objects; the document's own subject and
        fragments; ``block``: the same as N-Triples, None where it is asked for later."""
        path = self._addresses.path_of(iri)
        if path is None or not path:
            return
        self._examples.see(about, block)
        own = about.get(iri, {})
        type_ = own_type(own.get(_TYPE, ()))
        labels = _labels(own, _LABEL)
        if type_ == "Project":
            labels = _labels(own, DCTERMS + "title") or labels
        kind = "project" if type_ == "Project" else kind_of(path, type_)
        refs = self._refs(own, about) if kind == "project" else None
        if refs is None:
            self._reverse(path, about)
        label = labels.get("fr") or next(iter(labels.values()), path)
        self._db.execute(
            "INSERT OR REPLACE INTO entity (path, kind, type, labels, sort, code, lat, long, refs,"
            " block) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (path, kind, type_, json.dumps(labels, ensure_ascii=False),
             _order(path, label, kind), _code(own), *_place(own),
             None if refs is None else json.dumps(refs, ensure_ascii=False),
             None if block is None else zlib.compress(block, 1)))

    def end(self) -> None:
        """What only the last document settles."""
        self._db.executemany("INSERT INTO example VALUES (?, ?, ?, ?, ?)", self._examples.rows)

    def _refs(self, own: Said, about: Mapping[str, Said]) -> dict[str, list[str]]:
        """What a project points to, by facet, as paths."""
        refs: dict[str, list[str]] = {}
        for predicate, facet in FACETS.items():
            found = [p for t in own.get(predicate, ()) if t.iri
                     and (p := self._addresses.path_of(t.text))]
            if found:
                # No order is stated: one that any store gives alike.
                refs[facet] = sorted(found, key=lambda p: _order(p, p, "goal" if
                                                                 facet == "theme" else ""))
        targets = [p for said in about.values() for t in said.get(CD + "target", ())
                   if (p := self._addresses.path_of(t.text))]
        if targets:
            refs["target"] = sorted(set(targets))
        sources = [p for said in about.values() for t in said.get(DCTERMS + "isPartOf", ())
                   if (p := self._addresses.path_of(t.text))]
        if sources:
            refs["source"] = sorted(set(sources))
        return refs

    def _reverse(self, path: str, about: Mapping[str, Said]) -> None:
        pairs = set()
        for said in about.values():
            for predicate, terms in said.items():
                if predicate in _SILENT:
                    continue
                for term in terms:
                    to = self._addresses.path_of(term.text) if term.iri else None
                    if to and to != path:
                        pairs.add((to, predicate, path))
        self._db.executemany("INSERT OR IGNORE INTO reverse VALUES (?, ?, ?)", sorted(pairs))


def own_type(terms: Iterable[Term]) -> str:
    """The local name of our class, or the goals'; "" where there is none of ours."""
    found = [t.text for t in terms]
    for namespace in (CD, SDGO):
        for iri in found:
            if iri.startswith(namespace):
                return iri[len(namespace):]
    return found[0].rstrip("/").replace("#", "/").rsplit("/", 1)[-1] if found else ""


def _labels(own: Said, predicate: str) -> dict[str, str]:
    """By language; a name of spaces only is none."""
    return {t.lang: t.text for t in own.get(predicate, ()) if t.text.strip()}


def _code(own: Said) -> str:
    """What tells it apart from others of its name; the date of a document."""
    return next((own[c][0].text for c in _CODES if own.get(c)), "")


def _place(own: Said) -> tuple[float | None, float | None]:
    try:
        lat, long = float(own[WGS84 + "lat"][0].text), float(own[WGS84 + "long"][0].text)
    except (KeyError, ValueError):
        return None, None
    ok = -90 <= lat <= 90 and -180 <= long <= 180
    return (lat, long) if ok else (None, None)


def _order(path: str, label: str, kind: str) -> str:
    if kind in ("goal", "target"):  # by number, not by letters
        goal, _, target = path.partition("/")[2].partition(".")
        return f"{goal:0>3}{target:0>3}"
    return fold(label)[:200]


