"""Pages of the API: what there is, each query with its form, and its rows as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from coopdec.dataset import NamedQuery, Parameter, Rows, queries
from coopdec.dataset.binding import with_prefixes
from coopdec.dataset.results import Term
from coopdec.dataset.shown import heading
from coopdec.goals import goals
from coopdec.messages import Lang, render
from coopdec.text import fold
from coopdec.web.api.asked import Asked, Refused, said
from coopdec.web.api.forms import label
from coopdec.web.pages import Pages
from coopdec.web.pages.models import Crumb
from coopdec.web.pages.render import View
from coopdec.web.pages.render import render as render_page
from coopdec.web.services import Services

__all__ = ["Field", "address", "answer", "fields", "form", "home"]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a form shows it. ``choices``: (value, words); the whole list where
    ``closed``, otherwise what comes to mind first."""

    name: str
    label: str
    example: str
    value: str
    required: bool
    number: bool
    choices: Sequence[tuple[str, str]] = ()
    closed: bool = False


def address(services: Services, query: NamedQuery, suffix: str = "",
            values: Mapping[str, str] | None = None, lang: Lang = "fr") -> str:
    """Where a query answers. Pages in English stand under ``en/``; the rest is told by
    ``lang=``."""
    start = "en/" if lang == "en" and suffix == "html" else ""
    path = f"{services.root}{start}api/queries/{quote(query.name)}{'.' if suffix else ''}{suffix}"
    return path + (f"?{urlencode(values)}" if values else "")


def fields(query: NamedQuery, pages: Pages, lang: Lang, values: Mapping[str, str] | None = None
           ) -> list[Field]:
    given = values or {}
    return [
        Field(p.name, p.help[lang], p.example, given.get(p.name, p.default or ""), p.required,
              p.type in ("integer", "decimal"), _choices(p, pages, lang), p.type == "choice")
        for p in query.parameters]


def _choices(parameter: Parameter, pages: Pages, lang: Lang) -> list[tuple[str, str]]:
    if parameter.choices:
        return [(c, c) for c in parameter.choices]
    if parameter.type == "theme":
        return [(str(n), g.short_fr if lang == "fr" else g.short_en) for n, g in goals().items()]
    found: dict[str, str] = {}
    if parameter.type == "country":
        found = {e.label(lang): e.path for e in pages.index.of_kind(["country"]) if e.n}
    elif parameter.type == "region":
        found = {e.label(lang): e.path for e in pages.index.of_kind(["collectivity"])
                 if e.type == "Region" and e.n}
    return [(name, "") for name in sorted(found, key=fold)]


def _words(lang: Lang) -> Any:
    return lambda code, **params: render(code, params, lang)


def _crumbs(lang: Lang, *more: tuple[str, str | None]) -> list[Crumb]:
    return [Crumb("API", "api/" if more else None),
            *(Crumb(name, path) for name, path in more)]


def home(services: Services, lang: Lang, host: str) -> str:
    """``host``: where this server stands, for the examples."""
    view = View(services.pages.site, lang, "api/", render("api-title", {}, lang))
    return render_page(
        "api.html", view, say=_words(lang), crumbs=_crumbs(lang), description=view.title,
        queries=queries().values(), root=services.root, base=services.base, host=host,
        country=services.pages.index.of_kind(("country",), count=1, by_number=True),
        example=next(q for q in queries().values()
                     if any(p.type == "country" for p in q.parameters))).html


def form(services: Services, query: NamedQuery, lang: Lang,
         values: Mapping[str, str] | None = None, refused: Refused | None = None) -> str:
    """The query's page before it is asked, or with what was wrong with the values."""
    return _page(services, query, lang, values or {}, status=400 if refused else 200,
                 problems=[said(p, lang) for p in refused.problems] if refused else ())


def answer(services: Services, asked: Asked, rows: Rows, *, more: bool, cut: bool) -> str:
    query, lang = asked.query, asked.lang
    given = dict(asked.values)
    sizes = {**given, "limit": str(asked.limit)} if asked.limit not in (None, 100) else given
    limit = asked.limit or 0

    def page(offset: int) -> str:
        return address(services, query, "html", {**sizes, "offset": str(offset)} if offset
                       else sizes, lang)

    sparql = with_prefixes(asked.sparql())[0]
    return _page(
        services, query, lang, given, indexed=False,
        columns=[heading(c, lang) for c in rows.columns],
        numbers=[all("datatype" in t[c] for t in rows.terms if c in t) for c in rows.columns],
        rows=[[_cell(c, t.get(c), services.pages, lang) for c in rows.columns]
              for t in rows.terms],
        first=asked.offset + 1, last=asked.offset + len(rows), cut=cut,
        before=page(max(0, asked.offset - limit)) if asked.offset else None,
        after=page(asked.offset + limit) if more else None,
        downloads=[(name, address(services, query, suffix, {**given, "lang": lang}))
                   for name, suffix in (("CSV", "csv"), ("JSON", "json"),
                                        ("SPARQL JSON", "srj"), ("Markdown", "md"))],
        editor=f"{services.pages.addresses.page('sparql', lang)}#query={quote(sparql)}",
        sparql=sparql)


def _page(services: Services, query: NamedQuery, lang: Lang, values: Mapping[str, str],
          **more: Any) -> str:
    view = View(services.pages.site, lang, f"api/queries/{query.name}", query.title[lang],
                query=list(values.items()))
    context = {"problems": (), "columns": None, "status": 200, **more}
    status = context.pop("status")
    return render_page(
        "api_query.html", view, status=status, say=_words(lang), query=query,
        description=query.description[lang],
        crumbs=_crumbs(lang, (render("api-queries", {}, lang), "query/"),
                       (query.title[lang], None)),
        fields=fields(query, services.pages, lang, values),
        action=address(services, query, "html", lang=lang), **context).html


def _cell(column: str, term: Term | None, pages: Pages, lang: Lang) -> tuple[str, str]:
    """(words, address or "")."""
    if term is None:
        return "", ""
    words, value = label(column, term, pages, lang), str(term["value"])
    if term["type"] != "uri":
        return words, ""
    path = pages.addresses.path_of(value)
    if path and pages.index.entity(path):
        return words, pages.addresses.page(path, lang)
    return words, value if value.startswith(("http://", "https://")) else ""
