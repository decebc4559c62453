"""A release: the dumps, the links, the catalogue, the report and their checksums."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from coopdec.catalogue import catalogue
from coopdec.decisions import CURIES, contract
from coopdec.formats import BlockFormat
from coopdec.release import SSSOM_COLUMNS, Release, ReleasedFile
from coopdec.storage import SUMS, replaced_folder

__all__ = ["publish"]


def publish(release: Release, output: Path) -> list[str]:
    """Write ``release`` into ``output``, all at once or not at all; gives the file names.

    Raises:
        UsageError, StorageError: see :func:`coopdec.storage.replaced_folder`.
    """
    with replaced_folder(output) as folder:
        written: list[ReleasedFile] = []
        for known in release.formats:
            written.append(_write(folder / known.file, _pieces(release, known), known.media_type))
        written.append(_write(folder / "links.sssom.tsv", _sssom(release), _TSV))
        aside: list[ReleasedFile] = []
        for whole in release.whole:
            (aside if whole.kept else written).extend(
                _measured(folder / name, media_type)
                for name, media_type in whole.make(folder, release.heading))
        for name, text in release.reports.items():
            _write(folder / name, [text], "")
        for name, text in catalogue(release, written, aside, folder).items():
            _write(folder / name, [text], "")
        names = sorted(p.name for p in folder.iterdir())
        sums = [f"{_measured(folder / n, '').sha256}  {n}\n" for n in names]
        _write(folder / SUMS, sums, "text/plain")
    return [*names, SUMS]


_TSV = "text/tab-separated-values"


def _write(path: Path, pieces: Iterable[str], media_type: str) -> ReleasedFile:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for piece in pieces:
            data = piece.encode("utf-8")
            digest.update(data)
            size += len(data)
            file.write(data)
    return ReleasedFile(path.name, media_type, size, digest.hexdigest())


def _measured(path: Path, media_type: str) -> ReleasedFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ReleasedFile(path.name, media_type, path.stat().st_size, digest)


def _pieces(release: Release, known: BlockFormat) -> Iterable[str]:
    yield known.head(release.heading)
    first = True
    for text in _blocks(release, known):
        if text:
            if not first:
                yield known.separator
            first = False
            yield text
    yield known.foot


def _blocks(release: Release, known: BlockFormat) -> Iterable[str]:
    for project in release.projects:
        yield project[known.name]
    for entry in release.shared:
        yield known.block(entry, release.heading)


def _sssom(release: Release) -> Iterable[str]:
    """The accepted links as an SSSOM table (https://w3id.org/sssom), sorted."""
    base = release.heading.base
    prefixes = {"cdr": base, **CURIES}
    yield f"#mapping_set_id: {base}links.sssom.tsv\n#license: {release.heading.licence}\n"
    yield f"#mapping_set_version: \"{release.heading.version}\"\n#curie_map:\n"
    yield from (f"#  {prefix}: {namespace}\n" for prefix, namespace in sorted(prefixes.items()))
    yield "\t".join(SSSOM_COLUMNS) + "\n"
    out = io.StringIO()
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    for link in sorted(release.links):
        e = link.evidence
        table.writerow(["cdr:" + link.subject.removeprefix(base), link.label, contract(e.predicate),
                        contract(e.target), contract(e.justification), f"{e.confidence:g}",
                        "coopdec", e.reason_en])
    yield out.getvalue()

