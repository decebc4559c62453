"""``gz`` and ``zst``: the text dumps of the release once more, compressed. The same bytes
for the same dump: no clock and no file name inside."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from coopdec.formats import Heading, WholeFormat, formats

__all__ = ["FORMATS"]

Pack = Callable[[IO[bytes], IO[bytes], int], None]
_BLOCK = 1 << 20


def _gz(source: IO[bytes], target: IO[bytes], _: int) -> None:
    with gzip.GzipFile("", "wb", 6, target, mtime=0) as packed:
        shutil.copyfileobj(source, packed, _BLOCK)


def _zst(source: IO[bytes], target: IO[bytes], size: int) -> None:
    import zstandard

    zstandard.ZstdCompressor(level=9, write_checksum=True).copy_stream(source, target, size=size)


def _make(suffix: str, media_type: str, pack: Pack, folder: Path, _: Heading
          ) -> Sequence[tuple[str, str]]:
    made = []
    for name in sorted(f.file for f in formats().values()):
        path = folder / name
        if path.exists():
            with path.open("rb") as source, (folder / (name + suffix)).open("wb") as target:
                pack(source, target, path.stat().st_size)
            made.append((name + suffix, media_type))
    return made


def _format(name: str, media_type: str, pack: Pack, needs: str = "") -> WholeFormat:
    suffix = f".{name}"
    return WholeFormat(name, suffix, media_type, needs=needs,
                       make=partial(_make, suffix, media_type, pack))


FORMATS = (_format("gz", "application/gzip", _gz),
           _format("zst", "application/zstd", _zst, "zstandard"))
