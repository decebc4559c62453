"""What is read and not published: columns without a role, and what they look like; columns in which
personal data was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from coopdec.model import Finding, Position, Row, Severity
from coopdec.read.oddities.outside import FRENCH, any_french, is_french
from coopdec.read.personal import is_personal
from coopdec.read.raw import RawRow
from coopdec.read.texts.item_amounts import amount_alone
from coopdec.read.values import unit_of_header
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["Unused"]

#: So many rows tell what a column holds; so many of them must, and of those that it could help.
_SAMPLE, _LEAST, _SHARE = 30, 2, 0.6

_WHAT = {
    "lead": {"fr": "des collectivités françaises, et les chefs de file n'en sont pas toutes",
             "en": "French collectivities, and not all leads are such"},
    "partner": {"fr": "des lieux du pays, et aucun partenaire n'y est nommé",
                "en": "places of the country, and no partner is named there"},
    "grant": {"fr": "des montants, et aucune subvention n'est lue",
              "en": "amounts, and no grant is read"},
}


@dataclass(slots=True)
class Unused:
    """Counts filled cells by column; ``open``: those of the first rows whose lead is not French,
    which name no partner or have no amount, and ``told``: of these, those that would say it."""

    places: Gazetteer
    cells: Counter[str] = field(default_factory=Counter)
    personal: Counter[str] = field(default_factory=Counter)
    open: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: int = 0

    def take(self, raw: RawRow, row: Row | None) -> None:
        for column, text in raw.extra.items():
            self.cells[column] += 1
            if is_personal(text):
                self.personal[column] += 1
        for column in raw.personal:
            self.personal[column] += 1
        if row is not None and not row.outside and raw.extra and self.rows < _SAMPLE:
            self.rows += 1
            self._look(raw, row)

    def _look(self, raw: RawRow, row: Row) -> None:
        places = self.places
        abroad = tuple(sorted({m.country for m in row.partners if m.country} - FRENCH))
        no_lead = not any_french(row.leads, (), places, lone=True)
        no_partner = bool(abroad) and not any(m.name for m in row.partners)
        no_grant = row.facts is None or not (row.facts.grant or row.facts.cost)
        for column, cell in raw.extra.items():
            text = collapse(cell)
            if no_grant:
                self.open[column, "grant"] += 1
                unit = unit_of_header(column).currency or ""
                self.told[column, "grant"] += any(map(amount_alone, (text, f"{text} {unit}")))
            if no_lead:
                self.open[column, "lead"] += 1
                self.told[column, "lead"] += is_french(text, abroad, places)
            if no_partner:
                name = places.split_type(text, abroad[0])[1] or text
                self.open[column, "partner"] += 1
                self.told[column, "partner"] += any(places.by_name(name, iso) for iso in abroad)

    def findings(self, where: Position) -> Iterator[Finding]:
        for column, n in sorted(self.cells.items()):
            if column in self.personal:
                continue
            at = where._replace(column=column)
            yield Finding("cell-unused", Severity.INFO, at, {"n": n})
            for role, what in _WHAT.items():
                told = self.told[column, role]
                if told >= _LEAST and told >= _SHARE * self.open[column, role]:
                    yield Finding("column-without-role", Severity.WARNING, at,
                                  {"what": what, "key": role})
        for column, n in sorted(self.personal.items()):
            at = where._replace(column=column)
            yield Finding("personal-data", Severity.WARNING, at, {"n": n})
