"""A release: the dumps, the links, the catalogue, the report and their checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from coopdec.catalogue import catalogue
from coopdec.decisions import CURIES
from coopdec.errors import MissingExtra
from coopdec.formats import formats
from coopdec.release import SSSOM_COLUMNS, Release, ReleasedFile
from coopdec.storage import SUMS, replaced_folder
from coopdec.tally import Distinct

__all__ = ["publish"]


def publish(release: Release, output: Path) -> list[str]:
    """Write ``release`` into ``output``, which the caller holds, all at once or not at all;
    gives the file names.

    Raises:
        UsageError, StorageError: see :func:`coopdec.storage.replaced_folder`.
    """
    with replaced_folder(output, mine=True) as folder:
        written: list[ReleasedFile] = []
        objects = Distinct()
        for known in release.formats:
            texts = release.pieces(known)
            if known.name == "nt":
                texts = objects.passing(texts)
            pieces = chain([known.head(release.heading).encode()], texts, [known.foot.encode()])
            written.append(_write(folder / known.file, pieces, known.media_type))
        written.append(_write(folder / "links.sssom.tsv", _sssom(release), _TSV))
        aside: list[ReleasedFile] = []
        for whole in release.whole:
            (aside if whole.kept else written).extend(
                _measured(folder / name, media_type)
                for name, media_type in whole.make(folder, release.heading))
        if release.partitions:
            written += _parts(folder, release)
        others = [_write(folder / name, text, "") for name, text in release.reports.items()]
        others += [_write(folder / name, [text], "")
                   for name, text in catalogue(
                       release, written, aside, folder, objects.count).items()]
        known_as = {file.name: file.sha256 for file in (*written, *aside, *others)}
        names = sorted(p.name for p in folder.iterdir())
        sums = [f"{known_as.get(n) or _measured(folder / n, '').sha256}  {n}\n" for n in names]
        _write(folder / SUMS, sums, "text/plain")
    return [*names, SUMS]


_TSV = "text/tab-separated-values"


def _write(path: Path, pieces: Iterable[str | bytes], media_type: str) -> ReleasedFile:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for data in _gathered(pieces):
            digest.update(data)
            size += len(data)
            file.write(data)
    return ReleasedFile(path.name, media_type, size, digest.hexdigest())


def _gathered(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """Small pieces together: a million calls less."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        data = piece.encode("utf-8") if isinstance(piece, str) else piece
        held.append(data)
        size += len(data)
        if size >= _TOGETHER:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


_TOGETHER = 1 << 20


def _measured(path: Path, media_type: str) -> ReleasedFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ReleasedFile(path.name, media_type, path.stat().st_size, digest)


def _parts(folder: Path, release: Release) -> Iterator[ReleasedFile]:
    """The N-Triples once more, in compressed parts with whole resources in each, and
    ``manifest.json`` with what each holds."""
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtra("format-extra", extra="tables", need="--partitions") from error
    nt = formats()["nt"]
    manifest = []
    for number, pieces in enumerate(_cut(release.pieces(nt)), 1):
        text = b"".join(pieces)
        path = folder / f"part-{number:05}.nt.zst"
        # One thread and a size in the header: the same bytes everywhere.
        path.write_bytes(zstandard.ZstdCompressor(level=6).compress(text))
        made = _measured(path, "application/zstd")
        manifest.append({
            "file": made.name, "triples": text.count(b"\n"), "bytes": len(text),
            "sha256": hashlib.sha256(text).hexdigest(),
            "compressed": {"bytes": made.size, "sha256": made.sha256}})
        yield made
    total = {"of": nt.file, "mediaType": nt.media_type, "triples": release.tally.triples,
             "parts": manifest}
    yield _write(folder / "manifest.json", [json.dumps(total, indent=1) + "\n"],
                 "application/json")


def _cut(texts: Iterable[bytes]) -> Iterator[list[bytes]]:
    held: list[bytes] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _PART:
            yield held
            held, size = [], 0
    if held:
        yield held


#: Bytes of N-Triples in a part, about: stores load some tens of them at a time.
_PART = 64 << 20


def _sssom(release: Release) -> Iterable[str | bytes]:
    """The accepted links as an SSSOM table (https://w3id.org/sssom), sorted."""
    base = release.heading.base
    prefixes = {"cdr": base, **CURIES}
    yield f"#mapping_set_id: {base}links.sssom.tsv\n#license: {release.heading.licence}\n"
    yield f"#mapping_set_version: \"{release.heading.version}\"\n#curie_map:\n"
    yield from (f"#  {prefix}: {namespace}\n" for prefix, namespace in sorted(prefixes.items()))
    yield "\t".join(SSSOM_COLUMNS) + "\n"
    yield from release.links
