"""One way in: a path, a language and a query string become a page."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from coopdec.dataset import Dataset
from coopdec.messages import Lang
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.index import Index
from coopdec.web.pages.index.kept import kept
from coopdec.web.pages.models import Page, Tombstone
from coopdec.web.pages.render import Site, View, render, words

__all__ = ["Pages"]

_CONTACT = "https://github.com/coopdec/coopdec/issues/new"


class Pages:
    """``data``: the release or endpoint; ``base`` of its IRIs; ``root``: the path under
    which the site stands; ``live``: whether a server answers query strings; ``cache``: the
    folder that keeps the index from one start to the next, None: made anew, in a temporary
    folder; ``public``: the address that canonical links name, the base unless given;
    ``contact``: where errors are reported.

    The index is built at the first page, or by :meth:`prepare`.
    """

    def __init__(self, data: Dataset, *, base: str, root: str = "/", live: bool = False,
                 cache: Path | None = None, public: str | None = None,
                 contact: str = _CONTACT) -> None:
        self.data = data
        self.addresses = Addresses(base, root, live)
        self.site = Site(self.addresses, public or base, contact)
        self._cache = cache
        self._index: Index | None = None
        self._lock = threading.Lock()

    @property
    def index(self) -> Index:
        with self._lock:
            if self._index is None:
                self._index = kept(self.data, self.addresses, self._cache)
            return self._index

    def prepare(self) -> None:
        """Build or open the index now.

        Raises:
            StorageError, EndpointError: the data cannot be read.
        """
        _ = self.index

    def page(self, path: str, lang: Lang,
             params: Mapping[str, Sequence[str]] | None = None) -> Page | None:
        """The page at ``path`` (without ``.html``; ``""`` is home, ``project/`` a list);
        None where there is none."""
        entity = self.index.entity(path)
        if entity is None and path:
            return None
        view = View(self.site, lang, path, entity.label(lang) if entity else words(lang)("home"))
        return render("resource.html", view)

    def error(self, status: int, lang: Lang, *, path: str = "", detail: str = "") -> Page:
        """The page of an HTTP error, with near pages for a 404."""
        t = words(lang)
        title = t("error-404") if status == 404 else t("error-other")
        view = View(self.site, lang, path, title)
        return render("error.html", view, status=status, detail=detail or t("error-404-text"))

    def rows(self, params: Mapping[str, Sequence[str]], lang: Lang) -> Iterable[Mapping[str, str]]:
        """What a filtered list of projects shows, a project a row."""
        raise NotImplementedError

    def describe(self, path: str) -> bytes | None:
        """A resource with its fragments as sorted N-Triples; None where nothing is known."""
        return self.index.block(path)

    def tombstone(self, path: str) -> Tombstone | None:
        """What stands where an IRI was published and went away."""
        return None
