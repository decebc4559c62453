"""Columns that say of what level the body beside them is: « Région » under « Type de partenaire »,
beside « Kayes », which is a town, a cercle and a region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coopdec.read.columns.header_parts import tokens
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["level_columns"]

_LEVEL = tokens("type types niveau categorie nature echelon level kind")
_LEAD = tokens("porteur porteuse beneficiaire chef lead ctf francais francaise demandeur laureat "
               "lg french")
_PARTNER = tokens("partenaire etranger etrangere partner ctp foreign homologue local locale")
#: What stands beside levels, and tells none.
_OTHERS = tokens("epci autre autres association ong other")
_SMALL = tokens("de du des d la le les l of the nom name")
_SHARE, _LEAST = 0.8, 3


def level_columns(by_column: Mapping[int, str], names: Sequence[str],
                  lines: Sequence[Sequence[str]], places: Gazetteer) -> dict[int, str]:
    """Column → role of those without one whose header says that they hold levels, and nearly all
    of whose cells are one: of whom the header says, or of the only side that stands beside them or
    has a word of that header."""
    found: dict[int, str] = {}
    for i, name in enumerate(names):
        words = tokens(fold(name))
        if i in by_column or words.isdisjoint(_LEVEL):
            continue
        cells = [cell for line in lines if i < len(line) and (cell := line[i].strip())]
        levels = sum(_is_level(collapse(cell), places) for cell in cells)
        others = sum(fold(cell) in _OTHERS for cell in cells)
        if levels and len(cells) >= _LEAST and levels + others >= _SHARE * len(cells):
            near = {by_column.get(j, "") for j in (i - 1, i + 1)}
            side = "partner" if words & _PARTNER else "lead" if words & _LEAD else (
                _only(near) or _only({role for j, role in by_column.items() if (
                    words & tokens(fold(names[j]))) - _SMALL}))  # « ct_niveau » of « ct_nom »
            if side in by_column.values() and f"{side}_type" not in found.values():
                found[i] = f"{side}_type"
    return found


def _only(roles: set[str]) -> str:
    """The only side among these roles, "" where there are both or none."""
    sides = roles & {"lead", "partner"}
    return sides.pop() if len(sides) == 1 else ""


def _is_level(cell: str, places: Gazetteer) -> bool:
    return bool(places.type_word(cell) or places.type_word(cell, "FR"))
