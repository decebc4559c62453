"""What the cells of a row say: its names taken apart, its facts, what it lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from coopdec.model import Finding, Position, Row, Severity, Source
from coopdec.read.cells.bilingual import once
from coopdec.read.cells.codes import CODE_ROLES, with_codes
from coopdec.read.cells.leads import leads_of, parse_lead_cell
from coopdec.read.cells.levels import with_lead_level, with_level
from coopdec.read.cells.partners import PartnerCell, parse_partner_cell
from coopdec.read.columns.header import Header
from coopdec.read.columns.roles import PLACES, department, names_a_department
from coopdec.read.facts import FACT_ROLES, FactReader
from coopdec.read.footnotes import LETTER, SIGN, SIGNS, mark_of, without_mark
from coopdec.read.oddities.outside import any_french, countries_in
from coopdec.read.profiles import Profile
from coopdec.read.raw import RawRow
from coopdec.reference import Gazetteer
from coopdec.reference.regions import department_named
from coopdec.text import collapse, fold

__all__ = ["RowMaker", "counts_rows"]

#: Headers (folded) that say no more than « number »: of the row, or of the project.
_NUMBER = frozenset({"", "n", "no", "num", "numero", "n d ordre", "numero d ordre", "rang"})
_CODED = frozenset(CODE_ROLES)
#: So many titles that end with a number in brackets are remembered.
_MARKED = 100
_FIRST = re.compile(r"0*1(?:[.,]0*)?[.)]?")
_WITH = re.compile(r"\bavec\s+(?:l[ea]s?\s+|l['’]\s*)?([^().:;]{3,80}?\([^()]+\))", re.IGNORECASE)


def counts_rows(first: RawRow, source: Source) -> bool:
    """Whether the column of identifiers only counts the rows: a bare « N° » that begins at
    1. A row put in would shift the numbers of all that follow, and their IRIs with them.
    A list that has a ``scheme``, or names the column in its ``.toml``, says that it does
    not."""
    if source.scheme is not None or "id" in source.columns or "id" not in first.cells:
        return False
    header, value = fold(first.columns["id"]), collapse(first.cells["id"])
    return header in _NUMBER and _FIRST.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes the rows of one list. ``counted``: see :func:`counts_rows`; ``headers``: those met
    so far; ``about``: the country that the title names, which holds where nothing else says one;
    ``notes``: the numbers of the document's notes that are known; ``marked``: titles that end like
    the mark of another (some of them)."""

    source: Source
    places: Gazetteer
    facts: FactReader
    profile: Profile | None
    counted: bool = False
    headers: Sequence[Header] = ()
    about: str | None = None
    notes: frozenset[str] = frozenset()
    marked: list[tuple[Position, str]] = field(default_factory=list)

    def row(self, raw: RawRow) -> Row | None:
        """The row that raw cells make, or None with a fatal finding for each cell that
        lacks."""
        source, places, facts, profile = self.source, self.places, self.facts, self.profile
        cells, columns = raw.cells, raw.columns
        title, lead = _title(cells.get("title", "")), _cleaned(cells.get("lead", ""))
        if title.endswith(")"):
            title = without_mark(title, self.notes)
            if mark_of(title) and len(self.marked) < _MARKED:
                self.marked.append((raw.position, title))
        between = profile is not None and profile.place_in_title
        if between and not (cells.get("partner") or cells.get("country")) and (
                named := countries_in(title, places)):
            # The cell of the title is the country's, or the partner's, as well.
            role = "partner" if (beside := _with_whom(title, len(named), places)) else "country"
            cells[role] = beside or " ; ".join(named)
            columns = {**columns, role: columns.get("title", "")}
        if profile is not None and profile.beneficiary_leads and _receives(raw, places):
            columns = {**raw.columns, **{r: h for r, h in columns.items() if r in PLACES}}
            lead = _cleaned(cells["lead"])
        said = cells if not (self.headers and (two := self.headers[-1].bilingual)) else once(
            cells, two, places)
        partners = parse_partner_cell(said.get("partner", ""), places, said.get("country", ""))
        if "partner_type" in cells:
            partners = with_level(
                partners, cells["partner_type"], said.get("country", ""), places)
        if "country" in cells and cells.get("partner") and (
                "country" not in columns or ("country" in raw.carried and any(
                    p.code == "country-differs" for p in partners.problems))) and (
                own := parse_partner_cell(cells["partner"], places, "")).problems == ():
            del cells["country"]  # from above, and the cell says its own
            partners = own
        if raw.places:
            each = [parse_partner_cell(one, places, country) for one, country in raw.places]
            met = {m.country for p in each for m in p.mentions if m.name}
            partners = PartnerCell.of(
                (m for p in each for m in p.mentions if m.name or m.country not in met),
                (x for p in each for x in p.problems))
        if self.about and "country" not in cells and any(
                p.code == "no-country" for p in partners.problems):
            partners = self._about(cells, partners)
        region = within = None
        if printed := cells.get("region"):
            region, within = french_region(printed, columns.get("region", ""), places)
        if inside := cells.get("lead_department"):
            around = french_region(department(collapse(inside)), "", places)
            region, within = region or around[0], around[1] or within
        leads = leads_of(said.get("lead", ""), places)
        if "lead_type" in cells:
            leads = with_lead_level(leads, cells["lead_type"], places)
        unpaired: list[str] = []
        if not _CODED.isdisjoint(cells):
            leads, unpaired = with_codes(leads, cells)
        row = Row(
            source.name, raw.position, cells, columns, title, lead, region,
            source.session, source.call,
            collapse(cells["id"]) if "id" in cells and not self.counted else None,
            leads, partners.mentions, raw.carried,
            None if FACT_ROLES.isdisjoint(cells) else facts.read(
                raw, partners.countries, bool(self.headers) and self.headers[-1].months_first),
            department=within,
        )
        for role in unpaired:
            facts.findings.append(Finding("lead-codes-not-paired", Severity.WARNING, row.where(
                role), {"cell": collapse(cells[role]), "n": len(leads)}))
        if profile is not None and (profile.any_lead or between):
            row = _outside(row, partners, profile, places, facts.findings)
        if title and row.outside:
            return row
        if title and lead and not partners.problems and (region or not printed):
            return row
        headed = self.headers[-1].headed if self.headers else frozenset[str]()
        return row if _says_all(row, partners, facts.findings, headed) else None

    def _about(self, cells: Mapping[str, str], partners: PartnerCell) -> PartnerCell:
        """The partners in the country that the whole list is about, which is said once."""
        found = parse_partner_cell(cells.get("partner", ""), self.places, self.about or "")
        if found.problems:
            return partners
        findings = self.facts.findings
        if not any(f.code == "country-of-title" for f in findings):
            findings.append(Finding("country-of-title", Severity.WARNING,
                                    Position(self.source.path), {"country": self.about}))
        return found


