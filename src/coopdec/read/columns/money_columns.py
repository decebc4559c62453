"""Several columns of money that are one amount in parts: by who gives, or by year. A part is
not the grant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from coopdec.read.columns.role_words import STATE, is_share
from coopdec.text import fold

__all__ = ["AMOUNTS", "amount_columns"]

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: Roles of amounts.
AMOUNTS = ("grant", "cost")
_TOTAL = re.compile(r"(?:(?:grand|montant) )?total(?: (?:general|global|en|eur|euros?|k|ttc))*"
                    r"|cumul|ensemble|sum|(?:19|20)\d\d (?:a )?(?:19|20)\d\d")
#: « Année 2018 (€) », which says of no amount what it is.
_YEAR_ALONE = re.compile(r"(?:(?:annee|exercice|year) )?(?:19|20)\d\d"
                         r"(?: (?:en )?(?:k|k?eur|euros?))?")
#: …and what makes that of a part its total.
_OF_ALL = re.compile(r"\b(?:total|totale|global|globale|cumule|cumulee)\b")


def amount_columns(
    cells: Sequence[str], groups: Sequence[str], role_of: Callable[[str], str | None]
) -> dict[int, str]:
    """Column → role, "" for a part: « Part Région » beside « Part Département » (the State's
    is the grant), « Subvention 2021 » beside « Subvention 2022 » (their total is). Nothing
    where no columns are parts; ``role_of`` tells the role of a whole header.
    """
    headers = [f"{group} {cell}".strip() for group, cell in zip(groups, cells, strict=False)]
    found: dict[int, str] = {}
    shares = {i: donors for i, header in enumerate(headers)
              if (donors := is_share(fold(header))) and role_of(header) == "grant"}
    if len(shares) > 1:
        state = [i for i, donors in shares.items() if donors & STATE]
        found |= {i: "" for i in shares if [i] != state}
    by_words: dict[str, list[int]] = {}
    for i, header in enumerate(headers):
        if len(_YEAR.findall(header)) == 1 and role_of(header) in AMOUNTS:
            by_words.setdefault(fold(_YEAR.sub("", header)), []).append(i)
    for parts in by_words.values():
        if len(parts) > 1:
            role = role_of(headers[parts[0]]) or ""
            part = fold(_YEAR.sub("", cells[parts[0]]))
            totals = [i for i, cell in enumerate(cells) if _is_total(fold(cell), part)
                      and groups[i] in ("", groups[parts[0]])]
            found |= dict.fromkeys(parts, "")
            if len(totals) == 1:
                found[totals[0]] = role
    years = [i for i, cell in enumerate(cells) if i not in found
             and _YEAR_ALONE.fullmatch(fold(cell))]
    if len(years) > 1:  # the total is what the header above says, if it says it
        above = role_of(groups[years[0]]) or ""
        found |= {i: above if above in AMOUNTS else "" for i, cell in enumerate(cells)
                  if i not in found and _TOTAL.fullmatch(fold(cell))
                  and groups[i] == groups[years[0]]}
    return found


def _is_total(header: str, part: str) -> bool:
    """« Total », « Cofinancement MEAE total » of « Cofinancement MEAE 2023 »."""
    rest = _OF_ALL.sub(" ", header)
    return _TOTAL.fullmatch(header) is not None or (
        rest != header and rest.split() == part.split())
