"""How a format says no: one fatal finding, and bounds on what it takes into memory."""

from __future__ import annotations

from typing import BinaryIO

from coopdec.errors import DataError
from coopdec.model import Finding, Position, Severity

__all__ = ["MIB", "WHOLE_LIMIT", "read_all", "refused"]

MIB = 1 << 20

# Formats that need the whole text at once stop here: a published list of 100,000 projects
# is some 30 MiB. The streaming formats (CSV, JSON Lines, PDF, spreadsheets) have other bounds.
WHOLE_LIMIT = 128 * MIB


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
