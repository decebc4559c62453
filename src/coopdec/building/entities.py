"""The shared entities of all runs → what a release publishes of each, once.

They are written by whoever runs the tasks, in pieces, and put in order here. Memory has an
offset for each entity.
"""

from __future__ import annotations

import heapq
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from coopdec.batches import batched
from coopdec.building.runs import Run
from coopdec.building.shared import (
    Known,
    Sheet,
    Written,
    merged_entities,
    write_entities,
    write_known,
    write_sheet,
)
from coopdec.describe import Describer, entry, packed
from coopdec.executors import Runner, in_order
from coopdec.formats import BlockFormat, Entry, Heading
from coopdec.model import SharedEntity
from coopdec.tally import Tally
from coopdec.vocab import OF_OUR_CLASS

__all__ = ["Entities"]

#: Entities that are written, or looked through, at a time.
_TOGETHER = 500


class Entities:
    """The shared entities of all runs, each once, written in every format. A
    ``check.pieces.Store``."""

    def __init__(self, folder: Path, formats: Sequence[BlockFormat], heading: Heading) -> None:
        self._folder = folder
        self._formats = formats
        self._heading = heading
        self.counts: Counter[str] = Counter()
        self.countries: list[Entry] = []
        self.links: Counter[str] = Counter()
        self.tally = Tally()
        self.resources = 0
        #: Digest of an IRI → where its N-Triples begin, and how long they are.
        self._places: dict[int, int] = {}
        self._sizes = array("I")
        self._nt = folder / "entities.nt"
        self._read: BinaryIO | None = None
        self._kinds: list[str] = []

    def gather(
        self, runs: Sequence[Run], more: Iterable[SharedEntity], describer: Describer, run: Runner
    ) -> None:
        """Join what the runs know, and ``more``; the describer adds what people settled;
        ``run`` runs what writes them."""
        (self._folder / "more").mkdir()
        write_known(self._folder / "more", more)
        with ExitStack() as stack:
            files = [(f, stack.enter_context((self._folder / f"entities.{f.name}").open("wb")))
                     for f in self._formats]
            links: dict[str, BinaryIO] = {}
            joined = (_joined(known, describer)
                      for known in merged_entities([*runs, Run(self._folder / "more")]))
            for kind, iri, written in self._written(joined, run):
                self._write(iri, kind, written, files)
                if rows := written.texts[-1]:
                    if kind not in links:
                        links[kind] = stack.enter_context(
                            (self._folder / f"links.{kind}").open("wb"))
                    links[kind].write(rows)
            # Last of all kinds, and told from what is described.
            withdrawn = sorted(describer.tombstones(self), key=lambda e: e.iri)
            texts, tally = write_entities(withdrawn, self._formats, self._heading)
            for entity, written in zip(withdrawn, texts, strict=True):
                self._write(entity.iri, entity.kind, written, files)
        self.tally.take(tally)
        self._kinds = sorted(links)
        self._read = self._nt.open("rb")

    def _written(
        self, joined: Iterable[Known], run: Runner
    ) -> Iterator[tuple[str, str, Written]]:
        """(kind, IRI, what is written) of each, in order."""
        names = [f.name for f in self._formats]
        sheets = (Sheet(names, self._heading, some) for some in batched(joined, _TOGETHER))
        for sheet, (texts, tally) in in_order(run, write_sheet, sheets):
            self.tally.take(tally)
            for known, written in zip(sheet.known, texts, strict=True):
                if known.kind == "country":
                    self.countries.append(entry(known.entity(), self._heading.base))
                yield known.kind, known.iri, written

    def _write(self, iri: str, kind: str, written: Written,
               files: Sequence[tuple[BlockFormat, BinaryIO]]) -> None:
        self.counts[kind] += 1
        self.links.update(written.authorities)
        for (known, file), text in zip(files, written.texts, strict=False):
            if not text:
                continue
            if known.name == "nt":
                self._places[hash(iri.encode())] = file.tell() << 32 | len(text)
                self._sizes.append(len(text))
                self.resources += text.count(OF_OUR_CLASS)
            if known.separator and file.tell():
                file.write(known.separator.encode())
            file.write(text)

    def close(self) -> None:
        if self._read is not None:
            self._read.close()

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str) and hash(iri.encode()) in self._places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return (root.decode() for root, _ in self.entities())

    def one(self, root: bytes) -> bytes:
        """The N-Triples of one, by its bare IRI; empty for what is none of them."""
        place = self._places.get(hash(root))
        if place is None or self._read is None:
            return b""
        self._read.seek(place >> 32)
        return self._read.read(place & 0xFFFFFFFF)

    def entities(self) -> Iterator[tuple[bytes, bytes]]:
        """(bare IRI, N-Triples) of each, in order."""
        with self._nt.open("rb") as file:
            for size in self._sizes:
                text = file.read(size)
                yield text[1:text.index(b">")], text

    def _together(self) -> Iterator[bytes]:
        """Many entities at a time, none of them cut."""
        with self._nt.open("rb") as file:
            for sizes in batched(self._sizes, _TOGETHER):
                yield file.read(sum(sizes))

    def named(self, start: bytes) -> Iterator[bytes]:
        """Objects (bare IRIs) that begin like this."""
        sought = re.compile(rb"> <(%s[^>]*)> \.\n" % re.escape(start))
        for text in self._together():
            yield from sought.findall(text)

    def lines(self) -> Iterator[bytes]:
        """The N-Triples of all, a statement at a time."""
        with self._nt.open("rb") as file:
            yield from file

    def texts(self, known: BlockFormat) -> Iterator[bytes]:
        """All of them in one format, parted by its separator; N-Triples entity by entity."""
        if known.name == "nt":
            yield from (text for _, text in self.entities())
            return
        with (self._folder / f"entities.{known.name}").open("rb") as file:
            while data := file.read(1 << 20):
                yield data

    def accepted(self) -> Iterator[bytes]:
        """The published links as rows of ``links.sssom.tsv``, in the order of their subjects."""
        streams = (Run(self._folder).lines(f"links.{kind}") for kind in self._kinds)
        return heapq.merge(*streams, key=lambda line: line.partition(b"\t")[0])


def _joined(known: Known, describer: Describer) -> Known:
    """With what people decided, too. What several runs know is merged by who writes it."""
    if not describer.decides(known.iri):  # nearly always
        return known
    return known._replace(packed=[packed(describer.decided(known.entity()))])
