"""What can go wrong, as a tree.

::

    CoopdecError
    ├── UsageError          exit 2   the command or a function was used wrongly
    │   ├── UnknownName             a name nobody knows; carries « did you mean »
    │   └── QuerySyntaxError        SPARQL that does not parse; carries line and column
    ├── DataError           exit 1   the data has fatal findings; carries all of them
    └── OutsideError        exit 3   something outside failed: disk, network, a missing extra
        ├── StorageError            a file or folder cannot be read or written
        ├── EndpointError           a remote service is down, slow, or answers nonsense
        │   └── QueryTimeout        a query ran longer than it may
        └── MissingExtra            an optional part of coopdec is not installed

No exception of another library crosses the public surface: each is mapped to
one of these where it is caught, with ``raise … from``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopdec.model import Finding

__all__ = [
    "CoopdecError",
    "DataError",
    "EndpointError",
    "MissingExtra",
    "OutsideError",
    "QuerySyntaxError",
    "QueryTimeout",
    "StorageError",
    "UnknownName",
    "UsageError",
]


class CoopdecError(Exception):
    """Root of the tree. ``code`` names a message in :mod:`coopdec.messages`,
    ``params`` fill it; ``str(error)`` is the English sentence."""

    exit_code = 1

    def __init__(self, code: str, /, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        from coopdec.messages import render  # late: errors is the first layer

        return render(self.code, self.params, "en")


class UsageError(CoopdecError):
    exit_code = 2


class UnknownName(UsageError):
    """``suggestions`` holds near names, best first; may be empty."""

    def __init__(self, code: str, /, suggestions: Sequence[str] = (), **params: object) -> None:
        super().__init__(code, **params)
        self.suggestions = tuple(suggestions)


class QuerySyntaxError(UsageError):
    """``line`` and ``column`` count from 1; None where the parser gave none."""

    def __init__(
        self, code: str, /, line: int | None = None, column: int | None = None, **params: object
    ) -> None:
        super().__init__(code, line=line, column=column, **params)
        self.line = line
        self.column = column


class DataError(CoopdecError):
    """``findings``: everything found, fatal or not, in order of place; as text, the first
    fatal ones stand below the sentence."""

    exit_code = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("fatal-findings", n=sum(f.fatal for f in findings))
        self.findings = tuple(findings)

    def __str__(self) -> str:
        from coopdec.messages import sentence

        fatal = [f for f in self.findings if f.fatal][:10]
        return "\n".join([super().__str__(), *(sentence(f, "en") for f in fatal)])


class OutsideError(CoopdecError):
    exit_code = 3


class StorageError(OutsideError):
    pass


class EndpointError(OutsideError):
    pass


class QueryTimeout(EndpointError):
    pass


class MissingExtra(OutsideError):
    """Params: ``extra`` (what to install), ``need`` (what wanted it)."""
