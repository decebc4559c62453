"""Two releases → what changed between them. One pass over each, side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coopdec.changes.dump import Dump, Span, joined
from coopdec.changes.fields import facts, fields, named, statements
from coopdec.changes.likeness import assigned, pairs
from coopdec.changes.model import (
    Changes,
    EntityChange,
    FieldChange,
    Likeness,
    ProjectChange,
    Words,
)
from coopdec.changes.naming import TOMBSTONE, Names, short
from coopdec.changes.opening import opened
from coopdec.changes.successors import successors
from coopdec.vocab import DCAT, DCTERMS, RDF, SDG

__all__ = ["changes", "compared"]

_REPLACED = f"<{DCTERMS}isReplacedBy>"
_TERM = re.compile(rb"^<[^>]*> <([^>]*)> (?:<([^>]*)> \.$)?", re.MULTILINE)
#: The folder under the base that an IRI of ours lies in.
_KINDS = re.compile(r"/(collectivity|territory|institution|country|call|source|goal)/[^#]*$")


def changes(old: str | Path, new: str | Path) -> Changes:
    """Compare two releases: folders, dumps in any form of RDF, ``git:REVISION[:FOLDER]``.

    Raises:
        UsageError, DataError, StorageError: see :func:`coopdec.changes.opening.opened`.
    """
    with opened(old) as before, opened(new) as after:
        return compared(before, after)


@dataclass(slots=True)
class _Seen:
    """What the pass over the projects gathered: where those stand that differ."""

    gone: list[tuple[str, Span]] = field(default_factory=list)
    come: list[tuple[str, Span]] = field(default_factory=list)
    changed: list[tuple[str, Span, Span]] = field(default_factory=list)
    terms: tuple[set[bytes], set[bytes]] = field(default_factory=lambda: (set(), set()))


def compared(old: Dump, new: Dump, distinct: Collection[frozenset[str]] = (), *,
             added: bool = True) -> Changes:
    """``distinct``: pairs of IRIs of which a person said that they are not the same. Without
    ``added`` nobody asks which projects came: unless one went away, none of them is read,
    however many they are."""
    seen = _pass(old, new)
    shared = old.shared(), new.shared()
    names = Names(shared[1], shared[0])
    graves = [_graves(side) for side in shared]
    entities = list(_entities(shared[0], shared[1], graves, names))
    changed = []
    for iri, a, b in seen.changed:
        was, now = _differing(iri, old.data[slice(*a)], new.data[slice(*b)])
        if found := fields(iri, was, now, names):
            changed.append(ProjectChange(named(iri, now, names), found))
    gone = [_Row(old, iri, span, names) for iri, span in seen.gone]
    unexplained = [r for r in gone if r.iri not in graves[1]]
    come = [_Row(new, iri, span, names) for iri, span in seen.come if added or unexplained]
    removed = [replace(r.named, retired=r.iri in graves[1], replaced_by=graves[1].get(r.iri))
               for r in gone]
    terms = _terms(old, new, seen, shared)
    present = {iri for iri, _ in seen.come}
    likely = _likely(unexplained, come, names, distinct)
    likely += successors(changed, likely, entities)
    return Changes(
        old.name, new.name, version_of(old), version_of(new),
        added=[r.named for r in come], removed=removed, changed=changed,
        likely=likely, entities=entities, terms_added=terms[0], terms_removed=terms[1],
        counts=_counts(old, new, shared),
        reused=sorted(i for i in graves[0] if i not in graves[1]
                      and (i in present or i.encode() in shared[1])),
        lost=sorted(i for i in graves[0] if i not in graves[1] and i not in present
                    and i.encode() not in shared[1]),
    )


class _Row:
    """A project that is in one release only: what it is known by; its statements are
    read when they are asked for."""

    __slots__ = ("dump", "facts", "iri", "named", "span")

    def __init__(self, dump: Dump, iri: str, span: Span, names: Names) -> None:
        self.dump, self.iri, self.span = dump, iri, span
        said = self.said()
        self.named, self.facts = named(iri, said, names), facts(iri, said)

    def said(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return statements(self.dump.data[slice(*self.span)])


def _pass(old: Dump, new: Dump) -> _Seen:
    seen = _Seen()
    for subject, before, after in joined(old, new):
        iri = subject.decode()
        spans = [(b.start, b.start + len(b.lines)) for b in (before, after) if b is not None]
        for terms, block in zip(seen.terms, (before, after), strict=True):
            if block is not None:
                terms.update(_used(block.lines))
        if before is None:
            seen.come.append((iri, spans[0]))
        elif after is None:
            seen.gone.append((iri, spans[0]))
        else:
            seen.changed.append((iri, spans[0], spans[1]))
    return seen


def _differing(iri: str, before: bytes, after: bytes) -> tuple[
        dict[str, dict[str, tuple[str, ...]]], dict[str, dict[str, tuple[str, ...]]]]:
    """The statements of the project itself and of its parts that differ: most lines are
    the same, and need no parsing."""
    was, now = (dict.fromkeys(lines.splitlines(keepends=True)) for lines in (before, after))
    about = {line.partition(b" ")[0] for line in was.keys() ^ now.keys()} | {f"<{iri}>".encode()}
    one, other = (statements(b"".join(x for x in lines if x.partition(b" ")[0] in about))
                  for lines in (was, now))
    return one, other


def _graves(shared: Mapping[bytes, bytes]) -> dict[str, str | None]:
    """Withdrawn IRIs → what replaces them."""
    found: dict[str, str | None] = {}
    for subject, lines in shared.items():
        if TOMBSTONE in lines:
            iri = subject.decode()
            to = statements(lines).get(f"<{iri}>", {}).get(_REPLACED, ())
            found[iri] = to[0][1:-1] if to else None
    return found


def kind_of(iri: str, lines: bytes) -> str:
    """The folder that a shared resource lies in: « territory », « country »…"""
    if TOMBSTONE in lines:
        return "tombstone"
    if iri.startswith(SDG):
        return "goal"
    match = _KINDS.search(iri)
    if match is None:
        return "other"
    return "session" if match[1] == "call" and "/session-" in match[0] else match[1]


def _entities(before: Mapping[bytes, bytes], after: Mapping[bytes, bytes],
              graves: list[dict[str, str | None]], names: Names) -> Iterable[EntityChange]:
    for subject in sorted(before.keys() | after.keys()):
        was, now = before.get(subject), after.get(subject)
        if was == now:
            continue
        iri = subject.decode()
        label = names.label(iri) or Words(short(iri), short(iri))
        # A resource that was withdrawn went away; that a tombstone stands there is told of it.
        buried = iri in graves[1] and iri not in graves[0]
        if buried and was is None:
            continue  # a project's: told with the projects
        if was is None or now is None or buried:
            lines = now if was is None else was
            assert lines is not None
            statements(lines)  # what does not parse is said
            yield EntityChange(iri, kind_of(iri, lines), label,
                               "added" if was is None else "removed",
                               retired=buried, replaced_by=graves[1].get(iri))
            continue
        found = fields(iri, statements(was), statements(now), names)
        if found:
            yield EntityChange(iri, kind_of(iri, now), label, "changed", found)


def _terms(old: Dump, new: Dump, seen: _Seen, shared: tuple[Mapping[bytes, bytes], ...]
           ) -> tuple[list[str], list[str]]:
    """Classes and properties that came into use, and that went out of it. What is the
    same on both sides brings no new term: only what differs is looked through."""
    was, now = seen.terms
    for subject in shared[0].keys() | shared[1].keys():
        a, b = shared[0].get(subject, b""), shared[1].get(subject, b"")
        if a != b:
            was |= _used(a)
            now |= _used(b)
    return tuple(  # type: ignore[return-value]
        sorted(t.decode() for t in mine - other if not dump.holds(b" <" + t + b"> "))
        for mine, other, dump in ((now, was, old), (was, now, new)))


def _used(lines: bytes) -> set[bytes]:
    kind = RDF.encode() + b"type"
    return {t for predicate, value in _TERM.findall(lines)
            for t in ((predicate, value) if predicate == kind and value else (predicate,))}


def _counts(old: Dump, new: Dump, shared: tuple[Mapping[bytes, bytes], ...]
            ) -> dict[str, tuple[int, int]]:
    kinds = [Counter(kind_of(s.decode(), lines) for s, lines in side.items()) for side in shared]
    sizes = [sum(lines.count(b"\n") for lines in side.values()) for side in shared]
    found = {"project": (old.held[0], new.held[0])}
    for kind in ("collectivity", "territory", "institution", "country", "goal", "call", "session",
                 "source", "tombstone", "other"):
        if kinds[0][kind] or kinds[1][kind]:
            found[kind] = (kinds[0][kind], kinds[1][kind])
    found["statement"] = (old.held[1] + sizes[0], new.held[1] + sizes[1])
    return found


def _likely(gone: Sequence[_Row], come: Sequence[_Row], names: Names,
            distinct: Collection[frozenset[str]]) -> list[Likeness]:
    """For each project that went away without a word: the decision that this suggests."""
    found = [p for p in pairs([r.facts for r in gone], [r.facts for r in come])
             if frozenset((gone[p[0]].iri, come[p[1]].iri)) not in distinct]
    kept, merged = assigned(found)
    likely = []
    for n, row in enumerate(gone):
        if n not in kept and n not in merged:
            likely.append(Likeness(row.iri, None, "gone", 0.0, row.named.title, ""))
            continue
        at, score = kept[n] if n in kept else merged[n]
        to = come[at]
        likely.append(Likeness(
            row.iri, to.iri, "keep" if n in kept else "merge", score, row.named.title,
            to.named.title, _differences(row.iri, row.said(), to.iri, to.said(), names)))
    return likely


def _differences(iri: str, said: Mapping[str, Mapping[str, tuple[str, ...]]], to: str,
                 what: Mapping[str, Mapping[str, tuple[str, ...]]], names: Names
                 ) -> tuple[FieldChange, ...]:
    """What differs between two projects, each seen as if it bore the other's IRI."""
    moved = {s.replace(f"<{iri}", f"<{to}", 1): {
        p: tuple(o.replace(f"<{iri}", f"<{to}", 1) for o in objects) for p, objects in of.items()}
        for s, of in said.items()}
    return tuple(f for f in fields(to, moved, what, names)
                 if f.predicate != DCTERMS + "identifier")


def version_of(dump: Dump) -> str | None:
    """The version that the release states in its catalogue or at the head of its dump."""
    folder = dump.folder
    if folder is None:
        return None
    catalogue = folder / "catalog.ttl"
    if catalogue.is_file():
        from pyoxigraph import RdfFormat, parse

        try:
            for quad in parse(path=catalogue, format=RdfFormat.TURTLE):
                if (quad.predicate.value == DCAT + "version"
                        and str(quad.subject).endswith("/dataset>")):
                    return str(quad.object.value)
        except (SyntaxError, ValueError):
            return None
    return None
