"""The pages of the ontology and of the shapes, within the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coopdec.media import GRAPHS
from coopdec.messages import Lang
from coopdec.messages import render as message
from coopdec.web.ontology import Example, page, shapes_page
from coopdec.web.ontology.diagram import cut
from coopdec.web.ontology.files import SUFFIXES
from coopdec.web.pages.kit import Kit
from coopdec.web.pages.models import Crumb, Page
from coopdec.web.pages.render import View, render

__all__ = ["examples", "ontology", "shapes"]

_LONGEST = 160
_GROUPS = {"classes": "terms-group-classes", "objects": "terms-group-objects",
           "data": "terms-group-data", "individuals": "terms-group-individuals",
           "others": "terms-group-others"}


def ontology(kit: Kit, lang: Lang) -> Page:
    said = page(lang, examples(kit, lang))
    view = kit.view(lang, "ontology", said["about"]["title"])

    def near(iri: str) -> str:
        """The page that speaks of an IRI; the IRI itself where it is not ours."""
        path = kit.addresses.path_of(iri)
        known = path is not None and kit.index.entity(path) is not None
        return view.page(path) if known and path is not None else iri

    headings = [(group, message(code, {}, lang)) for group, code in _GROUPS.items()]
    return _rendered("ontology.html", view, lang, near=near, headings=headings, **said,
                     description=said["about"]["description"])


def examples(kit: Kit, lang: Lang) -> Mapping[str, Example]:
    found = {}
    for term, subject, labels, value, is_iri in kit.index.examples():
        path = kit.addresses.path_of(value) if is_iri else None
        entity = kit.index.entity(path) if path else None
        found[term] = Example(
            cut(labels.get(lang) or labels.get("fr") or subject, _LONGEST), subject,
            cut(entity.label(lang) if entity else value, _LONGEST), value if is_iri else None)
    return found


def shapes(kit: Kit, lang: Lang) -> Page:
    view = kit.view(lang, "shapes", message("shapes-title", {}, lang))
    return _rendered("shapes.html", view, lang, **shapes_page(lang),
                     description=message("shapes-intro", {}, lang))


def _rendered(template: str, view: View, lang: Lang, **context: Any) -> Page:
    return render(
        template, view, say=lambda code, **params: message(code, params, lang),
        crumbs=(Crumb(view.title),),
        alternate_data=[(GRAPHS[s], view.data(view.path, "." + s)) for s in SUFFIXES], **context)
