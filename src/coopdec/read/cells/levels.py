"""Of what level a body is, where a cell of its own says it: « Région » beside « Kayes »."""

from __future__ import annotations

from coopdec.model import Kind, Mention
from coopdec.read.cells.leads import is_typed
from coopdec.read.cells.partners import PartnerCell, parse_partner_cell
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["with_lead_level", "with_level"]

#: French levels that share their names; others have names of their own.
_HOMONYMS = frozenset({Kind.COMMUNE, Kind.DEPARTMENT, Kind.REGION})


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
            places.type_word(level, "FR")) or is_typed(name, places):
        return leads
    return (leads[0]._replace(name=f"{level} {name}"),)
