"""Which announcement a resource belongs to, and where that is printed.

Built in one pass over N-Triples, from the statements that tie projects to what they name.
A person is not told « <…/territory/ML/gn-1> » but « titre » (session 2, ligne 14,
colonne « Partenaire »).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coopdec.model import Position
from coopdec.terms import bare
from coopdec.vocab import DCTERMS, PROV, RDF, RDFS, WGS84, cd

__all__ = ["Place", "Places"]

_ROW = f"<{PROV}wasDerivedFrom>"
_DOCUMENT = f"<{DCTERMS}isPartOf>"
_TITLE = f"<{DCTERMS}title>"
_LABEL = f"<{RDFS}label>"
_SESSION = f"<{cd('session')}>"
_NUMBER = f"<{cd('sessionNumber')}>"
_DIGEST = f"<{cd('sha256')}>"
_ROW_FACTS = {f"<{cd(t)}>": t for t in ("line", "lastLine", "page", "sheet", "regionCellLine")}

#: Property of a project → the column of the list that it comes from.
_COLUMNS = {
    f"<{cd('region')}>": "Région", f"<{cd('regionCell')}>": "Région",
    f"<{cd('lead')}>": "Chef de file", f"<{cd('leadCell')}>": "Chef de file",
    f"<{cd('partner')}>": "Partenaire", f"<{cd('partnerCountry')}>": "Partenaire",
    f"<{cd('partnerCell')}>": "Partenaire", f"<{cd('titleCell')}>": "Titre",
    _TITLE: "Titre", f"<{cd('theme')}>": "Titre", f"<{cd('themeAssignment')}>": "Titre",
    f"<{cd('noThemeStated')}>": "Titre",
    f"<{cd('coFunder')}>": "Cofinanceurs", f"<{cd('operator')}>": "Opérateur",
    f"<{cd('grant')}>": "Montant accordé", f"<{cd('totalCost')}>": "Coût total",
}
_MENTIONS = {p: c for p, c in _COLUMNS.items() if c != "Titre" and not p.endswith("Cell>")}
#: …and what a project says in so many words, or of a thing of the ontology.
_COLUMNS |= {
    f"<{cd('startDate')}>": "Début", f"<{cd('endDate')}>": "Fin",
    f"<{cd('duration')}>": "Durée", f"<{cd('year')}>": "Année", f"<{cd('status')}>": "État",
    f"<{WGS84}lat>": "Latitude", f"<{WGS84}long>": "Longitude",
}
_TYPE = f"<{RDF}type>"
_PROJECT = f"<{cd('Project')}>"
_WITHIN = f"<{cd('within')}>"


#: The column of a path that is not one property is that of its first.
_IRI = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Place:
    """``others``: how many more announcements name the same resource."""

    project: str = ""
    title: str = ""
    session: int | None = None
    where: Position | None = None
    label: str = ""
    others: int = 0


@dataclass
class Places:
    """``read(lines)`` as often as there are parts; ``place(focus, path)`` answers.
    Terms are N-Triples terms."""

    _facts: dict[str, dict[str, str]] = field(default_factory=dict, init=False)
    _mentions: dict[str, list[tuple[str, str]]] = field(default_factory=dict, init=False)
    _inside: dict[str, str] = field(default_factory=dict, init=False)
    _projects: set[str] = field(default_factory=set, init=False)

    def read(self, lines: Iterable[bytes]) -> None:
        wanted = {_ROW, _TITLE, _SESSION, _DOCUMENT, _NUMBER, _DIGEST, *_ROW_FACTS}
        for raw in lines:
            parts = raw.decode().rstrip("\n").split(" ", 2)
            if len(parts) < 3:
                continue
            subject, predicate, rest = parts
            if predicate in wanted or (predicate == _LABEL and rest.endswith("@fr .")):
                self._set(subject, predicate, rest[:-2])
            elif predicate == _TYPE and rest[:-2] == _PROJECT:
                self._projects.add(subject)
            if predicate in _MENTIONS:
                self._mentions.setdefault(rest[:-2], []).append((subject, predicate))
            elif predicate == _WITHIN:
                self._inside.setdefault(rest[:-2], subject)

    def read_naming(self, sought: Sequence[bytes], projects: Iterable[bytes]) -> None:
        """Those of the projects' statements that name one of these IRIs."""
        for text in projects:
            if any(iri in text for iri in sought):
                self.read(text.splitlines())

    def _set(self, subject: str, predicate: str, value: str) -> None:
        said = self._facts.setdefault(subject, {})
        # The smallest of several, so that the order of statements changes nothing.
        said[predicate] = min(value, said.get(predicate, value))

    def sought(self, focuses: Iterable[str]) -> list[bytes]:
        """The IRIs that a project names if one of these resources is of its making: they
        and what lies inside them. Documents are places themselves: none for those."""
        found: set[str] = set()
        for focus in focuses:
            about = _whole(focus)
            while about and about not in found and _DIGEST not in self._facts.get(about, {}):
                found.add(about)
                about = self._inside.get(about, "")
        return sorted(iri.encode() for iri in found)

    def place(self, focus: str, path: str) -> Place:
        about = _whole(focus)
        label = bare(self._facts.get(about, {}).get(_LABEL, ""))
        first = _IRI.search(path)
        mention = first[0] if first else ""
        project = about if about in self._projects else ""
        others = 0
        if not project:
            uses = self._uses(about)
            if uses:
                project, mention = uses[0]
                others = len({p for p, _ in uses}) - 1
        said = self._facts.get(project, {})
        row = focus if "#row-" in focus else said.get(_ROW, "")
        where = self._position(row, "Titre" if "#theme-" in focus else _COLUMNS.get(mention))
        if where is None and _DIGEST in self._facts.get(about, {}):
            where = Position(bare(about).rpartition("/")[2])
        return Place(
            project=bare(project), title=bare(said.get(_TITLE, "")),
            session=_number(self._facts.get(said.get(_SESSION, ""), {}).get(_NUMBER, "")),
            where=where, label=label, others=others)

    def _uses(self, about: str) -> list[tuple[str, str]]:
        """Projects that name it, or that name something inside it."""
        seen: set[str] = set()
        while about and about not in seen:
            uses = [use for use in self._mentions.get(about, ()) if use[0] in self._projects]
            if uses:
                return sorted(uses)
            seen.add(about)
            about = self._inside.get(about, "")
        return []

    def _position(self, row: str, column: str | None) -> Position | None:
        said = self._facts.get(row)
        if said is None:
            return None
        facts = {name: said[p] for p, name in _ROW_FACTS.items() if p in said}
        line, last = _number(facts.get("line", "")), _number(facts.get("lastLine", ""))
        if column == "Région" and "regionCellLine" in facts:
            line, last = _number(facts["regionCellLine"]), None
        document = bare(said.get(_DOCUMENT, "")).rpartition("/")[2]
        return Position(
            document=document or "?", line=line, last_line=last,
            page=_number(facts.get("page", "")), sheet=bare(facts.get("sheet", "")) or None,
            column=column)


def _whole(focus: str) -> str:
    """The resource that a fragment belongs to."""
    return focus.partition("#")[0] + ">" if "#" in focus and focus[0] == "<" else focus


def _number(literal: str) -> int | None:
    text = bare(literal)
    return int(text) if text.isascii() and text.isdigit() else None
