"""The shared entities of a run, on disk: what a chunk knows of each. They are joined, and only
then written in the formats, once each, however many chunks met them.

``shared``       one line an entity, by kind and IRI: these, a digest of what is known of it, and
                 how long that is
``shared-known`` what is known, packed, one after the other
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from coopdec.building.runs import Run, allow_files, merged_lines
from coopdec.decisions import contract
from coopdec.describe import (
    entry,
    kind_and_iri,
    label_of,
    merge,
    name_of,
    packed,
    unpacked,
    whole,
)
from coopdec.formats import BlockFormat, Heading, formats
from coopdec.model import SharedEntity
from coopdec.tally import Tally

__all__ = ["Known", "Sheet", "Written", "link_rows", "merged_entities", "write_entities",
           "write_known", "write_sheet"]

_KNOWN = "shared-known"
#: Predicates and justifications are few.
_contract = lru_cache(maxsize=1 << 8)(contract)


def write_known(folder: Path, entities: Iterable[SharedEntity]) -> None:
    """A run's two files."""
    with (folder / "shared").open("wb") as index, (folder / _KNOWN).open("wb") as file:
        for name, entity in sorted((name_of(e), packed(e)) for e in entities):
            digest = blake2b(entity, digest_size=12).hexdigest()
            index.write(b"%s\t%s %d\n" % (name, digest.encode(), len(entity)))
            file.write(entity)


class Known(NamedTuple):
    """All that runs know of one entity; ``packed`` has what they know, each once."""

    kind: str
    iri: str
    packed: Sequence[bytes]

    def entity(self) -> SharedEntity:
        """What all of them know, joined."""
        first, *others = map(unpacked, self.packed)
        for other in others:
            first = merge(first, other)
        return first


def merged_entities(runs: Sequence[Run]) -> Iterator[Known]:
    """The entities of all runs, each once, by kind and IRI."""
    offsets = [0] * len(runs)
    with ExitStack() as stack:
        allow_files(2 * len(runs))
        lines = merged_lines(runs, "shared")
        # Unbuffered: what is known is read where it differs, and most of it not at all.
        files = [stack.enter_context((run.folder / _KNOWN).open("rb", 0)).fileno() for run in runs]
        for name, group in groupby(lines, key=lambda found: found[0].partition(b"\t")[0]):
            known: dict[bytes, bytes] = {}
            for line, number in group:
                digest, length = line[len(name):].split()
                size, offset = int(length), offsets[number]
                offsets[number] = offset + size
                if digest not in known:
                    known[digest] = os.pread(files[number], size, offset)
            yield Known(*kind_and_iri(name), list(known.values()))


class Written(NamedTuple):
    """An entity on its way to the disk. ``texts`` are those of the formats, in their order,
    then its rows of ``links.sssom.tsv``; ``authorities`` has one for each of its links."""

    texts: Sequence[bytes]
    authorities: Sequence[str]


def write_entities(
    entities: Sequence[SharedEntity], formats: Sequence[BlockFormat], heading: Heading
) -> tuple[list[Written], Tally]:
    """What is written of each, and what they state together. Step by step with all of them:
    what a step runs and reads stays near the processor."""
    entries = [entry(e, heading.base) for e in entities]
    texts = [[f.block(made, heading) for made in entries] for f in formats]
    rows = [link_rows(e, heading.base) for e in entities]
    authorities = [[evidence.authority for evidence in e.links.values()] for e in entities]
    tally = Tally()
    for made in entries:
        tally.see(made)
    written = list(map(Written, zip(*texts, rows, strict=True), authorities))
    return written, tally.added_up()


def link_rows(entity: SharedEntity, base: str) -> bytes:
    """An entity's rows of ``links.sssom.tsv``, in UTF-8; empty where it has no links."""
    if not entity.links:
        return b""
    out, label = io.StringIO(), label_of(entity)
    subject = "cdr:" + entity.iri.removeprefix(base)
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(
        (subject, label, _contract(e.predicate), contract(e.target),
         _contract(e.justification), f"{e.confidence:g}", "coopdec", e.reason_en)
        for e in sorted(entity.links.values()))
    return out.getvalue().encode("utf-8", "replace")


class Sheet(NamedTuple):
    """Some entities for a worker to write, joined, and the names of the formats."""

    formats: Sequence[str]
    heading: Heading
    known: Sequence[Known]


def write_sheet(sheet: Sheet) -> tuple[list[Written], Tally]:
    """See :func:`write_entities`."""
    entities = [known.entity() for known in sheet.known]
    return write_entities([whole(e, sheet.heading.base) for e in entities],
                          [formats()[name] for name in sheet.formats], sheet.heading)
