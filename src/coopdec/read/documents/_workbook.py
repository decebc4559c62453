"""Excel workbooks, old and new: calamine's values, the merged cells, what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, Line, Table
from coopdec.read.documents._number_formats import Marks, marked
from coopdec.read.documents._refuse import refused
from coopdec.read.documents._values import text_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["SheetFacts", "hidden_findings", "read_workbook", "unvalued_findings"]

# calamine holds a sheet as a full rectangle: a lone cell at the far end of the sheet would
# cost gigabytes. 100 columns of 200,000 rows fit.
CELLS_LIMIT = 20_000_000
_NONE: Mapping[int, str] = {}


@dataclass(slots=True)
class SheetFacts:
    """What calamine does not tell of a sheet: its hidden rows and columns, counted from 1,
    how many cells the rectangle around its filled cells has, and what number formats say.
    ``errors``: row → column → « #N/A », for which calamine has nothing; ``unvalued``: the cells,
    as « B2 », with a formula that no one computed."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    cells: int = 0
    marks: Marks = field(default_factory=Marks)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    unvalued: list[str] = field(default_factory=list)


def _open(stream: BinaryIO, name: str, format_name: str) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    with _refusing(Position(name), format_name):
        return CalamineWorkbook.from_filelike(stream)


@contextmanager
def _refusing(where: Position, format_name: str) -> Iterator[None]:
    """calamine's errors, and the panics of its Rust, as refusals."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise refused("document-encrypted", where) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise refused("document-truncated", where, format=format_name) from error
    except BaseException as error:
        # A panic is no Exception, and its class has no public name.
        if type(error).__name__ != "PanicException":
            raise
        raise refused("document-truncated", where, format=format_name) from error


def read_workbook(
    stream: BinaryIO, name: str, format_name: str, facts: Mapping[str, SheetFacts]
) -> Document:
    """Every sheet that is shown is a table. A hidden sheet is named in a finding and not
    read: it is a draft or a list of choices. Hidden rows and columns are named and read all
    the same: a filter that was left on must not lose projects."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    workbook = _open(stream, name, format_name)
    findings: list[Finding] = []
    shown: list[str] = []
    unseen: list[str] = []
    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            (shown if sheet.visible == SheetVisibleEnum.Visible else unseen).append(sheet.name)
    for title in unseen:
        where = Position(name, sheet=title)
        findings.append(Finding("sheet-hidden", Severity.WARNING, where))

    def tables() -> Iterator[Table]:
        for title in shown:
            known = facts.get(title, SheetFacts())
            findings.extend(hidden_findings(name, title, known.rows, known.columns))
            if known.cells > CELLS_LIMIT:
                where, params = Position(name, sheet=title), {"n": known.cells}
                findings.append(Finding("sheet-too-large", Severity.WARNING, where, params))
                continue
            findings.extend(unvalued_findings(name, title, known.unvalued))
            yield Table(_lines(workbook, title, name, format_name, known), title)

    return Document(tables(), findings=findings)


def hidden_findings(name: str, sheet: str, rows: list[int], columns: list[int]) -> list[Finding]:
    """One finding for the hidden rows of a sheet, one for its hidden columns."""
    found = []
    if rows:
        where = Position(name, rows[0], rows[-1], sheet=sheet)
        params: dict[str, object] = {"n": len(rows), "rows": _ranges(rows)}
        found.append(Finding("rows-hidden", Severity.WARNING, where, params))
    if columns:
        params = {"n": len(columns), "columns": _ranges(columns)}
        where = Position(name, sheet=sheet)
        found.append(Finding("columns-hidden", Severity.INFO, where, params))
    return found


def unvalued_findings(name: str, sheet: str, cells: list[str]) -> list[Finding]:
    """One finding for the formulas of a sheet that no one computed."""
    return [Finding("formulas-unvalued", Severity.WARNING, Position(name, sheet=sheet),
                    {"n": len(cells), "cell": cells[0]})] if cells else []


def _ranges(numbers: list[int], most: int = 12) -> str:
    """« 3-5, 9 »; what goes beyond ``most`` ranges is an ellipsis."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    words = [str(a) if a == b else f"{a}-{b}" for a, b in ranges[:most]]
    return ", ".join(words + ["…"] * (len(ranges) > most))


def _lines(
    workbook: CalamineWorkbook, title: str, name: str, format_name: str, facts: SheetFacts
) -> Iterator[Line]:
    with _refusing(Position(name, sheet=title), format_name):
        sheet = workbook.get_sheet_by_name(title)
    covers = _Covers(sheet)
    # calamine gives the empty rows above the first filled cell, not the columns before it.
    before = [""] * (sheet.start[1] if sheet.start else 0)
    mark = facts.marks.reader() if facts.marks else None
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = before + [text_of(value) for value in values]
        if mark is not None:
            for index, value in enumerate(values, len(before)):
                if (sign := mark(number, index + 1)) and (
                        text := marked(value, sign)) is not None:
                    cells[index] = text
        for column, sign in facts.errors.get(number, _NONE).items():
            cells += [""] * (column - len(cells))
            cells[column - 1] = sign
        covered = covers.at(number - 1)
        if covered or any(cells):
            yield Line(number, cells, sheet=title, covered=covered,
                       across=covers.across(number - 1))


class _Covers:
    """Which columns of a row a merged cell above, or one to the left, fills."""

    def __init__(self, sheet: CalamineSheet) -> None:
        starts: dict[int, list[tuple[int, int, int]]] = {}
        self._across: dict[int, set[int]] = {}
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            if right > left:
                self._across.setdefault(top, set()).update(range(left + 1, right + 1))
            if bottom > top:
                starts.setdefault(top + 1, []).append((bottom, left, right))
        self._starts = starts
        self._open: list[tuple[int, int, int]] = []

    def at(self, row: int) -> frozenset[int]:
        """Rows count from 0 and are asked for in order."""
        if not self._open and row not in self._starts:
            return frozenset()
        self._open = [m for m in self._open if m[0] >= row] + self._starts.get(row, [])
        return frozenset(c for _, left, right in self._open for c in range(left, right + 1))

    def across(self, row: int) -> frozenset[int]:
        return frozenset(self._across.get(row, ()))
