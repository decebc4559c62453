"""One IATI activity as the cells of a line: which element, role and code speaks for what.

Codes are those of the standard's code lists: OrganisationRole, OrganisationType,
ActivityDateType, ActivityStatus, SectorVocabulary, TagVocabulary, TransactionType,
BudgetType.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from coopdec.read.documents._xml import local
from coopdec.text import collapse

__all__ = ["COLUMNS", "USED", "cells_of"]

#: The header line; ``read/profiles/iati-activities.toml`` gives each its role.
COLUMNS = (
    "iati-identifier", "title", "description", "participating-org (lead)",
    "participating-org (partner)", "recipient-country", "recipient-region", "sector",
    "transaction (commitment)", "budget", "participating-org (funding)",
    "participating-org (implementing)", "activity-date (start)", "activity-date (end)",
    "activity-status", "location (point)",
)
#: Elements that these columns are made from.
USED = frozenset({
    "iati-identifier", "title", "description", "participating-org", "reporting-org",
    "recipient-country", "recipient-region", "sector", "tag", "transaction", "budget",
    "planned-disbursement", "activity-date", "activity-status", "location",
})

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FUNDING, _ACCOUNTABLE, _EXTENDING, _IMPLEMENTING = "1", "2", "3", "4"
#: OrganisationType: Local Government, Other Public Sector.
_LOCAL = ("11", "15")
_STATUS = {"1": "planned", "2": "ongoing", "3": "completed", "4": "completed", "5": "cancelled",
           "6": "suspended"}
_DAC = ("", "1", "2")


class _Body(NamedTuple):
    name: str
    role: str
    type: str
    ref: str

    @property
    def french(self) -> bool | None:
        """Whether its identifier is French; None where it has none with a country."""
        country = self.ref[:3].upper()
        return country == "FR-" if country[2:] == "-" else None


def cells_of(activity: Any, defaults: dict[str, str]) -> tuple[list[str], bool]:
    """The cells, in the order of :data:`COLUMNS`, and whether the title is in French."""
    language = activity.get(_LANG) or defaults["language"]
    currency = activity.get("default-currency") or defaults["currency"]
    children: dict[str, list[Any]] = {}
    for child in activity:
        children.setdefault(local(child.tag), []).append(child)

    def of(name: str) -> list[Any]:
        return children.get(name, [])

    title, spoken = _words(of("title"), language)
    bodies = list(_bodies(of("participating-org"), language))
    reporting = list(_bodies(of("reporting-org"), language, secondary=False))
    lead = _lead(bodies, reporting)
    partners = [b for b in bodies if b.type in _LOCAL and b.french is False and b not in lead]
    countries = _countries(of("recipient-country")) or _countries(
        e for t in of("transaction") for e in _all(t, "recipient-country"))
    places = [name for e in of("location") if (name := _place(e, language))]
    where = _where(partners, countries) or (places if len(countries) == 1 else [])
    commitments = (t for t in of("transaction") if _code(t, "transaction-type") == "2")
    cells = {
        "iati-identifier": " ".join(_text(e) for e in of("iati-identifier")),
        "title": title,
        "description": _words(of("description"), language)[0],
        "participating-org (lead)": _names(lead),
        "participating-org (partner)": " ; ".join(dict.fromkeys(where)),
        "recipient-country": " ; ".join(countries),
        "recipient-region": " ; ".join(_words([e], language)[0] or e.get("code", "")
                                       for e in of("recipient-region")),
        "sector": " ; ".join(_sectors(of("sector"), of("tag"), language)),
        "transaction (commitment)": _sum(commitments, currency),
        "budget": _budget(of("budget"), currency) or _sum(of("planned-disbursement"), currency),
        "participating-org (funding)": _names(b for b in bodies if b.role == _FUNDING),
        "participating-org (implementing)": _names(
            b for b in bodies if b.role in (_IMPLEMENTING, _EXTENDING)
            and b not in lead and b not in partners),
        "activity-date (start)": _date(of("activity-date"), "2", "1"),
        "activity-date (end)": _date(of("activity-date"), "4", "3"),
        "activity-status": next((_STATUS.get(c, c) for e in of("activity-status")
                                 if (c := e.get("code", ""))), ""),
        "location (point)": next((p for e in of("location") if (p := _point(e))), ""),
    }
    return [cells[column] for column in COLUMNS], spoken == "fr"


def _text(element: Any) -> str:
    return collapse("".join(element.itertext()))


def _all(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if local(child.tag) == name)


def _words(elements: Iterable[Any], language: str) -> tuple[str, str]:
    """What narratives say in French, else in the activity's language, else in the first
    there is; and the language."""
    said: dict[str, str] = {}
    for element in elements:
        for narrative in _all(element, "narrative"):
            spoken = (narrative.get(_LANG) or language or "").lower()[:2]
            if text := _text(narrative):
                said.setdefault(spoken, text)
    for spoken in ("fr", (language or "").lower()[:2], *said):
        if spoken in said:
            return said[spoken], spoken
    return "", "fr"


def _bodies(elements: Iterable[Any], language: str, *, secondary: bool = True
            ) -> Iterator[_Body]:
    for element in elements:
        name = _words([element], language)[0]
        if name and (secondary or element.get("secondary-reporter", "0") not in ("1", "true")):
            yield _Body(name, element.get("role", ""), element.get("type", ""),
                        element.get("ref", ""))


def _lead(bodies: list[_Body], reporting: list[_Body]) -> list[_Body]:
    """Who answers for the activity: the accountable body, before whoever extends the money
    or reports; of these first a local government, unless its identifier is foreign."""
    ranked = [
        *(b for b in bodies if b.role == _ACCOUNTABLE), *reporting,
        *(b for role in (_EXTENDING, _IMPLEMENTING, _FUNDING) for b in bodies if b.role == role),
    ]
    french = [b for b in ranked if b.type == "11" and b.french]
    open_ = [b for b in ranked if b.type == "11" and b.french is None]
    first = next((group for group in (french, open_) if group), None)
    if first is None:
        return ranked[:1]
    role = first[0].role
    return [b for b in first if b.role == role]


def _where(partners: list[_Body], countries: list[str]) -> list[str]:
    """Partners, where there are several countries each with the country that its identifier
    begins with."""
    if len(countries) < 2:
        return [b.name for b in partners]
    of = {b.name: b.ref[:2].upper() for b in partners}
    if not set(of.values()) <= set(countries):
        return []
    return [f"{name} ({country})" for name, country in of.items()]


def _names(bodies: Iterable[_Body]) -> str:
    return " ; ".join(dict.fromkeys(b.name for b in bodies))


def _countries(elements: Iterable[Any]) -> list[str]:
    """Codes, the greatest share first."""
    found: dict[str, Decimal] = {}
    for element in elements:
        if code := element.get("code", "").strip().upper():
            found[code] = max(found.get(code, Decimal(0)),
                              _number(element.get("percentage", "")) or Decimal(0))
    return sorted(found, key=lambda code: -found[code])


def _sectors(sectors: Iterable[Any], tags: Iterable[Any], language: str) -> Iterator[str]:
    """DAC codes as they are; goals and targets as words that say so; others by their words."""
    seen = set()
    for element, goals, targets in (
            *((e, "7", "8") for e in sectors), *((e, "2", "3") for e in tags)):
        vocabulary, code = element.get("vocabulary", ""), element.get("code", "").strip()
        if vocabulary in (goals, targets) and code:
            said = f"ODD {code}"
        elif local(element.tag) == "sector" and vocabulary in _DAC and code:
            said = code
        else:
            said = _words([element], language)[0]
        if said and said not in seen:
            seen.add(said)
            yield said


def _code(element: Any, name: str) -> str:
    return next((e.get("code", "") for e in _all(element, name)), "")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _sum(elements: Iterable[Any], currency: str) -> str:
    """The values together; nothing where they are in several currencies."""
    total, currencies = Decimal(0), set()
    for element in elements:
        for value in _all(element, "value"):
            if (number := _number(value.text or "")) is not None:
                total += number
                currencies.add((value.get("currency") or currency).upper())
    return f"{total:.2f} {currencies.pop()}".strip() if len(currencies) == 1 else ""


def _budget(budgets: list[Any], currency: str) -> str:
    """Budgets of all periods; a period's revised budget stands for its original one."""
    revised = {_period(b) for b in budgets if b.get("type") == "2"}
    return _sum((b for b in budgets if b.get("type") == "2" or _period(b) not in revised),
                currency)


def _period(budget: Any) -> tuple[str, ...]:
    return tuple(e.get("iso-date", "") for name in ("period-start", "period-end")
                 for e in _all(budget, name))


def _date(dates: list[Any], *types: str) -> str:
    """The actual day before the planned one."""
    found = {e.get("type", ""): e.get("iso-date", "").strip()[:10] for e in dates}
    return next((found[t] for t in types if found.get(t)), "")


def _place(location: Any, language: str) -> str:
    return _words(_all(location, "name"), language)[0]


def _point(location: Any) -> str:
    """« latitude, longitude »."""
    for point in _all(location, "point"):
        for position in _all(point, "pos"):
            parts = _text(position).split()
            if len(parts) == 2 and all(_number(p) is not None for p in parts):
                return f"{parts[0]}, {parts[1]}"
    return ""
