"""Cells of a spreadsheet that hold nothing but an error: « #N/A », « #REF! », « ##### »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coopdec.model import Finding, Position, Severity

__all__ = ["ERRORS", "emptied"]

_WORDS = ("N/A", "REF!", "VALUE!", "VALEUR!", "NAME?", "NOM?", "DIV/0!", "NULL!", "NUL!", "NUM!",
          "NOMBRE!", "SPILL!", "PROPAGATION!", "CALC!", "CALCUL!", "FIELD!", "CHAMP!")
#: Excel's in French and English, LibreOffice's, and what a narrow column shows of a number.
ERRORS = frozenset(f"#{word}" for word in _WORDS) | {
    f"{word}:{n}" for word in ("Err", "Erreur") for n in range(501, 541)} | {
    "#" * n for n in range(3, 64)}


def emptied(cells: list[str], columns: Iterable[tuple[int, str]], where: Position
            ) -> Iterator[Finding]:
    """Empties the cells of these columns (index, header) that are errors; a finding for each."""
    for i, header in columns:
        if i < len(cells) and cells[i] in ERRORS:
            yield Finding("cell-error", Severity.WARNING, where._replace(column=header),
                          {"cell": cells[i]})
            cells[i] = ""
