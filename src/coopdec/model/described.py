"""What is said of a project: its themes, and descriptions whose terms are encoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from coopdec.model.names import Resolution
from coopdec.model.rows import Row

__all__ = ["OWN", "SLOT", "Announcement", "Description", "LinkEvidence", "SharedEntity", "Theme",
           "slot"]

#: In a term: the IRI of the entry that the description is part of (``<OWN#theme-6>``). No
#: encoded term has this character, which N-Triples write as an escape.
OWN = "\0"
#: In a form, on either side of the number of a slot: see :class:`Description`.
SLOT = "\2"


def slot(number: int) -> str:
    """Where a form has an entry's own value of this number (``"␂0␂"^^<…integer>``)."""
    return f"{SLOT}{number}{SLOT}"


class Theme(NamedTuple):
    """A goal (1 to 17) that a title states, or one of its targets (``"6.1"``).

    ``evidence``: the words with their place in the title, ``(words, start, end)``,
    end exclusive, in characters. ``rule`` names the rule, for provenance.
    """

    goal: int
    confidence: float
    evidence: tuple[tuple[str, int, int], ...]
    rule: str
    target: str | None = None


class Announcement(NamedTuple):
    """A row with what the stages found in it: what describe works from.

    ``leads`` and ``partners`` run beside the row's mentions; a partner that is only a
    country has no resolution. ``within`` gives the parents of each partner.
    """

    row: Row
    leads: tuple[Resolution, ...]
    partners: tuple[Resolution | None, ...]
    within: tuple[tuple[Resolution, ...], ...]
    themes: tuple[Theme, ...]


class Description(NamedTuple):
    """One subject and what is said of it. ``subject`` and the terms of ``statements``
    are N-Triples terms (``<…>`` or ``"…"@fr``), already encoded, without repeats; an IRI
    may begin with :data:`OWN`.

    What many entries say (all that follows from a cell, from a theme) is made once:
    ``written`` is where formats keep what they made of it. None: it is one entry's alone.

    Where many say it but for some words, it is a form: its subject and its values (predicates
    never) have a :func:`slot` wherever an entry's own words stand, and :meth:`filled` puts
    these beside it. ``values`` are by the number of their slot, in UTF-8. A format writes the
    form once, slots as they are, and then only puts values into its text: so they must be
    what every format writes as it stands. That holds for literals without a datatype, and for
    what stands within a term that is otherwise given: digits or decimals in a literal, and in
    an IRI what :func:`coopdec.terms.formed` takes for plain.
    """

    subject: str
    statements: Sequence[tuple[str, str]]
    written: dict[str, Any] | None = None
    values: tuple[bytes, ...] = ()

    def filled(self, values: Iterable[str]) -> Description:
        """This form with an entry's own words."""
        return Description(self.subject, self.statements, self.written,
                           tuple(map(str.encode, values)))


class LinkEvidence(NamedTuple):
    """Why an entity is linked; of several the strongest is published (the order of the
    fields settles a draw). IRIs are bare; ``predicate`` is one of SKOS' or owl:sameAs."""

    confidence: float
    predicate: str
    target: str
    authority: str
    identifier: str
    justification: str
    reason_fr: str
    reason_en: str


class SharedEntity(NamedTuple):
    """``about`` maps each subject (bare IRI: the entity, its geometry) to its statements,
    encoded; ``links`` maps a link's IRI to its evidence; ``kind`` is its folder.

    What the reference says of a territory, and the links that follow, many chunks would
    describe again: ``found`` says how it was found there, and :func:`coopdec.describe.whole`
    adds them when all chunks are joined."""

    iri: str
    kind: str
    about: Mapping[str, frozenset[tuple[str, str]]]
    links: Mapping[str, LinkEvidence] = {}
    found: frozenset[bytes] = frozenset()
