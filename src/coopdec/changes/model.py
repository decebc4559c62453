"""What changed between two releases, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from coopdec.messages import Lang

__all__ = ["Changes", "EntityChange", "FieldChange", "Likeness", "Named", "Nature", "ProjectChange",
           "Value", "Words", "records"]


@dataclass(frozen=True, slots=True)
class Words:
    """The same in French and in English."""

    fr: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.en if lang == "en" else self.fr


class Nature(StrEnum):
    """``content``: what the data say. ``position``: only where it is printed in the list.
    ``echo``: repeats another change (a label beside its title), or explains it."""

    CONTENT = "content"
    POSITION = "position"
    ECHO = "echo"


@dataclass(frozen=True, slots=True)
class Value:
    """``term`` in N-Triples; ``text`` as people read it (the label of an IRI)."""

    term: str
    text: Words


@dataclass(frozen=True, slots=True)
class FieldChange:
    """``predicate``: the IRI of the property, or of the class of a part that came or went
    (a theme's assignment, a row). ``part``: what of the project it is said of, None for the
    project itself. ``before`` and ``after`` hold what is no longer and what is newly said."""

    predicate: str
    name: Words
    part: Words | None
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    nature: Nature


@dataclass(frozen=True, slots=True)
class Named:
    """A project: enough to know it by."""

    iri: str
    title: str
    leads: tuple[Words, ...] = ()
    partners: tuple[Words, ...] = ()
    countries: tuple[Words, ...] = ()
    #: Of one that went away: what its tombstone says replaces it; None without tombstone.
    retired: bool = False
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project that both releases have, and what is said of it otherwise."""

    project: Named
    fields: tuple[FieldChange, ...]

    @property
    def nature(self) -> Nature:
        """Position where nothing else changed."""
        found = {f.nature for f in self.fields}
        return Nature.CONTENT if Nature.CONTENT in found or not found & {Nature.POSITION} \
            else Nature.POSITION


@dataclass(frozen=True, slots=True)
class EntityChange:
    """A resource that projects share. ``kind`` is its folder under the base; ``how`` is
    added, removed or changed."""

    iri: str
    kind: str
    label: Words
    how: str
    fields: tuple[FieldChange, ...] = ()
    retired: bool = False
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """A resource that went away (``old``) and the one that it almost equals or that took
    its place, or None where nothing did. ``action`` is the decision that this suggests, a
    word of ``decisions/identities.tsv``; ``score`` from 0 to 1; ``fields`` what differs
    between them; ``kind`` the folder that they lie in."""

    old: str
    new: str | None
    action: str
    score: float
    old_title: str
    new_title: str
    fields: tuple[FieldChange, ...] = ()
    kind: str = "project"


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from ``old`` to ``new`` (the names under which they were given).

    ``terms_added`` and ``terms_removed``: classes and properties that came into use or went
    out of it. ``counts``: kind of resource → (before, after). ``reused``: IRIs that were
    withdrawn and name something again; ``lost``: withdrawn IRIs whose tombstone is gone.
    """

    old: str
    new: str
    old_version: str | None = None
    new_version: str | None = None
    added: Sequence[Named] = ()
    removed: Sequence[Named] = ()
    changed: Sequence[ProjectChange] = ()
    likely: Sequence[Likeness] = ()
    entities: Sequence[EntityChange] = ()
    terms_added: Sequence[str] = ()
    terms_removed: Sequence[str] = ()
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    reused: Sequence[str] = ()
    lost: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Whether anything changed in the data."""
        return bool(self.added or self.removed or self.changed or self.entities)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def text(self, lang: Lang = "fr", *, limit: int | None = None) -> str:
        """In words, for a terminal. ``limit``: how many of a kind are told one by one."""
        from coopdec.changes.prose import text

        return text(self, lang, limit=limit)

    def markdown(self, lang: Lang = "fr", *, limit: int | None = None) -> str:
        """The same as :meth:`text`, as a page."""
        from coopdec.changes.prose import markdown

        return markdown(self, lang, limit=limit)


def records(found: Changes) -> Iterator[dict[str, Any]]:
    """One change a record, each with its ``change``: summary, added, removed, changed,
    likely, entity, term, reused, lost."""
    yield {"change": "summary", "old": found.old, "new": found.new,
           "old_version": found.old_version, "new_version": found.new_version,
           "counts": {k: list(v) for k, v in found.counts.items()}}
    for name, entries in (("added", found.added), ("removed", found.removed),
                          ("changed", found.changed), ("likely", found.likely),
                          ("entity", found.entities)):
        for entry in entries:
            yield {"change": name, **asdict(entry)}
    for how, terms in (("added", found.terms_added), ("removed", found.terms_removed)):
        yield from ({"change": "term", "how": how, "iri": iri} for iri in terms)
    for name, iris in (("reused", found.reused), ("lost", found.lost)):
        yield from ({"change": name, "iri": iri} for iri in iris)
