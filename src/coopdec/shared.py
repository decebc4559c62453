"""The shared entities of a run, on disk: written once by whoever met them, copied where all
who met them know the same, and only taken apart where they do not.

``shared``       one line an entity, by kind and IRI: these, a digest of what is known of it,
                 and how long each of its texts is
``shared-text``  its texts, one after the other: each format's, then its links for
                 ``links.sssom.tsv``, then all that is known of it (:mod:`coopdec.describe`)
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from hashlib import blake2b
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from coopdec.describe import (
    entry,
    from_line,
    kind_and_iri,
    label_of,
    merge,
    root_of_line,
    to_line,
)
from coopdec.formats import BlockFormat, Heading
from coopdec.model import LinkEvidence, SharedEntity
from coopdec.release import Link
from coopdec.runs import Run, allow_files, merged_lines

__all__ = ["EntityWriter", "Known", "Written", "links_of", "merged_entities"]

_TEXTS = "shared-text"
#: How many written entities a worker remembers, some 6 kB each.
_REMEMBERED = 8_000


class Written(NamedTuple):
    """An entity on its way to the disk: its line of ``shared``, and its texts in the order of
    the module's docstring."""

    line: bytes
    texts: Sequence[bytes]


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
        made = entry(entity)
        line = to_line(entity)
        texts = [f.block(made, self._heading) for f in self._formats]
        texts += [_link_line(entity) if entity.links else b"", line]
        digest = blake2b(line, digest_size=12).hexdigest()
        sizes = " ".join(map(str, map(len, texts)))
        written = Written(b"%s\t%s %s\n" % (root_of_line(line), digest.encode(), sizes.encode()),
                          texts)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[entity.iri] = entity, written
        return written

    def statements(self, entity: SharedEntity) -> bytes:
        """The entity as N-Triples."""
        return self.of(entity).texts[self._nt]

    def write(self, folder: Path, entities: Iterable[SharedEntity]) -> None:
        """A run's two files."""
        found = sorted(map(self.of, entities))
        with (folder / "shared").open("wb") as index, (folder / _TEXTS).open("wb") as file:
            index.writelines(line for line, _ in found)
            for _, texts in found:
                file.writelines(texts)


class Known(NamedTuple):
    """All that runs know of one entity: ``texts`` as in :class:`Written` where they know the
    same; ``lines`` (:func:`coopdec.describe.from_line`) are what they know, each once."""

    kind: str
    iri: str
    texts: Sequence[bytes]
    lines: Sequence[bytes]

    def entity(self) -> SharedEntity:
        first, *others = map(from_line, self.lines)
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
        for root, group in groupby(lines, key=lambda found: found[0].partition(b"\t")[0]):
            first, texts, known = b"", [], []
            for line, number in group:
                sizes = [int(size) for size in line.partition(b" ")[2].split()]
                total, offset = sum(sizes), offsets[number]
                offsets[number] = offset + total
                if line == first:
                    continue
                data = os.pread(files[number], total, offset)
                texts = [data[a:b] for a, b in pairwise(accumulate(sizes, initial=0))]
                first = line
                known.append(texts[-1])
            yield Known(*kind_and_iri(root), texts, known)


def _link_line(entity: SharedEntity) -> bytes:
    found = [[e.confidence, e.predicate, e.target, e.authority, e.identifier, e.justification,
              e.reason_fr, e.reason_en] for e in entity.links.values()]
    rest = json.dumps([label_of(entity), found], ensure_ascii=False)
    return f"{entity.iri}\t{rest}\n".encode("utf-8", "replace")


def links_of(line: bytes) -> list[Link]:
    """The links of an entity, from its text for them."""
    subject, _, rest = line.decode().partition("\t")
    label, found = json.loads(rest)
    return sorted(Link(subject, label, LinkEvidence(*fields)) for fields in found)
