"""What a person should know, and where it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

__all__ = ["Finding", "Position", "Severity"]


class Severity(StrEnum):
    """``fatal`` stops before ``output/`` changes; SHACL violations are fatal too."""

    FATAL = "fatal"
    WARNING = "warning"
    INFO = "info"


class Position(NamedTuple):
    """Where something is printed. ``line`` counts from 1 (in a sheet: its row);
    ``last_line`` where it spans several; ``column`` is the printed header, or the
    column's number as text where there is no header."""

    document: str
    line: int | None = None
    last_line: int | None = None
    page: int | None = None
    sheet: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know. ``code`` names a message in
    :mod:`coopdec.messages`; ``params`` fill it; ``subject`` is the IRI of the
    resource concerned, where there is one."""

    code: str
    severity: Severity
    where: Position | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    subject: str | None = None

    @property
    def fatal(self) -> bool:
        return self.severity is Severity.FATAL
