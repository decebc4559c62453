"""What the pages are made of: plain values between the index and the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coopdec.dataset import Rows
from coopdec.errors import CoopdecError
from coopdec.messages import Lang

__all__ = ["Crumb", "Entity", "Example", "Fact", "Page", "Params", "Tombstone", "Value"]

#: A query string, each name with its values in order.
Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML document and what a server says of it."""

    html: str
    lang: Lang
    title: str
    status: int = 200


@dataclass(frozen=True, slots=True)
class Example:
    """What a named query answers: its first ``rows``, and how many there are in all
    (``total``; None: more than these); or why it has no answer here."""

    rows: Rows = field(default_factory=lambda: Rows((), ()))
    total: int | None = 0
    trouble: CoopdecError | None = None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An IRI that was published and went away. ``replaced_by``: full IRIs, may be empty."""

    path: str
    label: str
    replaced_by: tuple[str, ...] = ()
    date: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A resource as lists show it. ``kind`` is the first part of its path (``session`` for
    a session, ``target`` for a target); ``type`` its class's local name; ``n`` its number
    of projects; ``at`` latitude and longitude."""

    path: str
    kind: str
    type: str
    labels: Mapping[str, str]
    n: int = 0
    at: tuple[float, float] | None = None
    code: str = ""

    def label(self, lang: str) -> str:
        """In this language, else French, else any; the path where there is none."""
        found = self.labels.get(lang) or self.labels.get("fr")
        return found or next(iter(self.labels.values()), self.path)

    def label_lang(self, lang: str) -> str | None:
        """The language that :meth:`label` is in, where it is not ``lang``; "" if unknown."""
        if lang in self.labels:
            return None
        return "fr" if "fr" in self.labels else next(iter(self.labels), "")


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way down; ``path`` None for where one stands."""

    label: str
    path: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What stands for a fact: a text, a resource of ours (``path``) or an address outside
    (``url``). ``lang`` where it is not the page's; ``note`` says more."""

    text: str
    lang: str | None = None
    path: str | None = None
    url: str | None = None
    note: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of « key facts »."""

    label: str
    values: tuple[Value, ...]
    help: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
