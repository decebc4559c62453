"""Serialisations. One module is one format; it holds ``FORMAT`` and is found by itself.

A *block* format writes a release entry by entry (a shared entity, or a project with its
rows, themes and links): that is what streams, and what workers can do apart. A *whole*
format is made from the dumps that are already written (an XML tree, a workbook, a
compressed copy): off the hot path, with a library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

from coopdec.errors import MissingExtra, UnknownName
from coopdec.model import NOBODY_TOLD, OWN, SLOT, Description, Publisher
from coopdec.spelling import close_matches

__all__ = ["BlockFormat", "Entry", "Format", "Heading", "WholeFormat", "by_name", "formats",
           "further_formats", "text_of", "whole_formats"]


#: A text for the operator ``%``, and what gives the values in their order there; None where
#: there are none.
ToFill = tuple[bytes, Callable[[Sequence[bytes]], Any] | None]


class Entry(NamedTuple):
    """What a format writes at a time. ``kind`` is its folder under the base (``project``,
    ``country``…). ``parts`` are what is said, in order: parts of one subject that follow one
    another say it together, all values of one predicate in one part. ``flat`` makes the
    project's record for tables; None for a shared entity."""

    iri: str
    kind: str
    parts: Sequence[Description]
    flat: Callable[[], Mapping[str, Any]] | None = None

    @property
    def descriptions(self) -> list[Description]:
        """What the parts say, one description a subject, with all values and the entry's IRI in
        their places."""
        found: list[Description] = []
        for part in self.parts:
            said = [("", part.subject), *part.statements]
            for at, (text, chosen) in _open(part):  # few: what all say stays one object
                term = (text % chosen(part.values) if chosen else text).decode()
                said[at] = said[at][0], term.replace(OWN, self.iri)
            (_, subject), *statements = said
            if found and found[-1].subject == subject:
                statements = [*found.pop().statements, *statements]
            found.append(Description(subject, statements))
        return found


def _open(part: Description) -> Sequence[tuple[int, ToFill]]:
    """The terms in which an entry has something of its own, by their number; the subject is
    the first."""
    written = {} if part.written is None else part.written
    found: Sequence[tuple[int, ToFill]] | None = written.get("terms")
    if found is None:
        terms = enumerate([part.subject, *(value for _, value in part.statements)])
        found = written["terms"] = [
            (at, _to_fill(term)) for at, term in terms if OWN in term or SLOT in term]
    return found


def text_of(part: Description, name: str, write: Callable[[Description], str]) -> bytes:
    """What a format writes of a part, kept under ``name`` where many entries say it."""
    _, _, written, values = part
    if written is None:
        return write(part).encode()
    kept: ToFill | None = written.get(name)
    if kept is None:
        kept = written[name] = _to_fill(write(part))
    text, chosen = kept
    return text % chosen(values) if chosen else text


def _to_fill(text: str) -> ToFill:
    pieces = text.split(SLOT)
    if len(pieces) == 1:
        return text.encode(), None
    numbers = map(int, pieces[1::2])
    pieces[::2] = [piece.replace("%", "%%") for piece in pieces[::2]]
    pieces[1::2] = ["%b"] * (len(pieces) // 2)
    return "".join(pieces).encode(), itemgetter(*numbers)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of a file. ``licence`` is an IRI; ``previous`` the version
    that this one follows, where it is told."""

    base: str
    version: str
    licence: str
    publisher: Publisher = NOBODY_TOLD
    previous: str | None = None


def _nothing(_: Heading) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class BlockFormat:
    """``name`` on the command line; ``block`` gives an entry's text in UTF-8; ``kept``
    formats are written by every build; ``rdf`` formats hold every statement, the others a
    selection; ``graphs`` says that each statement stands in the graph of the list that makes
    it: the blocks of a project that two lists announce stand one after the other. ``join``
    makes one block of those of a project that several lists announce, where the first alone
    would say too little. ``separator`` stands between blocks; a block that is empty is not
    written."""

    name: str
    suffix: str
    media_type: str
    block: Callable[[Entry, Heading], bytes]
    head: Callable[[Heading], str] = _nothing
    foot: str = ""
    separator: str = ""
    kept: bool = True
    rdf: bool = True
    graphs: bool = False
    join: Callable[[Sequence[bytes]], bytes] | None = None
    file: str = field(default="")

    def __post_init__(self) -> None:
        if not self.file:
            object.__setattr__(self, "file", f"coopdec{self.suffix}")


@dataclass(frozen=True, slots=True)
class WholeFormat:
    """``make`` is given the folder with the dumps that every build writes (``kept``) and
    writes its own files beside them; it gives the name and the media type of each. Every
    build writes the ``kept`` ones, which are small and speak of the dumps; the others are
    written when asked for, after them. ``of`` names the block formats whose dumps it
    reads or speaks of; ``needs`` names a module of the extra ``tables``.
    """

    name: str
    suffix: str
    media_type: str
    make: Callable[[Path, Heading], Sequence[tuple[str, str]]]
    rdf: bool = False
    kept: bool = False
    needs: str = ""
    of: Sequence[str] = ()


Format = BlockFormat | WholeFormat


@cache
def _found() -> Mapping[str, Format]:
    def all_formats() -> Iterator[Format]:
        for module in iter_modules(__path__):
            if not module.name.startswith("_"):
                found = import_module(f"{__name__}.{module.name}")
                yield from getattr(found, "FORMATS", None) or (found.FORMAT,)

    return {f.name: f for f in sorted(all_formats(), key=lambda f: f.name)}


@cache
def formats() -> Mapping[str, BlockFormat]:
    """Every format that is written entry by entry, by name."""
    return {n: f for n, f in _found().items() if isinstance(f, BlockFormat)}


@cache
def whole_formats() -> Mapping[str, WholeFormat]:
    """Every format that is made from the finished dumps, by name."""
    return {n: f for n, f in _found().items() if isinstance(f, WholeFormat)}


def further_formats() -> list[str]:
    """The names of what is only written when asked for."""
    return [n for n, f in _found().items() if not f.kept]


def by_name(name: str) -> Format:
    """
    Raises:
        UnknownName: no such format.
        MissingExtra: a library that it needs is not installed.
    """
    known = _found()
    if name not in known:
        raise UnknownName("unknown-format-name", close_matches(name, known), name=name,
                          known=sorted(known))
    found = known[name]
    if isinstance(found, WholeFormat) and found.needs and find_spec(found.needs) is None:
        raise MissingExtra("format-extra", extra="tables", need=name)
    return found
