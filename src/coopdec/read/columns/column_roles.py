"""Which columns play which roles: what the words of a header say, beside those of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coopdec.read.cells.bilingual import NAMES
from coopdec.read.cells.nationalities import names_people
from coopdec.read.columns.money_columns import amount_columns
from coopdec.read.columns.role_words import is_beneficiary, is_proposed, names_country
from coopdec.read.columns.roles import (
    PERSONAL,
    PLACES,
    REQUIRED,
    bare,
    by_words,
    folded,
    is_fund,
    is_further,
    match,
    names_a_body,
    names_both,
    plain,
    role_of,
    roles,
    says_twice,
    stem,
)
from coopdec.text import collapse, fold

__all__ = ["beneficiaries", "first_columns", "header_roles", "in_two_languages", "lacking"]

#: So many headers that say the same in two languages are no chance.
_TWICE = 2


def first_columns(by_column: Mapping[int, str]) -> dict[str, int]:
    """Role → the first column that plays it."""
    first: dict[str, int] = {}
    for i, role in by_column.items():
        first.setdefault(role, i)
    return first


def lacking(given: Mapping[int, str]) -> list[str]:
    """What a list needs that these roles do not say."""
    found = set(given.values())
    missing = [role for role in REQUIRED if role not in found]
    return missing if found & set(PLACES) else [*missing, "partner"]


def beneficiaries(headers: Iterable[str]) -> frozenset[str]:
    """The headers, folded, of who benefits abroad: « Ville bénéficiaire » beside « Ville
    porteuse », where nothing else names the partner."""
    distinct = set(headers)
    benefit = [h for h in distinct if is_beneficiary(folded(h)) and role_of(h) == "lead"]
    if len(benefit) != 1:
        return frozenset()
    told = {header: role_of(header) for header in distinct}
    if "partner" in told.values() or (
            sum(role == "lead" for role in told.values()) < 2):
        return frozenset()
    return frozenset(map(fold, benefit))


def in_two_languages(columns: Mapping[str, str]) -> frozenset[str]:
    """Of role → header, the roles whose header says it in both languages."""
    twice = frozenset(role for role, header in columns.items() if says_twice(header))
    return twice.intersection(NAMES) if len(twice) >= _TWICE else frozenset()


def header_roles(
    cells: Sequence[str], given: Mapping[str, str] | None = None, groups: Sequence[str] = (),
    placed: Mapping[int, str] | None = None,
) -> dict[int, str]:
    """Column index → role for one line; ``given`` (role → printed header) goes first, then
    ``placed`` (column → role, "" for a column without one); ``groups`` are the headers above.

    A role is given once: the first column that takes it keeps it, except that an exact
    wording takes it from a looser one. Some roles (themes) may be played by many columns.
    """
    groups = [*groups, *[""] * (len(cells) - len(groups))]
    found = _given(cells, groups, given or {})
    amounts = amount_columns(cells, groups, lambda h: match(bare(h))[1] or by_words(bare(h)))
    for index, role in [*(placed or {}).items(), *amounts.items()]:
        if index not in found and (not role or _free(role, found)):
            found[index] = role
    benefit = beneficiaries(cells)
    for index in sorted(range(len(cells)), key=lambda i: _surest(cells[i], i)):
        if index in found or not collapse(cells[index]):
            continue
        told = "partner" if benefit and fold(cells[index]) in benefit else (
            role_of(cells[index], groups[index]))
        if told is not None and _free(told, found):
            found[index] = told
    found |= _of_both(cells, found)
    found |= _only_words(found)
    found |= _country_of_two(cells, groups, found)
    found |= _only_grant(cells, found)
    found |= _fellows(cells, groups, found)
    found |= _by_others(cells, groups, found)
    return {index: role for index, role in sorted(found.items()) if role}


def _given(cells: Sequence[str], groups: Sequence[str], given: Mapping[str, str]
           ) -> dict[int, str]:
    """The columns whose headers are told, alone or with the header above."""
    by_header = {fold(header): role for role, header in given.items()}
    found: dict[int, str] = {}
    for index, (cell, group) in enumerate(zip(cells, groups, strict=False)):
        whole = fold(f"{group} {cell}")
        role = by_header.get(fold(cell)) or by_header.get(whole)
        if role is not None and role not in found.values() and whole:
            found[index] = role
    return found


def _free(role: str, found: Mapping[int, str]) -> bool:
    """Whether a column may still take a role."""
    return role not in found.values() or (role in roles() and roles()[role].many)


def _surest(header: str, index: int) -> tuple[bool, bool, int, int]:
    """Exact wordings first, then phrases held, then what single words say; of amounts the one of
    which most is said: « Aide régionale votée » and not « Montant TTC »."""
    length, role, exact = match(bare(header))
    return not exact, not length, -length if role == "grant" else 0, index


def _of_both(cells: Sequence[str], found: Mapping[int, str]) -> dict[int, str]:
    """« Jumelage » says with whom, or both sides, where no other column does."""
    told = [i for i, cell in enumerate(cells) if i not in found and names_both(cell)]
    return {told[0]: "partner"} if len(told) == 1 and "partner" not in found.values() else {}


def _only_words(found: Mapping[int, str]) -> dict[int, str]:
    """The only words on a project are its title: « Descriptif », « Contenu du projet »."""
    if "title" in found.values() or not {"lead", *PLACES} & set(found.values()):
        return {}
    told = [i for i, role in found.items() if role == "description"]
    return {told[0]: "title"} if len(told) == 1 else {}


def _country_of_two(cells: Sequence[str], groups: Sequence[str], found: Mapping[int, str]
                    ) -> dict[int, str]:
    """« Pays / territoire » beside « Partenaire local » says the country; alone it says both."""
    if "country" in found.values() or "partner" not in found.values():
        return {}
    where = [i for i, cell in enumerate(cells) if found.get(i, "partner") == "partner"
             and (i in found or role_of(cell, groups[i]) == "partner")]
    named = [i for i in where if names_country(folded(cells[i]))]
    others = [i for i in where if i not in named]
    if len(named) != 1 or not others:
        return {}
    partner = next((i for i in others if i in found), others[0])
    return {named[0]: "country", partner: "partner"}


def _only_grant(cells: Sequence[str], found: Mapping[int, str]) -> dict[int, str]:
    """What is proposed, or what a fund gives, where no column says what was granted."""
    if "grant" in found.values():
        return {}
    left = [i for i in range(len(cells)) if i not in found]
    capitals = all(cells[i].isupper() for i in found)  # which make any word look like an acronym
    told = [i for i in left if is_proposed(plain(cells[i]))] or [
        i for i in left if is_fund(cells[i]) and not capitals]
    return {told[0]: "grant"} if len(told) == 1 else {}


def _fellows(cells: Sequence[str], groups: Sequence[str], found: dict[int, str]
             ) -> dict[int, str]:
    """Columns that hold more of what another one holds: « Partenaire 1 », « Partenaire 2 »;
    « Commune allemande » beside « Commune polonaise », partners both."""
    more: dict[int, str] = {}
    if "lead" in found.values():
        more |= {i: "lead" for i, cell in enumerate(cells)
                 if i not in found and is_further(cell, "lead")}
    for role in ("lead", *PLACES):
        stems = {stem(cells[i]) for i, given in (found | more).items() if given == role} - {""}
        more |= {i: role for i, cell in enumerate(cells)
                 if i not in found | more and stem(cell) in stems}
    found = found | more
    where = [i for i, cell in enumerate(cells) if found.get(i, "partner") == "partner"
             and role_of(cell, groups[i]) == "partner" and names_people(f"{groups[i]} {cell}")]
    return more | dict.fromkeys(where, "partner") if any(i in found for i in where) else more


def _by_others(cells: Sequence[str], groups: Sequence[str], found: Mapping[int, str]
               ) -> dict[int, str]:
    """What says nothing by itself: « name » is the title where who leads and with whom have
    columns of their own, and nobody else; « Commune » beside a column of partners is who leads."""
    told = set(found.values())
    left = {i: collapse(f"{groups[i]} {cell}") for i, cell in enumerate(cells) if i not in found}
    if "title" not in told and "lead" in told and told & set(PLACES) and PERSONAL not in told:
        role, named = "title", [i for i, name in left.items() if fold(name) == "name"]
    elif "lead" not in told and {"partner", "title"} <= told:
        role, named = "lead", [i for i, name in left.items()
                               if names_a_body(name) or fold(name) == "nom"]
    else:
        return {}
    return {named[0]: role} if len(named) == 1 else {}
