"""One way in: a path, a language and a query string become a page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from coopdec.dataset import Dataset
from coopdec.messages import Lang
from coopdec.web.ontology import document
from coopdec.web.pages import documents, nearby, vocabulary
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.entity import entity_page, tombstone_of, tombstone_page
from coopdec.web.pages.index import Index
from coopdec.web.pages.index.kept import kept
from coopdec.web.pages.kit import Kit
from coopdec.web.pages.listing import list_page, rows
from coopdec.web.pages.models import Example, Page, Params, Tombstone
from coopdec.web.pages.overview import LISTS, home, overview_page
from coopdec.web.pages.render import Site, render, words
from coopdec.web.pages.resource import Resources
from coopdec.web.pages.statements import statements_of

__all__ = ["Pages"]

_NONE: Params = {}
_DOCUMENTS: dict[str, Callable[[Kit, Lang], Page]] = {
    "data": documents.data_page,
    "dataset": lambda kit, lang: documents.data_page(kit, lang, "dataset"),
    "about": documents.about,
    "query/": documents.queries_page,
    "ontology": vocabulary.ontology,
    "shapes": vocabulary.shapes,
}


class Pages:
    """``data``: the release or endpoint; ``base`` of its IRIs; ``root``: the path under
    which the site stands; ``live``: whether a server answers query strings; ``cache``: the
    folder that keeps the index from one start to the next, None: made anew, in a temporary
    folder; ``public``: the address that canonical links name, the base unless given;
    ``contact``: where errors are reported, ``mailto:…`` or an issue form's address, the
    publisher's unless given;
    ``index``: one that is built already; ``examples``: whether the page of a named query asks
    it itself, with no limit of time; a server asks before, and says so to :meth:`tell`.

    The index is built at the first page, or by :meth:`prepare`.
    """

    def __init__(self, data: Dataset, *, base: str, root: str = "/", live: bool = False,
                 cache: Path | None = None, public: str | None = None,
                 contact: str | None = None, index: Index | None = None,
                 examples: bool = True) -> None:
        self.data = data
        self.addresses = Addresses(base, root, live)
        self.site = Site(self.addresses, public or base, contact or "")
        self._cache = cache
        self._built = index
        self._examples = examples
        self._kit: Kit | None = None
        self._lock = threading.Lock()

    @property
    def kit(self) -> Kit:
        """What the pages are made from; built at first use."""
        if self._kit is None:
            with self._lock:
                if self._kit is None:
                    index = self._built or kept(self.data, self.addresses, self._cache)
                    resources = Resources(index, self.addresses, self._described(index))
                    self.site = resources.published(self.site)
                    self._kit = Kit(self.data, index, self.site, resources,
                                    examples=self._examples)
        return self._kit

    @property
    def index(self) -> Index:
        return self.kit.index

    def prepare(self) -> None:
        """Build or open the index now.

        Raises:
            StorageError, EndpointError: the data cannot be read.
        """
        _ = self.kit

    def close(self) -> None:
        """Let go of the data and of the index."""
        self.data.close()
        if self._kit is not None:
            self._kit.index.close()

    def asks(self, name: str, lang: Lang) -> str | None:
        """The SPARQL whose answer the page of a named query shows; None where there is no
        such query, it shows no answer, or was told it."""
        return documents.asks(self.kit, name, lang)

    def tell(self, name: str, lang: Lang, example: Example) -> None:
        """What :meth:`asks` gave: the data do not change."""
        self.kit.answers[name, lang] = example

    def page(self, path: str, lang: Lang, params: Params = _NONE) -> Page | None:
        """The page at ``path`` (without ``.html``; ``""`` is home, ``project/`` a list);
        None where there is none. What was withdrawn has a page with status 410."""
        kit = self.kit
        if path == "":
            return home(kit, lang)
        if path == "project/":
            return list_page(kit, lang, params)
        if path in LISTS:
            return overview_page(kit, path, lang, params)
        if path in _DOCUMENTS:
            return _DOCUMENTS[path](kit, lang)
        if path.startswith("query/"):
            return documents.query_page(kit, path.removeprefix("query/"), lang)
        entity = nearby.entity(kit.index, path)
        if entity is None:
            return None
        if entity.type == "Tombstone":
            return tombstone_page(kit, entity, lang)
        return entity_page(kit, entity, lang, params)

    def error(self, status: int, lang: Lang, *, path: str = "", detail: str = "") -> Page:
        """The page of an HTTP error, with near pages for a 404."""
        t = words(lang)
        view = self.kit.view(lang, "", t("error-404") if status == 404 else t("error-other"))
        near = nearby.suggestions(self.kit.index, path) if status == 404 and path else []
        return render("error.html", view, status=status, near=near,
                      detail=detail or (t("error-404-text") if status == 404 else ""))

    def rows(self, params: Params, lang: Lang) -> Iterable[Mapping[str, str]]:
        """What a filtered list of projects shows, a project a row: ``iri, title, lead,
        region, partner, country, iso2, sdg, call, session, points``; several values are
        parted by « | », a point is « longitude latitude »."""
        return rows(self.kit, params, lang)

    def describe(self, path: str) -> bytes | None:
        """A resource with its fragments as sorted N-Triples; None where nothing is known.
        The ontology and the shapes are resources too."""
        if (own := document(path, "nt")) is not None:
            return own
        entity = nearby.entity(self.index, path)
        if entity is None:
            return None
        return self._described(self.index)(entity.path)

    def tombstone(self, path: str) -> Tombstone | None:
        """What stands where an IRI was published and went away; None where none did."""
        entity = nearby.entity(self.index, path)
        if entity is None or entity.type != "Tombstone":
            return None
        return tombstone_of(self.kit, entity)

    def render(self, template: str, lang: Lang, *, path: str, title: str, status: int = 200,
               **context: Any) -> Page:
        """A template of another part of the server, that extends ``base.html``: it sees
        ``view``, ``t``, ``lang`` and ``context``."""
        return render(template, self.kit.view(lang, path, title), status=status, **context)

    def _described(self, index: Index) -> Callable[[str], bytes | None]:
        def read(path: str) -> bytes | None:
            block = index.block(path)
            if block is None:
                block = statements_of(self.data, self.addresses.iri_of(path))
            return b"".join(sorted(block.splitlines(keepends=True))) if block else None

        return read
