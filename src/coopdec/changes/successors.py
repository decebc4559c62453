"""Shared resources that went away, and what took their place where projects name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from coopdec.changes.model import EntityChange, FieldChange, Likeness, ProjectChange
from coopdec.text import fold
from coopdec.vocab import DCTERMS, cd

__all__ = ["successors"]

#: Fields that name a shared resource.
_NAMING = frozenset({cd("lead"), cd("partner"), cd("call"), cd("session"), cd("country"),
                     cd("within"), DCTERMS + "isPartOf"})
#: Kinds whose name says nothing of what they are: that projects agree is enough.
_BY_USE = frozenset({"call", "session", "source"})
_ALIKE = 80


def successors(changed: Iterable[ProjectChange], likely: Iterable[Likeness],
               entities: Sequence[EntityChange]) -> list[Likeness]:
    """For each shared resource that went away without a word: the one that projects name
    in its place and that bears the same name (a place that was identified), or none."""
    gone = {e.iri: e for e in entities if e.how == "removed" and not e.retired}
    labels = {e.iri: e for e in entities}
    votes: dict[str, Counter[str]] = {}
    fields = [f for c in changed for f in c.fields]
    fields += [f for k in likely for f in k.fields]
    fields += [f for e in entities for f in e.fields]
    for field in fields:
        for old, new in _replaced(field):
            if old in gone:
                votes.setdefault(old, Counter())[new] += 1
    found = []
    for iri, entity in sorted(gone.items()):
        if entity.kind in ("goal", "other"):
            continue
        best = [(new, n) for new, n in votes.get(iri, Counter()).most_common()
                if _fits(entity, labels.get(new), new)]
        if not best:
            found.append(Likeness(iri, None, "gone", 0.0, entity.label.fr, "", (), entity.kind))
            continue
        new, n = best[0]
        found.append(Likeness(iri, new, "move", round(n / votes[iri].total(), 3),
                              entity.label.fr, labels[new].label.fr if new in labels else new,
                              (), entity.kind))
    return found


def _replaced(field: FieldChange) -> Iterable[tuple[str, str]]:
    """(before, after) where a field names other resources than it did."""
    if field.predicate in _NAMING:
        for was in field.before:
            yield from ((was.term[1:-1], now.term[1:-1]) for now in field.after)


def _fits(gone: EntityChange, come: EntityChange | None, iri: str) -> bool:
    """Whether the new one may be the same: of the same folder, and of a like name unless
    names do not tell."""
    if f"/{gone.kind}/" not in iri and gone.kind != "session":
        return False
    if gone.kind in _BY_USE:
        return True
    if come is None or come.how != "added":
        return False
    from rapidfuzz.fuzz import token_set_ratio

    return token_set_ratio(fold(gone.label.fr), fold(come.label.fr)) >= _ALIKE
