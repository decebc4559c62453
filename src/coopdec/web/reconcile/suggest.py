"""Suggestions while someone types: entities, types and properties."""

from __future__ import annotations

from typing import Any

from coopdec.messages import Lang
from coopdec.text import fold
from coopdec.web.ontology import terms
from coopdec.web.reconcile.entities import Known, by_code, of_reference
from coopdec.web.reconcile.entities import as_json as entity_json
from coopdec.web.reconcile.own import Own
from coopdec.web.reconcile.properties import PROPERTIES
from coopdec.web.reconcile.types import TYPES, as_json, kinds_of, with_narrower

__all__ = ["COUNT", "entities", "properties", "types"]

COUNT = 10
_MOST = 200


def entities(prefix: str, own: Own, base: str, lang: Lang, *, cursor: int = 0,
             type_: str | None = None) -> list[dict[str, Any]]:
    """What has an identifier, code or name that begins so (accents and case aside): what
    our data name first, then the reference, the most populous first."""
    wanted = with_narrower([type_]) if type_ else frozenset(TYPES)
    need = min(cursor, _MOST) + COUNT
    found: dict[str, Known] = {}

    def add(some: list[Known]) -> None:
        for one in some:
            if one.type in wanted and len(found) < need:
                found.setdefault(one.id, one)

    add([own.placed(of_reference(e)) for e in by_code(prefix, base, own.places)])
    path = prefix.strip().removeprefix(base)
    add([k for k in [own.get(path)] if "/" in path and k is not None])
    if fold(prefix):
        same = fold(prefix)
        named = own.named(prefix)
        named.sort(key=lambda k: not any(fold(n).startswith(same) for n in k.labels.values()))
        add(named)
        if len(found) < need and (kinds := kinds_of(wanted)):
            add([own.placed(of_reference(e)) for e in own.places.starting(prefix, need, kinds)])
        if len(found) < need and "Project" in wanted:
            add(own.projects(prefix, count=need))
    shown = list(found.values())[cursor:need]
    return [{**entity_json(k, own.places, lang),
             "notable": [as_json(k.type, lang, broader=False)]} for k in shown]


def types(prefix: str, lang: Lang, *, cursor: int = 0) -> list[dict[str, Any]]:
    """Types whose name or identifier has a word that begins so."""
    found = []
    for name in TYPES:
        term = terms()[name]
        if _begins(prefix, (name, term.iri, *term.label.values())):
            found.append({**as_json(name, lang), "description": term.definition.get(lang, "")})
    return found[cursor:cursor + len(TYPES)]


def properties(prefix: str, lang: Lang, *, cursor: int = 0) -> list[dict[str, Any]]:
    found = []
    for p in PROPERTIES.values():
        if _begins(prefix, (p.id, p.name("fr"), p.name("en"))):
            found.append({"id": p.id, "name": p.name(lang),
                          **({"description": about} if (about := p.about(lang)) else {})})
    return found[cursor:cursor + len(PROPERTIES)]


def _begins(prefix: str, names: tuple[str, ...]) -> bool:
    asked = fold(prefix)
    return any(n == prefix or f" {fold(n)}".find(f" {asked}") >= 0 for n in names)
