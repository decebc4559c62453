"""How a format says no: one fatal finding, and bounds on what it takes into memory."""

from __future__ import annotations

from typing import BinaryIO

from coopdec.errors import DataError
from coopdec.model import Finding, Position, Severity

__all__ = ["MIB", "WHOLE_LIMIT", "read_all", "refuse_long_lines", "refused"]

MIB = 1 << 20

# Formats that need the whole text at once stop here: a published list of 100,000 projects
# is some 30 MiB. The streaming formats (CSV, JSON Lines, PDF, spreadsheets) have other bounds.
WHOLE_LIMIT = 128 * MIB

#: A line as long as two of these is refused for sure, one shorter than one is read.
_LINE_LIMIT = 4 * MIB


def refused(code: str, where: Position | str, /, **params: object) -> DataError:
    """The error of a document that cannot be read; ``raise refused(…) from error``."""
    place = Position(where) if isinstance(where, str) else where
    return DataError([Finding(code, Severity.FATAL, place, params)])


def read_all(stream: BinaryIO, name: str, limit: int = WHOLE_LIMIT) -> bytes:
    """The bytes from here to the end; refused beyond ``limit`` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise refused("document-too-large", name, limit=f"{limit // MIB} MiB")
    return data


def refuse_long_lines(stream: BinaryIO, name: str) -> None:
    """A line of megabytes is no line of a list, and would be held and split as a whole. Only
    line ends are looked for: this costs little beside the reading. The stream is left where
    it was.

    Raises:
        DataError: a line is longer than 8 MiB; one of less than 4 never is.
    """
    start, number = stream.tell(), 1
    while len(block := stream.read(_LINE_LIMIT)) == _LINE_LIMIT:
        ends = block.count(b"\n") or block.count(b"\r")
        if not ends:
            raise refused("line-too-long", Position(name, number), limit=_LINE_LIMIT // MIB)
        number += ends
    stream.seek(start)
