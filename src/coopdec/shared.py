"""The shared entities of a run, on disk: written once by whoever met them, copied where all
who met them know the same, and only taken apart where they do not.

``shared``       one line an entity, by kind and IRI: these, a digest of its N-Triples, and
                 how long each of its texts is
``shared-text``  its texts, one after the other, as in :class:`Written`
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from coopdec.decisions import contract
from coopdec.describe import (
    entry,
    kind_and_iri,
    label_of,
    merge,
    name_of,
    packed,
    unpacked,
)
from coopdec.formats import BlockFormat, Heading
from coopdec.model import SharedEntity
from coopdec.runs import Run, allow_files, merged_lines
from coopdec.tally import Tally

__all__ = ["EntityWriter", "Known", "Written", "merged_entities"]

_TEXTS = "shared-text"
#: How many written entities a worker remembers, some 6 kB each.
_REMEMBERED = 8_000


#: Predicates and justifications are few.
_contract = lru_cache(maxsize=1 << 8)(contract)


class Written(NamedTuple):
    """An entity on its way to the disk. ``texts`` are those of the formats, in their order,
    then its rows of ``links.sssom.tsv``; ``counted`` is the authorities that it is linked to
    (``wikidata eu``) and, after a line feed, its packed :class:`coopdec.tally.Tally`;
    ``packed`` is all that is known of it, for :func:`coopdec.describe.unpacked`."""

    texts: Sequence[bytes]
    counted: bytes
    packed: bytes


class EntityWriter:
    """Writes entities in the chosen formats, and remembers them: most are met in every
    chunk."""

    def __init__(self, formats: Sequence[BlockFormat], heading: Heading) -> None:
        self._formats = formats
        self._heading = heading
        self._nt = [f.name for f in formats].index("nt")
        self._known: dict[str, tuple[SharedEntity, Written]] = {}

    def of(self, entity: SharedEntity) -> Written:
        known = self._known.get(entity.iri)
        if known is not None and (known[0] is entity or known[0] == entity):
            return known[1]
        made, tally = entry(entity), Tally()
        tally.see(made)
        links = " ".join(sorted(e.authority for e in entity.links.values()))
        written = Written(
            [*(f.block(made, self._heading) for f in self._formats),
             self._rows(entity) if links else b""],
            links.encode() + b"\n" + tally.packed(), packed(entity))
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[entity.iri] = entity, written
        return written

    def _rows(self, entity: SharedEntity) -> bytes:
        out, label = io.StringIO(), label_of(entity)
        subject = "cdr:" + entity.iri.removeprefix(self._heading.base)
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows(
            (subject, label, _contract(e.predicate), contract(e.target),
             _contract(e.justification), f"{e.confidence:g}", "coopdec", e.reason_en)
            for e in sorted(entity.links.values()))
        return out.getvalue().encode("utf-8", "replace")

    def statements(self, entity: SharedEntity) -> bytes:
        """The entity as N-Triples."""
        return self.of(entity).texts[self._nt]

    def write(self, folder: Path, entities: Iterable[SharedEntity]) -> None:
        """A run's two files."""
        with (folder / "shared").open("wb") as index, (folder / _TEXTS).open("wb") as file:
            for line, pieces in sorted(map(self._line, entities)):
                index.write(line)
                file.writelines(pieces)

    def _line(self, entity: SharedEntity) -> tuple[bytes, Sequence[bytes]]:
        written = self.of(entity)
        pieces = [*written.texts, written.counted, written.packed]
        # What is said in the same words is the same, whoever joins it with what else.
        digest = blake2b(written.texts[self._nt], digest_size=12).hexdigest()
        numbers = " ".join([digest, *map(str, map(len, pieces))])
        return b"%s\t%s\n" % (name_of(entity), numbers.encode()), pieces


class Known(NamedTuple):
    """All that runs know of one entity: ``written`` where they know the same; ``packed`` is
    what they know, each once."""

    kind: str
    iri: str
    written: Written
    packed: Sequence[bytes]

    def entity(self) -> SharedEntity:
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
        # Unbuffered: each text is read once, and most of them not at all.
        files = [stack.enter_context((run.folder / _TEXTS).open("rb", 0)).fileno() for run in runs]
        for name, group in groupby(lines, key=lambda found: found[0].partition(b"\t")[0]):
            last, written, known = b"", None, []
            for line, number in group:
                digest, *numbers = line[len(name):].split()
                sizes = [int(size) for size in numbers]
                total, offset = sum(sizes), offsets[number]
                offsets[number] = offset + total
                if digest == last:
                    continue
                data = os.pread(files[number], total, offset)
                *texts, counted, all_of_it = (
                    data[a:b] for a, b in pairwise(accumulate(sizes, initial=0)))
                written, last = Written(texts, counted, all_of_it), digest
                known.append(all_of_it)
            assert written is not None
            yield Known(*kind_and_iri(name), written, known)
