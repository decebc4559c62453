"""The shared entities of all runs → what a release publishes of each, once.

Where all runs know the same of an entity, as they nearly always do, its texts are copied.
Memory has an offset for each entity.
"""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from coopdec.describe import Describer, entry, from_line
from coopdec.formats import BlockFormat, Entry, Heading
from coopdec.model import SharedEntity
from coopdec.release import Link
from coopdec.runs import Run
from coopdec.shared import EntityWriter, links_of, merged_entities
from coopdec.tally import Tally
from coopdec.vocab import CD, RDF

__all__ = ["Entities"]

_OURS = f" <{RDF}type> <{CD}".encode()


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
        self, runs: Sequence[Run], more: Iterable[SharedEntity], describer: Describer
    ) -> None:
        """Join what the runs know, and ``more``; the describer adds what people settled."""
        (self._folder / "more").mkdir()
        writer = EntityWriter(self._formats, self._heading)
        writer.write(self._folder / "more", more)
        with ExitStack() as stack:
            files = [(f, stack.enter_context((self._folder / f"entities.{f.name}").open("wb")))
                     for f in self._formats]
            links = _Links(self._folder, stack)
            for known in merged_entities([*runs, Run(self._folder / "more")]):
                texts = known.texts
                if len(known.lines) > 1 or describer.decides(known.iri):
                    texts = writer.of(describer.decided(known.entity())).texts
                self._write(known.iri, known.kind, texts, files)
                links.write(known.kind, texts[-2])
            # Last of all kinds, and told from what is described.
            for entity in sorted(describer.tombstones(self), key=lambda e: e.iri):
                self._write(entity.iri, entity.kind, writer.of(entity).texts, files)
        self._kinds, self.links = links.kinds(), links.counts
        self._read = self._nt.open("rb")

    def _write(self, iri: str, kind: str, texts: Sequence[bytes],
               files: Sequence[tuple[BlockFormat, BinaryIO]]) -> None:
        self.counts[kind] += 1
        if kind == "country":
            self.countries.append(entry(from_line(texts[-1])))
        for (known, file), text in zip(files, texts, strict=False):  # more texts than formats
            if not text:
                continue
            if known.name == "nt":
                self._places[hash(iri.encode())] = file.tell() << 32 | len(text)
                self._sizes.append(len(text))
                self.resources += text.count(_OURS)
                self.tally.see_text(text)
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
        place = self._places.get(hash(root))
        if place is None or self._read is None:
            return b""
        self._read.seek(place >> 32)
        return self._read.read(place & 0xFFFFFFFF)

    def entities(self) -> Iterator[tuple[bytes, bytes]]:
        with self._nt.open("rb") as file:
            for size in self._sizes:
                text = file.read(size)
                yield text[1:text.index(b">")], text

    def lines(self) -> Iterator[bytes]:
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

    def accepted(self) -> Iterator[Link]:
        """The published links, in the order of their subjects."""
        streams = (Run(self._folder).lines(f"links.{kind}") for kind in self._kinds)
        for line in heapq.merge(*streams):
            yield from links_of(line)


class _Links:
    """The texts of entities for ``links.sssom.tsv``, by kind: within one, they come in the
    order of their subjects."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._files: dict[str, BinaryIO] = {}
        self.counts: Counter[str] = Counter()

    def write(self, kind: str, line: bytes) -> None:
        if not line:
            return
        if kind not in self._files:
            path = self._folder / f"links.{kind}"
            self._files[kind] = self._stack.enter_context(path.open("wb"))
        self._files[kind].write(line)
        self.counts.update(link.evidence.authority for link in links_of(line))

    def kinds(self) -> list[str]:
        return sorted(self._files)
