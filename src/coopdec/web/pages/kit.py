"""What every page is made from, gathered once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from coopdec.dataset import Dataset
from coopdec.messages import Lang
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.index import Index
from coopdec.web.pages.index.build import local_dump
from coopdec.web.pages.models import Entity, Example, Value
from coopdec.web.pages.render import Site, View
from coopdec.web.pages.resource import Resources
from coopdec.web.pages.values import entity_value

__all__ = ["Card", "Kit"]



@dataclass(frozen=True, slots=True)
class Card:
    """A project as lists show it."""

    path: str
    title: str
    lang: str | None
    leads: tuple[Value, ...]
    partners: tuple[Value, ...]
    more_partners: int
    countries: tuple[Value, ...]
    goals: tuple[Entity, ...]
    session: Value | None


@dataclass(frozen=True)
class Kit:
    """Everything that a page is made from, for one data set."""

    data: Dataset
    index: Index
    site: Site
    resources: Resources
    #: Whether pages ask named queries themselves.
    examples: bool = True
    #: Answers to named queries, by name and language: the data do not change below a kit.
    answers: dict[tuple[str, Lang], Example] = field(default_factory=dict)

    @property
    def addresses(self) -> Addresses:
        return self.site.addresses

    @cached_property
    def release(self) -> Path | None:
        """The folder of the dumps; None for an endpoint."""
        dump = local_dump(self.data)
        return dump.parent if dump is not None else None

    def view(self, lang: Lang, path: str, title: str, *, number: int = 1,
             query: list[tuple[str, str]] | None = None) -> View:
        return View(self.site, lang, path, title, number=number, query=query or [])

    def cards(self, ordinals: list[int], lang: Lang) -> list[Card]:
        return [self._card(c, lang) for c in self.index.cards(ordinals)]

    def _card(self, raw: object, lang: Lang) -> Card:
        assert isinstance(raw, dict)
        labels: dict[str, str] = raw["labels"]
        tag = None if lang in labels else next(iter(labels), "") if "fr" not in labels else "fr"
        title = labels.get(lang) or labels.get("fr") or next(iter(labels.values()), raw["path"])
        partners = self._values(raw.get("partner", ()), lang)
        goals = [e for p in raw.get("theme", ()) if (e := self.index.entity(p))]
        session = self._values((raw.get("session") or raw.get("call") or [])[:1], lang)
        return Card(raw["path"], title, tag, self._values(raw.get("lead", ()), lang),
                    partners[:4], max(len(partners) - 4, 0),
                    self._values(raw.get("country", ()), lang), tuple(goals),
                    session[0] if session else None)

    def _values(self, paths: object, lang: Lang) -> tuple[Value, ...]:
        assert isinstance(paths, list | tuple)
        return tuple(entity_value(e, lang) for p in paths if (e := self.index.entity(p)))
