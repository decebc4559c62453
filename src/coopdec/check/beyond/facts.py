"""Statements by subject, and where a project's cells are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coopdec.check.places import Places
from coopdec.check.result import bare
from coopdec.model import Position
from coopdec.vocab import DCTERMS, RDF, RDFS, cd

__all__ = ["Facts", "term"]

_TYPE = f"<{RDF}type>"
_LABEL = f"<{RDFS}label>"
_TITLE = f"<{DCTERMS}title>"


def term(name: str) -> str:
    """One of our terms as an N-Triples term."""
    return f"<{cd(name)}>"


Statements = dict[str, dict[str, list[str]]]


class Facts:
    """``by_subject[s][p]`` lists objects; all are N-Triples terms. ``context`` is what they
    refer to: it answers questions about a subject and is not gone through."""

    def __init__(self, lines: Iterable[bytes], context: Facts | None = None) -> None:
        self._lines = lines = list(lines)
        self._places: Places | None = None
        self.by_subject = _by_subject(lines)
        self.context: Statements = context.by_subject if context is not None else {}

    def knows(self, subject: str) -> bool:
        return subject in self.by_subject or subject in self.context

    def all(self, subject: str, predicate: str) -> list[str]:
        said = self.by_subject.get(subject) or self.context.get(subject) or {}
        return said.get(predicate, [])

    def one(self, subject: str, predicate: str) -> str:
        """The first in order of text, so that order changes nothing; "" for none."""
        return min(self.all(subject, predicate), default="")

    def of_class(self, name: str) -> Iterator[str]:
        """Subjects of one of our classes, in order."""
        wanted = term(name)
        return iter(sorted(s for s, said in self.by_subject.items()
                           if wanted in said.get(_TYPE, ())))

    def label(self, subject: str) -> str:
        """In French where there is one; else the IRI."""
        labels = self.all(subject, _LABEL)
        french = sorted(w for w in labels if w.endswith("@fr")) or sorted(labels)
        return bare(french[0]) if french else bare(subject)

    def title(self, project: str) -> str:
        return bare(self.one(project, _TITLE))

    def where(self, project: str, path: str) -> Position | None:
        """Where the cell behind one of a project's properties is printed."""
        if self._places is None:
            self._places = Places()
            self._places.read(self._lines)
        return self._places.place(project, path).where


def _by_subject(lines: Iterable[bytes]) -> Statements:
    found: Statements = {}
    said: dict[str, list[str]] = {}
    last = ""
    for line in lines:
        subject, predicate, rest = line.decode().split(" ", 2)
        if subject != last:  # statements of one subject stand together
            said = found.setdefault(subject, {})
            last = subject
        value = rest.rstrip()[:-2]
        if predicate in said:
            said[predicate].append(value)
        else:
            said[predicate] = [value]
    return found