def _with_whom(title: str, countries: int, places: Gazetteer) -> str:
    """« avec Saponé (Burkina Faso) »: what a title names so is a partner where it says its type or
    is known, and nothing else is named abroad; else ""."""
    beside = _WITH.search(title)
    words = beside[1] if beside else ""
    told = parse_partner_cell(words, places, "")
    return words if not told.problems and len(told.countries) == countries and all(
        m.type or places.by_name(m.name or "", m.country) for m in told.mentions) else ""


def _receives(raw: RawRow, places: Gazetteer) -> bool:
    """Whether a French collectivity receives a subsidy: it then leads, and who grants pays."""
    cells, columns = raw.cells, raw.columns
    if "operator" not in cells or "lead" not in cells or not any_french(
            parse_lead_cell(cells["operator"]), _abroad(cells, places), places):
        return False
    if cells["lead"] == cells["operator"]:
        return False
    raw.columns = {**columns, "lead": columns["operator"], "cofunders": columns["lead"]}
    cells["cofunders"], cells["lead"] = cells["lead"], cells.pop("operator")
    cells.pop("lead_siren", None)
    if siren := cells.pop("operator_siren", ""):
        cells["lead_siren"] = siren
        raw.columns = {**raw.columns, "lead_siren": columns["operator_siren"]}
    return True


