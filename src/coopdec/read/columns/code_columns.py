"""Columns of official codes of who leads, told by their headers.

A header is one by all of its words: a word that is not known here (« projet », « pays »,
« partenaire ») makes the column another's. What names nobody (« Code INSEE », « SIRET ») is of
who leads where it stands beside the lead's column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from coopdec.read.columns.header_parts import tokens
from coopdec.text import fold

__all__ = ["code_columns", "code_role"]

_SIREN = tokens("siren siret")
_INSEE = tokens("insee cog codgeo codeinsee depcom")
_CODE = tokens("code cd cod numero num n no id identifiant")
_BODY = tokens("commune com collectivite coll ct structure organisme ville etablissement siege "
               "epci intercommunalite geographique territoriale officiel postal adresse")
_OF_LEAD = tokens("chef file porteur porteuse pilote beneficiaire laureat laureate demandeur "
                  "demandeuse attributaire francaise fr lead ctf")
_SMALL = tokens("de du des d la le l")
_POSTAL = tokens("cp codepostal postcode zip")
_KNOWN = _SIREN | _INSEE | _CODE | _BODY | _OF_LEAD | _SMALL | _POSTAL
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_NUTS = re.compile(r"(?:code )?nuts ?[0-3]?(?: code)?")
_LONGEST = 80


@lru_cache(maxsize=1 << 10)
def code_role(header: str) -> str | None:
    """The role of a header whose words all say that it holds a French body's code.

    >>> code_role("SIREN du porteur"), code_role("Code commune"), code_role("Code projet")
    ('lead_siren', 'lead_insee', None)
    """
    if len(header) > _LONGEST:
        return None
    words = _of(header)
    if not words <= _KNOWN:
        return None
    if words & _SIREN:
        return "lead_siren" if not words & _INSEE else None
    if words & _POSTAL or words >= {"code", "postal"}:
        return "lead_postcode"
    if words & _INSEE:
        return "lead_insee"
    if words & {"code", "cd", "cod"}:
        if "epci" in words:
            return "lead_epci"
        return "lead_insee" if words & {"commune", "com", "geographique"} else None
    return None


def _of(header: str) -> frozenset[str]:
    return tokens(fold(_CAMEL.sub(" ", header)))


def code_columns(names: Sequence[str], by_column: Mapping[int, str]) -> dict[int, str]:
    """Column → role for the codes of who leads, each role once; ``by_column``: the roles of the
    other columns. A code that names nobody must stand beside the lead's column, with nothing but
    codes and a region between; a postcode that comes after the partner's column is the
    partner's."""
    roles = {i: role for i, name in enumerate(names)
             if i not in by_column and (role := code_role(name))}
    leads = [i for i, role in by_column.items() if role == "lead"]
    if not roles or not leads:
        return {}
    found: dict[int, str] = {}
    # The surest first: what names who leads, then what is nearest.
    for i in sorted(roles, key=lambda i: (not _names_lead(names[i]),
                                          min(abs(i - lead) for lead in leads), i)):
        if roles[i] not in {*found.values(), *by_column.values()} and _is_of_lead(
                i, names, roles, by_column, leads[0]):
            found[i] = roles[i]
    return dict(sorted(found.items()))


def _is_nuts(header: str) -> bool:
    """« NUTS 2 », « code_nuts3 »: a code of statistics, of no body."""
    return _NUTS.fullmatch(fold(header)) is not None


def _names_lead(header: str) -> bool:
    return bool(_of(header) & _OF_LEAD)


def _is_of_lead(index: int, names: Sequence[str], roles: Mapping[int, str],
                by_column: Mapping[int, str], lead: int) -> bool:
    if said := _of(names[index]) & _OF_LEAD:
        # « SIRET bénéficiaire » beside « Bénéficiaire » and « Porteur »: that one's.
        return bool(said & _of(names[lead])) or not any(
            said & _of(name) for i, name in enumerate(names) if i != lead and i not in roles)
    between = {*roles, *(i for i, role in by_column.items() if role == "region"),
               *(i for i, name in enumerate(names) if i not in by_column and _is_nuts(name))}
    before, after = (by_column.get(_beyond(index, step, between)) for step in (-1, 1))
    return before == "lead" or (after == "lead" and not (
        roles[index] == "lead_postcode" and before in {"partner", "country"}))


def _beyond(index: int, step: int, between: Collection[int]) -> int:
    """The next column on this side that is none of these."""
    index += step
    while index in between:
        index += step
    return index
