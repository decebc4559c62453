"""Results of a ``SELECT``: rows with names, and ways to write them.

Every store, local or remote, answers in SPARQL 1.1 Query Results JSON
(https://www.w3.org/TR/sparql11-results-json/); this reads it and nothing else does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, overload

from coopdec.errors import EndpointError, MissingExtra
from coopdec.vocab import XSD

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = ["Row", "Rows", "Term", "python_value", "truth"]

#: A term as SPARQL JSON has it: ``type``, ``value``, and ``xml:lang`` or ``datatype``.
Term = Mapping[str, Any]

_INTEGERS = frozenset(XSD + t for t in (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
    "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
    "unsignedByte"))
_FLOATS = frozenset({XSD + "double", XSD + "float"})


class Row:
    """One result: by name (``row.title``, ``row["title"]``), by place (``row[0]``), and as
    a dictionary (``dict(row)``). What is not bound is None."""

    __slots__ = ("_columns", "_values")

    def __init__(self, columns: Sequence[str], values: Sequence[Any]) -> None:
        self._columns = columns
        self._values = tuple(values)

    def keys(self) -> Sequence[str]:
        return self._columns

    def __getitem__(self, key: int | str) -> Any:
        if isinstance(key, int):
            return self._values[key]
        try:
            return self._values[self._columns.index(key)]
        except ValueError:
            raise KeyError(key) from None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"{name}: {', '.join(self._columns)}") from None

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return list(self._columns) == list(other._columns) and self._values == other._values
        return NotImplemented

    def __hash__(self) -> int:
        return hash((tuple(self._columns), self._values))

    def __repr__(self) -> str:
        inside = ", ".join(f"{c}={v!r}" for c, v in zip(self._columns, self._values, strict=True))
        return f"Row({inside})"


class Rows(Sequence[Row]):
    """All results of a query, in order. Values are Python's: text and IRIs ``str``,
    numbers ``int``, ``Decimal`` or ``float``, ``date``, ``datetime``, ``bool``."""

    def __init__(self, columns: Sequence[str], terms: Sequence[Mapping[str, Term]]) -> None:
        self.columns = tuple(columns)
        self.terms = terms

    @classmethod
    def from_json(cls, answer: bytes | str) -> Rows:
        """
        Raises:
            EndpointError: not SPARQL results, or cut off.
        """
        try:
            said = json.loads(answer)
            columns, terms = said["head"]["vars"], said["results"]["bindings"]
            if not all(isinstance(t, dict) and "value" in t and "type" in t
                       for row in terms for t in row.values()):
                raise TypeError("term")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise EndpointError("endpoint-not-results", start=_start(answer)) from error
        return cls(columns, terms)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> Row | Rows:
        if isinstance(at, slice):
            return Rows(self.columns, self.terms[at])
        return self._row(self.terms[at])

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self.terms)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            return self.columns == other.columns and list(self.terms) == list(other.terms)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} × {', '.join(self.columns)}>"

    def _row(self, terms: Mapping[str, Term]) -> Row:
        return Row(self.columns, [
            python_value(terms[c]) if c in terms else None for c in self.columns])

    def dicts(self) -> list[dict[str, Any]]:
        """Each row as a dictionary of all columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self]

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        if name not in self.columns:
            raise KeyError(name)
        return [python_value(t[name]) if name in t else None for t in self.terms]

    def to_csv(self) -> str:
        from coopdec.dataset.writers import csv_text

        return csv_text(self)

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        from coopdec.dataset.writers import json_text

        return json_text(self)

    def to_markdown(self) -> str:
        from coopdec.dataset.writers import markdown_text

        return markdown_text(self)

    def to_pandas(self) -> pandas.DataFrame:
        """
        Raises:
            MissingExtra: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtra("missing-package", package="pandas", need="to_pandas") from error
        return pandas.DataFrame(self._table(), columns=list(self.columns))

    def to_polars(self) -> polars.DataFrame:
        """
        Raises:
            MissingExtra: polars is not installed.
        """
        try:
            import polars
        except ImportError as error:
            raise MissingExtra("missing-package", package="polars", need="to_polars") from error
        return polars.DataFrame(self._table(), strict=False)

    def _table(self) -> dict[str, list[Any]]:
        """Columns as numbers and text: data frames have no use for Decimal."""
        return {
            c: [float(v) if isinstance(v, Decimal) else v for v in self.column(c)]
            for c in self.columns
        }


def python_value(term: Term) -> Any:
    """A term as a Python value; what its datatype does not allow stays text.

    >>> python_value({"type": "literal", "value": "6",
    ...               "datatype": "http://www.w3.org/2001/XMLSchema#integer"})
    6
    """
    datatype = term.get("datatype")
    value = str(term["value"])
    if datatype is None or not datatype.startswith(XSD):
        return value
    try:
        if datatype in _INTEGERS:
            return int(value)
        if datatype == XSD + "decimal":
            return Decimal(value)
        if datatype in _FLOATS:
            return float(value)
        if datatype == XSD + "boolean":
            return {"true": True, "1": True, "false": False, "0": False}.get(value, value)
        if datatype == XSD + "date":
            return date.fromisoformat(value)
        if datatype == XSD + "dateTime":
            return datetime.fromisoformat(value)
    except (ValueError, InvalidOperation):
        return value
    return value


def truth(answer: bytes | str) -> bool:
    """The answer to an ``ASK``.

    Raises:
        EndpointError: not SPARQL results.
    """
    try:
        said = json.loads(answer)["boolean"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise EndpointError("endpoint-not-results", start=_start(answer)) from error
    if not isinstance(said, bool):
        raise EndpointError("endpoint-not-results", start=_start(answer))
    return said


def _start(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text[:80].split()) or "—"
