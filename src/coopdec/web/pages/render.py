"""Templates become pages: the one Jinja environment, and what every template is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from coopdec.errors import MissingExtra
from coopdec.messages import LANGS, Lang, number
from coopdec.text import unbroken
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.dates import long_date
from coopdec.web.pages.models import Page
from coopdec.web.pages.terms import term_label
from coopdec.web.pages.triples import clean
from coopdec.web.pages.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["Site", "View", "environment", "render"]


@cache
def environment() -> Environment:
    """The environment that every page is rendered in, ours and other helpers'.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise MissingExtra("serve-missing-extra", extra="serve", need="jinja2") from error
    made = Environment(
        loader=PackageLoader("coopdec.web", "templates"), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    made.filters |= {"clean": clean, "held": unbroken}
    made.globals |= {"term_label": term_label, "long_date": long_date, "size": _size}
    return made


def _size(size: int, lang: Lang) -> str:
    """Bytes as people say them: « 1,4 Mo »."""
    units = ("o", "ko", "Mo", "Go") if lang == "fr" else ("B", "kB", "MB", "GB")
    amount, unit = float(size), 0
    while amount >= 1000 and unit < len(units) - 1:
        amount, unit = amount / 1000, unit + 1
    shown = number(round(amount) if amount >= 100 or not unit else round(amount, 1), lang)
    return f"{shown}\u00a0{units[unit]}"


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same on every page. ``public``: the address that canonical links name;
    ``contact``: where errors are reported, ``mailto:…`` or an issue form's address; "":
    nowhere; ``publisher``: the name of who publishes the data, by language."""

    addresses: Addresses
    public: str
    contact: str
    version: str = ""
    publisher: Mapping[str, str] = field(default_factory=dict)


class View:
    """What a template sees of its page as ``view``: language, path, and ways to make
    addresses; ``t`` gives words."""

    def __init__(self, site: Site, lang: Lang, path: str, title: str, *, number: int = 1,
                 query: Sequence[tuple[str, str]] = ()) -> None:
        self.site = site
        self.lang: Lang = lang
        self.path = path
        self.title = title
        self.number = number
        self.query = list(query)
        self.t = words(lang)
        self.live = site.addresses.live
        self.root = site.addresses.root

    def page(self, path: str, number: int = 1, query: list[tuple[str, str]] | None = None) -> str:
        """The address of a page in this page's language."""
        return self.site.addresses.page(path, self.lang, number, query)

    def here(self, lang: Lang | None = None, number: int | None = None) -> str:
        """The address of this page, in another language or another part of it."""
        pairs = [p for p in self.query if p[0] != "page"]
        return self.site.addresses.page(self.path, lang or self.lang,
                                        self.number if number is None else number, pairs)

    def data(self, path: str, suffix: str) -> str:
        return self.site.addresses.data(path, suffix)

    def table(self, path: str, form: str = "csv") -> str:
        return self.site.addresses.table(path, self.lang, form)

    def static(self, name: str) -> str:
        return self.site.addresses.static(name)

    def file(self, name: str) -> str:
        """The address of a file at the root: a dump, ``sitemap.xml``, ``sparql``…"""
        return self.root + name

    def absolute(self, address: str) -> str:
        return self.site.addresses.absolute(address, self.site.public)

    def alternates(self) -> list[tuple[Lang, str]]:
        """(language, absolute address) of this page in both languages."""
        return [(lang, self.absolute(self.here(lang))) for lang in LANGS]

    def num(self, value: float) -> str:
        return number(value, self.lang)


@cache
def words(lang: Lang) -> Words:
    return Words(lang)


def render(template: str, view: View, *, status: int = 200, **context: Any) -> Page:
    """A template as a page. Besides ``context`` it sees ``view``, ``t`` (words), ``lang``;
    it may set ``description`` and ``crumbs`` through the context."""
    made = environment().get_template(template)
    context.setdefault("description", "")
    context.setdefault("crumbs", ())
    context.setdefault("alternate_data", ())
    context.setdefault("indexed", status == 200)
    html = made.render(view=view, t=view.t, lang=view.lang, **context)
    return Page(html, view.lang, view.title, status)
