"""Pages and data of a site as files: what one worker writes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from math import ceil
from pathlib import Path

from coopdec.dataset import queries
from coopdec.dataset.serial import graph_as
from coopdec.formats._columns import guarded
from coopdec.messages import LANGS, Lang
from coopdec.text import fold
from coopdec.web.pages.addresses import file_name, own_identifier
from coopdec.web.pages.entity import facet_of, projects_of
from coopdec.web.pages.facets import PAGE
from coopdec.web.pages.listing import STATIC_LIMIT
from coopdec.web.pages.models import Entity
from coopdec.web.pages.overview import LISTS
from coopdec.web.pages.overview import PAGE as ENTRIES
from coopdec.web.pages.pages import Pages

__all__ = ["Writer"]

#: Documents that are no resources of the data.
_DOCUMENTS = ("", "data", "about", "query/", "ontology", "shapes")


class Writer:
    """Writes pages of ``pages`` below ``folder``; what is there already stays."""

    def __init__(self, pages: Pages, folder: Path) -> None:
        self.pages = pages
        self.index = pages.index
        self.base = pages.addresses.base
        self._folder = folder
        self._made: set[Path] = set()

    # -- resources

    def stretch(self, after: int, upto: int) -> int:
        """Every resource of these numbers of the index; gives how many."""
        n = 0
        for _, path, kind in list(self.index.paths(after=after, upto=upto)):
            self.resource(path, kind)
            n += 1
        return n

    def resource(self, path: str, kind: str) -> None:
        """Its pages in both languages, its data, its list of projects as CSV."""
        entity = self.index.entity(path)
        assert entity is not None
        total = 0 if kind in ("project", "document", "tombstone") else projects_of(
            self.pages.kit, entity)[0].bit_count()
        for lang in LANGS:
            for number in range(1, max(ceil(total / PAGE), 1) + 1):
                self._page(path, lang, number)
            if total:
                self._table(entity, lang)
        if entity.type == "Tombstone":  # by this file a web server knows to answer 410
            self.write(f"{file_name(path)}.gone", b"")
        data = self.pages.describe(path)
        if data is not None:
            for form in ("ttl", "jsonld"):
                self.write(f"{file_name(path)}.{form}", graph_as(data, form, self.base))

    def _table(self, entity: Entity, lang: Lang) -> None:
        found = facet_of(entity)
        if found is not None:
            facet, value = found
            self._csv(f"{_start(lang)}{file_name(entity.path)}.csv",
                      {facet: [value]}, lang)

    def _csv(self, name: str, params: dict[str, list[str]], lang: Lang) -> None:
        rows = iter(self.pages.rows(params, lang))
        first = next(rows, None)
        if first is None:
            return
        with self._placed(name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(first.keys())
            writer.writerow([guarded(v) for v in first.values()])
            writer.writerows([guarded(v) for v in row.values()] for row in rows)

    # -- lists and documents

    def rest(self) -> None:
        """Lists, documents, queries, errors, and what the browser searches."""
        for lang in LANGS:
            for path in (*_DOCUMENTS, *(f"query/{name}" for name in queries())):
                self._page(path, lang, 1)
            for number in range(1, max(ceil(self.index.projects / PAGE), 1) + 1):
                self._page("project/", lang, number)
            for path, spec in LISTS.items():
                for number in range(1, max(ceil(self.index.count(spec.kinds) / ENTRIES), 1) + 1):
                    self._page(path, lang, number)
            self.write(f"{_start(lang)}404.html", self.pages.error(404, lang).html.encode())
            self._csv(f"{_start(lang)}project.csv", {}, lang)
            if self.index.projects <= STATIC_LIMIT:
                self.write(f"search-{lang}.json", self._search(lang))

    def _search(self, lang: Lang) -> bytes:
        """What the browser filters: names once, and projects that point at them by number.
        A name: path, label, its language, its other labels. A project: path, title, its
        language, other words that find it, and for each facet the numbers of its names."""
        kit = self.pages.kit
        facets = ("lead", "partner", "country", "region", "theme", "call", "session",
                  "target", "operator", "cofunder", "source")
        numbers: dict[str, int] = {}
        names: list[list[object]] = []

        def number(path: str) -> int | None:
            if path not in numbers:
                entity = self.index.entity(path)
                if entity is None:
                    return None
                numbers[path] = len(names)
                shown = entity.label(lang)
                names.append([path, shown, entity.label_lang(lang),
                              " ".join({fold(n): n for n in entity.labels.values()
                                        if fold(n) != fold(shown)}.values())])
            return numbers[path]

        found = []
        for start in range(0, self.index.projects, 1000):
            for card in self.index.cards(self.index.order(None, "title", start, 1000)):
                labels = card["labels"]
                tag = lang if lang in labels else "fr" if "fr" in labels else next(iter(labels), "")
                other = (*(n for said, n in labels.items() if said != tag),
                         own_identifier(card["path"]))
                found.append([card["path"], labels.get(tag, card["path"]),
                              None if tag == lang else tag, " ".join(filter(None, other)),
                              *([n for p in card.get(f, ()) if (n := number(p)) is not None]
                                for f in facets)])
        said = {"root": kit.addresses.root, "lang": lang, "facets": facets, "names": names,
                "projects": found}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()

    # -- files

    def _page(self, path: str, lang: Lang, number: int) -> None:
        params = {"page": [str(number)]} if number > 1 else {}
        page = self.pages.page(path, lang, params)
        if page is not None:
            self.write(page_file(path, lang, number), page.html.encode("utf-8", "replace"))

    def write(self, name: str, data: bytes) -> None:
        self._placed(name).write_bytes(data)

    def _placed(self, name: str) -> Path:
        path = self._folder / name
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        return path

    def addresses(self) -> Iterator[tuple[str, str]]:
        """(French, English) address of every first page, for the sitemap."""
        paths = [*_DOCUMENTS, "project/", *LISTS, *(f"query/{name}" for name in queries())]
        seen = set(paths)
        for path in paths:
            yield self._both(path)
        for _, path, _ in self.index.paths():
            if path not in seen:
                entity = self.index.entity(path)
                if entity is None or entity.type != "Tombstone":
                    yield self._both(path)

    def _both(self, path: str) -> tuple[str, str]:
        where, public = self.pages.addresses, self.pages.site.public
        french, english = (where.absolute(where.page(path, lang), public) for lang in LANGS)
        return french, english


def _start(lang: Lang) -> str:
    return "en/" if lang == "en" else ""


def page_file(path: str, lang: Lang, number: int = 1) -> str:
    """The file of a page: what its address leads to."""
    name = file_name(path)
    if number > 1:
        name = f"{name.rstrip('/')}/page-{number}" if name else f"page-{number}"
    if not name or name.endswith("/"):
        return f"{_start(lang)}{name}index.html"
    return f"{_start(lang)}{name}.html"
