"""Serialisations. One module is one format; it holds ``FORMAT`` and is found by itself.

A *block* format writes a release entry by entry (a shared entity, or a project with its
rows, themes and links): that is what streams, and what workers can do apart. Formats
that need the whole graph at once are made from the finished N-Triples (``whole``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from coopdec.errors import UnknownName
from coopdec.model import Description
from coopdec.text import close_matches

__all__ = ["BlockFormat", "Entry", "Heading", "by_name", "formats"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a format writes at a time. ``flat`` is the project as one record for tables,
    None for a shared entity; ``kind`` is its folder under the base (``project``,
    ``country``…)."""

    iri: str
    kind: str
    descriptions: Sequence[Description]
    flat: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of a file. ``licence`` is an IRI."""

    base: str
    version: str
    licence: str


def _nothing(_: Heading) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class BlockFormat:
    """``name`` on the command line; ``kept`` formats are written by every build; ``rdf``
    formats hold every statement, the others a selection.
    ``separator`` stands between blocks; a block that is empty is not written."""

    name: str
    suffix: str
    media_type: str
    block: Callable[[Entry, Heading], str]
    head: Callable[[Heading], str] = _nothing
    foot: str = ""
    separator: str = ""
    kept: bool = True
    rdf: bool = True
    file: str = field(default="")

    def __post_init__(self) -> None:
        if not self.file:
            object.__setattr__(self, "file", f"coopdec{self.suffix}")


@cache
def formats() -> Mapping[str, BlockFormat]:
    """Every format of this package, by name."""
    found = (
        import_module(f"{__name__}.{m.name}").FORMAT
        for m in iter_modules(__path__)
        if not m.name.startswith("_")
    )
    return {f.name: f for f in sorted(found, key=lambda f: f.name)}


def by_name(name: str) -> BlockFormat:
    """
    Raises:
        UnknownName: no such format.
    """
    known = formats()
    if name not in known:
        raise UnknownName("unknown-format-name", close_matches(name, known), name=name,
                          known=sorted(known))
    return known[name]
