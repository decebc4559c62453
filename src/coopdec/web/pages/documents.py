"""Pages about the data set: its files, its queries, its words, its makers."""

from __future__ import annotations

from pathlib import Path

from coopdec.catalogue.about import file_words
from coopdec.dataset import NamedQuery, queries
from coopdec.dataset.binding import with_prefixes
from coopdec.dataset.shown import heading
from coopdec.dataset.tokens import form_of
from coopdec.dataset.writers import short
from coopdec.errors import CoopdecError
from coopdec.media import GRAPHS, media_type, unpacked
from coopdec.messages import Lang
from coopdec.messages import render as message
from coopdec.release import ReleasedFile
from coopdec.storage import SUMS, listed
from coopdec.web.pages import structured
from coopdec.web.pages.kit import Kit
from coopdec.web.pages.models import Crumb, Example, Page, Value
from coopdec.web.pages.render import render, words
from coopdec.web.pages.triples import clean
from coopdec.web.pages.values import entity_value

__all__ = ["SHOWN", "about", "asks", "data_page", "files", "queries_page", "query_page", "what"]

#: Rows of a query's example that its page shows.
SHOWN = 50


def files(release: Path | None) -> list[ReleasedFile]:
    """What ``SHA256SUMS`` of a release names and is there."""
    if release is None or not (release / SUMS).is_file():
        return []
    found = []
    for name, digest in listed((release / SUMS).read_text("utf-8", errors="replace")).items():
        path = release / name
        if "/" not in name and path.is_file():
            found.append(ReleasedFile(name, media_type(name) or "application/octet-stream",
                                      path.stat().st_size, digest))
    return found


#: What is said of a file that is no form of the data, by its name, then by how it begins.
_SAID = {"datapackage.json": "file-catalogue-frictionless", "context.jsonld": "file-context",
         "frame.jsonld": "file-frame", "projects.csv-metadata.json": "file-csvw",
         "catalog.ttl": "file-catalogue", "catalog.jsonld": "file-catalogue-schema",
         "report.html": "file-report", "CHANGES.md": "file-changes"}
_SAID_FIRST = {"report.": "file-report-data", "changes": "file-changes", "part-": "file-part"}


def _said(file: ReleasedFile) -> str:
    """The word for what is no form of the data; "" for what is one."""
    plain = unpacked(file.name)
    first = (key for begin, key in _SAID_FIRST.items() if plain.startswith(begin))
    return _SAID.get(plain) or next(first, "")


def what(file: ReleasedFile, lang: Lang) -> str:
    """What a file holds: as the catalogue says it, where it is a form of the data."""
    key = _said(file)
    return words(lang)(key) if key else message(file_words(file)[1], {}, lang)


def data_page(kit: Kit, lang: Lang, path: str = "data") -> Page:
    t = words(lang)
    view = kit.view(lang, path, t("data-title"))
    found = files(kit.release)
    public = [(view.absolute(view.file(f.name)), f.media_type, str(f.size)) for f in found]
    return render(
        "data.html", view, crumbs=(Crumb(view.title),), description=t("data-intro"),
        files=sorted(found, key=lambda f: bool(_said(f))),  # the data before what tells of them
        what=what, queries=_titles(lang), base=kit.addresses.base,
        example=kit.index.of_kind(("country",), count=1, by_number=True),
        alternate_data=[(GRAPHS[f], view.data("dataset", f".{f}")) for f in ("ttl", "jsonld")]
        if kit.index.entity("dataset") else [],
        structured=[structured.as_script(structured.dataset(
            kit.addresses.base, t("dataset-name"), t("data-intro"), view.site.version,
            "https://spdx.org/licenses/etalab-2.0", public))])


def about(kit: Kit, lang: Lang) -> Page:
    t = words(lang)
    view = kit.view(lang, "about", t("nav-about"))
    return render("about.html", view, crumbs=(Crumb(view.title),), description=t("home-intro"))


# -- named queries

def _titles(lang: Lang) -> list[tuple[str, str, str]]:
    return [(name, q.title[lang], q.description[lang]) for name, q in queries().items()]


def queries_page(kit: Kit, lang: Lang) -> Page:
    t = words(lang)
    view = kit.view(lang, "query/", t("nav-queries"))
    return render("queries.html", view, crumbs=(Crumb(view.title),),
                  description=t("queries-intro"), queries=_titles(lang))


def query_page(kit: Kit, name: str, lang: Lang) -> Page | None:
    query = queries().get(name)
    if query is None:
        return None
    t = words(lang)
    view = kit.view(lang, f"query/{name}", query.title[lang])
    examples = _examples(query)
    try:
        sparql = with_prefixes(query.bound(examples, lang))[0]
    except CoopdecError:
        sparql = with_prefixes(query.sparql)[0]
    example = _example(kit, query, lang)
    trouble = example.trouble
    return render(
        "query.html", view, crumbs=(Crumb(t("nav-queries"), "query/"), Crumb(view.title)),
        description=query.description[lang], query=query, examples=examples, sparql=sparql,
        columns=[heading(c, lang) for c in example.rows.columns], total=example.total,
        rows=[[_cell(kit, row.get(c), lang) for c in example.rows.columns]
              for row in example.rows.terms],
        trouble=t("query-federated") if query.federated
        else message(trouble.code, trouble.params, lang) if trouble else "")


def _examples(query: NamedQuery) -> dict[str, str]:
    return {p.name: p.example for p in query.parameters if not p.optional}


def asks(kit: Kit, name: str, lang: Lang) -> str | None:
    """See :meth:`coopdec.web.pages.Pages.asks`."""
    query = queries().get(name)
    if (query is None or query.federated or form_of(query.sparql) != "SELECT"
            or ((known := kit.answers.get((name, lang))) and known.trouble is None)):
        return None
    return query.bound(_examples(query), lang, most=None if kit.examples else SHOWN + 1)


def _example(kit: Kit, query: NamedQuery, lang: Lang) -> Example:
    if kit.examples and (sparql := asks(kit, query.name, lang)) is not None:
        try:
            rows = kit.data.select(sparql)
            kit.answers[query.name, lang] = Example(rows[:SHOWN], len(rows))
        except CoopdecError as error:
            return Example(trouble=error)
    return kit.answers.get((query.name, lang), Example())


def _cell(kit: Kit, term: object, lang: Lang) -> Value:
    if not isinstance(term, dict):
        return Value("")
    text = clean(str(term["value"]))
    if term["type"] != "uri":
        tag = term.get("xml:lang")
        return Value(text, tag if tag and tag != lang else "" if not tag else None)
    path = kit.addresses.path_of(text)
    entity = kit.index.entity(path) if path else None
    if entity is not None:
        return entity_value(entity, lang)
    return Value(short(text), url=text if text.startswith(("http://", "https://")) else None)
