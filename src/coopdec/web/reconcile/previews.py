"""Small previews of what can be reconciled to: a page for a frame, and a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from coopdec.messages import Lang, render
from coopdec.vocab import GEONAMES, WIKIDATA_ENTITY
from coopdec.web.ontology import terms
from coopdec.web.pages import environment
from coopdec.web.reconcile.entities import Known, description, projects_words
from coopdec.web.reconcile.extend import look_up
from coopdec.web.reconcile.own import Own
from coopdec.web.reconcile.properties import PROPERTIES
from coopdec.web.reconcile.types import known
from coopdec.web.services import Services

__all__ = ["flyout", "preview"]

_SHOWN = ("within", "region", "country", "inseeCode", "siren", "iso2", "iso3166_2", "geonames",
          "wikidata", "population", "coordinates", "replacedBy")
_FACETS = (("lead", "lead"), ("country", "country"), ("theme", "theme"))


@dataclass(frozen=True, slots=True)
class _Fact:
    name: str
    texts: Sequence[str]
    address: str = ""


def preview(id_: str, own: Own, services: Services, lang: Lang) -> str | None:
    """An HTML page; None for an identifier that nobody knows."""
    found = look_up(id_.removeprefix(services.base), own)
    if found is None:
        return None
    in_data = found.projects is not None or found.type == "Project"
    return environment().get_template("reconcile_preview.html").render(
        lang=lang, name=found.name(lang), type=terms()[found.type].said(lang),
        facts=_facts(found, own, lang), iri=services.base + found.id,
        page=services.pages.addresses.page(found.id, lang) if in_data else "",
        style=services.pages.addresses.static("reconcile.css"),
        icon=services.pages.addresses.static("favicon.svg"), projects=projects_words(found, lang),
        more=render("reconcile-open", {}, lang))


def _facts(found: Known, own: Own, lang: Lang) -> list[_Fact]:
    if found.type == "Project":
        entity = own.index.entity(found.id)
        bits = own.projects(entity.label("fr"), count=20) if entity else []
        facets = next((k.facets for k in bits if k.id == found.id), {})
        names = [(PROPERTIES[pid].name(lang), [_label(p, own, lang) for p in facets.get(facet, ())])
                 for pid, facet in _FACETS]
        return [_Fact(name, texts) for name, texts in names if texts]
    facts = []
    for pid in _SHOWN:
        one = PROPERTIES[pid]
        cells = list(one.values(found, own.places, lang)) if one.values else []
        if found.type not in one.types or not cells:
            continue
        id_ = str(cells[0].get("id", ""))
        texts = [str(id_ if pid == "wikidata" else c.get("name") or next(iter(c.values())))
                 for c in cells]
        address = WIKIDATA_ENTITY + id_ if pid == "wikidata" else (
            f"{GEONAMES}{texts[0]}/" if pid == "geonames" else "")
        facts.append(_Fact(one.name(lang), texts, address))
    return facts


def _label(path: str, own: Own, lang: Lang) -> str:
    entity = own.index.entity(path)
    return entity.label(lang) if entity else path


def flyout(what: str, id_: str, own: Own, services: Services, lang: Lang) -> str | None:
    """A line of HTML; None for what nobody knows."""
    if what == "entity":
        found = look_up(id_.removeprefix(services.base), own)
        if found is None:
            return None
        return _line(found.name(lang), description(found, own.places, lang))
    if what == "type" and (name := known(id_)):
        return _line(terms()[name].said(lang), terms()[name].definition.get(lang, ""))
    if what == "property" and id_ in PROPERTIES:
        return _line(PROPERTIES[id_].name(lang), PROPERTIES[id_].about(lang))
    return None


def _line(name: str, text: str) -> str:
    return f"<p><strong>{escape(name)}</strong></p>" + (f"<p>{escape(text)}</p>" if text else "")
