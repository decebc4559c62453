"""Statements by property, taken apart once for all who ask; and where a project's cells are
printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Protocol

from coopdec.check.places import Places
from coopdec.model import Position
from coopdec.terms import bare
from coopdec.vocab import DCTERMS, PROV, RDF, RDFS, cd

__all__ = ["TYPE", "Context", "Facts", "plain", "prop", "term"]


def prop(iri: str) -> bytes:
    """An IRI as an N-Triples term."""
    return b"<%s>" % iri.encode()


def term(name: str) -> bytes:
    """One of our terms as an N-Triples term."""
    return prop(cd(name))


def plain(term: bytes) -> str:
    """What a term holds: an IRI without brackets, a literal's text."""
    return bare(term.decode())


TYPE = prop(RDF + "type")
_LABEL = prop(RDFS + "label")
_TITLE = prop(DCTERMS + "title")
_ROW = prop(PROV + "wasDerivedFrom")

Column = dict[bytes, list[bytes]]


class Context(Protocol):
    """What statements refer to: asked about, not gone through."""

    def knows(self, subject: bytes) -> bool: ...

    def all(self, subject: bytes, predicate: bytes) -> Sequence[bytes]: ...


class Facts:
    """``columns[p][s]`` lists objects, ``subjects`` all subjects; terms are those of N-Triples,
    as bytes. ``context`` answers what the statements themselves do not. Nothing is taken apart
    before somebody asks."""

    def __init__(self, text: bytes, context: Context | None = None) -> None:
        self._text = text
        self._context = context

    @cached_property
    def columns(self) -> Mapping[bytes, Column]:
        found: dict[bytes, Column] = {}
        last = b""
        for statement in self._text.split(b" .\n"):
            if statement:
                subject, predicate, value = statement.split(b" ", 2)
                # Statements of one subject stand together: it is held once.
                if subject == last:
                    subject = last
                else:
                    last = subject
                try:
                    found[predicate].setdefault(subject, []).append(value)
                except KeyError:
                    found[predicate] = {subject: [value]}
        return found

    @cached_property
    def subjects(self) -> set[bytes]:
        return set().union(*self.columns.values())

    @cached_property
    def named(self) -> set[bytes]:
        """The IRIs that the statements lead to, but for classes."""
        return {value for predicate, column in self.columns.items() if predicate != TYPE
                for values in column.values() for value in values if value[:1] == b"<"}

    def knows(self, subject: bytes) -> bool:
        return subject in self.subjects or (
            self._context is not None and self._context.knows(subject))

    def all(self, subject: bytes, predicate: bytes) -> Sequence[bytes]:
        said = self.columns.get(predicate, {}).get(subject)
        if said is None and self._context is not None and subject not in self.subjects:
            return self._context.all(subject, predicate)
        return said or ()

    def one(self, subject: bytes, predicate: bytes) -> bytes:
        """The first in order of text, so that order changes nothing; b"" for none."""
        return min(self.all(subject, predicate), default=b"")

    def of_class(self, name: str) -> list[bytes]:
        """Subjects of one of our classes, in order."""
        wanted = term(name)
        return sorted(s for s, classes in self.columns.get(TYPE, {}).items() if wanted in classes)

    def label(self, subject: bytes) -> str:
        """In French where there is one; else the IRI."""
        labels = self.all(subject, _LABEL)
        french = sorted(w for w in labels if w.endswith(b"@fr")) or sorted(labels)
        return plain(french[0] if french else subject)

    def title(self, project: bytes) -> str:
        return plain(self.one(project, _TITLE))

    def where(self, project: bytes, path: bytes) -> Position | None:
        """Where the cell behind one of a project's properties is printed."""
        places = Places()
        # What tells it is said of the project and of its rows: the others need not be read.
        subjects = [project, *self.columns.get(_ROW, {}).get(project, ())]
        places.read(b"%s %s %s ." % (subject, predicate, value)
                    for predicate, column in self.columns.items() for subject in subjects
                    for value in column.get(subject, ()))
        return places.place(project.decode(), path.decode()).where
