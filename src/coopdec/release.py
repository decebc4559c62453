"""What a release holds, on its way to the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coopdec.formats import BlockFormat, Entry, Heading, WholeFormat
from coopdec.model import Source
from coopdec.tally import Tally

__all__ = ["SSSOM_COLUMNS", "Release", "ReleasedFile"]

#: Of ``links.sssom.tsv`` (https://w3id.org/sssom).
SSSOM_COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id",
                 "mapping_justification", "confidence", "mapping_tool", "comment")


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """A file that was written; ``size`` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """Everything that a release holds, most of it still on disk: ``pieces`` gives a dump's
    text between head and foot, with its separators, ``links`` the rows of the accepted links in
    the order of their subjects, ``reports`` maps file names to their text, piece by piece.
    ``tally`` counts what the dumps state; ``countries`` are those that projects name."""

    heading: Heading
    formats: Sequence[BlockFormat]
    pieces: Callable[[BlockFormat], Iterator[bytes]]
    sources: Sequence[Source]
    links: Iterable[bytes]
    tally: Tally
    countries: Sequence[Entry]
    reports: Mapping[str, Iterable[str]] = field(default_factory=dict)
    attribution: Sequence[str] = ()
    #: How complete it is, as statements (subject, predicate, object), encoded.
    quality: Sequence[tuple[str, str, str]] = ()
    #: What it was made with: « lexicon », « reference » → version.
    made_with: Mapping[str, str] = field(default_factory=dict)
    #: Further files, made from the finished dumps.
    whole: Sequence[WholeFormat] = ()
    #: Also the N-Triples in parts, for stores that load several files at once.
    partitions: bool = False
