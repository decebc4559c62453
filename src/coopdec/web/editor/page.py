"""The editor's page: YASGUI where it was built, a plain form where it was not and for
whoever has no JavaScript."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from coopdec.dataset import queries
from coopdec.dataset.tokens import services as asked_services
from coopdec.messages import Lang, render
from coopdec.vocab import PREFIXES
from coopdec.web.api.pages import address, fields
from coopdec.web.conditional import caching, etag, unchanged
from coopdec.web.ontology import terms
from coopdec.web.pages.atlas import HEIGHT, WIDTH
from coopdec.web.pages.render import View
from coopdec.web.pages.render import render as render_page
from coopdec.web.problem import lang_of
from coopdec.web.services import Services

__all__ = ["built", "page", "routes"]

#: What the editor holds when nothing was linked to.
_FIRST = """\
SELECT ?project ?title ?country
WHERE {
  ?project a cd:Project ;
    dcterms:title ?title ;
    cd:partnerCountry/rdfs:label ?country .
  FILTER(LANG(?country) = "%s")
}
ORDER BY ?country ?title
LIMIT 100
"""
#: What the script says, by the name that it has there.
_WORDS = {
    "run": "editor-run", "stop": "editor-stop", "running": "editor-running",
    "query": "editor-query", "copied": "editor-copied", "inAddress": "editor-in-address",
    "failed": "editor-failed", "rows": "editor-rows", "oneRow": "editor-one-row",
    "otherView": "editor-other-view", "download": "editor-download", "table": "editor-table",
    "map": "editor-map", "chart": "editor-chart", "text": "editor-text",
    "before": "editor-before", "after": "editor-after", "whole": "editor-whole",
    "mapOf": "editor-map-of", "yes": "editor-yes", "no": "editor-no"}
_USED = ("cd", "dcterms", "rdfs")
_LONGEST = 20_000


@cache
def built() -> bool:
    """Whether YASGUI was built into the package (``make editor``)."""
    folder = files("coopdec.web").joinpath("static", "yasgui")
    return all(folder.joinpath(n).is_file() for n in ("yasgui.min.js", "yasgui.min.css"))


def routes() -> list[BaseRoute]:
    return [Route("/sparql.html", _french), Route("/en/sparql.html", _english)]


async def _french(request: Request) -> Response:
    return await page(request, "fr")


async def _english(request: Request) -> Response:
    return await page(request, "en")


async def page(request: Request, lang: Lang | None = None) -> Response:
    """The editor, with the query of the address in it."""
    services: Services = request.app.state.services
    query = request.query_params.get("query", "")[:_LONGEST]
    said = lang or lang_of(request)
    html = await run_in_threadpool(_html, services, said, query)
    headers = {**caching(etag(html), services.files.modified, 0), "Content-Language": said,
               "Vary": "Accept, Accept-Language"}
    return unchanged(request, headers) or Response(html, 200, headers, "text/html")


def _html(services: Services, lang: Lang, query: str) -> str:
    view = View(services.pages.site, lang, "sparql", render("editor-title", {}, lang),
                query=[("query", query)] if query else [])
    allowed = services.pool.terms.services
    examples = [
        (q, fields(q, services.pages, lang, {p.name: p.example for p in q.parameters
                                             if p.required}),
         address(services, q, "rq"), address(services, q, "html", lang=lang))
        for q in queries().values() if all(s in allowed for s in asked_services(q.sparql))]
    first = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in _USED) + "\n" + _FIRST % lang
    return render_page(
        "editor.html", view, say=lambda code, **params: render(code, params, lang),
        description=render("editor-about", {}, lang), indexed=not query, built=built(),
        query=query or first, examples=examples, data=_data(services, lang),
        formats=[("html", render("editor-page", {}, lang)), ("csv", "CSV"), ("json", "JSON"),
                 ("ttl", "Turtle")]).html


def _data(services: Services, lang: Lang) -> Any:
    """What the script needs, as JSON inside the page."""
    from markupsafe import Markup

    said = {
        "words": {key: _template(code, lang) for key, code in _WORDS.items()},
        "prefixes": PREFIXES, "endpoint": f"{services.root}sparql", "base": services.base,
        "root": services.root,
        "map": {"url": services.pages.addresses.static("world.svg"), "width": WIDTH,
                "height": HEIGHT},
        "terms": [{"iri": t.iri, "kind": t.kind, "label": t.said(lang)}
                  for t in terms().values()]}
    text = json.dumps(said, ensure_ascii=False)
    # Inside <script>, only « < » could end the block.
    return Markup(text.replace("<", "\\u003c"))


def _template(code: str, lang: Lang) -> str:
    """A message whose numbers the script fills in."""
    return render(code, {"n": "{n}", "seconds": "{seconds}"}, lang)
