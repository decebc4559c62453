"""Results of a query as a page, for whoever has no JavaScript or keeps the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from coopdec.dataset.results import Rows, truth
from coopdec.dataset.serial import RESULTS, Answer
from coopdec.dataset.writers import short
from coopdec.media import GRAPHS
from coopdec.messages import Lang, render
from coopdec.web.pages import Page
from coopdec.web.pages.render import View
from coopdec.web.pages.render import render as rendered
from coopdec.web.pages.triples import clean
from coopdec.web.services import Services

__all__ = ["results_page"]

#: More rows than this are for programs: the files hold them.
_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    href: str = ""
    lang: str = ""


class _Here(View):
    """A page that keeps its query in either language."""

    def here(self, lang: Lang | None = None, number: int | None = None) -> str:
        start = self.root + ("en/" if (lang or self.lang) == "en" else "")
        return f"{start}sparql?{urlencode(self.query)}"


def results_page(services: Services, lang: Lang, query: str, found: Answer, note: str, *,
                 graph: bool) -> Page:
    """A table of rows, or statements as text. ``note``: what is to be said of a cut."""
    view = _Here(services.pages.site, lang, "sparql", render("web-results", {}, lang),
                 query=[("query", query), ("format", "html")])
    files = [(name, f"{view.root}sparql?{urlencode({'query': query, 'format': name})}")
             for name in (GRAPHS if graph else RESULTS)]
    context: dict[str, Any] = {"columns": (), "rows": (), "statements": "", "answer": None}
    shown = found.rows
    if graph:
        lines = found.data.splitlines(keepends=True)
        shown = min(len(lines), _SHOWN)
        context["statements"] = clean(b"".join(lines[:_SHOWN]).decode("utf-8", "replace"))
    elif b'"results"' not in found.data[:4096] and b'"boolean"' in found.data[:4096]:
        context["answer"] = render("web-yes" if truth(found.data) else "web-no", {}, lang)
    else:
        rows = Rows.from_json(found.data)
        shown = min(len(rows), _SHOWN)
        context["columns"] = rows.columns
        context["rows"] = [[_cell(terms.get(c), view, services.base) for c in rows.columns]
                           for terms in rows.terms[:_SHOWN]]
    count = "" if context["answer"] else render(
        "web-rows-shown" if shown < found.rows else "web-rows",
        {"rows": view.num(found.rows), "shown": view.num(shown)}, lang)
    return rendered("results.html", view, indexed=False, query=query, note=note, files=files,
                    count=count, again=f"{view.here().partition('?')[0]}.html?"
                    f"{urlencode({'query': query})}",
                    words={"query": render("web-results-query", {}, lang),
                           "change": render("web-results-change", {}, lang),
                           "download": render("web-results-download", {}, lang)}, **context)


def _cell(term: Mapping[str, Any] | None, view: View, base: str) -> _Cell:
    if term is None:
        return _Cell("")
    value = clean(str(term["value"]))
    if term["type"] != "uri":
        return _Cell(value, lang=str(term.get("xml:lang", "")))
    path = view.site.addresses.path_of(value)
    if path and value.startswith(base):
        return _Cell(short(value), view.page(path))
    return _Cell(short(value), value if value.startswith(("http://", "https://")) else "")