def _abroad(cells: dict[str, str], places: Gazetteer) -> tuple[str, ...]:
    """The countries of the cell, of which « Commune de Kayes » may be one's own."""
    found = parse_partner_cell("", places, cells.get("country", ""))
    return tuple(c for m in found.mentions if (c := m.country))


def _outside(row: Row, partners: PartnerCell, profile: Profile, places: Gazetteer,
             findings: list[Finding]) -> Row:
    """The row, marked with the reason where its layout lists more than decentralised
    cooperation and it is none: shown, and not published."""
    if row.title and not row.partners:  # « MULTI-PAYS », or nothing
        findings.append(Finding("place-unsaid", Severity.WARNING, row.where("title"),
                                {"title": row.title}))
        return row._replace(outside=True)
    if profile.any_lead and row.lead and not any_french(
            row.leads, partners.countries, places, profile.lone_names):
        findings.append(Finding("lead-not-french", Severity.WARNING, row.where("lead"),
                                {"lead": row.lead, "title": row.title or "—"}))
        return row._replace(outside=True)
    return row


def _says_all(row: Row, partners: PartnerCell, findings: list[Finding],
              headed: frozenset[str]) -> bool:
    """Whether a row says what a project needs; what it lacks or says oddly is a finding.
    ``headed``: what headings say, and none holds where it lacks."""
    missing = [role for role in ("lead", "title") if not getattr(row, role)]
    if not (row.cells.get("partner") or row.cells.get("country")):
        missing.append("partner" if "partner" in row.columns else "country")
    findings.extend(
        Finding("empty-cell", Severity.FATAL, row.where(role), {
            "role": _EMPTY[role], "title": row.title or row.lead or "—"})
        for role in missing
        # A column that is missing was said once.
        if role in row.columns or role in headed
    )
    where = row.where("partner" if "partner" in row.cells else "country")
    if not {"partner", "country"} & set(missing):
        findings.extend(Finding(p.code, p.severity, where, p.params) for p in partners.problems)
    printed = collapse(row.cells.get("region", ""))
    if printed and row.region is None:
        findings.append(Finding("unknown-region", Severity.WARNING, row.where("region"),
                                {"region": printed}))
    return not missing


def _title(cell: str) -> str:
    """The title that a cell says: not the quotes all around it, nor the mark of a footnote."""
    title = collapse(cell)
    if title and title[-1] in _MARKS:
        title = _NUMBERED.sub("", title)
        title = _NOTE.sub("", title)
        if title[0] in "«“\"" and (quoted := _QUOTED.fullmatch(title)):
            return quoted[1]
    return title


_MARKS = SIGNS | {")", "»", "”", '"'}
#: « m² » and « CO² » have none.
_NOTE = re.compile(rf"(?:(?<={LETTER}{{4}})|(?<=[»”]))\s?{SIGN}$")
#: « bénévoles(1) »; « Phase (2) » is its own.
_NUMBERED = re.compile(r"(?<=[^\W\d]{4})\(\d\)$")
_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"]+?)\s*[»”\"]")


#: For cells that come again and again.
_cleaned = lru_cache(maxsize=1 << 14)(collapse)
_EMPTY = {
    "lead": {"fr": "chef de file", "en": "lead"},
    "title": {"fr": "titre", "en": "title"},
    "partner": {"fr": "partenaire", "en": "partner"},
    "country": {"fr": "pays", "en": "country"},
}


@lru_cache(maxsize=1 << 12)
def french_region(printed: str, header: str, places: Gazetteer) -> tuple[str | None, str | None]:
    """The region that a cell under this header means, and the department that it names for it,
    in their normal spelling."""
    words = department(collapse(printed)) if names_a_department(header) else collapse(printed)
    found = places.french_region(words), department_named(places, words)
    region, within = (unit.label_fr if unit else None for unit in found)
    return region, within
