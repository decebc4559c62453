"""Columns that say of what level the body beside them is: « Région » under « Type de partenaire »,
beside « Kayes », which is a town, a cercle and a region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coopdec.model import Kind, Mention
from coopdec.read.cells.partners import PartnerCell, parse_partner_cell
from coopdec.read.columns.header_parts import tokens
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["level_columns", "with_lead_level", "with_level"]

_LEVEL = tokens("type types niveau categorie nature echelon level kind")
_LEAD = tokens("porteur porteuse beneficiaire chef lead ctf francais francaise demandeur laureat "
               "lg french")
_PARTNER = tokens("partenaire etranger etrangere partner ctp foreign homologue local locale")
#: What stands beside levels, and tells none.
_OTHERS = tokens("epci autre autres association ong other")
_SHARE, _LEAST = 0.8, 3
#: French levels that share their names; others have names of their own.
_HOMONYMS = frozenset({Kind.COMMUNE, Kind.DEPARTMENT, Kind.REGION})


def level_columns(by_column: Mapping[int, str], names: Sequence[str],
                  lines: Sequence[Sequence[str]], places: Gazetteer) -> dict[int, str]:
    """Column → role of those without one whose header says that they hold levels, and nearly all
    of whose cells are one: of whom the header says, or of the only side beside them."""
    found: dict[int, str] = {}
    for i, name in enumerate(names):
        words = tokens(fold(name))
        if i in by_column or words.isdisjoint(_LEVEL):
            continue
        cells = [cell for line in lines if i < len(line) and (cell := line[i].strip())]
        levels = sum(_is_level(collapse(cell), places) for cell in cells)
        others = sum(fold(cell) in _OTHERS for cell in cells)
        if levels and len(cells) >= _LEAST and levels + others >= _SHARE * len(cells):
            near = [by_column.get(j, "") for j in (i - 1, i + 1)]
            beside = {"lead", "partner"} & {*near}
            side = "partner" if words & _PARTNER else "lead" if words & _LEAD else (
                "".join(beside) if len(beside) == 1 else "")
            if side in by_column.values() and f"{side}_type" not in found.values():
                found[i] = f"{side}_type"
    return found


def _is_level(cell: str, places: Gazetteer) -> bool:
    return bool(places.type_word(cell) or places.type_word(cell, "FR"))


def with_level(partners: PartnerCell, level: str, country: str, places: Gazetteer) -> PartnerCell:
    """The one partner of a cell, of the level that another says."""
    if len(partners.mentions) != 1 or (one := partners.mentions[0]).name is None or one.type:
        return partners
    again = parse_partner_cell(f"{collapse(level)} {one.name}", places, country or (
        one.country_printed or "")).mentions
    if len(again) != 1 or not again[0].type or again[0].name != one.name:
        return partners
    typed = one._replace(kind=again[0].kind, type=again[0].type)
    return PartnerCell((typed,), partners.problems, partners.countries)


def with_lead_level(leads: tuple[Mention, ...], level: str, places: Gazetteer
                    ) -> tuple[Mention, ...]:
    """« Mayenne », of which another cell says « Département »."""
    level = collapse(level)
    if len(leads) != 1 or not (name := leads[0].name) or _HOMONYMS.isdisjoint(
            places.type_word(level, "FR")) or places.split_type(name, "FR")[0] or (
            places.split_last_type(name, "FR")[0]):
        return leads
    return (leads[0]._replace(name=f"{level} {name}"),)
